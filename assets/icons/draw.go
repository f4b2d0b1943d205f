//go:build ignore

// Draw draws app.png: a rounded red square, a thin rule inside it as on a seal, and the character 联.
package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"lianluo.local/assets/fonts"
)

// Lengths in pixels of the finished picture.
const (
	side   = 512
	edge   = 16  // from the side of the picture to the red
	corner = 96  // radius of the red
	inset  = 46  // from the side of the picture to the rule
	rule   = 5   // thickness of the rule
	glyph  = 348 // the em of 联
)

var (
	red   = color.NRGBA{0xB0, 0x1B, 0x1F, 0xFF}
	white = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	pale  = color.NRGBA{0xFF, 0xFF, 0xFF, 0xB4} // the rule stays behind the character
)

func main() {
	m := image.NewNRGBA(image.Rect(0, 0, side, side))
	fill(m, red, square(edge))
	fill(m, pale, square(inset), hole(inset+rule))
	fill(m, white, character('联'))
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, m); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("app.png", b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// outline adds a closed shape to the rasterizer; one that runs against the clock cuts a hole into one that runs with it.
type outline func(*vector.Rasterizer)

func fill(m draw.Image, c color.Color, shapes ...outline) {
	r := vector.NewRasterizer(side, side)
	for _, shape := range shapes {
		shape(r)
	}
	r.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{})
}

// square is a square with round corners, d pixels inside the picture; hole is the same the other way round.
func square(d float32) outline { return rounded(d, false) }
func hole(d float32) outline   { return rounded(d, true) }

func rounded(d float32, back bool) outline {
	const circle = 0.5523 // how far a quarter circle pulls its control points
	return func(r *vector.Rasterizer) {
		// One corner after the other, in coordinates that turn by a quarter: x along the edge, y into the picture.
		half, radius := side/2-d, corner-(d-edge)
		turn := func(quarter int, x, y float32) (float32, float32) {
			x, y = x-half, y-half
			for range quarter {
				x, y = -y, x
			}
			if back {
				x = -x
			}
			return side/2 + x, side/2 + y
		}
		r.MoveTo(turn(0, radius, 0))
		for q := range 4 {
			pull := radius * (1 - circle)
			r.LineTo(turn(q, 2*half-radius, 0))
			bx, by := turn(q, 2*half-pull, 0)
			cx, cy := turn(q, 2*half, pull)
			dx, dy := turn(q, 2*half, radius)
			r.CubeTo(bx, by, cx, cy, dx, dy)
		}
		r.ClosePath()
	}
}

// character is the outline of one character, its ink in the middle of the picture.
func character(c rune) outline {
	f, err := sfnt.Parse(fonts.SongBlack())
	if err != nil {
		log.Fatal(err)
	}
	var b sfnt.Buffer
	g, err := f.GlyphIndex(&b, c)
	if err != nil || g == 0 {
		log.Fatalf("no %c in the font: %v", c, err)
	}
	ink, _, err := f.GlyphBounds(&b, g, fixed.I(glyph), font.HintingNone)
	if err != nil {
		log.Fatal(err)
	}
	segments, err := f.LoadGlyph(&b, g, fixed.I(glyph), nil)
	if err != nil {
		log.Fatal(err)
	}
	at := func(p fixed.Point26_6) (float32, float32) {
		mid := ink.Min.Add(ink.Max).Div(fixed.I(2))
		return side/2 + float32(p.X-mid.X)/64, side/2 + float32(p.Y-mid.Y)/64
	}
	return func(r *vector.Rasterizer) {
		for _, s := range segments {
			x0, y0 := at(s.Args[0])
			x1, y1 := at(s.Args[1])
			x2, y2 := at(s.Args[2])
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				r.ClosePath()
				r.MoveTo(x0, y0)
			case sfnt.SegmentOpLineTo:
				r.LineTo(x0, y0)
			case sfnt.SegmentOpQuadTo:
				r.QuadTo(x0, y0, x1, y1)
			case sfnt.SegmentOpCubeTo:
				r.CubeTo(x0, y0, x1, y1, x2, y2)
			}
		}
		r.ClosePath()
	}
}
