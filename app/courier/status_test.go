package courier_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
)

// A station two floors down that falls silent is named at the city, and one that only has nothing to say is not.
func TestSilenceIsSeenFromAbove(t *testing.T) {
	w, county, station := apptest.Pair(t)
	quiet, city := w.SetUp("station", apptest.Fengshan), w.SetUp("city", apptest.City)
	w.Enrol(quiet, county)
	w.Enrol(county, city)
	station.Titles("一")
	w.Settle(station, quiet, county, city)
	silent := func(unit string) bool {
		t.Helper()
		afar, err := city.Courier.Afar(ctx)
		w.Must(err)
		i := slices.IndexFunc(afar, func(f courier.Far) bool { return f.Unit == unit })
		if i < 0 {
			t.Fatalf("the city does not know of %s: %+v", unit, afar)
		}
		return afar[i].Silent
	}
	if silent(apptest.Yuanjia) || silent(apptest.Fengshan) { // it had nothing to say yet
		t.Error("they have just come")
	}
	for range 4 {
		w.Later(7 * 24 * time.Hour)
		w.Settle(quiet, county, city)
	}
	if !silent(apptest.Yuanjia) || silent(apptest.Fengshan) {
		t.Error("the wrong one is silent")
	}
	w.Must(apptest.Err(city.Courier.Offices(ctx)))
	if p := apptest.Progress(t, county, apptest.Yuanjia); !p.Silent {
		t.Errorf("the county about its silent station: %+v", p)
	}
}

// A clock that is three days ahead, or behind, is told at the other end.
func TestWrongClockIsTold(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	real := w.Now
	for _, off := range []time.Duration{72 * time.Hour, -72 * time.Hour} {
		county.Do(county.List()[0].Matter, `{"do":"urge","note":"请抓紧"}`)
		county.Sync()
		w.Now = real.Add(off)
		w.Must(station.Today(ctx, w.Now.Format(time.DateOnly)))
		station.Titles("错时写的")
		station.Sync()
		w.Now = real
		county.Sync()
		if got := apptest.Progress(t, county, apptest.Yuanjia).Clock; (got > 0) != (off > 0) || got == 0 {
			t.Errorf("a clock off by %v is told as %d seconds", off, got)
		}
		w.Settle(station, county)
	}
}

// What was acknowledged long ago is cleared away by its writer; what was not stays for ever.
func TestOldBundlesAreCleared(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	county.Close()
	station.Titles("二")
	station.Sync()
	held := w.Bundles(apptest.County, apptest.Yuanjia)
	for _, file := range held {
		w.Aged(file, 61*24*time.Hour)
	}
	w.Later(8 * 24 * time.Hour)
	station.Sync()
	for _, file := range held {
		l, _ := bundle.ParseName(filepath.Base(file))
		if _, err := os.Stat(file); (err == nil) != (l.Last > 1) {
			t.Errorf("%s: %v; one entry was acknowledged", filepath.Base(file), err)
		}
	}
}
