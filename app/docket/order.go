package docket

import (
	"encoding/json"
	"errors"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/suggestion"
)

// Order is one act on a suggestion as somebody asks for it, on a page or in a file: {"do":"assign","to":["住建局","财政局"]}.
// Closed lists take a code or its Chinese word, days whatever data/day reads, people an ID or a name that one alone bears.
type Order struct {
	Do        string        `json:"do"`        // a code of suggestion.Acts; "" for a new one
	Lead      string        `json:"lead"`      // draft, change: who leads
	Cosigners Several       `json:"cosigners"` // draft, change: who else proposes it; invite: who is asked besides
	Matters   Several       `json:"matters"`   // draft, change: numbers of those that it grows from, all of them
	Office    string        `json:"office"`    // draft: who has it; "" for that of its level
	Who       Several       `json:"who"`       // invite, cosign, decline, deliver, rate, withdraw: signers
	Until     string        `json:"until"`     // invite: the last day
	Date      string        `json:"date"`      // the day it truly happened; "" for today
	Paper     string        `json:"paper"`     // cosign, rate: from what it is keyed in
	Number    string        `json:"number"`    // register: its own; help, answer, keep: of the letter
	Into      string        `json:"into"`      // join: the other one's number
	To        Several       `json:"to"`        // assign, redo: units that answer, the first the main one
	Split     bool          `json:"split"`     // assign: each of them answers (分办); else the others help the first
	Help      Several       `json:"help"`      // assign, redo: units that help
	Hard      bool          `json:"hard"`      // assign: six months
	Due       string        `json:"due"`       // assign, redo, extend, grant: by which day, "" for the usual
	Unit      string        `json:"unit"`      // which of the units it is about; "" for the only one that answers
	More      bool          `json:"more"`      // ask: besides, not instead
	Way       string        `json:"way"`       // contact, deliver
	Class     profile.Class `json:"class"`     // answer, review, keep
	Answer    string        `json:"answer"`    // answer, keep; help: the opinion
	Promises  []Promise     `json:"promises"`  // answer
	Kept      []int         `json:"kept"`      // keep: which of those that are open, from 1; none for all
	Work      string        `json:"work"`      // rate
	Result    string        `json:"result"`    // rate
	Taken     string        `json:"taken"`     // rate
	Leader    string        `json:"leader"`    // supervise
	Reason    string        `json:"reason"`    // refuse, return, ask, extend, withdraw, void, decline; pause: of the closed list
	No        bool          `json:"no"`        // grant: refused; review: sent back; supervise: no more
	Note      string        `json:"note"`

	// Set is what is said of suggestion.Fields by their codes.
	Set       field.Values `json:"-"`
	Untouched bool         `json:"-"` // draft: the program made it
}

// Promise is what an answer promises, and by when.
type Promise struct {
	What string `json:"what"`
	By   string `json:"by"`
}

// Several are names or numbers, written as a list or as one text.
type Several []string

// UnmarshalJSON reads a list of texts, or one.
func (s *Several) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		if *s = nil; strings.TrimSpace(one) != "" {
			*s = Several{one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(s))
}

// Parse reads one order. Unknown keys, values of another kind and broken text are problem.Problems.
func Parse(b []byte) (o Order, err error) {
	o.Set, err = field.Parse(b, &o, suggestion.Fields)
	var wrong problem.Problems
	if errors.As(err, &wrong) {
		err = wrong.Of(suggestion.Name)
	}
	return o, err
}
