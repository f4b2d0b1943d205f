package store

import (
	"context"
	"database/sql"
	"fmt"
)

// asked answers questions: the database as it is, or as it was at a moment (Still).
type asked interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// still is the key in a context of a store as it was at a moment.
type still struct{ *Store }

func (s *Store) asked(ctx context.Context) asked {
	if tx, ok := ctx.Value(still{s}).(*sql.Tx); ok {
		return tx
	}
	return s.read
}

// Still gives a context in which Query and QueryRow find everything as it is now, whatever is written meanwhile, until it is
// done: for what is read in pieces and has to fit together.
func (s *Store) Still(ctx context.Context) (_ context.Context, done func(), err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, nil, fmt.Errorf("still: %w", err)
	}
	var last int64 // the moment is that of the first question
	if err := tx.QueryRow("SELECT ifnull(max(row), 0) FROM entry").Scan(&last); err != nil {
		_ = tx.Rollback()
		return nil, nil, fmt.Errorf("still: %w", err)
	}
	return context.WithValue(ctx, still{s}, tx), func() { _ = tx.Rollback() }, nil
}

// Query asks in SQL, for data/view and data/peer.
func (s *Store) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.asked(ctx).QueryContext(ctx, query, args...)
}

// QueryRow is Query for one row.
func (s *Store) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return s.asked(ctx).QueryRowContext(ctx, query, args...)
}
