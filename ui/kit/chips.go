package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Option is something to choose: what is kept, what is read, and what tells it from others of the same name. Bad is told in
// red, beside words.
type Option struct {
	Code, Text, Note string
	Bad              bool
}

// Chips offers a few choices at once. It is one stop of the keyboard: arrows move, Space chooses, the digits that stand
// on the first nine choose them, Enter goes on.
type Chips struct {
	widget.BaseWidget
	held
	Multi     bool // several may be chosen
	Always    bool // one is chosen at any time: chosen again it stays, which only tabs tell
	OnChanged func()

	tabs    bool // no digits
	options []Option
	chosen  map[string]bool
	cursor  int
	focused bool
	at      []fyne.Position // of each chip, as laid out
	sizes   []fyne.Size
}

// NewChips makes chips; multi lets several be chosen.
func NewChips(multi bool, options ...Option) *Chips {
	c := &Chips{Multi: multi, options: options, chosen: map[string]bool{}}
	c.ExtendBaseWidget(c)
	return c
}

// NewTabs makes chips that turn to another part of a page. They carry no digits: those belong to what is on the page.
func NewTabs(options ...Option) *Chips {
	c := NewChips(false, options...)
	c.tabs, c.Always = true, true
	return c
}

// SetOptions offers others; what was chosen stays chosen where it is still offered. Whatever is still offered keeps its
// place, with its digit and the cursor, however the new order would have it; newcomers take the places that became
// free.
func (c *Chips) SetOptions(options []Option) {
	here := Option{}
	if c.cursor < len(c.options) {
		here = c.options[c.cursor]
	}
	c.options = settled(c.options, options)
	c.cursor = max(slices.IndexFunc(c.options, func(o Option) bool { return o.Code == here.Code }), 0)
	c.Refresh()
}

// settled gives the new options in the places of the old ones.
func settled(old, options []Option) []Option {
	placed, coming := make([]*Option, len(options)), []Option(nil)
	for _, o := range options {
		i := slices.IndexFunc(old, func(was Option) bool { return was.Code == o.Code })
		if i >= 0 && i < len(placed) && placed[i] == nil {
			placed[i] = &o
		} else {
			coming = append(coming, o)
		}
	}
	var list []Option
	for _, o := range placed {
		if o == nil {
			o, coming = &coming[0], coming[1:]
		}
		list = append(list, *o)
	}
	return list
}

// Options gives what is offered.
func (c *Chips) Options() []Option { return c.options }

// Chosen gives the codes chosen, in the order of the chips.
func (c *Chips) Chosen() (codes []string) {
	for _, o := range c.options {
		if c.chosen[o.Code] {
			codes = append(codes, o.Code)
		}
	}
	return codes
}

// One gives the only chosen code, "" for none.
func (c *Chips) One() string {
	if codes := c.Chosen(); len(codes) > 0 {
		return codes[0]
	}
	return ""
}

// Choose sets what is chosen and tells nobody.
func (c *Chips) Choose(codes ...string) {
	c.chosen = map[string]bool{}
	for _, code := range codes {
		c.chosen[code] = true
	}
	c.Refresh()
}

func (c *Chips) toggle(i int) {
	if i < 0 || i >= len(c.options) {
		return
	}
	c.cursor = i
	code := c.options[i].Code
	was := c.chosen[code]
	if was && c.Always && !c.tabs {
		c.Refresh()
		return
	}
	if !c.Multi {
		c.chosen = map[string]bool{}
	}
	c.chosen[code] = !was || c.Always
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged()
	}
}

// FocusGained, FocusLost, TypedRune and TypedKey make it a stop of the keyboard.
func (c *Chips) FocusGained() {
	if i := slices.IndexFunc(c.options, func(o Option) bool { return c.chosen[o.Code] }); i >= 0 && !c.focused {
		c.cursor = i
	}
	c.focused = true
	c.Refresh()
	reveal(c)
}

// FocusLost implements fyne.Focusable.
func (c *Chips) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune chooses by digit or Space.
func (c *Chips) TypedRune(r rune) {
	switch {
	case swallowed(r):
	case r == ' ':
		spend()
		c.toggle(c.cursor)
	case r >= '1' && r <= '9' && !c.tabs:
		spend()
		c.toggle(int(r - '1'))
	}
}

// own says whether a key is for the chips and not for the window.
func (c *Chips) own(name fyne.KeyName) bool {
	switch name {
	case fyne.KeySpace:
		return true
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		return !c.tabs
	}
	return len(name) == 1 && name >= "1" && name <= "9" && !c.tabs
}

