package app_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/desk"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/keyring"
)

// A county and its station burn in one fire: from the city the new county gets the history, and from it the station, whether that was
// let in before the history came or after.
func TestCountyAndStationBurntTogether(t *testing.T) {
	for name, early := range map[string]bool{"the station is let in first": true, "the history comes first": false} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			city := w.setUp("city", cityUnit)
			w.enrol(county, city)
			m := station.receive(desk.Draft{Title: "一"})
			w.settle(station, county, city)
			w.must(county.Close())
			w.must(station.Close())
			w.later(time.Hour)
			fresh, b := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
			if early {
				w.enrol(b, fresh)
			}
			fresh.sync()
			w.must(second(city.Courier.Replace(ctx, countyUnit, fresh.Courier.Print())))
			w.must(fresh.Courier.Follow(ctx, city.Courier.Print()))
			w.settle(city, fresh)
			if !early {
				w.enrol(b, fresh)
			}
			w.settle(b, fresh, city)
			fresh.do(m, `{"do":"lead","leader":"区领导甲"}`)
			w.settle(b, fresh, city)
			w.same(m, b, fresh, city)
			b.healthy()
		})
	}
}

// Two computers of a county let one station in. The one puts it out of use: the other hears of it, and the city does not forget it when
// the other says something new. One may let it in again without the other.
func TestRevocationReachesTheOtherComputer(t *testing.T) {
	w, a, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(a, city)
	b := w.setUp("county", countyUnit)
	w.enrol(b, city)
	w.must(second(b.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	station.sync()
	w.must(station.Courier.Follow(ctx, b.Courier.Print()))
	station.titles("一")
	w.settle(station, a, b, city)
	w.must(a.Courier.Revoke(ctx, yuanjia, ""))
	w.settle(a, city, b)
	station.titles("偷走以后")
	other := w.setUp("station", fengshan)
	w.enrol(other, b)
	w.later(8 * 24 * time.Hour)
	w.settle(station, a, b, city, other)
	afar, err := city.Courier.Afar(ctx)
	w.must(err)
	for _, o := range []*office{a, b, city} {
		if o.known("偷走以后") {
			t.Errorf("%v believes it", o.Store.Self())
		}
	}
	if len(afar) != 1 || afar[0].Unit != fengshan || !progress(t, b, yuanjia).Revoked {
		t.Errorf("below the county there are %+v", afar)
	}
	w.must(second(b.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	w.settle(station, a, b, city, other)
	if !city.known("偷走以后") || progress(t, b, yuanjia).Revoked {
		t.Error("it is not let in again")
	}
}

// The first file of a unit's further computer is damaged: that the other one has long come further hides nothing.
func TestDamagedFirstFileOfAFurtherComputer(t *testing.T) {
	w, county, a := pair(t)
	a.titles("甲", "乙", "丙", "丁")
	w.settle(a, county)
	before := map[string]bool{}
	for _, f := range w.bundles(countyUnit, yuanjia) {
		before[f] = true
	}
	b := w.setUp("station", yuanjia)
	b.titles("新一")
	w.enrol(b, county)
	for _, f := range w.bundles(countyUnit, yuanjia) {
		if !before[f] {
			w.must(os.WriteFile(f, []byte("lianluo bundle 1\n{"), 0o600))
		}
	}
	r := county.sync()
	ps, err := county.Courier.Status(ctx)
	w.must(err)
	named := 0
	for _, p := range ps {
		named += len(p.Aside)
	}
	if len(r.Aside) != 1 || named == 0 {
		t.Errorf("it is hidden: %+v %+v", r.Aside, ps)
	}
}

// Two computers of a station put the day and the urgency right without knowing of each other: to say either once more settles what the
// citizen is promised.
func TestPromiseOfTwoCorrections(t *testing.T) {
	w, county, a := pair(t)
	b := w.setUp("station", yuanjia)
	w.enrol(b, county)
	m := a.receive(desk.Draft{Title: "井盖", Occurred: "2026-11-18", Urgency: "特急"})
	w.settle(a, b, county)
	changes := func(field, value string) map[string]json.RawMessage {
		return map[string]json.RawMessage{field: json.RawMessage(value)}
	}
	w.must(second(a.Desk.Correct(ctx, a.Clerk(), m.ID, changes("occurred", `"2026-11-20"`))))
	w.must(second(b.Desk.Correct(ctx, b.Clerk(), m.ID, changes("urgency", `"normal"`))))
	w.settle(a, b, county)
	if got := b.show(m); len(got.Conflicts) == 0 || got.Due == "2026-12-11" {
		t.Errorf("due %s, %v", got.Due, got.Conflicts)
	}
	w.must(second(a.Desk.Correct(ctx, a.Clerk(), m.ID, changes("urgency", `"normal"`))))
	w.settle(a, b, county)
	for _, o := range []*office{a, b, county} {
		if got := o.show(m); got.Due != "2026-12-11" || len(got.Conflicts) > 0 {
			t.Errorf("%s: due %s, %v", o.Settings.Unit, got.Due, got.Conflicts)
		}
	}
	if _, err := b.Desk.Correct(ctx, b.Clerk(), m.ID, changes("urgency", `"normal"`)); err == nil {
		t.Error("said once more for nothing")
	}
}

// A county that was set back syncs with another stick first: on its own it still reads whom it put out of use.
func TestOwnListOnAnotherStick(t *testing.T) {
	w, county, stolen := pair(t)
	other := w.setUp("station", fengshan)
	w.enrol(other, county)
	w.settle(stolen, other, county)
	old := county.keepCopy()
	w.later(24 * time.Hour)
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	w.settle(county, other)
	county.setBack(old)
	first := w.folder
	w.must(setup.SetFolder(county.Home, county.Settings, t.TempDir()))
	county.sync()
	w.must(setup.SetFolder(county.Home, county.Settings, first))
	stolen.titles("偷走以后写的")
	for range 3 {
		stolen.sync()
		county.sync()
		other.sync()
	}
	if !progress(t, county, yuanjia).Revoked || county.known("偷走以后写的") {
		t.Error("the thief is back")
	}
}

// One of two computers of a unit is put out of use by its digits. To let one in again that is in use replaces only those that asked
// before it; and to say the same digits of the office above twice is no fault.
func TestOneOfTwoComputers(t *testing.T) {
	w, county, a := pair(t)
	w.later(time.Hour)
	b := w.setUp("station", yuanjia)
	w.enrol(b, county)
	w.later(time.Hour)
	c := w.setUp("station", yuanjia)
	w.enrol(c, county)
	w.settle(a, b, c, county)
	if err := county.Courier.Revoke(ctx, yuanjia, nobody); !errors.Is(err, trust.ErrPrint) {
		t.Errorf("digits of nobody: %v", err)
	}
	inUse := func() (prints []string) {
		ps, err := county.Courier.Status(ctx)
		w.must(err)
		for _, p := range ps {
			if !p.Revoked {
				prints = append(prints, p.Print)
			}
		}
		return prints
	}
	if _, err := county.Courier.Replace(ctx, yuanjia, b.Courier.Print()); !errors.Is(err, trust.ErrLater) {
		t.Errorf("one that asked later stays in use: %v", err)
	}
	if got := inUse(); len(got) != 2 {
		t.Errorf("in use: %v", got)
	}
	w.must(county.Courier.Revoke(ctx, yuanjia, c.Courier.Print()))
	if got := inUse(); len(got) != 1 || got[0] != b.Courier.Print() {
		t.Errorf("in use: %v", got)
	}
	w.must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.must(county.Courier.Revoke(ctx, yuanjia, b.Courier.Print()))
	county.sync()
	if b.sync(); !progress(t, b, countyUnit).Out {
		t.Error("the last one is not told")
	}
}

// A certificate that was damaged on its way is laid down again when the county accepts again.
func TestDamagedCertificate(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	station.sync()
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	papers, err := filepath.Glob(filepath.Join(w.folder, yuanjia, countyUnit, "*.certificate"))
	w.must(err)
	w.must(os.WriteFile(papers[0], []byte("{"), 0o600))
	w.must(station.Courier.Follow(ctx, county.Courier.Print()))
	station.sync()
	if above, err := station.Trust.Above(ctx); err != nil || above.Believed || !above.Awaited {
		t.Errorf("a paper that nobody can read: %+v %v", above, err)
	}
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
}

// Two computers of a county: both hold the county's whole list, though its stations report to one of them only.
func TestTwoComputersOfACounty(t *testing.T) {
	w, a, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(a, city)
	b := w.setUp("county", countyUnit)
	w.enrol(b, city)
	all := []*office{station, a, b, city}
	w.settle(all...)
	m := station.receive(desk.Draft{Title: "一"})
	w.later(8 * 24 * time.Hour)
	w.settle(all...)
	station.do(m, `{"do":"collate"}`)
	w.settle(all...)
	w.same(m, all...)
	for _, o := range all {
		o.quiet()
		o.healthy()
	}
}

// A computer leaves the key list of its unit's other computer where it lies, however old.
func TestOthersListStays(t *testing.T) {
	w, a, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(a, city)
	b, other := w.setUp("county", countyUnit), w.setUp("station", fengshan)
	w.enrol(b, city)
	w.enrol(other, b)
	w.settle(station, other, a, b, city)
	lists, err := filepath.Glob(filepath.Join(w.folder, cityUnit, countyUnit, "*.keylist"))
	w.must(err)
	left := 0
	for _, f := range lists {
		w.aged(f, 61*24*time.Hour)
	}
	w.must(a.Close()) // away for long
	w.later(8 * 24 * time.Hour)
	other.titles("一")
	w.settle(other, b, city)
	for _, f := range lists {
		if b, err := os.ReadFile(f); err == nil {
			l, err := keyring.ReadList(b)
			w.must(err)
			if l.By.Replica == a.Store.Self().Replica {
				left++
			}
		}
	}
	if left == 0 {
		t.Error("it was taken away")
	}
}

// A computer that has written nothing yet is held against what the unit's other computers wrote, and somebody who writes by a wrong
// clock over there is asked about once; what other units write stops nobody.
func TestAFreshComputerKnowsTheUnitsDays(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二")
	w.settle(station, county)
	fresh := w.setUp("station", yuanjia)
	today := w.now
	for _, off := range []int{-7, 36, 1} {
		fresh.reads(func() time.Time { return today.AddDate(off, 0, 0) })
		if _, err := fresh.Desk.Receive(ctx, fresh.Clerk(), desk.Draft{Title: "钟不对"}); (off != 1) != errors.As(err, new(app.Doubt)) {
			t.Errorf("no record at all, %d years off: %v", off, err)
		}
		if off == 1 {
			w.must(fresh.Close())
		}
	}
	b := w.setUp("station", yuanjia)
	b.sync()
	w.must(second(county.Courier.Accept(ctx, yuanjia, b.Courier.Print())))
	w.must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.settle(b, county, station)
	for _, off := range []int{-7, -1, 1, 36} {
		b.reads(func() time.Time { return w.now.AddDate(off, 0, 0) })
		if _, err := b.Desk.Receive(ctx, b.Clerk(), desk.Draft{Title: "钟不对"}); !errors.As(err, new(app.Doubt)) {
			t.Errorf("%d years off what the other computer wrote: %v", off, err)
		}
	}
	b.reads(func() time.Time { return w.now })
	b.titles("三")
	station.reads(func() time.Time { return w.now.AddDate(36, 0, 0) })
	w.must(station.Store.Confirm(ctx, station.Desk.Now()))
	for i := range 3 {
		station.titles("那边的钟快了")
		w.settle(station, county, b)
		if err := b.Store.Doubts(ctx, w.now); (i == 0) != errors.As(err, new(app.Doubt)) {
			t.Errorf("after record %d by a wrong clock: %v", i, err)
		}
		if i == 0 {
			w.must(b.Today(ctx, w.now.Format(time.DateOnly)))
		}
	}
	b.titles("四")
	if err := county.Store.Doubts(ctx, w.now); err != nil {
		t.Errorf("a station's clock stops the county: %v", err)
	}
}

// Whoever puts its own clock right holds nothing against others that it measured by the wrong one.
func TestAMendedClockAccusesNobody(t *testing.T) {
	for _, off := range []int{36, -7} {
		t.Run(strconv.Itoa(off), func(t *testing.T) {
			w, county, station := pair(t)
			m := station.receive(desk.Draft{Title: "一"})
			station.do(m, `{"do":"collate"}`)
			station.do(m, `{"do":"escalate"}`)
			w.settle(station, county)
			county.reads(func() time.Time { return w.now.AddDate(off, 0, 0) })
			w.must(county.Store.Confirm(ctx, county.Desk.Now()))
			county.do(m, `{"do":"assign","to":["区住建局"]}`)
			w.settle(station, county)
			station.titles("二")
			w.settle(station, county)
			county.reads(func() time.Time { return w.now })
			w.must(county.Store.Confirm(ctx, w.now))
			if p := progress(t, county, yuanjia); p.Clock != 0 {
				t.Errorf("%d years off, and the station is told to be %d seconds off", off, p.Clock)
			}
			station.titles("三")
			w.settle(station, county)
			if p := progress(t, county, yuanjia); p.Clock != 0 {
				t.Errorf("%d years off, and after its next words the station is told to be %d seconds off", off, p.Clock)
			}
		})
	}
}
