package keyring

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// Next is the keys that a computer announced, and its first entry that only they may sign.
type Next struct {
	suite.Public
	From journal.ID `json:"from"`
}

// Former is a key that signs no more, and the last entry that it may have signed.
type Former struct {
	Card  journal.Hash `json:"card"` // Hash of the card that carried it
	Sign  suite.Key    `json:"sign"`
	Until journal.ID   `json:"until"`
}

// KeyChange is the statement in which a computer announces new keys; its old key signed it.
type KeyChange struct {
	Old  journal.Hash `json:"old"`  // Hash of the card with the old keys
	New  suite.Public `json:"new"`  // of the same suite
	From journal.ID   `json:"from"` // the first entry that only the new key may sign
}

const statement = "statement.keychange"

// Rotate makes the next keys of a home and the statement that announces them, which is then the last of Statements. The
// card is the computer's with its keys of today; from is the next entry that it will write. The new keys open at once
// and sign nothing before Turn. It fails with ErrExists where a change is under way.
func Rotate(home string, key sealed.Key, c Card, from journal.ID, random io.Reader) (Identity, error) {
	id, err := Load(home, key)
	if err != nil {
		return id, err
	}
	if err := id.holds(c); err != nil {
		return id, err
	}
	if from.Replica != c.Replica || from.Incarnation == 0 || from.Seq == 0 {
		return id, fmt.Errorf("%w: from entry %v", ErrStranger, from)
	}
	if id.Next != nil {
		return id, fmt.Errorf("next keys: %w", ErrExists)
	}
	s, err := suite.Named(id.Current.Suite)
	if err != nil {
		return id, err
	}
	own, err := s.Make(random)
	if err != nil {
		return id, fmt.Errorf("next keys: %w", err)
	}
	public, err := s.Public(own)
	if err != nil {
		return id, fmt.Errorf("next keys: %w", err)
	}
	said, err := id.seal("keychange", KeyChange{c.Hash(), public, from})
	if err != nil {
		return id, err
	}
	dir := filepath.Join(home, "keys", strconv.Itoa(len(id.Former)+2)+".next")
	if err := keep(dir, key, map[string][]byte{"sign.key": own.Sign, s.File(): own.Open, statement: said}); err != nil {
		return id, fmt.Errorf("next keys: %w", err)
	}
	return Load(home, key)
}

// Turn lets the announced keys sign from now on; the old ones only open. Call it when the statement lies in the folders
// of the peers and before the entry that it names is sent; one rename does it, so that a crash leaves the one or the
// other. It fails with ErrNone where nothing was announced.
func Turn(home string, key sealed.Key) (Identity, error) {
	dir := filepath.Join(home, "keys")
	_, next, err := numbers(dir)
	if err != nil {
		return Identity{}, fmt.Errorf("next keys: %w", err)
	}
	if len(next) == 0 {
		return Identity{}, fmt.Errorf("next keys: %w", ErrNone)
	}
	if err := disk.Rename(filepath.Join(dir, next[0]), filepath.Join(dir, strings.TrimSuffix(next[0],
		".next"))); err != nil {
		return Identity{}, fmt.Errorf("next keys: %w", err)
	}
	syncDir(dir)
	return Load(home, key)
}

// KeyChangeName is the name of the file that holds a statement: keys-<first 16 hexadecimal digits of its
// SHA-256>.keychange.
func KeyChangeName(statement []byte) string {
	sum := sha256.Sum256(statement)
	return fmt.Sprintf("keys-%x.keychange", sum[:8])
}

// Follow believes a statement of the card's computer: from now on it may sign with the new keys, and what we send is
// sealed to them too. Statements come one after the other; one that was followed before changes nothing. It fails with
// ErrStranger where the statement is about another card, perhaps one of which an earlier statement has not come yet,
// with ErrForged where another key signed it or another change was announced before, with ErrSuite, ErrDamaged,
// ErrNewer or ErrTooLarge.
func (c Card) Follow(file []byte) (Card, error) {
	var k KeyChange
	next, known := c, false
	err := open("keychange", file, MaxPaper, &k, func() (suite.Public, error) {
		if err := usable(k.New); err != nil {
			return suite.Public{}, err
		}
		if k.Old == c.Turned().Hash() {
			next = c.Turned()
		}
		by := next.Public
		for _, f := range next.Former {
			if f.Card == k.Old {
				known, by.Sign = true, f.Sign
			}
		}
		if !known && (k.Old != next.Hash() || k.From.Replica != c.Replica ||
			k.From.Incarnation == 0 || k.From.Seq == 0) {
			return suite.Public{}, fmt.Errorf("%w: new keys of another card", ErrStranger)
		}
		return by, nil
	})
	switch {
	case err != nil:
		return c, err
	case known:
		return c, nil
	case k.New.Suite() != c.Suite():
		return c, ErrSuite
	case next.Next != nil && (!next.Next.Equal(k.New) || next.Next.From != k.From):
		return c, fmt.Errorf("%w: other keys were announced before", ErrForged)
	}
	next.Next = &Next{k.New, k.From}
	return next, nil
}

// past is what the former keys of a computer may have signed, as its statements told.
func (id Identity) past() (list []Former, err error) {
	for i, own := range id.Former {
		var p paper
		var k KeyChange
		public, err := publicOf(own)
		if err == nil {
			err = json.Unmarshal(id.Statements[i], &p)
		}
		if err == nil {
			err = json.Unmarshal(p.Content, &k)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		k.From.Seq--
		list = append(list, Former{k.Old, public.Sign, k.From})
	}
	return list, nil
}

// Turned is the card once its announced keys are in use; the same card where none are announced. Keep it as soon as a
// bundle came that the new key signed: only then is nothing sealed to the old key any more.
func (c Card) Turned() Card {
	if c.Next == nil {
		return c
	}
	until := c.Next.From
	until.Seq--
	c.Former = append(slices.Clone(c.Former), Former{c.Hash(), c.Sign, until})
	c.Public, c.Next = c.Next.Public, nil
	return c
}

// Signers are the keys with which the computer of a card may have signed, each as far as statements and revocations let
// it.
func (c Card) Signers(out ...Revocation) []suite.Signer {
	name := c.Suite()
	var list []suite.Signer
	now := c.Turned()
	list = append(list, suite.Signer{Suite: name, Key: now.Sign})
	for _, f := range now.Former {
		list = append(list, suite.Signer{Suite: name, Key: f.Sign, Until: f.Until})
	}
	for i := range list {
		for _, r := range out {
			if end := (journal.ID{Replica: r.Replica, Incarnation: r.Incarnation,
				Seq: r.LastSeq}); r.Replica == c.Replica && list[i].Beyond(end) {
				list[i].Until = end
			}
		}
	}
	return list
}
