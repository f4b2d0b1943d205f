package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
)

// bareEntry is one of our unit whose private part is not here.
type bareEntry struct {
	journal.Record
	row int64
}

// bare lists the entries of our unit whose private part is not here though nobody redacted it, those of one thing or, for
// "", all.
func (ks kinds) bare(q querier, unit, thing string) (bs []bareEntry, err error) {
	query, args := "SELECT row, core FROM entry WHERE secret IS NULL AND thing=?1", []any{thing}
	if thing == "" {
		query, args = "SELECT row, core FROM entry WHERE secret IS NULL "+
			"AND json_extract(core, '$.private') IS NOT NULL", nil
	}
	gone, err := redactedParts(q)
	if err != nil {
		return nil, err
	}
	rows, err := q.Query(query+" ORDER BY row", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b bareEntry
		var core []byte
		if err := rows.Scan(&b.row, &core); err != nil {
			return nil, err
		}
		if b.Record, err = journal.Open(core, nil); err != nil {
			continue // check names it
		}
		if b.Private != nil && !gone[*b.Private] && b.Unit == unit && ks[b.Kind] != nil && ks[b.Kind].Fold != nil {
			bs = append(bs, b)
		}
	}
	return bs, rows.Err()
}

// Absent is a matter of our unit of which private words are not here, though this unit wrote them.
type Absent struct {
	Thing, Number string
	Sheets        []string // that open them, the newest first
	Elsewhere     bool     // they are on another computer of this unit, which is in use
	Known         bool     // a person said that it is known
	Row           int64    // of the first entry that lacks them
	of            []journal.Hash
}

// Where says where the words are: on another "computer" of this unit, behind a "sheet", or "nowhere", as far as this
// computer knows.
func (l Absent) Where() string {
	switch {
	case l.Elsewhere:
		return "computer"
	case len(l.Sheets) > 0:
		return "sheet"
	}
	return "nowhere"
}

// Absences lists the matters of which private words are not here: one of them, or all for "".
func (s *Store) Absences(ctx context.Context, thing string) (list []Absent, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("absent words: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	if list, err = s.absences(tx, s.Unit, thing); err != nil {
		return nil, fmt.Errorf("absent words: %w", err)
	}
	return list, nil
}

func (s *Store) absences(tx *sql.Tx, unit, thing string) (list []Absent, err error) {
	all, err := s.kinds.bare(tx, unit, thing)
	if err != nil {
		return nil, err
	}
	at, inUse := map[string]int{}, map[journal.Replica]bool{}
	for _, b := range all {
		if _, asked := inUse[b.ID.Replica]; !asked {
			inUse[b.ID.Replica] = s.InUse != nil && s.InUse(b.ID.Replica)
		}
		i, known := at[b.Thing]
		if !known {
			var number string
			var sealed, told bool
			err := tx.QueryRow("SELECT number, sealed, told FROM "+s.kinds[b.Kind].Name+" WHERE id=?",
				b.Thing).Scan(&number, &sealed, &told)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return nil, err
			}
			if !sealed && told { // all of it was said anew when confidence was lifted
				continue
			}
			i, at[b.Thing] = len(list), len(list)
			list = append(list, Absent{Thing: b.Thing, Number: number, Elsewhere: true, Known: true, Row: b.row})
		}
		l := &list[i]
		if l.Sheets, err = opening(tx, unit, *b.Private, l.Sheets); err != nil {
			return nil, err
		}
		var said bool
		if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM gone WHERE of=?)", b.Private[:]).Scan(&said); err != nil {
			return nil, err
		}
		l.Known = l.Known && said
		l.Elsewhere = l.Elsewhere && inUse[b.ID.Replica]
		l.of = append(l.of, *b.Private)
	}
	return list, nil
}

// opening adds the sheets that open a private part of a unit to a list, the newest first.
func opening(tx *sql.Tx, unit string, of journal.Hash, list []string) ([]string, error) {
	sheets, err := column(tx,
		`SELECT k.sheet FROM keepsake k JOIN entry e ON e.row=k.row WHERE k.of=? AND e.secret IS NOT NULL AND e.barred=0
		AND json_extract(e.core, '$.unit')=? ORDER BY k.row DESC`, of[:], unit)
	for _, number := range sheets {
		if !slices.Contains(list, number) {
			list = append(list, number)
		}
	}
	return list, err
}

// Acknowledge keeps that a person knows of absent words; a check is at peace with them from now on.
func (s *Store) Acknowledge(ctx context.Context, list []Absent, at time.Time) error {
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		for _, l := range list {
			for _, of := range l.of {
				if _, err := tx.Exec("INSERT OR IGNORE INTO gone VALUES (?,?)", of[:], When(at)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("known losses: %w", err)
	}
	return nil
}
