package session

import (
	"reflect"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// either folds what two did at once after some entries, whichever of their computers stands first in the order.
func either(t *testing.T, first []journal.Record, one, other word, says func(Session)) {
	t.Helper()
	for _, turn := range [][2]byte{{2, 3}, {3, 2}} {
		a := deed(t, one.unit, turn[0], 1, one.do, one.body, nil, first...)
		b := deed(t, other.unit, turn[1], 1, other.do, other.body, nil, first...)
		sum, _ := Kind.Fold(append([]journal.Record{b, a}, first...))
		back, _ := Kind.Fold(append([]journal.Record{a, b}, first...))
		if !reflect.DeepEqual(sum, back) {
			t.Errorf("%s and %s: another order, another session", one.do, other.do)
		}
		says(*sum.(*Session))
	}
}

// A notice says what it said when it was put up: where the session was moved or cancelled meanwhile, another one is owed.
func TestNoticeSaysWhatItSaid(t *testing.T) {
	first := deed(t, point, 1, 1, Plan, opening, nil)
	seen := []journal.Record{first}
	s, err := Session{}.Apply(first)
	if err != nil {
		t.Fatal(err)
	}
	notice := word{point, Post, Said{Notice: &Notice{Day: "2027-01-08", Tells: s.Tells()}}}
	either(t, seen, notice, word{county, Move, Said{Shift: &Shift{Day: "2027-01-12", From: "19:30", To: "21:00"}}}, func(s Session) {
		if s.Day != "2027-01-12" || s.State != Altered || !s.Owes() {
			t.Errorf("moved meanwhile: %v %s, owes %v", s.State, s.Day, s.Owes())
		}
	})
	either(t, seen, notice, word{county, Change, set{"place": "活动室"}}, func(s Session) {
		if s.State != Altered || !s.Owes() {
			t.Errorf("another place meanwhile: %v", s.State)
		}
	})
	either(t, seen, notice, word{county, Cancel, Said{Reason: "大雪"}}, func(s Session) {
		if s.State != Cancelled || !s.Owes() {
			t.Errorf("cancelled meanwhile: %v, owes %v", s.State, s.Owes())
		}
	})
	s, _ = said(t, word{point, Plan, opening}, notice, word{point, Move, Said{Shift: &Shift{Day: "2027-01-12"}}},
		word{point, Post, Said{Notice: &Notice{Day: "2027-01-09"}}}, word{point, Cancel, Said{Reason: "大雪"}})
	if !s.Owes() {
		t.Error("announced, moved, announced anew, cancelled: nobody is told")
	}
	if s, _ = said(t, word{point, Plan, opening}, notice, word{point, Cancel, Said{}}, word{point, Post, Said{Notice: &Notice{Day: "2027-01-09"}}}); s.Owes() {
		t.Error("told that it was cancelled, and still owed")
	}
}

// What was held is held, also where another office cancelled it at once; what a hand did to an evening is not undone where
// planning took it back at once. Both stand against each other. Who knows of the other does it no more.
func TestHeldMeanwhile(t *testing.T) {
	first := deed(t, county, 1, 1, Plan, opening, nil)
	came := []Called{{Key: wang.Key, Name: "王明", Came: true}}
	hands := []word{{point, Hold, Said{At: "19:30"}}, {point, Attend, Said{Called: came}}, {point, Close, Said{Called: came}}, {point, Visit, Said{Stop: &Stop{}}},
		{point, Post, Said{Notice: &Notice{Day: "2027-01-08"}}}, {point, Move, Said{Shift: &Shift{Day: "2027-01-12"}}}, {point, Cancel, Said{Reason: "大雪"}},
		{point, Swap, Said{Who: li.Key, With: &zhang}}, {point, Change, set{"topic": "供暖"}}, {point, Call, Said{Called: []Called{zhang}}}}
	for _, off := range []word{{county, Cancel, Said{Reason: "大雪"}}, {county, Abandon, Said{Reason: "规则改了", ByRule: true}}} {
		for i, w := range hands {
			if off.do == Cancel && i > 3 {
				break
			}
			var states []State
			either(t, []journal.Record{first}, off, w, func(s Session) {
				states = append(states, s.State)
				if s.State == Void || i < 3 && (!s.Counts() || s.Cause != "") || i == 3 && len(s.Stops) != 1 || len(s.Conflicts) == 0 {
					t.Errorf("%s and %s: %v %q %+v", off.do, w.do, s.State, s.Cause, s.Conflicts)
				}
				if w.do == Close && len(s.Present()) != 1 {
					t.Errorf("%+v", s.Called)
				}
			})
			if states[0] != states[1] {
				t.Errorf("%s and %s: %v by one order, %v by the other", off.do, w.do, states[0], states[1])
			}
			if s, rs := said(t, word{county, Plan, opening}, off); s.May(w.do, point) && w.do != Post {
				t.Errorf("%s after %s", w.do, off.do)
			} else if _, err := s.Apply(deed(t, point, 1, 9, w.do, w.body, nil, rs...)); err == nil && w.do != Post {
				t.Errorf("%s after %s is taken", w.do, off.do)
			}
		}
	}
}

// Of two who close an evening at once both say who came, and who was ticked stays so whoever is called, or called off.
func TestWhoCameStays(t *testing.T) {
	first := deed(t, county, 1, 1, Plan, opening, nil)
	attend := word{point, Attend, Said{Called: []Called{{Key: li.Key, Name: "李慧敏", Came: true, Arrived: "19:28"}}}}
	either(t, []journal.Record{first}, word{point, Close, Said{Called: []Called{{Key: wang.Key, Name: "王明", Came: true}}}},
		word{point, Close, Said{Called: []Called{{Key: li.Key, Name: "李慧敏", Came: true}}}}, func(s Session) {
			if s.State != Held || len(s.Present()) != 2 || !s.Contested("closed") && !s.Contested(thing.Handled) {
				t.Errorf("closed twice: %v %+v %+v", s.State, s.Called, s.Conflicts)
			}
		})
	for _, w := range []word{{county, Call, Said{Called: []Called{li}}}, {county, Call, Said{Off: []string{li.Key}}}} {
		either(t, []journal.Record{first}, attend, w, func(s Session) {
			if c, _ := s.Person(li.Key); !c.Came || c.Arrived != "19:28" {
				t.Errorf("%+v: %+v", w.body, s.Called)
			}
		})
		if s, _ := said(t, word{county, Plan, opening}, attend, w); len(s.Present()) != 1 {
			t.Errorf("%+v afterwards: %+v", w.body, s.Called)
		}
	}
	either(t, []journal.Record{first}, word{county, Swap, Said{Who: li.Key, With: &zhang}}, word{point, Call, Said{Called: []Called{zhang}}}, func(s Session) {
		if c, is := s.Person("张国强"); !is || s.Called[1].Instead != "" && c.For != "李慧敏" {
			t.Errorf("%+v", s.Called)
		}
	})
}

// What two write down of one household at once stands together, and so do the matter that one made of it and the day of the
// other's return.
func TestOneHouseholdTwice(t *testing.T) {
	first := deed(t, point, 1, 1, Plan, with(func(o *Opening) { o.Kind, o.Stops = "visit", []Stop{{Key: "1"}} }),
		Private{Homes: map[string]Home{"1": {Name: "王建国"}}})
	for _, turn := range [][2]byte{{2, 3}, {3, 2}} {
		one := deed(t, point, turn[0], 1, Visit, Said{Stop: &Stop{Key: "1", Again: "2027-02-01"}}, Private{Homes: map[string]Home{"1": {Name: "王建国", Words: "没有路灯"}}}, first)
		other := deed(t, point, turn[1], 1, Visit, Said{Stop: &Stop{Key: "1", Matter: id}}, Private{Homes: map[string]Home{"1": {Name: "王建国", Words: "水压低"}}}, first)
		sum, _ := Kind.Fold([]journal.Record{first, one, other})
		s := sum.(*Session)
		if h := s.Homes["1"]; s.Stops[0].Matter != id || s.Stops[0].Again == "" || h.Name != "王建国" || !strings.Contains(h.Words, "没有路灯") ||
			!strings.Contains(h.Words, "水压低") || !s.Contested("stop 1") {
			t.Errorf("%+v %+v", s.Stops, h)
		}
	}
}
