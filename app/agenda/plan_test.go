package agenda_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
)

var ctx = context.Background()

// person puts somebody on the roster of a home.
func person(t testing.TB, o *apptest.Seat, body string) string {
	t.Helper()
	order, err := roster.Parse([]byte(body))
	o.World.Must(err)
	p, err := o.Roster.Act(ctx, o.Clerk(), "", order)
	o.World.Must(err)
	return p.ID
}

// deputies puts deputies of a station on the roster.
func deputies(t testing.TB, o *apptest.Seat, station string, names ...string) {
	for _, n := range names {
		person(t, o, fmt.Sprintf(`{"do":"add","name":%q,"mandates":[{"level":"县","congress":"十四届"}],"stations":[%q]}`, n, station))
	}
}

func rule(o *apptest.Seat, body string) (string, error) {
	order, err := agenda.ParseRule([]byte(body))
	if err != nil {
		return "", err
	}
	r, err := o.Agenda.SetRule(ctx, o.Clerk(), order)
	return r.ID, err
}

func plan(t testing.TB, o *apptest.Seat, from, to string) agenda.Outcome {
	t.Helper()
	done, err := o.Agenda.Plan(ctx, o.Clerk(), agenda.Span{From: from, To: to})
	o.World.Must(err)
	return done
}

// calendar is every session of a home as it stands, by ID.
func calendar(o *apptest.Seat) map[string]string {
	list, _, err := o.Agenda.Sessions(ctx, agenda.Filter{Void: true})
	o.World.Must(err)
	all := map[string]string{}
	for _, s := range list {
		b, _ := json.Marshal(s)
		all[s.ID] = string(b)
	}
	return all
}

// evenings are those that stand, in words: 2027-01-11 李慧敏、王明.
func evenings(o *apptest.Seat) (said []string) {
	list, _, err := o.Agenda.Sessions(ctx, agenda.Filter{})
	o.World.Must(err)
	for _, s := range list {
		var names []string
		for _, c := range s.Awaited() {
			names = append(names, c.Name)
		}
		said = append(said, s.Day+" "+strings.Join(names, "、"))
	}
	return said
}

func act(o *apptest.Seat, id, body string) {
	order, err := agenda.Parse([]byte(body))
	o.World.Must(err)
	_, err = o.Agenda.Act(ctx, o.Clerk(), id, order)
	o.World.Must(err)
}

// A year by rule: everybody as often as the others. What hands changed, moved, cancelled or took away stays as it is when
// it is planned again, and nothing else changes either.
func TestPlanAgain(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	deputies(t, s, apptest.Yuanjia, "王明", "李慧敏", "张国强", "赵晓东", "刘芳")
	if _, err := rule(s, `{"every":"week","weekday":"三","deputies":2}`); err != nil {
		t.Fatal(err)
	}
	done := plan(t, s, "2027-01-01", "2027-12-31")
	times := map[string]int{}
	for _, e := range done.Sessions {
		for _, c := range e.Called {
			if times[c.Name]++; c.Why == "" {
				t.Errorf("nobody says why %s was chosen", c.Name)
			}
		}
	}
	least, most := 1000, 0
	for _, n := range times {
		least, most = min(least, n), max(most, n)
	}
	if done.Made != 52 || len(times) != 5 || most-least > 1 {
		t.Fatalf("%d evenings, %v", done.Made, times)
	}
	if again := plan(t, s, "2027-01-01", "2027-12-31"); again.Made != 0 || again.Kept != 52 || again.Sessions != nil {
		t.Errorf("again: %+v", again)
	}
	e := done.Sessions
	others := calendar(s)
	for i, body := range []string{
		fmt.Sprintf(`{"do":"swap","who":%q,"with":%q,"reason":"出差"}`, e[0].Called[0].Name, e[1].Called[0].Name),
		`{"do":"move","day":"2027-01-14","reason":"停电"}`, `{"do":"cancel","reason":"大雪"}`, `{"do":"void","reason":"安排错了"}`} {
		act(s, e[i].ID, body)
	}
	changed := calendar(s)
	if again := plan(t, s, "2027-01-01", "2027-12-31"); again.Made+again.Dropped+again.Doubled != 0 {
		t.Errorf("after a change by hand: %+v", again)
	}
	for id, now := range calendar(s) {
		i := slices.IndexFunc(e[:4], func(one session.Session) bool { return one.ID == id })
		if now != changed[id] || i < 0 && now != others[id] {
			t.Errorf("changed:\n%s\n%s", changed[id], now)
		}
	}
	if past := plan(t, s, "2026-11-01", "2026-12-31"); past.Made != 6 || past.Past != 0 || past.Sessions[0].Day != "2026-11-25" {
		t.Errorf("from a day that has gone: %+v", past) // the rule holds since today
	}
}

