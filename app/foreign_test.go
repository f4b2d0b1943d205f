package app_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/archive"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/store/storetest"
)

// lies is what lies in a folder: every file and a sum of it.
func (w *world) lies(dir string) map[string]string {
	w.t.Helper()
	all := map[string]string{}
	w.must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			var b []byte
			b, err = os.ReadFile(path)
			all[path] = fmt.Sprintf("%d %x", len(b), sha256.Sum256(b))
		}
		return err
	}))
	return all
}

// sqlite runs statements on a file.
func (w *world) sqlite(file string, statements ...string) {
	w.t.Helper()
	storetest.Exec(w.t, file, strings.Join(statements, ";\n"))
}

// crashed leaves the home of an office as a killed program does: what was written last stands in the log.
func (o *office) crashed(write func()) (database, log []byte) {
	o.w.t.Helper()
	write()
	file := o.Home.Database()
	database, err1 := os.ReadFile(file)
	log, err2 := os.ReadFile(file + "-wal")
	o.w.must(errors.Join(err1, err2))
	if len(log) == 0 {
		o.w.t.Fatal("nothing stands in the log")
	}
	return database, log
}

// Whatever takes the place of a home's records and is not this home's own is refused like records that are gone, nothing is written
// into it or beside it, and a copy that is put back makes the home good.
func TestForeignDatabaseIsRefused(t *testing.T) {
	w := begin(t)
	station, other := w.setUp("station", yuanjia), w.setUp("station", fengshan)
	second := w.setUp("station", yuanjia) // another computer of the same station
	station.titles("一", "二")
	other.titles("别的站的")
	second.titles("另一台的")
	copied := station.keepCopy()
	for _, o := range []*office{station, other, second} {
		w.must(o.Close())
	}
	empty := home.Home(filepath.Join(fast(t), "home")) // of a home in which nothing was ever written
	if _, err := setup.Home(ctx, empty, setup.Answers{Role: "station", Unit: yuanjia, Practice: true}, station.random); err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile(station.Home.Database())
	w.must(err)
	db, note := station.Home.Database(), station.Home.Note()
	put := func(b []byte) { w.must(os.WriteFile(db, b, 0o600)) }
	for name, replace := range map[string]func(){
		"nothing":              func() {},
		"no byte":              func() { put(nil) },
		"a text":               func() { put([]byte(strings.Repeat("七巷雨水倒灌。", 800))) },
		"photos":               func() { w.sqlite(db, "CREATE TABLE photos (b)") },
		"photos with a log":    func() { w.sqlite(db, "PRAGMA journal_mode=WAL", "CREATE TABLE photos (b)") },
		"an empty SQLite file": func() { w.sqlite(db, "VACUUM", "PRAGMA user_version=0", "CREATE TABLE t (a)", "DROP TABLE t") },
		"our id and no tables": func() { w.sqlite(db, "PRAGMA application_id=1280529486", "PRAGMA user_version=5") },
		"our id and format 0":  func() { put(own); w.sqlite(db, "PRAGMA user_version=0") },
		"another id":           func() { put(own); w.sqlite(db, "PRAGMA application_id=7") },
		"half of its tables":   func() { put(own); w.sqlite(db, "PRAGMA foreign_keys=OFF", "DROP TABLE stream", "DROP TABLE peer") },
		"nobody's":             func() { put(own); w.sqlite(db, "DELETE FROM self") },
		"of two computers":     func() { put(own); w.sqlite(db, "UPDATE self SET replica=x'00'") },
		"another station's":    func() { w.copy(other.Home.Database(), db) },
		"another computer's":   func() { w.copy(second.Home.Database(), db) },
		"an empty book's":      func() { w.copy(empty.Database(), db) },
		"another station's, without a note": func() {
			w.copy(other.Home.Database(), db)
			w.must(os.Remove(note))
		},
		"another computer's, with its note": func() { w.copy(second.Home.Database(), db); w.copy(second.Home.Note(), note) },
		"ours, with another's note":         func() { put(own); w.copy(second.Home.Note(), note) },
	} {
		t.Run(name, func(t *testing.T) {
			defer w.copy(note, note+".kept")
			w.copy(note, note+".kept")
			for _, suffix := range []string{"", "-wal", "-shm"} {
				w.must(os.RemoveAll(db + suffix))
			}
			replace()
			before := w.lies(string(station.Home))
			_, err := app.Open(ctx, app.Options{Home: station.Home})
			if !errors.Is(err, app.ErrNoDatabase) || !strings.Contains(explain.Sentence(err), "放回最近的备份") {
				t.Errorf("opened: %v", err)
			}
			if after := w.lies(string(station.Home)); !maps.Equal(before, after) {
				t.Errorf("changed: %v\n%v", before, after)
			}
			if _, err := archive.Restore(ctx, station.Home, copied, w.now); err != nil {
				t.Fatal(err)
			}
			station.open(station.Home)
			if !station.known("一") || !station.known("二") || len(station.list()) != 2 || !station.Reborn && station.Store.Self().Incarnation == 1 {
				t.Errorf("put back: %d matters, life %d", len(station.list()), station.Store.Self().Incarnation)
			}
			station.healthy()
			w.must(station.Close())
			w.copy(note+".kept", note)
		})
	}
}

