package matter

import (
	"encoding/json"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Kind is what the store has to know of matters.
var Kind = thing.Kind{Name: Name, Version: 8, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Matter{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		m, refused := table.Fold(rs)
		if m.State == None {
			return nil, refused
		}
		return &m, refused
	},
	Opens: func(first journal.Record) ([]string, error) {
		via, _, err := Opened(first)
		return unit.Path(first.Unit, via), err
	},
	Speaks: func(first journal.Record) (code, number string) {
		var said struct{ Number string }
		_, point, err := Opened(first)
		if err != nil || unit.Serves(first.Unit, point) || json.Unmarshal(first.Body, &said) != nil {
			return "", ""
		}
		return point, said.Number
	},
	Seals: func(r journal.Record) (sealed, said bool) {
		var b struct{ Confidential *bool }
		if r.Do != "receive" && r.Do != "correct" || json.Unmarshal(r.Body, &b) != nil || b.Confidential == nil {
			return false, false
		}
		return *b.Confidential, true
	},
	Redacts: func(r journal.Record) bool { return r.Do == "redact" },
	Reaches: func(author, reader string) bool { return author == reader || unit.LevelOf(reader) != journal.City },
	Field:   func(_ thing.Sum, code string) string { return Fields.Beside(parts, code) },
	Columns: []thing.Column{
		column("station", func(m *Matter) any { return m.Station }),
		column("register", func(m *Matter) any { return m.Register }),
		column("category", func(m *Matter) any { return m.Category }),
		column("state", func(m *Matter) any { return int(m.State) }),
		column("occurred", func(m *Matter) any { return When(m.Occurred) }),
		column("due", func(m *Matter) any { return m.Limit() }),
		column("holder", func(m *Matter) any { return m.Holder }),
		column("joined", func(m *Matter) any { return m.Into }),
		column("suggestion", func(m *Matter) any { return m.Suggestion }),
		column("session", func(m *Matter) any { return m.Session }),
		column("wish", func(m *Matter) any { return int(m.Wish()) }),
		column("raised", func(m *Matter) any { return thing.DaysAt(m.Occurred.In(beijing)) }),
		column("until", func(m *Matter) any { return m.until() }),
		column("tally", func(m *Matter) any { return m.Tally().String() }),
		column("ended", func(m *Matter) any { return m.keptSince() }),
		column("batches", func(m *Matter) any { return m.batched() }),
	},
	Indexes: []string{"station, row", "state, row", "category, row", "holder, state, row", "due WHERE due <> ''",
		"joined WHERE joined <> ''",
		"suggestion WHERE suggestion <> ''", "session WHERE session <> ''", "wish WHERE wish > 0",
		"ended WHERE ended > 0",
		"until, raised, tally", // reports read this alone
		"batches WHERE batches <> ''"},
	Digest: []string{"state", "holder", "due"},
}

// parts are what acts write besides the fields of the form.
var parts = words.Of("due", "期限", "term", "期限", "into", "并入", "units", "承办单位", "signed", "签收", "holder", "办理单位", "answer", "答复内容",
	"suggestion", "代表建议", "leader", "领办领导", "told", "反馈", "rating", "评议", "reason", "原因", "offer", "点单", thing.State, "状态")

func column(name string, of func(*Matter) any) thing.Column {
	return thing.Column{Name: name, Of: func(s thing.Sum) any { return of(s.(*Matter)) }}
}

// When is a moment as it stands in lists, so that they are in order.
func When(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// Parts are the matter itself and what is kept apart.
func (m *Matter) Parts() (open, private any) { return m, &m.Private }

// Label gives the number, the people, their telephones, deputies and departments, and the paper from which it was keyed in.
func (m *Matter) Label() (number string, others []thing.Label) {
	others = append(thing.People(m.Name), thing.Phones(m.Phone)...)
	if key := m.PaperKey(); key != "" && m.State != Void { // entered by mistake: its paper may be keyed again
		others = append(others, thing.Label{Kind: thing.ByPaper, Value: key, Once: true})
	}
	if m.Row != "" && m.State != Void {
		others = append(others, thing.Label{Kind: thing.ByRow, Value: m.Row, Once: true})
	}
	return m.Number, append(others, m.calls()...)
}

// Secret says whether confidence was asked for.
func (m *Matter) Secret() bool { return m.Confidential }

// Envelope goes along the matter's path. The private part of what a unit says is for those below it, and for those
// above as far as the county where nothing is confidential.
func (m *Matter) Envelope(author string) journal.Envelope {
	e := journal.Envelope{Way: journal.Along, Audience: m.Path()}
	down := true
	for _, u := range e.Audience {
		switch {
		case u == author:
			down = false
		case down || !m.Confidential && unit.LevelOf(u) != journal.City:
			e.Privy = append(e.Privy, u)
		}
	}
	return e
}

// Series names the station.
func (o *Opening) Series() string { return o.Station }

// Give takes a number of the station's.
func (o *Opening) Give(year int, letter byte, serial int) string {
	o.Number = numbers.Make(o.Station, year, letter, serial)
	return o.Number
}
