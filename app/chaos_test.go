package app_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	officework "lianluo.local/app/office"
)

var (
	seeds = flag.Int("seeds", 12, "how many worlds of chaos to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Chaos, then healing: two stations, a county and a city do whatever may follow, in any order, while files are lost, copied,
// cut short, flipped and renamed, clocks jump and databases are set back. Afterwards everybody syncs undisturbed, and then
// everybody has every matter exactly once, the same everywhere, and every book is in order. One seed is one run.
func TestChaosThenHealing(t *testing.T) {
	for i := range uint64(*seeds) {
		t.Run(fmt.Sprint("seed ", *seed+i), func(t *testing.T) { chaos(t, *seed+i) })
	}
}

func chaos(t *testing.T, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 7))
	w, county, a := pair(t)
	b, city := w.setUp("station", fengshan), w.setUp("city", cityUnit)
	w.enrol(b, county)
	w.enrol(county, city)
	all := []*office{a, b, county, city}
	copies := map[*office]string{}
	written := map[string]bool{} // titles that must never be lost
	n := 0
	for range 50 {
		o := all[dice.IntN(len(all))]
		switch dice.IntN(15) {
		case 0, 1, 2:
			if o == a || o == b {
				n++
				title := fmt.Sprintf("第%d件", n)
				o.titles(title)
				written[title] = true
			}
		case 3, 4, 5:
			o.anything(dice)
		case 6, 7, 8:
			o.sync()
		case 9:
			w.spoil(dice)
		case 11:
			w.must(o.Courier.Renew(ctx, o.random))
		case 10:
			if o != city {
				w.later(time.Duration(dice.IntN(200)-50) * time.Hour)
			}
		default:
			// Somebody loses a disk and gets an old copy back; what he had told others comes back from them.
			if copies[o] == "" {
				copies[o] = o.keepCopy()
				continue
			}
			o.sync()
			for _, other := range all {
				other.sync()
			}
			o.sync()
			if o.told() {
				o.setBack(copies[o])
			}
		}
	}
	w.clear()
	w.now = time.Date(2027, 3, 1, 9, 0, 0, 0, w.now.Location())
	w.settle(all...)
	for title := range written {
		for _, o := range []*office{county, city} {
			if !o.known(title) {
				t.Errorf("%s does not know %s", o.Settings.Unit, title)
			}
		}
	}
	numbers := map[string]bool{}
	for _, v := range county.list() {
		if numbers[v.Number] {
			t.Errorf("%s stands twice", v.Number)
		}
		numbers[v.Number] = true
		for _, o := range []*office{a, b} {
			if v.Unit == o.Settings.Unit {
				w.same(v.Matter, o, county, city)
			}
		}
	}
	if got := len(a.list()) + len(b.list()); got != len(numbers) || len(city.list()) != got || got != n {
		t.Errorf("%d written, %d at the stations, %d at the county, %d at the city", n, got, len(numbers), len(city.list()))
	}
	for _, o := range all {
		o.healthy()
		ps, err := o.Courier.Status(ctx)
		w.must(err)
		for _, p := range ps {
			if p.Diverged != "" || p.Waiting > 0 || len(p.Gaps) > 0 || len(p.Aside) > 0 || p.Unacked > 0 {
				t.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
			}
		}
	}
}

// told says whether everybody has all that an office has for him.
func (o *office) told() bool {
	ps, err := o.Courier.Status(ctx)
	if err != nil {
		o.w.t.Fatal(err)
	}
	return !slices.ContainsFunc(ps, func(p courier.Progress) bool { return p.Unacked > 0 })
}

// anything does some act that may follow with some matter.
func (o *office) anything(dice *rand.Rand) {
	list := o.list()
	if len(list) == 0 {
		return
	}
	m := list[dice.IntN(len(list))].Matter
	acts := o.Office.Acts(m)
	if len(acts) == 0 {
		return
	}
	do := acts[dice.IntN(len(acts))].Code
	if do == "correct" || do == "void" || do == "merge" {
		return
	}
	o.w.later(time.Minute)
	_, err := o.Office.Do(ctx, m.ID, officework.Order{Do: do, Note: "因为", To: []string{"街道办"}, Deputies: []string{"甲", "乙"}, Class: 1, Answer: "好了", Minutes: "议定",
		Leader: "丙", Result: []string{"satisfied", "unsatisfied"}[dice.IntN(2)], Reason: map[bool]string{true: "慢"}[do == "rate"], Mode: map[bool]string{true: "department"}[do == "assign"]})
	if err != nil && !strings.Contains(err.Error(), "：") { // what is refused is refused with a sentence
		o.w.t.Fatalf("%s of %v by %s: %v", do, m.State, o.Settings.Unit, err)
	}
}

// spoil does something to a file of the folder.
func (w *world) spoil(dice *rand.Rand) {
	files, err := filepath.Glob(filepath.Join(w.folder, "*", "*", "*.bundle"))
	w.must(err)
	if len(files) == 0 {
		return
	}
	f := files[dice.IntN(len(files))]
	b, err := os.ReadFile(f)
	w.must(err)
	switch dice.IntN(5) {
	case 0:
		w.must(os.Remove(f))
	case 1:
		w.must(os.WriteFile(f, b[:dice.IntN(len(b))], 0o600))
	case 2:
		b[dice.IntN(len(b))] ^= 1 << dice.IntN(8)
		w.must(os.WriteFile(f, b, 0o600))
	case 3:
		w.must(os.WriteFile(strings.TrimSuffix(f, ".bundle")+" (1).bundle", b, 0o600))
	case 4:
		w.must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprintf("%d.bundle", dice.IntN(1000)))))
	}
}

// clear takes away every bundle: whatever is needed is sent again.
func (w *world) clear() {
	files, err := filepath.Glob(filepath.Join(w.folder, "*", "*", "*.bundle"))
	w.must(err)
	for _, f := range files {
		w.must(os.Remove(f))
	}
}
