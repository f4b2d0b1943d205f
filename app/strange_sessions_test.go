package app_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/paper"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
)

// strange gives the program of a home that checks nothing of what it says about sessions, rules and suggestions.
func strange(t *testing.T, o *apptest.Seat) {
	t.Helper()
	o.Kinds = slices.Clone(apptest.Kinds)
	for i, k := range o.Kinds {
		if fold := k.Fold; k.Name == session.Name || k.Name == rota.Name || k.Name == suggestion.Name {
			o.Kinds[i].Fold = func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
				if s, _ := fold(rs); s != nil {
					return s, nil
				}
				if rs[0].Kind == suggestion.Name {
					s := &suggestion.Suggestion{State: suggestion.Submitted, Office: apptest.County, Up: true}
					s.ID, s.Unit = rs[0].Thing, rs[0].Unit
					return s, nil
				}
				if rs[0].Kind == rota.Name {
					p := &rota.Rota{State: rota.Kept, Station: apptest.Yuanjia}
					p.ID, p.Unit = rs[0].Thing, rs[0].Unit
					return p, nil
				}
				s := &session.Session{State: session.Planned, Station: apptest.Yuanjia}
				s.ID, s.Unit = rs[0].Thing, rs[0].Unit
				return s, nil
			}
		}
	}
	o.World.Must(o.Close())
	o.Open(o.Home)
}

