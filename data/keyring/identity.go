// Package keyring is who a computer is, and how another comes to believe it.
//
// A computer owns two keys, made once when its home is set up. With the Ed25519 key it signs what it sends; with the
// X25519 key it opens what is sent to it. They lie in HOME/keys, in formats that outlive this program: sign.key is a
// PKCS#8 PEM that openssl reads, age.key is age's own text, so that
//
//	age -d -i HOME/keys/age.key
//
// opens whatever was sealed for this computer. The secret halves never leave that folder.
//
// Nothing here needs a network. A station writes a Request: its Card (who and where it is, with its public keys),
// signed by the key on it, which proves that the asker holds the key and nothing else. A person at the county then
// compares the Fingerprint, ten digits, with the station over the telephone; that call is the trust. The county answers
// with a Certificate: its own card and the hash of the card that it accepted. The station compares the county's ten
// digits in the same call. From then on each knows the other's key, and bundles can be verified.
//
// Both papers are JSON that a person can read, in one envelope:
//
//	{"lianluo": "request 1", "content": {…}, "signature": "base64"}
//
// The signature is Ed25519 over "lianluo request 1\n" (or "lianluo certificate 1\n") and the content without white
// space between its parts, so that a request signed is never a certificate signed, and re-indenting harms nothing.
package keyring

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// Errors of this package. Test with errors.Is.
var (
	ErrNone     = errors.New("this home has no keys")
	ErrExists   = errors.New("this home has keys already")
	ErrDamaged  = errors.New("keys or paper cannot be read")
	ErrForged   = errors.New("signature does not belong to what it signs")
	ErrStranger = errors.New("certificate is for another computer")
	ErrNewer    = errors.New("paper was written by a newer program")
	ErrTooLarge = errors.New("paper is too large")
)

// Identity is the two keys of this computer.
type Identity struct {
	Sign ed25519.PrivateKey
	Age  *age.X25519Identity
}

// Create makes the keys of a home from 64 bytes of random and writes them to HOME/keys (folder 0700, files 0600). The
// folder appears whole or not at all. It fails with ErrExists rather than replace a key: what was sealed for it would be
// lost.
func Create(home string, random io.Reader) (Identity, error) {
	var seed [64]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	sign := ed25519.NewKeyFromSeed(seed[:32])
	der, err := x509.MarshalPKCS8PrivateKey(sign)
	if err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	x, err := age.ParseX25519Identity(bech32("AGE-SECRET-KEY-", seed[32:]))
	if err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}

	dir := filepath.Join(home, "keys")
	part := dir + ".part"
	if _, err := os.Lstat(dir); err == nil {
		return Identity{}, fmt.Errorf("%s: %w", dir, ErrExists)
	}
	defer os.RemoveAll(part)
	err = errors.Join(os.RemoveAll(part), os.Mkdir(part, 0o700),
		write(filepath.Join(part, "sign.key"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		write(filepath.Join(part, "age.key"), fmt.Appendf(nil, "# public key: %s\n%s\n", x.Recipient(), x)))
	if err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	syncDir(part)
	if err := os.Rename(part, dir); err != nil {
		return Identity{}, fmt.Errorf("keys: %w", err)
	}
	syncDir(home)
	return Identity{sign, x}, nil
}

// Load reads the keys of a home. It fails with ErrNone or ErrDamaged.
func Load(home string) (Identity, error) {
	text, err1 := os.ReadFile(filepath.Join(home, "keys", "sign.key"))
	own, err2 := os.ReadFile(filepath.Join(home, "keys", "age.key"))
	if errors.Is(err1, fs.ErrNotExist) && errors.Is(err2, fs.ErrNotExist) {
		return Identity{}, ErrNone
	}
	if err := errors.Join(err1, err2); err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var id Identity
	if block, _ := pem.Decode(text); block != nil {
		key, _ := x509.ParsePKCS8PrivateKey(block.Bytes)
		id.Sign, _ = key.(ed25519.PrivateKey)
	}
	if keys, _ := age.ParseIdentities(bytes.NewReader(own)); len(keys) == 1 {
		id.Age, _ = keys[0].(*age.X25519Identity)
	}
	if id.Sign == nil || id.Age == nil {
		return Identity{}, fmt.Errorf("%w: %s", ErrDamaged, filepath.Join(home, "keys"))
	}
	return id, nil
}

// Public is the key with which others verify what this computer signs.
func (id Identity) Public() ed25519.PublicKey { return id.Sign.Public().(ed25519.PublicKey) }

// Recipient is the address, age1…, to which others seal what only this computer opens.
func (id Identity) Recipient() string { return id.Age.Recipient().String() }

func write(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncDir makes a rename last; where a system cannot (Windows), the rename is as good as it gets.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
