package matter

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

func init() { _ = flag.Set("rapid.nofailfile", "true") } // a failure prints its seed; nothing is left in the tree

const (
	matterID = "019ab0c0-0000-7000-8000-000000000001"
	point    = "141102002003D1-A"
	township = "141102002000Z1-G"
	bureau   = "141102000000"
	city     = "141100000000"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

func report(onSpot string) Report {
	return Report{Number: numbers.Make(point, 2026, 'A', 42), Register: "reception", Channel: "walk-in", Occurred: evening, Station: point,
		People: 1, Category: "0203", Title: "七巷雨水倒灌", Urgency: "normal", Deputies: []string{"李慧敏", "王建国"}, OnSpot: onSpot, Due: "2026-12-14"}
}

var citizen = Private{Name: "王𠅤亮", Phone: "13812345678", Address: "七巷3号", Words: "一下雨就倒灌。"}

// act makes the entry of the point's computer who (its seq-th) that saw some others.
func act(t testing.TB, who byte, seq uint64, do string, body, private any, seen ...journal.Record) journal.Record {
	t.Helper()
	return deed(t, point, who, seq, do, body, private, seen...)
}

// deed is an act of any unit.
func deed(t testing.TB, code string, who byte, seq uint64, do string, body, private any, seen ...journal.Record) journal.Record {
	t.Helper()
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{who}, Incarnation: 1, Seq: seq}, Thing: matterID, Kind: Name, Do: do, Schema: Schema,
		Depth: 1, Unit: code, Level: unit.LevelOf(code), By: "赵晖", At: evening.Add(time.Duration(seq) * time.Minute)}
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

func TestRefusals(t *testing.T) {
	a := first(t)
	m := fold(t, a)
	change := func(r journal.Record, do func(*journal.Record)) journal.Record { do(&r); return r }
	title := act(t, 1, 2, "correct", set{"title": "七巷排水"}, nil, a)
	for name, c := range map[string]struct {
		r    journal.Record
		want error
	}{
		"an act nobody knows":      {act(t, 1, 2, "fly", set{}, nil, a), thing.ErrUnknown},
		"another kind of thing":    {change(title, func(r *journal.Record) { r.Kind = "deputy" }), thing.ErrUnknown},
		"a newer schema":           {change(title, func(r *journal.Record) { r.Schema = Booked + 1 }), thing.ErrUnknown},
		"another station":          {change(title, func(r *journal.Record) { r.Unit = "141102002006D1-7" }), thing.ErrNotYours},
		"a body of another shape":  {act(t, 1, 2, "correct", []string{"title"}, nil, a), thing.ErrBody},
		"a field of another kind":  {act(t, 1, 2, "correct", set{"people": "许多"}, nil, a), thing.ErrBody},
		"a number changed":         {act(t, 1, 2, "correct", set{"number": "02-002003-26-A0001-X"}, nil, a), thing.ErrBody},
		"the unit changed":         {act(t, 1, 2, "correct", set{"title": "七巷排水", "unit": bureau}, nil, a), thing.ErrBody},
		"a key in another writing": {act(t, 1, 2, "correct", set{"title": "七巷排水", "Title": "八巷"}, nil, a), thing.ErrBody},
		"a state changed":          {act(t, 1, 2, "correct", set{"state": 99}, nil, a), thing.ErrBody},
		"void without a reason":    {act(t, 1, 2, "void", set{}, nil, a), thing.ErrBody},
		"void with a blank reason": {act(t, 1, 2, "void", set{"note": " \n\t"}, nil, a), thing.ErrBody},
		"void with a wrong reason": {act(t, 1, 2, "void", set{"note": 1}, nil, a), thing.ErrBody},
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
		if m, err := (Matter{}).Apply(act(t, 1, 1, "receive", r, citizen)); !errors.Is(err, thing.ErrBody) || m.State != None {
			t.Errorf("received with %s: %v", name, err)
		}
	}
}

func TestReceiveByWhatWasDecided(t *testing.T) {
	for onSpot, want := range map[string]State{"register": Registered, "answered": Answered, "resolved": Answered, "out-of-scope": Guided, "": Registered} {
		m := fold(t, act(t, 1, 1, "receive", report(onSpot), citizen))
		if m.State != want || m.ID != matterID || m.Unit != point || m.Name != citizen.Name || m.Title != "七巷雨水倒灌" || m.History[0].Note != want.String() {
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
	m.History = append(make([]thing.Event, 0, 20), m.History...)
	m.Trail = append(make([]thing.Mark, 0, 20), m.Trail...)
	m.Conflicts = append(make([]thing.Conflict, 0, 20), m.Conflicts...)
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

// Whatever a stranger writes as the office that his table reports to, the way has an end.
func TestPathEnds(t *testing.T) {
	for _, unit := range []string{"141102002003D1-A", "141102000000", "141100000000"} {
		for _, via := range []string{unit, "141102002003D1-A", "141102000000", "141100000000", "x"} {
			m := Matter{Base: thing.Base{Unit: unit}}
			if m.Via = via; len(m.Path()) > 5 {
				t.Errorf("%s by %s: %v", unit, via, m.Path())
			}
		}
	}
}
