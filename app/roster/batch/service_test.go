package batch_test

import (
	"strings"
	"testing"

	"lianluo.local/app/roster/batch"
)

// One column of employer and post says nothing new of whom both are known, parts what is beyond doubt, and asks where
// a post that is known might stand twice.
func TestOneColumnOfEmployerAndPost(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(`
name|number|employer.post
王明|0101|离石区第一小学校长
李慧敏|0102|个体户开面馆
张建国|0103|城关小学 教师`)}, "3 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	for _, p := range people(t, o) {
		want := map[string]string{"王明": "离石区第一小学|校长", "李慧敏": "个体户开面馆|", "张建国": "城关小学|教师"}[p.Name]
		if p.Employer+"|"+p.Post != want {
			t.Errorf("%s|%s, want %s", p.Employer, p.Post, want)
		}
	}
	take(t, o, batch.Handout{Batch: "b", Rows: rows(`
name|number|employer.post
王明|0101|离石区第一小学　校长
李慧敏|0102|个体户 开面馆
张建国|0103|城关小学教师`)}, "0 new 0 changed 3 same 0 asked 0 wrong 0 missing")
	take(t, o, batch.Handout{Batch: "c", Rows: rows(`
name|number|employer.post
王明|0101|离石区第二小学副校长
李慧敏|0102|面馆老板`)}, "0 new 2 changed 0 same 0 asked 0 wrong 1 missing")
	tr := take(t, o, batch.Handout{Batch: "d", Rows: rows("name|number|employer.post\n王明|0101|第二小学后勤兼保卫")},
		"0 new 0 changed 0 same 1 asked 0 wrong 2 missing")
	if d := tr.Doubtful[0]; d.Cell != "C2" || !strings.Contains(d.Why, "/") {
		t.Errorf("%+v", d)
	}
	take(t, o, batch.Handout{Batch: "e", Rows: rows("name|number|employer.post\n王明|0101|第二小学/后勤兼保卫")},
		"0 new 1 changed 0 same 0 asked 0 wrong 2 missing")
	take(t, o, batch.Handout{Batch: "f", Rows: rows("name|number|employer|post|employer.post\n王明|0101|第二小学|后勤兼保卫|第二小学后勤兼保卫")},
		"0 new 0 changed 1 same 0 asked 0 wrong 2 missing")
}

// Whoever says nothing new of the one bearer of his name, of whom two other things are the same, is him; one thing less,
// or one that is new, and it is asked.
func TestWhoSaysNothingNew(t *testing.T) {
	o := county(t)
	take(t, o, batch.Handout{Batch: "a", Rows: rows(`
name|sex|birth|number|employer|district|post
王明|男|1975-03|0101|城关小学|第一选区|教师`)}, "1 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	for _, c := range []struct{ row, want string }{
		{"王明|男|||城关小学|第一选区|教师", "0 new 0 changed 1 same 0 asked 0 wrong 0 missing"},
		{"王明|男|||城关小学|第一选区|校长", "0 new 0 changed 0 same 1 asked 0 wrong 1 missing"},
		{"王明|男|||城关小学||教师", "0 new 0 changed 0 same 1 asked 0 wrong 1 missing"},
		{"王明|女|||城关小学|第一选区|教师", "0 new 0 changed 0 same 1 asked 0 wrong 1 missing"},
		{"王明|男|||城关小学|第一选区|教师\n王明|男|||城关小学|第一选区|教师", "0 new 0 changed 1 same 1 asked 0 wrong 0 missing"},
	} {
		take(t, o, batch.Handout{Batch: "b" + c.row, Rows: rows("name|sex|birth|number|employer|district|post\n" + c.row)}, c.want)
	}
}

// 代表职务 in one column is a mandate for each that it names; of several it is not said whose the district is.
func TestTitlesInOneColumn(t *testing.T) {
	o := county(t)
	tr := take(t, o, batch.Handout{Batch: "a", Default: map[string]string{"level": "县", "congress": "十五届"}, Rows: rows(`
name|birth|level.titles|district
王明|1975-03|山西省十四届、吕梁市五届、离石区六届人大代表|一选区、二选区
李慧敏|1980-11|区第六届人大代表|三选区
张建国|1969-01|说不清的代表|
高小宝|1970-01|凤山街道九届人大代表|五选区`)}, "4 new 0 changed 0 same 0 asked 0 wrong 0 missing")
	if len(tr.Notes) != 2 || tr.Notes[0].Cell != "C4" || !strings.Contains(tr.Notes[1].Why, "哪一级的选区") {
		t.Errorf("%+v", tr.Notes)
	}
	for _, p := range people(t, o) {
		var got []string
		for _, m := range p.Mandates {
			got = append(got, m.Congress+m.Level+m.District)
		}
		want := map[string]string{"王明": "十四届province 五届city 六届county", "李慧敏": "六届county三选区", "张建国": "十五届county",
			"高小宝": "九届township五选区"}[p.Name]
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", p.Name, s, want)
		}
	}
}
