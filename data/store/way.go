package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/unit"
)

// newLife is what we do when a computer begins a life of which we did not hear: it may have lost what it knew, so it gets all of its
// matters from us, its own words too.
func (s *Store) newLife(tx *sql.Tx, r journal.Replica) error {
	var unit string
	if err := tx.QueryRow("SELECT unit FROM peer WHERE replica=?", r[:]).Scan(&unit); err != nil {
		return err
	}
	return echo(tx, unit)
}

// echo puts everything that concerns a unit into its stream which is not in it yet: its own words and those of others.
func echo(tx *sql.Tx, reader string) error {
	ways, err := column(tx, `SELECT DISTINCT unit || ' ' || ifnull(json_extract(open, '$.via'), '') FROM matter
		WHERE unit >= ?1 AND unit < ?1 || '~'`, unit.Stem(reader))
	if err != nil {
		return err
	}
	for _, w := range ways {
		at, via, _ := strings.Cut(w, " ")
		if !slices.Contains(way(at, via), reader) {
			continue
		}
		if err := enqueueAll(tx, reader, `thing IN (SELECT id FROM matter WHERE unit=? AND ifnull(json_extract(open, '$.via'), '')=?)`, at, via); err != nil {
			return err
		}
	}
	if err := enqueueAll(tx, reader, "thing IN (?,?)", rules+" "+reader, pulse+" "+reader); err != nil { // of before there were envelopes
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
			if !slices.Contains(around(ks).units, reader) {
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

// Renewed passes on to the office above what came while a program of before did not know how: entries that go all the way up and are
// about something else than matters. It does so once.
func (s *Store) Renewed(ctx context.Context, above string, at time.Time) error {
	const noted = "passed on"
	if was, err := s.Noted(ctx, noted); err != nil || was != "" || above == "" {
		return err
	}
	err := s.transact(ctx, func(tx *sql.Tx) error {
		return enqueueAll(tx, above, "way >= 'up ' AND way < 'up!' AND instr(way || ' ', ' ' || ? || ' ') > 0", above)
	})
	if err != nil {
		return fmt.Errorf("pass on: %w", err)
	}
	return s.Note(ctx, noted, "yes", at)
}

// line is that of a unit which reports to an office: itself and all above it.
func line(code, above string) []string {
	if above == unit.Parent(code) {
		above = ""
	}
	return way(code, above)
}

// beside gives the units next to one, "" where there is none or the one is not among them.
func beside(units []string, unit string) (up, down string) {
	at := slices.Index(units, unit)
	if at > 0 {
		down = units[at-1]
	}
	if at >= 0 && at+1 < len(units) {
		up = units[at+1]
	}
	return up, down
}

// next says whether one unit is beside another.
func next(units []string, one, other string) bool {
	up, down := beside(units, one)
	return other != "" && (up == other || down == other)
}

// wayOf is the column way of an entry: what cannot be found by the list of matters is found by that.
func wayOf(r journal.Record) string {
	if r.Envelope == nil || r.Kind == matter.Kind && !matter.Newer(r) {
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
	case k.Envelope == nil && kind == pulse && unit.LevelOf(w.unit) == journal.Station && unit.Above(w.unit, k.Unit):
		return line(k.Unit, w.unit)
	case k.Envelope == nil && kind == pulse:
		return line(k.Unit, "")
	}
	return []string{k.Unit, unit.Parent(k.Unit)} // to those below it goes by Publish
}

// way is that of a matter which came in at a table and reports via an office (""): the units that it concerns.
func way(at, via string) []string {
	return matter.Matter{Unit: at, Report: matter.Report{Via: via}}.Path()
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
	units, here, up, down := []string(nil), -1, "", ""
	for i, k := range thing.ks {
		if i == 0 || single { // the entries of a matter go one way
			units = w.units(thing.circle, k)
			here = slices.Index(units, w.unit)
			up, down = beside(units, w.unit)
		}
		if here < 0 || k.barred != 0 || known && !fresh[k.row] {
			continue
		}
		author := slices.Index(units, k.Unit)
		lost := author == here && (unit.LevelOf(w.unit) != journal.Station || k.ID.Replica == w.self)
		early := author > here && !fresh[k.row] // whoever wrote it may have lost it meanwhile
		if author < here || lost || early {
			if err := w.put(tx, up, k.row, k.Hash); err != nil {
				return err
			}
		}
		if author > here || lost {
			if err := w.put(tx, down, k.row, k.Hash); err != nil {
				return err
			}
		}
		if author < here && !lost && (k.Envelope == nil && k.Kind != rules || k.Envelope != nil && k.Envelope.Way != journal.Below) {
			if err := w.back(tx, down, k); err != nil {
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
