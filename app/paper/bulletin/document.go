package bulletin

import (
	"sort"
	"strings"

	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/paper/typeset/official"
)

// The size of type of what stands among the words and under them, in points, how a short table stands there, and how one
// that is attached does on pages of its own.
const small = 12.0

var (
	among    = table.Layout{Body: form.Official, Head: form.Official, Least: 6.4}
	attached = table.Layout{Body: form.Official, Head: form.Official, Note: form.Official, Least: 8}
)

// many is how many attached tables make a report long: it then begins with its contents.
const many = 3

// wide is how many columns of an attached table stand beside each other on a page.
const wide = 15

// Document is the report on paper, its words in this face: the words, then each attached table on pages across.
func (b Bulletin) Document(body typeset.Face) typeset.Document {
	words := b.words(body)
	sides, first := across(b.Attached)
	lead := 0
	if len(b.Attached) > many {
		lead = len(b.contents(body, 0, 0, first)) // as many whatever stands in it: an entry is as long with any number
	}
	pages := words.Pages(1 + lead)
	if lead > 0 {
		pages = append(b.contents(body, 1+lead, 1+lead+len(pages), first), pages...)
	}
	if b.Practice {
		for _, p := range pages {
			form.Leaf{Page: p, K: 1}.Practice(0, p.H, 50, 96)
		}
	}
	begun, of := len(pages), len(pages)+len(sides)
	for i, draw := range sides {
		pages = append(pages, typeset.Later(297, 210, func(p *typeset.Page) {
			draw(p, begun+i+1, of)
			if b.Practice {
				form.Leaf{Page: p, K: 1}.Practice(0, p.H, 30, 96)
			}
		}))
	}
	return typeset.Document{Title: form.Line(b.Title), Made: b.Made, Pages: pages}
}

// across are the sides on which tables stand, and with which of them each begins.
func across(list []table.Table) (sides []table.Side, first []int) {
	for _, t := range list {
		first = append(first, len(sides))
		sides = append(sides, attached.Stack(parted(t)...)...)
	}
	return sides, first
}

// parted is a table as it is attached: black, and of no more columns than a page has room for.
func parted(t table.Table) []table.Table {
	t.Black = true
	return t.Parted(wide)
}

// Document is the tables on paper, short ones under each other.
func (s Tables) Document() typeset.Document {
	var all []table.Table
	for _, t := range s.List {
		all = append(all, parted(t)...)
	}
	return table.Bind(form.Line(s.Title), s.Made, s.Practice, attached.Stack(all...))
}

// contents are the pages on which the contents stand: the words begin on one page, the attached tables on another.
func (b Bulletin) contents(body typeset.Face, words, tables int, first []int) []*typeset.Page {
	p := official.Paper{Body: body}
	p.Title(form.Line(b.Title))
	p.Put(typeset.Centre, 0, official.Ink(typeset.Kai, 16), "（"+form.Line(b.Span)+"）")
	p.Blank(1)
	p.Put(typeset.Centre, 0, official.Ink(typeset.Bold, 16), "目　　录")
	p.Blank(1)
	p.Entry("正文", words)
	for i, t := range b.Attached { // which days they are on is said above
		p.Entry(form.Line(strings.TrimSuffix(t.Title, "（"+b.Span+"）")), tables+first[i])
	}
	return p.Pages(1)
}

// words are what is read: title, sections, what is to be known of the numbers, what is attached, who signs.
func (b Bulletin) words(body typeset.Face) *official.Paper {
	p := &official.Paper{Body: body}
	p.Title(form.Line(b.Title))
	kai := official.Ink(typeset.Kai, 16)
	if b.Span != "" {
		p.Put(typeset.Centre, 0, kai, "（"+form.Line(b.Span)+"）")
	}
	p.Pair(kai, b.Issue.Called(), form.Line(b.AsOf))
	p.Blank(1)
	if b.To != "" {
		p.Address(form.Line(b.To))
	}
	for _, s := range b.Sections {
		if s.Head != "" {
			p.Heading(form.Line(s.Head))
		}
		for _, text := range s.Paragraphs {
			p.Say(form.Text(text))
		}
		for _, c := range s.Charts {
			look := chart.Paper
			look.Size = small
			p.Figure(c.Height(official.Width, look)+2, func(page *typeset.Page, x, y float64) {
				c.Draw(page, x, y+1, official.Width, look)
			})
		}
		for _, t := range s.Tables {
			place(p, t)
		}
	}
	if noted := b.noted(); noted != nil {
		p.Blank(1)
		p.Small(official.Ink(typeset.Kai, small), noted...)
	}
	if names := b.named(); names != nil && len(names) <= many { // else the contents have them
		p.Attached(names...)
	}
	if b.Issuer != "" {
		p.Sign(form.Line(b.Issuer), form.Line(b.Day))
	}
	return p
}

// named are the titles of what is attached.
func (b Bulletin) named() (names []string) {
	for _, t := range b.Attached {
		names = append(names, form.Line(t.Title))
	}
	return names
}

// few is how many rows of a table stand at the foot of a page at least, where it goes on over the next.
const few = 3

// place sets a table under its title; where the page has no room for all of it, it goes on over the next.
func place(p *official.Paper, t table.Table) {
	for rows := t.Rows; ; t.Title, t.Rows = "", rows {
		n, high := fit(t, p.Room())
		if n < min(few, len(rows)) {
			n, high = fit(t, official.Full)
		}
		here := first(t, n)
		p.Figure(high, func(page *typeset.Page, x, y float64) { draw(here, page, x, y) })
		if rows = rows[n:]; len(rows) == 0 {
			return
		}
	}
}

// first is a table with its first n rows alone; what stands under all rows stands under the last.
func first(t table.Table, n int) table.Table {
	if n < len(t.Rows) {
		t.Rows, t.Sums, t.Held, t.Remarks = t.Rows[:n:n], nil, nil, nil
	}
	return t
}

// fit is how many rows of a table have room, and how high it then is; one at least, unless there is none.
func fit(t table.Table, room float64) (n int, high float64) {
	nowhere := typeset.NewPage(1, 1)
	n = len(t.Rows) - sort.Search(len(t.Rows), func(less int) bool {
		return draw(first(t, len(t.Rows)-less), nowhere, 0, 0) <= room
	})
	n = max(n, min(1, len(t.Rows)))
	return n, draw(first(t, n), nowhere, 0, 0)
}

// draw draws a table with its title, and tells how high it is with the white around it.
func draw(t table.Table, page *typeset.Page, x, y float64) float64 {
	const white = 1.5
	over := white
	if t.Title != "" {
		style, text := official.Ink(typeset.Bold, small).Fit(form.Line(t.Title), official.Width)
		page.Text(x+official.Width/2, y+5, typeset.Centre, style, text)
		over = 9
	}
	return over + among.Place(t, page, x, y+over, official.Width) + white
}

// noted are the notes as they are printed, at last that by which an issued one is told from every other.
func (b Bulletin) noted() (list []string) {
	for _, n := range b.Notes {
		list = append(list, form.Text(n))
	}
	if sealed := b.Issue.Sealed(); sealed != "" {
		list = append(list, sealed+"。")
	}
	if list != nil {
		list[0] = "说明：" + list[0]
	}
	return list
}
