package figure

import (
	"slices"

	"lianluo.local/data/matter"
	"lianluo.local/data/session"
)

// Matter is a matter as it is counted.
type Matter struct {
	*matter.Tally
	Row  int64 // in the list of this computer
	Root int64 // the row of that with which it is handled; 0 where it was not merged
}

// Session is a session as it is counted.
type Session struct {
	session.Tally
	Row int64
}

// count adds what a matter counts as in a span of days. All numbers of a report come from here and from that of sessions.
func (m Matter) count(s Span, today int, n *Numbers) {
	by := min(s.To, today) // what was still to happen by then did not
	if m.Raised > s.To {
		return
	}
	if s.has(m.Raised) {
		m.raised(s, by, n)
	} else if m.Ended == 0 || m.Ended >= s.From {
		n[carried]++
	}
	switch {
	case m.Ended == 0 || m.Ended > s.To:
		n[open]++
	case m.Ended < s.From:
	case m.Outcome == matter.Removed:
		n[moved]++
	default:
		n[closed]++
		if !m.spot() {
			n[handled]++
			n[days] += int64(min(m.Ended-m.Raised, longest))
		}
	}
	if m.Limit != 0 && m.Limit < by && m.State.Open() {
		n[overdue]++
	}
	if s.has(m.Due) && m.Outcome != matter.Removed {
		m.answered(by, n)
	}
	if s.has(m.Told) {
		n[finished]++
		if m.Class == 1 || m.Class == 2 {
			n[solved]++
		}
	}
	if s.has(m.Promise) {
		n[promised]++
	}
	told := false
	for _, h := range m.Happened {
		here := s.has(h.On)
		add := func(number int) {
			if here {
				n[number]++
			}
		}
		switch h.What {
		case matter.WasAssigned:
			add(assigned)
		case matter.WasReturned:
			add(returned)
		case matter.WasTold:
			add(answered)
			told = here
		case matter.WasSatisfied, matter.WasBasically, matter.WasNot:
			add(rated)
			if h.What == matter.WasNot {
				add(dissatisfied)
			} else {
				add(satisfied)
			}
			if told && h.On <= s.To {
				n[ratedOf]++
			}
			told = false
		case matter.WasRedone:
			add(redone)
		case matter.WasSuggested:
			add(suggested)
		case matter.WasKept:
			add(kept)
			if s.has(h.By) {
				n[promised]++
				if h.On <= s.To {
					n[keptOf]++
				}
			}
		}
	}
}

// longest is the most days that one matter may take, so that a year that somebody mistyped does not drown the others.
const longest = 3660

// spot says that it was settled where it was raised.
func (m Matter) spot() bool {
	return m.Outcome == matter.Settled && (m.OnSpot == "answered" || m.OnSpot == "resolved") && m.Ended == m.Raised &&
		!slices.ContainsFunc(m.Happened, func(h matter.Event) bool { return h.What == matter.WasRedone })
}

// raised is what a matter counts as that was raised in the span.
func (m Matter) raised(s Span, by int, n *Numbers) {
	n[collected]++
	n[cases]++ // those that are handled with others of the cell are taken off by it
	n[citizens] += int64(max(1, m.People))
	if m.Keyed > s.To {
		n[late]++
	}
	if m.Leader != "" {
		n[led]++
	}
	if m.Register == "reception" && m.Session == "" {
		n[people] += int64(max(1, m.People))
	}
	if m.State == matter.Guided {
		n[outOfScope]++
		return
	}
	n[accepted]++
	if m.spot() {
		n[onSpot]++
	}
	if m.Ended != 0 && m.Ended <= by && m.Outcome == matter.Settled {
		n[closedOf]++
	}
	if m.Ended != 0 && m.Ended <= by || m.first() <= by {
		n[responded]++
	}
}

// first is the day on which the first thing happened to it; one that never comes where nothing did.
func (m Matter) first() int {
	first := 1 << 30
	for _, h := range m.Happened {
		if h.What == matter.WasAssigned || h.What == matter.WasTold || h.What == matter.WasSuggested {
			first = min(first, h.On)
		}
	}
	return first
}

// answered is what a matter counts as of which the citizen was to be told in the span.
func (m Matter) answered(by int, n *Numbers) {
	n[due]++
	if m.Told != 0 && m.Told <= by {
		n[answeredOf]++
	}
	if m.Ended == 0 || m.Ended > by {
		return
	}
	n[dueClosed]++
	if m.Told != 0 && m.Told <= m.Due {
		n[inTime]++
	} else {
		n[lateClosed]++
	}
}

// count adds what a session counts as, besides those who came to it.
func (s *Session) count(in Span, n *Numbers) {
	if !in.has(s.Day) {
		return
	}
	held := s.State == session.Open || s.State == session.Held
	ahead := s.State == session.Planned || s.State == session.Announced || s.State == session.Altered
	switch s.Kind {
	case "reception":
		if held || ahead || s.State == session.Cancelled {
			n[planned]++
		}
		if s.State == session.Cancelled {
			n[cancelled]++
		}
		if held {
			n[sessions]++
			n[people] += int64(s.Citizens)
			if s.Citizens == 0 && s.State == session.Held {
				n[empty]++
			}
		}
	case "visit":
		if held {
			n[visits]++
			n[homes] += int64(s.Homes)
		}
	case "activity":
		if held {
			n[activities]++
		}
	}
}

// attend adds what one who came counts as. Who came how often is told apart by the cell.
func (s *Session) attend(in Span, a session.Attended, n *Numbers) bool {
	if a.Guest || !in.has(s.Day) || s.State != session.Open && s.State != session.Held {
		return false
	}
	n[map[bool]int{true: deputies, false: attended}[s.Kind == "reception"]]++
	return true
}
