// Package suggestion is a formal suggestion of deputies to a congress (代表建议、批评和意见), or a motion (议案), which shares
// its record and its first steps: drafted at a station, signed by deputies, registered under its number, handed to units
// that answer within the law's three or six months (代表法 (2025) article 51), delivered to all who signed, rated by them,
// done again where they are not content, and closed when what was promised is kept.
//
// It is one thing, whatever the number of matters that it grew from (Matters); each of those stays the citizen's own, who
// is told and asked separately. Where deputies ask for confidence, what it says and who signed it travels in private parts
// between the table that drafted it and the office that has it; everybody else sees its number, its state and its days.
// So what decides what may follow what never stands among the words.
package suggestion

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Name is the journal's word for entries about suggestions, Schema the version of their bodies that this program writes.
const (
	Name   = "suggestion"
	Schema = 1
)

// Suggestion is the sum of its entries.
type Suggestion struct {
	thing.Base
	Facts
	Words      `json:"-"`
	State      State       `json:"state"`
	Via        string      `json:"via,omitempty"`    // what the table that drafted it reports through, where it is not its county
	Office     string      `json:"office"`           // the code of the unit that registers it and hands it on
	Up         bool        `json:"up,omitempty"`     // it has left the table that drafted it
	Bare       bool        `json:"bare,omitempty"`   // what it said at first stands where all see it who hear of it
	Before     string      `json:"before,omitempty"` // what matters call it that were suggested before there were any
	Guests     []Guest     `json:"guests,omitempty"`
	Matters    []Link      `json:"matters"` // from which it grew
	Signers    []Signer    `json:"signers"` // who proposes it, the lead first
	Number     string      `json:"number"`  // 案号, unique in its session of the congress
	Submitted  string      `json:"submitted,omitempty"`
	Registered string      `json:"registered,omitempty"`
	Accepted   string      `json:"accepted,omitempty"`
	Into       string      `json:"into,omitempty"` // the ID of the one with which it is handled
	IntoNumber string      `json:"intoNumber,omitempty"`
	Units      []Unit      `json:"units"`                 // to whom it was handed this time
	Hard       bool        `json:"hard,omitempty"`        // of wide concern or difficult: six months
	Handed     string      `json:"handed,omitempty"`      // 交办: when this time
	FirstHand  string      `json:"firstHanded,omitempty"` // and the first time
	Since      string      `json:"since,omitempty"`       // from which day the present step counts
	Term       string      `json:"term,omitempty"`        // by which day it is to be done
	Due        string      `json:"due,omitempty"`         // by which day the answer is due, with what was granted
	FirstDue   string      `json:"firstDue,omitempty"`    // as it was at first
	Requests   []Request   `json:"requests"`
	Contacts   []Contact   `json:"contacts"`
	Extensions []Extension `json:"extensions"`
	Pauses     []Pause     `json:"pauses"`
	Opinions   []Opinion   `json:"opinions"`
	Answers    []Answer    `json:"answers"`
	Promises   []Promise   `json:"promises"`
	Ratings    []Rating    `json:"ratings"`
	Round      int         `json:"round,omitempty"` // how often it was handed on to be answered: 1, 2, …
	Key        bool        `json:"keyed,omitempty"` // 重点督办
	Leader     string      `json:"leader,omitempty"`
	Urged      int         `json:"urged,omitempty"`
	Published  string      `json:"published,omitempty"` // when its answer was made public
	Ended      string      `json:"ended,omitempty"`
	Marks      int         `json:"marks,omitempty"` // how many texts it has, by which the next is told apart
}

// Facts are what everybody may know of one, by their fields.
type Facts struct {
	Kind         string `json:"kind"`     // words.Proposals
	Level        string `json:"level"`    // words.Levels, of the congress
	Congress     string `json:"congress"` // 十四届七次
	Held         string `json:"held"`     // words.Occasions
	Public       string `json:"public"`   // words.Openness
	Confidential bool   `json:"confidential"`
	Origin       string `json:"origin"`   // words.Origins
	Original     string `json:"original"` // the day on which the signed paper was seen
}

// Words are what one says, and who and whom it is about.
type Words struct {
	Wording
	Salt      string            `json:"salt,omitempty"`      // of the keys of those who sign, and of units where it is confidential
	Untouched bool              `json:"untouched,omitempty"` // the draft is as the program made it
	Who       map[string]Who    `json:"who,omitempty"`       // signers and units by their keys
	Texts     map[string]string `json:"texts,omitempty"`     // what was written in an act, by the mark that it left
}

