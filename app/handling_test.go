package app_test

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
	officework "lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Two computers of a station put the day and the urgency right without knowing of each other: to say either once more
// settles what the citizen is promised.
func TestPromiseOfTwoCorrections(t *testing.T) {
	w, county, a := apptest.Pair(t)
	b := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(b, county)
	m := a.Receive(desk.Draft{Title: "井盖", Occurred: "2026-11-18", Urgency: "特急"})
	w.Settle(a, b, county)
	changes := func(field, value string) map[string]json.RawMessage {
		return map[string]json.RawMessage{field: json.RawMessage(value)}
	}
	w.Must(apptest.Err(a.Desk.Correct(ctx, a.Clerk(), m.ID, changes("occurred", `"2026-11-20"`))))
	w.Must(apptest.Err(b.Desk.Correct(ctx, b.Clerk(), m.ID, changes("urgency", `"normal"`))))
	w.Settle(a, b, county)
	if got := b.Show(m); len(got.Conflicts) == 0 || got.Due == "2026-12-11" {
		t.Errorf("due %s, %v", got.Due, got.Conflicts)
	}
	w.Must(apptest.Err(a.Desk.Correct(ctx, a.Clerk(), m.ID, changes("urgency", `"normal"`))))
	w.Settle(a, b, county)
	for _, o := range []*apptest.Seat{a, b, county} {
		if got := o.Show(m); got.Due != "2026-12-11" || len(got.Conflicts) > 0 {
			t.Errorf("%s: due %s, %v", o.Settings.Unit, got.Due, got.Conflicts)
		}
	}
	if _, err := b.Desk.Correct(ctx, b.Clerk(), m.ID, changes("urgency", `"normal"`)); err == nil {
		t.Error("said once more for nothing")
	}
}

// wrong fails unless an order is refused at one field.
func wrong(o *apptest.Seat, m matter.Matter, order, field string) {
	o.World.T.Helper()
	var ps problem.Problems
	if _, err := o.Try(m, order); !errors.As(err, &ps) || ps[field] == "" {
		o.World.T.Errorf("%s: %v", order, err)
	}
}

func refuses(o *apptest.Seat, m matter.Matter, order string) {
	o.World.T.Helper()
	var no officework.Refused
	if _, err := o.Try(m, order); !errors.As(err, &no) {
		o.World.T.Errorf("%s: %v", order, err)
	}
}

func basket(o *apptest.Seat, code string) int {
	o.World.T.Helper()
	for _, b := range o.Ledger.Baskets() {
		if b.Code == code {
			n, err := view.Count(ctx, o.Store, b.Filter)
			o.World.Must(err)
			return n
		}
	}
	o.World.T.Fatalf("no basket %s", code)
	return 0
}

