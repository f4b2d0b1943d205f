package batch_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
)

var ctx = context.Background()

// rows reads lines of cells parted by |, the first of which names the columns.
func rows(text string) (list []batch.Row) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	heads := strings.Split(lines[0], "|")
	for i, line := range lines[1:] {
		row := batch.Row{}
		for c, cell := range strings.Split(line, "|") {
			if cell = strings.TrimSpace(cell); cell != "" {
				row[strings.TrimSpace(heads[c])] = batch.Cell{Text: cell, At: fmt.Sprintf("%c%d", 'A'+c, i+2)}
			}
		}
		list = append(list, row)
	}
	return list
}

var fourteenth = map[string]string{"level": "县", "congress": "十四届"}

func county(t *testing.T) *apptest.Seat {
	t.Helper()
	return apptest.Begin(t).SetUp("county", apptest.County)
}

// take tries a sheet and takes it, and wants so many of each.
func take(t *testing.T, o *apptest.Seat, h batch.Handout, want string) batch.Trial {
	t.Helper()
	if h.Default == nil {
		h.Default = fourteenth
	}
	tr, err := batch.Try(ctx, o.Roster, h)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%d new %d changed %d same %d asked %d wrong %d missing", len(tr.New), len(tr.Changed),
		len(tr.Same),
		len(tr.Doubtful), len(tr.Errors), len(tr.Missing)); got != want {
		t.Fatalf("%s, want %s\n%+v\n%+v", got, want, tr.Doubtful, tr.Errors)
	}
	err = batch.Take(ctx, o.Roster, o.Clerk(), tr)
	if asked := len(tr.Doubtful)+len(tr.Errors) > 0; asked != errors.Is(err, batch.ErrDoubtful) || !asked && err != nil {
		t.Fatal(err)
	}
	return tr
}

// opened has a unit opened as an order says.
func opened(o *apptest.Seat, code, body string) {
	order, err := roster.ParseSite([]byte(body))
	o.World.Must(err)
	_, err = o.Roster.Alter(ctx, o.Clerk(), code, order)
	o.World.Must(err)
}

