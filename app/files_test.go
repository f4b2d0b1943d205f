package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
)

// What synchronisers, sticks and people do to files between two offices does no harm.
func TestFilesGoAstray(t *testing.T) {
	for name, disturb := range map[string]func(w *world, to string){
		"twice": func(w *world, to string) {
			for _, f := range w.bundles(to, yuanjia) {
				w.copy(f, strings.TrimSuffix(f, ".bundle")+"-2.bundle")
			}
		},
		"renamed": func(w *world, to string) {
			for i, f := range w.bundles(to, yuanjia) {
				w.must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprint("报送 ", i, ".BUNDLE"))))
			}
		},
		"as conflict copies": func(w *world, to string) {
			for _, f := range w.bundles(to, yuanjia) {
				stem := strings.TrimSuffix(f, ".bundle")
				w.copy(f, stem+" - 副本.bundle")
				w.copy(f, stem+" (1).bundle")
				w.copy(f, stem+".sync-conflict-20261121-193000-ABCDEFG.bundle")
			}
		},
		"in reverse order": func(w *world, to string) {
			list := w.bundles(to, yuanjia)
			for i, f := range list {
				name := filepath.Join(filepath.Dir(f), fmt.Sprintf("%03d.bundle", len(list)-i))
				w.must(os.Rename(f, name))
				when := w.now.Add(-time.Duration(i) * time.Hour)
				w.must(os.Chtimes(name, when, when))
			}
		},
		"the middle one lost": func(w *world, to string) { w.must(os.Remove(w.bundles(to, yuanjia)[1])) },
		"only the last one left": func(w *world, to string) {
			for _, f := range w.bundles(to, yuanjia) {
				if !strings.Contains(filepath.Base(f), "-1-4-") {
					w.must(os.Remove(f))
				}
			}
		},
		"beside strange files": func(w *world, to string) {
			dir := filepath.Join(w.folder, to, yuanjia)
			for _, n := range []string{"Thumbs.db", ".DS_Store", "desktop.ini", "~$x.bundle", ".up-1.bundle.part", "报送说明.txt"} {
				w.must(os.WriteFile(filepath.Join(dir, n), []byte("x"), 0o600))
			}
			w.must(os.MkdirAll(filepath.Join(dir, "x.bundle"), 0o700))
			w.must(os.MkdirAll(filepath.Join(w.folder, "System Volume Information"), 0o700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			for _, title := range []string{"一", "二", "三", "四"} {
				station.titles(title)
				station.sync() // without an acknowledgement each file holds all the ones before
			}
			disturb(w, countyUnit)
			if r := county.sync(); r.Collected != 4 || r.Processed != 4 || len(r.Aside) > 0 {
				t.Errorf("collected %+v", r)
			}
			station.sync()
			w.agree(county, station)
			station.titles("五")
			station.sync()
			county.sync()
			station.sync()
			w.agree(county, station)
		})
	}
}

// What the county never saw comes again with the next file, whatever else happened to the first.
func TestLostFileIsSentAgain(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	for _, f := range w.bundles(countyUnit, yuanjia) {
		w.must(os.Remove(f))
	}
	if r := station.sync(); r.Sent != 1 { // noticed at once: it does not lie there any more
		t.Errorf("the file was deleted, the station sent %+v", r)
	}
	county.sync()
	station.sync()
	w.agree(county, station)
}

// setBack puts an old copy of an office's book in the place of the present one.
func (o *office) setBack(copied string) {
	o.w.t.Helper()
	h := o.Home
	o.w.must(o.Close())
	for _, suffix := range []string{"", "-wal", "-shm"} {
		o.w.must(os.RemoveAll(h.Database() + suffix))
	}
	o.w.copy(copied, h.Database())
	o.open(h)
}

// A county whose book was set back to an old copy says what it has, the station obeys, and sends the rest again.
func TestFault15CountySetBack(t *testing.T) {
	for name, early := range map[string]bool{"before it knew of anything": true, "when it knew a part": false} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			copied := filepath.Join(t.TempDir(), "copy.db")
			round := func() {
				station.sync()
				county.sync()
				station.sync()
			}
			if !early {
				station.titles("〇")
				round()
			}
			w.must(county.Store.Backup(ctx, copied))
			station.titles("一", "二")
			round()
			w.agree(county, station)
			county.setBack(copied)
			for _, f := range w.bundles(countyUnit, yuanjia) { // and somebody cleaned the folder
				w.must(os.Remove(f))
			}
			station.titles("三")
			station.sync()
			if r := county.sync(); r.Collected != 0 || len(r.Aside) != 1 || r.Aside[0].Why != "gap" {
				t.Errorf("a file that begins too late: %+v", r)
			}
			if county.known("三") {
				t.Error("what came too early was taken")
			}
			round()
			round()
			w.agree(county, station)
			if p := progress(t, county, yuanjia); len(p.Aside)+len(p.Gaps) > 0 {
				t.Errorf("still put aside: %+v", p)
			}
		})
	}
}

