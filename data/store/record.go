package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// Act is one thing that somebody at this computer does to a matter.
type Act struct {
	Thing   string // the matter's ID; "" to open a new one
	Do      string
	Body    any // open part, or for "receive" a *matter.Opening whose Number is still empty
	Private any // nil for none
	Unit    string
	Level   journal.Level
	By      string
	At      time.Time
}

// Record writes one act: it numbers a new matter, applies the act, and keeps entry, projection, labels and stream
// positions in one transaction. It fails with the errors of matter.Apply, with ErrNotFound for an unknown thing and with
// Doubt where the clock cannot be right, with ErrTaken for a paper number that this table used before; then nothing has changed.
func (s *Store) Record(ctx context.Context, a Act) (matter.Matter, error) {
	ms, err := s.RecordAll(ctx, a)
	if err != nil {
		return matter.Matter{}, err
	}
	return ms[0], nil
}

// RecordAll writes acts as Record does, all of them or none.
func (s *Store) RecordAll(ctx context.Context, as ...Act) (ms []matter.Matter, err error) {
	var seq uint64
	err = s.transact(ctx, func(tx *sql.Tx) error {
		for i, a := range as {
			if i == 0 { // they are of one moment
				if err := s.doubting(tx, a.At); err != nil {
					return fmt.Errorf("%s: %w", a.Do, err)
				}
			}
			var m matter.Matter
			if m, seq, err = s.record(tx, a); err != nil {
				return fmt.Errorf("%s: %w", a.Do, err)
			}
			ms = append(ms, m)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.noted(seq)
	return ms, nil
}

func (s *Store) record(tx *sql.Tx, a Act) (m matter.Matter, seq uint64, err error) {
	e := journal.Entry{Thing: a.Thing, Kind: matter.Kind, Do: a.Do, Schema: matter.Schema,
		Unit: a.Unit, Level: a.Level, By: a.By, At: a.At.UTC().Truncate(time.Second), Envelope: &journal.Envelope{Way: journal.Along}}
	var units []string
	var known []kept
	if a.Thing == "" {
		opening := a.Body.(*matter.Opening)
		if err := s.number(tx, a.At, &opening.Report); err != nil {
			return m, 0, err
		}
		if _, err := io.ReadFull(s.random, e.Envelope.Born[:]); err != nil {
			return m, 0, err
		}
		e.Thing, e.Depth = journal.Name(a.Unit, s.self.Replica, e.Envelope.Born, a.At), 1
		units = way(a.Unit, opening.Via)
	} else {
		if known, err = load(tx, a.Thing); err != nil {
			return m, 0, err
		}
		if len(known) == 0 {
			return m, 0, fmt.Errorf("matter %s: %w", a.Thing, ErrNotFound)
		}
		w := total(known)
		m, units = w.m, w.units
		e.Seen, e.Depth = journal.Heads(w.ready)
	}
	last, prev, err := s.head(tx)
	if err != nil {
		return m, 0, err
	}
	e.Prev, e.ID = prev, s.self
	e.ID.Seq = last + 1
	if e.Body, err = json.Marshal(a.Body); err != nil {
		return m, 0, err
	}
	var salt [16]byte
	if _, err := io.ReadFull(s.random, salt[:]); err != nil {
		return m, 0, err
	}
	r, err := journal.Seal(e, a.Private, salt)
	if err != nil {
		return m, 0, err
	}
	was := m.PaperKey()
	if m.State == matter.Void {
		was = "" // let go of it
	}
	if m, err = m.Apply(r); err != nil {
		return m, 0, err
	}
	// Who may have the private parts is known after the act: it may have asked for confidence.
	e.Envelope.Audience, e.Envelope.Privy = units, confidants(units, a.Unit, m.Confidential)
	if r, err = journal.Seal(e, a.Private, salt); err != nil {
		return m, 0, err
	}
	if r.Signature, err = s.signature(r); err != nil {
		return m, 0, err
	}
	row, err := insert(tx, &r, fate{fate: "applied"})
	if err != nil {
		return m, 0, err
	}
	if key := m.PaperKey(); key != was {
		if err := unused(tx, key); err != nil {
			return m, 0, err
		}
	}
	up, down := beside(units, a.Unit)
	for _, reader := range []string{up, down} {
		if err := enqueue(tx, reader, row, r.Hash); err != nil {
			return m, 0, err
		}
	}
	if err := project(tx, m, row, row); err != nil || !m.Confidential {
		return m, e.ID.Seq, err
	}
	sheet, _ := s.sheet() // what is amiss with it keeps nobody from registering: Preserve tells of it
	seq, err = s.preserve(tx, total(append(known, kept{Record: r, row: row})), sheet, a.At, e.ID.Seq)
	return m, seq, err
}

// Series is the letter of this computer in the numbers that it gives.
func (s *Store) Series() byte { return matter.Series(s.self.Replica[0], s.self.Incarnation) }

// number gives the report its number. A number that is there already was given by another computer with
// the same letter, or by this one in days that it does not remember: it goes on with another letter, in a new life.
func (s *Store) number(tx *sql.Tx, at time.Time, r *matter.Report) error {
	for moved := false; ; {
		letter := s.Series()
		var serial int
		err := tx.QueryRow(`INSERT INTO serial VALUES (?, ?, ?, 1)
			ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`, r.Station, at.Year(), string(letter)).Scan(&serial)
		if err != nil {
			return err
		}
		r.Number = matter.Number(r.Station, at.Year(), letter, serial)
		var given bool
		if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM matter WHERE number=?)", r.Number).Scan(&given); err != nil {
			return err
		}
		if !given {
			break
		}
		if !moved {
			moved = true
			if err := s.reborn(tx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) signature(r journal.Record) ([]byte, error) {
	if s.Sign == nil {
		return nil, nil
	}
	return s.Sign(r.Signed())
}

// insert adds an entry. It fails with errThere where its name is taken.
func insert(tx *sql.Tx, r *journal.Record, f fate) (row int64, err error) {
	res, err := tx.Exec("INSERT OR IGNORE INTO entry (replica, incarnation, seq, hash, thing, core, secret, signature, fate, why, barred, way) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
		r.ID.Replica[:], r.ID.Incarnation, int64(r.ID.Seq), r.Hash[:], r.Thing, r.Core, r.Secret, r.Signature, f.fate, f.why, f.barred, wayOf(*r))
	if err != nil {
		return 0, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return 0, errors.Join(err, errThere)
	}
	if row, err = res.LastInsertId(); err == nil {
		err = keeps(tx, *r, row)
	}
	return row, err
}

var errThere = errors.New("an entry of that name is there")

// enqueue puts an entry at the end of a reader's stream, once; "" is nobody.
func enqueue(tx *sql.Tx, reader string, row int64, entry journal.Hash) error {
	return tails{}.put(tx, reader, row, entry)
}

// tails are the ends of streams within one transaction, so that each is looked for once.
type tails map[string]tail

type tail struct {
	position uint64
	hash     journal.Hash
}

func (t tails) put(tx *sql.Tx, reader string, row int64, entry journal.Hash) (err error) {
	if reader == "" {
		return nil
	}
	last, known := t[reader]
	if !known {
		if last.position, last.hash, err = end(tx, reader); err != nil {
			return err
		}
	}
	next := tail{last.position + 1, journal.Advance(last.hash, last.position+1, entry)}
	res, err := tx.Exec("INSERT INTO stream VALUES (?,?,?,?) ON CONFLICT (reader, entry) DO NOTHING", reader, int64(next.position), row, next.hash[:])
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		next = last
	}
	t[reader] = next
	return err
}

// end gives the last position of a reader's stream and the hash there.
func end(q querier, reader string) (position uint64, h journal.Hash, err error) {
	var b []byte
	err = q.QueryRow("SELECT position, hash FROM stream WHERE reader=? ORDER BY position DESC LIMIT 1", reader).Scan(&position, &b)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, h, nil
	}
	copy(h[:], b)
	return position, h, err
}

type querier interface {
	Query(string, ...any) (*sql.Rows, error)
	QueryRow(string, ...any) *sql.Row
}

// kept is an entry as it lies in the journal.
type kept struct {
	journal.Record
	row  int64
	fate string
	why  string // of what was not read from the journal

	barred int
}

// load reads all entries of a thing.
func load(q querier, thing string) ([]kept, error) {
	rows, err := q.Query("SELECT row, fate, barred, core, secret FROM entry WHERE thing=? ORDER BY row", thing)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ks []kept
	for rows.Next() {
		var k kept
		var core, secret []byte
		if err := rows.Scan(&k.row, &k.fate, &k.barred, &core, &secret); err != nil {
			return nil, err
		}
		if k.Record, err = journal.Open(core, secret); err != nil {
			return nil, fmt.Errorf("entry %d: %w", k.row, err)
		}
		ks = append(ks, k)
	}
	return ks, rows.Err()
}

func records(ks []kept) []journal.Record {
	rs := make([]journal.Record, len(ks))
	for i, k := range ks {
		rs[i] = k.Record
	}
	return rs
}

// project writes what a matter adds up to. The private part lies in its own column, so that a list never touches it.
func project(tx *sql.Tx, m matter.Matter, row, version int64) error {
	open, private, err := written(m)
	if err == nil {
		_, err = tx.Exec("DELETE FROM label WHERE thing=?", m.ID)
	}
	if err != nil {
		return err
	}
	return write(tx, m, open, private, row, version)
}

// written gives the two parts of a matter as they are kept.
func written(m matter.Matter) (open, private []byte, err error) {
	if open, err = json.Marshal(m); err == nil {
		private, err = json.Marshal(m.Private)
	}
	return open, private, err
}

// write writes a matter that has no labels.
func write(tx *sql.Tx, m matter.Matter, open, private []byte, row, version int64) error {
	_, err := tx.Exec(`INSERT INTO matter VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET version=excluded.version, number=excluded.number, unit=excluded.unit,
		station=excluded.station, register=excluded.register, category=excluded.category, state=excluded.state,
		occurred=excluded.occurred, due=excluded.due, open=excluded.open,
		private=excluded.private, holder=excluded.holder, joined=excluded.joined, suggestion=excluded.suggestion`,
		row, version, m.ID, m.Number, m.Unit, m.Station, m.Register, m.Category, int(m.State), when(m.Occurred), m.Limit(),
		string(open), string(private), m.Holder, m.Into, m.Suggestion)
	if err != nil {
		return err
	}
	return label(tx, m)
}
