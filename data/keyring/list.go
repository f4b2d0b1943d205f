package keyring

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// MaxList is the size in bytes that a key list may have; one of a thousand computers is below 1 MiB.
const MaxList = 8 << 20

// Revocation says how far a computer is believed: a lost one to the last entry that is known to be its own.
type Revocation struct {
	Replica     journal.Replica `json:"replica"`
	Incarnation uint32          `json:"incarnation"` // nothing of a later one is believed
	LastSeq     uint64          `json:"last_seq"`    // of the entries in this incarnation; 0 for none
}

// List is what a county makes known: every computer with its keys, and how far the revoked ones are believed.
type List struct {
	Version  uint64        `json:"version"` // from 1, one more each time
	By       Card          `json:"by"`      // the county's computer that signed it
	Made     time.Time     `json:"made"`    // wall time, for people
	Cards    []Card        `json:"cards"`
	Revoked  []Revocation  `json:"revoked,omitempty"`
	Recovery *suite.Public `json:"recovery,omitempty"` // the county's recovery key

	Disowned []journal.Replica `json:"disowned,omitempty"` // named once as earlier computers of By's own unit, and none
}

// ListName is the name of the file that holds a list: keys-<first 16 hexadecimal digits of its SHA-256>.keylist. Two
// computers of one office never give one name to two lists.
func ListName(file []byte) string {
	sum := sha256.Sum256(file)
	return fmt.Sprintf("keys-%x.keylist", sum[:8])
}

// Sign writes the list as a paper, without the cards that somebody would pass over. By must carry the identity's keys.
// It fails with ErrDamaged or ErrSuite where somebody would refuse the list.
func (l List) Sign(id Identity) ([]byte, error) {
	if err := id.holds(l.By); err != nil {
		return nil, err
	}
	l = l.tidy()
	if err := l.check(); err != nil {
		return nil, err
	}
	return id.seal("keylist", l)
}

// OpenList reads a list that is to replace the one held. Before the first, held is a List with only By: the card of the
// county in whose keys we believe; where that card announced new keys, the list may be signed by these. It fails with
// ErrOlder for a list with a lower version than held, or with the same and other contents; with ErrStranger where
// another computer made it; with ErrForged, ErrSuite, ErrDamaged, ErrNewer, ErrTooLarge.
func OpenList(file []byte, held List) (List, error) {
	var l List
	by := held.By
	err := open("keylist", file, MaxList, &l, func() (suite.Public, error) {
		if l.By.Hash() == held.By.Turned().Hash() {
			by = held.By.Turned()
		}
		if l.By.Hash() != by.Hash() {
			return suite.Public{}, fmt.Errorf("%w: key list of unit %q", ErrStranger, l.By.Unit)
		}
		return by.Public, nil
	})
	if err != nil {
		return List{}, err
	}
	l = l.tidy()
	if err := l.check(); err != nil {
		return List{}, err
	}
	if l.Version < held.Version || l.Version == held.Version && !l.same(held) {
		return List{}, fmt.Errorf("%w: version %d, held %d", ErrOlder, l.Version, held.Version)
	}
	l.By.Next, l.By.Former = by.Next, by.Former // what we know of its keys, not what it says of itself
	return l, nil
}

// ReadList reads a list that OpenList believed before.
func ReadList(file []byte) (l List, err error) {
	var p paper
	if err := errors.Join(json.Unmarshal(file, &p), json.Unmarshal(p.Content, &l)); err != nil {
		return l, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return l.tidy(), nil
}

// tidy leaves out what is wrong with single cards and revocations: a card that nobody could use, one of another suite,
// a computer that another card names before it. Words that cannot be printed are left out of a card, which holds
// without them.
func (l List) tidy() List {
	var cards []Card
	seen := map[journal.Replica]bool{}
	for _, c := range l.Cards {
		c.Name, c.Role, c.Phone = Words(c.Name), Words(c.Role), Words(c.Phone)
		if c.check() == nil && c.Suite() == l.By.Suite() && !seen[c.Replica] {
			cards = append(cards, c)
		}
		seen[c.Replica] = true
	}
	l.Cards = cards
	l.Revoked = slices.DeleteFunc(slices.Clone(l.Revoked),
		func(r Revocation) bool { return r.Incarnation == 0 || r.Replica == (journal.Replica{}) })
	return l
}

// Says says whether two lists of one office say the same, whenever they were made.
func (l List) Says(other List) bool {
	l.Version, l.Made, other.Version, other.Made = 0, time.Time{}, 0, time.Time{}
	return l.By.Hash() == other.By.Hash() && l.same(other)
}

// same compares what was signed, but for what we know of By ourselves.
func (l List) same(m List) bool {
	l, m = l.tidy(), m.tidy()
	l.By, m.By = Card{}, Card{}
	a, err1 := json.Marshal(l)
	b, err2 := json.Marshal(m)
	return err1 == nil && err2 == nil && bytes.Equal(a, b)
}

func (l List) check() error {
	if l.Version == 0 || l.Version >= 1<<63 {
		return fmt.Errorf("%w: key list of version %d", ErrDamaged, l.Version)
	}
	if l.Recovery == nil {
		return nil
	}
	if l.Recovery.Suite() != l.By.Suite() {
		return fmt.Errorf("recovery key: %w", ErrSuite)
	}
	return usable(*l.Recovery)
}

// Signers are the keys with which a unit's computer may have signed; none for one that the list does not name.
func (l List) Signers(unit string, replica journal.Replica) []suite.Signer {
	for _, c := range append([]Card{l.By}, l.Cards...) {
		if c.Unit == unit && c.Replica == replica {
			return c.Signers(l.Revoked...)
		}
	}
	return nil
}
