package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/desk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// reads sets an office's own clock.
func (o *office) reads(clock func() time.Time) {
	o.Desk.Now, o.Office.Now, o.Ledger.Now, o.Courier.Now = clock, clock, clock, clock
}

// Order never asks a wall clock, and nothing learns a wrong time from another, even where somebody insists on a wrong day.
func TestFault13WrongClocks(t *testing.T) {
	w, county, station := pair(t)
	for i, off := range []int{10, -5, 0, 10, 0} {
		station.reads(func() time.Time { return w.now.AddDate(off, 0, 0) })
		if _, err := station.Desk.Receive(ctx, station.Clerk(), desk.Draft{Title: "不对"}); (i > 0 || off > 6) && !errors.As(err, new(app.Doubt)) {
			t.Errorf("registered at once, %d years off: %v", off, err)
		}
		w.must(station.Store.Confirm(ctx, station.Desk.Now()))
		m := station.receive(desk.Draft{Title: fmt.Sprint("第", i, "件"), Name: "单志远"})
		station.do(m, `{"do":"collate"}`)
		w.settle(station, county)
		if off != 0 {
			if p := progress(t, county, yuanjia); off > 0 && p.Clock < 300*24*3600 {
				t.Errorf("a clock %d years off is told as %d seconds", off, p.Clock)
			}
		}
		station.do(m, `{"do":"escalate"}`)
		w.settle(station, county)
		w.same(m, station, county)
		county.do(m, `{"do":"assign","to":["区住建局"]}`)
		w.settle(station, county)
		w.same(m, station, county)
	}
	w.agree(county, station)
	if m := station.receive(desk.Draft{Title: "钟准了"}); !strings.Contains(m.Number, "-26-") {
		t.Errorf("the year stuck: %s", m.Number)
	}
}

// An acknowledgement that moves back is obeyed, and who knows more of us than we do gives it back.
func TestFault16BothSetBackAtOnce(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	old, older := station.keepCopy(), county.keepCopy()
	station.titles("二", "三")
	w.settle(station, county)
	county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.settle(station, county)
	station.setBack(old)
	county.setBack(older)
	station.titles("四")
	w.settle(station, county)
	// What only the two had, and both lost, lies in the folder still.
	for _, title := range []string{"一", "二", "三", "四"} {
		if !station.known(title) || !county.known(title) {
			t.Errorf("%s is lost: %v %v", title, station.known(title), county.known(title))
		}
	}
	w.agree(county, station)
}

// One writer at a time, and what a bundle brings is met in the transaction that stores it.
func TestFault18TwoProgramsOnOneHome(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二", "三", "四", "五")
	for _, f := range w.parts(station, county) {
		w.put(countyUnit, yuanjia, fmt.Sprintf("%x.bundle", f[len(f)-8:]), f)
	}
	now := w.now
	twin, err := app.Open(ctx, app.Options{Home: county.Home, Now: func() time.Time { return now }})
	w.must(err)
	defer twin.Close()
	errs := make(chan error, 6)
	for i := range 6 {
		a := []*app.App{county.App, twin}[i%2]
		go func() { _, err := a.Courier.Sync(ctx); errs <- err }()
	}
	for range 6 {
		w.must(<-errs)
	}
	w.settle(station, county)
	w.agree(county, station)
}

// Both of two that were done at once are kept and told: two corrections, an answer and a voiding.
func TestFault19BothAtOnce(t *testing.T) {
	w, county, a := pair(t)
	b := w.setUp("station", yuanjia)
	w.enrol(b, county)
	m := a.receive(desk.Draft{Title: "七巷积水", Name: "单志远"})
	other := a.receive(desk.Draft{Title: "路灯不亮", Name: "单志远"})
	a.do(other, `{"do":"collate"}`)
	w.settle(a, b, county)
	for o, title := range map[*office]string{a: `"甲改的"`, b: `"乙改的"`} {
		_, err := o.Desk.Correct(ctx, o.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(title)})
		w.must(err)
	}
	_, err := a.Desk.Void(ctx, a.Clerk(), other.ID, "登重了")
	w.must(err)
	b.do(other, `{"do":"answer","class":1,"answer":"修好了。"}`)
	w.settle(a, b, county)
	for _, m := range []matter.Matter{m, other} {
		w.same(m, a, b, county)
		if got := county.show(m); len(got.Conflicts) != 1 || len(got.History) < 3 {
			t.Errorf("%s: %+v, %d acts", got.Title, got.Conflicts, len(got.History))
		}
	}
	for o, unit := range map[*office]string{county: yuanjia, a: county.Settings.Unit} {
		if p := progress(t, o, unit); p.Conflicts != 2 || !slices.Equal(p.Disputed, []string{other.Number, m.Number}) {
			t.Errorf("%s is told of %d: %v", o.Settings.Unit, p.Conflicts, p.Disputed)
		}
	}
}

