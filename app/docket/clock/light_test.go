package clock

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lianluo.local/data/profile"
	"lianluo.local/data/suggestion"
)

// handed is one that a unit signed for, whose answer is due on 2026-03-10.
func signed(t testing.TB) *life {
	l := begun(t, profile.Law(), "county")
	for _, do := range []string{suggestion.Submit, suggestion.Register, suggestion.Accept, suggestion.Assign, suggestion.Sign} {
		l.does(do, "2025-12-10")
	}
	return l
}

// The lights of an answer, worked out by hand: 90 days from 2025-12-10 to 2026-03-10, half of them over on 01-24.
func TestLights(t *testing.T) {
	l := signed(t)
	for day, want := range map[string]Light{"2025-12-10": None, "2026-01-23": None, "2026-01-24": Half, "2026-02-09": Half, "2026-02-10": Month,
		"2026-02-27": Month, "2026-02-28": Ten, "2026-03-10": Ten, "2026-03-11": Overdue, "2027-01-01": Overdue} {
		if got := Lit(l.s, day); got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
	paused := signed(t)
	paused.does(suggestion.Hold, "2026-01-05")
	paused.does(suggestion.Resume, "2026-02-10") // 36 days: due 04-15; 45 days that count are over on 03-01
	if got := Of(paused.s); got != (Begins{"2026-03-01", "2026-03-15", "2026-04-05", "2026-04-16"}) {
		t.Errorf("with a pause: %+v", got)
	}
	l.does(suggestion.Extend, "2026-03-01", func(b *suggestion.Said) { b.To = "2026-05-10" })
	if got := Lit(l.s, "2026-03-11"); got != Overdue {
		t.Errorf("asked for and not granted: %v", got)
	}
	l.does(suggestion.Grant, "2026-03-02") // 151 days, half of them over on 02-23
	if got := Of(l.s); got != (Begins{"2026-02-23", "2026-04-10", "2026-04-30", "2026-05-11"}) {
		t.Errorf("granted: %+v", got)
	}
	l.does(suggestion.Reply, "2026-04-15")
	l.does(suggestion.Review, "2026-04-16")
	l.does(suggestion.Deliver, "2026-04-17")
	if got := Of(l.s); got != (Begins{Overdue: "2026-05-13"}) { // fifteen working days to rate, past 05-01 to 05-05, with 05-09
		t.Errorf("to be rated: %+v", got)
	}
	l.does(suggestion.Rate, "2026-04-20", unsatisfied)
	l.does(suggestion.Again, "2026-04-20") // a month: no warning before half of it is over
	l.does(suggestion.Sign, "2026-04-21")
	if got := Of(l.s); got != (Begins{"2026-05-05", "2026-05-05", "2026-05-10", "2026-05-21"}) {
		t.Errorf("handled anew: %+v", got)
	}
	for _, do := range []string{suggestion.Reply, suggestion.Review, suggestion.Deliver, suggestion.Rate} {
		l.does(do, "2026-05-12")
	}
	if got := Of(l.s); l.s.State != suggestion.Promised || got != (Begins{"", "2026-09-30", "2026-10-21", "2026-11-01"}) {
		t.Errorf("promised by 2026-10-31: %v %+v", l.s.State, got)
	}
	if None.String() != "" || Half.String() != "过半" || Overdue.String() != "超期" {
		t.Error("words")
	}
}

// one draws a suggestion after a life of acts, done by whoever may, on days that go on.
func one(t *rapid.T, tb testing.TB) *life {
	c := rapid.SampledFrom(profile.Presets()).Draw(t, "preset")
	l := begun(tb, c, rapid.SampledFrom([]string{"county", "township", "city"}).Draw(t, "level"))
	on := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 500).Draw(t, "begin"))
	l.s.Hard = rapid.Bool().Draw(t, "hard")
	for i := rapid.IntRange(0, 30).Draw(t, "acts"); i > 0; i-- {
		on = on.AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "days"))
		var may []string
		for _, a := range suggestion.Acts {
			if !slices.Contains([]string{suggestion.Withdraw, suggestion.Abandon, suggestion.Refuse}, a.Code) &&
				(l.s.May(a.Code, county) || a.Code == suggestion.Submit && l.s.May(a.Code, point)) {
				may = append(may, a.Code)
			}
		}
		do, day := rapid.SampledFrom(may).Draw(t, "act"), on.Format(time.DateOnly)
		said := l.said(do)
		switch do {
		case suggestion.Extend:
			said.To = on.AddDate(0, 0, rapid.IntRange(1, 90).Draw(t, "longer")).Format(time.DateOnly)
		case suggestion.Assign, suggestion.Again:
			if rapid.Bool().Draw(t, "another") {
				l.units = []suggestion.Unit{{Key: suggestion.KeyOf(fmt.Sprint("unit ", i))}, {Key: water, Help: true}}
				said.Units = l.units
			}
		case suggestion.Rate:
			said.Result = rapid.SampledFrom([]string{"satisfied", "basically", "unsatisfied", "none"}).Draw(t, "result")
		}
		before := l.s
		term, due := After(before, do, said, day, c, l.cal)
		if later, moved := After(before, do, said, on.AddDate(0, 0, rapid.IntRange(1, 60).Draw(t, "late")).Format(time.DateOnly), c, l.cal); later < term || moved < due {
			t.Fatalf("%s of %v later is due sooner: %s %s, %s %s", do, before.State, term, due, later, moved)
		}
		switch do { // what these wait for counts from a day that may be long ago, or is as it was
		case suggestion.Register, suggestion.Accept, suggestion.Sign, suggestion.Grant:
		case suggestion.Assign:
			if due != "" && due < day && due != before.Due || due < before.Due {
				t.Fatalf("handed on %s, due %s after %s", day, due, before.Due)
			}
		default:
			if term != "" && term < day && !before.Paused() {
				t.Fatalf("%s on %s is due %s", do, day, term)
			}
		}
		said.Date, said.Term, said.Due = day, term, due
		by := county
		if !l.s.May(do, county) {
			by = point
		}
		if l.record(by, do, said) && do == suggestion.Resume && (l.s.Due < before.Due || l.s.Term < before.Term) {
			t.Fatalf("a pause shortens %s to %s, %s to %s", before.Due, l.s.Due, before.Term, l.s.Term)
		}
	}
	return l
}

