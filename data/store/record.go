package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Act is one thing that somebody at this computer does to a thing.
type Act struct {
	Kind    string // of the thing, as it is registered
	Thing   string // its ID; "" to open a new one, or for the one of its kind that a unit has; else what journal.Name made
	Do      string
	Body    any // open part; of a first entry that gives a number one whose Number is still empty (thing.Numbered)
	Private any // nil for none
	Unit    string
	By      string
	User    string // the ID of By among the unit's users, "" where it has none
	At      time.Time
	Schema  int // of the body where programs of before must wait with it; 0 for what the kind writes

	// Envelope says how the entry travels where its kind does not: of a kind that adds up to nothing, and of a first
	// entry whose audience the kind takes from it.
	Envelope journal.Envelope
}

// Write writes acts on things of any kinds, all of them or none: each numbers a new thing, is applied, and is kept with
// its entry, projection, labels and stream positions. It gives what the things add up to afterwards, nil for those that
// add up to nothing. It fails with the errors of thing.Table, with ErrNotFound for an unknown thing and with Doubt
// where the clock cannot be right, with ErrTaken for a paper number that this table used before; then nothing has
// changed.
func (s *Store) Write(ctx context.Context, as ...Act) (sums []thing.Sum, err error) {
	var seq uint64
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		for i, a := range as {
			if i == 0 { // they are of one moment
				if err := s.doubting(tx, a.At); err != nil {
					return fmt.Errorf("%s: %w", a.Do, err)
				}
			}
			var sum thing.Sum
			if sum, seq, err = s.do(tx, a); err != nil {
				return fmt.Errorf("%s: %w", a.Do, err)
			}
			sums = append(sums, sum)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.noted(seq)
	return sums, nil
}

// Record writes acts as Write does on things of one kind, whose sums are those of a T.
func Record[T any, P interface {
	*T
	thing.Sum
}](ctx context.Context, s *Store, as ...Act) (list []T, err error) {
	sums, err := s.Write(ctx, as...)
	for _, sum := range sums {
		list = append(list, *sum.(P))
	}
	return list, err
}

// RecordOne is Record of one act.
func RecordOne[T any, P interface {
	*T
	thing.Sum
}](ctx context.Context, s *Store, a Act) (t T, err error) {
	list, err := Record[T, P](ctx, s, a)
	if err != nil {
		return t, err
	}
	return list[0], nil
}

// do writes one act and gives what its thing adds up to afterwards, and the entry's number.
func (s *Store) do(tx *sql.Tx, a Act) (sum thing.Sum, seq uint64, err error) {
	kind, self := s.kinds[a.Kind], s.Self()
	if kind == nil {
		return nil, 0, fmt.Errorf("kind %s: %w", a.Kind, ErrNotFound)
	}
	e := journal.Entry{Thing: a.Thing, Kind: kind.Name, Do: a.Do, Schema: cmp.Or(a.Schema, kind.Schema), Unit: a.Unit,
		Level: unit.LevelOf(a.Unit), By: a.By, User: a.User,
		At: a.At.UTC().Truncate(time.Second), Envelope: &a.Envelope}
	var known []kept
	switch {
	case a.Thing == "" && kind.Single:
		e.Thing = kind.Name + " " + a.Unit
		known, err = load(tx, e.Thing)
	case a.Thing == "":
		if _, err = io.ReadFull(s.Random, e.Envelope.Born[:]); err == nil {
			e.Thing = journal.Name(a.Unit, self.Replica, e.Envelope.Born, a.At)
			err = s.number(tx, a)
		}
	case e.Envelope.Born != (journal.Salt{}): // a new one, whose name was made already
		if known, err = load(tx, a.Thing); err == nil && len(known) > 0 {
			err = fmt.Errorf("%s %s: %w", a.Kind, a.Thing, ErrTaken)
		}
	default:
		known, err = load(tx, a.Thing)
		if err == nil && len(known) == 0 {
			err = fmt.Errorf("%s %s: %w", a.Kind, a.Thing, ErrNotFound)
		}
	}
	if err != nil {
		return nil, 0, err
	}
	w, err := s.kinds.digest(known)
	if err != nil {
		return nil, 0, err
	}
	if w.units != nil && !w.fixed && !slices.Contains(w.units, a.Unit) { // it went
		return nil, 0, fmt.Errorf("%s %s: %w", a.Kind, a.Thing, ErrNotFound)
	}
	if w.below && w.whose.Unit != a.Unit {
		return nil, 0, fmt.Errorf("%s %s: %w", a.Kind, a.Thing, thing.ErrNotYours)
	}
	e.Seen, e.Depth = journal.Heads(w.ready)
	self = s.Self() // another life began, where a number was taken
	last, prev, err := s.head(tx)
	if err != nil {
		return nil, 0, err
	}
	apart, err := s.apart(tx, a.Unit, last)
	if err != nil {
		return nil, 0, err
	}
	e.Prev, e.ID, e.Envelope.Apart = prev, self, apart
	if e.ID.Seq = last + 1; len(known) == 0 && a.Thing != "" && !e.Bound() {
		return nil, 0, fmt.Errorf("%s %s: %w", a.Kind, a.Thing, thing.ErrNotYours)
	}
	if e.Body, err = json.Marshal(a.Body); err != nil {
		return nil, 0, err
	}
	var salt [16]byte
	if _, err := io.ReadFull(s.Random, salt[:]); err != nil {
		return nil, 0, err
	}
	r, err := journal.Seal(e, a.Private, salt)
	if err != nil {
		return nil, 0, err
	}
	var before []thing.Label
	if kind.Fold != nil { // who may have it is known after the act: it may have asked for confidence
		if w.sum != nil {
			before = thing.Labels(w.sum)
		}
		var refused []thing.Refusal
		if sum, refused = kind.Fold(append(slices.Clip(w.folded), r)); len(refused) > 0 &&
			refused[len(refused)-1].ID == r.ID {
			return nil, 0, refused[len(refused)-1].Err
		}
		born := e.Envelope.Born
		*e.Envelope = sum.Envelope(a.Unit)
		e.Envelope.Born, e.Envelope.Apart = born, apart
		if r, err = journal.Seal(e, a.Private, salt); err != nil {
			return nil, 0, err
		}
	}
	if r.Signature, err = s.signature(r); err != nil {
		return nil, 0, err
	}
	row, err := s.insert(tx, &r, fate{fate: "applied"})
	if err != nil {
		return nil, 0, err
	}
	w.circle, err = s.say(tx, append(slices.Clip(known), kept{Record: r, row: row}))
	if err != nil {
		return nil, 0, err
	}
	if sum == nil {
		return nil, e.ID.Seq, nil
	}
	if kind.Redacts != nil && kind.Redacts(r) { // it takes from what the others said
		w, _, err := s.fold(tx, e.Thing, nil, "")
		return w.sum, e.ID.Seq, err
	}
	if err := unused(tx, before, thing.Labels(sum)); err != nil {
		return nil, 0, err
	}
	if err := unlabel(tx, e.Thing); err != nil {
		return nil, 0, err
	}
	first := row
	if len(known) > 0 {
		first = known[0].row
	}
	line, err := kind.row(sum, w.units)
	switch {
	case err != nil:
	case !s.lists(w.circle, kind, sum):
		err = s.kinds.drop(tx, e.Thing, nil)
	default:
		err = kind.put(tx, line, first, row)
	}
	if err != nil || !sum.Secret() {
		return sum, e.ID.Seq, err
	}
	sheet, _ := s.sheet() // what is amiss with it keeps nobody from registering: Preserve tells of it
	seq, err = s.preserve(tx, s.kinds.total(append(known, kept{Record: r, row: row})), sheet, a.At, e.ID.Seq)
	return sum, seq, err
}

// say puts an entry that was written here, the last of its thing, into the streams of those for whom it is, and before
// it what those lack whom it lets in. It gives whom the thing concerns now.
func (s *Store) say(tx *sql.Tx, ks []kept) (c circle, err error) {
	k := ks[len(ks)-1]
	if _, _, single := named(k.Thing); single {
		c = s.kinds.around(ks)
	} else if s.kinds.settles(k.Record) {
		c.units, c.fixed = k.Envelope.Audience, true
	} else {
		if k.First() && !s.kinds.first(k.Record) {
			return c, fmt.Errorf("nobody would believe that it is for %v: %w", k.Envelope.Audience, thing.ErrNotYours)
		}
		var out map[journal.ID]string
		if c, out = s.kinds.door(ks); c.ever != nil {
			for i := range ks {
				ks[i].barred = map[bool]int{true: barred}[out[ks[i].ID] != ""]
			}
			return c, passing{tails: tails{}, self: k.ID.Replica, unit: k.Unit}.share(tx, whole{circle: c, ks: ks}, nil, true)
		}
	}
	for _, reader := range readers(k.Entry) {
		if err := enqueue(tx, reader, k.row, k.Hash); err != nil {
			return c, err
		}
	}
	return c, nil
}

// readers are those into whose streams an entry goes that was written here.
func readers(e journal.Entry) []string {
	switch e.Envelope.Way {
	case journal.Below: // to those below it goes by Publish; the office above holds our journal without a gap
		return []string{unit.Parent(e.Unit)}
	case journal.Upwards:
		return []string{unit.Over(e.Envelope.Audience, e.Unit)}
	}
	return append(unit.Under(e.Envelope.Audience, e.Unit), unit.Over(e.Envelope.Audience, e.Unit))
}

// Series is the letter of this computer in the numbers that it gives.
func (s *Store) Series() byte { return s.life.Load().series() }

func (l life) series() byte { return numbers.Series(l.self.Replica[0], l.self.Incarnation) }

// number gives a first entry its number, where it takes one. A number that is there already was given by another
// computer with the same letter, or by this one in days that it does not remember: it goes on with another letter, in a
// new life.
func (s *Store) number(tx *sql.Tx, a Act) error {
	body, numbered := a.Body.(thing.Numbered)
	if !numbered {
		return nil
	}
	for moved := false; ; {
		letter := s.Series()
		var serial int
		err := tx.QueryRow(`INSERT INTO serial VALUES (?, ?, ?, 1)
			ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
			body.Series(), a.At.Year(), string(letter)).Scan(&serial)
		if err != nil {
			return err
		}
		number := body.Give(a.At.Year(), letter, serial)
		var given bool
		if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM "+s.kinds[a.Kind].Name+" WHERE number=?)",
			number).Scan(&given); err != nil {
			return err
		}
		if !given {
			return nil
		}
		if !moved {
			moved = true
			if err := s.reborn(tx); err != nil {
				return err
			}
		}
	}
}

func (s *Store) signature(r journal.Record) ([]byte, error) {
	if s.Sign == nil {
		return nil, nil
	}
	return s.Sign(r.Signed())
}

// insert adds an entry, without a private part that is redacted. It fails with errThere where its name is taken.
func (s *Store) insert(tx *sql.Tx, r *journal.Record, f fate) (row int64, err error) {
	if err := blank(tx, r); err != nil {
		return 0, err
	}
	res, err := tx.Exec(
		"INSERT OR IGNORE INTO entry (replica, incarnation, seq, hash, thing, core, secret, signature, fate, why, "+
			"barred, way) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
		r.ID.Replica[:], r.ID.Incarnation, int64(r.ID.Seq), r.Hash[:], r.Thing, r.Core, r.Secret, r.Signature, f.fate,
		f.why, f.barred, s.kinds.way(*r))
	if err != nil {
		return 0, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return 0, errors.Join(err, errThere)
	}
	if row, err = res.LastInsertId(); err == nil {
		err = keeps(tx, *r, row)
	}
	if err == nil && s.kinds[r.Kind] == nil { // another program at this home that knows it has a list, from which this is missing
		_, err = tx.Exec("UPDATE kind SET version='' WHERE name=? AND version<>''", r.Kind)
	}
	return row, err
}

var errThere = errors.New("an entry of that name is there")

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
	freed  bool // it counts since what came last
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
