package app_test

import (
	"os"
	"testing"
	"time"
)

// entries counts what a home holds.
func (o *office) entries() int {
	o.w.t.Helper()
	rep, err := o.Store.Check(ctx, o.Settings.Unit)
	o.w.must(err)
	return rep.Entries
}

// imaged copies the whole home of an office; the returned function puts it back in its place.
func (o *office) imaged() (back func()) {
	o.w.t.Helper()
	h := o.Home
	o.w.must(o.Close())
	image := fast(o.w.t)
	o.w.must(os.CopyFS(image, os.DirFS(string(h))))
	o.open(h)
	return func() {
		o.w.must(o.Close())
		o.w.must(os.RemoveAll(string(h)))
		o.w.must(os.CopyFS(string(h), os.DirFS(image)))
		o.open(h)
	}
}

// Whatever lives a computer had, it says once a week that it is there, and an office further up knows when.
func TestOneHeartbeatAWeek(t *testing.T) {
	const week = 7 * 24 * time.Hour
	for name, lives := range map[string]func(w *world, station, county *office){
		"one life": func(*world, *office, *office) {},
		"an image of an earlier life is put back": func(w *world, station, county *office) {
			back, copied := station.imaged(), station.keepCopy()
			w.must(station.putBack(copied))
			station.titles("二")
			w.settle(station, county)
			back()
		},
		"and the later life had a clock that ran ahead": func(w *world, station, county *office) {
			back, copied, right := station.imaged(), station.keepCopy(), w.now
			w.must(station.putBack(copied))
			w.later(200 * 24 * time.Hour)
			station.titles("二")
			w.now = right
			w.settle(station, county)
			back()
		},
		"a copy is put back again and again": func(w *world, station, county *office) {
			copied := station.keepCopy()
			for range 4 {
				w.must(station.putBack(copied))
				w.settle(station, county)
			}
		},
		"a clock that ran ahead is put right": func(w *world, station, county *office) {
			right := w.now
			w.later(200 * 24 * time.Hour)
			station.titles("二")
			w.now = right.Add(time.Hour)
			w.must(station.Today(ctx, w.now.Format(time.DateOnly)))
			w.settle(station, county)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			city, second := w.setUp("city", cityUnit), w.setUp("station", yuanjia)
			w.enrol(county, city)
			w.enrol(second, county)
			station.titles("一")
			second.titles("另一台的")
			w.settle(station, second, county, city)
			lives(w, station, county)
			w.settle(station, second, county, city)
			w.later(20 * 24 * time.Hour)
			before := station.entries()
			for range 6 {
				station.sync()
			}
			if n := station.entries() - before; n > 1 {
				t.Errorf("%d heartbeats in six minutes", n)
			}
			w.settle(station, second, county, city)
			for range 28 {
				w.later(24 * time.Hour)
				for _, o := range []*office{station, second, county, city} {
					o.sync()
				}
			}
			w.settle(station, second, county, city)
			words := map[[2]any]time.Time{}
			ws, err := city.Store.Words(ctx, w.now)
			w.must(err)
			for _, word := range ws {
				words[[2]any{word.Unit, word.ID.Replica}] = word.At
			}
			for _, o := range []*office{station, second} {
				if at := words[[2]any{yuanjia, o.Store.Self().Replica}]; at.After(w.now) || w.now.Sub(at) > week+2*24*time.Hour {
					t.Errorf("the city heard of it at %v, it is %v", at, w.now)
				}
			}
			// Two computers of the station, the county: one each in each of the five weeks at most.
			if n := station.entries() - before; n < 8 || n > 15 {
				t.Errorf("%d heartbeats in five weeks", n)
			}
		})
	}
}
