package window

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// below is a station that exchanges with the county whose window stands before us, over one folder.
type below struct {
	*Window
	t       *testing.T
	station *apptest.Seat
	raised  int
}

func besides(t *testing.T) *below {
	t.Helper()
	world := apptest.New(t)
	world.Now = dusk
	county := shut(world.SetUp("county", apptest.County))
	b := &below{t: t, station: world.SetUp("station", apptest.Yuanjia)}
	b.Window = New(test.NewTempApp(t), county, func() time.Time { world.Later(time.Second); return world.Now }, kit.Inline, false)
	t.Cleanup(b.Close)
	b.win.Resize(fyne.NewSize(1366, 720))
	b.sync()
	world.Must(apptest.Err(b.app.Courier.Accept(b.ctx, b.station.Settings.Unit, b.station.Courier.Print())))
	world.Must(b.station.Courier.Follow(b.ctx, b.app.Courier.Print()))
	b.sync()
	b.sync()
	return b
}

// raise lets citizens come to the station, which sends up what it cannot do itself.
func (b *below) raise(n int) {
	b.t.Helper()
	for range n {
		b.raised++
		m, err := b.station.Desk.Receive(b.ctx, b.station.Clerk(),
			desk.Draft{Title: fmt.Sprintf("第%d条巷子下雨积水", b.raised), Category: "0203",
				Urgency: []string{"normal", "urgent", "critical"}[b.raised%3]})
		if err != nil {
			b.t.Fatal(err)
		}
		for _, do := range []string{"collate", "escalate"} {
			if _, err := b.station.Office.Do(b.ctx, b.station.Clerk(), m.ID,
				office.Order{Do: do, Mode: "department"}); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// sync is a round of exchange on both sides, of which the window hears.
func (b *below) sync() {
	b.t.Helper()
	if _, err := b.station.Courier.Sync(b.ctx); err != nil {
		b.t.Fatal(err)
	}
	b.round(b.app.Courier.Sync(b.ctx))
}

// keystroke is what a window is told of a key: down, typed, its character, up; it goes to whatever has the focus then.
func (b *below) keystroke(name fyne.KeyName, char rune) {
	c, k := b.win.Canvas(), &fyne.KeyEvent{Name: name}
	if f, ok := c.Focused().(desktop.Keyable); ok {
		f.KeyDown(k)
	}
	if f := c.Focused(); f != nil {
		f.TypedKey(k)
	} else if do := c.OnTypedKey(); do != nil {
		do(k)
	}
	if f := c.Focused(); f != nil && char != 0 {
		f.TypedRune(char)
	}
	if f, ok := c.Focused().(desktop.Keyable); ok {
		f.KeyUp(k)
	}
}

// lit is the row with a coloured ground: what stands in its cells, and where it is.
func lit(o fyne.CanvasObject) (cells []string, y float32) {
	if below := kittest.Parts(o); len(below) == 2 {
		ground, here := below[0].(*canvas.Rectangle)
		line, row := below[1].(*fyne.Container)
		if here && row && ground.Visible() {
			for _, cell := range line.Objects {
				switch l := cell.(type) {
				case *widget.Label:
					cells = append(cells, l.Text)
				case fyne.Tappable: // its tick
					cells = append(cells, kittest.Seen(cell))
				}
			}
			if len(cells) > 3 {
				return cells, fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
			}
		}
	}
	for _, part := range kittest.Parts(o) {
		if cells, y := lit(part); cells != nil {
			return cells, y
		}
	}
	return nil, 0
}

// scrolled tells how far everything that scrolls has been scrolled.
func scrolled(o fyne.CanvasObject) (offsets []float32) {
	if s, ok := o.(*container.Scroll); ok {
		offsets = append(offsets, s.Offset.Y)
	}
	for _, part := range kittest.Parts(o) {
		offsets = append(offsets, scrolled(part)...)
	}
	return offsets
}

// arrive is a round of exchange that brings another matter: it moves neither the focus, what is typed, the row that is
// lit nor how far anything is scrolled, nor anything on a sheet.
func (b *below) arrive(when string) {
	b.t.Helper()
	c := b.win.Canvas()
	focus, over, page := c.Focused(), c.Overlays().Top(), b.frame.here.content.Object()
	text := func() string {
		if e, ok := c.Focused().(*kit.Entry); ok {
			return fmt.Sprint(e.Text, "\n", e.CursorRow, e.CursorColumn, e.Size())
		}
		return ""
	}
	row, y := lit(page)
	typed, offsets, sheet := text(), []float32(nil), ""
	if over != nil {
		offsets, sheet = scrolled(over), kittest.Seen(over)
	}
	b.raise(1)
	b.sync()
	if c.Focused() != focus || text() != typed {
		b.t.Fatalf("%s: the focus was on %T %q and is on %T %q", when, focus, typed, c.Focused(), text())
	}
	if now, at := lit(page); over == nil && (!slices.Equal(now, row) || at != y) {
		b.t.Fatalf("%s: %v at %v was lit, and is %v at %v", when, row, y, now, at)
	}
	if over != nil && (c.Overlays().Top() != over || !slices.Equal(scrolled(over), offsets) || kittest.Seen(over) != sheet) {
		b.t.Fatalf("%s: the sheet moved: %v, now %v\n%s\n%s", when, offsets, scrolled(over), sheet, kittest.Seen(over))
	}
}

// A clerk at the county has 66 matters before him and assigns them by the keyboard alone, until a third is done, while
// the station sends more of them at every step: what is lit is what the sheet is about. Then he looks for one in the
// ledger.
func TestTrayByKeyboardWhileRoundsArrive(t *testing.T) {
	b := besides(t)
	b.raise(66)
	b.sync()
	b.keystroke(fyne.KeyEscape, 0)
	press(b.Window, fyne.Key2, true)
	c := b.win.Canvas()
	done := map[string]bool{}
	for i := range 22 {
		row, _ := lit(b.frame.here.content.Object())
		if len(row) < 3 || done[row[1]] {
			t.Fatalf("%d: %v is lit", i, row)
		}
		if i%5 == 0 {
			b.arrive("on the list")
		}
		b.keystroke(fyne.Key3, '3')
		if over := c.Overlays().Top(); over == nil || !strings.Contains(kittest.Seen(over), row[1]) {
			t.Fatalf("%d: %v was lit, and the sheet is about another", i, row)
		}
		if i%7 == 0 {
			b.arrive("on the way of handling")
		}
		for _, r := range "sl" { // the way is chosen: the sheet begins with the department
			b.keystroke(fyne.KeyName(strings.ToUpper(string(r))), r)
		}
		if i%3 == 0 {
			b.arrive("half a word")
		}
		b.keystroke(fyne.KeyJ, 'j')
		b.keystroke(fyne.KeyReturn, 0)
		if i%11 == 0 {
			b.arrive("a department is chosen")
		}
		press(b.Window, fyne.KeyReturn, true)
		if c.Overlays().Top() != nil {
			t.Fatalf("%d: the sheet stays:\n%s", i, kittest.Seen(c.Overlays().Top()))
		}
		done[row[1]] = true
	}
	for number := range done {
		v, err := b.app.Ledger.Show(b.ctx, number)
		if err != nil || v.State != matter.Assigned || !slices.Equal(v.Units, []string{"水利局"}) {
			t.Errorf("%s is %v with %v: %v", number, v.State, v.Units, err)
		}
	}
	page, err := b.app.Ledger.Page(b.ctx, ledger.Query{Filter: b.app.Ledger.Baskets()[0].Filter, Limit: 1000})
	if err != nil || len(page.Matters) != b.raised-22 || len(done) != 22 {
		t.Errorf("%d are assigned and %d wait of %d: %v", len(done), len(page.Matters), b.raised, err)
	}
	if row, _ := lit(b.frame.here.content.Object()); len(row) < 3 || done[row[1]] {
		t.Errorf("%v is lit at the end", row)
	}
	press(b.Window, fyne.Key3, true)
	for range 12 {
		b.keystroke(fyne.KeyDown, 0)
	}
	b.arrive("on the ledger")
	b.keystroke(fyne.KeyS, 's')
	b.arrive("on the ledger in another order")
	b.keystroke(fyne.KeyF3, 0)
	for _, r := range "下积水" {
		b.keystroke("", r)
	}
	b.keystroke(fyne.KeyLeft, 0)
	b.keystroke(fyne.KeyLeft, 0)
	b.arrive("half a word looked for")
	b.keystroke("", '雨')
	if e, ok := c.Focused().(*kit.Entry); !ok || e.Text != "下雨积水" {
		t.Errorf("%T has the focus", c.Focused())
	}
}
