// Package view looks at the lists of things that the store keeps, a table a kind: pages, counts, the one by its number,
// how often a value occurs. What can be asked of every kind is asked the same way; what only one kind has (Filter: of
// matters) becomes conditions on the columns that the kind declares.
package view

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"lianluo.local/data/numbers"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Line is a thing with its place in this computer's list; a greater row is newer here.
type Line[T any] struct {
	Row     int64
	Version int64
	Thing   T
}

// sum is a pointer to what the entries of a kind add up to.
type sum[T any] interface {
	*T
	thing.Sum
}

// Things gives those of a kind for which a condition on the columns of its list holds, in SQL.
func Things[T any, P sum[T]](ctx context.Context, s *store.Store, kind, cond string, args ...any) ([]Line[T], error) {
	rows, err := s.Query(ctx, "SELECT row, version, open, private FROM "+kind+" WHERE "+cond, args...)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", kind, err)
	}
	defer rows.Close()
	var ls []Line[T]
	for rows.Next() {
		var l Line[T]
		var said, hidden []byte
		if err := rows.Scan(&l.Row, &l.Version, &said, &hidden); err != nil {
			return nil, fmt.Errorf("find %s: %w", kind, err)
		}
		open, private := P(&l.Thing).Parts()
		if err := errors.Join(json.Unmarshal(said, open), json.Unmarshal(hidden, private)); err != nil {
			return nil, fmt.Errorf("find %s: row %d: %w", kind, l.Row, err)
		}
		ls = append(ls, l)
	}
	return ls, rows.Err()
}

// Kept is one thing that is asked for again and again: it is read anew only where it changed, by whatever program.
type Kept[T any, P sum[T]] struct{ last atomic.Pointer[Line[T]] }

// Of gives the thing of an ID, for reading alone. It fails with store.ErrNotFound.
func (k *Kept[T, P]) Of(ctx context.Context, s *store.Store, kind, id string) (l Line[T], err error) {
	err = s.QueryRow(ctx, "SELECT ifnull(max(row), 0), ifnull(max(version), 0) FROM "+kind+" WHERE id = ?", id).
		Scan(&l.Row, &l.Version)
	if err != nil {
		return l, fmt.Errorf("find %s: %w", kind, err)
	}
	if had := k.last.Load(); had != nil && had.Row == l.Row && had.Version == l.Version {
		return *had, nil
	}
	ls, err := Things[T, P](ctx, s, kind, "id = ?", id)
	if err != nil {
		return l, err
	}
	if len(ls) == 0 {
		return l, fmt.Errorf("find %s: %w", kind, store.ErrNotFound)
	}
	k.last.Store(&ls[0])
	return ls[0], nil
}

// numbered are the conditions by which a thing is found by a number, the likeliest first: its ID, its number, the only
// one that ends with it, with or without its check character, the number of the slip from which it was keyed in.
func numbered(number string) (conds []string, args []any) {
	form, slip := spelling.Number(number), spelling.Slip(number)
	if whole, ok := numbers.In(number); ok {
		form = spelling.Number(whole)
	}
	add := func(cond string, arg any) {
		conds, args = append(conds, cond+" ORDER BY row DESC LIMIT 2"), append(args, arg)
	}
	const labelled = "id IN (SELECT thing FROM label WHERE kind = '%s' AND %s)"
	add("id = ?", strings.ToLower(strings.TrimSpace(number)))
	add(fmt.Sprintf(labelled, thing.ByNumber, "value = ?"), form)
	if len(form) >= 4 {
		add(fmt.Sprintf(labelled, thing.ByNumber, "(value GLOB '*'||?1 OR value GLOB '*'||?1||'?')"), form)
	}
	if spelling.Printed(slip) {
		add(fmt.Sprintf(labelled, thing.ByPaper, "value GLOB '* '||?"), slip)
	}
	return conds, args
}

// Named finds the thing of a kind whose number this is however it is written, whole or the only one that ends with it,
// with or without its check character (A0042-7, A0042), alone or in a text with other words; else the one that was
// keyed in from the slip with this number. Two are returned where it is not the only one; of those that bear one number
// only the ID tells which is meant. It fails with store.ErrNotFound.
func Named[T any, P sum[T]](ctx context.Context, s *store.Store, kind, number string) ([]Line[T], error) {
	conds, args := numbered(number)
	for i, cond := range conds {
		if ls, err := Things[T, P](ctx, s, kind, cond, args[i]); err != nil || len(ls) > 0 {
			return ls, err
		}
	}
	return nil, fmt.Errorf("number %q: %w", number, store.ErrNotFound)
}

// Dispute is a thing in which two people changed one field without knowing of each other.
type Dispute struct {
	Kind, ID string
	Name     string   // its number, else what it is called (thing.Kind), else its ID
	Units    []string // whom it concerns
}

// Of says whether it is a unit's own: it concerns that, and nobody below.
func (d Dispute) Of(code string) bool {
	return slices.Contains(d.Units, code) && !slices.ContainsFunc(d.Units, func(u string) bool { return unit.Above(code, u) })
}

// Conflicts gives the things, of each kind, in which two people changed one field without knowing of each other, the
// newest first.
func Conflicts(ctx context.Context, s *store.Store) (ds []Dispute, err error) {
	for _, k := range s.Listed() {
		rows, err := s.Query(ctx, "SELECT id, number, unit, open FROM "+k.Name+
			" WHERE json_array_length(open, '$.conflicts') > 0 ORDER BY row DESC")
		if err != nil {
			return nil, fmt.Errorf("conflicts: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			d, sum := Dispute{Kind: k.Name}, k.New()
			var said []byte
			var number, whose string
			if err := rows.Scan(&d.ID, &number, &whose, &said); err != nil {
				return nil, fmt.Errorf("conflicts: %w", err)
			}
			open, _ := sum.Parts()
			if err := json.Unmarshal(said, open); err != nil {
				return nil, fmt.Errorf("conflicts: %s: %w", d.ID, err)
			}
			called := ""
			if k.Called != nil {
				called = k.Called(sum)
			}
			d.Name, d.Units = cmp.Or(number, called, d.ID), sum.Envelope(whose).Audience
			ds = append(ds, d)
		}
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("conflicts: %w", err)
		}
	}
	return ds, nil
}

func count(ctx context.Context, s *store.Store, into []any, query string, args ...any) error {
	rows, err := s.Query(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("count: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("count: %w", err)
		}
	}
	return rows.Err()
}

// Tally is a value and how often it occurs.
type Tally struct {
	Value string
	N     int
}

func tallies(ctx context.Context, s *store.Store, query string, args ...any) ([]Tally, error) {
	rows, err := s.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("tally: %w", err)
	}
	defer rows.Close()
	var ts []Tally
	for rows.Next() {
		var t Tally
		if err := rows.Scan(&t.Value, &t.N); err != nil {
			return nil, fmt.Errorf("tally: %w", err)
		}
		ts = append(ts, t)
	}
	return ts, rows.Err()
}
