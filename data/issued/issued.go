// Package issued is the reports that an office or a station issued: what a report said on the day on which it was given
// to others, whatever is known since. An issued report is written once and never changed; issued again, of the same kind
// over the same days, it is another thing, a later edition of the same number. Everything that it says stands in
// its one entry, so that it can be printed from that alone.
package issued

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Name is the journal's word for entries about issued reports, Schema the version of their bodies that this program writes.
const (
	Name   = "report"
	Schema = 1
)

// State is whether a report was issued.
type State int

// The states.
const (
	None   State = 0
	Issued State = 1
)

// Issue is the one act.
const Issue = "issue"

// Acts are the acts by their words.
var Acts = words.Of(Issue, "印发")

// What is asked of who issues one.
var _ = field.Of(Name, field.Field{Code: "id", Name: "报告"}, field.Field{Code: "by", Name: "按什么分"})

// Report is an issued report.
type Report struct {
	thing.Base
	Opening
	State State  `json:"state"`
	Maker string `json:"maker"`
}

// Opening is what a report says.
type Opening struct {
	Kind   string   `json:"kind"` // code of a report
	Title  string   `json:"title"`
	From   string   `json:"from"` // days
	To     string   `json:"to"`
	By     []string `json:"by"` // codes of axes, two at most
	Number int      `json:"number"`
	Edited int      `json:"edition"`          // the first is 1
	Before string   `json:"before,omitempty"` // the ID of the edition before, "" where its author knew none
	Via    string   `json:"via,omitempty"`    // what a table reports through, where that is not its county
	AsOf   string   `json:"asOf"`             // as RFC 3339
	Until  string   `json:"until,omitempty"`  // when all who were heard of had reported

	Shown []Indicator `json:"shown"` // the columns
	Codes []string    `json:"codes"` // of the numbers in each row: of a rate those that it is made of
	Sums  []string    `json:"sums"`  // codes of the numbers of which the rows add up to the total
	Table
	Hash string `json:"hash"` // Sum

	Reporting int      `json:"reporting"`         // how many were to report
	Missing   []Absent `json:"missing,omitempty"` // those who did not
	Notes     []string `json:"notes,omitempty"`
	Items     []Item   `json:"items,omitempty"`
	Held      []Held   `json:"held,omitempty"` // what it is held against

	Late []Item            `json:"late,omitempty"` // what is new or carried over in it and was not known to the edition before, the first MostItems
	More int               `json:"more,omitempty"` // how many of these are not named
	Knew map[string]uint64 `json:"knew"`           // how far each journal was known: by replica and incarnation, as journal.ID writes them
	Whom []string          `json:"whom,omitempty"` // a city: the counties that it is about
}

// Indicator is a column as it was defined when the report was issued.
type Indicator struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Unit       string `json:"unit,omitempty"`
	Day        string `json:"day,omitempty"`
	Definition string `json:"definition"`
	Source     string `json:"source,omitempty"`
	Over       string `json:"over,omitempty"`
	Under      string `json:"under,omitempty"`
}

// Row is a row of the table: the keys of its axes, what these are called, its numbers.
type Row struct {
	Keys    []string `json:"k,omitempty"`
	Labels  []string `json:"l"`
	Numbers []int64  `json:"n"`
	Odd     bool     `json:"odd,omitempty"` // what was carried and came in is not what was closed, is open and was moved
}

// Table is rows with their total.
type Table struct {
	Rows    []Row    `json:"rows"`
	Total   Row      `json:"total"`
	Margins [2][]Row `json:"margins"` // rows by each of two axes alone, where they are crossed
}

// All are all rows of a table.
func (t Table) All() []Row { return slices.Concat(t.Rows, t.Margins[0], t.Margins[1], []Row{t.Total}) }

// Held is the table over other days.
type Held struct {
	What string `json:"what"` // before, year
	From string `json:"from"`
	To   string `json:"to"`
	Table
}

// Absent is a unit that was to report and did not.
type Absent struct {
	Unit string `json:"unit"`
	Name string `json:"name"`
	Last string `json:"last,omitempty"` // as RFC 3339; "" where it was never heard of
}

// Item is a matter that a report names.
type Item struct {
	Number string `json:"number"`
	ID     string `json:"id"`
	Title  string `json:"title"` // 保密件 where confidence was asked for
	Where  string `json:"station"`
	Who    string `json:"who,omitempty"`    // has it to handle
	Leader string `json:"leader,omitempty"` // who took it on himself
	State  int    `json:"state,omitempty"`  // of a matter
	Limit  string `json:"limit,omitempty"`
}

