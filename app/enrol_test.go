package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
)

func TestEnrolmentIsRefused(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	print := station.Courier.Print()
	if _, err := county.Courier.Accept(ctx, yuanjia, print); !errors.Is(err, trust.ErrNoRequest) {
		t.Errorf("before it asked: %v", err)
	}
	station.titles("一")
	station.sync()
	wrong := []byte(print)
	wrong[9] = '0' + (wrong[9]-'0'+1)%10
	for p, want := range map[string]error{nobody: trust.ErrPrint, string(wrong): trust.ErrMistyped, "": trust.ErrDigits, print[:9]: trust.ErrDigits,
		print + "0": trust.ErrDigits, print[:10]: trust.ErrOld} {
		if _, err := county.Courier.Accept(ctx, yuanjia, p); !errors.Is(err, want) {
			t.Errorf("fingerprint %q: %v", p, err)
		}
	}
	if _, err := county.Courier.Accept(ctx, fengshan, print); !errors.Is(err, trust.ErrNoRequest) {
		t.Errorf("another unit: %v", err)
	}
	if r := station.sync(); !r.Asked || r.Sent != 0 {
		t.Errorf("a refused station: %+v", r)
	}
	if r := county.sync(); r.Collected != 0 {
		t.Errorf("the county took %+v", r)
	}

	// A request that another unit's directory holds, or that somebody changed, is put aside and not offered.
	requests, _ := filepath.Glob(filepath.Join(w.folder, countyUnit, yuanjia, "*.request"))
	if len(requests) != 1 {
		t.Fatalf("requests %v", requests)
	}
	strange := filepath.Join(w.folder, countyUnit, fengshan)
	w.must(os.MkdirAll(strange, 0o700))
	w.copy(requests[0], filepath.Join(strange, "enrol.request"))
	b, err := os.ReadFile(requests[0])
	w.must(err)
	w.must(os.WriteFile(filepath.Join(filepath.Dir(requests[0]), "x.request"), bytes.Replace(b, []byte("0358-8221321"), []byte("0358-8221322"), 1), 0o600))
	w.must(os.WriteFile(filepath.Join(filepath.Dir(requests[0]), "y.request"), []byte("{"), 0o600))
	if asking, err := county.Courier.Requests(ctx); err != nil || len(asking) != 1 || asking[0].Unit != yuanjia || asking[0].Phone != "" {
		t.Errorf("offered %+v %v", asking, err)
	}
	county.sync()
	files, err := county.Store.Files(ctx)
	w.must(err)
	why := map[string]string{}
	for _, f := range files {
		if f.Why != "" {
			why[f.Name] = f.Why
		}
	}
	if want := map[string]string{"enrol.request": "paper-forged", "x.request": "paper-forged", "y.request": "paper-damaged"}; !reflect.DeepEqual(why, want) {
		t.Errorf("aside %v, want %v", why, want)
	}
	w.enrol(station, county)
	county.sync()
	station.sync()
	w.agree(county, station)
}

// What a station sends while the county does not know it (yet, or any more) waits in the folder and is taken afterwards.
func TestStrangersWait(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	county.sync()
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	if p := progress(t, county, yuanjia); !p.Revoked {
		t.Errorf("status %+v", p)
	}
	station.titles("二")
	station.sync()
	sent := len(w.bundles(yuanjia, countyUnit))
	for range 2 {
		w.later(8 * 24 * time.Hour) // not even that it is still there
		if r := county.sync(); r.Collected != 0 || len(r.Aside) != 1 || r.Aside[0].Why != "revoked" {
			t.Errorf("a revoked station: %+v", r)
		}
	}
	if county.known("二") || !county.known("一") {
		t.Error("what came before stays, what comes after does not enter")
	}
	if now := len(w.bundles(yuanjia, countyUnit)); now != sent {
		t.Error("the county still writes to a revoked station")
	}
	if _, err := county.Courier.Accept(ctx, yuanjia, station.Courier.Print()); err != nil {
		t.Fatal(err)
	}
	if r := county.sync(); r.Collected != 1 || len(r.Aside) > 0 {
		t.Errorf("accepted again: %+v", r)
	}
	w.settle(station, county)
	w.agree(county, station)
	if p := progress(t, county, yuanjia); p.Revoked || len(p.Aside) > 0 {
		t.Errorf("status %+v", p)
	}

	// A county that lost its book does not know the station: the files wait until it is accepted anew.
	fresh := w.setUp("county", countyUnit)
	if r := fresh.sync(); r.Collected != 0 || len(r.Aside) == 0 {
		t.Errorf("a stranger's files were taken: %+v", r)
	}
	if err := fresh.Courier.Revoke(ctx, yuanjia, ""); err == nil {
		t.Error("revoked whom nobody knows")
	}
}

