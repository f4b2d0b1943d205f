// Package store is the SQLite file of one computer: the journal, what the journal adds up to, and the streams in which
// it goes to others. Its lists are looked at by data/view; whom we exchange with is kept by data/peer, whose tables
// this package asks only where an entry is let in (claims), passed on (back, Renewed), named anew (rename) or checked
// (streams), and sets back where a new life begins (reborn).
//
// The journal is the truth; matters are a projection that check compares and Rebuild makes again. One verb is one
// transaction: a number, an entry, its projection and its place in the streams are kept together or not at all.
//
// What comes from others is let in at one door, which decides by the entries of a thing which of them count; who may
// have the private part of one is decided in one function, for what is sent and for what comes.
//
// There is one writer connection, which begins every transaction immediately, and a few read-only ones. The file is in
// WAL mode with synchronous=FULL: what was acknowledged survives a power cut. It never lies in an exchanged folder.
//
// It has more than eight files because they share one thing, the entries of a thing in a transaction (kept, whole,
// tails). They are the file (store, whose, shape, transcribe, inherit), what is written (record, life, clock, draft),
// what comes (arrive, door, circle), what entries add up to (fold, kind), where they go (way, stream, privy,
// renewed), kinds of the store's own (rules, keepsake, absent), and what is asked (ask, check, report).
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"

	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/thing"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options are what a database is opened with.
type Options struct {
	Path, Backups string       // its file, and where copies go that are made before its format changes
	Kinds         []thing.Kind // those that the program knows
	Random        io.Reader    // gives the replica its name and entries their salt; nil: the system's

	// Key seals the database and every copy of it; the zero key leaves both as anybody can read them. A database that
	// is not sealed is not opened with a key (ErrPlain), nor a sealed one without its own (sealed.ErrKey).
	Key sealed.Key
	// Wraps gives what a copy opens with where this home is not (pages.Wrap), such as the key wrapped by passwords; nil
	// gives nothing. It is asked for each copy.
	Wraps func() ([]byte, error)

	// Sign gives this computer's signature of a message, for the entries that it writes; nil signs none.
	Sign func(message []byte) ([]byte, error)
	// Sheet gives the recovery sheet of this home, nil where there is none; nil knows of none.
	Sheet func() (*Sheet, error)
	// Unit is the one whose computer this is, and Earliest and Latest are the days between which the program can be in
	// use: what a clock is held against (Doubt). Empty ones ask nothing.
	Unit             string
	Earliest, Latest time.Time
}

// Store is an open database. It may be used by several at once.
type Store struct {
	Options
	write, read *sql.DB
	kinds       kinds
	life        atomic.Pointer[life]

	Witness // who tells what the store does not know by itself; of Check

	beside, machine string // where the note of this life lies, on which computer
}

// life is which one this computer lives: its replica and present incarnation (the Seq is zero), and the letters of
// earlier ones.
type life struct {
	self    journal.ID
	letters string
}

// turn changes it; only whoever writes does.
func (s *Store) turn(change func(*life)) {
	now := *s.life.Load()
	change(&now)
	s.life.Store(&now)
}

// What can be wrong with a database or a request. Test with errors.Is.
var (
	ErrNewer    = errors.New("database was written by a newer program")
	ErrSince    = errors.New("a newer program has the database by now")
	ErrForeign  = errors.New("file is not a database of this program")
	ErrNotFound = errors.New("nothing by that name")
	ErrTaken    = errors.New("label was given before")
	ErrPlain    = errors.New("database is not sealed, and there is a key")
)

// What a disk can do to a database; Fault tells which.
var (
	ErrFull    = errors.New("no room on the disk")
	ErrDisk    = errors.New("the disk cannot be read or written")
	ErrDamaged = errors.New("database is damaged")
	ErrBusy    = errors.New("another program keeps the database busy")
)