// Whatever happened, the days of the clock go on with the day of the act, lie after it and never get fewer by a pause; the lights
// come on in their order; and the columns by which lists find what is half over or late say the same as the light.
func TestLightsAndColumnsAgree(t *testing.T) {
	column := map[string]func(*suggestion.Suggestion) string{}
	for _, c := range suggestion.Kind.Columns {
		column[c.Name] = func(s *suggestion.Suggestion) string { return fmt.Sprint(c.Of(s)) }
	}
	rapid.Check(t, func(rt *rapid.T) {
		l := one(rt, t)
		due, half := column["due"](&l.s), column["half"](&l.s)
		last := None
		for day := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2029; day = day.AddDate(0, 0, 5) {
			today := day.Format(time.DateOnly)
			light, begins := Lit(l.s, today), Of(l.s)
			if light != begins.On(today) {
				rt.Fatalf("%v on %s: %+v", light, today, begins)
			}
			if light < last {
				rt.Fatalf("%v after %v on %s: %+v", light, last, today, Of(l.s))
			}
			last = light
			if late := due != "" && due < today; late != (light == Overdue) {
				rt.Fatalf("%v: %v on %s, the column says %q", l.s.State, light, today, due)
			}
			if over := half != "" && half <= today; half != "" && light != Overdue && over != (light >= Half) {
				rt.Fatalf("%v: %v on %s, half over on %q", l.s.State, light, today, half)
			}
			for i, name := range []string{"half", "month", "ten"} {
				if from := column[name](&l.s); light != Overdue && (from != "" && from <= today) != (light > Light(i)) && (from != "" || light == Light(i+1)) {
					rt.Fatalf("%v: %v on %s, %s from %q", l.s.State, light, today, name, from)
				}
			}
			if half == "" && light == Half {
				rt.Fatalf("%v: half over on %s", l.s.State, today)
			}
		}
	})
}

// A ledger of 100,000 lights up in well under a tenth of a second.
func BenchmarkLights(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		l := signed(b)
		list := make([]suggestion.Suggestion, n)
		for i := range list {
			list[i] = l.s
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				for i := range list {
					Lit(list[i], "2026-02-20")
				}
			}
		})
	}
}
