// Package official sets papers line by line in the layout of GB/T 9704-2012: 22 lines of 28 characters on A4.
//
//	p := official.Paper{Body: typeset.Fangsong("")}
//	p.Title("关于离石区第十四届人民代表大会第七次会议", "第12号代表建议的答复")
//	p.Address("王明代表")
//	p.Say("您提出的建议收悉。现答复如下：\n一、关于用气\n……")
//	p.Sign("离石区住房和城乡建设局", "2027年3月8日")
//	pages := p.Pages(1)
//
// It never draws a red head or a seal: who prints has paper with a head, and a seal of his own. All text passes through
// typeset.Clean before it comes here.
package official

import (
	"image/color"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianluo.local/app/paper/typeset"
)

// What is left free over the type area (天头) and beside it at the spine (订口), the type area (版心), in millimetres, and
// how many lines of how many characters of 16 points (3 号) fill it.
const (
	Top, Left     = 37.0, 28.0
	Width, Height = 156.0, 225.0
	Lines, Across = 22, 28
)

// The standard's 22 lines fill 225 mm if a line takes 29 points (225 divided by 22), and 30 points go from one to the
// next by its own definition (a character and seven eighths). 29.5 lie between: first and last line are then within the
// millimetre that the standard allows of the edges of the type area.
const (
	pitch  = 29.5 * mm
	start  = Top + (Height-(Lines-1)*pitch)/2 // the middle of the first line
	cell   = Width / Across
	closer = 8.0 // from one of the smaller lines of 抄送 to the next
	mm     = 25.4 / 72
)

// Paper is one that grows downwards: title, addressee, paragraphs, signature, copies.
type Paper struct {
	Body   typeset.Face // 仿宋, or what stands for it
	Corner string       // what stands in the upper right corner of the first page: the letter of the class of an answer
	rows   []row
	copies []typed
	headed bool // a heading was set last: what follows stays with it
}

// row is one line of the grid; one that is glued never begins a page.
type row struct {
	lines []typed
	glued bool
	draw  func(p *typeset.Page, x, y float64) // what stands on this line and those glued to it
}

// typed is a line of text, from so many millimetres right of the type area's edge.
type typed struct {
	x     float64
	style typeset.Style
	line  typeset.Line
}

// Ink is a face as such papers have it: black, and nothing hangs out of its lines.
func Ink(f typeset.Face, size float64) typeset.Style {
	return typeset.Style{Face: f, Size: size, Ink: color.RGBA{A: 0xFF}, Firm: true}
}

func (p *Paper) body() typeset.Style { return Ink(p.Body, 16) }

// squared breaks text into lines of so many characters of the grid.
func squared(s typeset.Style, text string, cells int) []typeset.Line {
	em := s.Size * mm
	lines := s.Wrap(text, float64(cells)*em+1e-6)
	for i := range lines {
		l := &lines[i]
		if n := utf8.RuneCountInString(strings.TrimRight(l.Text, " ")); l.Track != 0 && n > 1 {
			l.Track = (float64(cells)*cell + em - cell - l.Width) / float64(n-1)
		} else {
			l.Track = cell - em
		}
	}
	return lines
}

func (p *Paper) add(glued bool, ts ...typed) { p.rows = append(p.rows, row{lines: ts, glued: glued}) }

// grid adds text in lines of the whole width. Glued ones never begin a page; rest says it of all but the first.
func (p *Paper) grid(s typeset.Style, text string, glued, rest bool) {
	for i, l := range squared(s, text, Across) {
		p.add(glued && i == 0 || rest && i > 0, typed{0, s, l})
	}
}

// Blank leaves lines free.
func (p *Paper) Blank(lines int) {
	p.headed = false
	for range lines {
		p.add(false)
	}
}

// Title sets a title of 22 points (2 号) in the middle, a line free under it. It is broken into lines of about one length,
// at the ends of its parts where that can be, never before a particle.
func (p *Paper) Title(parts ...string) {
	s := Ink(typeset.Song, 22)
	for i, l := range balanced(s, parts, Width-s.Size*mm) {
		w := s.Width(l)
		p.add(i > 0, typed{(Width - w) / 2, s, typeset.Line{Text: l, Width: w}})
	}
	p.add(true)
}

// Address sets who is addressed, from the edge on, with a colon behind.
func (p *Paper) Address(text string) { p.grid(p.body(), text+"：", false, true) }

// The headings of the standard: 一、 in 黑体, （一） in 楷体, both on a line of their own.
var headings = []struct {
	begins *regexp.Regexp
	face   typeset.Face
}{
	{regexp.MustCompile(`^[一二三四五六七八九十]+、[^。；]{1,40}$`), typeset.Bold},
	{regexp.MustCompile(`^（[一二三四五六七八九十]+）[^。；]{1,40}$`), typeset.Kai},
}

