package register

import (
	"runtime"
	"strings"
	"sync"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// row is one row before it is broken into lines. Where there are fewer cells than columns, the last one reaches to the
// right edge.
type row struct {
	cells  []string
	struck bool // a line through the cells before the last: what they number is void
	tinted bool // the head of a group, which stands over one of its rows, or, as the last one, a total, which stands under one
}

// table is a table over any number of pages, between top and the foot, with its head on each of them.
type table struct {
	cover
	columns    []column
	w, h       float64         // of the page
	side       float64         // white at the right of the table, beyond the margin
	body, head typeset.Style   // of rows and of titles
	least      float64         // height of a row at least
	keys       int             // so many columns stand again where a row goes on on the next page
	beside     side            // draws what stands in that white, nil for nothing
	small      bool            // the type may be larger where the columns leave room
	air        float64         // white above and below the text of a cell
	written    bool            // rows are written by hand: columns keep their shares
	fill       func(i int) row // the rows to write in that fill the last page, nil for none
	pages      int             // so many pages at least, where there is fill
}

// register is a table for the file, A4 landscape, in the smallest type that reads well.
func register(c cover, keys int, columns []column) table {
	return table{cover: c, columns: columns, w: long, h: short, body: ink(typeset.Kai, 8), head: grey(8), least: 9, air: roomy, small: true, keys: keys}
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

// stretch is the part of a row that stands on one page: lines from to to of each cell, and white that fills the page.
type stretch struct {
	row      *laid
	from, to int
	more     float64
}

// The white above and below the text of a cell, and the least of it, which saves a page that would be nearly empty.
const roomy, tight = 1.1, .5

// pad is the white beside it.
func (t *table) pad() float64 { return t.body.Size * .095 }

func (t *table) step() float64 { return t.body.Size * form.Pt * 1.32 }

// lay breaks a row into lines.
func (t *table) lay(r row, ws []float64) laid {
	l := laid{ends: make([]int32, len(r.cells)), struck: r.struck, tinted: r.tinted}
	for i, text := range r.cells {
		w := ws[i]
		if i == len(r.cells)-1 {
			w = total(ws[i:])
		}
		if text = strings.Trim(typeset.Clean(text), " \n"); text != "" {
			lines := t.body.Wrap(text, w-2*t.pad())
			l.lines, l.most = append(l.lines, lines...), max(l.most, len(lines))
		}
		l.ends[i] = int32(len(l.lines))
	}
	return l
}

// layAll breaks n rows into lines, as many at a time as there are cores.
func (t *table) layAll(n int, at func(i int) row, ws []float64) []laid {
	all := make([]laid, n)
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for k := range workers {
		wait.Go(func() {
			for i := n * k / workers; i < n*(k+1)/workers; i++ {
				all[i] = t.lay(at(i), ws)
			}
		})
	}
	wait.Wait()
	return all
}

func (t *table) height(s stretch) float64 {
	n := s.to - s.from
	for c := 0; s.from > 0 && c < min(t.keys, len(s.row.ends)); c++ {
		n = max(n, len(s.row.cell(c))+1)
	}
	return max(float64(n)*t.step()+2*t.air, t.least) + s.more
}

// sides sets n rows; the i-th is made by at, which several goroutines call. A row stands on one page unless it is higher
// than a page; then it goes on until all of it is there. With fill, the last page is filled with rows to write in.
func (t *table) sides(n int, at func(i int) row) []side {
	ws := t.widths(n, at)
	rows := t.layAll(n, at, ws)
	heading := *t
	heading.body = t.head
	head := heading.lay(row{cells: t.titles()}, ws)
	under := float64(head.most)*t.head.Size*form.Pt*1.25 + 2.6
	pages := t.paged(rows, ws, t.h-floor-top-under)
	if last := len(pages) - 1; t.fill == nil && last > 0 && count(pages[last]) < company {
		closer := *t
		closer.air, closer.least = tight, t.least-2*(t.air-tight)
		if fewer := closer.paged(rows, ws, t.h-floor-top-under); len(fewer) <= last {
			t.air, t.least, pages = closer.air, closer.least, fewer
		}
		even(pages)
	}
	sides := make([]side, len(pages))
	for i, page := range pages {
		sides[i] = func(p *typeset.Page, n, of int) {
			t.cover.draw(p, n, of)
			if t.beside != nil {
				t.beside(p, i, len(pages))
			}
			t.draw(p, ws, &head, under, page)
		}
	}
	return sides
}

// paged puts rows on pages that have so much room for them.
func (t *table) paged(rows []laid, ws []float64, room float64) (pages [][]stretch) {
	n := len(rows)
	var page []stretch
	left := room
	turn := func() {
		for i := range page {
			if t.fill != nil { // a page to write on ends at the foot
				page[i].more = left / float64(len(page))
			}
		}
		pages, page, left = append(pages, page), nil, room
	}
	put := func(s stretch) {
		page = append(page, s)
		left -= t.height(s)
	}
	for i := range rows {
		s := stretch{row: &rows[i], to: rows[i].most}
		need := t.height(s)
		if rows[i].tinted && i < n-1 {
			need += min(t.height(stretch{row: &rows[i+1], to: rows[i+1].most}), room/3)
		}
		if need > left && (need <= room || left < room/3) && len(page) > 0 {
			turn()
		}
		for t.height(s) > left+1e-9 {
			part := s
			part.to = min(s.from+max(int((left-2*t.air)/t.step()), 1), s.to)
			put(part)
			if s.from = part.to; s.from == s.to {
				break
			}
			turn()
		}
		if s.from < s.to || s.to == 0 {
			put(s)
		}
	}
	for i := n; t.fill != nil; i++ {
		l := t.lay(t.fill(i), ws)
		s := stretch{row: &l, to: l.most}
		if t.height(s) > left {
			if len(pages)+1 >= t.pages {
				break
			}
			turn()
		}
		put(s)
	}
	turn()
	return pages
}

// company is how many rows a last page has at least, where the page before it can spare them.
const company = 3

// even brings rows from the page before the last over to a last page with next to nothing on it. A row that goes on from page
// to page stays as it is; the head of a group goes with its first row.
func even(pages [][]stretch) {
	last := len(pages) - 1
	if last < 1 {
		return
	}
	for count(pages[last]) < company && count(pages[last-1]) > company {
		before := pages[last-1]
		s := before[len(before)-1]
		if s.to-s.from < s.row.most {
			return
		}
		pages[last-1], pages[last] = before[:len(before)-1], append([]stretch{s}, pages[last]...)
		if k := len(before) - 2; before[k].row.tinted {
			pages[last-1], pages[last] = before[:k], append([]stretch{before[k]}, pages[last]...)
		}
	}
}

// count is how many rows stand on a page, heads of groups and totals apart.
func count(page []stretch) (n int) {
	for _, s := range page {
		if !s.row.tinted {
			n++
		}
	}
	return n
}

func (t *table) titles() (ts []string) {
	for _, c := range t.columns {
		ts = append(ts, c.title)
	}
	return ts
}

// draw writes head and rows of one page. Upright hairlines run through as many rows as have the same cells.
func (t *table) draw(p *typeset.Page, ws []float64, head *laid, under float64, page []stretch) {
	y, width := top, total(ws)
	p.Tint(margin, y, width, under, form.Cream)
	step := t.head.Size * form.Pt * 1.25
	x := margin
	for c := range t.columns {
		lines := head.cell(c)
		for i, l := range lines {
			p.Line(x+(ws[c]-l.Width)/2, y+under/2+(float64(i)-float64(len(lines)-1)/2)*step, t.head, typeset.Line{Text: l.Text})
		}
		x += ws[c]
	}
	y += under
	from, cells := top, len(t.columns)
	pillars := func() {
		x := margin
		for c := range cells - 1 {
			x += ws[c]
			p.Pillar(x, from, y-from, .15, form.Hair)
		}
	}
	p.Rule(margin, y, width, .3, form.Grey)
	for i, s := range page {
		if n := len(s.row.ends); n != cells {
			pillars()
			from, cells = y, n
		}
		if i > 0 {
			p.Rule(margin, y, width, .15, form.Hair)
		}
		h := t.height(s)
		t.row(p, y, h, ws, s)
		y += h
	}
	pillars()
	p.Frame(margin, top, width, y-top, .35, form.Grey)
}

// row writes one stretch of a row, h high.
func (t *table) row(p *typeset.Page, y, h float64, ws []float64, s stretch) {
	if s.row.tinted {
		p.Tint(margin, y, total(ws), h, form.Cream)
	}
	x, step, whole := margin, t.step(), s.to-s.from == s.row.most
	last := len(s.row.ends) - 1
	for c := range s.row.ends {
		lines, wide, align := s.row.cell(c), ws[c], t.columns[c].align
		if c == last && c < len(ws)-1 {
			wide, align = total(ws[c:]), typeset.Left
		}
		again := s.from > 0 && c < t.keys
		if !again {
			lines = lines[min(s.from, len(lines)):min(s.to, len(lines))]
		}
		at := y + t.air + step/2
		if whole {
			at = y + h/2 - float64(len(lines)-1)*step/2
		}
		for i, l := range lines {
			at := at + float64(i)*step
			left := x + t.pad()
			if align == typeset.Centre {
				left, l.Track = x+(wide-l.Width)/2, min(l.Track, 0)
			}
			p.Line(left, at, t.body, l)
			if s.row.struck && c < last {
				p.Rule(left-.3, at, l.Width+.6, .25, form.Ink)
			}
		}
		if again && c == t.keys-1 {
			p.Text(x+wide/2, at+float64(len(lines))*step, typeset.Centre, grey(t.body.Size*.9), "（续）")
		}
		x += wide
	}
}
