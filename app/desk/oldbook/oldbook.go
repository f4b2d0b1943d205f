// Package oldbook reads the rows of a station's old books and ledgers: each becomes a matter as though it had been
// written here on its day and carried as far as the book says, and no further. What the book does not say stays blank.
//
//	line, found := oldbook.Read(row, oldbook.About{Station: code, Register: "reception", …})
//	line.Opening("batch", before)  // what a new one begins with
//	line.Differs(matter)           // what it says otherwise of one that is here
package oldbook

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/desk"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Row is what the cells of a row say in the plain form of their columns, by the columns' codes; what is empty is
// missing.
type Row map[string]string

// About is what a row does not say itself.
type About struct {
	Desk     *desk.Desk
	Station  string // where it is none of the row's
	Register string
	Ended    string // of matters of which the book says no outcome: "closed", "open", "" for not known
	// Deputies gives who on the roster some names are, and which of them are no deputies of the station.
	Deputies func(station string, names []string) (known []string, persons matter.Persons, others []string)
}

// Ending is how it is known how far a matter came.
type Ending int

// The endings.
const (
	Said   Ending = iota // the book says so
	Told                 // it says what came of it
	Silent               // it says nothing
)

// Line is a row as it was understood.
type Line struct {
	Number  string // of the program's own, where the row has one
	Report  matter.Report
	Private matter.Private
	Book    matter.Book
	Ending  Ending
	Timed   bool   // an hour was said, too
	Struck  string // why the row says nothing more than its number: it is void or confidential
	Remark  string // what has no place of its own
	said    map[string]bool
	issue   string // what the citizen said, as it stands in one cell
}

// Read understands a row. What is wrong is told by the codes of columns, "" for all of the row; notes likewise.
func Read(row Row, about About) (l Line, wrong, notes problem.Problems) {
	wrong, notes = problem.Problems{}, problem.Problems{}
	r := reader{row: row, about: about, line: &l, wrong: wrong, notes: notes}
	l.said = map[string]bool{}
	r.numbered()
	if r.struck() {
		return l, wrong, notes
	}
	d := r.draft()
	now := about.Desk.Now()
	var problems problem.Problems
	l.Report, l.Private, problems = d.CheckOld(now, about.Station)
	for code, why := range problems.Bare() {
		switch code {
		case "phone":
			notes[code] = why
		case "reason", "door": // nobody wrote it down then
		default:
			wrong[column(code)] = why
		}
	}
	l.Report.Persons = d.Persons.Of(l.Report.Deputies)
	if about.Desk.Settings.Parent != "" {
		l.Report.Via = r.via()
	}
	r.settle()
	return l, wrong, notes
}

// column is the column of a field.
func column(field string) string {
	return cmp.Or(map[string]string{"onSpotAnswer": "onSpot", "paperNumber": "number", "anonymous": "name",
		"ageBand": "age"}[field], field)
}

// Opening is the first entry of a matter that the line tells of, and its private part: before is how many lines before
// say the very same.
func (l Line) Opening(batch string, before int) (matter.Opening, matter.Private) {
	private := l.Private
	private.Row = l.Key(before)
	if l.Remark != "" {
		private.Words = strings.TrimSpace(private.Words + "\n备注：" + l.Remark)
	}
	book := l.Book
	if l.Report.Confidential { // an answer is under the seal, too
		for _, said := range [][2]string{{"答复内容", book.Answer}, {"不满意原因", book.Complaint}} {
			if said[1] != "" {
				private.Words += "\n" + said[0] + "：" + said[1]
			}
		}
		book.Answer, book.Complaint = "", ""
	}
	return matter.Opening{Report: l.Report, Book: &book, Batch: batch}, private
}

// Key tells the line from all others (matter.RowKey).
func (l Line) Key(before int) string {
	return matter.RowKey(matter.Matter{Report: l.Report, Private: l.Private}, before)
}

// Day is the civil day on which it was raised, 2021-03-05.
func (l Line) Day() string { return l.Report.Occurred.Format(time.DateOnly) }

// Same says whether a matter is what the line tells of: of one day, of the same words, and of nobody else.
func (l Line) Same(m matter.Matter) bool {
	return m.Station == l.Report.Station && m.Occurred.In(l.Report.Occurred.Location()).Format(time.DateOnly) == l.Day() &&
		l.words(m) && l.whose(m)
}

// Like says whether it may be: one of the two at least is the same.
func (l Line) Like(m matter.Matter) bool {
	return l.words(m) || l.Private.Name != "" && l.Private.Name == m.Name
}

func (l Line) whose(m matter.Matter) bool {
	a, b := spelling.Names(l.Private.Name), spelling.Names(m.Name)
	slices.Sort(a)
	slices.Sort(b)
	return len(a) == 0 || len(b) == 0 || slices.Equal(a, b)
}

