// Package chart draws numbers as shapes: bars from zero with their values at the ends, lines over weeks. A Chart is a plain
// value; it is drawn as vectors on a page, or as the same picture for the screen.
//
//	c := chart.Chart{Title: "群众反映最多的是什么", Unit: "件次", Labels: []string{"供水", "道路"},
//		Series: []chart.Series{{Name: "本周", Values: []float64{12, 7}}}}
//	high := c.Draw(page, 28, 60, 156, chart.Paper)
//
// Nothing is told by colour alone: series differ by hatching, dashes and marks, so that they are told apart in grey. What
// a shape means stands beside it where there is room for it. Long names are broken, then made smaller, then cut with ….
// All texts are cleaned here.
package chart

import (
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// Kind says as which shapes numbers are drawn.
type Kind int

const (
	Bars  Kind = iota // one for each label and series, level, from zero
	Lines             // one for each series over all labels, which are points of time
)

// Chart is numbers that answer one question.
type Chart struct {
	Kind   Kind
	Title  string   // the question; "" where what stands over it says it
	Unit   string   // 件次, behind the title; % for values between 0 and 1
	Labels []string // of bars, or of points of time
	Series []Series
}

// Series is one value for each label.
type Series struct {
	Name   string
	Values []float64 // none is below zero; NaN where nothing is counted
	Alarm  bool      // it is of what is late or dissatisfied, and may be red
}

// Look is how a chart is drawn. Its colours are those of paper or of the screen, sizes are points.
type Look struct {
	Ground, Ink, Second, Tint, Alarm color.RGBA
	Size                             float64 // of type
}

// Paper is how charts are printed.
var Paper = Look{Ground: color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}, Ink: form.Ink, Second: form.Grey,
	Tint: color.RGBA{0xD9, 0xD2, 0xC6, 0xFF}, Alarm: form.Red, Size: 10.5}

// Height is how high it is when it is so wide, in millimetres.
func (c Chart) Height(width float64, l Look) float64 {
	return c.Draw(typeset.NewPage(width, 1), 0, 0, width, l)
}

// Draw draws it from x and y on, so wide, and tells how high it is; lengths are millimetres.
func (c Chart) Draw(p *typeset.Page, x, y, width float64, l Look) (height float64) {
	s := sheet{page: p, Look: l, x: x, y: y, width: width}
	s.title(c)
	switch {
	case len(c.Labels) == 0 || len(c.Series) == 0:
		s.text(x, s.line(1), typeset.Left, s.second(), "这一期没有可画的数字")
	case c.Kind == Lines:
		s.lines(c)
	default:
		s.bars(c)
	}
	return s.y - y
}

// Image is the chart as a picture, so many millimetres wide, at so many dots an inch.
func (c Chart) Image(width, dpi float64, l Look) *image.RGBA {
	p := typeset.NewPage(width, c.Height(width, l))
	p.Tint(0, 0, p.W, p.H, l.Ground)
	c.Draw(p, 0, 0, width, l)
	return p.Image(dpi)
}

// Value is a value as it is written.
func (c Chart) Value(v float64) string {
	switch {
	case math.IsNaN(v):
		return "—"
	case c.Unit == "%":
		return strconv.FormatFloat(100*v, 'f', 1, 64) + "%"
	case v == math.Trunc(v):
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// at is the value of a label, NaN for none.
func (s Series) at(i int) float64 {
	if i >= len(s.Values) || math.IsInf(s.Values[i], 0) {
		return math.NaN()
	}
	return max(s.Values[i], 0)
}

// long is a value as a length.
func long(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// sheet is where a chart is drawn; it grows downwards from y.
type sheet struct {
	page *typeset.Page
	Look
	x, y, width float64
}

// em is the size of type in millimetres.
func (s *sheet) em() float64 { return s.Size * form.Pt }

func (s *sheet) style(f typeset.Face, ink color.RGBA) typeset.Style {
	return typeset.Style{Face: f, Size: s.Size, Ink: ink, Firm: true}
}

func (s *sheet) body() typeset.Style   { return s.style(typeset.Sans, s.Ink) }
func (s *sheet) second() typeset.Style { return s.style(typeset.Sans, s.Second) }

// line takes so many lines and gives the middle of the first.
func (s *sheet) line(n int) float64 {
	step := s.em() * form.Leading
	y := s.y + step/2
	s.y += float64(n) * step
	return y
}

func (s *sheet) text(x, y float64, a typeset.Align, style typeset.Style, text string) float64 {
	return s.page.Text(x, y, a, style, text)
}

// title sets what the chart answers, and in which unit.
func (s *sheet) title(c Chart) {
	if c.Title == "" {
		return
	}
	text := form.Line(c.Title)
	if c.Unit != "" {
		text += "（" + form.Line(c.Unit) + "）"
	}
	style := s.style(typeset.Bold, s.Ink)
	for _, l := range style.Wrap(text, s.width) {
		l.Track = min(l.Track, 0)
		s.page.Line(s.x, s.line(1), style, l)
	}
	s.y += s.em() * .4
}

// label is a name in a column that is so wide: on one line, on two, smaller, cut.
func label(style typeset.Style, text string, width float64) (typeset.Style, []typeset.Line) {
	style, lines := style.Block(form.Line(text), width, 2, "…")
	for i := range lines {
		lines[i].Text, lines[i].Track = strings.TrimRight(lines[i].Text, " "), min(lines[i].Track, 0)
	}
	return style, lines
}
