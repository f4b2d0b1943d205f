package app_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/setup"
	"lianluo.local/assets/names"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
)

const (
	countyUnit = "141102000000"
	cityUnit   = "141100000000"
	yuanjia    = "141102002003D1-A" // 凤山街道袁家庄社区
	fengshan   = "141102002000Z1-G" // 凤山街道
)

var ctx = context.Background()

// world is one county on one evening: a clock for all, a folder, and the homes of whoever is there.
type world struct {
	t      testing.TB
	now    time.Time
	folder string
	seed   byte
	suite  string // of the keys of all; "" for the usual one
}

func begin(t *testing.T) *world {
	t.Helper()
	t.Parallel() // they wait for the disk more than they work
	return &world{t: t, now: evening, folder: fast(t)}
}

var evening = time.Date(2026, 11, 21, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

// office is one home, open.
type office struct {
	*app.App
	w      *world
	random io.Reader
}

func (w *world) setUp(role, unit string) *office { w.t.Helper(); return w.under(role, unit, "") }

// under sets up a home that reports to another office than the usual one.
func (w *world) under(role, unit, parent string) *office {
	w.t.Helper()
	return w.settled(role, unit, parent, home.Home(filepath.Join(fast(w.t), "home")))
}

// settled sets up a home at a place.
func (w *world) settled(role, unit, parent string, h home.Home) *office {
	w.t.Helper()
	w.seed++
	o := &office{w: w, random: rand.NewChaCha8([32]byte{w.seed})}
	if _, err := setup.Home(ctx, h, setup.Answers{Role: role, Unit: unit, Parent: parent, Folder: w.folder, Clerk: names.All()[w.seed%60], Phone: "0358-8221321", Suite: w.suite, Practice: true}, o.random); err != nil {
		w.t.Fatal(err)
	}
	o.open(h)
	w.t.Cleanup(func() { o.Close() })
	return o
}

func (o *office) open(h home.Home) {
	o.w.t.Helper()
	var err error
	if o.App, err = app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return o.w.now }, Random: o.random}); err != nil {
		o.w.t.Fatal(err)
	}
}

func (w *world) later(d time.Duration) { w.now = w.now.Add(d) }

func (o *office) receive(d desk.Draft) matter.Matter {
	o.w.t.Helper()
	o.w.later(time.Minute)
	m, err := o.Desk.Receive(ctx, o.Clerk(), d)
	if err != nil {
		o.w.t.Fatal(err)
	}
	return m
}

// titles registers a matter for each title.
func (o *office) titles(list ...string) {
	o.w.t.Helper()
	for _, title := range list {
		o.receive(desk.Draft{Title: title, Name: "单志远", Phone: "13812345678"})
	}
}

func (o *office) sync() courier.Round {
	o.w.t.Helper()
	o.w.later(time.Minute)
	r, err := o.Courier.Sync(ctx)
	if err != nil {
		o.w.t.Fatal(err)
	}
	return r
}

// settle lets everybody sync until nobody has anything to say.
func (w *world) settle(all ...*office) {
	w.t.Helper()
	for range 12 {
		before := w.files()
		for _, o := range all {
			o.sync()
		}
		if slices.Equal(before, w.files()) {
			return
		}
	}
	w.t.Fatal("they never come to an end")
}

// enrol is the telephone call: the station asks, each side types the digits that it hears of the other, and the county accepts.
func (w *world) enrol(station, county *office) {
	w.t.Helper()
	station.sync()
	w.must(station.Courier.Follow(ctx, county.Courier.Print()))
	w.must(second(county.Courier.Accept(ctx, station.Settings.Unit, station.Courier.Print())))
	station.sync()
}

// nobody has these digits.
var nobody = keyring.Fingerprint(keyring.Card{Unit: "nobody", Practice: true})

// pair is a county with one enrolled station.
func pair(t *testing.T) (w *world, county, station *office) {
	t.Helper()
	w = begin(t)
	county, station = w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	w.enrol(station, county)
	return w, county, station
}

// list is what an office sees, by number, newest first.
func (o *office) list() []ledger.View {
	o.w.t.Helper()
	page, err := o.Ledger.Page(ctx, ledger.Query{Limit: 1000})
	if err != nil {
		o.w.t.Fatal(err)
	}
	return page.Matters
}

func (o *office) known(title string) bool {
	o.w.t.Helper()
	return slices.ContainsFunc(o.list(), func(v ledger.View) bool { return v.Title == title })
}

// agree fails unless the county has every matter of the stations exactly once and field for field, and every book is in
// order.
func (w *world) agree(county *office, stations ...*office) {
	w.t.Helper()
	have := map[string]matter.Matter{}
	for _, v := range county.list() {
		if _, twice := have[v.Number]; twice {
			w.t.Errorf("%s stands twice in the county's list", v.Number)
		}
		have[v.Number] = v.Matter
	}
	total := 0
	for _, s := range stations {
		for _, v := range s.list() {
			total++
			if got, ok := have[v.Number]; !ok {
				w.t.Errorf("%s %s is missing at the county", v.Number, v.Title)
			} else if !reflect.DeepEqual(got, v.Matter) {
				w.t.Errorf("%s differs:\ncounty  %+v\nstation %+v", v.Number, got, v.Matter)
			}
		}
		if n, err := s.Courier.Unsent(ctx); n != 0 || err != nil {
			w.t.Errorf("%s still has %d unsent: %v", s.Settings.Unit, n, err)
		}
	}
	if len(have) != total {
		w.t.Errorf("the county lists %d matters, the stations %d", len(have), total)
	}
	for _, o := range append(stations, county) {
		o.healthy()
	}
}

func (o *office) healthy() {
	o.w.t.Helper()
	if rep, err := o.Store.Check(ctx, o.Settings.Unit); err != nil || !rep.OK {
		o.w.t.Errorf("check of %s: %v %v", o.Settings.Unit, rep.Problems, err)
	}
}

// files lists what lies in the folder, with size and time of change.
func (w *world) files() (list []string) {
	w.t.Helper()
	err := filepath.WalkDir(w.folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			list = append(list, fmt.Sprint(path, " ", info.Size(), " ", info.ModTime().UnixNano()))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// aged makes a file as much older as if it had been written so long before.
func (w *world) aged(file string, by time.Duration) {
	w.t.Helper()
	info, err := os.Stat(file)
	w.must(err)
	w.must(os.Chtimes(file, info.ModTime().Add(-by), info.ModTime().Add(-by)))
}

// bundles lists the bundles from one unit to another, oldest last.
func (w *world) bundles(to, from string) []string {
	w.t.Helper()
	list, err := filepath.Glob(filepath.Join(w.folder, to, from, "*.bundle"))
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) copy(from, to string) {
	w.t.Helper()
	b, err := os.ReadFile(from)
	w.must(err)
	w.must(os.WriteFile(to, b, 0o600))
}

func progress(t *testing.T, o *office, unit string) courier.Progress {
	t.Helper()
	ps, err := o.Courier.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		if p.Unit == unit {
			return p
		}
	}
	t.Fatalf("%s does not know %s", o.Settings.Unit, unit)
	return courier.Progress{}
}
