package agenda_test

import (
	"fmt"
	"slices"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/session"
)

// However rules are mixed at a station (evenings of several rhythms, leaders who come, boxes that are opened by hand): in
// a year, and in the next, nobody receives twice more often than another; and after any one change by hand planning
// again alters nothing else.
func TestFairAndSteady(t *testing.T) {
	for mix, rules := range [][]string{
		{`{"every":"week","weekday":"三","deputies":2}`, `{"every":"month","day":11,"deputies":1}`},
		{`{"every":"cycle","day":3,"days":5,"lunar":true,"start":"9:00","end":"11:00","deputies":3}`, `{"every":"month","nth":-1,"weekday":"五","deputies":2}`},
		{`{"every":"month","day":11,"deputies":1,"shift":"keep"}`, `{"every":"week","weekday":"一、四","start":"20:00","end":"21:30","deputies":1}`, `{"every":"day","dates":["2027-03-05","2027-09-01"],"deputies":4}`},
	} {
		c := apptest.Alone(t, "county", apptest.County)
		open, err := roster.ParseSite([]byte(`{"do":"open","kind":"联络点","place":"141102002003","name":"袁家庄联络点"}`))
		c.World.Must(err)
		site, err := c.Roster.Alter(ctx, c.Clerk(), "", open)
		c.World.Must(err)
		deputies(t, c, site.Code, "王明", "李慧敏", "张国强", "赵晓东", "刘芳", "孙平", "周强")
		for _, n := range []string{"领导一", "领导二"} {
			person(t, c, `{"do":"add","name":"`+n+`","tier":"县四套班子","mandates":[{"level":"县","congress":"十四届"}]}`)
		}
		for _, body := range append(rules, `{"tier":"县四套班子","every":"month","day":11,"shift":"keep"}`) {
			if body[2] == 'e' {
				body = `{"station":"` + site.Code + `",` + body[1:]
			}
			if _, err := rule(c, body); err != nil {
				t.Fatal(body, err)
			}
		}
		for _, day := range []string{"2027-02-03", "2027-05-05"} {
			act(c, "", `{"do":"plan","kind":"活动","type":"开意见箱","day":"`+day+`","from":"15:00","to":"16:00","station":"`+site.Code+`","planned":["王明","李慧敏"]}`)
		}
		for _, year := range []string{"2027", "2028"} {
			if done := plan(t, c, year+"-01-01", year+"-12-31"); done.Made < 12 || len(done.Without) > 0 {
				t.Fatalf("mix %d, %s: %s", mix, year, done.Sentence())
			}
			list, _, err := c.Agenda.Sessions(ctx, agenda.Filter{From: year + "-01-01", To: year + "-12-31", Kind: "reception"})
			c.World.Must(err)
			times, led := map[string]int{}, map[string]int{}
			for _, s := range list {
				for _, who := range s.Awaited() {
					if n := map[bool]map[string]int{true: led, false: times}[who.Name[:len("领导")] == "领导"]; who.Why == "" {
						t.Errorf("nobody says why %s was chosen", who.Name)
					} else {
						n[who.Name]++
					}
				}
			}
			least, most := 1000, 0
			for _, n := range times {
				least, most = min(least, n), max(most, n)
			}
			if len(times) != 7 || most-least > 1 || fmt.Sprint(led) != "map[领导一:12 领导二:12]" {
				t.Errorf("mix %d, %s: %v, %v", mix, year, times, led)
			}
		}
		list, _, err := c.Agenda.Sessions(ctx, agenda.Filter{Kind: "reception"})
		c.World.Must(err)
		if mix == 0 { // the 11th and a Wednesday come to lie on one evening: one takes it away
			j := slices.IndexFunc(list, func(s session.Session) bool { return s.Day == "2027-02-14" })
			act(c, list[j].ID, `{"do":"cancel","reason":"大雪"}`)
			list = slices.Delete(list, j, j+1)
		}
		for i, body := range []string{`{"do":"change","topic":"供暖"}`, `{"do":"swap","who":"%s","with":"周强"}`, `{"do":"call","planned":[{"who":"街道主任","part":"特邀"}]}`,
			`{"do":"move","day":"2027-12-31","from":"15:30","to":"17:00","reason":"大雪"}`, `{"do":"cancel","reason":"大雪"}`, `{"do":"void","reason":"登记错了"}`} {
			j := slices.IndexFunc(list[10*i:], func(s session.Session) bool { return !called(s, "周强") && len(s.Awaited()) > 0 }) + 10*i
			if i == 1 {
				body = fmt.Sprintf(body, list[j].Awaited()[0].Name)
			}
			act(c, list[j].ID, body)
			before := calendar(c)
			if done := plan(t, c, "2027-01-01", "2028-12-31"); done.Made+done.Dropped+done.Doubled > 0 {
				t.Errorf("mix %d, after %s: %s", mix, body, done.Sentence())
			}
			for id, is := range calendar(c) {
				if before[id] != is {
					t.Errorf("mix %d, after %s: %s was %s, is %s", mix, body, id, before[id], is)
				}
			}
		}
	}
}

func called(s session.Session, name string) bool {
	return slices.ContainsFunc(s.Called, func(c session.Called) bool { return c.Name == name })
}
