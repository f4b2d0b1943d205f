package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
)

// ordered has a seat do what a body says, of a person and of a unit.
func ordered(o *apptest.Seat, id, body string) person.Person {
	o.World.T.Helper()
	parsed, err := roster.Parse([]byte(body))
	o.World.Must(err)
	p, err := o.Roster.Act(ctx, o.Clerk(), id, parsed)
	o.World.Must(err)
	return p
}

func altered(o *apptest.Seat, code, body string) site.Site {
	o.World.T.Helper()
	parsed, err := roster.ParseSite([]byte(body))
	o.World.Must(err)
	s, err := o.Roster.Alter(ctx, o.Clerk(), code, parsed)
	o.World.Must(err)
	return s
}

// furnished is a county of which there is everything that sheets say of people.
func furnished(t *testing.T) *apptest.Seat {
	o := apptest.Begin(t).SetUp("county", apptest.County)
	altered(o, apptest.Yuanjia, `{"do":"open","name":"袁家庄社区代表联络点","phone":"8221321","head":"单志远","equipment":["电脑","打印机"]}`)
	altered(o, apptest.Fengshan, `{"do":"open","name":"凤山街道代表联络站","opened":"2021-03-20"}`)
	altered(o, "", `{"do":"open","kind":"部门","name":"住房和城乡建设局","short":"住建局"}`)
	for _, body := range []string{
		`{"do":"add","name":"王明","sex":"男","birth":"1975-03","phone":"13811112222、0358-8221321","employer":"离石区第一小学","post":"校长","fields":["教育","文化"],
		"mandates":[{"level":"县","congress":"十四届","district":"第一选区","delegation":"凤山代表团","number":"0101","since":"2021-06-01"}],"stations":["141102002003D1-A"]}`,
		`{"do":"add","name":"王明","sex":"女","birth":"1988-07","employer":"离石区农业局","mandates":[{"level":"县","congress":"十四届","district":"第二选区","number":"0102"}],"stations":["141102002000Z1-G"]}`,
		`{"do":"add","name":"李慧敏","birth":"1980","phone":"13811113333","employer":"袁家庄社区","post":"党支部书记、居委会主任","roles":["联络员"],"remark":"常年在外",
		"mandates":[{"level":"县","congress":"十四届","district":"第三选区"},{"level":"乡","congress":"九届","place":"凤山街道","district":"第九选区"},{"level":"市","congress":"五届","district":"离石区人大"}],"stations":["141102002003D1-A","141102002000Z1-G"]}`,
		`{"do":"add","name":"张建国","employer":"个体户 开面馆","tier":"","mandates":[{"level":"县","congress":"十四届","delegation":"凤山代表团"}],"stations":["141102002000Z1-G"]}`,
		`{"do":"add","name":"买买提·艾力","nationality":"维吾尔族","post":"村医","mandates":[{"level":"县","congress":"十四届","district":"第四选区"}],"stations":["141102002003D1-A"]}`,
		`{"do":"add","name":"赵来客","employer":"区水利局","post":"工程师","roles":["站长"],"stations":["141102002000Z1-G"]}`,
		`{"do":"add","name":"高小宝","employer":"凤山敬老院","mandates":[{"level":"县","congress":"十四届","district":"第五选区"}],"stations":["141102002003D1-A"]}`,
	} {
		ordered(o, "", body)
	}
	gao, err := o.Roster.Find(ctx, "高小宝")
	o.World.Must(err)
	ordered(o, gao.ID, `{"do":"suspend","level":"县","reason":"因刑事案件被羁押正在受侦查、起诉、审判","day":"2026-11-01"}`)
	return o
}

// What goes out comes in again without anybody new or changed, without a question and without a word: as data and as
// printed, with contact and without, as a workbook and as text, of people and of units.
func TestWhatGoesOutComesInAgain(t *testing.T) {
	o := furnished(t)
	all, n, err := o.Roster.People(ctx, roster.Filter{})
	if err != nil || n != 7 {
		t.Fatal(all, err)
	}
	before := o.Entries()
	for _, print := range []bool{false, true} {
		for _, contact := range []bool{false, true} {
			for _, ext := range []string{".xlsx", ".csv"} {
				for _, k := range []app.Keeping{app.People, app.Units} {
					name := fmt.Sprintf("%s print %v contact %v%s", k.Name, print, contact, ext)
					file := filepath.Join(t.TempDir(), "出去的"+ext)
					write, want := o.ExportPeople, n
					if k.Name == app.Units.Name {
						if print {
							continue
						}
						write, want = o.ExportUnits, 3
					}
					if err := write(ctx, file, app.Export{Print: print, Contact: contact}); err != nil {
						t.Fatal(err)
					}
					b, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					in := handIn(t, o, k, filepath.Base(file), b, app.Said{})
					p := in.Plan
					if len(p.New)+len(p.Changed)+len(p.Doubtful)+len(p.Errors)+len(p.Missing)+len(p.Notes) > 0 || len(p.Same) != want {
						t.Errorf("%s: %d new, changed %+v, %d the same, asked %v, wrong %v, missing %v, notes %v", name, len(p.New), p.Changed,
							len(p.Same), p.Doubtful, p.Errors, p.Missing, p.Notes)
					}
					if err := o.Take(ctx, o.Clerk(), in); p.Clear() && err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	if o.Entries() != before {
		t.Error("something was written")
	}

	file := filepath.Join(t.TempDir(), "打印.xlsx")
	o.World.Must(o.ExportPeople(ctx, file, app.Export{Print: true, Contact: true}))
	b, err := os.ReadFile(file)
	o.World.Must(err)
	t.Run("elsewhere", func(t *testing.T) { elsewhere(t, b, n) })
}

// elsewhere is an office that has nobody yet: it takes what was printed, each once, and parts what is beyond doubt.
func elsewhere(t *testing.T, b []byte, n int) {
	other := apptest.Begin(t).SetUp("county", apptest.County)
	altered(other, apptest.Yuanjia, `{"do":"open","name":"袁家庄社区代表联络点"}`)
	altered(other, apptest.Fengshan, `{"do":"open","name":"凤山街道代表联络站"}`)
	in := handed(t, other, app.People, "打印.xlsx", b, app.Said{})
	if len(in.Plan.New) != n {
		t.Errorf("%d of %d are new elsewhere", len(in.Plan.New), n)
	}
	for name, want := range map[string]string{"李慧敏": "袁家庄社区|党支部书记、居委会主任|3|2", "赵来客": "区水利局|工程师|0|1", "张建国": "个体户 开面馆||1|1"} {
		p, err := other.Roster.Find(ctx, name)
		if got := fmt.Sprintf("%s|%s|%d|%d", p.Employer, p.Post, len(p.Mandates), len(p.Seats)); err != nil || got != want {
			t.Errorf("%s: %s, want %s, %v", name, got, want, err)
		}
	}
}
