package matter

import (
	"errors"
	"slices"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// out is a matter that comes out of an old book.
func out(t *testing.T, b Book) journal.Record {
	r := deed(t, point, 1, 1, "receive", Opening{Report: report("register"), Book: &b, Batch: "a"}, nil)
	r.Schema = Booked
	return r
}

// A matter out of an old book stands where the book says, each thing on its day, and counts so; nothing of it may be late
// that the book did not leave open with a day.
func TestOutOfAnOldBook(t *testing.T) {
	m := fold(t, out(t, Book{State: Closed, Units: []string{"区住建局"}, Assigned: "2026-11-22", Answer: "已修好", AnsweredOn: "2026-11-25", Told: "2026-11-26",
		TellWay: "phone", Result: "satisfied", Ended: "2026-11-28"}))
	tally := m.Tally()
	if m.State != Closed || m.Holder != point || m.AnsweredBy != "区住建局" || m.Term != "" || !slices.Equal(m.Batches, []string{"a"}) || !m.Untouched() ||
		tally.Outcome != Settled || thing.Date(tally.Ended) != "2026-11-28" {
		t.Errorf("%+v %+v", m, tally)
	}
	var told []string
	for _, h := range m.Happened {
		told = append(told, string(h.What)+h.On)
	}
	if want := []string{"a2026-11-22", "t2026-11-26", "s2026-11-28"}; !slices.Equal(told, want) {
		t.Errorf("%v, want %v", told, want)
	}
	for _, wrong := range []Book{{State: Void}, {State: None}, {State: Suggested}, {State: Assigned}, {State: Guiding}, {State: Closed, Class: 12}, {State: Closed, Score: 6},
		{State: Closed, Result: "fine"}} {
		if _, err := (Matter{}).Apply(out(t, wrong)); !errors.Is(err, thing.ErrBody) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

// A book tells more of a matter as long as nobody handles it here, and only its own table does.
func TestABookTellsMore(t *testing.T) {
	first := out(t, Book{State: Registered})
	more := Carry{Batch: "b", Book: &Book{State: Unrated, Answer: "已修好"}, Set: []byte(`{"place":"七巷口"}`)}
	r := deed(t, point, 1, 2, "carry", more, nil, first)
	m := fold(t, first, r)
	if m.State != Unrated || m.Place != "七巷口" || !slices.Equal(m.Batches, []string{"a", "b"}) {
		t.Errorf("%v %+v", m.State, m.Report)
	}
	back := deed(t, point, 1, 3, "carry", Carry{Batch: "-b", Book: &Book{State: Registered}, Set: []byte(`{"place":""}`)}, nil, first, r)
	if m = fold(t, first, r, back); m.State != Registered || m.Place != "" || !slices.Equal(m.Batches, []string{"a"}) {
		t.Errorf("%v %+v %v", m.State, m.Report, m.Batches)
	}
	sorted := deed(t, point, 1, 2, "collate", list("collate"), nil, first)
	m = fold(t, first, sorted)
	if _, err := m.Apply(deed(t, point, 1, 3, "carry", more, nil, first, sorted)); !errors.Is(err, thing.ErrNotNow) {
		t.Errorf("what somebody works on is told by a book: %v", err)
	}
	if _, err := m.Apply(deed(t, bureau, 9, 1, "carry", more, nil, first, sorted)); !errors.Is(err, thing.ErrNotYours) {
		t.Errorf("an office tells of a station's book: %v", err)
	}
	plain := deed(t, point, 1, 1, "receive", Opening{Report: report("register")}, nil)
	if _, err := fold(t, plain).Apply(deed(t, point, 1, 2, "carry", more, nil, plain)); !errors.Is(err, thing.ErrNotNow) {
		t.Errorf("what was registered here is told by a book: %v", err)
	}
	if _, err := m.Apply(deed(t, point, 1, 3, "carry", Carry{Batch: "b"}, nil, first, sorted)); !errors.Is(err, thing.ErrBody) {
		t.Errorf("nothing is said: %v", err)
	}
}
