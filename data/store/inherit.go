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
)

// Become gives the database to another computer of the same unit, whose keys others know under that name. Where the log of
// who looked at what ended on the computer of before (memo audit) says nothing about the log of this one.
func (s *Store) Become(ctx context.Context, r journal.Replica) error {
	if _, err := s.write.ExecContext(ctx, "DELETE FROM memo WHERE id='audit' AND (SELECT replica FROM self)<>?", r[:]); err != nil {
		return fmt.Errorf("become another computer: %w", err)
	}
	if _, err := s.write.ExecContext(ctx, "UPDATE self SET replica=?", r[:]); err != nil {
		return fmt.Errorf("become another computer: %w", err)
	}
	s.turn(func(l *life) { l.self.Replica = r })
	return nil
}

// Inherit gives the database to the computer of the same unit whose other database this is, and takes over what that
// one holds and this one does not: entries with their private parts, each in the streams in which it lay there; alarms,
// and what was typed. acquaint takes over whom it knows, in the same transaction. What cannot be read there any more is
// passed over. unit is ours.
func (s *Store) Inherit(ctx context.Context, from *Store, unit string, at time.Time,
	acquaint func(*sql.Tx) error) error {
	rows, err := s.lacking(ctx, from)
	if err != nil {
		return fmt.Errorf("inherit: %w", err)
	}
	same := s.Self().Replica == from.Self().Replica
	if err := s.Become(ctx, from.Self().Replica); err != nil {
		return fmt.Errorf("inherit: %w", err)
	}
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		if err := acquaint(tx); err != nil {
			return err
		}
		if err := heirlooms(ctx, tx, from, same); err != nil {
			return err
		}
		way := passing{tails: tails{}, self: s.Self().Replica, unit: unit, known: map[string][]journal.Replica{}}
		things := map[string]map[int64]bool{}
		mine := own{fork: map[uint32]uint64{}, named: map[journal.ID]journal.ID{}}
		for _, theirs := range rows {
			r, readers, how, err := from.at(ctx, theirs)
			if err != nil {
				continue // a page is damaged there
			}
			if r.ID.Replica == s.Self().Replica {
				if r, err = mine.take(s, tx, r); err != nil {
					return err
				}
			}
			row, known, err := s.keep(tx, &r, fate{fate: "waiting", barred: how & claimed}, at)
			if err != nil {
				return err
			}
			if row == 0 {
				continue
			}
			for _, reader := range readers {
				if how != 0 {
					break
				}
				if err := way.put(tx, reader, row, r.Hash); err != nil {
					return err
				}
			}
			if things[r.Thing] == nil {
				things[r.Thing] = map[int64]bool{}
			}
			things[r.Thing][row] = !known
		}
		for _, thing := range slices.Sorted(maps.Keys(things)) {
			if _, err := s.arrive(tx, thing, nil, things[thing], way); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("inherit: %w", err)
	}
	return nil
}

// own are the words of this computer in the database that was in use: nobody vouches for those but itself, so they are
// signed anew. Where that went on from an earlier state than the copy, without knowing it, they bear names that others
// know as other words; from there on they get new names.
type own struct {
	fork  map[uint32]uint64 // of a life: from which number on
	named map[journal.ID]journal.ID
}

func (o own) take(s *Store, tx *sql.Tx, r journal.Record) (journal.Record, error) {
	if o.fork[r.ID.Incarnation] == 0 {
		var taken bool
		if err := tx.QueryRow(
			"SELECT EXISTS (SELECT 1 FROM entry WHERE replica=? AND incarnation=? AND seq=? AND hash<>?)",
			r.ID.Replica[:], r.ID.Incarnation, int64(r.ID.Seq), r.Hash[:]).Scan(&taken); err != nil {
			return r, err
		}
		if taken {
			if len(o.fork) == 0 {
				if err := s.reborn(tx); err != nil {
					return r, err
				}
			}
			o.fork[r.ID.Incarnation] = r.ID.Seq
		}
	}
	var err error
	if from := o.fork[r.ID.Incarnation]; from > 0 && r.ID.Seq >= from {
		last, prev, err := s.head(tx)
		if err != nil {
			return r, err
		}
		id := s.Self()
		id.Seq = last + 1
		fresh, err := r.Rename(id, prev, o.named)
		if err != nil {
			return r, err
		}
		o.named[r.ID] = fresh.ID
		r = fresh
	}
	r.Signature, err = s.signature(r)
	return r, err
}

