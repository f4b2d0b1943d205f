package clock

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/journal"
	"lianluo.local/data/profile"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/unit"
)

const (
	point  = "141102002003D1-A"
	county = "141102000000"
)

var (
	wang          = suggestion.KeyOf("王明")
	bureau, water = suggestion.KeyOf("住房和城乡建设局"), suggestion.KeyOf("水利局")
	gas           = suggestion.KeyOf("燃气办")
)

// life is a suggestion that is handled, each act with the days that the clock gives it.
type life struct {
	t     testing.TB
	s     suggestion.Suggestion
	c     profile.Clocks
	cal   *workday.Calendar
	acts  []journal.Record
	units []suggestion.Unit
}

func begun(t testing.TB, c profile.Clocks, level string) *life {
	l := &life{t: t, c: c, cal: workday.Official(), units: []suggestion.Unit{{Key: bureau}, {Key: water, Help: true}}}
	l.record(point, suggestion.Write, suggestion.Opening{Facts: suggestion.Facts{Kind: "suggestion", Level: level, Congress: "十四届七次"}, Office: county,
		Told: suggestion.Told{Wording: &suggestion.Wording{Title: "关于通气的建议"}}, Signers: []suggestion.Signer{{Key: wang, Lead: true, Signed: "2025-09-24"}}})
	return l
}

func (l *life) record(by, do string, body any) bool {
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{1}, Incarnation: 1, Seq: uint64(len(l.acts) + 1)}, Thing: "019ab0c0-0000-7000-8000-000000000001",
		Kind: suggestion.Name, Do: do, Schema: suggestion.Schema, Depth: len(l.acts) + 1, Unit: by, Level: unit.LevelOf(by), By: "赵晖",
		At: time.Date(2026, 11, 21, 19, 42, len(l.acts), 0, time.UTC)}
	if n := len(l.acts); n > 0 {
		e.Seen = []journal.ID{l.acts[n-1].ID}
	}
	var err error
	if e.Body, err = json.Marshal(body); err != nil {
		l.t.Fatal(err)
	}
	r, err := journal.Seal(e, nil, [16]byte{})
	if err != nil {
		l.t.Fatal(err)
	}
	next, err := l.s.Apply(r)
	if err == nil {
		l.s, l.acts = next, append(l.acts, r)
	}
	return err == nil
}

// said are the acts as they are usually said.
func (l *life) said(do string) suggestion.Said {
	switch do {
	case suggestion.Register:
		return suggestion.Said{Number: "12"}
	case suggestion.Assign, suggestion.Again:
		return suggestion.Said{Units: l.units, Hard: l.s.Hard}
	case suggestion.Sign, suggestion.Return, suggestion.Extend, suggestion.Meet:
		return suggestion.Said{Unit: l.units[0].Key, Way: "meet"}
	case suggestion.Help:
		return suggestion.Said{Unit: water}
	case suggestion.Reply:
		return suggestion.Said{Unit: l.units[0].Key, Class: 3, Promises: []suggestion.Promise{{By: "2026-10-31"}}}
	case suggestion.Review:
		return suggestion.Said{Class: 3}
	case suggestion.Deliver:
		return suggestion.Said{Signs: []string{wang}, Way: "visit"}
	case suggestion.Rate:
		return suggestion.Said{Work: "satisfied", Result: "satisfied"}
	case suggestion.Hold:
		return suggestion.Said{Why: "approval"}
	}
	return suggestion.Said{}
}

// does does an act on a day and gives by when the next step and the answer are due.
func (l *life) does(do, on string, how ...func(*suggestion.Said)) (term, due string) {
	l.t.Helper()
	said := l.said(do)
	for _, f := range how {
		f(&said)
	}
	term, due = After(l.s, do, said, on, l.c, l.cal)
	said.Date, said.Term, said.Due = on, term, due
	by := county
	if do == suggestion.Submit {
		by = point
	}
	if !l.record(by, do, said) {
		l.t.Fatalf("%s on %s of what is %v may not be", do, on, l.s.State)
	}
	return term, due
}

func unsatisfied(b *suggestion.Said) { b.Result = "unsatisfied" }

