package app_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/crew"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
)

// hire makes somebody a user, by whoever sits there.
func hire(o *apptest.Seat, name string, roles ...string) staff.User {
	o.World.T.Helper()
	u, err := o.Crew.Act(ctx, o.Clerk(), crew.Order{Name: name, Roles: roles})
	o.World.Must(err)
	return u
}

// sit has somebody sit down there.
func sit(o *apptest.Seat, name string) clerk.Clerk {
	o.World.T.Helper()
	by, err := o.Sit(ctx, name)
	o.World.Must(err)
	return by
}

// The county sees who acts for a station, by which township it may report, its other computer knows them, too, and what
// they write bears who they are; the city hears of none of it.
func TestStaffTravelsUp(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	other := w.Under("station", apptest.Yuanjia, apptest.Fengshan)
	w.Enrol(other, town)
	all := []*apptest.Seat{point, other, town, county, city}
	w.Settle(all...)
	wang := hire(point, "王明")
	if want := crew.Usual(apptest.Yuanjia); !reflect.DeepEqual(wang.Roles, want) {
		t.Errorf("the first is %v, not %v", wang.Roles, want)
	}
	sit(point, "王 明")
	li := hire(point, "李慧敏", "值班员", "系统管理员")
	m := point.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	w.Settle(all...)
	want, err := point.Crew.Staff(ctx, apptest.Yuanjia)
	w.Must(err)
	for _, o := range all[1:4] {
		if got, err := o.Crew.Staff(ctx, apptest.Yuanjia); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s knows %+v, not %+v: %v", o.Settings.Unit, got, want, err)
		}
	}
	if got, err := city.Crew.Staffs(ctx, city.Clerk()); err != nil || len(got) > 0 {
		t.Errorf("the city knows %+v, %v", got, err)
	}
	sit(other, "李慧敏")
	for _, o := range []*apptest.Seat{other, town, county} {
		if got := o.Show(m).History[0]; got.User != wang.ID || got.By != "王明" {
			t.Errorf("%s: registered by %q %q", o.Settings.Unit, got.User, got.By)
		}
	}

	// each locks the other one at another computer, not knowing of it: one stays, the same everywhere
	for o, whom := range map[*apptest.Seat]string{point: li.ID, other: wang.ID} {
		w.Must(apptest.Err(o.Crew.Act(ctx, o.Clerk(), crew.Order{Do: staff.Lock, User: whom})))
	}
	w.Settle(all...)
	if want, err = point.Crew.Staff(ctx, apptest.Yuanjia); err != nil || want.Users[0].Locked == want.Users[1].Locked {
		t.Errorf("%+v, %v", want.Users, err)
	}
	for _, o := range all[1:4] {
		if got, _ := o.Crew.Staff(ctx, apptest.Yuanjia); !reflect.DeepEqual(got, want) {
			t.Errorf("%s knows %+v, not %+v", o.Settings.Unit, got, want)
		}
	}
	for _, o := range all {
		o.Healthy()
	}
}

// Two computers of a station each made somebody its administrator before they heard of each other. One of the two stays, and
// all are told; the other goes on with his work and hears whom to ask, until he is given his role again.
func TestTwoFirstAdministrators(t *testing.T) {
	w, county, one := apptest.Pair(t)
	two := w.SetUp("station", apptest.Yuanjia)
	hire(one, "王明")
	hire(two, "孙丽")
	for _, o := range []*apptest.Seat{one, two} {
		sit(o, map[*apptest.Seat]string{one: "王明", two: "孙丽"}[o])
	}
	hire(two, "赵晖", "值班员")
	sit(two, "孙丽")
	w.Enrol(two, county)
	w.Settle(one, two, county)
	at := func(o *apptest.Seat, may right.Right) bool { return o.May(ctx, may) }
	if at(one, right.Users) == at(two, right.Users) || !at(one, right.Register) || !at(two, right.Register) {
		t.Fatalf("王明 rules: %v, 孙丽 rules: %v", at(one, right.Users), at(two, right.Users))
	}
	stays, other := one, two
	if at(two, right.Users) {
		stays, other = two, one
	}
	told := func(want bool) {
		t.Helper()
		for _, o := range []*apptest.Seat{one, two} {
			ts, err := o.Waiting(ctx)
			w.Must(err)
			if slices.ContainsFunc(ts, func(t app.Trouble) bool { return t.Code == "founders" }) != want {
				t.Errorf("%s is told: %v", o.Clerk().Name, !want)
			}
		}
	}
	told(true)
	var denied right.Denied
	_, err := other.Crew.Act(ctx, other.Clerk(), crew.Order{Name: "周勇", Roles: []string{"值班员"}})
	if !errors.As(err, &denied) || !strings.Contains(denied.Sentence(), stays.Clerk().Name) {
		t.Errorf("the other hears %v", err)
	}
	sit(two, "赵晖")
	sit(two, "孙丽")
	w.Must(apptest.Err(stays.Crew.Act(ctx, stays.Clerk(), crew.Order{Do: staff.Role, User: other.Clerk().User, Roles: []string{"站长"}})))
	w.Settle(one, two, county)
	told(false)
	if at(other, right.Users) || !at(other, right.Approve) {
		t.Error("the other is not what he was made")
	}
}

