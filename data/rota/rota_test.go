package rota

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

const (
	id     = "019ab0c0-0000-7000-8000-000000000001"
	point  = "141102002003D1-A"
	town   = "141102002000Z1-G"
	county = "141102000000"
	other  = "141121000000"
	city   = "141100000000"
)

// deed is an act of a unit's computer who, its seq-th, that saw some others.
func deed(t testing.TB, code string, who byte, seq uint64, do string, body any, seen ...journal.Record) journal.Record {
	t.Helper()
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{who}, Incarnation: 1, Seq: seq}, Thing: id, Kind: Name, Do: do, Schema: Schema,
		Depth: 1, Unit: code, Level: unit.LevelOf(code), By: "赵晖", At: time.Date(2026, 11, 21, 19, 42, int(seq), 0, time.UTC)}
	for _, s := range seen {
		e.Seen, e.Depth = append(e.Seen, s.ID), max(e.Depth, s.Depth+1)
	}
	var err error
	if e.Body, err = json.Marshal(body); err != nil {
		t.Fatal(err)
	}
	r, err := journal.Seal(e, nil, [16]byte{who, byte(seq)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var monthly = Rule{Every: "month", Day: 11, Start: "19:30", End: "21:00", Shift: "next", Deputies: 2}

// A station's days are its own and those of the offices above it; who else writes of them is refused, and two who changed
// them at once are kept to be compared.
func TestWhoSetsTheDays(t *testing.T) {
	opening := Opening{Rule: monthly, Station: point}
	for code, may := range map[string]bool{point: true, town: true, county: true, city: true, other: false, "141102002004D1-9": false} {
		_, err := Rota{}.Apply(deed(t, code, 1, 1, Set, opening))
		if (err == nil) != may {
			t.Errorf("%s: %v", code, err)
		}
	}
	first := deed(t, county, 1, 1, Set, opening)
	weekly := Opening{Rule: Rule{Every: "week", Weekday: []int{3}, Start: "15:00", End: "17:00", Shift: "keep", Deputies: 1}}
	up, down := deed(t, county, 1, 2, Change, weekly, first), deed(t, point, 2, 1, Stop, Opening{Note: "装修"}, first)
	a, _ := Kind.Fold([]journal.Record{first, up, down})
	b, _ := Kind.Fold([]journal.Record{down, up, first})
	if r := a.(*Rota); !reflect.DeepEqual(a, b) || len(r.Conflicts) != 1 ||
		!slices.Equal(Kind.Contests(r), []string{"有两处同时改了“轮值规则”，请核对"}) {
		t.Errorf("%+v", r)
	}
	p, err := Rota{}.Apply(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Apply(deed(t, other, 3, 1, Stop, Opening{}, first)); !errors.Is(err, thing.ErrNotYours) {
		t.Error(err)
	}
	if e := p.Envelope(county); !unit.Tree(e.Audience) || !slices.Contains(e.Audience, point) || !slices.Contains(e.Audience, city) {
		t.Errorf("%+v", e)
	}
	for _, bad := range []Opening{{}, {Rule: monthly}, {Rule: Rule{Every: "sometimes", Shift: "next"}, Station: point}, {Rule: monthly, Station: point, Via: other}} {
		if _, err := (Rota{}).Apply(deed(t, county, 1, 1, Set, bad)); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// A rule reads as people say it.
func TestRuleInWords(t *testing.T) {
	for want, r := range map[string]Rule{
		"每月11日 19:30–21:00，2名代表，遇节假日顺延":    monthly,
		"农历每月15日 9:00–11:00，1名代表":          {Every: "month", Day: 15, Lunar: true, Start: "9:00", End: "11:00", Deputies: 1, Shift: "keep"},
		"每月第2个星期三 19:30–21:00，2名代表，遇节假日提前": {Every: "month", Weekday: []int{3}, Nth: 2, Start: "19:30", End: "21:00", Deputies: 2, Shift: "previous"},
		"每月最后一个星期五 19:30–21:00":            {Every: "month", Weekday: []int{5}, Nth: -1, Start: "19:30", End: "21:00", Shift: "keep"},
		"每周一、四 19:30–21:00，2名代表":           {Every: "week", Weekday: []int{1, 4}, Start: "19:30", End: "21:00", Deputies: 2, Shift: "keep"},
		"农历每月2、7、12、17、22、27日 9:00–12:00":  {Every: "cycle", Day: 2, Days: 5, Lunar: true, Start: "9:00", End: "12:00", Shift: "keep"},
		"每10天一次 9:00–12:00":                {Every: "cycle", Days: 10, Start: "9:00", End: "12:00", Shift: "keep"},
		"指定的2天 9:00–12:00":                 {Every: "day", Dates: []string{"2027-01-11", "2027-03-05"}, Start: "9:00", End: "12:00", Shift: "keep"},
		"每月11日 19:30–21:00，县四套班子每人每月一次":    {Every: "month", Day: 11, Start: "19:30", End: "21:00", Shift: "keep", Tier: "county"},
	} {
		if r.String() != want {
			t.Errorf("%s, want %s", r, want)
		}
	}
}

// Whatever somebody writes into a body, nothing breaks.
func FuzzBodies(f *testing.F) {
	f.Add(Set, []byte(`{"every":"cycle","day":1,"days":0,"station":"141102002003D1-A","shift":"next"}`))
	f.Add(Change, []byte(`{"every":"week","weekday":[9],"shift":"keep"}`))
	f.Fuzz(func(t *testing.T, do string, body []byte) {
		if do == "" || !json.Valid(body) {
			return
		}
		for _, code := range []string{county, point, "", "x"} {
			first := deed(t, county, 1, 1, Set, Opening{Rule: monthly, Station: point})
			odd, alone := deed(t, code, 2, 1, do, json.RawMessage(body), first), deed(t, code, 2, 1, do, json.RawMessage(body))
			for _, rs := range [][]journal.Record{{first, odd}, {alone}} {
				sum, _ := Kind.Fold(rs)
				if p, ok := sum.(*Rota); ok {
					_ = p.String()
					if e := p.Envelope(county); !unit.Tree(e.Audience) {
						t.Errorf("audience %v", e.Audience)
					}
				}
			}
		}
	})
}
