package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	officework "lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// A matter that neither the village nor the township can settle goes up to the city and its answer comes down; each
// level does its own part only, and all see the same.
func TestUpToTheCityAndDownAgain(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	m := point.Receive(desk.Draft{Title: "七巷雨水倒灌", Words: "一下雨就倒灌", Name: "单志远", Phone: "13812345678", Category: "0203", Deputies: []string{"李慧敏"}})
	w.Settle(all...)
	town.Do(m, `{"do":"collate","mode":"部门联动","proposal":"请疏通","category":"0203"}`)
	town.Do(m, `{"do":"escalate","note":"镇里办不了"}`)
	w.Settle(all...)
	county.Do(m, `{"do":"escalate","note":"涉及两个县"}`)
	w.Settle(all...)
	var no officework.Refused
	if _, err := county.Try(m, `{"do":"assign","to":["区住建局"]}`); !errors.Is(err, thing.ErrNotYours) || !errors.As(err, &no) || !strings.Contains(no.Sentence(), "不能“交办”") {
		t.Errorf("the county assigned what the city has: %v", err)
	}
	city.Do(m, `{"do":"lead","leader":"市领导甲"}`)
	city.Do(m, `{"do":"assign","to":["市住建局","市水利局"],"due":"2026-12-31"}`)
	city.Do(m, `{"do":"sign"}`)
	city.Do(m, `{"do":"extend","due":"2027-01-29","note":"要等管材"}`)
	w.Settle(all...)
	if m = point.Show(m); m.Due != "2027-01-29" || m.Holder != apptest.City || m.State != matter.InHand {
		t.Errorf("the table sees due %s, %v with %s", m.Due, m.State, m.Holder)
	}
	w.Later(75 * 24 * time.Hour)
	city.Do(m, `{"do":"supervise","note":"请加快"}`)
	city.Do(m, `{"do":"answer","class":"已解决","answer":"管道已换新，七巷不再积水。"}`)
	w.Settle(all...)
	for _, o := range []*apptest.Seat{town, county, city} {
		if _, err := o.Try(m, `{"do":"inform"}`); !errors.Is(err, thing.ErrNotYours) {
			t.Errorf("%s told the citizen: %v", o.Settings.Unit, err)
		}
	}
	point.Do(m, `{"do":"inform-deputy","way":"电话"}`)
	point.Do(m, `{"do":"inform","way":"当面"}`)
	m = point.Do(m, `{"do":"rate","attitude":"满意","result":"基本满意","score":4}`)
	if m.State != matter.Closed || !m.State.Done() {
		t.Errorf("it is %v", m.State)
	}
	w.Settle(all...)
	w.Same(m, all...)
	for _, o := range all {
		o.Healthy()
	}
}

