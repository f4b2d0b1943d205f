package tray

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "任晓"}

const (
	point  = "141102002003D1-A"
	county = "141102000000"
)

var ctx = context.Background()

// world is a county's computer with matters that a point sent up.
type world struct {
	*Page
	t       *testing.T
	canvas  fyne.Canvas
	office  *office.Office
	roster  *roster.Roster
	orders  map[string]office.Order // what is answered on a sheet
	printed []string
	opened  int
	said    []string
}

func open(t *testing.T, matters int) *world {
	t.Helper()
	seat := apptest.Alone(t, "county", county)
	seat.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w := &world{t: t, office: seat.Office, roster: seat.Roster, orders: map[string]office.Order{"assign": {To: []string{"区住建局"}},
		"answer": {Class: 1, Answer: "好了"}}}
	below := seat.As(point)
	table := *seat.Desk
	table.Settings = below.Settings
	for i := range matters {
		m, err := table.Receive(ctx, someone, desk.Draft{Title: fmt.Sprintf("第%d件", i)})
		if err != nil {
			t.Fatal(err)
		}
		for _, do := range []string{"collate", "escalate"} {
			if _, err := below.Do(ctx, someone, m.ID, office.Order{Do: do}); err != nil {
				t.Fatal(err)
			}
		}
	}
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	h := kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return w.canvas }, Go: func(string) {},
		Explain: error.Error,
		Say:     func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	w.Page = New(h, seat.Ledger,
		w.office, Actions{
			Ask: func(do string, vs []ledger.View, done func([]office.Outcome)) {
				do, mode, _ := strings.Cut(do, " ")
				order := w.orders[do]
				order.Do, order.Mode = do, mode
				var ids []string
				for _, v := range vs {
					ids = append(ids, v.ID)
				}
				done(w.office.Each(ctx, someone, ids, order, nil))
			},
			Open:   func(ledger.View) { w.opened++ },
			Print:  func(kind string, vs []ledger.View) { w.printed = append(w.printed, fmt.Sprint(kind, len(vs))) },
			Silent: func(context.Context) ([]string, error) { return []string{"甲站", "乙站"}, nil },
		})
	win := test.NewTempWindow(t, w.Object())
	win.Resize(fyne.NewSize(1186, 700))
	w.canvas = win.Canvas()
	kit.Keys = w.Keys()
	t.Cleanup(func() { kit.Keys = map[kit.Key]func(){} })
	w.Shown()
	w.Start()
	return w
}

// press presses keys where the focus is; letters and digits are words.
func (w *world) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		if do, ok := kit.Keys[kit.Key{Name: k}]; ok {
			do()
		} else {
			w.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
}

// counts are the numbers on the tabs.
func (w *world) tab(name string) string {
	for _, o := range w.tabs.Options() {
		if strings.HasPrefix(o.Text, name) {
			return strings.TrimSpace(strings.TrimPrefix(o.Text, name))
		}
	}
	return "?"
}

// One key a decision, and on to the next: three matters are assigned, signed for and answered without touching anything
// else.
func TestOneKeyADecision(t *testing.T) {
	w := open(t, 3)
	if w.basket != "new" || w.tab("新来的") != "3" || len(w.table.Rows()) != 3 {
		t.Fatalf("basket %s, %s new", w.basket, w.tab("新来的"))
	}
	w.press(fyne.Key3, fyne.KeyD, fyne.Key3)
	if w.tab("新来的") != "" || w.tab("等着签收") != "3" {
		t.Errorf("%s new, %s to be signed for", w.tab("新来的"), w.tab("等着签收"))
	}
	w.Basket("sign")
	w.press(fyne.KeyP, fyne.KeyG, fyne.KeyG, fyne.KeyG)
	w.Basket("handled")
	w.press(fyne.KeyA, fyne.KeyA)
	if w.tab("正在办理") != "1" || fmt.Sprint(w.printed) != "[assignment1]" {
		t.Errorf("%s are handled, printed %v", w.tab("正在办理"), w.printed)
	}
	if w.press(fyne.KeyG); len(w.said) == 0 || !strings.Contains(w.said[len(w.said)-1], "不能“签收”") {
		t.Errorf("said %q", w.said)
	}
}

// Marked ones go together, and the buttons say how many; what not all of them may do is not offered.
func TestMarkedOnesGoTogether(t *testing.T) {
	w := open(t, 4)
	w.press(fyne.KeySpace)
	w.table.Choose(2)
	w.press(fyne.KeySpace)
	if text := w.buttons[2].Text; !strings.Contains(text, "2 件") || w.table.Cell(2, 0) != "✓" {
		t.Errorf("the button says %s", text)
	}
	if !w.Back() || w.Back() {
		t.Error("Esc does not take the marks away once")
	}
	kit.Keys[kit.Key{Name: fyne.KeyA, Ctrl: true}]()
	w.press(fyne.Key3)
	if w.tab("等着签收") != "4" {
		t.Errorf("%s are assigned", w.tab("等着签收"))
	}
	w.Basket("sign")
	kit.Keys[kit.Key{Name: fyne.KeyA, Ctrl: true}]()
	w.press(fyne.KeyU)
	if m := w.table.Rows()[0]; m.Urged != 1 {
		t.Errorf("urged %d times", m.Urged)
	}
	for i, d := range decisions {
		shown := false
		for _, o := range w.bar.Objects {
			shown = shown || o == fyne.CanvasObject(w.buttons[i])
		}
		if shown != w.lit(d, w.with()) {
			t.Errorf("%s is offered: %v", d.word, shown)
		}
	}
	if s := w.silent.Said(); !strings.Contains(s, "2 个站") || !strings.Contains(s, "甲站") {
		t.Errorf("silent: %q", s)
	}
}

// A thousand rows are there at once, and an empty basket says so.
func TestManyAndNone(t *testing.T) {
	w := open(t, 300)
	if len(w.table.Rows()) != 300 {
		t.Errorf("%d rows", len(w.table.Rows()))
	}
	w.press(fyne.KeyRight)
	if w.basket != "returned" || len(w.table.Rows()) != 0 {
		t.Errorf("%s with %d rows", w.basket, len(w.table.Rows()))
	}
	w.press(fyne.Key3, fyne.KeySpace, fyne.KeyLeft)
	if w.basket != "new" {
		t.Errorf("back in %s", w.basket)
	}
}

// What is said of silent stations follows a round of exchange without moving the list; turned to again the page says
// nothing where all were heard of.
func TestSilentStationsThatWereHeardOf(t *testing.T) {
	w := open(t, 1)
	w.actions.Silent = func(context.Context) ([]string, error) { return []string{"乙站（16 天）"}, nil }
	height := w.top.MinSize().Height
	if w.Shown(); w.silent.Said() != "1 个站超过 10 天没有消息：乙站（16 天）" {
		t.Errorf("one was heard of, it says %q", w.silent.Said())
	}
	w.actions.Silent = func(context.Context) ([]string, error) { return nil, nil }
	if w.Shown(); w.silent.Said() != "各站最近都有消息。" || w.top.MinSize().Height != height {
		t.Errorf("all were heard of, it says %q and moves the list by %v", w.silent.Said(),
			w.top.MinSize().Height-height)
	}
	w.Left()
	if w.Shown(); w.silent.Said() != "" {
		t.Errorf("turned to again it says %q", w.silent.Said())
	}
}
