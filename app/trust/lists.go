package trust

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"time"

	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

// list keeps an office's newest key list; the recovery key of the office above becomes that of a table. An office has
// its own or none: to its tables it seals what those above it may not have.
func (t *Trust) list(ctx context.Context, f *folder.Folder, file folder.File, pic Picture) error {
	said, err := f.Read(t.Settings.Unit, file, keyring.MaxList)
	if err != nil {
		return err
	}
	err = fmt.Errorf("%w: we do not know %s", keyring.ErrStranger, file.From)
	if old, bad := keyring.ReadList(said); bad == nil && (pic.Revoked(Author{old.By.Unit, old.By.Replica}) ||
		pic.Superseded(old.By)) {
		return ErrElse // it counts no more, or not before that computer is let in again
	}
	for _, p := range pic.peers {
		if p.Card.Unit != file.From || p.Revoked {
			continue
		}
		held := pic.lists[p.By()]
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
		if file.From == t.Settings.Parent && t.Settings.Role == journal.Station && l.Recovery != nil &&
			!t.recovers(*l.Recovery) {
			if err := t.recover(*l.Recovery); err != nil {
				return err
			}
		}
		// else it only repeats what we said ourselves, perhaps long ago
		others := slices.ContainsFunc(l.Cards, func(card keyring.Card) bool {
			return card.Unit == pic.unit && card.Replica != pic.self && !slices.ContainsFunc(l.Revoked,
				func(r keyring.Revocation) bool { return r.Replica == card.Replica })
		})
		// whom another computer of our unit put out of use
		if file.From == t.Settings.Parent && held.Version > 0 && others {
			for _, r := range l.Revoked {
				if err := t.bar(ctx, r, pic, held); err != nil {
					return err
				}
			}
		}
		return peer.KeepKeyList(ctx, t.Store, p.By().kept(), peer.KeyList{Version: l.Version, File: said})
	}
	if old, bad := keyring.ReadList(said); bad == nil && errors.Is(err, keyring.ErrStranger) &&
		pic.Before(bundle.Header{From: file.From, Replica: old.By.Replica, Made: old.Made}, t.Now()) {
		return ErrBefore
	}
	return err
}

// bar puts a computer below us out of use that the office above had not named so before.
func (t *Trust) bar(ctx context.Context, r keyring.Revocation, pic Picture, before keyring.List) error {
	named := slices.ContainsFunc(before.Revoked, func(o keyring.Revocation) bool { return o.Replica == r.Replica })
	if named || !slices.ContainsFunc(pic.peers,
		func(p Peer) bool { return p.Card.Replica == r.Replica && p.Card.Unit != pic.parent }) {
		return nil
	}
	return peer.Bar(ctx, t.Store, journal.ID{Replica: r.Replica, Incarnation: r.Incarnation, Seq: r.LastSeq})
}

// Papers are what lies for every peer beside the bundles: how our keys changed, and our list, by name.
func (t *Trust) Papers(ctx context.Context) (map[string][]byte, error) {
	papers := map[string][]byte{}
	for _, said := range t.Keys().Statements {
		papers[keyring.KeyChangeName(said)] = said
	}
	pic, err := t.Picture(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.relinquish(pic); err != nil {
		return nil, err
	}
	wrote := map[journal.Replica]bool{}
	if pic.parent != "" {
		words, err := t.Store.Words(ctx, t.Now())
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			wrote[w.ID.Replica] = true
		}
	}
	list := t.ownList(pic, wrote)
	if len(list.Cards) == 0 && pic.mine.Version == 0 { // else it takes back what the last one says
		return papers, nil
	}
	files, err := peer.KeyLists(ctx, t.Store)
	if err != nil {
		return nil, err
	}
	held, last := pic.mine, files[t.Settings.Unit]
	if len(last.File) > 0 && held.Version == last.Version && held.Says(list) {
		papers[keyring.ListName(last.File)] = last.File
		return papers, nil
	}
	// Seconds, so that a computer that was set back does not give an old number again.
	list.Version = max(last.Version+1, uint64(list.Made.Unix()))
	said, err := list.Sign(t.Keys())
	if err != nil {
		return nil, err
	}
	name := keyring.ListName(said)
	papers[name] = said
	if err := peer.Met(ctx, t.Store, t.Now(), peer.File{Sender: t.Settings.Unit, Name: name}); err != nil {
		return nil, err
	}
	return papers, peer.KeepKeyList(ctx, t.Store, t.Settings.Unit, peer.KeyList{Version: list.Version, File: said})
}

// recovers says whether what we seal can be opened with a recovery key.
func (t *Trust) recovers(p suite.Public) bool {
	own := t.Keys().Recovery
	return own != nil && own.Equal(p)
}

// relinquish gives up the recovery key of the office above, which programs of before took for an office's own.
func (t *Trust) relinquish(pic Picture) error {
	recovery := t.Keys().Recovery
	if t.Settings.Role == journal.Station || recovery == nil {
		return nil
	}
	for by, l := range pic.lists {
		if by.Unit == pic.parent && l.Recovery != nil && l.Recovery.Equal(*recovery) {
			return t.turn(func() (keyring.Identity, error) {
				if err := keyring.ForgetRecovery(t.Home); err != nil {
					return keyring.Identity{}, err
				}
				return keyring.Load(t.Home, t.key)
			})
		}
	}
	return nil
}

