package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/export"
	"lianluo.local/app/paper/register"
	"lianluo.local/app/paper/table"
	sheets "lianluo.local/app/sheet"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
	wordlists "lianluo.local/data/words"
)

// matters are those of a home, in the order in which they were entered.
func matters(t *testing.T, o *apptest.Seat) (all []matter.Matter) {
	t.Helper()
	ls, err := view.Things[matter.Matter](ctx, o.Store, matter.Name, "state <> ? ORDER BY row", int(matter.Void))
	o.World.Must(err)
	for _, l := range ls {
		all = append(all, l.Thing)
	}
	return all
}

// worked is a station with matters of the three books at many stages.
func worked(t *testing.T, w *apptest.World, o *apptest.Seat) {
	t.Helper()
	receive := func(d desk.Draft) matter.Matter { return o.Receive(d) }
	m := receive(desk.Draft{Title: "七巷雨水倒灌", Words: "一下雨就倒灌。院里进水。", Name: "李福生", Phone: "13812345678", Address: "袁家庄七巷3号", Category: "0203",
		Deputies: []string{"王明", "李慧敏"}, PaperNumber: "12", Urgency: "紧急"})
	m = o.Do(m, `{"do":"collate","mode":"department","note":"看过"}`)
	m = o.Do(m, `{"do":"assign","to":["区住建局","区水利局"],"due":"2026-12-04"}`)
	m = o.Do(m, `{"do":"answer","class":1,"answer":"管道已疏通"}`)
	m = o.Do(m, `{"do":"inform","way":"phone"}`)
	o.Do(m, `{"do":"rate","result":"基本满意","attitude":"满意"}`)
	receive(desk.Draft{Words: "公厕太少。", Name: "张秀兰", Phone: "0358-8221321", OnSpot: "answered", OnSpotAnswer: "已解释规划", People: 3})
	receive(desk.Draft{Words: "我家的事谁也别说。", Name: "赵二", Confidential: true})
	receive(desk.Draft{Words: "招标的事。", OnSpot: "out-of-scope", Reason: "trade"})
	v := receive(desk.Draft{Words: "重了。"})
	_, err := o.Desk.Void(ctx, o.Clerk(), v.ID, "登记重了")
	w.Must(err)
	receive(desk.Draft{Register: "visit", Channel: "走访", Words: "灯不亮。", Name: "王五", Phone: "13800001111", Address: "八巷", Deputies: []string{"王明"}, Sex: "男", AgeBand: "60-79", Mode: "代表引导"})
	receive(desk.Draft{Register: "opinion", Channel: "意见箱", Words: "垃圾没人收。", Place: "全村", Mode: "部门联动", Proposal: "转环卫"})
	receive(desk.Draft{Register: "opinion", Channel: "代表热线", Words: "公交太少。", Name: "孙七", Phone: "13900002222"})
}

