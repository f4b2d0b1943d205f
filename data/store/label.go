package store

import (
	"database/sql"
	"fmt"
	"slices"

	"lianluo.local/data/thing"
)

// label keeps what a thing is found by that has no labels.
func label(tx *sql.Tx, id string, labels []thing.Label) error {
	for _, l := range labels {
		if _, err := tx.Exec("INSERT INTO label VALUES (?,?,?)", l.Kind, l.Value, id); err != nil {
			return err
		}
	}
	return nil
}

func unlabel(tx *sql.Tx, id string) error {
	_, err := tx.Exec("DELETE FROM label WHERE thing=?", id)
	return err
}

// unused fails with ErrTaken where something else has one of the labels that are given once and that a thing did not have before.
func unused(tx *sql.Tx, before, labels []thing.Label) error {
	for _, l := range labels {
		if !l.Once || slices.Contains(before, l) {
			continue
		}
		var taken bool
		err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM label WHERE kind=? AND value=?)", l.Kind, l.Value).Scan(&taken)
		if err == nil && taken {
			err = fmt.Errorf("%s %s: %w", l.Kind, l.Value, ErrTaken)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