// Where the folder still has everything, an old copy of the book catches up in one round, whatever the files are called.
func TestCountySetBackReadsTheFolderInOrder(t *testing.T) {
	w, county, station := pair(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.must(county.Store.Backup(ctx, copied))
	for _, title := range []string{"一", "二", "三"} {
		station.titles(title)
		station.sync()
		county.sync()
		station.sync()
	}
	county.setBack(copied)
	files := w.bundles(countyUnit, yuanjia) // by name: by first position
	for i, f := range files {
		w.must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprintf("%03d.bundle", len(files)-i))))
	}
	if r := county.sync(); r.Collected != 3 || len(r.Aside) > 0 {
		t.Errorf("one round brought %+v of %d files", r, len(files))
	}
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)
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
			w, county, station := pair(t)
			other := w.setUp("station", fengshan)
			w.enrol(other, county)
			station.titles("一", "二")
			other.titles("三")
			station.sync()
			other.sync()
			files := w.bundles(countyUnit, yuanjia)
			file := files[slices.IndexFunc(files, func(f string) bool { return strings.Contains(f, "-1-2-") })]
			b, err := os.ReadFile(file)
			w.must(err)
			w.must(os.WriteFile(file, damage(b), 0o600))
			r := county.sync()
			want := yuanjia + "/" + filepath.Base(file)
			if r.Collected != 1 || len(r.Aside) != 1 || r.Aside[0].File != want || r.Aside[0].Why != "damaged" && r.Aside[0].Why != "forged" && r.Aside[0].Why != "stranger" {
				t.Errorf("the round says %+v", r)
			}
			if !county.known("三") || county.known("一") {
				t.Error("the other station waits, or the damaged file was believed")
			}
			if p := progress(t, county, yuanjia); len(p.Aside) != 1 || p.Aside[0].File != want || p.Stored != 0 {
				t.Errorf("status %+v", p)
			}
			if kept, _ := filepath.Glob(filepath.Join(county.Home.Aside(), "*")); len(kept) != 1 {
				t.Errorf("kept aside: %v", kept)
			}
			if n, _ := station.Courier.Unsent(ctx); n != 2 {
				t.Errorf("the station believes that %d are to be sent", n)
			}
			station.titles("四")
			station.sync()
			if r := county.sync(); r.Collected != 3 {
				t.Errorf("the next file brought %+v", r)
			}
			station.sync()
			other.sync()
			w.agree(county, station, other)
		})
	}
}

// A damaged copy that nobody notices is made good by the weekly file at the latest.
func TestDamagedFileHealsWithinAWeek(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	for _, f := range w.bundles(countyUnit, yuanjia) {
		w.must(os.Truncate(f, 300))
	}
	county.sync()
	w.later(7*24*time.Hour + time.Minute)
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)
}

// A file with an impossible name, or one that cannot be read, is named and keeps nobody else waiting.
func TestOddFileStopsNobody(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	odd := filepath.Join(w.folder, countyUnit, yuanjia, strings.Repeat("a", 240)+".bundle")
	w.must(os.WriteFile(odd, []byte("lianluo bundle 1\n"), 0o600))
	if r := county.sync(); r.Collected != 1 || len(r.Aside) != 1 || !county.known("一") {
		t.Errorf("the round says %+v", r)
	}
}

// A book that is gone is never replaced by an empty one.
func TestLostDatabaseIsSaid(t *testing.T) {
	w := begin(t)
	station := w.setUp("station", yuanjia)
	station.titles("一")
	station.Close()
	w.must(os.Remove(station.Home.Database()))
	if _, err := app.Open(ctx, app.Options{Home: station.Home}); !errors.Is(err, app.ErrNoDatabase) {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(station.Home.Database()); err == nil {
		t.Error("an empty book lies there now")
	}
}

// A damaged file held what nobody else has, because its writer was set back since: it stays named, though a new life writes on.
func TestLossOfAnEarlierLifeIsNamed(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	old := station.keepCopy()
	station.titles("三")
	station.sync()
	for _, f := range w.bundles(countyUnit, yuanjia) {
		if strings.Contains(f, "-2-2-") {
			w.must(os.WriteFile(f, []byte("lianluo bundle 1\n{"), 0o600))
		}
	}
	if county.sync(); len(progress(t, county, yuanjia).Aside) != 1 {
		t.Fatal("it is not named at first")
	}
	station.setBack(old)
	station.titles("四")
	w.settle(station, county)
	if p := progress(t, county, yuanjia); county.known("三") || !county.known("四") || len(p.Aside) != 1 {
		t.Errorf("the loss is hidden: %+v", p)
	}
}

// The same, where the county knows only that there was more: what an earlier life told of and no later one says again stays a gap.
func TestGapOfAnEarlierLifeIsNamed(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	back := county.keepCopy()
	old := station.keepCopy()
	station.titles("二")
	w.settle(station, county)
	w.clear()
	station.titles("三")
	station.sync() // goes on after what the county had
	county.setBack(back)
	county.sync()
	was := progress(t, county, yuanjia).Gaps
	if len(was) != 1 {
		t.Fatalf("it is not named at first: %+v", was)
	}
	w.clear()
	station.setBack(old)
	w.settle(station, county)
	if gaps := progress(t, county, yuanjia).Gaps; county.known("三") || len(gaps) != 1 || gaps[0] != was[0] {
		t.Errorf("%v was named, then %v", was, gaps)
	}
	station.titles("四", "五", "六")
	w.settle(station, county)
	if gaps := progress(t, county, yuanjia).Gaps; !county.known("六") || len(gaps) != 1 || gaps[0] != was[0] {
		t.Errorf("%v was named, and after other words %v", was, gaps)
	}
}
