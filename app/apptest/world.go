// Package apptest is the world that tests play in: a county on one evening, with the homes of whoever is there
// (World.SetUp), each open as window and commands open it (Seat), and a folder between them. It makes nothing that the
// program does not make itself: keys, databases and bundles are true ones, the clock alone is given. Tests alone import
// it.
//
// A test begins with Begin, Pair or Chain and lets people act (Receive, Do, Sync, Settle); what must hold afterwards
// ask Agree, Same, Healthy and Quiet. Born and Again give as many copies of one world as a test likes; Burns, SetBack
// and PutBack are what happens to computers, Spoil and Clear what happens to files, and Ghost, Rewrite and Smuggle what
// somebody dishonest does.
package apptest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/setup"
	"lianluo.local/assets/names"
	"lianluo.local/data/home"
	"lianluo.local/data/sealed"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
	"lianluo.local/data/vault"
)

var ctx = context.Background()

// No test prints on the printer of whoever runs it.
func init() { _ = os.Setenv("CUPS_SERVER", os.DevNull) }

// The units of most worlds: a district, its city, and two of its stations.
const (
	County   = "141102000000"
	City     = "141100000000"
	Yuanjia  = "141102002003D1-A" // 凤山街道袁家庄社区
	Fengshan = "141102002000Z1-G" // 凤山街道
)

// World is one county on one evening: a clock for all, a folder, and the homes of whoever is there.
type World struct {
	T      testing.TB
	Now    time.Time
	Folder string
	Seed   byte   // of the keys of whoever is set up next
	Suite  string // of the keys of all; "" for the usual one
	Alone  bool   // only matters are registered: the test counts entries
}

// Begin is a world in which nobody is yet, for a test that others run beside.
func Begin(t *testing.T) *World {
	t.Helper()
	t.Parallel() // they wait for the disk more than they work
	return New(t)
}

// New is a world in which nobody is yet, for a test that is alone: a page has one window, one focus and one set of
// keys.
func New(t testing.TB) *World {
	t.Helper()
	return &World{T: t, Now: Evening, Folder: Dir(t)}
}

// Alone is one computer of a role in a world of its own, with nobody to exchange with; what its pages say is what those
// of a real home say.
func Alone(t testing.TB, role, unit string) *Seat {
	t.Helper()
	o := New(t).SetUp(role, unit)
	o.Settings.Practice = false
	return o
}

// Sealing is the key of all homes where LIANLUO_SEALED names a suite (age, sm): every test is run on protected homes
// of that suite then. Else it is none.
func Sealing() (k sealed.Key) {
	if name := map[string]string{"age": suite.Age, "sm": suite.SM}[os.Getenv("LIANLUO_SEALED")]; name != "" {
		k, _ = sealed.Read(name, bytes.Repeat([]byte{7}, sealed.Size)) // it has the length
	}
	return k
}

// Plain passes over a test that begins with a home that is not protected, where all of them are.
func Plain(t *testing.T) {
	t.Helper()
	if Sealing().Given() {
		t.Skip("its home is not protected yet")
	}
}

