package pages

/*
#include <stdint.h>
*/
import "C"

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"runtime/cgo"
	"unsafe"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// Where things lie; vfs.c has the same.
const (
	page     = 4096
	reserved = Reserved     // of a page, which SQLite leaves alone: tag, nonce, and four more
	space    = 64 << 10     // of the head
	known    = 64           // of it, what the file's key is known by
	logHead  = 32           // of a write-ahead log
	veiled   = 16           // of it, and of that of each of its pages
	database = C.int(0x100) // kinds of files, as SQLite's flags call them
)

// magic begins a sealed database, and says of which suite.
var magic = map[string]string{suite.Age: "lianluo pages a\n", suite.SM: "lianluo pages s\n"}

// book is what opens and seals the pages of one database and its logs, with a key of its own. One connection has it,
// and SQLite lets one at a time work with that.
type book struct {
	pages  gcm
	heads  cipher.Block // of the checksums in the write-ahead log, which tell something of pages
	at     [16]byte
	nonce  [12]byte
	zeroes [reserved]byte
}

func bind(key sealed.Key, id []byte) *book {
	own := key.For("database " + hex.EncodeToString(id))
	return &book{pages: newGCM(own), heads: own.For("heads").Block()}
}

// where is what a page is bound to: the kind of file that it is of, and its place there.
func (b *book) where(kind C.int, at int64) []byte {
	binary.BigEndian.PutUint64(b.at[:], uint64(kind))
	binary.BigEndian.PutUint64(b.at[8:], uint64(at))
	return b.at[:]
}

// seal makes a sealed page of a plain one; what SQLite left alone of it is 0, as open gives it: checksums in logs are
// over all of a page.
func (b *book) seal(kind C.int, at int64, plain, to []byte) bool {
	if !bytes.Equal(plain[page-reserved:], b.zeroes[:]) {
		return false
	}
	if _, err := rand.Read(b.nonce[:]); err != nil {
		return false
	}
	b.pages.seal(to, b.nonce[:], plain, b.where(kind, at))
	copy(to[page-reserved+16:], b.nonce[:])
	clear(to[page-4:])
	return true
}

// open makes a page plain; one that it cannot is lost. One of zeroes alone is what a disk gives where SQLite wrote
// nothing: pages that are free.
func (b *book) open(kind C.int, at int64, p []byte) bool {
	copy(b.nonce[:], p[page-reserved+16:])
	if b.nonce == [12]byte{} && len(bytes.Trim(p, "\x00")) == 0 {
		return true
	}
	if !b.pages.open(p, b.nonce[:], b.where(kind, at)) {
		return false
	}
	clear(p[page-reserved:])
	return true
}

// veil hides the 16 bytes of a head that tell salt and checksum, or shows them again. They are one block, and its place
// goes into it (XEX, Rogaway 2004), so the same bytes look the same in the same place alone.
func (b *book) veil(at int64, p []byte, hide bool) {
	tweak := b.where(0, at)
	b.heads.Encrypt(tweak, tweak)
	for i := range veiled {
		p[i] ^= tweak[i]
	}
	if hide {
		b.heads.Encrypt(p, p)
	} else {
		b.heads.Decrypt(p, p)
	}
	for i := range veiled {
		p[i] ^= tweak[i]
	}
}

// head makes the first bytes of a new sealed database: of which suite it is, a name by chance, and what only its key
// makes of those.
func head(key sealed.Key) []byte {
	b := append([]byte(magic[key.Suite()]), make([]byte, 16)...)
	_, _ = rand.Read(b[16:])
	return append(b, proof(key, b)...)
}

func proof(key sealed.Key, b []byte) []byte {
	a := key.For("database " + hex.EncodeToString(b[16:32])).For("head").AEAD()
	return a.Seal(nil, make([]byte, a.NonceSize()), make([]byte, 16), b[:32]) // one message by this key ever
}

// unlock reads the first bytes of a sealed database. It fails as fits does, and with sealed.ErrNoSeal.
func unlock(key sealed.Key, b []byte) (*book, error) {
	if !isSealed(b) {
		return nil, sealed.ErrNoSeal
	}
	if err := fits(key, b); err != nil {
		return nil, err
	}
	return bind(key, b[16:32]), nil
}

// fits fails with sealed.ErrKey where a database that begins so is sealed, and not with the key.
func fits(key sealed.Key, b []byte) error {
	if isSealed(b) && (!key.Given() || string(b[:16]) != magic[key.Suite()] || !bytes.Equal(b[32:known], proof(key, b))) {
		return sealed.ErrKey
	}
	return nil
}

func isSealed(b []byte) bool {
	return len(b) >= known && (string(b[:16]) == magic[suite.Age] || string(b[:16]) == magic[suite.SM])
}

func slice(p unsafe.Pointer, n int) []byte { return unsafe.Slice((*byte)(p), n) }

func whole(h C.uintptr_t) *book { return cgo.Handle(h).Value().(*book) }

//export lianluoKnow
func lianluoKnow(slot C.uint, first unsafe.Pointer, fresh C.int) C.uintptr_t {
	key, b := taken(uint(slot)), slice(first, known)
	if fresh != 0 && key.Given() {
		copy(b, head(key))
	}
	book, err := unlock(key, b)
	if err != nil {
		return 0
	}
	return C.uintptr_t(cgo.NewHandle(book))
}

//export lianluoForget
func lianluoForget(h C.uintptr_t) { cgo.Handle(h).Delete() }

//export lianluoSeal
func lianluoSeal(h C.uintptr_t, kind C.int, at C.longlong, plain, to unsafe.Pointer) C.int {
	return said(whole(h).seal(kind, int64(at), slice(plain, page), slice(to, page)))
}

//export lianluoOpen
func lianluoOpen(h C.uintptr_t, kind C.int, at C.longlong, p unsafe.Pointer) C.int {
	return said(whole(h).open(kind, int64(at), slice(p, page)))
}

//export lianluoVeil
func lianluoVeil(h C.uintptr_t, at C.longlong, p unsafe.Pointer, hide C.int) {
	whole(h).veil(int64(at), slice(p, veiled), hide != 0)
}

// lianluoEmpty gives the beginning of an empty database as SQLite would find it, were its pages to have our reserve:
// sqlite.org/fileformat2.html, 1.3.2 and 1.3.4.
//
//export lianluoEmpty
func lianluoEmpty(p unsafe.Pointer) {
	b := slice(p, 100)
	binary.BigEndian.PutUint16(b[16:], page)
	b[20] = reserved
}

func said(yes bool) C.int {
	if yes {
		return 1
	}
	return 0
}
