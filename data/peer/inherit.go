package peer

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"lianluo.local/data/store"
)

// Inherit gives a database to the computer of the same unit whose other database that is (Store.Inherit), with the
// computers that it knows, who of them is out of use, and its key lists. Of two that say different things of a computer
// the one that knows more of its keys is believed, then the one with the newer list of ours, which is theirs where
// there is none.
func Inherit(ctx context.Context, s, from *store.Store, unit string, at time.Time) error {
	return s.Inherit(ctx, from, unit, at, func(tx *sql.Tx) error { return acquaint(ctx, tx, s, from, unit) })
}

func acquaint(ctx context.Context, tx *sql.Tx, s, from *store.Store, unit string) error {
	ours, err := Peers(ctx, s)
	if err != nil {
		return err
	}
	said, err := KeyLists(ctx, s)
	if err != nil {
		return err
	}
	theirs, _ := KeyLists(ctx, from)
	for _, key := range slices.Sorted(maps.Keys(theirs)) {
		if l := theirs[key]; l.Version > said[key].Version {
			if err := keepKeyList(tx, key, l); err != nil {
				return err
			}
		}
	}
	peers, _ := Peers(ctx, from)
	for _, p := range peers {
		at := slices.IndexFunc(ours, func(o Peer) bool { return o.Replica == p.Replica })
		known := at >= 0
		if known && (cmp.Or(turns(p)-turns(ours[at]), cmp.Compare(theirs[unit].Version, said[unit].Version)) < 0) {
			continue
		}
		if err := meet(tx, s, p); err != nil {
			return err
		}
		if p.Revoked {
			if err := bar(tx, p.Until); err != nil {
				return err
			}
		}
		if !known {
			if err := s.Echo(tx, p.Unit); err != nil {
				return err
			}
		}
	}
	return nil
}

// turns counts how often a computer's keys were changed, as far as its card tells.
func turns(p Peer) int {
	var card struct {
		Next   json.RawMessage   `json:"next"`
		Former []json.RawMessage `json:"former"`
	}
	if json.Unmarshal([]byte(p.Card), &card) != nil {
		return -1
	}
	n := 2 * len(card.Former)
	if len(card.Next) > 0 {
		n++
	}
	return n
}
