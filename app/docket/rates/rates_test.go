package rates

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/data/suggestion"
)

var letters = [9]string{"A", "A", "B", "B", "C", "C", "C", "D", ""}

const today = "2027-12-31"

var bureau, water = suggestion.Unit{Key: "b"}, suggestion.Unit{Key: "w", Help: true}

// one is a suggestion that was handed to a main unit and a helper, changed as said.
func one(change func(*suggestion.Suggestion)) suggestion.Suggestion {
	s := suggestion.Suggestion{State: suggestion.InHand, FirstHand: "2027-03-01", Handed: "2027-03-01", Due: "2027-06-01", FirstDue: "2027-06-01", Round: 1,
		Units: []suggestion.Unit{bureau, water}}
	change(&s)
	return s
}

// tallies are suggestions as a list keeps them and gives them again.
func tallies(t testing.TB, list []suggestion.Suggestion) (all []suggestion.Tally) {
	t.Helper()
	for _, s := range list {
		one, err := suggestion.ParseTally(s.Tally().String())
		if err != nil || !reflect.DeepEqual(one, s.Tally()) {
			t.Fatalf("%+v became %+v: %v", s.Tally(), one, err)
		}
		all = append(all, one)
	}
	return all
}

// answer gives it an answer of a day and class.
func answer(s *suggestion.Suggestion, on string, class int) {
	s.Units = []suggestion.Unit{{Key: "b", Answered: on}, {Key: "w", Help: true, Helped: "2027-04-01"}}
	s.Answers = append(s.Answers, suggestion.Answer{Unit: "b", Round: s.Round, On: on, Class: class})
	s.State = suggestion.Answered
}

func rated(s *suggestion.Suggestion, work, result string) {
	s.State = suggestion.Closed
	s.Ratings = append(s.Ratings, suggestion.Rating{Round: s.Round, On: "2027-07-01", Work: work, Result: result, Paper: "征询意见表"})
}

