package form

import (
	"strconv"

	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/words"
)

// Tick is one box of a closed list. Its short code is printed small beside the box, so that who keys a paper in types
// numbers.
type Tick struct {
	Code, Name string
	On         bool
}

// Ticks gives the boxes of a closed list, numbered from 1 in its order; those of the given codes are ticked.
func Ticks(ws words.List, codes ...string) (ts []Tick) {
	for i, w := range ws {
		t := Tick{Code: strconv.Itoa(i + 1), Name: w.Name}
		for _, c := range codes {
			t.On = t.On || c == w.Code
		}
		ts = append(ts, t)
	}
	return ts
}

// Choice is a labelled list of boxes in a row of a form, after a value where there is one.
type Choice struct {
	Label, Value string
	Share        float64 // of the row, as in a Cell
	Ticks        []Tick
}

// Choose adds lists of boxes side by side; each takes as many lines as it needs.
func (f *Grid) Choose(choices ...Choice) {
	cells := make([]Cell, len(choices))
	for i, c := range choices {
		cells[i].Share = c.Share
	}
	em := f.Value.Size * Pt
	inset, step := em*.5, f.Step(f.Value)
	lines := 0
	for _, draw := range []bool{false, true} {
		height := float64(lines)*step + 2*f.Pad
		if draw {
			f.Begin()
		}
		x := f.X
		for i, c := range choices {
			w, from := f.W*share(cells, i), x+f.Column+inset
			if draw {
				f.Title(x, height, c.Label, i > 0)
			}
			n := f.ticks(c, from, x+w-inset, f.Y+height/2, 0)
			if draw {
				f.ticks(c, from, x+w-inset, f.Y+height/2-float64(n-1)*step/2, step)
			}
			lines = max(lines, n)
			x += w
		}
		if draw {
			f.End(height)
		}
	}
}

// ticks sets boxes from left to right, the first line at the height y, and counts the lines; a step of zero only
// counts.
func (f *Grid) ticks(c Choice, left, right, y, step float64) int {
	x, lines := left, 1
	if c.Value != "" {
		style, value := f.Value.Fit(c.Value, right-left)
		if x += style.Width(value) + f.Value.Size*Pt*.9; step > 0 {
			f.Page.Text(left, y, typeset.Left, style, value)
		}
	}
	for _, t := range c.Ticks {
		w := f.tick(x, y, t, false)
		if x > left && x+w > right {
			x, y, lines = left, y+step, lines+1
		}
		if step > 0 {
			f.tick(x, y, t, true)
		}
		x += w + f.Value.Size*Pt*.9
	}
	return lines
}

// tick draws one box with its code and name from x, or, without ink, only tells how wide it is.
func (f *Grid) tick(x, y float64, t Tick, ink bool) float64 {
	em := f.Value.Size * Pt
	side := em * .82
	code := f.Label.Scaled(.72)
	at := x + side + em*.18
	name := at
	if t.Code != "" {
		name += code.Width(t.Code) + em*.15
	}
	if ink {
		f.Page.Frame(x, y-side/2, side, side, .28, Ink)
		if t.On {
			mark := typeset.Style{Face: typeset.Bold, Size: f.Value.Size * 1.15, Ink: Black}
			f.Page.Text(x+side/2, y-em*.04, typeset.Centre, mark, "✓")
		}
		f.Page.Text(at, y+em*.14, typeset.Left, code, t.Code)
		f.Page.Text(name, y, typeset.Left, f.Value, t.Name)
	}
	return name + f.Value.Width(t.Name) - x
}
