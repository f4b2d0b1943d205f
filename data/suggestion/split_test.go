package suggestion

import (
	"fmt"
	"slices"
	"testing"

	"lianluo.local/data/journal"
)

var (
	gas   = KeyOf("燃气公司")
	split = []Unit{{Key: bureau, Code: point}, {Key: gas}, {Key: water, Help: true}}
	parts = slices.Concat(life[:7], []word{{county, Assign, Said{Units: split, Due: "2027-02-21", Term: "2026-11-28"}}})
)

func promising(unit string, by ...string) Said {
	b := Said{Unit: unit, Class: 3}
	for _, day := range by {
		b.Promises = append(b.Promises, Promise{By: day})
	}
	return b
}

// Of several units who answer each for himself, one that answers without having signed has it; one that has it no more has neither an
// answer that stands nor a promise that waits.
func TestSplitUnits(t *testing.T) {
	s, _ := played(t, slices.Concat(parts, []word{{county, Sign, Said{Unit: gas}}, {county, Reply, promising(bureau, "2027-10-31")}})...)
	if s.State != InHand || len(s.Promises) != 1 || s.Class() != 3 {
		t.Errorf("%v, %+v", s.State, s.Units)
	}
	s, _ = played(t, slices.Concat(parts, []word{{county, Reply, promising(bureau, "2027-10-31")}, {county, Return, Said{Unit: gas}},
		{county, Assign, Said{Units: []Unit{{Key: water}}, Due: "2027-02-21"}}, {county, Reply, promising(water)}, doing(county, "核定")})...)
	if s, _ := played(t, slices.Concat(life[:7], []word{{county, Assign, Said{Units: []Unit{{Key: bureau}, {Key: water, Help: true, Due: "2026-12-22"}}, Due: "2027-02-21"}},
		{county, Assign, Said{Units: []Unit{{Key: gas}, {Key: water, Help: true, Due: "2027-01-15"}}, Due: "2027-03-15"}}})...); s.Units[1].Due != "2026-12-22" {
		t.Errorf("a helper has it longer since another one answers: %+v", s.Units[1])
	}
	if s.State != Reviewed || len(s.Pending()) > 0 || len(s.Standing()) != 1 || s.Class() != 3 {
		t.Errorf("%v %+v %+v", s.State, s.Promises, s.Answers)
	}
}

// What was promised by units with computers of their own is kept by each for himself, what others promised by the office; the next day
// that waits is the first one, in whatever order they were promised.
func TestPromisesOfSeveral(t *testing.T) {
	rated := slices.Concat(parts, []word{{county, Reply, promising(bureau, "2028-06-30", "2027-06-30")}, {county, Reply, promising(gas, "2027-12-31", "2027-09-30")},
		doing(county, "核定"), doing(county, "送达"), doing(county, "评价")})
	s, rs := played(t, rated...)
	if s.State != Promised || s.Term != "2027-06-30" {
		t.Fatalf("%v by %s", s.State, s.Term)
	}
	if _, err := s.Apply(deed(t, point, 2, 1, Keep, Said{Kept: []string{s.Promises[2].Mark}}, nil, rs...)); err == nil {
		t.Error("a unit keeps the promise of another")
	}
	mine, _ := played(t, append(rated, word{point, Keep, Said{Told: Told{Text: "办了"}}})...)
	if len(mine.Pending()) != 2 || mine.Term != "2027-09-30" || mine.State != Promised {
		t.Errorf("%+v by %s, %v", mine.Promises, mine.Term, mine.State)
	}
}

// What was promised before it was handled anew does not wait any more, whoever handles it now; who handles it signs, helps and answers
// again, and an extension that nobody decided is forgotten.
func TestHandledAnew(t *testing.T) {
	s, _ := played(t, slices.Concat(life[:9], []word{doing(county, "会办意见"), doing(county, "申请延期"), doing(county, "答复"), doing(county, "核定"), doing(county, "送达"),
		doing(county, "不满意"), {county, Again, Said{Units: []Unit{{Key: gas}, {Key: water, Help: true}}, Due: "2027-03-31", Date: "2026-11-23"}}})...)
	if len(s.Pending()) > 0 || s.Units[1].Helped != "" || s.Units[1].On != "2026-11-23" || s.Answers[0].Back || s.State != Assigned {
		t.Errorf("%+v %+v %+v", s.Promises, s.Units, s.Answers)
	}
	if _, asked := s.Asking(); asked {
		t.Error("an extension of those who had it before")
	}
	s, _ = played(t, slices.Concat(life[:9], []word{doing(county, "答复"), doing(county, "核定"), doing(county, "送达"), doing(county, "不满意"),
		{county, Again, Said{Units: []Unit{{Key: gas}}, Due: "2027-03-31"}}, {county, Reply, Said{Class: 1}}, {county, Review, Said{}}, doing(county, "送达"), doing(county, "评价")})...)
	if s.State != Closed {
		t.Errorf("it cannot end: %v %+v", s.State, s.Promises)
	}
}

// A pause ends with the act by which it leaves those who have it, and never covers a day twice; nothing that waits later stands still.
func TestPausesEnd(t *testing.T) {
	stands := slices.Concat(life[:9], []word{doing(county, "暂停")})
	for _, end := range []string{"退回", "答复", "撤回", "作废"} {
		s, _ := played(t, append(stands, doing(county, end))...)
		if s.Paused() {
			t.Errorf("it stands still after %s", end)
		}
	}
	s, _ := played(t, append(stands, word{county, Reply, Said{Unit: bureau, Class: 1, Due: "2027-03-01", Term: "2026-11-27"}})...)
	if s.By() != "2026-11-27" || s.Due != "2027-03-01" {
		t.Errorf("by %s, due %s", s.By(), s.Due)
	}
	s, rs := played(t, append(stands, word{county, Resume, Said{Due: "2027-03-21", Date: "2026-12-10"}})...)
	if _, err := s.Apply(deed(t, county, 2, 1, Hold, Said{Why: "material", Date: "2026-12-09"}, nil, rs...)); err == nil {
		t.Error("two pauses of one day")
	}
}

