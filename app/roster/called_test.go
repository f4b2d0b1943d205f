package roster_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
)

// add puts a county's deputy on the roster and gives his ID.
func add(o *apptest.Seat, name, more string) string {
	o.World.T.Helper()
	return must(o, "", `{"do":"add","name":"`+name+`"`+more+`}`).ID
}

const mandated = `,"mandates":[{"level":"县","congress":"十四届"}]`

func grouped(stations ...string) string {
	return mandated + `,"stations":["` + strings.Join(stations, `","`) + `"]`
}

func received(o *apptest.Seat, title string, deputies ...string) matter.Matter {
	return o.Receive(desk.Draft{Title: title, Words: title, Deputies: deputies})
}

// What a matter of before says of its deputies by name is joined to a person where name and station leave no doubt, and
// asked about otherwise; what somebody answers holds for all of them, at every level, and the name stays as printed.
func TestOldMattersAreJoined(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := received(station, "七巷雨水倒灌", "王　明（区人大代表）", "李慧敏", "赵来客")
	received(station, "路灯不亮", "李慧敏")
	received(station, "井盖坏了", "钱多")
	wang, far := add(county, "王明", grouped(apptest.Yuanjia)), add(county, "王明", grouped("141102001001D1"))
	li := []string{add(county, "李慧敏", grouped(apptest.Yuanjia)), add(county, "李慧敏", grouped(apptest.Yuanjia)+`,"sex":"女"`)}
	qian := add(county, "钱多", grouped("141102001001D1"))
	w.Settle(station, county)
	asked := func(o *apptest.Seat) (got string) {
		t.Helper()
		list, err := o.Roster.Doubts(ctx)
		w.Must(err)
		for _, a := range list {
			got += fmt.Sprintf("%s×%d", a.Name, a.Matters)
			for _, p := range a.People {
				got += "?" + map[bool]string{true: "李", false: "另"}[slices.Contains(li, p.ID)]
			}
			got += " "
		}
		return got
	}
	if got := asked(county); got != "李慧敏×2?李?李 赵来客×1 " {
		t.Errorf("the county asks %s", got)
	}
	if got := asked(station); got != "李慧敏×2?李?李 赵来客×1 钱多×1 " { // who is grouped elsewhere, a station does not know
		t.Errorf("the station asks %s", got)
	}
	who, err := county.Roster.Who(ctx, m)
	w.Must(err)
	if len(who) != 1 || who["王　明（区人大代表）"] != wang {
		t.Errorf("%v, want %s alone", who, wang)
	}
	titles := func(o *apptest.Seat, id string) (list []string) {
		t.Helper()
		fs, err := o.Roster.Matters(ctx, id, 0, 10)
		w.Must(err)
		for _, f := range fs {
			list = append(list, f.Title)
		}
		return list
	}
	if got := titles(county, wang); !slices.Equal(got, []string{"七巷雨水倒灌"}) || titles(county, far) != nil || titles(county, li[0]) != nil ||
		!slices.Equal(titles(county, qian), []string{"井盖坏了"}) {
		t.Errorf("%v %v %v %v", got, titles(county, far), titles(county, li[0]), titles(county, qian))
	}
	if n, err := station.Roster.Know(ctx, station.Clerk(), "李慧敏", apptest.Yuanjia, li[1]); err != nil || n != 2 {
		t.Errorf("answered for %d: %v", n, err)
	}
	_, err = station.Roster.Know(ctx, station.Clerk(), "李慧敏", apptest.Yuanjia, li[0])
	wrong(t, "once more", err, "name", "没有等着对应的")
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		if got := titles(o, li[1]); !slices.Equal(got, []string{"路灯不亮", "七巷雨水倒灌"}) || titles(o, li[0]) != nil || strings.Contains(asked(o), "李慧敏") {
			t.Errorf("%s: %v, still asked: %s", o.Settings.Unit, got, asked(o))
		}
		if v, err := o.Ledger.Show(ctx, m.Number); err != nil || !slices.Equal(v.Deputies, m.Deputies) {
			t.Errorf("%v: the names changed to %v", err, v.Deputies)
		}
	}
	w.Agree(county, station)
	must(county, far, `{"do":"group","stations":["`+apptest.Yuanjia+`"]}`) // now there are two
	v, err := county.Ledger.Show(ctx, m.Number)
	w.Must(err)
	if who, err := county.Roster.Who(ctx, v.Matter); err != nil || who["王　明（区人大代表）"] != "" || who["李慧敏"] != li[1] {
		t.Errorf("in doubt %v %v", who, err)
	}
}

