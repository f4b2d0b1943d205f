package kit

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// longest is how many characters the eye follows along a line.
const longest = 40

// columns lays a line out.
type columns[T any] struct{ t *Table[T] }

func (c columns[T]) widths(total float32) []float32 {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	ws, left, open, least := make([]float32, len(c.t.columns)), total, float32(0), float32(0)
	for i, col := range c.t.columns {
		if ws[i] = col.Width*em + 20; col.Width == 0 {
			ws[i], open = 0, open+1
			least += em * cmp.Or(col.Least, 12)
		}
		left -= ws[i]
	}
	for i := len(ws) - 1; i >= 0; i-- {
		if c.t.columns[i].Spare && left < least {
			ws[i], left = -1, left+ws[i]
		}
	}
	rest, spare := left, float32(0)
	for i, col := range c.t.columns {
		if ws[i] == 0 {
			ws[i] = min(max(left/open, 6*em), longest*em)
			rest -= ws[i]
		}
		if col.Spare && ws[i] > 0 {
			spare++
		}
	}
	// what is left is shared by the others, so that a row ends where it can still be read
	for i, col := range c.t.columns {
		if col.Spare && ws[i] > 0 && rest > 0 {
			ws[i] += min(rest/spare, ws[i])
		}
	}
	return ws
}

func (c columns[T]) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, os[0].MinSize().Height)
}

func (c columns[T]) Layout(os []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range c.widths(size.Width) {
		if w < 0 {
			os[i].Resize(fyne.NewSize(0, 0))
			os[i].Hide()
			continue
		}
		os[i].Show()
		os[i].Move(fyne.NewPos(x, 0))
		os[i].Resize(fyne.NewSize(min(w, max(size.Width-x, 0)), size.Height))
		x += w
	}
}

// heading is the title of a column; it can be pressed where rows can be sorted by it.
type heading struct {
	widget.Label
	tapped func()
	sorts  bool
}

func newHeading(tapped func(), sorts bool) *heading {
	h := &heading{tapped: tapped, sorts: sorts}
	h.Truncation, h.Importance, h.TextStyle.Bold = fyne.TextTruncateEllipsis, widget.LowImportance, true
	h.ExtendBaseWidget(h)
	return h
}

// Tapped implements fyne.Tappable.
func (h *heading) Tapped(e *fyne.PointEvent) {
	if h.sorts {
		once(e, h.tapped)
	}
}

// Cursor shows what can be pressed.
func (h *heading) Cursor() desktop.Cursor {
	if h.sorts {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
