package search

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
)

// Doc is what can be found of one matter; all of it is given as it was written.
type Doc struct {
	Row      int64    // row number of the matter in the store; ever growing, so the newest has the largest
	Version  int64    // row of the last entry folded in; an older version never replaces a newer one
	People   []string // fields with names, found by characters, by the name without blanks and dots, by first letters
	Phone    string   // a field of telephones, found however they are written
	Numbers  []string // of the matter and of the paper, found with hyphens and without
	Initials []string // words found by their first letters, too: subject, category, departments
	Text     string   // everything else worth finding, joined by line feeds
}

// Mark gives the high-water mark: the last row of the journal that is in the index, 0 for an empty index.
func (x *Index) Mark(ctx context.Context) (int64, error) {
	var row int64
	if err := x.reader.QueryRowContext(ctx, `SELECT row FROM mark`).Scan(&row); err != nil {
		return 0, x.failed("mark", err)
	}
	return row, nil
}

// Put replaces or adds documents and sets the mark, all or nothing. A document without words takes its row out. A
// thousand at a time is a good measure for a rebuild.
func (x *Index) Put(ctx context.Context, mark int64, docs []Doc) error {
	tx, err := x.writer.BeginTx(ctx, nil)
	if err != nil {
		return x.failed("put", err)
	}
	defer tx.Rollback()
	if err := replace(ctx, tx, mark, docs); err != nil {
		return x.failed("put", err)
	}
	if err := tx.Commit(); err != nil {
		return x.failed("put", err)
	}
	return nil
}

func replace(ctx context.Context, tx *sql.Tx, mark int64, docs []Doc) error {
	stage, err := tx.PrepareContext(ctx, `INSERT INTO stage(docid, t) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer stage.Close()
	fresh, err := takeOut(ctx, tx, stage, docs)
	if err != nil {
		return err
	}
	keep, err := tx.PrepareContext(ctx, `INSERT OR REPLACE INTO doc(row, version, text) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer keep.Close()
	for _, d := range fresh {
		if _, err := keep.ExecContext(ctx, d.Row, d.Version, d.text); err != nil {
			return err
		}
		if d.text == "" {
			continue
		}
		if _, err := stage.ExecContext(ctx, d.Row, pairs(d.text)); err != nil {
			return err
		}
	}
	// One statement for all, in the order of rows: every statement and every step back writes a segment of its own.
	if _, err := tx.ExecContext(ctx,
		`INSERT INTO pair(docid, t) SELECT docid, t FROM stage ORDER BY docid`); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM stage`); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE mark SET row = ?`, mark)
	return err
}

type folded struct {
	Doc
	text string
}

// takeOut removes from the index the texts that the docs replace, and gives the docs that are news, by row.
func takeOut(ctx context.Context, tx *sql.Tx, stage *sql.Stmt, docs []Doc) ([]folded, error) {
	old, err := tx.PrepareContext(ctx, `SELECT version, text FROM doc WHERE row = ?`)
	if err != nil {
		return nil, err
	}
	defer old.Close()
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs,
		func(a, b Doc) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Version, b.Version)) })
	var fresh []folded
	for i, d := range docs {
		if i+1 < len(docs) && docs[i+1].Row == d.Row {
			continue // the last of a row is the newest
		}
		version, text := d.Version, ""
		err := old.QueryRowContext(ctx, d.Row).Scan(&version, &text)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		if version > d.Version {
			continue
		}
		f := folded{d, body(d)}
		if err == nil && text == f.text { // most entries change nothing that is looked for
			if _, err := tx.ExecContext(ctx, `UPDATE doc SET version = ? WHERE row = ?`, d.Version, d.Row); err != nil {
				return nil, err
			}
			continue
		}
		if text != "" {
			if _, err := stage.ExecContext(ctx, d.Row, pairs(text)); err != nil {
				return nil, err
			}
		}
		fresh = append(fresh, f)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM pair WHERE docid IN (SELECT docid FROM stage)`); err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM stage`)
	return fresh, err
}
