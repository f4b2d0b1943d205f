// Package stock keeps a register the way most programs would, to be measured against package store and package search;
// nobody's matters should lie in it.
//
// That way is: one SQLite file opened with the driver's defaults (rollback journal, which the driver runs with
// synchronous=NORMAL and so does not survive every power cut), one table with the usual indexes, and the full-text
// index written in the transaction that saves, because then it is never behind. The index is FTS4 with one character
// a word, the commonest way to make SQLite's tokenizer take Chinese. A search without that index is LIKE over one
// column of text.
package stock

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver
)

const schema = `
CREATE TABLE matter (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, station TEXT, category TEXT, state INTEGER, occurred TEXT, due TEXT,
  name TEXT, phone TEXT, body TEXT, text TEXT
);
CREATE INDEX matter_station ON matter (station);
CREATE INDEX matter_category ON matter (category);
CREATE INDEX matter_state ON matter (state);
CREATE INDEX matter_due ON matter (due);
CREATE INDEX matter_name ON matter (name);
CREATE INDEX matter_phone ON matter (phone);
CREATE VIRTUAL TABLE words USING fts4(text)`

const (
	insert = `INSERT INTO matter (number, station, category, state, occurred, due, name, phone, body, text)
		VALUES (?,?,?,?,?,?,?,?,?,?)`
	index = `INSERT INTO words (docid, text) VALUES (?, ?)`
)

// Case is one matter.
type Case struct {
	Number, Station, Category string
	State                     int
	Occurred, Due             string
	Name, Phone               string
	Body                      string // the whole matter as JSON
	Text                      string // everything worth finding
}

// Register is an open file.
type Register struct{ db *sql.DB }

// Open makes an empty register at path.
func Open(ctx context.Context, path string) (*Register, error) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, fmt.Errorf("stock register: %w", err)
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("stock register: %w", err), db.Close())
	}
	return &Register{db}, nil
}

// Close closes the file.
func (r *Register) Close() error { return r.db.Close() }

// Save registers matters, all or none; one at a time is how a table saves.
func (r *Register) Save(ctx context.Context, rows ...Case) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to take back
	for _, m := range rows {
		res, err := tx.ExecContext(ctx, insert, m.Number, m.Station, m.Category, m.State, m.Occurred, m.Due, m.Name,
			m.Phone, m.Body, m.Text)
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, index, id, strings.Join(strings.Split(m.Text, ""), " ")); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Like gives the newest matters whose text has some characters in it, at most limit.
func (r *Register) Like(ctx context.Context, part string, limit int) ([]Case, error) {
	return r.page(ctx, "WHERE text LIKE ? ORDER BY id DESC LIMIT ?", "%"+part+"%", limit)
}

// Page gives the newest matters.
func (r *Register) Page(ctx context.Context, limit int) ([]Case, error) {
	return r.page(ctx, "ORDER BY id DESC LIMIT ?", limit)
}

func (r *Register) page(ctx context.Context, chosen string, args ...any) (page []Case, err error) {
	rows, err := r.db.QueryContext(ctx, `SELECT number, station, category, state, occurred, due, name, phone, body, text
		FROM matter `+chosen, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m Case
		if err := rows.Scan(&m.Number, &m.Station, &m.Category, &m.State, &m.Occurred, &m.Due, &m.Name, &m.Phone,
			&m.Body, &m.Text); err != nil {
			return nil, err
		}
		page = append(page, m)
	}
	return page, rows.Err()
}
