package app_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/report"
	"lianluo.local/data/problem"
)

// paperOf writes a report as a paper and reads it again.
func paperOf(t *testing.T, o *apptest.Seat, kind, from string) string {
	t.Helper()
	k, known := report.KindByCode(kind)
	if !known {
		t.Fatal(kind)
	}
	file := filepath.Join(t.TempDir(), kind+".pdf")
	if err := o.WriteReport(ctx, report.Ask{Kind: k, From: from}, file); err != nil {
		t.Fatal(err)
	}
	return textOf(t, file)
}

// issuedPaper writes an issued report as a paper and reads it again.
func issuedPaper(t *testing.T, o *apptest.Seat, e report.Edition) string {
	t.Helper()
	r, err := o.Report.Kept(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "issued.pdf")
	if err := o.WriteIssued(ctx, r, file); err != nil {
		t.Fatal(err)
	}
	return textOf(t, file)
}

// textOf is all text of a paper.
func textOf(t *testing.T, file string) string {
	t.Helper()
	pdf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := papertest.Read(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return papertest.All(ps)
}

// A county's reports come out finished, in words and tables, each with its signature and until when it counts; no citizen is
// named in any, and nothing of what confidence was asked for is told.
func TestReportsComeOutFinished(t *testing.T) {
	w, county, station := apptest.Pair(t)
	for _, title := range []string{"路灯不亮", "水管漏水", "楼道没灯"} {
		m := station.Receive(desk.Draft{Title: title, Words: "请修一修。", Name: "王秀英", Phone: "13812345678", Category: "0204"})
		station.Sync()
		county.Sync()
		station.Do(m, `{"do":"collate","mode":"department"}`)
		station.Sync()
		county.Sync()
		county.Do(m, `{"do":"assign","to":["住建局"]}`)
	}
	station.Receive(desk.Draft{Title: "举报有人吃回扣", Words: "是李某。", Name: "赵小红", Phone: "13987654321", Confidential: true})
	station.Sync()
	county.Sync()
	w.Later(40 * 24 * time.Hour)
	for kind, want := range map[string][]string{
		"week": {"离石区人大代表联络站工作周报", "一、总体情况", "截至2026年", "指标说明"}, "month": {"工作月报", "收集意见4件次", "附表四", "目录"},
		"quarter": {"工作季报", "2026年第4季度", "交给1个单位办理3件次"}, "half": {"工作半年报"}, "year": {"工作年报"}, "term": {"工作届期报告"}, "leader": {"本周一张纸"},
		"overdue": {"附表五超期清单"}, "departments": {"附表四承办单位办理情况", "住建局"},
	} {
		from := "2026-11-21"
		all := paperOf(t, county, kind, from)
		for _, s := range want {
			if !strings.Contains(all, s) {
				t.Errorf("%s: there is no %q in %s", kind, s, all)
			}
		}
		for _, never := range []string{"王秀英", "13812345678", "赵小红", "吃回扣", "李某", "13987654321"} {
			if strings.Contains(all, never) {
				t.Errorf("%s tells %s", kind, never)
			}
		}
	}
	if all := paperOf(t, station, "station", "2026-11-21"); !strings.Contains(all, "工作月报") || !strings.Contains(all, "收集意见4件次") || strings.Contains(all, "吃回扣") {
		t.Error(all)
	}
}

// An issued report is printed in words with its number and the hash of its numbers, as long as nothing came of which these words
// might say something else, also where its numbers stay as they were; after that its tables are, as they were issued.
func TestIssuedInWords(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "路灯不亮", Words: "请修一修。", Category: "0204", Occurred: "2026-11-21T19:30:00+08:00"})
	w.Settle(station, county)
	w.Later(20 * 24 * time.Hour)
	given := func(kind, from string) report.Report {
		k, _ := report.KindByCode(kind)
		r, err := county.Report.Issue(ctx, county.Clerk(), report.Ask{Kind: k, From: from})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	month, week := given("month", "2026-11-01"), given("leader", "2026-11-16")
	has := func(r report.Report, in bool, word string) {
		t.Helper()
		all := issuedPaper(t, county, r.Issued.Edition)
		if strings.Contains(all, word) != in || !strings.Contains(all, "第1号") || !strings.Contains(all, papertest.Squeeze(r.Issued.Mark())) {
			t.Errorf("%s is to be there: %v, in %s", word, in, all)
		}
	}
	has(month, true, "收集意见1件次。")
	has(week, true, "群众在说什么")
	w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"category": json.RawMessage(`"0501"`)})))
	w.Settle(station, county)
	has(month, false, "总体情况")
	has(week, false, "群众在说什么")
}

// What is issued comes out in words under its number, and so does its next edition, with what changed and what came late.
func TestIssuedComesOutInWords(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Receive(desk.Draft{Title: "路灯不亮", Words: "请修一修。", Category: "0204"})
	w.Settle(station, county)
	week, _ := report.KindByCode("week")
	issued := func(want ...string) {
		t.Helper()
		r, err := county.Report.Issue(ctx, county.Clerk(), report.Ask{Kind: week, From: "2026-11-16"})
		w.Must(err)
		all := issuedPaper(t, county, r.Issued.Edition)
		for _, s := range append(want, "工作周报", "一、总体情况", "指标说明") {
			if !strings.Contains(all, s) {
				t.Errorf("there is no %q in %s", s, all)
			}
		}
	}
	issued("第1号", "收集意见1件次")
	w.Later(24 * time.Hour)
	station.Receive(desk.Draft{Title: "水管漏水", Words: "请修一修。", Occurred: "2026-11-20T19:30:00+08:00"})
	station.Receive(desk.Draft{Title: "旧年的事", Words: "请修一修。", Occurred: "2026-10-20T19:30:00+08:00"})
	w.Settle(station, county)
	issued("第1号（第2版）", "收集意见2件次", "和上一版不同的数", "水管漏水", "旧年的事")
}

