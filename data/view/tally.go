package view

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
)

// Matters gives the tallies of the matters of which anything counts on some days (thing.Days), the first and the last among
// them, in no order, with their rows. It reads one index and nothing else, all of a day in one go, and the same Tally is written
// over and over.
func Matters(ctx context.Context, s *store.Store, from, to int, each func(row int64, t *matter.Tally)) error {
	var t matter.Tally
	return records(ctx, s, func(row int64, text string) error {
		if err := matter.ReadTally(text, &t); err != nil {
			return err
		}
		each(row, &t)
		return nil
	}, "SELECT group_concat(row), group_concat(tally, char(10)) FROM matter WHERE until >= ? AND raised <= ? GROUP BY until", from, to)
}

// Sessions gives the tallies of the sessions of some days, the first and the last among them, with their rows.
func Sessions(ctx context.Context, s *store.Store, from, to string, each func(row int64, t session.Tally)) error {
	return records(ctx, s, func(row int64, text string) error {
		t, err := session.ReadTally(text)
		if err == nil {
			each(row, t)
		}
		return err
	}, "SELECT group_concat(row), group_concat(tally, char(10)) FROM session WHERE day >= ? AND day <= ? GROUP BY day", from, to)
}

// many are rows, with commas between them, and what stands in each of them on a line.
type many struct{ rows, lines string }

// records reads rows and what stands in each of them. The next ones are asked for while some are read.
func records(ctx context.Context, s *store.Store, each func(row int64, text string) error, query string, args ...any) error {
	ctx, stop := context.WithCancel(ctx)
	texts, failed := make(chan many, 8), make(chan error, 1)
	go func() {
		defer close(texts)
		failed <- ask(ctx, s, texts, query, args...)
	}()
	err := lines(texts, each)
	stop()
	for range texts { // until nobody reads any more
	}
	if asked := <-failed; err == nil {
		err = asked
	}
	if err != nil {
		return fmt.Errorf("tallies: %w", err)
	}
	return nil
}

func ask(ctx context.Context, s *store.Store, texts chan<- many, query string, args ...any) error {
	rows, err := s.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var m many
		if err := rows.Scan(&m.rows, &m.lines); err != nil {
			return err
		}
		select {
		case texts <- m:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return rows.Err()
}

func lines(texts <-chan many, each func(row int64, text string) error) error {
	for m := range texts {
		for m.rows != "" {
			var at, line string
			at, m.rows, _ = strings.Cut(m.rows, ",")
			line, m.lines, _ = strings.Cut(m.lines, "\n")
			row, err := strconv.ParseInt(at, 10, 64)
			if err == nil {
				err = each(row, line)
			}
			if err != nil {
				return fmt.Errorf("row %s: %w", at, err)
			}
		}
	}
	return nil
}

// Joined gives the rows of the matters that are handled with another one, with the row of the last of those into which they were
// merged, one after the other; with -1 or less, the same for all of them, where that is not here.
func Joined(ctx context.Context, s *store.Store) (map[int64]int64, error) {
	rows, err := s.Query(ctx, "SELECT m.row, ifnull(t.row, 0), m.joined FROM matter m LEFT JOIN matter t ON t.id = m.joined "+
		"WHERE m.joined <> ''")
	if err != nil {
		return nil, fmt.Errorf("merged matters: %w", err)
	}
	defer rows.Close()
	into, absent := map[int64]int64{}, map[string]int64{}
	for rows.Next() {
		var row, target int64
		var id string
		if err := rows.Scan(&row, &target, &id); err != nil {
			return nil, fmt.Errorf("merged matters: %w", err)
		}
		if target == 0 {
			if absent[id] == 0 {
				absent[id] = -int64(len(absent)) - 1
			}
			target = absent[id]
		}
		into[row] = target
	}
	last := map[int64]int64{}
	for row := range into {
		seen, at := map[int64]bool{}, row
		for into[at] != 0 && !seen[at] {
			seen[at] = true
			at = into[at]
		}
		if seen[at] { // in a ring, which two who did not know of each other may make: it is one
			least := at
			for next := into[at]; next != at; next = into[next] {
				least = min(least, next)
			}
			at = least
		}
		last[row] = at
	}
	return last, rows.Err()
}
