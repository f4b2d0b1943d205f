// Package parcel is a kind of things for tests: a station sends a parcel, with a note that not everybody reads, to its
// county, its city and one other station; units are invited to it and leave it; and an office posts one for all below
// it. It is made as every kind is: its words, its rules and its columns stand here,
// and one line elsewhere registers it.
package parcel

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Name is the journal's word for entries about parcels.
const Name = "parcel"

// State is where a parcel is.
type State int

// The states.
const (
	None  State = 0
	Sent  State = 1
	Taken State = 2
	Kept  State = 3 // its sender keeps it after all
)

// Parcel is the sum of its entries.
type Parcel struct {
	thing.Base
	Private `json:"-"`
	Title   string   `json:"title"`
	For     []string `json:"for"` // the units that it concerns, the lowest first
	State   State    `json:"state"`
	Posted  bool     `json:"posted,omitempty"` // an office sends it to all below it; For is that office
}

// Private is what its sender wrote for those alone for whom it is.
type Private struct {
	Note string `json:"note"`
}

type who func(p *Parcel, code string) bool

// Is says whether the author of an entry is one of them.
func (w who) Is(p *Parcel, r journal.Record) bool {
	return r.Level == unit.LevelOf(r.Unit) && w(p, r.Unit)
}

var (
	sender who = func(p *Parcel, code string) bool { return p.State == None || code == p.Unit }
	others who = func(p *Parcel, code string) bool { return code != p.Unit && slices.Contains(p.For, code) }
	anyone who = func(p *Parcel, code string) bool { return !p.Posted && slices.Contains(p.For, code) }
	office who = func(p *Parcel, code string) bool { return unit.LevelOf(code) != journal.Station }
)

// The acts.
const (
	send   = "send"
	rename = "rename"
	take   = "take"
	keep   = "keep"
	invite = "invite"
	expel  = "expel"
	post   = "post"
)

const same State = -1

var table = thing.Table[Parcel, State]{Kind: Name, Schema: 1, Same: same,
	Of: func(p *Parcel) (*thing.Base, *State) { return &p.Base, &p.State },
	Rules: []thing.Rule[Parcel, State]{
		{Do: send, By: sender, From: []State{None}, To: []State{Sent}, Write: func(p *Parcel,
			r journal.Record) ([]string, string, error) {
			p.ID, p.Unit = r.Thing, r.Unit
			if r.Envelope != nil {
				p.For = r.Envelope.Audience
			}
			thing.Hear(r, &p.Private)
			return retitled(p, r)
		}},
		{Do: rename, By: sender, From: []State{Sent, Taken, Kept}, To: []State{same}, Write: retitled},
		{Do: rename, By: others, From: []State{Sent, Taken, Kept}, To: []State{same}, Write: retitled},
		{Do: take, By: others, From: []State{Sent}, To: []State{Taken}, Write: moved},
		{Do: keep, By: sender, From: []State{Sent}, To: []State{Kept}, Write: moved},
		{Do: invite, By: anyone, From: []State{Sent, Taken, Kept}, To: []State{same}, Write: changed},
		{Do: expel, By: anyone, From: []State{Sent, Taken, Kept}, To: []State{same}, Write: changed},
		{Do: post, By: office, From: []State{None}, To: []State{Sent}, Write: func(p *Parcel,
			r journal.Record) ([]string, string, error) {
			p.ID, p.Unit, p.For, p.Posted = r.Thing, r.Unit, []string{r.Unit}, true
			return retitled(p, r)
		}},
	}}

func retitled(p *Parcel, r journal.Record) ([]string, string, error) {
	err := json.Unmarshal(r.Body, &struct{ Title *string }{&p.Title})
	return []string{"title"}, p.Title, err
}

// Change is who comes to a parcel, each with whom he reports to, those above first, and who goes from it.
type Change struct {
	Come [][2]string `json:"come,omitempty"`
	Go   string      `json:"go,omitempty"`
}

func changed(p *Parcel, r journal.Record) ([]string, string, error) {
	var c Change
	if err := json.Unmarshal(r.Body, &c); err != nil {
		return nil, "", err
	}
	next := p.For
	for _, u := range c.Come {
		var ok bool
		if next, ok = unit.Join(next, u[0], u[1]); !ok {
			return nil, "", thing.ErrNotNow
		}
	}
	if c.Go != "" {
		next = unit.Part(next, c.Go)
	}
	if !unit.May(p.For, next, r.Unit, p.Unit) {
		return nil, "", thing.ErrNotNow
	}
	p.For = next
	thing.Hear(r, &p.Private)
	return nil, "", nil
}

func moved(*Parcel, journal.Record) ([]string, string, error) { return []string{thing.State}, "", nil }