// Each preset through the same life, every day of it worked out by hand from the calendars that the State Council published
// for 2025 (off: 10-01 to 10-08, worked 09-28 and 10-11) and 2026 (off: 01-01 to 01-03, 02-15 to 02-23, 04-04 to 04-06, 05-01 to
// 05-05, 06-19 to 06-21, 09-25 to 09-27, 10-01 to 10-07; worked 01-04, 02-14, 02-28, 05-09, 09-20, 10-10).
func TestPresetsByHand(t *testing.T) {
	const law = "山西"
	want := []struct {
		event string
		days  map[string]string // what a preset does not say is the law's day
	}{
		{"submitted 2025-09-24: heard of", map[string]string{law: "2025-09-30", "重庆": "2025-10-14", "上海": "2025-10-10", "山东": "2025-09-29", "浙江": "2025-10-09"}},
		{"taken up 2025-09-25: handed on", map[string]string{law: "2025-09-30", "重庆": "2025-10-14", "上海": "2025-10-10", "山东": "2025-09-29"}},
		{"handed on 2025-11-28: signed or returned", map[string]string{law: "2025-12-05", "重庆": "2025-12-12", "浙江": "2025-12-08", "河南": "2025-12-12", "上海": "2025-12-09",
			"山东": "2025-12-03"}},
		{"handed on 2025-11-28: an opinion", map[string]string{law: "2025-12-29", "重庆": "2026-01-12", "浙江": "2026-01-28", "河南": "2026-01-28"}},
		{"handed on 2025-11-28: answered", map[string]string{law: "2026-02-28"}},
		{"the same, difficult", map[string]string{law: "2026-05-28"}},
		{"the same, to a township's congress", map[string]string{law: "2026-02-28", "重庆": "2026-01-28"}},
		{"returned 2025-12-03: handed on again", map[string]string{law: "2025-12-10", "重庆": "2025-12-17", "河南": "2025-12-17"}},
		{"handed to another 2025-12-10: answered", map[string]string{law: "2026-03-10"}},
		{"signed 2025-12-11: talked with", map[string]string{law: "2026-03-10", "重庆": "2026-01-09"}},
		{"an opinion sent back 2026-02-12: given anew", map[string]string{law: "2026-02-26"}},
		{"answered 2026-03-05: looked at", map[string]string{law: "2026-03-12"}},
		{"answered 2026-03-05: made public", map[string]string{law: "2026-04-02"}},
		{"looked at 2026-03-09: delivered", map[string]string{law: "2026-03-12"}},
		{"delivered 2026-04-01: rated", map[string]string{law: "2026-04-23", "重庆": "2026-04-30", "河南": "2026-04-16"}},
		{"not content 2026-04-30: handed on anew", map[string]string{law: "2026-06-01", "重庆": "2026-06-30", "北京": "2026-06-30"}},
		{"handed on anew 2026-05-06: answered", map[string]string{law: "2026-06-08", "重庆": "2026-07-06", "北京": "2026-07-06"}},
		{"a promise kept 2026-09-16: delivered", map[string]string{law: "2026-09-20"}},
		{"delivered 2026-09-18: rated once more", map[string]string{law: "2026-10-15", "重庆": "2026-10-22", "河南": "2026-10-09"}},
	}
	for _, c := range profile.Presets() {
		var got []string
		add := func(day, _ string) { got = append(got, day) }
		due := func(_, day string) { got = append(got, day) }
		l := begun(t, c, "county")
		add(l.does(suggestion.Submit, "2025-09-24"))
		l.does(suggestion.Register, "2025-09-24")
		add(l.does(suggestion.Accept, "2025-09-25"))
		add(After(l.s, suggestion.Assign, l.said(suggestion.Assign), "2025-11-28", c, l.cal))
		add(Help("2025-11-28", c, l.cal), "")
		due(l.does(suggestion.Assign, "2025-11-28"))
		for level, hard := range map[string]bool{"county": true, "township": false} {
			other := begun(t, c, level)
			for _, do := range []string{suggestion.Submit, suggestion.Register, suggestion.Accept} {
				other.does(do, "2025-11-27")
			}
			_, day := other.does(suggestion.Assign, "2025-11-28", func(b *suggestion.Said) { b.Hard = hard })
			got = append(got, level+day)
		}
		slices.Sort(got[5:]) // the county before the township
		for i := range got[5:] {
			got[5+i] = strings.TrimLeft(got[5+i], "abcdefghijklmnopqrstuvwxyz")
		}
		add(l.does(suggestion.Return, "2025-12-03"))
		l.units[0].Key = gas
		due(l.does(suggestion.Assign, "2025-12-10"))
		add(l.does(suggestion.Sign, "2025-12-11"))
		l.does(suggestion.Help, "2026-02-10")
		add(l.does(suggestion.Review, "2026-02-12", func(b *suggestion.Said) { b.No, b.Unit = true, water }))
		add(l.does(suggestion.Reply, "2026-03-05"))
		add(Public(l.s, c, l.cal), "")
		add(l.does(suggestion.Review, "2026-03-09"))
		add(l.does(suggestion.Deliver, "2026-04-01"))
		add(l.does(suggestion.Rate, "2026-04-30", unsatisfied))
		due(l.does(suggestion.Again, "2026-05-06"))
		for _, do := range []string{suggestion.Sign, suggestion.Reply, suggestion.Review, suggestion.Deliver, suggestion.Rate} {
			l.does(do, "2026-06-01")
		}
		add(l.does(suggestion.Keep, "2026-09-16"))
		add(l.does(suggestion.Deliver, "2026-09-18"))
		l.does(suggestion.Rate, "2026-09-30")
		if l.s.State != suggestion.Closed || len(got) != len(want) {
			t.Fatalf("%s ends %v, %d days", c.Preset, l.s.State, len(got))
		}
		for i, w := range want {
			day, says := w.days[c.Preset]
			if !says {
				day = w.days[law]
			}
			if got[i] != day {
				t.Errorf("%s, %s by %s, want %s", c.Preset, w.event, got[i], day)
			}
		}
	}
}