// Year is the one in whose numbers it stands: that of its last day.
func (o Opening) Year() string { return o.To[:min(4, len(o.To))] }

// Heading is the line over an issued report: 第3号（第2版）; of a first edition that has no later one 第3号.
func Heading(number, edition int) string {
	if edition < 2 {
		return fmt.Sprintf("第%d号", number)
	}
	return fmt.Sprintf("第%d号（第%d版）", number, edition)
}

type author string

const own author = "a unit of its own numbers"

// Is says that anybody may issue his own.
func (author) Is(_ *Report, r journal.Record) bool { return r.Level == unit.LevelOf(r.Unit) }

var table = thing.Table[Report, State]{Kind: Name, Schema: Schema, Same: -1,
	Rules: []thing.Rule[Report, State]{{Do: Issue, By: own, From: []State{None}, To: []State{Issued}, Write: issue}},
	Of:    func(r *Report) (*thing.Base, *State) { return &r.Base, &r.State },
}

// Apply gives the report after one more entry, or says why the entry cannot follow.
func (r Report) Apply(e journal.Record) (Report, error) { return table.Apply(r, e) }

func issue(r *Report, e journal.Record) ([]string, string, error) {
	var o Opening
	if err := json.Unmarshal(e.Body, &o); err != nil {
		return nil, "", err
	}
	r.ID, r.Unit, r.Opening, r.Maker = e.Thing, e.Unit, o, e.By
	for _, u := range o.Whom {
		if e.Level != journal.City || unit.LevelOf(u) != journal.County || !unit.Above(e.Unit, u) {
			return nil, "", fmt.Errorf("a report of %s for %q", e.Unit, u)
		}
	}
	if err := o.bounded(); err != nil {
		return nil, "", err
	}
	if o.Via != "" && (e.Level != journal.Station || !unit.Above(o.Via, e.Unit)) {
		return nil, "", fmt.Errorf("a report of %s through %q", e.Unit, o.Via)
	}
	return []string{Name}, o.Title, r.Verify()
}

// Kind is what the store has to know of issued reports.
var Kind = thing.Kind{Name: Name, Version: 1, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Report{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		r, refused := table.Fold(rs)
		if r.State == None {
			return nil, refused
		}
		return &r, refused
	},
	Field:  func(thing.Sum, string) string { return "印发的报告" },
	Called: func(s thing.Sum) string { r := s.(*Report); return r.Title + Heading(r.Number, r.Edited) },
	Columns: []thing.Column{
		column("kind", func(r *Report) any { return r.Kind }),
		column("title", func(r *Report) any { return r.Title }),
		column("day", func(r *Report) any { return r.From }),
		column("until", func(r *Report) any { return r.To }),
		column("axes", func(r *Report) any { return strings.Join(r.By, " ") }),
		column("serial", func(r *Report) any { return r.Number }),
		column("edition", func(r *Report) any { return r.Edited }),
		column("made", func(r *Report) any { return r.AsOf }),
		column("maker", func(r *Report) any { return r.Maker }),
		column("hash", func(r *Report) any { return r.Hash }),
	},
	Indexes: []string{"kind, until"},
	Digest:  []string{"serial", "edition", "hash"},
}

func column(name string, of func(*Report) any) thing.Column {
	return thing.Column{Name: name, Of: func(s thing.Sum) any { return of(s.(*Report)) }}
}

// Parts are the report, of which nothing is kept apart.
func (r *Report) Parts() (open, private any) { return r, &struct{}{} }

// Label gives nothing: a report is found by its number and year.
func (r *Report) Label() (string, []thing.Label) { return "", nil }

// Secret says that a report never is.
func (r *Report) Secret() bool { return false }

// Known says that nothing private is told of it.
func (r *Report) Known() bool { return false }

// Envelope goes up to the office: that of a table to its county (through its township, where it reports through one), that of a
// county to its city; and down from a city to the counties that it is about.
func (r *Report) Envelope(string) journal.Envelope {
	path := slices.DeleteFunc(unit.Path(r.Unit, r.Via), func(u string) bool {
		return unit.LevelOf(u) == journal.City && unit.LevelOf(r.Unit) == journal.Station
	})
	return journal.Envelope{Way: journal.Along, Audience: append(slices.Clone(r.Whom), path...)}
}
