package clock

import (
	"cmp"
	"time"

	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Light is how near the end of its time a suggestion is.
type Light int

// The lights, in the order in which they come on.
const (
	None    Light = iota
	Half          // half of the time to answer is over
	Month         // a month is left, or less
	Ten           // ten days are left, or less
	Overdue       // the day of the present step is over
)

// Lights are the lights as people read them.
var Lights = words.Of("half", "过半", "month", "一个月内到期", "ten", "十天内到期", "overdue", "超期")

// String is the light as people read it, "" for none.
func (l Light) String() string {
	if l <= None || int(l) > len(Lights) {
		return ""
	}
	return Lights[l-1].Name
}

// Begins are the days on which the lights come on, "" for one that does not. Half, Month and Ten are those of the answer,
// or of what is promised, which has no half time: a warning never comes before the half of the time. Overdue comes with
// any step.
type Begins struct{ Half, Month, Ten, Overdue string }

// Of gives when the lights of a suggestion come on, as it stands.
func Of(s suggestion.Suggestion) (b Begins) {
	by, last, half := waits(&s)
	b.Half = half
	if last, err := time.Parse(time.DateOnly, last); err == nil {
		b.Month, b.Ten = max(cmp.Or(half, s.Since), month(last)), max(cmp.Or(half, s.Since), ten(last))
	}
	if day, err := time.Parse(time.DateOnly, by); err == nil {
		b.Overdue = day.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	return b
}

// waits says by when the present step is to be done, by when the answer or the promise, and when half of that is over.
func waits(s *suggestion.Suggestion) (by, last, half string) {
	by = s.By()
	switch {
	case by == "":
	case s.State == suggestion.Assigned || s.State == suggestion.InHand:
		last, half = max(by, s.Due), s.Half()
	case s.State == suggestion.Promised:
		last = by
	}
	return by, last, half
}

func month(before time.Time) string { return months(before, -1).Format(time.DateOnly) }

func ten(before time.Time) string { return before.AddDate(0, 0, -10).Format(time.DateOnly) }

// Lit is the light of a suggestion today: that of Of which came on last, found without more of its days than it takes.
func Lit(s suggestion.Suggestion, today string) Light {
	by := s.By()
	switch {
	case by == "" || s.State != suggestion.Assigned && s.State != suggestion.InHand && s.State != suggestion.Promised && by >= today:
		return None
	case by < today:
		return Overdue
	}
	_, last, half := waits(&s)
	end, err := time.Parse(time.DateOnly, last)
	switch {
	case err != nil || today < cmp.Or(half, s.Since):
		return None
	case ten(end) <= today:
		return Ten
	case month(end) <= today:
		return Month
	case half != "":
		return Half
	}
	return None
}

// On is the light of a day.
func (b Begins) On(today string) Light {
	for i, from := range []string{b.Overdue, b.Ten, b.Month, b.Half} {
		if from != "" && from <= today {
			return Overdue - Light(i)
		}
	}
	return None
}
