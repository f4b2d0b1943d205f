package table

import (
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// Layout is how a table stands on paper, A4 across, or among other things on a leaf. Sizes of type are points, lengths
// millimetres.
type Layout struct {
	Body, Head float64  // sizes of type of rows and titles; below form.Official, they grow where columns leave room
	Note       float64  // size of what is noted around the table, 0 for small
	Titles     float64  // height of the row of titles, 0 for what their lines need
	Least      float64  // height of a row at least
	Written    bool     // rows are written by hand: columns keep the widths they were given
	Fill       []string // an empty row, numbered on in its first cell: such fill the last page; nil for none
	Aside      float64  // width of what stands beside the table
}

// A4 across, the margin at the sides, where a table begins under the head, and the room of the foot.
const (
	long, short        = 297.0, 210.0
	margin, top, floor = 10.0, 29.0, 14.0
)

// Side draws itself on an empty page, A4 across, as the n-th of so many.
type Side func(p *typeset.Page, n, of int)

// Bind makes a document of sides, whose pages are drawn when they are written, so that ten thousand rows never lie in
// memory as marks.
func Bind(title string, made time.Time, practice bool, sides []Side) typeset.Document {
	d := typeset.Document{Title: title, Made: made, Pages: make([]*typeset.Page, len(sides))}
	for i, draw := range sides {
		d.Pages[i] = typeset.Later(long, short, func(p *typeset.Page) {
			draw(p, i+1, len(sides))
			if practice {
				form.Leaf{Page: p, K: 1, Margin: margin}.Practice(0, short, 30, 96)
			}
		})
	}
	return d
}

// Document is a table and nothing else.
func (l Layout) Document(t Table, made time.Time) typeset.Document {
	return Bind(t.Title, made, t.Practice, l.Sides(t))
}

// Sides sets a table over as many pages as it needs, with its head and its notes on each. A row stands on one page
// unless it is higher than a page; then it goes on until all of it is there.
func (l Layout) Sides(t Table) []Side {
	g := l.galley(t, long-2*margin)
	aside, notes, title := l.aside(t.Gist), t.Notes, t.Gist.Title // the pages keep nothing else of the table
	pages := g.made(short-floor-top-g.under, (len(aside)+asideLines-1)/asideLines)
	sides := make([]Side, len(pages))
	for i, page := range pages {
		sides[i] = func(p *typeset.Page, n, of int) {
			l.Around(notes, p, n, of)
			if title != "" {
				l.beside(p, title, aside, i)
			}
			g.draw(p, margin, top, page)
		}
	}
	return sides
}

// Place draws a table of a few short rows among other things on a leaf, from x and y on, so wide, and tells how high it is.
func (l Layout) Place(t Table, p *typeset.Page, x, y, width float64) (height float64) {
	g := l.galley(t, width)
	g.thin = true
	page := make([]stretch, len(g.rows))
	for i := range g.rows {
		page[i] = stretch{row: &g.rows[i], to: g.rows[i].most}
	}
	g.draw(p, x, y, page)
	height = g.under
	for _, s := range page {
		height += g.height(s)
	}
	return height
}
