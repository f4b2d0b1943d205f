// Package suite is the two sets of algorithms by which computers know each other and keep a secret:
//
//	              age-ed25519 (the usual one)        sm2-sm3-sm4 (国密)
//	signature     Ed25519, RFC 8032                  SM2 with SM3, GB/T 32918.2, user id "1234567812345678", r‖s
//	encryption    age-encryption.org/v1, X25519      SM4-GCM, its key wrapped by SM2, GB/T 32918.4, C1‖C3‖C2
//	signing key   32 bytes                           65 bytes: 04‖x‖y
//	sign.key      PEM, PKCS#8                        PEM, PKCS#8
//	opening key   age.key: age's own text            sm2.key: PEM, PKCS#8
//
// A home chooses one when it is set up, and a county and all its stations use the same: nothing sealed or signed by one
// means anything to the other. The hashes that bind entries into chains, cards into certificates and ciphertexts to
// headers are SHA-256 in both, and so are fingerprints: they are part of the entries and papers themselves, which must
// stay what they are wherever they travel, and none of them keeps anything secret.
//
// # The ciphertext of sm2-sm3-sm4
//
//	"lianluo sm 1\n"
//	n             1 byte, how many recipients, from 1
//	n times       113 bytes: the 16 bytes of the SM4 key, encrypted by SM2 for one recipient: C1 (04‖x‖y, 65 bytes),
//	              C3 (SM3, 32 bytes), C2 (16 bytes); nothing says whose it is, a reader tries its keys on each
//	nonce         12 bytes
//	ciphertext    SM4-GCM of the whole, with its tag of 16 bytes at the end; the additional data is all that stands above
//	              the nonce, so that no recipient can be added, taken away or exchanged
//
// The key is random and used once. The whole is one piece because a bundle has at most 64 MiB and is read, and its hash
// verified, before any of it is decrypted: chunks would add an order that one could get wrong and save nothing.
package suite

import (
	"errors"
	"fmt"
	"io"

	"lianluo.local/data/journal"
)

// The names of the suites, as they stand in the headers of bundles.
const (
	Age = "age-ed25519"
	SM  = "sm2-sm3-sm4"
)

// Errors of this package. Test with errors.Is.
var (
	ErrUnknown = errors.New("unknown suite")
	ErrKey     = errors.New("key cannot be read")
	ErrMixed   = errors.New("keys of two suites")
	ErrNotOurs = errors.New("none of our keys opens it")
	ErrDamaged = errors.New("ciphertext is damaged")
)

// Suite is one set of algorithms.
type Suite interface {
	// Make draws two keys, for signing and for opening. The same randomness gives the same keys.
	Make(random io.Reader) (Secret, error)
	// Public gives the public halves. It fails with ErrKey where a text is no key of this suite.
	Public(own Secret) (Public, error)
	// Check fails with ErrKey where the public keys cannot be used.
	Check(p Public) error
	// Sign gives a signature of 64 bytes.
	Sign(own Secret, message []byte) ([]byte, error)
	Verify(key Key, message, signature []byte) bool
	// Encrypt seals to every recipient, each of whom can open it alone.
	Encrypt(plain []byte, to []Public) ([]byte, error)
	// Decrypt opens with whichever key fits. It fails with ErrNotOurs or ErrDamaged.
	Decrypt(cipher []byte, own []Secret) ([]byte, error)
	// File names the file of the opening key beside sign.key.
	File() string
}

// Named gives the suite of a name. It fails with ErrUnknown.
func Named(name string) (Suite, error) {
	switch name {
	case Age:
		return ageSuite{}, nil
	case SM:
		return smSuite{}, nil
	}
	return nil, fmt.Errorf("%w: %q", ErrUnknown, name)
}

// Key is the public key with which signatures are verified, in the bytes of its suite; base64 in JSON.
type Key []byte

// Equal says whether two keys are the same.
func (k Key) Equal(other Key) bool { return len(k) > 0 && string(k) == string(other) }

// Public is what others know of two keys. Which suite they belong to is told by the address, of which there is one.
type Public struct {
	Sign Key    `json:"sign"`
	Age  string `json:"age,omitempty"` // age1…
	SM2  Key    `json:"sm2,omitempty"` // 65 bytes: 04‖x‖y
}

// Suite names the suite of the keys, "" where it cannot be told.
func (p Public) Suite() string {
	switch {
	case p.Age != "" && p.SM2 == nil:
		return Age
	case p.Age == "" && p.SM2 != nil:
		return SM
	}
	return ""
}

// Check fails with ErrUnknown or ErrKey where the keys cannot be used.
func (p Public) Check() error {
	s, err := Named(p.Suite())
	if err != nil {
		return err
	}
	return s.Check(p)
}

// Equal says whether all of two publics is the same.
func (p Public) Equal(q Public) bool {
	return p.Sign.Equal(q.Sign) && p.Age == q.Age && string(p.SM2) == string(q.SM2)
}

// Secret is two private keys, as the texts of their files.
type Secret struct {
	Suite      string
	Sign, Open []byte
}

// String keeps the keys out of logs.
func (s Secret) String() string { return "secret keys of " + s.Suite }

// Signer is a key of somebody we know, and how far it holds.
type Signer struct {
	Suite string
	Key   Key
	Until journal.ID // last entry of the computer that the key may sign; zero for no end
}

// Holds says whether the key may sign an entry of its computer.
func (s Signer) Holds(id journal.ID) bool {
	u := s.Until
	return u == journal.ID{} || id.Incarnation < u.Incarnation || id.Incarnation == u.Incarnation && id.Seq <= u.Seq
}

// Beyond says whether the key holds further than to an entry of its computer.
func (s Signer) Beyond(id journal.ID) bool {
	id.Seq++
	return s.Holds(id)
}
