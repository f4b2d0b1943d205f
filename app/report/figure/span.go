package figure

import (
	"fmt"
	"time"

	"lianluo.local/data/thing"
)

// Period is how time is parted.
type Period string

// The periods; Any is a span that is none of them.
const (
	Any     Period = ""
	Week    Period = "week"
	Month   Period = "month"
	Quarter Period = "quarter"
	Half    Period = "half"
	Year    Period = "year"
	Term    Period = "term" // of a congress: five years
)

// Calendar says where weeks and congresses begin.
type Calendar struct {
	Week  time.Weekday // the first day of a week
	Since string       // a day on which a congress began: 2021-06-01
}

// Span is some days, the first and the last among them, as thing.Days.
type Span struct{ From, To int }

// Days is the span between two days, as they are written.
func Days(from, to string) Span { return Span{thing.Days(from), thing.Days(to)} }

// First and Last are its ends, as they are written.
func (s Span) First() string { return thing.Date(s.From) }

// Last is its last day.
func (s Span) Last() string { return thing.Date(s.To) }

func (s Span) has(day int) bool { return day != 0 && s.From <= day && day <= s.To }

func (s Span) both(o Span) Span { return Span{max(s.From, o.From), min(s.To, o.To)} }

func date(days int) time.Time { return time.Unix(int64(days)*24*60*60, 0).UTC() }

func span(from, after time.Time) Span { return Span{thing.DaysAt(from), thing.DaysAt(after) - 1} }

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Of is the period in which a day lies.
func (c Calendar) Of(p Period, day int) Span {
	t := date(day)
	y, m, _ := t.Date()
	months := func(n int) Span {
		first := (m-1)/time.Month(n)*time.Month(n) + 1
		return span(on(y, first, 1), on(y, first+time.Month(n), 1))
	}
	switch p {
	case Week:
		first := t.AddDate(0, 0, -int(t.Weekday()-c.Week+7)%7)
		return span(first, first.AddDate(0, 0, 7))
	case Month:
		return months(1)
	case Quarter:
		return months(3)
	case Half:
		return months(6)
	case Year:
		return months(12)
	case Term:
		first, err := time.Parse(time.DateOnly, c.Since)
		if err != nil {
			first = on(2021, 6, 1)
		}
		for first.After(t) {
			first = first.AddDate(-5, 0, 0)
		}
		for !first.AddDate(5, 0, 0).After(t) {
			first = first.AddDate(5, 0, 0)
		}
		return span(first, first.AddDate(5, 0, 0))
	}
	return Span{day, day}
}

// Is says which period a span is exactly, Any for none.
func (c Calendar) Is(s Span) Period {
	for _, p := range []Period{Week, Month, Quarter, Half, Year, Term} {
		if c.Of(p, s.From) == s {
			return p
		}
	}
	return Any
}

// Before is the span before: the period before a period, else as many days right before.
func (c Calendar) Before(s Span) Span {
	if p := c.Is(s); p != Any {
		return c.Of(p, s.From-1)
	}
	return Span{s.From - (s.To - s.From + 1), s.From - 1}
}

// YearBefore is the same span a year before; a week is the one 52 weeks before.
func (c Calendar) YearBefore(s Span) Span {
	switch p := c.Is(s); p {
	case Week:
		return Span{s.From - 364, s.To - 364}
	case Any:
		return span(date(s.From).AddDate(-1, 0, 0), date(s.To+1).AddDate(-1, 0, 0))
	default:
		return c.Of(p, thing.DaysAt(date(s.From).AddDate(-1, 0, 0)))
	}
}

// owed is for how many days of the next one the report on a period is still to be made: the city's week on Monday, a month
// within five working days, a quarter within ten.
var owed = map[Period]int{Week: 1, Month: 7, Quarter: 14, Half: 14, Year: 31, Term: 31}

// Due is the period on which a report is to be made on a day: the one in which it lies, or that before as long as its
// report is owed.
func (c Calendar) Due(p Period, today int) Span {
	s := c.Of(p, today)
	if today-s.From < owed[p] {
		return c.Before(s)
	}
	return s
}

// parts are the periods of which a span consists, cut at its ends.
func (c Calendar) parts(p Period, s Span) (list []Span) {
	for at := s.From; at <= s.To; {
		whole := c.Of(p, at)
		list = append(list, whole.both(s))
		at = whole.To + 1
	}
	return list
}

// Name is what a span is called: 2026年11月, 2026年第4季度, 2026年11月16日至22日.
func (c Calendar) Name(s Span) string {
	from, to := date(s.From), date(s.To)
	y, m := from.Year(), int(from.Month())
	switch c.Is(s) {
	case Month:
		return fmt.Sprintf("%d年%d月", y, m)
	case Quarter:
		return fmt.Sprintf("%d年第%d季度", y, (m-1)/3+1)
	case Half:
		return fmt.Sprintf("%d年%s半年", y, map[bool]string{true: "上", false: "下"}[m < 7])
	case Year:
		return fmt.Sprintf("%d年", y)
	}
	switch {
	case s.From == s.To:
		return from.Format("2006年1月2日")
	case y == to.Year() && from.Month() == to.Month():
		return from.Format("2006年1月2日") + to.Format("至2日")
	case y == to.Year():
		return from.Format("2006年1月2日") + to.Format("至1月2日")
	}
	return from.Format("2006年1月2日") + to.Format("至2006年1月2日")
}
