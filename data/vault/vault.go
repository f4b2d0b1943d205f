// Package vault is the file in which a home keeps its data key, wrapped for everybody who may open the home.
//
// HOME/keys/vault.json is no secret; whoever holds it still needs one of those to whom the key is sealed. Each of them
// is a slot, and every slot is the same thing: a pair of keys of the home's suite, of which the file holds the public
// half and the data key sealed to it. What differs is where the secret half comes from:
//
//	password   Argon2id over a person's name and password, by the slot's time and memory and the file's id
//	sheet      the words of the home's recovery sheet (keyring.Sheet)
//	above      the office above, which has it
//	account    what this computer's own account keeps (Secret Service, DPAPI)
//	practice   the seed stands in the slot: such a home opens by itself
//
// So the key of all slots can be renewed while nobody's password is at hand, and the same file in front of a copy of
// the records opens that copy. The name of a person is not in the file, and a wrong one and a wrong password look the
// same: what stands there is how many may open the home. Trying all of them costs one stretching, because they share
// the salt and the name is stretched along with the password. So whoever is renamed signs in once by his old name yet;
// then his password is stretched with the new one (Rename).
//
// Who a slot belongs to is sealed under the data key and bound to the slot, so that a slot that somebody else wrote
// into the file is known as such: it opens nothing, and a renewed key is never sealed to it.
//
//	{"lianluo": "vault 1", "suite": "age-ed25519", "id": "base64 of 16 bytes",
//	 "slots": [{"kind": "password", "time": 3, "memory": 65536, "to": {public keys}, "key": "base64", "who": "base64"}]}
//
// Time is passes, memory KiB; Argon2id has version 1.3 and one lane. A file is read within bounds (parse), so that a
// made-up one costs neither memory nor time.
package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// The kinds of slots.
const (
	Password = "password"
	Sheet    = "sheet"
	Above    = "above"
	Account  = "account"
	Practice = "practice"
)

// Errors of this package. Test with errors.Is.
var (
	ErrWrong   = errors.New("nobody's name and password, or nobody's key")
	ErrDamaged = errors.New("vault cannot be read")
	ErrNewer   = errors.New("vault was written by a newer program")
	ErrTaken   = errors.New("somebody opens the vault so already")
)

const head, newer = "vault 1", "vault "

// Holder is to whom a slot belongs.
type Holder struct {
	Kind  string       `json:"kind"`
	User  string       `json:"user,omitempty"` // ID of a person; of the office above its unit
	Name  string       `json:"name,omitempty"` // what is typed to sign in
	Made  time.Time    `json:"made"`
	Of    string       `json:"of,omitempty"`    // what tells it from others: a sheet's number, the hash of an office's card
	Given bool         `json:"given,omitempty"` // somebody else chose the password, who should have another
	To    suite.Public `json:"-"`
}

// slot is a line of the file; one that was read is written again as it came.
type slot struct {
	Kind string `json:"kind"`
	Stretch
	Seed []byte       `json:"seed,omitempty"`
	To   suite.Public `json:"to"`
	Key  []byte       `json:"key"` // "lianluo vault 1\n", the id and the data key, sealed to To
	Who  []byte       `json:"who"` // a Holder, sealed under the data key and bound to all that stands above

	raw json.RawMessage
}

func (s slot) MarshalJSON() ([]byte, error) {
	type plain slot
	if s.raw != nil {
		return s.raw, nil
	}
	return json.Marshal(plain(s))
}

func (s *slot) UnmarshalJSON(b []byte) error {
	type plain slot
	s.raw = bytes.Clone(b)
	return json.Unmarshal(b, (*plain)(s))
}

// bound is what the seal of a slot's holder covers.
func (s slot) bound(id []byte) string {
	return fmt.Sprintf("vault %x %s %d %d %x %x %s %x %x", id, s.Kind, s.Time, s.Memory, s.Seed, []byte(s.To.Sign), s.To.Age,
		[]byte(s.To.SM2), s.Key)
}

// Vault is the file.
type Vault struct {
	suite string
	id    []byte
	slots []slot
	rest  map[string]json.RawMessage // what a newer program added
}

// New makes an empty one, and the data key that it will hold.
func New(suite string, random io.Reader) (*Vault, sealed.Key, error) {
	v := &Vault{suite: suite, id: make([]byte, idSize)}
	if _, err := io.ReadFull(random, v.id); err != nil {
		return nil, sealed.Key{}, fmt.Errorf("new vault: %w", err)
	}
	key, err := sealed.New(suite, random)
	if err != nil {
		return nil, sealed.Key{}, fmt.Errorf("new vault: %w", err)
	}
	return v, key, nil
}

// Suite names the algorithms of the home.
func (v *Vault) Suite() string { return v.suite }

