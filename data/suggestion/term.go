package suggestion

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// By is by which day the present step is to be done, "" where none is waited for, or no clock runs.
func (s *Suggestion) By() string {
	if !s.State.Open() || s.Paused() {
		return ""
	}
	return s.Term
}

// Half is the day on which half of the time to answer is over, "" where nobody has to answer, or no clock runs. Days on
// which the clock stood still count on neither side.
func (s *Suggestion) Half() string {
	from, to := date(s.Handed), date(s.Due)
	if s.State != InHand && s.State != Assigned || s.Paused() || from.IsZero() || !to.After(from) {
		return ""
	}
	type span struct{ from, to time.Time }
	var still []span
	run, last := to.Sub(from), from
	for _, p := range s.Pauses {
		stood := span{later(last, date(p.From)), date(p.To)}
		if stood.to.After(to) {
			stood.to = to
		}
		if stood.to.After(stood.from) {
			still, last = append(still, stood), stood.to
			run -= stood.to.Sub(stood.from)
		}
	}
	half := from.Add(run / 2)
	for _, stood := range still {
		if stood.from.Before(half) {
			half = half.Add(stood.to.Sub(stood.from))
		}
	}
	return half.Format(time.DateOnly)
}

// Warns gives Half, and the days from which a month and ten days are left to answer, or to do what is promised; "" where
// nobody has to, or no clock runs. None of them comes before half of the time is over.
func (s *Suggestion) Warns() (half, month, ten string) {
	last := s.By()
	switch {
	case last == "":
		return "", "", ""
	case s.State == InHand || s.State == Assigned:
		half, last = s.Half(), max(last, s.Due)
	case s.State != Promised:
		return "", "", ""
	}
	if day := date(last); !day.IsZero() {
		from := cmp.Or(half, s.Since)
		month = max(from, Months(day, -1).Format(time.DateOnly))
		ten = max(from, day.AddDate(0, 0, -10).Format(time.DateOnly))
	}
	return half, month, ten
}

// Months is the same day so many months later, or earlier, or the last of a shorter month (民法典 article 202).
func Months(day time.Time, n int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(day.Day(), first.AddDate(0, 1, -1).Day())-1)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// rest ends a pause on the day on which it leaves those who answer, or that its office names; due is by when the answer
// is due then, with the days that were lost.
func (s *Suggestion) rest(on, due string) {
	if s.Paused() {
		s.Pauses = slices.Clone(s.Pauses)
		p := &s.Pauses[len(s.Pauses)-1]
		p.To, s.Due = max(on, p.From), max(s.Due, due)
	}
}

// soonest is the earlier of two days, either of which may be missing.
func soonest(a, b string) string {
	if a == "" || b == "" {
		return max(a, b)
	}
	return min(a, b)
}

// Asking gives the extension that waits for the office's word, if one does: asked for by those who have it now.
func (s *Suggestion) Asking() (x Extension, is bool) {
	if n := len(s.Extensions); n > 0 {
		x = s.Extensions[n-1]
	}
	return x, x.On != "" && x.On >= s.Handed && x.Granted+x.Refused == ""
}

func extend(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	if b.To == "" {
		return nil, "", errors.New("longer till no day")
	}
	if _, asked := s.Asking(); asked || b.To <= s.Due || s.Units[i].Help {
		return nil, "", thing.ErrNotNow
	}
	key := s.Units[i].Key
	s.Extensions = append(slices.Clip(s.Extensions), Extension{Unit: key, On: b.on(r), To: b.To, Mark: s.tell(b.Text)})
	return nil, thing.Join(s.Who[key].Name+"申请延到 "+b.To, b.Text), bounded(len(s.Extensions))
}

func grant(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if _, asked := s.Asking(); !asked {
		return nil, "", thing.ErrNotNow
	}
	n := len(s.Extensions) - 1
	s.Extensions = slices.Clone(s.Extensions)
	x := &s.Extensions[n]
	if b.No {
		x.Refused = b.on(r)
		return []string{"due"}, thing.Join("不同意延期", b.Text), nil
	}
	x.To = cmp.Or(b.To, x.To)
	if x.To <= s.Due {
		return nil, "", thing.ErrNotNow
	}
	was := s.Due
	x.Granted, s.Due = b.on(r), x.To
	if s.State == InHand && s.Term >= was { // earlier it is something else that is waited for
		s.Term = max(s.Term, s.Due)
	}
	return []string{"due"}, thing.Join("延到 "+x.To, b.Text), nil
}

func pause(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if !has(words.Pauses, b.Why) {
		return nil, "", fmt.Errorf("a pause for %q", b.Why)
	}
	if n := len(s.Pauses); s.Paused() || n > 0 && b.on(r) < s.Pauses[n-1].To {
		return nil, "", thing.ErrNotNow
	}
	s.Pauses = append(slices.Clip(s.Pauses), Pause{From: b.on(r), Why: b.Why})
	return []string{"due"}, thing.Join(words.Pauses.Name(b.Why), b.Text), bounded(len(s.Pauses))
}

// resume ends a pause: the entry says by which day the answer is due now, and the next step done.
func resume(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if !s.Paused() || b.on(r) < s.Pauses[len(s.Pauses)-1].From || b.Due < s.Due {
		return nil, "", thing.ErrNotNow
	}
	s.rest(b.on(r), b.Due)
	s.Term = max(s.Term, b.Term)
	return []string{"due"}, thing.Join(until(b.Due), b.Text), nil
}
