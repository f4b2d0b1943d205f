package chart

import (
	"image/color"
	"math"

	"lianluo.local/app/paper/typeset"
)

// fill draws the box of the n-th series: each has its own hatching, which is told apart in grey.
func (s *sheet) fill(n int, x, y, w, h float64, ink color.RGBA) {
	if w <= 0 {
		return
	}
	const gap, thin = 1.5, .28
	switch n % 7 {
	case 0:
		s.page.Area(ink, box(x, y, w, h))
		return
	case 2:
		s.page.Area(ink, diagonals(x, y, w, h, gap, thin, false)...)
	case 3:
		var dots [][]typeset.Point
		for row, at := 0, y+gap/2; at < y+h; row, at = row+1, at+gap*.8 {
			for left := x + gap/2 + float64(row%2)*gap/2; left < x+w-.2; left += gap {
				dots = append(dots, box(left-.22, at-.22, .44, .44))
			}
		}
		s.page.Area(ink, dots...)
	case 4:
		s.page.Area(s.Tint, box(x, y, w, h))
	case 5:
		s.page.Area(ink, append(diagonals(x, y, w, h, gap, thin, false), diagonals(x, y, w, h, gap, thin, true)...)...)
	case 6:
		for at := y + gap/2; at < y+h; at += gap * .7 {
			s.page.Rule(x, at, w, thin, ink)
		}
	}
	s.page.Frame(x+.15, y+.15, max(w-.3, 0), h-.3, .3, ink)
}

func box(x, y, w, h float64) []typeset.Point {
	return []typeset.Point{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}}
}

// diagonals are strokes across a box, rising to the right, or falling.
func diagonals(x, y, w, h, gap, thick float64, falling bool) (list [][]typeset.Point) {
	for at := gap / 2; at < w+h; at += gap * 1.3 {
		a := typeset.Point{X: max(0, at-h), Y: min(at, h)} // from the left or lower edge
		b := typeset.Point{X: min(at, w), Y: max(0, at-w)} // to the upper or right one
		if falling {
			a.Y, b.Y = h-a.Y, h-b.Y
		}
		list = append(list, stroke(typeset.Point{X: x + a.X, Y: y + a.Y}, typeset.Point{X: x + b.X, Y: y + b.Y}, thick))
	}
	return list
}

// stroke is the line between two points as a polygon; none where they are one.
func stroke(a, b typeset.Point, thick float64) []typeset.Point {
	dx, dy := b.X-a.X, b.Y-a.Y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return nil
	}
	ox, oy := -dy/n*thick/2, dx/n*thick/2
	return []typeset.Point{{X: a.X + ox, Y: a.Y + oy}, {X: b.X + ox, Y: b.Y + oy},
		{X: b.X - ox, Y: b.Y - oy}, {X: a.X - ox, Y: a.Y - oy}}
}

// dashed is a stroke broken into dashes; on and off are their lengths, off of 0 for none.
func dashed(a, b typeset.Point, thick, on, off float64) (list [][]typeset.Point) {
	n := math.Hypot(b.X-a.X, b.Y-a.Y)
	if off == 0 || n == 0 {
		return [][]typeset.Point{stroke(a, b, thick)}
	}
	along := func(d float64) typeset.Point {
		d = min(d, n) / n
		return typeset.Point{X: a.X + (b.X-a.X)*d, Y: a.Y + (b.Y-a.Y)*d}
	}
	for at := 0.0; at < n; at += on + off {
		list = append(list, stroke(along(at), along(at+on), thick))
	}
	return list
}

// round is a polygon of so many corners about a point, the first at its top.
func round(c typeset.Point, radius float64, corners int, turned float64) (p []typeset.Point) {
	for i := range corners {
		sin, cos := math.Sincos(2*math.Pi*float64(i)/float64(corners) + turned)
		p = append(p, typeset.Point{X: c.X + radius*sin, Y: c.Y - radius*cos})
	}
	return p
}

// mark draws the point of the n-th line: disc, hollow square, triangle, hollow disc, square, hollow triangle.
func (s *sheet) mark(n int, c typeset.Point, ink color.RGBA) {
	corners, turned, r := []int{24, 4, 3}[n%3], []float64{0, math.Pi / 4, 0}[n%3], s.em()*.24
	if corners < 24 {
		r *= 1.25
	}
	s.page.Area(ink, round(c, r, corners, turned))
	if n%2 == 1 {
		s.page.Area(s.Ground, round(c, r*.55, corners, turned))
	}
}
