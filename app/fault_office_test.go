package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// A computer that has written nothing yet is held against what the unit's other computers wrote, and somebody who
// writes by a wrong clock over there is asked about once; what other units write stops nobody.
func TestAFreshComputerKnowsTheUnitsDays(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二")
	w.Settle(station, county)
	fresh := w.SetUp("station", apptest.Yuanjia)
	today := w.Now
	for _, off := range []int{-7, 36, 1} {
		fresh.ReadsClock(func() time.Time { return today.AddDate(off, 0, 0) })
		if _, err := fresh.Desk.Receive(ctx, fresh.Clerk(), desk.Draft{Title: "钟不对"}); (off != 1) != errors.As(err, new(app.Doubt)) {
			t.Errorf("no record at all, %d years off: %v", off, err)
		}
		if off == 1 {
			w.Must(fresh.Close())
		}
	}
	b := w.SetUp("station", apptest.Yuanjia)
	b.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, b.Courier.Print())))
	w.Must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.Settle(b, county, station)
	for _, off := range []int{-7, -1, 1, 36} {
		b.ReadsClock(func() time.Time { return w.Now.AddDate(off, 0, 0) })
		if _, err := b.Desk.Receive(ctx, b.Clerk(), desk.Draft{Title: "钟不对"}); !errors.As(err, new(app.Doubt)) {
			t.Errorf("%d years off what the other computer wrote: %v", off, err)
		}
	}
	b.ReadsClock(func() time.Time { return w.Now })
	b.Titles("三")
	station.ReadsClock(func() time.Time { return w.Now.AddDate(36, 0, 0) })
	w.Must(station.Store.Confirm(ctx, station.Desk.Now()))
	for i := range 3 {
		station.Titles("那边的钟快了")
		w.Settle(station, county, b)
		if err := b.Store.Doubts(ctx, w.Now); (i == 0) != errors.As(err, new(app.Doubt)) {
			t.Errorf("after record %d by a wrong clock: %v", i, err)
		}
		if i == 0 {
			w.Must(b.Today(ctx, w.Now.Format(time.DateOnly)))
		}
	}
	b.Titles("四")
	if err := county.Store.Doubts(ctx, w.Now); err != nil {
		t.Errorf("a station's clock stops the county: %v", err)
	}
}

// Whoever puts its own clock right holds nothing against others that it measured by the wrong one.
func TestAMendedClockAccusesNobody(t *testing.T) {
	for _, off := range []int{36, -7} {
		t.Run(strconv.Itoa(off), func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			m := station.Receive(desk.Draft{Title: "一"})
			station.Do(m, `{"do":"collate"}`)
			station.Do(m, `{"do":"escalate"}`)
			w.Settle(station, county)
			county.ReadsClock(func() time.Time { return w.Now.AddDate(off, 0, 0) })
			w.Must(county.Store.Confirm(ctx, county.Desk.Now()))
			county.Do(m, `{"do":"assign","to":["区住建局"]}`)
			w.Settle(station, county)
			station.Titles("二")
			w.Settle(station, county)
			county.ReadsClock(func() time.Time { return w.Now })
			w.Must(county.Store.Confirm(ctx, w.Now))
			if p := apptest.Progress(t, county, apptest.Yuanjia); p.Clock != 0 {
				t.Errorf("%d years off, and the station is told to be %d seconds off", off, p.Clock)
			}
			station.Titles("三")
			w.Settle(station, county)
			if p := apptest.Progress(t, county, apptest.Yuanjia); p.Clock != 0 {
				t.Errorf("%d years off, and after its next words the station is told to be %d seconds off", off, p.Clock)
			}
		})
	}
}

// Order never asks a wall clock, and nothing learns a wrong time from another, even where somebody insists on a wrong
// day.
func TestFault13WrongClocks(t *testing.T) {
	w, county, station := apptest.Pair(t)
	for i, off := range []int{10, -5, 0, 10, 0} {
		station.ReadsClock(func() time.Time { return w.Now.AddDate(off, 0, 0) })
		if _, err := station.Desk.Receive(ctx, station.Clerk(), desk.Draft{Title: "不对"}); (i > 0 || off > 6) && !errors.As(err, new(app.Doubt)) {
			t.Errorf("registered at once, %d years off: %v", off, err)
		}
		w.Must(station.Store.Confirm(ctx, station.Desk.Now()))
		m := station.Receive(desk.Draft{Title: fmt.Sprint("第", i, "件"), Name: "单志远"})
		station.Do(m, `{"do":"collate"}`)
		w.Settle(station, county)
		if off != 0 {
			if p := apptest.Progress(t, county, apptest.Yuanjia); off > 0 && p.Clock < 300*24*3600 {
				t.Errorf("a clock %d years off is told as %d seconds", off, p.Clock)
			}
		}
		station.Do(m, `{"do":"escalate"}`)
		w.Settle(station, county)
		w.Same(m, station, county)
		county.Do(m, `{"do":"assign","to":["区住建局"]}`)
		w.Settle(station, county)
		w.Same(m, station, county)
	}
	w.Agree(county, station)
	if m := station.Receive(desk.Draft{Title: "钟准了"}); !strings.Contains(m.Number, "-26-") {
		t.Errorf("the year stuck: %s", m.Number)
	}
}