// The four modes of the county's table, each with its guard.
func TestFourModes(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	var ms []matter.Matter
	for _, title := range []string{"邻里争一堵墙", "广场舞太吵", "路灯不亮", "修一所公厕", "再修一所公厕"} {
		m := station.Receive(desk.Draft{Title: title, Name: "单志远", Phone: "13812345678"})
		ms = append(ms, station.Do(m, `{"do":"collate"}`))
	}
	wrong := func(o *apptest.Seat, m matter.Matter, order, field string) {
		t.Helper()
		var ps problem.Problems
		if _, err := o.Try(m, order); !errors.As(err, &ps) || ps[field] == "" {
			t.Errorf("%s: %v", order, err)
		}
	}
	// 代表引导: a deputy guides, and does not rule.
	wrong(station, ms[0], `{"do":"assign","mode":"代表引导"}`, "deputies")
	station.Do(ms[0], `{"do":"assign","mode":"代表引导","deputies":["李慧敏"]}`)
	wrong(station, ms[0], `{"do":"answer","class":1,"answer":"作出处理决定：墙归东家。"}`, "answer")
	if m := station.Do(ms[0], `{"do":"answer","class":1,"answer":"两家都愿意各让一步。"}`); m.AnsweredBy != "李慧敏" {
		t.Errorf("answered by %s", m.AnsweredBy)
	}
	// 代表协商: two at least, and minutes.
	wrong(station, ms[1], `{"do":"assign","mode":"代表协商","deputies":["李慧敏"]}`, "deputies")
	station.Do(ms[1], `{"do":"assign","mode":"代表协商","deputies":["李慧敏","王建国"]}`)
	wrong(station, ms[1], `{"do":"answer","class":2,"answer":"晚上九点后不跳。"}`, "minutes")
	station.Do(ms[1], `{"do":"answer","class":2,"answer":"晚上九点后不跳。","minutes":"两位代表与舞队议定。"}`)
	// 部门联动: a unit and a clock.
	wrong(station, ms[2], `{"do":"assign"}`, "to")
	wrong(station, ms[2], `{"do":"assign","to":["街道办"],"due":"2026-01-01"}`, "due")
	if m := station.Do(ms[2], `{"do":"assign","to":["街道办"]}`); m.Term != "2026-12-04" {
		t.Errorf("term %s", m.Term)
	}
	// 代表建议: many become one, each citizen is answered.
	for _, m := range ms[3:] {
		station.Do(m, `{"do":"escalate"}`)
	}
	w.Settle(station, county)
	wrong(county, ms[3], `{"do":"suggest"}`, "deputies")
	county.Do(ms[3], fmt.Sprintf(`{"do":"suggest","title":"关于增建公厕的建议","deputies":["李慧敏"],"with":[%q]}`, ms[4].Number))
	if a, b := county.Show(ms[3]), county.Show(ms[4]); a.Suggestion == "" || a.Suggestion != b.Suggestion || a.State != matter.Suggested || b.Term != "2027-02-21" {
		t.Errorf("suggestions %q %q, %v, term %s", a.Suggestion, b.Suggestion, a.State, b.Term)
	}
	county.Do(ms[4], `{"do":"answer","class":"B","answer":"已列入明年计划。","promise":"明年六月建成","promiseBy":"2027-06-30","answeredBy":"区城管局"}`)
	w.Settle(station, county)
	for _, m := range ms[3:] {
		if m = station.Show(m); m.State != matter.Replied || m.Answer != "已列入明年计划。" || m.AnsweredBy != "区城管局" {
			t.Errorf("%s: %v %q", m.Title, m.State, m.Answer)
		}
		station.Do(m, `{"do":"inform"}`)
		if m = station.Do(m, `{"do":"rate","result":"满意"}`); m.State != matter.Promised || m.Term != "2027-06-30" {
			t.Errorf("a promise is %v until %s", m.State, m.Term)
		}
	}
	// What was promised comes back when it is due.
	w.Now = time.Date(2027, 7, 1, 9, 0, 0, 0, w.Now.Location())
	w.Settle(station, county)
	for _, b := range county.Ledger.Baskets() {
		if n, err := view.Count(ctx, county.Store, b.Filter); b.Code == "promises" && (n != 2 || err != nil) {
			t.Errorf("%d promises are due: %v", n, err)
		}
	}
	county.Do(ms[3], `{"do":"answer","class":1,"answer":"两所公厕都建成了。"}`)
}

// Merged matters are handled together and answered one by one; merging can be undone.
func TestMergedAndParted(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	var ms []matter.Matter
	for _, d := range []desk.Draft{
		{Title: "七巷雨水倒灌", Name: "单志远", Category: "0203", Place: "袁家庄社区七巷"},
		{Title: "七巷下雨积水", Name: "车玉柱", Category: "0203", Place: "袁家庄社区七巷"},
		{Title: "七巷污水返流", Name: "匡桂花", Category: "0203", Place: "袁家庄七巷"},
		{Title: "修一所公厕", Name: "郝建平", Category: "0205"},
	} {
		ms = append(ms, station.Receive(d))
	}
	v, err := station.Ledger.Show(ctx, ms[0].Number)
	w.Must(err)
	alike, err := station.Ledger.Alike(ctx, v, 5)
	w.Must(err)
	if len(alike) != 2 || len(alike[0].Why) < 2 {
		t.Errorf("alike: %+v", alike)
	}
	for _, m := range ms[1:] {
		station.Do(m, fmt.Sprintf(`{"do":"merge","into":%q}`, ms[0].Number))
	}
	for _, bad := range []string{`{"do":"merge","into":"没有"}`, fmt.Sprintf(`{"do":"merge","into":%q}`, ms[0].Number)} {
		if _, err := station.Try(ms[0], bad); err == nil {
			t.Errorf("%s was done", bad)
		}
	}
	if m := station.Do(ms[3], `{"do":"merge","note":"不是一件事"}`); m.State != matter.Collated || m.Into != "" {
		t.Errorf("parted: %v", m.State)
	}
	station.Do(ms[0], `{"do":"collate"}`)
	station.Do(ms[0], `{"do":"assign","to":["街道办"]}`)
	station.Do(ms[0], `{"do":"answer","class":1,"answer":"管道已疏通。"}`)
	for _, m := range ms[:3] {
		if m = station.Show(m); m.State != matter.Replied || m.Answer != "管道已疏通。" {
			t.Errorf("%s: %v %q", m.Title, m.State, m.Answer)
		}
		station.Do(m, `{"do":"inform"}`)
	}
	if m := station.Show(ms[3]); m.Answer != "" {
		t.Errorf("the parted one was answered, too: %q", m.Answer)
	}
	w.Settle(station, county)
	for _, m := range ms {
		w.Same(m, station, county)
	}
}

