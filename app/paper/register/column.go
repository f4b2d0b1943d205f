package register

import (
	"math"
	"strings"
	"unicode"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// column is one column of a table: its title, its share of the width where a hand writes in it, and where its short texts
// stand.
type column struct {
	title string
	share float64
	align typeset.Align
}

// widths gives the columns of n rows their millimetres: the shares where rows are written by hand, else what they hold.
func (t *table) widths(n int, at func(i int) row) []float64 {
	room := t.w - 2*margin - t.side
	ws, sum := make([]float64, len(t.columns)), 0.0
	for i, c := range t.columns {
		ws[i] = c.share
		sum += c.share
	}
	for i := range ws {
		ws[i] *= room / sum
	}
	if t.written {
		return ws
	}
	return t.measured(ws, n, at)
}

// looked is how many rows are looked at, spread over all, to learn what the columns hold: they resemble each other.
const looked = 200

// measured starts from what a column needs (its title, the longest number or date in it) and shares out the rest of the
// width where it makes rows lowest, after the type has been made as large as needs leave room for. shares are what empty
// columns are kept near to.
func (t *table) measured(shares []float64, n int, at func(i int) row) []float64 {
	cells := make([][][]float64, len(t.columns)) // of a column, its cells, the widths of their lines
	ws := make([]float64, len(t.columns))
	for c := range ws {
		for l := range strings.SplitSeq(t.columns[c].title, "\n") {
			ws[c] = max(ws[c], t.head.Width(l))
		}
	}
	for k := range min(n, looked) {
		r := at(k * n / min(n, looked))
		if len(r.cells) < len(t.columns) {
			continue // the last one reaches over the others
		}
		for c, text := range r.cells {
			var lines []float64
			for l := range strings.SplitSeq(typeset.Clean(text), "\n") {
				if w := t.body.Width(l); w > 0 {
					lines = append(lines, w)
					ws[c] = max(ws[c], min(t.longest(l), 3.2*t.body.Size))
				}
			}
			if lines != nil {
				cells[c] = append(cells[c], lines)
			}
		}
	}
	if by := min(form.Official/t.body.Size, total(shares)*.7/total(ws)); t.small && by > 1 {
		t.body.Size, t.head.Size = t.body.Size*by, t.head.Size*by
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
		ws[c] += 2*t.pad() + .4
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
	const step = .5
	gain := make([]float64, len(ws))
	for c := range ws {
		gain[c] = t.crowded(cells[c], ws[c]) - t.crowded(cells[c], ws[c]+step)
	}
	for ; left >= step; left -= step {
		best := 0
		for c, g := range gain {
			if g > gain[best] {
				best = c
			}
		}
		if gain[best] <= 0 { // everything stands in one line
			break
		}
		ws[best] += step
		gain[best] = t.crowded(cells[best], ws[best]) - t.crowded(cells[best], ws[best]+step)
	}
	by := (total(ws) + left) / total(ws)
	for c := range ws {
		ws[c] *= by
	}
	return ws
}

// crowded is how much the cells of a column weigh when it is so wide: lines to the fourth power, because a row is as high as its
// highest cell.
func (t *table) crowded(cells [][]float64, width float64) (sum float64) {
	width -= 2 * t.pad()
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
func (t *table) longest(text string) float64 {
	most := 3 * t.body.Width("国")
	apart := func(r rune) bool { return unicode.IsSpace(r) || r > math.MaxUint8 }
	for word := range strings.FieldsFuncSeq(text, apart) {
		most = max(most, t.body.Width(word))
	}
	return most
}

func total(ws []float64) (sum float64) {
	for _, w := range ws {
		sum += w
	}
	return sum
}
