package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/desk"
	officework "lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
)

// wrong fails unless an order is refused at one field.
func (o *office) wrong(m matter.Matter, order, field string) {
	o.w.t.Helper()
	var ps problem.Problems
	if _, err := o.try(m, order); !errors.As(err, &ps) || ps[field] == "" {
		o.w.t.Errorf("%s: %v", order, err)
	}
}

func (o *office) refuses(m matter.Matter, order string) {
	o.w.t.Helper()
	var no officework.Refused
	if _, err := o.try(m, order); !errors.As(err, &no) {
		o.w.t.Errorf("%s: %v", order, err)
	}
}

func (o *office) basket(code string) int {
	o.w.t.Helper()
	for _, b := range o.Ledger.Baskets() {
		if b.Code == code {
			n, err := o.Store.Count(ctx, b.Filter)
			o.w.must(err)
			return n
		}
	}
	o.w.t.Fatalf("no basket %s", code)
	return 0
}

// What is said about a confidential matter is never read on another, and nothing joins the two.
func TestConfidentialIsHandledApart(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	open := station.receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678"})
	secret := station.receive(desk.Draft{Words: "请保密", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	for _, m := range []matter.Matter{open, secret} {
		station.do(m, `{"do":"collate"}`)
	}
	station.wrong(secret, fmt.Sprintf(`{"do":"merge","into":%q}`, open.Number), "into")
	station.wrong(open, fmt.Sprintf(`{"do":"merge","into":%q}`, secret.Number), "into")
	for _, m := range []matter.Matter{open, secret} {
		station.do(m, `{"do":"escalate"}`)
	}
	w.settle(station, county)
	county.do(open, fmt.Sprintf(`{"do":"suggest","title":"关于排水的建议","deputies":["李慧敏"],"with":[%q,%q]}`, secret.Number, secret.Number))
	county.do(open, `{"do":"answer","class":1,"answer":"管道已换新。"}`)
	if m := county.show(secret); m.State != matter.Suggested || m.Answer != "" {
		t.Errorf("the confidential one was answered with the other: %v %q", m.State, m.Answer)
	}
	county.do(secret, `{"do":"answer","class":1,"answer":"已单独谈话。"}`)
	w.settle(station, county)
	if m := station.show(open); strings.Contains(fmt.Sprint(m), "谈话") {
		t.Error("the open one tells of the confidential one")
	}
	_, err := station.Desk.Void(ctx, station.Clerk(), secret.ID, "车玉柱说是重复登记")
	w.must(err)
	w.settle(station, county)
	if m := county.show(secret); m.State != matter.Void || strings.Contains(fmt.Sprint(m), "车玉柱") {
		t.Errorf("the county reads why it was voided: %v", m.History)
	}
}

// Confidence that is asked for later hides at every office what was said openly before.
func TestConfidenceAskedForLater(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	m := station.receive(desk.Draft{Title: "村口路灯不亮", Words: "村主任说没钱", Name: "单志远", Phone: "13812345678"})
	station.do(m, `{"do":"collate","proposal":"请村主任说明"}`)
	station.do(m, `{"do":"escalate","note":"村主任不肯办"}`)
	w.settle(station, county)
	county.do(m, `{"do":"assign","to":["区委办"],"note":"找村主任"}`)
	county.do(m, `{"do":"answer","class":1,"answer":"已找村主任谈话。"}`)
	w.settle(station, county)
	_, err := station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage(`true`)})
	w.must(err)
	w.settle(station, county)
	if got := county.show(m); strings.Contains(fmt.Sprint(got), "村主任") || strings.Contains(fmt.Sprint(got), "单志远") || strings.Contains(got.Title, "路灯") {
		t.Errorf("the county still shows %+v", got)
	}
	if got := station.show(m); got.Answer != "已找村主任谈话。" {
		t.Errorf("the table lost its answer: %+v", got)
	}
	_, err = county.Ledger.Fill(ctx)
	w.must(err)
	if rows, _, err := county.Index.Find(ctx, "路灯", 10, 0); err != nil || len(rows) > 0 {
		t.Errorf("the county's search still finds it: %v %v", rows, err)
	}
}

// Two who act at once without knowing of each other: one act holds, and the other is not lost without a word.
func TestTwoActAtOnce(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	m := station.receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.do(m, `{"do":"collate"}`)
	w.settle(station, county)
	station.do(m, `{"do":"withdraw","note":"不反映了"}`)
	county.do(m, `{"do":"assign","to":["区住建局"],"note":"请先踏勘"}`)
	w.settle(station, county)
	w.same(m, station, county)
	got := station.show(m)
	if len(got.Conflicts) == 0 || !slices.ContainsFunc(got.History, func(e matter.Event) bool { return e.Do == "withdraw" }) ||
		!slices.ContainsFunc(got.History, func(e matter.Event) bool { return e.Do == "assign" }) {
		t.Errorf("one of the two is gone: %v with %v and %v", got.State, got.History, got.Conflicts)
	}
}

