package today

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

// world is one computer with matters, and what was said and where it went.
type world struct {
	*apptest.Seat
	host       kit.Host
	said, gone []string
}

func newWorld(t testing.TB, role string, matters int) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{Seat: apptest.Alone(t, "station", apptest.Yuanjia)}
	w.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return nil },
		Go:      func(page string) { w.gone = append(w.gone, page) },
		Explain: error.Error, Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	today := w.World.Now
	for i := range matters {
		w.World.Now = today.AddDate(0, 0, (i-matters)/3-1)
		if _, err := w.Desk.Receive(ctx, someone,
			desk.Draft{Name: []string{"王𠅤亮", "欧阳敏", "李" + strings.Repeat("阿", 59)}[i%3],
				Title: []string{"七巷雨水倒灌", "留义新苑二百八十多户居民至今没有通天然气盼望早日接通减免费"}[i%2]}); err != nil {
			t.Fatal(err)
		}
	}
	w.World.Now = today
	if _, err := w.Ledger.Fill(ctx); err != nil {
		t.Fatal(err)
	}
	w.Settings.Role = journal.Level(role)
	return w
}
