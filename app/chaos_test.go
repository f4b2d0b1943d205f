package app_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/journal"
)

var ctx = context.Background()

var (
	seeds = flag.Int("seeds", 50, "how many worlds of chaos to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Chaos, then healing: stations, their county and the city do whatever may follow, in any order, while files are lost,
// copied, cut short, flipped and renamed, clocks jump, keys are renewed and databases of all of them are set back or
// restored. Afterwards everybody syncs undisturbed, and then everybody has every matter exactly once, the same
// everywhere, every book is in order, and nobody's page shows anything amiss. One seed is one run; most worlds are a
// station and its county, each sixteenth is two stations, a county and the city.
func TestChaosThenHealing(t *testing.T) {
	t.Parallel() // with those that wait for other programs
	small, large := apptest.Born(t, "station "+apptest.Yuanjia), apptest.Born(t, "station "+apptest.Yuanjia, "station "+apptest.Fengshan, "city "+apptest.City)
	next := make(chan uint64)
	var worlds sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		worlds.Go(func() {
			for s := range next {
				t.Run(fmt.Sprint("seed ", s), func(t *testing.T) { chaos(t, s, map[bool]string{true: large, false: small}[s%16 == 0]) })
			}
		})
	}
	for i := range uint64(*seeds) {
		next <- *seed + i
	}
	close(next)
	worlds.Wait()
}

func chaos(t *testing.T, seed uint64, dir string) {
	dice, parcels := rand.New(rand.NewPCG(seed, 7)), rand.New(rand.NewPCG(seed, 8))
	w, all := apptest.Again(t, dir, seed)
	var stations, offices []*apptest.Seat
	for _, o := range all {
		if o.Settings.Role == journal.Station {
			stations = append(stations, o)
		} else {
			offices = append(offices, o)
		}
	}
	county, city := offices[0], offices[len(offices)-1]
	copies := map[*apptest.Seat]string{}
	written := map[string]bool{} // titles that must never be lost
	var latest, bought time.Time // a new computer's predecessor is believed in what is older than its own words alone
	n := 0
	for range 12 * len(all) {
		o := all[dice.IntN(len(all))]
		if w.Now.After(latest) {
			latest = w.Now
		}
		switch dice.IntN(15) {
		case 0, 1, 2:
			if slices.Contains(stations, o) {
				n++
				title := fmt.Sprintf("第%d件", n)
				o.ReadsCalendar()
				o.Titles(title)
				written[title] = true
				if parcels.IntN(2) == 0 {
					other := stations[parcels.IntN(len(stations))]
					o.SendParcel(title, map[bool]string{true: other.Settings.Unit}[other != o])
				}
			}
		case 3, 4, 5:
			o.ReadsCalendar()
			o.Anything(dice)
			o.TryParcel(parcels, all)
		case 6, 7, 8:
			o.Sync()
		case 9:
			w.Spoil(dice)
		case 11:
			w.Must(o.Courier.Renew(ctx, o.Random))
		case 10:
			if o.Settings.Role != journal.City {
				w.Later(max(time.Duration(dice.IntN(200)-50)*time.Hour, bought.Sub(w.Now)))
			}
		default:
			// Somebody loses a disk and gets an old copy back; what he had told others comes back from them.
			if copies[o] == "" {
				copies[o] = o.KeepCopy()
				continue
			}
			how := dice.IntN(4)
			if how < 2 { // restored, with what stands in its place
				w.Must(o.PutBack(copies[o]))
				continue
			}
			o.Sync()
			for _, other := range all {
				other.Sync()
			}
			o.Sync()
			if !o.Told() || o.Alone(all) {
				continue
			}
			if how == 2 {
				o.SetBack(copies[o])
				continue
			}
			if w.Now.Before(latest) {
				w.Now = latest
			}
			bought = w.Now
			fresh := o.Burns(all)
			for _, list := range [][]*apptest.Seat{all, stations, offices} {
				if at := slices.Index(list, o); at >= 0 {
					list[at] = fresh
				}
			}
			county, city = offices[0], offices[len(offices)-1]
			copies[fresh] = ""
		}
	}
	w.Clear()
	w.Now = time.Date(2027, 3, 1, 9, 0, 0, 0, w.Now.Location())
	w.Settle(all...)
	for _, o := range all {
		o.Heeds(all)
	}
	w.Settle(all...)
	for title := range written {
		for _, o := range offices {
			if !o.Known(title) {
				t.Errorf("%s does not know %s", o.Settings.Unit, title)
			}
		}
	}
	w.SameParcels(all...)
	numbers := map[string]bool{}
	for _, v := range county.List() {
		if numbers[v.Number] {
			t.Errorf("%s stands twice", v.Number)
		}
		numbers[v.Number] = true
		for _, o := range stations {
			if v.Unit == o.Settings.Unit {
				w.Same(v.Matter, append(offices, o)...)
			}
		}
	}
	got := 0
	for _, o := range stations {
		got += len(o.List())
	}
	if got != len(numbers) || len(city.List()) != got || got != n {
		t.Errorf("%d written, %d at the stations, %d at the county, %d at the city", n, got, len(numbers), len(city.List()))
	}
	for _, o := range all {
		for _, v := range o.List() {
			if v.Redacted != "" && v.Known() {
				t.Errorf("%s knows %+v of %s, which is redacted", o.Settings.Unit, v.Private, v.Number)
			}
		}
		o.Healthy()
		ps, err := o.Courier.Status(ctx)
		w.Must(err)
		for _, p := range ps {
			if p.Diverged != "" || p.Waiting > 0 || len(p.Gaps) > 0 || len(p.Aside) > 0 || p.Unacked > 0 {
				t.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
			}
		}
	}
}
