package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lianluo.local/data/journal"
)

// Renewed passes on what came while a program of before did not know how, once: entries that say themselves where they
// go, and what others were let into. Private parts of kinds that it did not know it withheld from the office above, so
// that all is said to that once more, in a new life.
func (s *Store) Renewed(ctx context.Context, above string, at time.Time) error {
	const noted, first, with = "passed on", "up, down and private parts", "and to newcomers"
	was, err := s.Noted(ctx, noted)
	if err != nil || was == with {
		return err
	}
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		withheld := false
		if was != first {
			var err error
			if withheld, err = s.overdue(tx, above); err != nil {
				return err
			}
		}
		if err := s.circles(tx); err != nil || !withheld {
			return err
		}
		return s.reborn(tx)
	})
	if err != nil {
		return fmt.Errorf("pass on: %w", err)
	}
	return s.Note(ctx, noted, with, at)
}

// overdue passes on what says itself where it goes, and tells whether the office above lacks private parts of it.
func (s *Store) overdue(tx *sql.Tx, above string) (withheld bool, err error) {
	err = tx.QueryRow(
		`SELECT EXISTS (SELECT 1 FROM entry e INDEXED BY entry_way JOIN stream s ON s.reader=? AND s.entry=e.row
		WHERE way<>'' AND secret IS NOT NULL AND json_extract(core, '$.kind') NOT IN ('rules', 'pulse',
		'keepsake') AND json_extract(core, '$.unit')<>?)`,
		above, s.Unit).Scan(&withheld)
	if err != nil {
		return withheld, err
	}
	readers, err := column(tx, "SELECT unit FROM peer WHERE NOT revoked UNION SELECT ?1 WHERE ?1<>''", above)
	if err != nil {
		return withheld, err
	}
	for _, reader := range readers {
		where := "way >= 'path ' AND way < 'path!' AND json_extract(core, '$.unit')<>?1"
		if reader == above {
			where = "way NOT LIKE 'below %'"
		}
		where = "row IN (SELECT row FROM entry INDEXED BY entry_way WHERE way<>'' AND " + where +
			" AND instr(way || ' ', ' ' || ?1 || ' ') > 0)" // few have a way: nobody reads all of them for each reader
		if err := enqueueAll(tx, reader, where, reader); err != nil {
			return withheld, err
		}
	}
	return withheld, nil
}

// circles looks anew at the things of which a program of before took the circle for that of their first entries: what
// it barred for good because the first entry was not for us, or for all below its author, and what it told nobody but
// those.
func (s *Store) circles(tx *sql.Tx) error {
	things, err := column(tx, `SELECT thing FROM entry INDEXED BY entry_way WHERE way<>'' AND instr(thing, ' ')=0
		GROUP BY thing HAVING count(DISTINCT way)>1 OR max(barred)>0`)
	if err != nil {
		return err
	}
	for _, thing := range things {
		if _, err := tx.Exec("UPDATE entry SET barred=? WHERE barred=? AND thing=? AND (way LIKE 'below %' OR "+
			"instr(way || ' ', ' ' || ? || ' ')=0)", barred, claimed, thing, s.Unit); err != nil {
			return err
		}
		w, _, err := s.fold(tx, thing, nil, "")
		if err != nil {
			return err
		}
		way := passing{tails: tails{}, self: s.Self().Replica, unit: s.Unit, known: map[string][]journal.Replica{}}
		if err := way.relay(tx, w, nil); err != nil {
			return err
		}
	}
	return nil
}
