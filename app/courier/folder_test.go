package courier_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/folder"
)

// A folder that is away, or another one, stops nobody from working, and nothing is lost or written astray.
func TestFolderAway(t *testing.T) {
	w, county, station := apptest.Pair(t)
	away := w.Folder + "-away"
	w.Must(os.Rename(w.Folder, away))
	station.Titles("一")
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrNotConnected) {
		t.Errorf("no folder: %v", err)
	}
	w.Must(os.Mkdir(w.Folder, 0o700)) // the drive letter is there, the drive is not
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrNotConnected) {
		t.Errorf("an empty folder: %v", err)
	}
	if left := w.Files(); left != nil {
		t.Errorf("written into an empty folder: %v", left)
	}
	_, err := folder.Prepare(w.Folder, "019ab0c0-0000-7000-8000-0000000000ff")
	w.Must(err)
	before := w.Files()
	for _, o := range []*apptest.Seat{station, county} {
		if _, err := o.Courier.Sync(ctx); !errors.Is(err, folder.ErrOther) {
			t.Errorf("another county's stick: %v", err)
		}
	}
	if after := w.Files(); !slices.Equal(before, after) {
		t.Errorf("written onto another county's stick: %v", after)
	}
	if n, err := station.Courier.Unsent(ctx); n != 1 || err != nil {
		t.Errorf("unsent %d %v", n, err)
	}
	w.Must(os.RemoveAll(w.Folder))
	w.Must(os.Rename(away, w.Folder))
	station.Sync()
	county.Sync()
	station.Sync()
	w.Agree(county, station)

	// Its marker was deleted: one puts it back, for all.
	w.Must(os.Remove(filepath.Join(w.Folder, "lianluo.json")))
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrUnmarked) {
		t.Errorf("a folder without its marker: %v", err)
	}
	w.Must(setup.SetFolder(station.Home, station.Settings, w.Folder))
	station.Titles("一又二分之一")
	station.Sync()
	county.Sync()
	station.Sync()
	w.Agree(county, station)

	// A new stick for the same county.
	w.Folder = t.TempDir()
	for _, o := range []*apptest.Seat{station, county} {
		w.Must(setup.SetFolder(o.Home, o.Settings, w.Folder))
	}
	station.Titles("二")
	station.Sync()
	county.Sync()
	station.Sync()
	w.Agree(county, station)
	w.Must(setup.SetFolder(station.Home, station.Settings, ""))
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, trust.ErrNoFolder) {
		t.Errorf("no folder chosen: %v", err)
	}
}

// Whatever happens to the files, in any order and however often, in the end both sides have the same.
func TestAnythingMayHappen(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w, county, a := apptest.Pair(t)
			b := w.SetUp("station", apptest.Fengshan)
			w.Enrol(b, county)
			dice := rand.New(rand.NewPCG(seed, 7))
			var log []string
			defer func() {
				if t.Failed() {
					t.Log(strings.Join(log, "\n"))
				}
			}()
			for step := range 60 {
				s := []*apptest.Seat{a, b}[dice.IntN(2)]
				to, from := apptest.County, s.Settings.Unit
				if dice.IntN(4) == 0 {
					to, from = from, to
				}
				files := w.Bundles(to, from)
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
					s.Titles(fmt.Sprint("第", step, "件"))
				case 2:
					if list := s.List(); len(list) > 0 {
						m := list[dice.IntN(len(list))]
						_, err := s.Desk.Correct(ctx, s.Clerk(), m.ID, map[string]json.RawMessage{"title": json.RawMessage(fmt.Sprintf(`"改%d"`, step))})
						w.Must(err)
					}
				case 3:
					s.Sync()
				case 4:
					county.Sync()
				case 5:
					w.Must(os.Remove(file))
				case 6:
					w.Must(os.Rename(file, filepath.Join(filepath.Dir(file), fmt.Sprintf("%d.bundle", dice.IntN(1000)))))
				case 7:
					w.Copy(file, filepath.Join(filepath.Dir(file), fmt.Sprintf("%d (1).bundle", dice.IntN(1000))))
				case 8:
					w.Must(os.Truncate(file, int64(dice.IntN(1500))))
				}
			}
			for range 3 { // then nobody touches the files for some weeks
				w.Later(8 * 24 * time.Hour)
				a.Sync()
				b.Sync()
				county.Sync()
			}
			a.Sync()
			b.Sync()
			w.Agree(county, a, b)
		})
	}
}

// A stick on which a station began is copied into the county's folder whole, its marker too, and stops nobody there.
func TestStickIsCopiedWhole(t *testing.T) {
	w, county, a := apptest.Pair(t)
	share := w.Folder
	w.Folder = t.TempDir()
	b := w.SetUp("station", apptest.Fengshan)
	b.Titles("一")
	b.Sync()
	stick := w.Folder
	w.Folder = share
	w.Must(os.Remove(filepath.Join(share, "lianluo.json")))
	w.Must(os.CopyFS(share, os.DirFS(stick)))
	county.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Fengshan, b.Courier.Print())))
	w.Must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(setup.SetFolder(b.Home, b.Settings, share))
	w.Settle(a, b, county)
	w.Agree(county, a, b)
}