// What is said about a confidential matter is never read on another, and nothing joins the two.
func TestConfidentialIsHandledApart(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	open := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678"})
	secret := station.Receive(desk.Draft{Words: "请保密", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	for _, m := range []matter.Matter{open, secret} {
		station.Do(m, `{"do":"collate"}`)
	}
	wrong(station, secret, fmt.Sprintf(`{"do":"merge","into":%q}`, open.Number), "into")
	wrong(station, open, fmt.Sprintf(`{"do":"merge","into":%q}`, secret.Number), "into")
	for _, m := range []matter.Matter{open, secret} {
		station.Do(m, `{"do":"escalate"}`)
	}
	w.Settle(station, county)
	county.Do(open, fmt.Sprintf(`{"do":"suggest","title":"关于排水的建议","deputies":["李慧敏"],"with":[%q,%q]}`, secret.Number, secret.Number))
	county.Do(open, `{"do":"answer","class":1,"answer":"管道已换新。"}`)
	if m := county.Show(secret); m.State != matter.Suggested || m.Answer != "" {
		t.Errorf("the confidential one was answered with the other: %v %q", m.State, m.Answer)
	}
	county.Do(secret, `{"do":"answer","class":1,"answer":"已单独谈话。"}`)
	w.Settle(station, county)
	if m := station.Show(open); strings.Contains(fmt.Sprint(m), "谈话") {
		t.Error("the open one tells of the confidential one")
	}
	_, err := station.Desk.Void(ctx, station.Clerk(), secret.ID, "车玉柱说是重复登记")
	w.Must(err)
	w.Settle(station, county)
	if m := county.Show(secret); m.State != matter.Void || strings.Contains(fmt.Sprint(m), "车玉柱") {
		t.Errorf("the county reads why it was voided: %v", m.History)
	}
}

// Confidence that is asked for later hides at every office what was said openly before.
func TestConfidenceAskedForLater(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	m := station.Receive(desk.Draft{Title: "村口路灯不亮", Words: "村主任说没钱", Name: "单志远", Phone: "13812345678"})
	station.Do(m, `{"do":"collate","proposal":"请村主任说明"}`)
	station.Do(m, `{"do":"escalate","note":"村主任不肯办"}`)
	w.Settle(station, county)
	county.Do(m, `{"do":"assign","to":["区委办"],"note":"找村主任"}`)
	county.Do(m, `{"do":"answer","class":1,"answer":"已找村主任谈话。"}`)
	w.Settle(station, county)
	_, err := station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage(`true`)})
	w.Must(err)
	w.Settle(station, county)
	if got := county.Show(m); strings.Contains(fmt.Sprint(got), "村主任") || strings.Contains(fmt.Sprint(got), "单志远") || strings.Contains(got.Title, "路灯") {
		t.Errorf("the county still shows %+v", got)
	}
	if got := station.Show(m); got.Answer != "已找村主任谈话。" {
		t.Errorf("the table lost its answer: %+v", got)
	}
	_, err = county.Ledger.Fill(ctx)
	w.Must(err)
	if rows, _, err := county.Index.Find(ctx, "路灯", 10, 0); err != nil || len(rows) > 0 {
		t.Errorf("the county's search still finds it: %v %v", rows, err)
	}
}

// Two who act at once without knowing of each other: one act holds, and the other is not lost without a word.
func TestTwoActAtOnce(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.Do(m, `{"do":"collate"}`)
	w.Settle(station, county)
	station.Do(m, `{"do":"withdraw","note":"不反映了"}`)
	county.Do(m, `{"do":"assign","to":["区住建局"],"note":"请先踏勘"}`)
	w.Settle(station, county)
	w.Same(m, station, county)
	got := station.Show(m)
	if len(got.Conflicts) == 0 || !slices.ContainsFunc(got.History, func(e thing.Event) bool { return e.Do == "withdraw" }) ||
		!slices.ContainsFunc(got.History, func(e thing.Event) bool { return e.Do == "assign" }) {
		t.Errorf("one of the two is gone: %v with %v and %v", got.State, got.History, got.Conflicts)
	}
}

// Those merged are answered with the one that is handled: by the office above, too, and with a better answer while
// nobody told them. What they were merged into does not go away under them.
func TestMergedAreNeverLeftBehind(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	var ms []matter.Matter
	for i := range 4 {
		m := station.Receive(desk.Draft{Title: fmt.Sprint("七巷积水之", i), Name: "单志远"})
		ms = append(ms, station.Do(m, `{"do":"collate"}`))
	}
	into := func(m matter.Matter) string { return fmt.Sprintf(`{"do":"merge","into":%q}`, m.Number) }
	station.Do(ms[1], into(ms[0]))
	wrong(station, ms[0], `{"do":"withdraw","note":"不反映了"}`, "")
	var ps problem.Problems
	if _, err := station.Desk.Void(ctx, station.Clerk(), ms[0].ID, "登错了"); !errors.As(err, &ps) {
		t.Errorf("voided under the other: %v", err)
	}
	w.Settle(station, county)
	county.Do(ms[0], `{"do":"assign","to":["区住建局"]}`)
	county.Do(ms[0], `{"do":"answer","class":2,"answer":"先抽水。"}`)
	county.Do(ms[0], `{"do":"answer","class":1,"answer":"管道已换新。"}`)
	w.Settle(station, county)
	for _, m := range ms[:2] {
		if got := station.Show(m); got.State != matter.Replied || got.Answer != "管道已换新。" {
			t.Errorf("%s: %v %q", m.Title, got.State, got.Answer)
		}
	}
	wrong(station, ms[2], into(ms[0]), "into")
}

