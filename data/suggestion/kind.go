package suggestion

import (
	"slices"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Kind is what the store has to know of suggestions.
var Kind = thing.Kind{Name: Name, Version: 6, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Suggestion{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		s, refused := table.Fold(rs)
		if s.State == None {
			return nil, refused
		}
		return &s, refused
	},
	Doc: func(sum thing.Sum, _ string) thing.Doc {
		s := sum.(*Suggestion)
		d := thing.Doc{Numbers: []string{s.Number}, Initials: []string{s.Title}}
		text := []string{s.Congress, s.Case, s.Proposal}
		for _, w := range s.Who {
			if w.Person != "" {
				d.People = append(d.People, w.Name)
			} else {
				d.Initials = append(d.Initials, w.Name)
			}
		}
		for _, m := range s.Matters {
			d.Numbers = append(d.Numbers, m.Number)
		}
		for _, t := range s.Texts {
			text = append(text, t)
		}
		slices.Sort(d.People)
		slices.Sort(d.Initials[1:])
		slices.Sort(text)
		d.Text = strings.Join(text, "\n")
		return d
	},
	Field: func(sum thing.Sum, code string) string {
		s := sum.(*Suggestion)
		what, key, _ := strings.Cut(code, " ")
		called := name(what)
		if n := s.Who[key].Name; n != "" {
			return called + "：" + n
		}
		return called
	},
	Called: func(sum thing.Sum) string {
		s := sum.(*Suggestion)
		number := ""
		if s.Number != "" {
			number = s.Congress + "第 " + s.Number + " 号"
		}
		title := s.Title
		if title == "" {
			title = words.Proposals.Name(s.Kind)
		}
		return strings.TrimSpace(number + " " + title)
	},
	Columns: []thing.Column{
		column("state", func(s *Suggestion) any { return int(s.State) }),
		column("type", func(s *Suggestion) any { return s.Kind }),
		column("office", func(s *Suggestion) any { return s.Office }),
		column("level", func(s *Suggestion) any { return s.Level }),
		column("congress", func(s *Suggestion) any { return s.Congress }),
		column("serial", func(s *Suggestion) any { return s.Number }),
		column("category", func(s *Suggestion) any { return s.Category }),
		column("submitted", func(s *Suggestion) any { return s.Submitted }),
		column("handed", func(s *Suggestion) any { return s.FirstHand }),
		column("due", func(s *Suggestion) any { return s.By() }),
		column("tally", func(s *Suggestion) any { return s.Tally().String() }),
		column("half", func(s *Suggestion) any { return s.Half() }),
		column("month", func(s *Suggestion) any { _, month, _ := s.Warns(); return month }),
		column("ten", func(s *Suggestion) any { _, _, ten := s.Warns(); return ten }),
		column("class", func(s *Suggestion) any { return s.Class() }),
		column("joined", func(s *Suggestion) any { return s.Into }),
		column("before", func(s *Suggestion) any { return s.Before }),
	},
	Indexes: []string{"submitted, state, tally", "state, office, due, class, half", "office, congress, serial, level, type, state", "due, month, ten WHERE due <> ''", "half WHERE half <> ''", "before WHERE before <> ''"},
	Digest:  []string{"state", "serial", "due"},
}

func column(name string, of func(*Suggestion) any) thing.Column {
	return thing.Column{Name: name, Of: func(s thing.Sum) any { return of(s.(*Suggestion)) }}
}

// Parts are the suggestion and what it says.
func (s *Suggestion) Parts() (open, private any) { return s, &s.Words }

// The kinds of labels by which a suggestion is found: who signs it (a person's ID), from what it grew (a matter's), who
// handles it (the unit's key).
const (
	BySigner  = "signs"
	ByMatter  = "gathers"
	ByHandler = "handles"
)

// Label gives what it is found by; its number is told apart by the session of a congress, so it is none.
func (s *Suggestion) Label() (string, []thing.Label) {
	var ls []thing.Label
	add := func(kind, value string) {
		if value != "" {
			ls = append(ls, thing.Label{Kind: kind, Value: value})
		}
	}
	for _, g := range s.Signers {
		if g.Declined == "" {
			add(BySigner, s.Who[g.Key].Person)
		}
	}
	for _, m := range s.Matters {
		add(ByMatter, m.ID)
	}
	for _, u := range s.Units {
		add(ByHandler, s.UnitKey(u))
	}
	return "", ls
}

// Secret says no: who may have the words of one that is confidential follows from its envelopes (Envelope).
func (s *Suggestion) Secret() bool { return false }

// Known says whether this computer was told what it says.
func (s *Suggestion) Known() bool { return s.Title != "" }

// Envelope goes nowhere but to the table's own office while it is a draft, and then along its line and to those who were
// let in. Words that are apart are for the table and those above it as far as the office that has it, since they carry them,
// and for the units that handle it.
func (s *Suggestion) Envelope(author string) journal.Envelope {
	path := s.Path()
	e := journal.Envelope{Way: journal.Along, Audience: path}
	if !s.Up {
		e.Audience = path[:1]
		if s.Via != "" && len(path) > 1 {
			e.Audience = path[:2]
		}
	} else {
		for _, g := range s.Guests {
			e.Audience = unit.With(e.Audience, g.Station, g.Via)
		}
	}
	top := slices.IndexFunc(path, func(u string) bool {
		return u == s.Office || unit.Above(u, s.Office) && !unit.Above(s.Unit, u) && u != s.Unit
	})
	privy := append([]string{s.Office}, path[:top+1]...)
	for _, u := range s.Units {
		privy = append(privy, u.Code)
	}
	for _, u := range e.Audience {
		if u != author && slices.Contains(privy, u) && !slices.Contains(e.Privy, u) {
			e.Privy = append(e.Privy, u)
		}
	}
	return e
}

// Values are what is written down of it by its fields.
func (s *Suggestion) Values() field.Values { return field.From(s.Facts, s.Wording) }
