// Package brief is 本周一张纸: what a leader has to know of a week, on one side of A4, in type of 12 points and more, with
// white around it.
//
//	b := brief.Brief{Issuer: "离石区人大常委会", Span: "2026年12月21日至27日", AsOf: "截至2026年12月28日9:00"}
//	b.Says = []brief.Line{{What: "天然气", Note: "12件次", Sign: "↑", More: "比上周多5件次"}}
//	pdf, err := b.Document().PDF()
//
// It stays on its side whatever it has to say: each thing has its lines, and what is longer is cut with ….
package brief

import (
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/paper/typeset/official"
)

// Brief is the sheet. A part without lines is left out; with no part at all it says so.
type Brief struct {
	Issuer   string
	Title    string // 本周一张纸
	Span     string
	AsOf     string
	Received string // who has reported
	Says     []Line // what people say
	Led      []Line // what a leader took on himself
	Late     []Line // who is late
	Against  []Line // who is dissatisfied, and why
	Visits   []Line // cases worth a visit
	Practice bool
	Made     time.Time
}

// Line is one thing: what it is, what is noted at the right, a sign before that, which is red where it is bad, and what more is
// said under it or beside it.
type Line struct {
	What, Note, Sign, More string
	Bad                    bool
	Of                     Source
}

// Source is where a line comes from, which is not printed: a matter by its ID, or an indicator in the row of a key of an axis.
type Source struct{ Matter, Indicator, Axis, Key string }

// How wide the page is between its margins, sizes of type in points, and lengths in millimetres.
const (
	margin       = 25.0
	width        = 210 - 2*margin
	size, least  = 14.0, 12.0
	step         = 7.2 // from line to line
	head, gap    = 8.6, 4.2
	top, bottom  = 20.0, 278.0
	mostSaid     = 5
	mostLed      = 4
	mostOthers   = 3
	linesOfWords = 2
)

// sheet is the page while it is written.
type sheet struct {
	*typeset.Page
	y     float64
	words int     // lines of what stands under a line, at most
	close float64 // by how much lines stand closer than they do where there is room
}

func (s *sheet) step() float64 { return step * s.close }
func (s *sheet) head() float64 { return head * s.close }

func (s *sheet) style(f typeset.Face) typeset.Style {
	return typeset.Style{Face: f, Size: size, Ink: form.Ink, Least: least, Firm: true}
}

// Document is the sheet as a document of one page.
func (b Brief) Document() typeset.Document {
	s := &sheet{Page: typeset.NewPage(210, 297), y: top, words: linesOfWords, close: 1}
	b.heading(s)
	parts := b.Parts()
	room := bottom - s.y
	white := func() float64 { // between the parts
		high := 0.0
		for _, p := range parts {
			high += p.high(s)
		}
		return (room - high) / float64(max(len(parts), 1))
	}
	if white() < gap {
		s.words = 1
	}
	for white() < gap && s.close > .8 {
		s.close -= .02
	}
	between := min(white(), 3*gap)
	for _, p := range parts {
		s.y += between
		p.draw(s)
	}
	if len(parts) == 0 {
		s.y += step
		s.line("这一周没有要告诉您的事。", "", "", false)
	}
	if b.Practice {
		form.Leaf{Page: s.Page, K: 1}.Practice(0, s.H, 50, 96)
	}
	return typeset.Document{Title: form.Line(b.Title), Made: b.Made, Pages: []*typeset.Page{s.Page}}
}

