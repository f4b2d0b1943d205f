package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// Holds says whether an entry is here.
func (s *Store) Holds(ctx context.Context, h journal.Hash) (held bool, err error) {
	if err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?)",
		h[:]).Scan(&held); err != nil {
		return false, fmt.Errorf("entry: %w", err)
	}
	return held, nil
}

// Entries gives those of a thing that count and whose parents are here, in fold order, with the private parts that are
// here; also those that its kind could not follow. It gives none where nothing is known of it.
func (s *Store) Entries(ctx context.Context, thing string) ([]journal.Record, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("entries: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	ks, err := load(tx, thing)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", thing, err)
	}
	w, err := s.kinds.digest(ks)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", thing, err)
	}
	return w.ready, nil
}

// Secret gives the private part of one entry that counts, as JSON. It fails with ErrNotFound where that is not here.
func (s *Store) Secret(ctx context.Context, id journal.ID) (part json.RawMessage, err error) {
	var core, secret []byte
	err = s.read.QueryRowContext(ctx, `SELECT core, secret FROM entry WHERE replica=? AND incarnation=? AND seq=?
		AND barred=0 AND secret IS NOT NULL`, id.Replica[:], id.Incarnation, int64(id.Seq)).Scan(&core, &secret)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("private part of %v: %w", id, ErrNotFound)
	}
	var r journal.Record
	if err == nil {
		r, err = journal.Open(core, secret)
	}
	if err == nil {
		err = r.Read(&part)
	}
	if err != nil {
		return nil, fmt.Errorf("private part of %v: %w", id, err)
	}
	return part, nil
}

// Waiting counts the entries of a computer that are stored and wait for a parent or a newer program.
func (s *Store) Waiting(ctx context.Context, replica journal.Replica) (n int, err error) {
	err = s.read.QueryRowContext(ctx,
		"SELECT count(*) FROM entry WHERE fate<>'applied' AND fate='waiting' AND replica=?", replica[:]).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("waiting entries: %w", err)
	}
	return n, nil
}

// Began gives the date on the first entry that this computer wrote; the zero time where it wrote none.
func (s *Store) Began(ctx context.Context) (at time.Time, err error) {
	var text string
	self := s.Self()
	err = s.read.QueryRowContext(ctx,
		"SELECT json_extract(core, '$.at') FROM entry WHERE replica=? ORDER BY incarnation, seq LIMIT 1",
		self.Replica[:]).Scan(&text)
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
	err = s.read.QueryRowContext(ctx,
		"SELECT incarnation, seq FROM entry WHERE replica=? ORDER BY incarnation DESC, seq DESC LIMIT 1",
		r[:]).Scan(&id.Incarnation, &id.Seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return id, fmt.Errorf("newest entry: %w", err)
	}
	return id, nil
}

// Author is the unit in whose name this computer wrote, "" where it wrote nothing yet.
func (s *Store) Author(ctx context.Context) (unit string, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT json_extract(core, '$.unit') FROM entry WHERE replica=? LIMIT 1",
		s.replica()).Scan(&unit)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("author: %w", err)
	}
	return unit, nil
}

// Word is the newest that we hold of what a computer wrote.
type Word struct {
	Unit string
	ID   journal.ID
	At   time.Time // by its own clock
}

// Words lists the newest of every computer, by unit: of the last of each of its lives the latest that can have been
// written by now, since the life with the greatest number need not be the last, and words of an earlier one may come
// after those of a later.
func (s *Store) Words(ctx context.Context, now time.Time) (ws []Word, err error) {
	rows, err := s.read.QueryContext(ctx,
		lives+`SELECT e.core FROM life JOIN entry e ON e.row = life.last ORDER BY e.replica, e.row`)
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

// Digests sum up what the lists of all kinds say of the things of a unit and of those below it that concern it and the
// one above it, by kind: SHA-256 over
// one line each, by id, the columns that the kind declares (of a matter its state, its holder, the day it is due). Two
// computers that hold the same entries of these things have the same. A kind is missing while any of its entries waits
// that concern them or that these units wrote.
func (s *Store) Digests(ctx context.Context, code, above string) (map[string]journal.Hash, error) {
	all := map[string]journal.Hash{}
	for _, k := range s.kinds.folded() {
		h, ok, err := s.digest(ctx, k, code, above)
		if err != nil {
			return nil, fmt.Errorf("digest: %w", err)
		}
		if ok {
			all[k.Name] = h
		}
	}
	return all, nil
}

func (s *Store) digest(ctx context.Context, k *kind, code, above string) (h journal.Hash, ok bool, err error) {
	sum := sha256.New()
	rows, err := s.read.QueryContext(ctx,
		fmt.Sprintf("SELECT path, id || ' ' || %s, iif(unit = ?2 AND %t, open, '') FROM %s "+
			"WHERE unit >= ?1 AND unit < ?1 || '~' ORDER BY id",
			strings.Join(k.Digest, " || ' ' || "), k.Left != nil, k.Name), unit.Stem(code), code)
	if err != nil {
		return h, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var path, line, open sql.RawBytes
		if err := rows.Scan(&path, &line, &open); err != nil {
			return h, false, err
		}
		gone := false // its unit does not list it any more
		if len(open) > 0 {
			s := k.New()
			into, _ := s.Parts()
			if err := json.Unmarshal(open, into); err != nil {
				return h, false, err
			}
			gone = k.left(s, code)
		}
		if whom := strings.Fields(string(path)); !gone && slices.Contains(whom, code) && slices.Contains(whom, above) {
			sum.Write(append(line, '\n'))
		}
	}
	if err := rows.Err(); err != nil {
		return h, false, err
	}
	sum.Sum(h[:0])
	var waiting bool
	err = s.read.QueryRowContext(ctx,
		`SELECT EXISTS (SELECT 1 FROM entry e INDEXED BY entry_waiting LEFT JOIN `+k.Name+` m ON m.id=e.thing
			WHERE e.fate='waiting'
		AND iif(json_valid(e.core), json_extract(e.core, '$.kind'), '')=?2
		AND ifnull(m.unit, json_extract(e.core, '$.unit')) >= ?1 AND ifnull(m.unit, json_extract(e.core, '$.unit')) < ?1 || '~')`,
		unit.Stem(code), k.Name).Scan(&waiting)
	return h, !waiting, err
}

// Fork is an entry under a name that another entry has: a computer was copied and both copies are used.
type Fork struct {
	ID   journal.ID
	Unit string
	Met  time.Time
}

// Forks lists them.
func (s *Store) Forks(ctx context.Context) (fs []Fork, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT core, met FROM fork ORDER BY met")
	if err != nil {
		return nil, fmt.Errorf("forks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var core []byte
		var met string
		if err := rows.Scan(&core, &met); err != nil {
			return nil, fmt.Errorf("forks: %w", err)
		}
		r, err := journal.Open(core, nil)
		if err != nil {
			return nil, fmt.Errorf("forks: %w", err)
		}
		at, _ := time.Parse(Stamp, met)
		fs = append(fs, Fork{r.ID, r.Unit, at})
	}
	return fs, rows.Err()
}

// Barred are the computers that wrote entries which were not theirs to write.
func (s *Store) Barred(ctx context.Context) (map[journal.Replica]bool, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT DISTINCT replica FROM entry INDEXED BY entry_barred WHERE barred<>0")
	if err != nil {
		return nil, fmt.Errorf("barred entries: %w", err)
	}
	defer rows.Close()
	wrote := map[journal.Replica]bool{}
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, fmt.Errorf("barred entries: %w", err)
		}
		wrote[journal.Replica(b)] = true
	}
	return wrote, rows.Err()
}