// Fault gives the one of those that an error comes from, nil for none.
func Fault(err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return nil
	}
	if e.Code == sqlite3.ErrIoErr && (e.SystemErrno == syscall.ENOSPC || e.ExtendedCode == sqlite3.ErrIoErrSHMSize) {
		return ErrFull // the file beside the database, which all who have it open share, finds no room
	}
	return map[sqlite3.ErrNo]error{sqlite3.ErrFull: ErrFull, sqlite3.ErrIoErr: ErrDisk, sqlite3.ErrCantOpen: ErrDisk,
		sqlite3.ErrReadonly: fs.ErrPermission,
		sqlite3.ErrCorrupt:  ErrDamaged, sqlite3.ErrBusy: ErrBusy}[e.Code]
}

const applicationID = 0x4C53544E

// headed says whether bytes are a database that this package wrote, by its first hundred.
func headed(b []byte) bool {
	// sqlite.org/fileformat2.html, 1.3.16
	return len(b) >= 100 && string(b[:16]) == "SQLite format 3\x00" && binary.BigEndian.Uint32(b[68:]) == applicationID
}

var driver = &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
	// Temporary files would lie outside the home, and each delivery, which may be taken back alone, writes what it
	// changes into one.
	_, err := c.Exec(
		"PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA journal_size_limit=67108864;"+
			" PRAGMA wal_autocheckpoint=10000; PRAGMA temp_store=MEMORY", nil)
	return err
}}

func init() { sql.Register("lianluo", driver) }

// connect gives n connections to a database, which is sealed with the key or not at all.
func connect(path string, key sealed.Key, options string, n int) *sql.DB {
	db := pages.Open(driver, path, key, "_sync=FULL&_fk=1&_busy_timeout=10000&_stmt_cache_size=64&"+options)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// Open opens a computer's database. It fails with fs.ErrNotExist where there is none and with ErrForeign where
// something else lies there; then nothing is written. Migrations run forward only, all in one transaction after a copy
// of the database was put into backups; the lists of kinds are made anew where another version of a kind made them.
func Open(ctx context.Context, o Options) (*Store, error) {
	if _, _, err := Whose(ctx, o.Path, o.Key); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return begin(ctx, o)
}

// begin opens a database of ours, or the empty file that becomes one.
func begin(ctx context.Context, o Options) (s *Store, err error) {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	s = &Store{Options: o, kinds: register(o.Kinds)}
	s.life.Store(&life{})
	defer func() {
		if err != nil {
			s.Close()
			s, err = nil, fmt.Errorf("open database: %w", err)
		}
	}()
	if info, err := os.Stat(o.Path); err == nil && info.Size() > 0 && o.Key.Given() {
		if is, err := pages.Sealed(o.Path); err != nil || !is {
			return s, errors.Join(err, ErrPlain)
		}
	}
	kept := "-8192"    // the system keeps the file
	if o.Key.Given() { // a page that is read again is opened again
		kept = "-65536"
	}
	s.write = connect(o.Path, o.Key, "_journal_mode=WAL&_txlock=immediate&_secure_delete=FAST&_cache_size="+kept, 1)
	if err = s.migrate(ctx, o.Backups); err != nil {
		return s, err
	}
	s.read = connect(o.Path, o.Key, "mode=ro&_query_only=1&_cache_size="+kept, asking)
	return s, s.know(ctx)
}

// asking is how many questions are answered at a time.
const asking = 4

// Rest gives back the memory that holds pages of the database for the next question, of which a seal keeps up to 320 MB at hand.
func (s *Store) Rest(ctx context.Context) error {
	return errors.Join(pages.Shrink(ctx, s.read, asking), pages.Shrink(ctx, s.write, 1))
}

// Close closes the database; a nil or half-open store is fine.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Self names this computer: its replica and present incarnation (the Seq is zero).
func (s *Store) Self() journal.ID { return s.life.Load().self }

// replica is its name.
func (s *Store) replica() []byte { self := s.Self(); return self.Replica[:] }

// Tidy writes the log back into the database behind the saves, so that none of them has to; on an old disk it takes
// long.
func (s *Store) Tidy(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
	return err
}

func (s *Store) migrate(ctx context.Context, backups string) error {
	var have int
	if err := s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > FormatNow() {
		return fmt.Errorf("%w: format %d, this program knows %d", ErrNewer, have, FormatNow())
	}
	if have > 0 && have < FormatNow() {
		if err := s.Backup(ctx, free(filepath.Join(backups, fmt.Sprintf("before-format-%d", have+1)))); err != nil {
			return err
		}
	}
	if have == FormatNow() && s.listed(ctx) {
		return nil
	}
	return s.Transact(ctx, func(tx *sql.Tx) error {
		if err := step(tx, have, FormatNow()); err != nil {
			return err
		}
		return s.list(tx)
	})
}

// free is a name for a database that nobody has yet.
func free(name string) string {
	for n := 1; ; n++ {
		file := name + ".db"
		if n > 1 {
			file = fmt.Sprintf("%s-%d.db", name, n)
		}
		if _, err := os.Lstat(file); err != nil {
			return file
		}
	}
}

// know reads who this computer is, or lets it be born.
func (s *Store) know(ctx context.Context) error {
	self, err := who(s.read)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.Transact(ctx, func(tx *sql.Tx) (err error) {
			if self, err = who(tx); !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if _, err := io.ReadFull(s.Random, self.Replica[:]); err != nil {
				return err
			}
			self.Incarnation = 1
			_, err = tx.Exec("INSERT INTO self VALUES (1, ?, 1)", self.Replica[:])
			return err
		})
	}
	s.turn(func(l *life) { l.self = self })
	return err
}

