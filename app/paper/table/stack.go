package table

import "lianluo.local/app/paper/typeset"

// over is the room of what stands over a table that is not the first of its page.
const over = 11.0

// Stack sets tables over as many pages as they need, short ones under each other. The head of a page is that of its first table;
// over each of the others stands its title, and over one that has that of the table before which part it is.
func (l Layout) Stack(list ...Table) (sides []Side) {
	type laidOut struct {
		*galley
		title typeset.Style
		name  string
		page  []stretch
		y     float64
	}
	var here []laidOut
	var notes Notes
	y := top
	turn := func() {
		if len(here) > 0 {
			onPage, notes := here, notes
			sides = append(sides, func(p *typeset.Page, n, of int) {
				l.Around(notes, p, n, of)
				for _, t := range onPage {
					style, name := t.title.Fit(t.name, long-2*margin)
					p.Text(long/2, t.y-over/2+.5, typeset.Centre, style, name)
					t.draw(p, margin, t.y, t.page)
				}
			})
		}
		here, y = nil, top
	}
	before := ""
	for _, t := range list {
		g := l.galley(t, long-2*margin)
		high, page := g.under, make([]stretch, len(g.rows))
		for i := range g.rows {
			page[i] = stretch{row: &g.rows[i], to: g.rows[i].most}
			high += g.height(page[i])
		}
		if len(here) > 0 && y+over+high > short-floor {
			turn()
		}
		if high > short-floor-top { // it has pages of its own
			sides = append(sides, l.Sides(t)...)
			before = t.Title
			continue
		}
		x := laidOut{galley: g, title: ink(typeset.Bold, max(12, l.Note)), page: page}
		if len(here) > 0 {
			y += over
			if x.name = t.Title; t.Title == before {
				x.title, x.name = l.note(), t.Part
			}
		} else {
			notes = t.Notes
		}
		x.y, before = y, t.Title
		y += high
		here = append(here, x)
	}
	turn()
	return sides
}
