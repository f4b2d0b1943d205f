package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// Sums are what the things of a delivery add up to, as far as it alone tells.
type Sums map[string]*summed

// summed is a thing that may lie whole in one delivery: where nothing was known of it before, it need not be read
// again.
type summed struct {
	whole       // its entries in the order of the delivery
	row     row // as it is kept
	settled int
}

// Sum adds up what a delivery of one unit brings to another. It asks no database, so that it can be done while another
// delivery is stored.
func (s *Store) Sum(records []journal.Record, from, to string) Sums {
	things := Sums{}
	for _, r := range records {
		if things[r.Thing] == nil {
			things[r.Thing] = &summed{}
		}
		things[r.Thing].ks = append(things[r.Thing].ks, kept{Record: r})
	}
	for thing, sum := range things {
		w, err := s.kinds.digest(sum.ks)
		code, _ := s.kinds.speaks(w.whose)
		if err == nil && w.sum != nil && code == "" && next(w.units, from, to) && !w.withheld(to) &&
			len(w.covered()) == 0 && !w.kind.left(w.sum, to) &&
			(w.ever == nil || slices.Contains(w.whose.Envelope.Audience, from) && !s.kinds.strays(w.whose, from, to)) {
			sum.whole = w
			if sum.row, err = w.kind.row(w.sum, w.units); err == nil {
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

// fold sums up a thing again from its entries: those whose parents are all here are applied or refused, the others
// wait. It returns the sum, the entries with their fates from before, and how many are newly settled. Of what came just
// now, private parts that the unit may not have are dropped.
func (s *Store) fold(tx *sql.Tx, id string, came map[int64]bool, unit string) (w whole, settled int, err error) {
	ks, err := load(tx, id)
	if err != nil {
		return w, 0, err
	}
	w, err = s.kinds.digest(ks)
	if err == nil && came != nil {
		dropped, err := w.drop(tx, came, unit)
		if err != nil {
			return w, 0, err
		}
		if dropped {
			w = s.kinds.total(ks)
		}
	}
	if err == nil {
		dropped, err := s.redact(tx, w)
		if err != nil {
			return w, 0, err
		}
		if dropped {
			if ks, err = load(tx, id); err != nil {
				return w, 0, err
			}
			w = s.kinds.total(ks)
		}
	}
	var line row
	if err == nil && w.sum != nil {
		line, err = w.kind.row(w.sum, w.units)
	}
	if err != nil { // the program stumbles over this thing alone: its entries wait for a better one
		for _, k := range ks {
			if k.fate == "waiting" {
				if _, err := tx.Exec("UPDATE entry SET why=? WHERE row=?", err.Error(), k.row); err != nil {
					return w, 0, err
				}
			}
		}
		return whole{kinds: s.kinds, ks: ks}, 0, nil
	}
	var version int64
	for i, k := range ks {
		fate := w.fates[k.ID]
		if fate.fate != k.fate || fate.barred != k.barred {
			if _, err := tx.Exec("UPDATE entry SET fate=?, why=?, barred=? WHERE row=?", fate.fate, fate.why,
				fate.barred, k.row); err != nil {
				return w, settled, err
			}
			settled++
		}
		ks[i].barred, ks[i].freed = fate.barred, k.barred != 0 && fate.barred == 0
		version = max(version, k.row)
	}
	// what it added up to before was not its author's, or is not for us any more
	if w.sum == nil || !s.lists(w.circle, w.kind, w.sum) {
		return w, settled, s.kinds.drop(tx, id, nil)
	}
	if err := s.kinds.drop(tx, id, w.kind); err != nil {
		return w, settled, err
	}
	return w, settled, w.kind.put(tx, line, ks[0].row, version)
}

// fate is what became of an entry.
type fate struct {
	fate, why string
	barred    int
}

// whole is a thing by its entries: whom it concerns, what they add up to, those on which others can build, and what
// became of each.
type whole struct {
	circle
	kinds
	kind          *kind // nil where this program does not know it
	ks            []kept
	sum           thing.Sum // nil where nothing was opened
	ready, folded []journal.Record
	fates         map[journal.ID]fate
}

// sealed says whether a thing is confidential.
func (w whole) sealed() bool { return w.sum != nil && w.sum.Secret() }

// digest is total for entries that came from elsewhere: whatever they hold, they stop nobody else.
func (ks kinds) digest(list []kept) (w whole, err error) {
	defer aside(&err)
	return ks.total(list), nil
}

// aside makes an error of a kind's stumbling over what somebody wrote.
func aside(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("set aside: %v", r)
	}
}

// total folds the entries that count and whose parents are all here (ready), and says what became of each entry.
func (ks kinds) total(list []kept) whole {
	w := whole{kinds: ks, ks: list, fates: make(map[journal.ID]fate, len(list))}
	var out map[journal.ID]string
	w.circle, out = ks.door(list)
	w.kind = ks[w.whose.Kind]
	fates := w.fates
	here := map[journal.ID]bool{}
	rs := records(list)
	journal.Order(rs)
	w.folded = make([]journal.Record, 0, len(rs)+1)
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
			if k := ks[r.Kind]; k != nil && k.Fold != nil && w.units == nil && !k.Newer(r) {
				fates[r.ID] = fate{fate: "refused", why: "nothing that counts opened its thing"}
			} else if k != nil && k.Fold != nil {
				w.folded = append(w.folded, r)
			} else if !ks.knows(r) {
				fates[r.ID] = fate{fate: "waiting", why: "only a newer program knows what it means"}
			}
		}
	}
	if len(w.folded) > 0 {
		var refused []thing.Refusal
		if w.kind == nil {
			w.kind = ks[w.folded[0].Kind]
		}
		w.sum, refused = w.kind.Fold(w.folded)
		for _, no := range refused {
			f := fate{fate: "refused", why: no.Err.Error()}
			if errors.Is(no.Err, thing.ErrUnknown) {
				f.fate = "waiting"
			}
			fates[no.ID] = f
		}
	}
	for _, k := range list {
		if k.barred == claimed {
			fates[k.ID] = fate{"refused", fates[k.ID].why, claimed}
		}
	}
	return w
}
