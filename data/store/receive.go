package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	Sums        Sums // of the records, where somebody made them ahead
	At          time.Time
	Program     string        // that wrote it
	Skew        time.Duration // how far its writer's clock is off at least
	File        File          // in which it came; it is met in the same transaction
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

// Receive stores deliveries raw and then projects them, each whole or not at all and all in one transaction: what was stored
// before is passed over, what is new is appended, and the peer's position moves on.
//
// An entry under a name that another one has is kept apart and raises an alarm (Forks); where the name is our own, this
// computer was set back to an earlier state and went on writing: it begins a new life, and what it wrote since then gets new
// names. A matter whose entries the program cannot digest is set aside alone.
//
// A delivery that begins too late fails with ErrGap, one whose past differs from ours with ErrDiverged; then it has changed
// nothing. An error beside the results says that none of them was kept.
func (s *Store) Receive(ctx context.Context, ds ...Delivery) (got []Received, err error) {
	self := s.self
	err = s.transact(ctx, func(tx *sql.Tx) error {
		for _, d := range ds {
			self, letters := s.self, s.letters
			if _, err := tx.Exec("SAVEPOINT delivery"); err != nil {
				return err
			}
			one, why := s.receive(tx, d)
			if why != nil {
				s.self, s.letters, one = self, letters, Received{Err: fmt.Errorf("receive: %w", why)}
				if _, err := tx.Exec("ROLLBACK TO delivery"); err != nil {
					return errors.Join(why, err)
				}
				switch {
				case errors.Is(why, ErrGap):
					if err := missed(tx, d); err != nil {
						return err
					}
				case !errors.Is(why, ErrDiverged) && !errors.Is(why, ErrNotFound): // the disk's fault, not the delivery's
					return why
				}
			}
			if _, err := tx.Exec("RELEASE delivery"); err != nil {
				return err
			}
			got = append(got, one)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	if s.self != self { // it found out that it was set back
		head, err := s.Head(ctx)
		if err != nil {
			return got, err
		}
		s.noted(head)
	}
	s.changes.Add(1)
	return got, nil
}

func (s *Store) receive(tx *sql.Tx, d Delivery) (got Received, err error) {
	var known bool
	if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM peer WHERE replica=?)", d.Replica[:]).Scan(&known); err != nil || !known {
		return got, errors.Join(err, fmt.Errorf("peer %x: %w", d.Replica[:4], ErrNotFound))
	}
	var stored uint64
	var b []byte
	err = tx.QueryRow("SELECT stored, hash FROM heard WHERE replica=? AND incarnation=?", d.Replica[:], d.Incarnation).Scan(&stored, &b)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.newLife(tx, d.Replica)
	}
	if err != nil {
		return got, err
	}
	var h journal.Hash
	copy(h[:], b)
	if d.First > stored+1 {
		return got, fmt.Errorf("first %d, stored %d: %w", d.First, stored, ErrGap)
	}
	var unknown Sums
	if d.First+uint64(len(d.Records)) > stored+1 {
		if unknown, err = d.strangers(tx); err != nil {
			return got, err
		}
	}
	at, end := d.Prev, d.First-1          // walks along the delivery
	things := map[string]map[int64]bool{} // what is new of each
	for _, r := range d.Records {
		if end == stored && at != h {
			return got, ErrDiverged
		}
		end++
		at = journal.Advance(at, end, r.Hash)
		if end <= stored {
			var here bool
			if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?1 UNION ALL SELECT 1 FROM fork WHERE hash=?1)", r.Hash[:]).Scan(&here); err != nil {
				return got, err
			}
			if !here {
				return got, ErrDiverged
			}
			continue
		}
		row, known, err := s.keep(tx, r, unknown[r.Thing].fate(r.ID), d.At)
		if err != nil {
			return got, err
		}
		if row > 0 && things[r.Thing] == nil {
			things[r.Thing] = map[int64]bool{}
		}
		if row > 0 && !known {
			things[r.Thing][row] = true
			unknown[r.Thing].lies(r.ID, row)
			got.Fresh++
		}
	}
	if end == stored && at != h {
		return got, ErrDiverged
	}
	if end < stored {
		end, at = stored, h
	}
	way := passing{tails: tails{}, self: s.self.Replica, unit: d.Unit, twins: map[string]bool{}}
	for _, thing := range slices.Sorted(maps.Keys(things)) {
		n, err := s.arrive(tx, thing, unknown[thing], things[thing], way)
		if err != nil {
			return got, err
		}
		got.Done += n
	}
	if _, err = tx.Exec(`INSERT INTO heard VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET stored=excluded.stored, hash=excluded.hash,
		head=excluded.head`, d.Replica[:], d.Incarnation, int64(end), at[:], int64(max(d.Head, end))); err != nil {
		return got, err
	}
	_, err = tx.Exec("UPDATE peer SET heard=?, program=?, skew=? WHERE replica=?", when(d.At), d.Program, int64(d.Skew/time.Second), d.Replica[:])
	if err != nil || d.File.Name == "" {
		return got, err
	}
	return got, met(tx, d.File, d.At)
}

