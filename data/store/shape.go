package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"sync"
)

// object names a part of a database's schema.
type object struct{ kind, name string } // table, index, view, trigger

func (o object) compare(p object) int {
	return cmp.Or(cmp.Compare(o.kind, p.kind), cmp.Compare(o.name, p.name))
}

// shape is a schema: the statement that made each part, "" for an index that SQLite made for a table.
type shape map[object]string

var steps = sync.OnceValue(func() (all []string) {
	names, _ := fs.Glob(migrations, "migrations/*.sql") // fails for patterns only
	for _, name := range names {
		b, _ := fs.ReadFile(migrations, name) // it is built in
		all = append(all, string(b))
	}
	return all
})

// FormatNow is the number of the format that this program writes; a later one has a greater number.
func FormatNow() int { return len(steps()) }

// outgrown fails with ErrSince where a newer program has changed the format of an open database.
func outgrown(tx *sql.Tx) error {
	var have int
	err := tx.QueryRow("PRAGMA user_version").Scan(&have)
	if err == nil && have > FormatNow() {
		err = ErrSince
	}
	return err
}

// step runs the migrations up to a format on a database of format from.
func step(tx interface {
	Exec(query string, args ...any) (sql.Result, error)
}, from, to int) error {
	for i, s := range steps()[from:to] {
		if _, err := tx.Exec(s); err != nil {
			return fmt.Errorf("format %d: %w", from+i+1, err)
		}
	}
	_, err := tx.Exec(fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, to))
	return err
}

var shapes sync.Map // by format and kinds

// shapeOf gives the schema that a database of a format has, with the lists of kinds where it is today's. Nobody changes
// it.
func shapeOf(format int, ks kinds) (shape, error) {
	var lists []string
	if format == FormatNow() {
		for _, k := range ks.folded() {
			lists = append(lists, k.shape...)
		}
	}
	key := fmt.Sprint(format, lists)
	if known, ok := shapes.Load(key); ok {
		return known.(shape), nil
	}
	statements, made := steps()[:format], shape{}
	if lists != nil { // they stand on nothing that the migrations make
		kept, err := shapeOf(format, nil)
		if err != nil {
			return nil, err
		}
		statements = lists
		maps.Copy(made, kept)
	}
	db, err := sql.Open("lianluo", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			return nil, err
		}
	}
	all, err := shapeIn(db)
	if err == nil {
		maps.Copy(made, all)
		shapes.Store(key, made)
	}
	return made, err
}

// shapeIn reads the schema of a database. It evaluates nothing that stands in it.
func shapeIn(db interface {
	Query(query string, args ...any) (*sql.Rows, error)
}) (shape, error) {
	rows, err := db.Query("SELECT type, name, ifnull(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := shape{}
	for rows.Next() {
		var o object
		var made string
		if err := rows.Scan(&o.kind, &o.name, &made); err != nil {
			return nil, err
		}
		s[o] = made
	}
	return s, rows.Err()
}
