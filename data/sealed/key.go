// Package sealed makes what a home keeps unreadable without its data key.
//
// A home has one data key of 32 random bytes; whoever may work there holds it wrapped (data/vault). Nothing is sealed
// with it itself: each use has a key of its own, derived from it by HKDF (RFC 5869) under the name of the use, so that
// what was sealed for one place opens in no other.
//
//	suite             sealing                     hash of HKDF
//	age-ed25519       AES-256-GCM                 SHA-256
//	sm2-sm3-sm4       SM4-GCM, GB/T 36624         SM3, GB/T 32905
//
// A sealed file is a line that says what it is, 12 random bytes, and the ciphertext with its tag of 16 bytes; its name
// is bound into it.
package sealed

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"

	"lianluo.local/data/suite"
)

// Size is how many bytes a key has, of whatever suite.
const Size = 32

// Errors of this package. Test with errors.Is.
var (
	ErrKey     = errors.New("not the key of what is sealed")
	ErrNoSeal  = errors.New("not sealed")
	errSuite   = errors.New("suite seals nothing")
	errTooLong = errors.New("key has another length")
)

const magic = "lianluo sealed 1\n"

// Key is a data key, or one derived from it. The zero value is none.
type Key struct {
	suite string
	raw   *[Size]byte
}

// New draws the data key of a home.
func New(suite string, random io.Reader) (Key, error) {
	var raw [Size]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return Key{}, fmt.Errorf("data key: %w", err)
	}
	return Read(suite, raw[:])
}

// Read makes a key of its bytes, Size of them, which it copies.
func Read(name string, raw []byte) (Key, error) {
	if name != suite.Age && name != suite.SM {
		return Key{}, fmt.Errorf("%w: %q", errSuite, name)
	}
	if len(raw) != Size {
		return Key{}, errTooLong
	}
	quiet()
	return Key{name, (*[Size]byte)(bytes.Clone(raw))}, nil
}

// quiet keeps a program that has a key from leaving an image of its memory on the disk.
var quiet = sync.OnceFunc(nocores)

// Given says whether it is a key at all.
func (k Key) Given() bool { return k.raw != nil }

// Suite names the algorithms that it belongs to.
func (k Key) Suite() string { return k.suite }

// Bytes are the key itself, for who wraps it.
func (k Key) Bytes() []byte { return k.raw[:] }

// String keeps a key out of logs.
func (Key) String() string { return "a key" }

// GoString keeps it out of panics.
func (Key) GoString() string { return "a key" }

// For derives the key of one use: "database", "papers" …
func (k Key) For(use string) Key {
	var b []byte
	var err error
	if k.suite == suite.SM {
		b, err = hkdf.Key(sm3.New, k.raw[:], nil, "lianluo "+use, Size)
	} else {
		b, err = hkdf.Key(sha256.New, k.raw[:], nil, "lianluo "+use, Size)
	}
	if err != nil {
		panic(err) // of lengths alone, which are given here
	}
	return Key{k.suite, (*[Size]byte)(b)}
}

// Block is the block cipher of its suite: blocks of 16 bytes. SM4 takes the first 16 bytes of the key.
func (k Key) Block() cipher.Block {
	block, err := aes.NewCipher(k.raw[:])
	if k.suite == suite.SM {
		block, err = sm4.NewCipher(k.raw[:sm4.BlockSize])
	}
	if err != nil {
		panic(err)
	}
	return block
}

// AEAD is its cipher: nonces of 12 bytes, tags of 16.
func (k Key) AEAD() cipher.AEAD {
	a, err := cipher.NewGCM(k.Block())
	if err != nil {
		panic(err)
	}
	return a
}

// Is says whether bytes are a sealed file, or begin like one.
func Is(b []byte) bool { return bytes.HasPrefix(b, []byte(magic)) }

// Seal makes a sealed file of a plain one; name is what it is called and has to be said again by who opens it.
func (k Key) Seal(name string, plain []byte) []byte {
	a := k.AEAD()
	b := make([]byte, len(magic)+a.NonceSize(), len(magic)+a.NonceSize()+len(plain)+a.Overhead())
	copy(b, magic)
	nonce := b[len(magic):]
	if _, err := rand.Read(nonce); err != nil {
		panic(err) // crypto/rand does not fail
	}
	return a.Seal(b, nonce, plain, []byte(magic+name))
}

// Open gives what was sealed. It fails with ErrNoSeal where nothing is sealed, and with ErrKey where this key did not
// seal it under that name, or a byte has changed.
func (k Key) Open(name string, b []byte) ([]byte, error) {
	if !Is(b) {
		return nil, ErrNoSeal
	}
	a := k.AEAD()
	b = b[len(magic):]
	if len(b) < a.NonceSize()+a.Overhead() {
		return nil, ErrKey
	}
	plain, err := a.Open(nil, b[:a.NonceSize()], b[a.NonceSize():], []byte(magic+name))
	if err != nil {
		return nil, ErrKey
	}
	return plain, nil
}
