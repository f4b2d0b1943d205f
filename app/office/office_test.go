package office

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "任晓"}

const (
	point  = "141102002003D1-A"
	county = "141102000000"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// open makes the office of a unit.
func open(t *testing.T, code string) *Office {
	t.Helper()
	db, err := store.Create(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "lianluo.db"), Backups: t.TempDir(), Kinds: []thing.Kind{matter.Kind, session.Kind}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &Office{Store: db, Calendar: workday.Official(), Profile: profile.Default(), Now: func() time.Time { return now },
		Settings: &settings.Settings{Unit: code, Role: unit.LevelOf(code), Name: "离石区人大常委会", Clerk: "任晓", Parent: unit.Parent(code)}}
}

// registered is a matter that came in at a point.
func (o *Office) registered(t *testing.T, title string) matter.Matter { return o.raised(t, title, now) }

func (o *Office) raised(t *testing.T, title string, at time.Time) matter.Matter {
	t.Helper()
	m, err := store.RecordOne[matter.Matter](context.Background(), o.Store, store.Act{Kind: matter.Name, Do: "receive", Unit: point, At: at, Body: &matter.Opening{
		Report: matter.Report{Register: "reception", Channel: "walk-in", Occurred: at, Station: point, Title: title, Urgency: "normal",
			OnSpot: "register", Due: "2026-12-14", Deputies: []string{}}, Term: "2026-11-30"}, Private: matter.Private{Name: "单志远"}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOneOrderForMany(t *testing.T) {
	o := open(t, point)
	var ids []string
	for i := range 4 {
		ids = append(ids, o.registered(t, fmt.Sprint("第", i, "件")).ID)
	}
	if _, err := o.Do(context.Background(), someone, ids[2], Order{Do: "withdraw", Note: "不反映了"}); err != nil {
		t.Fatal(err)
	}
	var heard []int
	list := o.Each(context.Background(), someone, append(ids, "nobody"), Order{Do: "梳理", Mode: "代表引导"}, func(n int) { heard = append(heard, n) })
	for i, want := range []matter.State{matter.Collated, matter.Collated, matter.Withdrawn, matter.Collated, matter.None} {
		if list[i].Matter.State != want || (list[i].Err != nil) != (i == 2 || i == 4) {
			t.Errorf("%d: %v %v", i, list[i].Matter.State, list[i].Err)
		}
	}
	var no Refused
	if !errors.As(list[2].Err, &no) || !strings.Contains(no.Sentence(), "群众撤回") || len(heard) != 5 {
		t.Errorf("%v, progress %v", list[2].Err, heard)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if list := o.Each(ctx, someone, ids, Order{Do: "collate"}, nil); len(list) != 1 || list[0].Err == nil {
		t.Errorf("stopped, and did %v", list)
	}
}

// The classes of results by number, word and letter.
func TestClassesAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]Class{`1`: 1, `"3"`: 3, `"已解决"`: 1, `"留作参考"`: 8, `"３"`: 3, `"已列入计划，有期限"`: 4, `""`: 0, `"好了"`: -1, `12`: 12} {
		o, err := Parse([]byte(`{"do":"answer","class":` + s + `}`))
		if err != nil || o.Class != want {
			t.Errorf("%s: %d %v", s, o.Class, err)
		}
	}
	own := profile.Default()
	own.Letters = [9]string{"甲", "乙", "乙", "丙", "丙", "丙", "丁", "丁"}
	for s, want := range map[string][2]int{"A": {1, 0}, "b": {3, 0}, "C": {5, 0}, "D": {8, 0}, "E": {}, "甲": {0, 1}, "乙": {0, 2}, "丁": {0, 7}} {
		for i, p := range []profile.Profile{profile.Default(), own} {
			o := open(t, point)
			o.Profile = p
			m, err := o.Do(context.Background(), someone, o.registered(t, "七巷雨水倒灌").ID, Order{Do: "collate"})
			if err != nil {
				t.Fatal(err)
			}
			order, err := Parse([]byte(`{"do":"answer","class":"` + s + `","answer":"好了","promise":"修好","promiseBy":"2027-06-30"}`))
			if err != nil {
				t.Fatal(err)
			}
			m, err = o.Do(context.Background(), someone, m.ID, order)
			if m.Class != want[i] || (err == nil) != (want[i] > 0) {
				t.Errorf("%s with the letters %v: %d %v", s, p.Letters, m.Class, err)
			}
		}
	}
	for _, bad := range []string{`{"do":"answer","class":[1]}`, `{"class":true}`, `{"to":"区住建局"}`, `{"colour":1}`, `{"do":1}`, `{`} {
		var ps problem.Problems
		if _, err := Parse([]byte(bad)); !errors.As(err, &ps) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// What is offered may be done, and what is not offered is refused: the buttons tell the truth in every state.
func TestActsOfferedAreActsAllowed(t *testing.T) {
	o := open(t, point)
	orders := map[string]Order{
		"assign": {Do: "assign", To: []string{"街道办"}}, "return": {Do: "return", Note: "不归我们管"}, "answer": {Do: "answer", Class: 1, Answer: "好了"},
		"lead": {Do: "lead", Leader: "甲"}, "withdraw": {Do: "withdraw", Note: "不反映了"}, "rate": {Do: "rate", Result: "satisfied"},
		"decline": {Do: "decline", Who: "李慧敏", Reason: "出差"},
		"redo":    {Do: "redo", Note: "又坏了"}, "reopen": {Do: "reopen", Note: "又来了"}, "suggest": {Do: "suggest", Deputies: []string{"李慧敏"}}, "extend": {Do: "extend", Note: "等管材"},
	}
	for _, way := range [][]string{{}, {"collate"}, {"collate", "assign"}, {"collate", "assign", "sign"}, {"collate", "assign", "return"}, {"collate", "assign", "answer"},
		{"collate", "assign", "answer", "inform"}, {"collate", "assign", "answer", "inform", "rate"}, {"collate", "suggest"}, {"withdraw"}, {"collate", "escalate"}} {
		for _, act := range matter.Acts {
			if acts[act.Code] == nil || act.Code == "merge" || act.Code == "know" || act.Code == "session" {
				continue
			}
			m := o.registered(t, "七巷雨水倒灌")
			var err error
			for _, do := range way {
				order := orders[do]
				order.Do = do
				if m, err = o.Do(context.Background(), someone, m.ID, order); err != nil {
					t.Fatalf("%v: %v", way, err)
				}
			}
			offered := false
			for _, w := range o.Acts(m) {
				offered = offered || w.Code == act.Code || act.Code == "redo" && w.Code == "reopen"
			}
			order := orders[act.Code]
			order.Do = act.Code
			if _, err := o.Do(context.Background(), someone, m.ID, order); (err == nil) != offered {
				t.Errorf("after %v %s is offered: %v, and done: %v", way, act.Name, offered, err)
			}
		}
	}
}

// Whoever acts signs, whoever else the settings name: also on many matters, and where days are counted anew.
func TestAnEntrySaysWhoWroteIt(t *testing.T) {
	o, ctx := open(t, point), context.Background()
	m := o.registered(t, "七巷雨水倒灌")
	list := o.Each(ctx, clerk.Clerk{Name: "温雅琴"}, []string{m.ID}, Order{Do: "collate"}, nil)
	if list[0].Err != nil {
		t.Fatal(list[0].Err)
	}
	before := o.Calendar
	o.Calendar = before.With([]workday.Day{{Date: m.Due}})
	if _, err := o.Recount(ctx, clerk.Clerk{Name: "冀红"}, before); err != nil {
		t.Fatal(err)
	}
	f, err := view.ByID(ctx, o.Store, m.ID)
	if err != nil || len(f.History) != 3 || f.History[1].By != "温雅琴" || f.History[2].By != "冀红" {
		t.Errorf("%v %+v", err, f.History)
	}
}

// A table of days off that comes later moves what runs into it, once; a day that was off before was meant.
func TestDaysOffThatComeLater(t *testing.T) {
	o, ctx := open(t, point), context.Background()
	m := o.registered(t, "跨假期") // due 2026-12-14, a Monday, to be sorted by 2026-11-30, a Monday
	chosen := o.registered(t, "周六也行")
	if _, err := o.Do(ctx, someone, chosen.ID, Order{Do: "collate", Due: "2026-11-28"}); err != nil {
		t.Fatal(err)
	}
	before := o.Calendar
	o.Calendar = before.With([]workday.Day{{Date: "2026-11-30"}, {Date: "2026-12-14"}, {Date: "2026-12-15"}})
	for again := range 2 {
		if n, err := o.Recount(ctx, someone, before); err != nil || n != map[int]int{0: 2}[again] {
			t.Errorf("moved %d: %v", n, err)
		}
	}
	f, err := view.ByID(ctx, o.Store, m.ID)
	if err != nil || f.Due != "2026-12-16" || f.Term != "2026-12-01" || len(f.Untold()) != 1 {
		t.Errorf("due %s, term %s, %+v %v", f.Due, f.Term, f.Moves, err)
	}
	if note := f.History[1].Note; note != "放假安排公布了；回执上答应的 2026-12-14 改到 2026-12-16，请告诉群众；期限 2026-11-30 改到 2026-12-01" {
		t.Error(note)
	}
	if f, err = view.ByID(ctx, o.Store, chosen.ID); err != nil || f.Term != "2026-11-28" || f.Due != "2026-12-16" {
		t.Errorf("due %s, term %s %v", f.Due, f.Term, err)
	}
	if n, err := view.Count(ctx, o.Store, view.Filter{Untold: true}); err != nil || n != 2 {
		t.Errorf("%d are to be told: %v", n, err)
	}
}

// A day follows what it follows: an answer comes after what sent the one before back, after the matter was taken up anew or signed for,
// and nobody is told before he could not be reached. An act that has no day of its own takes none.
func TestDaysFollowOneAnother(t *testing.T) {
	ctx := context.Background()
	answer := Order{Do: "answer", Class: 1, Answer: "好了", Date: "2026-11-26"}
	assign, bad := Order{Do: "assign", To: []string{"街道办"}}, Order{Do: "rate", Result: "不满意", Reason: "又坏了", Date: "2026-11-27"}
	promise := answer
	promise.Class, promise.Promise, promise.PromiseBy, promise.Date = 4, "修好", "2027-06-30", ""
	good := Order{Do: "rate", Result: "满意"}
	plain := Order{Do: "answer", Class: 1, Answer: "好了"}
	for name, c := range map[string]struct {
		way   []Order // one a day, from 24 November
		late  Order   // on 4 December
		field string  // what is wrong with it; "" for nothing
		said  string
	}{
		"signed":       {[]Order{{Do: "collate"}, assign, {}, {Do: "sign"}}, answer, "date", "签收"},
		"not content":  {[]Order{{Do: "collate"}, plain, {Do: "inform"}, bad}, answer, "date", "评议"},
		"done again":   {[]Order{{Do: "collate"}, plain, {Do: "inform"}, good, {Do: "redo", Note: "又坏了"}}, answer, "date", "重办"},
		"taken anew":   {[]Order{{Do: "withdraw", Note: "不说了"}, {}, {}, {Do: "reopen", Note: "又来了"}, {Do: "collate"}}, answer, "date", "重新受理"},
		"promised":     {[]Order{{Do: "collate"}, promise, {Do: "inform"}, good}, answer, "date", "评议"},
		"out of reach": {[]Order{{Do: "collate"}, plain, {}, {Do: "inform", Way: "无法联系"}}, Order{Do: "inform", Date: "2026-11-26"}, "date", "联系不上"},
		"filed":        {[]Order{{Do: "collate"}, plain, {}, {Do: "inform", Way: "无法联系"}}, Order{Do: "rate", Result: "无法联系", Date: "2026-11-26"}, "date", "联系不上"},
		"tried before": {[]Order{{Do: "collate"}, plain}, Order{Do: "inform", Way: "无法联系", Date: "2026-11-26"}, "date", "按今天记"},
		"withdrawn":    {nil, Order{Do: "withdraw", Note: "不说了", Date: "2026-11-26"}, "date", "按今天记"},
		"sorted":       {nil, Order{Do: "collate", Date: "2026-11-26"}, "date", "按今天记"},
		"in order":     {[]Order{{Do: "collate"}, assign, {Do: "sign"}}, answer, "", ""},
	} {
		o := open(t, point)
		m := o.registered(t, name)
		for i, order := range c.way {
			o.Now = func() time.Time { return now.AddDate(0, 0, i+1) }
			if _, err := o.Do(ctx, someone, m.ID, order); order.Do != "" && err != nil {
				t.Fatalf("%s: %s: %v", name, order.Do, err)
			}
		}
		o.Now = func() time.Time { return now.AddDate(0, 0, 11) }
		_, err := o.Do(ctx, someone, m.ID, c.late)
		var ps problem.Problems
		if errors.As(err, &ps); (err == nil) != (c.field == "") || !strings.Contains(ps[c.field], c.said) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each of the citizens who get one answer had come before it; the sentence names whom it does not fit, and nothing is written.
func TestOneAnswerForThoseWhoHadCome(t *testing.T) {
	o, ctx := open(t, point), context.Background()
	first := o.registered(t, "七巷雨水倒灌")
	later := o.raised(t, "七巷又倒灌", now.AddDate(0, 0, 3))
	o.Now = func() time.Time { return now.AddDate(0, 0, 5) }
	for _, do := range []struct {
		m matter.Matter
		o Order
	}{{first, Order{Do: "collate"}}, {later, Order{Do: "merge", Into: first.Number}}} {
		if _, err := o.Do(ctx, someone, do.m.ID, do.o); err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.Do(ctx, someone, first.ID, Order{Do: "answer", Class: 1, Answer: "好了", Date: "2026-11-24"})
	var ps problem.Problems
	if f, e := view.ByID(ctx, o.Store, first.ID); !errors.As(err, &ps) || !strings.Contains(ps["date"], later.Number) || e != nil || f.Answer != "" {
		t.Errorf("%v %v", err, e)
	}
	if m, err := o.Do(ctx, someone, first.ID, Order{Do: "answer", Class: 1, Answer: "好了"}); err != nil || m.State != matter.Replied {
		t.Fatal(err)
	}
	_, err = o.Do(ctx, someone, o.raised(t, "八巷", o.Now()).ID, Order{Do: "merge", Into: first.Number})
	if errors.As(err, &ps); ps["into"] != "那一件现在是“已答复待反馈”，请换一件" {
		t.Error(ps)
	}
}

// A unit extends once, however its name is written when the matter is assigned to it again.
func TestOneUnitExtendsOnce(t *testing.T) {
	o, ctx := open(t, point), context.Background()
	m := o.registered(t, "七巷雨水倒灌")
	for _, order := range []Order{{Do: "collate"}, {Do: "assign", To: []string{"区城市管理局（市政科）"}}, {Do: "extend", Note: "等管材"}, {Do: "assign", To: []string{"区城市管理局 市政科", "街道办"}}} {
		var err error
		if m, err = o.Do(ctx, someone, m.ID, order); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.Do(ctx, someone, m.ID, Order{Do: "extend", Note: "再等"}); err == nil || !m.Extended {
		t.Errorf("extended twice: %v %v", m.Units, err)
	}
}

// A suggestion says what it is about, not whom.
func TestSuggestionNamesNobody(t *testing.T) {
	o, ctx := open(t, point), context.Background()
	m := o.registered(t, "单志远家停水") // as somebody typed it
	if _, err := o.Do(ctx, someone, m.ID, Order{Do: "collate"}); err != nil {
		t.Fatal(err)
	}
	if m, err := o.Do(ctx, someone, m.ID, Order{Do: "suggest", Deputies: []string{"李慧敏"}}); err != nil || m.Suggests != "关于…家停水的建议" {
		t.Errorf("%q %v", m.Suggests, err)
	}
}

// A book that cannot be read is said to be that: nobody hears that a number is not found or a matter merged, and nothing is done.
func TestABookThatCannotBeReadIsNoAnswer(t *testing.T) {
	o, ctx := open(t, point), context.Background()
	m, other := o.registered(t, "七巷"), o.registered(t, "八巷")
	if _, err := o.Do(ctx, someone, m.ID, Order{Do: "collate"}); err != nil {
		t.Fatal(err)
	}
	gone, stop := context.WithCancel(ctx)
	stop()
	for do, order := range map[string]Order{
		"merge":   {Do: "merge", Into: other.Number},
		"suggest": {Do: "suggest", Deputies: []string{"李慧敏"}, With: []string{other.Number}},
	} {
		var said problem.Problems
		if _, err := o.Prepare(gone, m, order); !errors.Is(err, context.Canceled) || errors.As(err, &said) {
			t.Errorf("%s: %v", do, err)
		}
	}
	// A matter that cannot be read is not left out of what many become.
	list := o.Each(ctx, someone, []string{m.ID, "nobody"}, Order{Do: "suggest", Deputies: []string{"李慧敏"}}, nil)
	if f, err := view.ByID(ctx, o.Store, m.ID); len(list) != 1 || !errors.Is(list[0].Err, store.ErrNotFound) || err != nil || f.State != matter.Collated {
		t.Errorf("%+v, %v %v", list, f.State, err)
	}
}
