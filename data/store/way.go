package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// newLife is what we do when a computer begins a life of which we did not hear: it may have lost what it knew, so it gets all of its
// matters from us, its own words too.
func (s *Store) newLife(tx *sql.Tx, r journal.Replica) error {
	var unit string
	if err := tx.QueryRow("SELECT unit FROM peer WHERE replica=?", r[:]).Scan(&unit); err != nil {
		return err
	}
	return s.echo(tx, unit)
}

// echo puts everything that concerns a unit into its stream which is not in it yet: its own words and those of others.
func (s *Store) echo(tx *sql.Tx, reader string) error {
	for _, k := range s.kinds.folded() {
		if k.Opens == nil { // its entries say themselves where they go
			continue
		}
		paths, err := column(tx, "SELECT DISTINCT path FROM "+k.Name+" WHERE unit >= ?1 AND unit < ?1 || '~'", unit.Stem(reader))
		if err != nil {
			return err
		}
		for _, path := range paths {
			units := strings.Fields(path)
			if !slices.Contains(units, reader) {
				continue
			}
			if err := enqueueAll(tx, reader, "thing IN (SELECT id FROM "+k.Name+" WHERE unit=? AND path=?)", units[0], path); err != nil {
				return err
			}
		}
	}
	if err := enqueueAll(tx, reader, "thing IN (?,?)", Rules.Name+" "+reader, Pulses.Name+" "+reader); err != nil { // of before there were envelopes
		return err
	}
	things, err := column(tx, "SELECT DISTINCT thing FROM entry INDEXED BY entry_way WHERE way<>'' AND instr(way || ' ', ' ' || ? || ' ') > 0", reader)
	if err != nil {
		return err
	}
	for _, thing := range things {
		where := "thing=? AND instr(way || ' ', ' ' || ? || ' ') > 0"
		if _, _, single := named(thing); !single { // what their first entries say counts
			ks, err := load(tx, thing)
			if err != nil {
				return err
			}
			if !slices.Contains(s.kinds.around(ks).units, reader) {
				continue
			}
			where = "thing=? AND ?<>''"
		}
		if err := enqueueAll(tx, reader, where, thing, reader); err != nil {
			return err
		}
	}
	return nil
}

// Renewed passes on, up and down, what came while a program of before did not know how: entries that say themselves where they go. Private
// parts of kinds that it did not know it withheld from the office above, so that all is said to that once more, in a new life. It does
// so once.
func (s *Store) Renewed(ctx context.Context, above string, at time.Time) error {
	const noted, with = "passed on", "up, down and private parts"
	if was, err := s.Noted(ctx, noted); err != nil || was == with {
		return err
	}
	var withheld bool
	err := s.transact(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRow(`SELECT EXISTS (SELECT 1 FROM entry e INDEXED BY entry_way JOIN stream s ON s.reader=? AND s.entry=e.row
			WHERE way<>'' AND secret IS NOT NULL AND json_extract(core, '$.kind') NOT IN ('rules', 'pulse', 'keepsake') AND json_extract(core, '$.unit')<>?)`,
			above, s.Unit).Scan(&withheld)
		if err != nil {
			return err
		}
		readers, err := column(tx, "SELECT unit FROM peer WHERE NOT revoked UNION SELECT ?1 WHERE ?1<>''", above)
		if err != nil {
			return err
		}
		for _, reader := range readers {
			where := "way >= 'path ' AND way < 'path!' AND json_extract(core, '$.unit')<>?1 AND instr(way || ' ', ' ' || ?1 || ' ') > 0"
			if reader == above {
				where = "way<>'' AND way NOT LIKE 'below %' AND instr(way || ' ', ' ' || ?1 || ' ') > 0"
			}
			if err := enqueueAll(tx, reader, where, reader); err != nil {
				return err
			}
		}
		if withheld {
			return s.reborn(tx)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("pass on: %w", err)
	}
	if withheld {
		s.noted(0)
	}
	return s.Note(ctx, noted, with, at)
}

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
	if k := ks[r.Kind]; r.Envelope == nil || k != nil && k.Opens != nil && !k.Newer(r) {
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
	case k.Envelope == nil && kind == Pulses.Name && unit.LevelOf(w.unit) == journal.Station && unit.Above(w.unit, k.Unit):
		return line(k.Unit, w.unit)
	case k.Envelope == nil && kind == Pulses.Name:
		return line(k.Unit, "")
	}
	return []string{k.Unit, unit.Parent(k.Unit)} // to those below it goes by Publish
}

// enqueueAll puts all entries that a condition chooses into a reader's stream, as far as they are not in it.
func enqueueAll(tx *sql.Tx, reader, where string, args ...any) error {
	rows, err := tx.Query(`SELECT row, hash FROM entry e WHERE `+where+`
		AND barred=0 AND NOT EXISTS (SELECT 1 FROM stream WHERE reader=? AND entry=e.row) ORDER BY row`, append(args, reader)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	type line struct {
		row int64
		h   journal.Hash
	}
	var lines []line
	for rows.Next() {
		var l line
		var h []byte
		if err := rows.Scan(&l.row, &h); err != nil {
			return err
		}
		copy(l.h[:], h)
		lines = append(lines, l)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, l := range lines {
		if err := enqueue(tx, reader, l.row, l.h); err != nil {
			return err
		}
	}
	return nil
}

// relay passes on what came in: what was written below us goes up, and back down to a station that has more than one
// computer, or an office below us that has; what was written above us goes down. Nothing written above goes up again, but by echo. Our
// own words that come back to us, because we lost them, go both ways again. Entries that came before their matter was known
// go with its first one.
func (w passing) relay(tx *sql.Tx, thing whole, fresh map[int64]bool) error {
	single := len(thing.ks) > 0 && strings.Contains(thing.ks[0].Thing, " ")
	known := single || slices.ContainsFunc(thing.ks, func(k kept) bool { return !fresh[k.row] && k.barred == 0 && k.First() })
	var units, below []string
	above := ""
	for i, k := range thing.ks {
		if i == 0 || single { // the entries of a thing go one way
			units = w.units(thing.circle, k)
			above, below = unit.Over(units, w.unit), unit.Under(units, w.unit)
		}
		if !slices.Contains(units, w.unit) || k.barred != 0 || known && !fresh[k.row] {
			continue
		}
		from := "" // the one below us from whom it came
		for _, u := range below {
			if u == k.Unit || unit.Beneath(units, k.Unit, u) {
				from = u
			}
		}
		lost := k.Unit == w.unit && (unit.LevelOf(w.unit) != journal.Station || k.ID.Replica == w.self)
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
		if from != "" && (k.Envelope == nil && k.Kind != Rules.Name || k.Envelope != nil && k.Envelope.Way != journal.Below) {
			if err := w.back(tx, from, k); err != nil {
				return err
			}
		}
	}
	return nil
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
