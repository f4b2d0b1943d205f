package pages_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/suite"
)

// each runs a test with both suites.
func each(t *testing.T, do func(*testing.T, sealed.Key)) {
	for _, name := range []string{suite.Age, suite.SM} {
		t.Run(name, func(t *testing.T) { do(t, key(t, name, 1)) })
	}
}

func key(t testing.TB, suite string, n byte) sealed.Key {
	t.Helper()
	k, err := sealed.Read(suite, bytes.Repeat([]byte{n}, sealed.Size))
	must(t, err)
	return k
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const asStore = "_journal_mode=WAL&_sync=FULL&_txlock=immediate&_busy_timeout=10000"

// open opens a database as the store does.
func open(t testing.TB, path string, k sealed.Key, options string) *sql.DB {
	t.Helper()
	db := pages.Open(&sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec("PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON", nil)
		return err
	}}, path, k, options)
	t.Cleanup(func() { db.Close() })
	return db
}

// fresh is a new database in a folder of its own.
func fresh(t testing.TB, k sealed.Key, options string) (dir, path string, db *sql.DB) {
	t.Helper()
	dir = t.TempDir()
	path = filepath.Join(dir, "a.db")
	return dir, path, open(t, path, k, options)
}

func run(t testing.TB, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func ask[V any](t testing.TB, db *sql.DB, query string) (v V) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

const mark = "王明远13812345678信访"

// marked fills a table with n rows of marked text, some of them longer than a page, and takes half of it out again.
func marked(t testing.TB, db *sql.DB, n int) {
	t.Helper()
	run(t, db, "CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT)")
	run(t, db, "CREATE INDEX by_text ON word(text)")
	run(t, db, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d)
		INSERT INTO word SELECT i, replace(hex(zeroblob(CASE WHEN i%%50=0 THEN 300 ELSE 2 END)), '00', '%s ' || i)
		FROM n`, n, mark))
	run(t, db, "DELETE FROM word WHERE id%2=1")
}

// readable tells which files of a folder hold the marked text, in any of the ways in which texts are kept.
func readable(t testing.TB, dir string) (in []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	must(t, err)
	utf16 := []byte{}
	for _, r := range mark {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		must(t, err)
		for _, form := range [][]byte{[]byte(mark)[:9], []byte("13812345678"), utf16[:6], []byte("CREATE TABLE"),
			[]byte("SQLite format")} {
			if bytes.Contains(b, form) {
				in = append(in, fmt.Sprintf("%s: %q", filepath.Base(file), form))
			}
		}
	}
	return in
}

func TestSealedDatabaseSaysNothing(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		dir, path, db := fresh(t, k, asStore)
		marked(t, db, 2000)
		_, err := os.Stat(path + "-wal")
		must(t, err)
		if found := readable(t, dir); found != nil {
			t.Error("while it is open: ", found)
		}
		run(t, db, "PRAGMA wal_checkpoint")
		run(t, db, "UPDATE word SET text=text || 'again' WHERE id<100")
		run(t, db, "VACUUM")
		ring := pages.Take(k)
		defer ring.Close()
		name, err := ring.Name(filepath.Join(dir, "copy.db"), "")
		must(t, err)
		run(t, db, "VACUUM INTO ?", name)
		must(t, db.Close())
		if found := readable(t, dir); found != nil {
			t.Error("when it is closed: ", found)
		}
		for _, file := range []string{path, filepath.Join(dir, "copy.db")} {
			db := open(t, file, k, "mode=ro&immutable=1")
			if n := ask[int](t, db, "SELECT count(*) FROM word WHERE text LIKE '"+mark+"%'"); n != 1000 {
				t.Errorf("%s: %d rows", file, n)
			}
			if said := ask[string](t, db, "PRAGMA integrity_check"); said != "ok" {
				t.Error(file, said)
			}
			first, err := pages.First(file, k)
			if err != nil || !bytes.HasPrefix(first, []byte("SQLite format 3\x00")) || first[20] != 32 {
				t.Errorf("%s begins with %q, %v", file, first, err)
			}
		}
		plain := filepath.Join(t.TempDir(), "plain.db")
		marked(t, open(t, plain, sealed.Key{}, asStore), 200)
		if found := readable(t, filepath.Dir(plain)); len(found) < 4 {
			t.Error("the search itself finds too little: ", found)
		}
	})
}

// Old rollback journals are sealed, too: SQLite keeps one while it turns a database to a write-ahead log.
func TestRollbackJournal(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		dir, path, db := fresh(t, k, "_journal_mode=PERSIST&_cache_size=10")
		marked(t, db, 500)
		tx, err := db.Begin()
		must(t, err)
		_, err = tx.Exec("UPDATE word SET text='other' WHERE 1")
		must(t, err)
		if found := readable(t, dir); found != nil {
			t.Error(found)
		}
		away := filepath.Join(t.TempDir(), "b.db") // as after a fall
		for _, suffix := range []string{"", "-journal"} {
			b, err := os.ReadFile(path + suffix)
			must(t, err)
			must(t, os.WriteFile(away+suffix, b, 0o600))
		}
		must(t, tx.Rollback())
		for _, db := range []*sql.DB{db, open(t, away, k, "")} {
			if n := ask[int](t, db, "SELECT count(*) FROM word WHERE text LIKE '"+mark+"%'"); n != 250 {
				t.Errorf("%d rows", n)
			}
		}
	})
}

func TestOtherKey(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		path := filepath.Join(t.TempDir(), "a.db")
		db := open(t, path, k, asStore)
		marked(t, db, 10)
		must(t, db.Close())
		before, err := os.ReadFile(path)
		must(t, err)
		for _, other := range []sealed.Key{{}, key(t, suite.Age, 2), key(t, suite.SM, 2)} {
			if err := open(t, path, other, asStore).Ping(); !errors.Is(err, sealed.ErrKey) {
				t.Errorf("with another key: %v", err)
			}
			if _, err := pages.First(path, other); !errors.Is(err, sealed.ErrKey) {
				t.Errorf("with another key: %v", err)
			}
		}
		after, err := os.ReadFile(path)
		must(t, err)
		if !bytes.Equal(before, after) {
			t.Error("it was changed")
		}
	})
}

// A database that is not sealed is opened as ever by who has a key.
func TestUnsealed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	marked(t, open(t, path, sealed.Key{}, asStore), 10)
	db := open(t, path, key(t, suite.Age, 1), asStore)
	if n := ask[int](t, db, "SELECT count(*) FROM word"); n != 5 {
		t.Error(n)
	}
	if is, err := pages.Sealed(path); is || err != nil {
		t.Error(is, err)
	}
}

// A changed byte is never other data, wherever it lies.
func TestChangedByte(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		dir, path, db := fresh(t, k, asStore)
		marked(t, db, 400)
		want := ask[string](t, db, "SELECT group_concat(text, '|') FROM word")
		must(t, db.Close())
		whole, err := os.ReadFile(path)
		must(t, err)
		used := ask[int](t, open(t, path, k, "mode=ro"),
			"SELECT page_count-freelist_count FROM pragma_page_count, pragma_freelist_count")
		dice, told := rand.New(rand.NewPCG(1, 2)), 0
		const times = 200
		for range times {
			b := bytes.Clone(whole)
			at := 64<<10 + dice.IntN(len(b)-64<<10)
			b[at] ^= 1 << dice.IntN(8)
			if at%4096 >= 4092 {
				continue // nobody reads those
			}
			harmed := filepath.Join(dir, "harmed.db")
			must(t, os.WriteFile(harmed, b, 0o600))
			var got string
			db := open(t, harmed, k, "mode=ro&immutable=1")
			err := db.QueryRow("SELECT group_concat(text, '|') FROM word NOT INDEXED").Scan(&got)
			var said sqlite3.Error
			switch {
			case errors.As(err, &said) && (said.Code == sqlite3.ErrCorrupt || said.Code == sqlite3.ErrNotADB):
				told++
			case err != nil:
				t.Errorf("byte %d: %v", at, err)
			case got != want:
				t.Fatalf("byte %d: other data", at)
			}
			db.Close()
		}
		if told < times*used/(len(whole)/4096)/4 {
			t.Errorf("%d of %d were told", told, times)
		}
		// two pages in each other's place
		b := bytes.Clone(whole)
		copy(b[64<<10+4096:], whole[64<<10+2*4096:64<<10+3*4096])
		must(t, os.WriteFile(path, b, 0o600))
		if _, err := open(t, path, k, "mode=ro").Exec("PRAGMA integrity_check"); err == nil {
			var said string
			if open(t, path, k, "mode=ro").QueryRow("PRAGMA integrity_check").Scan(&said); said == "ok" {
				t.Error("a page in another's place is believed")
			}
		}
	})
}

const fall = "LIANLUO_TEST_FALL"

func TestManyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		path := filepath.Join(t.TempDir(), "a.db")
		w := open(t, path, k, asStore+"&_cache_size=20")
		w.SetMaxOpenConns(1)
		run(t, w, "CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT)")
		r := open(t, path, k, "mode=ro&_query_only=1&_cache_size=10")
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for last := 0; last < 80; {
					var n, sum int
					if err := r.QueryRow("SELECT count(*), ifnull(sum(length(text)), 0) FROM word").Scan(&n, &sum); err != nil {
						t.Error(err)
						return
					}
					if sum != n*40*len([]rune(mark)) || n < last {
						t.Errorf("%d rows of %d characters after %d", n, sum, last)
						return
					}
					last = n
				}
			})
		}
		for i := range 80 {
			run(t, w, "INSERT INTO word VALUES (?, ?)", i, strings.Repeat(mark, 40))
			if i%30 == 0 {
				run(t, w, "PRAGMA wal_checkpoint(PASSIVE)")
			}
		}
		all.Wait()
	})
}

func TestWraps(t *testing.T) {
	k := key(t, suite.Age, 1)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, k, asStore)
	marked(t, db, 10)
	must(t, db.Close())
	if b, err := pages.Wraps(path); len(b) != 0 || err != nil {
		t.Errorf("%q %v", b, err)
	}
	must(t, pages.Wrap(path, []byte(`{"slots":[1,2,3]}`)))
	must(t, pages.Wrap(path, []byte(`{"slots":[]}`)))
	if b, err := pages.Wraps(path); string(b) != `{"slots":[]}` || err != nil {
		t.Errorf("%q %v", b, err)
	}
	if n := ask[int](t, open(t, path, k, asStore), "SELECT count(*) FROM word"); n != 5 {
		t.Error(n)
	}
	if err := pages.Wrap(path, make([]byte, pages.MaxWraps+1)); err == nil {
		t.Error("too much is taken")
	}
	plain := filepath.Join(t.TempDir(), "b.db")
	must(t, os.WriteFile(plain, bytes.Repeat([]byte{1}, 100), 0o600))
	if _, err := pages.Wraps(plain); !errors.Is(err, sealed.ErrNoSeal) {
		t.Error(err)
	}
}

// The index that is made anew of a log in which a killed program wrote nothing whole holds nothing of what was in memory.
func TestIndexHoldsNoContent(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		path := filepath.Join(t.TempDir(), "a.db")
		db := open(t, path, k, asStore)
		marked(t, db, 500)
		run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
		run(t, db, "INSERT INTO word VALUES (1000, 'on')")
		struck := path + ".struck"
		for file, most := range map[string]int{"": 1 << 30, "-wal": 32 + 24} {
			b, err := os.ReadFile(path + file)
			must(t, err)
			must(t, os.WriteFile(struck+file, b[:min(len(b), most)], 0o600))
		}
		for range 8 { // pages stay in memory that is free again
			other := open(t, path, k, asStore)
			ask[int](t, other, "SELECT count(*) FROM word WHERE text LIKE '%"+mark+"%'")
			must(t, other.Close())
		}
		must(t, db.Close())
		ask[int](t, open(t, struck, k, asStore), "SELECT count(*) FROM word")
		b, err := os.ReadFile(struck + "-shm")
		must(t, err)
		const head = 136 // sqlite.org/walformat.html, 2.1
		if left := bytes.Trim(b[head:], "\x00"); len(left) > 0 {
			t.Errorf("%d bytes: %q", len(left), left[:min(len(left), 200)])
		}
	})
}
