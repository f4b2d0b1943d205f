package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// What somebody passed on and nobody proves lies apart from the journal, each record alone, until it is proven: by a list that
// comes, by a person who says that his office had an earlier computer. The stream in which it came goes on.

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
		err = tx.QueryRow("SELECT count(*), ifnull(sum(length(core) + ifnull(length(secret), 0)), 0) FROM unproven WHERE brought=?", d.Replica[:]).Scan(&h.n, &h.size)
	}
	return h, err
}

// setAside keeps a record that nobody proves, unless it is in the journal already: somebody else brought it.
func (d Delivery) setAside(tx *sql.Tx, r journal.Record, ground string, h *heap) error {
	var held bool
	if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?)", r.Hash[:]).Scan(&held); err != nil || held {
		return err
	}
	if r.Unit != d.Unit && (!unit.Above(d.Unit, r.Unit) || unit.LevelOf(d.Unit) == journal.City) {
		r.Secret = nil // never ours to know
	}
	if h.n, h.size = h.n+1, h.size+len(r.Core)+len(r.Secret); h.n > mostUnproven || h.size > largeUnproven {
		return ErrUnproven
	}
	_, err := tx.Exec("INSERT OR IGNORE INTO unproven VALUES (?,?,?,?,?,?,?,?,?)", r.Hash[:], d.Replica[:], r.Unit, r.ID.Replica[:], ground, r.Core, r.Secret, r.Signature, when(d.At))
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

// Unproven lists them.
func (s *Store) Unproven(ctx context.Context) (list []Unproven, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT u.brought, ifnull(p.unit, ''), u.unit, u.replica, u.ground, count(*) FROM unproven u
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

// Reconsider takes those of them into the journal which are proven by now, as though they had just come; what the others rest on
// is kept. unit is ours.
func (s *Store) Reconsider(ctx context.Context, u Unproven, ground, unit string, at time.Time, unproven func([]journal.Record) map[int]error) (got Received, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		got = Received{}
		rows, err := tx.Query("SELECT core, secret, signature FROM unproven WHERE brought=? AND unit=? AND replica=? AND ground=?", u.By[:], u.Author, u.Replica[:], u.Ground)
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
		if _, err := tx.Exec("UPDATE unproven SET ground=? WHERE brought=? AND unit=? AND replica=? AND ground=?", ground, u.By[:], u.Author, u.Replica[:], u.Ground); err != nil {
			return err
		}
		things := map[string]map[int64]bool{}
		in := s.arrivals(u.Unit, unit, at)
		for i, r := range rs {
			if still[i] != nil {
				continue
			}
			_, err := in.enter(tx, &rs[i], fate{fate: "waiting"}, things)
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
		got.Done, err = s.settle(tx, nil, things, unit)
		return err
	})
	if err != nil {
		return Received{}, fmt.Errorf("unproven records: %w", err)
	}
	return got, nil
}

// settle works what is new of things into the list and passes it on; it says how many entries are newly settled.
func (s *Store) settle(tx *sql.Tx, unknown Sums, things map[string]map[int64]bool, unit string) (done int, err error) {
	way := passing{tails: tails{}, self: s.Self().Replica, unit: unit, known: map[string][]journal.Replica{}, sent: true}
	for _, thing := range slices.Sorted(maps.Keys(things)) {
		n, err := s.arrive(tx, thing, unknown[thing], things[thing], way)
		if err != nil {
			return done, err
		}
		done += n
	}
	return done, nil
}

// arrivals are records as they come from one unit to another, and how far the journals of their authors go.
type arrivals struct {
	*Store
	from, to string
	at       time.Time
	lives    map[journal.ID]*run
}

// run is how far a life of a computer goes: the greatest number that was held before, and the last that came.
type run struct {
	held uint64
	id   journal.ID
	hash journal.Hash
}

func (s *Store) arrivals(from, to string, at time.Time) arrivals {
	return arrivals{s, from, to, at, map[journal.ID]*run{}}
}

// enter stores a record that came and is believed, and notes what is new of its thing (true), or has a private part now (false). It
// fails with journal.ErrBroken where the record does not stand between those of its author that are here.
func (in arrivals) enter(tx *sql.Tx, r *journal.Record, f fate, things map[string]map[int64]bool) (row int64, err error) {
	if err := in.fits(tx, r); err != nil {
		return 0, err
	}
	if f.fate == "waiting" {
		if f.barred, err = in.kinds.claims(tx, *r, in.from, in.to); err != nil {
			return 0, err
		}
	}
	row, known, err := in.keep(tx, r, f, in.at)
	if err != nil || row == 0 {
		return 0, err
	}
	if things[r.Thing] == nil {
		things[r.Thing] = map[int64]bool{}
	}
	things[r.Thing][row] = !known
	if known {
		row = 0
	}
	return row, nil
}

// fits fails with journal.ErrBroken where a record does not follow the one before it, or that after it does not follow it. What a copy
// of a computer wrote follows its own words, which lie apart.
func (in arrivals) fits(tx *sql.Tx, r *journal.Record) error {
	life := journal.ID{Replica: r.ID.Replica, Incarnation: r.ID.Incarnation}
	if r.ID.Replica == in.Self().Replica {
		return nil
	}
	last := in.lives[life]
	if last == nil {
		last = &run{}
		if err := tx.QueryRow("SELECT ifnull(max(seq), 0) FROM entry WHERE replica=? AND incarnation=?", life.Replica[:], life.Incarnation).Scan(&last.held); err != nil {
			return err
		}
		in.lives[life] = last
	}
	before := *last
	last.id, last.hash = r.ID, r.Hash
	if before.id.Seq > 0 && journal.Follow(before.id, before.hash, *r) == nil && r.ID.Seq >= last.held || r.ID.Seq > last.held+1 && before.id.Seq+1 != r.ID.Seq {
		return nil
	}
	var broken bool
	err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM entry WHERE replica=?1 AND incarnation=?2 AND seq=?3-1 AND hash<>?4)
		AND NOT EXISTS (SELECT 1 FROM fork WHERE hash=?4)
		OR EXISTS (SELECT 1 FROM entry WHERE replica=?1 AND incarnation=?2 AND seq=?3+1 AND json_extract(core, '$.prev')<>?5)
		AND NOT EXISTS (SELECT 1 FROM entry WHERE replica=?1 AND incarnation=?2 AND seq=?3)`,
		life.Replica[:], life.Incarnation, int64(r.ID.Seq), r.Prev[:], fmt.Sprintf("%x", r.Hash[:])).Scan(&broken)
	if err == nil && broken {
		err = fmt.Errorf("%w: %v", journal.ErrBroken, r.ID)
	}
	return err
}
