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

// Doubt says that the computer's clock and the newest record of its unit lie too far apart, so that one of them is
// wrong; of a unit without any record that the clock says a day on which the program cannot be in use, Newest being
// zero. Nothing is numbered, promised or closed by such a clock. What other units wrote is not asked: their clocks may
// be wrong, and stop nobody here.
type Doubt struct{ Now, Newest time.Time }

// How far a clock may lie behind and before the newest record: who rests longer says once what day it is. It is less
// than a year, so that a clock that is off by one year is found.
const (
	behind = 24 * time.Hour
	before = 300 * 24 * time.Hour
)

func (d Doubt) Error() string {
	return fmt.Sprintf("the clock says %s, the newest record %s", d.Now.Format(time.DateOnly),
		d.Newest.Format(time.DateOnly))
}

// Sentence is what a person hears.
func (d Doubt) Sentence() string {
	odd := "本单位最近一条记录却是" + spell(d.Newest.In(d.Now.Location())) + "写的，隔得太远"
	if d.Newest.IsZero() {
		odd = "照本程序做出来的年份看不像是对的"
	}
	return fmt.Sprintf("电脑的日期是%s，%s，所以先没有办，资料没有动。请照墙上的日历把电脑的日期和时间改对，再办一次；"+
		"电脑的日期没有错的，请照墙上的日历填一次今天的日期。", spell(d.Now), odd)
}

func spell(t time.Time) string { return t.Format("2006年1月2日") }

// Doubts fails with Doubt where a clock that says now cannot be believed.
func (s *Store) Doubts(ctx context.Context, now time.Time) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	return s.doubting(tx, now)
}

func (s *Store) doubting(q querier, now time.Time) error {
	_, err := s.doubts(q, now)
	return err
}

// doubts gives the newest entry of this computer, too. A day that was confirmed stands for that entry until there is a
// newer one, and for as long as it can be believed nobody asks what the unit's other computers wrote: a wrong clock
// over there is asked about once.
func (s *Store) doubts(q querier, now time.Time) (last journal.ID, err error) {
	last.Replica = s.Self().Replica
	var own, others, confirmed string
	words, err := lastWords(q, s.Self().Replica)
	if n := len(words) - 1; n >= 0 { // of the present life, else what came last
		if at := slices.IndexFunc(words,
			func(w lastWord) bool { return w.incarnation == s.Self().Incarnation }); at >= 0 {
			n = at
		}
		own, last.Incarnation, last.Seq = words[n].at, words[n].incarnation, words[n].seq
	}
	if err == nil {
		err = q.QueryRow("SELECT ifnull((SELECT body FROM draft WHERE id=?), '')", wallCalendar).Scan(&confirmed)
	}
	if err == nil && s.Unit != "" {
		err = q.QueryRow(newestOf, s.Unit, s.replica()).Scan(&others)
	}
	if err != nil {
		return last, fmt.Errorf("clock: %w", err)
	}
	far := func(from string) (at time.Time, yes bool) {
		at, err := time.Parse(time.RFC3339, from)
		return at, err == nil && (now.Sub(at) > before || at.Sub(now) > behind)
	}
	if confirmed != "" {
		if _, no := far(confirmed[:20]); !no {
			others = ""
			if confirmed[20:] == last.String() {
				own = confirmed[:20]
			}
		}
	}
	if at, yes := far(max(own, others)); yes {
		return last, Doubt{now, at}
	}
	if own+others == "" && (now.Before(s.Earliest) || !s.Latest.IsZero() && now.After(s.Latest)) {
		return last, Doubt{Now: now}
	}
	return last, nil
}

// lives are those of all computers, each with the row of its last entry: from one life to the next along the index, not
// over all entries.
const lives = `WITH RECURSIVE begun(replica, incarnation) AS (
	SELECT * FROM (SELECT replica, incarnation FROM entry ORDER BY replica, incarnation LIMIT 1)
	UNION ALL SELECT e.replica, e.incarnation FROM begun JOIN entry e ON e.row = ifnull(
		(SELECT row FROM entry WHERE replica = begun.replica
		AND incarnation > begun.incarnation ORDER BY incarnation LIMIT 1),
		(SELECT row FROM entry WHERE replica > begun.replica ORDER BY replica, incarnation LIMIT 1))),
	life AS (SELECT replica, (SELECT row FROM entry e WHERE e.replica = begun.replica
	AND e.incarnation = begun.incarnation
		ORDER BY e.seq DESC LIMIT 1) AS last FROM begun)
`

// newestOf gives when the unit's other computers wrote what came of them last, the latest of these moments.
const newestOf = lives + `SELECT ifnull(max(at), '') FROM (
	SELECT json_extract(e.core, '$.at') AS at, json_extract(e.core, '$.unit') AS unit, max(e.row)
	FROM life JOIN entry e ON e.row = life.last WHERE e.replica <> ?2 GROUP BY e.replica) WHERE unit = ?1`

// lastWord is the last that a computer wrote in one of its lives.
type lastWord struct {
	incarnation uint32
	seq         uint64
	at          string // by its own clock
}

// lastWords gives those of a computer, what came last at the end. Which of its lives is the present one no number
// tells: where the image of an earlier one is put back, that goes on.
func lastWords(q querier, r journal.Replica) (ws []lastWord, err error) {
	rows, err := q.Query(`WITH RECURSIVE life(i) AS (SELECT max(incarnation) FROM entry WHERE replica=?1
		UNION ALL SELECT (SELECT max(incarnation) FROM entry WHERE replica=?1 AND incarnation < life.i)
		FROM life WHERE i IS NOT NULL)
		SELECT incarnation, seq, json_extract(core, '$.at') FROM life JOIN entry e ON e.row = (SELECT row FROM entry
			WHERE replica=?1 AND incarnation=life.i ORDER BY seq DESC LIMIT 1) ORDER BY e.row`, r[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w lastWord
		if err := rows.Scan(&w.incarnation, &w.seq, &w.at); err != nil {
			return nil, err
		}
		ws = append(ws, w)
	}
	return ws, rows.Err()
}

// wallCalendar is the name under which is kept when the day was confirmed, and which record was the newest then.
const wallCalendar = "wall calendar"

// Confirm keeps that somebody read from the wall calendar that the clock, which says now, is right: it is the newest
// record that is wrong.
func (s *Store) Confirm(ctx context.Context, now time.Time) error {
	newest, err := s.doubts(s.write, now)
	if d := (Doubt{}); err != nil && !errors.As(err, &d) {
		return err
	}
	return s.Keep(ctx, wallCalendar, When(now)+newest.String(), now)
}
