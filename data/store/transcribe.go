package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
)

// A database that comes from elsewhere brings rows and nothing else. Its triggers, views, indexes, checks, computed
// columns and whatever else SQLite would obey stay where they are: what of it is wanted is written into a new file,
// whose schema is ours.

// maxValue is how many bytes one value of a row may have; a bundle has no more.
const maxValue = 64 << 20

// Transcribe writes the rows of a database of ours, in whichever format, into a new file of that format. The database
// stays as it is; where its own log lies beside it, as on the disk of a computer that died, its last words are read
// from there. It fails with ErrForeign where it is none of ours, has other columns than ours or other values than they
// may hold; with ErrNewer; with sealed.ErrKey; and where a page is damaged with what SQLite says. opens is the key of a
// sealed one; key seals what is written, where it is given.
func Transcribe(ctx context.Context, from string, opens sealed.Key, to string, key sealed.Key) (err error) {
	if logged(from) { // with it SQLite would write there
		near := to + "-source"
		defer func() { err = errors.Join(err, discard(near)) }()
		if err := discard(near); err != nil {
			return fmt.Errorf("read database: %w", err)
		}
		for _, suffix := range append([]string{""}, logs...) {
			if err := duplicate(from+suffix, near+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("read database: %w", err)
			}
		}
		if !Mixed(ctx, near, opens) && transcribe(ctx, near, opens, withLog, to, key) == nil {
			return nil
		}
		if err := discard(to); err != nil {
			return fmt.Errorf("read database: %w", err)
		}
	}
	return transcribe(ctx, from, opens, alone, to, key)
}

// discard removes a database with what lies beside it.
func discard(name string) (err error) {
	for _, suffix := range append([]string{"", "-shm"}, logs...) {
		err = errors.Join(err, disk.RemoveAll(name+suffix))
	}
	return err
}

