package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// Delivery is what a bundle brings: a stretch of one sender's stream for us.
type Delivery struct {
	Unit        string          // ours
	Replica     journal.Replica // whose stream
	Incarnation uint32
	First       uint64       // position of the first record; Head+1 … for an empty one
	Prev        journal.Hash // hash of the stream before First
	Head        uint64       // the sender's last position, shows a missing tail
	Records     []journal.Record
	At          time.Time
}

// What can be wrong with a delivery. Test with errors.Is.
var (
	ErrGap      = errors.New("an earlier part of the stream is missing")
	ErrDiverged = errors.New("stream does not continue what was received before")
	ErrFork     = errors.New("two different entries have one name")
)

// Receive stores a delivery raw and then projects it, in one transaction: what was stored before is passed over, what is
// new is appended, and the peer's position moves on. It returns how many entries were new and how many are now applied.
// A delivery that begins too late fails with ErrGap, one whose past differs from ours with ErrDiverged or ErrFork; then
// nothing has changed.
func (s *Store) Receive(ctx context.Context, d Delivery) (fresh, done int, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		var stored uint64
		var b []byte
		var incarnation uint32
		err := tx.QueryRow("SELECT incarnation, stored, hash FROM peer WHERE replica=?", d.Replica[:]).Scan(&incarnation, &stored, &b)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("peer %x: %w", d.Replica[:4], ErrNotFound)
		}
		if err != nil {
			return err
		}
		h := journal.Hash(b)
		if incarnation != d.Incarnation {
			stored, h = 0, journal.Hash{}
		}
		if d.First > stored+1 {
			return fmt.Errorf("first %d, stored %d: %w", d.First, stored, ErrGap)
		}
		at, end := d.Prev, d.First-1          // walks along the delivery
		things := map[string]map[int64]bool{} // what is new of each
		for _, r := range d.Records {
			if end == stored && at != h {
				return ErrDiverged
			}
			end++
			at = journal.Advance(at, end, r.Hash)
			if end <= stored {
				var here bool
				if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?)", r.Hash[:]).Scan(&here); err != nil {
					return err
				}
				if !here {
					return ErrDiverged
				}
				continue
			}
			row, err := keep(tx, r)
			if err != nil {
				return err
			}
			if row > 0 {
				if things[r.Thing] == nil {
					things[r.Thing] = map[int64]bool{}
				}
				things[r.Thing][row] = true
				fresh++
			}
		}
		if end == stored && at != h {
			return ErrDiverged
		}
		if end < stored {
			end, at = stored, h
		}
		for _, thing := range slices.Sorted(maps.Keys(things)) {
			m, ks, n, err := s.fold(tx, thing)
			if err != nil {
				return err
			}
			done += n
			if err := relay(tx, m, ks, things[thing], d.Unit); err != nil {
				return err
			}
		}
		_, err = tx.Exec("UPDATE peer SET incarnation=?, stored=?, hash=?, head=?, heard=? WHERE replica=?",
			d.Incarnation, int64(end), at[:], int64(max(d.Head, end)), when(d.At), d.Replica[:])
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("receive: %w", err)
	}
	s.changes.Add(1)
	return fresh, done, nil
}

// keep stores a record as it came; row is 0 for one that is there already.
func keep(tx *sql.Tx, r journal.Record) (row int64, err error) {
	var have []byte
	err = tx.QueryRow("SELECT hash FROM entry WHERE replica=? AND incarnation=? AND seq=?",
		r.ID.Replica[:], r.ID.Incarnation, int64(r.ID.Seq)).Scan(&have)
	if errors.Is(err, sql.ErrNoRows) {
		return insert(tx, r, "waiting")
	}
	if err == nil && !bytes.Equal(have, r.Hash[:]) {
		err = fmt.Errorf("%v: %w", r.ID, ErrFork)
	}
	return 0, err
}

// fold sums up a thing again from its entries: those whose parents are all here are applied or refused, the others wait.
// It returns the sum, the entries with their fates from before, and how many are newly settled.
func (s *Store) fold(tx *sql.Tx, thing string) (m matter.Matter, ks []kept, settled int, err error) {
	if ks, err = load(tx, thing); err != nil {
		return m, nil, 0, err
	}
	m, _, fates := sum(ks)
	var version int64
	for _, k := range ks {
		fate := fates[k.ID]
		if fate.fate != k.fate {
			if _, err := tx.Exec("UPDATE entry SET fate=?, why=? WHERE row=?", fate.fate, fate.why, k.row); err != nil {
				return m, nil, settled, err
			}
			settled++
		}
		version = max(version, k.row)
	}
	if m.State == matter.None {
		return m, ks, settled, nil
	}
	return m, ks, settled, project(tx, m, ks[0].row, version)
}

// relay passes on what came in: what was written below us goes up, and back down to the station, whose other computers and
// whose restored ones live on it; what was written above us goes down. Entries that came before their matter was known go
// with its first one.
func relay(tx *sql.Tx, m matter.Matter, ks []kept, fresh map[int64]bool, unit string) error {
	if m.State == matter.None {
		return nil
	}
	path := m.Path()
	known := slices.ContainsFunc(ks, func(k kept) bool { return !fresh[k.row] && k.fate == "applied" })
	here, up, down := slices.Index(path, unit), m.Up(unit), m.Down(unit)
	for _, k := range ks {
		if known && !fresh[k.row] {
			continue
		}
		var readers []string
		switch author := slices.Index(path, k.Unit); {
		case here < 0, author == here:
		case author > here:
			readers = []string{down}
		case matter.LevelOf(down) == journal.Station:
			readers = []string{up, down}
		default:
			readers = []string{up}
		}
		for _, reader := range readers {
			if err := enqueue(tx, reader, k.row, k.Hash); err != nil {
				return err
			}
		}
	}
	return nil
}

type fate struct{ fate, why string }

// sum folds the entries whose parents are all here (ready), and says what became of each entry.
func sum(ks []kept) (m matter.Matter, ready []journal.Record, fates map[journal.ID]fate) {
	here := map[journal.ID]bool{}
	rs := records(ks)
	journal.Order(rs)
	fates = map[journal.ID]fate{}
	for _, r := range rs { // parents come first in fold order
		if slices.ContainsFunc(r.Seen, func(id journal.ID) bool { return !here[id] }) {
			fates[r.ID] = fate{"waiting", "an entry it builds on is missing"}
			continue
		}
		here[r.ID] = true
		ready = append(ready, r)
		fates[r.ID] = fate{"applied", ""}
	}
	m, refused := matter.Fold(ready)
	for _, no := range refused {
		f := fate{"refused", no.Err.Error()}
		if errors.Is(no.Err, matter.ErrUnknown) {
			f.fate = "waiting"
		}
		fates[no.ID] = f
	}
	return m, ready, fates
}
