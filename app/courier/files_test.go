package courier_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
)

// What synchronisers, sticks and people do to files between two offices does no harm.
func TestFilesGoAstray(t *testing.T) {
	for name, disturb := range map[string]func(w *apptest.World, to string){
		"twice": func(w *apptest.World, to string) {
			for _, f := range w.Bundles(to, apptest.Yuanjia) {
				w.Copy(f, strings.TrimSuffix(f, ".bundle")+"-2.bundle")
			}
		},
		"renamed": func(w *apptest.World, to string) {
			for i, f := range w.Bundles(to, apptest.Yuanjia) {
				w.Must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprint("报送 ", i, ".BUNDLE"))))
			}
		},
		"as conflict copies": func(w *apptest.World, to string) {
			for _, f := range w.Bundles(to, apptest.Yuanjia) {
				stem := strings.TrimSuffix(f, ".bundle")
				w.Copy(f, stem+" - 副本.bundle")
				w.Copy(f, stem+" (1).bundle")
				w.Copy(f, stem+".sync-conflict-20261121-193000-ABCDEFG.bundle")
			}
		},
		"in reverse order": func(w *apptest.World, to string) {
			list := w.Bundles(to, apptest.Yuanjia)
			for i, f := range list {
				name := filepath.Join(filepath.Dir(f), fmt.Sprintf("%03d.bundle", len(list)-i))
				w.Must(os.Rename(f, name))
				when := w.Now.Add(-time.Duration(i) * time.Hour)
				w.Must(os.Chtimes(name, when, when))
			}
		},
		"the middle one lost": func(w *apptest.World, to string) { w.Must(os.Remove(w.Bundles(to, apptest.Yuanjia)[1])) },
		"only the last one left": func(w *apptest.World, to string) {
			for _, f := range w.Bundles(to, apptest.Yuanjia) {
				if !strings.Contains(filepath.Base(f), "-1-4-") {
					w.Must(os.Remove(f))
				}
			}
		},
		"beside strange files": func(w *apptest.World, to string) {
			dir := filepath.Join(w.Folder, to, apptest.Yuanjia)
			for _, n := range []string{"Thumbs.db", ".DS_Store", "desktop.ini", "~$x.bundle", ".up-1.bundle.part", "报送说明.txt"} {
				w.Must(os.WriteFile(filepath.Join(dir, n), []byte("x"), 0o600))
			}
			w.Must(os.MkdirAll(filepath.Join(dir, "x.bundle"), 0o700))
			w.Must(os.MkdirAll(filepath.Join(w.Folder, "System Volume Information"), 0o700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			for _, title := range []string{"一", "二", "三", "四"} {
				station.Titles(title)
				station.Sync() // without an acknowledgement each file holds all the ones before
			}
			disturb(w, apptest.County)
			if r := county.Sync(); r.Collected != 4 || r.Processed != 4 || len(r.Aside) > 0 {
				t.Errorf("collected %+v", r)
			}
			station.Sync()
			w.Agree(county, station)
			station.Titles("五")
			station.Sync()
			county.Sync()
			station.Sync()
			w.Agree(county, station)
		})
	}
}

// What the county never saw comes again with the next file, whatever else happened to the first.
func TestLostFileIsSentAgain(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	station.Sync()
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		w.Must(os.Remove(f))
	}
	if r := station.Sync(); r.Sent != 1 { // noticed at once: it does not lie there any more
		t.Errorf("the file was deleted, the station sent %+v", r)
	}
	county.Sync()
	station.Sync()
	w.Agree(county, station)
}

// A county whose book was set back to an old copy says what it has, the station obeys, and sends the rest again.
func TestFault15CountySetBack(t *testing.T) {
	for name, early := range map[string]bool{"before it knew of anything": true, "when it knew a part": false} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			copied := filepath.Join(t.TempDir(), "copy.db")
			round := func() {
				station.Sync()
				county.Sync()
				station.Sync()
			}
			if !early {
				station.Titles("〇")
				round()
			}
			w.Must(county.Store.Backup(ctx, copied))
			station.Titles("一", "二")
			round()
			w.Agree(county, station)
			county.SetBack(copied)
			for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) { // and somebody cleaned the folder
				w.Must(os.Remove(f))
			}
			station.Titles("三")
			station.Sync()
			if r := county.Sync(); r.Collected != 0 || len(r.Aside) != 1 || r.Aside[0].Why != "gap" {
				t.Errorf("a file that begins too late: %+v", r)
			}
			if county.Known("三") {
				t.Error("what came too early was taken")
			}
			round()
			round()
			w.Agree(county, station)
			if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Aside)+len(p.Gaps) > 0 {
				t.Errorf("still put aside: %+v", p)
			}
		})
	}
}

// Where the folder still has everything, an old copy of the book catches up in one round, whatever the files are
// called.
func TestCountySetBackReadsTheFolderInOrder(t *testing.T) {
	w, county, station := apptest.Pair(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.Must(county.Store.Backup(ctx, copied))
	for _, title := range []string{"一", "二", "三"} {
		station.Titles(title)
		station.Sync()
		county.Sync()
		station.Sync()
	}
	county.SetBack(copied)
	files := w.Bundles(apptest.County, apptest.Yuanjia) // by name: by first position
	for i, f := range files {
		w.Must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprintf("%03d.bundle", len(files)-i))))
	}
	if r := county.Sync(); r.Collected != 3 || len(r.Aside) > 0 {
		t.Errorf("one round brought %+v of %d files", r, len(files))
	}
	station.Sync()
	county.Sync()
	station.Sync()
	w.Agree(county, station)
}

