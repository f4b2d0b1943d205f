package archive_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
)

var ctx = context.Background()

// A copy brings its rows and nothing else: what was added to it never runs and never arrives, and one whose tables are
// not ours is refused; then nothing has changed.
func TestCopyBringsRowsOnly(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	station.Titles("一", "二", "三")
	copied := station.KeepCopy()
	station.Titles("四")
	all := []string{"一", "二", "三", "四"}
	const rewrite = "PRAGMA writable_schema=ON"
	for name, c := range map[string]struct {
		statements []string
		refused    bool
	}{
		"as it was": {},
		"a trigger": {statements: []string{"CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM matter; END"}},
		"triggers everywhere": {statements: []string{"CREATE TRIGGER a BEFORE UPDATE ON self BEGIN SELECT RAISE(ABORT, 'no'); END",
			"CREATE TRIGGER b AFTER DELETE ON label BEGIN DELETE FROM entry; END"}},
		"a view":            {statements: []string{"CREATE VIEW v AS SELECT * FROM entry, entry, entry, entry"}},
		"an index":          {statements: []string{"CREATE INDEX i ON entry (abs(seq))"}},
		"a table":           {statements: []string{"CREATE TABLE photos (b)", "INSERT INTO photos VALUES (zeroblob(1000))"}},
		"a full text index": {statements: []string{"CREATE VIRTUAL TABLE words USING fts4(t)"}},
		"a column more":     {statements: []string{"ALTER TABLE matter ADD COLUMN remark TEXT NOT NULL DEFAULT ''"}},
		"a computed column": {statements: []string{"ALTER TABLE matter ADD COLUMN remark TEXT AS (number || 'x') VIRTUAL"}},
		"a check that fails": {statements: []string{rewrite,
			"UPDATE sqlite_schema SET sql=replace(sql, 'state ANY NOT NULL', 'state ANY NOT NULL CHECK (state > 99)') WHERE name='matter'"}},
		"an index that lies": {statements: []string{"DROP INDEX matter_number", "CREATE INDEX matter_number ON matter (number) WHERE state > 99"}},
		"a table computed": {statements: []string{"ALTER TABLE draft RENAME TO d",
			"CREATE TABLE draft (id TEXT PRIMARY KEY, changed TEXT NOT NULL, body TEXT AS (zeroblob(900000000)))"},
			refused: true},
		"a view for a table": {statements: []string{"ALTER TABLE memo RENAME TO m",
			"CREATE VIEW memo AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS id, i AS changed, i AS body FROM n"}, refused: true},
		"a virtual table for a table": {statements: []string{"DROP TABLE memo", "CREATE VIRTUAL TABLE memo USING fts4(id, changed, body)"}, refused: true},
		"a column less":               {statements: []string{"ALTER TABLE peer DROP COLUMN skew"}, refused: true},
		"odd types": {statements: []string{"DROP TABLE memo", "CREATE TABLE memo (id, changed, body)", "INSERT INTO memo VALUES (x'00', x'01', x'02')"},
			refused: true},
		"a value without end": {statements: []string{"INSERT INTO draft VALUES ('x', '', cast(zeroblob(70000000) AS TEXT))"}, refused: true},
		"two computers": {statements: []string{"ALTER TABLE self RENAME TO s", "CREATE TABLE self (one INTEGER, replica BLOB, incarnation INTEGER)",
			"INSERT INTO self SELECT * FROM s", "INSERT INTO self SELECT * FROM s"}, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(apptest.Dir(t), "copy.db")
			w.Copy(copied, file)
			if w.Sqlite(file, c.statements...); strings.Contains(strings.Join(c.statements, ""), rewrite) {
				w.Sqlite(file, "VACUUM")
			}
			before := w.Lies(filepath.Dir(file))
			err := station.PutBack(file)
			if c.refused && !errors.Is(err, archive.ErrBad) || !c.refused && err != nil {
				t.Errorf("put back: %v", err)
			}
			var titles []string
			for _, v := range station.List() {
				titles = append(titles, v.Title)
			}
			if slices.Sort(titles); !slices.Equal(titles, slices.Sorted(slices.Values(all))) {
				t.Errorf("it holds %v", titles)
			}
			station.Receive(desk.Draft{Title: "后来的"})
			if all = append(all, "后来的"); len(station.List()) != len(all) {
				t.Errorf("%d matters of %d", len(station.List()), len(all))
			}
			station.Healthy()
			if !maps.Equal(before, w.Lies(filepath.Dir(file))) {
				t.Error("the copy was changed")
			}
			if left, _ := filepath.Glob(filepath.Join(string(station.Home), "lianluo.db.*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			w.Later(time.Minute)
		})
	}
}

// What lies in the home itself is no better: check names what was added to the database, taken out or changed, and a
// copy that is put back over it takes the rows over and leaves the rest.
func TestCheckNamesAnotherSchema(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	station.Titles("一")
	for statement, says := range map[string]string{
		"CREATE TRIGGER t AFTER INSERT ON label BEGIN DELETE FROM label; END": "多了触发器 t",
		"CREATE VIEW v AS SELECT 1":       "多了视图 v",
		"CREATE INDEX i ON entry (thing)": "多了索引 i",
		"CREATE TABLE photos (b)":         "多了表 photos",
		"INSERT INTO kind VALUES ('x', ''); CREATE UNIQUE INDEX j ON entry (thing) /* ON x ( */": "多了索引 j",
		"DROP INDEX matter_due": "少了索引 matter_due",
		"ALTER TABLE matter ADD COLUMN a TEXT NOT NULL DEFAULT ''": "表 matter 被改过",
		"PRAGMA user_version=3":   "格式号",
		"PRAGMA application_id=3": "程序号",
	} {
		copied := station.KeepCopy()
		station.Healthy()
		w.Sqlite(station.Home.Database(), statement)
		rep, err := station.Store.Check(ctx, apptest.Yuanjia)
		if err != nil || rep.OK || !rep.Altered() || len(rep.Problems) != 1 || !strings.Contains(explain.Finding(rep.Problems[0]), says) {
			t.Errorf("%s: %v %v", statement, rep.Problems, err)
		}
		before := len(station.List())
		w.Must(station.PutBack(copied))
		if n := len(station.List()); n != before {
			t.Errorf("after %s: %d matters of %d", statement, n, before)
		}
		w.Later(time.Minute)
		station.Healthy()
	}
	// It is said whenever the home is opened; the copy that holds it, too, is put back without it.
	if len(station.Amiss) != 0 {
		t.Errorf("said for nothing: %v", station.Amiss)
	}
	w.Sqlite(station.Home.Database(), "CREATE TRIGGER t AFTER INSERT ON draft BEGIN DELETE FROM memo; END")
	w.Must(station.Close())
	if station.Open(station.Home); len(station.Amiss) != 1 || !errors.Is(station.Amiss[0], app.ErrAltered) {
		t.Errorf("nothing is said: %v", station.Amiss)
	}
	w.Must(station.PutBack(station.KeepCopy()))
	if station.Healthy(); len(station.Amiss) != 0 {
		t.Errorf("still said: %v", station.Amiss)
	}
	// A search index that somebody made is made anew.
	w.Must(station.Close())
	w.Sqlite(station.Home.Search(), "CREATE TRIGGER t AFTER INSERT ON doc BEGIN DELETE FROM doc; END")
	station.Open(station.Home)
	station.Titles("井盖")
	w.Must(apptest.Err(station.Ledger.Fill(ctx)))
	if b, err := os.ReadFile(station.Home.Search()); err != nil || strings.Contains(string(b), "CREATE TRIGGER") {
		t.Errorf("the trigger is still there: %v", err)
	}
}

// On the disk of a computer that died the last words stand in the log: they are read, too. A log of another beside a
// copy brings nothing.
func TestCopyWithItsLog(t *testing.T) {
	w := apptest.Begin(t)
	station, other := w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Fengshan)
	old := station.KeepCopy()
	database, log := station.Crashed(func() { station.Titles("一", "二") })
	_, foreign := other.Crashed(func() { other.Titles("别的站的") })
	whole := station.KeepCopy()
	for name, c := range map[string]struct {
		from    string
		log     []byte
		matters int
	}{"its own": {"", log, 2}, "another's": {whole, foreign, 2}, "an older copy's": {old, foreign, 0}} {
		w.Must(errors.Join(station.Close(), os.RemoveAll(station.Home.Database()), os.RemoveAll(station.Home.Database()+"-wal"), os.RemoveAll(station.Home.Database()+"-shm")))
		file := filepath.Join(apptest.Dir(t), "lianluo.db")
		if w.Must(os.WriteFile(file, database, 0o600)); c.from != "" {
			w.Copy(c.from, file)
		}
		w.Must(os.WriteFile(file+"-wal", c.log, 0o600))
		before := w.Lies(filepath.Dir(file))
		_, err := station.Records().Restore(ctx, file, w.Now)
		w.Must(err)
		if station.Open(station.Home); len(station.List()) != c.matters || !maps.Equal(before, w.Lies(filepath.Dir(file))) {
			t.Errorf("%s: %d matters", name, len(station.List()))
		}
		station.Healthy()
		if left, _ := filepath.Glob(filepath.Join(string(station.Home), "lianluo.db.*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		w.Later(time.Minute)
	}
}

// What somebody invented in a copy stands where the copy was put back, and nobody else believes it; the rest goes on.
func TestInventedCopyConvincesNobody(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	thief := w.SetUp("station", apptest.Yuanjia) // with keys of his own, and never let in
	thief.Titles("编的")
	w.Must(station.PutBack(thief.KeepCopy()))
	station.Titles("好的")
	w.Settle(station, county)
	if county.Known("编的") || !county.Known("一") || !county.Known("好的") {
		t.Errorf("what was invented %v, the rest %v %v", county.Known("编的"), county.Known("一"), county.Known("好的"))
	}
	county.Healthy()
	if apptest.Progress(t, county, apptest.Yuanjia).Revoked || apptest.Progress(t, station, apptest.County).Out {
		t.Error("they do not exchange any more")
	}
}
