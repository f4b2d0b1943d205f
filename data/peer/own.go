package peer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
)

// Await keeps the digits of an office's computer that a person typed, until a certificate that fits comes; "" lets go
// of them.
func Await(ctx context.Context, s *store.Store, unit, digits string, at time.Time) error {
	err := exec(ctx, s, "DELETE FROM awaited WHERE unit=?", unit)
	if err == nil && digits != "" {
		err = exec(ctx, s, "INSERT INTO awaited VALUES (?,?,?)", unit, digits, store.When(at))
	}
	if err != nil {
		return fmt.Errorf("await: %w", err)
	}
	return nil
}

// Awaited gives the digits that a person typed for a computer of a unit and nobody showed yet; "" for none.
func Awaited(ctx context.Context, s *store.Store, unit string) (digits string, err error) {
	err = s.QueryRow(ctx, "SELECT digits FROM awaited WHERE unit=?", unit).Scan(&digits)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("awaited: %w", err)
	}
	return digits, nil
}

// Unsay forgets whose digits were compared, what they are, which were typed, and which earlier computers were owned to:
// that is no word of a copy's, which anybody may have written. The records in whose place it is put say it (Inherit),
// or a person once more.
func Unsay(ctx context.Context, s *store.Store) error {
	for _, do := range []string{"UPDATE peer SET compared=''", "DELETE FROM memo WHERE id LIKE 'digits %'",
		"DELETE FROM awaited", "DELETE FROM predecessor"} {
		if err := exec(ctx, s, do); err != nil {
			return fmt.Errorf("unsay: %w", err)
		}
	}
	return nil
}

// Predecessor is an earlier computer of our own unit, its card, and whether a person here said that it was ours, or
// took that back.
type Predecessor struct {
	Replica  journal.Replica
	Card     string
	Believed bool
	Said     time.Time
}

// Own keeps what a person said of an earlier computer of our unit.
func Own(ctx context.Context, s *store.Store, p Predecessor, at time.Time) error {
	err := exec(ctx, s, "INSERT OR REPLACE INTO predecessor VALUES (?,?,?,?)", p.Replica[:], p.Card,
		p.Believed, store.When(at))
	if err != nil {
		return fmt.Errorf("own: %w", err)
	}
	return nil
}

// Predecessors are the earlier computers of our unit of which a person spoke.
func Predecessors(ctx context.Context, s *store.Store) (list []Predecessor, err error) {
	rows, err := s.Query(ctx, "SELECT replica, card, believed, said FROM predecessor ORDER BY said, replica")
	if err != nil {
		return nil, fmt.Errorf("predecessors: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Predecessor
		var replica []byte
		var said string
		if err := rows.Scan(&replica, &p.Card, &p.Believed, &said); err != nil {
			return nil, fmt.Errorf("predecessors: %w", err)
		}
		if p.Said, err = time.Parse(store.Stamp, said); err != nil {
			return nil, fmt.Errorf("predecessors: %w", err)
		}
		copy(p.Replica[:], replica)
		list = append(list, p)
	}
	return list, rows.Err()
}
