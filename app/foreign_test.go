package app_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/store"
)

// A book that is gone is never replaced by an empty one.
func TestLostDatabaseIsSaid(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	station.Titles("一")
	station.Close()
	w.Must(os.Remove(station.Home.Database()))
	if _, err := app.Open(ctx, app.Options{Key: apptest.Sealing(), Home: station.Home}); !errors.Is(err, app.ErrNoDatabase) {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(station.Home.Database()); err == nil {
		t.Error("an empty book lies there now")
	}
}

// Whatever takes the place of a home's records and is not this home's own is refused like records that are gone,
// nothing is written into it or beside it, and a copy that is put back makes the home good.
func TestForeignDatabaseIsRefused(t *testing.T) {
	w := apptest.Begin(t)
	station, other := w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Fengshan)
	second := w.SetUp("station", apptest.Yuanjia) // another computer of the same station
	station.Titles("一", "二")
	other.Titles("别的站的")
	second.Titles("另一台的")
	copied := station.KeepCopy()
	for _, o := range []*apptest.Seat{station, other, second} {
		w.Must(o.Close())
	}
	empty := home.Home(filepath.Join(apptest.Dir(t), "home")) // of a home in which nothing was ever written
	if _, err := setup.Home(ctx, empty, setup.Answers{Role: "station", Unit: apptest.Yuanjia, Practice: true}, station.Random); err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile(station.Home.Database())
	w.Must(err)
	db, note := station.Home.Database(), station.Home.Note()
	put := func(b []byte) { w.Must(os.WriteFile(db, b, 0o600)) }
	for name, replace := range map[string]func(){
		"nothing":              func() {},
		"no byte":              func() { put(nil) },
		"a text":               func() { put([]byte(strings.Repeat("七巷雨水倒灌。", 800))) },
		"photos":               func() { w.Sqlite(db, "CREATE TABLE photos (b)") },
		"photos with a log":    func() { w.Sqlite(db, "PRAGMA journal_mode=WAL", "CREATE TABLE photos (b)") },
		"an empty SQLite file": func() { w.Sqlite(db, "VACUUM", "PRAGMA user_version=0", "CREATE TABLE t (a)", "DROP TABLE t") },
		"our id and no tables": func() { w.Sqlite(db, "PRAGMA application_id=1280529486", "PRAGMA user_version=5") },
		"our id and format 0":  func() { put(own); w.Sqlite(db, "PRAGMA user_version=0") },
		"another id":           func() { put(own); w.Sqlite(db, "PRAGMA application_id=7") },
		"half of its tables":   func() { put(own); w.Sqlite(db, "PRAGMA foreign_keys=OFF", "DROP TABLE stream", "DROP TABLE peer") },
		"nobody's":             func() { put(own); w.Sqlite(db, "DELETE FROM self") },
		"of two computers":     func() { put(own); w.Sqlite(db, "UPDATE self SET replica=x'00'") },
		"another station's":    func() { w.Copy(other.Home.Database(), db) },
		"another computer's":   func() { w.Copy(second.Home.Database(), db) },
		"an empty book's":      func() { w.Copy(empty.Database(), db) },
		"another station's, without a note": func() {
			w.Copy(other.Home.Database(), db)
			w.Must(os.Remove(note))
		},
		"another computer's, with its note": func() { w.Copy(second.Home.Database(), db); w.Copy(second.Home.Note(), note) },
		"ours, with another's note":         func() { put(own); w.Copy(second.Home.Note(), note) },
	} {
		t.Run(name, func(t *testing.T) {
			defer w.Copy(note, note+".kept")
			w.Copy(note, note+".kept")
			for _, suffix := range []string{"", "-wal", "-shm"} {
				w.Must(os.RemoveAll(db + suffix))
			}
			replace()
			before := w.Lies(string(station.Home))
			_, err := app.Open(ctx, app.Options{Key: apptest.Sealing(), Home: station.Home})
			if !errors.Is(err, app.ErrNoDatabase) || !strings.Contains(explain.Sentence(err), "放回最近的备份") {
				t.Errorf("opened: %v", err)
			}
			if after := w.Lies(string(station.Home)); !maps.Equal(before, after) {
				t.Errorf("changed: %v\n%v", before, after)
			}
			if _, err := station.Records().Restore(ctx, copied, w.Now); err != nil {
				t.Fatal(err)
			}
			station.Open(station.Home)
			if !station.Known("一") || !station.Known("二") || len(station.List()) != 2 || !station.Reborn && station.Store.Self().Incarnation == 1 {
				t.Errorf("put back: %d matters, life %d", len(station.List()), station.Store.Self().Incarnation)
			}
			station.Healthy()
			w.Must(station.Close())
			w.Copy(note+".kept", note)
		})
	}
}