func TestDays(t *testing.T) {
	for _, x := range []struct {
		on   string
		term profile.Term
		want string
		why  string
	}{
		{"2026-11-21", "3m", "2027-02-22", "2027-02-21 is a Sunday that is not worked"},
		{"2025-11-30", "3m", "2026-02-28", "February is shorter, and its last Saturday is worked"},
		{"2026-08-31", "6m", "2027-03-01", "February is shorter, and ends on a Sunday"},
		{"2026-01-14", "1m", "2026-02-14", "a Saturday that is worked"},
		{"2026-01-15", "1m", "2026-02-24", "the Spring Festival"},
		{"2025-12-31", "2m", "2026-02-28", "the last of a shorter month"},
		{"2026-01-31", "1m", "2026-02-28", "the last of a shorter month"},
		{"2024-01-31", "1m", "2024-02-29", "a leap year"},
		{"2026-09-25", "5d", "2026-09-30", "days of the calendar count holidays"},
		{"2026-09-28", "5d", "2026-10-08", "but do not end on one"},
		{"2026-09-19", "1wd", "2026-09-20", "a Sunday that is worked"},
		{"2026-12-31", "1wd", "2027-01-04", "a new year"},
		{"2026-11-21", "", "", "no term"},
		{"", "3m", "", "no day"},
		{"21.11.2026", "3m", "", "no day"},
	} {
		if got := Within(x.on, x.term, workday.Official()); got != x.want {
			t.Errorf("%s + %s = %s, want %s: %s", x.on, x.term, got, x.want, x.why)
		}
	}
}

// A pause moves the answer by its length, in days of the calendar, or in working days where the county counts those, whichever act
// ends it; only listed reasons stop a clock.
func TestPause(t *testing.T) {
	inWorkdays := profile.Law()
	inWorkdays.Answer = "60wd"
	for _, x := range []struct {
		c         profile.Clocks
		ends      string
		due, then string
		state     suggestion.State
	}{
		// 36 days from 01-05 to 02-10; 2026-03-10 and 36 days is 04-15. Sixty working days from 2025-12-10 end on 2026-03-11:
		// the pause holds 26 of them (01-06 to 02-10), which end on 04-17, past 04-04 to 04-06
		{c: profile.Law(), ends: suggestion.Resume, due: "2026-03-10", then: "2026-04-15", state: suggestion.InHand},
		{c: profile.Law(), ends: suggestion.Reply, due: "2026-03-10", then: "2026-04-15", state: suggestion.Answered},
		{c: profile.Law(), ends: suggestion.Return, due: "2026-03-10", then: "2026-04-15", state: suggestion.Returned},
		{c: inWorkdays, ends: suggestion.Resume, due: "2026-03-11", then: "2026-04-17", state: suggestion.InHand},
	} {
		l := begun(t, x.c, "county")
		for _, do := range []string{suggestion.Submit, suggestion.Register, suggestion.Accept} {
			l.does(do, "2025-12-08")
		}
		l.does(suggestion.Assign, "2025-12-10")
		l.does(suggestion.Sign, "2025-12-11")
		if l.s.Due != x.due {
			t.Errorf("due %s, want %s", l.s.Due, x.due)
		}
		for _, why := range []string{"", "units", "waiting for the helper", "holiday"} {
			if l.record(county, suggestion.Hold, suggestion.Said{Why: why}) {
				t.Errorf("it stood still for %q", why)
			}
		}
		l.does(suggestion.Hold, "2026-01-05")
		if l.s.By() != "" || Lit(l.s, "2026-12-31") != None {
			t.Error("a light while the clock stands still")
		}
		l.does(x.ends, "2026-02-10")
		if l.s.Due != x.then || l.s.Paused() || l.s.State != x.state {
			t.Errorf("ended by %s: due %s, want %s, %v", x.ends, l.s.Due, x.then, l.s.State)
		}
		if l.s.State == suggestion.InHand && l.s.Term != x.then {
			t.Errorf("the step is due %s", l.s.Term)
		}
	}
}

