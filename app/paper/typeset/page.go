// Package typeset sets Chinese pages: it measures, breaks lines, and keeps a page as a short list of marks, which two
// writers understand: PDF for the printer, and pixels for the screen. What the window shows is what the paper will be.
//
// There are only four kinds of mark. Text is one line in one style. A shape is a set of upright rectangles filled as
// one: a tint, a rule, a dashed line, a whole QR code. An area is a set of polygons filled as one: the line of a chart, its
// hatching. A photo is a JPEG in a box. Marks lie in layers, whatever order
// they were made in: tints under everything, then text across the page, then photos, text and rules.
//
//	page := typeset.NewPage(148, 210)
//	kai := typeset.Style{Face: typeset.Kai, Size: 12, Ink: ink}
//	page.Text(11, 20, typeset.Left, kai, typeset.Clean(name))
//	for i, line := range kai.Wrap(typeset.Clean(words), 100) {
//		page.Line(11, 30+float64(i)*7, kai, line)
//	}
//	bytes, err := typeset.Document{Title: "回执", Pages: []*typeset.Page{page}}.PDF()
//
// Lengths are millimetres from the upper left corner, sizes of type are points. Text is placed by the middle of its
// line, the middle of 国 in its face, so that faces beside each other and text in a box look centred. All text passes
// through Clean once, where it comes in.
//
// A document keeps nothing after it is written and the fonts are never written to, so documents may be made at the same
// time. The same pages always give the same bytes.
package typeset

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"image/jpeg"
	"math"
	"slices"

	"rsc.io/qr"
)

// Page is one side of paper, of any size. It grows by the methods below.
type Page struct {
	W, H  float64
	marks [layers][]mark
	later func(*Page)
}

const (
	under = iota
	across
	over
	layers
)

type mark struct {
	ink   color.RGBA
	rects []rect    // a shape, or
	areas [][]Point // polygons that run around to the right, or
	photo []byte    // a photo in the first of its rects, or

	text    string // a line of text with its style,
	style   Style
	x, base float64 // where its baseline starts,
	track   float64 // letter-spacing in mm,
	angle   float64 // and degrees it turns to the left about its start.
}

type rect struct{ x, y, w, h float64 }

// Point is a place on a page.
type Point struct{ X, Y float64 }

// NewPage is an empty page of so many millimetres.
func NewPage(w, h float64) *Page { return &Page{W: w, H: h} }

// Later is a page that is drawn when it is wanted, anew each time, so that a book of a thousand pages never lies in
// memory as a whole. draw makes the same marks whenever it is called, by several at a time too.
func Later(w, h float64, draw func(*Page)) *Page { return &Page{W: w, H: h, later: draw} }

// drawn gives the page with its marks; one that is drawn later is drawn on desk, whose old marks are thrown away.
func (p *Page) drawn(desk *Page) *Page {
	if p.later == nil {
		return p
	}
	desk.W, desk.H = p.W, p.H
	for i := range desk.marks {
		desk.marks[i] = desk.marks[i][:0]
	}
	p.later(desk)
	return desk
}

// Align says which point of a text x names.
type Align float64

// Alignments of a line of text.
const (
	Left   Align = 0
	Centre Align = .5
	Right  Align = 1
)

// Text writes one line, its middle at the height of y, and tells how wide it is.
func (p *Page) Text(x, y float64, a Align, s Style, text string) float64 {
	w := s.Width(text)
	p.write(x-float64(a)*w, y, s, text, s.Track*s.em())
	return w
}

// Line writes a wrapped line from x, spaced as Wrap decided.
func (p *Page) Line(x, y float64, s Style, l Line) { p.write(x, y, s, l.Text, l.Track) }

// Spread writes a text over the whole width w (分散对齐), as labels of a form are.
func (p *Page) Spread(x, y, w float64, s Style, text string) {
	s.Track = 0
	if n := len([]rune(text)); n > 1 {
		p.write(x, y, s, text, (w-s.Width(text))/float64(n-1))
		return
	}
	p.Text(x+w/2, y, Centre, s, text)
}

// Across writes a text through the middle of a box, rising by so many degrees, over tints and under everything else.
func (p *Page) Across(x, y, w, h, angle float64, s Style, text string) {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	run, up := s.Width(text)/2, s.centre()
	m := mark{ink: s.Ink, text: text, style: s, track: s.Track * s.em(), angle: angle}
	m.x, m.base = x+w/2-run*cos+up*sin, y+h/2+run*sin+up*cos
	p.marks[across] = append(p.marks[across], m)
}

