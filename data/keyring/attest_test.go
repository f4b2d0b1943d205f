package keyring

import (
	"bytes"
	"errors"
	"testing"

	"lianluo.local/data/suite"
)

// A paper beside a file says who signed it, and is that file's alone; nobody signs with a card that is not his.
func TestAttestation(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		id, card := someone(t, name, 1, "141102", "county")
		other, _ := someone(t, name, 2, "141102", "county")
		file := []byte("月报,1,2")
		paper, err := id.Attest(card, "月报\u202e.csv", file, card.Asked)
		if err != nil {
			t.Fatal(err)
		}
		a, err := OpenAttestation(paper, file)
		if err != nil || a.By.Hash() != card.Hash() || a.File != "月报.csv" || !a.At.Equal(card.Asked) {
			t.Errorf("%+v, %v", a, err)
		}
		if _, err := OpenAttestation(paper, append(file, '3')); !errors.Is(err, ErrStranger) {
			t.Errorf("another file: %v", err)
		}
		if _, err := OpenAttestation(bytes.Replace(paper, []byte("月报"), []byte("年报"), 1), file); !errors.Is(err, ErrForged) {
			t.Errorf("another name: %v", err)
		}
		if _, err := other.Attest(card, "月报.csv", file, card.Asked); err == nil {
			t.Error("signed under somebody else's card")
		}
		request, err := id.Request(card)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := OpenAttestation(request, file); !errors.Is(err, ErrDamaged) {
			t.Errorf("a request: %v", err)
		}
	})
}

// A card as files carry it is read again without the keys of before, and one that nobody could use is none.
func TestCardInAFile(t *testing.T) {
	_, card := someone(t, suite.Age, 1, "141102", "county")
	card.Former = []Former{{Sign: card.Sign}}
	b, err := card.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := ReadCard(b); err != nil || c.Hash() != card.Hash() || c.Former != nil {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []string{"", "{}", "[]", string(b[:len(b)-1]),
		string(bytes.Replace(b, []byte(`"role":"`), []byte(`"role":"\u202e`), 1))} {
		if _, err := ReadCard([]byte(bad)); err == nil {
			t.Errorf("%q is a card", bad)
		}
	}
}