// Another unit that gets it while the clock stands still loses those days alone that it had it.
func TestPauseOfAnotherUnit(t *testing.T) {
	l := signed(t)
	l.does(suggestion.Hold, "2026-01-05")
	l.units = []suggestion.Unit{{Key: gas}}
	l.does(suggestion.Assign, "2026-02-02")                  // due 05-06, since 05-02 is off
	l.does(suggestion.Resume, "2026-02-10")                  // eight days later
	if l.s.Due != "2026-05-14" || l.s.Term != "2026-02-24" { // 02-09, and six working days, of which 02-14 is the fifth
		t.Errorf("due %s, signed by %s", l.s.Due, l.s.Term)
	}
}

// What runs, runs on, whatever profile holds now and whichever congress sits; what begins anew counts as the profile says by then. Another
// unit has its own time, a unit that has it already has not, and a helper moves nothing.
func TestChangesOnTheWay(t *testing.T) {
	presets := map[string]profile.Clocks{}
	for _, c := range profile.Presets() {
		presets[c.Preset] = c
	}
	l := begun(t, presets["山西"], "township")
	for _, do := range []string{suggestion.Submit, suggestion.Register, suggestion.Accept} {
		l.does(do, "2026-03-02")
	}
	if _, due := l.does(suggestion.Assign, "2026-03-02"); due != "2026-06-02" {
		t.Errorf("due %s", due)
	}
	l.c = presets["重庆"] // two months in townships
	l.does(suggestion.Sign, "2026-03-03")
	if l.s.Due != "2026-06-02" || l.s.Term != "2026-03-31" { // twenty working days to talk with the deputies
		t.Errorf("another profile moves %s, %s", l.s.Due, l.s.Term)
	}
	if !l.record(county, suggestion.Change, struct {
		Fields   []string `json:"fields"`
		Congress string   `json:"congress"`
	}{[]string{"congress"}, "十五届一次"}) || l.s.Due != "2026-06-02" {
		t.Errorf("another congress moves it to %s", l.s.Due)
	}
	l.does(suggestion.Meet, "2026-03-20")
	if l.s.Term != "2026-06-02" {
		t.Errorf("they talked, %s", l.s.Term)
	}
	l.units = append(l.units, suggestion.Unit{Key: gas, Help: true})
	if _, due := l.does(suggestion.Assign, "2026-04-10"); due != "2026-06-02" || l.s.Handed != "2026-03-02" || l.s.State != suggestion.InHand {
		t.Errorf("another helper: %s since %s, %v", due, l.s.Handed, l.s.State)
	}
	l.does(suggestion.Return, "2026-04-13")
	if _, due := l.does(suggestion.Assign, "2026-04-14"); due != "2026-06-02" || l.s.Handed != "2026-03-02" {
		t.Errorf("the same unit once more: %s", due)
	}
	l.does(suggestion.Return, "2026-04-15")
	l.units[0].Key = suggestion.KeyOf("城市管理局")
	if _, due := l.does(suggestion.Assign, "2026-04-16"); due != "2026-06-16" || l.s.Handed != "2026-04-16" || l.s.FirstDue != "2026-06-02" {
		t.Errorf("another unit: %s", due)
	}
	if _, due := l.does(suggestion.Assign, "2026-04-20", func(b *suggestion.Said) { b.Hard = true }); due != "2026-10-16" || !l.s.Hard {
		t.Errorf("found to be difficult: %s", due)
	}
	if _, due := l.does(suggestion.Assign, "2026-04-20", func(b *suggestion.Said) { b.Due = "2026-11-30" }); due != "2026-11-30" {
		t.Errorf("as the office says: %s", due)
	}
	l.c = presets["河南"]
	l.does(suggestion.Sign, "2026-04-21")
	l.does(suggestion.Extend, "2026-11-02", func(b *suggestion.Said) { b.To = "2026-12-31" })
	if l.s.Due != "2026-11-30" {
		t.Errorf("asked for, it moved to %s", l.s.Due)
	}
	l.does(suggestion.Grant, "2026-11-03", func(b *suggestion.Said) { b.No = true })
	if l.s.Due != "2026-11-30" || l.s.Term != "2026-11-30" {
		t.Errorf("refused, it moved to %s", l.s.Due)
	}
	l.does(suggestion.Extend, "2026-11-04", func(b *suggestion.Said) { b.To = "2026-12-31" })
	if term, due := l.does(suggestion.Grant, "2026-11-05"); due != "2026-12-31" || l.s.Due != due || l.s.Term != term {
		t.Errorf("granted: %s %s", term, due)
	}
}
