package book

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/profile"
	"lianluo.local/ui/kit"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

// world is one computer with matters, and what was said and printed on it.
type world struct {
	*apptest.Seat
	host          kit.Host
	said, printed []string
	asked         []string
}

func newWorld(t testing.TB, role string, matters int) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{Seat: apptest.Alone(t, "station", apptest.Yuanjia)}
	w.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return nil }, Go: func(string) {},
		Explain: error.Error, Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	today := w.World.Now
	for i := range matters {
		w.World.Now = today.AddDate(0, 0, (i-matters)/3-1)
		d := desk.Draft{Name: []string{"王𠅤亮", "欧阳敏", "李" + strings.Repeat("阿", 59)}[i%3],
			Phone: fmt.Sprintf("1381234%04d", i),
			Title: []string{"七巷雨水倒灌", "留义新苑二百八十多户居民至今没有通天然气盼望早日接通减免费", "办一次书法绘画展"}[i%3],
			Words: strings.Repeat("我们七巷里近几年一直雨水倒灌，排水不畅，一下雨院子里就是二三十公分的污泥。", 1+i%5), Category: "0203", Purpose: "help",
			Sex: "male", AgeBand: "60-79", Place: "袁家庄社区七巷", Address: "凤山街道袁家庄社区七巷3号",
			Deputies: []string{"李慧敏（市人大代表）", "王建国（区人大代表）"},
			Mode:     "department", Proposal: "请住建部门踏勘，疏通并加装排水管道。", Confidential: i%4 == 1, Urgency: []string{"normal",
				"urgent"}[i%2]}
		if i%7 == 3 {
			d.Name, d.Phone, d.OnSpot, d.OnSpotAnswer = "", "", "answered", "文化站的展厅可以免费使用。"
		}
		if i%5 == 4 {
			d.Station = "141102002006"
		}
		m, err := w.Desk.Receive(ctx, someone, d)
		if err != nil {
			t.Fatal(err)
		}
		if i >= matters-2 {
			w.World.Now = w.World.Now.Add(20 * time.Minute)
			if _, err := w.Desk.Correct(ctx, someone, m.ID,
				map[string]json.RawMessage{"place": json.RawMessage(`"七巷口"`),
					"address": json.RawMessage(`"七巷4号"`)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.World.Now = today
	if _, err := w.Ledger.Fill(ctx); err != nil {
		t.Fatal(err)
	}
	w.Settings.Role = journal.Level(role)
	return w
}

// actions does what the window would do.
func (w *world) actions() Actions {
	return Actions{Reveal: w.Reveal,
		Acts: w.Office.Acts, Papers: paper.For, Letter: profile.Default().Letter, Steps: profile.Default().Steps,
		Ask: func(do string, vs []ledger.View, done func([]office.Outcome)) {
			w.asked = append(w.asked, do)
			done(w.Office.Each(context.Background(), someone, []string{vs[0].ID}, office.Order{Do: do}, nil))
		},
		Print: func(kind string, vs []ledger.View) { w.printed = append(w.printed, kind+" "+vs[0].Number) },
		Correct: func(v ledger.View, changes map[string]json.RawMessage, done func(error)) {
			_, err := w.Desk.Correct(context.Background(), someone, v.ID, changes)
			done(err)
		},
		Void: func(v ledger.View, reason string, done func(error)) {
			_, err := w.Desk.Void(context.Background(), someone, v.ID, reason)
			done(err)
		},
	}
}
