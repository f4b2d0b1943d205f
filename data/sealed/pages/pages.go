// Package pages lets SQLite keep a database whose every page is sealed.
//
// A sealed database is a head of 64 KiB and, behind it, the pages as SQLite lays them out, each of 4096 bytes:
//
//	head   16 bytes that say the suite, 16 by chance, 32 that only the key makes of those;
//	       then the length of what opens the key (Wraps), in four bytes, and that itself
//	page   4064 bytes of ciphertext, 16 of its tag, 12 of its nonce, which is drawn anew for each write, and four that
//	       nobody reads but in a write-ahead log
//
// The key of a file is derived from the data key and the 16 bytes by chance; a page is bound to its number. SQLite
// leaves the last 32 bytes of a page alone when byte 20 of a database says so, hence nothing lies elsewhere than it
// would otherwise, and what a power cut tears is mended as ever: by its logs. Pages in these are sealed likewise. In the
// write-ahead log the 16 bytes of salt and checksum in front of each page are enciphered, too, as a checksum tells
// something of a page that is known but for a phone number; what stays readable is which page was written when. A page
// that was changed by others than SQLite, or torn, is SQLITE_CORRUPT and never other data.
//
// A page in the write-ahead log is the page of the database, byte for byte, so that a checkpoint copies it and opens
// nothing; its last byte is 1 there. Logs of before have 0, and their pages are bound to the place in the log. Whoever can
// write into the files may put back what stood under the same number before, in the database as in a log; a seal does
// not tell time. Which page of a log is the one wanted, SQLite looks up in the index (below), which is not sealed, as
// long as somebody has the database open; when a log is read anew, its enciphered checksums, each over all before, say so.
//
// Random nonces may be used 2^32 times with one key (NIST SP 800-38D, 8.3): that is 16 TB written into one file.
//
// The index that programs share while they work with a log (-shm) holds numbers of pages and no content, and the last
// checksum of the log. It lives as long as somebody has the database open. SQLite makes it anew, where a program was
// killed, in memory that it has just been given and does not clear (walIndexRecover), so that what another page held
// would come to lie in it; hence all memory that SQLite is given is blank.
//
// SQLite is given the file system of this package (vfs.c) for sealed databases only; others are opened as ever. It has
// no temporary files: who opens a database says temp_store=MEMORY.
package pages

/*
int lianluo_blank(void);
int lianluo_register(void);
void lianluo_trim(void);
*/
import "C"

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	_ "github.com/mattn/go-sqlite3" // SQLite itself

	"lianluo.local/data/sealed"
)

// keys are those that SQLite may be told to use, by number: no key is written into the name of a database.
var keys struct {
	sync.Mutex
	last uint
	held map[uint]sealed.Key
}

func taken(slot uint) sealed.Key {
	keys.Lock()
	defer keys.Unlock()
	return keys.held[slot]
}

func init() {
	if rc := C.lianluo_blank(); rc != 0 {
		panic(fmt.Sprint("SQLite was used before: ", rc)) // by whoever opens a database while packages begin
	}
}

var register = sync.OnceFunc(func() {
	if rc := C.lianluo_register(); rc != 0 {
		panic(fmt.Sprint("SQLite has no file system: ", rc)) // it is built in
	}
})

// Ring holds a key that SQLite may use, until it is closed. The zero key opens what is not sealed.
type Ring struct {
	key  sealed.Key
	slot uint
}

// Take makes a key usable.
func Take(key sealed.Key) *Ring {
	r := &Ring{key: key}
	if key.Given() {
		register()
		keys.Lock()
		defer keys.Unlock()
		keys.last++
		if keys.held == nil {
			keys.held = map[uint]sealed.Key{}
		}
		r.slot, keys.held[keys.last] = keys.last, key
	}
	return r
}

// Close takes it away from SQLite; what is open stays open.
func (r *Ring) Close() error {
	keys.Lock()
	defer keys.Unlock()
	delete(keys.held, r.slot)
	return nil
}

// Name is what SQLite is to call the database at path, which it may not find yet or which is ":memory:", with options as in a
// query ("mode=ro"): an unsealed one as ever, whatever the key, else one that is sealed with the key. It fails with
// sealed.ErrKey where another one sealed it.
func (r *Ring) Name(path, options string) (string, error) {
	if path == ":memory:" { // which is no file, and on Windows no name of one
		return path + "?" + options, nil
	}
	name := "file:" + (&url.URL{Path: addressed(path)}).EscapedPath() + "?" + options
	b, err := first(path)
	if err == nil {
		err = fits(r.key, b)
	}
	if err == nil && r.key.Given() && (isSealed(b) || len(b) == 0) {
		name += fmt.Sprintf("&vfs=lianluo&seal=%d", r.slot)
	}
	return name, err
}

