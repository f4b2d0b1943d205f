package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Number is one number in the largest letters, what it is called over it and what there is to say of it below. Enter and
// a click open it.
type Number struct {
	widget.BaseWidget
	held
	OnOpen func()

	title, unit *widget.Label
	value       *canvas.Text
	note        *Label
	tone        Tone
	focused     bool
}

// NewNumber makes one without anything in it.
func NewNumber(open func()) *Number {
	n := &Number{OnOpen: open, title: Line(""), value: canvas.NewText("", color.Black), unit: widget.NewLabel(""), note: Hint("")}
	n.title.TextStyle.Bold = true
	n.note.SizeName = look.Small
	n.value.TextStyle.Bold = true
	n.ExtendBaseWidget(n)
	return n
}

// Say shows a number with its unit; bad is what should not be.
func (n *Number) Say(tone Tone, title, value, unit, note string) {
	n.tone, n.value.Text = tone, value
	n.title.SetText(title)
	n.unit.SetText(unit)
	n.note.SetText(note)
	n.Refresh()
}

// FocusGained shows that it has the keyboard.
func (n *Number) FocusGained() { n.focused = true; n.Refresh(); reveal(n) }

// FocusLost implements fyne.Focusable.
func (n *Number) FocusLost() { n.focused = false; n.Refresh() }

// TypedRune implements fyne.Focusable.
func (n *Number) TypedRune(rune) {}

// TypedKey opens it on Enter and Space.
func (n *Number) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if !repeated(k.Name) {
			keyboard.spent = k.Name
			n.OnOpen()
		}
	default:
		pressed(k.Name)
	}
}

// Tapped opens it.
func (n *Number) Tapped(e *fyne.PointEvent) { once(e, n.OnOpen) }

// Cursor shows that it can be pressed.
func (n *Number) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (n *Number) CreateRenderer() fyne.WidgetRenderer {
	r := &numberRenderer{n: n, ring: canvas.NewRectangle(color.Transparent)}
	r.body = container.NewStack(Ground(look.Card), container.New(numberLayout{}, n.title, n.value, n.unit, n.note))
	r.Refresh()
	return r
}

type numberRenderer struct {
	n    *Number
	body *fyne.Container
	ring *canvas.Rectangle
}

func (r *numberRenderer) Destroy()           {}
func (r *numberRenderer) MinSize() fyne.Size { return r.body.MinSize() }
func (r *numberRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.body, r.ring}
}

func (r *numberRenderer) Layout(size fyne.Size) {
	r.body.Resize(size)
	r.ring.Resize(size)
}

func (r *numberRenderer) Refresh() {
	n, text := r.n, r.n.Theme().Size(theme.SizeNameText)
	n.value.TextSize, n.value.Color = text*2, look.Color(theme.ColorNameForeground)
	if n.tone == Bad {
		n.value.Color = look.Color(look.Accent)
	}
	r.ring.StrokeWidth, r.ring.StrokeColor, r.ring.CornerRadius = 0, look.Color(look.Ring), 6
	if n.focused {
		r.ring.StrokeWidth = 3
	}
	r.ring.Refresh()
	n.value.Refresh()
	r.body.Refresh()
}

// numberLayout puts the title over the number, its unit beside it on one line, the note below.
type numberLayout struct{}

func (numberLayout) MinSize(os []fyne.CanvasObject) fyne.Size {
	title, value, unit, note := os[0].MinSize(), os[1].MinSize(), os[2].MinSize(), os[3].MinSize()
	return fyne.NewSize(value.Width+unit.Width+12, title.Height+value.Height*0.86+note.Height-18)
}

func (numberLayout) Layout(os []fyne.CanvasObject, size fyne.Size) {
	title, value, unit := os[0].MinSize(), os[1].MinSize(), os[2].MinSize()
	os[0].Resize(fyne.NewSize(size.Width, title.Height))
	y := title.Height - 14
	os[1].Move(fyne.NewPos(11, y))
	os[1].Resize(value)
	os[2].Move(fyne.NewPos(value.Width+8, y+value.Height*0.74-unit.Height*0.64))
	os[2].Resize(unit)
	os[3].Move(fyne.NewPos(0, y+value.Height*0.9-4))
	os[3].Resize(fyne.NewSize(size.Width, max(size.Height-y-value.Height*0.9+4, 0)))
}
