package agenda_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/roster"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
)

// wrong is what an order is refused for.
func wrong(t *testing.T, o *apptest.Seat, id, body, field, why string) {
	t.Helper()
	_, err := order(o, id, body)
	var p problem.Problems
	if !errors.As(err, &p) || !strings.Contains(p.Bare()[field], why) || p.Bare()[field] == "" {
		t.Errorf("%s: %v, want %s: …%s…", body, err, field, why)
	}
}

// Of two who bear one name at a table the one is meant whose ID is said; the name alone is nobody's.
func TestNamesakesAtOneTable(t *testing.T) {
	w := apptest.Begin(t)
	point := w.SetUp("station", apptest.Yuanjia)
	w.Now = at("2027-01-04", "09:00")
	one, two := person(t, point, `{"do":"add","name":"孙同","stations":["141102002003D1-A"]}`), person(t, point, `{"do":"add","name":"孙同","stations":["141102002003D1-A"]}`)
	s := must(point, "", `{"do":"plan","day":"2027-01-04","planned":["`+one+`","`+two+`"]}`)
	for do, field := range map[string]string{"attend": "present", "close": "present"} {
		wrong(t, point, s.ID, `{"do":"`+do+`","`+field+`":["孙同"]}`, field, "不止一位")
	}
	wrong(t, point, s.ID, `{"do":"call","planned":["孙同"]}`, "planned", "不止一位")
	s = must(point, s.ID, `{"do":"attend","present":["`+two+`"]}`)
	if c, _ := s.Person(two); !c.Came || len(s.Present()) != 1 {
		t.Errorf("%+v", s.Called)
	}
}

// Whoever stands under two IDs is one: he is at no two places at one hour, and at one table once.
func TestOneOfTwoIDs(t *testing.T) {
	w := apptest.Begin(t)
	city := w.SetUp("city", apptest.City)
	w.Now = at("2027-01-04", "09:00")
	one, two := person(t, city, strings.Replace(wang, "王明", "王民", 1)), person(t, city, wang)
	s := must(city, "", `{"do":"plan","day":"2027-01-11","station":"141102002003D1-A","planned":["`+one+`"]}`)
	same, err := roster.Parse([]byte(`{"do":"same","with":"` + one + `"}`))
	w.Must(err)
	w.Must(apptest.Err(city.Roster.Act(ctx, city.Clerk(), two, same)))
	wrong(t, city, "", `{"do":"plan","day":"2027-01-11","from":"20:00","station":"`+apptest.Fengshan+`","planned":["`+two+`"]}`, "planned", "已经安排在")
	wrong(t, city, s.ID, `{"do":"swap","who":"`+two+`","with":"`+two+`"}`, "with", "已经在这一场")
	if s = must(city, s.ID, `{"do":"call","planned":[{"who":"`+two+`","part":"主接"}]}`); len(s.Called) != 1 {
		t.Errorf("called twice: %+v", s.Called)
	}
}

// Somebody who is called again keeps what became of him; who was ticked and is called off was there all the same.
func TestCalledAgain(t *testing.T) {
	w := apptest.Begin(t)
	point := w.SetUp("station", apptest.Yuanjia)
	enter(point, wang, li)
	w.Now = at("2027-01-11", "19:20")
	s := must(point, "", monday)
	must(point, s.ID, `{"do":"attend","present":["王明"]}`)
	s = must(point, s.ID, `{"do":"call","planned":["王明"]}`)
	if c := awaited(s, "王明"); !c.Came || c.Arrived != "19:20" {
		t.Errorf("called again: %+v", c)
	}
	s = must(point, s.ID, `{"do":"call","off":["王明"]}`)
	if c := awaited(s, "王明"); !c.Came {
		t.Errorf("called off: %+v", s.Called)
	}
}

// Who stays past midnight leaves in the small hours of the evening.
func TestPastMidnight(t *testing.T) {
	w := apptest.Begin(t)
	point := w.SetUp("station", apptest.Yuanjia)
	enter(point, wang, li)
	w.Now = at("2027-01-11", "19:20")
	s := must(point, "", monday)
	must(point, s.ID, `{"do":"attend","present":["王明"]}`)
	w.Now = at("2027-01-12", "00:20")
	must(point, s.ID, `{"do":"attend","present":["李慧敏"]}`)
	wrong(t, point, s.ID, `{"do":"attend","present":[{"who":"王明","left":"19:10"}]}`, "present", "之前")
	s = must(point, s.ID, `{"do":"close","present":[{"who":"王明","arrived":"19:20","left":"00:15"},"李慧敏"]}`)
	if c := awaited(s, "王明"); c.Left != "00:15" || awaited(s, "李慧敏").Arrived != "00:20" || s.Ended != "00:20" {
		t.Errorf("%+v %s", s.Called, s.Ended)
	}
}

// What is planned at a station that was merged with another since says so, until it is planned again or cancelled.
func TestPlannedWhereNobodyIs(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	w.Now = at("2027-01-04", "09:00")
	alter := func(code, body string) {
		parsed, err := roster.ParseSite([]byte(body))
		w.Must(err)
		w.Must(apptest.Err(county.Roster.Alter(ctx, county.Clerk(), code, parsed)))
	}
	for _, code := range []string{apptest.Yuanjia, apptest.Fengshan} {
		alter(code, `{"do":"open","name":"站点`+code[len(code)-1:]+`"}`)
	}
	hand := must(county, "", `{"do":"plan","day":"2027-01-12","station":"`+apptest.Yuanjia+`"}`)
	w.Must(apptest.Err(rule(county, `{"station":"`+apptest.Yuanjia+`","every":"month","day":20}`)))
	byRule := plan(t, county, "2027-01-04", "2027-01-31").Sessions[0]
	if got := odd(county, hand) + odd(county, byRule); strings.Contains(got, "并入") {
		t.Errorf("open: %s", got)
	}
	alter(apptest.Yuanjia, `{"do":"merge","successor":"`+apptest.Fengshan+`"}`)
	for _, s := range []session.Session{hand, byRule} {
		if got := odd(county, s); !strings.Contains(got, "已经并入") {
			t.Errorf("%s at a station that is no more: %q", s.Day, got)
		}
	}
	if out := plan(t, county, "2027-01-04", "2027-01-31"); out.Dropped != 1 || out.Made != 0 {
		t.Errorf("%+v", out)
	}
}

