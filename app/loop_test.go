package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	officework "lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
)

// chain is a village's point, its township's station, the county and the city, each enrolled with the one above.
func chain(t *testing.T) (w *world, point, town, county, city *office) {
	t.Helper()
	w = begin(t)
	city, county = w.setUp("city", cityUnit), w.setUp("county", countyUnit)
	town, point = w.setUp("station", fengshan), w.under("station", yuanjia, fengshan)
	w.enrol(county, city)
	w.enrol(town, county)
	w.enrol(point, town)
	w.settle(point, town, county, city)
	return w, point, town, county, city
}

// do does one act, written as the command line takes it.
func (o *office) do(m matter.Matter, order string) matter.Matter {
	o.w.t.Helper()
	o.w.later(time.Minute)
	after, err := o.try(m, order)
	if err != nil {
		o.w.t.Fatalf("%s of %s in %v by %s: %v", order, m.Number, m.State, o.Settings.Unit, err)
	}
	return after
}

func (o *office) try(m matter.Matter, order string) (matter.Matter, error) {
	o.w.t.Helper()
	parsed, err := officework.Parse([]byte(order))
	if err != nil {
		return m, err
	}
	return o.Office.Do(ctx, o.Clerk(), m.ID, parsed)
}

func (o *office) show(m matter.Matter) matter.Matter {
	o.w.t.Helper()
	v, err := o.Ledger.Show(ctx, m.Number)
	if err != nil {
		o.w.t.Fatal(err)
	}
	return v.Matter
}

// same fails unless a matter is the same everywhere: all of it between stations and county, the open part at the city.
func (w *world) same(m matter.Matter, all ...*office) {
	w.t.Helper()
	want := all[0].show(m)
	for _, o := range all[1:] {
		got := o.show(m)
		if o.Settings.Unit == cityUnit || got.Confidential && o.Settings.Unit != got.Unit {
			if got.Name+got.Phone+got.Words+got.Address+got.OnSpotAnswer != "" {
				w.t.Errorf("%s knows the citizen: %+v", o.Settings.Unit, got.Private)
			}
			got.Private = want.Private
		}
		if !reflect.DeepEqual(got, want) {
			w.t.Errorf("%s has\n%+v\n%s has\n%+v", o.Settings.Unit, got, all[0].Settings.Unit, want)
		}
	}
}

// A matter that neither the village nor the township can settle goes up to the city and its answer comes down; each level
// does its own part only, and all see the same.
func TestUpToTheCityAndDownAgain(t *testing.T) {
	w, point, town, county, city := chain(t)
	all := []*office{point, town, county, city}
	m := point.receive(desk.Draft{Title: "七巷雨水倒灌", Words: "一下雨就倒灌", Name: "单志远", Phone: "13812345678", Category: "0203", Deputies: []string{"李慧敏"}})
	w.settle(all...)
	town.do(m, `{"do":"collate","mode":"部门联动","proposal":"请疏通","category":"0203"}`)
	town.do(m, `{"do":"escalate","note":"镇里办不了"}`)
	w.settle(all...)
	county.do(m, `{"do":"escalate","note":"涉及两个县"}`)
	w.settle(all...)
	var no officework.Refused
	if _, err := county.try(m, `{"do":"assign","to":["区住建局"]}`); !errors.Is(err, matter.ErrNotYours) || !errors.As(err, &no) || !strings.Contains(no.Sentence(), "不能“交办”") {
		t.Errorf("the county assigned what the city has: %v", err)
	}
	city.do(m, `{"do":"lead","leader":"市领导甲"}`)
	city.do(m, `{"do":"assign","to":["市住建局","市水利局"],"due":"2026-12-31"}`)
	city.do(m, `{"do":"sign"}`)
	city.do(m, `{"do":"extend","due":"2027-01-29","note":"要等管材"}`)
	w.settle(all...)
	if m = point.show(m); m.Due != "2027-01-29" || m.Holder != cityUnit || m.State != matter.InHand {
		t.Errorf("the table sees due %s, %v with %s", m.Due, m.State, m.Holder)
	}
	w.later(75 * 24 * time.Hour)
	city.do(m, `{"do":"supervise","note":"请加快"}`)
	city.do(m, `{"do":"answer","class":"已解决","answer":"管道已换新，七巷不再积水。"}`)
	w.settle(all...)
	for _, o := range []*office{town, county, city} {
		if _, err := o.try(m, `{"do":"inform"}`); !errors.Is(err, matter.ErrNotYours) {
			t.Errorf("%s told the citizen: %v", o.Settings.Unit, err)
		}
	}
	point.do(m, `{"do":"inform-deputy","way":"电话"}`)
	point.do(m, `{"do":"inform","way":"当面"}`)
	m = point.do(m, `{"do":"rate","attitude":"满意","result":"基本满意","score":4}`)
	if m.State != matter.Closed || !m.State.Done() {
		t.Errorf("it is %v", m.State)
	}
	w.settle(all...)
	w.same(m, all...)
	for _, o := range all {
		o.healthy()
	}
}