// Each is merged into the other, at the village's table and at the township's, at once: both come to light again.
func TestMergedIntoEachOther(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	x, y := point.Receive(desk.Draft{Title: "七巷积水"}), point.Receive(desk.Draft{Title: "七巷雨水倒灌"})
	w.Settle(all...)
	point.Do(x, fmt.Sprintf(`{"do":"merge","into":%q}`, y.Number))
	town.Do(y, fmt.Sprintf(`{"do":"merge","into":%q}`, x.Number))
	w.Settle(all...)
	if n := basket(point, "adrift") + basket(town, "adrift"); n != 2 {
		t.Errorf("%d of two come to light", n)
	}
	holder := point
	if point.Show(y).Holder == apptest.Fengshan {
		holder = town
	}
	if m := holder.Do(y, `{"do":"merge"}`); m.State == matter.Merged {
		t.Error("still merged")
	}
	w.Settle(all...)
	if n := basket(point, "adrift") + basket(town, "adrift"); n != 0 {
		t.Errorf("%d are still adrift", n)
	}
}

// Terms: a unit extends once though it is assigned anew, a date lies within five years, the promise to the citizen
// moves only with those who handle his matter, and one month after the 31st is the last of a month.
func TestTermsThatPeopleStretch(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	w.Now = time.Date(2027, 1, 31, 9, 0, 0, 0, w.Now.Location())
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.Do(m, `{"do":"collate"}`)
	promised := station.Do(m, `{"do":"escalate"}`).Due
	w.Settle(station, county)
	wrong(county, m, `{"do":"assign","to":["区住建局"],"due":"2072-03-01"}`, "due")
	if got := county.Do(m, `{"do":"assign","to":["区住建局","区水利局"]}`); got.Term != "2027-02-28" {
		t.Errorf("a month after 31 January is %s", got.Term)
	}
	county.Do(m, `{"do":"extend","due":"2027-03-19","note":"等管材"}`)
	county.Do(m, `{"do":"assign","to":["区住建局"],"due":"2027-04-01"}`)
	wrong(county, m, `{"do":"extend","due":"2027-05-20","note":"再等"}`, "due")
	if got := county.Show(m); got.Due != "2027-04-01" || promised >= got.Due {
		t.Errorf("the citizen was promised %s, then %s", promised, got.Due)
	}
	county.Do(m, `{"do":"answer","class":4,"answer":"已列入计划。","promise":"修好","promiseBy":"2027-06-30"}`)
	w.Settle(station, county)
	station.Do(m, `{"do":"inform"}`)
	w.Later(60 * 24 * time.Hour)
	if n, err := station.Office.Lapse(ctx, station.Clerk()); n != 1 || err != nil {
		t.Errorf("%d lapsed: %v", n, err)
	}
	// What was promised comes up on the day itself, and a late card still counts.
	w.Settle(station, county)
	w.Now = time.Date(2027, 6, 30, 9, 0, 0, 0, w.Now.Location())
	if n := basket(county, "promises"); n != 1 {
		t.Errorf("%d promises on their day", n)
	}
	if got := station.Do(m, `{"do":"rate","result":"不满意","reason":"没动静"}`); got.State != matter.Redoing || got.Result != "unsatisfied" {
		t.Errorf("a late card: %v %s", got.State, got.Result)
	}
	refuses(station, m, `{"do":"rate","result":"满意"}`)
}

// An office above neither sends a citizen away nor gives back what came up because those below could not content him.
func TestWhatAnOfficeMayNot(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.Do(m, `{"do":"collate","mode":"代表引导"}`)
	wrong(station, m, `{"do":"answer","class":1,"answer":"责令东家拆墙。"}`, "answer")
	for range 3 {
		if got := station.Do(m, `{"do":"answer","class":1,"answer":"疏通了。"}`); got.Mode != "" {
			t.Errorf("answered at once, and printed as %s", got.Mode)
		}
		station.Do(m, `{"do":"inform"}`)
		wrong(station, m, `{"do":"rate","result":"满意","attitude":"无法联系"}`, "attitude")
		station.Do(m, `{"do":"rate","result":"不满意","reason":"又堵了"}`)
	}
	w.Settle(station, county)
	if got := county.Show(m); got.State != matter.Escalated || got.Holder != apptest.County {
		t.Fatalf("after three times it is %v with %s", got.State, got.Holder)
	}
	refuses(county, m, `{"do":"return","note":"请你们自己办"}`)
	wrong(county, m, `{"do":"collate","reason":"court"}`, "reason")
	if n := basket(county, "below"); n != 0 {
		t.Errorf("%d of our own lie below us", n)
	}
}
