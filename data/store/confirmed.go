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

// Unsay forgets whose digits were compared, what they are, which were typed, and which earlier computers were owned to: that is no word of
// a copy's, which anybody may have written. The records in whose place it is put say it (Inherit), or a person once more.
func (s *Store) Unsay(ctx context.Context) error {
	for _, do := range []string{"UPDATE peer SET compared=''", "DELETE FROM memo WHERE id LIKE 'digits %'", "DELETE FROM awaited", "DELETE FROM predecessor"} {
		if _, err := s.write.ExecContext(ctx, do); err != nil {
			return fmt.Errorf("unsay: %w", err)
		}
	}
	return nil
}

// Predecessor is an earlier computer of our own unit, its card, and whether a person here said that it was ours, or took that back.
type Predecessor struct {
	Replica  journal.Replica
	Card     string
	Believed bool
	Said     time.Time
}

// Own keeps what a person said of an earlier computer of our unit.
func (s *Store) Own(ctx context.Context, p Predecessor, at time.Time) error {
	_, err := s.write.ExecContext(ctx, "INSERT OR REPLACE INTO predecessor VALUES (?,?,?,?)", p.Replica[:], p.Card, p.Believed, when(at))
	if err != nil {
		return fmt.Errorf("own: %w", err)
	}
	return nil
}

// Predecessors are the earlier computers of our unit of which a person spoke.
func (s *Store) Predecessors(ctx context.Context) (list []Predecessor, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT replica, card, believed, said FROM predecessor ORDER BY said, replica")
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
		if p.Said, err = time.Parse(stamp, said); err != nil {
			return nil, fmt.Errorf("predecessors: %w", err)
		}
		copy(p.Replica[:], replica)
		list = append(list, p)
	}
	return list, rows.Err()
}

// Began gives the date on the first entry that this computer wrote; the zero time where it wrote none.
func (s *Store) Began(ctx context.Context) (at time.Time, err error) {
	var text string
	self := s.Self()
	err = s.read.QueryRowContext(ctx, "SELECT json_extract(core, '$.at') FROM entry WHERE replica=? ORDER BY incarnation, seq LIMIT 1", self.Replica[:]).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return at, nil
	}
	if err == nil {
		at, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return at, fmt.Errorf("own first entry: %w", err)
	}
	return at, nil
}

// Newest gives the number of the last entry that we hold of a computer; the zero one where we hold none.
func (s *Store) Newest(ctx context.Context, r journal.Replica) (id journal.ID, err error) {
	id.Replica = r
	err = s.read.QueryRowContext(ctx, "SELECT incarnation, seq FROM entry WHERE replica=? ORDER BY incarnation DESC, seq DESC LIMIT 1", r[:]).Scan(&id.Incarnation, &id.Seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return id, fmt.Errorf("newest entry: %w", err)
	}
	return id, nil
}
