package peer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
)

// Delivery is what a bundle brings: a stretch of one sender's stream for us.
type Delivery struct {
	Unit        string          // ours
	Replica     journal.Replica // whose stream
	Incarnation uint32
	First       uint64       // position of the first record; Head+1 … for an empty one
	Prev        journal.Hash // hash of the stream before First
	Head        uint64       // the sender's last position, shows a missing tail
	Position    []byte       // what it signed of the last position that it brings
	Records     []journal.Record
	Aside       map[int]string // of those that nobody proves: what that rests on
	Sums        store.Sums     // of the others, where somebody made them ahead
	At          time.Time
	Program     string        // that wrote it
	Skew        time.Duration // how far its writer's clock is off at least
	File        File          // in which it came; it is met in the same transaction

	from string // whose computer brings it
}

// What can be wrong with a delivery. Test with errors.Is.
var (
	ErrGap      = errors.New("an earlier part of the stream is missing")
	ErrDiverged = errors.New("stream does not continue what was received before")
)

// Received is what became of a delivery.
type Received struct {
	Fresh int // entries that were new
	Done  int // entries that are now applied
	Err   error
}

// Receive stores deliveries raw and then projects them, each whole or not at all and all in one transaction: what was
// stored before is passed over, what is new is appended, and the peer's position moves on.
//
// An entry under a name that another one has is kept apart and raises an alarm (Forks); where the name is our own, this
// computer was set back to an earlier state and went on writing: it begins a new life, and what it wrote since then
// gets new names. A matter whose entries the program cannot digest is set aside alone.
//
// A delivery that begins too late fails with ErrGap, one whose past differs from ours with ErrDiverged, one in a life
// too many with ErrLives; then it has changed nothing. An error beside the results says that none of them was kept.
func Receive(ctx context.Context, s *store.Store, ds ...Delivery) (got []Received, err error) {
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		for _, d := range ds {
			var one Received
			why, err := s.Attempt(tx, func() (err error) {
				one, err = d.receive(tx, s)
				return err
			})
			switch {
			case err != nil:
				return err
			case errors.Is(why, ErrGap):
				err = missed(tx, d)
			case !errors.Is(why, ErrDiverged) && !errors.Is(why, ErrLives) && !errors.Is(why, ErrUnproven) &&
				!errors.Is(why, store.ErrNotFound):
				err = why // the disk's fault, not the delivery's
			}
			if err != nil {
				return err
			}
			if why != nil {
				one = Received{Err: fmt.Errorf("receive: %w", why)}
			}
			got = append(got, one)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	return got, nil
}

func (d Delivery) receive(tx *sql.Tx, s *store.Store) (got Received, err error) {
	err = tx.QueryRow("SELECT unit FROM peer WHERE replica=?", d.Replica[:]).Scan(&d.from)
	if errors.Is(err, sql.ErrNoRows) {
		err = store.ErrNotFound
	}
	if err != nil {
		return got, fmt.Errorf("peer %x: %w", d.Replica[:4], err)
	}
	var stored uint64
	var b []byte
	proof := []byte{}
	err = tx.QueryRow("SELECT stored, hash, proof FROM heard WHERE replica=? AND incarnation=?", d.Replica[:],
		d.Incarnation).Scan(&stored, &b, &proof)
	if errors.Is(err, sql.ErrNoRows) { // counted from now on: what comes goes back to the unit's other lives
		var lives int
		if err := tx.QueryRow("SELECT count(*) FROM heard WHERE replica=?", d.Replica[:]).Scan(&lives); err != nil {
			return got, err
		}
		if lives >= MostLives {
			return got, ErrLives
		}
		if _, err = tx.Exec("INSERT INTO heard VALUES (?,?,0,zeroblob(32),0,x'')", d.Replica[:],
			d.Incarnation); err == nil {
			// it may have lost what it knew, so it gets all of its matters from us, its own words too
			err = s.Echo(tx, d.from)
		}
	}
	if err != nil {
		return got, err
	}
	var h journal.Hash
	copy(h[:], b)
	if d.First > stored+1 {
		return got, fmt.Errorf("first %d, stored %d: %w", d.First, stored, ErrGap)
	}
	var sums store.Sums
	if d.First+uint64(len(d.Records)) > stored+1 {
		if sums = d.Sums; sums == nil {
			sums = s.Sum(d.proven(), d.from, d.Unit)
		}
	}
	in, err := s.Arrivals(tx, sums, d.from, d.Unit, d.At)
	if err != nil {
		return got, err
	}
	apart, err := d.apart(tx)
	if err != nil {
		return got, err
	}
	at, end := d.Prev, d.First-1 // walks along the delivery
	for i := range d.Records {
		r := &d.Records[i]
		if end == stored && at != h {
			return got, ErrDiverged
		}
		end++
		at = journal.Advance(at, end, r.Hash)
		if end <= stored {
			var here bool
			if err := tx.QueryRow(
				"SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?1 UNION ALL SELECT 1 FROM fork "+
					"WHERE hash=?1 UNION ALL SELECT 1 FROM unproven "+
					"WHERE hash=?1)", r.Hash[:]).Scan(&here); err != nil {
				return got, err
			}
			if !here {
				return got, ErrDiverged
			}
			continue
		}
		if ground, aside := d.Aside[i]; aside {
			if err := d.setAside(tx, *r, ground, &apart); err != nil {
				return got, err
			}
			continue
		}
		fresh, err := in.Enter(r)
		if errors.Is(err, journal.ErrBroken) {
			err = d.setAside(tx, *r, "", &apart)
		}
		if err != nil {
			return got, err
		}
		if fresh {
			got.Fresh++
		}
	}
	if end == stored && at != h {
		return got, ErrDiverged
	}
	if end > stored || end == stored && len(d.Position) > 0 {
		proof = append([]byte{}, d.Position...)
	}
	if end < stored {
		end, at = stored, h
	}
	if got.Done, err = in.Settle(); err != nil {
		return got, err
	}
	if _, err = tx.Exec(
		`INSERT INTO heard VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET stored=excluded.stored, hash=excluded.hash,
		head=excluded.head, proof=excluded.proof`,
		d.Replica[:], d.Incarnation, int64(end), at[:], int64(max(d.Head, end)), proof); err != nil {
		return got, err
	}
	_, err = tx.Exec("UPDATE peer SET heard=?, program=?, skew=? WHERE replica=?", store.When(d.At), d.Program,
		int64(d.Skew/time.Second), d.Replica[:])
	if err != nil || d.File.Name == "" {
		return got, err
	}
	return got, met(tx, d.File, d.At)
}

// missed keeps that a life of a computer has come further than we have, so that what is missing is shown, and asked for
// by what we acknowledge.
func missed(tx *sql.Tx, d Delivery) error {
	_, err := tx.Exec(
		`INSERT INTO heard VALUES (?,?,0,zeroblob(32),?,x'') ON CONFLICT DO UPDATE SET head=max(head, excluded.head)`,
		d.Replica[:], d.Incarnation, int64(d.Head))
	return err
}
