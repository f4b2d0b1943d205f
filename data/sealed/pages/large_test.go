package pages

import (
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// No page lies where SQLite locks bytes, and those around it are in nobody's way. A disk has room for the test: what
// nobody wrote takes none.
func TestLargeDatabase(t *testing.T) {
	key, err := sealed.Read(suite.Age, make([]byte, sealed.Size))
	path := filepath.Join(t.TempDir(), "a.db")
	do := func(statement string) (said string) {
		t.Helper()
		db := Open(&sqlite3.SQLiteDriver{}, path, key, "_journal_mode=OFF&_sync=OFF")
		defer db.Close()
		if err == nil {
			err = db.QueryRow(statement).Scan(&said)
		}
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		return said
	}
	do("CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT); SELECT ''")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const lock, begin = 1 << 30, (1<<30 - space) / page
	b, first := make([]byte, known), make([]byte, page)
	_, err1 := f.ReadAt(b, 0)
	_, err2 := f.ReadAt(first, space)
	book, err := unlock(key, b)
	if err != nil || err1 != nil || err2 != nil || !book.open(database, 0, first) {
		t.Fatal(err, err1, err2)
	}
	binary.BigEndian.PutUint32(first[28:], begin-5) // it has that many pages
	sealedPage := make([]byte, page)
	book.seal(database, 0, first, sealedPage)
	_, err = f.WriteAt(sealedPage, space)
	if err == nil {
		err = f.Truncate(lock - 5*page)
	}
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 60*page)
	do("INSERT INTO word VALUES (1, '" + long + "') RETURNING ''")
	if do("SELECT text FROM word") != long {
		t.Error("what lies around the lock is another thing")
	}
	here := make([]byte, 3*page)
	if _, err := io.ReadFull(io.NewSectionReader(f, lock-page, 3*page), here); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, false} {
		if blank := strings.Trim(string(here[i*page:(i+1)*page]), "\x00") == ""; blank != want {
			t.Errorf("page %d round the lock is blank: %v", i, blank)
		}
	}
	if n := do("SELECT page_count FROM pragma_page_count"); n != "262184" {
		t.Error(n, " pages")
	}
}
