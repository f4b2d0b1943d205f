package archive

import (
	"context"
	"encoding/json"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// doubt forgets, until a person compares digits once more, whom a copy alone calls believed: anybody may have written
// a copy. What counts is our signature on a card, what the records say in whose place the copy is put, and our own
// signed list.
func doubt(ctx context.Context, db *store.Store, keys keyring.Identity, s settings.Settings, lay []peer.Peer) error {
	peers, err := peer.Peers(ctx, db)
	if err != nil {
		return err
	}
	lists, err := peer.KeyLists(ctx, db)
	if err != nil {
		return err
	}
	var named []keyring.Card
	by, unread := keyring.Signer(lists[s.Unit].File)
	if unread == nil && slices.ContainsFunc(keys.Publics(), func(p suite.Public) bool { return p.Equal(by.Public) }) {
		list, _ := keyring.ReadList(lists[s.Unit].File)
		named = list.Cards
	}
	for _, p := range peers {
		at := slices.IndexFunc(lay, func(o peer.Peer) bool { return o.Replica == p.Replica })
		mine := card(p.Card)
		switch {
		case keys.Signs(peer.Belief(p.Card), p.Sworn), at >= 0 && same(card(lay[at].Card), mine),
			slices.ContainsFunc(named, func(c keyring.Card) bool { return same(c, mine) }):
		case at >= 0:
			if err = peer.Know(ctx, db, lay[at]); err == nil && lay[at].Revoked {
				err = peer.Bar(ctx, db, lay[at].Until)
			}
		default:
			err = peer.Unknow(ctx, db, p.Replica)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func card(text string) (c keyring.Card) {
	_ = json.Unmarshal([]byte(text), &c) // one that cannot be read is the same as none
	return c
}

// same says whether two cards of one computer carry the same keys, or one those that the other had before.
func same(a, b keyring.Card) bool {
	a, b = a.Turned(), b.Turned()
	before := func(c, now keyring.Card) bool {
		return slices.ContainsFunc(now.Former, func(f keyring.Former) bool { return f.Card == c.Hash() })
	}
	return a.Replica == b.Replica && a.Replica != (journal.Replica{}) && (a.Hash() == b.Hash() || before(b, a))
}