// missed keeps that a life of a computer has come further than we have, so that what is missing is shown, and asked for by what
// we acknowledge.
func missed(tx *sql.Tx, d Delivery) error {
	_, err := tx.Exec(`INSERT INTO heard VALUES (?,?,0,zeroblob(32),?) ON CONFLICT DO UPDATE SET head=max(head, excluded.head)`,
		d.Replica[:], d.Incarnation, int64(d.Head))
	return err
}

// arrive works what is new of a thing into the list and passes it on; it says how many entries are newly settled.
func (s *Store) arrive(tx *sql.Tx, thing string, whole *summed, fresh map[int64]bool, way passing) (n int, err error) {
	var m matter.Matter
	var ks []kept
	if whole != nil && len(whole.ks) == len(fresh) {
		m, ks, n, err = whole.m, whole.ks, whole.settled, write(tx, whole.m, whole.open, whole.private, whole.ks[0].row, whole.ks[len(fresh)-1].row)
	} else {
		m, ks, n, err = s.fold(tx, thing)
	}
	if err != nil {
		return 0, err
	}
	if m.State != matter.None && m.Unit == way.unit { // another computer of this table gave these labels
		for _, l := range labels(m.Report) {
			if _, err := tx.Exec("INSERT OR IGNORE INTO label VALUES (?,?,?)", l[0], l[1], thing); err != nil {
				return 0, err
			}
		}
	}
	return n, way.relay(tx, m, ks, fresh)
}

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

// keep stores a record as it came. It is known where it is there already; row is then 0 unless it brought a part that was
// withheld before. row is 0 too where another one has its name.
func (s *Store) keep(tx *sql.Tx, r journal.Record, f fate, at time.Time) (row int64, known bool, err error) {
	row, err = insert(tx, r, f)
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
	case r.ID.Replica == s.self.Replica:
		if err := s.rename(tx, r.ID); err != nil {
			return 0, false, err
		}
		row, err = insert(tx, r, f)
		return row, false, err
	}
	_, err = tx.Exec("INSERT OR IGNORE INTO fork VALUES (?,?,?,?,?,?,?)", r.Hash[:], r.ID.Replica[:], r.ID.Incarnation, int64(r.ID.Seq), r.Core, r.Secret, when(at))
	return 0, false, err
}

// newLife is what we do when a computer that we heard before begins a new life: it may have lost what it knew, so it gets
// all of its matters from us, its own words too.
func (s *Store) newLife(tx *sql.Tx, r journal.Replica) error {
	var unit string
	err := tx.QueryRow("SELECT unit FROM peer p WHERE replica=? AND EXISTS (SELECT 1 FROM heard WHERE replica=p.replica)", r[:]).Scan(&unit)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return echo(tx, unit)
}

