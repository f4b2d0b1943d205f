package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lianluo.local/data/thing"
)

// Query asks the lists of things, in SQL, for data/view.
func (s *Store) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.read.QueryContext(ctx, query, args...)
}

// Listed are the kinds that have a list, in order.
func (s *Store) Listed() (list []thing.Kind) {
	for _, k := range s.kinds.folded() {
		list = append(list, k.Kind)
	}
	return list
}

// Changed is a thing whose entries became more.
type Changed struct {
	Row, Version int64 // of its first entry and of its last
	Kind         thing.Kind
	Sum          thing.Sum
}

// Changed gives things of all kinds that changed after a version, oldest change first, for whoever derives something from them.
func (s *Store) Changed(ctx context.Context, version int64, limit int) (cs []Changed, err error) {
	query, args := "", []any{}
	for i, k := range s.kinds.folded() {
		if i > 0 {
			query += " UNION ALL "
		}
		query += "SELECT * FROM (SELECT row, version, ?, open, private FROM " + k.Name + " WHERE version > ? ORDER BY version LIMIT ?)"
		args = append(args, k.Name, version, limit)
	}
	rows, err := s.read.QueryContext(ctx, query+" ORDER BY version LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("changed things: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Changed
		var name string
		var open, private []byte
		if err := rows.Scan(&c.Row, &c.Version, &name, &open, &private); err != nil {
			return nil, fmt.Errorf("changed things: %w", err)
		}
		c.Kind = s.kinds[name].Kind
		c.Sum = c.Kind.New()
		said, hidden := c.Sum.Parts()
		if err := errors.Join(json.Unmarshal(open, said), json.Unmarshal(private, hidden)); err != nil {
			return nil, fmt.Errorf("changed things: row %d: %w", c.Row, err)
		}
		cs = append(cs, c)
	}
	return cs, rows.Err()
}

// Version is that of the newest change.
func (s *Store) Version(ctx context.Context) (v int64, err error) {
	for _, k := range s.kinds.folded() {
		var newest int64
		if err := s.read.QueryRowContext(ctx, "SELECT ifnull(max(version), 0) FROM "+k.Name).Scan(&newest); err != nil {
			return 0, fmt.Errorf("newest change: %w", err)
		}
		v = max(v, newest)
	}
	return v, nil
}
