package store

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"lianluo.local/data/journal"
)

// Arrivals are records that come from one unit to another in one transaction.
type Arrivals struct {
	s        *Store
	tx       *sql.Tx
	from, to string
	at       time.Time
	unknown  Sums
	lives    map[journal.ID]*run
	things   map[string]map[int64]bool // what is new of each (true), or has a private part now (false)
}

// run is how far a life of a computer goes: the greatest number that was held before, and the last that came.
type run struct {
	held uint64
	id   journal.ID
	hash journal.Hash
}

// Arrivals begins to take in records; sums are what they add up to by themselves (Sum), nil where nobody asked.
func (s *Store) Arrivals(tx *sql.Tx, sums Sums, from, to string, at time.Time) (in Arrivals, err error) {
	if sums != nil {
		sums, err = strangers(tx, sums)
	}
	return Arrivals{s, tx, from, to, at, sums, map[journal.ID]*run{}, map[string]map[int64]bool{}}, err
}

// Enter stores a record that is believed and says whether it was not here before. It fails with journal.ErrBroken where
// the record does not stand between those of its author that are here. An entry under a name that another one has is
// kept apart (Forks).
func (in Arrivals) Enter(r *journal.Record) (fresh bool, err error) {
	if err := in.fits(r); err != nil {
		return false, err
	}
	sum := in.unknown[r.Thing]
	f := sum.fate(r.ID)
	if f.fate == "waiting" {
		if f.barred, err = in.s.kinds.claims(in.tx, *r, in.from, in.to); err != nil {
			return false, err
		}
	}
	row, known, err := in.s.keep(in.tx, r, f, in.at)
	if err != nil || row == 0 {
		return false, err
	}
	if in.things[r.Thing] == nil {
		in.things[r.Thing] = map[int64]bool{}
	}
	in.things[r.Thing][row] = !known
	if !known {
		sum.lies(r.ID, row)
	}
	return !known, nil
}

// Settle works what came into the lists and passes it on; it says how many entries are newly settled.
func (in Arrivals) Settle() (done int, err error) {
	way := passing{tails: tails{}, self: in.s.Self().Replica, unit: in.to, known: map[string][]journal.Replica{},
		sent: true}
	for _, thing := range slices.Sorted(maps.Keys(in.things)) {
		n, err := in.s.arrive(in.tx, thing, in.unknown[thing], in.things[thing], way)
		if err != nil {
			return done, err
		}
		done += n
	}
	return done, nil
}

// fits fails with journal.ErrBroken where a record does not follow the one before it, or that after it does not follow
// it. What a copy of a computer wrote follows its own words, which lie apart.
func (in Arrivals) fits(r *journal.Record) error {
	life := journal.ID{Replica: r.ID.Replica, Incarnation: r.ID.Incarnation}
	if r.ID.Replica == in.s.Self().Replica {
		return nil
	}
	last := in.lives[life]
	if last == nil {
		last = &run{}
		err := in.tx.QueryRow("SELECT ifnull(max(seq), 0) FROM entry WHERE replica=? AND incarnation=?",
			life.Replica[:], life.Incarnation).Scan(&last.held)
		if err != nil {
			return err
		}
		in.lives[life] = last
	}
	before := *last
	last.id, last.hash = r.ID, r.Hash
	if before.id.Seq > 0 && journal.Follow(before.id, before.hash, *r) == nil && r.ID.Seq >= last.held ||
		r.ID.Seq > last.held+1 && before.id.Seq+1 != r.ID.Seq {
		return nil
	}
	var broken bool
	err := in.tx.QueryRow(
		`SELECT EXISTS (SELECT 1 FROM entry WHERE replica=?1 AND incarnation=?2 AND seq=?3-1 AND hash<>?4)
		AND NOT EXISTS (SELECT 1 FROM fork WHERE hash=?4)
		OR EXISTS (SELECT 1 FROM entry WHERE replica=?1 AND incarnation=?2 AND seq=?3+1 AND json_extract(core,
		'$.prev')<>?5)
		AND NOT EXISTS (SELECT 1 FROM entry WHERE replica=?1 AND incarnation=?2 AND seq=?3)`,
		life.Replica[:], life.Incarnation, int64(r.ID.Seq), r.Prev[:], fmt.Sprintf("%x", r.Hash[:])).Scan(&broken)
	if err == nil && broken {
		err = fmt.Errorf("%w: %v", journal.ErrBroken, r.ID)
	}
	return err
}

// keep stores a record as it came. It is known where it is there already; row is then 0 unless it brought a part that
// was withheld before. row is 0 too where another one has its name.
func (s *Store) keep(tx *sql.Tx, r *journal.Record, f fate, at time.Time) (row int64, known bool, err error) {
	row, err = s.insert(tx, r, f)
	if err == nil || !errors.Is(err, errThere) {
		return row, false, err
	}
	var have []byte
	var bare bool
	err = tx.QueryRow("SELECT row, hash, secret IS NULL FROM entry WHERE replica=? AND incarnation=? AND seq=?",
		r.ID.Replica[:], r.ID.Incarnation, int64(r.ID.Seq)).Scan(&row, &have, &bare)
	switch {
	case err != nil:
		return 0, false, err
	case bytes.Equal(have, r.Hash[:]) && bare && r.Secret != nil:
		_, err = tx.Exec("UPDATE entry SET secret=? WHERE row=?", r.Secret, row)
		return row, true, err
	case bytes.Equal(have, r.Hash[:]):
		return 0, true, nil
	case r.ID.Replica == s.Self().Replica:
		if err := s.rename(tx, r.ID); err != nil {
			return 0, false, err
		}
		row, err = s.insert(tx, r, f)
		return row, false, err
	}
	_, err = tx.Exec("INSERT OR IGNORE INTO fork VALUES (?,?,?,?,?,?,?)", r.Hash[:], r.ID.Replica[:], r.ID.Incarnation,
		int64(r.ID.Seq), r.Core, r.Secret, When(at))
	return 0, false, err
}

// arrive works what is new of a thing (true), or has a private part now (false), into the list and passes it on; it
// says how many entries are newly settled.
func (s *Store) arrive(tx *sql.Tx, thing string, all *summed, fresh map[int64]bool, way passing) (n int, err error) {
	if all != nil && len(all.ks) == len(fresh) {
		err = all.kind.put(tx, all.row, all.ks[0].row, all.ks[len(fresh)-1].row)
	} else {
		var came map[int64]bool
		if way.sent {
			came = fresh
		}
		all = &summed{}
		all.whole, all.settled, err = s.fold(tx, thing, came, way.unit)
	}
	if err != nil {
		return 0, err
	}
	return all.settled, way.relay(tx, all.whole, fresh)
}

// strangers are those things of a delivery of which we hold nothing.
func strangers(tx *sql.Tx, things Sums) (Sums, error) {
	names, err := json.Marshal(slices.Collect(maps.Keys(things)))
	if err != nil {
		return nil, err
	}
	known, err := column(tx, "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM entry WHERE thing=value)",
		string(names))
	if err != nil {
		return nil, err
	}
	unknown := maps.Clone(things)
	for _, thing := range known {
		delete(unknown, thing)
	}
	return unknown, nil
}