// echo puts everything that concerns a unit into its stream which is not in it yet: its own words and those of others.
func echo(tx *sql.Tx, reader string) error {
	err := eachWay(tx, func(unit, via string) error {
		if !slices.Contains(way(unit, via), reader) {
			return nil
		}
		return enqueueAll(tx, reader, `thing IN (SELECT id FROM matter WHERE unit=? AND ifnull(json_extract(open, '$.via'), '')=?)`, unit, via)
	})
	if err != nil {
		return err
	}
	return enqueueAll(tx, reader, "thing IN (?,?)", rules+" "+reader, pulse+" "+reader)
}

// way is that of a matter which came in at a table and reports via an office (""): the units that it concerns.
func way(at, via string) []string {
	return matter.Matter{Unit: at, Report: matter.Report{Via: via}}.Path()
}

// eachWay goes through the ways that matters take.
func eachWay(tx *sql.Tx, do func(at, via string) error) error {
	ways, err := column(tx, "SELECT DISTINCT unit || ' ' || ifnull(json_extract(open, '$.via'), '') FROM matter")
	if err != nil {
		return err
	}
	for _, w := range ways {
		at, via, _ := strings.Cut(w, " ")
		if err := do(at, via); err != nil {
			return err
		}
	}
	return nil
}

// enqueueAll puts all entries that a condition chooses into a reader's stream, as far as they are not in it.
func enqueueAll(tx *sql.Tx, reader, where string, args ...any) error {
	rows, err := tx.Query(`SELECT row, hash FROM entry e WHERE `+where+`
		AND NOT EXISTS (SELECT 1 FROM stream WHERE reader=? AND entry=e.row) ORDER BY row`, append(args, reader)...)
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

// relay passes on what came in: what was written below us goes up, and back down to a station that has more than one
// computer; what was written above us goes down. Nothing written above goes up again, but by echo. Our
// own words that come back to us, because we lost them, go both ways again. Entries that came before their matter was known
// go with its first one.
func (w passing) relay(tx *sql.Tx, m matter.Matter, ks []kept, fresh map[int64]bool) error {
	unit := w.unit
	for _, k := range ks {
		var err error
		switch {
		case k.Kind == matter.Kind || !fresh[k.row]:
		case k.Unit == unit:
			err = w.put(tx, matter.Parent(unit), k.row, k.Hash)
		case k.Kind == pulse && matter.Above(unit, k.Unit):
			if err = w.put(tx, matter.Parent(unit), k.row, k.Hash); err == nil && (matter.Parent(k.Unit) == unit || matter.LevelOf(unit) == journal.Station) {
				err = w.back(tx, k.Unit, k)
			}
		}
		if err != nil {
			return err
		}
	}
	path := m.Path()
	here := slices.Index(path, unit)
	if m.State == matter.None || here < 0 {
		return nil
	}
	known := slices.ContainsFunc(ks, func(k kept) bool { return !fresh[k.row] && k.fate == "applied" })
	up, down := m.Up(unit), m.Down(unit)
	for _, k := range ks {
		if known && !fresh[k.row] {
			continue
		}
		author := slices.Index(path, k.Unit)
		lost := author == here && (matter.LevelOf(unit) != journal.Station || k.ID.Replica == w.self)
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
		if author < here && !lost && matter.LevelOf(down) == journal.Station {
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
	twins map[string]bool // units of which more than one computer, or life, is known
}

// back passes an entry back to where it came from, for the other computers there.
func (w passing) back(tx *sql.Tx, unit string, k kept) error {
	twins, known := w.twins[unit]
	if !known {
		err := tx.QueryRow(`SELECT (SELECT count(*) FROM peer WHERE unit=?1) > 1 OR
			(SELECT count(*) FROM heard WHERE replica IN (SELECT replica FROM peer WHERE unit=?1)) > 1`, unit).Scan(&twins)
		if err != nil {
			return err
		}
		w.twins[unit] = twins
	}
	if !twins {
		return nil
	}
	return w.put(tx, unit, k.row, k.Hash)
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
