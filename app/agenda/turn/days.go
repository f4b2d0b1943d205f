// Package turn is how a station's evenings come round (轮值): on which days a rule falls, whose turn it is, to which
// station a leader goes. All of it is pure: the same rules, people and sessions give the same plan at every computer.
package turn

import (
	"cmp"
	"slices"
	"time"

	"lianluo.local/assets/lunar"
	"lianluo.local/assets/workday"
	"lianluo.local/data/rota"
)

// Slot is one day of a rule.
type Slot struct {
	Rule string // the day that the rule names, by which the slot is known: 2027-01-11
	Day  string // where holidays put it
}

// wander is by how many days a holiday moves a day at most: more than the longest with the weekends around it.
const wander = 20

// Days gives the slots of a rule whose own day lies between two days, both counted, by day. A day that a month lacks is
// its last: the 31st, the fifth Friday, the 30th of a short lunar month. Days off move as the rule's shift says; where a
// rule itself names a Saturday or Sunday it is holidays alone that do, and weekends that are worked instead (调休) are
// working days. Two that come to lie on one day are one, known by the earlier.
func Days(r rota.Rule, from, to time.Time, c *workday.Calendar) (slots []Slot) {
	first, last := from.Format(time.DateOnly), to.Format(time.DateOnly)
	weekends := slices.ContainsFunc(r.Weekday, func(n int) bool { return n > 5 })
	had := map[string]bool{}
	for _, t := range named(r, from.AddDate(0, 0, -wander), to.AddDate(0, 0, wander)) {
		s := Slot{t.Format(time.DateOnly), shifted(t, r.Shift, weekends, c).Format(time.DateOnly)}
		if s.Rule < r.Since || r.Until != "" && s.Rule > r.Until || had[s.Day] {
			continue
		}
		if had[s.Day] = true; first <= s.Rule && s.Rule <= last {
			slots = append(slots, s)
		}
	}
	slices.SortFunc(slots, func(a, b Slot) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Rule, b.Rule)) })
	return slots
}

func shifted(t time.Time, shift string, weekends bool, c *workday.Calendar) time.Time {
	off := !c.IsWorkday(t) && (!weekends || c.Name(t) != "")
	switch {
	case off && shift == "next":
		return c.Add(t, 1)
	case off && shift == "previous":
		return c.Add(t, -1)
	}
	return t
}

// named are the days that a rule names between two, by day, each once.
func named(r rota.Rule, from, to time.Time) (days []time.Time) {
	from, to = midnight(from), midnight(to)
	var all []time.Time
	switch r.Every {
	case "month":
		for _, m := range months(r.Lunar, from, to) {
			if r.Nth == 0 {
				all = append(all, m.day(r.Day))
				continue
			}
			for _, n := range r.Weekday {
				all = append(all, m.weekday(n, r.Nth))
			}
		}
	case "week":
		for t := from; !t.After(to); t = t.AddDate(0, 0, 1) {
			if slices.Contains(r.Weekday, weekday(t)) {
				all = append(all, t)
			}
		}
	case "cycle":
		all = cycle(r, from, to)
	case "day":
		for _, d := range r.Dates {
			if t, err := time.Parse(time.DateOnly, d); err == nil {
				all = append(all, t)
			}
		}
	}
	for _, t := range all {
		if !t.Before(from) && !t.After(to) {
			days = append(days, t)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.CompactFunc(days, time.Time.Equal)
}

// cycle are the days of a market: those of each month from a first one on (逢三、八), else counted on from the day since
// which the rule holds.
func cycle(r rota.Rule, from, to time.Time) (days []time.Time) {
	if r.Days < 1 {
		return nil
	}
	if r.Day > 0 {
		for _, m := range months(r.Lunar, from, to) {
			for d := r.Day; d <= 30; d += r.Days {
				days = append(days, m.day(d))
			}
		}
		return days
	}
	since, err := time.Parse(time.DateOnly, r.Since)
	if err != nil {
		return nil
	}
	t := since
	if gone := int(from.Sub(since) / (24 * time.Hour)); gone > 0 {
		t = since.AddDate(0, 0, gone/r.Days*r.Days)
	}
	for ; !t.After(to); t = t.AddDate(0, 0, r.Days) {
		days = append(days, t)
	}
	return days
}

// months are those of a calendar that have a day between two.
func months(byMoon bool, from, to time.Time) (list []month) {
	if byMoon {
		for _, m := range lunar.Months(from, to) {
			list = append(list, month(m))
		}
		return list
	}
	for t := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); !t.After(to); t = t.AddDate(0, 1, 0) {
		list = append(list, month{t, t.AddDate(0, 1, -1).Day()})
	}
	return list
}

type month lunar.Month

func (m month) day(n int) time.Time { return m.First.AddDate(0, 0, min(max(n, 1), m.Days)-1) }

// weekday is its n-th such day of the week, -1 the last.
func (m month) weekday(day, n int) time.Time {
	d := 1 + (day-weekday(m.First)+7)%7
	for ; (n < 0 || n > 1) && d+7 <= m.Days; n-- {
		d += 7
	}
	return m.day(d)
}

func weekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
