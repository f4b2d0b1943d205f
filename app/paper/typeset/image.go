package typeset

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"sync"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// outlines reads the curves of glyphs for the screen, one reader for each font.
var outlines sync.Map // *Font → func() *sfnt.Font

func (f *Font) sfnt() *sfnt.Font {
	load, _ := outlines.LoadOrStore(f, sync.OnceValue(func() *sfnt.Font {
		all, err := sfnt.ParseCollectionReaderAt(f)
		if err != nil {
			panic("a font in use: " + err.Error())
		}
		s, err := all.Font(0)
		if err != nil {
			panic("a font in use: " + err.Error())
		}
		return s
	}))
	return load.(func() *sfnt.Font)()
}

// Image draws the page as it will print, at so many dots an inch, on white.
func (p *Page) Image(dpi float64) *image.RGBA {
	k := dpi / 25.4
	img := image.NewRGBA(image.Rect(0, 0, int(math.Round(p.W*k)), int(math.Round(p.H*k))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	pen := pen{img: img, k: k}
	for _, layer := range p.drawn(&Page{}).marks {
		for _, m := range layer {
			switch {
			case m.photo != nil:
				pen.photo(m)
			case m.rects != nil:
				pen.shape(m)
			case m.areas != nil:
				pen.area(m)
			default:
				pen.line(m)
			}
		}
	}
	return img
}

// pen fills paths on an image; box is the part of it that the path at hand can touch.
type pen struct {
	img  *image.RGBA
	k    float64
	fill vector.Rasterizer
	box  image.Rectangle
	buf  sfnt.Buffer
}

// begin starts a path within x0…x1, y0…y1 pixels.
func (p *pen) begin(x0, y0, x1, y1 float64) {
	box := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1)))
	p.box = box.Intersect(p.img.Bounds())
	p.fill.Reset(p.box.Dx(), p.box.Dy())
}

func (p *pen) end(ink color.RGBA) {
	p.fill.Draw(p.img, p.box, image.NewUniform(ink), image.Point{})
}

func (p *pen) at(x, y float64) (float32, float32) {
	return float32(x - float64(p.box.Min.X)), float32(y - float64(p.box.Min.Y))
}

func (p *pen) shape(m mark) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), 0.0, 0.0
	for _, r := range m.rects {
		x0, y0, x1, y1 = min(x0, r.x), min(y0, r.y), max(x1, r.x+r.w), max(y1, r.y+r.h)
	}
	p.begin(x0*p.k, y0*p.k, x1*p.k, y1*p.k)
	for _, r := range m.rects {
		left, top := p.at(r.x*p.k, r.y*p.k)
		right, bottom := p.at((r.x+r.w)*p.k, (r.y+r.h)*p.k)
		p.fill.MoveTo(left, top)
		p.fill.LineTo(right, top)
		p.fill.LineTo(right, bottom)
		p.fill.LineTo(left, bottom)
		p.fill.ClosePath()
	}
	p.end(m.ink)
}

func (p *pen) area(m mark) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), 0.0, 0.0
	for _, polygon := range m.areas {
		for _, q := range polygon {
			x0, y0, x1, y1 = min(x0, q.X), min(y0, q.Y), max(x1, q.X), max(y1, q.Y)
		}
	}
	p.begin(x0*p.k, y0*p.k, x1*p.k, y1*p.k)
	for _, polygon := range m.areas {
		for i, q := range polygon {
			x, y := p.at(q.X*p.k, q.Y*p.k)
			if i == 0 {
				p.fill.MoveTo(x, y)
			} else {
				p.fill.LineTo(x, y)
			}
		}
		p.fill.ClosePath()
	}
	p.end(m.ink)
}

func (p *pen) photo(m mark) {
	photo, err := jpeg.Decode(bytes.NewReader(m.photo))
	if err != nil {
		return // what is broken behind its head stays white
	}
	r, at := m.rects[0], func(v float64) int { return int(math.Round(v * p.k)) }
	box := image.Rect(at(r.x), at(r.y), at(r.x+r.w), at(r.y+r.h))
	scale.BiLinear.Scale(p.img, box, photo, photo.Bounds(), draw.Src, nil)
}

func (p *pen) line(m mark) {
	em := m.style.em() * p.k
	x, y := m.x*p.k, m.base*p.k
	length := m.style.Width(m.text)*p.k + math.Abs(m.track)*float64(len([]rune(m.text)))*p.k
	if m.angle == 0 {
		p.begin(x-em, y-1.5*em, x+length+em, y+em)
	} else {
		p.begin(0, 0, float64(p.img.Rect.Max.X), float64(p.img.Rect.Max.Y))
	}
	sin, cos := math.Sincos(m.angle * math.Pi / 180)
	for _, r := range m.text {
		g, _ := m.style.Face.glyph(r)
		unit := 1000.0 // pixels an em: outlines come in font units
		if g.font.em != 0 {
			unit = float64(g.font.em)
		}
		segments, err := g.font.sfnt().LoadGlyph(&p.buf, sfnt.GlyphIndex(g.id),
			fixed.I(int(g.font.sfnt().UnitsPerEm())), nil)
		if err != nil {
			continue
		}
		point := func(q fixed.Point26_6) (float32, float32) {
			dx, dy := float64(q.X)/64/unit*em, float64(q.Y)/64/unit*em
			return p.at(x+dx*cos+dy*sin, y-dx*sin+dy*cos)
		}
		p.glyph(segments, point)
		step := m.style.advance(r)*p.k + m.track*p.k
		x, y = x+step*cos, y-step*sin
	}
	p.end(m.ink)
}

func (p *pen) glyph(segments sfnt.Segments, point func(fixed.Point26_6) (float32, float32)) {
	for i, s := range segments {
		ax, ay := point(s.Args[0])
		bx, by := point(s.Args[1])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.fill.ClosePath()
			}
			p.fill.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			p.fill.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			p.fill.QuadTo(ax, ay, bx, by)
		}
	}
	if len(segments) > 0 {
		p.fill.ClosePath()
	}
}
