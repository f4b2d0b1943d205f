package store

import (
	"database/sql"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// line is that of a unit which reports to an office: itself and all above it.
func line(code, above string) []string {
	if above == unit.Parent(code) {
		above = ""
	}
	return unit.Path(code, above)
}

// next says whether one unit of a thing is beside another.
func next(units []string, one, other string) bool {
	return other != "" && (unit.Over(units, one) == other || unit.Over(units, other) == one)
}

// way is the column way of an entry: what cannot be found by the list of its kind is found by that.
func (ks kinds) way(r journal.Record) string {
	if r.Envelope == nil || ks.settles(r) {
		return ""
	}
	return string(r.Envelope.Way) + " " + strings.Join(r.Envelope.Audience, " ")
}

// units are those among which an entry of a thing goes up and down.
func (w passing) units(c circle, k kept) []string {
	kind, _, single := named(k.Thing)
	switch {
	case !single:
		return c.units
	case k.Envelope != nil && k.Envelope.Way != journal.Below:
		return k.Envelope.Audience
	case k.Envelope == nil && kind == Pulses.Name && unit.LevelOf(w.unit) == journal.Station &&
		unit.Above(w.unit, k.Unit):
		return line(k.Unit, w.unit)
	case k.Envelope == nil && kind == Pulses.Name:
		return line(k.Unit, "")
	}
	return []string{k.Unit, unit.Parent(k.Unit)} // to those below it goes by Publish
}

// relay passes on what came in: what was written below us goes up, and back down to a station that has more than one
// computer, or an office below us that has; what was written above us goes down. Nothing written above goes up again,
// but by echo. Our own words that come back to us, because we lost them, go both ways again. Entries that came before
// their matter was known go with its first one.
func (w passing) relay(tx *sql.Tx, thing whole, fresh map[int64]bool) error {
	single := len(thing.ks) > 0 && strings.Contains(thing.ks[0].Thing, " ")
	known := single || slices.ContainsFunc(thing.ks,
		func(k kept) bool { return !fresh[k.row] && k.barred == 0 && k.First() })
	if thing.ever != nil {
		return w.share(tx, thing, fresh, known)
	}
	var units, below []string
	above := ""
	for i, k := range thing.ks {
		if i == 0 || single { // the entries of a thing go one way
			units = w.units(thing.circle, k)
			above, below = unit.Over(units, w.unit), unit.Under(units, w.unit)
		}
		if !slices.Contains(units, w.unit) || k.barred != 0 || known && !fresh[k.row] && !k.freed {
			continue
		}
		from := "" // the one below us from whom it came
		for _, u := range below {
			if u == k.Unit || unit.Beneath(units, k.Unit, u) {
				from = u
			}
		}
		lost := w.lost(k)
		early := from == "" && k.Unit != w.unit && !fresh[k.row] // whoever wrote it may have lost it meanwhile
		if from != "" || lost || early {
			if err := w.put(tx, above, k.row, k.Hash); err != nil {
				return err
			}
		}
		for _, u := range below {
			if u != from && (k.Unit != w.unit || lost) {
				if err := w.put(tx, u, k.row, k.Hash); err != nil {
					return err
				}
			}
		}
		if from != "" && (k.Envelope == nil && k.Kind != Rules.Name || k.Envelope != nil &&
			k.Envelope.Way != journal.Below) {
			if err := w.back(tx, from, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// share passes on what those next to us are to have of a thing whose circle changed, as far as they have it not.
func (w passing) share(tx *sql.Tx, thing whole, fresh map[int64]bool, known bool) error {
	above, below := thing.beside(w.unit)
	for _, k := range ordered(thing.ks) { // a newcomer's reading begins with the first
		if k.barred != 0 {
			continue
		}
		from, readers := "", []string{}
		for _, u := range below {
			if u == k.Unit || thing.beneath(k.Unit, u) {
				from = u
			} else {
				readers = append(readers, u)
			}
		}
		if from != "" || w.lost(k) || !known && k.Unit != w.unit && !fresh[k.row] {
			readers = append(readers, above)
		}
		for _, u := range readers {
			if thing.has(u, k.ID) {
				if err := w.put(tx, u, k.row, k.Hash); err != nil {
					return err
				}
			}
		}
		if from != "" && (fresh[k.row] || k.freed) && thing.has(from, k.ID) {
			if err := w.back(tx, from, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// lost says whether an entry of ours that comes in, or lies here, is for us to pass on: not where another computer of
// our table wrote it.
func (w passing) lost(k kept) bool {
	return k.Unit == w.unit && (unit.LevelOf(w.unit) != journal.Station || k.ID.Replica == w.self)
}

// passing is how the entries of one delivery go on.
type passing struct {
	tails
	self  journal.Replica
	unit  string
	known map[string][]journal.Replica // the computers of a unit, one that lived more than once as often
	sent  bool                         // by another unit, so that it has to be ours to know
}

// back passes an entry back to where it came from, for the other computers there, and for whoever may have lost it.
func (w passing) back(tx *sql.Tx, code string, k kept) error {
	office := unit.LevelOf(code) != journal.Station // one that was set back gets all at once, by echo
	rs, known := w.known[code]
	if !known {
		all := "SELECT p.replica FROM peer p LEFT JOIN heard h ON h.replica=p.replica WHERE p.unit=?"
		if office {
			all = "SELECT replica FROM peer WHERE unit=? AND NOT revoked"
		}
		list, err := column(tx, all, code)
		if err != nil {
			return err
		}
		for _, r := range list {
			rs = append(rs, journal.Replica([]byte(r)))
		}
		w.known[code] = rs
	}
	if len(rs) == 0 || len(rs) == 1 && (office || rs[0] == k.ID.Replica) {
		return nil
	}
	return w.put(tx, code, k.row, k.Hash)
}
