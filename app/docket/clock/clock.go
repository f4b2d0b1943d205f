// Package clock counts the days of deputies' suggestions: by when the next step is to be done, by when the answer is due,
// and how near that is. It is a pure function of what happened, of a calendar and of a county's clocks. What it says is
// written into the entry of the act and stays there: another profile, another calendar or the end of a congress's term
// moves nothing that runs (上海 article 19: after an election units answer within the same time); only an act does.
//
// How days are counted (民法典 articles 200–203): the day of the act itself does not count; months end on the same day of
// their month, or on its last where it is shorter; a term in months or in days of the calendar whose last day is not
// worked ends on the next that is. A Saturday worked in exchange is a day like others.
package clock

import (
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/profile"
	"lianluo.local/data/suggestion"
)

// After says by which day the next step is due after an act (term), and by which the answer is (due); "" for none, or
// where the act moves nothing. s is the suggestion before the act, said what its entry will say, on the day on which it
// truly happens. What said names itself – another term, another day of the answer – holds.
//
//   - submitted, registered, taken up: the time to hand over runs from the submission (山东 10, 青岛 11, 重庆 13, 上海 11);
//     until it is taken up its deputies wait to hear so, where a regulation says how long (浙江 10)
//   - handed on: units sign or return it (重庆 16, 上海 14); the answer is due three months, or six, after it was handed on
//     (代表法 (2025) article 51), the second time the month for doing it again (浙江 24, 上海 21). Others who have to answer
//     have their own time from the day that they get it; for those who have it already it runs on
//   - signed for: a first talk with the deputies is waited for (重庆 18), else the answer
//   - answered, looked at, delivered: the next of these, then the rating (重庆 27, 河南 22, 北京 23); what was promised and
//     is kept is delivered and rated once more (重庆 28)
//   - a pause, for one of the listed reasons alone, moves what ran by its length when it ends, by whatever act it ends
func After(s suggestion.Suggestion, do string, said suggestion.Said, on string, c profile.Clocks,
	cal *workday.Calendar) (term, due string) {
	in := func(t profile.Term) string { return Within(on, t, cal) }
	if s.Paused() && (do == suggestion.Resume || do == suggestion.Reply || do == suggestion.Return) {
		due = later(s.Due, stood(s), on, answer(s, s.Hard, c), cal)
	}
	switch do {
	case suggestion.Invite:
		if term = said.Until; term == "" {
			term = in(c.Cosign)
		}
	case suggestion.Submit:
		term = heard(on, c, cal)
	case suggestion.Register:
		if s.Registered == "" {
			term = heard(s.Submitted, c, cal)
		}
	case suggestion.Accept:
		if term = in(c.Hand); s.State == suggestion.Registered {
			term = Within(s.Submitted, c.Hand, cal)
		}
	case suggestion.Assign, suggestion.Again:
		if term, due = in(c.Return), said.Due; due == "" {
			due = handed(s, do, said, on, c, cal)
		}
		term = soonest(term, due)
	case suggestion.Sign:
		term = soonest(in(c.Contact), s.Due)
	case suggestion.Return:
		term = in(c.Rehand)
	case suggestion.Reply:
		term = in(c.Review)
	case suggestion.Review:
		if term = in(c.Deliver); said.No {
			term = in(c.Mend)
		}
	case suggestion.Deliver:
		if term = in(c.Rate); s.Second() && c.Again != "" {
			term = in(c.Again)
		}
	case suggestion.Rate:
		if r := (suggestion.Rating{Work: said.Work, Result: said.Result}); !r.Content() {
			term = in(c.Redo)
		}
	case suggestion.Keep:
		term = in(c.Deliver)
	case suggestion.Grant:
		if due = said.To; due == "" && len(s.Extensions) > 0 {
			due = s.Extensions[len(s.Extensions)-1].To
		}
		if said.No {
			due = ""
		}
		term = due
	case suggestion.Resume:
		term = resumed(s, on, due, c, cal)
	}
	if said.Term != "" {
		term = said.Term
	}
	if said.Due != "" {
		due = said.Due
	}
	return term, due
}

