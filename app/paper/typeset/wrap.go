package typeset

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// Line is one line of a wrapped text. Text keeps every rune, blanks at the end too: the lines, with \n after each Hard
// one, are the text again.
type Line struct {
	Text  string
	Width float64 // mm of ink, before Track; may pass the measure by half an em of blank, where punctuation hangs
	Track float64 // mm to add after every rune
	Hard  bool    // a line end of the text follows
}

const (
	noStart = "，。、；：！？）》〉」』】〕〗”’％%℃·•～…—,.;:!?)]}"
	noEnd   = "（《〈「『【〔〖“‘￥¥$([{#＃"
	hanging = "，。、；：）》〉」』】〕〗"
	units   = "年月日时点分秒号元万亿千百米里吨斤克度户人岁名件次个只头组届条项款亩村幢栋楼层室天周季台套张座处所家位页例起字本册块棵根％%℃"
	inside  = "年月时点分万亿千百" // after a number and before another they are inside a date, a time, an amount
)

// Places where a line may end: nowhere, only where nothing else fits, anywhere.
const (
	never byte = iota
	inNeed
	free
)

// Wrap breaks text into lines of at most width millimetres as Chinese is set: no line starts with closing punctuation
// or ends with opening, —— and …… stay whole, words, dates, times, numbers and their units too, closing punctuation
// hangs by its blank half, and every line but the last is justified unless that would tear it apart. One or two runes
// left over are drawn back into the line before when that takes no more than 2.5 % of an em at each place; else a
// last line gets two characters at least, from the line before, which keeps the greater half of what it had. What does not fit is broken between the parts of a date or number, and what
// has none, anywhere. Break opportunities are those of Unicode UAX #14, corrected for Chinese use.
func (s Style) Wrap(text string, width float64) []Line {
	if l, ok := s.short(text, width); ok {
		return []Line{l}
	}
	text = strings.ToValidUTF8(text, string(unknown))
	var lines []Line
	for para := range strings.SplitSeq(text, "\n") {
		lines = s.paragraph(lines, para, width)
		lines[len(lines)-1].Hard = true
	}
	lines[len(lines)-1].Hard = false
	return lines
}

// short gives a text as one line where it is one, without looking for places to break it.
func (s Style) short(text string, width float64) (Line, bool) {
	x := 0.0
	for _, r := range text {
		if x += s.advance(r); r == '\n' || x > width {
			return Line{}, false
		}
	}
	return Line{Text: text, Width: x}, !strings.HasSuffix(text, " ")
}

func (s Style) paragraph(lines []Line, para string, width float64) []Line {
	text := []rune(para)
	can := breaks(text)
	for start := 0; start < len(text) || start == 0; {
		end := s.fill(text, can, start, width)
		if left := len(text) - end; left > 0 && left <= 2 {
			l := s.line(text[start:], width, true)
			if l.Track >= -.025*s.em() {
				l.Text = para
				return append(lines, l)
			}
		}
		if lone(text[end:]) {
			for e := end - 1; e > start+(end-start)/2; e-- {
				if can[e] == free {
					end = e
					break
				}
			}
		}
		l, n := s.line(text[start:end], width, end == len(text)), 0
		for _, r := range text[start:end] {
			n += utf8.RuneLen(r)
		}
		l.Text, para = para[:n], para[n:]
		lines = append(lines, l)
		start = max(end, 1)
	}
	return lines
}

// lone tells whether a last line would hold one character, or one and its punctuation.
func lone(text []rune) bool {
	return len(text) == 1 || len(text) == 2 && strings.ContainsRune(noStart, text[1])
}

// fill finds where the line that starts at start ends: after the last break that fits, or anywhere if there is none.
func (s Style) fill(text []rune, can []byte, start int, width float64) int {
	x, end, need := 0.0, start, start
	pass := func(i int) {
		switch can[i] {
		case free:
			end = i
		case inNeed:
			need = i
		}
	}
	for i := start; i < len(text); i++ {
		if text[i] == ' ' {
			x += s.advance(' ')
			pass(i + 1)
			continue
		}
		w := s.advance(text[i])
		if x+w > width+1e-9 && x+w-s.hang(text[i], w) > width+1e-9 {
			if end == start && need > start {
				return need
			}
			if end == start {
				for end = max(i, start+1); end > start+1 && strings.ContainsRune(noStart, text[end]); end-- {
				}
			}
			return end
		}
		x += w
		pass(i + 1)
	}
	return len(text)
}

// line measures one line, whose text is still to be given, and spaces it: to the full width, or, as the last of its
// paragraph, only if it is too long.
func (s Style) line(text []rune, width float64, last bool) Line {
	l, n, x := Line{}, 0, 0.0
	for i, r := range text {
		if x += s.advance(r); r != ' ' {
			l.Width, n = x, i+1
		}
	}
	slack := width - l.Width
	if n > 0 {
		slack += s.hang(text[n-1], s.advance(text[n-1]))
	}
	if n > 1 && (!last || slack < 0) {
		if l.Track = slack / float64(n-1); l.Track > s.em()/10 {
			l.Track = 0
		}
	}
	return l
}

// hang is the part of a rune's width that may stand outside at the end of a line.
func (s Style) hang(r rune, w float64) float64 {
	if !s.Firm && w > .9*s.em() && strings.ContainsRune(hanging, r) {
		return w / 2
	}
	return 0
}