// A rule that changes takes what it gave along, but not what somebody touched.
func TestRuleChanges(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	deputies(t, s, apptest.Yuanjia, "王明", "李慧敏")
	id, err := rule(s, `{"every":"month","day":11,"deputies":1,"shift":"不调整"}`)
	s.World.Must(err)
	first := plan(t, s, "2027-01-01", "2027-03-31").Sessions
	act(s, first[1].ID, `{"do":"notice","date":"2026-11-21","places":["村务公开栏"]}`)
	if _, err := rule(s, fmt.Sprintf(`{"do":"change","id":%q,"day":12}`, id)); err != nil {
		t.Fatal(err)
	}
	done := plan(t, s, "2027-01-01", "2027-03-31")
	days := func() (days []string) {
		for _, e := range evenings(s) {
			days = append(days, e[:10])
		}
		return days
	}
	if got := strings.Join(days(), " "); done.Dropped != 2 || got != "2027-01-12 2027-02-11 2027-02-12 2027-03-12" {
		t.Errorf("%s, %s", got, done.Sentence())
	}
	if _, err := rule(s, `{"do":"change","every":"month","day":11}`); err != nil {
		t.Fatal(err)
	}
	plan(t, s, "2027-01-01", "2027-03-31")
	if got := strings.Join(days(), " "); got != "2027-01-11 2027-02-11 2027-03-11" {
		t.Errorf("and back: %s", got)
	}
	if _, err := rule(s, `{"do":"stop"}`); err != nil {
		t.Fatal(err)
	}
	plan(t, s, "2027-01-01", "2027-03-31")
	if got := strings.Join(days(), " "); got != "2027-02-11" {
		t.Errorf("stopped: %s", got)
	}
}

// County and station planned the same evenings before they heard of each other: then the county's stand, but where the
// station's was announced; both see the same calendar.
func TestTwoPlanned(t *testing.T) {
	w, county, station := apptest.Pair(t)
	deputies(t, county, apptest.Yuanjia, "王明", "李慧敏", "张国强")
	if _, err := rule(county, `{"station":"`+apptest.Yuanjia+`","every":"month","day":11,"deputies":1}`); err != nil {
		t.Fatal(err)
	}
	w.Settle(county, station)
	if plan(t, county, "2027-01-01", "2027-04-30").Made != 4 {
		t.Fatal("the county plans four evenings")
	}
	own := plan(t, station, "2027-01-01", "2027-04-30").Sessions
	act(station, own[2].ID, `{"do":"notice","date":"2026-11-21","places":["村务公开栏"]}`)
	w.Settle(county, station)
	list, _, err := county.Agenda.Sessions(ctx, agenda.Filter{})
	w.Must(err)
	twice := agenda.Doubled(list)
	for _, s := range list {
		if stays := (s.Unit == apptest.County) != (s.Slot == "2027-03-11"); twice[s.ID] == stays {
			t.Errorf("%s by %s, doubled: %v", s.Day, s.Unit, twice[s.ID])
		}
	}
	up, down := plan(t, county, "2027-01-01", "2027-04-30"), plan(t, station, "2027-01-01", "2027-04-30")
	w.Settle(county, station)
	got, same := evenings(county), evenings(station)
	if up.Doubled != 1 || down.Doubled != 3 || up.Made+down.Made != 0 || len(got) != 4 || !slices.Equal(got, same) {
		t.Errorf("county %s station %s\n%v\n%v", up.Sentence(), down.Sentence(), got, same)
	}
	for _, o := range []*apptest.Seat{county, station} {
		if again := plan(t, o, "2027-01-01", "2027-04-30"); again.Made+again.Doubled != 0 {
			t.Errorf("again: %s", again.Sentence())
		}
	}
}

