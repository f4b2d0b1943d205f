package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// CreateRenderer draws a hairline round a plain button: white on a white card, it would not look like one.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(color.Transparent)
	line.CornerRadius = b.Theme().Size(theme.SizeNameInputRadius)
	o := &outline{b.Button.CreateRenderer(), b, line}
	o.colour()
	return o
}

type outline struct {
	fyne.WidgetRenderer
	button *Button
	line   *canvas.Rectangle
}

func (o *outline) colour() {
	if o.line.StrokeWidth, o.line.StrokeColor = 1, look.Color(theme.ColorNameSeparator); o.button.Importance == widget.HighImportance {
		o.line.StrokeWidth = 0
	}
}

// Objects implements fyne.WidgetRenderer.
func (o *outline) Objects() []fyne.CanvasObject { return append(o.WidgetRenderer.Objects(), o.line) }

// Layout implements fyne.WidgetRenderer.
func (o *outline) Layout(size fyne.Size) {
	o.WidgetRenderer.Layout(size)
	o.line.Resize(size)
}

// Refresh implements fyne.WidgetRenderer.
func (o *outline) Refresh() {
	o.colour()
	o.line.Refresh()
	o.WidgetRenderer.Refresh()
}