// Two IDs that were joined are one person, whose matters are those of both.
func TestMattersOfOneWithTwoIDs(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	w.Enrol(station, county)
	one, two := add(county, "王明", grouped(apptest.Yuanjia)), add(county, "王明", `,"mandates":[{"level":"乡","congress":"九届","place":"凤山街道"}]`)
	w.Settle(station, county)
	for _, id := range []string{one, two} {
		station.Receive(desk.Draft{Title: "问" + id[len(id)-3:], Deputies: []string{"王明"}, Persons: desk.Persons{"王明": id}})
	}
	w.Settle(station, county)
	must(county, two, `{"do":"same","with":"`+one+`"}`)
	for _, id := range []string{one, two} {
		if fs, err := county.Roster.Matters(ctx, one, 0, 10); err != nil || len(fs) != 2 {
			t.Errorf("by %s: %d %v", id, len(fs), err)
		}
	}
}

// A deputy is chosen when a citizen is received, when a matter is put right and when it is handed on: the matter keeps
// his name as it was written, and knows him.
func TestMattersKnowWhomSomebodyChose(t *testing.T) {
	w, county, station := apptest.Pair(t)
	wang, li := add(county, "王明", grouped(apptest.Yuanjia)), add(county, "李慧敏", grouped(apptest.Yuanjia))
	w.Settle(station, county)
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Deputies: []string{"王明（区人大代表）", "赵来客"},
		Persons: desk.Persons{"王明（区人大代表）": wang, "没写的": li}})
	if len(m.Persons) != 1 || m.Persons["王明（区人大代表）"] != wang {
		t.Errorf("registered with %v", m.Persons)
	}
	m, err := station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"deputies": json.RawMessage(`["王明（区人大代表）","李慧敏"]`), "persons": json.RawMessage(`{"李慧敏":"` + li + `"}`)})
	w.Must(err)
	if len(m.Persons) != 2 || m.Persons["李慧敏"] != li || m.History[len(m.History)-1].Note != "李慧敏是名册上的"+li {
		t.Errorf("put right with %v, %+v", m.Persons, m.History)
	}
	do := func(o office.Order) matter.Matter {
		t.Helper()
		w.Later(time.Minute)
		m, err := station.Office.Do(ctx, station.Clerk(), m.ID, o)
		w.Must(err)
		return m
	}
	do(office.Order{Do: "collate"})
	m = do(office.Order{Do: "decline", Who: "王明", Persons: office.Persons{"王明": wang}, Reason: "出差"})
	if why, ok := m.Declining(wang, "王明"); !ok || why != "出差" {
		t.Errorf("declined: %v %q", ok, why)
	}
	m = do(office.Order{Do: "assign", Mode: "guide", Deputies: []string{"李 慧敏"}, Persons: office.Persons{"李 慧敏": li}})
	if m.Persons[m.Guides[0]] != li {
		t.Errorf("guided by %v, known %v", m.Guides, m.Persons)
	}
	w.Settle(station, county)
	v, err := county.Ledger.Show(ctx, m.Number)
	if err != nil || fmt.Sprint(v.Persons) != fmt.Sprint(m.Persons) || len(v.Declines) != 1 {
		t.Errorf("at the county %v %v %v", v.Persons, v.Declines, err)
	}
	for _, bad := range []office.Order{{Do: "decline", Reason: "出差"}, {Do: "decline", Who: "王明"}, {Do: "know"}, {Do: "know", Persons: office.Persons{"钱多": li}}} {
		if _, err := station.Office.Do(ctx, station.Clerk(), m.ID, bad); err == nil {
			t.Errorf("%+v is done", bad)
		}
	}
	w.Agree(county, station)
}

// A county asks who fits a matter: what each has in hand, when he sat and what he declined follows from its book.
func TestFitFromTheBook(t *testing.T) {
	w, county, station := apptest.Pair(t)
	add(county, "丁远", `,"mandates":[{"level":"县","congress":"十四届"}],"fields":["教育"]`)
	add(county, "王明", grouped(apptest.Yuanjia)+`,"fields":["水利水务"]`)
	li := add(county, "李慧敏", grouped(apptest.Yuanjia))
	away := add(county, "周文", grouped(apptest.Yuanjia))
	must(county, away, `{"do":"leave","from":"2026-11-01","to":"2026-12-31","reason":"住院"}`)
	w.Settle(station, county)
	busy := received(station, "路灯不亮", "钱多")
	for _, o := range []office.Order{{Do: "collate"}, {Do: "assign", Mode: "guide", Deputies: []string{"李慧敏"}, Persons: office.Persons{"李慧敏": li}}} {
		_, err := station.Office.Do(ctx, station.Clerk(), busy.ID, o)
		w.Must(err)
	}
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌", Category: "0203", Deputies: []string{"王明"}})
	other := received(station, "井盖坏了", "王明")
	_, err := station.Office.Do(ctx, station.Clerk(), other.ID, office.Order{Do: "decline", Who: "王明", Reason: "回避"})
	w.Must(err)
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		fits, err := o.Roster.Fit(ctx, m, 9)
		w.Must(err)
		var got []string
		for _, f := range fits {
			got = append(got, fmt.Sprint(f.Person.Name, f.Score, f.Why))
		}
		if want := []string{"王明8水利水务组，本站，11月21日接待过，推辞过 1 件", "李慧敏3本站，手头 1 件"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q", o.Settings.Unit, got)
		}
	}
}

