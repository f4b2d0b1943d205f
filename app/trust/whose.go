package trust

import (
	"context"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/suite"
)

// Standing is what is known of the key with which somebody signed a paper.
type Standing string

// The standings. A paper bears no number of an entry, and its day is what its signer said: so a key that is out of use is
// believed in none, while one that its own computer exchanged for another was good all the time that it signed.
const (
	Unheard Standing = "unknown" // whoever he says he is
	Ours    Standing = "own"
	Known   Standing = "known"  // whose digits a person here compared, or for whom an office vouches that may speak for it
	Retired Standing = "former" // a key that such a one used before
	Out     Standing = "revoked"
)

// Whose says how a card that lies in a signed paper stands to us, and what the unit is called here.
func (pic Picture) Whose(card keyring.Card) (Standing, string) {
	signs := func(s suite.Signer) bool { return s.Key.Equal(card.Sign) }
	if card.Replica == pic.self {
		if signers := pic.Signers(Author{}, pic.unit, pic.self); card.Unit == pic.unit && slices.ContainsFunc(signers, signs) {
			return Ours, card.Name
		}
		return Unheard, card.Name
	}
	signers := pic.Signers(Author{}, card.Unit, card.Replica)
	i := slices.IndexFunc(signers, signs)
	switch {
	case i < 0:
		return Unheard, card.Name
	case pic.Revoked(Author{card.Unit, card.Replica}):
		return Out, pic.called(card)
	case signers[i].Until != journal.ID{}:
		return Retired, pic.called(card)
	}
	return Known, pic.called(card)
}

// Heard fails with ErrPrint where the digits that somebody heard of who signed a paper are not those of its card, and as Typed
// does.
func (t *Trust) Heard(ctx context.Context, card keyring.Card, digits string) error {
	typed, err := Typed(digits)
	if err == nil && t.print(ctx, card) != typed {
		err = ErrPrint
	}
	return err
}

// called is what the unit of a computer says that it is called, by the card that we have of it.
func (pic Picture) called(card keyring.Card) string {
	for _, p := range pic.peers {
		if p.By() == (Author{card.Unit, card.Replica}) {
			return p.Card.Name
		}
	}
	for _, l := range pic.lists {
		for _, c := range l.Cards {
			if c.Unit == card.Unit && c.Replica == card.Replica {
				return c.Name
			}
		}
	}
	return card.Name
}