// Evening is when worlds begin.
var Evening = time.Date(2026, 11, 21, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

// SetUp sets up a home, opens it, and closes it when the test ends.
func (w *World) SetUp(role, unit string) *Seat { w.T.Helper(); return w.Under(role, unit, "") }

// Under sets up a home that reports to another office than the usual one.
func (w *World) Under(role, unit, parent string) *Seat {
	w.T.Helper()
	return w.Settled(role, unit, parent, home.Home(filepath.Join(Dir(w.T), "home")))
}

// Settled sets up a home at a place.
func (w *World) Settled(role, unit, parent string, h home.Home) *Seat {
	w.T.Helper()
	w.Seed++
	o := &Seat{World: w, Random: rand.NewChaCha8([32]byte{w.Seed})}
	w.Must(Err(setup.Home(ctx, h, setup.Answers{Role: role, Unit: unit, Parent: parent, Folder: w.Folder,
		Clerk: names.All()[w.Seed%60], Phone: "0358-8221321", Suite: cmp.Or(os.Getenv("LIANLUO_SEALED"), w.Suite),
		Practice: true, Key: Sealing()}, o.Random)))
	w.vaulted(h)
	o.Open(h)
	w.T.Cleanup(func() { o.Close() })
	return o
}

// vaulted makes a home whose records are sealed a protected one, which opens by itself as practice does.
func (w *World) vaulted(h home.Home) {
	w.T.Helper()
	if key := Sealing(); key.Given() {
		random := rand.NewChaCha8([32]byte{w.Seed, 1})
		v, _, err := vault.New(key.Suite(), random)
		w.Must(err)
		w.Must(Err(v.AddSeed(key, vault.Holder{Kind: vault.Practice, Made: w.Now}, random)))
		w.Must(home.WriteWhole(h.Vault(), v.Bytes(), 0o600))
	}
}

// Later moves the clock.
func (w *World) Later(d time.Duration) { w.Now = w.Now.Add(d) }

// Settle lets everybody sync until nobody has anything to say.
func (w *World) Settle(all ...*Seat) {
	w.T.Helper()
	for range 12 {
		before := w.Files()
		for _, o := range all {
			o.Sync()
		}
		if slices.Equal(before, w.Files()) {
			return
		}
	}
	w.T.Fatal("they never come to an end")
}

// Enrol is the telephone call: the station asks, each side types the digits that it hears of the other, and the county
// accepts.
func (w *World) Enrol(station, county *Seat) {
	w.T.Helper()
	station.Sync()
	w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(Err(county.Courier.Accept(ctx, station.Settings.Unit, station.Courier.Print())))
	station.Sync()
}

// Pair is a county with one enrolled station, for a test that others run beside.
func Pair(t *testing.T) (w *World, county, station *Seat) {
	t.Helper()
	w = Begin(t)
	county, station = w.Pair()
	return w, county, station
}

// Pair sets up a county with one enrolled station.
func (w *World) Pair() (county, station *Seat) {
	w.T.Helper()
	county, station = w.SetUp("county", County), w.SetUp("station", Yuanjia)
	w.Enrol(station, county)
	return county, station
}

// Chain is World.Chain, for a test that others run beside.
func Chain(t *testing.T) (w *World, point, town, county, city *Seat) {
	t.Helper()
	w = Begin(t)
	point, town, county, city = w.Chain()
	return w, point, town, county, city
}

// Chain sets up a village's point, its township's station, the county and the city, each enrolled with the one above.
func (w *World) Chain() (point, town, county, city *Seat) {
	w.T.Helper()
	city, county = w.SetUp("city", City), w.SetUp("county", County)
	town, point = w.SetUp("station", Fengshan), w.Under("station", Yuanjia, Fengshan)
	w.Enrol(county, city)
	w.Enrol(town, county)
	w.Enrol(point, town)
	w.Settle(point, town, county, city)
	return point, town, county, city
}

// Files lists what lies in the folder, with size and time of change.
func (w *World) Files() (list []string) {
	w.T.Helper()
	err := filepath.WalkDir(w.Folder, func(path string, d os.DirEntry, err error) error {
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
		w.T.Fatal(err)
	}
	return list
}

// Aged makes a file as much older as if it had been written so long before.
func (w *World) Aged(file string, by time.Duration) {
	w.T.Helper()
	info, err := os.Stat(file)
	w.Must(err)
	w.Must(os.Chtimes(file, info.ModTime().Add(-by), info.ModTime().Add(-by)))
}

// Bundles lists the bundles from one unit to another, oldest last.
func (w *World) Bundles(to, from string) []string {
	w.T.Helper()
	list, err := filepath.Glob(filepath.Join(w.Folder, to, from, "*.bundle"))
	if err != nil {
		w.T.Fatal(err)
	}
	return list
}

// Must ends the test where something failed that is no part of what it tests.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Copy copies a file.
func (w *World) Copy(from, to string) {
	w.T.Helper()
	b, err := os.ReadFile(from)
	w.Must(err)
	w.Must(os.WriteFile(to, b, 0o600))
}

// Golden puts a database that a program of before wrote where a home has its own, sealed where homes are.
func (w *World) Golden(from, to string) {
	w.T.Helper()
	w.Copy(from, to)
	if Sealing().Given() {
		plain := to + ".plain" // SQLite writes beside what it reads
		w.Copy(from, plain)
		w.Must(store.Reseal(ctx, plain, sealed.Key{}, to, Sealing(), nil))
	}
}

// Put lays a file between two units.
func (w *World) Put(to, from, name string, b []byte) string {
	w.T.Helper()
	file := filepath.Join(w.Folder, to, from, name)
	w.Must(os.MkdirAll(filepath.Dir(file), 0o700))
	w.Must(os.WriteFile(file, b, 0o600))
	return file
}

// Err is the error of a call that gives something else, too.
func Err[T any](_ T, err error) error { return err }
