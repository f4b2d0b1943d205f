package peer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
)

// What somebody passed on and nobody proves lies apart from the journal, each record alone, until it is proven: by a
// list that comes, by a person who says that his office had an earlier computer. The stream in which it came goes on.

// How much is kept of what one computer brought: more is refused, with the file that brings it.
const (
	mostUnproven  = 100000   // records
	largeUnproven = 64 << 20 // bytes
)

// ErrUnproven says that a computer brings more that nobody proves than is kept.
var ErrUnproven = errors.New("too many records that nobody proves")

func (d Delivery) proven() []journal.Record {
	if len(d.Aside) == 0 {
		return d.Records
	}
	var rs []journal.Record
	for i, r := range d.Records {
		if _, aside := d.Aside[i]; !aside {
			rs = append(rs, r)
		}
	}
	return rs
}

// heap is how much of what one computer brought lies apart.
type heap struct{ n, size int }

func (d Delivery) apart(tx *sql.Tx) (h heap, err error) {
	if len(d.Aside) > 0 {
		err = tx.QueryRow(
			"SELECT count(*), ifnull(sum(length(core) + ifnull(length(secret), 0)), 0) FROM unproven WHERE brought=?",
			d.Replica[:]).Scan(&h.n, &h.size)
	}
	return h, err
}

// setAside keeps a record that nobody proves, unless it is in the journal already: somebody else brought it.
func (d Delivery) setAside(tx *sql.Tx, r journal.Record, ground string, h *heap) error {
	var held bool
	if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?)", r.Hash[:]).Scan(&held); err != nil ||
		held {
		return err
	}
	if r.Unit != d.Unit && (!unit.Above(d.Unit, r.Unit) || unit.LevelOf(d.Unit) == journal.City) {
		r.Secret = nil // never ours to know
	}
	if h.n, h.size = h.n+1, h.size+len(r.Core)+len(r.Secret); h.n > mostUnproven || h.size > largeUnproven {
		return ErrUnproven
	}
	_, err := tx.Exec("INSERT OR IGNORE INTO unproven VALUES (?,?,?,?,?,?,?,?,?)", r.Hash[:], d.Replica[:], r.Unit,
		r.ID.Replica[:], ground, r.Core, r.Secret, r.Signature, store.When(d.At))
	return err
}

// Unproven are the records of one author that a peer brought and nobody proves.
type Unproven struct {
	By      journal.Replica // who brought them
	Unit    string          // its unit
	Author  string          // the unit in whose name they are
	Replica journal.Replica // and its computer
	Ground  string          // on what it rests that they are not proven
	N       int
}

// Apart lists them.
func Apart(ctx context.Context, s *store.Store) (list []Unproven, err error) {
	rows, err := s.Query(ctx,
		`SELECT u.brought, ifnull(p.unit, ''), u.unit, u.replica, u.ground, count(*) FROM unproven u
		LEFT JOIN peer p ON p.replica=u.brought GROUP BY u.brought, u.unit, u.replica, u.ground ORDER BY 1, 3, 4, 5`)
	if err != nil {
		return nil, fmt.Errorf("unproven records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var u Unproven
		var by, replica []byte
		if err := rows.Scan(&by, &u.Unit, &u.Author, &replica, &u.Ground, &u.N); err != nil {
			return nil, fmt.Errorf("unproven records: %w", err)
		}
		copy(u.By[:], by)
		copy(u.Replica[:], replica)
		list = append(list, u)
	}
	return list, rows.Err()
}

// Reconsider takes those of them into the journal which are proven by now, as though they had just come; what the
// others rest on is kept. unit is ours.
func Reconsider(ctx context.Context, s *store.Store, u Unproven, ground, unit string, at time.Time,
	unproven func([]journal.Record) map[int]error) (got Received, err error) {
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		got = Received{}
		rows, err := tx.Query(
			"SELECT core, secret, signature FROM unproven WHERE brought=? AND unit=? AND replica=? AND ground=?",
			u.By[:], u.Author, u.Replica[:], u.Ground)
		if err != nil {
			return err
		}
		defer rows.Close()
		var rs []journal.Record
		for rows.Next() {
			var core, secret, signature []byte
			if err := rows.Scan(&core, &secret, &signature); err != nil {
				return err
			}
			r, err := journal.Open(core, secret)
			if err != nil {
				return err
			}
			r.Signature = signature
			rs = append(rs, r)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		slices.SortFunc(rs, func(a, b journal.Record) int { return journal.Compare(a.ID, b.ID) })
		still := unproven(rs)
		if _, err := tx.Exec("UPDATE unproven SET ground=? WHERE brought=? AND unit=? AND replica=? AND ground=?",
			ground, u.By[:], u.Author, u.Replica[:], u.Ground); err != nil {
			return err
		}
		in, err := s.Arrivals(tx, nil, u.Unit, unit, at)
		if err != nil {
			return err
		}
		for i, r := range rs {
			if still[i] != nil {
				continue
			}
			_, err := in.Enter(&rs[i])
			if errors.Is(err, journal.ErrBroken) {
				continue
			}
			if err == nil {
				_, err = tx.Exec("DELETE FROM unproven WHERE hash=?", r.Hash[:])
			}
			if err != nil {
				return err
			}
			got.Fresh++
		}
		got.Done, err = in.Settle()
		return err
	})
	if err != nil {
		return Received{}, fmt.Errorf("unproven records: %w", err)
	}
	return got, nil
}
