package desk

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

const table, office = "141102002003D1-A", "141102000000"

var (
	ctx   = context.Background()
	china = time.FixedZone("CST", 8*3600)
	now   = time.Date(2026, 11, 21, 19, 42, 30, 0, china)
)

// seat is a desk with a clock that the test moves.
type seat struct {
	*Desk
	clock time.Time
}

func sit(t *testing.T) *seat {
	t.Helper()
	db, err := store.Create(ctx, store.Options{Path: filepath.Join(t.TempDir(), "lianluo.db"), Backups: t.TempDir(), Kinds: []thing.Kind{matter.Kind, session.Kind}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &seat{clock: now}
	s.Desk = &Desk{Store: db, Calendar: workday.Official(), Profile: profile.Default(), Now: func() time.Time { return s.clock },
		Settings: &settings.Settings{Role: journal.Station, Unit: table, Parent: office, Clerk: "赵晖"}}
	return s
}

func (s *seat) receive(t *testing.T, d Draft) matter.Matter {
	t.Helper()
	m, err := s.Receive(ctx, someone, d)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Whoever acts signs, whoever else the settings name.
func TestAnEntrySaysWhoWroteIt(t *testing.T) {
	s := sit(t)
	m, err := s.Receive(ctx, clerk.Clerk{Name: "温雅琴"}, Draft{Title: "七巷雨水倒灌"})
	if err == nil {
		m, err = s.Correct(ctx, clerk.Clerk{Name: "常宇"}, m.ID, raw("title", `"八巷雨水倒灌"`))
	}
	if err == nil {
		m, err = s.Void(ctx, clerk.Clerk{Name: "冀红"}, m.ID, "登记重了")
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"温雅琴", "常宇", "冀红"} {
		if m.History[i].By != want {
			t.Errorf("entry %d is by %q, want %q", i, m.History[i].By, want)
		}
	}
}

// fieldsOf names the fields that an error complains about.
func fieldsOf(err error) []string {
	var p problem.Problems
	if err != nil && !errors.As(err, &p) {
		return []string{"no problem but " + err.Error()}
	}
	return slices.Sorted(maps.Keys(p))
}

// spoken fails where a problem is not a Chinese sentence that tells what to do.
func spoken(t *testing.T, err error) {
	t.Helper()
	var p problem.Problems
	errors.As(err, &p)
	for field, why := range p {
		if !strings.ContainsFunc(why, func(r rune) bool { return r >= '一' && r <= '龥' }) || strings.HasSuffix(why, "，") {
			t.Errorf("%s: %q helps nobody", field, why)
		}
	}
}
