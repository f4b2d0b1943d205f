package courier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// book is the keys that we know: our own, those of our peers, and those for which an office vouches in its list.
type book struct {
	self         journal.Replica
	unit, parent string
	own          keyring.Identity
	peers        []peer
	known        map[author][]suite.Signer // of the peers
	lists        map[author]keyring.List   // of those in use
	mine         keyring.List              // our own newest; it also remembers what others named once

	newest map[journal.Replica]bundle.Header // that each peer said in this round
}

// author is a computer of a unit.
type author struct {
	unit    string
	replica journal.Replica
}

// kept is under which name its list lies in the store.
func (a author) kept() string { return fmt.Sprintf("%s %x", a.unit, a.replica[:]) }

func (c *Courier) book(ctx context.Context) (book, error) {
	b := book{self: c.Store.Self().Replica, unit: c.Settings.Unit, parent: c.Settings.Parent, own: c.Keys, known: map[author][]suite.Signer{}, lists: map[author]keyring.List{}, newest: map[journal.Replica]bundle.Header{}}
	var err error
	if b.peers, err = c.peers(ctx); err != nil {
		return b, err
	}
	for _, p := range b.peers {
		b.known[author{p.Card.Unit, p.Card.Replica}] = p.signers()
	}
	files, err := c.Store.KeyLists(ctx)
	if err != nil {
		return b, err
	}
	read := map[string]keyring.List{}
	for key, l := range files {
		list := c.lists[key]
		if len(l.File) == 0 {
			continue // ours, of which we only know that somebody has one
		}
		if list.Version != l.Version {
			if list, err = keyring.ReadList(l.File); err != nil {
				return b, fmt.Errorf("key list of %s: %w", key, err)
			}
		}
		read[key] = list
		by := author{list.By.Unit, list.By.Replica}
		switch {
		case key == b.unit:
			b.mine = list
		case list.Version > b.lists[by].Version && slices.ContainsFunc(b.peers, func(p peer) bool { return !p.Revoked && p.by() == by }):
			b.lists[by] = list
		}
	}
	c.lists = read
	return b, nil
}

// revoked says whether a computer was put out of use, by us or, where we do not know it ourselves, by somebody whose list we believe in
// that.
func (b book) revoked(who author) bool {
	for _, p := range b.peers {
		if p.by() == who {
			return p.Revoked
		}
	}
	out := func(l keyring.List) bool {
		return slices.ContainsFunc(l.Revoked, func(r keyring.Revocation) bool { return r.Replica == who.replica })
	}
	for by, l := range b.lists {
		if b.speaks(by.unit, who.unit) && out(l) {
			return true
		}
	}
	return out(b.mine)
}

// signers are the keys with which a unit's computer may have signed, as far as whoever passes its words on knows, or else anybody; none
// where we know nobody of that name.
func (b book) signers(by author, unit string, r journal.Replica) (keys []suite.Signer) {
	if r == b.self {
		for _, p := range b.own.Publics() {
			keys = append(keys, suite.Signer{Suite: p.Suite(), Key: p.Sign})
		}
		return keys
	}
	if keys, ok := b.known[author{unit, r}]; ok {
		return keys
	}
	if l := b.lists[by]; b.speaks(by.unit, unit) {
		keys = l.Signers(unit, r)
	}
	if len(keys) == 0 {
		for office, l := range b.lists {
			if b.speaks(office.unit, unit) {
				keys = append(keys, l.Signers(unit, r)...)
			}
		}
	}
	if len(keys) == 0 {
		keys = b.mine.Signers(unit, r) // what the others forgot
	}
	if unit == b.unit {
		for _, card := range b.predecessors() {
			if card.Replica == r {
				keys = append(keys, card.Signers()...)
			}
		}
	}
	return keys
}

