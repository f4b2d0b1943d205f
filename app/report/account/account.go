// Package account writes reports in words: from the numbers of an office or a station it makes the paragraphs of its weekly,
// monthly, quarterly and yearly reports, each from templates, with the tables and charts in which those numbers stand.
//
//	asks := account.Asks(month, "2026-11-01", "")
//	reports, err := desk.Together(ctx, asks...)
//	sections, _ := account.Write(account.Facts{Reports: reports, Regular: true})
//
// It is pure. It says nothing of what is not there: no sentence tells of zero, none compares with a span in which nothing was
// recorded or with one that is not over, a percentage stands beside what it is a part of and only where that is large
// enough, and who is named first is so alone. Every number in a sentence stands in a table of the report.
package account

import (
	"slices"
	"strings"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/thing"
)

// Section is a part of an account: its heading, its paragraphs, and what shows their numbers.
type Section struct {
	Head       string
	Paragraphs []string
	Charts     []Chart
	Tables     []Table
}

// Table is a short table among the words; its cells are as they are printed.
type Table struct {
	Title   string
	Columns []Column
	Rows    [][]string
	Sum     []string // nil for none
}

// Column is a column of a table, its width in whatever unit the others have theirs.
type Column struct {
	Name   string
	Width  float64
	Number bool
}

// Chart is numbers that a picture shows: bars, or lines over time.
type Chart struct {
	Title, Unit string
	Lines       bool
	Labels      []string
	Series      []Series
}

// Series is the values of a chart for each label.
type Series struct {
	Name   string
	Values []float64
	Alarm  bool // of what is late or dissatisfied
}

// Session is a session that is planned for the time after.
type Session struct {
	Day      string // 2026-11-25
	Begins   string // 19:30
	Station  string // as papers call it
	Topic    string
	Deputies []string
}

// Facts are what an account is written from.
type Facts struct {
	Kind     report.Kind
	Calendar figure.Calendar
	Reports  []report.Report // as Asks asks for them
	Regular  bool            // its span is exactly the period of its kind
	Next     []Session       // planned after the span, in their order
	Over     func(unit string) string
}

// The reports that an account is written from, by their place in Asks.
const (
	whole = iota
	groups
	categories
	purposes
	channels
	modes
	departments
	time
	overdue
	dissatisfied
	people
	led // of the year before
	asks
)

// parts are the periods into which each is parted over time.
var parts = map[figure.Period]figure.Period{figure.Week: figure.Week, figure.Month: figure.Week, figure.Quarter: figure.Week, figure.Half: figure.Month,
	figure.Year: figure.Month, figure.Term: figure.Half}

// Asks are the reports that an account of a kind is written from.
func Asks(k report.Kind, from, to string) []report.Ask {
	by := func(codes ...string) (axes []figure.Axis) {
		axes = []figure.Axis{}
		for _, code := range codes {
			if a, ok := figure.AxisByCode(code); ok {
				axes = append(axes, a)
			}
		}
		return axes
	}
	compare := []string{report.Before, report.Year}
	if k.Period == figure.Week || k.Period == figure.Year || k.Period == figure.Term {
		compare = compare[:1]
	}
	list := make([]report.Ask, asks)
	for i, a := range map[int]report.Ask{whole: {By: by(), Codes: slices.Clone(said), Compare: compare}, groups: {By: by("group"), Compare: compare},
		categories: {By: by("category"), Compare: compare}, purposes: {By: by("purpose")}, channels: {By: by("channel")}, modes: {By: by("mode")},
		departments: {By: by("department")}, time: {By: by(string(parts[k.Period]))}, overdue: {By: by()}, dissatisfied: {By: by()}, people: {By: by("person")},
		led: {By: by()}} {
		a.From, a.To, a.Kind = from, to, k
		if i == led && k.Code == "leader" {
			a.From = thing.Date(thing.Days(to) - 365)
		}
		if a.Codes == nil {
			a.Codes = []string{"collected"}
		}
		a.Kind.List = map[int]string{overdue: "overdue", dissatisfied: "dissatisfied", led: "led"}[i]
		list[i] = a
	}
	return list
}

// told are the sections of each kind, in their order; what has nothing to say is left out.
func (w *writer) told() []func() Section {
	switch w.Kind.Code {
	case "week", "month":
		return []func() Section{w.overall, w.sorted, w.handled, w.hot, w.troubled, w.next}
	case "station":
		return []func() Section{w.overall, w.sorted, w.troubled, w.next}
	}
	return []func() Section{w.overall, w.sorted, w.handled, w.hot, w.troubled, w.duty, w.suggested, w.next}
}

// numerals number the sections.
var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八"}

// Write writes an account, and gives the indicators of which it tells.
func Write(f Facts) (sections []Section, told []figure.Indicator) {
	w := newWriter(f)
	sections = w.write()
	return sections, slices.DeleteFunc(figure.Some(said...), func(i figure.Indicator) bool { return !w.used[i.Code] })
}

func (w *writer) write() (sections []Section) {
	for _, part := range w.told() {
		s := part()
		s.Paragraphs = slices.DeleteFunc(s.Paragraphs, func(text string) bool { return text == "" })
		if len(s.Paragraphs) == 0 {
			continue
		}
		s.Head = numerals[len(sections)] + "、" + s.Head
		sections = append(sections, s)
	}
	if main := w.main(); len(main.Rows) > 0 && len(sections) > 0 {
		sections[0].Tables = append([]Table{main}, sections[0].Tables...)
	}
	return sections
}

// Tells says whether a report is told in words.
func Tells(k report.Kind) bool {
	return slices.Contains(strings.Fields("week month quarter half year term station"), k.Code)
}