// Remember takes back what we said of keys and lost when our book was set back: the lists that we signed lie in the
// folder. Of those that we do not remember the newest tells who was put out of use; and where it is newer than ours,
// who was let in, too.
func (t *Trust) Remember(ctx context.Context, f *folder.Folder, met []peer.File) error {
	known := map[string]bool{}
	for _, m := range met {
		if m.Sender == t.Settings.Unit {
			known[m.Name] = true
		}
	}
	said, err := peer.KeyLists(ctx, t.Store)
	if err != nil {
		return err
	}
	units, err := f.Units()
	if err != nil {
		return err
	}
	pic, err := t.Picture(ctx)
	if err != nil {
		return err
	}
	ours, today := said[t.Settings.Unit].Version, pic.mine.By.Hash() == t.Card().Hash()
	// under whatever keys; under those of today: earlier ones may be a thief's, who lets nobody in
	var newest, under keyring.List
	var paper []byte
	var names []string
	// a copy may hold it and not know where it lies
	if held := keyring.ListName(said[t.Settings.Unit].File); ours > 0 && !known[held] {
		known[held], names = true, []string{held}
	}
	for _, p := range pic.peers { // there may be thousands of others
		if !slices.Contains(units, p.Card.Unit) {
			units = append(units, p.Card.Unit)
		}
	}
	lying, looked, some := []placed{}, []string{}, false
	for _, unit := range units {
		dir := path.Join(unit, t.Settings.Unit)
		if _, still := f.Still(dir, lists, underOwn(pic).Under); still {
			some = true
			continue
		}
		looked = append(looked, dir)
		files, _ := f.List(unit, t.Settings.Unit, ".keylist") // one that cannot be read is told of elsewhere
		for _, file := range files {
			if !known[file.Name] {
				lying = append(lying, placed{unit, file})
			}
		}
	}
	var strange strange
	if len(lying) > 0 || !some {
		if strange, err = t.strangeLists(ctx, pic, some); err != nil {
			return err
		}
	}
	for _, file := range lying {
		if known[file.Name] || strange.lies(file.File) {
			continue
		}
		b, err := f.Read(file.to, file.File, keyring.MaxList)
		if err != nil {
			continue
		}
		strange.add(file.File)
		for i, public := range t.Keys().Publics() {
			by := t.Card()
			by.Public = public
			l, err := keyring.OpenList(b, keyring.List{By: by})
			if err != nil {
				continue // it is damaged, or another computer's
			}
			known[file.Name], names = true, append(names, file.Name)
			strange.drop(file.File)
			// nor puts anybody out of use, once ours of today says who is
			if l.Version > newest.Version && (i == 0 || !today) {
				newest = l
			}
			if i == 0 && l.Version > under.Version {
				under, paper = l, b
			}
		}
	}
	if under.Version > ours {
		if err := t.welcome(ctx, f, under); err != nil {
			return err
		}
	}
	for _, r := range append(slices.Clone(under.Revoked), newest.Revoked...) {
		if err := peer.Bar(ctx, t.Store, journal.ID{Replica: r.Replica, Incarnation: r.Incarnation,
			Seq: r.LastSeq}); err != nil {
			return err
		}
	}
	if under.Version > ours {
		if err := peer.KeepKeyList(ctx, t.Store, t.Settings.Unit, peer.KeyList{Version: under.Version,
			File: paper}); err != nil {
			return err
		}
	}
	if err := t.Outdone(ctx, newest.Version); err != nil {
		return err
	}
	if err := peer.Pass(ctx, t.Store, strange.changed()); err != nil {
		return err
	}
	for _, name := range names {
		if err := peer.Met(ctx, t.Store, t.Now(), peer.File{Sender: t.Settings.Unit, Name: name}); err != nil {
			return err
		}
	}
	if _, still := f.Still(".", "units", ""); !still {
		f.Found(".", "units", "", units[:min(len(units), mostShown)]...)
	}
	for _, dir := range looked {
		f.Found(dir, lists, underOwn(pic).Under)
	}
	return nil
}

// placed is a file of ours and for whom it lies.
type placed struct {
	to string
	folder.File
}

// welcome knows again whom a list of ours names, and under which keys, as far as they are ours and not those of an
// office below.
func (t *Trust) welcome(ctx context.Context, f *folder.Folder, l keyring.List) error {
	ps, err := t.Peers(ctx)
	if err != nil {
		return err
	}
	for _, card := range l.Cards {
		at := slices.IndexFunc(ps, func(p Peer) bool { return p.Card.Replica == card.Replica })
		if at >= 0 && !ps[at].Revoked && ps[at].Hash() == card.Hash() &&
			ps[at].Turned().Hash() == card.Turned().Hash() {
			continue
		}
		if !unit.Above(t.Settings.Unit, card.Unit) {
			continue
		}
		files, _ := f.List(card.Unit, t.Settings.Unit, ".certificate")
		if at >= 0 || slices.ContainsFunc(files, func(file folder.File) bool {
			b, err := f.Read(card.Unit, file, keyring.MaxPaper)
			return err == nil && t.Keys().Granted(b, card)
		}) {
			if err := t.know(ctx, card, time.Time{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// century is how far the clock was ahead at most by which we may have numbered a list that we lost, in seconds.
const century = 100 * 366 * 24 * 60 * 60

// Outdone heeds that somebody holds a list of ours that is newer than any that we know of: we were set back, or a
// clock was ahead. The next one that we make replaces that. What no clock of ours can have said is a lie: it would
// leave no room for newer ones.
func (t *Trust) Outdone(ctx context.Context, version uint64) error {
	files, err := peer.KeyLists(ctx, t.Store)
	if last := files[t.Settings.Unit]; err == nil && version > last.Version &&
		version <= uint64(max(0, t.Now().Unix()))+century {
		err = peer.KeepKeyList(ctx, t.Store, t.Settings.Unit, peer.KeyList{Version: version, File: last.File})
	}
	return err
}