// predecessors are computers of our own unit from before this one, of which nobody above can tell: two of the units below, or the
// only one, name the same, because they believed it.
func (b book) predecessors() (cards []keyring.Card) {
	below := map[string]bool{}
	for _, p := range b.peers {
		if p.Card.Unit != b.parent && !p.Revoked {
			below[p.Card.Unit] = true
		}
	}
	type naming struct {
		card journal.Hash
		unit string
	}
	named, units := map[journal.Hash]int{}, map[naming]bool{}
	for _, p := range b.peers {
		for _, card := range b.lists[p.by()].Cards {
			n := naming{card.Hash(), p.Card.Unit}
			if card.Unit != b.unit || card.Replica == b.self || p.Card.Unit == b.parent || units[n] {
				continue
			}
			units[n] = true
			if named[n.card]++; named[n.card] == min(2, len(below)) {
				cards = append(cards, card)
			}
		}
	}
	return cards
}

// signers are the keys of a peer, as far as they hold.
func (p peer) signers() []suite.Signer {
	if p.Revoked {
		return p.Signers(revocation(p))
	}
	return p.Signers()
}

// by is who signs its list.
func (p peer) by() author { return author{p.Card.Unit, p.Card.Replica} }

func revocation(p peer) keyring.Revocation {
	return keyring.Revocation{Replica: p.Until.Replica, Incarnation: p.Until.Incarnation, LastSeq: p.Until.Seq}
}

// succeeded says whether a unit has another computer now than the one that wrote an entry. It answers for what that one wrote and
// nobody heard before it was put out of use: only it, or the office above it, can bring that.
func (b book) succeeded(r journal.Record) bool {
	other := func(card keyring.Card) bool { return card.Unit == r.Unit && card.Replica != r.ID.Replica }
	if r.Unit == b.unit || slices.ContainsFunc(b.peers, func(p peer) bool { return !p.Revoked && other(p.Card) }) {
		return true
	}
	for office, l := range b.lists {
		if b.speaks(office.unit, r.Unit) && slices.ContainsFunc(l.Cards, func(card keyring.Card) bool {
			return other(card) && !slices.ContainsFunc(l.Revoked, func(out keyring.Revocation) bool { return out.Replica == card.Replica })
		}) {
			return true
		}
	}
	return false
}

// speaks says whether an office's list is believed in what it says of a unit: the office above in everything, one below us in
// itself and those below it.
func (b book) speaks(office, unit string) bool {
	return office == b.parent || office == unit || matter.Above(office, unit)
}

// prove fails with bundle.ErrStranger or bundle.ErrForged where an entry is not by who it says: its signature is not that
// of a key that we know. by passed it on.
func (b book) prove(by author, r journal.Record) error {
	known := b.signers(by, r.Unit, r.ID.Replica)
	for _, k := range known {
		if s, err := suite.Named(k.Suite); err == nil && (k.Holds(r.ID) || b.succeeded(r)) && s.Verify(k.Key, r.Signed(), r.Signature) {
			return nil
		}
	}
	if len(known) == 0 {
		return fmt.Errorf("%w: entry %v of unit %s", bundle.ErrStranger, r.ID, r.Unit)
	}
	return fmt.Errorf("%w: entry %v of unit %s", bundle.ErrForged, r.ID, r.Unit)
}

// vouched fails where a bundle brings what its writer may not pass on. The office above is believed in everything but our own
// words. Whoever is below passes on its own words, those of units below it, and those of ours and of offices above us that
// it holds; all must be signed by their writers. Of each run of numbers the last vouches for those before it.
func (b book) vouched(h bundle.Header, parent string, records []journal.Record) error {
	run := map[journal.ID]journal.Record{}
	last := func(r journal.Record) error {
		if h.From == parent && r.ID.Replica != b.self {
			return nil
		}
		ours := r.Unit == b.unit || matter.Above(r.Unit, b.unit)
		if h.From != parent && r.Unit != h.From && !matter.Above(h.From, r.Unit) && !ours {
			return fmt.Errorf("%w: entry %v is not its writer's to pass on", bundle.ErrForged, r.ID)
		}
		return b.prove(author{h.From, h.Replica}, r)
	}
	for _, r := range records {
		life := journal.ID{Replica: r.ID.Replica, Incarnation: r.ID.Incarnation}
		before, ok := run[life]
		if ok && (before.Unit != r.Unit || journal.Follow(before.ID, before.Hash, r) != nil) {
			if err := last(before); err != nil {
				return err
			}
		}
		run[life] = r
	}
	for _, r := range run {
		if err := last(r); err != nil {
			return err
		}
	}
	return nil
}

