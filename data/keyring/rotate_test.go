package keyring

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

func entry(replica byte, inc uint32, seq uint64) journal.ID {
	return journal.ID{Replica: journal.Replica{replica}, Incarnation: inc, Seq: seq}
}

// limits are the signers as text: first byte of the key, last entry.
func may(t *testing.T, signers []suite.Signer, key suite.Key, id journal.ID) bool {
	t.Helper()
	for _, s := range signers {
		if s.Key.Equal(key) {
			return s.Holds(id)
		}
	}
	return false
}

func rotate(t *testing.T, home string, c Card, from journal.ID, seed byte) (Identity, []byte) {
	t.Helper()
	id, err := Rotate(home, none, c, from, given(seed))
	if err != nil {
		t.Fatal(err)
	}
	return id, id.Statements[len(id.Statements)-1]
}

func TestNewKeys(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		old, card, home := atHome(t, name, 1, "530402002003Z1", "station")
		algorithms, _ := suite.Named(name)
		sealed, err := algorithms.Encrypt([]byte("x"), []suite.Public{old.Public()})
		if err != nil {
			t.Fatal(err)
		}

		id, statement := rotate(t, home, card, entry(1, 1, 58), 5)
		if id.Next == nil || !id.Public().Equal(old.Public()) || len(id.Keys()) != 2 {
			t.Fatal("the announced keys sign already, or do not open")
		}
		if _, err := Rotate(home, none, card, entry(1, 1, 59), given(6)); !errors.Is(err, ErrExists) {
			t.Errorf("a second change before the first came to its end: %v", err)
		}
		told, err := card.Follow(statement)
		if err != nil || told.Next == nil || !told.Equal(card.Public) {
			t.Fatalf("a statement that the old key signed: %v", err)
		}
		if to := old.To(told); len(to) != 2 || !to[0].Equal(old.Public()) || !to[1].Equal(told.Next.Public) {
			t.Errorf("sealed to %d keys instead of today's and the next", len(to))
		}
		new := told.Next.Sign
		for _, c := range []struct {
			key  suite.Key
			id   journal.ID
			want bool
		}{
			{card.Sign, entry(1, 1, 57), true}, {card.Sign, entry(1, 1, 58), false}, {card.Sign, entry(1, 2, 1), false},
			{new, entry(1, 1, 58), true}, {new, entry(1, 1, 1), true}, // everything unacknowledged is sent again under the new key
		} {
			for _, now := range []Card{told, told.Turned()} {
				if may(t, now.Signers(), c.key, c.id) != c.want {
					t.Errorf("entry %v: %v", c.id, !c.want)
				}
			}
		}

		turned, err := Turn(home, none)
		if err != nil || turned.Next != nil || !turned.Public().Equal(told.Next.Public) || len(turned.Former) != 1 {
			t.Fatalf("turn: %+v %v", turned.Public(), err)
		}
		if _, err := Turn(home, none); !errors.Is(err, ErrNone) {
			t.Errorf("turned twice: %v", err)
		}
		if plain, err := algorithms.Decrypt(sealed, turned.Keys()); err != nil || string(plain) != "x" {
			t.Errorf("what was sealed for the old key: %v", err)
		}
		after := told.Turned()
		if to := old.To(after); len(to) != 1 || !to[0].Equal(turned.Public()) {
			t.Error("still sealed to the old key")
		}
		if _, err := turned.Request(card); !errors.Is(err, ErrForged) {
			t.Errorf("the old keys on a request: %v", err)
		}
		if same, err := after.Follow(statement); err != nil || same.Hash() != after.Hash() || same.Next != nil {
			t.Errorf("the statement once more: %v", err)
		}
		kept, _ := json.Marshal(told)
		var back Card
		if err := json.Unmarshal(kept, &back); err != nil || len(back.Signers()) != 2 || back.Turned().Hash() != after.Hash() {
			t.Errorf("a card kept and read back: %v", err)
		}
	})
}

// Somebody who was away while the keys changed twice follows both, and only in their order.
func TestKeysChangedTwice(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		_, card, home := atHome(t, name, 1, "530402002003Z1", "station")
		_, first := rotate(t, home, card, entry(1, 1, 10), 5)
		id, _ := Turn(home, none)
		today := card
		today.Public = id.Public()
		_, second := rotate(t, home, today, entry(1, 1, 20), 6)
		id, err := Turn(home, none)
		if err != nil || len(id.Statements) != 2 || len(id.Keys()) != 3 {
			t.Fatalf("%d statements: %v", len(id.Statements), err)
		}
		if _, err := card.Follow(second); !errors.Is(err, ErrStranger) {
			t.Errorf("the second without the first: %v", err)
		}
		c, err := card.Follow(first)
		if err != nil {
			t.Fatal(err)
		}
		if c, err = c.Follow(second); err != nil {
			t.Fatal(err)
		}
		if c, err = c.Follow(first); err != nil || c.Next == nil {
			t.Fatalf("the first once more: %v", err)
		}
		if c = c.Turned(); !c.Equal(id.Public()) || len(c.Former) != 2 {
			t.Errorf("arrived at other keys: %+v", c)
		}
		for _, want := range []struct {
			key  suite.Key
			last uint64
		}{{card.Sign, 9}, {today.Sign, 19}} {
			if !may(t, c.Signers(), want.key, entry(1, 1, want.last)) || may(t, c.Signers(), want.key, entry(1, 1, want.last+1)) {
				t.Errorf("a former key does not end with entry %d", want.last)
			}
		}
	})
}

