package trust

import (
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
)

// How much of our list others may fill: of one unit some fifty computers, and of all as much as leaves a list that is
// read everywhere.
const (
	mostOfUnit = 64 << 10
	mostOfAll  = keyring.MaxList * 3 / 4
)

// own is our list while it is put together.
type own struct {
	keyring.List
	pic   Picture
	named map[journal.Replica]bool
	out   map[journal.Replica]bool
	size  map[string]int // of what others told, by unit; "" is all
}

// ownList is what we vouch for: the computers that we let in, those that the offices below us let in, and earlier
// ones of our own unit that the office above named or a person here confirmed; and of those elsewhere whom the office
// above names, who wrote what we hold and pass on. To a new computer of the office above
// it also names those before it that we believed, and those before them. What it named once it goes on naming, as
// long as its unit does not take it back: words of a computer that is long gone come back from others.
func (t *Trust) ownList(pic Picture, wrote map[journal.Replica]bool) keyring.List {
	l := &own{List: keyring.List{By: t.Card(), Made: t.Now().UTC(), Recovery: t.Keys().Recovery}, pic: pic,
		named: map[journal.Replica]bool{pic.self: true}, out: map[journal.Replica]bool{}, size: map[string]int{}}
	for _, c := range pic.confirmed {
		if !c.believed {
			l.Disowned = append(l.Disowned, c.Replica)
		}
	}
	for _, r := range pic.mine.Disowned {
		if pic.disowned(pic.unit, r) && !slices.Contains(l.Disowned, r) {
			l.Disowned = append(l.Disowned, r)
		}
	}
	known := map[journal.Replica]bool{pic.self: true} // of these we speak for ourselves
	for _, p := range pic.peers {
		if p.Revoked || p.Card.Unit != pic.parent {
			l.Cards, l.named[p.Card.Replica], known[p.Card.Replica] = append(l.Cards, p.Card), true, true
		}
		if p.Revoked {
			l.Revoked, l.out[p.Card.Replica] = append(l.Revoked, p.revocation()), true
		}
	}
	for _, p := range pic.peers {
		if p.Card.Unit != pic.parent { // of two computers of one office each says whom it put out of use
			l.take(pic.lists[p.By()],
				func(card keyring.Card) bool { return !known[card.Replica] && pic.Speaks(p.Card.Unit, card.Unit) })
		}
	}
	for _, p := range pic.peers {
		if p.Card.Unit == pic.parent {
			l.take(pic.lists[p.By()],
				func(card keyring.Card) bool {
					return !l.named[card.Replica] && (pic.lines(card.Unit) || wrote[card.Replica])
				})
		}
	}
	l.take(keyring.List{Cards: pic.former(), Revoked: pic.mine.Revoked},
		func(card keyring.Card) bool { return !l.named[card.Replica] })
	l.take(pic.mine, func(card keyring.Card) bool { return card.Unit != pic.unit && !l.named[card.Replica] })
	slices.SortFunc(l.Cards, func(a, b keyring.Card) int { return slices.Compare(a.Replica[:], b.Replica[:]) })
	return l.List
}

// take names those of another list that are believed, and says of them who was put out of use.
func (l *own) take(theirs keyring.List, believed func(card keyring.Card) bool) {
	ends := map[journal.Replica]keyring.Revocation{}
	for _, r := range slices.Backward(theirs.Revoked) { // the first of two counts
		ends[r.Replica] = r
	}
	for _, card := range theirs.Cards {
		if l.pic.foreign(card.Unit, card.Replica) || l.pic.disowned(card.Unit, card.Replica) || !believed(card) {
			continue
		}
		if !l.named[card.Replica] {
			size := 1<<10 + len(card.Former)<<8
			if l.size[card.Unit]+size > mostOfUnit || l.size[""]+size > mostOfAll {
				continue
			}
			l.size[card.Unit] += size
			l.size[""] += size
			l.Cards, l.named[card.Replica] = append(l.Cards, card), true
		}
		if end, put := ends[card.Replica]; put && !l.out[card.Replica] {
			l.Revoked, l.out[card.Replica] = append(l.Revoked, end), true
		}
	}
}
