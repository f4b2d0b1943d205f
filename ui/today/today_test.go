package today

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/agenda"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

func open(t *testing.T, p *Page) fyne.Canvas {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	win := test.NewTempWindow(t, p.Object())
	win.Resize(fyne.NewSize(1186, 700))
	p.Shown()
	return win.Canvas()
}

// read gives all that can be read in an object, and the buttons in it by their words.
func read(o fyne.CanvasObject, buttons map[string]*kit.Button) string {
	if !o.Visible() {
		return ""
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return o.Text + "\n"
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		if b, ok := o.(*kit.Button); ok {
			buttons[b.Text] = b
		}
		parts = test.WidgetRenderer(o).Objects()
	}
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(read(part, buttons))
	}
	return b.String()
}

func TestAnEmptyDay(t *testing.T) {
	w := newWorld(t, "station", 0)
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return Waiting{}, nil })
	open(t, p)
	buttons := map[string]*kit.Button{}
	if text := read(p.Object(), buttons); !strings.Contains(text, "写到一半可以停") || strings.Contains(text, "练习") ||
		len(buttons) != 1 {
		t.Errorf("%d buttons, %s", len(buttons), text)
	}
	buttons["登记来访　F2"].OnTapped()
	if !slices.Equal(w.gone, []string{"reception"}) {
		t.Errorf("gone to %v", w.gone)
	}
}

// What the calendar wants stands on cards: tonight leads to its page, what is not announced to the month.
func TestWhatTheCalendarWants(t *testing.T) {
	w := newWorld(t, "station", 0)
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return Waiting{}, nil })
	p.Coming = func(context.Context) (agenda.Coming, error) {
		return agenda.Coming{Tonight: []session.Session{{Facts: session.Facts{Kind: "reception", From: "19:30", Topic: "冬季供暖"},
			Called: []session.Called{{Name: "李慧敏"}}}}, Late: 2, Due: 1, Silent: []string{"王建国"},
			Wanting: []string{"2027-01-11 王明这一天请假，可以换成李慧敏（今年还没有）", "x"}}, nil
	}
	open(t, p)
	buttons := map[string]*kit.Button{}
	text := read(p.Object(), buttons)
	for _, want := range []string{"今天 19:30 冬季供暖", "李慧敏", "2 场没有按时公告", "1 场明天前要公告", "1 位代表还没答复来不来", "王建国", "2 处安排要换人", "2027-01-11 王明这一天请"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on %s", want, text)
		}
	}
	buttons["今晚接待"].OnTapped()
	buttons["去公告"].OnTapped()
	if !slices.Equal(w.gone, []string{"evening", "agenda"}) {
		t.Errorf("gone to %v", w.gone)
	}
}

// A recovery sheet that is wanting is asked for, in the last place, and hides nothing of what else there is to say.
func TestSheetIsAskedFor(t *testing.T) {
	w := newWorld(t, "station", 0)
	waits := Waiting{Sheet: "还没有恢复单", SheetNote: "电脑坏了，保密的内容就找不回来了"}
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return waits, nil })
	open(t, p)
	buttons := map[string]*kit.Button{}
	text := read(p.Object(), buttons)
	if !strings.Contains(text, "这里还没有登记过事项") || !strings.Contains(text, waits.SheetNote) {
		t.Error(text)
	}
	buttons["恢复单…"].OnTapped()
	if !slices.Equal(w.gone, []string{"sheet"}) {
		t.Errorf("gone to %v", w.gone)
	}
	waits = Waiting{}
	p.Shown()
	if text := read(p.Object(), map[string]*kit.Button{}); strings.Contains(text, "恢复单") {
		t.Error("it is asked for after it was made")
	}
}

// No card leads to a page that who sits here has not, and the button that begins a visit goes with its page.
func TestCardsOfPagesThatOneHas(t *testing.T) {
	w := newWorld(t, "station", 0)
	waits := Waiting{Overdue: 2, Unsent: 5}
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return waits, nil })
	p.Has = func(page string) bool { return page == "book" }
	open(t, p)
	text := read(p.Object(), map[string]*kit.Button{})
	if !strings.Contains(text, "2 件已超期") || strings.Contains(text, "没有确认收到") || p.begin.Visible() {
		t.Error(text)
	}
}

func TestWhatWaits(t *testing.T) {
	w := newWorld(t, "station", 12)
	if err := w.Desk.Keep(context.Background(), desk.Draft{Title: "七巷"}); err != nil {
		t.Fatal(err)
	}
	waits := Waiting{Soon: 2, Unsent: 5}
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return waits, nil })
	pressing := 0
	p.Pressing = func() { pressing++ }
	c := open(t, p)
	buttons := map[string]*kit.Button{}
	text := read(p.Object(), buttons)
	for _, want := range []string{"上次没写完的登记", "七巷", "2 件快到期", "还没有确认收到 5 条", "王**"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not said", want)
		}
	}
	if strings.Contains(text, "超期") || strings.Contains(text, "王𠅤亮") {
		t.Error("says more than there is")
	}
	buttons["接着写"].OnTapped()
	buttons["去看看"].OnTapped()
	buttons["去报送"].OnTapped()
	if !slices.Equal(w.gone, []string{"reception", "exchange"}) || pressing != 1 {
		t.Errorf("gone to %v, %d", w.gone, pressing)
	}

	var opened []string
	p.Open = func(v ledger.View) { opened = append(opened, v.Number) }
	p.table.Focus()
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown} {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
	first := p.cards.Objects[0]
	p.Shown() // nothing changed: the same cards, the same row
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if rows := p.table.Rows(); len(rows) != 10 || !slices.Equal(opened, []string{rows[1].Number}) ||
		p.cards.Objects[0] != first {
		t.Errorf("%d rows, opened %v", len(rows), opened)
	}
	waits.Overdue = 3
	p.Shown()
	if text := read(p.Object(), buttons); !strings.Contains(text, "3 件已超期") {
		t.Error("what is overdue now is not said")
	}
	waits.Apart = "还没有接上县里"
	p.Shown()
	if text := read(p.Object(), buttons); !strings.Contains(text, waits.Apart) || !strings.Contains(text,
		"5 条记录都存在本机") || strings.Contains(text, "U盘") {
		t.Errorf("who is not accepted yet is told %s", text)
	}
}

