package paper

import (
	"image/color"

	"lianluo.local/app/paper/typeset"
)

// The colours of paper: one red for what matters, warm grey and ink for the rest. Every one stays apart from its ground
// on a black-and-white printer.
var (
	ink     = color.RGBA{0x26, 0x23, 0x20, 0xFF}
	grey    = color.RGBA{0x6B, 0x64, 0x5B, 0xFF}
	hair    = color.RGBA{0xC4, 0xB9, 0xA8, 0xFF}
	red     = color.RGBA{0xB0, 0x1B, 0x1F, 0xFF}
	cream   = color.RGBA{0xF9, 0xF5, 0xEF, 0xFF}
	blush   = color.RGBA{0xFD, 0xF3, 0xF2, 0xFF}
	pale    = color.RGBA{0xE6, 0xE2, 0xDC, 0xFF}
	black   = color.RGBA{0, 0, 0, 0xFF}
	leading = 1.42 // distance of lines in sizes of type
)

// cell is one labelled value of a form. It takes its share of the row, at most so many lines (0 is one), and ends in tail
// where more was to be said.
type cell struct {
	label, value string
	share        float64
	lines        int
	tail         string
}

// form is a table of labelled values that grows downwards: boxed with tinted labels for reading, or, ruled, with a
// hairline under each row for the file.
type form struct {
	page         *typeset.Page
	x, y, w      float64
	label, value typeset.Style
	column       float64 // width of a label
	pad          float64 // white above and below the lines of a row
	ruled        bool
	top          float64
	rows         int
}

const pt = 25.4 / 72

// row adds cells side by side. Cells without a value keep their place.
func (f *form) row(cells ...cell) {
	type filled struct {
		style typeset.Style
		lines []typeset.Line
	}
	values, height, inset := make([]filled, len(cells)), 0.0, f.value.Size*pt*.5
	for i, c := range cells {
		room := f.w*share(cells, i) - f.column - 2*inset
		tail := c.tail
		if tail == "" {
			tail = "…"
		}
		v := &values[i]
		fit := f.value.Block
		if len(cells) > 1 {
			fit = f.value.Snug
		}
		v.style, v.lines = fit(c.value, room, max(c.lines, 1), tail)
		height = max(height, float64(len(v.lines))*v.style.Size*pt*leading)
	}
	height = max(height, f.value.Size*pt*leading) + 2*f.pad
	f.begin()
	x := f.x
	for i, c := range cells {
		w := f.w * share(cells, i)
		f.name(x, height, c.label, i > 0)
		step := values[i].style.Size * pt * leading
		y := f.y + height/2 - float64(len(values[i].lines)-1)*step/2
		for k, l := range values[i].lines {
			f.page.Line(x+f.column+inset, y+float64(k)*step, values[i].style, l)
		}
		x += w
	}
	f.end(height)
}

// share is the part of the row that cell i takes.
func share(cells []cell, i int) float64 {
	if cells[i].share == 0 {
		return 1 / float64(len(cells))
	}
	return cells[i].share
}

// begin and end frame a row of any content.
func (f *form) begin() {
	if f.rows == 0 {
		f.top = f.y
	} else if !f.ruled {
		f.page.Rule(f.x, f.y, f.w, .15, hair)
	}
	f.rows++
}

func (f *form) end(height float64) {
	if f.y += height; f.ruled {
		f.page.Rule(f.x, f.y, f.w, .15, hair)
	}
}

// name writes a label in its column; inner, it is divided from the value before it.
func (f *form) name(x, height float64, label string, inner bool) {
	if !f.ruled {
		f.page.Tint(x, f.y, f.column, height, cream)
		f.page.Pillar(x+f.column, f.y, height, .15, hair)
		if inner {
			f.page.Pillar(x, f.y, height, .15, hair)
		}
	}
	side := f.column * .11
	f.page.Spread(x+side, f.y+height/2, f.column-2*side, f.label, label)
}

// close draws the outer frame of a boxed form.
func (f *form) close() { f.page.Frame(f.x, f.top, f.w, f.y-f.top, .35, grey) }
