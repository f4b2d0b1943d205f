package clock

import (
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
	by, last := s.By(), ""
	switch {
	case by == "":
		return b
	case s.State == suggestion.Assigned || s.State == suggestion.InHand:
		b.Half, last = s.Half(), max(by, s.Due)
	case s.State == suggestion.Promised:
		last = by
	}
	if day, err := time.Parse(time.DateOnly, last); err == nil {
		from := max(b.Half, s.Since)
		b.Month = max(from, months(day, -1).Format(time.DateOnly))
		b.Ten = max(from, day.AddDate(0, 0, -10).Format(time.DateOnly))
	}
	if day, err := time.Parse(time.DateOnly, by); err == nil {
		b.Overdue = day.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	return b
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

// Lit is the light of a suggestion today.
func Lit(s suggestion.Suggestion, today string) Light { return Of(s).On(today) }
