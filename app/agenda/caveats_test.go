package agenda_test

import (
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/session"
)

// odd is what is odd about a session, in one line.
func odd(o *apptest.Seat, s session.Session) string {
	o.World.T.Helper()
	list, err := o.Agenda.Caveats(ctx, s)
	o.World.Must(err)
	return strings.Join(list, "；")
}

// befalls does an act on somebody of the roster.
func befalls(o *apptest.Seat, name, body string) {
	o.World.T.Helper()
	p, err := o.Roster.Find(ctx, name)
	o.World.Must(err)
	parsed, err := roster.Parse([]byte(body))
	o.World.Must(err)
	_, err = o.Roster.Act(ctx, o.Clerk(), p.ID, parsed)
	o.World.Must(err)
}

// Who was planned and may not come any more is told with who stands next in the turn, in whatever way he became so; a
// leader with one of his tier.
func TestPlannedAndAway(t *testing.T) {
	w := apptest.Begin(t)
	c := w.SetUp("county", apptest.County)
	deputies(t, c, apptest.Yuanjia, "王明", "李慧敏", "孙平", "周强", "吴敏")
	for _, n := range []string{"领导一", "领导二"} {
		person(t, c, `{"do":"add","name":"`+n+`","tier":"县四套班子","mandates":[{"level":"县","congress":"十四届"}]}`)
	}
	w.Now = at("2027-01-04", "09:00")
	must(c, "", `{"do":"plan","day":"2027-01-06","station":"`+apptest.Yuanjia+`","planned":["孙平"]}`)
	s := must(c, "", `{"do":"plan","day":"2027-01-11","station":"`+apptest.Yuanjia+`","tier":"县四套班子","planned":["领导一","王明","李慧敏"]}`)
	if got := odd(c, s); got != "" {
		t.Errorf("all can come: %s", got)
	}
	befalls(c, "王明", `{"do":"leave","from":"2027-01-10","to":"2027-01-12"}`)
	want := "王明这一天请假，可以换成吴敏（今年还没有）、周强（今年还没有）"
	if got := odd(c, s); got != want {
		t.Errorf("on leave: %s, want %s", got, want)
	}
	befalls(c, "李慧敏", `{"do":"suspend","reason":"因刑事案件被羁押正在受侦查、起诉、审判"}`)
	if got := odd(c, s); !strings.Contains(got, "李慧敏暂停执行代表职务，可以换成吴敏") {
		t.Errorf("suspended: %s", got)
	}
	befalls(c, "周强", `{"do":"end","reason":"辞职"}`)
	befalls(c, "吴敏", `{"do":"leave","from":"2027-01-01"}`)
	if got := odd(c, s); !strings.Contains(got, "王明这一天请假，可以换成孙平（今年 1 次，5 天前）；") {
		t.Errorf("one is left: %s", got)
	}
	befalls(c, "领导一", `{"do":"leave","from":"2027-01-11","to":"2027-01-11"}`)
	if got := odd(c, s); !strings.Contains(got, "领导一这一天请假，可以换成领导二（今年还没有）") {
		t.Errorf("a leader: %s", got)
	}
	coming, err := c.Agenda.Coming(ctx)
	w.Must(err)
	if len(coming.Wanting) != 3 || !strings.HasPrefix(coming.Wanting[0], "2027-01-11 领导一") {
		t.Errorf("%v", coming.Wanting)
	}
	s = must(c, s.ID, `{"do":"swap","who":"王明","with":"孙平","reason":"住院"}`)
	if got := odd(c, s); strings.Contains(got, "王明") {
		t.Errorf("somebody stands in: %s", got)
	}
	s = must(c, s.ID, `{"do":"reply","who":"孙平","reply":"请假","reason":"出差"}`)
	if got := odd(c, s); !strings.Contains(got, "孙平答复请假，本站点没有别的代表空着") {
		t.Errorf("he asks for leave: %s", got)
	}
	befalls(c, "孙平", `{"do":"end","reason":"辞职"}`)
	if got := odd(c, s); !strings.Contains(got, "孙平的代表职务已经终止，") {
		t.Errorf("ended: %s", got)
	}
	list, _, err := c.Agenda.Sessions(ctx, agenda.Filter{From: "2027-01-01", To: "2027-01-31"})
	w.Must(err)
	all, err := c.Agenda.Odd(ctx, list)
	w.Must(err)
	if !slices.Contains(all[s.ID], strings.Split(odd(c, s), "；")[0]) || len(all[list[0].ID]) != 1 {
		t.Errorf("in a list: %v", all)
	}
}

