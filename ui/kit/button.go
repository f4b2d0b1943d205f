package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Button is a button whose Enter presses it, too. The primary one is red and shows its key beside the word.
type Button struct {
	widget.Button
	held
	focused bool
}

// NewButton makes one; key ("" for none) is written beside the word, the window gives it its meaning.
func NewButton(text, key string, primary bool, tapped func()) *Button {
	if key != "" {
		text += "　" + key
	}
	b := &Button{}
	b.ExtendBaseWidget(b)
	b.Text, b.OnTapped = text, tapped
	if primary {
		b.Importance = widget.DangerImportance // the accent; what Fyne calls primary is the colour of the focus
	}
	return b
}

// TypedKey presses on Enter and Space.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if !repeated(k.Name) && !b.Disabled() {
			keyboard.spent = k.Name
			b.OnTapped()
		}
	default:
		pressed(k.Name)
	}
}

// Tapped presses with the mouse.
func (b *Button) Tapped(e *fyne.PointEvent) {
	once(e, func() { b.Button.Tapped(e) })
}

// FocusGained draws the ring round it.
func (b *Button) FocusGained() {
	b.focused = true
	b.Button.FocusGained()
	reveal(b)
}

// FocusLost takes the ring away.
func (b *Button) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// CreateRenderer draws an edge round a plain button: white on a white card, it would not look like one. Round the
// button with the focus is a ring.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	o := &outline{b.Button.CreateRenderer(), b, canvas.NewRectangle(color.Transparent)}
	o.colour()
	return o
}

// ringRoom is how far the ring round a button reaches beyond it.
const ringRoom = 6

type outline struct {
	fyne.WidgetRenderer
	button *Button
	line   *canvas.Rectangle
}

func (o *outline) colour() {
	out, width, name := float32(0), float32(1), theme.ColorNameInputBorder
	switch {
	case o.button.focused:
		out, width, name = 4, 3, look.Ring // outside: blue on red would not be seen
	case o.button.Importance == widget.DangerImportance:
		width = 0
	}
	o.line.StrokeWidth, o.line.StrokeColor = width, look.Color(name)
	o.line.CornerRadius = o.button.Theme().Size(theme.SizeNameInputRadius) + out
	o.line.Move(fyne.NewPos(-out, -out))
	o.line.Resize(o.button.Size().AddWidthHeight(2*out, 2*out))
}

// Objects implements fyne.WidgetRenderer.
func (o *outline) Objects() []fyne.CanvasObject { return append(o.WidgetRenderer.Objects(), o.line) }

// Layout implements fyne.WidgetRenderer.
func (o *outline) Layout(size fyne.Size) {
	o.WidgetRenderer.Layout(size)
	o.colour()
}

// Refresh implements fyne.WidgetRenderer.
func (o *outline) Refresh() {
	o.colour()
	o.line.Refresh()
	o.WidgetRenderer.Refresh()
}

// buttons puts buttons at the right, in as many rows as they need.
func buttons(bs ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{right: true}, bs...)
}

// Acts are buttons at the right, the primary one last.
func Acts(bs ...*Button) *fyne.Container {
	c := buttons()
	for _, b := range bs {
		c.Add(b)
	}
	return c
}

// Check is a box to tick: Space ticks, Enter goes on.
type Check struct {
	widget.Check
	held
}

// NewCheck makes one.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.ExtendBaseWidget(c)
	c.Text, c.OnChanged = text, changed
	return c
}

// FocusGained scrolls it into sight.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	reveal(c)
}

// Tapped ticks with the mouse.
func (c *Check) Tapped(e *fyne.PointEvent) {
	once(e, func() { c.Check.Tapped(e) })
}

// TypedRune ticks on Space, unless that was pressed for something else.
func (c *Check) TypedRune(r rune) {
	if !swallowed(r) {
		spend()
		c.Check.TypedRune(r)
	}
}

// TypedKey implements fyne.Focusable.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeySpace && !repeated(k.Name): // the character ticks
	case pressed(k.Name):
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		Next(c)
	default:
		c.Check.TypedKey(k)
	}
}
