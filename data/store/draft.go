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
	_, err := s.write.ExecContext(ctx,
		"INSERT INTO "+table+" VALUES (?,?,?) ON CONFLICT DO UPDATE SET changed=excluded.changed, body=excluded.body",
		id, When(at), body)
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
