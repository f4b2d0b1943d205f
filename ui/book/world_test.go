package book

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
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

// world is one computer with matters, and what was said and printed on it.
type world struct {
	desk          *desk.Desk
	ledger        *ledger.Ledger
	set           *settings.Settings
	host          kit.Host
	now           time.Time
	said, printed []string
	asked         []string
	office        *office.Office
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
	s.Unit = w.set.Unit
	w.desk = &desk.Desk{Store: s, Settings: w.set, Calendar: workday.Official(), Profile: profile.Default(), Now: clock}
	w.office = &office.Office{Store: s, Settings: w.set, Calendar: workday.Official(), Profile: profile.Default(), Now: clock}
	w.ledger = &ledger.Ledger{Store: s, Index: x, Calendar: workday.Official(), Unit: w.set.Unit, Now: clock}
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return nil }, Go: func(string) {},
		Explain: error.Error, Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	today := w.now
	for i := range matters {
		w.now = today.AddDate(0, 0, (i-matters)/3-1)
		d := desk.Draft{Name: []string{"王𠅤亮", "欧阳敏", "李" + strings.Repeat("阿", 59)}[i%3], Phone: fmt.Sprintf("1381234%04d", i),
			Title: []string{"七巷雨水倒灌", "留义新苑二百八十多户居民至今没有通天然气盼望早日接通减免费", "办一次书法绘画展"}[i%3],
			Words: strings.Repeat("我们七巷里近几年一直雨水倒灌，排水不畅，一下雨院子里就是二三十公分的污泥。", 1+i%5), Category: "0203", Purpose: "help",
			Sex: "male", AgeBand: "60-79", Place: "袁家庄社区七巷", Address: "凤山街道袁家庄社区七巷3号", Deputies: []string{"李慧敏（市人大代表）", "王建国（区人大代表）"},
			Mode: "department", Proposal: "请住建部门踏勘，疏通并加装排水管道。", Confidential: i%4 == 1, Urgency: []string{"normal", "urgent"}[i%2]}
		if i%7 == 3 {
			d.Name, d.Phone, d.OnSpot, d.OnSpotAnswer = "", "", "answered", "文化站的展厅可以免费使用。"
		}
		if i%5 == 4 {
			d.Station = "141102002006"
		}
		m, err := w.desk.Receive(ctx, someone, d)
		if err != nil {
			t.Fatal(err)
		}
		if i >= matters-2 {
			w.now = w.now.Add(20 * time.Minute)
			if _, err := w.desk.Correct(ctx, someone, m.ID, map[string]json.RawMessage{"place": json.RawMessage(`"七巷口"`), "address": json.RawMessage(`"七巷4号"`)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.now = today
	if _, err := w.ledger.Fill(ctx); err != nil {
		t.Fatal(err)
	}
	w.set.Role = journal.Level(role)
	return w
}

// actions does what the window would do.
func (w *world) actions() Actions {
	return Actions{
		Acts: w.office.Acts, Papers: paper.For, Letter: profile.Default().Letter, Steps: profile.Default().Steps,
		Ask: func(do string, vs []ledger.View, done func([]office.Outcome)) {
			w.asked = append(w.asked, do)
			done(w.office.Each(context.Background(), someone, []string{vs[0].ID}, office.Order{Do: do}, nil))
		},
		Print: func(kind string, vs []ledger.View) { w.printed = append(w.printed, kind+" "+vs[0].Number) },
		Correct: func(v ledger.View, changes map[string]json.RawMessage, done func(error)) {
			_, err := w.desk.Correct(context.Background(), someone, v.ID, changes)
			done(err)
		},
		Void: func(v ledger.View, reason string, done func(error)) {
			_, err := w.desk.Void(context.Background(), someone, v.ID, reason)
			done(err)
		},
	}
}
