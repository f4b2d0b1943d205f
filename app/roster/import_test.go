package roster_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
)

var ctx = context.Background()

// rows reads lines of cells parted by |, the first of which names the columns.
func rows(text string) (list []roster.Row) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	heads := strings.Split(lines[0], "|")
	for i, line := range lines[1:] {
		row := roster.Row{}
		for c, cell := range strings.Split(line, "|") {
			if cell = strings.TrimSpace(cell); cell != "" {
				row[strings.TrimSpace(heads[c])] = roster.Cell{Text: cell, At: fmt.Sprintf("%c%d", 'A'+c, i+2)}
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
func take(t *testing.T, o *apptest.Seat, h roster.Handout, want string) roster.Trial {
	t.Helper()
	if h.Default == nil {
		h.Default = fourteenth
	}
	tr, err := o.Roster.Try(ctx, h)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%d new %d changed %d same %d asked %d wrong %d missing", tr.New, tr.Changed, tr.Same,
		len(tr.Doubtful), len(tr.Errors), len(tr.Missing)); got != want {
		t.Fatalf("%s, want %s\n%+v\n%+v", got, want, tr.Doubtful, tr.Errors)
	}
	err = o.Roster.Take(ctx, o.Clerk(), tr)
	if asked := len(tr.Doubtful)+len(tr.Errors) > 0; asked != errors.Is(err, roster.ErrDoubtful) || !asked && err != nil {
		t.Fatal(err)
	}
	return tr
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
	take(t, o, roster.Handout{Batch: "a", Rows: rows(three + "\n|1970|||0104")}, "3 new 0 changed 0 same 0 asked 1 wrong 0 missing")
	if ps := people(t, o); len(ps) != 0 {
		t.Fatalf("%d people of a sheet with something wrong", len(ps))
	}
	take(t, o, roster.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	ps := people(t, o)
	if len(ps) != 3 || ps[2].Mandates[0].String() != "十四届县人大代表" || !ps[2].Mandates[0].Owned {
		t.Fatalf("%+v", ps)
	}
	before := o.Entries()
	if tr := take(t, o, roster.Handout{Batch: "a", Rows: rows(three)}, "0 new 0 changed 3 same 0 asked 0 wrong 0 missing"); !tr.Again {
		t.Error("nothing says that it was taken before")
	}
	take(t, o, roster.Handout{Batch: "b", Rows: rows(three)}, "0 new 0 changed 3 same 0 asked 0 wrong 0 missing")
	if o.Entries() != before {
		t.Error("the same sheet again changed something")
	}
}

func TestBlankErasesNothing(t *testing.T) {
	o := county(t)
	take(t, o, roster.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	tr := take(t, o, roster.Handout{Batch: "b", Rows: rows(`
name|number|post|phone|district
王明|0101|局长||第一选区
李慧敏|0102|||`)}, "0 new 1 changed 1 same 0 asked 0 wrong 1 missing")
	if len(tr.Changes) != 2 || tr.Changes[0].Cell != "C2" || tr.Changes[0].To != "局长" || tr.Missing[0].Name != "张建国" {
		t.Errorf("%+v %+v", tr.Changes, tr.Missing)
	}
	p := people(t, o)[2]
	if p.Name != "王明" || p.Phone != "13811112222" || p.Post != "局长" || p.Mandates[0].District != "第一选区" || p.Mandates[0].Number != "0101" {
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
		{"the number speaks for, the birth against", "王明|1960-01|||0101||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"the mobile speaks for, the number against", "李慧敏|||13811113333|0999||", "0 new 0 changed 0 same 1 asked 0 wrong 3 missing"},
		{"everything else is another's", "李慧敏|1999-01|县法院|13900001111|0999||女", "1 new 0 changed 0 same 0 asked 0 wrong 3 missing"},
	} {
		t.Run(c.why, func(t *testing.T) {
			o := county(t)
			take(t, o, roster.Handout{Batch: "a", Rows: rows(first)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
			take(t, o, roster.Handout{Batch: "b", Rows: rows("name|birth|employer|phone|number|district|sex\n" + c.row)}, c.want)
		})
	}
	o := county(t)
	take(t, o, roster.Handout{Batch: "a", Rows: rows(first)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	again := roster.Handout{Batch: "b", Rows: rows("name|post\n王明|局长\n李慧敏|院长")}
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
	take(t, o, roster.Handout{Batch: "a", Rows: rows(`
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
	h := roster.Handout{Batch: "b", Rows: rows("name|post\n赵四海|教师\n赵四海|村主任\n钱多|\n钱多|")}
	tr := take(t, o, h, "2 new 0 changed 0 same 2 asked 0 wrong 3 missing")
	if tr.Doubtful[0].Cell != "A3" {
		t.Error(tr.Doubtful)
	}
	h.Answers = map[string]string{"A3": "new", "A5": "A4"}
	take(t, o, h, "3 new 0 changed 0 same 0 asked 0 wrong 3 missing")
	h = roster.Handout{Batch: "c", Rows: rows("name|birth|phone|number\n孙平|1970-01|13811110000|0201\n孙平|1970-01|13811110000|0202")}
	take(t, o, h, "1 new 0 changed 0 same 1 asked 0 wrong 6 missing")
}

func TestUndo(t *testing.T) {
	o := county(t)
	take(t, o, roster.Handout{Batch: "a", Rows: rows(three)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	was := people(t, o)
	second := rows(`
name|number|post|phone|district|city.number|city.congress
王明|0101|局长|13900001111|第一选区|市7|五届
陈新|0109|教师||||`)
	for range 2 { // and the same once more
		take(t, o, roster.Handout{Batch: "b", Rows: second}, "1 new 1 changed 0 same 0 asked 0 wrong 2 missing")
		if n, err := o.Roster.Undo(ctx, o.Clerk(), "b"); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		now := people(t, o)
		for i := range now {
			if a, b := now[i], was[i]; fmt.Sprint(a.Facts, a.Private, a.Mandates, a.Seats) != fmt.Sprint(b.Facts, b.Private, b.Mandates, b.Seats) {
				t.Errorf("%+v\nwas %+v", a, b)
			}
		}
		if len(now) != 3 {
			t.Errorf("%d people", len(now))
		}
	}
	var wrong problem.Problems
	if _, err := o.Roster.Undo(ctx, o.Clerk(), "b"); !errors.As(err, &wrong) {
		t.Errorf("taken back twice: %v", err)
	}
	take(t, o, roster.Handout{Batch: "c", Rows: second}, "1 new 1 changed 0 same 0 asked 0 wrong 2 missing")
	take(t, o, roster.Handout{Batch: "d", Rows: rows("name|number|education\n陈新|0109|大专")}, "0 new 1 changed 0 same 0 asked 0 wrong 3 missing")
	_, err := o.Roster.Undo(ctx, o.Clerk(), "c")
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Error(), "陈新") || strings.Contains(wrong.Error(), "王明") {
		t.Errorf("what others went on from: %v", err)
	}
	if i := slices.IndexFunc(people(t, o), func(p person.Person) bool { return p.Post == "局长" }); i < 0 {
		t.Error("half of it was taken back")
	}
	o.Healthy()
}
