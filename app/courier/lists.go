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
	for _, p := range b.peers {
		if p.Card.Unit != file.From || p.Revoked {
			continue
		}
		held, other := b.lists[file.From], false
		if held.By.Replica != p.Card.Replica {
			held, other = keyring.List{}, len(held.Cards) > 0
		}
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
		if other { // of two computers of one office the one's list takes the place of the other's: ours keeps what that one named
			if _, err := c.keyPapers(ctx); err != nil {
				return err
			}
		}
		return c.Store.KeepKeyList(ctx, file.From, store.KeyList{Version: l.Version, File: said})
	}
	if old, bad := keyring.ReadList(said); bad == nil && errors.Is(err, keyring.ErrStranger) && b.before(bundle.Header{From: file.From, Made: old.Made}) {
		return errBefore
	}
	return err
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
	held, last := b.lists[c.Settings.Unit], files[c.Settings.Unit]
	if len(last.File) > 0 && held.Version == last.Version && held.Says(list) {
		papers[keyring.ListName(held.Version)] = last.File
		return papers, nil
	}
	// Seconds, so that a computer that was set back does not give an old number again.
	list.Version = max(last.Version+1, uint64(list.Made.Unix()))
	said, err := list.Sign(c.Keys)
	if err != nil {
		return nil, err
	}
	papers[keyring.ListName(list.Version)] = said
	return papers, c.Store.KeepKeyList(ctx, c.Settings.Unit, store.KeyList{Version: list.Version, File: said})
}

// remember takes back, once a start, what we said of keys and lost when our book was set back: our newest list lies in the folder.
// Who was put out of use since stays out, and who was let in since is known.
func (c *Courier) remember(ctx context.Context, f *folder.Folder) error {
	if c.remembered {
		return nil
	}
	said, err := c.Store.KeyLists(ctx)
	if err != nil {
		return err
	}
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	var paper []byte
	newest := keyring.List{By: c.Card(), Version: said[c.Settings.Unit].Version}
	units, err := f.Units()
	if err != nil {
		return err
	}
	for _, unit := range units {
		files, _ := f.List(unit, c.Settings.Unit) // one that cannot be read is told of elsewhere
		for _, file := range files {
			var version uint64
			if n, _ := fmt.Sscanf(file.Name, "keys-%d.keylist", &version); n == 0 || version <= newest.Version {
				continue
			}
			if b, err := read(f, unit, file, keyring.MaxList); err == nil {
				if l, err := keyring.OpenList(b, keyring.List{By: c.Card()}); err == nil && l.Version > newest.Version {
					newest, paper = l, b
				}
			}
		}
	}
	c.remembered = true
	if paper == nil {
		return nil
	}
	for _, card := range newest.Cards {
		if slices.ContainsFunc(ps, func(p peer) bool { return p.Card.Replica == card.Replica }) {
			continue
		}
		files, _ := f.List(card.Unit, c.Settings.Unit)
		if slices.ContainsFunc(files, func(file folder.File) bool { return filepath.Ext(file.Name) == ".certificate" }) { // not one below another office
			if err := c.know(ctx, card); err != nil {
				return err
			}
		}
	}
	for _, r := range newest.Revoked {
		if err := c.Store.Bar(ctx, journal.ID{Replica: r.Replica, Incarnation: r.Incarnation, Seq: r.LastSeq}); err != nil {
			return err
		}
	}
	return c.Store.KeepKeyList(ctx, c.Settings.Unit, store.KeyList{Version: newest.Version, File: paper})
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
// unit. To a new computer of the office above it also names the one before that we believed. What it named once it goes on
// naming: words of a computer that is long gone come back from others.
func (c *Courier) ownList(b book) keyring.List {
	l := keyring.List{By: c.Card(), Made: c.Now().UTC(), Recovery: c.Keys.Recovery}
	add := func(card keyring.Card, out ...keyring.Revocation) {
		if card.Replica != b.self && !slices.ContainsFunc(l.Cards, func(have keyring.Card) bool { return have.Replica == card.Replica }) {
			l.Cards, l.Revoked = append(l.Cards, card), append(l.Revoked, out...)
		}
	}
	take := func(theirs keyring.List, believed func(unit string) bool) {
		for _, card := range theirs.Cards {
			if believed(card.Unit) {
				at := slices.IndexFunc(theirs.Revoked, func(r keyring.Revocation) bool { return r.Replica == card.Replica })
				add(card, theirs.Revoked[max(at, 0):at+1]...)
			}
		}
	}
	for _, p := range b.peers {
		switch {
		case p.Revoked:
			add(p.Card, revocation(p))
		case p.Card.Unit != b.parent:
			add(p.Card)
		}
	}
	for _, p := range b.peers {
		if p.Card.Unit != b.parent {
			take(b.lists[p.Card.Unit], func(unit string) bool { return b.speaks(p.Card.Unit, unit) })
		}
	}
	take(b.lists[b.parent], func(unit string) bool { return unit == b.unit || matter.Above(b.unit, unit) })
	for _, card := range b.predecessors() {
		add(card)
	}
	take(b.lists[b.unit], func(string) bool { return true })
	slices.SortFunc(l.Cards, func(a, b keyring.Card) int { return slices.Compare(a.Replica[:], b.Replica[:]) })
	return l
}
