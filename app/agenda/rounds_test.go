package agenda_test

import (
	"fmt"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
)

// A leader comes to the evening that a station has anyway, unless a hand touched it; one who is on leave all month is
// told, and a round for which nobody is there, too. A station that was closed has no evenings any more.
func TestLeaderJoins(t *testing.T) {
	c := apptest.Alone(t, "county", apptest.County)
	order, err := roster.ParseSite([]byte(`{"do":"open","kind":"联络点","place":"141102002003","name":"袁家庄联络点"}`))
	c.World.Must(err)
	site, err := c.Roster.Alter(ctx, c.Clerk(), "", order)
	c.World.Must(err)
	deputies(t, c, site.Code, "王明", "李慧敏")
	_, err = rule(c, `{"station":"`+site.Code+`","every":"month","day":11,"deputies":1,"shift":"keep"}`)
	c.World.Must(err)
	own := plan(t, c, "2027-01-01", "2027-03-31").Sessions
	act(c, own[1].ID, `{"do":"change","topic":"供暖"}`)
	_, err = rule(c, `{"tier":"县四套班子","every":"month","day":11,"shift":"keep","start":"20:00"}`)
	c.World.Must(err)
	if done := plan(t, c, "2027-01-01", "2027-03-31"); done.Made != 0 || len(done.Odd) != 1 || !strings.Contains(done.Odd[0], "县四套班子") {
		t.Errorf("without a leader: %+v", done)
	}
	leader := person(t, c, `{"do":"add","name":"领导一","tier":"县四套班子","mandates":[{"level":"县","congress":"十四届"}]}`)
	away, err := roster.Parse([]byte(`{"do":"leave","from":"2027-03-01","to":"2027-03-31"}`))
	c.World.Must(err)
	_, err = c.Roster.Act(ctx, c.Clerk(), leader, away)
	c.World.Must(err)
	done := plan(t, c, "2027-01-01", "2027-03-31")
	want := []string{"2027-01-11 李慧敏、领导一", "2027-02-11 王明", "2027-02-11 领导一", "2027-03-11 李慧敏"}
	if got := evenings(c); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if len(done.Odd) != 1 || done.Odd[0] != "领导一 2027年3月的进站日都来不了，由次序在后的接上" {
		t.Errorf("%v", done.Odd)
	}
	if again := plan(t, c, "2027-01-01", "2027-03-31"); again.Made+again.Dropped != 0 || again.Sessions != nil {
		t.Errorf("again: %s", again.Sentence())
	}
	for _, name := range []string{"王明", "李慧敏"} {
		p, err := c.Roster.Find(ctx, name)
		c.World.Must(err)
		out, err := roster.Parse([]byte(`{"do":"ungroup","station":"` + site.Code + `"}`))
		c.World.Must(err)
		_, err = c.Roster.Act(ctx, c.Clerk(), p.ID, out)
		c.World.Must(err)
	}
	end, err := roster.ParseSite([]byte(`{"do":"close","day":"2026-11-21"}`))
	c.World.Must(err)
	_, err = c.Roster.Alter(ctx, c.Clerk(), site.Code, end)
	c.World.Must(err)
	if done := plan(t, c, "2027-01-01", "2027-06-30"); done.Made != 0 || done.Dropped != 2 {
		t.Errorf("closed: %s", done.Sentence())
	}
}

// Two rules that meet at one hour give one evening, and so does one that somebody planned by hand.
func TestOneTable(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	deputies(t, s, apptest.Yuanjia, "王明", "李慧敏")
	for _, body := range []string{`{"every":"month","day":11,"deputies":1}`, `{"every":"week","weekday":"一","start":"20:00","deputies":1}`} {
		if _, err := rule(s, body); err != nil {
			t.Fatal(err)
		}
	}
	act(s, "", `{"do":"plan","day":"2027-01-18","from":"19:00","to":"20:30","planned":["王明"]}`)
	for range 2 {
		plan(t, s, "2027-01-04", "2027-01-25")
		want := []string{"2027-01-04 李慧敏", "2027-01-11 王明", "2027-01-18 王明", "2027-01-25 李慧敏"}
		if got := evenings(s); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// A city sends a county's leaders to stations of that county alone, its own everywhere; of whom nobody knows the county he
// is told, and goes nowhere.
func TestLeadersOfCounties(t *testing.T) {
	c := apptest.Alone(t, "city", apptest.City)
	for place, name := range map[string]string{"141102002003": "袁家庄联络点", "141102002006": "生态园联络点", "141121001001": "则天联络点"} {
		order, err := roster.ParseSite([]byte(`{"do":"open","kind":"联络点","place":"` + place + `","name":"` + name + `"}`))
		c.World.Must(err)
		_, err = c.Roster.Alter(ctx, c.Clerk(), "", order)
		c.World.Must(err)
	}
	for _, p := range []string{`"name":"离石甲","tier":"县四套班子","mandates":[{"level":"县","congress":"十四届","place":"离石区"}]`,
		`"name":"文水甲","tier":"县四套班子","mandates":[{"level":"县","congress":"十四届","place":"文水县"}]`,
		`"name":"文水乙","tier":"法检两长","mandates":[{"level":"县","congress":"十四届","place":"文水县"}]`,
		`"name":"市甲","tier":"市四套班子","mandates":[{"level":"市","congress":"四届"}]`, `"name":"不知","tier":"县四套班子"`} {
		person(t, c, `{"do":"add",`+p+`}`)
	}
	for _, tier := range []string{"县四套班子", "市四套班子", "法检两长"} {
		if _, err := rule(c, `{"tier":"`+tier+`","every":"month","day":11,"shift":"keep"}`); err != nil {
			t.Fatal(err)
		}
	}
	done := plan(t, c, "2027-01-01", "2027-12-31")
	went := map[string]map[string]int{}
	for _, s := range done.Sessions {
		for _, who := range s.Called {
			if went[who.Name] == nil {
				went[who.Name] = map[string]int{}
			}
			went[who.Name][s.Station[:6]]++
		}
	}
	if got := fmt.Sprint(went); got != "map[市甲:map[141102:8 141121:4] 文水乙:map[141121:12] 文水甲:map[141121:12] 离石甲:map[141102:12]]" {
		t.Error(got)
	}
	if len(done.Odd) != 1 || !strings.HasPrefix(done.Odd[0], "不知在名册里没有写明是哪个县的") {
		t.Errorf("%v", done.Odd)
	}
}