// What is this home's own opens: a copy that somebody put there by hand, with the log of what lay there before or
// without, a home that was copied whole or moved, a note that is missing or was cut, and a database whose last words
// stand in its log only.
func TestOwnDatabaseOpens(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	copied := station.KeepCopy()
	database, log := station.Crashed(func() { station.Titles("二", "三") })
	other, foreign := county.Crashed(func() { county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`) })
	w.Must(station.Close())
	db, note := station.Home.Database(), station.Home.Note()
	kept, err := os.ReadFile(note)
	w.Must(err)
	moved := home.Home(filepath.Join(apptest.Dir(t), "moved"))
	for name, c := range map[string]struct {
		replace func()
		reborn  bool
		matters int
	}{
		"killed":                  {func() {}, false, 3},
		"without a note":          {func() { w.Must(os.Remove(note)) }, false, 3},
		"a note of no byte":       {func() { w.Must(os.WriteFile(note, nil, 0o600)) }, false, 3},
		"a note that was cut":     {func() { w.Must(os.WriteFile(note, kept[:len(kept)/2], 0o600)) }, false, 3},
		"a note of rubbish":       {func() { w.Must(os.WriteFile(note, []byte("\x00\xff{}"), 0o600)) }, false, 3},
		"put back by hand":        {func() { w.Copy(copied, db); w.Must(os.Remove(db + "-wal")) }, true, 1},
		"the log of before stays": {func() { w.Copy(copied, db) }, true, 1},
		"the log of another": {func() {
			w.Copy(copied, db)
			w.Must(os.WriteFile(db+"-wal", foreign, 0o600))
		}, true, 1},
		"a journal of another": {func() {
			w.Must(os.Remove(db + "-wal"))
			w.Copy(copied, db)
			w.Must(os.WriteFile(db+"-journal", append([]byte("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"), other...), 0o600))
		}, true, 1},
		"on another computer": {func() {
			var n map[string]any
			w.Must(json.Unmarshal(kept, &n))
			n["machine"] = "another"
			b, err := json.Marshal(n)
			w.Must(err)
			w.Must(os.WriteFile(note, b, 0o600))
		}, true, 3},
	} {
		t.Run(name, func(t *testing.T) {
			for _, suffix := range []string{"-shm", "-journal"} {
				w.Must(os.RemoveAll(db + suffix))
			}
			w.Must(errors.Join(os.WriteFile(db, database, 0o600), os.WriteFile(db+"-wal", log, 0o600), os.WriteFile(note, kept, 0o600)))
			c.replace()
			station.Open(station.Home)
			defer station.Close()
			if n := len(station.List()); n != c.matters || station.Reborn != c.reborn {
				t.Errorf("%d matters, new life %v", n, station.Reborn)
			}
			if rep, err := station.Store.Check(ctx, apptest.Yuanjia); err != nil || !rep.Only(store.Behind) {
				t.Errorf("check: %v %v", rep.Problems, err)
			}
		})
	}
	w.Must(os.CopyFS(string(moved), os.DirFS(string(station.Home))))
	station.Open(moved)
	station.Titles("四")
	w.Settle(station, county)
	w.Agree(county, station)
}
