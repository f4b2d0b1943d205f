package site

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

var update = flag.Bool("update", false, "write testdata/table.txt anew")

const (
	id     = "019ab0c0-0000-7000-8000-000000000001"
	point  = "141102002003D1-A"
	town   = "141102002000Z1-G"
	county = "141102000000"
	city   = "141100000000"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

// deed is an act of a unit's computer who, its seq-th, that saw some others.
func deed(t testing.TB, code string, who byte, seq uint64, do string, body any, seen ...journal.Record) journal.Record {
	t.Helper()
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{who}, Incarnation: 1, Seq: seq}, Thing: id, Kind: Name, Do: do, Schema: Schema,
		Depth: 1, Unit: code, Level: unit.LevelOf(code), By: "赵晖", At: evening.Add(time.Duration(seq) * time.Minute)}
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

type set = map[string]any

var (
	opening = Opening{Facts: Facts{Name: "袁家庄社区联络点"}, Code: point, Kind: "point", Opened: "2021-03"}
	bureau  = Opening{Facts: Facts{Name: "住房和城乡建设局"}, Code: "141102-01", Kind: "department"}
)

// deeds are what may be done, each as it is usually said.
var deeds = []struct {
	name, do string
	body     any
}{
	{"设立联络点", Begin, opening}, {"设立部门", Begin, bureau}, {"改电话", Change, set{"phone": "8221321"}},
	{"改名称", Change, set{"name": "袁家庄联络点"}}, {"换照片", Picture, set{}}, {"并入凤山街道", Merge, Move{Successor: town, Day: "2026-11-20"}},
	{"撤销", End, Move{Day: "2026-11-20"}}, {"恢复", Begin, Move{}}, {"作废", Cancel, Move{Note: "登记错了"}},
}

type word struct {
	unit, do string
	body     any
}

var situations = []struct {
	name string
	said []word
}{
	{"没有设立", nil}, {"县里设立的", []word{{county, Begin, opening}}}, {"站里自己登记的", []word{{point, Begin, opening}}},
	{"部门", []word{{county, Begin, bureau}}}, {"撤销了的", []word{{county, Begin, opening}, {county, End, Move{Day: "2026-11-20"}}}},
	{"并入别处的", []word{{county, Begin, opening}, {county, Merge, Move{Day: "2026-11-20", Successor: town}}}},
	{"作废的", []word{{county, Begin, opening}, {county, Cancel, Move{Note: "登记错了"}}}},
}

// The whole table, walked: every situation with every act by every unit. Who may do what stands in testdata/table.txt for people
// to read; all else must be refused and change nothing.
func TestWhoMayDoWhat(t *testing.T) {
	var out strings.Builder
	out.WriteString("# situation, act: who may do it. Everything else is refused.\n")
	units := []struct{ code, name string }{{point, "袁家庄"}, {town, "凤山街道"}, {county, "离石"}, {"141121000000", "文水"}, {city, "市"}}
	for _, s := range situations {
		var before Site
		var rs []journal.Record
		for i, said := range s.said {
			r := deed(t, said.unit, 1, uint64(i+1), said.do, said.body, rs...)
			next, err := before.Apply(r)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			before, rs = next, append(rs, r)
		}
		for _, d := range deeds {
			var may []string
			for _, by := range units {
				after, err := before.Apply(deed(t, by.code, 9, 1, d.do, d.body, rs...))
				switch {
				case err == nil && !before.May(d.do, by.code):
					t.Errorf("%s by %s of %s is done though it may not be", d.name, by.name, s.name)
				case err == nil:
					may = append(may, by.name)
					for _, f := range after.Trail[len(after.Trail)-1].Fields {
						if name := thing.Told(Kind.Names(&after, f), nil); name == "" || strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz") {
							t.Errorf("what %s writes is called %q", d.name, name)
						}
					}
				case !reflect.DeepEqual(before, after):
					t.Errorf("refused %s by %s of %s changed it", d.name, by.name, s.name)
				}
			}
			if len(may) > 0 {
				fmt.Fprintf(&out, "%s，%s：%s\n", s.name, d.name, strings.Join(may, "、"))
			}
		}
	}
	const file = "testdata/table.txt"
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(out.String()), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != out.String() {
		t.Errorf("%v: the table is not as written; -update writes it anew:\n%s", err, out.String())
	}
}

