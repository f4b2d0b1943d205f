package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// GridRow is one row of a grid: what says which it is, and what stands in it.
type GridRow struct{ Labels, Cells []string }

// Grid shows numbers by rows and columns, each of which opens something. It is one stop of the keyboard: the arrows walk
// from cell to cell and up into the heads, Enter opens, ↑ above the heads leaves. What says which row it is stays in
// sight, and so do the sums below; only what is seen is drawn. A click opens at once.
type Grid struct {
	widget.BaseWidget
	held
	Sides  []string // heads of what says which row it is
	Heads  []string
	Rows   int
	Sums   int                 // rows that stand under all others
	Row    func(i int) GridRow // sums follow the rows
	Tone   func(row, column int) Tone
	OnMove func()                // the chosen cell is another
	OnOpen func(row, column int) // row -1 is the head of a column
	OnOut  func()                // somebody went up from the heads

	row, column   int
	top, left     int // the first row and column that are seen
	focused       bool
	sides, widths []float32 // of the columns, as long as what they show stays
	sized         float32   // the letters they were measured with
}

// measured is how many rows are looked at to find how wide columns have to be; a sum is as a rule as wide as any.
const measured = 500

// NewGrid makes an empty one.
func NewGrid(tone func(row, column int) Tone) *Grid {
	g := &Grid{Tone: tone}
	g.ExtendBaseWidget(g)
	return g
}

// Set shows other numbers: so many rows, and sums below, each as row gives it. The chosen cell stays as far as there is
// one in its place.
func (g *Grid) Set(sides, heads []string, rows, sums int, row func(i int) GridRow) {
	if !slices.Equal(heads, g.Heads) { // other columns are seen from the first
		g.left = 0
	}
	g.Sides, g.Heads, g.Rows, g.Sums, g.Row, g.widths = sides, heads, rows, sums, row, nil
	g.Choose(g.row, g.column)
}

// Chosen is the chosen cell, as OnOpen has it.
func (g *Grid) Chosen() (row, column int) { return g.row, g.column }

// Choose chooses a cell and moves it into sight.
func (g *Grid) Choose(row, column int) {
	g.row = max(min(row, g.Rows+g.Sums-1), -1)
	g.column = max(min(column, len(g.Heads)-1), 0)
	if n := g.deep(); g.row >= 0 && g.row < g.Rows {
		g.top = max(min(g.top, g.row), g.row-n+1)
	}
	g.left = min(g.left, g.column)
	for g.left < g.column && g.column >= g.left+g.broad() {
		g.left++
	}
	g.top = max(min(g.top, g.Rows-g.deep()), 0)
	g.Refresh()
	if g.OnMove != nil {
		g.OnMove()
	}
}

// Focus lets the arrows walk in it.
func (g *Grid) Focus() { Focus(g) }

// Focused says whether they do.
func (g *Grid) Focused() bool { return g.focused }

// FocusGained implements fyne.Focusable.
func (g *Grid) FocusGained() { g.focused = true; g.Refresh() }

// FocusLost implements fyne.Focusable.
func (g *Grid) FocusLost() { g.focused = false; g.Refresh() }

// TypedRune implements fyne.Focusable.
func (g *Grid) TypedRune(rune) {}

// TypedKey walks and opens.
func (g *Grid) TypedKey(k *fyne.KeyEvent) {
	if repeated(k.Name) {
		return
	}
	switch k.Name {
	case fyne.KeyLeft:
		g.Choose(g.row, g.column-1)
	case fyne.KeyRight:
		g.Choose(g.row, g.column+1)
	case fyne.KeyDown:
		g.Choose(g.row+1, g.column)
	case fyne.KeyUp:
		if g.row < 0 && g.OnOut != nil {
			g.OnOut()
			return
		}
		g.Choose(g.row-1, g.column)
	case fyne.KeyPageDown:
		g.Choose(g.row+g.deep(), g.column)
	case fyne.KeyPageUp:
		g.Choose(max(g.row-g.deep(), 0), g.column)
	case fyne.KeyHome:
		g.Choose(g.row, 0)
	case fyne.KeyEnd:
		g.Choose(g.row, len(g.Heads)-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		keyboard.spent = k.Name
		g.open()
	default:
		does(Key{k.Name, false})
	}
}

func (g *Grid) open() {
	if g.OnOpen != nil && len(g.Heads) > 0 {
		g.OnOpen(g.row, g.column)
	}
}

// Tapped chooses and opens.
func (g *Grid) Tapped(e *fyne.PointEvent) {
	once(e, func() {
		row, column, ok := g.at(e.Position)
		Focus(g)
		if ok {
			g.Choose(row, column)
			g.open()
		}
	})
}

// at is the cell in a place.
func (g *Grid) at(p fyne.Position) (row, column int, ok bool) {
	m := g.measure()
	x := m.side
	for column = g.left; column < len(g.Heads) && p.X >= x+m.widths[column]; column++ {
		x += m.widths[column]
	}
	seen := min(g.deep(), g.Rows-g.top)
	row = g.top + int((p.Y-m.head)/m.line)
	switch {
	case p.Y < m.head:
		row = -1
	case row-g.top >= seen:
		row = g.Rows + row - g.top - seen
	}
	return row, column, column < len(g.Heads) && p.X >= m.side && row < g.Rows+g.Sums
}

// Scrolled moves rows and columns.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	step := func(by float32) int { return int(math.Copysign(math.Ceil(math.Abs(float64(by/12))), float64(by))) }
	g.top = max(min(g.top-step(e.Scrolled.DY), g.Rows-g.deep()), 0)
	last := len(g.Heads) - 1
	for room := g.measure().room; last > 0 && room >= g.widths[last]+g.widths[last-1]; last-- {
		room -= g.widths[last]
	}
	g.left = max(min(g.left-step(e.Scrolled.DX), last), 0)
	g.Refresh()
}

