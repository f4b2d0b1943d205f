package courier

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
)

// list keeps an office's newest key list; the recovery key of the office above becomes ours.
func (c *Courier) list(ctx context.Context, f *folder.Folder, file folder.File) error {
	said, err := c.read(f, file, keyring.MaxList)
	if err != nil {
		return err
	}
	b, err := c.book(ctx)
	if err != nil {
		return err
	}
	err = fmt.Errorf("%w: we do not know %s", keyring.ErrStranger, file.From)
	if old, bad := keyring.ReadList(said); bad == nil && (b.revoked(author{old.By.Unit, old.By.Replica}) || b.superseded(old.By)) {
		return errElse // it counts no more, or not before that computer is let in again
	}
	for _, p := range b.peers {
		if p.Card.Unit != file.From || p.Revoked {
			continue
		}
		held := b.lists[p.by()]
		held.By = p.Card
		var l keyring.List
		if l, err = keyring.OpenList(said, held); err != nil {
			old, _ := keyring.ReadList(said)
			former := slices.ContainsFunc(p.Former, func(f keyring.Former) bool { return f.Card == old.By.Hash() })
			if former || errors.Is(err, keyring.ErrOlder) && old.Version < held.Version {
				return nil // yesterday's, which still lies there
			}
			continue
		}
		if file.From == c.Settings.Parent && l.Recovery != nil && (c.Keys.Recovery == nil || !c.Keys.Recovery.Equal(*l.Recovery)) {
			if err := c.recover(*l.Recovery); err != nil {
				return err
			}
		}
		others := slices.ContainsFunc(l.Cards, func(card keyring.Card) bool { // else it only repeats what we said ourselves, perhaps long ago
			return card.Unit == b.unit && card.Replica != b.self && !slices.ContainsFunc(l.Revoked, func(r keyring.Revocation) bool { return r.Replica == card.Replica })
		})
		if file.From == c.Settings.Parent && held.Version > 0 && others { // whom another computer of our unit put out of use
			for _, r := range l.Revoked {
				if err := c.bar(ctx, r, b, held); err != nil {
					return err
				}
			}
		}
		return c.Store.KeepKeyList(ctx, p.by().kept(), store.KeyList{Version: l.Version, File: said})
	}
	if old, bad := keyring.ReadList(said); bad == nil && errors.Is(err, keyring.ErrStranger) && b.before(bundle.Header{From: file.From, Replica: old.By.Replica, Made: old.Made}, c.Now()) {
		return errBefore
	}
	return err
}

// bar puts a computer below us out of use that the office above had not named so before.
func (c *Courier) bar(ctx context.Context, r keyring.Revocation, b book, before keyring.List) error {
	named := slices.ContainsFunc(before.Revoked, func(o keyring.Revocation) bool { return o.Replica == r.Replica })
	if named || !slices.ContainsFunc(b.peers, func(p peer) bool { return p.Card.Replica == r.Replica && p.Card.Unit != b.parent }) {
		return nil
	}
	return c.Store.Bar(ctx, journal.ID{Replica: r.Replica, Incarnation: r.Incarnation, Seq: r.LastSeq})
}

// keyPapers are what lies for every peer beside the bundles: how our keys changed, and our list, by name.
func (c *Courier) keyPapers(ctx context.Context) (map[string][]byte, error) {
	papers := map[string][]byte{}
	for _, said := range c.Keys.Statements {
		papers[keyring.KeyChangeName(said)] = said
	}
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	list := c.ownList(b)
	if len(list.Cards) == 0 {
		return papers, nil
	}
	files, err := c.Store.KeyLists(ctx)
	if err != nil {
		return nil, err
	}
	held, last := b.mine, files[c.Settings.Unit]
	if len(last.File) > 0 && held.Version == last.Version && held.Says(list) {
		papers[keyring.ListName(last.File)] = last.File
		return papers, nil
	}
	// Seconds, so that a computer that was set back does not give an old number again.
	list.Version = max(last.Version+1, uint64(list.Made.Unix()))
	said, err := list.Sign(c.Keys)
	if err != nil {
		return nil, err
	}
	name := keyring.ListName(said)
	papers[name] = said
	if err := c.Store.Met(ctx, store.File{Sender: c.Settings.Unit, Name: name}, c.Now()); err != nil {
		return nil, err
	}
	return papers, c.Store.KeepKeyList(ctx, c.Settings.Unit, store.KeyList{Version: list.Version, File: said})
}