// Say sets paragraphs, each two characters in. Those that are headings look like headings, and stand over what follows.
func (p *Paper) Say(text string) {
	for para := range strings.SplitSeq(text, "\n") {
		if para = strings.Trim(para, " 　"); para == "" {
			continue
		}
		s, heading := p.body(), false
		for _, h := range headings {
			if h.begins.MatchString(para) {
				s, heading = Ink(h.face, s.Size), true
			}
		}
		p.grid(s, "　　"+para, p.headed, heading)
		p.headed = heading
	}
}

// Heading sets a heading of 黑体, however it begins.
func (p *Paper) Heading(text string) {
	p.grid(Ink(typeset.Bold, 16), "　　"+text, p.headed, true)
	p.headed = true
}

// Put sets one line of text at the left, in the middle or at the right, so many characters from the edges.
func (p *Paper) Put(a typeset.Align, inset float64, s typeset.Style, text string) {
	room := Width - 2*inset*cell
	s, text = s.Fit(text, room)
	w := s.Width(text)
	p.add(false, typed{inset*cell + float64(a)*(room-w), s, typeset.Line{Text: text, Width: w}})
}

// Figure takes as many lines as something needs that is so high, at most a page, and draws it there from the left edge on, in
// the middle of them.
func (p *Paper) Figure(height float64, draw func(p *typeset.Page, x, y float64)) {
	n := min(max(int(math.Ceil(height/pitch-1e-9)), 1), Lines)
	for i := range n {
		p.add(i > 0 || p.headed)
	}
	p.rows[len(p.rows)-n].draw = func(page *typeset.Page, x, y float64) {
		draw(page, x, y-pitch/2+max(float64(n)*pitch-height, 0)/2)
	}
	p.headed = false
}

// Small sets paragraphs in smaller type, in lines of their own.
func (p *Paper) Small(s typeset.Style, paragraphs ...string) {
	const leading = 1.5
	step := s.Size * mm * leading
	var lines []typeset.Line
	for _, text := range paragraphs {
		lines = append(lines, s.Wrap("　　"+text, Width)...)
	}
	for n := max(int(2*pitch/step), 1); len(lines) > 0; lines = lines[min(n, len(lines)):] { // so that it can go on over a page
		here := lines[:min(n, len(lines))]
		p.Figure(float64(len(here))*step, func(page *typeset.Page, x, y float64) {
			for i, l := range here {
				page.Line(x, y+(float64(i)+.5)*step, s, l)
			}
		})
	}
}

// Full is how high a figure may be at most.
const Full = Lines * pitch

// Room is how high a figure may be that still stands on the page on which the last line does.
func (p *Paper) Room() float64 {
	parts := p.split()
	if left := Lines - len(parts[len(parts)-1]); left > 0 {
		return float64(left) * pitch
	}
	return Full
}

// Pair sets one line of two texts, at either edge; none where both are empty.
func (p *Paper) Pair(s typeset.Style, left, right string) {
	if left+right == "" {
		return
	}
	a, left := s.Fit(left, Width/2-cell)
	b, right := s.Fit(right, Width-a.Width(left)-cell)
	p.add(true, typed{0, a, typeset.Line{Text: left}}, typed{Width - b.Width(right), b, typeset.Line{Text: right}})
}

// Entry sets one line of a table of contents: what it is, dots, and the number of its page.
func (p *Paper) Entry(text string, page int) {
	s, n := p.body(), strconv.Itoa(page)
	const room = 4 * cell // for the number
	lines := squared(s, text, Across-5)
	for i, l := range lines {
		ts := []typed{{0, s, l}}
		if i == len(lines)-1 {
			end := s.Width(strings.TrimRight(l.Text, " ")) + float64(utf8.RuneCountInString(l.Text))*min(l.Track, 0) + cell/2
			if l.Track > 0 {
				end = (Across - 5) * cell
			}
			dot := s.Width("…")
			count := int((Width - room - end) / dot)
			dots := strings.Repeat("…", max(count, 1))
			ts = append(ts, typed{Width - room - float64(max(count, 1))*dot, s, typeset.Line{Text: dots}}, typed{Width - s.Width(n), s, typeset.Line{Text: n}})
		}
		p.add(i > 0, ts...)
	}
}

