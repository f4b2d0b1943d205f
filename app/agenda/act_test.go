package agenda_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
)

// order does what a body says, as a file holds it.
func order(o *apptest.Seat, id, body string) (session.Session, error) {
	parsed, err := agenda.Parse([]byte(body))
	if err != nil {
		return session.Session{}, err
	}
	return o.Agenda.Act(ctx, o.Clerk(), id, parsed)
}

func must(o *apptest.Seat, id, body string) session.Session {
	o.World.T.Helper()
	s, err := order(o, id, body)
	if err != nil {
		o.World.T.Fatalf("%s: %v", body, err)
	}
	return s
}

// enter puts people on the roster.
func enter(o *apptest.Seat, bodies ...string) {
	o.World.T.Helper()
	for _, body := range bodies {
		parsed, err := roster.Parse([]byte(body))
		if err == nil {
			_, err = o.Roster.Act(ctx, o.Clerk(), "", parsed)
		}
		o.World.Must(err)
	}
}

const (
	wang   = `{"do":"add","name":"王明","mandates":[{"level":"县","congress":"十四届"}],"stations":["141102002003D1-A"]}`
	li     = `{"do":"add","name":"李慧敏","mandates":[{"level":"县","congress":"十四届"}],"stations":["141102002003D1-A"]}`
	far    = `{"do":"add","name":"郭远","mandates":[{"level":"县","congress":"十四届","place":"文水县"}]}`
	monday = `{"do":"plan","day":"2027-01-11","station":"141102002003D1-A","planned":["王明","李慧敏"],"topic":"冬季供暖"}`
)

func at(day, clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, time.FixedZone("CST", 8*3600))
	if err != nil {
		panic(err)
	}
	return t
}

// An evening from its plan to its close: nobody's name is typed who is on the list, and what is odd is said.
func TestAnEvening(t *testing.T) {
	w := apptest.Begin(t)
	point := w.SetUp("station", apptest.Yuanjia)
	enter(point, wang, li, `{"do":"add","name":"孙平","stations":["141102002003D1-A"]}`)
	w.Now = at("2027-01-04", "09:00")
	s := must(point, "", monday)
	if s.State != session.Planned || s.From != "19:30" || s.To != "21:00" || len(s.Called) != 2 || s.Called[0].Person() == "" || len(s.Checks) == 0 {
		t.Fatalf("%+v", s)
	}
	w.Now = at("2027-01-10", "09:00")
	if got := odd(point, s); got != "" {
		t.Errorf("not announced: %s", got)
	}
	s = must(point, s.ID, `{"do":"公告","places":["村务公开栏","村务公开栏"]}`)
	if got := odd(point, s); !strings.HasSuffix(got, "请写明原因") || len(s.Notices[0].Places) != 1 {
		t.Errorf("announced late: %s %+v", got, s.Notices)
	}
	s = must(point, s.ID, `{"do":"swap","who":"李慧敏","with":"孙平","reason":"出差"}`)
	w.Now = at("2027-01-11", "19:28")
	s = must(point, s.ID, `{"do":"attend","present":[{"who":"王明","arrived":"19:28"}]}`)
	s = must(point, s.ID, `{"do":"close","present":["王明","钱进"],"absent":[{"who":"孙平","why":"堵车"}],"citizens":3,"note":"谈了供暖"}`)
	came, _ := s.Person("钱进")
	missed := awaited(s, "孙平")
	if s.State != session.Held || s.Citizens != 3 || len(s.Present()) != 2 || !came.Extra || missed.Excuse != "堵车" || s.Began != "19:28" {
		t.Errorf("%+v", s)
	}
	point.Healthy()
}

func awaited(s session.Session, name string) (c session.Called) {
	for _, had := range s.Called {
		if had.Name == name {
			c = had
		}
	}
	return c
}