// The four modes of the county's table, each with its guard.
func TestFourModes(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	var ms []matter.Matter
	for _, title := range []string{"邻里争一堵墙", "广场舞太吵", "路灯不亮", "修一所公厕", "再修一所公厕"} {
		m := station.receive(desk.Draft{Title: title, Name: "单志远", Phone: "13812345678"})
		ms = append(ms, station.do(m, `{"do":"collate"}`))
	}
	wrong := func(o *office, m matter.Matter, order, field string) {
		t.Helper()
		var ps problem.Problems
		if _, err := o.try(m, order); !errors.As(err, &ps) || ps[field] == "" {
			t.Errorf("%s: %v", order, err)
		}
	}
	// 代表引导: a deputy guides, and does not rule.
	wrong(station, ms[0], `{"do":"assign","mode":"代表引导"}`, "deputies")
	station.do(ms[0], `{"do":"assign","mode":"代表引导","deputies":["李慧敏"]}`)
	wrong(station, ms[0], `{"do":"answer","class":1,"answer":"作出处理决定：墙归东家。"}`, "answer")
	if m := station.do(ms[0], `{"do":"answer","class":1,"answer":"两家都愿意各让一步。"}`); m.AnsweredBy != "李慧敏" {
		t.Errorf("answered by %s", m.AnsweredBy)
	}
	// 代表协商: two at least, and minutes.
	wrong(station, ms[1], `{"do":"assign","mode":"代表协商","deputies":["李慧敏"]}`, "deputies")
	station.do(ms[1], `{"do":"assign","mode":"代表协商","deputies":["李慧敏","王建国"]}`)
	wrong(station, ms[1], `{"do":"answer","class":2,"answer":"晚上九点后不跳。"}`, "minutes")
	station.do(ms[1], `{"do":"answer","class":2,"answer":"晚上九点后不跳。","minutes":"两位代表与舞队议定。"}`)
	// 部门联动: a unit and a clock.
	wrong(station, ms[2], `{"do":"assign"}`, "to")
	wrong(station, ms[2], `{"do":"assign","to":["街道办"],"due":"2026-01-01"}`, "due")
	if m := station.do(ms[2], `{"do":"assign","to":["街道办"]}`); m.Term != "2026-12-04" {
		t.Errorf("term %s", m.Term)
	}
	// 代表建议: many become one, each citizen is answered.
	for _, m := range ms[3:] {
		station.do(m, `{"do":"escalate"}`)
	}
	w.settle(station, county)
	wrong(county, ms[3], `{"do":"suggest"}`, "deputies")
	county.do(ms[3], fmt.Sprintf(`{"do":"suggest","title":"关于增建公厕的建议","deputies":["李慧敏"],"with":[%q]}`, ms[4].Number))
	if a, b := county.show(ms[3]), county.show(ms[4]); a.Suggestion == "" || a.Suggestion != b.Suggestion || a.State != matter.Suggested || b.Term != "2027-02-21" {
		t.Errorf("suggestions %q %q, %v, term %s", a.Suggestion, b.Suggestion, a.State, b.Term)
	}
	county.do(ms[4], `{"do":"answer","class":"B","answer":"已列入明年计划。","promise":"明年六月建成","promiseBy":"2027-06-30","answeredBy":"区城管局"}`)
	w.settle(station, county)
	for _, m := range ms[3:] {
		if m = station.show(m); m.State != matter.Replied || m.Answer != "已列入明年计划。" || m.AnsweredBy != "区城管局" {
			t.Errorf("%s: %v %q", m.Title, m.State, m.Answer)
		}
		station.do(m, `{"do":"inform"}`)
		if m = station.do(m, `{"do":"rate","result":"满意"}`); m.State != matter.Promised || m.Term != "2027-06-30" {
			t.Errorf("a promise is %v until %s", m.State, m.Term)
		}
	}
	// What was promised comes back when it is due.
	w.now = time.Date(2027, 7, 1, 9, 0, 0, 0, w.now.Location())
	w.settle(station, county)
	for _, b := range county.Ledger.Baskets() {
		if n, err := county.Store.Count(ctx, b.Filter); b.Code == "promises" && (n != 2 || err != nil) {
			t.Errorf("%d promises are due: %v", n, err)
		}
	}
	county.do(ms[3], `{"do":"answer","class":1,"answer":"两所公厕都建成了。"}`)
}