// remember takes back what we said of keys and lost when our book was set back: the lists that we signed lie in the folder. Of those
// that we do not remember the newest tells who was put out of use; and where it is newer than ours, who was let in, too.
func (c *Courier) remember(ctx context.Context, f *folder.Folder, met []store.File) error {
	known := map[string]bool{}
	for _, m := range met {
		if m.Sender == c.Settings.Unit {
			known[m.Name] = true
		}
	}
	said, err := c.Store.KeyLists(ctx)
	if err != nil {
		return err
	}
	units, err := f.Units()
	if err != nil {
		return err
	}
	ours := said[c.Settings.Unit].Version
	var newest, under keyring.List // under whatever keys; under those of today: earlier ones may be a thief's, who lets nobody in
	var paper []byte
	var names []string
	if held := keyring.ListName(said[c.Settings.Unit].File); ours > 0 && !known[held] { // a copy may hold it and not know where it lies
		known[held], names = true, []string{held}
	}
	for _, unit := range units {
		files, _ := f.List(unit, c.Settings.Unit) // one that cannot be read is told of elsewhere
		for _, file := range files {
			if filepath.Ext(file.Name) != ".keylist" || known[file.Name] {
				continue
			}
			b, err := read(f, unit, file, keyring.MaxList)
			if err != nil {
				continue
			}
			for i, public := range c.Keys.Publics() {
				by := c.Card()
				by.Public = public
				l, err := keyring.OpenList(b, keyring.List{By: by})
				if err != nil {
					continue // it is damaged, or another computer's
				}
				known[file.Name], names = true, append(names, file.Name)
				if l.Version > newest.Version {
					newest = l
				}
				if i == 0 && l.Version > under.Version {
					under, paper = l, b
				}
			}
		}
	}
	if under.Version > ours {
		if err := c.welcome(ctx, f, under); err != nil {
			return err
		}
	}
	for _, r := range newest.Revoked {
		if err := c.Store.Bar(ctx, journal.ID{Replica: r.Replica, Incarnation: r.Incarnation, Seq: r.LastSeq}); err != nil {
			return err
		}
	}
	if under.Version > ours {
		if err := c.Store.KeepKeyList(ctx, c.Settings.Unit, store.KeyList{Version: under.Version, File: paper}); err != nil {
			return err
		}
	}
	if err := c.outdone(ctx, newest.Version); err != nil {
		return err
	}
	for _, name := range names {
		if err := c.Store.Met(ctx, store.File{Sender: c.Settings.Unit, Name: name}, c.Now()); err != nil {
			return err
		}
	}
	return nil
}

// welcome knows again whom a list of ours names, and under which keys, as far as they are ours and not those of an office below.
func (c *Courier) welcome(ctx context.Context, f *folder.Folder, l keyring.List) error {
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	for _, card := range l.Cards {
		at := slices.IndexFunc(ps, func(p peer) bool { return p.Card.Replica == card.Replica })
		if at >= 0 && !ps[at].Revoked && ps[at].Hash() == card.Hash() && ps[at].Turned().Hash() == card.Turned().Hash() {
			continue
		}
		files, _ := f.List(card.Unit, c.Settings.Unit)
		if at >= 0 || slices.ContainsFunc(files, func(file folder.File) bool { return filepath.Ext(file.Name) == ".certificate" }) {
			if err := c.know(ctx, card); err != nil {
				return err
			}
		}
	}
	return nil
}

// outdone heeds that somebody holds a list of ours that is newer than any that we know of: we were set back, or a clock was
// ahead. The next one that we make replaces that. What leaves no room for newer ones is a lie.
func (c *Courier) outdone(ctx context.Context, version uint64) error {
	files, err := c.Store.KeyLists(ctx)
	if last := files[c.Settings.Unit]; err == nil && version > last.Version && version <= 1<<62 {
		err = c.Store.KeepKeyList(ctx, c.Settings.Unit, store.KeyList{Version: version, File: last.File})
	}
	return err
}

// ownList is what we vouch for: the computers that we let in, those that the offices below us let in, and earlier ones of our own
// unit. To a new computer of the office above it also names those before it that we believed, and those before them. What it named
// once it goes on naming: words of a computer that is long gone come back from others.
func (c *Courier) ownList(b book) keyring.List {
	l := keyring.List{By: c.Card(), Made: c.Now().UTC(), Recovery: c.Keys.Recovery}
	named := func(r journal.Replica) bool {
		return r == b.self || slices.ContainsFunc(l.Cards, func(have keyring.Card) bool { return have.Replica == r })
	}
	take := func(theirs keyring.List, believed func(card keyring.Card) bool) {
		for _, card := range theirs.Cards {
			if !believed(card) {
				continue
			}
			if !named(card.Replica) {
				l.Cards = append(l.Cards, card)
			}
			out := func(r keyring.Revocation) bool { return r.Replica == card.Replica }
			if at := slices.IndexFunc(theirs.Revoked, out); at >= 0 && !slices.ContainsFunc(l.Revoked, out) {
				l.Revoked = append(l.Revoked, theirs.Revoked[at])
			}
		}
	}
	for _, p := range b.peers {
		if p.Revoked {
			l.Cards, l.Revoked = append(l.Cards, p.Card), append(l.Revoked, revocation(p))
		} else if p.Card.Unit != b.parent {
			l.Cards = append(l.Cards, p.Card)
		}
	}
	known := slices.Clone(l.Cards) // of these we speak for ourselves
	for _, p := range b.peers {
		if p.Card.Unit != b.parent { // of two computers of one office each says whom it put out of use
			take(b.lists[p.by()], func(card keyring.Card) bool {
				first := slices.ContainsFunc(known, func(have keyring.Card) bool { return have.Replica == card.Replica })
				return !first && card.Replica != b.self && b.speaks(p.Card.Unit, card.Unit)
			})
		}
	}
	for _, p := range b.peers {
		if p.Card.Unit == b.parent {
			take(b.lists[p.by()], func(card keyring.Card) bool {
				return !named(card.Replica) && (card.Unit == b.unit || card.Unit == b.parent || matter.Above(b.unit, card.Unit))
			})
		}
	}
	for _, card := range b.predecessors() {
		if !named(card.Replica) {
			l.Cards = append(l.Cards, card)
		}
	}
	take(b.mine, func(card keyring.Card) bool { return !named(card.Replica) })
	slices.SortFunc(l.Cards, func(a, b keyring.Card) int { return slices.Compare(a.Replica[:], b.Replica[:]) })
	return l
}
