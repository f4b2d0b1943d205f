package trust

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

// Picture is whom we believe at a moment: the keys that we know, our own, those of our peers, and those for which an
// office vouches in its list. It is never changed; its methods are pure and may be called from anywhere.
type Picture struct {
	self         journal.Replica
	unit, parent string
	own          keyring.Identity
	peers        []Peer
	known        map[Author][]suite.Signer // of the peers
	lists        map[Author]keyring.List   // of those in use
	// of those out of use: believed in nothing, they may name whom a person here knows
	past      map[Author]keyring.List
	mine      keyring.List               // our own newest; it also remembers what others named once
	confirmed []confirmed                // earlier computers of our own unit
	began     time.Time                  // the date on our own first entry
	owner     map[journal.Replica]string // of which unit a computer is that we know ourselves, or named first
	direct    map[string]bool            // units that exchange with us themselves
}

// Picture gives the picture of now.
func (t *Trust) Picture(ctx context.Context) (Picture, error) {
	pic := Picture{self: t.Store.Self().Replica, unit: t.Settings.Unit, parent: t.Settings.Parent, own: t.Keys(),
		known: map[Author][]suite.Signer{}, lists: map[Author]keyring.List{}, past: map[Author]keyring.List{}}
	var err error
	if pic.peers, err = t.Peers(ctx); err != nil {
		return pic, err
	}
	for _, p := range pic.peers {
		pic.known[Author{p.Card.Unit, p.Card.Replica}] = p.signers()
	}
	files, err := peer.KeyLists(ctx, t.Store)
	if err != nil {
		return pic, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	read := map[string]keyring.List{}
	for key, l := range files {
		list := t.lists[key]
		if len(l.File) == 0 {
			continue // ours, of which we only know that somebody has one
		}
		if list.Version != l.Version {
			if list, err = keyring.ReadList(l.File); err != nil {
				return pic, fmt.Errorf("key list of %s: %w", key, err)
			}
		}
		read[key] = list
		by := Author{list.By.Unit, list.By.Replica}
		switch {
		case key == pic.unit:
			pic.mine = list
		case list.Version > pic.lists[by].Version && slices.ContainsFunc(pic.peers,
			func(p Peer) bool { return !p.Revoked && p.By() == by }):
			pic.lists[by] = list
		case list.Version > pic.past[by].Version && slices.ContainsFunc(pic.peers,
			func(p Peer) bool { return p.Revoked && p.By() == by }):
			pic.past[by] = list
		}
	}
	t.lists = read
	pic.owner, pic.direct = map[journal.Replica]string{}, map[string]bool{}
	for _, card := range pic.mine.Cards {
		pic.owner[card.Replica] = card.Unit
	}
	for _, p := range pic.peers {
		pic.owner[p.Card.Replica] = p.Card.Unit
		pic.direct[p.Card.Unit] = pic.direct[p.Card.Unit] || !p.Revoked
	}
	pic.owner[pic.self] = pic.unit
	said, err := peer.Predecessors(ctx, t.Store)
	if err != nil {
		return pic, err
	}
	for _, p := range said {
		c := confirmed{believed: p.Believed, said: p.Said}
		if err := json.Unmarshal([]byte(p.Card), &c.Card); err != nil {
			return pic, fmt.Errorf("card of an earlier computer: %w", err)
		}
		pic.confirmed = append(pic.confirmed, c)
	}
	pic.began, err = t.Store.Began(ctx)
	return pic, err
}

// foreign says whether a computer that somebody names under a unit is another unit's: one number is one computer.
func (pic Picture) foreign(unit string, r journal.Replica) bool {
	whose, ok := pic.owner[r]
	return ok && whose != unit
}

// Peers are those that we know, in use or not.
func (pic Picture) Peers() []Peer { return slices.Clone(pic.peers) }

// Known are the keys with which a peer may have signed; none where we do not know that computer ourselves.
func (pic Picture) Known(who Author) []suite.Signer { return pic.known[who] }

// knows says whether a computer is a peer, in use or not.
func (pic Picture) knows(r journal.Replica) bool {
	return slices.ContainsFunc(pic.peers, func(p Peer) bool { return p.Card.Replica == r })
}

// Reports says whether any computer of the office above is believed, or was.
func (pic Picture) Reports() bool {
	return slices.ContainsFunc(pic.peers, func(p Peer) bool { return p.Card.Unit == pic.parent })
}

// Self is this computer.
func (pic Picture) Self() journal.Replica { return pic.self }

// Opens are the keys with which we open what is sealed for us.
func (pic Picture) Opens() []suite.Secret { return pic.own.Keys() }

// Said is the version of our own newest list; 0 for none.
func (pic Picture) Said() uint64 { return pic.mine.Version }

// List is the newest list that a peer in use published; the zero one for none.
func (pic Picture) List(by Author) keyring.List { return pic.lists[by] }

// Outs says whether a peer in use put this computer out of use.
func (pic Picture) Outs(by Author) bool {
	return slices.ContainsFunc(pic.lists[by].Revoked, func(r keyring.Revocation) bool { return r.Replica == pic.self })
}

// Named is a computer that we know only by the list of a unit.
type Named struct {
	keyring.Card
	By string
}

// Afar are the computers in use that the offices below us name, of units below those.
func (pic Picture) Afar() (list []Named) {
	for _, p := range pic.peers {
		for _, card := range pic.lists[p.By()].Cards {
			if p.Card.Unit != pic.parent && unit.Above(p.Card.Unit, card.Unit) &&
				!pic.Revoked(Author{card.Unit, card.Replica}) {
				list = append(list, Named{card, p.Card.Unit})
			}
		}
	}
	return list
}

// Through gives the unit that a station below us, or ours, exchanges with, "" for its county: whom it is set to report
// to, where it is ours; else us, or who names its computer; and where none is known to have one, the table that has a
// computer and serves it (unit.Serves). Where nobody knows, it is "".
func (pic Picture) Through(station string) (over string) {
	switch {
	case station == pic.unit:
		over = pic.parent
	case pic.direct[station]:
		over = pic.unit
	case unit.Parent(station) != pic.unit: // whoever is between us and it knows
	default:
		for _, n := range pic.Afar() {
			if n.Unit == station {
				over = n.By
			}
		}
		for _, p := range pic.peers { // by unit: the same on every computer of ours
			if over == "" && pic.direct[p.Card.Unit] && unit.LevelOf(p.Card.Unit) == journal.Station && unit.Above(p.Card.Unit, station) {
				over = p.Card.Unit
			}
		}
	}
	if over == unit.Parent(station) {
		return ""
	}
	return over
}

// Revoked says whether a computer was put out of use, by us or, where we do not know it ourselves, by somebody whose
// list we believe in that.
func (pic Picture) Revoked(who Author) bool {
	for _, p := range pic.peers {
		if p.By() == who {
			return p.Revoked
		}
	}
	out := func(l keyring.List) bool {
		return slices.ContainsFunc(l.Revoked, func(r keyring.Revocation) bool { return r.Replica == who.Replica })
	}
	for by, l := range pic.lists {
		if pic.Speaks(by.Unit, who.Unit) && out(l) {
			return true
		}
	}
	return out(pic.mine)
}

// Sibling says whether another computer of our own unit is in use, as far as the office above tells.
func (pic Picture) Sibling(r journal.Replica) bool {
	for by, l := range pic.lists {
		if by.Unit == pic.parent && slices.ContainsFunc(l.Cards,
			func(c keyring.Card) bool { return c.Unit == pic.unit && c.Replica == r }) {
			return r != pic.self && !pic.Revoked(Author{pic.unit, r})
		}
	}
	return false
}

// Signers are the keys with which a unit's computer may have signed, as far as whoever passes its words on knows, or
// else anybody; none where we know nobody of that name.
func (pic Picture) Signers(by Author, unit string, r journal.Replica) (keys []suite.Signer) {
	if r == pic.self {
		for _, p := range pic.own.Publics() {
			keys = append(keys, suite.Signer{Suite: p.Suite(), Key: p.Sign})
		}
		return keys
	}
	if keys, ok := pic.known[Author{unit, r}]; ok {
		return keys
	}
	if pic.foreign(unit, r) || pic.disowned(unit, r) {
		return nil
	}
	if l := pic.lists[by]; pic.Speaks(by.Unit, unit) {
		keys = l.Signers(unit, r)
	}
	if len(keys) == 0 {
		for _, p := range pic.peers { // in their order: see Ground
			if pic.Speaks(p.Card.Unit, unit) {
				keys = append(keys, pic.lists[p.By()].Signers(unit, r)...)
			}
		}
	}
	if len(keys) > 0 {
		return keys
	}
	if unit != pic.unit {
		return pic.mine.Signers(unit, r) // what the others forgot
	}
	for _, card := range pic.former() {
		if card.Replica == r {
			keys = append(keys, card.Signers(pic.mine.Revoked...)...)
		}
	}
	return keys
}

// succeeded says whether a unit has another computer now than the one that wrote an entry. It answers for what that
// one wrote and nobody heard before it was put out of use: only it, or the office above it, can bring that.
func (pic Picture) succeeded(r journal.Record) bool {
	other := func(card keyring.Card) bool { return card.Unit == r.Unit && card.Replica != r.ID.Replica }
	if r.Unit == pic.unit || slices.ContainsFunc(pic.peers, func(p Peer) bool { return !p.Revoked && other(p.Card) }) {
		return true
	}
	for office, l := range pic.lists {
		if pic.Speaks(office.Unit, r.Unit) && slices.ContainsFunc(l.Cards, func(card keyring.Card) bool {
			return other(card) && !slices.ContainsFunc(l.Revoked,
				func(out keyring.Revocation) bool { return out.Replica == card.Replica })
		}) {
			return true
		}
	}
	return false
}

// Speaks says whether an office's list is believed in what it says of a unit: one below us in itself and in those
// below it that report to it, and not to us, for which we speak ourselves; the office above in everybody.
func (pic Picture) Speaks(office, code string) bool {
	return office == pic.parent || office == code || unit.Above(office, code) && !pic.direct[code]
}

// lines says whether a unit is on our line: ours, below it or above it.
func (pic Picture) lines(code string) bool {
	return code == pic.unit || code == pic.parent || unit.Above(code, pic.unit) || unit.Above(pic.unit, code)
}

// Prove fails with bundle.ErrStranger or bundle.ErrForged where an entry is not by who it says: its signature is not
// that of a key that we know, or it is by an earlier computer of ours and not from before our own first. by passed it
// on.
func (pic Picture) Prove(by Author, r journal.Record) error {
	if r.Unit == pic.unit && r.ID.Replica != pic.self && !pic.early(r) && !pic.told(r.ID.Replica) {
		return fmt.Errorf("%w: entry %v of an earlier computer, of %v", bundle.ErrStranger, r.ID, r.At)
	}
	known := pic.Signers(by, r.Unit, r.ID.Replica)
	for _, k := range known {
		if s, err := suite.Named(k.Suite); err == nil && (k.Holds(r.ID) || pic.succeeded(r)) && s.Verify(k.Key,
			r.Signed(), r.Signature) {
			return nil
		}
	}
	if len(known) == 0 {
		return fmt.Errorf("%w: entry %v of unit %s", bundle.ErrStranger, r.ID, r.Unit)
	}
	return fmt.Errorf("%w: entry %v of unit %s", bundle.ErrForged, r.ID, r.Unit)
}

// Superseded says whether a computer of the office above was there before those which we believe: they name it in
// their lists. Clocks do not tell: that of a new computer may be years behind.
func (pic Picture) Superseded(card keyring.Card) bool {
	for by, l := range pic.lists {
		if by.Unit == pic.parent && slices.ContainsFunc(l.Cards,
			func(c keyring.Card) bool { return c.Replica == card.Replica && c.Unit == pic.parent }) {
			return true
		}
	}
	return false
}

// Before says whether a bundle of a computer that we do not know says that it was made before the computer that its
// unit has now asked to be let in, and was heard. A clock that ran ahead then tells nothing.
func (pic Picture) Before(h bundle.Header, now time.Time) bool {
	return pic.known[Author{h.From, h.Replica}] == nil && slices.ContainsFunc(pic.peers, func(p Peer) bool {
		return p.Card.Unit == h.From && !p.Revoked && len(p.Lives) > 0 && h.Made.Before(p.Asked) && !p.Asked.After(now)
	})
}