// Attached names what is attached, a line free over it; the lines of one name stand under each other.
func (p *Paper) Attached(names ...string) {
	p.Blank(1)
	s, label := p.body(), "附件："
	for i, name := range names {
		number, in := "", 5
		if len(names) > 1 {
			number, in = strconv.Itoa(i+1)+". ", 6
		}
		for n, l := range squared(s, name, Across-in) {
			ts := []typed{{float64(in) * cell, s, l}}
			if n == 0 && i == 0 {
				ts = append(ts, typed{2 * cell, s, typeset.Line{Text: label, Track: cell - s.Size*mm}})
			}
			if n == 0 && number != "" {
				ts = append(ts, typed{5 * cell, s, typeset.Line{Text: number}})
			}
			p.add(n > 0, ts...)
		}
	}
}

// Sign sets who says it over the day on which, where a seal will be put over both: the day four characters from the right
// edge, the name in the middle over it. They stand on no page without some of what is said.
func (p *Paper) Sign(name, day string) {
	s := p.body()
	if n := len(p.rows); n > 1 && (len(p.rows[n-1].lines) > 0 || p.rows[n-1].draw != nil) {
		p.rows[n-1].glued = true
	}
	right, dated := Width-4*cell, s.Width(day)
	p.add(true)
	p.add(true)
	for _, l := range balanced(s, []string{name}, Width-2*cell) {
		w := s.Width(l)
		x := max(min(right-max(dated, 8*cell)/2-w/2, Width-2*cell-w), 0)
		p.add(true, typed{x, s, typeset.Line{Text: l, Width: w}})
	}
	p.add(true, typed{right - dated, s, typeset.Line{Text: day, Width: dated}})
}

// Note sets what is noted under the signature, in brackets.
func (p *Paper) Note(text string) { p.grid(p.body(), "　　（"+text+"）", true, true) }

// Copies names who has a copy, in 14 points (4 号) at the foot of the last page, a character in from both edges.
func (p *Paper) Copies(to string) {
	s := Ink(p.Body, 14)
	const label = "抄送："
	x, w := s.Size*mm, s.Width(label)
	p.copies = []typed{{x, s, typeset.Line{Text: label}}}
	for _, l := range s.Wrap(to+"。", Width-2*x-w) {
		p.copies = append(p.copies, typed{x + w, s, l})
	}
}

// Pages makes the paper up into pages that are numbered from first on: — 1 — at the outer edge, 7 mm under the type
// area, odd ones at the right.
func (p *Paper) Pages(first int) (pages []*typeset.Page) {
	parts := p.split()
	small := float64(max(len(p.copies)-1, 0)) * closer
	if last := len(parts) - 1; small > 0 && float64(Lines-len(parts[last]))*pitch < small+pitch {
		parts = append(parts, nil)
	}
	for i, rows := range parts {
		page := typeset.NewPage(210, 297)
		p.fill(page, rows)
		if i == 0 && p.Corner != "" {
			page.Text(Left+Width, start, typeset.Right, Ink(typeset.Bold, 16), p.Corner)
		}
		for n, t := range p.copies {
			if i == len(parts)-1 {
				page.Line(Left+t.x, Top+Height-small+(float64(max(n-1, 0))+.5)*closer, t.style, t.line)
			}
		}
		Number(page, first+i)
		pages = append(pages, page)
	}
	return pages
}

// Bare is a paper of one page without its number: a title page.
func (p *Paper) Bare() []*typeset.Page {
	page := typeset.NewPage(210, 297)
	p.fill(page, p.split()[0])
	return []*typeset.Page{page}
}

// fill writes lines of the grid on a page.
func (p *Paper) fill(page *typeset.Page, rows []row) {
	for n, r := range rows {
		if r.draw != nil {
			r.draw(page, Left, start+float64(n)*pitch)
		}
		for _, t := range r.lines {
			page.Line(Left+t.x, start+float64(n)*pitch, t.style, t.line)
		}
	}
}

// Number writes the number of a page.
func Number(page *typeset.Page, n int) {
	s := Ink(typeset.Ming, 14)
	x, a := Left+Width-s.Size*mm, typeset.Right
	if n%2 == 0 {
		x, a = Left+s.Size*mm, typeset.Left
	}
	page.Text(x, Top+Height+7, a, s, "— "+strconv.Itoa(n)+" —")
}

// split parts the lines into pages. Free lines begin none but the first.
func (p *Paper) split() (pages [][]row) {
	rows := p.rows
	for len(rows) > 0 || pages == nil {
		to := min(Lines, len(rows))
		for whole := to; to < len(rows) && rows[to].glued; to-- {
			if to == 1 { // more is glued than a page holds
				to = whole
				break
			}
		}
		pages, rows = append(pages, rows[:to]), rows[to:]
		for len(rows) > 0 && rows[0].lines == nil && rows[0].draw == nil && !rows[0].glued {
			rows = rows[1:]
		}
	}
	return pages
}
