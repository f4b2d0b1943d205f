package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lianluo.local/data/journal"
)

// Doubt says that the computer's clock and the newest record that it wrote lie too far apart: one of them is wrong. Nothing is numbered,
// promised or closed by such a clock. What others wrote is not asked: their clocks may be wrong, and stop nobody here.
type Doubt struct{ Now, Newest time.Time }

// How far a clock may lie behind and before the newest record: a station may rest for a year.
const (
	behind = 24 * time.Hour
	before = 400 * 24 * time.Hour
)

func (d Doubt) Error() string {
	return fmt.Sprintf("the clock says %s, the newest record %s", d.Now.Format(time.DateOnly), d.Newest.Format(time.DateOnly))
}

// Sentence is what a person hears.
func (d Doubt) Sentence() string {
	return fmt.Sprintf("电脑的日期是%s，本机最近一条记录却是%s写的，有一个不对，所以先没有办，资料没有动。请照墙上的日历把电脑的日期和时间改对，再办一次；"+
		"电脑的日期没有错的，请照墙上的日历填一次今天的日期。", spell(d.Now), spell(d.Newest.In(d.Now.Location())))
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

// doubts gives the newest entry of this computer, too.
func (s *Store) doubts(q querier, now time.Time) (newest journal.ID, err error) {
	newest.Replica = s.self.Replica
	var text, confirmed string
	err = q.QueryRow(`SELECT json_extract(core, '$.at'), incarnation, seq, ifnull((SELECT body FROM draft WHERE id=?), '') FROM entry
		WHERE replica=? ORDER BY incarnation DESC, seq DESC LIMIT 1`, wallCalendar, s.self.Replica[:]).Scan(&text, &newest.Incarnation, &newest.Seq, &confirmed)
	if errors.Is(err, sql.ErrNoRows) {
		return newest, nil
	}
	if err != nil {
		return newest, fmt.Errorf("clock: %w", err)
	}
	far := func(from string) bool {
		at, err := time.Parse(time.RFC3339, from)
		return err == nil && (now.Sub(at) > before || at.Sub(now) > behind)
	}
	if far(text) && (confirmed == "" || confirmed[20:] != newest.String() || far(confirmed[:20])) {
		at, _ := time.Parse(time.RFC3339, text)
		return newest, Doubt{now, at}
	}
	return newest, nil
}

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
