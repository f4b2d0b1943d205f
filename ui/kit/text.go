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

// Text is a label that wraps anywhere, as Chinese does, and so never clips.
func Text(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.Wrapping = fyne.TextWrapBreak
	return l
}

// Bold is a Text in bold.
func Bold(s string) *widget.Label {
	l := Text(s)
	l.TextStyle.Bold = true
	return l
}

// Hint is a Text in the second ink.
func Hint(s string) *widget.Label {
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
	return [...]widget.Importance{widget.MediumImportance, widget.SuccessImportance, widget.DangerImportance, widget.WarningImportance}[t]
}

// Notice is a sentence that stands out, with buttons beside it.
type Notice struct {
	*fyne.Container
	label  *widget.Label
	ground *ground
}

// NewNotice makes a hidden notice.
func NewNotice(buttons ...fyne.CanvasObject) *Notice {
	n := &Notice{label: Bold(""), ground: newGround(look.Card)}
	n.Container = padded(n.ground, container.NewBorder(nil, nil, nil, container.NewHBox(buttons...), n.label))
	n.Hide()
	return n
}

// Say shows a sentence; "" hides the notice.
func (n *Notice) Say(tone Tone, s string) {
	n.label.Importance = tone.Importance()
	if n.ground.name = look.Card; tone == Bad {
		n.ground.name = look.Tint
	}
	n.ground.Refresh()
	n.label.SetText(s)
	if s == "" {
		n.Hide()
	} else {
		n.Show()
	}
}

// Said is the sentence that is shown now.
func (n *Notice) Said() string {
	if n.Hidden {
		return ""
	}
	return n.label.Text
}

// Page is a page: a title, one sentence what to do here, the work, and buttons at the lower right, the primary one last.
func Page(title, hint string, work fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	head := widget.NewLabel(title)
	head.SizeName, head.TextStyle.Bold = look.Title, true
	what := Line(hint)
	what.Importance = widget.LowImportance
	top := container.NewBorder(nil, nil, head, nil, container.New(layout.NewCustomPaddedLayout(6, 0, 8, 0), what))
	var bottom fyne.CanvasObject
	if len(buttons) > 0 {
		bottom = container.NewHBox(append([]fyne.CanvasObject{layout.NewSpacer()}, buttons...)...)
	}
	return container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16), container.NewBorder(top, bottom, nil, nil, work))
}
