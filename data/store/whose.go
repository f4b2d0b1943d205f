package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
)

// An empty book is made by Create alone, where a home is set up. Whatever else lies at the place of a database is
// opened only where it is one of ours: by what it is, never by where it lies. Before that is known nothing is written,
// into the file or beside it.

// Create makes an empty database and opens it; where one lies there, which an earlier attempt made, it opens that. It
// appears whole or not at all.
func Create(ctx context.Context, o Options) (*Store, error) {
	if info, err := os.Lstat(o.Path); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		if err := errors.Join(Unmix(o.Path, o.Backups), fresh(ctx, o)); err != nil {
			return nil, fmt.Errorf("create database: %w", err)
		}
	}
	return Open(ctx, o)
}

func fresh(ctx context.Context, o Options) (err error) {
	path := o.Path
	part := path + ".new"
	if err := discard(part); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(part), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // nobody else's to read; its log follows it
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	o.Path = part
	s, err := begin(ctx, o)
	if err == nil { // whose it is stands in the file itself, not in its log
		_, err = s.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		err = errors.Join(err, s.Close())
	}
	if err != nil {
		return err
	}
	return disk.Rename(part, path)
}

// Own fails where the database of a home may not be opened: with fs.ErrNotExist where there is none or it is empty, and
// with ErrForeign where it is no whole database of this program, of another computer than the note beside it says, or
// where mine knows neither the first nor the last that its computer wrote as this home's. A note that is missing or
// cannot be read says nothing: it is written after the database, and no disk promises it. Nothing is changed.
func Own(ctx context.Context, path, note string, key sealed.Key, mine func(journal.Record) bool) error {
	who, words, err := Whose(ctx, path, key)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if was, ok := Noted(note); ok && was != who {
		return fmt.Errorf("database: %w: it is of computer %x, the note beside it of %x", ErrForeign, who[:4], was[:4])
	}
	if len(words) > 0 && !slices.ContainsFunc(words, mine) {
		return fmt.Errorf("database: %w: what computer %x wrote is not this home's", ErrForeign, who[:4])
	}
	return nil
}

// Noted tells which computer a note beside a database names, if any.
func Noted(file string) (journal.Replica, bool) {
	was, err := readNote(file)
	return was.Replica, err == nil
}

func readNote(file string) (was note, err error) {
	b, err := disk.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, &was)
	}
	if err == nil && was.Replica == (journal.Replica{}) {
		err = ErrForeign
	}
	return was, err
}

// logs are what SQLite keeps beside a database and writes into it when it is opened next, whichever database that is.
var logs = []string{"-wal", "-journal"}

func logged(path string) bool {
	return slices.ContainsFunc(logs, func(suffix string) bool {
		info, err := os.Lstat(path + suffix)
		return err == nil && info.Size() > 0
	})
}

// The file as it is, and with its log.
const (
	alone   = "mode=ro&immutable=1"
	withLog = "mode=ro"
)

// Whose tells which computer's database a file is, sealed with the key or not at all, and the first and the last that
// this computer wrote. It fails with fs.ErrNotExist, ErrForeign and sealed.ErrKey. It writes nothing.
func Whose(ctx context.Context, path string, key sealed.Key) (who journal.Replica, words []journal.Record, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return who, nil, err
	}
	if info.Mode().IsRegular() && info.Size() == 0 {
		return who, nil, fmt.Errorf("%s is empty: %w", filepath.Base(path), fs.ErrNotExist)
	}
	if !info.Mode().IsRegular() {
		return who, nil, ErrForeign
	}
	b, err := pages.First(path, key)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || err == nil && !headed(b) {
		return who, nil, ErrForeign
	}
	if err != nil && !errors.Is(err, sealed.ErrNoSeal) { // damaged; what a checkpoint tore stands in the log
		return who, nil, err
	}
	who, words, err = identify(ctx, path, key, alone)
	if err == nil || !logged(path) {
		return who, words, err
	}
	_, none := os.Lstat(path + "-shm") // a part of the file's last state may stand in the log only
	if who, words, err = identify(ctx, path, key, withLog); err != nil && none != nil {
		_ = disk.Remove(path + "-shm")
	}
	return who, words, err
}

