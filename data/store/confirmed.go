package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lianluo.local/data/journal"
)

// Await keeps the digits of an office's computer that a person typed, until a certificate that fits comes; "" lets go of them.
func (s *Store) Await(ctx context.Context, unit, digits string, at time.Time) error {
	_, err := s.write.ExecContext(ctx, "DELETE FROM awaited WHERE unit=?", unit)
	if err == nil && digits != "" {
		_, err = s.write.ExecContext(ctx, "INSERT INTO awaited VALUES (?,?,?)", unit, digits, when(at))
	}
	if err != nil {
		return fmt.Errorf("await: %w", err)
	}
	return nil
}

// Awaited gives the digits that a person typed for a computer of a unit and nobody showed yet; "" for none.
func (s *Store) Awaited(ctx context.Context, unit string) (digits string, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT digits FROM awaited WHERE unit=?", unit).Scan(&digits)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("awaited: %w", err)
	}
	return digits, nil
}

// Predecessor is an earlier computer of our own unit that a person confirmed, and its card.
type Predecessor struct {
	Replica journal.Replica
	Card    string
	Digits  string
}

// Own keeps an earlier computer of our unit that a person confirmed.
func (s *Store) Own(ctx context.Context, p Predecessor, at time.Time) error {
	_, err := s.write.ExecContext(ctx, "INSERT OR REPLACE INTO predecessor VALUES (?,?,?,?)", p.Replica[:], p.Card, p.Digits, when(at))
	if err != nil {
		return fmt.Errorf("own: %w", err)
	}
	return nil
}

// Disown takes back what was confirmed of an earlier computer.
func (s *Store) Disown(ctx context.Context, r journal.Replica) error {
	if _, err := s.write.ExecContext(ctx, "DELETE FROM predecessor WHERE replica=?", r[:]); err != nil {
		return fmt.Errorf("disown: %w", err)
	}
	return nil
}

// Predecessors are the earlier computers of our unit that a person confirmed.
func (s *Store) Predecessors(ctx context.Context) (list []Predecessor, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT replica, card, digits FROM predecessor ORDER BY said, replica")
	if err != nil {
		return nil, fmt.Errorf("predecessors: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Predecessor
		var replica []byte
		if err := rows.Scan(&replica, &p.Card, &p.Digits); err != nil {
			return nil, fmt.Errorf("predecessors: %w", err)
		}
		copy(p.Replica[:], replica)
		list = append(list, p)
	}
	return list, rows.Err()
}