func (p *Page) write(x, y float64, s Style, text string, track float64) {
	if text != "" {
		m := mark{ink: s.Ink, text: text, style: s, x: x, base: y + s.centre(), track: track}
		p.marks[over] = append(p.marks[over], m)
	}
}

// centre is how far the baseline lies under the middle of a line.
func (s Style) centre() float64 { return chains[s.Face][0]().centre * s.em() }

// Tint fills a box under everything else.
func (p *Page) Tint(x, y, w, h float64, ink color.RGBA) {
	p.marks[under] = append(p.marks[under], mark{ink: ink, rects: []rect{{x, y, w, h}}})
}

// Rule draws a level line, its middle at the height of y.
func (p *Page) Rule(x, y, w, thick float64, ink color.RGBA) {
	p.shape(ink, rect{x, y - thick/2, w, thick})
}

// Pillar draws an upright line, its middle at x.
func (p *Page) Pillar(x, y, h, thick float64, ink color.RGBA) {
	p.shape(ink, rect{x - thick/2, y, thick, h})
}

// Frame draws the four sides of a box, half inside it and half outside.
func (p *Page) Frame(x, y, w, h, thick float64, ink color.RGBA) {
	t := thick / 2
	p.shape(ink, rect{x - t, y - t, w + thick, thick}, rect{x - t, y + h - t, w + thick, thick},
		rect{x - t, y + t, thick, h - thick}, rect{x + w - t, y + t, thick, h - thick})
}

// Dashes draws a broken level line; dash is the length of a dash and of a gap.
func (p *Page) Dashes(x, y, w, dash, thick float64, ink color.RGBA) {
	var rs []rect
	for at := 0.0; at < w; at += 2 * dash {
		rs = append(rs, rect{x + at, y - thick/2, min(dash, w-at), thick})
	}
	p.shape(ink, rs...)
}

// Area fills polygons as one, whichever way around they run; where they lie over each other they are filled once.
func (p *Page) Area(ink color.RGBA, polygons ...[]Point) {
	m := mark{ink: ink}
	for _, polygon := range polygons {
		around := 0.0
		for i, b := range polygon {
			a := polygon[(i+len(polygon)-1)%len(polygon)]
			around += a.X*b.Y - b.X*a.Y
		}
		if polygon = slices.Clone(polygon); around < 0 {
			slices.Reverse(polygon)
		}
		if around != 0 {
			m.areas = append(m.areas, polygon)
		}
	}
	if m.areas != nil {
		p.marks[over] = append(p.marks[over], m)
	}
}

// QR draws text as a QR code of the given side, without its quiet zone: leave four modules of white around it.
func (p *Page) QR(x, y, side float64, text string, ink color.RGBA) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return err
	}
	m := side / float64(code.Size)
	var rs []rect
	for row := range code.Size {
		for col := 0; col < code.Size; col++ {
			if from := col; code.Black(col, row) {
				for col < code.Size && code.Black(col, row) {
					col++
				}
				rs = append(rs, rect{x + float64(from)*m, y + float64(row)*m, float64(col-from) * m, m})
			}
		}
	}
	p.shape(ink, rs...)
	return nil
}

// Photo draws a JPEG in colours of light or in greys in a box, as large as it fits there, in the middle.
func (p *Page) Photo(x, y, w, h float64, photo []byte) error {
	c, err := jpeg.DecodeConfig(bytes.NewReader(photo))
	if err == nil && c.ColorModel == color.CMYKModel {
		err = errors.New("in colours of print")
	}
	if err != nil {
		return fmt.Errorf("photo: %w", err)
	}
	k := min(w/float64(c.Width), h/float64(c.Height))
	in := rect{w: float64(c.Width) * k, h: float64(c.Height) * k}
	in.x, in.y = x+(w-in.w)/2, y+(h-in.h)/2
	p.marks[over] = append(p.marks[over], mark{photo: photo, rects: []rect{in}})
	return nil
}

func (p *Page) shape(ink color.RGBA, rs ...rect) {
	p.marks[over] = append(p.marks[over], mark{ink: ink, rects: rs})
}