// Its county and the station itself at once: what each says best stands, both words of one field are kept to be compared.
func TestTwoAtOnce(t *testing.T) {
	first := deed(t, county, 1, 1, Begin, opening)
	one := deed(t, county, 2, 1, Change, set{"phone": "8221000", "name": "袁家庄联络点"}, first)
	two := deed(t, point, 3, 1, Change, set{"phone": "8221321", "head": "单志远"}, first)
	a, _ := Kind.Fold([]journal.Record{first, one, two})
	b, _ := Kind.Fold([]journal.Record{two, one, first})
	p := a.(*Site)
	if !reflect.DeepEqual(a, b) || p.Name != "袁家庄联络点" || p.Head != "单志远" || len(p.Conflicts) != 1 || !p.Contested("phone") {
		t.Errorf("%+v", p)
	}
	ended := deed(t, county, 2, 1, End, Move{Day: "2026-11-20"}, first)
	late, _ := Kind.Fold([]journal.Record{first, ended, two})
	if p := late.(*Site); p.State != Closed || !p.Contested("handling") || p.Head != "" {
		t.Errorf("closed meanwhile: %+v", p)
	}
}

// The successor hears of a station whose work it goes on with, so that the old code opens there, too; a department's county
// says it to all below.
func TestWhoHears(t *testing.T) {
	first := deed(t, county, 1, 1, Begin, opening)
	via := ""
	merged := deed(t, county, 1, 2, Merge, Move{Successor: town, Day: "2026-11-20", Via: &via}, first)
	s, _ := Kind.Fold([]journal.Record{first, merged})
	if e := s.Envelope(county); !slices.Contains(e.Audience, town) || !unit.Tree(e.Audience) || e.Way != journal.Along {
		t.Errorf("%+v", e)
	}
	for _, by := range []string{point, town, county, city} { // who opens a unit hears of it
		s, _ := Kind.Fold([]journal.Record{deed(t, by, 1, 1, Begin, opening)})
		if e := s.Envelope(by); !slices.Contains(e.Audience, by) || !unit.Tree(e.Audience) {
			t.Errorf("%s: %v", by, e.Audience)
		}
	}
	d, _ := Kind.Fold([]journal.Record{deed(t, county, 1, 1, Begin, bureau)})
	if e := d.Envelope(county); e.Way != journal.Below || !slices.Equal(e.Audience, []string{county}) {
		t.Errorf("%+v", e)
	}
}

// Whatever somebody writes into a body, nothing breaks.
func FuzzBodies(f *testing.F) {
	for _, d := range deeds {
		b, _ := json.Marshal(d.body)
		f.Add(d.do, b)
	}
	f.Add(Begin, []byte(`{"name":"x","code":"1","kind":"station"}`))
	f.Add(Change, []byte(`{"via":"141102002003D1-A","equipment":"x"}`))
	f.Fuzz(func(t *testing.T, do string, body []byte) {
		if do == "" || !json.Valid(body) {
			return
		}
		for _, code := range []string{county, point, city, "", "x"} {
			first := deed(t, county, 1, 1, Begin, opening)
			odd, alone := deed(t, code, 2, 1, do, json.RawMessage(body), first), deed(t, code, 2, 1, do, json.RawMessage(body))
			for _, rs := range [][]journal.Record{{first, odd}, {alone}} {
				s, _ := Kind.Fold(rs)
				p, ok := s.(*Site)
				if !ok {
					continue
				}
				for _, c := range Kind.Columns {
					_ = c.Of(p)
				}
				Kind.Doc(p, county)
				if e := p.Envelope(county); len(e.Audience) > 0 && !unit.Tree(e.Audience) {
					t.Errorf("audience %v", e.Audience)
				}
			}
		}
	})
}
