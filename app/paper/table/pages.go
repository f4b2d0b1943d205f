package table

import "strconv"

// stretch is the part of a row that stands on one page: lines from to to of each cell, and white that fills the page.
type stretch struct {
	row      *laid
	from, to int
	more     float64
}

func (g *galley) height(s stretch) float64 {
	n := s.to - s.from
	for c := 0; s.from > 0 && c < min(g.keys, len(s.row.ends)); c++ {
		n = max(n, len(s.row.cell(c))+1)
	}
	return max(float64(n)*g.step()+2*g.air, g.Least) + s.more
}

// made makes the galley up into pages that have so much room for rows, so many of them at least where they are
// filled. A last page with next to nothing on it is saved by less white in the cells, or gets company.
func (g *galley) made(room float64, least int) [][]stretch {
	pages := g.paged(room, least)
	if last := len(pages) - 1; g.Fill == nil && last > 0 && count(pages[last]) < company {
		closer := *g
		closer.air, closer.Least = tight, g.Least-2*(g.air-tight)
		if fewer := closer.paged(room, least); len(fewer) <= last {
			*g, pages = closer, fewer
		}
		even(pages)
	}
	return pages
}

// paged puts rows on pages that have so much room for them.
func (g *galley) paged(room float64, least int) (pages [][]stretch) {
	n := len(g.rows)
	var page []stretch
	left := room
	turn := func() {
		for i := range page {
			if g.Fill != nil { // a page to write on ends at the foot
				page[i].more = left / float64(len(page))
			}
		}
		pages, page, left = append(pages, page), nil, room
	}
	put := func(s stretch) {
		page = append(page, s)
		left -= g.height(s)
	}
	for i := range g.rows {
		s := stretch{row: &g.rows[i], to: g.rows[i].most}
		need := g.height(s)
		if s.row.tinted && i < n-1 {
			need += min(g.height(stretch{row: &g.rows[i+1], to: g.rows[i+1].most}), room/3)
		}
		if need > left && (need <= room || left < room/3) && len(page) > 0 {
			turn()
		}
		for g.height(s) > left+1e-9 {
			part := s
			part.to = min(s.from+max(int((left-2*g.air)/g.step()), 1), s.to)
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
	for i := n; g.Fill != nil; i++ {
		l := g.lay(Row{Cells: append([]string{strconv.Itoa(i + 1)}, g.Fill[1:]...)})
		s := stretch{row: &l, to: l.most}
		if g.height(s) > left {
			if len(pages)+1 >= least {
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

// even brings rows from the page before the last over to a last page with next to nothing on it. A row that goes on
// from page to page stays as it is; the head of a group goes with its first row.
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
