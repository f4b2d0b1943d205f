package vault

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// ErrNone says that a home has no vault: it is not protected.
var ErrNone = errors.New("home is not protected")

// Load reads the vault of a home. It fails with ErrNone, ErrDamaged or ErrNewer.
func Load(h home.Home) (*Vault, error) {
	info, err := os.Stat(h.Vault())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err == nil && info.Size() > MaxSize {
		return nil, fmt.Errorf("%w: %d bytes", ErrDamaged, info.Size())
	}
	b, err := disk.ReadFile(h.Vault())
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return Parse(b)
}

// Change changes the vault of a home, one program after the other; where do fails nothing is written.
func Change(h home.Home, do func(*Vault) error) error {
	l := flock.New(h.Vault() + ".lock")
	if err := l.Lock(); err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	defer func() { _ = l.Unlock() }()
	v, err := Load(h)
	if err == nil {
		err = do(v)
	}
	if err != nil {
		return err
	}
	return home.WriteWhole(h.Vault(), v.Bytes(), 0o600)
}

// halves are the files of the halves that stay in a home (AddAbove), for one slot each.
func halves(h home.Home) (files []string) {
	files, _ = filepath.Glob(h.Vault() + ".half-*")
	return files
}

func (v *Vault) half(h home.Home) string {
	i := slices.IndexFunc(v.slots, func(s slot) bool { return s.Kind == Above })
	if i < 0 {
		return ""
	}
	sum := sha256.Sum256(v.slots[i].To.Sign)
	return fmt.Sprintf("%s.half-%x", h.Vault(), sum[:8])
}

// Half gives the half that stays in a home. It fails with ErrNoHelp.
func (v *Vault) Half(h home.Home) ([]byte, error) {
	b, err := disk.ReadFile(v.half(h))
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrNoHelp, err)
	}
	return b, err
}

// Trust lets the computers of an office above help in a home, in place of those that could (AddAbove).
func Trust(h home.Home, key sealed.Key, by Holder, office []suite.Public, random io.Reader) error {
	old := halves(h)
	err := Change(h, func(v *Vault) error {
		half, err := v.AddAbove(key, by, office, random)
		if err != nil {
			return err
		}
		return home.WriteWhole(v.half(h), half, 0o600)
	})
	for _, file := range old {
		if err == nil {
			err = disk.Remove(file)
		}
	}
	return err
}

// Tries counts the wrong passwords of a home.
func Tries(h home.Home) Waits { return Waits{File: h.Vault() + ".tries", Ran: ran} }