// Each rate counted by hand for a handful of suggestions, each of which differs from the others in one thing.
func TestRates(t *testing.T) {
	list := []suggestion.Suggestion{
		one(func(s *suggestion.Suggestion) {}),                                                                 // not answered, and late
		one(func(s *suggestion.Suggestion) { s.Due, s.FirstDue = "2028-01-31", "2028-01-31" }),                 // not due yet
		one(func(s *suggestion.Suggestion) { answer(s, "2027-06-01", 1); rated(s, "satisfied", "satisfied") }), // on the last day
		one(func(s *suggestion.Suggestion) { // longer, as was granted
			s.Due = "2027-07-15"
			s.Extensions = []suggestion.Extension{{To: "2027-07-15", Granted: "2027-05-20"}}
			answer(s, "2027-07-10", 3)
			rated(s, "satisfied", "basically")
			s.Contacts = []suggestion.Contact{{Unit: "b"}}
			s.Promises = []suggestion.Promise{{By: "2027-10-31", Kept: "2027-10-30"}, {By: "2027-11-30", Kept: "2027-12-10"}}
		}),
		one(func(s *suggestion.Suggestion) { // not content, done again, then content
			answer(s, "2027-06-20", 5)
			rated(s, "satisfied", "unsatisfied")
			s.Round, s.Handed, s.Due = 2, "2027-07-05", "2027-08-05"
			answer(s, "2027-08-01", 2)
			rated(s, "satisfied", "satisfied")
			s.Promises = []suggestion.Promise{{By: "2027-12-01"}, {By: "2028-06-01"}}
		}),
		one(func(s *suggestion.Suggestion) { answer(s, "2027-05-01", 4); s.State = suggestion.Delivered }), // no form came back
		one(func(s *suggestion.Suggestion) { answer(s, "2027-05-01", 8); rated(s, "none", "none") }),       // one came back with nothing on it
		one(func(s *suggestion.Suggestion) {
			answer(s, "2027-05-01", 1)
			s.Answers[0].Reviewed = 3 // the office found less than the unit said
		}),
		one(func(s *suggestion.Suggestion) { // sent back: it is none
			answer(s, "2027-05-01", 1)
			s.Answers[0].Back, s.Units[0].Answered, s.State = true, "", suggestion.InHand
			s.Due, s.FirstDue = "2028-01-31", "2028-01-31"
		}),
		{State: suggestion.Joined, Into: "x"}, {State: suggestion.Submitted}, {State: suggestion.Refused},
		one(func(s *suggestion.Suggestion) { s.State = suggestion.Withdrawn }), one(func(s *suggestion.Suggestion) { s.State = suggestion.Void }),
	}
	f := Of(tallies(t, list), today, letters)
	if want := (Sum{All: 12, Session: 12, Joined: 1, Refused: 1, Handed: 9}); f.Sum != want {
		t.Errorf("%+v, want %+v", f.Sum, want)
	}
	want := map[string][2]int{"answered": {6, 9}, "inTime": {5, 7}, "inTimeFirst": {4, 7}, "met": {1, 6}, "solved": {2, 6}, "done": {3, 6}, "kept": {1, 3},
		"returned": {4, 5}, "satisfied": {3, 4}, "satisfiedAll": {3, 5}, "fully": {2, 4}, "firstTime": {2, 4}}
	for _, r := range f.Rates {
		if got := [2]int{r.Part, r.Whole}; got != want[r.Code] {
			t.Errorf("%s %s: %v, want %v", r.Code, r.Name, got, want[r.Code])
		}
		delete(want, r.Code)
		if v, ok := r.Value(); !ok || math.Abs(v-float64(r.Part)/float64(r.Whole)) > 1e-9 || !strings.Contains(r.Formula, "÷") {
			t.Errorf("%s: %v %q", r.Code, v, r.Formula)
		}
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
	b, w := f.Units[0], f.Units[1]
	if b.Key != "b" || b.Main != 9 || b.Answered != 6 || b.Work != [4]int{3, 0, 0, 1} || b.Result != [4]int{2, 1, 0, 1} {
		t.Errorf("%+v", b)
	}
	if w.Key != "w" || w.Help != 9 || w.Gave != 7 || w.Main != 0 {
		t.Errorf("%+v", w)
	}
	if v, ok := (Rate{}).Value(); ok || v != 0 || len(Of(nil, today, letters).Rates) != 12 {
		t.Error("nothing counted is a rate")
	}
}

// Several units answer one suggestion: it is answered when the last did, with the class of the least done.
func TestSeveralAnswer(t *testing.T) {
	s := one(func(s *suggestion.Suggestion) {
		s.Units = []suggestion.Unit{{Key: "b", Answered: "2027-05-01"}, {Key: "c"}}
		s.Answers = []suggestion.Answer{{Unit: "b", Round: 1, On: "2027-05-01", Class: 1}}
	})
	if on := s.Tally().Answered; on != "" {
		t.Errorf("answered on %s though one unit did not", on)
	}
	s.Units[1].Answered = "2027-06-02"
	s.Answers = append(s.Answers, suggestion.Answer{Unit: "c", Round: 1, On: "2027-06-02", Class: 5})
	f := Of(tallies(t, []suggestion.Suggestion{s}), today, letters)
	if on := s.Tally().Answered; on != "2027-06-02" || f.Rates[1].Part != 0 || f.Rates[4].Part != 0 {
		t.Errorf("%s %+v", on, f.Rates)
	}
}

// The time that no clock counted is not held against who answered, also when it is done again later.
func TestPausedTime(t *testing.T) {
	s := one(func(s *suggestion.Suggestion) {
		s.Pauses = []suggestion.Pause{{From: "2027-04-01", To: "2027-04-21"}}
		s.Due = "2027-06-21"
		answer(s, "2027-06-20", 1)
		rated(s, "satisfied", "unsatisfied")
		s.Round, s.Handed, s.Due = 2, "2027-07-05", "2027-08-05"
	})
	if f := Of(tallies(t, []suggestion.Suggestion{s}), today, letters); f.Rates[1].Part != 1 || f.Rates[2].Part != 0 {
		t.Errorf("%+v", f.Rates[1:3])
	}
}

// many are so many suggestions of forty units.
func many(n int) []suggestion.Suggestion {
	list := make([]suggestion.Suggestion, n)
	for i := range list {
		list[i] = one(func(s *suggestion.Suggestion) {
			if i%4 > 0 {
				answer(s, "2027-05-"+fmt.Sprintf("%02d", i%28+1), i%8+1)
			}
			if i%4 > 1 {
				rated(s, "satisfied", []string{"satisfied", "basically", "unsatisfied"}[i%3])
			}
			s.Units[0].Key, s.Units[1].Key = strconv.Itoa(i%40), strconv.Itoa((i+7)%40)
		})
	}
	return list
}

// A hundred thousand are counted well within a second, and twice as many take about twice the time.
func BenchmarkRates(b *testing.B) {
	for _, n := range []int{50_000, 100_000, 200_000} {
		list := tallies(b, many(n))
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if f := Of(list, today, letters); len(f.Units) != 40 {
					b.Fatal(len(f.Units))
				}
			}
		})
	}
}
