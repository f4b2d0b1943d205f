package pages_test

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
)

// In a log are a head and frames, and in each of these a head and a page.
const head, space, page, frame = 32, 64 << 10, 4096, 24 + 4096

// logged gives a database that is open and has all in its log, and the bytes of both.
func logged(t *testing.T, k sealed.Key) (db *sql.DB, path string, file, log []byte) {
	path = filepath.Join(t.TempDir(), "a.db")
	db = open(t, path, k, asStore)
	db.SetMaxOpenConns(1)
	run(t, db, "PRAGMA wal_autocheckpoint=0")
	marked(t, db, 200)
	run(t, db, "UPDATE word SET text=text || 'again' WHERE id<50")
	file, err := os.ReadFile(path)
	must(t, err)
	log, err = os.ReadFile(path + "-wal")
	must(t, err)
	return db, path, file, log
}

// words are all of them, or what SQLite says of a file that it does not believe.
func words(t *testing.T, db *sql.DB) (all string) {
	err := db.QueryRow("SELECT group_concat(text, '|') FROM word NOT INDEXED").Scan(&all)
	var said sqlite3.Error
	if errors.As(err, &said) && (said.Code == sqlite3.ErrCorrupt || said.Code == sqlite3.ErrNotADB) {
		return "damaged"
	}
	must(t, err)
	return all
}

// A checkpoint opens and seals nothing: the database gets the pages that stand in the log.
func TestCheckpointCopies(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		db, path, _, log := logged(t, k)
		run(t, db, "PRAGMA wal_checkpoint")
		file, err := os.ReadFile(path)
		must(t, err)
		last := map[uint32][]byte{}
		for at := head; at < len(log); at += frame {
			last[binary.BigEndian.Uint32(log[at:])] = log[at+24:][:page]
		}
		for n, want := range last {
			if at := space + int(n-1)*page; !bytes.Equal(file[at:][:page], want) {
				t.Errorf("page %d was sealed once more", n)
			}
		}
		if said := ask[string](t, open(t, path, k, "mode=ro"), "PRAGMA integrity_check"); len(last) < 5 || said != "ok" {
			t.Error(len(last), said)
		}
	})
}

// A log that a program of before left is read, written on and brought into the database.
func TestLogOfBefore(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		db, _, file, log := logged(t, k)
		want := words(t, db)
		log, err := pages.Before(k, file, log)
		must(t, err)
		before := filepath.Join(t.TempDir(), "b.db")
		must(t, errors.Join(os.WriteFile(before, file, 0o600), os.WriteFile(before+"-wal", log, 0o600)))
		again := open(t, before, k, asStore)
		if words(t, again) != want {
			t.Error("other words")
		}
		run(t, again, "INSERT INTO word VALUES (1000, 'new')")
		run(t, again, "PRAGMA wal_checkpoint(TRUNCATE)")
		must(t, again.Close())
		again = open(t, before, k, "mode=ro&immutable=1")
		if said := ask[string](t, again, "PRAGMA integrity_check"); said != "ok" || words(t, again) != want+"|new" {
			t.Error(said, " or other words after the checkpoint")
		}
	})
}

// What somebody changes in a log while it is read, or puts in another page's place, is never other data: neither from
// the log nor when a checkpoint has copied it.
func TestChangedLog(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		db, path, _, log := logged(t, k)
		want, told := words(t, db), 0
		f, err := os.OpenFile(path+"-wal", os.O_RDWR, 0)
		must(t, err)
		defer f.Close()
		read := func(how string, at int) bool {
			t.Helper()
			r := open(t, path, k, "mode=ro")
			defer r.Close()
			switch words(t, r) {
			case want:
				return false
			case "damaged":
				told++
			default:
				t.Errorf("other data, %s at %d", how, at)
			}
			return true
		}
		put := func(b []byte, at int) {
			_, err := f.WriteAt(b, int64(at))
			must(t, err)
		}
		harmed := -1
		for at, i := head, 0; at+2*frame <= len(log); at, i = at+frame, i+1 {
			for _, in := range []int{24 + i*97%page, frame - 1, frame - 20, frame - 1 - 32 - i%10} {
				put([]byte{log[at+in] ^ 1}, at+in)
				if read("byte", at+in) {
					harmed = at + in
				}
				put(log[at+in:][:1], at+in)
			}
			one, other := log[at+24:][:page], log[at+24+frame:][:page]
			put(other, at+24)
			put(one, at+24+frame)
			read("swapped", at)
			put(log[at:][:2*frame], at)
		}
		if told < len(log)/frame {
			t.Errorf("%d of %d are told", told, len(log)/frame)
		}
		if read("mended", 0) {
			t.Fatal("it does not hold what it held")
		}
		put([]byte{log[harmed] ^ 1}, harmed)
		_, err = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
		must(t, err)
		must(t, db.Close())
		if !read("copied", harmed) {
			t.Error("a changed page was copied, and nobody is told")
		}
	})
}
