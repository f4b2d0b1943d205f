package store

import (
	"context"
	"database/sql"

	"lianluo.local/data/journal"
)

// Next tells the name of the entry that this computer writes next, while nobody writes one: until do has ended, saves wait.
func (s *Store) Next(ctx context.Context, do func(next journal.ID) error) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		seq, _, err := s.head(tx)
		if err != nil {
			return err
		}
		next := s.Self()
		next.Seq = seq + 1
		return do(next)
	})
}