// A confidential matter stays at its table: county and city handle it by its number, what they say travels sealed.
func TestConfidentialThroughAllLevels(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	m := point.Receive(desk.Draft{Words: "反映干部作风，请保密。", Name: "单志远", Phone: "13812345678", Address: "七巷3号", Confidential: true})
	point.Do(m, `{"do":"collate","proposal":"请纪检提前了解"}`)
	point.Do(m, `{"do":"escalate","note":"涉及村主任"}`)
	w.Settle(all...)
	town.Do(m, `{"do":"escalate"}`)
	w.Settle(all...)
	county.Do(m, `{"do":"assign","to":["区委办"],"note":"请单独谈"}`)
	county.Do(m, `{"do":"answer","class":6,"answer":"已谈话提醒，请放心。"}`)
	w.Settle(all...)
	for _, o := range []*apptest.Seat{town, county, city} {
		v, err := o.Ledger.Show(ctx, m.Number)
		w.Must(err)
		b, err := v.JSON(true)
		w.Must(err)
		for _, secret := range []string{"单志远", "13812345678", "七巷", "作风", "村主任", "纪检"} {
			if strings.Contains(string(b), secret) {
				t.Errorf("%s knows %s: %s", o.Settings.Unit, secret, b)
			}
		}
	}
	got := point.Show(m)
	if n := len(got.Sealed); n == 0 || got.Sealed[n-1].Answer != "已谈话提醒，请放心。" || got.Name != "单志远" || got.Answer != "" {
		t.Errorf("the table knows %+v", got.Private)
	}
	point.Do(m, `{"do":"inform"}`)
	point.Do(m, `{"do":"rate","result":"不满意","reason":"没有处分"}`)
	w.Settle(all...)
	if got := county.Show(m); got.State != matter.Redoing || got.Complaint != "" || got.Redone != 1 {
		t.Errorf("the county sees %v %q", got.State, got.Complaint)
	}
	for _, o := range all {
		o.Healthy()
	}
}

// Where confidence is lifted, what was said under it stands at every level where it stands of any other matter.
func TestLiftedConfidenceTellsWhatWasSaid(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	said := map[bool]string{}
	for _, confidential := range []bool{false, true} {
		m := point.Receive(desk.Draft{Words: "邻居占道。", Name: "单志远", Confidential: confidential})
		point.Do(m, `{"do":"collate","proposal":"请先调解"}`)
		point.Do(m, `{"do":"escalate","note":"调解不成"}`)
		w.Settle(all...)
		town.Do(m, `{"do":"escalate"}`)
		w.Settle(all...)
		county.Do(m, `{"do":"answer","class":1,"answer":"第一次答复。"}`)
		w.Settle(all...)
		point.Do(m, `{"do":"inform"}`)
		point.Do(m, `{"do":"rate","result":"不满意","reason":"没有说清"}`)
		w.Settle(all...)
		county.Do(m, `{"do":"answer","class":2,"answer":"已劝和。","promise":"再去看一次","promiseBy":"2026-12-20"}`)
		w.Settle(all...)
		point.Do(m, `{"do":"inform"}`)
		point.Do(m, `{"do":"rate","result":"不满意","reason":"还是占着"}`)
		w.Settle(all...)
		if confidential {
			w.Must(apptest.Err(point.Desk.Correct(ctx, point.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("false")})))
			w.Settle(all...)
		}
		w.Same(m, point, town, county)
		w.Must(apptest.Err(city.Ledger.Fill(ctx)))
		v := city.Show(m)
		lines := []string{v.Proposal, v.Answer, v.Promise, v.Complaint, fmt.Sprint(len(v.Sealed))}
		for _, e := range v.History {
			if e.Do != "correct" && e.Do != "disclose" && e.Do != "answer" {
				lines = append(lines, e.Do+" "+e.Note)
			}
		}
		said[confidential] = strings.Join(lines, "\n")
		if p, err := city.Ledger.Page(ctx, ledger.Query{Text: "已劝和", Limit: 10}); err != nil || !slices.ContainsFunc(p.Matters, func(v ledger.View) bool { return v.ID == m.ID }) {
			t.Errorf("confidential %v: the city does not find the answer: %v", confidential, err)
		}
	}
	if said[true] != said[false] {
		t.Errorf("was confidential:\n%s\nnever was:\n%s", said[true], said[false])
	}
	for _, o := range all {
		o.Healthy()
	}
}