func people(t *testing.T, o *apptest.Seat) []person.Person {
	t.Helper()
	ps, _, err := o.Roster.People(ctx, roster.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

const three = `
name|birth|employer|phone|number
王明|1975-03|县农业局|13811112222|0101
李慧敏|1980-11|县医院|13811113333|0102
张建国|1969|城关小学||0103`

func TestTakeIsWholeOrNothing(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(three + "\n|1970|||0104")},
		"3 new 0 changed 0 same 0 asked 1 wrong 0 missing")
	if ps := people(t, o); len(ps) != 0 {
		t.Fatalf("%d people of a sheet with something wrong", len(ps))
	}
	take(t, o, batch.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	ps := people(t, o)
	if len(ps) != 3 || ps[2].Mandates[0].String() != "十四届县人大代表" || !ps[2].Mandates[0].Owned {
		t.Fatalf("%+v", ps)
	}
	before := o.Entries()
	if tr := take(t, o, batch.Handout{Batch: "a", Rows: rows(three)},
		"0 new 0 changed 3 same 0 asked 0 wrong 0 missing"); !tr.Again {
		t.Error("nothing says that it was taken before")
	}
	take(t, o, batch.Handout{Batch: "b", Rows: rows(three)}, "0 new 0 changed 3 same 0 asked 0 wrong 0 missing")
	if o.Entries() != before {
		t.Error("the same sheet again changed something")
	}
}

func TestBlankErasesNothing(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	tr := take(t, o, batch.Handout{Batch: "b", Rows: rows(`
name|number|post|phone|district
王明|0101|局长||第一选区
李慧敏|0102|||`)}, "0 new 1 changed 1 same 0 asked 0 wrong 1 missing")
	if c := tr.Changed[0].Changes; len(c) != 2 || c[0].Cell != "C2" || c[0].Is != "局长" || tr.Missing[0].Name != "张建国" {
		t.Errorf("%+v %+v", tr.Changed, tr.Missing)
	}
	p := people(t, o)[2]
	if p.Name != "王明" || p.Phone != "13811112222" || p.Post != "局长" || p.Mandates[0].District != "第一选区" ||
		p.Mandates[0].Number != "0101" {
		t.Errorf("%+v", p)
	}
	if len(people(t, o)) != 3 {
		t.Error("whoever the sheet does not name is gone")
	}
}

// Nobody is matched by his name alone, and nobody in doubt; what is asked is answered by the cell.
func TestWhoIsWho(t *testing.T) {
	first := `
name|birth|employer|phone|number|district|sex
王明|1975-03|县农业局|13811112222|0101|第一选区|男
王明|1988-07|城关小学|13811114444|0102|第二选区|女
李慧敏|1980-11|县医院|13811113333|0103||女`
	for _, c := range []struct{ why, row, want string }{
		{"number and name", "王明||||0101||", "0 new 0 changed 1 same 0 asked 0 wrong 2 missing"},
		{"name, month of birth and employer", "王明|1988-07-09|城关小学||||", "0 new 1 changed 0 same 0 asked 0 wrong 2 missing"},
		{"name and mobile", "李慧敏|||138-1111-3333|||", "0 new 0 changed 1 same 0 asked 0 wrong 2 missing"},
		{"name alone, two bear it", "王明||||||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"name alone, one bears it", "李慧敏||||||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"name and month of birth alone", "李慧敏|1980-11|||||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"name and employer alone", "李慧敏||县医院||||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"another name under the number", "赵四海||||0101||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"the number speaks for, the birth against", "王明|1960-01|||0101||",
			"0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"the mobile speaks for, the number against", "李慧敏|||13811113333|0999||",
			"0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"everything else is another's", "李慧敏|1999-01|县法院|13900001111|0999||女",
			"1 new 0 changed 0 same 0 asked 0 wrong 3 missing"},
	} {
		t.Run(c.why, func(t *testing.T) {
			o := county(t)
			take(t, o, batch.Handout{Batch: "a", Rows: rows(first)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
			take(t, o, batch.Handout{Batch: "b", Rows: rows("name|birth|employer|phone|number|district|sex\n" + c.row)},
				c.want)
		})
	}
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(first)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	again := batch.Handout{Batch: "b", Rows: rows("name|post\n王明|局长\n李慧敏|院长")}
	tr := take(t, o, again, "0 new 0 changed 0 same 2 asked 0 wrong 3 missing")
	if d := tr.Doubtful[0]; d.Cell != "A2" || len(d.Who) != 2 || !strings.Contains(d.Who[0].Note, "1975-03") {
		t.Errorf("%+v", d)
	}
	again.Answers = map[string]string{"A2": tr.Doubtful[0].Who[1].ID, "A3": "skip"}
	take(t, o, again, "0 new 1 changed 0 same 0 asked 0 wrong 2 missing")
	again.Batch, again.Answers = "c", map[string]string{"A2": "new", "*": "skip"}
	take(t, o, again, "1 new 0 changed 0 same 0 asked 0 wrong 3 missing")
}

// A person with two mandates has two rows, or columns for both; rows of one name that nothing tells apart are asked
// about.
func TestOnePersonOfSeveralRows(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(`
name|birth|employer|level|congress|number
王明|1975-03|县农业局|县|十四届|0101
王 明|1975-03|县农业局|市|第五届|市0007
李慧敏|1980-11|县医院|县|14|0102
李慧敏|1985-02|城关小学|县|14|0103`)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	for _, p := range people(t, o) {
		if p.Name == "王明" && len(p.Mandates) != 2 || p.Name == "李慧敏" && len(p.Mandates) != 1 {
			t.Errorf("%s: %v", p.Name, p.Mandates)
		}
	}
	h := batch.Handout{Batch: "b", Rows: rows("name|post\n赵四海|教师\n赵四海|村主任\n钱多|\n钱多|")}
	tr := take(t, o, h, "2 new 0 changed 0 same 2 asked 0 wrong 3 missing")
	if tr.Doubtful[0].Cell != "A3" {
		t.Error(tr.Doubtful)
	}
	h.Answers = map[string]string{"A3": "new", "A5": "A4"}
	take(t, o, h, "3 new 0 changed 0 same 0 asked 0 wrong 3 missing")
	h = batch.Handout{Batch: "c",
		Rows: rows("name|birth|phone|number\n孙平|1970-01|13811110000|0201\n孙平|1970-01|13811110000|0202")}
	take(t, o, h, "1 new 0 changed 0 same 1 asked 0 wrong 6 missing")
}

func TestUndo(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	was := people(t, o)
	second := rows(`
name|number|post|phone|district|city.number|city.congress
王明|0101|局长|13900001111|第一选区|市7|五届
陈新|0109|教师||||`)
	for range 2 { // and the same once more
		take(t, o, batch.Handout{Batch: "b", Rows: second}, "1 new 1 changed 0 same 0 asked 0 wrong 2 missing")
		if n, err := batch.Undo(ctx, o.Roster, o.Clerk(), "b"); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		now := people(t, o)
		for i := range now {
			if a, b := now[i], was[i]; fmt.Sprint(a.Facts, a.Private, a.Mandates, a.Seats) != fmt.Sprint(b.Facts, b.Private,
				b.Mandates, b.Seats) {
				t.Errorf("%+v\nwas %+v", a, b)
			}
		}
		if len(now) != 3 {
			t.Errorf("%d people", len(now))
		}
	}
	var wrong problem.Problems
	if _, err := batch.Undo(ctx, o.Roster, o.Clerk(), "b"); !errors.As(err, &wrong) {
		t.Errorf("taken back twice: %v", err)
	}
	take(t, o, batch.Handout{Batch: "c", Rows: second}, "1 new 1 changed 0 same 0 asked 0 wrong 2 missing")
	take(t, o, batch.Handout{Batch: "d", Rows: rows("name|number|education\n陈新|0109|大专")},
		"0 new 1 changed 0 same 0 asked 0 wrong 3 missing")
	_, err := batch.Undo(ctx, o.Roster, o.Clerk(), "c")
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Error(), "陈新") || strings.Contains(wrong.Error(), "王明") {
		t.Errorf("what others went on from: %v", err)
	}
	if i := slices.IndexFunc(people(t, o), func(p person.Person) bool { return p.Post == "局长" }); i < 0 {
		t.Error("half of it was taken back")
	}
	o.Healthy()
}

// What cannot be is told with its cell, and nothing is written.
func TestWhatIsWrongInASheet(t *testing.T) {
	o := county(t)
	for _, c := range []struct{ heads, row, cell, why string }{
		{"name|number|since|until", "王明|1|2021-06-01|2020-01-01", "D2", "比当选日期还早"},
		{"name|number", "王明|十三届-0101", "B2", "十三届"},
		{"name|number|stations", "王明|1|不存在站", "C2", "不存在站"},
		{"name|number|stations", "王明|1|141124001001D1", "C2", "不归本单位管"},
		{"name|level|congress|place", "王明|乡|十四届|无名镇", "D2", "没有认出"},
		{"name|city.number", "王明|1", "B2", "没有写是第几届"},
		{"name|birth", "王明|2030-01", "B2", "今天以后"},
		{"name|birth", "王明|去年", "B2", "读不出来"},
		{"name|sex", "王明|不明", "B2", "男"},
		{"id|number", "|7", "B2", "没有姓名"},
		{"name|level|number", "王明|三级|7", "B2", "哪一级"},
		{"name|county.number|county.congress|number", "王明|5|十四届|6", "B2", "写了两次"},
	} {
		tr, err := batch.Try(ctx, o.Roster, batch.Handout{Batch: "a", Rows: rows(c.heads + "\n" + c.row), Default: fourteenth})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(tr.Errors, func(r batch.Remark) bool {
			return r.Cell == c.cell && strings.Contains(r.Why,
				c.why)
		}) {
			t.Errorf("%s: %+v, want %s at %s", c.row, tr.Errors, c.why, c.cell)
		}
	}
	take(t, o, batch.Handout{Batch: "a", Rows: rows("name|birth|number\n王明|1970-01|7\n李慧敏|1980-02|7")},
		"1 new 0 changed 0 same 0 asked 1 wrong 0 missing")
}

// Stations are named by code, name or place; whoever is grouped to another one stays grouped where he was.
func TestStationsOfASheet(t *testing.T) {
	o := county(t)
	opened(o, apptest.Fengshan, `{"do":"open","name":"凤山街道人大代表联络站","short":"凤山站"}`)
	opened(o, apptest.Yuanjia, `{"do":"open","name":"袁家庄代表之家"}`)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(`
name|birth|stations
王明|1970-01|凤山站
李慧敏|1980-02|141102002000Z1、袁家庄代表之家
张建国|1990-03|凤山街道袁家庄社区`)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	for _, p := range people(t, o) {
		want := map[string]string{"王明": apptest.Fengshan, "李慧敏": apptest.Fengshan + " " + apptest.Yuanjia,
			"张建国": apptest.Yuanjia}[p.Name]
		var codes []string
		for _, s := range p.Seats {
			codes = append(codes, s.Station)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%s at %s, want %s", p.Name, got, want)
		}
	}
}

// A deputy of several levels who has a row for each, or columns, is one person; 换届: the old congress ends, the new one
// comes from a sheet and finds those who were there.
func TestCongressFromASheet(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Default: map[string]string{"congress.city": "五届", "congress.province": "十四届", "congress.nation": "十四届"}, Rows: rows(`
name|birth|employer|post|level|congress|number|city.number|province.number
王明|1975-03|西属巴村|村党支部书记|县|十四届|0101|市7|省3
王明|1975-03|西属巴村||乡|十一届|乡2||
李慧敏|1980-11|区医院|医生|县|十四届|0102||
张建国|1969-05|城关小学|教师|县|十四届|0103||`)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	levels := func(name string) (held, ended int) {
		for _, ended := range []bool{false, true} {
			ps, _, err := o.Roster.People(ctx, roster.Filter{Query: name, Ended: ended})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range ps {
				return len(p.Held()), len(p.Mandates) - len(p.Held())
			}
		}
		return 0, 0
	}
	if held, _ := levels("王明"); held != 4 {
		t.Fatalf("%d mandates", held)
	}
	fifteenth := map[string]string{"level": "县", "congress": "十五届"}
	next := `
name|birth|employer|number
王明|1975-03|西属巴村|151
李慧敏|1980-11|区医院|152
赵新|1990-01|区林业局|153`
	take(t, o, batch.Handout{Batch: "b", Default: fifteenth, Rows: rows(next)},
		"1 new 0 changed 0 same 0 asked 2 wrong 0 missing")
	order, err := roster.Parse([]byte(`{"do":"end","level":"县","congress":"十四届","day":"2026-11-01","reason":"换届"}`))
	if err == nil {
		_, err = o.Roster.Act(ctx, o.Clerk(), "", order)
	}
	if err != nil {
		t.Fatal(err)
	}
	take(t, o, batch.Handout{Batch: "b", Default: fifteenth, Rows: rows(next)},
		"1 new 2 changed 0 same 0 asked 0 wrong 0 missing")
	for name, want := range map[string][2]int{"王明": {4, 1}, "李慧敏": {1, 1}, "张建国": {0, 1}, "赵新": {1, 0}} {
		if held, ended := levels(name); [2]int{held, ended} != want {
			t.Errorf("%s holds %d, %d ended, want %v", name, held, ended, want)
		}
	}
	o.Healthy()
}

// Whom a matter knows is not taken back under it.
func TestUndoOfWhomAMatterKnows(t *testing.T) {
	w, county, station := apptest.Pair(t)
	take(t, county, batch.Handout{Batch: "a",
		Rows: rows("name|number|stations\n王明|1|141102002003D1\n李慧敏|2|141102002003D1")},
		"2 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	w.Settle(county, station)
	who := desk.Persons{}
	for _, p := range people(t, station) {
		who[p.Name] = p.ID
	}
	station.Receive(desk.Draft{Title: "路灯不亮", Deputies: []string{"王明"}, Persons: who})
	w.Settle(county, station)
	var wrong problem.Problems
	if _, err := batch.Undo(ctx, county.Roster, county.Clerk(), "a"); !errors.As(err, &wrong) || !strings.Contains(wrong.Error(),
		"王明") || strings.Contains(wrong.Error(), "李慧敏") {
		t.Errorf("%v", err)
	}
	if ps := people(t, county); len(ps) != 2 {
		t.Errorf("%d people", len(ps))
	}
}

// That a station's computer was let in meanwhile keeps nobody from taking a sheet back.
func TestUndoAfterAComputerCame(t *testing.T) {
	w := apptest.Begin(t)
	county, town := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Fengshan)
	point := w.Under("station", apptest.Yuanjia, apptest.Fengshan)
	take(t, county, batch.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	take(t, county, batch.Handout{Batch: "b",
		Rows: rows("name|number|stations\n王明|0101|141102002003D1\n赵新|0109|141102002003D1")},
		"1 new 1 changed 0 same 0 asked 0 wrong 2 missing")
	w.Enrol(town, county)
	w.Enrol(point, town)
	w.Settle(point, town, county)
	w.Must(county.Roster.Regroup(ctx, county.Clerk()))
	before := people(t, county)
	if i := slices.IndexFunc(before,
		func(p person.Person) bool { return p.Name == "王明" }); before[i].Seats[0].Via != apptest.Fengshan {
		t.Fatalf("the way to the station did not change: %+v", before[i].Seats)
	}
	if n, err := batch.Undo(ctx, county.Roster, county.Clerk(), "b"); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	for _, p := range people(t, county) {
		if len(p.Seats) > 0 || p.Name == "赵新" {
			t.Errorf("%s %+v", p.Name, p.Seats)
		}
	}
	county.Healthy()
}