// Those merged are answered with the one that is handled: by the office above, too, and with a better answer while nobody told them.
// What they were merged into does not go away under them.
func TestMergedAreNeverLeftBehind(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	var ms []matter.Matter
	for i := range 4 {
		m := station.receive(desk.Draft{Title: fmt.Sprint("七巷积水之", i), Name: "单志远"})
		ms = append(ms, station.do(m, `{"do":"collate"}`))
	}
	into := func(m matter.Matter) string { return fmt.Sprintf(`{"do":"merge","into":%q}`, m.Number) }
	station.do(ms[1], into(ms[0]))
	station.wrong(ms[0], `{"do":"withdraw","note":"不反映了"}`, "")
	var ps problem.Problems
	if _, err := station.Desk.Void(ctx, station.Clerk(), ms[0].ID, "登错了"); !errors.As(err, &ps) {
		t.Errorf("voided under the other: %v", err)
	}
	w.settle(station, county)
	county.do(ms[0], `{"do":"assign","to":["区住建局"]}`)
	county.do(ms[0], `{"do":"answer","class":2,"answer":"先抽水。"}`)
	county.do(ms[0], `{"do":"answer","class":1,"answer":"管道已换新。"}`)
	w.settle(station, county)
	for _, m := range ms[:2] {
		if got := station.show(m); got.State != matter.Replied || got.Answer != "管道已换新。" {
			t.Errorf("%s: %v %q", m.Title, got.State, got.Answer)
		}
	}
	station.wrong(ms[2], into(ms[0]), "into")
}

// Each is merged into the other, at the village's table and at the township's, at once: both come to light again.
func TestMergedIntoEachOther(t *testing.T) {
	w, point, town, county, city := chain(t)
	all := []*office{point, town, county, city}
	x, y := point.receive(desk.Draft{Title: "七巷积水"}), point.receive(desk.Draft{Title: "七巷雨水倒灌"})
	w.settle(all...)
	point.do(x, fmt.Sprintf(`{"do":"merge","into":%q}`, y.Number))
	town.do(y, fmt.Sprintf(`{"do":"merge","into":%q}`, x.Number))
	w.settle(all...)
	if n := point.basket("adrift") + town.basket("adrift"); n != 2 {
		t.Errorf("%d of two come to light", n)
	}
	holder := point
	if point.show(y).Holder == fengshan {
		holder = town
	}
	if m := holder.do(y, `{"do":"merge"}`); m.State == matter.Merged {
		t.Error("still merged")
	}
	w.settle(all...)
	if n := point.basket("adrift") + town.basket("adrift"); n != 0 {
		t.Errorf("%d are still adrift", n)
	}
}

// Terms: a unit extends once though it is assigned anew, a date lies within five years, the promise to the citizen moves only
// with those who handle his matter, and one month after the 31st is the last of a month.
func TestTermsThatPeopleStretch(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	w.now = time.Date(2027, 1, 31, 9, 0, 0, 0, w.now.Location())
	m := station.receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.do(m, `{"do":"collate"}`)
	promised := station.do(m, `{"do":"escalate"}`).Due
	w.settle(station, county)
	county.wrong(m, `{"do":"assign","to":["区住建局"],"due":"2072-03-01"}`, "due")
	if got := county.do(m, `{"do":"assign","to":["区住建局","区水利局"]}`); got.Term != "2027-02-28" {
		t.Errorf("a month after 31 January is %s", got.Term)
	}
	county.do(m, `{"do":"extend","due":"2027-03-19","note":"等管材"}`)
	county.do(m, `{"do":"assign","to":["区住建局"],"due":"2027-04-01"}`)
	county.wrong(m, `{"do":"extend","due":"2027-05-20","note":"再等"}`, "due")
	if got := county.show(m); got.Due != "2027-04-01" || promised >= got.Due {
		t.Errorf("the citizen was promised %s, then %s", promised, got.Due)
	}
	county.do(m, `{"do":"answer","class":4,"answer":"已列入计划。","promise":"修好","promiseBy":"2027-06-30"}`)
	w.settle(station, county)
	station.do(m, `{"do":"inform"}`)
	w.later(60 * 24 * time.Hour)
	if n, err := station.Office.Lapse(ctx, station.Clerk()); n != 1 || err != nil {
		t.Errorf("%d lapsed: %v", n, err)
	}
	// What was promised comes up on the day itself, and a late card still counts.
	w.settle(station, county)
	w.now = time.Date(2027, 6, 30, 9, 0, 0, 0, w.now.Location())
	if n := county.basket("promises"); n != 1 {
		t.Errorf("%d promises on their day", n)
	}
	if got := station.do(m, `{"do":"rate","result":"不满意","reason":"没动静"}`); got.State != matter.Redoing || got.Result != "unsatisfied" {
		t.Errorf("a late card: %v %s", got.State, got.Result)
	}
	station.refuses(m, `{"do":"rate","result":"满意"}`)
}

// An office above neither sends a citizen away nor gives back what came up because those below could not content him.
func TestWhatAnOfficeMayNot(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	m := station.receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	station.do(m, `{"do":"collate","mode":"代表引导"}`)
	station.wrong(m, `{"do":"answer","class":1,"answer":"责令东家拆墙。"}`, "answer")
	for range 3 {
		if got := station.do(m, `{"do":"answer","class":1,"answer":"疏通了。"}`); got.Mode != "" {
			t.Errorf("answered at once, and printed as %s", got.Mode)
		}
		station.do(m, `{"do":"inform"}`)
		station.wrong(m, `{"do":"rate","result":"满意","attitude":"无法联系"}`, "attitude")
		station.do(m, `{"do":"rate","result":"不满意","reason":"又堵了"}`)
	}
	w.settle(station, county)
	if got := county.show(m); got.State != matter.Escalated || got.Holder != countyUnit {
		t.Fatalf("after three times it is %v with %s", got.State, got.Holder)
	}
	county.refuses(m, `{"do":"return","note":"请你们自己办"}`)
	county.wrong(m, `{"do":"collate","reason":"court"}`, "reason")
	if n := county.basket("below"); n != 0 {
		t.Errorf("%d of our own lie below us", n)
	}
}