// What one side says of a matter stands though the other has changed it meanwhile; whoever is out of use takes nothing with it.
func TestFault20AnsweredWhileCorrected(t *testing.T) {
	w, county, station := pair(t)
	m := station.receive(desk.Draft{Title: "七巷积水", Name: "单志远"})
	station.do(m, `{"do":"collate"}`)
	station.do(m, `{"do":"escalate"}`)
	w.settle(station, county)
	_, err := station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(`"七巷雨水倒灌"`)})
	w.must(err)
	county.do(m, `{"do":"answer","class":1,"answer":"已疏通。"}`)
	w.settle(station, county)
	w.same(m, station, county)
	if got := station.show(m); got.Title != "七巷雨水倒灌" || got.Answer != "已疏通。" {
		t.Errorf("%q %q", got.Title, got.Answer)
	}
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	county.do(m, `{"do":"lead","leader":"区领导甲"}`)
	county.sync()
	if !county.known("七巷雨水倒灌") {
		t.Error("it went with its station")
	}
	county.healthy()
}

// rewrite gives entries of an office other contents, in a chain of their own, signed as its own.
func (o *office) rewrite(rs []journal.Record, change func(i int, e *journal.Entry)) (fresh []journal.Record) {
	o.w.t.Helper()
	var prev journal.Hash
	for i, r := range rs {
		e := r.Entry
		e.Prev = prev
		change(i, &e)
		core, err := json.Marshal(e)
		o.w.must(err)
		f, err := journal.Open(core, r.Secret)
		o.w.must(err)
		f.Signature, err = o.Courier.Sign(f.Signed())
		o.w.must(err)
		prev = f.Hash
		fresh = append(fresh, f)
	}
	return fresh
}

// One transaction a bundle, one recovery a matter: what nobody can read is set aside alone.
func TestFault22Poison(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二", "三")
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	rs := station.rewrite(st.Records, func(i int, e *journal.Entry) {
		if i == 1 {
			e.Body = json.RawMessage(`{"number":{"x":[1,2]},"deputies":7}`)
		}
	})
	for i, f := range w.parts(station, county, rs...) {
		w.put(countyUnit, yuanjia, fmt.Sprint(i, ".bundle"), f)
	}
	if r := county.sync(); r.Collected != 3 || len(r.Aside) > 0 {
		t.Errorf("%+v", r)
	}
	if !county.known("一") || !county.known("三") || county.known("二") {
		t.Error("one poisoned entry stops the others, or is believed")
	}
	if p := progress(t, county, yuanjia); p.Stored != 3 || p.Sent != 3 {
		t.Errorf("stored %+v", p)
	}
	county.healthy()
}

// What a newer program wrote is kept byte for byte, waits, is told, and is passed on; what is older is read for ever.
func TestFault23NewerPrograms(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一", "二", "三")
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	rs := station.rewrite(st.Records, func(i int, e *journal.Entry) {
		switch i {
		case 0:
			e.Body = bytes.Replace(e.Body, []byte("{"), []byte(`{"weather":"雨",`), 1)
		case 1:
			e.Schema = 99
		case 2:
			e.Do = "celebrate"
		}
	})
	for i, f := range w.parts(station, county, rs...) {
		w.put(countyUnit, yuanjia, fmt.Sprint(i, ".bundle"), f)
	}
	county.sync()
	city.sync()
	if p := progress(t, county, yuanjia); p.Stored != 3 || p.Waiting != 2 {
		t.Errorf("the county holds %d, %d of them wait", p.Stored, p.Waiting)
	}
	if !county.known("一") || !city.known("一") {
		t.Error("an unknown field stops a matter")
	}
	up, err := county.Store.Since(ctx, cityUnit, 0, 1<<20)
	w.must(err)
	if !slices.ContainsFunc(up.Records, func(r journal.Record) bool {
		return bytes.Equal(r.Core, rs[0].Core) && bytes.Equal(r.Signature, rs[0].Signature)
	}) {
		t.Error("it was not passed on as it is")
	}
	county.healthy()
	city.healthy()
}

// Keys, weekly files and old copies outlast a year and a half of silence.
func TestFault30LongSilence(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一", "二")
	for _, v := range station.list() {
		station.do(v.Matter, `{"do":"collate"}`)
		station.do(v.Matter, `{"do":"escalate"}`)
	}
	w.settle(station, county, city)
	station.titles("在抽屉里的U盘上")
	drawer := w.parts(station, county)
	for range 18 {
		w.later(30 * 24 * time.Hour)
		w.must(county.Courier.Renew(ctx, rand.Reader))
		county.do(county.list()[0].Matter, `{"do":"urge","note":"请抓紧"}`)
		county.sync()
		city.sync()
		county.sync()
	}
	if p := progress(t, county, yuanjia); !p.Silent {
		t.Error("nobody noticed")
	}
	for i, f := range drawer { // sealed for keys that were renewed eighteen times since
		w.put(countyUnit, yuanjia, fmt.Sprint("抽屉", i, ".bundle"), f)
	}
	if county.sync(); !county.known("在抽屉里的U盘上") {
		t.Errorf("it does not open any more: %+v", progress(t, county, yuanjia))
	}
	w.must(station.Today(ctx, w.now.Format(time.DateOnly)))
	station.titles("回来了")
	for range 2 {
		station.sync()
		county.sync()
	}
	station.sync()
	w.agree(county, station)
	a, known, err := station.Store.Digest(ctx, yuanjia)
	w.must(err)
	b, heard, err := county.Store.Digest(ctx, yuanjia)
	w.must(err)
	if a != b || !known || !heard {
		t.Error("their lists differ")
	}
	if p := progress(t, county, yuanjia); p.Silent || p.Diverged != "" || len(p.Aside)+len(p.Gaps) > 0 {
		t.Errorf("the county's page: %+v", p)
	}
}