// Merged matters are handled together and answered one by one; merging can be undone.
func TestMergedAndParted(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	var ms []matter.Matter
	for _, d := range []desk.Draft{
		{Title: "七巷雨水倒灌", Name: "单志远", Category: "0203", Place: "袁家庄社区七巷"},
		{Title: "七巷下雨积水", Name: "车玉柱", Category: "0203", Place: "袁家庄社区七巷"},
		{Title: "七巷污水返流", Name: "匡桂花", Category: "0203", Place: "袁家庄七巷"},
		{Title: "修一所公厕", Name: "郝建平", Category: "0205"},
	} {
		ms = append(ms, station.receive(d))
	}
	v, err := station.Ledger.Show(ctx, ms[0].Number)
	w.must(err)
	alike, err := station.Ledger.Alike(ctx, v, 5)
	w.must(err)
	if len(alike) != 2 || len(alike[0].Why) < 2 {
		t.Errorf("alike: %+v", alike)
	}
	for _, m := range ms[1:] {
		station.do(m, fmt.Sprintf(`{"do":"merge","into":%q}`, ms[0].Number))
	}
	for _, bad := range []string{`{"do":"merge","into":"没有"}`, fmt.Sprintf(`{"do":"merge","into":%q}`, ms[0].Number)} {
		if _, err := station.try(ms[0], bad); err == nil {
			t.Errorf("%s was done", bad)
		}
	}
	if m := station.do(ms[3], `{"do":"merge","note":"不是一件事"}`); m.State != matter.Collated || m.Into != "" {
		t.Errorf("parted: %v", m.State)
	}
	station.do(ms[0], `{"do":"collate"}`)
	station.do(ms[0], `{"do":"assign","to":["街道办"]}`)
	station.do(ms[0], `{"do":"answer","class":1,"answer":"管道已疏通。"}`)
	for _, m := range ms[:3] {
		if m = station.show(m); m.State != matter.Replied || m.Answer != "管道已疏通。" {
			t.Errorf("%s: %v %q", m.Title, m.State, m.Answer)
		}
		station.do(m, `{"do":"inform"}`)
	}
	if m := station.show(ms[3]); m.Answer != "" {
		t.Errorf("the parted one was answered, too: %q", m.Answer)
	}
	w.settle(station, county)
	for _, m := range ms {
		w.same(m, station, county)
	}
}

// A confidential matter stays at its table: county and city handle it by its number, what they say travels sealed.
func TestConfidentialThroughAllLevels(t *testing.T) {
	w, point, town, county, city := chain(t)
	all := []*office{point, town, county, city}
	m := point.receive(desk.Draft{Words: "反映干部作风，请保密。", Name: "单志远", Phone: "13812345678", Address: "七巷3号", Confidential: true})
	point.do(m, `{"do":"collate","proposal":"请纪检提前了解"}`)
	point.do(m, `{"do":"escalate","note":"涉及村主任"}`)
	w.settle(all...)
	town.do(m, `{"do":"escalate"}`)
	w.settle(all...)
	county.do(m, `{"do":"assign","to":["区委办"],"note":"请单独谈"}`)
	county.do(m, `{"do":"answer","class":6,"answer":"已谈话提醒，请放心。"}`)
	w.settle(all...)
	for _, o := range []*office{town, county, city} {
		v, err := o.Ledger.Show(ctx, m.Number)
		w.must(err)
		b, err := v.JSON(true)
		w.must(err)
		for _, secret := range []string{"单志远", "13812345678", "七巷", "作风", "村主任", "纪检"} {
			if strings.Contains(string(b), secret) {
				t.Errorf("%s knows %s: %s", o.Settings.Unit, secret, b)
			}
		}
	}
	got := point.show(m)
	if n := len(got.Sealed); n == 0 || got.Sealed[n-1].Answer != "已谈话提醒，请放心。" || got.Name != "单志远" || got.Answer != "" {
		t.Errorf("the table knows %+v", got.Private)
	}
	point.do(m, `{"do":"inform"}`)
	point.do(m, `{"do":"rate","result":"不满意","reason":"没有处分"}`)
	w.settle(all...)
	if got := county.show(m); got.State != matter.Redoing || got.Complaint != "" || got.Redone != 1 {
		t.Errorf("the county sees %v %q", got.State, got.Complaint)
	}
	for _, o := range all {
		o.healthy()
	}
}

