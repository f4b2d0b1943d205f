// Package search finds matters by what is written in them: full text of one character and more, and the first letters
// of names. It keeps a file of its own, search.db, beside the store. Nothing in it is original, so it may be thrown
// away (Discard) and filled again at any time; Open does so by itself when the file is damaged or of another version.
//
// How it works. SQLite's tokenizers cut at blanks, and Chinese has none; a dictionary would cut 独居老人 in one way and the
// question in another and miss one hit in twenty. So the text is cut into overlapping pairs (独居 居老 老人 人), and a
// question becomes the phrase of its pairs: exactly the matters that contain it are found, no more and no less, in well
// under 20 ms among 100,000. FTS4 is used, not FTS5, because the driver has it without a build tag. Its index reads
// newest first (order=desc), so the first page of a common word costs no more than of a rare one. Pairs cannot find one
// character; for that the newest few thousand texts are read through, and only a character rare enough not to fill a
// page there is looked up among the pairs that begin with it.
//
// FTS4 forgets a text only when it is shown the old one. Hence the stage table, the supposed content of the index: the
// old pairs pass through it on the way out, the new ones on the way in, and it is empty otherwise. Many documents in
// one Put are much cheaper than many Puts: each statement on the index writes a segment. Taken-out words stay in the
// file until segments are merged; Discard is the way to be rid of them.
//
// One writer and several readers may use an Index at the same time, as its own pools of connections see to. Indexing
// stalls now and then for a second while segments are merged: call Put from the background, never from a save.
package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/disk"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
)

// version grows with the tables below, with body, pairs, data/spelling or the readings of data/pinyin; an index of
// another one is remade.
const version = 3

const schema = `
CREATE TABLE doc(row INTEGER PRIMARY KEY, version INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE mark(only INTEGER PRIMARY KEY CHECK (only = 0), row INTEGER NOT NULL);
INSERT INTO mark VALUES (0, 0);
CREATE TABLE stage(docid INTEGER PRIMARY KEY, t TEXT);
CREATE VIRTUAL TABLE pair USING fts4(t, content="stage", matchinfo=fts3, order=desc, tokenize=simple);
PRAGMA user_version = %d`

// ErrDamaged says that the file turned out damaged while in use. The index is of no more use: Close it, which also
// throws the file away, Open it anew and fill it from mark 0.
var ErrDamaged = errors.New("search index damaged")

// Index is an open search.db.
type Index struct {
	path           string
	key            sealed.Key
	writer, reader *sql.DB
	damaged        atomic.Bool // the file must go
}

// Open opens the index at path, or makes an empty one with mark 0 where there is none or it is damaged or of another
// version. It is sealed with the key, where that is given; one that is not so, or with another key, is made anew. Only
// one process may have it open. An error means that the file can be neither read nor made.
func Open(path string, key sealed.Key) (*Index, error) {
	// A file that was closed properly has no log beside it; after a crash all of it is looked at.
	_, err := os.Stat(path + "-wal")
	crashed := err == nil
	x, err := open(path, key)
	if err != nil {
		return nil, fmt.Errorf("search index %s: %w", path, err)
	}
	if err = x.check(crashed); err == nil {
		return x, nil
	}
	if err = errors.Join(unfit(err), x.Close()); err == nil {
		err = Discard(path)
	}
	if err == nil {
		x, err = open(path, key)
	}
	if err == nil {
		if _, err = x.writer.Exec(fmt.Sprintf(schema, version)); err == nil {
			return x, nil
		}
		x.Close()
	}
	return nil, fmt.Errorf("search index %s: %w", path, err)
}

// unfit gives nil for an error that says what the file is like, so that it may go. A file that another program holds,
// or a disk that does not answer, must stay as it is, and the error with it.
func unfit(err error) error {
	var e sqlite3.Error
	if errors.Is(err, ErrDamaged) || errors.Is(err, sealed.ErrKey) ||
		errors.As(err, &e) && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrError) {
		return nil
	}
	return err
}

