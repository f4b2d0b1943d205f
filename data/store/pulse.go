package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// A pulse is an entry that says only "I am here". It is written where nothing else was for a week, and goes all the way up:
// an office two floors above, which hears of a station through others only, sees by its absence that somebody is silent or
// that something is withheld.

// Pulses is their kind.
var Pulses = thing.Kind{Name: "pulse", Single: true, Schema: 1}

// Pulse writes one, for the office above, where this computer has written nothing since the given moment, in whichever of its lives;
// before its first words the moment when it met that office counts.
func (s *Store) Pulse(ctx context.Context, unit, above string, met, since, now time.Time) error {
	var wrote uint64
	err := s.transact(ctx, func(tx *sql.Tx) error {
		lives, err := lastWords(tx, s.Self().Replica)
		if err != nil {
			return err
		}
		if len(lives) == 0 {
			lives = []lastWord{{at: met.Format(time.RFC3339)}}
		}
		for _, l := range lives {
			if at, err := time.Parse(time.RFC3339, l.at); err == nil && !at.Before(since) && !at.After(now) {
				return nil
			}
		}
		if d := (Doubt{}); errors.As(s.doubting(tx, now), &d) { // its word would be as wrong
			return nil
		}
		_, wrote, err = s.do(tx, Act{Kind: Pulses.Name, Do: "here", Body: struct{}{}, Unit: unit, At: now,
			Envelope: journal.Envelope{Way: journal.Upwards, Audience: line(unit, above)}})
		return err
	})
	if err != nil {
		return fmt.Errorf("pulse: %w", err)
	}
	if wrote > 0 {
		s.noted(wrote)
	}
	return nil
}

// Word is the newest that we hold of what a computer wrote.
type Word struct {
	Unit string
	ID   journal.ID
	At   time.Time // by its own clock
}

// Words lists the newest of every computer, by unit: of the last of each of its lives the latest that can have been written by now, since
// the life with the greatest number need not be the last, and words of an earlier one may come after those of a later.
func (s *Store) Words(ctx context.Context, now time.Time) (ws []Word, err error) {
	rows, err := s.read.QueryContext(ctx, lives+`SELECT e.core FROM life JOIN entry e ON e.row = life.last ORDER BY e.replica, e.row`)
	if err != nil {
		return nil, fmt.Errorf("newest words: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var core []byte
		if err := rows.Scan(&core); err != nil {
			return nil, fmt.Errorf("newest words: %w", err)
		}
		r, err := journal.Open(core, nil)
		if err != nil {
			return nil, fmt.Errorf("newest words: %w", err)
		}
		w, n := Word{r.Unit, r.ID, r.At}, len(ws)-1
		switch {
		case n < 0 || ws[n].ID.Replica != r.ID.Replica:
			ws = append(ws, w)
		case ws[n].At.After(now) || !w.At.After(now) && !w.At.Before(ws[n].At):
			ws[n] = w
		}
	}
	slices.SortFunc(ws, func(a, b Word) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), a.At.Compare(b.At)) })
	return ws, rows.Err()
}

// Digests sum up what the lists of all kinds say of the things of a unit and of those below it, by kind: SHA-256 over one line each, by
// id, the columns that the kind declares (of a matter its state, its holder, the day it is due). Two computers that hold the same
// entries of these things have the same. A kind is missing while any of its entries waits that concern them or that these units wrote.
func (s *Store) Digests(ctx context.Context, code string) (map[string]journal.Hash, error) {
	all := map[string]journal.Hash{}
	for _, k := range s.kinds.folded() {
		h, ok, err := s.digest(ctx, k, code)
		if err != nil {
			return nil, fmt.Errorf("digest: %w", err)
		}
		if ok {
			all[k.Name] = h
		}
	}
	return all, nil
}

func (s *Store) digest(ctx context.Context, k *kind, code string) (h journal.Hash, ok bool, err error) {
	sum := sha256.New()
	rows, err := s.read.QueryContext(ctx, fmt.Sprintf("SELECT path, id || ' ' || %s FROM %s WHERE unit >= ?1 AND unit < ?1 || '~' ORDER BY id",
		strings.Join(k.Digest, " || ' ' || "), k.Name), unit.Stem(code))
	if err != nil {
		return h, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var path, line sql.RawBytes
		if err := rows.Scan(&path, &line); err != nil {
			return h, false, err
		}
		if slices.Contains(strings.Fields(string(path)), code) {
			sum.Write(append(line, '\n'))
		}
	}
	if err := rows.Err(); err != nil {
		return h, false, err
	}
	sum.Sum(h[:0])
	var waiting bool
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM entry e LEFT JOIN `+k.Name+` m ON m.id=e.thing WHERE e.fate<>'applied' AND e.fate='waiting'
		AND json_extract(e.core, '$.kind')=?2
		AND ifnull(m.unit, json_extract(e.core, '$.unit')) >= ?1 AND ifnull(m.unit, json_extract(e.core, '$.unit')) < ?1 || '~')`, unit.Stem(code), k.Name).Scan(&waiting)
	return h, !waiting, err
}

// Agrees keeps whether a peer's list is the same as ours.
func (s *Store) Agrees(ctx context.Context, r journal.Replica, same bool, at time.Time) error {
	since := ""
	if !same {
		since = when(at)
	}
	_, err := s.write.ExecContext(ctx, "UPDATE peer SET diverged = iif(?1 = '' OR diverged = '', ?1, diverged) WHERE replica=?2", since, r[:])
	if err != nil {
		return fmt.Errorf("peer's list: %w", err)
	}
	return nil
}

// KeyList is the newest signed list of an office's keys.
type KeyList struct {
	Version uint64
	File    []byte
}

// KeyLists gives those that we hold, our own among them, by unit.
func (s *Store) KeyLists(ctx context.Context) (map[string]KeyList, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT unit, version, file FROM keylist")
	if err != nil {
		return nil, fmt.Errorf("key lists: %w", err)
	}
	defer rows.Close()
	lists := map[string]KeyList{}
	for rows.Next() {
		var unit string
		var l KeyList
		if err := rows.Scan(&unit, &l.Version, &l.File); err != nil {
			return nil, fmt.Errorf("key lists: %w", err)
		}
		lists[unit] = l
	}
	return lists, rows.Err()
}

// KeepKeyList keeps a list in place of the one before of the same unit.
func (s *Store) KeepKeyList(ctx context.Context, unit string, l KeyList) error {
	return s.transact(ctx, func(tx *sql.Tx) error { return keepKeyList(tx, unit, l) })
}

func keepKeyList(tx *sql.Tx, unit string, l KeyList) error {
	_, err := tx.Exec("INSERT INTO keylist VALUES (?,?,?) ON CONFLICT DO UPDATE SET version=excluded.version, file=excluded.file", unit, int64(l.Version), append([]byte{}, l.File...))
	if err != nil {
		return fmt.Errorf("key list: %w", err)
	}
	return nil
}
