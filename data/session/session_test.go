package session

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

var update = flag.Bool("update", false, "write testdata/table.txt anew")

const (
	id     = "019ab0c0-0000-7000-8000-000000000001"
	point  = "141102002003D1-A"
	town   = "141102002000Z1-G"
	county = "141102000000"
	city   = "141100000000"
)

var evening = time.Date(2026, 11, 21, 19, 42, 0, 0, time.UTC)

// deed is an act of a unit's computer who, its seq-th, that saw some others.
func deed(t testing.TB, code string, who byte, seq uint64, do string, body, private any, seen ...journal.Record) journal.Record {
	t.Helper()
	e := journal.Entry{ID: journal.ID{Replica: journal.Replica{who}, Incarnation: 1, Seq: seq}, Thing: id, Kind: Name, Do: do, Schema: Schema,
		Depth: 1, Unit: code, Level: unit.LevelOf(code), By: "赵晖", At: evening.Add(time.Duration(seq) * time.Minute)}
	for _, s := range seen {
		e.Seen, e.Depth = append(e.Seen, s.ID), max(e.Depth, s.Depth+1)
	}
	var err error
	if e.Body, err = json.Marshal(body); err != nil {
		t.Fatal(err)
	}
	r, err := journal.Seal(e, private, [16]byte{who, byte(seq)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

type set = map[string]any

var (
	wang    = Called{Key: "019ab0c0-0000-7000-8000-000000000011", Name: "王明", Part: "lead", Why: "今年 1 次"}
	li      = Called{Key: "019ab0c0-0000-7000-8000-000000000012", Name: "李慧敏"}
	zhang   = Called{Name: "张国强", Part: "guest", Unit: "袁家庄社区"}
	opening = Opening{Facts: Facts{Kind: "reception", Day: "2027-01-11", From: "19:30", To: "21:00"}, Station: point, Called: []Called{wang, li}}
)

// with is the opening with something else in it.
func with(change func(*Opening)) Opening {
	o := opening
	change(&o)
	return o
}

// deeds are what may be done, each as it is usually said.
var deeds = []struct {
	name, do string
	body     any
}{
	{"安排接待", Plan, opening}, {"安排县里的活动", Plan, with(func(o *Opening) { o.Station, o.Kind = county, "activity" })},
	{"不在计划里的接待", Plan, with(func(o *Opening) { o.Becomes = Open })},
	{"改主题", Change, set{"topic": "冬季供暖"}}, {"加一位代表", Call, Said{Called: []Called{zhang}}}, {"另请站点的代表", Call, Said{Guests: []Guest{{Station: town}}}},
	{"换人", Swap, Said{Who: wang.Key, With: &zhang}}, {"公告", Post, Said{Notice: &Notice{Day: "2027-01-09"}}},
	{"改期", Move, Said{Shift: &Shift{Day: "2027-01-12", From: "19:30", To: "21:00"}}}, {"取消", Cancel, Said{Reason: "大雪"}},
	{"答复邀请", Reply, Said{Who: li.Key, Reply: "leave"}}, {"开始", Hold, Said{At: "19:31"}}, {"签到", Attend, Said{Called: []Called{{Key: wang.Key, Name: "王明", Came: true}}}},
	{"结束", Close, Said{}}, {"记一户走访", Visit, Said{Stop: &Stop{}}}, {"准备事项", Tick, Said{Checks: []Check{{"横幅", true}}}},
	{"交办意见", Hand, Said{Result: &Result{Unit: "水利局", What: "清淤"}}}, {"确认", Confirm, Said{}}, {"提异议", Contest, Said{Who: li.Key, Object: "那天我到了"}},
	{"作废", Abandon, Said{Reason: "登记错了"}},
}

type word struct {
	unit, do string
	body     any
}

var situations = []struct {
	name string
	said []word
}{
	{"没有安排", nil}, {"站里安排的", []word{{point, Plan, opening}}}, {"县里给站安排的", []word{{county, Plan, opening}}},
	{"已公告", []word{{point, Plan, opening}, {point, Post, Said{Notice: &Notice{Day: "2027-01-09"}}}}},
	{"公告后改期的", []word{{point, Plan, opening}, {point, Post, Said{Notice: &Notice{Day: "2027-01-09"}}},
		{county, Move, Said{Shift: &Shift{Day: "2027-01-12"}}}}},
	{"进行中", []word{{county, Plan, opening}, {point, Hold, Said{At: "19:30"}}}}, {"已举行", []word{{county, Plan, opening}, {point, Close, Said{}}}},
	{"取消的", []word{{point, Plan, opening}, {point, Cancel, Said{Reason: "大雪"}}}},
	{"别处履职、等确认的", []word{{point, Plan, with(func(o *Opening) { o.Becomes = Told })}}},
	{"县里自己的活动", []word{{county, Plan, with(func(o *Opening) { o.Station, o.Kind = county, "activity" })}}},
	{"作废的", []word{{point, Plan, opening}, {point, Abandon, Said{Reason: "登记错了"}}}},
}

// said folds what units said one after the other.
func said(t *testing.T, words ...word) (s Session, rs []journal.Record) {
	t.Helper()
	for i, w := range words {
		r := deed(t, w.unit, 1, uint64(i+1), w.do, w.body, nil, rs...)
		next, err := s.Apply(r)
		if err != nil {
			t.Fatalf("%s by %s: %v", w.do, w.unit, err)
		}
		s, rs = next, append(rs, r)
	}
	return s, rs
}

// The whole table, walked: every situation with every act by every unit. Who may do what stands in testdata/table.txt for people
// to read; all else must be refused and change nothing.
func TestWhoMayDoWhat(t *testing.T) {
	var out strings.Builder
	out.WriteString("# situation, act: who may do it. Everything else is refused.\n")
	units := []struct{ code, name string }{{point, "袁家庄"}, {town, "凤山街道"}, {county, "离石"}, {"141121000000", "文水"}, {city, "市"}}
	for _, sit := range situations {
		before, rs := said(t, sit.said...)
		for _, d := range deeds {
			var may []string
			for _, by := range units {
				kept, _ := json.Marshal(before)
				after, err := before.Apply(deed(t, by.code, 9, 1, d.do, d.body, nil, rs...))
				switch {
				case err == nil && !before.May(d.do, by.code):
					t.Errorf("%s by %s of %s is done though it may not be", d.name, by.name, sit.name)
				case err == nil:
					may = append(may, by.name)
					for _, f := range after.Trail[len(after.Trail)-1].Fields {
						if name := thing.Told(Kind.Names(&after, f), nil); name == "" || strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz") {
							t.Errorf("what %s writes is called %q", d.name, name)
						}
					}
				case !reflect.DeepEqual(before, after):
					t.Errorf("refused %s by %s of %s changed it", d.name, by.name, sit.name)
				}
				if now, _ := json.Marshal(before); string(now) != string(kept) {
					t.Errorf("%s by %s of %s wrote into what was before", d.name, by.name, sit.name)
				}
			}
			if len(may) > 0 {
				fmt.Fprintf(&out, "%s，%s：%s\n", sit.name, d.name, strings.Join(may, "、"))
			}
		}
	}
	const file = "testdata/table.txt"
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(out.String()), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != out.String() {
		t.Errorf("%v: the table is not as written; -update writes it anew:\n%s", err, out.String())
	}
}

// An evening from its plan to its close: who stands in keeps both names, what was moved after its notice owes another
// one, who did not come is absent, who came without being called is there.
func TestAnEvening(t *testing.T) {
	s, rs := said(t, word{county, Plan, opening}, word{county, Swap, Said{Who: li.Key, With: &zhang, Reason: "出差"}},
		word{point, Post, Said{Notice: &Notice{Day: "2027-01-08", Places: []string{"村务公开栏"}}}},
		word{point, Move, Said{Shift: &Shift{Day: "2027-01-12", From: "19:30", To: "21:00", Reason: "大雪"}}})
	if s.State != Altered || !s.Owes() || len(s.Moves) != 1 || s.Moves[0].Day != "2027-01-11" {
		t.Fatalf("moved: %+v", s)
	}
	stands, _ := s.Person("张国强")
	if gone, _ := s.Person(li.Key); gone.Instead != "张国强" || stands.For != "李慧敏" || len(s.Awaited()) != 2 {
		t.Errorf("called: %+v", s.Called)
	}
	for i, w := range []word{{point, Post, Said{Notice: &Notice{Day: "2027-01-10"}}}, {point, Attend, Said{At: "19:28", Called: []Called{
		{Key: wang.Key, Name: "王明", Came: true, Arrived: "19:28"}, {Name: "赵晓东", Came: true}}}},
		{point, Close, set{"at": "21:05", "citizens": 3, "minutes": "谈了供暖", "topic": "别的"}}} {
		r := deed(t, w.unit, 1, uint64(len(rs)+i+1), w.do, w.body, nil, rs...)
		var err error
		if s, err = s.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	late, _ := s.Person("赵晓东")
	absent, _ := s.Person("张国强")
	if s.State != Held || s.Owes() || !s.Notices[1].Amends || s.Citizens != 3 || s.Topic != "" || !late.Extra || !absent.Absent || len(s.Present()) != 2 {
		t.Errorf("%+v", s)
	}
	if came, _ := s.Person(wang.Key); came.Why != "今年 1 次" || came.Part != "lead" || came.Arrived != "19:28" {
		t.Errorf("%+v", came)
	}
}

// What a household said goes to the station and its county alone; a deputy of another station hears of the session.
func TestWhoHears(t *testing.T) {
	first := deed(t, county, 1, 1, Plan, with(func(o *Opening) { o.Kind, o.Guests = "visit", []Guest{{Station: town}} }), nil)
	stop := deed(t, point, 2, 1, Visit, Said{Stop: &Stop{}}, Private{Homes: map[string]Home{"": {Name: "王建国", Words: "没有路灯"}}}, first)
	sum, refused := Kind.Fold([]journal.Record{stop, first})
	s := sum.(*Session)
	if len(refused) > 0 || len(s.Stops) != 1 || s.Homes[s.Stops[0].Key].Name != "王建国" {
		t.Fatalf("%v %+v", refused, s)
	}
	e := s.Envelope(point)
	if !unit.Tree(e.Audience) || !slices.Contains(e.Audience, town) || !slices.Contains(e.Audience, city) || !slices.Equal(e.Privy, []string{county}) {
		t.Errorf("%+v", e)
	}
	again := deed(t, point, 2, 2, Visit, Said{Stop: &Stop{Key: s.Stops[0].Key, Matter: id}}, nil, first, stop)
	sum, _ = Kind.Fold([]journal.Record{again, stop, first})
	if s := sum.(*Session); s.Stops[0].Matter != id || s.Homes[s.Stops[0].Key].Words != "没有路灯" {
		t.Errorf("%+v", s)
	}
}

// A session knows the day of the rule that it stands for, also where a holiday moved it; what is no day is refused.
func TestSlot(t *testing.T) {
	for slot, want := range map[string]string{"": "2027-01-11", "2027-01-10": "2027-01-10", "x": ""} {
		s, err := Session{}.Apply(deed(t, county, 1, 1, Plan, with(func(o *Opening) { o.Rule, o.Slot = id, slot }), nil))
		if s.Slot != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", slot, s.Slot, err)
		}
	}
}

// A station that reports through its township's hears of a session through that: it is in the circle, too.
func TestGuestsHearOnTheirWay(t *testing.T) {
	away := Guest{Station: "141102002006D1-J", Via: town}
	sum, refused := Kind.Fold([]journal.Record{deed(t, county, 1, 1, Plan, with(func(o *Opening) {
		o.Kind, o.Station, o.Guests = "activity", county, []Guest{away}
	}), nil)})
	e := sum.Envelope(county)
	if len(refused) > 0 || unit.Over(e.Audience, away.Station) != town || unit.Over(e.Audience, town) != county {
		t.Errorf("%v %v", refused, e.Audience)
	}
}

// Two at once: each ticks somebody else, and both stand; both moved it, and that is kept to be compared.
func TestTwoAtOnce(t *testing.T) {
	first := deed(t, county, 1, 1, Plan, opening, nil)
	one := deed(t, point, 2, 1, Attend, Said{Called: []Called{{Key: wang.Key, Name: "王明", Came: true}}}, nil, first)
	two := deed(t, point, 3, 1, Attend, Said{Called: []Called{{Key: li.Key, Name: "李慧敏", Came: true}}}, nil, first)
	a, _ := Kind.Fold([]journal.Record{first, one, two})
	b, _ := Kind.Fold([]journal.Record{two, one, first})
	if s := a.(*Session); !reflect.DeepEqual(a, b) || len(s.Present()) != 2 || len(s.Conflicts) != 0 {
		t.Errorf("%+v", s)
	}
	up := deed(t, county, 2, 1, Move, Said{Shift: &Shift{Day: "2027-01-12"}}, nil, first)
	down := deed(t, point, 3, 1, Move, Said{Shift: &Shift{Day: "2027-01-13"}}, nil, first)
	c, _ := Kind.Fold([]journal.Record{first, up, down})
	if s := c.(*Session); !s.Contested("day") {
		t.Errorf("%+v", s.Conflicts)
	}
	ended := deed(t, county, 4, 1, Cancel, Said{Reason: "大雪"}, nil, first)
	d, _ := Kind.Fold([]journal.Record{first, ended, one})
	if s := d.(*Session); s.State != Open || len(s.Present()) != 1 || !s.Contested(thing.Handled) {
		t.Errorf("%v %+v", s.State, s.Conflicts)
	}
}

// Whatever somebody writes into a body, nothing breaks.
func FuzzBodies(f *testing.F) {
	for _, d := range deeds {
		b, _ := json.Marshal(d.body)
		f.Add(d.do, b)
	}
	f.Add(Plan, []byte(`{"kind":"visit","day":"2027-01-11","station":"141102002003D1-A","guests":["x"],"called":[{}]}`))
	f.Add(Visit, []byte(`{"stop":{"key":"x"},"gone":true}`))
	f.Fuzz(func(t *testing.T, do string, body []byte) {
		if do == "" || !json.Valid(body) {
			return
		}
		for _, code := range []string{county, point, city, "", "x"} {
			first := deed(t, county, 1, 1, Plan, opening, nil)
			odd, alone := deed(t, code, 2, 1, do, json.RawMessage(body), nil, first), deed(t, code, 2, 1, do, json.RawMessage(body), nil)
			for _, rs := range [][]journal.Record{{first, odd}, {alone}} {
				sum, _ := Kind.Fold(rs)
				s, ok := sum.(*Session)
				if !ok {
					continue
				}
				for _, c := range Kind.Columns {
					_ = c.Of(s)
				}
				Kind.Doc(s, county)
				if e := s.Envelope(county); len(e.Audience) > 0 && !unit.Tree(e.Audience) {
					t.Errorf("audience %v", e.Audience)
				}
			}
		}
	})
}

// A private part that cannot be read makes nobody refuse what was said openly: else homes that have it would tell another
// story than those from which it was withheld.
func TestPrivatePartThatIsNone(t *testing.T) {
	first := deed(t, county, 1, 1, Plan, opening, map[string]any{"homes": "谁也读不懂"})
	stop := deed(t, point, 2, 1, Visit, Said{Stop: &Stop{}}, []int{7}, first)
	held, refused := Kind.Fold([]journal.Record{first, stop})
	for _, r := range []*journal.Record{&first, &stop} {
		r.Secret = nil // withheld
	}
	bare, others := Kind.Fold([]journal.Record{first, stop})
	a, err1 := json.Marshal(held)
	b, err2 := json.Marshal(bare)
	if err := errors.Join(err1, err2); err != nil || len(refused)+len(others) > 0 || string(a) != string(b) {
		t.Errorf("%v: refused %v and %v\n%s\n%s", err, refused, others, a, b)
	}
}

// What two wrote at once is named for people, with whom and what it is about; so is the session itself.
func TestConflictsAreNamed(t *testing.T) {
	first := deed(t, county, 1, 1, Plan, with(func(o *Opening) { o.Checks, o.Stops = []Check{{"横幅", false}}, []Stop{{Key: "1"}, {Key: "2"}} }), nil)
	var rs []journal.Record
	both := func(do string, body any) {
		for _, at := range []struct {
			code string
			who  byte
		}{{county, 2}, {point, 3}} {
			rs = append(rs, deed(t, at.code, at.who, uint64(len(rs)+1), do, body, nil, first))
		}
	}
	both(Change, set{"from": "19:00", "to": "20:30"})
	both(Call, Said{Called: []Called{li}})
	rs = append(rs, deed(t, county, 2, 20, Call, Said{Called: []Called{wang}}, nil, first), deed(t, point, 3, 20, Call, Said{Off: []string{wang.Key}}, nil, first))
	both(Tick, Said{Checks: []Check{{"横幅", true}}})
	both(Reply, Said{Who: li.Key, Reply: "leave"})
	for i := range 2 {
		rs = append(rs, deed(t, point, byte(4+i), 1, Visit, Said{Stop: &Stop{Key: "2", Matter: id}}, nil, first))
	}
	sum, _ := Kind.Fold(append(rs, first))
	says := strings.Join(Kind.Contests(sum), "\n")
	for _, want := range []string{"“开始时间”", "“结束时间”", "“受邀：李慧敏”", "“受邀：" + wang.Key + "”", "“准备事项：横幅”", "“答复：李慧敏”", "“走访第 2 户”"} {
		if !strings.Contains(says, want) {
			t.Errorf("nothing of %s in\n%s", want, says)
		}
	}
	if told := thing.Told(says, func(code string) string { return map[string]string{wang.Key: "王明"}[code] }); !strings.Contains(told, "“受邀：王明”") {
		t.Error(told)
	}
	if name := Kind.Called(sum); name != "1月11日 19:00 进站接待 · "+point {
		t.Error(name)
	}
}

// Hours and days that are none, and lists that nobody has, are refused; many who tick many at once leave no more conflicts
// than anybody can look at.
func TestNothingWithoutEnd(t *testing.T) {
	for _, change := range []func(*Opening){
		func(o *Opening) { o.Day = "9999-99-99" }, func(o *Opening) { o.From = "99:99" }, func(o *Opening) { o.To = "9:00" },
		func(o *Opening) { o.Rule, o.Slot = id, "2027-02-30" }, func(o *Opening) { o.Checks = make([]Check, Most+1) },
	} {
		if s, err := (Session{}).Apply(deed(t, county, 1, 1, Plan, with(change), nil)); err == nil {
			t.Errorf("taken: %+v", s.Facts)
		}
	}
	first := deed(t, county, 1, 1, Plan, opening, nil)
	s, err := Session{}.Apply(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(deed(t, county, 1, 2, Move, Said{Shift: &Shift{Day: "0000-99-00"}}, nil, first)); err == nil {
		t.Error("moved to a day that is none")
	}
	var all []Called
	for i := range Most - 2 {
		all = append(all, Called{Name: fmt.Sprint("第", i), Part: "guest", Came: true})
	}
	rs := []journal.Record{first}
	for i := range 30 {
		rs = append(rs, deed(t, point, byte(i+2), 1, Attend, Said{Called: append(all, all[0])[1:]}, nil, first))
	}
	sum, refused := Kind.Fold(rs)
	if s := sum.(*Session); len(refused) > 0 || len(s.Called) != Most || len(s.Conflicts) != Most {
		t.Errorf("%v: %d came, %d conflicts", refused, len(s.Called), len(s.Conflicts))
	}
	if _, err := s.Apply(deed(t, point, 2, 1, Attend, Said{Called: append(all, all...)}, nil, first)); err == nil {
		t.Error("more than any hall holds came")
	}
}

// A tally is read as it was written; who came stands in it by his ID, or by his name where he is on no roster.
func TestTallyIsReadAsItWasWritten(t *testing.T) {
	s := Session{Station: point, State: Held, Facts: Facts{Kind: "reception", Tier: "city", Day: "2026-11-21", Citizens: 1 << 62}, Stops: []Stop{{}, {}},
		Called: []Called{{Key: "p1", Name: "甲", Came: true}, {Key: "乙|,:", Name: "乙|,:", Came: true, Part: "guest"}, {Key: "p3", Absent: true}}}
	want := Tally{Station: point, Kind: "reception", Tier: "city", State: Held, Day: 20778, Citizens: 99999, Homes: 2,
		Present: []Attended{{"p1", false}, {"乙", true}}}
	if got, err := ReadTally(s.Tally().String()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v %v, want %+v", got, err, want)
	}
}
