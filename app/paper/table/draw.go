package table

import (
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// draw writes head and rows of one page from x and y. Upright hairlines run through as many rows as have the same
// cells.
func (g *galley) draw(p *typeset.Page, left, y float64, page []stretch) {
	head, width := y, total(g.ws)
	p.Tint(left, y, width, g.under, form.Cream)
	x := left
	for c := range g.columns {
		lines := g.titles.cell(c)
		for i, l := range lines {
			at := y + g.under/2 + (float64(i)-float64(len(lines)-1)/2)*g.leading()
			p.Line(x+(g.ws[c]-l.Width)/2, at, g.head, typeset.Line{Text: l.Text})
		}
		x += g.ws[c]
	}
	y += g.under
	from, cells := head, len(g.columns)
	pillars := func() {
		x := left
		for c := range cells - 1 {
			x += g.ws[c]
			p.Pillar(x, from, y-from, .15, form.Hair)
		}
	}
	if g.thin {
		p.Rule(left, y, width, .15, form.Hair)
	} else {
		p.Rule(left, y, width, .3, form.Grey)
	}
	for i, s := range page {
		if n := len(s.row.ends); n != cells {
			pillars()
			from, cells = y, n
		}
		if i > 0 {
			p.Rule(left, y, width, .15, form.Hair)
		}
		h := g.height(s)
		g.row(p, left, y, h, s)
		y += h
	}
	pillars()
	p.Frame(left, head, width, y-head, .35, form.Grey)
}

// row writes one stretch of a row from x and y, h high.
func (g *galley) row(p *typeset.Page, x, y, h float64, s stretch) {
	if s.row.tinted {
		p.Tint(x, y, total(g.ws), h, form.Cream)
	}
	step, whole := g.step(), s.to-s.from == s.row.most
	last := len(s.row.ends) - 1
	for c := range s.row.ends {
		lines, wide, align := s.row.cell(c), g.ws[c], g.columns[c].Align
		if c == last && c < len(g.ws)-1 {
			wide, align = total(g.ws[c:]), typeset.Left
		}
		again := s.from > 0 && c < g.keys
		if !again {
			lines = lines[min(s.from, len(lines)):min(s.to, len(lines))]
		}
		at := y + g.air + step/2
		if whole {
			at = y + h/2 - float64(len(lines)-1)*step/2
		}
		for i, l := range lines {
			at := at + float64(i)*step
			left := x + g.pad()
			if align != typeset.Left {
				left, l.Track = left+float64(align)*(wide-2*g.pad()-l.Width), min(l.Track, 0)
			}
			p.Line(left, at, g.body, l)
			if s.row.struck && c < last {
				p.Rule(left-.3, at, l.Width+.6, .25, form.Ink)
			}
		}
		if again && c == g.keys-1 {
			p.Text(x+wide/2, at+float64(len(lines))*step, typeset.Centre, grey(g.body.Size*.9), "（续）")
		}
		x += wide
	}
}

// note is the style of what stands around the table: small, but as large as somebody asks on a wall.
func (l Layout) note() typeset.Style { return grey(max(l.Note, 9)) }

// Around writes head and foot of the n-th page of so many.
func (l Layout) Around(s Notes, p *typeset.Page, n, of int) {
	right, room, red := p.W-margin, p.W-2*margin, form.Red
	if s.Black {
		red = form.Ink
	}
	org, name := l.note().Fit(s.Organisation, room)
	org.Track = .1
	p.Text(p.W/2, 8.5-max(0, l.Note-9)*.32, typeset.Centre, org, name)
	title := ink(typeset.Song, max(18, l.Note*1.45))
	title.Track, title.Ink = .24, red
	title, name = title.Fit(s.Title, room)
	p.Text(p.W/2, 15.6, typeset.Centre, title, name)
	p.Rule(margin, 21, room, .8, red)
	p.Rule(margin, 22.1, room, .2, red)
	note, text := l.note().Fit(s.Part, room*.6)
	p.Text(margin, 25.6, typeset.Left, note, text)
	p.Text(right, 25.6, typeset.Right, l.note(), s.Day)
	y := p.H - 8.5
	note, text = l.note().Fit(s.Treatment, room*.4)
	p.Text(margin, y, typeset.Left, note, text)
	p.Text(p.W/2, y, typeset.Centre, l.note(), "第 "+strconv.Itoa(n)+" 页  共 "+strconv.Itoa(of)+" 页")
	note, text = l.note().Fit(s.Maker, room*.35)
	p.Text(right, y, typeset.Right, note, text)
}

// The lines of an aside on a page, their height, that of its title, and the white between it and the table.
const (
	asideLines  = 21
	asideHeight = 7.1
	asideTitle  = 10.0
	gap         = 4.0
)

// aside breaks what is said beside a table into lines.
func (l Layout) aside(a Gist) (all []typeset.Line) {
	for _, text := range a.Texts {
		all = append(all, ink(typeset.Kai, l.Body).Wrap(typeset.Clean(text), l.Aside-9)...)
	}
	return all
}

// beside draws the i-th page of an aside; where there is nothing to say there are numbers to write behind.
func (l Layout) beside(p *typeset.Page, title string, lines []typeset.Line, i int) {
	style, width := ink(typeset.Kai, l.Body), l.Aside
	x, bottom := p.W-margin-width, p.H-floor
	p.Tint(x, top, width, asideTitle, form.Cream)
	p.Text(x+width/2, top+asideTitle/2, typeset.Centre, ink(typeset.Bold, form.Official), title)
	from := min(i*asideLines, len(lines))
	here := lines[from:min(from+asideLines, len(lines))]
	for i := range asideLines + 1 {
		y := top + asideTitle + float64(i)*asideHeight
		switch {
		case i < len(here):
			p.Line(x+2, y+asideHeight/2, style, here[i])
		case len(lines) == 0 && i%2 == 0 && i/2 < 9:
			p.Text(x+2, y+asideHeight/2, typeset.Left, style, strconv.Itoa(i/2+1)+".")
		}
		if i > 0 {
			p.Rule(x+2, y, width-4, .12, form.Hair)
		}
	}
	p.Frame(x, top, width, bottom-top, .35, form.Grey)
}
