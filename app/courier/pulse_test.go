package courier_test

import (
	"testing"
	"time"

	"lianluo.local/app/apptest"
)

// Whatever lives a computer had, it says once a week that it is there, and an office further up knows when.
func TestOneHeartbeatAWeek(t *testing.T) {
	const week = 7 * 24 * time.Hour
	for name, lives := range map[string]func(w *apptest.World, station, county *apptest.Seat){
		"one life": func(*apptest.World, *apptest.Seat, *apptest.Seat) {},
		"an image of an earlier life is put back": func(w *apptest.World, station, county *apptest.Seat) {
			back, copied := station.Imaged(), station.KeepCopy()
			w.Must(station.PutBack(copied))
			station.Titles("二")
			w.Settle(station, county)
			back()
		},
		"and the later life had a clock that ran ahead": func(w *apptest.World, station, county *apptest.Seat) {
			back, copied, right := station.Imaged(), station.KeepCopy(), w.Now
			w.Must(station.PutBack(copied))
			w.Later(200 * 24 * time.Hour)
			station.Titles("二")
			w.Now = right
			w.Settle(station, county)
			back()
		},
		"a copy is put back again and again": func(w *apptest.World, station, county *apptest.Seat) {
			copied := station.KeepCopy()
			for range 4 {
				w.Must(station.PutBack(copied))
				w.Settle(station, county)
			}
		},
		"a clock that ran ahead is put right": func(w *apptest.World, station, county *apptest.Seat) {
			right := w.Now
			w.Later(200 * 24 * time.Hour)
			station.Titles("二")
			w.Now = right.Add(time.Hour)
			w.Must(station.Today(ctx, w.Now.Format(time.DateOnly)))
			w.Settle(station, county)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			city, second := w.SetUp("city", apptest.City), w.SetUp("station", apptest.Yuanjia)
			w.Enrol(county, city)
			w.Enrol(second, county)
			station.Titles("一")
			second.Titles("另一台的")
			w.Settle(station, second, county, city)
			lives(w, station, county)
			w.Settle(station, second, county, city)
			w.Later(20 * 24 * time.Hour)
			before := station.Entries()
			for range 6 {
				station.Sync()
			}
			if n := station.Entries() - before; n > 1 {
				t.Errorf("%d heartbeats in six minutes", n)
			}
			w.Settle(station, second, county, city)
			for range 28 {
				w.Later(24 * time.Hour)
				for _, o := range []*apptest.Seat{station, second, county, city} {
					o.Sync()
				}
			}
			w.Settle(station, second, county, city)
			words := map[[2]any]time.Time{}
			ws, err := city.Store.Words(ctx, w.Now)
			w.Must(err)
			for _, word := range ws {
				words[[2]any{word.Unit, word.ID.Replica}] = word.At
			}
			for _, o := range []*apptest.Seat{station, second} {
				if at := words[[2]any{apptest.Yuanjia, o.Store.Self().Replica}]; at.After(w.Now) || w.Now.Sub(at) > week+2*24*time.Hour {
					t.Errorf("the city heard of it at %v, it is %v", at, w.Now)
				}
			}
			// Two computers of the station, the county: one each in each of the five weeks at most.
			if n := station.Entries() - before; n < 8 || n > 15 {
				t.Errorf("%d heartbeats in five weeks", n)
			}
		})
	}
}
