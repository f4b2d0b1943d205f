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

// Code is the light's word in files, "" for none.
func (l Light) Code() string {
	if l <= None || int(l) > len(Lights) {
		return ""
	}
	return Lights[l-1].Code
}

// String is the light as people read it, "" for none.
func (l Light) String() string { return Lights.Name(l.Code()) }

// Begins are the days on which the lights come on, "" for one that does not. Half, Month and Ten are those of the answer,
// or of what is promised, which has no half time: a warning never comes before the half of the time. Overdue comes with
// any step.
type Begins struct{ Half, Month, Ten, Overdue string }

// Of gives when the lights of a suggestion come on, as it stands.
func Of(s suggestion.Suggestion) (b Begins) {
	b.Half, b.Month, b.Ten = s.Warns()
	if day, err := time.Parse(time.DateOnly, s.By()); err == nil {
		b.Overdue = day.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	return b
}

// Lit is the light of a suggestion today: that of Of which came on last.
func Lit(s suggestion.Suggestion, today string) Light {
	switch by := s.By(); { // most of a ledger is answered long ago
	case by == "":
		return None
	case by < today:
		return Overdue
	}
	half, month, ten := s.Warns()
	return Begins{Half: half, Month: month, Ten: ten}.On(today)
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
