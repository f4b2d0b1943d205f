package kit

import (
	"iter"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewFlow puts buttons in rows, as many to a row as there is room for. It never becomes lower while its width is the
// same: the list above keeps its size while somebody moves in it.
func NewFlow() *fyne.Container { return container.New(&flow{}) }

type flow struct {
	width, height float32
	right         bool // rows end at the right edge
}

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
	y := float32(0)
	for row := range rows(os, size.Width) {
		x, high := float32(0), float32(0)
		if l.right {
			x = max(size.Width-broad(row), 0)
		}
		for _, o := range row {
			m := o.MinSize()
			o.Move(fyne.NewPos(x, y))
			o.Resize(m)
			x, high = x+m.Width+gap, max(high, m.Height)
		}
		y += high + gap
	}
	l.height = max(l.height, y-gap)
}

// rows are those that can be seen, as many to a row as a width has room for.
func rows(os []fyne.CanvasObject, width float32) iter.Seq[[]fyne.CanvasObject] {
	return func(yield func([]fyne.CanvasObject) bool) {
		var row []fyne.CanvasObject
		for _, o := range os {
			if !o.Visible() {
				continue
			}
			if len(row) > 0 && broad(append(row, o)) > width {
				if !yield(row) {
					return
				}
				row = nil
			}
			row = append(row, o)
		}
		if len(row) > 0 {
			yield(row)
		}
	}
}

// broad is how much room a row takes.
func broad(row []fyne.CanvasObject) float32 {
	w := -float32(gap)
	for _, o := range row {
		w += o.MinSize().Width + gap
	}
	return w
}