// What is wrong is said by its field, and nothing of it is written.
func TestWhatIsRefused(t *testing.T) {
	w := apptest.Begin(t)
	city := w.SetUp("city", apptest.City)
	enter(city, wang, li, far, `{"do":"add","name":"孙同","stations":["141102002003D1-A"]}`, `{"do":"add","name":"孙同","stations":["141102002003D1-A"]}`)
	w.Now = at("2027-01-04", "09:00")
	s := must(city, "", monday)
	gone := must(city, "", `{"do":"plan","day":"2027-01-12","station":"141102002003D1-A"}`)
	gone = must(city, gone.ID, `{"do":"cancel","reason":"大雪"}`)
	own := must(city, "", `{"do":"plan","kind":"visit","day":"2027-01-04","from":"9:00","to":"11:00","planned":["王明"]}`)
	told := must(city, "", `{"do":"plan","becomes":"told","day":"2026-12-01","planned":["王明"],"type":"学习培训"}`)
	entries := city.Entries()
	const here = `"station":"141102002003D1-A"`
	for _, c := range []struct{ id, body, field, why string }{
		{"", `{"do":"plan"}`, "day", "请写日期"}, {"", `{"do":"plan","day":"2027-02-30"}`, "day", "没有这一天"},
		{"", `{"do":"plan","day":"明天"}`, "day", "读不出来"}, {"", `{"do":"plan","day":"2027-01-03"}`, "day", "已经过去"},
		{"", `{"do":"plan","day":"2027-01-04","from":"7:00","to":"8:00"}`, "day", "已经过去"},
		{"", `{"do":"plan","day":"2027-01-20","from":"21:00","to":"19:30"}`, "to", "不晚于"}, {"", `{"do":"plan","day":"2027-01-20","from":"25:00"}`, "from", "19:30"},
		{"", `{"do":"plan","day":"2027-01-20","from":"10:00","to":"9:00","kind":"visit"}`, "to", "不晚于"},
		{"", `{"do":"plan","day":"2027-01-20","kind":"赶集"}`, "kind", "进站接待"},
		{"", `{"do":"plan","day":"2027-01-20","colour":"红"}`, "colour", "没有这一项"}, {"", `{"do":"plan","day":7}`, "day", "带引号"},
		{"", `{"do":"plan","day":"2027-01-20","station":"月球"}`, "station", "没有"}, {"", `{"do":"plan","day":"2027-01-20","station":"141102002003D1-B"}`, "station", "没有"},
		{"", `{"do":"plan","day":"2027-01-20",` + here + `,"planned":["郭远"]}`, "planned", "别的县"},
		{"", `{"do":"plan","day":"2027-01-20",` + here + `,"planned":["赵无"]}`, "planned", "名册里没有"},
		{"", `{"do":"plan","day":"2027-01-20",` + here + `,"planned":["孙同"]}`, "planned", "叫这个名字的有"},
		{"", `{"do":"plan","day":"2027-01-20",` + here + `,"planned":["王明","王明"]}`, "planned", "写了两次"},
		{"", `{"do":"plan","day":"2027-01-20",` + here + `,"planned":[{"who":"王明","colour":"红"}]}`, "planned", "没有这一项"},
		{"", `{"do":"plan","day":"2027-01-11",` + here + `,"from":"20:00","to":"22:00","planned":["王明"]}`, "planned", "已经安排在"},
		{"", `{"do":"plan","day":"2027-01-20","becomes":"held"}`, "becomes", "已经举行"},
		{"", `{"do":"plan","day":"2027-01-20","becomes":"open"}`, "day", "还没有到"}, {"", `{"do":"plan","becomes":"told","day":"2026-12-01"}`, "planned", "一位"},
		{"", `{"do":"plan","day":"2027-01-20","kind":"visit","matter":"1-2"}`, "matter", "编号"}, {"", `{"do":"plan","day":"2027-01-20","matter":"1-2"}`, "matter", "编号"},
		{"", `{"do":"plan","day":"2027-01-20","stops":[{"address":"七巷"}]}`, "stops", "走访"}, {"", `{"do":"plan","day":"2027-01-20","topic":"甲\ud800"}`, "topic", "半个字"},
		{"", `{"do":"plan","day":"2027-01-20","guests":["141102002003D1-B"]}`, "guests", "站点"}, {"", `{"do":"dance"}`, "do", "安排"}, {"", `{"do":`, "", "JSON"},
		{s.ID, monday, "do", "不用写编号"}, {"", `{"do":"close"}`, "do", "哪一场"},
		{s.ID, `{"do":"change"}`, "", "没有改动"}, {s.ID, `{"do":"change","kind":"visit"}`, "kind", "不能改"}, {s.ID, `{"do":"change","day":"2026-12-30"}`, "day", "已经过去"},
		{s.ID, `{"do":"move","day":"2027-01-03","reason":"大雪"}`, "day", "已经过去"},
		{s.ID, `{"do":"move","day":"2027-01-11","reason":"大雪"}`, "day", "没有改动"}, {s.ID, `{"do":"move","day":"2027-01-12","to":"19:00","reason":"大雪"}`, "to", "不晚于"},
		{s.ID, `{"do":"notice","date":"2027-01-12"}`, "date", "还没有到"}, {s.ID, `{"do":"notice","date":"2027-13-01"}`, "date", ""}, {s.ID, `{"do":"cancel"}`, "reason", "原因"},
		{s.ID, `{"do":"swap","who":"王明"}`, "with", "请写姓名"}, {s.ID, `{"do":"swap","who":"王明","with":"李慧敏"}`, "with", "已经在这一场"}, {s.ID, `{"do":"swap","who":"张三","with":"孙同"}`, "with", ""},
		{s.ID, `{"do":"reply","who":"王明","reply":"也许"}`, "reply", "参加"}, {s.ID, `{"do":"reply","who":"张三","reply":"参加"}`, "who", "没有"},
		{s.ID, `{"do":"call"}`, "planned", "请谁"}, {s.ID, `{"do":"call","off":["张三"]}`, "off", "没有"}, {s.ID, `{"do":"check"}`, "what", "哪一项"},
		{s.ID, `{"do":"hold"}`, "do", "不归本单位办"}, {s.ID, `{"do":"attend","present":["王明"]}`, "do", "不归本单位办"}, {s.ID, `{"do":"void"}`, "reason", "原因"},
		{s.ID, `{"do":"confirm"}`, "do", "已安排"}, {gone.ID, `{"do":"call","planned":["王明"]}`, "do", "已取消"}, {gone.ID, `{"do":"move","day":"2027-01-15","reason":"天晴"}`, "do", "已取消"},
		{own.ID, `{"do":"close","present":["王明"],"absent":["王明"]}`, "absent", "又写了"}, {own.ID, `{"do":"close","absent":["张三"]}`, "absent", "没有"},
		{own.ID, `{"do":"close","citizens":-1}`, "citizens", ""}, {own.ID, `{"do":"close","citizens":"几个"}`, "citizens", ""}, {own.ID, `{"do":"attend"}`, "present", "谁"},
		{own.ID, `{"do":"attend","present":[{"who":"王明","arrived":"21:00","left":"20:00"}]}`, "present", "之前"}, {own.ID, `{"do":"hold","at":"很晚"}`, "at", "19:30"},
		{own.ID, `{"do":"visit"}`, "address", "哪一户"}, {own.ID, `{"do":"visit","stop":"4"}`, "stop", ""}, {own.ID, `{"do":"visit","address":"七巷","again":"2027-01-01"}`, "again", "之前"},
		{own.ID, `{"do":"visit","gone":true}`, "stop", ""}, {s.ID, `{"do":"visit","address":"七巷"}`, "do", "不归本单位办"}, {own.ID, `{"do":"result","unit":"水利局","what":"清淤"}`, "do", "已安排"},
		{told.ID, `{"do":"object","who":"王明"}`, "object", "异议"}, {told.ID, `{"do":"object","who":"王明","answer":"好"}`, "do", "不能"},
	} {
		_, err := order(city, c.id, c.body)
		var p problem.Problems
		if !errors.As(err, &p) {
			t.Errorf("%s: %v, want a problem of %s", c.body, err, c.field)
		} else if said, has := p.Bare()[c.field]; !has || !strings.Contains(said, c.why) {
			t.Errorf("%s: %v, want %s: …%s…", c.body, p.Bare(), c.field, c.why)
		}
	}
	if n := city.Entries(); n != entries {
		t.Errorf("%d entries, %d before", n, entries)
	}
	city.Healthy()
}