// What is said about users is refused in words, and a home without users is as it was.
func TestCrewRefuses(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	w.Must(o.Crew.Guard(ctx, clerk.Clerk{}, right.Export))
	hire(o, "王明", "联络员", "系统管理员")
	if err := o.Crew.Guard(ctx, o.Clerk(), right.Register); !errors.As(err, &right.Denied{}) {
		t.Errorf("nobody sits here, and may register: %v", err)
	}
	sit(o, "王明")
	hire(o, "赵晖", "审计员")
	for _, c := range []struct {
		order crew.Order
		field string
	}{
		{crew.Order{Name: "孙丽"}, "staff.roles"},
		{crew.Order{Name: "孙丽", Roles: []string{"主任"}}, "staff.roles"},
		{crew.Order{Name: " ", Roles: []string{"站长"}}, "staff.name"},
		{crew.Order{Name: "赵　晖", Roles: []string{"站长"}}, "staff.name"},
		{crew.Order{Do: "rename", User: "赵晖", Name: "王明"}, "staff.name"},
		{crew.Order{Do: "lock", User: "孙丽"}, "staff.user"},
		{crew.Order{Do: "unlock", User: "赵晖"}, "staff.user"},
		{crew.Order{Do: "role", User: "王明", Roles: []string{"站长"}}, "staff.user"},
		{crew.Order{Do: "fire", User: "赵晖"}, "staff.do"},
	} {
		var wrong problem.Problems
		if _, err := o.Crew.Act(ctx, o.Clerk(), c.order); !errors.As(err, &wrong) || wrong[c.field] == "" {
			t.Errorf("%+v: %v", c.order, err)
		}
	}
	if s, err := o.Crew.Staff(ctx, apptest.Yuanjia); err != nil || len(s.History) != 2 {
		t.Errorf("something was written: %+v, %v", s.History, err)
	}
	sit(o, "赵晖")
	if _, err := o.Crew.Act(ctx, o.Clerk(), crew.Order{Name: "孙丽", Roles: []string{"站长"}}); !errors.As(err, &right.Denied{}) {
		t.Errorf("the auditor lets somebody in: %v", err)
	}
	o.Rise()
	if err := o.Crew.Guard(ctx, clerk.Computer, right.Exchange); err != nil {
		t.Error(err)
	}
	if err := o.Crew.Guard(ctx, clerk.Computer, right.Register); err == nil {
		t.Error("the computer registers by itself")
	}
	o.Healthy()
}

// Of two people of one name neither passes for the other: who is named by an ID is that one, and where nobody can tell whom a
// user's name means, nothing is shown to him.
func TestTwoOfOneName(t *testing.T) {
	w, county, o := apptest.Pair(t)
	add := func(post string) string {
		parsed, err := roster.Parse([]byte(`{"do":"add","name":"吴芳","post":"` + post + `","mandates":[{"level":"县","congress":"十四届"}],"stations":["141102002003D1-A"]}`))
		w.Must(err)
		p, err := county.Roster.Act(ctx, county.Clerk(), "", parsed)
		w.Must(err)
		w.Settle(county, o)
		return p.ID
	}
	teacher := add("教师")
	m := o.Receive(desk.Draft{Title: "王家巷路灯", Name: "钱进", Deputies: []string{"吴芳"}})
	m = o.Do(m, `{"do":"know","persons":{"吴芳":"`+teacher+`"}}`)
	hire(o, "王明")
	sit(o, "王明")
	hire(o, "吴芳", "代表")
	sees := func(want bool) (err error) {
		t.Helper()
		sit(o, "吴芳")
		p, _ := o.Ledger.Page(ctx, ledger.Query{})
		_, err = o.Ledger.Show(ctx, m.ID)
		_, err2 := o.Duty(ctx, teacher, "", "")
		if listed, shown, told := len(p.Matters) > 0, err == nil, err2 == nil; listed != want || shown != want || told != want {
			t.Errorf("she is listed it: %v, shown it: %v, told of the duty: %v (%v)", listed, shown, told, err2)
		}
		return err
	}
	_ = sees(true)
	doctor := add("医生")
	if err, denied := sees(false), new(right.Denied); !errors.As(err, denied) || !strings.Contains(denied.Sentence(), "不止一位") {
		t.Errorf("she hears %v", err)
	}
	parsed, err := roster.Parse([]byte(`{"do":"correct","name":"吴芳芳"}`))
	w.Must(err)
	w.Must(apptest.Err(county.Roster.Act(ctx, county.Clerk(), teacher, parsed)))
	w.Settle(county, o)
	_ = sees(false) // now she is the other one
	if _, err := o.Duty(ctx, doctor, "", ""); err != nil {
		t.Errorf("her own duty: %v", err)
	}
}