// Not reachable and not rated are states: the one is tried again and filed, the other ends with the time for rating.
func TestNobodyThereNobodyRates(t *testing.T) {
	_, county, station := apptest.Pair(t)
	w := county.World
	var ms []matter.Matter
	for _, title := range []string{"找不到人", "没有评", "迟到的卡"} {
		m := station.Receive(desk.Draft{Title: title, Name: "单志远"})
		station.Do(m, `{"do":"collate"}`)
		ms = append(ms, station.Do(m, `{"do":"answer","class":1,"answer":"办好了。"}`))
	}
	station.Do(ms[0], `{"do":"inform","way":"无法联系"}`)
	if m := station.Do(ms[0], `{"do":"rate","result":"无法联系"}`); m.State != matter.Lost || m.State.Done() {
		t.Errorf("lost: %v", m.State)
	}
	for _, m := range ms[1:] {
		station.Do(m, `{"do":"inform"}`)
	}
	if _, err := station.Try(ms[1], `{"do":"rate","result":"未评价"}`); err == nil {
		t.Error("closed as not rated before the time was over")
	}
	w.Later(25 * 24 * time.Hour)
	if n, err := station.Office.Lapse(ctx, station.Clerk()); n != 2 || err != nil {
		t.Errorf("%d lapsed: %v", n, err)
	}
	if m := station.Show(ms[1]); m.State != matter.Unrated || !m.State.Done() {
		t.Errorf("not rated: %v", m.State)
	}
	if m := station.Do(ms[2], `{"do":"rate","result":"不满意","reason":"又坏了"}`); m.State != matter.Redoing || m.Term <= w.Now.Format(time.DateOnly) {
		t.Errorf("a late card: %v until %s", m.State, m.Term)
	}
	w.Settle(station, county)
	for _, m := range ms {
		w.Same(m, station, county)
	}
}

// The same acts of four desks, carried in any order and more than once, give the same matter everywhere.
func TestActsInAnyOrder(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	m := point.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678"})
	point.Do(m, `{"do":"collate"}`)
	w.Settle(all...)
	// All at once, without knowing of each other.
	county.Do(m, `{"do":"assign","to":["区住建局"]}`)
	town.Do(m, `{"do":"assign","to":["街道办"]}`)
	city.Do(m, `{"do":"supervise"}`)
	point.Do(m, `{"do":"escalate"}`)
	_, err := point.Desk.Correct(ctx, point.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(`"七巷积水"`)})
	w.Must(err)
	for _, i := range []int{3, 0, 2, 1, 1, 3, 2, 0} {
		all[i].Sync()
	}
	w.Settle(all...)
	w.Same(m, all...)
	if got := city.Show(m); got.Title != "七巷积水" || got.Holder == apptest.Yuanjia {
		t.Errorf("%q with %s", got.Title, got.Holder)
	}
	var refused int
	for _, o := range all {
		o.Healthy()
		if n := len(o.Show(m).History); refused == 0 {
			refused = n
		} else if n != refused {
			t.Errorf("%s has %d acts, others %d", o.Settings.Unit, n, refused)
		}
	}
	if !slices.ContainsFunc(city.Show(m).History, func(e thing.Event) bool { return e.Do == "supervise" }) {
		t.Error("the city's act is lost")
	}
}

// A county's own terms and days off reach its stations, and the points below them, with the next bundle; the county
// says something else later, and that holds.
func TestRulesReachEverybodyBelow(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	write := func(o *apptest.Seat, name, text string) {
		w.Must(os.WriteFile(filepath.Join(string(o.Home), name), []byte(text), 0o600))
	}
	write(city, "holidays.csv", "2027-01-01,休,元旦\n")
	write(county, "profile.json", `{"collate":7,"steps":["一","二","三","四","五","六","七"]}`)
	w.Settle(all...)
	again := func(o *apptest.Seat) {
		w.Must(o.Close())
		o.Open(o.Home)
	}
	for _, o := range all[:3] {
		again(o)
		if o.Profile.Collate != 7 || o.Profile.Steps[6] != "七" || o.Calendar.IsWorkday(time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)) {
			t.Errorf("%s sorts within %d days", o.Settings.Unit, o.Profile.Collate)
		}
		o.Healthy()
	}
	if again(city); city.Profile.Collate != 5 {
		t.Error("a county's rules went up")
	}
	write(county, "profile.json", `{"collate":3}`)
	w.Settle(all...)
	again(point)
	if point.Profile.Collate != 3 || point.Profile.Steps[6] == "七" {
		t.Errorf("the old rules hold: %d", point.Profile.Collate)
	}
	point.Titles("一")
	w.Settle(all...)
	county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.Settle(all...)
	for _, o := range all {
		o.Healthy()
	}
}