// A round of visits: each household with what was said, put right later; what is said elsewhere waits for who confirms it.
func TestVisitsAndWhatWasElsewhere(t *testing.T) {
	w := apptest.Begin(t)
	point := w.SetUp("station", apptest.Yuanjia)
	enter(point, wang, li)
	w.Now = at("2027-01-04", "09:00")
	s := must(point, "", `{"do":"plan","kind":"走访","day":"1月9日","planned":["王明"],"stops":[{"name":"王建国","address":"七巷三号"}]}`)
	if s.Day != "2027-01-09" || len(s.Stops) != 1 || s.Homes["1"].Name != "王建国" {
		t.Fatalf("%+v", s)
	}
	w.Now = at("2027-01-09", "09:00")
	s = must(point, s.ID, `{"do":"visit","stop":"1","words":"没有路灯","again":"2027-02-09"}`)
	s = must(point, s.ID, `{"do":"visit","name":"张秀","words":"水压低"}`)
	s = must(point, s.ID, `{"do":"visit","stop":"`+s.Stops[1].Key+`","said":"讲了政策"}`)
	if h := s.Homes[s.Stops[1].Key]; len(s.Stops) != 2 || s.Homes["1"].Words != "没有路灯" || s.Homes["1"].Name != "王建国" || h.Words != "水压低" || h.Said == "" {
		t.Errorf("%+v %+v", s.Stops, s.Homes)
	}
	if s = must(point, s.ID, `{"do":"visit","stop":"`+s.Stops[1].Key+`","gone":true}`); len(s.Stops) != 1 {
		t.Errorf("%+v", s.Stops)
	}
	if s = must(point, s.ID, `{"do":"close","present":["王明"]}`); s.State != session.Held {
		t.Errorf("%v", s.State)
	}
	s = must(point, s.ID, `{"do":"result","unit":"城管局","what":"装路灯"}`)
	if s = must(point, s.ID, `{"do":"result","result":"`+s.Results[0].Key+`","answer":"已装"}`); len(s.Results) != 1 || s.Results[0].Reply != "已装" || s.Results[0].On != "2027-01-09" {
		t.Errorf("%+v", s.Results)
	}
	told := must(point, "", `{"do":"plan","becomes":"told","type":"学习培训","day":"2026-12-01","planned":["李慧敏"],"topic":"市里培训"}`)
	told = must(point, told.ID, `{"do":"object","who":"李慧敏","object":"是两天"}`)
	told = must(point, told.ID, `{"do":"object","who":"李慧敏","answer":"已改"}`)
	if told = must(point, told.ID, `{"do":"confirm"}`); told.State != session.Held || told.Confirmer == "" || told.Objects[0].Answer != "已改" {
		t.Errorf("%+v", told)
	}
	point.Healthy()
}

