package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/paper/typeset"
)

// Label is a text that wraps as Chinese is set, on the screen as on paper: no line begins with closing punctuation or
// ends with opening, words and numbers stay whole. It is never cut, and no line is longer than the eye follows.
type Label struct {
	widget.Label
	Text  string // as it was said; the embedded label has the lines
	whole bool   // its lines are as long as there is room
}

// broadest is how many characters a line has at most, wherever there is room for more.
const broadest = 48

func newLabel(s string) *Label {
	l := &Label{Text: s}
	l.ExtendBaseWidget(l)
	l.Wrapping, l.Label.Text = fyne.TextWrapBreak, s
	return l
}

// SetText says something else.
func (l *Label) SetText(s string) {
	l.Text = s
	l.Refresh()
}

// Refresh breaks the lines anew: letters may be larger now.
func (l *Label) Refresh() {
	l.Label.Text = l.lines(l.Size().Width)
	l.Label.Refresh()
}

// Resize breaks the lines for another width.
func (l *Label) Resize(size fyne.Size) {
	if s := l.lines(size.Width); s != l.Label.Text {
		l.Label.Text = s
		l.Label.Refresh()
	}
	l.Label.Resize(size)
}

func (l *Label) lines(width float32) string {
	th := l.Theme()
	name := l.SizeName
	if name == "" {
		name = theme.SizeNameText
	}
	size := th.Size(name)
	width -= 2*th.Size(theme.SizeNameInnerPadding) + 1
	if !l.whole {
		width = min(width, broadest*size-1)
	}
	if width < size {
		return l.Text
	}
	text := []rune(l.Text)
	ends := typeset.Ends(text)
	var lines []rune
	start, x := 0, float32(0)
	for i := 0; i < len(text); i++ {
		r := text[i]
		w := advance(r, size, l.TextStyle)
		switch {
		case r == '\n':
			lines, start, x = append(lines, text[start:i+1]...), i+1, 0
		case x+w > width && r != ' ' && i > start:
			end := last(ends, start, i)
			lines = append(append(lines, []rune(strings.TrimRight(string(text[start:end]), " "))...), '\n')
			start, x, i = end, 0, end-1
		default:
			x += w
		}
	}
	return string(append(lines, text[start:]...))
}

// last is where the line that begins at start ends when what stands at i has no more room.
func last(ends []typeset.End, start, i int) int {
	for well := typeset.Well; well > typeset.Never; well-- {
		for end := i; end > start; end-- {
			if ends[end] >= well {
				return end
			}
		}
	}
	return i
}

// wide are the widths of characters that were measured.
var wide = map[letter]float32{}

type letter struct {
	rune
	size  float32
	style fyne.TextStyle
}

func advance(r rune, size float32, style fyne.TextStyle) float32 {
	w, known := wide[letter{r, size, style}]
	if !known {
		w = fyne.MeasureText(string(r), size, style).Width
		wide[letter{r, size, style}] = w
	}
	return w
}