// The three books as this program prints them, as a workbook or as text, say nothing new where they were printed, and at a
// new computer they are the same matters again.
func TestOwnBooksComeInAgain(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	worked(t, w, o)
	issuer, err := o.Issuer(ctx)
	w.Must(err)
	fresh := apptest.New(t)
	fresh.Now = w.Now
	other := fresh.SetUp("station", apptest.Yuanjia)
	all := matters(t, o)
	before := o.Entries()
	for _, r := range wordlists.Registers {
		book := register.Book(r.Code, all, issuer)
		for name, write := range map[string]func(*bytes.Buffer) error{
			"打印.xlsx": func(b *bytes.Buffer) error { return book.Sheet(b, table.Print) },
			"数据.xlsx": func(b *bytes.Buffer) error { return book.Sheet(b, table.Rows) },
			"文本.csv":  func(b *bytes.Buffer) error { return book.CSV(b) },
		} {
			var b bytes.Buffer
			w.Must(write(&b))
			in := handed(t, o, app.Books[r.Code], name, b.Bytes(), app.Said{})
			if p := in.Plan; len(p.New)+len(p.Changed) > 0 {
				t.Errorf("%s as %s: %d new, %+v changed", r.Name, name, len(p.New), p.Changed)
			}
		}
		var b bytes.Buffer
		w.Must(book.Sheet(&b, table.Print))
		in := handed(t, other, app.Books[r.Code], r.Name+".xlsx", b.Bytes(), app.Said{})
		if len(in.Plan.New) == 0 {
			t.Errorf("%s: nothing new", r.Name)
		}
	}
	for _, private := range []bool{true, false} {
		for name, file := range written(t, o, export.Wish{Formats: []export.Format{export.XLSX, export.CSV}, Private: private}) {
			if !strings.HasPrefix(name, "matters") {
				continue
			}
			in := handed(t, o, app.Books["reception"], name, []byte(file), app.Said{})
			if p := in.Plan; len(p.New)+len(p.Changed) > 0 || len(p.Same) == 0 {
				t.Errorf("exported %s: %d new, %+v changed", name, len(p.New), p.Changed)
			}
		}
	}
	if o.Entries() != before {
		t.Error("its own books changed a home")
	}
	told := func(m matter.Matter) string {
		return fmt.Sprint(m.Occurred.In(time.UTC), m.Register, " ", m.Channel, " ", m.Deputies, " ", m.Name, " ", m.Phone, " ", m.Address, " ", m.People, " ", m.Units, " ",
			m.Answer, " ", m.AnsweredOn, " ", m.Class, " ", m.Told, " ", m.TellWay, " ", m.Result, " ", m.Attitude, " ", m.State.Open(), " ", m.Mode, " ", m.Proposal, " ", m.Sex, " ", m.AgeBand, " ", m.Place)
	}
	same := func(at *apptest.Seat, confidential bool) {
		t.Helper()
		var was, is []string
		for _, m := range all {
			if !m.Confidential || confidential {
				was = append(was, told(m))
			}
		}
		for _, m := range matters(t, at) {
			is = append(is, told(m))
		}
		slices.Sort(was)
		slices.Sort(is)
		if !slices.Equal(was, is) {
			t.Errorf("at a new computer\n%s\nwant\n%s", strings.Join(is, "\n"), strings.Join(was, "\n"))
		}
		at.Healthy()
	}
	same(other, false)
	third := fresh.SetUp("station", apptest.Yuanjia)
	handed(t, third, app.Books["reception"], "matters.csv", []byte(written(t, o, readable(true))["matters.csv"]), app.Said{})
	same(third, true)
}

// register23 is an old register of a station, its rows in an order.
func register23(t *testing.T, order ...int) []byte {
	rows := cells{{"编号", "日期", "接待代表", "反映人", "电话", "反映问题", "转办去向/日期", "办理结果/日期", "反馈日期/方式", "满意度", "是否办结"}}
	body := cells{
		{"1", "2023.3.5", "王明", "李福生", "13812345678", "七巷雨水倒灌", "区住建局 2023.3.8", "管道已疏通 2023-03-20", "2023.3.22 电话", "满意", "是"},
		{"2", "2023.3.6", nil, "张秀兰", nil, "公厕太少", "区城管局", nil, nil, nil, "否"},
		{nil, "2023.4.1", nil, nil, nil, "路灯不亮", nil, nil, nil, nil, nil},
		{nil, "2023.4.2", "王明、李慧敏", "王五等3人", "8221321", "井盖丢了", nil, "正在办理", nil, nil, nil},
		{nil, "2023.4.3", nil, "赵六", nil, "楼道堆物", "区消防队", "已清理", nil, "不满意", nil},
	}
	for _, i := range order {
		rows = append(rows, body[i])
	}
	return oldBook(t, rows, nil)
}