func TestStatementsThatAreNotBelieved(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		id, card, home := atHome(t, name, 1, "530402002003Z1", "station")
		thief, other, _ := atHome(t, name, 2, "530402002003Z2", "station")
		_, good := rotate(t, home, card, entry(1, 1, 58), 5)
		foreign := map[string]string{suite.Age: suite.SM, suite.SM: suite.Age}[name]
		_, alien := someone(t, foreign, 3, "530402002003Z1", "station")
		write := func(by Identity, k KeyChange) []byte {
			b, err := by.seal("keychange", k)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		told, err := card.Follow(good)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			what string
			card Card
			file []byte
			want error
		}{
			{"good", card, good, nil},
			{"about another card", other, good, ErrStranger},
			{"signed by somebody else", card, write(thief, KeyChange{card.Hash(), other.Public, entry(1, 1, 58)}), ErrForged},
			{"a second one about the same card", told, write(id, KeyChange{card.Hash(), other.Public, entry(1, 1, 58)}), ErrForged},
			{"the same from another entry", told, write(id, KeyChange{card.Hash(), told.Next.Public, entry(1, 1, 99)}), ErrForged},
			{"into another suite", card, write(id, KeyChange{card.Hash(), alien.Public, entry(1, 1, 58)}), ErrSuite},
			{"no keys", card, write(id, KeyChange{card.Hash(), suite.Public{}, entry(1, 1, 58)}), ErrDamaged},
			{"keys of a suite to come", card, write(id, KeyChange{card.Hash(), suite.Public{Sign: suite.Key{1}}, entry(1, 1, 58)}), ErrNewer},
			{"entries of another", card, write(id, KeyChange{card.Hash(), other.Public, entry(2, 1, 58)}), ErrStranger},
			{"from nowhere", card, write(id, KeyChange{card.Hash(), other.Public, entry(1, 1, 0)}), ErrStranger},
			{"altered", card, bytes.Replace(good, []byte(".1.58"), []byte(".1.59"), 1), ErrForged},
			{"newer", card, bytes.Replace(good, []byte("keychange 1"), []byte("keychange 2"), 1), ErrNewer},
			{"half", card, good[:len(good)/2], ErrDamaged},
		} {
			got, err := c.card.Follow(c.file)
			if !errors.Is(err, c.want) || c.want != nil && got.Hash() != c.card.Hash() {
				t.Errorf("%s: %v, want %v", c.what, err, c.want)
			}
		}
		if _, err := Rotate(home, none, other, entry(2, 1, 1), given(9)); !errors.Is(err, ErrForged) {
			t.Errorf("keys for another card: %v", err)
		}
	})
}

// A card on a paper tells of its former keys, as far as they hold, and nothing of its next ones: only a statement does.
func TestARequestBringsFormerKeys(t *testing.T) {
	id, card := someone(t, suite.Age, 1, "530402002003Z1", "station")
	_, other := someone(t, suite.Age, 2, "530402002003Z2", "station")
	card.Former = []Former{{other.Hash(), other.Sign, entry(1, 9, 9)}}
	card.Next = &Next{other.Public, entry(1, 1, 1)}
	b, err := id.Request(card)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := OpenRequest(b)
	if keys := seen.Signers(); err != nil || len(keys) != 2 || !keys[1].Key.Equal(other.Sign) || keys[1].Holds(entry(1, 9, 10)) {
		t.Errorf("%v: %v", keys, err)
	}
}

func TestHalfARotationIsFinishedOrForgotten(t *testing.T) {
	_, card, home := atHome(t, suite.Age, 1, "530402002003Z1", "station")
	part := filepath.Join(home, "keys", "2.next.part")
	os.Mkdir(part, 0o700)
	os.WriteFile(filepath.Join(part, "sign.key"), []byte("half"), 0o600)
	if id, err := Load(home, none); err != nil || id.Next != nil {
		t.Fatalf("half-written keys: %v", err)
	}
	id, statement := rotate(t, home, card, entry(1, 1, 1), 5)
	if _, err := os.Stat(part); !os.IsNotExist(err) || id.Next == nil {
		t.Error("left behind")
	}
	if name := KeyChangeName(statement); !strings.HasSuffix(name, ".keychange") || name == KeyChangeName(statement[1:]) {
		t.Error(name)
	}
	os.Remove(filepath.Join(home, "keys", "2.next", "age.key"))
	if _, err := Load(home, none); !errors.Is(err, ErrDamaged) {
		t.Errorf("a key lost: %v", err)
	}
}

func TestRecoveryKey(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		_, card, home := atHome(t, name, 1, "530402002003Z1", "station")
		stick, spare, _ := atHome(t, name, 7, "530402", "county")
		for range 2 { // and once more in its place
			if err := SetRecovery(home, none, spare.Public); err != nil {
				t.Fatal(err)
			}
		}
		id, err := Load(home, none)
		if err != nil || id.Recovery == nil {
			t.Fatal(err)
		}
		algorithms, _ := suite.Named(name)
		sealed, err := algorithms.Encrypt([]byte("x"), id.To(card))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := algorithms.Decrypt(sealed, stick.Keys()); err != nil || string(plain) != "x" {
			t.Errorf("the recovery key does not open: %v", err)
		}
		os.WriteFile(filepath.Join(home, "keys", "recovery.pub"), []byte("{}"), 0o600)
		if _, err := Load(home, none); !errors.Is(err, ErrDamaged) {
			t.Errorf("a broken recovery key: %v", err)
		}
	})
}
