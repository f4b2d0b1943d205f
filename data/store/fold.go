package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/unit"
)

// Sums are what the matters of a delivery add up to, as far as it alone tells.
type Sums map[string]*summed

// summed is a matter that may lie whole in one delivery: where nothing was known of it before, it need not be read again.
type summed struct {
	whole                // its entries in the order of the delivery
	open, private []byte // as they are kept
	settled       int
}

// Sum adds up what a delivery of one unit brings to another. It asks no database, so that it can be done while another delivery is
// stored.
func Sum(records []journal.Record, from, to string) Sums {
	things := Sums{}
	for _, r := range records {
		if things[r.Thing] == nil {
			things[r.Thing] = &summed{}
		}
		things[r.Thing].ks = append(things[r.Thing].ks, kept{Record: r})
	}
	for thing, sum := range things {
		w, err := digest(sum.ks)
		if err == nil && w.m.State != matter.None && unit.Serves(w.m.Unit, w.m.Station) && next(w.units, from, to) && !w.withheld(to) {
			sum.whole = w
			if sum.open, sum.private, err = written(w.m); err == nil {
				sum.settle()
				continue
			}
		}
		delete(things, thing) // goes the long way
	}
	return things
}

func (s *summed) settle() {
	for i, k := range s.ks {
		f := s.fates[k.ID]
		s.ks[i].fate, s.ks[i].why, s.ks[i].barred = f.fate, f.why, f.barred
		if f.fate != "waiting" {
			s.settled++
		}
	}
}

// strangers are those matters of a delivery of which we hold nothing.
func (d Delivery) strangers(tx *sql.Tx) (Sums, error) {
	things := d.Sums
	if things == nil {
		things = Sum(d.proven(), d.from, d.Unit)
	}
	names, err := json.Marshal(slices.Collect(maps.Keys(things)))
	if err != nil {
		return nil, err
	}
	known, err := column(tx, "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM entry WHERE thing=value)", string(names))
	if err != nil {
		return nil, err
	}
	unknown := maps.Clone(things)
	for _, thing := range known {
		delete(unknown, thing)
	}
	return unknown, nil
}

// fate is what becomes of an entry, waiting where that is not known yet.
func (s *summed) fate(id journal.ID) fate {
	if s != nil {
		for _, k := range s.ks {
			if k.ID == id {
				return fate{k.fate, k.why, k.barred}
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
// It returns the sum, the entries with their fates from before, and how many are newly settled. Of what came just now, private
// parts that the unit may not have are dropped.
func (s *Store) fold(tx *sql.Tx, thing string, came map[int64]bool, unit string) (w whole, settled int, err error) {
	ks, err := load(tx, thing)
	if err != nil {
		return w, 0, err
	}
	w, err = digest(ks)
	if err == nil && came != nil {
		dropped, err := w.drop(tx, came, unit)
		if err != nil {
			return w, 0, err
		}
		if dropped {
			w = total(ks)
		}
	}
	if err != nil { // the program stumbles over this matter alone: its entries wait for a better one
		for _, k := range ks {
			if k.fate == "waiting" {
				if _, err := tx.Exec("UPDATE entry SET why=? WHERE row=?", err.Error(), k.row); err != nil {
					return w, 0, err
				}
			}
		}
		return whole{ks: ks}, 0, nil
	}
	var version int64
	for i, k := range ks {
		fate := w.fates[k.ID]
		if fate.fate != k.fate || fate.barred != k.barred {
			if _, err := tx.Exec("UPDATE entry SET fate=?, why=?, barred=? WHERE row=?", fate.fate, fate.why, fate.barred, k.row); err != nil {
				return w, settled, err
			}
			settled++
		}
		ks[i].barred = fate.barred
		version = max(version, k.row)
	}
	if w.m.State == matter.None { // what it added up to before was not its author's
		_, err := tx.Exec("DELETE FROM matter WHERE id=?1", thing)
		if err == nil {
			_, err = tx.Exec("DELETE FROM label WHERE thing=?", thing)
		}
		return w, settled, err
	}
	return w, settled, project(tx, w.m, ks[0].row, version)
}

// fate is what became of an entry.
type fate struct {
	fate, why string
	barred    int
}

// whole is a thing by its entries: whom it concerns, what they add up to, those on which others can build, and what became of each.
type whole struct {
	circle
	ks    []kept
	m     matter.Matter
	ready []journal.Record
	fates map[journal.ID]fate
}

// digest is total for entries that came from elsewhere: whatever they hold, they stop nobody else.
func digest(ks []kept) (w whole, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("set aside: %v", r)
		}
	}()
	return total(ks), nil
}

// total folds the entries that count and whose parents are all here (ready), and says what became of each entry.
func total(ks []kept) whole {
	w := whole{circle: around(ks), ks: ks, fates: make(map[journal.ID]fate, len(ks))}
	out, fates := w.door(ks), w.fates
	here := map[journal.ID]bool{}
	rs := records(ks)
	journal.Order(rs)
	folded := make([]journal.Record, 0, len(rs))
	w.ready = rs[:0]
	for _, r := range rs { // parents come first in fold order
		switch why := out[r.ID]; {
		case why != "":
			fates[r.ID] = fate{"refused", why, barred}
			here[r.ID] = true // whoever saw it before it was barred has its word
		case slices.ContainsFunc(r.Seen, func(id journal.ID) bool { return !here[id] }):
			fates[r.ID] = fate{fate: "waiting", why: "an entry it builds on is missing"}
		default:
			here[r.ID] = true
			w.ready = append(w.ready, r)
			fates[r.ID] = fate{fate: "applied"}
			if r.Kind == matter.Kind {
				folded = append(folded, r)
			} else if newest, known := plain[r.Kind]; !known || r.Schema > newest {
				fates[r.ID] = fate{fate: "waiting", why: "only a newer program knows what it means"}
			}
		}
	}
	var refused []matter.Refusal
	w.m, refused = matter.Fold(folded)
	for _, no := range refused {
		f := fate{fate: "refused", why: no.Err.Error()}
		if errors.Is(no.Err, matter.ErrUnknown) {
			f.fate = "waiting"
		}
		fates[no.ID] = f
	}
	for _, k := range ks {
		if k.barred == claimed {
			fates[k.ID] = fate{"refused", fates[k.ID].why, claimed}
		}
	}
	return w
}
