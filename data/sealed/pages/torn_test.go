package pages_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/suite"
)

// A program is killed while it writes; what it acknowledged is there afterwards.
func TestKilled(t *testing.T) {
	if path := os.Getenv(fall); path != "" { // the one that is killed
		db := open(t, path, key(t, os.Getenv(fall+"_SUITE"), 1), asStore)
		for i := ask[int](t, db, "SELECT count(*) FROM word") + 1; ; i++ {
			run(t, db, "INSERT INTO word VALUES (?, ?)", i, strings.Repeat(mark, i%300))
			fmt.Println(i)
		}
	}
	each(t, func(t *testing.T, k sealed.Key) {
		dir, path, db := fresh(t, k, asStore)
		run(t, db, "CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT)")
		must(t, db.Close())
		said := 0
		for round := range 3 {
			cmd := exec.CommandContext(context.Background(), os.Args[0], "-test.run=^TestKilled$")
			cmd.Env = append(os.Environ(), fall+"="+path, fall+"_SUITE="+k.Suite())
			out, err := cmd.StdoutPipe()
			must(t, err)
			must(t, cmd.Start())
			for until := said + 40 + 17*round; said < until; {
				if _, err := fmt.Fscanln(out, &said); err != nil {
					t.Fatal(err)
				}
			}
			must(t, cmd.Process.Kill())
			_ = cmd.Wait()
			if found := readable(t, dir); found != nil {
				t.Error(found)
			}
			if own, err := pages.Own(path, k); !own || err != nil {
				t.Error("its own log: ", own, err)
			}
			db := open(t, path, k, asStore)
			n := ask[int](t, db, "SELECT count(*) FROM word WHERE length(text)=length('"+mark+"')*(id%300)")
			if n < said || ask[string](t, db, "PRAGMA integrity_check") != "ok" {
				t.Errorf("%d rows of %d", n, said)
			}
			said = n
			must(t, db.Close())
		}
	})
}

// A log that was not written whole ends where it was torn, as any does.
func TestTornLog(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		dir, path, db := fresh(t, k, asStore)
		run(t, db, "CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT)")
		run(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
		for i := range 20 {
			run(t, db, "INSERT INTO word VALUES (?, ?)", i, mark)
		}
		file, err := os.ReadFile(path)
		must(t, err)
		log, err := os.ReadFile(path + "-wal")
		must(t, err)
		for i := 0; i < len(log); i += 1500 {
			torn := filepath.Join(dir, fmt.Sprint(i, ".db"))
			must(t, os.WriteFile(torn, file, 0o600))
			b := bytes.Clone(log)
			b[i] ^= 0x10
			must(t, os.WriteFile(torn+"-wal", b, 0o600))
			db := open(t, torn, k, asStore)
			n := ask[int](t, db, "SELECT count(*) FROM word")
			if most := max(0, (i-32)/4120); n > most || n < most-3 {
				t.Errorf("torn at %d: %d rows", i, n)
			}
			run(t, db, "INSERT INTO word VALUES (100, 'on')")
			if said := ask[string](t, db, "PRAGMA integrity_check"); said != "ok" {
				t.Error(said)
			}
		}
	})
}

// What a checkpoint left half-written stands whole in the log, the first page, too.
func TestTornPage(t *testing.T) {
	each(t, func(t *testing.T, k sealed.Key) {
		dir, path, db := fresh(t, k, asStore)
		marked(t, db, 100)
		log, err := os.ReadFile(path + "-wal")
		must(t, err)
		run(t, db, "PRAGMA wal_checkpoint")
		file, err := os.ReadFile(path)
		must(t, err)
		for at := 64<<10 + 2048; at < len(file); at += 4096 {
			clear(file[at : at+2048])
		}
		torn := filepath.Join(dir, "torn.db")
		must(t, errors.Join(os.WriteFile(torn, file, 0o600), os.WriteFile(torn+"-wal", log, 0o600)))
		again := open(t, torn, k, asStore)
		if n := ask[int](t, again, "SELECT count(*) FROM word"); n != 50 {
			t.Error(n)
		}
		run(t, again, "PRAGMA wal_checkpoint(TRUNCATE)")
		must(t, again.Close())
		if said := ask[string](t, open(t, torn, k, "mode=ro&immutable=1"), "PRAGMA integrity_check"); said != "ok" {
			t.Error(said)
		}
	})
}

// The log of one database beside another is not its own, even where one is a copy of the other by SQLite.
func TestLogOfAnother(t *testing.T) {
	k := key(t, suite.Age, 1)
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	db := open(t, path, k, asStore)
	marked(t, db, 100)
	ring := pages.Take(k)
	defer ring.Close()
	name, err := ring.Name(copied, "")
	must(t, err)
	run(t, db, "VACUUM INTO ?", name)
	log, err := os.ReadFile(path + "-wal")
	must(t, err)
	must(t, os.WriteFile(copied+"-wal", log, 0o600))
	if own, err := pages.Own(path, k); !own || err != nil {
		t.Error(own, err)
	}
	if own, err := pages.Own(copied, k); own || err != nil {
		t.Error(own, err)
	}
}