// TypedKey moves and goes on.
func (c *Chips) TypedKey(k *fyne.KeyEvent) {
	if repeated(k.Name) || !c.own(k.Name) && does(Key{k.Name, false}) {
		return
	}
	switch k.Name {
	case fyne.KeyRight, fyne.KeyDown:
		c.cursor = min(c.cursor+1, len(c.options)-1)
	case fyne.KeyLeft, fyne.KeyUp:
		c.cursor = max(c.cursor-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter:
		Next(c)
	}
	c.Refresh()
}

// Tapped chooses with the mouse.
func (c *Chips) Tapped(e *fyne.PointEvent) {
	for i := range c.at {
		in := e.Position.Subtract(c.at[i])
		if in.X >= 0 && in.Y >= 0 && in.X <= c.sizes[i].Width && in.Y <= c.sizes[i].Height {
			once(e, func() {
				Focus(c)
				c.toggle(i)
			})
			return
		}
	}
}

// Cursor shows that it can be pressed.
func (c *Chips) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Resize lays the chips out anew; a change of height is told by a refresh.
func (c *Chips) Resize(size fyne.Size) {
	before := c.height(c.Size().Width)
	c.BaseWidget.Resize(size)
	if c.height(size.Width) != before {
		c.Refresh()
	}
}

const gap = 8

// usualWidth is what chips take themselves to have until they are laid out.
const usualWidth = 560

func (c *Chips) place(width float32) (at []fyne.Position, sizes []fyne.Size, height float32) {
	if width == 0 {
		width = usualWidth
	}
	th := c.Theme()
	pad, text := th.Size(theme.SizeNameInnerPadding), th.Size(theme.SizeNameText)
	x, y := float32(0), float32(0)
	for i, o := range c.options {
		m := fyne.MeasureText(o.Text, text, fyne.TextStyle{Bold: true})
		s := fyne.NewSize(m.Width+2*pad+4+c.room(i), max(m.Height+pad+4, 44))
		if x > 0 && x+s.Width > width {
			x, y = 0, y+s.Height+gap
		}
		at, sizes = append(at, fyne.NewPos(x, y)), append(sizes, s)
		x += s.Width + gap
		height = y + s.Height
	}
	return at, sizes, height
}

// digit is what stands on a chip before its text, "" for nothing: a text that begins with its digit needs no second
// one. The first digit of a longer number is none: 14岁以下 bears its 1.
func (c *Chips) digit(i int) string {
	d := string(rune('1' + i))
	number := strings.IndexFunc(c.options[i].Text+" ", func(r rune) bool { return r < '0' || r > '9' })
	if c.tabs || i > 8 || len(c.options) < 2 || c.options[i].Text[:number] == d {
		return ""
	}
	return d
}

// room is what the digit takes.
func (c *Chips) room(i int) float32 {
	if d := c.digit(i); d != "" {
		return fyne.MeasureText(d, c.Theme().Size(look.Small)-2, fyne.TextStyle{}).Width - 3 // it stands in the edge
	}
	return 0
}

func (c *Chips) height(width float32) float32 { _, _, h := c.place(width); return h }

// CreateRenderer implements fyne.Widget.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer { return &chipsRenderer{c: c} }

type chipsRenderer struct {
	c       *Chips
	objects []fyne.CanvasObject
}

func (r *chipsRenderer) Destroy()                     {}
func (r *chipsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *chipsRenderer) MinSize() fyne.Size {
	widest := float32(0)
	_, sizes, _ := r.c.place(0)
	for _, s := range sizes {
		widest = max(widest, s.Width)
	}
	return fyne.NewSize(widest, r.c.height(r.c.Size().Width))
}

func (r *chipsRenderer) Layout(size fyne.Size) {
	c, th := r.c, r.c.Theme()
	c.at, c.sizes, _ = c.place(size.Width)
	r.objects = nil
	for i, o := range c.options {
		box := canvas.NewRectangle(look.Color(look.Card))
		box.CornerRadius, box.StrokeWidth, box.StrokeColor = 22, 1, look.Color(theme.ColorNameInputBorder)
		text := canvas.NewText(o.Text, look.Color(theme.ColorNameForeground))
		text.TextSize, text.Alignment = th.Size(theme.SizeNameText), fyne.TextAlignCenter
		if o.Bad {
			text.Color = look.Color(look.Accent)
		}
		if c.chosen[o.Code] {
			box.FillColor, box.StrokeColor, box.StrokeWidth = look.Color(look.Tint), look.Color(look.Accent), 2
			text.Color, text.TextStyle.Bold = look.Color(look.Accent), true
		}
		if c.focused && i == c.cursor {
			box.StrokeColor, box.StrokeWidth = look.Color(look.Ring), 3
		}
		room := c.room(i)
		digit := canvas.NewText(c.digit(i), look.Color(look.Ink2))
		digit.TextSize = th.Size(look.Small) - 2
		digit.Move(c.at[i].AddXY(th.Size(theme.SizeNameInnerPadding)-1, (c.sizes[i].Height-digit.MinSize().Height)/2))
		box.Move(c.at[i])
		box.Resize(c.sizes[i])
		if room > 0 {
			room += 4 // from the digit to the text
		}
		text.Move(c.at[i].AddXY(room, 0))
		text.Resize(c.sizes[i].SubtractWidthHeight(room, 0))
		r.objects = append(r.objects, box, digit, text)
	}
}

func (r *chipsRenderer) Refresh() {
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}