func (b Brief) heading(s *sheet) {
	title := official.Ink(typeset.Song, 24)
	title.Track, title.Ink = .12, form.Ink
	style, text := title.Fit(form.Line(b.Title), width)
	s.Text(s.W/2, s.y+5, typeset.Centre, style, text)
	note := s.style(typeset.Sans)
	note.Size, note.Ink = least, form.Grey
	s.y += 16
	both := form.Line(b.Issuer) + "　" + form.Line(b.Span)
	style, text = note.Fit(both, width)
	s.Text(s.W/2, s.y, typeset.Centre, style, text)
	s.y += 6.4
	asOf, received, between := form.Line(b.AsOf), form.Line(b.Received), "　"
	if note.Width(asOf+between+received) > width && max(note.Width(asOf), note.Width(received)) <= width {
		between = "\n"
	}
	style, lines := note.Block(asOf+between+received, width, 2, "…")
	for _, l := range lines {
		s.Text(s.W/2, s.y, typeset.Centre, style, l.Text)
		s.y += 5.8
	}
	s.Rule(margin, s.y-1, width, .4, form.Ink)
}

// Part is a heading with the lines under it.
type Part struct {
	Head  string
	Lines []Line
	under bool // what more there is to say stands under each line
}

// String is a line as a sentence.
func (l Line) String() string {
	var said []string
	for _, s := range []string{l.What, l.Note, strings.TrimSpace(l.Sign), l.More} {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, "　")
}

// Parts are what it has to say, in its order.
func (b Brief) Parts() (list []Part) {
	for _, p := range []Part{{"群众在说什么", cut(b.Says, mostSaid), false}, {"我领办的", cut(b.Led, mostLed), false},
		{"谁超期了", cut(b.Late, mostOthers), false}, {"谁不满意，为什么", cut(b.Against, mostOthers), true},
		{"值得去看看的", cut(b.Visits, mostOthers), true}} {
		if len(p.Lines) > 0 {
			list = append(list, p)
		}
	}
	return list
}

func cut(list []Line, n int) []Line { return list[:min(len(list), n)] }

// more breaks what stands under a line.
func (p Part) more(s *sheet, l Line) (typeset.Style, []typeset.Line) {
	style := typeset.Style{Face: typeset.Kai, Size: least + 1, Ink: form.Ink, Least: least, Firm: true}
	if !p.under || form.Line(l.More) == "" {
		return style, nil
	}
	return style.Block(form.Line(l.More), width-6, s.words, "…")
}

func (p Part) high(s *sheet) float64 {
	high := s.head()
	for _, l := range p.Lines {
		_, lines := p.more(s, l)
		high += s.step() + float64(len(lines))*(s.step()-1)
	}
	return high
}

func (p Part) draw(s *sheet) {
	bold := s.style(typeset.Bold)
	s.Text(margin, s.y+s.head()/2-.5, typeset.Left, bold, p.Head)
	s.y += s.head()
	for _, l := range p.Lines {
		beside := ""
		if !p.under {
			beside = form.Line(l.More)
		}
		s.line(form.Line(l.What), form.Line(l.Note), strings.TrimSpace(form.Line(l.Sign)+" "+beside), l.Bad)
		style, lines := p.more(s, l)
		for _, m := range lines {
			m.Track = min(m.Track, 0)
			s.Line(margin+6, s.y+(s.step()-1)/2-.6, style, m)
			s.y += s.step() - 1
		}
	}
}

// line writes what it is at the left, then how much of it, and at the right what more is said.
func (s *sheet) line(what, note, more string, bad bool) {
	y := s.y + s.step()/2
	style := s.style(typeset.Sans)
	right := style
	if right.Size = least; bad {
		right.Ink, right.Face = form.Red, typeset.Bold
	}
	right, more = right.Fit(more, width*.34)
	taken := s.Text(margin+width, y, typeset.Right, right, more)
	if taken > 0 {
		taken += 4
	}
	strong, note := s.style(typeset.Bold).Fit(note, width*.3)
	w := 0.0
	if note != "" {
		w = strong.Width(note) + 3
	}
	style, what = style.Fit(what, width-taken-w-4)
	x := margin + 3 + s.Text(margin+3, y, typeset.Left, style, what)
	s.Text(x+3, y, typeset.Left, strong, note)
	s.y += s.step()
}
