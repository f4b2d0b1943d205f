package matter

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

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
	if m.Known() {
		t.Errorf("knows %+v", m.Private)
	}
	if !reflect.DeepEqual(m.Report, whole.Report) || m.State != Void || len(m.History) != 3 {
		t.Errorf("%+v", m)
	}
}

// What an author puts apart makes nobody refuse what was said openly, whatever it is: those to whom it is told and those
// from whom it is withheld tell of one matter.
func TestPrivatePartThatIsNone(t *testing.T) {
	for name, part := range map[string]any{
		"no field": set{"number": "1"}, "an open field": set{"title": "八巷"}, "of another kind": set{"phone": 138, "words": 1, "note": 2, "sealed": 3},
		"another shape": []int{1}, "a word": "谁也读不懂", "beside a field": set{"phone": "13900001111", "number": "1"},
		"half of it": set{"phone": "13900001111", "address": 1}, "what was sealed": set{"sealed": []set{{"note": "谁说的"}, {"note": 1}}},
	} {
		a := act(t, 1, 1, "receive", report("register"), part)
		rs := []journal.Record{a, act(t, 1, 2, "correct", set{"title": "七巷排水"}, part, a)}
		for i, do := range []string{"disclose", "collate", "void"} {
			body := map[string]any{"disclose": Disclosed{}, "collate": Move{Mode: "guide"}, "void": Move{Note: "重了"}}[do]
			rs = append(rs, act(t, 1, uint64(3+i), do, body, part, rs[len(rs)-1]))
		}
		m, refused := Fold(rs)
		bare := slices.Clone(rs)
		for i := range bare {
			bare[i].Secret = nil
		}
		other, others := Fold(bare)
		m.Private = other.Private
		if len(refused)+len(others) > 0 || m.State != Void || m.Title != "七巷排水" || !reflect.DeepEqual(m, other) {
			t.Errorf("%s: refused %v and %v\n%+v\n%+v", name, refused, others, m, other)
		}
	}
	a := first(t)
	m := fold(t, a, act(t, 1, 2, "correct", set{}, set{"phone": "13900001111", "address": 1}, a))
	if m.Phone != citizen.Phone {
		t.Errorf("half of a private part was heard: %+v", m.Private)
	}
}

func TestConflicts(t *testing.T) {
	a := first(t)
	against := func(field string, one, other journal.Record) []thing.Conflict {
		return []thing.Conflict{{Field: field, Entries: []journal.ID{one.ID, other.ID}}}
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
		want  []thing.Conflict
	}{
		{"of one field", []journal.Record{a, one, two}, "二", against("title", one, two)},
		{"of a hidden field", []journal.Record{a, phone1, phone2}, "七巷雨水倒灌", against("phone", phone1, phone2)},
		{"of different fields", []journal.Record{a, one, place}, "一", nil},
		{"of one field among two", []journal.Record{a, one, both}, "二", against("title", one, both)},
		{"one after the other", []journal.Record{a, one, after}, "又改", nil},
		{"three at a time", []journal.Record{a, one, two, three}, "三", slices.Concat(against("title", one, two), against("title", one, three), against("title", two, three))},
		{"and who saw both", []journal.Record{a, one, two, later}, "定了", nil}, // has settled it
		{"through an act of a newer program", []journal.Record{a, one, unknown, act(t, 2, 2, "correct", set{"title": "又改"}, nil, unknown)}, "又改", nil},
		{"through an act that was refused", []journal.Record{a, one, refused, act(t, 2, 2, "correct", set{"title": "又改"}, nil, refused)}, "又改", nil},
		{"a correction and a void", []journal.Record{a, one, void}, "一", against(thing.Handled, one, void)},
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
		units := map[byte]string{1: point, 2: point, 3: bureau, 4: bureau, 5: city}
		knows := map[byte][]journal.Record{1: rs, 2: rs, 3: rs, 4: rs, 5: rs}
		for range rapid.IntRange(0, 14).Draw(rt, "acts") {
			who := byte(rapid.IntRange(1, 5).Draw(rt, "who"))
			if rapid.Bool().Draw(rt, "hears") {
				knows[who] = slices.Clone(rs)
			}
			now, _ := Fold(knows[who])
			acts := []string{"correct", "void", "fly"}
			for _, w := range Acts { // mostly what may follow as far as its author knows
				if now.May(w.Code, units[who]) && w.Code != "void" {
					acts = append(acts, w.Code, w.Code)
				}
			}
			do := rapid.SampledFrom(acts).Draw(rt, "do")
			what := pair{list(do), nil}
			if do == "correct" {
				what = rapid.SampledFrom([]pair{{set{"title": fmt.Sprint("标题", len(rs))}, nil}, {set{"deputies": []string{fmt.Sprint("代表", len(rs))}}, nil},
					{set{"place": "七巷口"}, set{"phone": fmt.Sprint(13800000000 + len(rs))}}, {set{"number": "x"}, nil}}).Draw(rt, "body")
			}
			seq[who]++
			heads, _ := journal.Heads(knows[who])
			var seen []journal.Record
			for _, r := range knows[who] {
				if slices.Contains(heads, r.ID) {
					seen = append(seen, r)
				}
			}
			r := deed(t, units[who], who, seq[who], do, what.body, what.private, seen...)
			rs, knows[who] = append(rs, r), append(slices.Clone(knows[who]), r)
		}
		m1, no1 := Fold(rs)
		var arrived []journal.Record
		for _, i := range rapid.Permutation(given(len(rs))).Draw(rt, "arrival") {
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
		told := 0 // of what was refused, what the history tells because nobody knew better
		for _, no := range no1 {
			if slices.ContainsFunc(m1.History, func(e thing.Event) bool { return e.ID == no.ID }) {
				told++
			}
		}
		if len(m1.History)-told+len(no1) != len(rs) {
			rt.Fatalf("%d entries, %d applied, %d refused", len(rs), len(m1.History)-told, len(no1))
		}
	})
}

func given(n int) (list []int) {
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
	for _, r := range rules {
		if ActName(r.Do) == "" {
			t.Errorf("%s has no Chinese name", r.Do)
		}
	}
	for name, ws := range map[string]words.List{"registers": words.Registers, "channels": words.Channels, "purposes": words.Purposes, "urgencies": words.Urgencies,
		"sexes": words.Sexes, "ages": words.AgeBands, "on the spot": words.OnSpots, "modes": words.Modes} {
		for _, w := range ws {
			if a, ok := ws.Parse(w.Name); !ok || a != w.Code || ws.Name(w.Code) != w.Name {
				t.Errorf("%s: %q is %q, %q is %q", name, w.Name, a, w.Code, ws.Name(w.Code))
			}
		}
		if _, ok := ws.Parse("别的"); ok || ws.Name("newer") != "newer" {
			t.Errorf("%s knows what it cannot know", name)
		}
	}
	for _, w := range words.Channels {
		if r := words.RegisterOf(w.Code); words.Registers.Name(r) == r {
			t.Errorf("%s goes into no register: %q", w.Code, r)
		}
	}
}
