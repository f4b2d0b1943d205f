// Package storetest changes a database behind the program's back, as whoever has the file can: for tests of what becomes of that.
package storetest

import (
	"database/sql"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver
)

// Exec runs a statement, or several without arguments, on the database in a file.
func Exec(t testing.TB, file, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
