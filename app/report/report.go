// Package report makes the numbers that an office or a station owes: a table of indicators by one axis or two over a span of
// days (package figure), as of when, what was received until then and who is missing.
//
//	r, err := desk.Make(ctx, report.Ask{Kind: month, From: "2026-11-01"})
//
// Nothing is typed and nothing is kept: it reads the index of the tallies once. Behind each cell stand its matters and
// sessions (Behind), found by the same function that counted them.
package report

import (
	"cmp"
	"context"
	"time"

	"lianluo.local/app/report/figure"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Desk makes reports of one computer's store.
type Desk struct {
	Guard    right.Guard
	Store    *store.Store
	Unit     string // ours
	Calendar figure.Calendar
	Now      func() time.Time
	// People gives the deputies by each of their IDs, and who a name in a matter of a station means.
	People func(context.Context) (map[string]figure.Person, func(station, name string) string, error)
	Sites  func(context.Context) ([]site.Site, error) // all that are open
	Named  func(unit string) string
	Heard  func(context.Context) ([]Heard, error)
	// Through gives what a station reports through, "" for its county.
	Through func(context.Context) (func(station string) string, error)
}

// Ask is what a report is asked for.
type Ask struct {
	Kind     Kind
	From, To string        // days; both empty: the period whose report is due; To alone empty: the period in which From lies
	By       []figure.Axis // nil: those of the kind
	Codes    []string      // of indicators; nil: those of the kind that its axes can part
	Compare  []string      // Before, Year
}

// What a report may be held against.
const (
	Before = "before" // the period before
	Year   = "year"   // the same a year before
)

// Report is one that was made.
type Report struct {
	Kind       Kind
	Title      string // 周报（2026年11月16日至22日）
	Unit       string
	AsOf       time.Time
	Indicators []figure.Indicator
	Part
	Before *Part // what it is held against; nil where it is not
	Year   *Part
	Heard  []Heard // who was to report, until when each was heard of
	// Missing are those of them who were not heard of in the last week of the span, and since then.
	Missing []Heard
	Items   []Item   // of a kind that lists: the matters behind its number, the first that is due first
	Notes   []string // what is to be known to add it up, a sentence each
	Issued  *Issue   // of one that was issued: as which, and what changed; else nil
}

// Part is a table over a span.
type Part struct {
	Span  figure.Span
	Name  string // of the span
	Rows  []figure.Row
	Total figure.Row
	// Margins are the rows by each of two axes alone, of a report that crosses them for one indicator.
	Margins [2][]figure.Row
	table   *figure.Table
	margins []*figure.Table
	kept    []figure.Axis // of one that was issued, which has no table
}

// Margin is the part by the first or second of its axes alone, of a report that crosses them for one indicator.
func (p Part) Margin(i int) Part {
	margin := Part{Span: p.Span, Name: p.Name, Rows: p.Margins[i], Total: p.Total}
	if p.table == nil {
		margin.kept = p.kept[i : i+1]
	} else {
		margin.table = p.margins[i]
	}
	return margin
}

// By are the axes that part it.
func (p Part) By() []figure.Axis {
	if p.table == nil {
		return p.kept
	}
	return p.table.By
}

// Sits says whether the rows of a part tell of sessions, too; those of one that was kept tell what they were kept with.
func (p Part) Sits() bool { return p.table == nil || p.table.Sits() }

// Axes are those of a report.
func (d *Desk) Axes(a Ask) (axes []figure.Axis) {
	if a.By != nil {
		return a.By
	}
	for _, code := range a.Kind.By {
		if code == Below {
			code = cmp.Or(map[journal.Level]string{journal.City: "county"}[unit.LevelOf(d.Unit)], "station")
		}
		if axis, ok := figure.AxisByCode(code); ok {
			axes = append(axes, axis)
		}
	}
	return axes
}

// Span gives the days that a report is on. It fails with problem.Problems.
func (d *Desk) Span(a Ask) (figure.Span, error) {
	today := thing.DaysAt(d.Now())
	if a.From == "" && a.To == "" {
		return d.Calendar.Due(a.Kind.Period, today), nil
	}
	s := figure.Days(cmp.Or(a.From, a.To), a.To)
	switch {
	case a.From == "":
		s = d.Calendar.Of(a.Kind.Period, s.To)
	case a.To == "":
		s = d.Calendar.Of(a.Kind.Period, s.From)
	}
	if s.From <= 0 { // days are counted from there
		return s, problem.Problems{"from": "太早了，请写 1970 年以后的日子"}
	}
	if s.To < s.From {
		return s, problem.Problems{"to": "早于开始的日子，请核对"}
	}
	if s.To-s.From > most {
		return s, problem.Problems{"to": "一张表最多六十年，请把日子写近一些"}
	}
	return s, nil
}

// most is how many days a table may be on.
const most = 60 * 366

// all gives all matters and sessions of which anything may count in a span.
func (d *Desk) all(ctx context.Context, s figure.Span, each func(figure.Matter), sat func(*figure.Session)) error {
	joined, err := view.Joined(ctx, d.Store)
	if err != nil {
		return err
	}
	for _, root := range joined {
		if root > 0 {
			joined[root] = root
		}
	}
	err = view.Matters(ctx, d.Store, s.From, s.To, func(row int64, t *matter.Tally) {
		each(figure.Matter{Tally: t, Row: row, Root: joined[row]})
	})
	if err != nil {
		return err
	}
	return view.Sessions(ctx, d.Store, s.First(), s.Last(), func(row int64, t session.Tally) {
		sat(&figure.Session{Tally: t, Row: row})
	})
}

// Behind is a thing in the list behind a number.
type Behind struct {
	Row  int64 // in the list of its kind
	Much int64 // of the number stands for it
}

// List is what stands behind a number.
type List struct{ Matters, Sessions []Behind }

// Rows are the rows of its matters.
func (l List) Rows() (rows []int64) {
	for _, b := range l.Matters {
		rows = append(rows, b.Row)
	}
	return rows
}

// Behind gives the list behind an indicator in the row of some keys of a report; no keys: in its total. Of matters that are
// handled together 件数 has one.
func (d *Desk) Behind(ctx context.Context, p Part, i figure.Indicator, keys ...string) (l List, err error) {
	if err := d.Guard.Sits(ctx, right.Look); err != nil {
		return l, err
	}
	met, t := map[int64]bool{}, p.table.Afresh()
	err = d.all(ctx, p.Span, func(m figure.Matter) {
		n := t.Holds(m, i, keys...)
		if n == 0 || i.Code == "cases" && met[m.Root] {
			return
		}
		met[m.Root] = m.Root != 0
		l.Matters = append(l.Matters, Behind{m.Row, n})
	}, func(s *figure.Session) {
		if n := t.Held(s, i, keys...); n != 0 {
			l.Sessions = append(l.Sessions, Behind{s.Row, n})
		}
	})
	return l, err
}
