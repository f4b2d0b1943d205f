package typeset

import (
	"bytes"
	"image/color"
	"math"
	"slices"
	"strconv"
)

// code names a glyph of the document's font and what it means.
type code struct {
	glyph glyph
	means rune
}

// alphabet gives every rune of every face that a document prints a code of its own, the apart-th after the one before.
type alphabet struct {
	known  map[code]int
	codes  []code
	common [len(chains)][]uint16 // the places in codes of the faces' runes of the basic plane, 0 for none yet
}

func newAlphabet() *alphabet {
	blank, _ := Sans.find(' ')
	return &alphabet{known: map[code]int{}, codes: []code{{glyph{blank.font, 0}, 0}}}
}

// code gives the code of a rune in a face.
func (a *alphabet) code(f Face, r rune) int {
	common := uint32(r) < 1<<16
	if common {
		if a.common[f] == nil {
			a.common[f] = make([]uint16, 1<<16)
		}
		if n := a.common[f][r]; n != 0 {
			return int(n) * apart
		}
	}
	g, means := f.glyph(r)
	c := code{g, means}
	n, ok := a.known[c]
	if !ok {
		n = len(a.codes)
		a.known[c], a.codes = n, append(a.codes, c)
	}
	if common && n < 1<<16 {
		a.common[f][r] = uint16(n)
	}
	return n * apart
}

// album is the photos of a document, each once, in the order in which they are first printed.
type album struct {
	photos [][]byte
	names  []string // by which the file knows them
}

func (a *album) add(photo []byte) {
	if a.index(photo) < 0 {
		a.photos = append(a.photos, photo)
	}
}

func (a *album) index(photo []byte) int {
	return slices.IndexFunc(a.photos, func(had []byte) bool { return bytes.Equal(had, photo) })
}

func (a *album) name(photo []byte) string { return a.names[a.index(photo)] }

// script writes the marks of a page in the language of PDF, in a quarter of the time that gofpdf's formatting takes.
// What lasts from one line of text to the next (size, ink, spacing) is written when it changes.
type script struct {
	alphabet *alphabet
	font     string // its name, /F…
	photos   *album
	height   float64
	out      []byte
	size     float64
	ink      color.RGBA
	track    float64
}

// page gives what stands for a page in the file, until the next is written.
func (c *script) page(p *Page) []byte {
	c.out, c.height, c.size, c.ink, c.track = c.out[:0], p.H, 0, color.RGBA{A: 0xFF}, 0 // a page begins in black
	for _, layer := range p.marks {
		for i := range layer {
			switch m := &layer[i]; {
			case m.photo != nil:
				c.photo(m)
			case m.rects != nil:
				c.shape(m)
			case m.areas != nil:
				c.area(m)
			default:
				c.line(m)
			}
		}
	}
	return c.out
}

// shape writes all rectangles of a shape as one path, so that no seams show between them.
func (c *script) shape(m *mark) {
	c.out = append(c.out, 'q', ' ')
	c.colour(m.ink)
	for _, r := range m.rects {
		c.numbers(3, r.x/mm, (c.height-r.y-r.h)/mm, r.w/mm, r.h/mm)
		c.out = append(c.out, "re "...)
	}
	c.out = append(c.out, "f Q\n"...)
}

// area writes all polygons of an area as one path.
func (c *script) area(m *mark) {
	c.out = append(c.out, 'q', ' ')
	c.colour(m.ink)
	for _, polygon := range m.areas {
		for i, p := range polygon {
			c.numbers(3, p.X/mm, (c.height-p.Y)/mm)
			c.out = append(c.out, "ml"[min(i, 1)], ' ')
		}
		c.out = append(c.out, 'h', ' ')
	}
	c.out = append(c.out, "f Q\n"...)
}

func (c *script) photo(m *mark) {
	r := m.rects[0]
	c.out = append(c.out, 'q', ' ')
	c.numbers(3, r.w/mm, 0, 0, r.h/mm, r.x/mm, (c.height-r.y-r.h)/mm)
	c.out = append(append(append(c.out, "cm /"...), c.photos.name(m.photo)...), " Do Q\n"...)
}

// line writes a line of text in codes. A widely spaced one carries its plain text too, or readers would hear blanks.
func (c *script) line(m *mark) {
	if m.style.Size != c.size {
		c.out = append(append(append(c.out, "BT "...), c.font...), ' ')
		c.numbers(2, m.style.Size)
		c.out = append(c.out, "Tf ET\n"...)
		c.size = m.style.Size
	}
	if m.ink != c.ink {
		c.colour(m.ink)
		c.ink = m.ink
	}
	if m.track != c.track {
		c.numbers(4, m.track/mm)
		c.out = append(c.out, "Tc "...)
		c.track = m.track
	}
	spread := m.track > .1*m.style.em()
	if spread {
		c.out = append(append(append(c.out, "/Span <</ActualText <FEFF"...), utf16hex([]rune(m.text)...)...),
			">>> BDC "...)
	}
	x, y := m.x/mm, (c.height-m.base)/mm
	if m.angle != 0 {
		sin, cos := math.Sincos(m.angle * math.Pi / 180)
		c.out = append(c.out, "q "...)
		c.numbers(5, cos, sin, -sin, cos, x-x*cos+y*sin, y-x*sin-y*cos)
		c.out = append(c.out, "cm "...)
	}
	c.out = append(c.out, "BT "...)
	c.numbers(2, x, y)
	c.out = append(c.out, "Td ("...)
	for _, r := range m.text {
		n := c.alphabet.code(m.style.Face, r)
		c.octet(byte(n >> 8))
		c.octet(byte(n))
	}
	c.out = append(c.out, ") Tj ET"...)
	if m.angle != 0 {
		c.out = append(c.out, " Q"...)
	}
	if spread {
		c.out = append(c.out, " EMC"...)
	}
	c.out = append(c.out, '\n')
}

func (c *script) octet(b byte) {
	switch b {
	case '(', ')', '\\':
		c.out = append(c.out, '\\', b)
	case '\r':
		c.out = append(c.out, '\\', 'r')
	default:
		c.out = append(c.out, b)
	}
}

func (c *script) colour(ink color.RGBA) {
	c.numbers(3, float64(ink.R)/255, float64(ink.G)/255, float64(ink.B)/255)
	c.out = append(c.out, "rg "...)
}

// numbers writes each with so many decimals and a blank behind it.
func (c *script) numbers(decimals int, vs ...float64) {
	scale := [...]int64{1, 10, 100, 1000, 10000, 100000}[decimals]
	for _, v := range vs {
		n := int64(math.Round(v * float64(scale)))
		if n < 0 {
			c.out, n = append(c.out, '-'), -n
		}
		c.out = strconv.AppendInt(c.out, n/scale, 10)
		if part := n % scale; part > 0 {
			c.out = append(c.out, '.')
			for at := scale / 10; part > 0; at /= 10 {
				c.out = append(c.out, byte('0'+part/at))
				part %= at
			}
		}
		c.out = append(c.out, ' ')
	}
}