// Wording is what those who propose it write, by its fields.
type Wording struct {
	Title      string   `json:"title"`
	Category   string   `json:"category"`
	Case       string   `json:"facts"`      // 案由和情况
	Proposal   string   `json:"proposal"`   // 建议
	Wanted     []string `json:"wanted"`     // who, as they wish, is to handle it
	Delegation string   `json:"delegation"` // where a delegation proposes it
}

// Who is a signer or a unit by name.
type Who struct {
	Person string `json:"person,omitempty"` // the ID of a deputy
	Name   string `json:"name"`
	Number string `json:"number,omitempty"` // 代表证号
	Post   string `json:"post,omitempty"`   // 单位职务
}

// Guest is a station that a suggestion concerns besides: of a matter that it gathers, or where a signer is grouped; with
// what it reports through, "" for its county.
type Guest struct {
	Station string `json:"station"`
	Via     string `json:"via,omitempty"`
}

// Link is a matter that a suggestion grew from.
type Link struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	Station string `json:"station"` // of the table that registered it
	Via     string `json:"via,omitempty"`
}

// Signer is somebody who proposes a suggestion, or is asked to.
type Signer struct {
	Key       string `json:"key"` // of whom: Words.Who
	Lead      bool   `json:"lead,omitempty"`
	Invited   string `json:"invited,omitempty"`
	Until     string `json:"until,omitempty"` // the last day on which he may sign
	Signed    string `json:"signed,omitempty"`
	Paper     bool   `json:"paper,omitempty"` // by his hand on a printed sheet
	Declined  string `json:"declined,omitempty"`
	Delivered string `json:"delivered,omitempty"` // when he had the answer of this round
	Way       string `json:"way,omitempty"`
}

// Unit is one that handles a suggestion.
type Unit struct {
	Key      string `json:"key"`            // of which: Words.Who
	Code     string `json:"code,omitempty"` // where it is an office or a station with a computer of its own
	Help     bool   `json:"help,omitempty"` // 协办: it gives its opinion to those who answer
	On       string `json:"on"`
	Due      string `json:"due,omitempty"` // of a helper: its opinion
	Signed   string `json:"signed,omitempty"`
	Answered string `json:"answered,omitempty"`
	Helped   string `json:"helped,omitempty"`
}

// Request is what a unit asks for: that another one has it instead (改办), or besides (增办).
type Request struct {
	Unit string `json:"unit"` // its key
	More bool   `json:"more,omitempty"`
	On   string `json:"on"`
	Mark string `json:"mark"` // of its words
}

// Contact is a talk with those who signed (面商).
type Contact struct {
	Unit string `json:"unit"`
	Way  string `json:"way"` // words.Contacts
	On   string `json:"on"`
	Mark string `json:"mark"`
}

// Extension is one that was asked for.
type Extension struct {
	Unit    string `json:"unit"`
	On      string `json:"on"`
	To      string `json:"to"`
	Granted string `json:"granted,omitempty"` // when
	Refused string `json:"refused,omitempty"`
	Mark    string `json:"mark"`
}

// Pause is a time that no clock counts.
type Pause struct {
	From string `json:"from"`
	To   string `json:"to,omitempty"` // "" while it lasts
	Why  string `json:"why"`          // words.Pauses
}

// Opinion is what a helper tells those who answer (会办意见).
type Opinion struct {
	Unit   string `json:"unit"`
	On     string `json:"on"`
	Number string `json:"number,omitempty"` // of its letter
	Back   bool   `json:"back,omitempty"`   // it was sent back
	Mark   string `json:"mark"`
}

// Answer is one unit's.
type Answer struct {
	Unit     string `json:"unit"`
	Round    int    `json:"round"`
	On       string `json:"on"`
	Class    int    `json:"class"`              // 1–8, as the unit says (words.Classes)
	Reviewed int    `json:"reviewed,omitempty"` // and as the office found
	Number   string `json:"number,omitempty"`   // of the letter
	Back     bool   `json:"back,omitempty"`     // the office sent it back: it is none
	Again    bool   `json:"again,omitempty"`    // the second one, when what was promised was done
	Mark     string `json:"mark"`
}

// As gives the class that counts.
func (a Answer) As() int {
	if a.Reviewed > 0 {
		return a.Reviewed
	}
	return a.Class
}

// Promise is what an answer promises.
type Promise struct {
	By   string `json:"by"`
	Kept string `json:"kept,omitempty"`
	Mark string `json:"mark"` // of what is promised
	Unit string `json:"unit"`
}

