package report_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/issued"
	"lianluo.local/data/problem"
	"lianluo.local/data/thing"
)

// issue issues a report at a home.
func issue(t testing.TB, o *apptest.Seat, kind, from, to string) report.Edition {
	t.Helper()
	k, _ := report.KindByCode(kind)
	r, err := o.Report.Issue(ctx, o.Clerk(), report.Ask{Kind: k, From: from, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return r.Issued.Edition
}

// given is an issued report.
func given(t testing.TB, o *apptest.Seat, e report.Edition) report.Report {
	t.Helper()
	i, err := o.Report.Kept(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// printed is all that a report prints.
func printed(r report.Report) string {
	text := r.Title + r.AsOf.Format(time.RFC3339) + r.Received() + fmt.Sprint(r.Notes)
	for _, row := range append(slices.Clone(r.Rows), r.Total) {
		text += fmt.Sprint("\n", row.Labels, row.Balanced())
		for _, i := range r.Indicators {
			text += " " + i.Name + i.Definition + r.Cell(row, i)
		}
	}
	for _, m := range r.Items {
		text += fmt.Sprint("\n", m.Number, m.Title, m.State, m.Limit())
	}
	return text
}

// titled are the numbers of what a report names as late.
func titled(list []issued.Item) (titles string) {
	for _, m := range list {
		titles += m.Title + " "
	}
	return titles
}

// changed is what of changes a test looks for.
func changed(list []report.Change) (text string) {
	for _, c := range list {
		text += fmt.Sprintf("%s %s %s→%s\n", strings.Join(c.Labels, "/"), c.Indicator.Code, c.Was, c.Is)
	}
	return text
}

// What was issued says the same whatever comes later; issued again it is the second edition of the same number, which says cell by
// cell what changed, and names what came late and nothing else.
func TestIssuedKeepsItsNumbers(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "甲", Words: "甲", Category: "0203"})
	station.Receive(desk.Draft{Title: "在前", Words: "在前", Occurred: "2026-11-10T19:30:00+08:00"})
	w.Settle(station, county)
	for _, kind := range []string{"week", "categories", "duty", "activity"} {
		r, err := county.Report.Make(ctx, report.Ask{Kind: kindOf(kind), From: "2026-11-16", To: "2026-11-22"})
		w.Must(err)
		e := issue(t, county, kind, "2026-11-16", "2026-11-22")
		if got := printed(given(t, county, e)); got != printed(r) {
			t.Errorf("%s was\n%s\nand is issued as\n%s", kind, printed(r), got)
		}
		for at, i := range given(t, county, e).Indicators { // which say the same of what is counted now
			if was := r.Indicators[at]; r.Cell(r.Total, i) != r.Cell(r.Total, was) || i.OfSessions() != was.OfSessions() {
				t.Errorf("%s: %s of a report that was kept says %s, not %s", kind, i.Name, r.Cell(r.Total, i), r.Cell(r.Total, was))
			}
		}
	}
	first := issue(t, county, "week", "2026-11-09", "")
	if first.Number != 2 || first.Edition != 1 || first.Heading() != "第2号" {
		t.Errorf("the second week is %+v", first)
	}
	one := given(t, county, first)
	was := printed(one)
	w.Later(48 * time.Hour)
	station.Receive(desk.Draft{Title: "补的", Words: "补的", Occurred: "2026-11-11T19:30:00+08:00"})
	station.Receive(desk.Draft{Title: "后来的", Words: "后来的"})
	station.Do(m, `{"do":"withdraw","note":"不用了"}`)
	w.Settle(station, county)
	w.Must(county.Store.Rebuild(ctx))
	if got := printed(given(t, county, first)); got != was {
		t.Errorf("it was\n%s\nand is\n%s", was, got)
	}
	changes, late, more, err := county.Report.Changed(ctx, one)
	w.Must(err)
	if titled(late) != "补的 " || more != 0 || !strings.Contains(changed(changes), "合计 collected 1→2\n") || strings.Contains(changed(changes), "carried") {
		t.Errorf("late %q, changed\n%s", titled(late), changed(changes))
	}
	second := issue(t, county, "week", "2026-11-09", "")
	two := given(t, county, second)
	if second.Heading() != "第2号（第2版）" || titled(two.Issued.Late) != "补的 " || changed(two.Issued.Since) != changed(changes) || second.Hash == first.Hash {
		t.Errorf("%s: late %q, since\n%s", second.Heading(), titled(two.Issued.Late), changed(two.Issued.Since))
	}
	third := given(t, county, issue(t, county, "week", "2026-11-09", ""))
	if third.Issued.Edition.Edition != 3 || len(third.Issued.Since)+len(third.Issued.Late) != 0 {
		t.Errorf("nothing came, and it changed\n%s%s", changed(third.Issued.Since), titled(third.Issued.Late))
	}
	if got := printed(given(t, county, first)); got != was {
		t.Errorf("issued twice more, it was\n%s\nand is\n%s", was, got)
	}
	county.Healthy()
}

func kindOf(code string) report.Kind {
	k, _ := report.KindByCode(code)
	return k
}

// An edition that tells of more than the one before changed nothing of which that one did not tell.
func TestMoreColumnsAreNoChange(t *testing.T) {
	o := apptest.Alone(t, "station", apptest.Yuanjia)
	o.Receive(desk.Draft{Title: "甲", Words: "甲"})
	given := func(codes ...string) report.Report {
		r, err := o.Report.Issue(ctx, o.Clerk(), report.Ask{Kind: kindOf("week"), Codes: codes})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	given("open")
	if more := given("collected", "open"); more.Issued.Edition.Edition != 2 || len(more.Issued.Since) != 0 {
		t.Errorf("edition %d changed %s", more.Issued.Edition.Edition, changed(more.Issued.Since))
	}
}

// A list names its matters as they were.
func TestIssuedListKeepsItsMatters(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "早就该办的", Words: "早就该办的"})
	w.Later(40 * 24 * time.Hour)
	w.Settle(station, county)
	e := issue(t, county, "overdue", "2026-12-01", "2026-12-31")
	was := printed(given(t, county, e))
	if !strings.Contains(was, m.Number+"早就该办的") {
		t.Fatalf("it names\n%s", was)
	}
	station.Do(m, `{"do":"withdraw","note":"不用了"}`)
	w.Settle(station, county)
	if got := printed(given(t, county, e)); got != was {
		t.Errorf("it was\n%s\nand is\n%s", was, got)
	}
}

// Two computers of one table that issue the same at once, and something else of the same number: all is kept, one is the later edition,
// the same on every computer; their county has it, their city that of the county, and the county that of the city.
func TestIssuedAtOnce(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, county)
	all := []*apptest.Seat{point, town, other, county, city}
	town.Receive(desk.Draft{Title: "甲", Words: "甲"})
	w.Settle(all...)
	a, b := issue(t, town, "week", "2026-11-16", ""), issue(t, other, "week", "2026-11-16", "")
	c, d := issue(t, town, "month", "2026-11-01", ""), issue(t, other, "month", "2026-10-01", "")
	of := issue(t, point, "month", "", "")
	above, top := issue(t, county, "month", "2026-11-01", ""), issue(t, city, "month", "2026-11-01", "")
	w.Settle(all...)
	for o, want := range map[*apptest.Seat][]report.Edition{town: {a, b, c, d, of}, other: {a, b, c, d, of}, county: {a, b, c, d, of, above, top}, city: {above, top}, point: {of}} {
		list, err := o.Report.Issued(ctx)
		w.Must(err)
		var ids, wanted []string
		for _, e := range list {
			ids = append(ids, e.ID)
		}
		for _, e := range want {
			wanted = append(wanted, e.ID)
		}
		slices.Sort(ids)
		slices.Sort(wanted)
		if !slices.Equal(ids, wanted) {
			t.Errorf("%s lists %d reports, not %d", o.Settings.Unit, len(ids), len(wanted))
		}
		if o == point || o == city {
			continue
		}
		first, second := min(a.ID, b.ID), max(a.ID, b.ID)
		for _, e := range list {
			switch edition, odd := map[string]int{first: 1, second: 2}[e.ID], e.Odd(); {
			case edition != 0 && (e.Edition != edition || (odd != "") != (edition == 2)):
				t.Errorf("%s: edition %d, not %d, %q", o.Settings.Unit, e.Edition, edition, odd)
			case e.Kind == "month" && e.Unit == apptest.Fengshan && e.Number != 1:
				t.Errorf("%s: %+v", o.Settings.Unit, e)
			}
		}
		if !slices.ContainsFunc(list, func(e report.Edition) bool { return e.Twin && e.Odd() != "" }) {
			t.Errorf("%s does not say that two have one number", o.Settings.Unit)
		}
	}
	w.Later(time.Minute)
	next := issue(t, town, "week", "2026-11-16", "")
	if next.Edition != 3 || next.Number != 1 || next.Odd() != "" {
		t.Errorf("the next is %+v", next)
	}
	w.Settle(all...)
	apptest.SameThings(w, all, issued.Name, func(r *issued.Report) []string { return r.Envelope("").Audience })
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// A station that serves a point, and an office, with programs of before keep what they do not know and pass it on; renewed, they list it.
func TestOlderProgramPassesReportsOn(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	before := slices.DeleteFunc(slices.Clone(apptest.Kinds), func(k thing.Kind) bool { return k.Name == issued.Name })
	renew := func(o *apptest.Seat, kinds []thing.Kind) {
		w.Must(o.Close())
		o.Kinds = kinds
		o.Open(o.Home)
	}
	renew(town, before)
	e := issue(t, point, "month", "2026-11-01", "")
	w.Settle(all...)
	if got := printed(given(t, county, e)); got != printed(given(t, point, e)) {
		t.Errorf("the county has\n%s", got)
	}
	renew(county, before)
	above := issue(t, city, "month", "2026-11-01", "")
	second := issue(t, point, "month", "2026-11-01", "")
	w.Settle(all...)
	for _, o := range []*apptest.Seat{town, county} {
		renew(o, apptest.Kinds)
		list, err := o.Report.Issued(ctx)
		w.Must(err)
		if has := func(id string) bool {
			return slices.ContainsFunc(list, func(e report.Edition) bool { return e.ID == id })
		}; !has(e.ID) || !has(second.ID) ||
			has(above.ID) != (o == county) {
			t.Errorf("renewed, %s lists %+v", o.Settings.Unit, list)
		}
	}
	w.Settle(all...)
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// A table that was issued says what it has no room for, before anything is written; what is asked for that is not there is said.
func TestWhatCannotBeIssued(t *testing.T) {
	o := apptest.Alone(t, "county", apptest.County)
	var wrong problem.Problems
	if _, err := o.Report.Issue(ctx, o.Clerk(), report.Ask{Kind: kindOf("week"), From: "2026-11-20", To: "2026-11-01"}); !errors.As(err, &wrong) {
		t.Errorf("days backwards: %v", err)
	}
	days, _ := figure.AxisByCode("week")
	if _, err := o.Report.Issue(ctx, o.Clerk(), report.Ask{Kind: kindOf("term"), From: "1970-01-01", To: "1990-11-01", By: []figure.Axis{days}}); !errors.As(err, &wrong) {
		t.Errorf("days before there are any: %v", err)
	}
	for _, typed := range []string{"", "9", "周报第9号", "00000000", "第号"} {
		if _, err := o.Report.Edition(ctx, typed); !errors.As(err, &wrong) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	e := issue(t, o, "week", "", "")
	for _, typed := range []string{e.ID, "1", "周报第1号", "week-1", "第1号", e.Mark(), strings.ToUpper(e.Hash[:8])} {
		if got, err := o.Report.Edition(ctx, typed); err != nil && !errors.As(err, &wrong) || err == nil && got.ID != e.ID && typed != "1" && typed != "第1号" {
			t.Errorf("%q: %+v, %v", typed, got, err)
		}
	}
	if b, err := json.Marshal(given(t, o, e).Total.Keys); err != nil || string(b) != "null" {
		t.Errorf("%s, %v", b, err)
	}
}