// Nobody else can step into the county's place: its certificate under another key is put aside.
func TestAnotherCountyKeyIsRefused(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	county.sync()
	station.sync()
	theirs := filepath.Join(t.TempDir(), "stick")
	w.must(os.CopyFS(theirs, os.DirFS(w.folder)))
	w.must(os.RemoveAll(filepath.Join(theirs, yuanjia)))
	real := w.folder
	w.folder = theirs
	impostor := w.setUp("county", countyUnit)
	if _, err := impostor.Courier.Accept(ctx, yuanjia, station.Courier.Print()); err != nil {
		t.Fatal(err)
	}
	impostor.sync()
	w.folder = real
	w.must(filepath.WalkDir(filepath.Join(theirs, yuanjia), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			w.copy(path, filepath.Join(w.folder, yuanjia, countyUnit, "x-"+d.Name()))
		}
		return err
	}))
	r := station.sync()
	var why []string
	for _, a := range r.Aside {
		why = append(why, filepath.Ext(a.File)+" "+a.Why)
	}
	slices.Sort(why)
	if want := []string{".bundle stranger", ".certificate other-office"}; !slices.Equal(why, want) {
		t.Errorf("put aside %v, want %v", why, want)
	}
	if p := progress(t, station, countyUnit); p.Print != county.Courier.Print() || p.Print == impostor.Courier.Print() {
		t.Errorf("the station believes %s", p.Print)
	}
	if ps, _ := station.Courier.Status(ctx); len(ps) != 1 {
		t.Errorf("%d counties", len(ps))
	}
	station.titles("二")
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)

	// A certificate for another computer lets nobody in, and is no news: a unit may have two.
	other := w.setUp("station", fengshan)
	other.sync()
	w.must(os.MkdirAll(filepath.Join(w.folder, fengshan, countyUnit), 0o700))
	cert, _ := filepath.Glob(filepath.Join(w.folder, yuanjia, countyUnit, "enrol-*.certificate"))
	w.copy(cert[0], filepath.Join(w.folder, fengshan, countyUnit, "enrol.certificate"))
	if r := other.sync(); len(r.Aside) != 0 || !r.Asked {
		t.Errorf("another station's certificate: %+v", r)
	}
	if ps, _ := other.Courier.Status(ctx); len(ps) != 0 {
		t.Errorf("another station's certificate: %+v", ps)
	}
}

// A folder that is away, or another one, stops nobody from working, and nothing is lost or written astray.
func TestFolderAway(t *testing.T) {
	w, county, station := pair(t)
	away := w.folder + "-away"
	w.must(os.Rename(w.folder, away))
	station.titles("一")
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrNotConnected) {
		t.Errorf("no folder: %v", err)
	}
	w.must(os.Mkdir(w.folder, 0o700)) // the drive letter is there, the drive is not
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrNotConnected) {
		t.Errorf("an empty folder: %v", err)
	}
	if left := w.files(); left != nil {
		t.Errorf("written into an empty folder: %v", left)
	}
	_, err := folder.Prepare(w.folder, "019ab0c0-0000-7000-8000-0000000000ff")
	w.must(err)
	before := w.files()
	for _, o := range []*office{station, county} {
		if _, err := o.Courier.Sync(ctx); !errors.Is(err, folder.ErrOther) {
			t.Errorf("another county's stick: %v", err)
		}
	}
	if after := w.files(); !slices.Equal(before, after) {
		t.Errorf("written onto another county's stick: %v", after)
	}
	if n, err := station.Courier.Unsent(ctx); n != 1 || err != nil {
		t.Errorf("unsent %d %v", n, err)
	}
	w.must(os.RemoveAll(w.folder))
	w.must(os.Rename(away, w.folder))
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)

	// Its marker was deleted: one puts it back, for all.
	w.must(os.Remove(filepath.Join(w.folder, "lianluo.json")))
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrUnmarked) {
		t.Errorf("a folder without its marker: %v", err)
	}
	w.must(setup.SetFolder(station.Home, station.Settings, w.folder))
	station.titles("一又二分之一")
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)

	// A new stick for the same county.
	w.folder = t.TempDir()
	for _, o := range []*office{station, county} {
		w.must(setup.SetFolder(o.Home, o.Settings, w.folder))
	}
	station.titles("二")
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)
	w.must(setup.SetFolder(station.Home, station.Settings, ""))
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, trust.ErrNoFolder) {
		t.Errorf("no folder chosen: %v", err)
	}
}