// An issued report that is printed once more says what it said, as of when it was issued: who had reported then, what was ahead
// of it then and how many days there were.
func TestPrintedOnceMore(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Receive(desk.Draft{Title: "路灯不亮", Words: "请修一修。", Category: "0204"})
	plan, err := agenda.Parse([]byte(
		`{"do":"plan","kind":"reception","day":"2026-12-09","from":"19:30","to":"21:00","topic":"议水管"}`))
	w.Must(err)
	w.Must(apptest.Err(station.Agenda.Act(ctx, station.Clerk(), "", plan)))
	w.Settle(station, county)
	w.Later(17 * 24 * time.Hour)
	papers := map[string]string{}
	var all []report.Edition
	for kind, from := range map[string]string{"week": "2026-11-30", "month": "2026-11-01", "leader": "2026-11-30"} {
		k, _ := report.KindByCode(kind)
		r, err := county.Report.Issue(ctx, county.Clerk(), report.Ask{Kind: k, From: from})
		w.Must(err)
		all = append(all, r.Issued.Edition)
		papers[r.Issued.ID] = issuedPaper(t, county, r.Issued.Edition)
	}
	w.Later(24 * time.Hour)
	w.Settle(station, county)
	w.Later(40 * 24 * time.Hour)
	for _, e := range all {
		if was, is := papers[e.ID], issuedPaper(t, county, e); is != was {
			t.Errorf("%s said\n%s\nand says\n%s", e.Title, was, is)
		}
	}
}

// Each list says what it is about: who leads a matter that somebody leads, also as it was issued; for how many days one is late;
// why somebody was not content, without telling who that is.
func TestListsSayWhatTheyAreAbout(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "路灯不亮", Words: "请修一修。", Name: "王秀英", Category: "0204"})
	w.Settle(station, county)
	station.Do(m, `{"do":"collate","mode":"department","proposal":"请修。"}`)
	station.Do(m, `{"do":"escalate","note":"站里办不了"}`)
	w.Settle(station, county)
	county.Do(m, `{"do":"lead","leader":"领导甲"}`)
	county.Do(m, `{"do":"assign","to":["住建局"]}`)
	w.Settle(station, county)
	if all := paperOf(t, county, "led", "2026-11-21"); !strings.Contains(all, "领办领导") || !strings.Contains(all, "领导甲") || !strings.Contains(all, "住建局") {
		t.Error(all)
	}
	led, _ := report.KindByCode("led")
	r, err := county.Report.Issue(ctx, county.Clerk(), report.Ask{Kind: led, From: "2026-11-21"})
	w.Must(err)
	laid, err := county.Lay(ctx, r)
	w.Must(err)
	if row := laid.List.Rows[0].Cells; row[4] != "住建局" || row[7] != "领导甲" {
		t.Error(row)
	}
	county.Do(m, `{"do":"answer","class":"已解决","answer":"修好了。"}`)
	w.Settle(station, county)
	station.Do(m, `{"do":"inform","way":"当面"}`)
	station.Do(m, `{"do":"rate","attitude":"不满意","result":"不满意","reason":"王秀英说还是不亮"}`)
	w.Settle(station, county)
	if all := paperOf(t, county, "dissatisfied", "2026-11-21"); !strings.Contains(all, "**说还是不亮") || strings.Contains(all, "王秀英") {
		t.Error(all)
	}
	w.Later(60 * 24 * time.Hour)
	if all := paperOf(t, county, "overdue", "2027-01-01"); !strings.Contains(all, "超期天数") {
		t.Error(all)
	}
}

// A report bears its day for ever: where that is in doubt, or what it is to be written into cannot be, nothing is issued.
func TestNothingIsIssuedInDoubt(t *testing.T) {
	w := apptest.New(t)
	o := w.SetUp("station", apptest.Yuanjia)
	o.Receive(desk.Draft{Title: "路灯不亮", Words: "请修一修。"})
	k, _ := report.KindByCode("month")
	if _, err := o.IssueReport(ctx, report.Ask{Kind: k}, filepath.Join(t.TempDir(), "month.doc")); !errors.As(err, new(problem.Problems)) {
		t.Error("into what is no report: ", err)
	}
	w.Later(-40 * 24 * time.Hour)
	if _, err := o.IssueReport(ctx, report.Ask{Kind: k}, filepath.Join(t.TempDir(), "month.pdf")); !errors.As(err, new(app.Doubt)) {
		t.Error("of a day in doubt: ", err)
	}
	if list, err := o.Report.Issued(ctx); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	w.Later(40 * 24 * time.Hour)
	file := filepath.Join(t.TempDir(), "month.pdf")
	if r, err := o.IssueReport(ctx, report.Ask{Kind: k}, file); err != nil || r.Issued.Number != 1 {
		t.Error(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}
