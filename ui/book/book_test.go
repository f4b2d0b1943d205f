package book

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

// show puts the page of a world into a window.
func open(t *testing.T, w *world) (*Page, fyne.Canvas) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	p := New(w.host, w.Ledger, w.Settings.Role, w.actions())
	win := test.NewTempWindow(t, p.Object())
	win.Resize(fyne.NewSize(1186, 700))
	p.host.Canvas = win.Canvas
	p.Shown()
	return p, win.Canvas()
}

func press(c fyne.Canvas, keys ...fyne.KeyName) {
	for _, k := range keys {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestListAndSearch(t *testing.T) {
	w := newWorld(t, "station", 60)
	p, c := open(t, w)
	if n := len(p.table.Rows()); n != step || !p.further.Visible() {
		t.Fatalf("%d rows at first", n)
	}
	if got := []string{p.table.Cell(1, 1), p.table.Cell(1, 2), p.table.Cell(1, 3), p.table.Cell(2, 3),
		p.table.Cell(1, 4), p.table.Cell(1, 5)}; !slices.Equal(got,
		[]string{"11月22日", "欧阳**", "留义新苑二百八十多户居民至今没有通天然气盼望早日接通减免费", "保密事项", "已登记", "绿　剩 4"}) {
		t.Errorf("%q", got)
	}
	p.table.Choose(30)
	p.ask(len(p.table.Rows()) + step)
	if v, _ := p.table.Chosen(); len(p.table.Rows()) != 60 || p.further.Visible() || v.ID != p.table.Rows()[30].ID {
		t.Errorf("%d rows after all, %s chosen", len(p.table.Rows()), v.Number)
	}
	p.FocusSearch()
	test.Type(c.Focused(), "天然气")
	if n := len(p.table.Rows()); n != 20 {
		t.Errorf("%d rows with 天然气", n)
	}
	p.state.TypedRune('3')
	for _, v := range p.table.Rows() {
		if !v.Overdue && !v.Soon() {
			t.Errorf("%s is not pressing: %s", v.Number, v.Status())
		}
	}
	p.search.SetText("这里没有的字")
	if len(p.table.Rows()) != 0 || !strings.Contains(kittest.Seen(p.table.Container), "没有找到") {
		t.Error("nothing found is not said")
	}
	p.search.SetText("")
	p.state.TypedRune('3') // once more: all of them again
	if len(p.table.Rows()) != step || p.state.One() != "" {
		t.Errorf("%d rows of all", len(p.table.Rows()))
	}
	p.Pressing()
	if len(p.table.Rows()) == 0 || p.state.One() != "late" {
		t.Error("nothing is pressing")
	}
}

func TestSearchFindsWhatAnotherProcessRegistered(t *testing.T) {
	w := newWorld(t, "station", 1)
	m, err := w.Desk.Receive(context.Background(), someone, desk.Draft{Name: "王建", Title: "井盖破了", Words: "南街的井盖破了。"})
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"井盖", m.Number[len(m.Number)-6:], "jgpl"} {
		if found, err := w.Ledger.Page(context.Background(), ledger.Query{Text: words}); err != nil ||
			len(found.Matters) == 0 || found.Matters[0].Number != m.Number {
			t.Errorf("%s finds %d, %v", words, len(found.Matters), err)
		}
	}
	if like, err := w.Ledger.Similar(context.Background(), "井盖破", 3); err != nil || len(like) != 1 {
		t.Errorf("%d are similar, %v", len(like), err)
	}
}

func TestOpenByKeyboardAndBack(t *testing.T) {
	w := newWorld(t, "station", 11)
	p, c := open(t, w)
	p.FocusSearch()
	press(c, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	v := p.table.Rows()[1]
	if p.matter == nil || p.matter.ID != v.ID || p.list.Visible() || p.object.Objects[1] != p.matter.object {
		t.Fatal("Down, Down, Enter does not open the second")
	}
	text := kittest.Seen(p.Object())
	for _, hidden := range []string{v.Name, v.Phone, v.Address} {
		if strings.Contains(text, hidden) {
			t.Errorf("%s can be read", hidden)
		}
	}
	for _, shown := range []string{v.Number, v.Title, mask.Name(v.Name), mask.Phone(v.Phone), "本站 赵晖", v.Days(),
		"李慧敏"} {
		if !strings.Contains(text, shown) {
			t.Errorf("%s cannot be read", shown)
		}
	}
	p.matter.reveal.OnTapped()
	if text := kittest.Seen(p.Object()); !strings.Contains(text, v.Name) || !strings.Contains(text, v.Phone) ||
		!strings.Contains(text, v.Address) {
		t.Error("not all is shown")
	}
	p.Print()
	press(c, fyne.KeyReturn) // the likely paper
	p.matter.sheet.Close()
	press(c, fyne.KeyTab)
	p.Shown()
	if !p.matter.bare {
		t.Error("asked again, the same matter is covered again")
	}
	if !p.Back() || p.Back() || !p.list.Visible() || len(p.object.Objects) != 1 {
		t.Error("Back does not go back once")
	}
	press(c, fyne.KeyReturn)
	if p.matter == nil || p.matter.ID != v.ID || p.matter.bare {
		t.Error("the row is not chosen still, or not covered anew")
	}
	p.Open(p.table.Rows()[0])
	if len(p.object.Objects) != 2 {
		t.Error("two matters at once")
	}
	if !slices.Equal(w.printed, []string{"receipt " + v.Number}) {
		t.Errorf("printed %v", w.printed)
	}
	p.Back()
	if p.Print(); len(w.printed) != 1 || !strings.Contains(w.said[len(w.said)-1], "先打开") {
		t.Errorf("printed %v, said %q", w.printed, w.said)
	}
}

func TestClickOpensEachTime(t *testing.T) {
	w := newWorld(t, "station", 5)
	p, c := open(t, w)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.table.Container).AddXY(200, 75)
	for range 2 {
		test.TapCanvas(c, at)
		if p.matter == nil || p.matter.ID != p.table.Rows()[0].ID {
			t.Fatal("a click does not open")
		}
		p.Back()
	}
}

func TestCorrectAndVoid(t *testing.T) {
	w := newWorld(t, "station", 3)
	p, c := open(t, w)
	p.Open(p.table.Rows()[0])
	press(c, fyne.KeyTab)
	p.correct()
	which := c.Focused().(*kit.Chips)
	field := func() *kit.Entry { c.FocusNext(); return c.Focused().(*kit.Entry) }
	which.TypedRune('2') // 电话
	e := field()
	if e.Text != p.matter.Phone {
		t.Errorf("%q stands in the field", e.Text)
	}
	e.SetText("12")
	c.FocusNext()
	c.FocusNext()
	press(c, fyne.KeyReturn)
	if p.matter.sheet == nil || !strings.Contains(kittest.Seen(c.Overlays().Top()), "位数不对") {
		t.Error("a wrong phone is not told")
	}
	e.SetText("13900001111")
	press(c, fyne.KeyReturn)
	if c.Overlays().Top() != nil || p.matter.Phone != "13900001111" || w.said[len(w.said)-1][:9] != "已更正" {
		t.Errorf("%q, said %q", p.matter.Phone, w.said)
	}
	p.void()
	press(c, fyne.KeyEscape)
	if c.Overlays().Top() != nil || len(kit.Keys) > 0 {
		t.Fatal("Esc does not close the sheet")
	}
	p.void()
	c.Focused().(*kit.Entry).SetText("登记了两次")
	c.FocusNext()
	c.FocusNext()
	press(c, fyne.KeyReturn)
	if p.matter.State != matter.Void || !strings.Contains(kittest.Seen(p.Object()), "登记了两次") ||
		strings.Contains(kittest.Seen(p.Object()), "打印回执") {
		t.Errorf("%v", p.matter.State)
	}
	if p.Back(); p.table.Cell(0, 4) != "已作废" {
		t.Errorf("the list says %q", p.table.Cell(0, 4))
	}
}

// Every field that may be corrected has something to correct it with, and what stands there already is read as no
// change.
func TestEveryFieldCanBeCorrected(t *testing.T) {
	w := newWorld(t, "station", 2)
	p, _ := open(t, w)
	v := p.table.Rows()[0]
	for _, f := range matter.Correctable {
		in := input(f)
		in.Put(v.Values())
		if f.Code == "anonymous" {
			continue // by itself it would contradict the name
		}
		var failed error
		p.actions.Correct(v, field.Values{f.Code: in.Get()}.Raw(), func(err error) { failed = err })
		if failed == nil || failed.Error() != "没有改动，和原来一样" {
			t.Errorf("%s: %v", f.Name, failed)
		}
	}
	again, err := w.Ledger.Show(w.host.Context, v.Number)
	if err != nil || !again.Occurred.Equal(v.Occurred.Truncate(time.Minute)) || again.Title != v.Title ||
		!slices.Equal(again.Deputies, v.Deputies) || !reflect.DeepEqual(again.Private, v.Private) {
		t.Errorf("%+v", again)
	}
}

func TestCountySeesStations(t *testing.T) {
	w := newWorld(t, "county", 20)
	p, c := open(t, w)
	c.Focus(p.station.Entry)
	test.Type(p.station.Entry, "sty") // 生态园
	press(c, fyne.KeyReturn)
	rows := p.table.Rows()
	if len(rows) != 4 || slices.ContainsFunc(rows,
		func(v ledger.View) bool { return places.Of(v.Station).Where != "凤山街道生态园社区" }) {
		t.Errorf("%d rows", len(rows))
	}
	p.Open(rows[0])
	if text := kittest.Seen(p.Object()); strings.Contains(text, "作废") || strings.Contains(text, rows[0].Phone+"\n") &&
		rows[0].Phone != "" {
		t.Error("a county voids, or reads a phone")
	}
}

// The list is put in the order of any column, of all matters and not of the first page only, narrowed by urgency and
// category, each step is taken back, and the number of a matter is copied.
func TestOrderAndNarrow(t *testing.T) {
	w := newWorld(t, "county", 60)
	p, c := open(t, w)
	p.table.Focus()
	p.table.Choose(3)
	chosen, _ := p.table.Chosen()
	press(c, fyne.KeyS)
	rows := p.table.Rows()
	if now, ok := p.table.Chosen(); len(rows) != 60 || !slices.IsSortedFunc(rows,
		func(a, b ledger.View) int { return strings.Compare(a.Number, b.Number) }) || !ok || now.ID != chosen.ID {
		t.Errorf("%d rows, %s first, %s chosen", len(rows), rows[0].Number, now.Number)
	}
	for range len(p.columns()) { // to the order in which they came
		press(c, fyne.KeyS)
		if by, _ := p.table.Sorted(); by < 0 {
			break
		}
	}
	if by, _ := p.table.Sorted(); by >= 0 || p.table.Rows()[3].ID != chosen.ID {
		t.Errorf("sorted by %d, %s in its place", by, p.table.Rows()[3].Number)
	}
	p.state.TypedRune('4') // 紧急未办结
	urgent := len(p.table.Rows())
	for _, v := range p.table.Rows() {
		if v.Urgency != "urgent" || !v.State.Open() {
			t.Errorf("%s is %s and %v", v.Number, v.Urgency, v.State)
		}
	}
	c.Focus(p.category.Entry)
	test.Type(p.category.Entry, "pspw") // 排水排污内涝
	press(c, fyne.KeyReturn)
	if p.category.Chosen().Code != "0203" || urgent == 0 || len(p.table.Rows()) != urgent {
		t.Errorf("%d rows of %s", len(p.table.Rows()), p.category.Chosen().Text)
	}
	undo := p.Keys()[kit.Key{Name: fyne.KeyZ, Ctrl: true}]
	for range 9 {
		undo()
	}
	if p.state.One() != "" || p.category.Chosen().Code != "" || len(p.table.Rows()) != step {
		t.Errorf("taken back: %q %q, %d rows", p.state.One(), p.category.Chosen().Text, len(p.table.Rows()))
	}
	p.table.Choose(2)
	p.Keys()[kit.Key{Name: fyne.KeyC, Ctrl: true}]()
	if got := fyne.CurrentApp().Clipboard().Content(); got != p.table.Rows()[2].Number {
		t.Errorf("%q was copied", got)
	}
}

func TestNothingYet(t *testing.T) {
	p, c := open(t, newWorld(t, "station", 0))
	p.FocusSearch()
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if p.matter != nil || !strings.Contains(kittest.Seen(p.Object()), "没有找到") {
		t.Error("an empty list does not say so")
	}
}
