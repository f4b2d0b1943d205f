package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
)

// said are the codes of what is not well at an office, with whom each is about.
func said(t *testing.T, o *apptest.Seat) string {
	t.Helper()
	ts, err := o.Troubles(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, tr := range ts {
		about := map[string]string{"": "", apptest.County: " of the county", apptest.Yuanjia: " of the station"}[tr.Unit]
		all = append(all, fmt.Sprint(tr.Code, about, " ", tr.N))
	}
	return strings.Join(all, ", ")
}

// What is not well is told by one list of values, whoever shows it: what waits for a person here, and what is not well
// with another.
func TestTroublesAreOneList(t *testing.T) { // the county has an office above, which nobody joined
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	for _, step := range []struct {
		what            string
		do              func()
		station, county string
	}{
		{"nobody asked yet", func() {}, "compare 1, sheet 1", "compare 1"},
		{"the station asks", func() { station.Sync() }, "compare 1, sheet 1", "compare 1, asking 1"},
		{"each is accepted", func() { w.Enrol(station, county); w.Settle(station, county) }, "sheet 1", "compare 1"},
		{"nothing is heard for long", func() { w.Later(20 * 24 * time.Hour) }, "sheet 1, silent of the county 0", "compare 1, silent of the station 0"},
		{"it speaks again", func() { w.Settle(station, county) }, "sheet 1", "compare 1"},
		{"half a file comes", func() {
			w.Put(apptest.County, apptest.Yuanjia, "up-1-1-9-0123abcd.bundle", []byte("half a file"))
			county.Sync()
		}, "sheet 1", "compare 1, refused of the station 1"},
	} {
		step.do()
		if got := said(t, station); got != step.station {
			t.Errorf("%s: the station says %q, want %q", step.what, got, step.station)
		}
		if got := said(t, county); got != step.county {
			t.Errorf("%s: the county says %q, want %q", step.what, got, step.county)
		}
	}
}

// Whatever is silent is so by one measure: a computer, its unit, and one that is heard of through others.
func TestSilentMeansOneThing(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	w.Settle(point, town, county, city)
	w.Later(city.Courier.Quiet - time.Hour)
	for _, silent := range []bool{false, true} {
		ps, err := city.Courier.Status(ctx)
		w.Must(err)
		afar, err := city.Courier.Afar(ctx)
		w.Must(err)
		n, err := city.Lately(ctx)
		w.Must(err)
		one := slices.ContainsFunc(ps, func(p courier.Progress) bool { return p.Silent })
		far := slices.ContainsFunc(afar, func(f courier.Far) bool { return f.Silent })
		if len(afar) == 0 || one != silent || far != silent || (len(city.Courier.Silences(ps)) > 0) != silent || (n.Silent > 0) != silent {
			t.Errorf("silent %v: a computer %v, one far away %v, units %v, lately %+v", silent, one, far, city.Courier.Silences(ps), n)
		}
		w.Later(3 * time.Hour)
	}
}
