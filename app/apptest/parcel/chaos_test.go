package parcel_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
)

var (
	seeds = flag.Int("seeds", 6, "how many worlds of parcels to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Two counties with their stations and the city send, post, take and rename parcels and let each other in and go, in any order, while
// files are lost and spoilt and computers are restored or replaced. Then all sync undisturbed: everybody whom a parcel concerns by then
// has it, the same everywhere, and nobody else lists it.
func TestParcelsInChaos(t *testing.T) {
	dir := apptest.Born(t, "station "+apptest.Yuanjia, "station "+apptest.Fengshan, "city "+apptest.City, "county 141121000000", "station 141121103000Z1-A")
	for i := range uint64(*seeds) {
		t.Run(fmt.Sprint("seed ", *seed+i), func(t *testing.T) {
			t.Parallel()
			chaos(t, dir, *seed+i)
		})
	}
}

func chaos(t *testing.T, dir string, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 15))
	w, all := apptest.Again(t, dir, seed)
	copies := map[*apptest.Seat]string{}
	for n := range 90 {
		o := all[dice.IntN(len(all))]
		w.Later(time.Minute)
		switch dice.IntN(12) {
		case 0:
			other := all[dice.IntN(len(all))]
			o.ReadsCalendar()
			if o.Settings.Parent == "" {
				continue // nobody else would have it
			}
			o.SendParcel(fmt.Sprintf("第%d件", n), map[bool]string{true: other.Settings.Unit}[other != o && len(other.Settings.Unit) > 12 &&
				len(o.Settings.Unit) > 12 && other.Settings.Parent == o.Settings.Parent])
		case 1, 2, 3, 4:
			o.ReadsCalendar()
			o.TryParcel(dice, all)
		case 5, 6, 7, 8, 9:
			o.Sync()
		case 10:
			w.Spoil(dice)
		default:
			if copies[o] == "" {
				copies[o] = o.KeepCopy()
				continue
			}
			if dice.IntN(2) == 0 {
				w.Must(o.PutBack(copies[o]))
				continue
			}
			w.Settle(all...)
			if o.Told() {
				fresh := o.Burns(all)
				all[slices.Index(all, o)], copies[fresh] = fresh, ""
			}
		}
	}
	w.Clear()
	w.Now = time.Date(2027, 3, 1, 9, 0, 0, 0, w.Now.Location())
	for range 2 {
		w.Settle(all...)
		for _, o := range all {
			o.Heeds(all)
		}
	}
	w.Settle(all...)
	w.SameParcels(all...)
	for _, o := range all {
		o.Healthy()
		ps, err := o.Courier.Status(ctx)
		w.Must(err)
		for _, p := range ps {
			if p.Diverged != "" || p.Waiting > 0 || len(p.Gaps) > 0 || len(p.Aside) > 0 || p.Unacked > 0 || len(p.Faults) > 0 {
				t.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
			}
		}
	}
}