// One writer at a time, and what a bundle brings is met in the transaction that stores it.
func TestFault18TwoProgramsOnOneHome(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	station.Titles("一", "二", "三", "四", "五")
	for _, f := range w.Parts(station, county) {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprintf("%x.bundle", f[len(f)-8:]), f)
	}
	now := w.Now
	twin, err := app.Open(ctx, app.Options{Key: apptest.Sealing(), Home: county.Home, Now: func() time.Time { return now }})
	w.Must(err)
	defer twin.Close()
	errs := make(chan error, 6)
	for i := range 6 {
		a := []*app.App{county.App, twin}[i%2]
		go func() { _, err := a.Courier.Sync(ctx); errs <- err }()
	}
	for range 6 {
		w.Must(<-errs)
	}
	w.Settle(station, county)
	w.Agree(county, station)
}

// Both of two that were done at once are kept and told: two corrections, an answer and a voiding.
func TestFault19BothAtOnce(t *testing.T) {
	w, county, a := apptest.Pair(t)
	b := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(b, county)
	m := a.Receive(desk.Draft{Title: "七巷积水", Name: "单志远"})
	other := a.Receive(desk.Draft{Title: "路灯不亮", Name: "单志远"})
	a.Do(other, `{"do":"collate"}`)
	w.Settle(a, b, county)
	for o, title := range map[*apptest.Seat]string{a: `"甲改的"`, b: `"乙改的"`} {
		_, err := o.Desk.Correct(ctx, o.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(title)})
		w.Must(err)
	}
	_, err := a.Desk.Void(ctx, a.Clerk(), other.ID, "登重了")
	w.Must(err)
	b.Do(other, `{"do":"answer","class":1,"answer":"修好了。"}`)
	w.Settle(a, b, county)
	for _, m := range []matter.Matter{m, other} {
		w.Same(m, a, b, county)
		if got := county.Show(m); len(got.Conflicts) != 1 || len(got.History) < 3 {
			t.Errorf("%s: %+v, %d acts", got.Title, got.Conflicts, len(got.History))
		}
	}
	for o, unit := range map[*apptest.Seat]string{county: apptest.Yuanjia, a: county.Settings.Unit} {
		if p := apptest.Progress(t, o, unit); p.Conflicts != 2 || !slices.Equal(p.Disputed, []string{other.Number, m.Number}) {
			t.Errorf("%s is told of %d: %v", o.Settings.Unit, p.Conflicts, p.Disputed)
		}
	}
}

// What one side says of a matter stands though the other has changed it meanwhile; whoever is out of use takes nothing
// with it.
func TestFault20AnsweredWhileCorrected(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "七巷积水", Name: "单志远"})
	station.Do(m, `{"do":"collate"}`)
	station.Do(m, `{"do":"escalate"}`)
	w.Settle(station, county)
	_, err := station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(`"七巷雨水倒灌"`)})
	w.Must(err)
	county.Do(m, `{"do":"answer","class":1,"answer":"已疏通。"}`)
	w.Settle(station, county)
	w.Same(m, station, county)
	if got := station.Show(m); got.Title != "七巷雨水倒灌" || got.Answer != "已疏通。" {
		t.Errorf("%q %q", got.Title, got.Answer)
	}
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	county.Do(m, `{"do":"lead","leader":"区领导甲"}`)
	county.Sync()
	if !county.Known("七巷雨水倒灌") {
		t.Error("it went with its station")
	}
	county.Healthy()
}

// One transaction a bundle, one recovery a matter: what nobody can read is set aside alone.
func TestFault22Poison(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	station.Titles("一", "二", "三")
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	rs := station.Rewrite(st.Records, func(i int, e *journal.Entry) {
		if i == 1 {
			e.Body = json.RawMessage(`{"number":{"x":[1,2]},"deputies":7}`)
		}
	})
	for i, f := range w.Parts(station, county, rs...) {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint(i, ".bundle"), f)
	}
	if r := county.Sync(); r.Collected != 3 || len(r.Aside) > 0 {
		t.Errorf("%+v", r)
	}
	if !county.Known("一") || !county.Known("三") || county.Known("二") {
		t.Error("one poisoned entry stops the others, or is believed")
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Stored != 3 || p.Sent != 3 {
		t.Errorf("stored %+v", p)
	}
	county.Healthy()
}