// Where confidence is lifted, what was said under it stands at every level where it stands of any other matter.
func TestLiftedConfidenceTellsWhatWasSaid(t *testing.T) {
	w, point, town, county, city := chain(t)
	all := []*office{point, town, county, city}
	said := map[bool]string{}
	for _, confidential := range []bool{false, true} {
		m := point.receive(desk.Draft{Words: "邻居占道。", Name: "单志远", Confidential: confidential})
		point.do(m, `{"do":"collate","proposal":"请先调解"}`)
		point.do(m, `{"do":"escalate","note":"调解不成"}`)
		w.settle(all...)
		town.do(m, `{"do":"escalate"}`)
		w.settle(all...)
		county.do(m, `{"do":"answer","class":1,"answer":"第一次答复。"}`)
		w.settle(all...)
		point.do(m, `{"do":"inform"}`)
		point.do(m, `{"do":"rate","result":"不满意","reason":"没有说清"}`)
		w.settle(all...)
		county.do(m, `{"do":"answer","class":2,"answer":"已劝和。","promise":"再去看一次","promiseBy":"2026-12-20"}`)
		w.settle(all...)
		point.do(m, `{"do":"inform"}`)
		point.do(m, `{"do":"rate","result":"不满意","reason":"还是占着"}`)
		w.settle(all...)
		if confidential {
			w.must(second(point.Desk.Correct(ctx, point.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("false")})))
			w.settle(all...)
		}
		w.same(m, point, town, county)
		w.must(second(city.Ledger.Fill(ctx)))
		v := city.show(m)
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
		o.healthy()
	}
}

// Not reachable and not rated are states: the one is tried again and filed, the other ends with the time for rating.
func TestNobodyThereNobodyRates(t *testing.T) {
	_, county, station := pair(t)
	w := county.w
	var ms []matter.Matter
	for _, title := range []string{"找不到人", "没有评", "迟到的卡"} {
		m := station.receive(desk.Draft{Title: title, Name: "单志远"})
		station.do(m, `{"do":"collate"}`)
		ms = append(ms, station.do(m, `{"do":"answer","class":1,"answer":"办好了。"}`))
	}
	station.do(ms[0], `{"do":"inform","way":"无法联系"}`)
	if m := station.do(ms[0], `{"do":"rate","result":"无法联系"}`); m.State != matter.Lost || m.State.Done() {
		t.Errorf("lost: %v", m.State)
	}
	for _, m := range ms[1:] {
		station.do(m, `{"do":"inform"}`)
	}
	if _, err := station.try(ms[1], `{"do":"rate","result":"未评价"}`); err == nil {
		t.Error("closed as not rated before the time was over")
	}
	w.later(25 * 24 * time.Hour)
	if n, err := station.Office.Lapse(ctx, station.Clerk()); n != 2 || err != nil {
		t.Errorf("%d lapsed: %v", n, err)
	}
	if m := station.show(ms[1]); m.State != matter.Unrated || !m.State.Done() {
		t.Errorf("not rated: %v", m.State)
	}
	if m := station.do(ms[2], `{"do":"rate","result":"不满意","reason":"又坏了"}`); m.State != matter.Redoing || m.Term <= w.now.Format(time.DateOnly) {
		t.Errorf("a late card: %v until %s", m.State, m.Term)
	}
	w.settle(station, county)
	for _, m := range ms {
		w.same(m, station, county)
	}
}

// The same acts of four desks, carried in any order and more than once, give the same matter everywhere.
func TestActsInAnyOrder(t *testing.T) {
	w, point, town, county, city := chain(t)
	all := []*office{point, town, county, city}
	m := point.receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678"})
	point.do(m, `{"do":"collate"}`)
	w.settle(all...)
	// All at once, without knowing of each other.
	county.do(m, `{"do":"assign","to":["区住建局"]}`)
	town.do(m, `{"do":"assign","to":["街道办"]}`)
	city.do(m, `{"do":"supervise"}`)
	point.do(m, `{"do":"escalate"}`)
	_, err := point.Desk.Correct(ctx, point.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(`"七巷积水"`)})
	w.must(err)
	for _, i := range []int{3, 0, 2, 1, 1, 3, 2, 0} {
		all[i].sync()
	}
	w.settle(all...)
	w.same(m, all...)
	if got := city.show(m); got.Title != "七巷积水" || got.Holder == yuanjia {
		t.Errorf("%q with %s", got.Title, got.Holder)
	}
	var refused int
	for _, o := range all {
		o.healthy()
		if n := len(o.show(m).History); refused == 0 {
			refused = n
		} else if n != refused {
			t.Errorf("%s has %d acts, others %d", o.Settings.Unit, n, refused)
		}
	}
	if !slices.ContainsFunc(city.show(m).History, func(e matter.Event) bool { return e.Do == "supervise" }) {
		t.Error("the city's act is lost")
	}
}