// A household that is named in what everybody can read is told of; its village is not.
func TestOutspoken(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	s.World.Now = at("2027-01-04", "09:00")
	for place, want := range map[string]bool{"七巷三号": true, "七巷": false} {
		v := must(s, "", `{"do":"plan","kind":"visit","day":"2027-01-12","place":"`+place+`","stops":[{"name":"王建国","address":"七巷三号"}]}`)
		if got := odd(s, v); strings.Contains(got, "住址") != want {
			t.Errorf("%s: %q", place, got)
		}
	}
}

// Days that holidays do not move wait for no calendar of holidays.
func TestMarketWaitsForNoHolidays(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	s.World.Now = at("2027-01-04", "09:00")
	deputies(t, s, apptest.Yuanjia, "王明")
	s.World.Must(apptest.Err(rule(s, `{"every":"集日","day":3,"days":5,"lunar":true}`)))
	if out := plan(t, s, "2028-05-01", "2028-05-31"); out.Made == 0 || len(out.Odd) > 0 {
		t.Errorf("%+v", out.Odd)
	}
	s.World.Must(apptest.Err(rule(s, `{"every":"week","weekday":"三","start":"09:00","end":"10:00"}`)))
	if out := plan(t, s, "2028-05-01", "2028-05-31"); len(out.Odd) != 1 {
		t.Errorf("%+v", out.Odd)
	}
}

// What was held is held on no day to come; nobody stands on both lists of an act; what was found is handed on after it was
// found, and answered after that.
func TestAgainstItself(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	enter(s, wang, li)
	s.World.Now = at("2027-01-11", "19:30")
	v := must(s, "", monday)
	wrong(t, s, v.ID, `{"do":"call","planned":["王明"],"off":["王明"]}`, "off", "两边")
	must(s, v.ID, `{"do":"attend","present":["王明"]}`)
	wrong(t, s, v.ID, `{"do":"attend","present":["王明"],"off":["王明"]}`, "off", "两边")
	for _, do := range []string{"", `{"do":"close","present":["王明"]}`} {
		if do != "" {
			must(s, v.ID, do)
		}
		wrong(t, s, v.ID, `{"do":"change","day":"2029-01-01"}`, "day", "还没有到")
	}
	for _, day := range []string{"2027-01-12", "2027-01-10"} {
		wrong(t, s, v.ID, `{"do":"result","unit":"水利局","what":"清淤","date":"`+day+`"}`, "date", "")
	}
	v = must(s, v.ID, `{"do":"result","unit":"水利局","what":"清淤"}`)
	wrong(t, s, v.ID, `{"do":"result","result":"`+v.Results[0].Key+`","answer":"清了","date":"2027-01-10"}`, "date", "")
	must(s, v.ID, `{"do":"change","day":"2027-01-10"}`)
}

// More than any session holds is said of its field.
func TestTooMany(t *testing.T) {
	s := apptest.Alone(t, "station", apptest.Yuanjia)
	s.World.Now = at("2027-01-04", "09:00")
	list := strings.Repeat(`{"who":"X","part":"guest","address":"七巷X号"},`, session.Most+1)
	for i := 0; strings.Contains(list, "X"); i++ {
		list = strings.Replace(strings.Replace(list, "X", strconv.Itoa(i), 1), "X", strconv.Itoa(i), 1)
	}
	people := strings.NewReplacer(`"address"`, `"unit"`).Replace(strings.TrimSuffix(list, ","))
	homes := strings.NewReplacer(`"who"`, `"name"`, `"part":"guest",`, "").Replace(strings.TrimSuffix(list, ","))
	wrong(t, s, "", `{"do":"plan","kind":"activity","day":"2027-01-11","planned":[`+people+`]}`, "planned", "最多")
	wrong(t, s, "", `{"do":"plan","kind":"visit","day":"2027-01-11","stops":[`+homes+`]}`, "stops", "最多")
	evening := must(s, "", `{"do":"plan","kind":"activity","day":"2027-01-04"}`)
	wrong(t, s, evening.ID, `{"do":"attend","present":[`+people+`]}`, "present", "最多")
}

// A visit that goes back to what was said in confidence tells the county nothing of who said it.
func TestReturnInConfidence(t *testing.T) {
	w, county, station := apptest.Pair(t)
	enter(station, wang)
	m, err := station.Desk.Receive(ctx, station.Clerk(), desk.Draft{Title: "保密的事", Words: "不能说的话", Name: "郭秀兰", Phone: "13912345678",
		Address: "七巷九号", Confidential: true})
	w.Must(err)
	s := must(station, "", `{"do":"plan","kind":"visit","day":"2027-02-25","matter":"`+m.Number+`"}`)
	w.Settle(station, county)
	there, err := county.Agenda.Session(ctx, s.ID)
	if w.Must(err); there.Followed != m.ID || len(there.Stops) != 1 {
		t.Errorf("%+v", there)
	}
	for _, h := range there.Homes {
		if h != (session.Home{}) {
			t.Errorf("the county hears %+v", h)
		}
	}
}