// Discard removes an index that is not open. That there is none is no error.
func Discard(path string) error {
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		if err := disk.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func open(path string, key sealed.Key) (*Index, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	// The power may fail without harm: what a lost log held is indexed again, as the mark in it is lost with it.
	const how = "_journal_mode=WAL&_sync=NORMAL&_busy_timeout=5000&_cache_size=-16384"
	x := &Index{path: path, key: key, writer: pages.Open(driver, path, key, how+"&_txlock=immediate"),
		reader: pages.Open(driver, path, key, how+"&_query_only=1")}
	x.writer.SetMaxOpenConns(1)
	x.reader.SetMaxOpenConns(asking)
	x.reader.SetMaxIdleConns(asking)
	return x, nil
}

// driver is SQLite's, which trusts nothing that stands in a file's schema, and has no files outside the home.
var driver = &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
	_, err := c.Exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY", nil)
	return err
}}

// ours is the schema of an index.
var ours = sync.OnceValues(func() (string, error) {
	db := pages.Open(driver, ":memory:", sealed.Key{}, "")
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(fmt.Sprintf(schema, version)); err != nil {
		return "", err
	}
	return schemaOf(db)
})

// schemaOf gives what makes a file what it is, in one text.
func schemaOf(db *sql.DB) (made string, err error) {
	err = db.QueryRow(
		"SELECT group_concat(type || ' ' || name || ': ' || ifnull(sql, ''), char(10)) " +
			"FROM (SELECT * FROM sqlite_schema ORDER BY name)").Scan(&made)
	return made, err
}

// check says what is wrong with a file: no index, one of another version or schema, or pages that do not fit.
func (x *Index) check(whole bool) error {
	var have int
	if err := x.writer.QueryRow(`PRAGMA user_version`).Scan(&have); err != nil {
		return x.failed("open", err)
	}
	if have != version {
		return fmt.Errorf("%w: of version %d", ErrDamaged, have)
	}
	want, err := ours()
	if err != nil {
		return err
	}
	if made, err := schemaOf(x.writer); err != nil {
		return x.failed("open", err)
	} else if made != want {
		return fmt.Errorf("%w: another schema", ErrDamaged)
	}
	ctx := context.Background()
	if is, err := pages.Sealed(x.path); is != x.key.Given() {
		return errors.Join(err, fmt.Errorf("%w: sealed: %v", ErrDamaged, is))
	}
	if _, err := x.Mark(ctx); err != nil {
		return err
	}
	if _, _, err := x.Find(ctx, "检查", 1, 0); err != nil || !whole {
		return err
	}
	// Table by table: a check of the whole would compare the pairs with their content, which is meant to be empty.
	for _, table := range []string{"doc", "pair_segments", "pair_segdir"} {
		var result string
		if err := x.writer.QueryRow(`PRAGMA quick_check(` + table + `)`).Scan(&result); err != nil {
			return x.failed("check", err)
		}
		if result != "ok" {
			return fmt.Errorf("%w: %s", ErrDamaged, result)
		}
	}
	return nil
}

// asking is how many questions are answered at a time.
const asking = 3

// Rest gives back what the index has at hand for the next question.
func (x *Index) Rest(ctx context.Context) error {
	return errors.Join(pages.Shrink(ctx, x.reader, asking), pages.Shrink(ctx, x.writer, 1))
}

// Close closes the index and, when it was found damaged, throws its file away.
func (x *Index) Close() error {
	err := errors.Join(x.reader.Close(), x.writer.Close())
	if x.damaged.Load() {
		err = errors.Join(err, Discard(x.path))
	}
	return err
}

// failed names the act in an error and remembers a damaged file.
func (x *Index) failed(act string, err error) error {
	var broken sqlite3.Error
	if errors.As(err, &broken) && (broken.Code == sqlite3.ErrCorrupt || broken.Code == sqlite3.ErrNotADB) {
		x.damaged.Store(true)
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return fmt.Errorf("search index: %s: %w", act, err)
}