func TestOffice(t *testing.T) {
	w := newWorld(t, "county", 3)
	p := NewOffice(w.host, w.Ledger, func(context.Context) (Arrivals, error) { return Arrivals{31, 12, 4, 2}, nil })
	open(t, p)
	text := read(p.Object(), map[string]*kit.Button{})
	if !strings.Contains(text, "最近七天群众反映 31 件") || !strings.Contains(text, "12 个单位有消息") || !strings.Contains(text,
		"4 个单位很久没有消息") || strings.Contains(text, "登记来访") {
		t.Error(text)
	}
	if w.gone = nil; !strings.Contains(text, "站点新登记的 2 人待确认") {
		t.Errorf("nobody hears of whom stations added: %s", text)
	}
	shown := 0
	p.Waiting = func() { shown++ }
	buttons := map[string]*kit.Button{}
	read(p.Object(), buttons)
	if b := buttons["去确认"]; b == nil {
		t.Error("and nothing leads there")
	} else if b.OnTapped(); shown != 1 {
		t.Error("the roster is not shown")
	}
}

// After another page the list begins with what came in meanwhile; while the page is looked at nothing in it moves.
func TestTheNewestAreOnTopAgain(t *testing.T) {
	w := newWorld(t, "station", 12)
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return Waiting{}, nil })
	open(t, p)
	p.table.Choose(1)
	come := func() string {
		t.Helper()
		var number string
		for range 5 {
			m, err := w.Desk.Receive(context.Background(), someone, desk.Draft{Name: "欧阳敏", Title: "路灯不亮"})
			if err != nil {
				t.Fatal(err)
			}
			number = m.Number
		}
		p.Shown()
		return number
	}
	sees := func(number string) bool {
		return strings.Contains(read(p.Object(), map[string]*kit.Button{}), number)
	}
	if number := come(); sees(number) {
		t.Error("the list moves while it is looked at")
	}
	p.Left()
	if number := come(); !sees(number) {
		t.Errorf("%s, the newest, is out of sight", number)
	}
	if v, chosen := p.table.Chosen(); chosen {
		t.Errorf("%s is chosen by nobody", v.Number)
	}
}

// What is near its end among suggestions stands on a card of its own, the nearest first, however much else waits; it leads there.
func TestTermsOfSuggestions(t *testing.T) {
	for _, role := range []string{"station", "county"} {
		w := newWorld(t, role, 0)
		p := NewOffice(w.host, w.Ledger, func(context.Context) (Arrivals, error) { return Arrivals{}, nil })
		if role == "station" {
			p = New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return Waiting{}, nil })
		}
		var gone []string
		p.Proposals = func(basket string) { gone = append(gone, basket) }
		p.Docket = func(context.Context) (bs []docket.Basket, err error) {
			for i, b := range [][2]string{{"half", "过半"}, {"soon", "快到期"}, {"ten", "十天内到期"}, {"untold", "群众未告知"}, {"register", "待登记"}, {"assign", "待交办"}, {"sign", "待签收"},
				{"unreviewed", "未核定"}, {"unrated", "未评价"}} {
				bs = append(bs, docket.Basket{Code: b[0], Name: b[1], What: b[1], Count: 9 - i})
			}
			return bs, nil
		}
		open(t, p)
		buttons := map[string]*kit.Button{}
		if text := read(p.Object(), buttons); !strings.Contains(text, "代表建议：十天内到期 7、快到期 8、过半 9") || !strings.Contains(text, "代表建议：群众未告知 6、") {
			t.Errorf("%s: %s", role, text)
		}
		if buttons["去看看"].OnTapped(); !slices.Equal(gone, []string{"untold"}) {
			t.Errorf("%s: it leads to %v", role, gone)
		}
	}
}

// A round of visits that is known too long is told where no matter is, and goes with the button.
func TestRoundsPastRetention(t *testing.T) {
	w := newWorld(t, "station", 0)
	rounds := []session.Session{{Facts: session.Facts{Kind: "visit", Day: "2024-11-21", Topic: "入户走访"}}}
	var p *Page
	w.host.Canvas = func() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(p.Object()) }
	p = New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return Waiting{}, nil })
	p.Rounds = func(context.Context) ([]session.Session, error) { return rounds, nil }
	p.Redact = func(context.Context) (int, error) { rounds = nil; return 1, nil }
	open(t, p)
	buttons := map[string]*kit.Button{}
	if text := read(p.Object(), buttons); !strings.Contains(text, "1 件过了保存期") {
		t.Fatal(text)
	}
	buttons["核对后隐去"].OnTapped()
	if text := read(w.host.Canvas().Overlays().Top(), buttons); !strings.Contains(text, "2024-11-21　走访　入户走访") ||
		!strings.Contains(text, "标题里写着姓名") {
		t.Error(text)
	}
	buttons["全部隐去"].OnTapped()
	if text := read(p.Object(), map[string]*kit.Button{}); strings.Contains(text, "保存期") ||
		!slices.Contains(w.said, "1 件已隐去，报送以后各级也隐去。") {
		t.Error(text, w.said)
	}
}