func who(q querier) (self journal.ID, err error) {
	var replica []byte
	err = q.QueryRow("SELECT replica, incarnation FROM self").Scan(&replica, &self.Incarnation)
	copy(self.Replica[:], replica)
	return self, err
}

// Transact runs do in one immediate transaction. A life that began in it ends with it where it fails, and is noted
// where not. It fails with ErrSince where the program was updated while this one stayed open, and a newer one changed the format.
func (s *Store) Transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	was := s.life.Load()
	if err = outgrown(tx); err == nil {
		err = do(tx)
	}
	if err != nil {
		err = errors.Join(err, tx.Rollback())
	} else {
		err = tx.Commit()
	}
	if err != nil {
		s.life.Store(was)
	} else if s.life.Load() != was {
		if seq, _, err := s.head(s.read); err == nil {
			s.noted(seq)
		}
	}
	return err
}

// Attempt runs do within a transaction, so that nothing of it stays where it fails (why); err is the disk's fault.
func (s *Store) Attempt(tx *sql.Tx, do func() error) (why, err error) {
	was := s.life.Load()
	if _, err := tx.Exec("SAVEPOINT delivery"); err != nil {
		return nil, err
	}
	if why = do(); why != nil {
		s.life.Store(was)
		if _, err := tx.Exec("ROLLBACK TO delivery"); err != nil {
			return why, errors.Join(why, err)
		}
	}
	_, err = tx.Exec("RELEASE delivery")
	return why, err
}

// Backup writes a copy of the database to a new file (SQLite's online backup) and verifies the copy by opening it. It is
// sealed with the same key, and has with it what it opens with elsewhere.
func (s *Store) Backup(ctx context.Context, file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("backup: %w", fs.ErrExist)
	}
	part := file + ".part"
	defer disk.Remove(part)
	_ = disk.Remove(part)
	if err := vacuum(ctx, s.write, s.Key, part); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if s.Key.Given() && s.Wraps != nil {
		wraps, err := s.Wraps()
		if err == nil {
			err = pages.Wrap(part, wraps)
		}
		if err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	return disk.Rename(part, file)
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// vacuum writes a copy of a database, sealed with a key, and verifies it.
func vacuum(ctx context.Context, db execer, key sealed.Key, to string) error {
	ring := pages.Take(key)
	defer ring.Close()
	name, err := ring.Name(to, "")
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", name); err != nil {
		return err
	}
	made := connect(to, key, "mode=ro", 1)
	defer made.Close()
	var said string
	if err := made.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said); err != nil || said != "ok" {
		return fmt.Errorf("copy is damaged: %s %w", said, err)
	}
	return errors.Join(made.Close(), os.Chmod(to, 0o600), flush(to))
}

func flush(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Stamp is how a moment is written in the database.
const Stamp = "2006-01-02T15:04:05Z"

// When writes one.
func When(t time.Time) string { return t.UTC().Format(Stamp) }
