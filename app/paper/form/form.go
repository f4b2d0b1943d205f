// Package form is what all papers share: their few colours, and the table of labelled values that grows downwards.
package form

import (
	"image/color"

	"lianluo.local/app/paper/typeset"
)

// The colours of paper: one red for what matters, warm grey and ink for the rest. Every one stays apart from its ground
// on a black-and-white printer.
var (
	Ink   = color.RGBA{0x26, 0x23, 0x20, 0xFF}
	Grey  = color.RGBA{0x6B, 0x64, 0x5B, 0xFF}
	Hair  = color.RGBA{0xC4, 0xB9, 0xA8, 0xFF}
	Red   = color.RGBA{0xB0, 0x1B, 0x1F, 0xFF}
	Cream = color.RGBA{0xF9, 0xF5, 0xEF, 0xFF}
	Blush = color.RGBA{0xFD, 0xF3, 0xF2, 0xFF}
	Pale  = color.RGBA{0xE6, 0xE2, 0xDC, 0xFF}
	Black = color.RGBA{0, 0, 0, 0xFF}
)

// Leading is the distance of lines in sizes of type.
const Leading = 1.42

// Cell is one labelled value of a form. It takes its share of the row, at most so many lines (0 is one), and ends in
// tail where more was to be said.
type Cell struct {
	Label, Value string
	Share        float64
	Lines        int
	Tail         string
}

// Grid is a table of labelled values that grows downwards: boxed with tinted labels for reading, or, ruled, with a
// hairline under each row for the file.
type Grid struct {
	Page         *typeset.Page
	X, Y, W      float64
	Label, Value typeset.Style
	Column       float64 // width of a label
	Pad          float64 // white above and below the lines of a row
	Ruled        bool
	Leading      float64 // distance of lines in sizes of type; 0 for the usual one
	top          float64
	rows         int
}

// Pt is a point in millimetres.
const Pt = 25.4 / 72

// Row adds cells side by side. Cells without a value keep their place.
func (f *Grid) Row(cells ...Cell) {
	values, height := f.fill(cells)
	f.Begin()
	x, inset := f.X, f.inset()
	for i, c := range cells {
		w := f.W * share(cells, i)
		f.Title(x, height, c.Label, i > 0)
		step := f.Step(values[i].style)
		y := f.Y + height/2 - float64(len(values[i].lines)-1)*step/2
		for k, l := range values[i].lines {
			f.Page.Line(x+f.Column+inset, y+float64(k)*step, values[i].style, l)
		}
		x += w
	}
	f.End(height)
}

// filled is a value broken into lines.
type filled struct {
	style typeset.Style
	lines []typeset.Line
}

// inset is the white before and behind a value.
func (f *Grid) inset() float64 { return f.Value.Size * Pt * .5 }

// fill breaks the values of a row into lines, and tells how high it is.
func (f *Grid) fill(cells []Cell) (values []filled, height float64) {
	values = make([]filled, len(cells))
	for i, c := range cells {
		room := f.W*share(cells, i) - f.Column - 2*f.inset()
		tail := c.Tail
		if tail == "" {
			tail = "…"
		}
		v := &values[i]
		fit := f.Value.Block
		if len(cells) > 1 {
			fit = f.Value.Snug
		}
		v.style, v.lines = fit(c.Value, room, max(c.Lines, 1), tail)
		height = max(height, float64(len(v.lines))*f.Step(v.style))
	}
	return values, max(height, f.Step(f.Value)) + 2*f.Pad
}

// high is how high a row of such cells is.
func (f *Grid) high(cells []Cell) float64 {
	_, height := f.fill(cells)
	return height
}

// Step is the distance of lines in a style.
func (f *Grid) Step(s typeset.Style) float64 {
	if f.Leading > 0 {
		return s.Size * Pt * f.Leading
	}
	return s.Size * Pt * Leading
}

// share is the part of the row that cell i takes.
func share(cells []Cell, i int) float64 {
	if cells[i].Share == 0 {
		return 1 / float64(len(cells))
	}
	return cells[i].Share
}

// Begin opens a row of any content, which its maker draws from Y downwards.
func (f *Grid) Begin() {
	if f.rows == 0 {
		f.top = f.Y
	} else if !f.Ruled {
		f.Page.Rule(f.X, f.Y, f.W, .15, Hair)
	}
	f.rows++
}

// End closes what Begin began, height millimetres further down.
func (f *Grid) End(height float64) {
	if f.Y += height; f.Ruled {
		f.Page.Rule(f.X, f.Y, f.W, .15, Hair)
	}
}

// Title writes a label in its column; inner, it is divided from the value before it.
func (f *Grid) Title(x, height float64, label string, inner bool) {
	if !f.Ruled {
		f.Page.Tint(x, f.Y, f.Column, height, Cream)
		f.Page.Pillar(x+f.Column, f.Y, height, .15, Hair)
		if inner {
			f.Page.Pillar(x, f.Y, height, .15, Hair)
		}
	}
	wide := max(f.Column*.78, min(f.Label.Width(label), f.Column))
	f.Page.Spread(x+(f.Column-wide)/2, f.Y+height/2, wide, f.Label, label)
}

// Close draws the outer frame of a boxed form.
func (f *Grid) Close() {
	if f.rows > 0 {
		f.Page.Frame(f.X, f.top, f.W, f.Y-f.top, .35, Grey)
	}
}