// lacking lists the rows of another database's journal that hold more than ours does. Where a page of it is damaged it
// goes on behind that.
func (s *Store) lacking(ctx context.Context, from *Store) (list []int64, err error) {
	have := map[journal.Hash]bool{} // whether with the private part
	each := func(db *sql.DB, after int64, do func(row int64, h journal.Hash, secret bool)) error {
		rows, err := db.QueryContext(ctx, "SELECT row, hash, secret IS NOT NULL FROM entry WHERE row>? ORDER BY row",
			after)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var row int64
			var b []byte
			var secret bool
			if err := rows.Scan(&row, &b, &secret); err != nil {
				return err
			}
			var h journal.Hash
			copy(h[:], b)
			do(row, h, secret)
		}
		return rows.Err()
	}
	if err := each(s.read, 0, func(_ int64, h journal.Hash, secret bool) { have[h] = secret }); err != nil {
		return nil, err
	}
	var last int64
	if from.read.QueryRowContext(ctx, "SELECT ifnull(max(row), 0) FROM entry").Scan(&last) != nil {
		return nil, nil
	}
	for after := int64(0); after < last; after++ {
		if each(from.read, after, func(row int64, h journal.Hash, secret bool) {
			if whole, known := have[h]; !known || secret && !whole {
				list = append(list, row)
			}
			after = row
		}) == nil {
			break
		}
	}
	return list, ctx.Err()
}

// at reads a row of the journal, in whose streams it lies, and whether it is barred.
func (s *Store) at(ctx context.Context, row int64) (r journal.Record, readers []string, how int, err error) {
	var hash, core, secret, signature []byte
	if err := s.read.QueryRowContext(ctx, "SELECT hash, core, secret, signature, barred FROM entry WHERE row=?",
		row).Scan(&hash, &core, &secret, &signature, &how); err != nil {
		return r, nil, 0, err
	}
	if r, err = journal.Open(core, secret); errors.Is(err, journal.ErrSecret) { // what is left of it
		r, err = journal.Open(core, nil)
	}
	if err != nil {
		return r, nil, 0, err
	}
	if !bytes.Equal(r.Hash[:], hash) {
		return r, nil, 0, ErrDamaged
	}
	r.Signature = signature
	rows, err := s.read.QueryContext(ctx, "SELECT reader FROM stream WHERE entry=? ORDER BY reader", row)
	if err != nil {
		return r, nil, how, nil // the entry itself is whole
	}
	defer rows.Close()
	for rows.Next() {
		var reader string
		if rows.Scan(&reader) == nil {
			readers = append(readers, reader)
		}
	}
	_ = rows.Err() // as far as they can be read
	return r, readers, how, nil
}

// heirlooms takes over what another database keeps besides entries and computers. It may be the same computer's.
func heirlooms(ctx context.Context, tx *sql.Tx, from *Store, same bool) error {
	if same { // what was typed since, or has been registered
		if _, err := tx.Exec("DELETE FROM draft"); err != nil {
			return err
		}
	}
	for _, table := range []string{"draft VALUES (?,?,?)", "memo VALUES (?,?,?)", "fork VALUES (?,?,?,?,?,?,?)",
		"gone VALUES (?,?)", "awaited VALUES (?,?,?)",
		"predecessor VALUES (?,?,?,?) " +
			"ON CONFLICT DO UPDATE SET card=excluded.card, believed=excluded.believed, said=excluded.said " +
			"WHERE excluded.said >= said"} {
		name, marks, _ := strings.Cut(table, " ")
		rows, err := from.read.QueryContext(ctx, "SELECT * FROM "+name)
		if err != nil {
			continue
		}
		defer rows.Close()
		vals, ptrs := make([]any, strings.Count(marks, "?")), []any{}
		for i := range vals {
			ptrs = append(ptrs, &vals[i])
		}
		for rows.Next() && rows.Scan(ptrs...) == nil {
			how := "INSERT OR REPLACE INTO "
			if strings.Contains(table, " ON CONFLICT ") { // what was said last holds
				how = "INSERT INTO "
			}
			if _, err := tx.Exec(how+table, vals...); err != nil {
				return err
			}
		}
		_ = rows.Err() // as far as they can be read
	}
	return nil
}
