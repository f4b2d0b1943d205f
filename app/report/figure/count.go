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

// until is the last day of a span on which anything of a matter may count, or one before it or after it.
func (m Matter) until(s Span) int {
	if m.Ended == 0 || m.State.Open() {
		return s.To
	}
	end := max(m.Ended, m.Due, m.Told, m.Promise)
	for _, h := range m.Happened {
		end = max(end, h.On, h.By)
	}
	return end
}

// Within says whether anything of a matter may count in a span.
func (m Matter) Within(s Span) bool { return m.Raised <= s.To && m.until(s) >= s.From }

// Session is a session as it is counted.
type Session struct {
	session.Tally
	Row int64
}

// sum is what one thing counts as: few numbers of the many, so that it is noted which.
type sum struct {
	Numbers
	met  [size]uint8
	many int
}

func (n *sum) add(number int, much int64) {
	if much == 0 {
		return
	}
	if n.Numbers[number] == 0 {
		n.met[n.many] = uint8(number)
		n.many++
	}
	n.Numbers[number] += much
}

func (n *sum) clear() {
	for _, i := range n.met[:n.many] {
		n.Numbers[i] = 0
	}
	n.many = 0
}

// count adds what a matter counts as in a span of days. All numbers of a report come from here and from that of sessions.
func (m Matter) count(s Span, today int, n *sum) {
	by := min(s.To, today) // what was still to happen by then did not
	if m.Raised > s.To {
		return
	}
	if s.has(m.Raised) {
		m.raised(s, by, n)
	} else if m.Ended == 0 || m.Ended >= s.From {
		n.add(carried, 1)
	}
	switch {
	case m.Ended == 0 || m.Ended > s.To:
		n.add(open, 1)
	case m.Ended < s.From:
	case m.Outcome == matter.Removed:
		n.add(moved, 1)
	default:
		n.add(closed, 1)
		if !m.spot() {
			n.add(handled, 1)
			n.add(days, int64(min(m.Ended-m.Raised, longest)))
		}
	}
	if m.Limit != 0 && m.Limit < by && m.State.Open() {
		n.add(overdue, 1)
	}
	if s.has(m.Due) && m.Outcome != matter.Removed {
		m.answered(by, n)
	}
	if s.has(m.Told) {
		n.add(finished, 1)
		if m.Class == 1 || m.Class == 2 {
			n.add(solved, 1)
		}
	}
	if s.has(m.Promise) {
		n.add(promised, 1)
	}
	told := false
	for _, h := range m.Happened {
		here := s.has(h.On)
		add := func(number int) {
			if here {
				n.add(number, 1)
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
				n.add(ratedOf, 1)
			}
			told = false
		case matter.WasRedone:
			add(redone)
		case matter.WasSuggested:
			add(suggested)
		case matter.WasKept:
			add(kept)
			if s.has(h.By) {
				n.add(promised, 1)
				if h.On <= s.To {
					n.add(keptOf, 1)
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
func (m Matter) raised(s Span, by int, n *sum) {
	n.add(collected, 1)
	n.add(cases, 1) // those that are handled with others of the cell are taken off by it
	n.add(citizens, int64(max(1, m.People)))
	if m.Keyed > s.To {
		n.add(late, 1)
	}
	if m.Leader != "" {
		n.add(led, 1)
	}
	if m.Register == "reception" && m.Session == "" {
		n.add(people, int64(max(1, m.People)))
	}
	if m.State == matter.Guided {
		n.add(outOfScope, 1)
		return
	}
	n.add(accepted, 1)
	if m.spot() {
		n.add(onSpot, 1)
	}
	if m.Ended != 0 && m.Ended <= by && m.Outcome == matter.Settled {
		n.add(closedOf, 1)
	}
	if m.Ended != 0 && m.Ended <= by || m.first() <= by {
		n.add(responded, 1)
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
func (m Matter) answered(by int, n *sum) {
	n.add(due, 1)
	if m.Told != 0 && m.Told <= by {
		n.add(answeredOf, 1)
	}
	if m.Ended == 0 || m.Ended > by {
		return
	}
	n.add(dueClosed, 1)
	if m.Told != 0 && m.Told <= m.Due {
		n.add(inTime, 1)
	} else {
		n.add(lateClosed, 1)
	}
}

// count adds what a session counts as, besides those who came to it.
func (s *Session) count(in Span, n *sum) {
	if !in.has(s.Day) {
		return
	}
	held := s.State == session.Open || s.State == session.Held
	ahead := s.State == session.Planned || s.State == session.Announced || s.State == session.Altered
	switch s.Kind {
	case "reception":
		if held || ahead || s.State == session.Cancelled {
			n.add(planned, 1)
		}
		if s.State == session.Cancelled {
			n.add(cancelled, 1)
		}
		if held {
			n.add(sessions, 1)
			n.add(people, int64(s.Citizens))
			if s.Citizens == 0 && s.State == session.Held {
				n.add(empty, 1)
			}
		}
	case "visit":
		if held {
			n.add(visits, 1)
			n.add(homes, int64(s.Homes))
		}
	case "activity":
		if held {
			n.add(activities, 1)
		}
	}
}

// attend adds what one who came counts as. Who came how often is told apart by the cell.
func (s *Session) attend(in Span, a session.Attended, n *sum) bool {
	if a.Guest || !in.has(s.Day) || s.State != session.Open && s.State != session.Held {
		return false
	}
	if s.Kind == "reception" {
		n.add(deputies, 1)
	} else {
		n.add(attended, 1)
	}
	return true
}
