package roster_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
)

var ctx = context.Background()

// order does what a body says, as a file holds it.
func order(o *apptest.Seat, id, body string) (person.Person, error) {
	o.World.T.Helper()
	parsed, err := roster.Parse([]byte(body))
	if err != nil {
		return person.Person{}, err
	}
	return o.Roster.Act(ctx, o.Clerk(), id, parsed)
}

// must does it and fails where it is refused.
func must(o *apptest.Seat, id, body string) person.Person {
	o.World.T.Helper()
	p, err := order(o, id, body)
	if err != nil {
		o.World.T.Fatalf("%s: %v", body, err)
	}
	return p
}

func alter(o *apptest.Seat, code, body string) (site.Site, error) {
	parsed, err := roster.ParseSite([]byte(body))
	if err != nil {
		return site.Site{}, err
	}
	return o.Roster.Alter(ctx, o.Clerk(), code, parsed)
}

func mustAlter(o *apptest.Seat, code, body string) site.Site {
	o.World.T.Helper()
	s, err := alter(o, code, body)
	if err != nil {
		o.World.T.Fatalf("%s: %v", body, err)
	}
	return s
}

func wrong(t *testing.T, body string, err error, field, why string) {
	t.Helper()
	var p problem.Problems
	if !errors.As(err, &p) {
		t.Errorf("%s: %v, want a problem of %s", body, err, field)
		return
	}
	if said, has := p.Bare()[field]; !has || !strings.Contains(said, why) || len(p) != 1 {
		t.Errorf("%s: %v, want %s: …%s…", body, p.Bare(), field, why)
	}
}

const wang = `{"do":"add","name":"王明","sex":"男","birth":"1975-03","post":"村党支部书记","phone":"13812345678","fields":["农业农村"],
	"mandates":[{"level":"县","congress":"第十四届","district":"第一选区","number":"023","since":"2021-06-01"}],"stations":["141102002003D1-A"]}`

// A county puts somebody on the roster, and does with him what may be done.
func TestLifeOfAPerson(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	p := must(county, "", wang)
	if m := p.Mandates[0]; m.Level != "county" || m.Congress != "十四届" || m.Place != apptest.County || !m.Owned || p.Birth != "1975-03" ||
		!p.Seated(apptest.Yuanjia) || p.Sex != "male" || !p.Confirmed {
		t.Fatalf("%+v", p)
	}
	if again, err := county.Roster.Find(ctx, "王 明"); err != nil || again.ID != p.ID {
		t.Errorf("by name: %v %v", again.ID, err)
	}
	p = must(county, p.ID, `{"do":"correct","party":"中共","phone":"13912345678"}`)
	p = must(county, p.ID, `{"do":"group","stations":["141102002000"],"part":"参加"}`)
	p = must(county, p.ID, `{"do":"mandate","level":"乡","congress":"9","place":"凤山街道"}`)
	p = must(county, p.ID, `{"do":"contact","phone":"8221321"}`)
	if p.Party != "中共" || p.Phone != "8221321" || len(p.Seats) != 2 || len(p.Mandates) != 2 || p.Mandates[1].Place != "141102002000" {
		t.Errorf("%+v", p)
	}
	p = must(county, p.ID, `{"do":"suspend","level":"县","reason":"custody"}`)
	p = must(county, p.ID, `{"do":"resume","level":"县"}`)
	p = must(county, p.ID, `{"do":"end","level":"乡","congress":"九届","reason":"辞职","day":"2026-11-01"}`)
	p = must(county, p.ID, `{"do":"ungroup","station":"141102002000Z1-G"}`)
	p = must(county, p.ID, `{"do":"leave","from":"2026-12-01","to":"2026-12-10","reason":"出差"}`)
	if len(p.Held()) != 1 || len(p.Seats) != 1 || !p.Away("2026-12-05") {
		t.Errorf("%+v", p)
	}
	county.Healthy()
}

// A county opens its units, and changes them.
func TestLifeOfAUnit(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	s := mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄联络点","phone":"8221321","equipment":["电脑","打印机"],"opened":"2021.3"}`)
	if s.Kind != "point" || s.Opened != "2021-03" || len(s.Equipment) != 2 {
		t.Errorf("%+v", s)
	}
	s = mustAlter(county, apptest.Yuanjia, `{"do":"rename","name":"袁家庄社区联络点"}`)
	s = mustAlter(county, apptest.Yuanjia, `{"do":"change","head":"单志远"}`)
	if s.Facts.Name != "袁家庄社区联络点" || s.Head != "单志远" {
		t.Errorf("%+v", s)
	}
	if d := mustAlter(county, "", `{"do":"open","kind":"部门","name":"住房和城乡建设局","short":"住建局"}`); d.Code != "141102-01" {
		t.Errorf("%+v", d)
	}
	if d := mustAlter(county, "", `{"do":"open","kind":"point","place":"141102002003","name":"二点"}`); d.Code[:14] != "141102002003D2" {
		t.Errorf("%+v", d)
	}
	_, err := alter(county, apptest.Yuanjia, `{"do":"open","name":"又一个"}`)
	wrong(t, "twice", err, "code", "已经是")
	county.Healthy()
}