// Two computers call one deputy to two places at one hour, neither knows of the other: both are told when they have heard.
func TestClashByExchange(t *testing.T) {
	w, county, station := apptest.Pair(t)
	deputies(t, county, apptest.Yuanjia, "王明")
	w.Settle(county, station)
	w.Now = at("2027-01-04", "09:00")
	at1930 := must(station, "", `{"do":"plan","day":"2027-01-11","planned":["王明"]}`)
	own := must(county, "", `{"do":"plan","kind":"活动","type":"座谈","day":"2027-01-11","from":"20:00","to":"22:00","planned":["王明"],"guests":["`+apptest.Yuanjia+`"]}`)
	if odd(station, at1930)+odd(county, own) != "" {
		t.Error("nobody knows of the other yet")
	}
	w.Settle(county, station)
	for _, o := range []*apptest.Seat{station, county} {
		for _, s := range []session.Session{at1930, own} {
			now, err := o.Agenda.Session(ctx, s.ID)
			w.Must(err)
			if got := odd(o, now); !strings.Contains(got, "王明同一时间还安排在") || !strings.Contains(got, "请换一位或换个时间") {
				t.Errorf("%s of %s: %s", o.Settings.Unit, s.Station, got)
			}
		}
		coming, err := o.Agenda.Coming(ctx)
		w.Must(err)
		if w.Now = at("2027-01-04", "10:00"); len(coming.Wanting) == 0 {
			t.Errorf("%s: nothing presses", o.Settings.Unit)
		}
	}
	must(county, own.ID, `{"do":"move","day":"2027-01-12","reason":"错开"}`)
	w.Settle(county, station)
	if now, err := station.Agenda.Session(ctx, at1930.ID); err != nil || odd(station, now) != "" {
		t.Errorf("moved: %s %v", odd(station, now), err)
	}
}

// A box is opened by two and each of its slips is a matter; a reception is announced; who is on no roster is told.
func TestOddSessions(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	enter(o, wang, li)
	w.Now = at("2027-01-04", "09:00")
	box := must(o, "", `{"do":"plan","kind":"活动","type":"开意见箱","day":"2027-01-05","from":"15:00","to":"16:00","planned":["王明"]}`)
	if got := odd(o, box); got != "开意见箱要两个人在场，安排的只有 1 人" {
		t.Errorf("one is called: %s", got)
	}
	evening := must(o, "", `{"do":"plan","day":"2027-01-05","from":"20:00","to":"21:30","planned":["李慧敏",{"who":"张主任","part":"特邀","unit":"街道办"}]}`)
	if got := odd(o, evening); got != "张主任不在名册上，按特邀登记，不计入履职记录" {
		t.Errorf("a guest: %s", got)
	}
	w.Now = at("2027-01-05", "21:30")
	box = must(o, box.ID, `{"do":"close","present":["王明"],"slips":2}`)
	if got := odd(o, box); got != "开意见箱要两个人在场，签到的只有 1 人；意见条 2 张，登记了 0 件，请核对" {
		t.Errorf("opened by one: %s", got)
	}
	box = must(o, box.ID, `{"do":"attend","present":["李慧敏"]}`)
	box = must(o, box.ID, `{"do":"change","slips":0}`)
	if got := odd(o, box); got != "" {
		t.Errorf("opened by two: %s", got)
	}
	evening = must(o, evening.ID, `{"do":"close","present":["李慧敏"]}`)
	if got := odd(o, evening); !strings.HasPrefix(got, "这一场没有公告就举行了；") || !strings.Contains(got, "张主任不在名册上") {
		t.Errorf("not announced: %s", got)
	}
}