// Rating is what those who signed say of an answer.
type Rating struct {
	Round  int    `json:"round"`
	Again  bool   `json:"again,omitempty"` // of the second answer
	On     string `json:"on"`
	Work   string `json:"work"`            // words.Verdicts: of how it was handled
	Result string `json:"result"`          // and of what came of it
	Taken  string `json:"taken,omitempty"` // words.Takings: 采纳情况
	Key    string `json:"key,omitempty"`   // whose: the key of a signer, "" for all of them
	Paper  string `json:"paper"`           // from what it was keyed in
	Mark   string `json:"mark"`
}

// Content says whether neither work nor result was found wanting.
func (r Rating) Content() bool { return r.Work != "unsatisfied" && r.Result != "unsatisfied" }

// KeyOf tells a signer or a unit of a suggestion apart without naming him.
func KeyOf(of string) string { return Salted("", of) }

// Salted is KeyOf with a salt (Words.Salt), so that nobody who was not told the words finds out whose the key is by trying
// all whom he knows.
func Salted(salt, of string) string {
	if salt != "" {
		of = salt + "\n" + of
	}
	h := sha256.Sum256([]byte("lianluo suggestion 1\n" + of))
	return hex.EncodeToString(h[:6])
}

// alike is what tells one with a key apart in all suggestions, as far as this computer knows who it is.
func (w Words) alike(key string) string {
	switch who := w.Who[key]; {
	case who.Person != "":
		return KeyOf(who.Person)
	case who.Name != "":
		return KeyOf(spelling.Department(who.Name))
	}
	return key
}

// Path gives the units that it concerns by where it was drafted, from that table up to the city.
func (s *Suggestion) Path() []string { return unit.Path(s.Unit, s.Via) }

// Signer gives the one of a key.
func (s *Suggestion) Signer(key string) (Signer, bool) {
	i := slices.IndexFunc(s.Signers, func(g Signer) bool { return g.Key == key })
	if i < 0 {
		return Signer{}, false
	}
	return s.Signers[i], true
}

// Signed are those who signed, the lead first.
func (s *Suggestion) Signed() (list []Signer) {
	for _, g := range s.Signers {
		if g.Signed != "" {
			list = append(list, g)
		}
	}
	return list
}

// Lead is the name of who leads, or of the delegation that proposes it; "" where this computer was not told.
func (s *Suggestion) Lead() string {
	if s.Delegation != "" {
		return s.Delegation
	}
	for _, g := range s.Signers {
		if g.Lead {
			return s.Who[g.Key].Name
		}
	}
	return ""
}

// Mains are the units that have to answer, Helpers those that help them.
func (s *Suggestion) Mains() []Unit {
	return slices.DeleteFunc(slices.Clone(s.Units), func(u Unit) bool { return u.Help })
}

// Helpers are the units that give an opinion.
func (s *Suggestion) Helpers() []Unit {
	return slices.DeleteFunc(slices.Clone(s.Units), func(u Unit) bool { return !u.Help })
}

// Answers of the present round that stand, in order.
func (s *Suggestion) Standing() (list []Answer) {
	for _, a := range s.Answers {
		if a.Round == s.Round && !a.Back {
			list = append(list, a)
		}
	}
	return list
}

// Class is that of the present round's first answers: of several that which is least done. 0 while there is none.
func (s *Suggestion) Class() (class int) {
	for _, a := range s.Standing() {
		if !a.Again {
			class = max(class, a.As())
		}
	}
	return class
}

// Rating is the last one, the zero one where there is none.
func (s *Suggestion) Rating() Rating {
	if len(s.Ratings) == 0 {
		return Rating{}
	}
	return s.Ratings[len(s.Ratings)-1]
}

// Pending are the promises that are not kept.
func (s *Suggestion) Pending() (list []Promise) {
	for _, p := range s.Promises {
		if p.Kept == "" {
			list = append(list, p)
		}
	}
	return list
}

// Paused says whether no clock runs.
func (s *Suggestion) Paused() bool {
	return len(s.Pauses) > 0 && s.Pauses[len(s.Pauses)-1].To == ""
}

// Handles says whether a unit with a computer of its own is one of those that handle it: it can never key a rating.
func (s *Suggestion) Handles(code string) bool {
	return slices.ContainsFunc(s.Units, func(u Unit) bool { return u.Code != "" && u.Code == code })
}

// Sits says whether a unit sits at the table that drafted it, or serves it.
func (s *Suggestion) Sits(code string) bool {
	return code == s.Unit || unit.LevelOf(code) == journal.Station && unit.Above(code, s.Unit)
}
