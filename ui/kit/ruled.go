package kit

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/ui/look"
)

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer { return &gridRenderer{g: g} }

type gridRenderer struct {
	g       *Grid
	objects []fyne.CanvasObject
}

func (r *gridRenderer) Destroy()                     {}
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize has the heads, a row and the sums.
func (r *gridRenderer) MinSize() fyne.Size {
	text := r.g.Theme().Size(theme.SizeNameText)
	return fyne.NewSize(320, text*(2.8+1.7*float32(1+r.g.Sums))+8)
}

// Refresh implements fyne.WidgetRenderer.
func (r *gridRenderer) Refresh() { r.Layout(r.g.Size()); canvas.Refresh(r.g) }

func (r *gridRenderer) box(x, y, w, h float32, fill, stroke color.Color, width float32) {
	b := canvas.NewRectangle(fill)
	b.StrokeColor, b.StrokeWidth = stroke, width
	b.Move(fyne.NewPos(x, y))
	b.Resize(fyne.NewSize(w, h))
	r.objects = append(r.objects, b)
}

func (r *gridRenderer) text(s string, x, y, size float32, c color.Color, bold bool) {
	t := canvas.NewText(s, c)
	t.TextSize, t.TextStyle.Bold = size, bold
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
	r.objects = append(r.objects, t)
}

// Layout draws what is seen anew.
func (r *gridRenderer) Layout(size fyne.Size) {
	g, m := r.g, r.g.measure()
	r.objects = nil
	ink2, line := look.Color(look.Ink2), look.Color(theme.ColorNameSeparator)
	rows := max(min(g.deep(), g.Rows-g.top), 0)
	columns := min(g.broad(), len(g.Heads)-g.left)
	wide := m.side
	for i := range columns {
		wide += m.widths[g.left+i]
	}
	foot := m.head + float32(rows+g.Sums)*m.line
	r.box(0, 0, wide, foot, look.Color(look.Card), line, 1)
	r.box(0, 0, wide, m.head, look.Color(look.Rail), color.Transparent, 0)
	x := float32(0)
	for i, s := range g.Sides {
		r.text(g.within(s, m.sides[i]-8, m.text-2, true), x+6, m.head-m.text*1.5, m.text-2, ink2, true)
		x += m.sides[i]
	}
	for i := g.left; i < g.left+columns; i++ {
		lines := folded(g.Heads[i])
		for n, s := range lines {
			y := m.head - m.text*1.5 - float32(len(lines)-1-n)*m.text*1.2
			r.text(s, x+m.widths[i]-cellGap/2-wideOf(s, m.text-2, true), y, m.text-2, ink2, true)
		}
		x += m.widths[i]
	}
	before := []string(nil)
	for n := range rows {
		row := g.Row(g.top + n)
		r.line(m, g.top+n, m.head+float32(n)*m.line, row, before, columns, false)
		before = row.Labels
	}
	for n := range g.Sums {
		r.line(m, g.Rows+n, m.head+float32(rows+n)*m.line, g.Row(g.Rows+n), nil, columns, true)
	}
	if g.Sums > 0 {
		r.box(0, m.head+float32(rows)*m.line, wide, 2, ink2, color.Transparent, 0)
	}
	r.ring(m, rows, columns)
	bar := look.Color(theme.ColorNameScrollBar)
	if rows < g.Rows {
		high := float32(rows) * m.line
		r.box(size.Width-6, m.head+high*float32(g.top)/float32(g.Rows), 6, high*float32(rows)/float32(g.Rows), bar, color.Transparent, 0)
	}
	if all := float32(len(g.Heads)); columns < len(g.Heads) {
		r.box(m.side+m.room*float32(g.left)/all, foot+2, m.room*float32(columns)/all, 6, bar, color.Transparent, 0)
	}
}

// line draws a row; labels that stand in the row before are not said again.
func (r *gridRenderer) line(m gridMeasure, at int, y float32, row GridRow, before []string, columns int, bold bool) {
	g := r.g
	ink, x, again := look.Color(theme.ColorNameForeground), float32(0), true
	r.box(0, y, m.side, 1, look.Color(theme.ColorNameSeparator), color.Transparent, 0)
	for i := range g.Sides {
		label := ""
		if i < len(row.Labels) {
			label = row.Labels[i]
		}
		if again = again && i < len(before) && before[i] == label; !again || len(g.Sides) == 1 {
			room := m.sides[i]
			if i == len(row.Labels)-1 { // a sum's name has the room of all
				room = m.side - x
			}
			r.text(g.within(label, room-8, m.text, bold), x+6, y+m.text*0.15, m.text, ink, bold)
		}
		x += m.sides[i]
	}
	for i := g.left; i < g.left+columns; i++ {
		c := ink
		if g.Tone != nil && g.Tone(at, i) == Bad {
			c = look.Color(look.Accent)
		}
		r.text(row.Cells[i], x+m.widths[i]-cellGap/2-wideOf(row.Cells[i], m.text, bold), y+m.text*0.15, m.text, c, bold)
		x += m.widths[i]
	}
}

// ring marks the chosen cell: where the arrows walk, and else where they left.
func (r *gridRenderer) ring(m gridMeasure, rows, columns int) {
	g := r.g
	y, high := float32(0), m.head
	switch n := g.row - g.top; {
	case g.row < 0:
	case g.row >= g.Rows:
		y, high = m.head+float32(rows+g.row-g.Rows)*m.line, m.line
	case n >= 0 && n < rows:
		y, high = m.head+float32(n)*m.line, m.line
	default:
		return
	}
	if g.column < g.left || g.column >= g.left+columns {
		return
	}
	x := m.side
	for i := g.left; i < g.column; i++ {
		x += m.widths[i]
	}
	width := cmp.Or(map[bool]float32{true: 3}[g.focused], 1)
	c := look.Color(look.Ring)
	if !g.focused {
		c = look.Color(look.Ink2)
	}
	r.box(x, y, m.widths[g.column], high, color.Transparent, c, width)
}