func identify(ctx context.Context, path string, key sealed.Key, how string) (
	who journal.Replica, words []journal.Record, err error) {
	db := connect(path, key, how, 1)
	defer db.Close()
	var format, id int
	if err := db.QueryRowContext(ctx,
		"SELECT user_version, application_id FROM pragma_user_version, pragma_application_id").Scan(
		&format, &id); err != nil {
		return who, nil, foreign(err)
	}
	if format < 1 || id != applicationID {
		return who, nil, fmt.Errorf("%w: format %d", ErrForeign, format)
	}
	shape, err := shapeOf(min(format, FormatNow()), nil)
	if err != nil {
		return who, nil, err
	}
	have, err := shapeIn(db)
	if err != nil {
		return who, nil, foreign(err)
	}
	for name := range shape {
		if _, ok := have[name]; !ok && name.kind == "table" && (format <= FormatNow() || name.name == "self") {
			return who, nil, fmt.Errorf("%w: without its table %s", ErrForeign, name.name)
		}
	}
	var replica []byte
	if err := db.QueryRowContext(ctx, "SELECT replica FROM self").Scan(&replica); err != nil {
		return who, nil, foreign(err)
	}
	if len(replica) != len(who) {
		return who, nil, fmt.Errorf("%w: a computer's name of %d bytes", ErrForeign, len(replica))
	}
	copy(who[:], replica)
	if format < 3 || format > FormatNow() { // nothing was signed, or nobody knows how
		return who, nil, nil
	}
	for _, order := range []string{"", " DESC"} {
		var hash, core, signature []byte
		err := db.QueryRowContext(ctx,
			"SELECT hash, core, signature FROM entry WHERE replica=? "+
				"ORDER BY incarnation"+order+", seq"+order+" LIMIT 1",
			replica).Scan(&hash, &core, &signature)
		if err != nil {
			continue // nothing is written yet, or a page is damaged, which Open or Check tell
		}
		if r, err := journal.Open(core, nil); err == nil && bytes.Equal(r.Hash[:], hash) { // else Check tells
			r.Signature = signature
			words = append(words, r)
		}
	}
	return who, words, nil
}

// foreign tells a file that is none of our databases from one that the disk does not give or that is damaged.
func foreign(err error) error {
	var e sqlite3.Error
	if errors.Is(err, sql.ErrNoRows) || errors.As(err, &e) && slices.Contains([]sqlite3.ErrNo{sqlite3.ErrNotADB,
		sqlite3.ErrError, sqlite3.ErrConstraint,
		sqlite3.ErrMismatch, sqlite3.ErrTooBig}, e.Code) {
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	return err
}

// Mixed says whether what lies beside a database as its log is another's: somebody put the file back by hand, and the
// log of the one before stayed. SQLite would write it into the file. With its own log a database is whole, and the same
// computer's. Beside a sealed database it would pass over another's log and write over it, so the log itself is asked.
func Mixed(ctx context.Context, path string, key sealed.Key) bool {
	if !logged(path) {
		return false
	}
	is, _, err := identify(ctx, path, key, alone)
	if err != nil {
		return false // by itself the file is nothing that one could go on with
	}
	own, unsealed := pages.Own(path, key)
	becomes, _, err := identify(ctx, path, key, withLog)
	if (own || unsealed != nil) && err == nil && becomes == is && sound(ctx, path, key, withLog) == nil {
		return false
	}
	return sound(ctx, path, key, alone) == nil
}

func sound(ctx context.Context, path string, key sealed.Key, how string) error {
	db := connect(path, key, how, 1)
	defer db.Close()
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil || said != "ok" {
		return fmt.Errorf("%w: %s %v", ErrDamaged, said, err)
	}
	return nil
}

// Unmix lays the logs beside a database aside, into a folder of their own in backups. Nobody may have the database
// open.
func Unmix(path, backups string) error {
	if !logged(path) {
		return nil
	}
	if err := os.MkdirAll(backups, 0o700); err != nil {
		return fmt.Errorf("log of another: %w", err)
	}
	aside, err := os.MkdirTemp(backups, "log-of-another-*")
	if err != nil {
		return fmt.Errorf("log of another: %w", err)
	}
	for _, suffix := range append([]string{"-shm"}, logs...) {
		if err := disk.Rename(path+suffix, filepath.Join(aside, filepath.Base(path)+suffix)); err != nil &&
			!errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("log of another: %w", err)
		}
	}
	return nil
}
