package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
)

// wide is a layout for the one large button.
type wide struct{}

func (wide) MinSize(os []fyne.CanvasObject) fyne.Size {
	m := os[0].MinSize()
	return fyne.NewSize(m.Width+64, m.Height*2)
}

func (wide) Layout(os []fyne.CanvasObject, size fyne.Size) { os[0].Resize(size) }

// grid puts cards in as many columns as leave each room to be read, those of a row at one height.
type grid struct{ height float32 }

// MinSize implements fyne.Layout; the height is that of the last time it was laid out.
func (g *grid) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, g.height) }

// Layout implements fyne.Layout.
func (g *grid) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	n := min(max(int(size.Width/(15*em)), 1), max(len(os), 1), 6)
	w, y := min((size.Width-float32(n-1)*8)/float32(n), 44*em), float32(0)
	for i := 0; i < len(os); i += n {
		row, high := os[i:min(i+n, len(os))], float32(0)
		for _, o := range row {
			o.Resize(fyne.NewSize(w, o.Size().Height)) // what wraps knows its height only now
			high = max(high, o.MinSize().Height)
		}
		for x, o := range row {
			o.Move(fyne.NewPos(float32(x)*(w+8), y))
			o.Resize(fyne.NewSize(w, high))
		}
		y += high + 8
	}
	g.height = y
}

// day gives the cards what they need, as far as some lines of the table below stay in sight; more of them are scrolled
// to.
type day struct{ cards *container.Scroll }

func (d *day) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(os[0].MinSize().Width, os[2].MinSize().Width), 240)
}

func (d *day) Layout(os []fyne.CanvasObject, size fyne.Size) {
	line := kit.Bold("国").MinSize().Height
	os[0].Resize(fyne.NewSize(size.Width, os[0].Size().Height)) // the cards wrap
	top := max(d.cards.Content.MinSize().Height, 2*line+16)
	top = min(top, max(size.Height-5*line, 2*line))
	os[0].Resize(fyne.NewSize(size.Width, top))
	os[1].Move(fyne.NewPos(0, top))
	os[1].Resize(fyne.NewSize(size.Width, line))
	os[2].Move(fyne.NewPos(0, top+line))
	os[2].Resize(fyne.NewSize(size.Width, size.Height-top-line))
}
