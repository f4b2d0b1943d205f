package matter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/thing"
)

// Happened is what counts of an act though a later one wipes it out: who was told, how he rated, who gave back what he was
// to handle. A report counts each once, by the day on which it happened.
type Happened struct {
	What Happening `json:"what"`
	On   string    `json:"on"`            // 2026-12-04
	Who  string    `json:"who,omitempty"` // assigned, returned: the department
	By   string    `json:"by,omitempty"`  // kept: the day that was promised
}

// Happening is what happened.
type Happening string

// The happenings.
const (
	WasAssigned  Happening = "a"
	WasReturned  Happening = "r"
	WasTold      Happening = "t"
	WasSatisfied Happening = "s"
	WasBasically Happening = "b"
	WasNot       Happening = "u" // the citizen was not satisfied
	WasRedone    Happening = "d"
	WasSuggested Happening = "g"
	WasKept      Happening = "k" // what was promised was answered again
)

func (m *Matter) happened(what Happening, on, who, by string) {
	m.Happened = append(slices.Clip(m.Happened), Happened{what, on, who, by})
}

// Outcome is how a matter ended, as the balance of a report counts it: 上期结转 + 新收 = 办结 + 在办 + 移出.
type Outcome string

// The outcomes.
const (
	Pending Outcome = ""  // 在办
	Settled Outcome = "c" // 办结: at the table, or told and rated, or the time for rating is over
	Removed Outcome = "m" // 移出: shown another door, taken back, filed because nobody could be reached
)

// Tally is what one has to know of a matter to count it, no private word among it, so that a million are counted without
// reading what they say. A list keeps it as text (String). Days are thing.Days.
type Tally struct {
	Station, Register, Channel, Purpose, Mode, Category, Urgency, OnSpot string

	State      State
	Outcome    Outcome
	Holder     string   // the unit that has it to handle
	Department string   // the main one
	Session    string   // the ID of that at which it was raised
	Leader     string   // who took it on himself
	Persons    []string // the IDs of the deputies who received it, the name of one whom nobody found on a roster
	People     int
	Class      int
	Raised     int // when the citizen said it
	Keyed      int // when it was written into the book here
	Ended      int // when it was settled or removed, 0 for not yet
	Due        int // what the citizen was promised
	Limit      int // by when somebody has to act, 0 for none
	Told       int // last
	Promise    int // by when a result that was rated is to come
	Happened   []Event
}

// Event is Happened as a tally has it.
type Event struct {
	What Happening
	On   int
	Who  string
	By   int
}

// Counts says whether a matter is counted at all: not where it was entered by mistake.
func (m *Matter) Counts() bool { return m.State != Void && m.State != None }

// Tally gives what is counted of it.
func (m *Matter) Tally() Tally {
	t := Tally{Station: m.Station, Register: m.Register, Channel: m.Channel, Purpose: m.Purpose, Mode: m.Mode,
		Category: m.Category, Urgency: m.Urgency, OnSpot: m.OnSpot, State: m.State, Holder: m.Holder, Session: m.Session,
		Leader: m.Leader, People: min(max(0, m.People), 99999), Class: m.Class, Raised: thing.DaysAt(m.Occurred.In(beijing)),
		Due: thing.Days(m.Due), Told: thing.Days(m.Told)}
	if m.State.Open() {
		t.Limit = thing.Days(m.Limit())
	}
	if m.State == Promised {
		t.Promise = thing.Days(m.PromiseBy)
	}
	if len(m.Units) > 0 {
		t.Department = m.Units[0]
	}
	for _, name := range m.Deputies {
		t.Persons = append(t.Persons, or(m.Persons[name], name))
	}
	if len(m.History) > 0 {
		t.Keyed = thing.DaysAt(m.History[0].At.In(beijing))
	}
	for _, h := range m.Happened {
		t.Happened = append(t.Happened, Event{h.What, thing.Days(h.On), h.Who, thing.Days(h.By)})
	}
	t.Outcome, t.Ended = m.outcome()
	return t
}

// outcome is how it ended, and on which day; never before it was raised, whatever somebody wrote.
func (m *Matter) outcome() (Outcome, int) {
	raised := thing.DaysAt(m.Occurred.In(beijing))
	last := func(acts ...string) int {
		for _, e := range slices.Backward(m.History) {
			if slices.Contains(acts, e.Do) && !strings.HasPrefix(e.Note, thing.NoEffect) {
				return max(raised, thing.DaysAt(e.At.In(beijing)))
			}
		}
		return raised
	}
	switch spot := m.OnSpot == "answered" || m.OnSpot == "resolved"; {
	case m.State == Answered, m.State.Done() && spot && m.Redone == 0:
		return Settled, raised
	case m.Book != nil && m.Book.State == m.State && !m.State.Open():
		return Settled, max(raised, thing.Days(m.Book.end()))
	case m.State.Done():
		return Settled, max(raised, thing.Days(m.RatedOn))
	case m.State == Lost:
		return Removed, max(raised, thing.Days(m.RatedOn))
	case m.State == Withdrawn:
		return Removed, last("withdraw")
	case m.State == Guided && m.OnSpot == "out-of-scope":
		return Removed, raised
	case m.State == Guided:
		return Removed, last("collate")
	}
	return Pending, 0
}

