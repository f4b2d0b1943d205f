package today

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/search"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

// world is one computer with matters, and what was said and where it went.
type world struct {
	desk       *desk.Desk
	ledger     *ledger.Ledger
	set        *settings.Settings
	host       kit.Host
	now        time.Time
	said, gone []string
}

func newWorld(t testing.TB, role string, matters int) *world {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	s, err := store.Create(ctx, store.Options{Path: filepath.Join(dir, "lianluo.db"), Backups: filepath.Join(dir, "backups"), Kinds: []thing.Kind{matter.Kind}})
	if err != nil {
		t.Fatal(err)
	}
	x, err := search.Open(filepath.Join(dir, "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close(); s.Close() })
	w := &world{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	clock := func() time.Time { return w.now }
	w.set = &settings.Settings{Role: journal.Station, Unit: "141102002003D1-A", Clerk: "赵晖"}
	w.desk = &desk.Desk{Store: s, Settings: w.set, Calendar: workday.Official(), Profile: profile.Default(), Now: clock}
	w.ledger = &ledger.Ledger{Store: s, Index: x, Calendar: workday.Official(), Unit: w.set.Unit, Now: clock}
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return nil }, Go: func(page string) { w.gone = append(w.gone, page) },
		Explain: error.Error, Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	today := w.now
	for i := range matters {
		w.now = today.AddDate(0, 0, (i-matters)/3-1)
		if _, err := w.desk.Receive(ctx, someone, desk.Draft{Name: []string{"王𠅤亮", "欧阳敏", "李" + strings.Repeat("阿", 59)}[i%3],
			Title: []string{"七巷雨水倒灌", "留义新苑二百八十多户居民至今没有通天然气盼望早日接通减免费"}[i%2]}); err != nil {
			t.Fatal(err)
		}
	}
	w.now = today
	if _, err := w.ledger.Fill(ctx); err != nil {
		t.Fatal(err)
	}
	w.set.Role = journal.Level(role)
	return w
}
