// Package storetest changes a database behind the program's back, as whoever has the file can: for tests of what becomes of that.
package storetest

import (
	"testing"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
)

// Exec runs a statement, or several without arguments, on the database in a file, by the key of a sealed one.
func Exec(t testing.TB, file string, key sealed.Key, statement string, args ...any) {
	t.Helper()
	db := pages.Open(&sqlite3.SQLiteDriver{}, file, key, "")
	defer db.Close()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
