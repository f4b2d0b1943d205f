package roster_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
)

// A whole congress ends in one go, at the stations, too; the next begins.
func TestCongressEnds(t *testing.T) {
	w, county, station := apptest.Pair(t)
	mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄联络点"}`)
	for i, name := range []string{"王明", "李慧敏", "单志远"} {
		must(county, "", fmt.Sprintf(`{"do":"add","name":%q,"mandates":[{"level":"县","congress":"十四届","number":"%03d"}],"stations":["141102002003D1-A"]}`, name, i+1))
	}
	station.Receive(desk.Draft{Title: "路灯不亮", Name: "群众甲", Deputies: []string{"李慧敏"}})
	county.Roster.Profile.Quotas = []profile.Quota{{Level: "county", Congress: "十四届", Seats: 4, Reserve: 1}, {Level: "county", Congress: "14", Seats: 2}}
	w.Settle(county, station)
	if bs, err := county.Roster.Quota(ctx); err != nil || len(bs) != 2 || bs[0].Held != 3 || bs[0].Vacant != 0 || bs[0].Wrong || !bs[1].Wrong {
		t.Errorf("%+v %v", bs, err)
	}
	if _, err := order(station, "", `{"do":"end","level":"县","congress":"十四届"}`); err == nil {
		t.Error("a station ends a congress")
	}
	must(county, "", `{"do":"end","level":"县","congress":"十四届","day":"2026-11-20","reason":"term"}`)
	w.Settle(county, station)
	for _, o := range []*apptest.Seat{county, station} {
		if ended, n, err := o.Roster.People(ctx, roster.Filter{Ended: true, Level: "county"}); n != 3 || err != nil || ended[0].Mandates[0].Until != "2026-11-20" {
			t.Errorf("%s: %d ended, %v", o.Settings.Unit, n, err)
		}
		if ps, err := o.Roster.Places(ctx, false); err != nil || len(ps) != 1 || ps[0].People != 0 ||
			!slices.Contains(ps[0].Missing, "代表") {
			t.Errorf("%s: who is grouped there still: %+v %v", o.Settings.Unit, ps, err)
		}
	}
	ended, err := county.Roster.Find(ctx, "李慧敏")
	w.Must(err)
	if work, err := county.Roster.Work(ctx, ended); err != nil || len(work) != 1 || work[0].Title != "路灯不亮" {
		t.Errorf("to be handed over: %+v %v", work, err)
	}
	if odd, err := county.Roster.Caveats(ctx, person.Person{}, ended); err != nil || !slices.ContainsFunc(odd, func(s string) bool { return strings.Contains(s, "还有 1 件") }) {
		t.Errorf("%v %v", odd, err)
	}
	p := must(county, "", `{"do":"add","name":"赵小云"}`)
	must(county, p.ID, `{"do":"mandate","level":"县","congress":"十五届","number":"001"}`)
	found, err := county.Roster.Find(ctx, "王明")
	w.Must(err)
	if _, n, err := county.Roster.People(ctx, roster.Filter{Ended: true, Level: "city"}); n != 0 || err != nil {
		t.Errorf("%d left a congress of which nobody was, %v", n, err)
	}
	warned := func(was, p person.Person, why string) {
		t.Helper()
		odd, err := county.Roster.Caveats(ctx, was, p)
		if said := strings.Join(odd, "；"); err != nil || !strings.Contains(said, why) || why == "" && said != "" {
			t.Errorf("warned %q %v", said, err)
		}
	}
	late := must(county, "", `{"do":"add","name":"钱多多","mandates":[{"level":"县","congress":"十四届"}]}`)
	warned(person.Person{}, late, "十四届县人大代表这一届已经换届")
	warned(late, must(county, late.ID, `{"do":"leave"}`), "")
	resting := must(county, late.ID, `{"do":"suspend","level":"县","reason":"custody"}`)
	warned(resting, must(county, late.ID, `{"do":"mandate","level":"县","congress":"十四届"}`), "原来暂停执行，现在又登记为在任")
	must(county, late.ID, `{"do":"void","note":"登记错了"}`)
	again := must(county, found.ID, `{"do":"mandate","level":"县","congress":"十五届"}`)
	if len(again.Held()) != 1 || len(again.Mandates) != 2 {
		t.Errorf("%+v", again.Mandates)
	}
	county.Healthy()
	station.Healthy()
}