// Whatever a station says of its calendar, with its own true keys, its county, and another computer of the station, go on:
// what cannot be is refused, what is taken is the same everywhere; every list, page, sheet, paper and plan is made, and soon.
func TestStrangeSessions(t *testing.T) {
	w, county, station := apptest.Pair(t)
	second := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(second, county)
	strange(t, station)
	own := map[string]bool{}
	says := func(kind, id, do string, body, private any) string {
		sums, err := station.Store.Write(ctx, store.Act{Kind: kind, Thing: id, Do: do, Body: body, Private: private,
			Unit: apptest.Yuanjia, By: "乙", At: w.Now})
		w.Must(err)
		own[sums[0].Shared().ID] = true
		return sums[0].Shared().ID
	}
	long := strings.Repeat("单曾区解查仇", 2_000)
	odd := "\u202e\ue000\x1b[31m王\n\n明"
	deputy := says(person.Name, "", person.Add, person.Opening{Facts: person.Facts{Name: "李国平"}, Seats: []person.Seat{{Station: apptest.Yuanjia}},
		Mandates: []person.Mandate{{Level: "county", Congress: "十四届"}}}, nil)
	var many, again []session.Called
	var stops []session.Stop
	homes := map[string]session.Home{}
	for i := range 1000 {
		many = append(many, session.Called{Key: fmt.Sprint("人", i), Name: fmt.Sprint("第", i, long[:90]), Part: "guest", Unit: long[:90], Why: "?"})
		again = append(again, session.Called{Key: deputy, Name: odd, Came: i%2 == 0})
		stops = append(stops, session.Stop{Key: fmt.Sprint(i), Matter: "?", Again: "从前"})
		if i < 200 {
			homes[fmt.Sprint(i)] = session.Home{Name: odd, Phone: long[:300], Words: long[:300]}
		}
	}
	good := session.Facts{Kind: "reception", Day: "2026-12-11", From: "19:30", To: "21:00"}
	fact := func(change func(*session.Facts)) session.Facts { f := good; change(&f); return f }
	plans := []session.Opening{
		{Facts: good, Station: apptest.Yuanjia, Called: many}, {Facts: good, Station: apptest.Yuanjia, Called: many},
		{Facts: good, Station: apptest.Yuanjia, Called: many},                  // which is taken: each act with more of what is private
		{Facts: good, Station: apptest.Yuanjia, Called: append(many, many...)}, // too many
		{Facts: good, Station: apptest.Yuanjia, Called: again},
		{Facts: fact(func(f *session.Facts) { f.Day, f.From, f.To = "9999-99-99", "99:99", "-1:00" }), Station: apptest.Yuanjia, Rule: "?", Slot: "0000-00-00"},
		{Facts: fact(func(f *session.Facts) { f.Day, f.From, f.To = "不是日子x", long, long }), Station: apptest.Yuanjia}, // ten bytes short
		{Facts: fact(func(f *session.Facts) { f.Day, f.From, f.To, f.Kind = "2026-13-41", long, "25:61", "activity" }), Station: apptest.Yuanjia, Becomes: session.Told, Called: again[:1]},
		{Facts: fact(func(f *session.Facts) {
			f.Topic, f.Place, f.Liaison, f.Minutes, f.Explained, f.Organiser, f.Citizens, f.Slips = long, odd, odd, long, long, long, -1<<62, 1<<62
		}), Station: apptest.Yuanjia, Becomes: session.Open, Began: long},
		{Facts: good, Station: apptest.Fengshan}, {Facts: good, Station: apptest.County}, {Facts: good, Station: "?"}, // not his
		{Facts: good, Station: apptest.Yuanjia, Via: "?"}, {Facts: good, Station: apptest.Yuanjia, Guests: []session.Guest{{Station: apptest.Fengshan}}},
		{Facts: fact(func(f *session.Facts) { f.Kind, f.Followed = "visit", "?" }), Station: apptest.Yuanjia, Stops: stops},
		{Facts: fact(func(f *session.Facts) { f.Kind = "visit" }), Station: apptest.Yuanjia, Stops: append(stops, stops[0])}, // twice
		{Facts: fact(func(f *session.Facts) { f.Kind = "?" }), Station: apptest.Yuanjia}, {Facts: good, Station: apptest.Yuanjia, Becomes: 77},
	}
	acts := []struct {
		do   string
		body any
	}{
		{session.Call, session.Said{Called: again}}, {session.Post, session.Said{Notice: &session.Notice{Day: "9999-99-99", Places: strings.Split(long, "曾")[:900], Reason: long}}},
		{session.Move, session.Said{Shift: &session.Shift{Day: "0000-99-00", From: odd, Place: long}}}, {session.Tick, session.Said{Checks: []session.Check{{What: long, Done: true}, {What: odd}}}},
		{session.Reply, session.Said{Who: deputy, Reply: "yes", Reason: long}}, {session.Attend, session.Said{Called: append(many[:900:900], again...), At: long}},
		{session.Visit, session.Said{Stop: &session.Stop{Key: "7", Matter: long, Again: odd}}}, {session.Hand, session.Said{Result: &session.Result{Unit: long, What: odd, Day: "从前"}}},
		{session.Contest, session.Said{Who: deputy, Object: long}}, {session.Close, session.Said{Called: again, At: odd, Note: long}},
		{session.Visit, map[string]any{"stop": 7}}, {session.Close, []int{1}}, {"?", session.Said{}}, {session.Plan, session.Opening{}},
	}
	privates := []any{session.Private{Homes: homes}, "谁也读不懂", []int{7}, map[string]any{"homes": 7}, map[string]any{"homes": map[string]any{"1": long}}, nil}
	for i, p := range plans {
		id := says(session.Name, "", session.Plan, p, privates[i%len(privates)])
		for n, a := range acts {
			says(session.Name, id, a.do, a.body, privates[(n+2*i)%len(privates)])
		}
	}
	var dates []string
	for i := range 9000 {
		dates = append(dates, []string{"9999-99-99", "2026-12-11", "从前", fmt.Sprintf("%04d-01-01", i)}[i%4])
	}
	days := slices.Repeat([]int{1, 99, -7, 0}, 5000)
	base := rota.Rule{Every: "month", Day: 11, Start: "19:30", End: "21:00", Shift: "next", Deputies: 2, Since: "2026-01-01"}
	with := func(change func(*rota.Rule)) rota.Opening {
		r := base
		change(&r)
		return rota.Opening{Rule: r, Station: apptest.Yuanjia, Note: long}
	}
	for _, r := range []rota.Opening{
		with(func(r *rota.Rule) { r.Day = 1 << 40 }), with(func(r *rota.Rule) { r.Day = -11 }), with(func(r *rota.Rule) { r.Day, r.Lunar = 99, true }),
		with(func(r *rota.Rule) { r.Every, r.Weekday, r.Start, r.End = "week", days, "99:99", "从前" }),
		with(func(r *rota.Rule) { r.Nth, r.Weekday = 1<<40, days }), with(func(r *rota.Rule) { r.Nth, r.Weekday = -99, nil }),
		with(func(r *rota.Rule) { r.Every, r.Days, r.Day = "cycle", 0, 0 }), with(func(r *rota.Rule) { r.Every, r.Days, r.Day, r.Since = "cycle", -1, 5, "从前" }),
		with(func(r *rota.Rule) { r.Every, r.Days, r.Day, r.Since = "cycle", 1, 0, "0000-00-00" }), with(func(r *rota.Rule) { r.Every, r.Days, r.Lunar = "cycle", 1<<40, true }),
		with(func(r *rota.Rule) { r.Every, r.Days, r.Day, r.Lunar = "cycle", -3, 3, true }),
		with(func(r *rota.Rule) { r.Every, r.Dates, r.Deputies = "day", dates, 1<<40 }), with(func(r *rota.Rule) { r.Deputies, r.Tier = -5, "?" }),
		with(func(r *rota.Rule) {
			r.Topic, r.Place, r.Tier, r.Until, r.Since = long, odd, "committee", "从前", long
		}),
		with(func(r *rota.Rule) { r.Every = "?" }), with(func(r *rota.Rule) { r.Shift = "?" }),
		{Rule: base, Station: apptest.Fengshan}, {Rule: base, Station: "?"},
	} {
		id := says(rota.Name, "", rota.Set, r, nil)
		says(rota.Name, id, rota.Change, r, "谁也读不懂")
	}
	w.Settle(station, county, second)
	calendars := map[*apptest.Seat][]session.Session{}
	for _, o := range []*apptest.Seat{county, second} {
		list, n, err := o.Agenda.Sessions(ctx, agenda.Filter{Void: true})
		w.Must(err)
		for i := range list {
			if !own[list[i].ID] || list[i].Station != apptest.Yuanjia {
				t.Errorf("%s lists %s of %s", o.Settings.Unit, list[i].ID, list[i].Station)
			}
		}
		if calendars[o] = list; n < 5 || n > len(plans)/2 {
			t.Errorf("%s lists %d", o.Settings.Unit, n)
		}
		rules, err := o.Agenda.Rules(ctx, "")
		w.Must(err)
		for _, r := range rules {
			if _, err := time.Parse("15:04", r.Start); err != nil || r.Deputies < 0 || len(r.Dates) > 366 {
				t.Errorf("%s has the rule %+v", o.Settings.Unit, r.Rule)
			}
		}
	}
	if !reflect.DeepEqual(calendars[county], calendars[second]) {
		t.Error("the county and the station tell of sessions differently")
	}
	for _, o := range []*apptest.Seat{county, second} {
		w.Must(apptest.Err(o.Agenda.Odd(ctx, calendars[o])))
		w.Must(apptest.Err(o.Agenda.Rules(ctx, "")))
		w.Must(apptest.Err(o.Agenda.Coming(ctx)))
		w.Must(apptest.Err(o.Agenda.Marks(ctx, "2026-01-01", "9999-12-31")))
		w.Must(apptest.Err(o.Agenda.Plan(ctx, o.Clerk(), agenda.Span{From: "2026-12-01", To: "2027-12-31"})))
		w.Must(apptest.Err(o.Courier.Status(ctx)))
		w.Must(o.WriteCalendar(ctx, filepath.Join(apptest.Dir(t), "all.ics"), agenda.Filter{}))
		w.Must(apptest.Err(o.Duty(ctx, deputy, "2026-01-01", "9999-12-31")))
		for _, s := range calendars[o] {
			session.Kind.Contests(&s)
			for _, k := range paper.Kinds() {
				if k.Of != session.Name || k.About != paper.One {
					continue
				}
				things, err := o.Named(ctx, k, []string{s.ID})
				w.Must(err)
				p, err := o.Paper(ctx, k, things, paper.Wish{})
				if err != nil { // a sentence says why it is none of that paper
					continue
				}
				if d, err := o.Draw(ctx, p); s.State != session.Told && (err != nil || len(d.Pages) == 0) {
					t.Errorf("%s of %s: %v", k.Code, s.Day, err)
				}
			}
		}
		o.Healthy()
	}
	w.Settle(station, county, second)
}
