package docket_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/roster"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
)

var ctx = context.Background()

// deputy puts a county's deputy on the roster of an office, grouped at stations.
func deputy(t testing.TB, o *apptest.Seat, name string, stations ...string) {
	t.Helper()
	var list []string
	for _, s := range stations {
		list = append(list, fmt.Sprintf("%q", s))
	}
	order, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":%q,"post":"工人","mandates":[{"level":"县","congress":"十四届","number":"%d"}],"stations":[%s]}`, name, []rune(name)[0], strings.Join(list, ",")))
	o.World.Must(err)
	o.World.Must(apptest.Err(o.Roster.Act(ctx, o.Clerk(), "", order)))
}

// try does an order as a file has it.
func try(o *apptest.Seat, id, body string) (suggestion.Suggestion, []string, error) {
	order, err := docket.Parse([]byte(body))
	if err != nil {
		return suggestion.Suggestion{}, nil, err
	}
	o.World.Later(time.Minute)
	return o.Docket.Act(ctx, o.Clerk(), id, order)
}

func act(t testing.TB, o *apptest.Seat, id, body string) suggestion.Suggestion {
	t.Helper()
	s, _, err := try(o, id, body)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return s
}

func find(t testing.TB, o *apptest.Seat, id string) suggestion.Suggestion {
	t.Helper()
	s, err := o.Docket.Find(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// basket says how many wait in a basket.
func basket(t testing.TB, o *apptest.Seat, code string) int {
	t.Helper()
	bs, err := o.Docket.Baskets(ctx)
	o.World.Must(err)
	i := slices.IndexFunc(bs, func(b docket.Basket) bool { return b.Code == code })
	list, all, err := o.Docket.List(ctx, docket.Filter{Basket: code})
	o.World.Must(err)
	if bs[i].Count != all || len(list) != all {
		t.Errorf("basket %s counts %d, lists %d of %d", code, bs[i].Count, len(list), all)
	}
	return bs[i].Count
}

// round is what the program does by itself, and an exchange.
func round(os ...*apptest.Seat) {
	for range 3 {
		for _, o := range os {
			o.World.Later(time.Minute)
			_, err := o.Round(ctx, o.Clerk())
			o.World.Must(err)
		}
	}
}

// Many matters, one suggestion: from the draft to the promise that is kept, and every citizen told. What may not follow is
// refused with a sentence, and nothing is lost between station and county.
func TestGasForAVillage(t *testing.T) {
	w, county, station := apptest.Pair(t)
	for _, n := range []string{"王明", "李慧敏", "张国强"} {
		deputy(t, county, n, apptest.Yuanjia)
	}
	round(station, county)
	var ms []matter.Matter
	var numbers []string
	for i := range 5 {
		m := station.Receive(desk.Draft{Title: fmt.Sprintf("%d号楼没有通天然气", i+1), Name: "郝春生", Phone: "13812345678", Category: "0203", Deputies: []string{"王明"}, People: 12 + i})
		station.Do(m, `{"do":"collate","mode":"suggestion"}`)
		ms, numbers = append(ms, m), append(numbers, m.Number)
	}
	s, odd, err := station.Docket.Draft(ctx, station.Clerk(), numbers...)
	w.Must(err)
	if s.State != suggestion.Draft || !strings.Contains(s.Case, "5 件，涉及 70 人次") || strings.Contains(s.Case, "郝春生") || len(s.Matters) != 5 || s.Proposal != "" || !s.Untouched {
		t.Errorf("%+v %v", s, odd)
	}
	round(station, county)
	if _, err := county.Docket.Find(ctx, s.ID); err == nil {
		t.Error("a draft was sent")
	}
	for _, o := range []*apptest.Seat{station, county} { // and nobody misses it
		o.Healthy()
		o.Quiet()
	}
	for _, wrong := range []struct{ body, want string }{
		{`{"do":"submit"}`, "还缺具体建议"}, {`{"do":"register","number":"12"}`, "“登记案号”不归本单位办"}, {`{"do":"cosign","who":["没有这个人"],"paper":"附议签名页"}`, "名册里没有"},
		{`{"do":"dance"}`, "请写其中一个"}, {`{"do":"change","level":"市"}`, "换层级请另起草一件"},
	} {
		if _, _, err := try(station, s.ID, wrong.body); err == nil || !strings.Contains(err.Error(), wrong.want) {
			t.Errorf("%s: %v", wrong.body, err)
		}
	}
	act(t, station, s.ID, `{"do":"change","title":"关于解决袁家庄片区280户用气问题的建议","congress":"十四届七次","proposal":"请住建局会同燃气公司明年采暖季前接通管道，并公布时间表。","lead":"王明","cosigners":["李慧敏"]}`)
	act(t, station, s.ID, `{"do":"invite","who":["张国强"],"until":"2026-12-01"}`)
	if _, _, err := try(station, s.ID, `{"do":"submit"}`); err == nil || !strings.Contains(err.Error(), "领衔代表还没有签名") {
		t.Errorf("%v", err)
	}
	act(t, station, s.ID, `{"do":"cosign","who":["王明","李慧敏"],"paper":"附议签名页"}`)
	act(t, station, s.ID, `{"do":"decline","who":"张国强","reason":"情况不了解"}`)
	s = act(t, station, s.ID, `{"do":"submit"}`)
	if m := station.Show(ms[0]); m.State != matter.Suggested || m.Suggestion != s.ID || !slices.Equal(m.Proposers, []string{"王明", "李慧敏"}) {
		t.Errorf("the matter is %v of %q by %v", m.State, m.Suggestion, m.Proposers)
	}
	round(station, county)
	if basket(t, county, "register") != 1 || basket(t, station, "register") != 0 {
		t.Error("it waits in no basket")
	}
	act(t, county, s.ID, `{"do":"register","number":"第12号"}`)
	act(t, county, "12", `{"do":"accept"}`)
	act(t, county, "十四届七次 12", `{"do":"assign","to":["住房和城乡建设局"],"help":["财政局"]}`)
	act(t, county, "12", `{"do":"sign"}`)
	act(t, county, "12", `{"do":"contact","way":"座谈","note":"和王明代表到片区看了管线"}`)
	act(t, county, "12", `{"do":"help","unit":"财政局","answer":"资金已列入预算草案"}`)
	if _, _, err := try(county, "12", `{"do":"answer","class":"B","answer":"列入明年计划"}`); err == nil || !strings.Contains(err.Error(), "承诺") {
		t.Errorf("%v", err)
	}
	act(t, county, "12", `{"do":"answer","class":"B","answer":"已列入2027年燃气管网改造计划。","number":"离住建函〔2026〕3号","promises":[{"what":"280户接通天然气","by":"2027-10-31"}]}`)
	act(t, county, "12", `{"do":"review"}`)
	act(t, county, "12", `{"do":"deliver","way":"当面"}`)
	if basket(t, county, "unrated") != 1 || basket(t, county, "untold") != 1 {
		t.Error("neither rating nor citizens are waited for")
	}
	round(county, station)
	act(t, station, "12", `{"do":"rate","work":"满意","result":"基本满意","paper":"征询意见表"}`)
	round(station, county)
	if got := find(t, county, "12"); got.State != suggestion.Promised || got.Rating().Work != "satisfied" {
		t.Fatalf("%v %+v", got.State, got.Ratings)
	}
	s = find(t, station, "12")
	class, text, promise, by, who := docket.Answer(s, func(key string) string { return s.Who[key].Name })
	if class != 3 || by != "2027-10-31" || promise == "" || who != "住房和城乡建设局" {
		t.Errorf("%d %q %q %q %q", class, text, promise, by, who)
	}
	if basket(t, station, "untold") != 1 {
		t.Error("nobody has to be told")
	}
	for _, m := range ms {
		if m = station.Show(m); m.State == matter.Suggested {
			station.Do(m, fmt.Sprintf(`{"do":"answer","class":3,"answer":%q,"promise":%q,"promiseBy":%q}`, text, promise, by))
		}
		station.Do(m, `{"do":"inform-deputy","way":"phone"}`)
		station.Do(m, `{"do":"inform","way":"phone"}`)
	}
	if basket(t, station, "untold") != 0 {
		t.Error("all were told")
	}
	w.Now = time.Date(2027, 10, 20, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	for _, o := range []*apptest.Seat{station, county} { // nothing was written for most of a year
		w.Must(o.Store.Confirm(ctx, w.Now))
	}
	round(station, county)
	if _, _, err := try(county, "12", `{"do":"keep","class":"B","answer":"快了。"}`); err == nil || !strings.Contains(err.Error(), "办完再录") {
		t.Errorf("%v", err)
	}
	act(t, county, "12", `{"do":"keep","answer":"280户已全部通气。"}`)
	act(t, county, "12", `{"do":"deliver","way":"当面"}`)
	s = act(t, county, "12", `{"do":"rate","work":"满意","result":"满意","paper":"征询意见表（二次）"}`)
	if s.State != suggestion.Closed || len(s.Pending()) != 0 {
		t.Errorf("%v", s.State)
	}
	round(county, station)
	if got := find(t, station, "12"); got.State != suggestion.Closed || got.Title != s.Title {
		t.Errorf("at the station it is %v", got.State)
	}
	for _, o := range []*apptest.Seat{county, station} {
		o.Healthy()
	}
}

// What was written as 转代表建议 before there were suggestions opens as one by itself, once, and its matters stay its own.
func TestOldSuggestionsOpen(t *testing.T) {
	w, county, station := apptest.Pair(t)
	a := station.Receive(desk.Draft{Title: "没有通天然气", Name: "郝春生", Category: "0203"})
	b := station.Receive(desk.Draft{Title: "管道没有接通", Name: "任志刚", Category: "0203"})
	for _, m := range []matter.Matter{a, b} {
		station.Do(m, `{"do":"collate","mode":"suggestion"}`)
	}
	station.Do(a, fmt.Sprintf(`{"do":"suggest","deputies":["王明"],"to":["住房和城乡建设局"],"congress":"county","title":"关于通气的建议","with":[%q]}`, b.Number))
	round(station, county, station)
	list, all, err := station.Docket.List(ctx, docket.Filter{})
	w.Must(err)
	if all != 1 || list[0].State != suggestion.Assigned || list[0].Title != "关于通气的建议" || len(list[0].Matters) != 2 || list[0].Lead() != "王明" || list[0].Office != apptest.County {
		t.Fatalf("%d %+v", all, list)
	}
	got := find(t, county, list[0].ID)
	if got.State != suggestion.Assigned || got.Title != list[0].Title {
		t.Errorf("%+v", got)
	}
	round(station, county)
	if _, all, _ := county.Docket.List(ctx, docket.Filter{}); all != 1 {
		t.Errorf("%d of it", all)
	}
	act(t, county, got.ID, `{"do":"register"}`)
	if s := find(t, county, "1"); s.ID != got.ID {
		t.Error("it has no number")
	}
}

// A confidential one shows number, state and days to whoever is not on the way from its table to its office.
func TestConfidential(t *testing.T) {
	_, point, town, county, city := apptest.Chain(t)
	deputy(t, county, "王明", apptest.Yuanjia)
	round(point, town, county, city)
	s := act(t, point, "", `{"title":"关于查处某企业排污的建议","congress":"十四届七次","level":"县","facts":"夜里偷排，群众怕报复。","proposal":"请生态环境局夜查。","confidential":true,"lead":"王明"}`)
	act(t, point, s.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
	act(t, point, s.ID, `{"do":"submit"}`)
	round(point, town, county, city, point)
	act(t, county, s.ID, `{"do":"register","number":"5"}`)
	act(t, county, "5", `{"do":"accept"}`)
	act(t, county, "5", `{"do":"assign","to":["生态环境分局"]}`)
	round(point, town, county, city, point)
	for o, knows := range map[*apptest.Seat]bool{point: true, town: true, county: true, city: false} {
		got := find(t, o, s.ID)
		if (got.Title != "") != knows || (got.Lead() != "") != knows || got.Number != "5" || got.State != suggestion.Assigned {
			t.Errorf("%s: %v %q by %q, number %s", o.Settings.Unit, got.State, got.Title, got.Lead(), got.Number)
		}
	}
	him, err := county.Roster.Find(ctx, "王明")
	if err != nil {
		t.Fatal(err)
	}
	blind := find(t, city, s.ID)
	for _, guess := range []string{suggestion.KeyOf(him.ID), suggestion.KeyOf("生态环境分局")} {
		if blind.Salt != "" || blind.Signers[0].Key == guess || blind.Units[0].Key == guess {
			t.Errorf("the city can guess who it is: %+v %+v", blind.Signers, blind.Units)
		}
	}
	if list, all, _ := county.Docket.List(ctx, docket.Filter{Unit: "生态环境分局"}); all != 1 || list[0].ID != s.ID {
		t.Errorf("by its unit the county finds %d", all)
	}
	var wrong problem.Problems
	if _, _, err := try(county, "5", `{"do":"publish","public":"full"}`); !errors.As(err, &wrong) {
		t.Errorf("%v", err)
	}
}

// A county's own work on a city's suggestion: handed to it, answered by it, never rated by it.
func TestCityHandsToCounty(t *testing.T) {
	_, point, town, county, city := apptest.Chain(t)
	order, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":"刘芳","mandates":[{"level":"市","congress":"四届"}],"stations":[%q]}`, apptest.Fengshan))
	city.World.Must(err)
	city.World.Must(apptest.Err(city.Roster.Act(ctx, city.Clerk(), "", order)))
	round(point, town, county, city, point, town)
	s := act(t, town, "", `{"title":"关于整治河道的建议","congress":"四届五次","level":"市","facts":"河道多年没有清淤。","proposal":"请市里统筹清淤。","lead":"刘芳"}`)
	act(t, town, s.ID, `{"do":"cosign","who":"刘芳","paper":"附议签名页"}`)
	act(t, town, s.ID, `{"do":"submit"}`)
	round(town, county, city)
	act(t, city, s.ID, `{"do":"register"}`)
	act(t, city, "1", `{"do":"accept"}`)
	act(t, city, "1", `{"do":"assign","to":["离石区"]}`)
	round(city, county)
	if got := act(t, county, "1", `{"do":"sign"}`); got.State != suggestion.InHand {
		t.Errorf("%v", got.State)
	}
	act(t, county, "1", `{"do":"answer","class":"A","answer":"已经清完。"}`)
	round(county, city)
	act(t, city, "1", `{"do":"review"}`)
	act(t, city, "1", `{"do":"deliver"}`)
	round(city, county, town)
	if _, _, err := try(county, "1", `{"do":"rate","work":"满意","result":"满意","paper":"表"}`); err == nil || !strings.Contains(err.Error(), "承办单位不能") {
		t.Errorf("%v", err)
	}
	if got := act(t, town, "1", `{"do":"rate","work":"满意","result":"满意","paper":"征询意见表"}`); got.State != suggestion.Closed {
		t.Errorf("%v", got.State)
	}
}

// Numbers are unique in a session of a congress, and those that are missing are named.
func TestNumbers(t *testing.T) {
	county := apptest.Alone(t, "county", apptest.County)
	deputy(t, county, "王明")
	for _, n := range []string{"1", "4", "6"} {
		s := act(t, county, "", `{"title":"关于路灯的建议","congress":"十四届七次","facts":"没有路灯。","proposal":"请装路灯。","lead":"王明"}`)
		act(t, county, s.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
		act(t, county, s.ID, `{"do":"submit"}`)
		act(t, county, s.ID, fmt.Sprintf(`{"do":"register","number":%q}`, n))
		if _, _, err := try(county, s.ID, `{"do":"register","number":"1"}`); err == nil {
			t.Error("two of one number")
		}
	}
	gaps, err := county.Docket.Gaps(ctx, docket.SeriesOf(find(t, county, "6")))
	if err != nil || docket.Missing(gaps) != "缺 2、3、5 号。" {
		t.Errorf("%v %v", gaps, err)
	}
}

// A deputy of another station is asked, hears of it over the county, and signs there; the station whose matter it gathers
// and that where he is grouped hear how it goes on, and nobody else does.
func TestSignedElsewhere(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other, third, fourth := w.SetUp("station", apptest.Fengshan), w.SetUp("station", "141102002006D1-J"), w.SetUp("station", "141102002007D1-B")
	all := []*apptest.Seat{station, other, third, fourth, county}
	for _, o := range all[1:4] {
		w.Enrol(o, county)
	}
	deputy(t, county, "王明", apptest.Yuanjia)
	deputy(t, county, "李慧敏", apptest.Fengshan)
	round(all...)
	m := third.Receive(desk.Draft{Title: "没有通天然气", Name: "郝春生", Category: "0203"})
	third.Do(m, `{"do":"collate","mode":"suggestion"}`)
	third.Do(m, `{"do":"escalate","note":"要区里协调"}`)
	round(all...)
	s := act(t, station, "", `{"title":"关于通气的建议","congress":"十四届七次","facts":"几个村没有通气。","proposal":"请住建局接通。","lead":"王明"}`)
	act(t, station, s.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
	round(all...)
	if _, err := county.Docket.Find(ctx, s.ID); err == nil {
		t.Error("a draft was sent")
	}
	act(t, station, s.ID, `{"do":"invite","who":"李慧敏","until":"2026-12-01"}`)
	round(all...)
	if got := find(t, other, s.ID); got.State != suggestion.Inviting || got.Title != s.Title {
		t.Fatalf("%v %q", got.State, got.Title)
	}
	act(t, other, s.ID, `{"do":"cosign","who":"李慧敏","paper":"附议签名页"}`)
	round(all...)
	if got := find(t, station, s.ID); len(got.Signed()) != 2 {
		t.Errorf("%+v", got.Signers)
	}
	act(t, station, s.ID, `{"do":"submit"}`)
	round(all...)
	act(t, county, s.ID, fmt.Sprintf(`{"do":"change","matters":[%q]}`, m.Number))
	act(t, county, s.ID, `{"do":"register"}`)
	round(all...)
	if got := find(t, third, "1"); got.State != suggestion.Registered || len(got.Matters) != 1 {
		t.Errorf("%+v", got)
	}
	if _, err := fourth.Docket.Find(ctx, s.ID); err == nil {
		t.Error("a station heard of it that has nothing to do with it")
	}
	if m = third.Show(m); m.State != matter.Suggested || m.Suggestion != s.ID {
		t.Errorf("its matter is %v of %q", m.State, m.Suggestion)
	}
	for _, o := range all {
		o.Healthy()
	}
}

// A motion wants as many as the law says; a township's suggestion is its own station's.
func TestMotionsAndTownships(t *testing.T) {
	_, point, town, county, city := apptest.Chain(t)
	for i := range 6 {
		order, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":"代表%s","mandates":[{"level":"乡","congress":"十届","place":"141102002000"}],"stations":[%q]}`,
			string([]rune("甲乙丙丁戊己")[i]), apptest.Fengshan))
		county.World.Must(err)
		county.World.Must(apptest.Err(town.Roster.Act(ctx, town.Clerk(), "", order)))
	}
	round(point, town, county, city, point, town)
	s := act(t, town, "", `{"kind":"议案","title":"关于整治河道的议案","congress":"十届三次","level":"乡","facts":"河道多年没有清淤。","proposal":"请镇政府清淤。","lead":"代表甲","cosigners":["代表乙","代表丙","代表丁","代表戊"]}`)
	if s.Office != apptest.Fengshan {
		t.Errorf("%s has it", s.Office)
	}
	act(t, town, s.ID, `{"do":"cosign","who":["代表甲","代表乙","代表丙","代表丁"],"paper":"附议签名页"}`)
	if _, _, err := try(town, s.ID, `{"do":"submit"}`); err == nil || !strings.Contains(err.Error(), "要 5 名以上代表联名") {
		t.Errorf("%v", err)
	}
	act(t, town, s.ID, `{"do":"cosign","who":["代表戊"],"paper":"附议签名页"}`)
	act(t, town, s.ID, `{"do":"submit"}`)
	if got := act(t, town, s.ID, `{"do":"register"}`); got.Number != "1" || got.State != suggestion.Registered {
		t.Errorf("%+v", got)
	}
	round(point, town, county, city)
	if got := find(t, county, s.ID); got.Number != "1" {
		t.Errorf("%+v", got)
	}
	if _, _, err := try(county, s.ID, `{"do":"accept"}`); err == nil {
		t.Error("the county took up the township's")
	}
}
