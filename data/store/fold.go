package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// Sums are what the matters of a delivery add up to, as far as it alone tells.
type Sums map[string]*summed

// summed is a matter that may lie whole in one delivery: where nothing was known of it before, it need not be read again.
type summed struct {
	m             matter.Matter
	open, private []byte // as they are kept
	ks            []kept // in the order of the delivery
	settled       int
}

// Sum adds up what a delivery brings. It asks no database, so that it can be done while another delivery is stored.
func Sum(records []journal.Record) Sums {
	things := Sums{}
	for _, r := range records {
		if things[r.Thing] == nil {
			things[r.Thing] = &summed{}
		}
		things[r.Thing].ks = append(things[r.Thing].ks, kept{Record: r})
	}
	for thing, sum := range things {
		m, _, fates, err := digest(sum.ks)
		if err == nil {
			sum.m = m
			sum.open, sum.private, err = written(m)
		}
		if err != nil || m.State == matter.None {
			delete(things, thing) // goes the long way
			continue
		}
		for i, k := range sum.ks {
			sum.ks[i].fate, sum.ks[i].why = fates[k.ID].fate, fates[k.ID].why
			if sum.ks[i].fate != "waiting" {
				sum.settled++
			}
		}
	}
	return things
}

// strangers are those matters of a delivery of which we hold nothing.
func (d Delivery) strangers(tx *sql.Tx) (Sums, error) {
	things := d.Sums
	if things == nil {
		things = Sum(d.Records)
	}
	unknown := Sums{}
	for thing, sum := range things {
		var known bool
		if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM entry WHERE thing=?)", thing).Scan(&known); err != nil {
			return nil, err
		}
		if !known {
			unknown[thing] = sum
		}
	}
	return unknown, nil
}

// fate is what becomes of an entry, waiting where that is not known yet.
func (s *summed) fate(id journal.ID) fate {
	if s != nil {
		for _, k := range s.ks {
			if k.ID == id {
				return fate{k.fate, k.why}
			}
		}
	}
	return fate{fate: "waiting"}
}

// lies keeps where an entry lies.
func (s *summed) lies(id journal.ID, row int64) {
	if s == nil {
		return
	}
	for i := range s.ks {
		if s.ks[i].ID == id {
			s.ks[i].row = row
		}
	}
}

// fold sums up a thing again from its entries: those whose parents are all here are applied or refused, the others wait.
// It returns the sum, the entries with their fates from before, and how many are newly settled.
func (s *Store) fold(tx *sql.Tx, thing string) (m matter.Matter, ks []kept, settled int, err error) {
	if ks, err = load(tx, thing); err != nil {
		return m, nil, 0, err
	}
	m, _, fates, err := digest(ks)
	if err != nil { // the program stumbles over this matter alone: its entries wait for a better one
		for _, k := range ks {
			if k.fate == "waiting" {
				if _, err := tx.Exec("UPDATE entry SET why=? WHERE row=?", err.Error(), k.row); err != nil {
					return m, nil, 0, err
				}
			}
		}
		return matter.Matter{}, ks, 0, nil
	}
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

type fate struct{ fate, why string }

// digest is sum for entries that came from elsewhere: whatever they hold, they stop nobody else.
func digest(ks []kept) (m matter.Matter, ready []journal.Record, fates map[journal.ID]fate, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("set aside: %v", r)
		}
	}()
	m, ready, fates = sum(ks)
	return m, ready, fates, nil
}

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
		fates[r.ID] = fate{"applied", ""}
		if r.Kind != rules && r.Kind != pulse { // these are read as they are
			ready = append(ready, r)
		}
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