// Those grouped to the station are offered first; initials and parts of a name find everybody, and a name that one bears
// is his.
func TestOffers(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	add(county, "李慧敏", grouped("141102001001D1"))
	add(county, "阿依古丽·买买提", grouped(apptest.Fengshan))
	here := add(county, "李慧敏", grouped(apptest.Yuanjia))
	add(county, "单志远", `,"stations":["`+apptest.Yuanjia+`"],"roles":["联络员"]`)
	away := add(county, "李慧民", grouped(apptest.Yuanjia))
	must(county, away, `{"do":"leave","to":"2026-12-31"}`)
	add(county, "李会明", `,"stations":["`+apptest.Yuanjia+`"],"roles":["特邀"]`)
	gone := add(county, "李会民", grouped(apptest.Yuanjia))
	must(county, gone, `{"do":"end","level":"县","reason":"辞职"}`)
	cs, err := county.Roster.Offers(ctx, apptest.Yuanjia)
	w.Must(err)
	names := func(cs []string) string { return strings.Join(cs, " ") }
	var all []string
	for _, c := range cs {
		all = append(all, c.Name+map[bool]string{true: "*"}[c.Here]+"/"+c.Note+c.Sign)
	}
	if got := names(all); got != "李慧敏*/县人大代表 单志远*/联络员 阿依古丽·买买提/县人大代表 李慧敏/县人大代表 李慧民*/县人大代表今天请假"+
		" 李会明*/特邀不是在任代表 李会民*/代表职务已终止" {
		t.Error(got)
	}
	if cs.Unoffered("李会民") != "代表职务已终止" || cs.Unoffered("李慧民") != "" || cs.Unoffered("赵来客") != "" {
		t.Error("who is not offered is not known")
	}
	for typed, want := range map[string]int{"lhm": 3, "慧敏": 2, "szy": 1, "aygl": 1, "mmt": 1, "x": 0, "": 0, "，": 0} {
		if found := cs.Find(typed, 9); len(found) != want {
			t.Errorf("%q finds %d", typed, len(found))
		}
	}
	if c, ok := cs.Named("李 慧敏（区代表）"); !ok || c.ID != here {
		t.Errorf("%v %v", c, ok)
	}
	if _, ok := cs.Named("李"); ok {
		t.Error("a part of a name is taken for it")
	}
}

// A department of the county's units comes before what the profile offers; one that somebody wrote and that is neither
// is offered to the office, until it opened it.
func TestDepartments(t *testing.T) {
	w, county, station := apptest.Pair(t)
	mustAlter(county, "", `{"do":"open","kind":"部门","name":"离石区水利局","short":"水利局"}`)
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		list, err := o.Roster.Departments(ctx, "slj")
		w.Must(err)
		if len(list) != 1 || list[0].Name != "离石区水利局" {
			t.Errorf("%s: %+v", o.Settings.Unit, list)
		}
		if all, err := o.Roster.Departments(ctx, ""); err != nil || len(all) != len(o.Profile.Departments) || all[0].Code != "141102-01" {
			t.Errorf("%s: %d offered, first %s, %v", o.Settings.Unit, len(all), all[0].Code, err)
		}
	}
	m := received(station, "七巷雨水倒灌")
	for _, o := range []office.Order{{Do: "collate"}, {Do: "assign", To: []string{"供水公司", "水利局"}}} {
		_, err := station.Office.Do(ctx, station.Clerk(), m.ID, o)
		w.Must(err)
	}
	w.Settle(station, county)
	list, err := county.Roster.Unadopted(ctx)
	if err != nil || len(list) != 1 || list[0].Name != "供水公司" || list[0].Matters != 1 || list[0].Number != m.Number {
		t.Errorf("%+v %v", list, err)
	}
	mustAlter(county, "", `{"do":"open","kind":"部门","name":"供水公司"}`)
	if list, err := county.Roster.Unadopted(ctx); err != nil || list != nil {
		t.Errorf("%+v %v", list, err)
	}
}