// keptSince is the day on which a matter was settled, removed or voided of whose citizen something is still known here, 0
// for every other: from it on runs the time for which that may be kept.
func (m *Matter) keptSince() int {
	switch _, ended := m.outcome(); {
	case m.State.Open() || !m.Known():
		return 0
	case m.State == Void:
		return thing.DaysAt(m.History[len(m.History)-1].At.In(beijing))
	default:
		return ended
	}
}

// KeptUntil is the day (a date) up to which who the citizen is stays known, so many months after the end; "" where that
// has not come yet or nothing of him is known.
func (m Matter) KeptUntil(months int) string {
	since := m.keptSince()
	if since == 0 {
		return ""
	}
	return time.Unix(int64(since)*24*60*60, 0).UTC().AddDate(0, months, 0).Format(time.DateOnly)
}

// unending is added to the day on which a matter was raised that is not at its end: it counts in every period to come.
const unending = 1 << 24

// until is the last day on which anything of it counts, so that a report of later days passes it over.
func (m *Matter) until() int {
	t := m.Tally()
	switch {
	case !m.Counts():
		return -unending
	case t.Ended == 0 || m.State.Open():
		return unending + t.Raised
	}
	last := max(t.Raised, t.Keyed, t.Ended, t.Due, t.Told)
	for _, h := range t.Happened {
		last = max(last, h.On, h.By)
	}
	return last
}

// What stands in a tally as text between its parts, between the items of a list, within an item. Tallies of several are told
// apart by a line feed.
const between, among, within = "|", ",", ":"

// String is a tally as a list keeps it.
func (t Tally) String() string {
	word := func(s string) string { // a computer may write anything where a code belongs
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(between+among+within+"\n", r) {
				return -1
			}
			return r
		}, s)
	}
	n := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	persons := make([]string, len(t.Persons))
	for i, p := range t.Persons {
		persons[i] = word(p)
	}
	events := make([]string, len(t.Happened))
	for i, h := range t.Happened {
		events[i] = strings.TrimRight(strings.Join([]string{word(string(h.What)), n(h.On), word(h.Who), n(h.By)}, within), within)
	}
	return strings.Join([]string{word(t.Station), word(t.Register), word(t.Channel), word(t.Purpose), word(t.Mode), word(t.Category),
		word(t.Urgency), word(t.OnSpot), n(int(t.State)), word(string(t.Outcome)), word(t.Holder), word(t.Department),
		word(t.Session), word(t.Leader), n(t.People), n(t.Class), n(t.Raised), n(t.Keyed), n(t.Ended), n(t.Due), n(t.Limit), n(t.Told),
		n(t.Promise), strings.Join(persons, among), strings.Join(events, among)}, between)
}

// tallied is how many parts a tally has as text.
const tallied = 25

// ReadTally reads what String wrote into a tally, whose lists it uses again: a million are read one after the other.
func ReadTally(text string, t *Tally) error {
	var p [tallied]string
	n, from := 0, 0
	for at := 0; at < len(text) && n < tallied-2; at++ { // these parts are too short for anything cleverer
		if text[at] == between[0] {
			p[n] = text[from:at]
			n, from = n+1, at+1
		}
	}
	if n == tallied-2 {
		var last bool
		if p[n], p[n+1], last = strings.Cut(text[from:], between); last {
			n++
		}
	}
	if n < tallied-1 {
		return fmt.Errorf("a tally of %d parts", n+1)
	}
	persons, events := t.Persons[:0], t.Happened[:0]
	for rest := p[23]; rest != ""; {
		var one string
		if one, rest, _ = strings.Cut(rest, among); one != "" {
			persons = append(persons, one)
		}
	}
	for rest := p[24]; rest != ""; {
		var e Event
		at := 0
		part := func() string { // the next one of the event
			from := at
			for ; at < len(rest) && rest[at] != within[0] && rest[at] != among[0]; at++ {
			}
			to := at
			if at < len(rest) && rest[at] == within[0] {
				at++
			}
			return rest[from:to]
		}
		e.What, e.On, e.Who, e.By = Happening(part()), whole(part()), part(), whole(part())
		if events = append(events, e); at < len(rest) {
			at++ // the comma
		}
		rest = rest[at:]
	}
	*t = Tally{p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], State(whole(p[8])), Outcome(p[9]), p[10], p[11], p[12], p[13], persons,
		whole(p[14]), whole(p[15]), whole(p[16]), whole(p[17]), whole(p[18]), whole(p[19]), whole(p[20]), whole(p[21]), whole(p[22]), events}
	return nil
}

// whole reads a number as String wrote it, "" for 0.
func whole(s string) (n int) {
	digits, minus := strings.CutPrefix(s, "-")
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	if minus {
		return -n
	}
	return n
}

// ratedAs is what a rating counts as, where it says anything.
func ratedAs(result string) (Happening, bool) {
	switch result {
	case "satisfied":
		return WasSatisfied, true
	case "basically":
		return WasBasically, true
	case "unsatisfied":
		return WasNot, true
	}
	return "", false
}