// What is this home's own opens: a copy that somebody put there by hand, with the log of what lay there before or without, a home that
// was copied whole or moved, a note that is missing or was cut, and a database whose last words stand in its log only.
func TestOwnDatabaseOpens(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	copied := station.keepCopy()
	database, log := station.crashed(func() { station.titles("二", "三") })
	other, foreign := county.crashed(func() { county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`) })
	w.must(station.Close())
	db, note := station.Home.Database(), station.Home.Note()
	kept, err := os.ReadFile(note)
	w.must(err)
	moved := home.Home(filepath.Join(fast(t), "moved"))
	for name, c := range map[string]struct {
		replace func()
		reborn  bool
		matters int
	}{
		"killed":                  {func() {}, false, 3},
		"without a note":          {func() { w.must(os.Remove(note)) }, false, 3},
		"a note of no byte":       {func() { w.must(os.WriteFile(note, nil, 0o600)) }, false, 3},
		"a note that was cut":     {func() { w.must(os.WriteFile(note, kept[:len(kept)/2], 0o600)) }, false, 3},
		"a note of rubbish":       {func() { w.must(os.WriteFile(note, []byte("\x00\xff{}"), 0o600)) }, false, 3},
		"put back by hand":        {func() { w.copy(copied, db); w.must(os.Remove(db + "-wal")) }, true, 1},
		"the log of before stays": {func() { w.copy(copied, db) }, true, 1},
		"the log of another": {func() {
			w.copy(copied, db)
			w.must(os.WriteFile(db+"-wal", foreign, 0o600))
		}, true, 1},
		"a journal of another": {func() {
			w.must(os.Remove(db + "-wal"))
			w.copy(copied, db)
			w.must(os.WriteFile(db+"-journal", append([]byte("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"), other...), 0o600))
		}, true, 1},
		"on another computer": {func() {
			var n map[string]any
			w.must(json.Unmarshal(kept, &n))
			n["machine"] = "another"
			b, err := json.Marshal(n)
			w.must(err)
			w.must(os.WriteFile(note, b, 0o600))
		}, true, 3},
	} {
		t.Run(name, func(t *testing.T) {
			for _, suffix := range []string{"-shm", "-journal"} {
				w.must(os.RemoveAll(db + suffix))
			}
			w.must(errors.Join(os.WriteFile(db, database, 0o600), os.WriteFile(db+"-wal", log, 0o600), os.WriteFile(note, kept, 0o600)))
			c.replace()
			station.open(station.Home)
			defer station.Close()
			if n := len(station.list()); n != c.matters || station.Reborn != c.reborn {
				t.Errorf("%d matters, new life %v", n, station.Reborn)
			}
			if rep, err := station.Store.Check(ctx, yuanjia); err != nil || len(rep.Problems) > rep.Behind {
				t.Errorf("check: %v %v", rep.Problems, err)
			}
		})
	}
	w.must(os.CopyFS(string(moved), os.DirFS(string(station.Home))))
	station.open(moved)
	station.titles("四")
	w.settle(station, county)
	w.agree(county, station)
}

// Settings that were lost are made anew over the records that are there, and over nobody else's.
func TestSetUpOverRecords(t *testing.T) {
	w := begin(t)
	station, other := w.setUp("station", yuanjia), w.setUp("station", fengshan)
	station.titles("一")
	other.titles("别的站的")
	w.must(errors.Join(station.Close(), other.Close(), os.Remove(station.Home.Settings())))
	again := func() error {
		return second(setup.Home(ctx, station.Home, setup.Answers{Role: "station", Unit: yuanjia, Practice: true}, station.random))
	}
	own, err := os.ReadFile(station.Home.Database())
	w.must(err)
	w.copy(other.Home.Database(), station.Home.Database())
	before := w.lies(string(station.Home))
	if err := again(); !errors.Is(err, setup.ErrTaken) || !maps.Equal(before, w.lies(string(station.Home))) {
		t.Errorf("set up over another's: %v", err)
	}
	w.must(os.WriteFile(station.Home.Database(), own, 0o600))
	w.must(again())
	station.open(station.Home)
	if !station.known("一") {
		t.Error("an empty book took the place of the records")
	}
	w.must(errors.Join(station.Close(), os.Remove(station.Home.Settings()), os.Remove(station.Home.Database())))
	w.must(again()) // the note of the book that is gone is of no use
	station.open(station.Home)
	if len(station.list()) != 0 {
		t.Error("whose records are these?")
	}
}