// Whoever signed may rate for himself, late as well; nobody twice, and nobody who did not sign.
func TestRatingsOfSeveral(t *testing.T) {
	sent := slices.Concat(life[:9], []word{{county, Reply, Said{Unit: bureau, Class: 1}}, {county, Review, Said{}}, doing(county, "送达")})
	s, rs := played(t, append(sent, word{county, Rate, Said{Work: "satisfied", Result: "satisfied", Signer: wang}})...)
	if s.State != Closed {
		t.Fatal(s.State)
	}
	again := Said{Work: "satisfied", Result: "unsatisfied", Signer: wang}
	if _, err := s.Apply(deed(t, county, 2, 1, Rate, again, nil, rs...)); err == nil {
		t.Error("he rates twice")
	}
	again.Signer = li
	if after, err := s.Apply(deed(t, county, 2, 1, Rate, again, nil, rs...)); err != nil || after.State != Redo || after.Ended != "" {
		t.Errorf("another signer is not heard: %v %v", after.State, err)
	}
	before, rs := played(t, sent...)
	again.Signer = zhang
	if _, err := before.Apply(deed(t, county, 2, 1, Rate, again, nil, rs...)); err == nil {
		t.Error("who did not sign rates")
	}
}

// Days that are none are refused, and so is who asks for what is another's; what was handed on before opens with what was done.
func TestWhatIsRefused(t *testing.T) {
	s, rs := played(t, life[:9]...)
	for do, b := range map[string]Said{Extend: {Unit: bureau, To: "2027-13-45"}, Meet: {Unit: bureau, Way: "meet", Date: "二〇二六年"}, Reply: promising(bureau, "soon"),
		Assign: {Units: units, Due: "9999999999"}, Sign: {Unit: bureau, Term: "2026-02-30"}} {
		if _, err := s.Apply(deed(t, county, 2, 1, do, b, nil, rs...)); err == nil {
			t.Errorf("%s with %+v", do, b)
		}
	}
	if _, err := s.Apply(deed(t, county, 2, 1, Extend, Said{Unit: water, To: "2027-05-21"}, nil, rs...)); err == nil {
		t.Error("a helper has it longer")
	}
	for _, becomes := range []State{Assigned, Answered} {
		o := with0(func(o *Opening) {
			o.Becomes, o.On, o.Units, o.Answer = becomes, "2026-11-01", []Unit{{Key: bureau}}, &Answer{Unit: bureau, On: "2026-11-02", Class: 1}
		})
		if s, err := (Suggestion{}).Apply(deed(t, county, 1, 1, Write, o, nil)); err != nil || s.State != becomes || (s.Units[0].Answered != "") != (becomes == Answered) {
			t.Errorf("%v %v %+v", err, s.State, s.Units)
		}
	}
}

// One signature of as many as there may be costs what copying them costs.
func BenchmarkSigners(b *testing.B) {
	o := opening
	o.Names, o.Signers = map[string]Who{}, nil
	for i := range most {
		key := KeyOf(fmt.Sprint("代表", i))
		o.Names[key], o.Signers = Who{Name: fmt.Sprint("代表", i)}, append(o.Signers, Signer{Key: key, Lead: i == 0})
	}
	s, err := (Suggestion{}).Apply(deed(b, point, 1, 1, Write, o, nil))
	if err != nil || len(s.Who) != most {
		b.Fatal(err)
	}
	r := deed(b, point, 1, 2, Cosign, Said{Signer: o.Signers[most-1].Key}, nil)
	for b.Loop() {
		if _, err := s.Apply(r); err != nil {
			b.Fatal(err)
		}
	}
}

// Whatever follows what: however a suggestion came to where it is, somebody may do something that leads on, and it can end.
func TestNothingIsStuck(t *testing.T) {
	all := []string{point, town, county, city}
	for _, sit := range situations {
		s, rs := played(t, sit.said...)
		if !s.State.Open() {
			continue
		}
		where := func(s Suggestion) string {
			return fmt.Sprint(s.State, len(s.Pending()), s.Second(), s.Paused(), len(s.Signers))
		}
		seen, ends := map[string]bool{where(s): true}, false
		type at struct {
			s  Suggestion
			rs []journal.Record
		}
		for queue := []at{{s, rs}}; len(queue) > 0 && !ends; queue = queue[1:] {
			for _, d := range deeds {
				for _, by := range all {
					if d.do == Abandon || d.do == Withdraw || d.do == Refuse || d.do == Join {
						continue
					}
					r := deed(t, by, 1, uint64(len(queue[0].rs)+1), d.do, d.body, nil, queue[0].rs...)
					next, err := queue[0].s.Apply(r)
					if err != nil {
						continue
					}
					ends = ends || next.State == Closed
					if !seen[where(next)] {
						seen[where(next)] = true
						queue = append(queue, at{next, append(slices.Clone(queue[0].rs), r)})
					}
				}
			}
		}
		if !ends {
			t.Errorf("%s (%v) never ends", sit.name, s.State)
		}
	}
}
