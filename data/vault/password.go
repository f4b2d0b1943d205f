package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"lianluo.local/data/sealed"
	"lianluo.local/data/spelling"
	"lianluo.local/data/suite"
)

// Stretch is what one try of a password costs.
type Stretch struct {
	Time   uint32 `json:"time,omitempty"`   // passes
	Memory uint32 `json:"memory,omitempty"` // KiB
}

// Usual takes about half a second on an office computer of 2012; RFC 9106 names it for where memory is short.
var Usual = Stretch{3, 64 << 10}

// stretches are the different ones in use.
func (v *Vault) stretches() (list []Stretch) {
	for _, s := range v.slots {
		if s.Kind == Password && !slices.Contains(list, s.Stretch) {
			list = append(list, s.Stretch)
		}
	}
	return list
}

// stretch gives the keys that stand behind a name and a password. A name counts however it is spelled, and a password
// in whatever width it was typed.
func (v *Vault) stretch(name, password string, s Stretch) (suite.Secret, error) {
	return pair(v.suite, s.seed(spelled(name, password), v.mark()), Password)
}

// seed stretches what somebody typed. The memory that it takes goes back to the system at once: a window stays open.
func (s Stretch) seed(typed, salt []byte) []byte {
	defer debug.FreeOSMemory()
	return argon2.IDKey(typed, salt, s.Time, s.Memory, 1, sealed.Size)
}

// spelled is what is stretched.
func spelled(name, password string) []byte {
	name = strings.ToLower(spelling.Name(name))
	b := binary.BigEndian.AppendUint32(nil, uint32(len(name)))
	return append(append(b, name...), norm.NFKC.String(password)...)
}

// pair gives the keys that stand behind a seed.
func pair(name string, seed []byte, use string) (suite.Secret, error) {
	kind, err := suite.Named(name)
	if err != nil {
		return suite.Secret{}, err
	}
	stream, err := hkdf.Key(sha256.New, seed, nil, "lianluo vault 1 "+use+" "+name, 1024)
	if err != nil {
		return suite.Secret{}, err
	}
	return kind.Make(bytes.NewReader(stream))
}

// Signs says whether somebody signs in by a name, however it is spelled.
func (h Holder) Signs(name string) bool {
	return strings.EqualFold(spelling.Name(h.Name), spelling.Name(name))
}

// AddPassword lets a person in by his name and password, in place of the password that he had. It fails with ErrTaken
// where somebody else has both the same.
func (v *Vault) AddPassword(key sealed.Key, h Holder, password string, s Stretch) error {
	own, err := v.stretch(h.Name, password, s)
	if err != nil {
		return fmt.Errorf("vault: password: %w", err)
	}
	if h.To, err = public(own); err != nil {
		return fmt.Errorf("vault: password: %w", err)
	}
	h.Kind = Password
	held := slices.Clone(v.slots)
	v.Remove(key, func(o Holder) bool { return o.Kind == Password && o.User == h.User })
	if err := v.add(key, h, slot{Kind: Password, Stretch: s, To: h.To}); err != nil {
		v.slots = held
		return err
	}
	return nil
}

// Rename has a person called otherwise. He signs in by his old name until he is given a password by the new one
// (AddPassword): it is stretched with the name, and nobody but he knows it.
func (v *Vault) Rename(key sealed.Key, user, name string) error {
	for i, s := range v.slots {
		if h, ok := v.holder(key, s); ok && h.Kind == Password && h.User == user && !h.Signs(name) {
			h.Name = name
			if err := v.slots[i].belong(key, v.id, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// ByPassword opens the vault. A holder who bears another name was renamed (Rename). It fails with ErrWrong, and tells not
// whether it is the name or the password.
func (v *Vault) ByPassword(name, password string) (sealed.Key, Holder, error) {
	for _, s := range v.stretches() {
		own, err := v.stretch(name, password, s)
		if err != nil {
			return sealed.Key{}, Holder{}, ErrWrong
		}
		if key, h, err := v.Open(own); err == nil && h.Kind == Password {
			return key, h, nil
		}
	}
	return sealed.Key{}, Holder{}, ErrWrong
}

// AddSeed lets whoever has a seed in, which it draws: of an account, or of practice, in whose slot it stands.
func (v *Vault) AddSeed(key sealed.Key, h Holder, random io.Reader) (seed []byte, err error) {
	seed = make([]byte, sealed.Size)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	own, err := pair(v.suite, seed, h.Kind)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	if h.To, err = public(own); err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	s := slot{Kind: h.Kind, To: h.To}
	if h.Kind == Practice {
		s.Seed = seed
	}
	return seed, v.add(key, h, s)
}

// BySeed opens the vault with the seed of an account. It fails with ErrWrong.
func (v *Vault) BySeed(kind string, seed []byte) (sealed.Key, Holder, error) {
	if len(seed) != sealed.Size {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	own, err := pair(v.suite, seed, kind)
	if err != nil {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	return v.Open(own)
}

// ByItself opens the vault of a practice home. It fails with ErrWrong for any other.
func (v *Vault) ByItself() (sealed.Key, Holder, error) {
	for _, s := range v.slots {
		if s.Kind == Practice {
			if key, h, err := v.BySeed(Practice, s.Seed); err == nil {
				return key, h, nil
			}
		}
	}
	return sealed.Key{}, Holder{}, ErrWrong
}

func public(own suite.Secret) (suite.Public, error) {
	kind, err := suite.Named(own.Suite)
	if err != nil {
		return suite.Public{}, err
	}
	return kind.Public(own)
}
