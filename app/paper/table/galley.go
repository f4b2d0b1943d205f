package table

import (
	"runtime"
	"strings"
	"sync"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// galley is a table that is set in type and not yet made up into pages.
type galley struct {
	Layout
	keys       int
	columns    []Column
	ws         []float64 // of the columns
	body, head typeset.Style
	air        float64 // white above and below the text of a cell
	rows       []laid
	titles     laid
	under      float64 // height of the titles
	thin       bool    // the titles are parted from the rows by a hairline
}

// laid is a row broken into lines: those of cell c are lines[ends[c-1]:ends[c]].
type laid struct {
	lines          []typeset.Line
	ends           []int32
	most           int // lines of its longest cell
	struck, tinted bool
}

func (l *laid) cell(c int) []typeset.Line {
	if c == 0 {
		return l.lines[:l.ends[0]]
	}
	return l.lines[l.ends[c-1]:l.ends[c]]
}

// The white above and below the text of a cell, and the least of it, which saves a page that would be nearly empty.
const roomy, tight = 1.1, .5

func ink(f typeset.Face, size float64) typeset.Style {
	return typeset.Style{Face: f, Size: size, Ink: form.Ink}
}

func grey(size float64) typeset.Style {
	return typeset.Style{Face: typeset.Sans, Size: size, Ink: form.Grey}
}

// galley sets a table so wide.
func (l Layout) galley(t Table, width float64) *galley {
	if l.Aside > 0 {
		width -= l.Aside + gap
	}
	g := &galley{Layout: l, keys: t.Keys, columns: t.Columns, air: roomy,
		body: ink(typeset.Kai, l.Body), head: grey(l.Head)}
	rows := t.shown()
	g.ws = g.widths(rows, width)
	g.rows = g.layAll(rows, len(t.Rows), len(t.Rows)+len(t.Sums)+len(t.Held))
	titles := make([]string, len(t.Columns))
	for c := range titles {
		titles[c] = t.Columns[c].Title
	}
	heading := *g
	heading.body = g.head
	g.titles = heading.lay(Row{Cells: titles})
	if g.under = l.Titles; g.under == 0 {
		g.under = float64(g.titles.most)*g.leading() + 2.6
	}
	return g
}

// pad is the white beside the text of a cell.
func (g *galley) pad() float64 { return g.body.Size * .095 }

// step is the distance of lines, leading that of lines of titles.
func (g *galley) step() float64    { return g.body.Size * form.Pt * 1.32 }
func (g *galley) leading() float64 { return g.head.Size * form.Pt * 1.25 }

// printed is the text of a cell as it is printed in a column.
func printed(cell string) string { return typeset.Clean(strings.ReplaceAll(cell, Fold, "\n")) }

// lay breaks a row into lines.
func (g *galley) lay(r Row) laid {
	l := laid{ends: make([]int32, len(r.Cells)), struck: r.Struck, tinted: r.Group}
	for i, text := range r.Cells {
		w := g.ws[i]
		if i == len(r.Cells)-1 {
			w = total(g.ws[i:])
		}
		if text = strings.Trim(printed(text), " \n"); text != "" {
			lines := g.body.Wrap(text, w-2*g.pad())
			l.lines, l.most = append(l.lines, lines...), max(l.most, len(lines))
		}
		l.ends[i] = int32(len(l.lines))
	}
	return l
}

// layAll breaks rows into lines, as many at a time as there are cores; those from sums on are totals, up to remarks.
func (g *galley) layAll(rows []Row, sums, remarks int) []laid {
	all, n := make([]laid, len(rows)), len(rows)
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for k := range workers {
		wait.Go(func() {
			for i := n * k / workers; i < n*(k+1)/workers; i++ {
				all[i] = g.lay(rows[i])
				all[i].tinted = all[i].tinted || i >= sums && i < remarks
			}
		})
	}
	wait.Wait()
	return all
}
