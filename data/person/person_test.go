package person

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
	id      = "019ab0c0-0000-7000-8000-000000000001"
	point   = "141102002003D1-A"
	town    = "141102002000Z1-G"
	county  = "141102000000"
	wenshui = "141121000000"
	far     = "141121103000Z1-A" // a station of it
	city    = "141100000000"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

// deed is an act of a unit's computer who, its seq-th, that saw some others.
func deed(t testing.TB, code string, who byte, seq uint64, do string, body, private any, seen ...journal.Record) journal.Record {
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
	r, err := journal.Seal(e, private, [16]byte{who, byte(seq)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var (
	ofCounty = Mandate{Level: "county", Congress: "十四届"}
	ofCity   = Mandate{Level: "city", Congress: "五届"}
	wang     = Opening{Facts: Facts{Name: "王明"}, Mandates: []Mandate{ofCounty}, Seats: []Seat{{Station: point, Via: town}}}
	known    = Private{Phone: "13812345678", Birth: "1975-03"}
)

// deeds are what may be done, each as it is usually said.
var deeds = []struct {
	name, do string
	body     any
}{
	{"登记", Add, wang}, {"更正", Correct, map[string]any{"post": "书记"}},
	{"登记县代表职务", Named, Move{Mandate: &ofCounty}}, {"登记市代表职务", Named, Move{Mandate: &ofCity}},
	{"暂停县代表职务", Suspend, Move{Mandate: &ofCounty, Reason: "custody"}}, {"恢复县代表职务", Resume, Move{Mandate: &ofCounty}},
	{"终止县代表职务", End, Move{Mandate: &ofCounty, Reason: "moved", Day: "2026-11-01"}},
	{"暂停市代表职务", Suspend, Move{Mandate: &ofCity, Reason: "custody"}}, {"终止市代表职务", End, Move{Mandate: &ofCity, Reason: "moved"}},
	{"请假", Away, Move{Leave: &Leave{From: "2026-12-01", To: "2026-12-02"}}},
	{"编入袁家庄", Group, Move{Seats: []Seat{{Station: point}}}}, {"编入文水的站", Group, Move{Seats: []Seat{{Station: far}}}},
	{"调出袁家庄", Ungroup, Move{Station: point}}, {"换照片", Picture, Move{}},
	{"恢复作废的", Correct, map[string]any{"again": true}}, {"并为一人", Join, Move{With: "another"}}, {"分开", Join, Move{}}, {"作废", Cancel, Move{Note: "登记错了"}},
}

// situations are what somebody may be when it is done, each by who said what before.
var situations = []struct {
	name string
	said []struct {
		unit, do string
		body     any
	}
}{
	{"没有登记", nil},
	{"县里登记的", says(county, Add, wang)},
	{"站里登记、等县里核对的", says(point, Add, wang)},
	{"站里登记、县里核对过的", says(point, Add, wang, county, Correct, map[string]any{})},
	{"市里也登记了职务的", says(county, Add, wang, city, Named, Move{Mandate: &ofCity})},
	{"县代表职务暂停的", says(county, Add, wang, county, Suspend, Move{Mandate: &ofCounty, Reason: "custody"})},
	{"县代表职务终止的", says(county, Add, wang, county, End, Move{Mandate: &ofCounty, Reason: "moved"})},
	{"调出了站点的", says(county, Add, wang, county, Ungroup, Move{Station: point})},
	{"并为一人的", says(county, Add, wang, county, Join, Move{With: "another"})},
	{"作废的", says(county, Add, wang, county, Cancel, Move{Note: "登记错了"})},
}

func says(list ...any) (said []struct {
	unit, do string
	body     any
}) {
	for i := 0; i < len(list); i += 3 {
		said = append(said, struct {
			unit, do string
			body     any
		}{list[i].(string), list[i+1].(string), list[i+2]})
	}
	return said
}

// The whole table, walked: every situation with every act by every unit. Who may do what stands in testdata/table.txt for people
// to read; all else must be refused and change nothing.
func TestWhoMayDoWhat(t *testing.T) {
	var out strings.Builder
	out.WriteString("# situation, act: who may do it. Everything else is refused.\n")
	units := []struct{ code, name string }{{point, "袁家庄"}, {town, "凤山街道"}, {county, "离石"}, {wenshui, "文水"}, {city, "市"}}
	done := map[string]bool{}
	for _, s := range situations {
		var before Person
		var rs []journal.Record
		for i, said := range s.said {
			r := deed(t, said.unit, 1, uint64(i+1), said.do, said.body, nil, rs...)
			next, err := before.Apply(r)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			before, rs = next, append(rs, r)
		}
		for _, d := range deeds {
			var may []string
			for _, by := range units {
				after, err := before.Apply(deed(t, by.code, 9, 1, d.do, d.body, nil, rs...))
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
					if last := after.History[len(after.History)-1]; last.Do != d.do || len(after.History) != len(before.History)+1 {
						t.Errorf("%s of %s is not in the history: %+v", d.name, s.name, after.History)
					}
				case !reflect.DeepEqual(before, after):
					t.Errorf("refused %s by %s of %s changed him", d.name, by.name, s.name)
				}
			}
			if len(may) > 0 {
				fmt.Fprintf(&out, "%s，%s：%s\n", s.name, d.name, strings.Join(may, "、"))
				done[d.name] = true
			}
		}
	}
	for _, d := range deeds {
		if !done[d.name] {
			t.Errorf("nobody may ever do %s", d.name)
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

func sum(t testing.TB, rs ...journal.Record) Person {
	t.Helper()
	s, refused := Kind.Fold(rs)
	if refused != nil {
		t.Fatalf("refused: %v", refused)
	}
	return *s.(*Person)
}

// Two who do not know of each other: in whatever order it comes, the sum is the same, and both words are kept to be compared.
func TestTwoOfficesAtOnce(t *testing.T) {
	first := deed(t, county, 1, 1, Add, wang, known)
	for _, c := range []struct {
		name      string
		one, two  journal.Record
		conflicts []string
	}{
		{"one field", deed(t, county, 2, 1, Correct, map[string]any{"post": "主任"}, nil, first),
			deed(t, city, 3, 1, Correct, map[string]any{"post": "书记"}, nil, first), []string{"post"}},
		{"two fields", deed(t, county, 2, 1, Correct, map[string]any{"post": "主任"}, nil, first),
			deed(t, city, 3, 1, Correct, map[string]any{"party": "中共"}, nil, first), nil},
		{"one mandate", deed(t, county, 2, 1, Named, Move{Mandate: &Mandate{Level: "city", Congress: "五届", District: "离石"}}, nil, first),
			deed(t, city, 3, 1, Named, Move{Mandate: &ofCity}, nil, first), []string{"city 五届"}},
		{"stations of each", deed(t, county, 2, 1, Group, Move{Seats: []Seat{{Station: town}}}, nil, first),
			deed(t, city, 3, 1, Group, Move{Seats: []Seat{{Station: far}}}, nil, first), nil},
		{"voided meanwhile", deed(t, county, 2, 1, Cancel, Move{Note: "错"}, nil, first),
			deed(t, city, 3, 1, Correct, map[string]any{"post": "书记"}, nil, first), []string{"handling"}},
		{"two end it", deed(t, county, 2, 1, End, Move{Mandate: &ofCounty, Reason: "moved", Day: "2026-11-01"}, nil, first),
			deed(t, county, 3, 1, End, Move{Mandate: &ofCounty, Reason: "resigned", Day: "2026-11-02"}, nil, first), []string{"handling"}},
	} {
		a, _ := Kind.Fold([]journal.Record{first, c.one, c.two})
		b, _ := Kind.Fold([]journal.Record{c.two, first, c.one})
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the order matters:\n%+v\n%+v", c.name, a, b)
		}
		var fields []string
		for _, k := range a.Shared().Conflicts {
			fields = append(fields, k.Field)
		}
		if !slices.Equal(fields, c.conflicts) {
			t.Errorf("%s: %v is contested, want %v", c.name, fields, c.conflicts)
		}
	}
	r := deed(t, county, 2, 1, Correct, map[string]any{"post": "主任"}, nil, first)
	q := deed(t, city, 3, 1, Correct, map[string]any{"post": "书记"}, nil, first)
	if p := sum(t, first, r, q, deed(t, county, 2, 2, Correct, map[string]any{"post": "主任"}, nil, r, q)); len(p.Conflicts) > 0 || p.Post != "主任" {
		t.Errorf("whoever saw both does not settle it: %+v", p.Conflicts)
	}
}

// What the office of a level says of its mandate holds; before, anybody may have named it.
func TestWhoseMandateItIs(t *testing.T) {
	first := deed(t, county, 1, 1, Add, Opening{Facts: wang.Facts, Mandates: []Mandate{{Level: "city", Congress: "五届", District: "不详"}}}, nil)
	p := sum(t, first)
	if p.Mandates[0].Owned {
		t.Error("a county owns what is the city's")
	}
	owner := deed(t, city, 2, 1, Named, Move{Mandate: &Mandate{Level: "city", Congress: "五届", District: "离石"}}, nil, first)
	p = sum(t, first, owner)
	if m := p.Mandates[0]; !m.Owned || m.District != "离石" || len(p.Mandates) != 1 {
		t.Errorf("%+v", p.Mandates)
	}
	if after, err := p.Apply(deed(t, county, 1, 2, End, Move{Mandate: &ofCity, Reason: "moved"}, nil, first, owner)); err == nil {
		t.Errorf("the county ends it: %+v", after.Mandates)
	}
}

// What is said again for newcomers fills what is not known, and never stands against what somebody put right meanwhile.
func TestSaidAgain(t *testing.T) {
	first := deed(t, county, 1, 1, Add, wang, known)
	again := deed(t, city, 3, 1, Group, Move{Seats: []Seat{{Station: far}}}, known, first)
	right := deed(t, county, 1, 2, Correct, map[string]any{}, map[string]string{"phone": "13900001111"}, first)
	if p := sum(t, first, again, right); p.Phone != "13900001111" || p.Birth != "1975-03" {
		t.Errorf("all of it: %+v", p.Private)
	}
	cleared := deed(t, county, 1, 2, Correct, map[string]any{}, map[string]string{"phone": ""}, first)
	later := deed(t, city, 3, 1, Group, Move{Seats: []Seat{{Station: far}}}, known, first)
	later.Depth = 3
	if p := sum(t, first, cleared, later); p.Phone != "" {
		t.Errorf("what was taken out comes back: %+v", p.Private)
	}
	first.Secret = nil // as a newcomer has it
	if p := sum(t, first, again); p.Phone != "13812345678" {
		t.Errorf("the newcomer: %+v", p.Private)
	}
}

// Whom he concerns follows from where he is grouped, and by what way.
func TestAudience(t *testing.T) {
	first := deed(t, county, 1, 1, Add, wang, nil)
	if got, want := (*Person).Audience(ptr(sum(t, first))), []string{point, town, county, city}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	direct := deed(t, county, 1, 2, Group, Move{Seats: []Seat{{Station: point}}}, nil, first)
	p := sum(t, first, direct)
	if got, want := p.Audience(), []string{point, county, city}; !slices.Equal(got, want) || len(p.Trail[1].Fields) > 0 {
		t.Errorf("by another way: %v, want %v; %v", got, want, p.Trail[1])
	}
	out := deed(t, county, 1, 3, Ungroup, Move{Station: point}, nil, first, direct)
	over := deed(t, city, 2, 1, Group, Move{Seats: []Seat{{Station: far}}}, nil, first, direct, out)
	if got, want := (*Person).Audience(ptr(sum(t, first, direct, out, over))), []string{county, far, wenshui, city}; !slices.Equal(got, want) && !unit.Tree(got) {
		t.Errorf("%v, want %v", got, want)
	}
	own := deed(t, point, 1, 1, Add, Opening{Facts: wang.Facts, Via: town, Seats: []Seat{{Station: point, Via: town}}}, nil)
	moved := deed(t, county, 2, 1, Group, Move{Seats: []Seat{{Station: point}}}, nil, own)
	if got, want := (*Person).Audience(ptr(sum(t, own, moved))), []string{point, county, city}; !slices.Equal(got, want) {
		t.Errorf("the station that named him goes by another way: %v, want %v", got, want)
	}
	var many []Seat
	for i := range 70 {
		many = append(many, Seat{Station: fmt.Sprintf("1411020020%02dD1-A", i)})
	}
	if _, err := (Person{}).Apply(deed(t, county, 1, 1, Add, Opening{Facts: wang.Facts, Seats: many}, nil)); err == nil {
		t.Error("he concerns more units than a thing may")
	}
}

func ptr(p Person) *Person { return &p }

// Whatever somebody writes into a body, nothing breaks, and what follows has the same sum.
func FuzzBodies(f *testing.F) {
	for _, d := range deeds {
		b, _ := json.Marshal(d.body)
		f.Add(d.do, b, []byte(`{"phone":"1"}`))
	}
	f.Add(Named, []byte(`{"mandate":null}`), []byte(`null`))
	f.Add(Group, []byte(`{"seats":[{"station":"9"},{"station":""}]}`), []byte(`[]`))
	f.Add(Correct, []byte(`{"fields":"x"}`), []byte(`{"phone":{}}`))
	f.Fuzz(func(t *testing.T, do string, body, private []byte) {
		if do == "" || !json.Valid(body) || !json.Valid(private) {
			return
		}
		for _, code := range []string{county, point, city, "", "x"} {
			first := deed(t, county, 1, 1, Add, wang, known)
			odd := deed(t, code, 2, 1, do, json.RawMessage(body), json.RawMessage(private), first)
			alone := deed(t, code, 2, 1, do, json.RawMessage(body), json.RawMessage(private))
			for _, rs := range [][]journal.Record{{first, odd}, {alone}} {
				s, _ := Kind.Fold(rs)
				p, ok := s.(*Person)
				if !ok {
					continue
				}
				for _, c := range Kind.Columns {
					_ = c.Of(p)
				}
				Kind.Doc(p, county)
				thing.Labels(p)
				if e := p.Envelope(county); len(e.Audience) > 0 && !unit.Tree(e.Audience) {
					t.Errorf("audience %v", e.Audience)
				}
				p.Values()
			}
		}
	})
}

// The history says what was done with what: a station, a mandate, who he is, too. Names come from whoever knows them.
func TestHistorySaysWithWhat(t *testing.T) {
	const other = "01a1fde0-a380-7bf0-a226-84cee9fee682"
	var p Person
	var rs []journal.Record
	for i, s := range []struct {
		unit, do, note string
		body           any
	}{
		{point, Add, "王明", wang},
		{county, Correct, "核对无误", map[string]any{}},
		{county, Group, town + "（参加）；农忙时去", Move{Seats: []Seat{{Station: town, Part: "part"}}, Note: "农忙时去"}},
		{county, Ungroup, town, Move{Station: town}},
		{county, Join, "和" + other, Move{With: other}},
		{county, Join, "和" + other + "分开", Move{}},
		{county, Named, "没有这一职务：十四届县人大代表", Move{Mandate: &Mandate{Level: "county", Congress: "十四届", Standing: Mistaken}}},
		{county, Named, "十三届县人大代表，已终止", Move{Mandate: &Mandate{Level: "county", Congress: "十三届", Standing: "ended"}}},
		{county, Cancel, "重复", Move{Note: "重复"}},
		{county, Correct, "恢复", map[string]any{"again": true}},
	} {
		r := deed(t, s.unit, 1, uint64(i+1), s.do, s.body, nil, rs...)
		next, err := p.Apply(r)
		if err != nil {
			t.Fatalf("%s: %v", s.do, err)
		}
		p, rs = next, append(rs, r)
		if e := p.History[len(p.History)-1]; e.Note != s.note {
			t.Errorf("%s says %q", s.do, e.Note)
		}
	}
	called := func(id string) string {
		return map[string]string{town: "凤山街道联络站", other: "王小明"}[id]
	}
	if got := p.History[2].Told(called) + p.History[4].Told(called) + p.History[4].Told(nil); got != "凤山街道联络站（参加）；农忙时去和王小明和一位这里不知道的人" {
		t.Error(got)
	}
}