// Cursor shows that it can be pressed.
func (g *Grid) Cursor() desktop.Cursor { return desktop.PointerCursor }

// gridMeasure is how large its parts are: letters, the head, a line, what says which row it is, what is left for columns.
type gridMeasure struct {
	text, head, line, side, room float32
	sides                        []float32
	widths                       []float32
}

const cellGap = 14

func (g *Grid) measure() gridMeasure {
	m := gridMeasure{text: g.Theme().Size(theme.SizeNameText)}
	m.head, m.line = m.text*2.8, m.text*1.7
	g.widen(m.text)
	m.widths, m.sides = g.widths, make([]float32, len(g.Sides))
	for i, w := range g.sides {
		m.sides[i] = min(w+cellGap, g.Size().Width*0.45/float32(len(m.sides)))
		m.side += m.sides[i]
	}
	m.room = g.Size().Width - m.side - 8
	return m
}

// widen finds how wide columns have to be.
func (g *Grid) widen(text float32) {
	if g.widths != nil && g.sized == text {
		return
	}
	g.sides, g.widths, g.sized = make([]float32, len(g.Sides)), make([]float32, len(g.Heads)), text
	for i, s := range g.Sides {
		g.sides[i] = wideOf(s, text-2, true)
	}
	for i, h := range g.Heads {
		for _, s := range folded(h) {
			g.widths[i] = max(g.widths[i], wideOf(s, text-2, true))
		}
	}
	looked := min(g.Rows, measured)
	for at := range looked + g.Sums {
		if at >= looked {
			at += g.Rows - looked
		}
		r := g.Row(at)
		for i, s := range r.Labels {
			if at < g.Rows || len(g.Sides) == 1 { // a sum's name has the room of all
				g.sides[i] = max(g.sides[i], wideOf(s, text, at >= g.Rows))
			}
		}
		for i, c := range r.Cells {
			g.widths[i] = max(g.widths[i], wideOf(c, text, true))
		}
	}
	for i := range g.widths {
		g.widths[i] += cellGap
	}
}

// deep is how many rows have room, and broad how many columns.
func (g *Grid) deep() int {
	m := g.measure()
	return max(int((g.Size().Height-m.head-float32(g.Sums)*m.line-8)/m.line), 1)
}

func (g *Grid) broad() (n int) {
	m := g.measure()
	for x := float32(0); g.left+n < len(m.widths); n++ {
		if x += m.widths[g.left+n]; x > m.room {
			break
		}
	}
	return max(n, 1)
}

// folded parts a head that is longer than four letters into two lines: a month behind its year, else in the middle.
func folded(s string) []string {
	rs := []rune(s)
	if len(rs) <= 4 {
		return []string{s}
	}
	half := (len(rs) + 1) / 2
	if year := slices.Index(rs, '年') + 1; year > 0 && year < len(rs) {
		half = year
	}
	return []string{string(rs[:half]), string(rs[half:])}
}

func wideOf(s string, size float32, bold bool) (w float32) {
	for _, r := range s {
		w += advance(r, size, fyne.TextStyle{Bold: bold})
	}
	return w
}

// within ends a text that has no room with …: the whole is told where it was chosen.
func (g *Grid) within(s string, width, size float32, bold bool) string {
	if wideOf(s, size, bold) <= width {
		return s
	}
	rs := []rune(s)
	for len(rs) > 0 && wideOf(string(rs)+"…", size, bold) > width {
		rs = rs[:len(rs)-1]
	}
	return string(rs) + "…"
}