// A damaged file is named and kept aside; other stations' files and later ones are not held up by it.
func TestDamagedFile(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"a bit":          func(b []byte) []byte { b[len(b)-20] ^= 1; return b },
		"a header bit":   func(b []byte) []byte { b[40] ^= 1; return b },
		"half":           func(b []byte) []byte { return b[:len(b)/2] },
		"nothing left":   func([]byte) []byte { return nil },
		"zeros":          func(b []byte) []byte { clear(b); return b },
		"something more": func(b []byte) []byte { return append(b, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			other := w.SetUp("station", apptest.Fengshan)
			w.Enrol(other, county)
			station.Titles("一", "二")
			other.Titles("三")
			station.Sync()
			other.Sync()
			files := w.Bundles(apptest.County, apptest.Yuanjia)
			file := files[slices.IndexFunc(files, func(f string) bool { return strings.Contains(f, "-1-2-") })]
			b, err := os.ReadFile(file)
			w.Must(err)
			w.Must(os.WriteFile(file, damage(b), 0o600))
			r := county.Sync()
			want := apptest.Yuanjia + "/" + filepath.Base(file)
			if r.Collected != 1 || len(r.Aside) != 1 || r.Aside[0].File != want || r.Aside[0].Why != "damaged" && r.Aside[0].Why != "forged" && r.Aside[0].Why != "stranger" {
				t.Errorf("the round says %+v", r)
			}
			if !county.Known("三") || county.Known("一") {
				t.Error("the other station waits, or the damaged file was believed")
			}
			if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Aside) != 1 || p.Aside[0].File != want || p.Stored != 0 {
				t.Errorf("status %+v", p)
			}
			if kept, _ := filepath.Glob(filepath.Join(county.Home.Aside(), "*")); len(kept) != 1 {
				t.Errorf("kept aside: %v", kept)
			}
			if n, _ := station.Courier.Unsent(ctx); n != 2 {
				t.Errorf("the station believes that %d are to be sent", n)
			}
			station.Titles("四")
			station.Sync()
			if r := county.Sync(); r.Collected != 3 {
				t.Errorf("the next file brought %+v", r)
			}
			station.Sync()
			other.Sync()
			w.Agree(county, station, other)
		})
	}
}

// A damaged copy that nobody notices is made good by the weekly file at the latest.
func TestDamagedFileHealsWithinAWeek(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	station.Sync()
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		w.Must(os.Truncate(f, 300))
	}
	county.Sync()
	w.Later(7*24*time.Hour + time.Minute)
	station.Sync()
	county.Sync()
	station.Sync()
	w.Agree(county, station)
}

// A file with an impossible name, or one that cannot be read, is named and keeps nobody else waiting.
func TestOddFileStopsNobody(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	station.Sync()
	odd := filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, strings.Repeat("a", 240)+".bundle")
	w.Must(os.WriteFile(odd, []byte("lianluo bundle 1\n"), 0o600))
	if r := county.Sync(); r.Collected != 1 || len(r.Aside) != 1 || !county.Known("一") {
		t.Errorf("the round says %+v", r)
	}
}

// A damaged file held what nobody else has, because its writer was set back since: it stays named, though a new life
// writes on.
func TestLossOfAnEarlierLifeIsNamed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	old := station.KeepCopy()
	station.Titles("三")
	station.Sync()
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		if strings.Contains(f, "-2-2-") {
			w.Must(os.WriteFile(f, []byte("lianluo bundle 1\n{"), 0o600))
		}
	}
	if county.Sync(); len(apptest.Progress(t, county, apptest.Yuanjia).Aside) != 1 {
		t.Fatal("it is not named at first")
	}
	station.SetBack(old)
	station.Titles("四")
	w.Settle(station, county)
	if p := apptest.Progress(t, county, apptest.Yuanjia); county.Known("三") || !county.Known("四") || len(p.Aside) != 1 {
		t.Errorf("the loss is hidden: %+v", p)
	}
}

// The same, where the county knows only that there was more: what an earlier life told of and no later one says again
// stays a gap.
func TestGapOfAnEarlierLifeIsNamed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	back := county.KeepCopy()
	old := station.KeepCopy()
	station.Titles("二")
	w.Settle(station, county)
	w.Clear()
	station.Titles("三")
	station.Sync() // goes on after what the county had
	county.SetBack(back)
	county.Sync()
	was := apptest.Progress(t, county, apptest.Yuanjia).Gaps
	if len(was) != 1 {
		t.Fatalf("it is not named at first: %+v", was)
	}
	w.Clear()
	station.SetBack(old)
	w.Settle(station, county)
	if gaps := apptest.Progress(t, county, apptest.Yuanjia).Gaps; county.Known("三") || len(gaps) != 1 || gaps[0] != was[0] {
		t.Errorf("%v was named, then %v", was, gaps)
	}
	station.Titles("四", "五", "六")
	w.Settle(station, county)
	if gaps := apptest.Progress(t, county, apptest.Yuanjia).Gaps; !county.Known("六") || len(gaps) != 1 || gaps[0] != was[0] {
		t.Errorf("%v was named, and after other words %v", was, gaps)
	}
}
