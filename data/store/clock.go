package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lianluo.local/data/journal"
)

// Doubt says that the computer's clock and the newest record of its unit lie too far apart, so that one of them is wrong; of a unit
// without any record that the clock says a day on which the program cannot be in use, Newest being zero. Nothing is numbered, promised
// or closed by such a clock. What other units wrote is not asked: their clocks may be wrong, and stop nobody here.
type Doubt struct{ Now, Newest time.Time }

// How far a clock may lie behind and before the newest record: who rests longer says once what day it is. It is less than a year, so
// that a clock that is off by one year is found.
const (
	behind = 24 * time.Hour
	before = 300 * 24 * time.Hour
)

func (d Doubt) Error() string {
	return fmt.Sprintf("the clock says %s, the newest record %s", d.Now.Format(time.DateOnly), d.Newest.Format(time.DateOnly))
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

// doubts gives the newest entry of this computer, too. A day that was confirmed stands for that entry until there is a newer one, and
// for as long as it can be believed nobody asks what the unit's other computers wrote: a wrong clock over there is asked about once.
func (s *Store) doubts(q querier, now time.Time) (last journal.ID, err error) {
	last.Replica = s.self.Replica
	var own, others, confirmed string
	err = q.QueryRow("SELECT json_extract(core, '$.at'), incarnation, seq FROM entry WHERE replica=? ORDER BY incarnation DESC, seq DESC LIMIT 1",
		s.self.Replica[:]).Scan(&own, &last.Incarnation, &last.Seq)
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		err = q.QueryRow("SELECT ifnull((SELECT body FROM draft WHERE id=?), '')", wallCalendar).Scan(&confirmed)
	}
	if err == nil && s.Unit != "" {
		err = q.QueryRow(newestOf, s.Unit, s.self.Replica[:]).Scan(&others)
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

// newestOf gives when the unit's other computers wrote their newest entries, the latest of these moments: from one computer to the
// next along the index, not over all entries.
const newestOf = `WITH RECURSIVE computer(replica) AS (
	SELECT min(replica) FROM entry
	UNION ALL SELECT (SELECT min(replica) FROM entry WHERE replica > computer.replica) FROM computer WHERE replica IS NOT NULL)
SELECT ifnull(max(json_extract(core, '$.at')), '') FROM computer, entry WHERE entry.row =
	(SELECT row FROM entry e WHERE e.replica = computer.replica ORDER BY e.incarnation DESC, e.seq DESC LIMIT 1)
	AND json_extract(core, '$.unit') = ?1 AND computer.replica <> ?2`

// wallCalendar is the name under which is kept when the day was confirmed, and which record was the newest then.
const wallCalendar = "wall calendar"

// Confirm keeps that somebody read from the wall calendar that the clock, which says now, is right: it is the newest record that is wrong.
func (s *Store) Confirm(ctx context.Context, now time.Time) error {
	newest, err := s.doubts(s.write, now)
	if d := (Doubt{}); err != nil && !errors.As(err, &d) {
		return err
	}
	return s.Keep(ctx, wallCalendar, when(now)+newest.String(), now)
}