// Kind is what the store has to know of parcels.
var Kind = thing.Kind{Name: Name, Version: 2, Schema: 1, Knows: table.Knows,
	New: func() thing.Sum { return &Parcel{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		p, refused := table.Fold(rs)
		if p.State == None {
			return nil, refused
		}
		return &p, refused
	},
	Doc: func(s thing.Sum, _ string) thing.Doc {
		p := s.(*Parcel)
		return thing.Doc{Initials: []string{p.Title}, Text: p.Note}
	},
	Columns: []thing.Column{{Name: "state", Of: func(s thing.Sum) any { return int(s.(*Parcel).State) }}},
	Indexes: []string{"state, row"}, Digest: []string{"state"},
}

// Parts are the parcel and the note.
func (p *Parcel) Parts() (open, private any) { return p, &p.Private }

// Label gives nothing: it has no number.
func (p *Parcel) Label() (string, []thing.Label) { return "", nil }

// Envelope goes to all for whom it is, and all of them may read the note.
func (p *Parcel) Envelope(author string) journal.Envelope {
	if p.Posted {
		return journal.Envelope{Way: journal.Below, Audience: p.For}
	}
	return journal.Envelope{Way: journal.Along, Audience: p.For, Privy: slices.DeleteFunc(slices.Clone(p.For),
		func(u string) bool { return u == author })}
}

// Secret says that it never is.
func (p *Parcel) Secret() bool { return false }

// Known says whether the note is here.
func (p *Parcel) Known() bool { return p.Note != "" }

// Send is the act by which a station sends a parcel to its county, its city and another station ("" for none).
func Send(title, note, from, to string, at time.Time) store.Act {
	first, second := to, from
	if unit.Above(from, to) { // the village reports to its county, not to the township
		first, second = from, to
	}
	units := slices.DeleteFunc([]string{first, second, unit.Parent(from), unit.Parent(unit.Parent(from))},
		func(u string) bool { return u == "" })
	return store.Act{Kind: Name, Do: send, Body: map[string]string{"title": title}, Private: Private{note},
		Unit: from, By: "甲", At: at,
		Envelope: journal.Envelope{Way: journal.Along, Audience: units}}
}

// Post is the act by which an office sends a parcel to all below it.
func Post(title, from string, at time.Time) store.Act {
	return store.Act{Kind: Name, Do: post, Body: map[string]string{"title": title}, Unit: from, By: "丙", At: at,
		Envelope: journal.Envelope{Way: journal.Below, Audience: []string{from}}}
}

// Invite is the act by which a unit lets others in: the first of a path, with whom it reports through to somebody who
// has the parcel. They read the note from whoever lets them in.
func Invite(p Parcel, by string, path []string, at time.Time) store.Act {
	var c Change
	for i := range path[:len(path)-1] {
		if slices.Contains(p.For, path[i]) {
			break
		}
		c.Come = append(c.Come, [2]string{path[i], path[i+1]})
	}
	slices.Reverse(c.Come)
	a := store.Act{Kind: Name, Thing: p.ID, Do: invite, Body: c, Unit: by, By: "丁", At: at}
	if p.Known() { // else it would say that there is none
		a.Private = p.Private
	}
	return a
}

// Expel is the act by which a unit sends another away, or goes itself.
func Expel(p Parcel, by, code string, at time.Time) store.Act {
	return store.Act{Kind: Name, Thing: p.ID, Do: expel, Body: Change{Go: code}, Unit: by, By: "丁", At: at}
}

// Anything is some act that may follow with a parcel, by a unit that has it in its list, among units (with those that
// they report to); an act that may not follow any more is refused with thing.ErrNotNow or thing.ErrNotYours.
func Anything(p Parcel, by string, units [][]string, dice *rand.Rand, at time.Time) store.Act {
	switch do := []string{rename, take, keep, invite, expel}[dice.IntN(5)]; do {
	case invite:
		return Invite(p, by, units[dice.IntN(len(units))], at)
	case expel:
		return Expel(p, by, p.For[dice.IntN(len(p.For))], at)
	default:
		return store.Act{Kind: Name, Thing: p.ID, Do: do, Body: map[string]string{"title": p.Title + "改"},
			Unit: by, By: "乙", At: at}
	}
}

// Concerns says whether a unit has a parcel.
func (p Parcel) Concerns(code string) bool {
	return slices.Contains(p.For, code) || p.Posted && (unit.Above(p.Unit, code) || unit.Above(code, p.Unit))
}

// Left says whether what somebody has of a parcel, in order, ends with his being sent away, but for what he or those
// below him wrote.
func Left(rs []journal.Record, code string) bool {
	for _, r := range slices.Backward(rs) {
		if r.Do == expel || r.Unit != code && !unit.Above(code, r.Unit) {
			return r.Do == expel
		}
	}
	return true
}