func duplicate(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func transcribe(ctx context.Context, from string, opens sealed.Key, how, to string, key sealed.Key) (err error) {
	if _, _, err := Whose(ctx, from, opens); err != nil {
		return fmt.Errorf("read database: %w", err)
	}
	format, err := formatOf(ctx, from, opens, how)
	if err == nil && format > FormatNow() {
		err = fmt.Errorf("%w: format %d, this program knows %d", ErrNewer, format, FormatNow())
	}
	if err != nil {
		return fmt.Errorf("read database: %w", err)
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return fmt.Errorf("read database: %w", err)
	}
	db := connect(to, key, "_txlock=immediate&_cache_size=-65536", 1)
	defer func() {
		if err = errors.Join(err, db.Close()); err == nil {
			err = flush(to)
		}
		if err != nil {
			err = fmt.Errorf("read database: %w", err)
		}
	}()
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Raw(func(driver any) error {
		for limit, value := range map[int]int{sqlite3.SQLITE_LIMIT_LENGTH: maxValue,
			sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1 << 20, sqlite3.SQLITE_LIMIT_COLUMN: 200} {
			driver.(*sqlite3.SQLiteConn).SetLimit(limit, value)
		}
		return nil
	}); err != nil {
		return err
	}
	// Nobody knows the file before it is whole: no log, and the disk is asked once, at the end.
	if _, err := c.ExecContext(ctx,
		"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF"); err != nil {
		return err
	}
	if err := made(ctx, c, format); err != nil {
		return err
	}
	ring := pages.Take(opens)
	defer ring.Close()
	name, err := ring.Name(from, how)
	if err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, "ATTACH ? AS brought", name); err != nil {
		return foreign(err)
	}
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return foreign(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to undo
	if err := rowsOf(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Reseal writes a copy of a database, opened with one key, into a new file that is sealed with another, with what that
// opens with elsewhere (pages.Wrap); either key may be none. It is how a home becomes protected, and how its key is
// renewed. The database, which is this home's own, may be in use; its log is read with it. All of it is copied and
// verified: nothing has to be made anew.
func Reseal(ctx context.Context, from string, opens sealed.Key, to string, key sealed.Key, wraps []byte) error {
	if err := discard(to); err != nil {
		return fmt.Errorf("seal database: %w", err)
	}
	db := connect(from, opens, "mode=ro", 1)
	defer db.Close()
	c, err := db.Conn(ctx)
	if err == nil {
		err = c.Raw(func(driver any) error { // a plain database has no room in its pages, unless SQLite is told
			return driver.(*sqlite3.SQLiteConn).SetFileControlInt("main", sqlite3.SQLITE_FCNTL_RESERVE_BYTES, pages.Reserved)
		})
	}
	if err == nil {
		err = errors.Join(vacuum(ctx, c, key, to), c.Close())
	}
	if err == nil && key.Given() {
		err = pages.Wrap(to, wraps)
	}
	if err != nil {
		return fmt.Errorf("seal database: %w", err)
	}
	return nil
}

func formatOf(ctx context.Context, path string, key sealed.Key, how string) (format int, err error) {
	db := connect(path, key, how, 1)
	defer db.Close()
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&format)
	return format, err
}

// made makes the schema of a format in an empty database.
func made(ctx context.Context, c *sql.Conn, format int) error {
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := step(tx, 0, format); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// rowsOf copies the rows of each of our tables, by the names of its columns.
func rowsOf(tx *sql.Tx) error {
	tables, err := column(tx, "SELECT name FROM main.sqlite_schema WHERE type='table'")
	if err != nil {
		return err
	}
	for _, table := range tables {
		if slices.Contains([]string{"kind", "label", "matter"}, table) { // made of the entries (Open)
			continue
		}
		made, err := column(tx, "SELECT ifnull(sql, '') FROM brought.sqlite_schema WHERE name=?", table)
		if err != nil {
			return foreign(err)
		}
		// a view or a virtual table would do something
		if len(made) != 1 || !strings.HasPrefix(made[0], "CREATE TABLE "+table) {
			return fmt.Errorf("%w: %s is no table", ErrForeign, table)
		}
		ours, err := column(tx, "SELECT name FROM pragma_table_xinfo(?, 'main')", table)
		if err != nil {
			return err
		}
		// not computed
		stored, err := column(tx, "SELECT name FROM pragma_table_xinfo(?, 'brought') WHERE hidden=0", table)
		if err != nil {
			return foreign(err)
		}
		for _, name := range ours {
			if !slices.Contains(stored, name) {
				return fmt.Errorf("%w: %s has no column %s", ErrForeign, table, name)
			}
		}
		names := strings.Join(ours, ", ")
		if _, err := tx.Exec("INSERT INTO main." + table + " (" + names + ") SELECT " + names + " FROM brought." +
			table + " NOT INDEXED"); err != nil {
			return foreign(err)
		}
	}
	return nil
}

// Read opens a database only to read it, with its log; it never runs what stands in its schema besides our tables. One
// of an older format is read from a copy in our format at the place part.
func Read(ctx context.Context, o Options, part string) (*Store, error) {
	who, _, err := Whose(ctx, o.Path, o.Key)
	if err != nil {
		return nil, fmt.Errorf("read database: %w", err)
	}
	format, err := formatOf(ctx, o.Path, o.Key, withLog)
	if err != nil {
		return nil, fmt.Errorf("read database: %w", err)
	}
	if format == FormatNow() {
		db := connect(o.Path, o.Key, withLog+"&_query_only=1&_cache_size=-16384", 4)
		s := &Store{Options: o, read: db, kinds: register(o.Kinds)}
		s.life.Store(&life{self: journal.ID{Replica: who}})
		return s, nil
	}
	if err := transcribe(ctx, o.Path, o.Key, withLog, part, o.Key); err != nil {
		return nil, err
	}
	o.Path, o.Backups = part, part+"-before"
	return Open(ctx, o)
}