// words says whether a matter is in the same words, with its title before them or without.
func (l Line) words(m matter.Matter) bool {
	said := spelling.Letters(l.issue)
	words, _, _ := strings.Cut(m.Words, "\n备注：")
	for _, one := range []string{m.Title + words, words, m.Title} {
		if form := spelling.Letters(one); form != "" && (form == said ||
			form == spelling.Letters(l.Report.Title+l.Private.Words)) {
			return true
		}
	}
	return false
}

// Change is what a field was and is to be.
type Change struct{ Code, Name, Was, Is string }

// Differs gives what a line says otherwise of a matter that is here; what it leaves blank it does not say. set and hidden
// are the fields of the report and of the private part, book what became of it, nil where nothing is new or where others
// tell of it: then other says so.
func (l Line) Differs(m matter.Matter) (set, hidden map[string]json.RawMessage, book *matter.Book, changes []Change,
	other bool) {
	set, hidden = map[string]json.RawMessage{}, map[string]json.RawMessage{}
	was, is := m.Values(), matter.Matter{Report: l.Report, Private: l.Private}.Values()
	for _, f := range matter.Correctable {
		if !l.said[f.Code] || m.Confidential {
			continue
		}
		a, b := f.Text(was, nil), f.Text(is, nil)
		switch {
		case b == "" || spelling.Letters(a) == spelling.Letters(b):
			continue
		case strings.Contains(b, "**"), strings.Contains(b, "…"): // it is masked, or cut
			continue
		case f.Code == "address" && (strings.Contains(spelling.Letters(a), spelling.Letters(b)) ||
			b == places.Of(m.Station).Where):
			continue // it says less
		case (f.Code == "words" || f.Code == "title") && l.words(m):
			continue
		case f.Code == "occurred" && !l.Timed && m.Occurred.In(l.Report.Occurred.Location()).Format(time.DateOnly) == l.Day():
			continue
		}
		to := set
		if f.Private {
			to = hidden
		}
		value, _ := json.Marshal(is[f.Code])
		to[f.Code] = value
		if f.Code == "name" && m.Anonymous {
			set["anonymous"] = json.RawMessage("false")
		}
		changes = append(changes, Change{f.Code, f.Name, a, b})
	}
	if l.Ending == Silent && m.Book == nil {
		return set, hidden, nil, changes, false
	}
	now := l.Book
	if m.Book != nil {
		now = over(*m.Book, l.Book, l.Ending)
	}
	told := tell(m.Book, now)
	switch {
	case m.Confidential || len(told) == 0:
	case m.Book != nil && m.Untouched():
		book, changes = &now, append(changes, told...)
	case m.Book != nil:
		other = true
	}
	return set, hidden, book, changes, other
}

// over is what was told of a matter with what is told now: what is blank erases nothing.
func over(had, now matter.Book, how Ending) matter.Book {
	if how == Silent {
		now.State, now.Term = had.State, had.Term
	}
	if now.State.Open() && had.State.Open() && now.State == had.State {
		now.Term = had.Term
	}
	for _, b := range [][2]*string{{&now.Assigned, &had.Assigned}, {&now.Answer, &had.Answer}, {&now.AnsweredOn,
		&had.AnsweredOn},
		{&now.Told, &had.Told}, {&now.TellWay, &had.TellWay}, {&now.Attitude, &had.Attitude}, {&now.Result, &had.Result},
		{&now.Complaint, &had.Complaint}, {&now.RatedOn, &had.RatedOn}, {&now.Ended, &had.Ended}} {
		*b[0] = cmp.Or(*b[0], *b[1])
	}
	now.Class, now.Score = cmp.Or(now.Class, had.Class), cmp.Or(now.Score, had.Score)
	if now.Units == nil {
		now.Units = had.Units
	}
	if now.Guides == nil {
		now.Guides = had.Guides
	}
	return now
}

// tell names what one book says otherwise than another.
func tell(had *matter.Book, now matter.Book) (changes []Change) {
	if had == nil {
		had = &matter.Book{}
	}
	for _, c := range []Change{
		{"state", "状态", had.State.String(), now.State.String()},
		{"units", "承办", strings.Join(append(had.Units, had.Guides...), "、"), strings.Join(append(now.Units,
			now.Guides...), "、")},
		{"assigned", "交办日期", had.Assigned, now.Assigned}, {"answer", "办理结果", had.Answer, now.Answer},
		{"class", "结果分类", words.ClassName(had.Class), words.ClassName(now.Class)}, {"answered", "答复日期", had.AnsweredOn,
			now.AnsweredOn},
		{"told", "反馈群众", way(*had), way(now)}, {"rating", "满意度", words.Ratings.Name(had.Result),
			words.Ratings.Name(now.Result)},
		{"ended", "办结日期", had.Ended, now.Ended}, {"complaint", "不满意原因", had.Complaint, now.Complaint},
	} {
		if c.Was != c.Is {
			changes = append(changes, c)
		}
	}
	return changes
}

// way is when and how the citizen was told.
func way(b matter.Book) string { return strings.TrimSpace(b.Told + " " + words.Ways.Name(b.TellWay)) }
