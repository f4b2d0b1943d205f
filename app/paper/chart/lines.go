package chart

import (
	"cmp"
	"math"
	"slices"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// written is a box in which something is written already.
type written struct{ x0, y0, x1, y1 float64 }

func (a written) meets(b written) bool {
	return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

// ticks are round numbers from 0 to one not below most, at most five steps of them.
func ticks(most float64) (list []float64) {
	if most <= 0 {
		return []float64{0, 1}
	}
	step := math.Pow(10, math.Floor(math.Log10(most/5)))
	for _, by := range []float64{1, 2, 5, 10} {
		if most/(step*by) <= 5 {
			step *= by
			break
		}
	}
	if most > 1 {
		step = max(step, 1)
	}
	for at := 0.0; ; at += step {
		if list = append(list, at); at >= most-step*1e-9 {
			return list
		}
	}
}

// lines draws a line for each series over points of time, which it names at its end; values stand at as many points as
// have room for them.
func (s *sheet) lines(c Chart) {
	em := s.em()
	most, names := 0.0, 0.0
	for _, of := range c.Series {
		for i := range c.Labels {
			most = max(most, long(of.at(i)))
		}
		if len(c.Series) > 1 {
			names = max(names, s.body().Width(form.Line(of.Name)))
		}
	}
	scale, left := ticks(most), 0.0
	for _, v := range scale {
		left = max(left, s.second().Width(c.Value(v)))
	}
	names = min(names, s.width*.25)
	x0, x1 := s.x+left+em*.8, s.x+s.width-em
	if names > 0 {
		x1 = s.x + s.width - names - em*1.6
	}
	high := min(max(s.width*.3, 7*em), 60)
	foot := s.y + em*1.2 + high
	at := func(i int, v float64) typeset.Point {
		x := (x0 + x1) / 2
		if n := len(c.Labels); n > 1 {
			x = x0 + em*.6 + float64(i)/float64(n-1)*(x1-x0-em*1.2)
		}
		return typeset.Point{X: x, Y: foot - v/scale[len(scale)-1]*high}
	}
	for i, v := range scale {
		y := at(0, v).Y
		if i == 0 {
			s.page.Rule(x0, y, x1-x0, .3, s.Ink)
		} else {
			s.page.Rule(x0, y, x1-x0, .15, s.Tint)
		}
		s.text(x0-em*.4, y, typeset.Right, s.second(), c.Value(v))
	}
	s.curves(c, at)
	s.values(c, x0, x1+em*.4, at)
	if names > 0 {
		s.named(c, x1+em*.5, names, foot, at)
	}
	s.y = foot + em*.4
	s.times(c, at)
}

// curves draws the lines themselves, the first on top.
func (s *sheet) curves(c Chart, at func(int, float64) typeset.Point) {
	em := s.em()
	for k := len(c.Series) - 1; k >= 0; k-- {
		of, ink := c.Series[k], s.colour(c.Series[k])
		if k > 0 && !of.Alarm {
			ink = s.Second
		}
		thick, on, off := em*.14, em*[]float64{0, .8, .25, 1.6}[k%4], em*[]float64{0, .45, .3, .5}[k%4]
		var strokes [][]typeset.Point
		for i := range c.Labels[1:] {
			if a, b := of.at(i), of.at(i+1); !math.IsNaN(a) && !math.IsNaN(b) {
				strokes = append(strokes, dashed(at(i, a), at(i+1, b), thick, on, off)...)
			}
		}
		s.page.Area(ink, strokes...)
		for i := range c.Labels {
			if v := of.at(i); !math.IsNaN(v) && (len(c.Labels) <= 60 || i == len(c.Labels)-1) {
				s.mark(k, at(i, v), ink)
			}
		}
	}
}

// beside is where a value may stand, as seen from its point: where nothing is drawn, then over what is.
var beside = []typeset.Point{{Y: -.85}, {Y: .85}, {X: -.9, Y: -.7}, {X: .9, Y: .7}, {X: .9, Y: -.7}, {X: -.9, Y: .7},
	{Y: .85}, {Y: -.85}}

// values writes values over or under their points: the last of a line, its greatest, its first, then whatever has room.
func (s *sheet) values(c Chart, x0, x1 float64, at func(int, float64) typeset.Point) {
	em := s.em()
	var said []written
	for k, of := range c.Series {
		has := s.drawn(c, k, at)
		order := make([]int, 0, len(c.Labels))
		for i := range c.Labels {
			if !math.IsNaN(of.at(i)) {
				order = append(order, i)
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(of.at(b), of.at(a)) })
		if i := slices.Index(order, len(c.Labels)-1); i > 0 {
			order = slices.Insert(slices.Delete(order, i, i+1), 0, len(c.Labels)-1)
		}
		for _, i := range order {
			text, p := c.Value(of.at(i)), at(i, of.at(i))
			w := s.body().Width(text)
			if w > x1-x0 { // it would stand on the names, or on the scale
				continue
			}
			for n, by := range beside {
				x, y := max(min(p.X+by.X*(w/2+em*.1), x1-w/2), x0+w/2), p.Y+by.Y*em
				box := written{x - w/2 - em*.15, y - em*.5, x + w/2 + em*.15, y + em*.5}
				over := n > 5 && i == len(c.Labels)-1 // the last is said, though it be on a line
				if y < at(0, 0).Y-em*.3 && !slices.ContainsFunc(said, box.meets) &&
					(over || n < 6 && !slices.ContainsFunc(has, box.meets)) {
					said = append(said, box)
					s.text(x, y, typeset.Centre, s.body(), text)
					break
				}
			}
		}
	}
}

// drawn are the places where lines are drawn. A value of the k-th keeps away from the points of the others.
func (s *sheet) drawn(c Chart, k int, at func(int, float64) typeset.Point) (has []written) {
	const small, large = .2, .7
	put := func(p typeset.Point, r float64) {
		r *= s.em()
		has = append(has, written{p.X - r, p.Y - r, p.X + r, p.Y + r})
	}
	for n, of := range c.Series {
		for i := range c.Labels {
			v, next := of.at(i), of.at(i+1)
			if !math.IsNaN(v) {
				r := large
				if n == k {
					r = small
				}
				put(at(i, v), r)
			}
			if math.IsNaN(v) || math.IsNaN(next) || i == len(c.Labels)-1 {
				continue
			}
			a, b := at(i, v), at(i+1, next)
			n := math.Ceil(math.Hypot(b.X-a.X, b.Y-a.Y) / (2 * small * s.em()))
			for k := 1.0; k < n; k++ {
				put(typeset.Point{X: a.X + (b.X-a.X)*k/n, Y: a.Y + (b.Y-a.Y)*k/n}, small)
			}
		}
	}
	return has
}

// named writes the names of the lines behind their ends, one under the other where they end close together.
func (s *sheet) named(c Chart, x, wide, foot float64, at func(int, float64) typeset.Point) {
	step := s.em() * 1.25
	type end struct {
		y    float64
		name string
	}
	var list []end
	for _, of := range c.Series {
		for i := len(c.Labels) - 1; i >= 0; i-- {
			if v := of.at(i); !math.IsNaN(v) {
				list = append(list, end{at(i, v).Y, of.Name})
				break
			}
		}
	}
	slices.SortStableFunc(list, func(a, b end) int { return cmp.Compare(a.y, b.y) })
	for i := range list {
		if i > 0 {
			list[i].y = max(list[i].y, list[i-1].y+step)
		}
	}
	for i := len(list) - 1; i >= 0; i-- { // none stands lower than the last may
		list[i].y = min(list[i].y, foot-float64(len(list)-1-i)*step)
	}
	for _, e := range list {
		style, text := s.body().Fit(form.Line(e.name), wide)
		s.text(x, e.y, typeset.Left, style, text)
	}
}

// rounding is how much a label of sixty characters may be wider in a PDF, which says widths in thousandths of its size, in mm.
const rounding = .1

// times writes the labels along the foot, as many as have room, the last among them.
func (s *sheet) times(c Chart, at func(int, float64) typeset.Point) {
	y := s.line(1)
	free := math.Inf(1)
	for i := len(c.Labels) - 1; i >= 0; i-- {
		style, text := s.second().Fit(form.Line(c.Labels[i]), s.width/3)
		w := style.Width(text)
		x := min(max(at(i, 0).X, s.x+w/2+rounding), s.x+s.width-w/2-rounding)
		if x+w/2 < free {
			s.text(x, y, typeset.Centre, style, text)
			free = x - w/2 - s.em()*.8
		}
	}
}
