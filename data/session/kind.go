package session

import (
	"slices"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Kind is what the store has to know of sessions.
var Kind = thing.Kind{Name: Name, Version: 4, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Session{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		s, refused := told.Fold(rs)
		if s.State == None {
			return nil, refused
		}
		return &s, refused
	},
	Redacts: func(r journal.Record) bool { return r.Do == Redact },
	Reaches: func(author, reader string) bool { return unit.LevelOf(reader) != journal.City },
	Doc: func(sum thing.Sum, _ string) thing.Doc {
		s := sum.(*Session)
		d := thing.Doc{Initials: []string{s.Topic, s.Place}, Text: strings.Join([]string{s.Day, s.Explained, s.Minutes}, "\n")}
		for _, c := range s.Called {
			d.People = append(d.People, c.Name)
		}
		return d
	},
	Field:  func(sum thing.Sum, code string) string { return sum.(*Session).field(code) },
	Called: func(sum thing.Sum) string { return sum.(*Session).called() },
	Columns: []thing.Column{
		column("state", func(s *Session) any { return int(s.State) }),
		column("kind", func(s *Session) any { return s.Kind }),
		column("station", func(s *Session) any { return s.Station }),
		column("day", func(s *Session) any { return s.Day }),
		column("start", func(s *Session) any { return s.From }),
		column("rule", func(s *Session) any { return s.Rule }),
		column("slot", func(s *Session) any { return s.Slot }),
		column("people", func(s *Session) any { return s.people() }),
		column("noticed", func(s *Session) any {
			if len(s.Notices) == 0 {
				return ""
			}
			return s.Notices[len(s.Notices)-1].Day
		}),
		column("tier", func(s *Session) any { return s.Tier }),
		column("tally", func(s *Session) any { return s.Tally().String() }),
	},
	Indexes: []string{"day, station, tally", // reports read this alone
		"station, day", "rule, slot WHERE rule <> ''", "tier WHERE tier <> ''"},
	Digest: []string{"state", "station", "day", "people"},
}

func column(name string, of func(*Session) any) thing.Column {
	return thing.Column{Name: name, Of: func(s thing.Sum) any { return of(s.(*Session)) }}
}

// people are the IDs of those who are called or came, as a column keeps them: each with a blank on either side.
func (s *Session) people() string {
	var ids []string
	for _, c := range s.Called {
		if id := c.Person(); id != "" && (c.Instead == "" || c.Came) {
			ids = append(ids, id)
		}
	}
	if ids == nil {
		return ""
	}
	return " " + strings.Join(ids, " ") + " "
}

// Parts are the session and what is kept apart.
func (s *Session) Parts() (open, private any) { return s, &s.Private }

// Label gives nothing: a session is found by its day and place.
func (s *Session) Label() (string, []thing.Label) { return "", nil }

// Secret says that a session never is.
func (s *Session) Secret() bool { return false }

// Known says whether this computer was told anything private.
func (s *Session) Known() bool { return len(s.Homes) > 0 }

// Envelope goes along the station's line, and to the stations whose deputies an office called; what was said at
// households only to the station and its county.
func (s *Session) Envelope(author string) journal.Envelope {
	path := unit.Path(s.Station, s.Via)
	e := journal.Envelope{Way: journal.Along, Audience: unit.With(path, s.Unit, "")}
	for _, g := range s.Guests {
		e.Audience = unit.With(e.Audience, g.Station, g.Via)
	}
	e.Privy = slices.DeleteFunc(slices.Clone(path), func(u string) bool {
		return u == author || unit.LevelOf(u) == journal.City
	})
	return e
}

// Values are what is written down of it by its fields.
func (s Session) Values() field.Values { return field.From(s.Facts) }
