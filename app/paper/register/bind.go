// Package register makes the papers about many matters: the three registers (三簿) and the year's bound book, which stay at
// the station; the ledger, the summary and the wall list, which leave it and are masked; and the papers to write on by
// hand: blank books and slips with numbers for days without power, the schedule, the round of households.
//
//	d, err := register.Book("reception", matters, form.Issuer{Settings: s, Profile: p, Today: now})
//	pdf, err := d.PDF()
//
// A paper is a list of sides; a side knows how to draw itself when it is told its number and how many there are. bind
// makes pages of them that are drawn when they are written, so that ten thousand rows never lie in memory as marks.
// Nearly every side is a stretch of a table, whose rows are broken into lines once, on all cores.
//
// Of a confidential matter no paper here has more than its number and its date. A voided one keeps its row, with the
// reason, because numbers have no holes. The same matters, office and day give the same bytes.
package register

import (
	"cmp"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// A4 in millimetres, the long side first, the margin at the sides and the room of the foot.
const (
	long, short   = 297.0, 210.0
	margin, floor = 10.0, 14.0
)

// side draws itself on an empty page as the n-th of so many.
type side func(p *typeset.Page, n, of int)

// bind makes a document of sides of one size.
func bind(o form.Issuer, title string, w, h float64, sides []side) typeset.Document {
	d := typeset.Document{Title: title, Made: o.Today, Pages: make([]*typeset.Page, len(sides))}
	for i, draw := range sides {
		d.Pages[i] = typeset.Later(w, h, func(p *typeset.Page) {
			draw(p, i+1, len(sides))
			if o.Practice {
				form.Leaf{Page: p, K: 1, Margin: margin}.Practice(0, h, 30, 96)
			}
		})
	}
	return d
}

// cover is what stands around the table on each page of a paper.
type cover struct {
	o           form.Issuer
	title       string
	left, right string  // under the rules: which part this is, when it was made
	foot        string  // how the paper is to be treated
	size        float64 // of the notes around the table in points, 0 for small
}

// note is the style of what stands around the table: small, but as large as size asks on a wall.
func (c cover) note() typeset.Style { return grey(max(c.size, 9)) }

// sheetOf gives the station's own papers their foot and the day they were made.
func sheetOf(o form.Issuer, title, left string) cover {
	return cover{o: o, title: title, left: left, right: "编制日期 " + form.Day(o.Today), foot: "内部资料 · 含个人信息 · 请妥善保管"}
}

const top = 29.0 // where the table begins under the head

func ink(f typeset.Face, size float64) typeset.Style {
	return typeset.Style{Face: f, Size: size, Ink: form.Ink}
}

func grey(size float64) typeset.Style {
	return typeset.Style{Face: typeset.Sans, Size: size, Ink: form.Grey}
}

// draw writes head and foot.
func (c cover) draw(p *typeset.Page, n, of int) {
	right, room := p.W-margin, p.W-2*margin
	org, name := c.note().Fit(form.Line(cmp.Or(c.o.Organisation, c.o.Name)), room)
	org.Track = .1
	p.Text(p.W/2, 8.5-max(0, c.size-9)*.32, typeset.Centre, org, name)
	title := ink(typeset.Song, max(18, c.size*1.45))
	title.Track, title.Ink = .24, form.Red
	title, name = title.Fit(c.title, room)
	p.Text(p.W/2, 15.6, typeset.Centre, title, name)
	p.Rule(margin, 21, room, .8, form.Red)
	p.Rule(margin, 22.1, room, .2, form.Red)
	note, text := c.note().Fit(c.left, room*.6)
	p.Text(margin, 25.6, typeset.Left, note, text)
	p.Text(right, 25.6, typeset.Right, c.note(), c.right)
	y := p.H - 8.5
	note, text = c.note().Fit(c.foot, room*.4)
	p.Text(margin, y, typeset.Left, note, text)
	p.Text(p.W/2, y, typeset.Centre, c.note(), "第 "+strconv.Itoa(n)+" 页  共 "+strconv.Itoa(of)+" 页")
	if c.o.Clerk != "" {
		note, text = c.note().Fit("编制人 "+form.Line(c.o.Clerk), room*.35)
		p.Text(right, y, typeset.Right, note, text)
	}
}