// A county plans for all its stations at once: nobody sits at two tables at one hour, each leader goes once a month to a
// station, whose deputies sit beside him.
func TestCountyPlans(t *testing.T) {
	c := apptest.Alone(t, "county", apptest.County)
	var stations []string
	for _, place := range []string{"141102002003", "141102002004", "141102002005"} {
		order, err := roster.ParseSite([]byte(`{"do":"open","kind":"联络点","name":"第` + place[11:] + `联络点","place":"` + place + `"}`))
		c.World.Must(err)
		s, err := c.Roster.Alter(ctx, c.Clerk(), "", order)
		c.World.Must(err)
		stations = append(stations, s.Code)
		deputies(t, c, s.Code, "代表甲"+s.Code[11:12], "代表乙"+s.Code[11:12])
		if _, err := rule(c, `{"station":"`+s.Code+`","every":"month","day":11,"deputies":1}`); err != nil {
			t.Fatal(err)
		}
	}
	person(t, c, fmt.Sprintf(`{"do":"add","name":"多站代表","mandates":[{"level":"市","congress":"四届"}],"stations":[%q,%q,%q]}`, stations[0], stations[1], stations[2]))
	for _, n := range []string{"领导一", "领导二"} {
		person(t, c, fmt.Sprintf(`{"do":"add","name":%q,"tier":"县四套班子","mandates":[{"level":"县","congress":"十四届"}]}`, n))
	}
	if _, err := rule(c, `{"tier":"县四套班子","every":"month","day":11,"topic":"冬季供暖"}`); err != nil {
		t.Fatal(err)
	}
	done := plan(t, c, "2027-01-01", "2027-06-30")
	if done.Made != 18 || len(done.Without) > 0 {
		t.Fatalf("%s %+v", done.Sentence(), done.Without)
	}
	busy, went, months := map[string]string{}, map[string]int{}, map[string]int{}
	for _, s := range done.Sessions {
		led := false
		for _, cl := range s.Called {
			if had := busy[cl.Name+s.Day]; had != "" {
				t.Errorf("%s sits at %s and %s on %s", cl.Name, had, s.Station, s.Day)
			}
			busy[cl.Name+s.Day] = s.Station
			if strings.HasPrefix(cl.Name, "领导") {
				led = true
				went[cl.Name+s.Station]++
				months[cl.Name+s.Day[:7]]++
			}
		}
		if led != (s.Tier == "county") || led && (len(s.Called) != 2 || s.Called[0].Part != "lead") {
			t.Errorf("%+v", s.Called)
		}
	}
	if len(months) != 12 || len(went) != 6 {
		t.Errorf("months %v, stations %v", months, went)
	}
	if again := plan(t, c, "2027-01-01", "2027-06-30"); again.Made != 0 || again.Sessions != nil || again.Dropped != 0 {
		t.Errorf("again: %s", again.Sentence())
	}
	if _, err := rule(c, fmt.Sprintf(`{"station":%q,"every":"week","weekday":"五"}`, stations[2])); err != nil {
		t.Fatal(err)
	}
	for several, third := range map[string]bool{stations[0] + "、" + stations[1]: false, stations[0] + "、" + stations[2]: true} {
		out, err := c.Agenda.Preview(ctx, agenda.Span{From: "2027-07-01", To: "2027-07-31", Station: several})
		if weekly := slices.ContainsFunc(out.Sessions, func(s session.Session) bool { return s.Station == stations[2] }); err != nil || weekly != third {
			t.Errorf("of %s: %d, %v", several, out.Made, err)
		}
	}
	if _, err := c.Agenda.Plan(ctx, c.Clerk(), agenda.Span{From: "2027-01-01", To: "2027-01-31", Station: "141121001001D1-1"}); err == nil {
		t.Error("a station of another county is planned")
	}
}

