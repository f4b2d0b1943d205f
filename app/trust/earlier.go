package trust

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

// ErrNoEarlier says that nobody names an earlier computer of ours that has these digits.
var ErrNoEarlier = problem.New("nobody names an earlier computer of ours",
	"下级送来的名单里没有这台以前的电脑。请让接过它的单位先报送一次，再核对校验号（旧接入单上有，也可以请接过它的单位念）。")

// Earlier is a computer of our own unit that was there before this one, as units below us tell or told while they had
// another computer. What it wrote lies with them, and comes back once a person here says that it was ours: they alone
// are believed in nothing that is above them.
type Earlier struct {
	keyring.Card
	By       []string // the units that name it
	Believed bool
	Refused  bool // a person here took back that it was ours
}

// Unanswered are those of a list that somebody tells of and nobody here spoke of.
func Unanswered(list []Earlier) []Earlier {
	return slices.DeleteFunc(slices.Clone(list), func(was Earlier) bool { return was.Believed || was.Refused })
}

// Earlier lists them. It computes no digits.
func (t *Trust) Earlier(ctx context.Context) ([]Earlier, error) {
	pic, err := t.Picture(ctx)
	if err != nil {
		return nil, err
	}
	return pic.earlier(), nil
}

// mostEarlier is how many one list may name: an office has a new computer every few years.
const mostEarlier = 10

func (pic Picture) earlier() (list []Earlier) {
	add := func(card keyring.Card, by string, believed bool) {
		at := slices.IndexFunc(list, func(e Earlier) bool { return e.Hash() == card.Hash() })
		if at < 0 {
			at, list = len(list), append(list, Earlier{Card: card, Believed: believed,
				Refused: pic.disowned(card.Unit, card.Replica)})
		}
		if by != "" && !slices.Contains(list[at].By, by) {
			list[at].By = append(list[at].By, by)
		}
	}
	for _, card := range pic.former() {
		add(card, "", true)
	}
	for _, p := range pic.peers {
		named := 0
		for _, card := range slices.Concat(pic.lists[p.By()].Cards, pic.past[p.By()].Cards) {
			if named < mostEarlier && card.Unit == pic.unit && p.Card.Unit != pic.parent && !pic.foreign(card.Unit,
				card.Replica) && card.Replica != pic.self && !pic.told(card.Replica) {
				named++
				card.Phone = ""
				add(card, p.Card.Unit, false)
			}
		}
	}
	return list
}

// told says whether the office above names a computer of our unit: then nobody here need be asked. Of one that a
// person here spoke of it may only repeat what we said.
func (pic Picture) told(r journal.Replica) bool {
	if slices.ContainsFunc(pic.confirmed, func(c confirmed) bool { return c.Replica == r }) {
		return false
	}
	for by, l := range pic.lists {
		if by.Unit == pic.parent && len(l.Signers(pic.unit, r)) > 0 {
			return true
		}
	}
	return false
}

// former are the earlier computers of our unit that we believe without the office above: a person here confirmed
// them, or a program of before named them in our list.
func (pic Picture) former() (cards []keyring.Card) {
	for _, c := range pic.confirmed {
		if c.believed {
			cards = append(cards, c.Card)
		}
	}
	for _, card := range pic.mine.Cards {
		if card.Unit == pic.unit && card.Replica != pic.self && !slices.ContainsFunc(pic.confirmed,
			func(c confirmed) bool { return c.Replica == card.Replica }) {
			cards = append(cards, card)
		}
	}
	return cards
}

// confirmed is what a person here said of an earlier computer, and when.
type confirmed struct {
	keyring.Card
	believed bool
	said     time.Time
}

// disowned says whether a unit took back that a computer was its own.
func (pic Picture) disowned(unit string, r journal.Replica) bool {
	if unit == pic.unit {
		at := slices.IndexFunc(pic.confirmed, func(c confirmed) bool { return c.Replica == r })
		// as our list says, whose book was set back
		return at >= 0 && !pic.confirmed[at].believed || at < 0 && slices.Contains(pic.mine.Disowned, r)
	}
	for by, l := range pic.lists {
		if by.Unit == unit && slices.Contains(l.Disowned, r) {
			return true
		}
	}
	return false
}

// early says whether a word of an earlier computer of ours is from before our own first; where we wrote none yet,
// from before a person confirmed that computer.
func (pic Picture) early(r journal.Record) bool {
	until := pic.began
	for _, c := range pic.confirmed {
		if until.IsZero() && c.Replica == r.ID.Replica {
			until = c.said
		}
	}
	return until.IsZero() || r.At.Before(until)
}

// Confirm believes an earlier computer of our unit that has these digits, in words from before our own first. It
// fails with ErrNoEarlier, ErrMany and as Typed does.
func (t *Trust) Confirm(ctx context.Context, print string) (keyring.Card, error) {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return keyring.Card{}, err
	}
	card, err := t.pick(ctx, print, func(Earlier) bool { return true })
	if err != nil {
		return card, err
	}
	card.Next, card.Former = nil, nil // whoever names it might say anything of its former keys
	if f, err := t.Connect(); err == nil {
		card.Former = t.signedFormer(f, card)
		f.Close()
	}
	return card, t.say(ctx, card, true)
}

// Disown takes back that an earlier computer was ours. It fails with ErrNoEarlier, ErrMany and as Typed does.
func (t *Trust) Disown(ctx context.Context, print string) error {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return err
	}
	card, err := t.pick(ctx, print, func(e Earlier) bool { return e.Believed })
	if err != nil {
		return err
	}
	return t.say(ctx, card, false)
}

// pick finds the one of them whose digits a person typed.
func (t *Trust) pick(ctx context.Context, print string, of func(Earlier) bool) (keyring.Card, error) {
	digits, err := Typed(print)
	if err != nil {
		return keyring.Card{}, err
	}
	list, err := t.Earlier(ctx)
	if err != nil {
		return keyring.Card{}, err
	}
	var cards []keyring.Card
	for _, e := range list {
		if of(e) {
			cards = append(cards, e.Card)
		}
	}
	if len(cards) == 0 {
		return keyring.Card{}, ErrNoEarlier
	}
	at, err := t.find(ctx, cards, digits)
	if err != nil {
		return keyring.Card{}, err
	}
	return cards[at], nil
}

func (t *Trust) say(ctx context.Context, card keyring.Card, believed bool) error {
	b, err := json.Marshal(card)
	if err != nil {
		return fmt.Errorf("card: %w", err)
	}
	return peer.Own(ctx, t.Store, peer.Predecessor{Replica: card.Replica, Card: string(b), Believed: believed}, t.Now())
}

// signedFormer are the former keys of a card as itself signed them: in a list, a certificate or a request that still
// lies in the folder.
func (t *Trust) signedFormer(f *folder.Folder, card keyring.Card) (former []keyring.Former) {
	units, _ := f.Units()
	for _, unit := range units {
		files, _ := f.List(unit, card.Unit)
		for _, file := range files {
			if ext := filepath.Ext(file.Name); ext != ".keylist" && ext != ".certificate" && ext != ".request" {
				continue
			}
			b, err := f.Read(unit, file, keyring.MaxList)
			if err != nil {
				continue
			}
			if by, err := keyring.Signer(b); err == nil && by.Hash() == card.Hash() && len(by.Former) > len(former) {
				former = by.Former
			}
		}
	}
	return former
}