// Prove says whether an entry of our journal is by who it says: of ourselves and those below us.
func (c *Courier) Prove(r journal.Record) error {
	if r.ID.Replica == c.Store.Self().Replica || !matter.Above(c.Settings.Unit, r.Unit) {
		return nil
	}
	b, err := c.book(context.Background())
	if err != nil {
		return err
	}
	return b.prove(author{}, r)
}

// Sign signs with this computer's key of today.
func (c *Courier) Sign(message []byte) ([]byte, error) { return c.Keys.Signature(message) }

// learn takes a paper about keys: a certificate, a change of keys, an office's list.
func (c *Courier) learn(ctx context.Context, f *folder.Folder, file folder.File) error {
	switch filepath.Ext(file.Name) {
	case ".certificate":
		return c.believe(ctx, f, file)
	case ".keychange":
		return c.awaits(ctx, file, c.follow(ctx, f, file))
	}
	return c.awaits(ctx, file, c.list(ctx, f, file))
}

// awaits tells a paper that nobody can believe from one that the office above wrote for others before it accepted us.
func (c *Courier) awaits(ctx context.Context, file folder.File, why error) error {
	if file.From != c.Settings.Parent || !errors.Is(why, keyring.ErrStranger) {
		return why
	}
	ps, err := c.peers(ctx)
	if err == nil && !slices.ContainsFunc(ps, func(p peer) bool { return p.Card.Unit == file.From }) {
		return errElse
	}
	return errors.Join(why, err)
}

// follow believes that a peer has new keys, because its old ones say so; of one that is out of use, as far as its words are believed.
func (c *Courier) follow(ctx context.Context, f *folder.Folder, file folder.File) error {
	said, err := c.read(f, file, keyring.MaxPaper)
	if err != nil {
		return err
	}
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	err = fmt.Errorf("%w: we do not know %s", keyring.ErrStranger, file.From)
	for _, p := range ps {
		if p.Card.Unit != file.From {
			continue
		}
		var card keyring.Card
		if card, err = p.Follow(said); err != nil {
			continue
		}
		if p.Revoked && card.Next != nil && !(suite.Signer{Until: p.Until}).Holds(card.Next.From) {
			return errElse
		}
		b, err := json.Marshal(card)
		if err != nil {
			return fmt.Errorf("card: %w", err)
		}
		return c.Store.Rekey(ctx, p.Card.Replica, string(b))
	}
	return err
}

// recover seals to the county's recovery key from now on.
func (c *Courier) recover(p suite.Public) error {
	if err := keyring.SetRecovery(c.Home, p); err != nil {
		return err
	}
	keys, err := keyring.Load(c.Home)
	if err == nil {
		c.Keys = keys
	}
	return err
}

// Recovery makes the county's recovery key in a folder that is to be kept away from every computer, a stick in a safe. From
// now on everything sealed by us and, when they have heard of it, by those below us can be opened with it.
func (c *Courier) Recovery(dir string, random io.Reader) error {
	id, err := keyring.Create(dir, c.Keys.Current.Suite, random)
	if err != nil {
		return err
	}
	return c.recover(id.Public())
}

// Renew gives this computer new keys. They sign from the next entry on; whoever knows the old ones believes the statement that
// they signed, which goes into the folder with the next round.
func (c *Courier) Renew(ctx context.Context, random io.Reader) error {
	next := c.Store.Self()
	head, err := c.Store.Head(ctx)
	if err != nil {
		return err
	}
	next.Seq = head + 1
	if _, err = keyring.Rotate(c.Home, c.Card(), next, random); err == nil || errors.Is(err, keyring.ErrExists) {
		var keys keyring.Identity
		if keys, err = keyring.Turn(c.Home); err == nil {
			c.Keys = keys
		}
	}
	if err != nil {
		return fmt.Errorf("new keys: %w", err)
	}
	return nil
}

func (c *Courier) know(ctx context.Context, card keyring.Card) error {
	b, err := json.Marshal(card)
	if err != nil {
		return fmt.Errorf("card: %w", err)
	}
	return c.Store.Know(ctx, store.Peer{Replica: card.Replica, Unit: card.Unit, Name: card.Name, Card: string(b)})
}