// Whatever is wrong with a rule is told by its field, and nothing is written.
func TestRulesRefused(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	for body, field := range map[string]string{
		`{}`: "every", `{"every":"sometimes"}`: "every", `{"every":"month"}`: "day", `{"every":"month","day":32}`: "day", `{"every":"month","day":-1}`: "day",
		`{"every":"month","day":31,"lunar":true}`: "day", `{"every":"month","nth":2}`: "weekday", `{"every":"month","weekday":"三"}`: "nth",
		`{"every":"month","nth":6,"weekday":"三"}`: "nth", `{"every":"month","day":1,"nth":2,"weekday":"三"}`: "nth",
		`{"every":"month","nth":1,"weekday":"三","lunar":true}`: "lunar", `{"every":"week"}`: "weekday", `{"every":"week","weekday":"八"}`: "weekday",
		`{"every":"week","weekday":8}`: "weekday", `{"every":"week","weekday":"一","day":3}`: "day", `{"every":"cycle"}`: "days", `{"every":"cycle","days":31}`: "days",
		`{"every":"cycle","days":5,"lunar":true}`: "day", `{"every":"day"}`: "dates", `{"every":"day","dates":["3月5日"]}`: "dates",
		`{"every":"day","dates":["2027-02-30"]}`: "dates", `{"every":"day","dates":["2026-03-05"]}`: "dates", `{"every":"day","dates":["5/11/2027"]}`: "dates",
		`{"every":"month","day":1,"start":"21:00","end":"19:30"}`: "end", `{"every":"month","day":1,"start":"25:00"}`: "start",
		`{"every":"month","day":1,"end":"晚上"}`: "end", `{"every":"month","day":1,"deputies":21}`: "deputies", `{"every":"month","day":1,"shift":"随便"}`: "shift",
		`{"every":"month","day":1,"since":"2027-05-01","until":"2027-01-01"}`: "until", `{"every":"month","day":1,"until":"5月1日"}`: "until",
		`{"every":"month","day":1,"tier":"县四套班子"}`: "tier", `{"every":"month","day":1,"tier":"乡长"}`: "tier", `{"every":"month","day":1,"station":"火星"}`: "station",
		`{"every":"month","day":1,"station":"141121000000"}`: "station", `{"every":"month","day":1,"colour":"红"}`: "colour", `{"every":"month","day":"十一"}`: "day",
		`{"do":"stop"}`: "station", `{"id":"019ab0c0-0000-7000-8000-000000000001","every":"month","day":1}`: "id", `{"do":"change","id":"019ab0c0-0000-7000-8000-000000000001"}`: "id", `{"do":"explode"}`: "do", `[`: "",
	} {
		_, err := rule(s, body)
		var wrong problem.Problems
		ok := errors.As(err, &wrong)
		if !ok || len(wrong.Bare()) != 1 || wrong.Bare()[field] == "" {
			t.Errorf("%s: %v, want it said of %q", body, err, field)
		}
	}
	for span, field := range map[agenda.Span]string{{}: "from", {From: "2027-01-01"}: "to", {From: "2027-02-30", To: "2027-03-31"}: "from",
		{From: "2027-04-01", To: "2027-03-31"}: "to", {From: "2026-01-01", To: "2026-03-31"}: "to", {From: "2027-01-01", To: "2037-01-01"}: "to",
		{From: "2027-01-01", To: "2027-03-31", Station: "火星"}: "station", {From: "2027-01-01", To: "2027-03-31"}: "station"} {
		_, err := s.Agenda.Plan(ctx, s.Clerk(), span)
		var wrong problem.Problems
		if !errors.As(err, &wrong) || wrong.Bare()[field] == "" {
			t.Errorf("%+v: %v", span, err)
		}
	}
	if rules, err := s.Agenda.Rules(ctx, ""); err != nil || len(rules) > 0 || s.Entries() > 0 {
		t.Errorf("%v, %v", rules, err)
	}
	for body, want := range map[string]string{
		`{"every":"每月","nth":"最后","weekday":"星期五","deputies":1}`:           "每月最后一个星期五 19:30–21:00，1名代表，遇节假日顺延",
		`{"every":"集日","day":3,"days":5,"lunar":true}`:                     "农历每月3、8、13、18、23、28日 19:30–21:00，2名代表",
		`{"every":"week","weekday":["周一",4],"start":"下午3点","end":"17：00"}`: "每周一、四 15:00–17:00，2名代表，遇节假日顺延",
		`{"every":"day","dates":["2027年3月5日","2027.1.8"]}`:                 "指定的2天 19:30–21:00，2名代表",
	} {
		order, err := agenda.ParseRule([]byte(body))
		s.World.Must(err)
		if r, err := s.Agenda.SetRule(ctx, s.Clerk(), order); err != nil || r.String() != want {
			t.Errorf("%s: %s, %v", body, r.String(), err)
		}
	}
}

// A rule that has stopped is not stopped again; it is said as a rule is spoken of.
func TestStoppedTwice(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	id, err := rule(s, `{"every":"month","day":11}`)
	s.World.Must(err)
	_, err = rule(s, `{"do":"stop","id":"`+id+`"}`)
	s.World.Must(err)
	_, err = rule(s, `{"do":"stop","id":"`+id+`"}`)
	var wrong problem.Problems
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Bare()["do"], "停用") {
		t.Errorf("stopped twice: %v", err)
	}
}

// A plan that is broken off in the middle, by a full disk or a crash, leaves nothing behind, and is made whole the next time.
func TestPlanBrokenOff(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	deputies(t, s, apptest.Yuanjia, "王明", "李慧敏", "张国强")
	if _, err := rule(s, `{"every":"week","weekday":"三","deputies":2}`); err != nil {
		t.Fatal(err)
	}
	entries, random := s.Entries(), s.Store.Random
	s.Store.Random = io.LimitReader(random, 1000) // it fails after some thirty of them
	if _, err := s.Agenda.Plan(ctx, s.Clerk(), agenda.Span{From: "2027-01-01", To: "2027-12-31"}); err == nil {
		t.Fatal("it was not broken off")
	}
	s.Store.Random = random
	if n := s.Entries(); n != entries || len(evenings(s)) > 0 {
		t.Errorf("%d entries, %d before", n, entries)
	}
	if done := plan(t, s, "2027-01-01", "2027-12-31"); done.Made != 52 {
		t.Error(done.Sentence())
	}
	s.Healthy()
}
