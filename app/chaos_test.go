package app_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/ledger"
	officework "lianluo.local/app/office"
	"lianluo.local/app/trust"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/settings"
)

var (
	seeds = flag.Int("seeds", 300, "how many worlds of chaos to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Chaos, then healing: stations, their county and the city do whatever may follow, in any order, while files are lost, copied,
// cut short, flipped and renamed, clocks jump, keys are renewed and databases of all of them are set back or restored. Afterwards everybody
// syncs undisturbed, and then everybody has every matter exactly once, the same everywhere, every book is in order, and
// nobody's page shows anything amiss. One seed is one run; most worlds are a station and its county, each sixteenth is two
// stations, a county and the city.
func TestChaosThenHealing(t *testing.T) {
	t.Parallel() // with those that wait for other programs
	small, large := born(t, "station "+yuanjia), born(t, "station "+yuanjia, "station "+fengshan, "city "+cityUnit)
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

// born sets up a county and others around it once, all enrolled, and gives the directory where they lie: each world is a copy.
func born(t *testing.T, others ...string) string {
	t.Helper()
	w := &world{t: t, now: evening, folder: filepath.Join(fast(t), "folder")}
	w.must(os.Mkdir(w.folder, 0o700))
	dir := filepath.Dir(w.folder)
	homes := append([]string{"county " + countyUnit}, others...)
	var all []*office
	for i, who := range homes {
		role, unit, _ := strings.Cut(who, " ")
		o := w.settled(role, unit, "", home.Home(filepath.Join(dir, fmt.Sprint(i))))
		all = append(all, o)
		switch role {
		case "station":
			w.enrol(o, all[0])
		case "city":
			w.enrol(all[0], o)
		}
	}
	w.settle(all...)
	for _, o := range all {
		w.must(o.Close())
	}
	return dir
}

// again opens a copy of a world that was born before.
func again(t *testing.T, dir string, seed uint64) (w *world, all []*office) {
	t.Helper()
	mine := fast(t)
	w = &world{t: t, now: evening.Add(time.Hour), folder: filepath.Join(mine, "folder"), seed: byte(50 + seed%150)}
	w.must(os.CopyFS(mine, os.DirFS(dir)))
	for i := 0; ; i++ {
		h := home.Home(filepath.Join(mine, fmt.Sprint(i)))
		if _, err := os.Stat(string(h)); err != nil {
			return w, all
		}
		s, err := settings.Load(h)
		w.must(err)
		s.Folder = w.folder
		w.must(s.Save(h))
		o := &office{w: w, random: rand.NewChaCha8([32]byte{byte(i), 1, byte(seed), byte(seed >> 8), byte(seed >> 16)})}
		o.open(h)
		t.Cleanup(func() { o.Close() })
		all = append(all, o)
	}
}

func chaos(t *testing.T, seed uint64, dir string) {
	dice := rand.New(rand.NewPCG(seed, 7))
	w, all := again(t, dir, seed)
	var stations, offices []*office
	for _, o := range all {
		if o.Settings.Role == journal.Station {
			stations = append(stations, o)
		} else {
			offices = append(offices, o)
		}
	}
	county, city := offices[0], offices[len(offices)-1]
	copies := map[*office]string{}
	written := map[string]bool{} // titles that must never be lost
	n := 0
	for range 12 * len(all) {
		o := all[dice.IntN(len(all))]
		switch dice.IntN(15) {
		case 0, 1, 2:
			if slices.Contains(stations, o) {
				n++
				title := fmt.Sprintf("第%d件", n)
				o.calendar()
				o.titles(title)
				written[title] = true
			}
		case 3, 4, 5:
			o.calendar()
			o.anything(dice)
		case 6, 7, 8:
			o.sync()
		case 9:
			w.spoil(dice)
		case 11:
			w.must(o.Courier.Renew(ctx, o.random))
		case 10:
			if o.Settings.Role != journal.City {
				w.later(time.Duration(dice.IntN(200)-50) * time.Hour)
			}
		default:
			// Somebody loses a disk and gets an old copy back; what he had told others comes back from them.
			if copies[o] == "" {
				copies[o] = o.keepCopy()
				continue
			}
			how := dice.IntN(4)
			if how < 2 { // restored, with what stands in its place
				w.must(o.putBack(copies[o]))
				continue
			}
			o.sync()
			for _, other := range all {
				other.sync()
			}
			o.sync()
			if !o.told() || o.alone(all) {
				continue
			}
			if how == 2 {
				o.setBack(copies[o])
				continue
			}
			fresh := o.burns(all)
			for _, list := range [][]*office{all, stations, offices} {
				if at := slices.Index(list, o); at >= 0 {
					list[at] = fresh
				}
			}
			county, city = offices[0], offices[len(offices)-1]
			copies[fresh] = ""
		}
	}
	w.clear()
	w.now = time.Date(2027, 3, 1, 9, 0, 0, 0, w.now.Location())
	w.settle(all...)
	for _, o := range all {
		o.heeds(all)
	}
	w.settle(all...)
	for title := range written {
		for _, o := range offices {
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
		for _, o := range stations {
			if v.Unit == o.Settings.Unit {
				w.same(v.Matter, append(offices, o)...)
			}
		}
	}
	got := 0
	for _, o := range stations {
		got += len(o.list())
	}
	if got != len(numbers) || len(city.list()) != got || got != n {
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

// burns ends a computer, and another takes its place: whoever knew it was called, and compared the digits.
func (o *office) burns(all []*office) *office {
	w, s := o.w, *o.Settings
	w.t.Helper()
	w.must(o.Close())
	w.later(time.Hour)
	fresh := w.setUp(string(s.Role), s.Unit)
	for _, other := range all {
		if other != o && other.Settings.Parent == s.Unit { // first, so that nobody below waits for it
			_, err := fresh.Courier.Accept(ctx, other.Settings.Unit, other.Courier.Print())
			w.must(err)
			w.must(other.Courier.Follow(ctx, fresh.Courier.Print()))
		}
	}
	fresh.sync()
	for _, other := range all {
		if other != o && s.Parent == other.Settings.Unit {
			_, err := other.Courier.Replace(ctx, s.Unit, fresh.Courier.Print())
			w.must(err)
			w.must(fresh.Courier.Follow(ctx, other.Courier.Print()))
			other.sync() // nobody registers there before it has its history, and with that every letter that was used
			fresh.sync()
		}
	}
	return fresh
}

// heeds is who reads what his page asks him, takes the telephone, and compares digits; those of his own earlier computers stand on
// slips in the drawer.
func (o *office) heeds(all []*office) {
	o.w.t.Helper()
	earlier, err := o.Courier.Earlier(ctx)
	o.w.must(err)
	for _, was := range earlier {
		if !was.Believed {
			o.w.must(second(o.Courier.Confirm(ctx, o.Courier.Prints(ctx, []trust.Asking{{Card: was.Card}})[0])))
		}
	}
	shown := func(asking []trust.Asking, err error) []string {
		o.w.must(err)
		return o.Courier.Prints(ctx, asking)
	}
	offices, asking := shown(o.Courier.Offices(ctx)), shown(o.Courier.Requests(ctx))
	for _, other := range all {
		switch digits := other.Courier.Print(); {
		case slices.Contains(offices, digits):
			o.w.must(o.Courier.Follow(ctx, digits))
		case slices.Contains(asking, digits):
			o.w.must(second(o.Courier.Replace(ctx, other.Settings.Unit, digits)))
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

// alone says whether an office has a matter that nobody else does: those that it told lost it since, and the word of that was spoilt
// on its way. Of two disks that die before one can tell the other nothing comes back.
func (o *office) alone(all []*office) bool {
	known := map[string]bool{}
	for _, other := range all {
		if other != o {
			for _, v := range other.list() {
				known[v.ID] = true
			}
		}
	}
	return slices.ContainsFunc(o.list(), func(v ledger.View) bool { return !known[v.ID] })
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
	_, err := o.Office.Do(ctx, o.Clerk(), m.ID, officework.Order{Do: do, Note: "因为", To: []string{"街道办"}, Deputies: []string{"甲", "乙"}, Class: 1, Answer: "好了", Minutes: "议定",
		Leader: "丙", Result: []string{"satisfied", "unsatisfied"}[dice.IntN(2)], Reason: map[bool]string{true: "慢"}[do == "rate"], Mode: map[bool]string{true: "department"}[do == "assign"]})
	if err != nil && !strings.Contains(err.Error(), "：") { // what is refused is refused with a sentence
		o.w.t.Fatalf("%s of %v by %s: %v", do, m.State, o.Settings.Unit, err)
	}
}

// calendar is what somebody does whose clock jumped behind what he wrote: he confirms today's date by the wall calendar.
func (o *office) calendar() {
	o.w.t.Helper()
	if o.Store.Doubts(ctx, o.Desk.Now()) != nil {
		o.w.must(o.Store.Confirm(ctx, o.Desk.Now()))
	}
}

// spoil does something to a file of the folder.
func (w *world) spoil(dice *rand.Rand) {
	files, err := filepath.Glob(filepath.Join(w.folder, "*", "*", "*.bundle"))
	w.must(err)
	if len(files) == 0 {
		return
	}
	written := map[string]time.Time{}
	for _, f := range files {
		info, err := os.Stat(f)
		w.must(err)
		written[f] = info.ModTime()
	}
	slices.SortFunc(files, func(a, b string) int { return written[a].Compare(written[b]) }) // names hold chance, the order of writing does not
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