// What presses: tonight's session, a notice that does not hang in time and one that is due by tomorrow, who has not replied.
func TestComing(t *testing.T) {
	o := apptest.New(t).SetUp("station", "141102002003")
	o.World.Now = at("2027-01-08", "09:00")
	enter(o, wang, li)
	must(o, "", monday)
	must(o, "", `{"do":"plan","day":"2027-01-20","planned":["王明"]}`)
	said := func() agenda.Coming {
		t.Helper()
		c, err := o.Agenda.Coming(ctx)
		o.World.Must(err)
		return c
	}
	if c := said(); c.Due != 1 || c.Late != 0 || len(c.Tonight) != 0 || strings.Join(c.Silent, "、") != "王明、李慧敏" {
		t.Errorf("three days before: %+v", c)
	}
	o.World.Now = at("2027-01-10", "09:00")
	if c := said(); c.Late != 1 || c.Due != 0 {
		t.Errorf("the day before: %+v", c)
	}
	o.World.Now = at("2027-01-11", "18:00")
	if c := said(); len(c.Tonight) != 1 || c.Tonight[0].Topic != "冬季供暖" {
		t.Errorf("on the day: %+v", c)
	}
}

// A session is planned at a station that is open and ours to write of, by its name or code; one that was closed is told
// with who goes on, a part of a name with what it may be.
func TestWhereASessionIs(t *testing.T) {
	c := apptest.New(t).SetUp("county", apptest.County)
	c.World.Now = at("2027-01-04", "09:00")
	for code, name := range map[string]string{"141102002003": "袁家庄社区代表联络点", "141102002006": "生态园社区代表联络点"} {
		o, err := roster.ParseSite([]byte(`{"do":"open","name":"` + name + `"}`))
		if err == nil {
			_, err = c.Roster.Alter(ctx, c.Clerk(), code, o)
		}
		c.World.Must(err)
	}
	plan := func(station string) (session.Session, error) {
		return order(c, "", `{"do":"plan","day":"2027-01-11","station":"`+station+`"}`)
	}
	for station, want := range map[string]string{"袁家庄社区代表联络点": apptest.Yuanjia, "141102002003": apptest.Yuanjia, "141102": apptest.County, "": apptest.County} {
		if s, err := plan(station); err != nil || s.Station != want {
			t.Errorf("%q: %s, %v", station, s.Station, err)
		}
	}
	o, err := roster.ParseSite([]byte(`{"do":"merge","successor":"141102002006","day":"2027-01-01"}`))
	if err == nil {
		_, err = c.Roster.Alter(ctx, c.Clerk(), apptest.Yuanjia, o)
	}
	c.World.Must(err)
	for station, says := range map[string]string{apptest.Yuanjia: "已经并入", "生态园社区": "是不是", "火星": "没有", "141121000000": "没有"} {
		_, err := plan(station)
		var wrong problem.Problems
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Bare()["station"], says) {
			t.Errorf("%s: %v", station, err)
		}
	}
}

