package courier_test

import (
	"context"
	"os"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
)

var ctx = context.Background()

// The first file of a unit's further computer is damaged: that the other one has long come further hides nothing.
func TestDamagedFirstFileOfAFurtherComputer(t *testing.T) {
	w, county, a := apptest.Pair(t)
	a.Titles("甲", "乙", "丙", "丁")
	w.Settle(a, county)
	before := map[string]bool{}
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		before[f] = true
	}
	b := w.SetUp("station", apptest.Yuanjia)
	b.Titles("新一")
	w.Enrol(b, county)
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		if !before[f] {
			w.Must(os.WriteFile(f, []byte("lianluo bundle 1\n{"), 0o600))
		}
	}
	r := county.Sync()
	ps, err := county.Courier.Status(ctx)
	w.Must(err)
	named := 0
	for _, p := range ps {
		named += len(p.Aside)
	}
	if len(r.Aside) != 1 || named == 0 {
		t.Errorf("it is hidden: %+v %+v", r.Aside, ps)
	}
}

// Two computers of a county: both hold the county's whole list, though its stations report to one of them only.
func TestTwoComputersOfACounty(t *testing.T) {
	w, a, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(a, city)
	b := w.SetUp("county", apptest.County)
	w.Enrol(b, city)
	all := []*apptest.Seat{station, a, b, city}
	w.Settle(all...)
	m := station.Receive(desk.Draft{Title: "一"})
	w.Later(8 * 24 * time.Hour)
	w.Settle(all...)
	station.Do(m, `{"do":"collate"}`)
	w.Settle(all...)
	w.Same(m, all...)
	for _, o := range all {
		o.Quiet()
		o.Healthy()
	}
}

// Two computers of one station see each other's matters through the county, and a paper number used at one is refused
// at the other.
func TestTwoComputersOfOneStation(t *testing.T) {
	w, county, a := apptest.Pair(t)
	b := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(b, county)
	m := a.Receive(desk.Draft{Title: "甲机登记", PaperNumber: "簿1-1", Name: "单志远", Phone: "13812345678"})
	b.Receive(desk.Draft{Title: "乙机登记"})
	w.Settle(a, b, county)
	for _, o := range []*apptest.Seat{a, b, county} {
		if !o.Known("甲机登记") || !o.Known("乙机登记") {
			t.Errorf("%s at %v", o.Settings.Unit, o.Store.Self())
		}
		o.Healthy()
	}
	if got := b.Show(m); got.Name != "单志远" {
		t.Errorf("the second computer knows %+v", got.Private)
	}
	if _, err := b.Desk.Receive(ctx, b.Clerk(), desk.Draft{Title: "又一件", PaperNumber: "簿1-1"}); err == nil {
		t.Error("a paper number was used twice")
	}
	b.Do(m, `{"do":"collate"}`)
	w.Settle(a, b, county)
	w.Same(m, a, b, county)
}

// A computer dies after its last file was sent and before anybody read it. Whoever puts it out of use takes that in
// first, and the successor gets it.
func TestLastFileOfADeadComputer(t *testing.T) {
	w, county, dead := apptest.Pair(t)
	dead.Titles("一")
	w.Settle(dead, county)
	dead.Titles("最后的")
	dead.Sync()
	w.Must(dead.Close())
	station := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(station, county)
	w.Must(apptest.Err(county.Courier.Replace(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		if !o.Known("最后的") {
			t.Errorf("%s has lost it", o.Settings.Unit)
		}
	}
	w.Agree(county, station)
}
