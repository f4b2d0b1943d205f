package matter

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/thing"
)

// A tally is read as it was written, whatever stands where codes and names belong; what is none is refused.
func TestTallyIsReadAsItWasWritten(t *testing.T) {
	m := Matter{Report: Report{Station: "141102002003D1-A", Register: "reception", Channel: "walk-in", Category: "0203", People: 3, Due: "2026-12-14",
		Occurred: time.Date(2026, 11, 21, 23, 30, 0, 0, beijing), Deputies: []string{"李慧敏", "赵|来,客:\n"}, Persons: Persons{"李慧敏": "p1"}},
		Handling: Handling{Units: []string{"住建局|水利局"}, Told: "2026-12-04", RatedOn: "2026-12-09", Result: "basically", Happened: []Happened{
			{What: WasAssigned, On: "2026-11-22", Who: "住建局:二科"}, {What: WasTold, On: "2026-12-04"}, {What: WasKept, On: "2027-01-02", By: "2026-12-31"}}},
		State: Closed}
	m.History = []thing.Event{{Do: "receive", At: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}}
	want := m.Tally()
	if want.Raised != thing.Days("2026-11-21") || want.Keyed != thing.Days("2026-11-23") || want.Ended != thing.Days("2026-12-09") || want.Outcome != Settled ||
		m.until() != thing.Days("2027-01-02") {
		t.Errorf("%+v until %d", want, m.until())
	}
	want.Persons, want.Department, want.Happened[0].Who = []string{"p1", "赵来客"}, "住建局水利局", "住建局二科"
	var got Tally
	for range 2 { // into the same one again
		if err := ReadTally(m.Tally().String(), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v\n%+v\n%+v", err, got, want)
		}
	}
	if strings.Count(m.Tally().String(), between) != tallied-1 || strings.Contains(m.Tally().String(), "\n") {
		t.Errorf("%q", m.Tally())
	}
	for _, text := range []string{"", "a|b", strings.Repeat("|", tallied-2)} {
		if ReadTally(text, &got) == nil {
			t.Errorf("%q is a tally", text)
		}
	}
}

// What a later act wipes out still counts: each rating, each return, a promise that was kept. Nothing ends before it began.
func TestHappenedIsKept(t *testing.T) {
	way := []step{{point, "receive", Move{}}, {point, "collate", Move{}}, {point, "assign", Move{}}, {point, "return", Move{}}, {point, "assign", Move{}},
		{point, "answer", Move{Class: 3, Answer: "正在办", Promise: "修好", PromiseBy: "2027-03-01", Term: "2026-12-09"}}, {point, "inform", Move{}},
		{point, "rate", Move{Attitude: "satisfied", Result: "basically"}}, {point, "answer", Move{Class: 1, Answer: "修好了", Term: "2027-03-09"}},
		{point, "inform", Move{}}, {point, "rate", Move{Attitude: "satisfied", Result: "unsatisfied", Reason: "又坏了"}}}
	m, _ := walk(t, way...)
	said := ""
	for _, h := range m.Happened {
		said += string(h.What)
	}
	if said != "aratbktud" {
		t.Errorf("%s of %+v", said, m.Happened)
	}
	if o, ended := m.outcome(); o != Pending || ended != 0 || m.until() < unending {
		t.Errorf("it ended: %s %d", o, ended)
	}
	m.State, m.RatedOn = Closed, "2001-01-01"
	if _, ended := m.outcome(); ended != thing.DaysAt(m.Occurred.In(beijing)) {
		t.Errorf("it ended on %s", thing.Date(ended))
	}
}