// heard is by when deputies hear what became of what they submitted.
func heard(submitted string, c profile.Clocks, cal *workday.Calendar) string {
	if c.Notice != "" {
		return Within(submitted, c.Notice, cal)
	}
	return Within(submitted, c.Hand, cal)
}

// answer is how long those who have a suggestion may take.
func answer(s suggestion.Suggestion, hard bool, c profile.Clocks) profile.Term {
	switch {
	case s.Round > 1:
		return c.Redo
	case hard:
		return c.Hard
	case s.Level == "township" && c.Township != "":
		return c.Township
	}
	return c.Answer
}

// handed is by when the answer is due of those to whom it is handed on.
func handed(s suggestion.Suggestion, do string, said suggestion.Said, on string, c profile.Clocks,
	cal *workday.Calendar) string {
	if do == suggestion.Again {
		return Within(on, c.Redo, cal)
	}
	fresh := false
	before := map[string]bool{}
	for _, u := range s.Mains() {
		before[u.Key] = true
	}
	for _, u := range said.Units {
		fresh = fresh || !u.Help && !before[u.Key]
	}
	if s.Round == 0 || fresh {
		return max(s.Due, Within(on, answer(s, said.Hard, c), cal))
	}
	if said.Hard && !s.Hard { // it is found to be difficult: the longer time from when it was handed on
		return max(s.Due, Within(s.Handed, answer(s, true, c), cal))
	}
	return s.Due
}

// stood is since when the clock stands still of those who have a suggestion now.
func stood(s suggestion.Suggestion) string { return max(s.Pauses[len(s.Pauses)-1].From, s.Handed) }

// resumed is by when the step is due that waited while the clock stood.
func resumed(s suggestion.Suggestion, on, due string, c profile.Clocks, cal *workday.Calendar) string {
	if !s.Paused() {
		return ""
	}
	from := stood(s)
	switch {
	case s.State == suggestion.Assigned:
		return later(s.Term, from, on, c.Return, cal)
	case s.Term < s.Due:
		return later(s.Term, from, on, c.Contact, cal)
	}
	return max(due, later(s.Term, from, on, answer(s, s.Hard, c), cal))
}

// Help is by which day a unit gives its opinion that helps others, from the day on which it got it.
func Help(on string, c profile.Clocks, cal *workday.Calendar) string { return Within(on, c.Help, cal) }

// Public is by which day an answer is to be made public, "" where it is, or will not be.
func Public(s suggestion.Suggestion, c profile.Clocks, cal *workday.Calendar) string {
	last := s.Standing()
	if len(last) == 0 || s.Published != "" || s.Public == "no" || s.Confidential {
		return ""
	}
	return Within(last[len(last)-1].On, c.Publish, cal)
}

// Within is the last day of a term that begins on a day (2026-11-29), "" for no term or no day.
func Within(on string, term profile.Term, cal *workday.Calendar) string {
	day, err := time.Parse(time.DateOnly, on)
	n, unit := term.Parts()
	switch {
	case err != nil || n == 0:
		return ""
	case unit == "wd":
		return cal.Add(day, n).Format(time.DateOnly)
	case unit == "m":
		day = suggestion.Months(day, n)
	default:
		day = day.AddDate(0, 0, n)
	}
	return worked(day, cal)
}

// worked is a day, or the next one that is worked.
func worked(day time.Time, cal *workday.Calendar) string {
	if !cal.IsWorkday(day) {
		day = cal.Add(day, 1)
	}
	return day.Format(time.DateOnly)
}

// later is a day of a term, moved by the time that its clock stood still: by working days where the term counts those.
func later(last, from, to string, term profile.Term, cal *workday.Calendar) string {
	day, err := time.Parse(time.DateOnly, last)
	begin, err1 := time.Parse(time.DateOnly, from)
	end, err2 := time.Parse(time.DateOnly, to)
	if err != nil || err1 != nil || err2 != nil || !end.After(begin) {
		return last
	}
	if _, unit := term.Parts(); unit == "wd" {
		return cal.Add(day, cal.Between(begin, end)).Format(time.DateOnly)
	}
	return worked(day.Add(end.Sub(begin)), cal)
}

// soonest is the earlier of two days, either of which may be missing.
func soonest(a, b string) string {
	if a == "" || b == "" {
		return max(a, b)
	}
	return min(a, b)
}
