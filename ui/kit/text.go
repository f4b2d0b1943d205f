package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Text is a text that wraps and so never clips.
func Text(s string) *Label { return newLabel(s) }

// Bold is a Text in bold.
func Bold(s string) *Label {
	l := Text(s)
	l.TextStyle.Bold = true
	return l
}

// Hint is a Text in the second ink.
func Hint(s string) *Label {
	l := Text(s)
	l.Importance = widget.LowImportance
	return l
}

// Line is a text of one line that ends in … where there is no room; its whole must be shown elsewhere.
func Line(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// Card puts something on a quiet sheet.
func Card(content fyne.CanvasObject) *fyne.Container { return padded(newGround(look.Card), content) }

func padded(on *ground, content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(on, container.New(layout.NewCustomPaddedLayout(8, 8, 12, 12), content))
}

// ground is a filled rectangle that follows the look.
type ground struct {
	widget.BaseWidget
	name fyne.ThemeColorName
}

func newGround(name fyne.ThemeColorName) *ground {
	g := &ground{name: name}
	g.ExtendBaseWidget(g)
	return g
}

func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	r := &groundRenderer{g: g, rect: canvas.NewRectangle(color.Transparent)}
	r.rect.CornerRadius, r.rect.StrokeWidth = 6, 1
	r.Refresh()
	return r
}

type groundRenderer struct {
	g    *ground
	rect *canvas.Rectangle
}

func (r *groundRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *groundRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }
func (r *groundRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *groundRenderer) Destroy()                     {}
func (r *groundRenderer) Refresh() {
	r.rect.FillColor, r.rect.StrokeColor = look.Color(r.g.name), look.Color(theme.ColorNameSeparator)
	r.rect.Refresh()
}

// Ground is a plain surface in a colour of the look, to lie under something.
func Ground(name fyne.ThemeColorName) fyne.CanvasObject { return newGround(name) }

// Tone is what a notice means.
type Tone int

// The tones; each also says itself in words.
const (
	Plain Tone = iota
	Good
	Bad
	Soon
)

// Importance is how Fyne shows a tone.
func (t Tone) Importance() widget.Importance {
	return [...]widget.Importance{widget.MediumImportance, widget.SuccessImportance, widget.DangerImportance,
		widget.WarningImportance}[t]
}

// Notice is a sentence that stands out, with buttons beside it.
type Notice struct {
	*fyne.Container
	head   *Label // larger, over the sentence; hidden where there is none
	label  *Label
	ground *ground
	lay    func() // makes room for what is said, where that is not its container's work
}

// NewNotice makes a hidden notice.
func NewNotice(buttons ...fyne.CanvasObject) *Notice {
	n := &Notice{head: Bold(""), label: Bold(""), ground: newGround(look.Card)}
	n.head.SizeName = look.Title
	n.head.Hide()
	n.Container = padded(n.ground, container.NewBorder(nil, nil, nil,
		container.NewCenter(container.NewHBox(buttons...)), container.NewVBox(n.head, n.label)))
	n.Hide()
	return n
}

// Say shows a sentence; "" hides the notice.
func (n *Notice) Say(tone Tone, s string) { n.Head(tone, "", s) }

// Head shows a sentence under what matters most of it, which is larger.
func (n *Notice) Head(tone Tone, head, s string) {
	n.head.Importance, n.label.Importance = tone.Importance(), tone.Importance()
	n.head.SetText(head)
	n.head.Hidden = head == ""
	if n.ground.name = look.Card; tone == Bad {
		n.ground.name = look.Tint
	}
	n.ground.Refresh()
	n.label.SetText(s)
	n.label.Hidden = s == ""
	if head+s == "" {
		n.Hide()
	} else {
		n.Show()
	}
	if n.lay != nil {
		n.lay()
	}
}

// Said is the sentence that is shown now.
func (n *Notice) Said() string {
	if n.Hidden {
		return ""
	}
	return n.head.Text + n.label.Text
}

// Over lays a notice over the top of something, which neither moves nor shrinks for it and hears every click.
func Over(n *Notice, below fyne.CanvasObject) fyne.CanvasObject {
	n.label.whole = true // one line, as a rule, no higher than a line of the page
	n.Objects[1].(*fyne.Container).Layout = layout.NewCustomPaddedLayout(0, 0, 12, 12)
	c := container.New(over{}, below, n.Container)
	n.lay = func() { c.Layout.Layout(c.Objects, c.Size()) }
	return c
}

// over gives the first all the room and lays the second upon its top, as high as it needs to be there.
type over struct{}

func (over) MinSize(os []fyne.CanvasObject) fyne.Size { return os[0].MinSize() }

func (over) Layout(os []fyne.CanvasObject, size fyne.Size) {
	os[0].Resize(size)
	os[1].Move(fyne.NewPos(0, 0))
	for range 2 { // a text knows how high it is once it was as wide as it will be
		os[1].Resize(fyne.NewSize(size.Width, os[1].MinSize().Height))
	}
}

// Page is a page: a title, one sentence what to do here, the work, and buttons at the lower right, the primary one
// last.
func Page(title, hint string, work fyne.CanvasObject, acts ...fyne.CanvasObject) fyne.CanvasObject {
	head := widget.NewLabel(title)
	head.SizeName, head.TextStyle.Bold = look.Title, true
	what := Hint(hint)
	top := container.NewBorder(nil, nil, head, nil, container.New(layout.NewCustomPaddedLayout(6, 0, 8, 0), what))
	var bottom fyne.CanvasObject
	if len(acts) > 0 {
		bottom = buttons(acts...)
	}
	return container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16), container.NewBorder(top, bottom, nil, nil, work))
}

// Scroll lets a long thing be moved up and down; its bar covers nothing, and the ring round what has the focus is whole
// at its edges. It is the one way to do so in a page or a sheet.
func Scroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(ringRoom, ringRoom, ringRoom, 16), content))
	s.OnScrolled = func(fyne.Position) { touch() }
	return s
}

// Rows puts things below each other with a step of eight between.
func Rows(things ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(8), things...)
}