// breaks tells for every place whether a line may end before it; the end of the text counts.
func breaks(text []rune) []byte {
	can := make([]byte, len(text)+1)
	can[len(text)] = free
	if easy(text, can) {
		return can
	}
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.LineIterator(); it.Next(); {
		can[it.Line().Offset] = free
	}
	for i := 1; i < len(text); i++ {
		a, b := text[i-1], text[i]
		switch {
		case strings.ContainsRune(noEnd, a), strings.ContainsRune(noStart, b) && a != ' ',
			unicode.IsDigit(a) && strings.ContainsRune(units, b),
			strings.ContainsRune("—–-～~", a) && unicode.IsDigit(b):
			can[i] = never
		case joined(text, i):
			can[i] = min(can[i], inNeed)
		case unicode.Is(unicode.Han, a) && strings.ContainsRune(noEnd, b),
			strings.ContainsRune("”’", a) && unicode.Is(unicode.Han, b):
			can[i] = free
		}
	}
	return can
}

// End says how well a line ends at a place.
type End byte

// Not at all; where a word or number is torn; between the parts of a date or an amount; as it should.
const (
	Never End = iota
	Torn
	Parted
	Well
)

// Ends tells for every place of a text, its end too, how well a line ends before it. It is what Wrap goes by, for
// whoever measures letters in another way.
func Ends(text []rune) []End {
	ends := make([]End, len(text)+1)
	for i, can := range breaks(text) {
		switch {
		case can == free:
			ends[i] = Well
		case can == inNeed:
			ends[i] = Parted
		case i > 0 && !strings.ContainsRune(noStart, text[i]) && !strings.ContainsRune(noEnd, text[i-1]):
			ends[i] = Torn
		}
	}
	return ends
}

// joined tells whether the place i lies inside a date, a time, or a number and what it counts: 2026年|3月, 19时|48分,
// 第|3, 12 |件.
func joined(text []rune, i int) bool {
	number := func(i int) bool { return i >= 0 && i < len(text) && unicode.IsDigit(text[i]) }
	counted := func(i int) bool { return strings.ContainsRune(units, text[i]) }
	switch a := text[i-1]; {
	case a == ' ' && i > 1:
		return number(i-2) && (number(i) || counted(i)) || text[i-2] == '第' && number(i)
	case a == '第':
		return number(i)
	}
	return number(i-2) && strings.ContainsRune(inside, text[i-1]) && (number(i) || counted(i))
}

// easy does what breaks does for text of common Han, Latin letters, digits and the punctuation between them, which is
// nearly all there is, in a tenth of the time; where there is anything else it says no.
func easy(text []rune, can []byte) bool {
	const han, latin, closing, opening = 1, 2, 3, 4
	before := 0
	for i, r := range text {
		now := 0
		switch {
		case r >= '一' && r <= '龥':
			now = han
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			now = latin
		case r == '，', r == '。', r == '、', r == '；', r == '：', r == '！', r == '？', r == '）':
			now = closing
		case r == '（':
			now = opening
		default:
			return false
		}
		if i > 0 {
			switch {
			case now == closing, before == opening,
				before == latin && (now == latin || text[i-1] <= '9' && strings.ContainsRune(units, r)):
			case before == han && joined(text, i):
				can[i] = inNeed
			default:
				can[i] = free
			}
		}
		before = now
	}
	return true
}

// Fit makes one line fit: as it is, smaller by at most a quarter, or cut with … at the end.
func (s Style) Fit(text string, width float64) (Style, string) {
	if w := s.Width(text); w > width {
		s = s.Scaled(max(.75, width/w))
	}
	if s.Width(text) <= width+1e-9 {
		return s, text
	}
	rs := []rune(text)
	n := sort.Search(len(rs), func(n int) bool { return s.Width(string(rs[:n+1])+"…") > width })
	return s, string(rs[:n]) + "…"
}

// Snug is Block, but takes one line a sixth smaller rather than two.
func (s Style) Snug(text string, width float64, n int, tail string) (Style, []Line) {
	if by := width / s.Width(text); by < 1 && by > .83 {
		s = s.Scaled(by)
	}
	return s.Block(text, width, n, tail)
}

// Block makes a text fit into n lines: as it is, smaller by at most a quarter, or cut, with tail for what is missing.
func (s Style) Block(text string, width float64, n int, tail string) (Style, []Line) {
	rs := []rune(text)
	most := n * int(2+8*width/s.em()) // more is not looked at
	whole := len(rs) <= most
	rs = rs[:min(len(rs), most)]
	for before, shrunk := 0.0, []float64{1, .92, .84, .75}; whole && len(shrunk) > 0; shrunk = shrunk[1:] {
		smaller := s.Scaled(shrunk[0])
		if smaller.Size == before { // it is as small as it may be
			break
		}
		lines := smaller.Wrap(string(rs), width)
		if before = smaller.Size; len(lines) <= n {
			return smaller, lines
		}
	}
	s = s.Scaled(.84)
	keep := 0
	for i, l := range s.Wrap(string(rs), width) {
		if i < n {
			keep += len([]rune(l.Text))
		}
		if i < n && l.Hard {
			keep++
		}
	}
	for ; ; keep-- {
		cut := strings.TrimRightFunc(string(rs[:keep]), func(r rune) bool {
			return unicode.IsPunct(r) || unicode.IsSpace(r)
		})
		if lines := s.Wrap(cut+tail, width); len(lines) <= n || keep == 0 {
			return s, lines
		}
	}
}
