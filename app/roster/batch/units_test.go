package batch_test

import (
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster/batch"
	"lianluo.local/data/site"
)

const stations = `
kind|township|village|name|phone|area|code
联络站|凤山街道||凤山街道人大代表联络站|0358-8221321|120|
联络点|凤山街道|袁家庄社区|袁家庄代表联络点|||
|||城北街道代表联络站|||
基地|||农业基地|||141102002000
部门|||区农业农村局|0358-8220000||`

func tryUnits(t *testing.T, o *apptest.Seat, h batch.Handout) batch.Trial {
	t.Helper()
	tr, err := batch.TryUnits(ctx, o.Roster, h)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// A unit is known by its code, or by its place and name; the same sheet again changes nothing, a blank erases nothing.
func TestUnitsOfASheet(t *testing.T) {
	o := county(t)
	tr := tryUnits(t, o, batch.Handout{Batch: "u", Rows: rows(stations)})
	if len(tr.New) != 5 || len(tr.Errors)+len(tr.Doubtful) > 0 {
		t.Fatalf("%+v", tr)
	}
	if err := batch.Take(ctx, o.Roster, o.Clerk(), tr); err != nil {
		t.Fatal(err)
	}
	for code, name := range map[string]string{apptest.Fengshan: "凤山街道人大代表联络站", apptest.Yuanjia: "袁家庄代表联络点",
		"141102-01": "区农业农村局"} {
		if s, err := o.Roster.Site(ctx, code); err != nil || s.Name != name {
			t.Errorf("%s: %q %v", code, s.Name, err)
		}
	}
	if tr = tryUnits(t, o, batch.Handout{Batch: "u", Rows: rows(stations)}); !tr.Again || len(tr.Same) != 5 {
		t.Errorf("%+v", tr)
	}
	tr = tryUnits(t, o, batch.Handout{Batch: "v", Rows: rows(`
township|name|phone|area|head
凤山|凤山街道人大代表联络站|||张建国
凤山|凤山街道代表之家|||
凤山|无名|1||
无名乡|新站|||`)})
	if len(tr.Changed) != 1 || len(tr.Changed[0].Changes) != 1 || len(tr.Doubtful) != 2 || len(tr.Errors) != 1 ||
		tr.Errors[0].Cell != "A5" {
		t.Errorf("%+v", tr)
	}
	tr = tryUnits(t, o, batch.Handout{Batch: "v",
		Rows:    rows("township|name|head|kind\n凤山|凤山街道人大代表联络站|张建国|\n凤山|凤山第二联络站||联络站"),
		Answers: map[string]string{"B3": "new"}})
	if len(tr.New) != 1 || len(tr.Changed) != 1 {
		t.Fatalf("%+v", tr)
	}
	if err := batch.Take(ctx, o.Roster, o.Clerk(), tr); err != nil {
		t.Fatal(err)
	}
	s, err := o.Roster.Site(ctx, apptest.Fengshan)
	if err != nil || s.Phone != "0358-8221321" || s.Head != "张建国" {
		t.Errorf("%+v %v", s.Facts, err)
	}
	if n, err := batch.Undo(ctx, o.Roster, o.Clerk(), "v"); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if s, err = o.Roster.Site(ctx, apptest.Fengshan); err != nil || s.Head != "" || s.State != site.Open {
		t.Errorf("%+v %v", s, err)
	}
	if list, err := o.Roster.Sites(ctx, false, "station"); err != nil || len(list) != 2 {
		t.Errorf("%d stations %v", len(list), err)
	}
	tr = tryUnits(t, o, batch.Handout{Batch: "w",
		Rows: rows("code|name|parent\n141102002000Z1|甲站|141102002000Z1\n141124001000Z1|乙站|\n141102003000D1|丙点|")})
	for _, cell := range []string{"C2", "A3"} {
		found := false
		for _, e := range tr.Errors {
			found = found || e.Cell == cell
		}
		if !found {
			t.Errorf("%s is not told as wrong: %+v", cell, tr.Errors)
		}
	}
	if len(tr.Errors) > 0 && strings.Contains(tr.Errors[0].Why, "code") {
		t.Error(tr.Errors)
	}
}