// A home is made once, whole, and keeps its keys; its clock is its own unless it is for practice.
func TestHome(t *testing.T) {
	w := begin(t)
	station := w.setUp("station", yuanjia)
	h := station.Home
	if _, err := setup.Home(ctx, h, setup.Answers{Role: "station", Unit: fengshan}, station.random); !errors.Is(err, setup.ErrExists) {
		t.Errorf("set up twice: %v", err)
	}
	if again, err := keyring.Load(string(h)); err != nil || !again.Public().Equal(station.Courier.Keys.Public()) {
		t.Errorf("keys changed: %v", err)
	}
	station.Settings.Practice = false
	w.must(station.Settings.Save(h))
	if a, err := app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return w.now }}); !errors.Is(err, app.ErrRealClock) {
		t.Errorf("a real home took another time: %v %v", a, err)
	}
	a, err := app.Open(ctx, app.Options{Home: h})
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
}

// Whatever happens to the files, in any order and however often, in the end both sides have the same.
func TestAnythingMayHappen(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w, county, a := pair(t)
			b := w.setUp("station", fengshan)
			w.enrol(b, county)
			dice := rand.New(rand.NewPCG(seed, 7))
			var log []string
			defer func() {
				if t.Failed() {
					t.Log(strings.Join(log, "\n"))
				}
			}()
			for step := range 60 {
				s := []*office{a, b}[dice.IntN(2)]
				to, from := countyUnit, s.Settings.Unit
				if dice.IntN(4) == 0 {
					to, from = from, to
				}
				files := w.bundles(to, from)
				what := dice.IntN(9)
				if what > 4 && len(files) == 0 {
					continue
				}
				file := ""
				if len(files) > 0 {
					file = files[dice.IntN(len(files))]
				}
				log = append(log, fmt.Sprintf("%d: %d %s %s", step, what, s.Settings.Unit, file))
				switch what {
				case 0, 1:
					s.titles(fmt.Sprint("第", step, "件"))
				case 2:
					if list := s.list(); len(list) > 0 {
						m := list[dice.IntN(len(list))]
						_, err := s.Desk.Correct(ctx, s.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(fmt.Sprintf(`"改%d"`, step))})
						w.must(err)
					}
				case 3:
					s.sync()
				case 4:
					county.sync()
				case 5:
					w.must(os.Remove(file))
				case 6:
					w.must(os.Rename(file, filepath.Join(filepath.Dir(file), fmt.Sprintf("%d.bundle", dice.IntN(1000)))))
				case 7:
					w.copy(file, filepath.Join(filepath.Dir(file), fmt.Sprintf("%d (1).bundle", dice.IntN(1000))))
				case 8:
					w.must(os.Truncate(file, int64(dice.IntN(1500))))
				}
			}
			for range 3 { // then nobody touches the files for some weeks
				w.later(8 * 24 * time.Hour)
				a.sync()
				b.sync()
				county.sync()
			}
			a.sync()
			b.sync()
			w.agree(county, a, b)
		})
	}
}

// A stick on which a station began is copied into the county's folder whole, its marker too, and stops nobody there.
func TestStickIsCopiedWhole(t *testing.T) {
	w, county, a := pair(t)
	share := w.folder
	w.folder = t.TempDir()
	b := w.setUp("station", fengshan)
	b.titles("一")
	b.sync()
	stick := w.folder
	w.folder = share
	w.must(os.Remove(filepath.Join(share, "lianluo.json")))
	w.must(os.CopyFS(share, os.DirFS(stick)))
	county.sync()
	w.must(second(county.Courier.Accept(ctx, fengshan, b.Courier.Print())))
	w.must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.must(setup.SetFolder(b.Home, b.Settings, share))
	w.settle(a, b, county)
	w.agree(county, a, b)
}
