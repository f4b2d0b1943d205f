package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Door is something to read that opens something else: Enter, Space and a click do. ↑ and ↓ go to what stands before and
// after, round the one with the keyboard is a ring.
type Door struct {
	widget.BaseWidget
	held
	content fyne.CanvasObject
	open    func()
	focused bool
}

// NewDoor makes one of what is to be read.
func NewDoor(content fyne.CanvasObject, open func()) *Door {
	d := &Door{content: content, open: open}
	d.ExtendBaseWidget(d)
	return d
}

// FocusGained shows that it has the keyboard.
func (d *Door) FocusGained() { d.focused = true; d.Refresh(); reveal(d) }

// FocusLost implements fyne.Focusable.
func (d *Door) FocusLost() { d.focused = false; d.Refresh() }

// TypedRune implements fyne.Focusable.
func (d *Door) TypedRune(rune) {}

// TypedKey opens and goes on.
func (d *Door) TypedKey(k *fyne.KeyEvent) {
	if repeated(k.Name) {
		return
	}
	on := fyne.CurrentApp().Driver().CanvasForObject(d)
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		keyboard.spent = k.Name
		d.open()
	case fyne.KeyDown:
		on.FocusNext()
	case fyne.KeyUp:
		on.FocusPrevious()
	default:
		does(Key{k.Name, false})
	}
}

// Tapped opens.
func (d *Door) Tapped(e *fyne.PointEvent) { once(e, d.open) }

// Cursor shows that it can be pressed.
func (d *Door) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (d *Door) CreateRenderer() fyne.WidgetRenderer {
	r := &doorRenderer{d: d, body: container.NewStack(Ground(look.Card), d.content), ring: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type doorRenderer struct {
	d    *Door
	body *fyne.Container
	ring *canvas.Rectangle
}

func (r *doorRenderer) Destroy()           {}
func (r *doorRenderer) MinSize() fyne.Size { return r.body.MinSize() }
func (r *doorRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.body, r.ring}
}

func (r *doorRenderer) Layout(size fyne.Size) {
	r.body.Resize(size)
	r.ring.Resize(size)
}

func (r *doorRenderer) Refresh() {
	r.ring.StrokeWidth, r.ring.StrokeColor, r.ring.CornerRadius = 0, look.Color(look.Ring), 6
	if r.d.focused {
		r.ring.StrokeWidth = 3
	}
	r.ring.Refresh()
	r.body.Refresh()
}

// Number is one number in the largest letters, what it is called over it and what there is to say of it below; it opens
// something. Lay out its Door.
type Number struct {
	*Door
	title, value, unit *widget.Label
	note               *Label
}

// NewNumber makes one without anything in it.
func NewNumber(open func()) *Number {
	n := &Number{title: Line(""), value: widget.NewLabel(""), unit: widget.NewLabel(""), note: Hint("")}
	n.title.SizeName, n.note.SizeName, n.value.SizeName = look.Small, look.Small, look.Number
	n.title.TextStyle.Bold, n.value.TextStyle.Bold = true, true
	n.Door = NewDoor(container.New(numberLayout{}, n.title, n.value, n.unit, n.note), open)
	return n
}

// Say shows a number with its unit; bad is what should not be.
func (n *Number) Say(tone Tone, title, value, unit, note string) {
	n.value.Importance = tone.Importance()
	n.title.SetText(title)
	n.value.SetText(value)
	n.unit.SetText(unit)
	n.note.SetText(note)
	n.Refresh()
}

// numberLayout puts the title over the number, its unit beside it on one line, the note below: closer than labels stand.
type numberLayout struct{}

const closer = 14

func (numberLayout) MinSize(os []fyne.CanvasObject) fyne.Size {
	title, value, unit, note := os[0].MinSize(), os[1].MinSize(), os[2].MinSize(), os[3].MinSize()
	return fyne.NewSize(value.Width+unit.Width-closer, title.Height+value.Height+note.Height-2*closer)
}

func (numberLayout) Layout(os []fyne.CanvasObject, size fyne.Size) {
	title, value, unit := os[0].MinSize(), os[1].MinSize(), os[2].MinSize()
	os[0].Resize(fyne.NewSize(size.Width, title.Height))
	y := title.Height - closer - 2
	os[1].Move(fyne.NewPos(0, y))
	os[1].Resize(value)
	os[2].Move(fyne.NewPos(value.Width-closer, y+(value.Height-unit.Height)*0.8))
	os[2].Resize(unit)
	y += value.Height - closer - 2
	os[3].Move(fyne.NewPos(0, y))
	os[3].Resize(fyne.NewSize(size.Width, max(size.Height-y, 0)))
}
