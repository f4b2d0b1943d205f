package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewFlow puts buttons in rows, as many to a row as there is room for. It never becomes lower while its width is the
// same: the list above keeps its size while somebody moves in it.
func NewFlow() *fyne.Container { return container.New(&flow{}) }

type flow struct{ width, height float32 }

func (l *flow) MinSize(os []fyne.CanvasObject) fyne.Size {
	h := l.height
	if h == 0 && len(os) > 0 {
		h = os[0].MinSize().Height
	}
	return fyne.NewSize(100, h)
}

func (l *flow) Layout(os []fyne.CanvasObject, size fyne.Size) {
	if size.Width != l.width {
		l.width, l.height = size.Width, 0
	}
	x, y, row := float32(0), float32(0), float32(0)
	for _, o := range os {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > size.Width {
			x, y = 0, y+row+8
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
		x, row = x+m.Width+8, m.Height
	}
	l.height = max(l.height, y+row)
}