// How deputies were rated stands with the session, and adds up; a deputy says what he has against it whenever it is.
func TestRated(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	enter(o, wang, li)
	w.Now = at("2027-01-04", "09:00")
	s := must(o, "", `{"do":"plan","kind":"活动","type":"述职评议","day":"2027-01-05","planned":["王明","李慧敏"]}`)
	s = must(o, s.ID, `{"do":"object","who":"李慧敏","object":"那天在省里开会"}`)
	w.Now = at("2027-01-05", "21:30")
	entries := o.Entries()
	for body, field := range map[string]string{
		`{"do":"close","present":["王明"],"issued":28,"collected":30,"satisfied":30}`:                               "collected",
		`{"do":"close","present":["王明"],"issued":30,"collected":28,"satisfied":20,"basically":5,"unsatisfied":2}`: "collected",
		`{"do":"close","present":["王明"],"satisfied":20}`:                                                          "collected",
		`{"do":"close","present":["王明"],"issued":-1}`:                                                             "issued",
		`{"do":"close","present":["王明"],"collected":"很多"}`:                                                        "collected",
		`{"do":"close","present":["王明"],"topic":"别的"}`:                                                            "topic",
	} {
		_, err := order(o, s.ID, body)
		var wrong problem.Problems
		if !errors.As(err, &wrong) || len(wrong.Bare()) != 1 || wrong.Bare()[field] == "" {
			t.Errorf("%s: %v", body, err)
		}
	}
	if _, err := order(o, "", `{"do":"plan","becomes":"open","day":"2027-01-05","issued":3,"collected":3,"satisfied":3}`); err == nil {
		t.Error("a reception is rated")
	}
	if n := o.Entries(); n != entries {
		t.Errorf("%d entries, %d before", n, entries)
	}
	s = must(o, s.ID, `{"do":"close","present":["王明"],"issued":30,"collected":28,"satisfied":20,"basically":5,"unsatisfied":1,"abstained":1,"spoiled":1}`)
	if want := (session.Ballots{Issued: 30, Collected: 28, Satisfied: 20, Basically: 5, Unsatisfied: 1, Abstained: 1, Spoiled: 1}); s.Ballots != want {
		t.Errorf("%+v", s.Ballots)
	}
	if _, err := order(o, s.ID, `{"do":"change","satisfied":21}`); err == nil {
		t.Error("put right to what does not add up")
	}
	if _, err := order(o, s.ID, `{"do":"change","type":"座谈"}`); err == nil {
		t.Error("ballots of a talk")
	}
	s = must(o, s.ID, `{"do":"change","satisfied":21,"spoiled":0}`)
	s = must(o, s.ID, `{"do":"object","who":"李慧敏","answer":"已核对"}`)
	if s.Satisfied != 21 || s.Objects[0].Answer != "已核对" {
		t.Errorf("%+v %+v", s.Ballots, s.Objects)
	}
	for _, becomes := range []string{"told", ""} { // before anybody confirms it, and when it was cancelled
		x := must(o, "", `{"do":"plan","kind":"活动","becomes":"`+becomes+`","day":"2027-01-0`+map[string]string{"told": "5", "": "7"}[becomes]+`","planned":["王明"]}`)
		if becomes == "" {
			x = must(o, x.ID, `{"do":"cancel","reason":"大雪"}`)
		}
		if x = must(o, x.ID, `{"do":"object","who":"王明","object":"是两天"}`); x.Objects[0].Note != "是两天" {
			t.Errorf("%s: %+v", becomes, x.Objects)
		}
	}
	o.Healthy()
}
