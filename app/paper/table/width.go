package table

import (
	"math"
	"strings"
	"unicode"

	"lianluo.local/app/paper/form"
)

// widths gives the columns their millimetres of so many in all: their shares where rows are written by hand, else
// what they hold.
func (g *galley) widths(rows []Row, room float64) []float64 {
	ws, sum := make([]float64, len(g.columns)), 0.0
	for i, c := range g.columns {
		ws[i] = c.Width
		sum += c.Width
	}
	for i := range ws {
		ws[i] *= room / sum
	}
	if g.Written {
		return ws
	}
	return g.measured(ws, rows)
}

// looked is how many rows are looked at, spread over all, to learn what the columns hold: they resemble each other.
const looked = 200

// measured starts from what a column needs (its title, the longest number or date in it) and shares out the rest of the
// width where it makes rows lowest, after the type has been made as large as needs leave room for. shares are what
// empty columns are kept near to.
func (g *galley) measured(shares []float64, rows []Row) []float64 {
	cells := make([][][]float64, len(g.columns)) // of a column, its cells, the widths of their lines
	ws := make([]float64, len(g.columns))
	for c := range ws {
		for l := range strings.SplitSeq(g.columns[c].Title, "\n") {
			ws[c] = max(ws[c], g.head.Width(l))
		}
	}
	n := len(rows)
	for k := range min(n, looked) {
		r := rows[k*n/min(n, looked)]
		if len(r.Cells) < len(g.columns) {
			continue // the last one reaches over the others
		}
		for c, text := range r.Cells {
			var lines []float64
			for l := range strings.SplitSeq(printed(text), "\n") {
				if w := g.body.Width(l); w > 0 {
					lines = append(lines, w)
					ws[c] = max(ws[c], min(g.longest(l), 3.2*g.body.Size))
				}
			}
			if lines != nil {
				cells[c] = append(cells[c], lines)
			}
		}
	}
	if by := min(form.Official/g.body.Size, total(shares)*.7/total(ws)); by > 1 {
		g.body.Size, g.head.Size = g.body.Size*by, g.head.Size*by
		for c := range ws {
			ws[c] *= by
			for _, lines := range cells[c] {
				for i := range lines {
					lines[i] *= by
				}
			}
		}
	}
	left := total(shares)
	for c := range ws {
		ws[c] += 2*g.pad() + .4
		if cells[c] == nil { // for the pen
			ws[c] = max(ws[c], min(shares[c], 12))
		}
		left -= ws[c]
	}
	if left < 0 {
		by := total(shares) / total(ws)
		for c := range ws {
			ws[c] *= by
		}
		return ws
	}
	return g.spread(ws, cells, left)
}

// spread shares out what is left of the width, to each column as long as it makes rows lower.
func (g *galley) spread(ws []float64, cells [][][]float64, left float64) []float64 {
	const step = .5
	gain := make([]float64, len(ws))
	for c := range ws {
		gain[c] = g.crowded(cells[c], ws[c]) - g.crowded(cells[c], ws[c]+step)
	}
	for ; left >= step; left -= step {
		best := 0
		for c, more := range gain {
			if more > gain[best] {
				best = c
			}
		}
		if gain[best] <= 0 { // everything stands in one line
			break
		}
		ws[best] += step
		gain[best] = g.crowded(cells[best], ws[best]) - g.crowded(cells[best], ws[best]+step)
	}
	by := (total(ws) + left) / total(ws)
	for c := range ws {
		ws[c] *= by
	}
	return ws
}

// crowded is how much the cells of a column weigh when it is so wide: lines to the fourth power, because a row is as
// high as its highest cell.
func (g *galley) crowded(cells [][]float64, width float64) (sum float64) {
	width -= 2 * g.pad()
	for _, lines := range cells {
		n := 0.0
		for _, w := range lines {
			n += (max(1, w/width) + math.Ceil(w/width)) / 2
		}
		sum += n * n * n * n
	}
	return sum
}

// longest is the widest part of a text that is not broken, and three characters at least.
func (g *galley) longest(text string) float64 {
	most := 3 * g.body.Width("国")
	apart := func(r rune) bool { return unicode.IsSpace(r) || r > math.MaxUint8 }
	for word := range strings.FieldsFuncSeq(text, apart) {
		most = max(most, g.body.Width(word))
	}
	return most
}

func total(ws []float64) (sum float64) {
	for _, w := range ws {
		sum += w
	}
	return sum
}
