package figures

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/report"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

var ctx = context.Background()

// world is one computer with numbers, the page on it, and what it said and opened.
type world struct {
	*apptest.Seat
	*Page
	above   *apptest.Seat // the city over it
	host    kit.Host
	win     kittest.Window
	said    []string
	opened  []string
	printed []report.Ask
	given   *report.Report // of what was printed or kept last
	saved   []string
}

// played is a county with two stations under it that worked for some weeks.
func played(t *testing.T) (county *world, stations []*apptest.Seat) {
	t.Helper()
	w := apptest.New(t) // pages are shown by one test at a time
	city, o := w.SetUp("city", apptest.City), w.SetUp("county", apptest.County)
	town, point := w.SetUp("station", apptest.Fengshan), w.Under("station", apptest.Yuanjia, apptest.Fengshan)
	w.Enrol(o, city)
	w.Enrol(town, o)
	w.Enrol(point, town)
	dice := rand.New(rand.NewPCG(3, 4))
	all := []*apptest.Seat{point, town, o, city}
	var ms []matter.Matter
	w.Now = time.Date(2026, 10, 12, 9, 0, 0, 0, w.Now.Location())
	for i := range 22 {
		d := desk.Draft{Title: fmt.Sprintf("第%d件事", i+1), Words: "请办一办。", Category: []string{"0203", "0101", "1107"}[dice.IntN(3)], People: 1 + dice.IntN(3)}
		if dice.IntN(5) == 0 {
			d.OnSpot, d.OnSpotAnswer = "answered", "当场说清楚了"
		}
		ms = append(ms, all[dice.IntN(2)].Receive(d))
		if w.Later(40 * time.Hour); i%4 == 3 {
			w.Settle(all...)
		}
		for range 14 {
			m := ms[dice.IntN(len(ms))]
			_, _ = all[dice.IntN(4)].Try(m, []string{`{"do":"collate","mode":"department"}`, `{"do":"assign","to":["水利局"]}`, `{"do":"sign"}`,
				`{"do":"return","note":"不归我们管"}`, `{"do":"answer","class":1,"answer":"通了"}`, `{"do":"inform","way":"visit"}`,
				`{"do":"rate","attitude":"satisfied","result":"basically"}`, `{"do":"rate","attitude":"satisfied","result":"unsatisfied","note":"没有通"}`,
				`{"do":"merge","into":"` + ms[0].Number + `"}`}[dice.IntN(9)])
			w.Later(20 * time.Minute)
		}
	}
	w.Settle(all...)
	return &world{Seat: o, above: city}, all[:2]
}

// show puts the page into a window.
func (w *world) show(t testing.TB, size fyne.Size, text float32) *world {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(os.Getenv("LOOK"), text))
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	w.host.Canvas = func() fyne.Canvas {
		if w.win.Window == nil {
			return nil
		}
		return w.win.Canvas()
	}
	w.win = kittest.Window{}
	w.Page = New(w.host, w.Report, w.Ledger, Actions{Matter: func(v ledger.View) { w.opened = append(w.opened, v.Number) },
		Session: func(id string) { w.opened = append(w.opened, id) },
		Named:   func(id string) { w.opened = append(w.opened, id) }, Brief: w.Brief,
		Print: func(a report.Ask, given *report.Report) {
			w.printed = append(w.printed, a)
			w.given = given
		},
		Save: func(a report.Ask, given *report.Report, as string) {
			w.saved = append(w.saved, a.Kind.Code+" "+as)
			w.given = given
		},
		Issue: func(ctx context.Context, a report.Ask) (report.Report, error) {
			return w.Report.Issue(ctx, w.Clerk(), a)
		},
		Unit: func(code string) { w.opened = append(w.opened, code) }})
	w.win = kittest.Open(t, w.Object(), size)
	kit.Keys = w.Keys()
	w.Shown()
	return w
}

// usual is the room that a window on an old screen leaves to a page.
var usual = fyne.NewSize(1180, 690)

// says fails where some words cannot be read.
func (w *world) says(t testing.TB, wanted ...string) {
	t.Helper()
	said := w.win.Words()
	for _, want := range wanted {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
}

// lines are the rows of the table as they read.
func (w *world) lines() (list []string) {
	for i := range len(w.got.rows()) + w.got.sums() {
		row := w.got.row(i)
		list = append(list, strings.Join(row.Labels, " ")+" "+strings.Join(row.Cells, " "))
	}
	return list
}