// addressed gives a path as SQLite takes it in an address. On Windows that is the whole one behind \\?\: no other may be longer than
// 260 characters there, with "-journal" behind it, and the server of a share has no place in an address.
func addressed(path string) string {
	if runtime.GOOS != "windows" {
		return path
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if share, ok := strings.CutPrefix(path, `\\`); ok && !strings.HasPrefix(share, `?\`) {
		path = `UNC\` + share
	}
	return `/\\?\` + strings.TrimPrefix(path, `\\?\`)
}

// first reads what begins a database, nothing of one that is not there.
func first(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, known)
	n, err := io.ReadFull(f, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}

// Open gives connections to the database at path, as Name calls it; they are made when they are wanted, and fail as it
// does.
func Open(d driver.Driver, path string, key sealed.Key, options string) *sql.DB {
	return sql.OpenDB(&connector{Take(key), d, path, options})
}

type connector struct {
	*Ring
	d             driver.Driver
	path, options string
}

func (c *connector) Driver() driver.Driver { return c.d }

func (c *connector) Connect(context.Context) (driver.Conn, error) {
	name, err := c.Name(c.path, c.options)
	if err != nil {
		return nil, err
	}
	return c.d.Open(name)
}

// Sealed says whether a file is a sealed database; one that is not there is none.
func Sealed(path string) (bool, error) {
	b, err := first(path)
	return isSealed(b), err
}

// Fits fails with sealed.ErrKey for a sealed database that the key does not open.
func Fits(path string, key sealed.Key) error {
	b, err := first(path)
	if err == nil {
		err = fits(key, b)
	}
	return err
}

// First gives the first hundred bytes of a database, sealed or not, by the file alone. It fails with sealed.ErrKey, with
// io.ErrUnexpectedEOF where it is too short, and with sealed.ErrNoSeal where the page that has them is damaged.
func First(path string, key sealed.Key) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, space+page)
	if _, err := io.ReadFull(f, b[:100]); err != nil {
		return nil, err
	}
	if !isSealed(b) {
		return b[:100], nil
	}
	book, err := unlock(key, b)
	if err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(f, b[100:]); err != nil {
		return nil, err
	}
	if !book.open(database, 0, b[space:]) {
		return nil, sealed.ErrNoSeal
	}
	return b[space : space+100], nil
}

// Own says whether the write-ahead log beside a sealed database is that database's: SQLite passes over another's as if
// it were not there, and writes its own over it.
func Own(path string, key sealed.Key) (bool, error) {
	b, err := first(path)
	if err != nil {
		return false, err
	}
	book, err := unlock(key, b)
	if err != nil {
		return false, err
	}
	f, err := os.Open(path + "-wal")
	if err != nil {
		return false, err
	}
	defer f.Close()
	log := make([]byte, logHead)
	if _, err := io.ReadFull(f, log); err != nil {
		return false, err
	}
	book.veil(0, log[logHead-veiled:], false)
	var order binary.ByteOrder = binary.LittleEndian // sqlite.org/fileformat2.html, 4.1 and 4.2
	if log[3]&1 == 1 {
		order = binary.BigEndian
	}
	var s0, s1 uint32
	for i := 0; i < 24; i += 8 {
		s0 += order.Uint32(log[i:]) + s1
		s1 += order.Uint32(log[i+4:]) + s0
	}
	return binary.BigEndian.Uint32(log[24:]) == s0 && binary.BigEndian.Uint32(log[28:]) == s1, nil
}

// Reserved is how many bytes of each page SQLite leaves alone in a sealed database.
const Reserved = 32

// MaxWraps is how many bytes Wrap has room for.
const MaxWraps = space - known - 4

// Wrap puts into the head of a sealed database what somebody elsewhere opens its key with, such as a password's
// wrapping of it (data/vault); this package does not look into it. Nobody may have the database open.
func Wrap(path string, wraps []byte) error {
	if len(wraps) > MaxWraps {
		return fmt.Errorf("head of %s: %d bytes, there is room for %d", filepath.Base(path), len(wraps), MaxWraps)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(append(binary.BigEndian.AppendUint32(nil, uint32(len(wraps))), wraps...), known)
	return errors.Join(err, f.Sync(), f.Close())
}

// Wraps gives what Wrap put there, nil where it put nothing. It needs no key, and tells whatever somebody wrote there:
// at most MaxWraps bytes. It fails with sealed.ErrNoSeal where the file is no sealed database.
func Wraps(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, space)
	n, err := io.ReadFull(f, b)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !isSealed(b[:n]) {
		return nil, sealed.ErrNoSeal
	}
	long := int(min(binary.BigEndian.Uint32(b[known:]), MaxWraps))
	return b[known+4 : known+4+long : known+4+long], nil
}

// Shrink gives back to the system what the connections of a database have at hand for the next question, of which up to idle
// may wait: their pages, and the ones that wait close.
func Shrink(ctx context.Context, db *sql.DB, idle int) error {
	db.SetMaxIdleConns(1)
	_, err := db.ExecContext(ctx, "PRAGMA shrink_memory")
	db.SetMaxIdleConns(idle)
	C.lianluo_trim() // which the C library keeps else
	return err
}
