package pages_test

import (
	"path/filepath"
	"testing"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
)

// A database in memory is no file on any system: each is empty, and nothing of it is left where the program was started.
func TestInMemory(t *testing.T) {
	t.Chdir(t.TempDir())
	for range 2 {
		db := pages.Open(&sqlite3.SQLiteDriver{}, ":memory:", sealed.Key{}, "")
		if _, err := db.Exec("CREATE TABLE doc(text TEXT)"); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	left, err := filepath.Glob("*")
	if err != nil || left != nil {
		t.Errorf("%q are left, %v", left, err)
	}
}
