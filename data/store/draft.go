package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Keep saves what somebody is typing under a name; an empty body forgets it.
func (s *Store) Keep(ctx context.Context, id, body string, at time.Time) error {
	return s.remember(ctx, "draft", id, body, at)
}

// Kept gives what was kept under a name, "" for nothing.
func (s *Store) Kept(ctx context.Context, id string) (body string, err error) {
	return s.remembered(ctx, "draft", id)
}

// Note saves what the program remembers for itself under a name; an empty body forgets it.
func (s *Store) Note(ctx context.Context, id, body string, at time.Time) error {
	return s.remember(ctx, "memo", id, body, at)
}

// Noted gives what was noted under a name, "" for nothing.
func (s *Store) Noted(ctx context.Context, id string) (body string, err error) {
	return s.remembered(ctx, "memo", id)
}

func (s *Store) remember(ctx context.Context, table, id, body string, at time.Time) error {
	_, err := s.write.ExecContext(ctx, "INSERT INTO "+table+" VALUES (?,?,?) ON CONFLICT DO UPDATE SET changed=excluded.changed, body=excluded.body",
		id, when(at), body)
	if body == "" {
		_, err = s.write.ExecContext(ctx, "DELETE FROM "+table+" WHERE id=?", id)
	}
	if err != nil {
		return fmt.Errorf("keep %s: %w", table, err)
	}
	return nil
}

func (s *Store) remembered(ctx context.Context, table, id string) (body string, err error) {
	err = s.write.QueryRowContext(ctx, "SELECT body FROM "+table+" WHERE id=?", id).Scan(&body)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("kept %s: %w", table, err)
	}
	return body, nil
}

// File is one met in the shared folder. Why is "" when it was taken in, otherwise the reason why it was put aside.
type File struct {
	Sender string `json:"sender"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	Mtime  int64  `json:"-"` // nanoseconds since 1970
	Met    string `json:"met"`
	Why    string `json:"why"`
}

// Met keeps that a file was read, or why it was put aside.
func (s *Store) Met(ctx context.Context, f File, at time.Time) error {
	return s.transact(ctx, func(tx *sql.Tx) error { return met(tx, f, at) })
}

func met(tx *sql.Tx, f File, at time.Time) error {
	_, err := tx.Exec(`INSERT INTO file VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
		size=excluded.size, mtime=excluded.mtime, met=excluded.met, why=excluded.why`,
		f.Sender, f.Name, f.Size, f.Mtime, when(at), f.Why)
	if err != nil {
		return fmt.Errorf("file ledger: %w", err)
	}
	return nil
}

// Forget lets go of files met before, which lie nowhere any more; one that comes back is read again, and does no harm.
func (s *Store) Forget(ctx context.Context, gone []File) error {
	err := s.transact(ctx, func(tx *sql.Tx) error {
		for _, f := range gone {
			if _, err := tx.Exec("DELETE FROM file WHERE sender=? AND name=?", f.Sender, f.Name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("file ledger: %w", err)
	}
	return nil
}

// Files lists the files met before, by sender and name.
func (s *Store) Files(ctx context.Context) ([]File, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT sender, name, size, mtime, met, why FROM file ORDER BY sender, name")
	if err != nil {
		return nil, fmt.Errorf("file ledger: %w", err)
	}
	defer rows.Close()
	var fs []File
	for rows.Next() {
		var f File
		if err := rows.Scan(&f.Sender, &f.Name, &f.Size, &f.Mtime, &f.Met, &f.Why); err != nil {
			return nil, fmt.Errorf("file ledger: %w", err)
		}
		fs = append(fs, f)
	}
	return fs, rows.Err()
}
