package matter

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lianluo.local/data/journal"
)

func init() { _ = flag.Set("rapid.nofailfile", "true") } // a failure prints its seed; nothing is left in the tree

const (
	thing  = "019ab0c0-0000-7000-8000-000000000001"
	table  = "141102002003D1-A"
	office = "141102000000"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

func report(onSpot string) Report {
	return Report{Number: Number(table, 2026, 'A', 42), Register: "reception", Channel: "walk-in", Occurred: evening, Station: table,
		People: 1, Category: "0203", Title: "七巷雨水倒灌", Urgency: "normal", Deputies: []string{"李慧敏", "王建国"}, OnSpot: onSpot, Due: "2026-12-14"}
}

var citizen = Private{Name: "王𠅤亮", Phone: "13812345678", Address: "七巷3号", Words: "一下雨就倒灌。"}

// act makes the entry of computer who (its seq-th) that saw some others.
func act(t testing.TB, who byte, seq uint64, do string, body, private any, seen ...journal.Record) journal.Record {
	t.Helper()
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{who}, Incarnation: 1, Seq: seq}, Thing: thing, Kind: Kind, Do: do, Schema: Schema,
		Depth: 1, Unit: table, Level: journal.Station, By: "赵晖", At: evening.Add(time.Duration(seq) * time.Minute)}
	for _, s := range seen {
		e.Seen, e.Depth = append(e.Seen, s.ID), max(e.Depth, s.Depth+1)
	}
	var err error
	if e.Body, err = json.Marshal(body); err != nil {
		t.Fatal(err)
	}
	r, err := journal.Seal(e, private, [16]byte{who, byte(seq)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func first(t testing.TB) journal.Record {
	return act(t, 1, 1, "receive", report("register"), citizen)
}

type set = map[string]any

func fold(t testing.TB, rs ...journal.Record) Matter {
	t.Helper()
	m, refused := Fold(rs)
	if refused != nil {
		t.Fatalf("refused: %v", refused)
	}
	return m
}

// reach gives a matter in a state, and the entries that led there.
func reach(t *testing.T, s State) (Matter, []journal.Record) {
	t.Helper()
	var rs []journal.Record
	switch s {
	case None:
	case Answered:
		rs = []journal.Record{act(t, 1, 1, "receive", report("answered"), citizen)}
	case Registered:
		rs = []journal.Record{first(t)}
	case Guided:
		rs = []journal.Record{act(t, 1, 1, "receive", report("out-of-scope"), citizen)}
	case Void:
		rs = []journal.Record{first(t)}
		rs = append(rs, act(t, 1, 2, "void", set{"note": "登记重了"}, nil, rs[0]))
	default:
		t.Fatalf("nobody knows how to reach state %d (%v): teach this test", s, s)
	}
	m := fold(t, rs...)
	if m.State != s {
		t.Fatalf("reached %v instead of %v", m.State, s)
	}
	return m, rs
}

// allowed is the whole table: which act may follow in which state, by whom, and what then holds (-1: as before).
var allowed = map[string]struct {
	by   []journal.Level
	from map[State]State
	body any
}{
	"receive": {[]journal.Level{journal.Station}, map[State]State{None: Registered}, report("register")},
	"correct": {[]journal.Level{journal.Station}, map[State]State{Answered: -1, Registered: -1, Guided: -1}, set{"title": "七巷排水"}},
	"void":    {[]journal.Level{journal.Station}, map[State]State{Answered: Void, Registered: Void, Guided: Void}, set{"note": "登记重了"}},
}

// Every state with every act by every level, whatever the program knows of: allowed, or refused for the right reason and
// then as before.
func TestWhatMayFollowWhat(t *testing.T) {
	if a, b := slices.Sorted(maps.Keys(rules)), slices.Sorted(maps.Keys(allowed)); !slices.Equal(a, b) {
		t.Fatalf("the program knows the acts %v, this table %v", a, b)
	}
	all := append(slices.Sorted(maps.Keys(states)), None)
	for _, s := range all {
		before, rs := reach(t, s)
		for do, may := range allowed {
			for _, level := range []journal.Level{journal.Station, journal.County, journal.City, "village", ""} {
				r := act(t, 1, 9, do, may.body, nil, rs...)
				r.Level = level
				after, err := before.Apply(r)
				want, ok := may.from[s]
				if want == -1 {
					want = s
				}
				switch {
				case !slices.Contains(may.by, level):
					if !errors.Is(err, ErrNotYours) {
						t.Errorf("%s in %v by %q: %v", do, s, level, err)
					}
				case !ok:
					if !errors.Is(err, ErrNotNow) {
						t.Errorf("%s in %v: %v", do, s, err)
					}
				case err != nil || after.State != want:
					t.Errorf("%s in %v: %v %v, want %v", do, s, after.State, err, want)
				case len(after.History) != len(before.History)+1 || after.History[len(before.History)].Do != do:
					t.Errorf("%s in %v is not in the history: %+v", do, s, after.History)
				}
				if err != nil && !reflect.DeepEqual(before, after) {
					t.Errorf("refused %s in %v changed the matter", do, s)
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	a := first(t)
	m := fold(t, a)
	change := func(r journal.Record, do func(*journal.Record)) journal.Record { do(&r); return r }
	title := act(t, 1, 2, "correct", set{"title": "七巷排水"}, nil, a)
	for name, c := range map[string]struct {
		r    journal.Record
		want error
	}{
		"an act nobody knows":      {act(t, 1, 2, "fly", set{}, nil, a), ErrUnknown},
		"another kind of thing":    {change(title, func(r *journal.Record) { r.Kind = "deputy" }), ErrUnknown},
		"a newer schema":           {change(title, func(r *journal.Record) { r.Schema = Schema + 1 }), ErrUnknown},
		"another station":          {change(title, func(r *journal.Record) { r.Unit = "141102002006D1-7" }), ErrNotYours},
		"a body of another shape":  {act(t, 1, 2, "correct", []string{"title"}, nil, a), ErrBody},
		"a field of another kind":  {act(t, 1, 2, "correct", set{"people": "许多"}, nil, a), ErrBody},
		"a number changed":         {act(t, 1, 2, "correct", set{"number": "02-002003-26-A0001-X"}, nil, a), ErrBody},
		"the unit changed":         {act(t, 1, 2, "correct", set{"title": "七巷排水", "unit": office}, nil, a), ErrBody},
		"a key in another writing": {act(t, 1, 2, "correct", set{"title": "七巷排水", "Title": "八巷"}, nil, a), ErrBody},
		"a state changed":          {act(t, 1, 2, "correct", set{"state": 99}, nil, a), ErrBody},
		"hidden, not correctable":  {act(t, 1, 2, "correct", set{}, set{"number": "1"}, a), ErrBody},
		"hidden, of another kind":  {act(t, 1, 2, "correct", set{}, set{"phone": 138}, a), ErrBody},
		"hidden, another shape":    {act(t, 1, 2, "correct", set{}, []int{1}, a), ErrBody},
		"void without a reason":    {act(t, 1, 2, "void", set{}, nil, a), ErrBody},
		"void with a blank reason": {act(t, 1, 2, "void", set{"note": " \n\t"}, nil, a), ErrBody},
		"void with a wrong reason": {act(t, 1, 2, "void", set{"note": 1}, nil, a), ErrBody},
	} {
		after, err := m.Apply(c.r)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(m, after) {
			t.Errorf("%s changed the matter", name)
		}
	}
	for name, change := range map[string]func(*Report){
		"no number":     func(r *Report) { r.Number = "" },
		"misread digit": func(r *Report) { r.Number = strings.Replace(r.Number, "0042", "0043", 1) },
		"no station":    func(r *Report) { r.Station = "" },
	} {
		r := report("register")
		change(&r)
		if m, err := (Matter{}).Apply(act(t, 1, 1, "receive", r, citizen)); !errors.Is(err, ErrBody) || m.State != None {
			t.Errorf("received with %s: %v", name, err)
		}
	}
}

func TestReceiveByWhatWasDecided(t *testing.T) {
	for onSpot, want := range map[string]State{"register": Registered, "answered": Answered, "resolved": Answered, "out-of-scope": Guided, "": Registered} {
		m := fold(t, act(t, 1, 1, "receive", report(onSpot), citizen))
		if m.State != want || m.ID != thing || m.Unit != table || m.Name != citizen.Name || m.Title != "七巷雨水倒灌" || m.History[0].Note != want.String() {
			t.Errorf("%q: %v %+v", onSpot, m.State, m)
		}
	}
}

// fields is everything of a matter that was typed, by its name in files.
func fields(t *testing.T, m Matter) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, part := range []any{m.Report, m.Private} {
		b, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &all); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// Each field that may be corrected takes a new value and an empty one; nothing else changes, and the history names it.
func TestEveryCorrectableField(t *testing.T) {
	values := map[string][]any{
		"people": {12.0, 1.0}, "deputies": {[]any{"车玉柱"}, []any{}}, "confidential": {true, false}, "anonymous": {true, false},
		"occurred": {"2026-11-20T09:00:00Z", "2025-01-01T00:00:00+08:00"},
	}
	private := map[string]bool{}
	b, _ := json.Marshal(Private{})
	hidden := set{}
	_ = json.Unmarshal(b, &hidden)
	for f := range hidden {
		private[f] = true
	}
	a := first(t)
	for _, w := range Correctable {
		vs, ok := values[w.Code]
		if !ok {
			vs = []any{"改过的" + w.Name, ""}
		}
		for _, v := range vs {
			body, secret := set{w.Code: v}, any(nil)
			if private[w.Code] {
				body, secret = set{}, set{w.Code: v}
			}
			m := fold(t, a)
			after, err := m.Apply(act(t, 1, 2, "correct", body, secret, a))
			if err != nil {
				t.Errorf("%s: %v", w.Code, err)
				continue
			}
			want := fields(t, m)
			want[w.Code] = v
			if got := fields(t, after); !reflect.DeepEqual(got, want) {
				t.Errorf("%s corrected to %v:\n got %v\nwant %v", w.Code, v, got, want)
			}
			if e := after.History[1]; e.Note != w.Name || e.Do != "correct" || e.By != "赵晖" {
				t.Errorf("%s: history says %+v", w.Code, e)
			}
			if len(after.Conflicts) > 0 || after.State != m.State {
				t.Errorf("%s: %v %v", w.Code, after.Conflicts, after.State)
			}
		}
	}
	for _, never := range []string{"number", "station", "register", "channel", "paperNumber", "onSpot", "due"} {
		if Correctable.Name(never) != never {
			t.Errorf("%s may be corrected", never)
		}
	}
}

// roomy gives a matter whose slices have space behind them, where a careless append would write.
func roomy(m Matter) Matter {
	m.Deputies = append(make([]string, 0, 20), m.Deputies...)
	m.History = append(make([]Event, 0, 20), m.History...)
	m.Trail = append(make([]Mark, 0, 20), m.Trail...)
	m.Conflicts = append(make([]Conflict, 0, 20), m.Conflicts...)
	return m
}

func text(t *testing.T, m Matter) string {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s %+v", b, m.Private)
}

// Apply never touches the value it is called on: two different futures of one matter do not know of each other.
func TestApplyIsPure(t *testing.T) {
	a := first(t)
	b := act(t, 2, 1, "correct", set{"title": "别处改的", "deputies": []string{"单桂花"}}, nil, a)
	m := roomy(fold(t, a, b))
	before := text(t, m)
	futures := []journal.Record{
		act(t, 1, 2, "correct", set{"deputies": []string{"甲", "乙", "丙"}, "title": "一"}, set{"phone": "1"}, a), // in conflict with b
		act(t, 1, 3, "correct", set{"deputies": []string{"丁"}, "title": "二"}, nil, a),
		act(t, 1, 4, "correct", set{"deputies": []any{"戊", 5}}, nil, a), // fails half-way
		act(t, 1, 5, "void", set{"note": "重了"}, nil, a),
	}
	var first []string
	var after []Matter
	for _, r := range futures {
		n, _ := m.Apply(r)
		after, first = append(after, n), append(first, text(t, n))
	}
	if now := text(t, m); now != before {
		t.Errorf("the old value was\n%s\nand is\n%s", before, now)
	}
	for i := range after {
		if now := text(t, after[i]); now != first[i] {
			t.Errorf("future %d was\n%s\nand is\n%s", i, first[i], now)
		}
	}
	if len(after[0].Conflicts) != 2 || len(after[2].Conflicts) != 0 {
		t.Errorf("conflicts %v %v", after[0].Conflicts, after[2].Conflicts)
	}
}

// A level that may not know the citizen folds the same entries without their private parts to the same open matter.
func TestPrivatePartWithheld(t *testing.T) {
	a := first(t)
	b := act(t, 1, 2, "correct", set{"title": "七巷排水"}, set{"phone": "13900001111"}, a)
	c := act(t, 1, 3, "void", set{"note": "重了"}, nil, b)
	whole := fold(t, a, b, c)
	var bare []journal.Record
	for _, r := range []journal.Record{a, b, c} {
		r, err := journal.Open(r.Core, nil)
		if err != nil {
			t.Fatal(err)
		}
		bare = append(bare, r)
	}
	m := fold(t, bare...)
	if m.Private != (Private{}) {
		t.Errorf("knows %+v", m.Private)
	}
	if !reflect.DeepEqual(m.Report, whole.Report) || m.State != Void || len(m.History) != 3 {
		t.Errorf("%+v", m)
	}
}

func TestConflicts(t *testing.T) {
	a := first(t)
	ids := func(rs ...journal.Record) (list []journal.ID) {
		for _, r := range rs {
			list = append(list, r.ID)
		}
		return list
	}
	one := act(t, 1, 2, "correct", set{"title": "一"}, nil, a)
	two := act(t, 2, 1, "correct", set{"title": "二"}, nil, a)
	three := act(t, 3, 1, "correct", set{"title": "三"}, nil, a)
	phone1 := act(t, 1, 2, "correct", set{}, set{"phone": "1"}, a)
	phone2 := act(t, 2, 1, "correct", set{}, set{"phone": "2"}, a)
	place := act(t, 2, 1, "correct", set{"place": "七巷口"}, nil, a)
	both := act(t, 2, 1, "correct", set{"title": "二", "place": "七巷口"}, nil, a)
	later := act(t, 1, 3, "correct", set{"title": "定了"}, nil, one, two)
	after := act(t, 2, 2, "correct", set{"title": "又改"}, nil, one)
	unknown := act(t, 2, 1, "fly", set{}, nil, one)
	refused := act(t, 2, 1, "void", set{"note": ""}, nil, one)
	void := act(t, 2, 1, "void", set{"note": "重了"}, nil, a)
	for _, c := range []struct {
		name  string
		rs    []journal.Record
		title string
		want  []Conflict
	}{
		{"of one field", []journal.Record{a, one, two}, "二", []Conflict{{"title", ids(one, two)}}},
		{"of a hidden field", []journal.Record{a, phone1, phone2}, "七巷雨水倒灌", []Conflict{{"phone", ids(phone1, phone2)}}},
		{"of different fields", []journal.Record{a, one, place}, "一", nil},
		{"of one field among two", []journal.Record{a, one, both}, "二", []Conflict{{"title", ids(one, both)}}},
		{"one after the other", []journal.Record{a, one, after}, "又改", nil},
		{"three at a time", []journal.Record{a, one, two, three}, "三", []Conflict{{"title", ids(one, two)}, {"title", ids(one, three)}, {"title", ids(two, three)}}},
		{"and who saw both", []journal.Record{a, one, two, later}, "定了", nil}, // has settled it
		{"through an act of a newer program", []journal.Record{a, one, unknown, act(t, 2, 2, "correct", set{"title": "又改"}, nil, unknown)}, "又改", nil},
		{"through an act that was refused", []journal.Record{a, one, refused, act(t, 2, 2, "correct", set{"title": "又改"}, nil, refused)}, "又改", nil},
		{"a correction and a void", []journal.Record{a, one, void}, "一", nil},
	} {
		m, _ := Fold(c.rs)
		if m.Title != c.title || !reflect.DeepEqual(m.Conflicts, c.want) && len(m.Conflicts)+len(c.want) > 0 {
			t.Errorf("%s: %q %v, want %q %v", c.name, m.Title, m.Conflicts, c.title, c.want)
		}
	}
}

// Whatever a few computers write without knowing of each other, and in whatever order it arrives, the same matter comes
// out, and the same entries are refused.
func TestAnyOrderGivesTheSameMatter(t *testing.T) {
	type pair struct{ body, private any }
	rapid.Check(t, func(rt *rapid.T) {
		a := first(t)
		rs := []journal.Record{a}
		seq := map[byte]uint64{1: 1}
		knows := map[byte][]journal.Record{1: rs, 2: rs, 3: rs}
		for range rapid.IntRange(0, 12).Draw(rt, "acts") {
			who := byte(rapid.IntRange(1, 3).Draw(rt, "who"))
			if rapid.Bool().Draw(rt, "hears") {
				knows[who] = slices.Clone(rs)
			}
			do := rapid.SampledFrom([]string{"correct", "correct", "correct", "correct", "void", "fly"}).Draw(rt, "do")
			p := map[string][]pair{
				"correct": {{set{"title": fmt.Sprint("标题", len(rs))}, nil}, {set{"deputies": []string{fmt.Sprint("代表", len(rs))}}, nil},
					{set{"place": "七巷口"}, set{"phone": fmt.Sprint(13800000000 + len(rs))}}, {set{"number": "x"}, nil}},
				"void": {{set{"note": "重了"}, nil}, {set{"note": ""}, nil}},
				"fly":  {{set{}, nil}},
			}[do]
			what := rapid.SampledFrom(p).Draw(rt, "body")
			seq[who]++
			heads, _ := journal.Heads(knows[who])
			var seen []journal.Record
			for _, r := range knows[who] {
				if slices.Contains(heads, r.ID) {
					seen = append(seen, r)
				}
			}
			r := act(t, who, seq[who], do, what.body, what.private, seen...)
			rs, knows[who] = append(rs, r), append(slices.Clone(knows[who]), r)
		}
		m1, no1 := Fold(rs)
		var arrived []journal.Record
		for _, i := range rapid.Permutation(numbers(len(rs))).Draw(rt, "arrival") {
			arrived = append(arrived, rs[i])
		}
		kept := slices.Clone(arrived)
		m2, no2 := Fold(arrived)
		if !reflect.DeepEqual(m1, m2) || fmt.Sprint(no1) != fmt.Sprint(no2) {
			rt.Fatalf("one order gives\n%+v %v\nanother\n%+v %v", m1, no1, m2, no2)
		}
		if !reflect.DeepEqual(arrived, kept) {
			rt.Fatal("Fold sorted what it was given")
		}
		if len(m1.History)+len(no1) != len(rs) {
			rt.Fatalf("%d entries, %d applied, %d refused", len(rs), len(m1.History), len(no1))
		}
	})
}

func numbers(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}

func TestWordsOfStates(t *testing.T) {
	open := OpenStates()
	for s := range states {
		if s.String() == "" || s.Step() < 1 || s.Step() > 7 || !slices.Contains(StatesOf(s.Step()), s) || s.Open() != slices.Contains(open, s) {
			t.Errorf("state %d: %q, step %d", s, s, s.Step())
		}
	}
	for do := range rules {
		if ActName(do) == "" {
			t.Errorf("%s has no Chinese name", do)
		}
	}
	for name, ws := range map[string]Words{"registers": Registers, "channels": Channels, "purposes": Purposes, "urgencies": Urgencies,
		"sexes": Sexes, "ages": AgeBands, "on the spot": OnSpots, "modes": Modes, "correctable": Correctable} {
		for _, w := range ws {
			if a, ok := ws.Parse(w.Name); !ok || a != w.Code || ws.Name(w.Code) != w.Name {
				t.Errorf("%s: %q is %q, %q is %q", name, w.Name, a, w.Code, ws.Name(w.Code))
			}
		}
		if _, ok := ws.Parse("别的"); ok || ws.Name("newer") != "newer" {
			t.Errorf("%s knows what it cannot know", name)
		}
	}
	for _, w := range Channels {
		if r := RegisterOf(w.Code); Registers.Name(r) == r {
			t.Errorf("%s goes into no register: %q", w.Code, r)
		}
	}
}
