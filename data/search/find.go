package search

import (
	"context"
	"math"
	"strings"
	"unicode/utf8"
)

// near is how many of the newest texts are read through for one character. Reading them takes a few milliseconds, and a
// character that does not fill a page in so many is rare enough to be looked up.
const near = 5000

// few is how many matters with the longer words of a query are read through for its single characters, rather than
// merging the long list of everything that has such a character.
const few = 3000

const (
	readNear = `SELECT row FROM doc WHERE row < ?1
		AND row >= coalesce((SELECT row FROM doc WHERE row < ?1 ORDER BY row DESC LIMIT 1 OFFSET ?2), -9223372036854775808)`
	readFew = `SELECT row FROM doc WHERE row IN (SELECT docid FROM pair WHERE pair MATCH ? AND docid < ?)`
	lookUp  = `SELECT docid FROM pair WHERE pair MATCH ? AND docid < ? ORDER BY docid DESC LIMIT ?`
)

// Find gives the rows of the matters that contain every word of the query, newest (largest) first: at most limit of
// them that lie before row before, or from the newest on when before is 0. More says that there are further ones; the
// last row given is the before of the next page.
//
// Words are separated by blanks or punctuation. A word is found as it stands, also inside others, from one character
// on; capitals, full width and the hyphens of a number do not count. Letters are also found in the first letters of a
// name or a subject, at its head or further in: ysh and sh find 杨胜华. A telephone is found however it is written, with
// its area code or without, and a number among whatever a scanner read with it; where nothing is found as written, a
// question is read with its numbers of houses in figures or in words (七巷3号, 七巷三号), as a name (王明（女）) and as a number
// with O for 0. Nothing a user may type is an error; a query without letters and digits finds nothing. Only the first
// 600 bytes of it count.
func (x *Index) Find(ctx context.Context, query string, limit int, before int64) (rows []int64, more bool, err error) {
	if limit <= 0 {
		return nil, false, nil
	}
	last := int64(math.MaxInt64)
	if before <= 0 {
		before = last
	}
	for _, words := range readings(query) {
		if rows, err = x.find(ctx, words, limit+1, before); err != nil {
			return nil, false, x.failed("find", err)
		}
		if len(rows) > limit {
			return rows[:limit], true, nil
		}
		if len(rows) == 0 && before < last { // a page behind the last one of this reading, or of one that follows?
			if rows, err = x.find(ctx, words, 1, last); err != nil {
				return nil, false, x.failed("find", err)
			}
			if len(rows) > 0 {
				return nil, false, nil
			}
		}
		if len(rows) > 0 {
			break
		}
	}
	return rows, false, nil
}

// find gives the newest rows before a row with all of the words, and chooses the cheapest way to them.
func (x *Index) find(ctx context.Context, words []string, limit int, before int64) ([]int64, error) {
	var longer []string
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 {
			longer = append(longer, w)
		}
	}
	if len(longer) == len(words) {
		return x.rows(ctx, lookUp, match(words), before, limit)
	}
	rows, err := x.read(ctx, readNear, []any{before, near}, words, limit)
	if err != nil || len(rows) == limit {
		return rows, err
	}
	if len(longer) > 0 {
		found, err := x.rows(ctx, lookUp, match(longer), before, few+1)
		if err != nil {
			return nil, err
		}
		if len(found) <= few {
			return x.read(ctx, readFew, []any{match(longer), before}, words, limit)
		}
	}
	return x.rows(ctx, lookUp, match(words), before, limit)
}

// read gives the newest rows of a question whose texts contain all of the words, by reading these.
func (x *Index) read(ctx context.Context, question string, args []any, words []string, limit int) ([]int64, error) {
	for _, w := range words {
		args = append(args, w)
	}
	question += strings.Repeat(" AND instr(text, ?) > 0", len(words)) + " ORDER BY row DESC LIMIT ?"
	return x.rows(ctx, question, append(args, limit)...)
}

// Count gives how many matters Find would give in all, counting to the cap and no further: capped says that there are
// more ("1000+"), and n is the cap then.
func (x *Index) Count(ctx context.Context, query string, cap int) (n int, capped bool, err error) {
	rows, more, err := x.Find(ctx, query, cap, 0)
	return len(rows), more, err
}

func (x *Index) rows(ctx context.Context, question string, args ...any) ([]int64, error) {
	found, err := x.reader.QueryContext(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var rows []int64
	for found.Next() {
		var row int64
		if err := found.Scan(&row); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, found.Err()
}