// Has says whether there is a slot of a kind.
func (v *Vault) Has(kind string) bool {
	return slices.ContainsFunc(v.slots, func(s slot) bool { return s.Kind == kind })
}

// Add seals the data key to somebody's public keys. It fails with ErrTaken where they open the vault already.
func (v *Vault) Add(key sealed.Key, h Holder) error {
	return v.add(key, h, slot{Kind: h.Kind, To: h.To})
}

func (v *Vault) add(key sealed.Key, h Holder, s slot) error {
	if slices.ContainsFunc(v.slots, func(o slot) bool { return o.To.Equal(s.To) }) {
		return ErrTaken
	}
	kind, err := suite.Named(v.suite)
	if err != nil {
		return err
	}
	if err := kind.Check(s.To); err != nil {
		return fmt.Errorf("vault: slot %s: %w", s.Kind, err)
	}
	if s.Key, err = kind.Encrypt(slices.Concat(v.mark(), key.Bytes()), []suite.Public{s.To}); err != nil {
		return fmt.Errorf("vault: slot %s: %w", s.Kind, err)
	}
	if err := s.belong(key, v.id, h); err != nil {
		return err
	}
	v.slots = append(v.slots, s)
	return nil
}

// belong writes into a slot of the vault of an id whose it is. What a newer program added to it stays.
func (s *slot) belong(key sealed.Key, id []byte, h Holder) error {
	h.Made = h.Made.UTC()
	who, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if s.Who = key.For("vault").Seal(s.bound(id), who); s.raw == nil {
		return nil
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(s.raw, &all); err != nil {
		return err
	}
	if all["who"], err = json.Marshal(s.Who); err == nil {
		s.raw, err = json.Marshal(all)
	}
	return err
}

// mark stands in front of the key in a slot, so that a slot of another file opens nothing here.
func (v *Vault) mark() []byte { return append([]byte("lianluo vault 1\n"), v.id...) }

// Open gives the data key by the secret keys of somebody to whom it is sealed. It fails with ErrWrong.
func (v *Vault) Open(own suite.Secret) (sealed.Key, Holder, error) {
	kind, err := suite.Named(v.suite)
	if err != nil || own.Suite != v.suite {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	to, err := kind.Public(own)
	if err != nil {
		return sealed.Key{}, Holder{}, ErrWrong
	}
	for _, s := range v.slots {
		if !s.To.Equal(to) {
			continue
		}
		plain, err := kind.Decrypt(s.Key, []suite.Secret{own})
		raw, ours := bytes.CutPrefix(plain, v.mark())
		if err != nil || !ours {
			continue
		}
		key, err := sealed.Read(v.suite, raw)
		if err != nil {
			continue
		}
		if h, ok := v.holder(key, s); ok {
			return key, h, nil
		}
	}
	return sealed.Key{}, Holder{}, ErrWrong
}

// holder tells whose a slot is; not ok for one that was not written by who had the key.
func (v *Vault) holder(key sealed.Key, s slot) (h Holder, ok bool) {
	b, err := key.For("vault").Open(s.bound(v.id), s.Who)
	if err != nil || json.Unmarshal(b, &h) != nil || h.Kind != s.Kind {
		return Holder{}, false
	}
	h.To = s.To
	return h, true
}

// Holders are those who may open the vault, and how many slots nobody who had the key has written.
func (v *Vault) Holders(key sealed.Key) (list []Holder, strange int) {
	for _, s := range v.slots {
		if h, ok := v.holder(key, s); ok {
			list = append(list, h)
		} else {
			strange++
		}
	}
	return list, strange
}

// Remove takes slots out, those that nobody who had the key has written, too. It says how many of the others.
func (v *Vault) Remove(key sealed.Key, which func(Holder) bool) (n int) {
	v.slots = slices.DeleteFunc(v.slots, func(s slot) bool {
		h, ok := v.holder(key, s)
		if ok && which(h) {
			n++
		}
		return !ok || which(h)
	})
	return n
}

// Renew gives a vault of the same slots with another data key, without those that nobody who had the old key has
// written. Passwords stay: their salt does.
func (v *Vault) Renew(old sealed.Key, random io.Reader) (*Vault, sealed.Key, error) {
	key, err := sealed.New(v.suite, random)
	if err != nil {
		return nil, sealed.Key{}, fmt.Errorf("renew vault: %w", err)
	}
	next := &Vault{suite: v.suite, id: v.id, rest: v.rest}
	for _, s := range v.slots {
		if h, ok := v.holder(old, s); ok {
			if err := next.add(key, h, slot{Kind: s.Kind, Stretch: s.Stretch, Seed: s.Seed, To: s.To}); err != nil {
				return nil, sealed.Key{}, err
			}
		}
	}
	return next, key, nil
}
