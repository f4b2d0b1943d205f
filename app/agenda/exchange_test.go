package agenda_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
)

// A county's plan for a station comes down. Both change it before they exchange, and so a rule, a person and the station
// itself: what each wrote is kept, both are told of it in words, by what things are called, and whoever saw both settles it.
func TestBothAtOnce(t *testing.T) {
	w, county, station := apptest.Pair(t)
	enter(county, wang, li)
	alter := func(o *apptest.Seat, body string) {
		parsed, err := roster.ParseSite([]byte(body))
		w.Must(err)
		w.Must(apptest.Err(o.Roster.Alter(ctx, o.Clerk(), apptest.Yuanjia, parsed)))
	}
	alter(county, `{"do":"open","name":"袁家庄站","phone":"0358-8221001"}`)
	weekly, err := rule(county, `{"station":"`+apptest.Yuanjia+`","every":"week","weekday":"三"}`)
	w.Must(err)
	s := must(county, "", strings.Replace(monday, `"do"`, `"place":"活动室","do"`, 1))
	w.Settle(station, county)
	wangs := s.Called[0].Key
	for o, day := range map[*apptest.Seat]string{county: "2027-01-12", station: "2027-01-13"} {
		must(o, s.ID, `{"do":"move","day":"`+day+`","reason":"开会"}`)
		must(o, s.ID, `{"do":"reply","who":"王明","reason":"出差","reply":"`+map[bool]string{true: "leave", false: "yes"}[o == county]+`"}`)
		must(o, s.ID, `{"do":"check","what":"`+s.Checks[0].What+`","done":true}`)
		w.Must(apptest.Err(rule(o, `{"do":"change","id":"`+weekly+`","weekday":"`+map[bool]string{true: "四", false: "五"}[o == county]+`"}`)))
		alter(o, `{"do":"change","phone":"0358-822`+day[6:7]+day[8:10]+`2"}`)
		parsed, err := roster.Parse([]byte(`{"do":"leave","from":"` + day + `","to":"2027-02-01"}`))
		w.Must(err)
		w.Must(apptest.Err(o.Roster.Act(ctx, o.Clerk(), wangs, parsed)))
	}
	w.Settle(station, county)
	names := []string{"1月13日 19:30 冬季供暖 · ", "轮值规则 · ", "王明", "袁家庄站"}
	for o, unit := range map[*apptest.Seat]string{county: apptest.Yuanjia, station: apptest.County} {
		p := apptest.Progress(t, o, unit)
		for _, name := range names {
			if !slices.ContainsFunc(p.Disputed, func(d string) bool {
				return strings.HasPrefix(d, name) || strings.HasPrefix(d, strings.Replace(name, "13日", "12日", 1))
			}) {
				t.Errorf("%s is told of %q, not of %s", o.Settings.Unit, p.Disputed, name)
			}
		}
		if p.Conflicts != len(names) {
			t.Errorf("%s is told of %q", o.Settings.Unit, p.Disputed)
		}
		all := o.Trust.Guard
		o.Trust.Guard.Of = func(_ context.Context, _ clerk.Clerk, r right.Right) error { return right.Denied{Right: r} }
		if p := apptest.Progress(t, o, unit); p.Conflicts != len(names) || p.Disputed != nil {
			t.Errorf("%s: who may look at no list is told of %d: %q", o.Settings.Unit, p.Conflicts, p.Disputed)
		}
		o.Trust.Guard = all
		now, err := o.Agenda.Session(ctx, s.ID)
		w.Must(err)
		list, err := o.Agenda.Caveats(ctx, now)
		w.Must(err)
		odd := strings.Join(list, "\n")
		for _, field := range []string{"日期", "答复：王明", "准备事项：" + s.Checks[0].What} {
			if !strings.Contains(odd, "有两处同时改了“"+field+"”") {
				t.Errorf("%s: nothing of %s in\n%s", o.Settings.Unit, field, odd)
			}
		}
	}
	if a, b := calendar(county), calendar(station); a[s.ID] != b[s.ID] {
		t.Errorf("the county has\n%s\nthe station\n%s", a[s.ID], b[s.ID])
	}
	must(county, s.ID, `{"do":"move","day":"2027-01-14","from":"19:00","to":"20:30","place":"会议室","reason":"定了"}`)
	must(county, s.ID, `{"do":"reply","who":"王明","reply":"yes"}`)
	must(county, s.ID, `{"do":"check","what":"`+s.Checks[0].What+`","done":true}`)
	w.Must(apptest.Err(rule(county, `{"do":"change","id":"`+weekly+`","weekday":"二"}`)))
	alter(county, `{"do":"change","phone":"0358-8221009"}`)
	parsed, err := roster.Parse([]byte(`{"do":"leave","from":"2027-01-20","to":"2027-02-01"}`))
	w.Must(err)
	w.Must(apptest.Err(county.Roster.Act(ctx, county.Clerk(), wangs, parsed)))
	w.Settle(station, county)
	for o, unit := range map[*apptest.Seat]string{county: apptest.Yuanjia, station: apptest.County} {
		if p := apptest.Progress(t, o, unit); p.Conflicts != 0 {
			t.Errorf("%s after it was settled: %q", o.Settings.Unit, p.Disputed)
		}
		if now, err := o.Agenda.Session(ctx, s.ID); err != nil || now.Day != "2027-01-14" || now.State != session.Planned {
			t.Errorf("%+v %v", now, err)
		}
		if at, err := o.Roster.Site(ctx, apptest.Yuanjia); err != nil || at.Phone != "0358-8221009" || at.State != site.Open {
			t.Errorf("%+v %v", at, err)
		}
		o.Healthy()
	}
}