// An old register becomes matters as far as it says, on the days that it names; nothing is overdue but what it leaves open
// with a day; reports count them on their days and as keyed today.
func TestAnOldBookIsCarriedAsFarAsItSays(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	in := handed(t, o, app.Books["reception"], "簿.xlsx", register23(t, 0, 1, 2, 3, 4), app.Said{})
	if len(in.Plan.New) != 5 || in.Plan.Batch == "" || len(in.Plan.Sum) != 64 {
		t.Fatalf("%+v", in.Plan)
	}
	var got []string
	for _, m := range matters(t, o) {
		got = append(got, fmt.Sprint(m.Occurred.In(o.Now().Location()).Format(time.DateOnly), " ", m.PaperNumber, " ", m.State, " ", m.Units, " ", m.Assigned, " ", m.Answer, " ",
			m.AnsweredOn, " ", m.Told, m.TellWay, " ", m.Result, " due ", m.Due, " ", m.Limit(), " ended ", thingDay(m)))
	}
	want := []string{
		"2023-03-05 1 办结 [区住建局] 2023-03-08 管道已疏通 2023-03-20 2023-03-22phone satisfied due   ended 2023-03-22",
		"2023-03-06 2 已交办 [区城管局]      due  2026-12-04 ended ",
		"2023-04-01  已登记 []      due   ended ",
		"2023-04-02  已登记 []      due  2026-11-27 ended ",
		"2023-04-03  办结 [区消防队]  已清理   unsatisfied due   ended 2023-04-03",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, v := range o.List() {
		if v.Overdue {
			t.Errorf("%s is overdue", v.Title)
		}
	}
	if n := matters(t, o)[0].Tally(); n.Keyed <= n.Raised || n.Outcome != matter.Settled {
		t.Errorf("%+v", n)
	}
	o.Healthy()
}

// thingDay is the day on which a matter counts as settled.
func thingDay(m matter.Matter) string { return thing.Date(m.Tally().Ended) }

// The same rows change nothing: in another order, in another file, on another computer of the station; a blank erases
// nothing; what is new is told field by field.
func TestTheSameRowsAgain(t *testing.T) {
	w := apptest.Begin(t)
	county, o := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	second := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(o, county)
	w.Enrol(second, county)
	handed(t, o, app.Books["reception"], "簿.xlsx", register23(t, 0, 1, 2, 3, 4), app.Said{})
	w.Settle(o, second, county)
	for _, s := range []*apptest.Seat{o, second} {
		before := s.Entries()
		in := handed(t, s, app.Books["reception"], "另存.xlsx", register23(t, 4, 2, 0, 3, 1), app.Said{})
		if p := in.Plan; len(p.Same) != 5 || len(p.New)+len(p.Changed) > 0 || s.Entries() != before {
			t.Errorf("%d new, %+v changed, %d the same", len(p.New), p.Changed, len(p.Same))
		}
	}
	more := oldBook(t, cells{{"编号", "日期", "反映人", "电话", "反映问题", "办理结果", "满意度", "是否办结"},
		{"1", "2023.3.5", "李福生", nil, "七巷雨水倒灌", nil, nil, nil},
		{"2", "2023.3.6", "张秀兰", "13800001111", "公厕太少", "已建一座 2024-05-01", "满意", "是"}}, nil)
	in := handed(t, o, app.Books["reception"], "补.xlsx", more, app.Said{})
	if p := in.Plan; len(p.Same) != 1 || len(p.Changed) != 1 || len(p.New) > 0 {
		t.Fatalf("%+v", p)
	}
	var changes []string
	for _, c := range in.Plan.Changed[0].Changes {
		changes = append(changes, c.Name+" "+c.Was+" "+c.Is)
	}
	if got := strings.Join(changes, "；"); got != "电话  13800001111；状态 已交办 办结；办理结果  已建一座；答复日期  2024-05-01；满意度  满意" {
		t.Error(got)
	}
	ms := matters(t, o)
	if m := ms[1]; m.State != matter.Closed || m.Phone != "13800001111" || !slices.Equal(m.Units, []string{"区城管局"}) || m.AnsweredOn != "2024-05-01" {
		t.Errorf("%v %+v", m.State, m.Handling)
	}
	if m := ms[0]; m.Phone != "13812345678" || m.Result != "satisfied" {
		t.Errorf("a blank erased something: %+v", m.Private)
	}
	w.Settle(o, second, county)
	w.Agree(county, o)
	w.Agree(county, second)

	// The second sheet is taken back, then the first, where nobody worked on what it brought.
	if n, err := o.Undo(ctx, app.Books["reception"], o.Clerk(), in.Plan.Batch); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if m := matters(t, o)[1]; m.State != matter.Assigned || m.Phone != "" || m.Answer != "" {
		t.Errorf("%v %+v %+v", m.State, m.Handling, m.Private)
	}
	first := handIn(t, o, app.Books["reception"], "簿.xlsx", register23(t, 0, 1, 2, 3, 4), app.Said{})
	if !first.Again {
		t.Fatal("nothing says that it was taken before")
	}
	open := matters(t, o)[2]
	o.Do(open, `{"do":"collate","mode":"department"}`)
	before := o.Entries()
	var refused problem.Problems
	if _, err := o.Undo(ctx, app.Books["reception"], o.Clerk(), first.Plan.Batch); !errors.As(err, &refused) || !strings.Contains(fmt.Sprint(refused), open.Number) ||
		o.Entries() != before {
		t.Errorf("what somebody worked on was taken back: %v", err)
	}
	o.Healthy()
	w.Settle(o, second, county)
	w.Agree(county, o)
	w.Agree(county, second)
}

// Two computers of a station that take the same register before they hear of each other make doubles; check names each on
// both, until one of the two is entered as a mistake.
func TestOneOldBookOnTwoComputers(t *testing.T) {
	w := apptest.Begin(t)
	county, o := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	second := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(o, county)
	w.Enrol(second, county)
	for _, s := range []*apptest.Seat{o, second} {
		handed(t, s, app.Books["reception"], "簿.xlsx", register23(t, 0, 2), app.Said{})
	}
	doubled := func(s *apptest.Seat) string {
		rep, _, err := s.Check(ctx)
		w.Must(err)
		return strings.Join(rep.Doubled, "\n")
	}
	if got := doubled(o); got != "" {
		t.Error(got)
	}
	w.Settle(o, second, county)
	a, b := matters(t, o), matters(t, second)
	if len(a) != 4 || len(b) != 4 {
		t.Fatal(len(a), len(b))
	}
	for _, s := range []*apptest.Seat{o, second, county} {
		got := doubled(s)
		for _, m := range a {
			if m.PaperNumber == "" && !strings.Contains(got, m.Number) ||
				m.PaperNumber != "" && !strings.Contains(got, "纸质编号 "+m.PaperNumber) {
				t.Errorf("%s: %q does not name %s", s.Settings.Name, got, m.Number)
			}
		}
		if len(strings.Split(got, "\n")) != 2 {
			t.Error(got)
		}
	}
	for _, m := range b[2:] {
		_, err := second.Desk.Void(ctx, second.Clerk(), m.ID, "登记重了")
		w.Must(err)
	}
	w.Settle(o, second, county)
	for _, s := range []*apptest.Seat{o, second, county} {
		if got := doubled(s); got != "" {
			t.Errorf("%s: %s", s.Settings.Name, got)
		}
		s.Healthy()
	}
}

// What a register brought is taken back as one, and comes in again.
func TestAnOldBookIsTakenBack(t *testing.T) {
	o := apptest.Begin(t).SetUp("station", apptest.Yuanjia)
	file := register23(t, 0, 1, 2, 3, 4)
	in := handed(t, o, app.Books["reception"], "簿.xlsx", file, app.Said{})
	if n, err := o.Undo(ctx, app.Books["reception"], o.Clerk(), in.Plan.Batch); err != nil || n != 5 {
		t.Fatal(n, err)
	}
	if n := len(matters(t, o)); n != 0 {
		t.Errorf("%d matters are left", n)
	}
	if _, err := o.Undo(ctx, app.Books["reception"], o.Clerk(), in.Plan.Batch); err == nil {
		t.Error("it was taken back twice")
	}
	if in = handed(t, o, app.Books["reception"], "簿.xlsx", file, app.Said{}); len(in.Plan.New) != 5 {
		t.Errorf("%+v", in.Plan)
	}
	o.Healthy()
}

// An office keeps no book of a station's; a station brings in those of the points at whose table it sits, and of nobody else.
func TestWhoseOldBook(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	town := w.SetUp("station", apptest.Fengshan)
	book, err := sheets.New("簿.xlsx", register23(t, 0))
	w.Must(err)
	if _, err := county.Intake(ctx, app.Books["reception"], book, app.Said{}); !errors.Is(err, desk.ErrNotStation) {
		t.Error(err)
	}
	of := func(station string) app.Intake {
		return handIn(t, town, app.Books["visit"], "簿.csv", []byte("日期,走访代表,走访户主,了解到的问题,联络站\n2023-3-5,王明,李福生,路灯,"+station+"\n"), app.Said{})
	}
	if in := of("凤山街道"); !in.Plan.Clear() || len(in.Plan.New) != 1 {
		t.Errorf("%+v", in.Plan)
	}
	if in := of("袁家庄社区"); in.Plan.Clear() {
		t.Errorf("a point with a table of its own: %+v", in.Plan)
	}
	altered(town, apptest.Yuanjia, `{"do":"open","name":"袁家庄社区代表联络点"}`)
	in := of("袁家庄社区代表联络点")
	town.World.Must(town.Take(ctx, town.Clerk(), in))
	if m := matters(t, town); len(m) != 1 || m[0].Station != apptest.Yuanjia || m[0].Register != "visit" || m[0].Channel != "home-visit" {
		t.Errorf("%+v", m)
	}
}
