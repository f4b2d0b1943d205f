package typeset

import (
	"image/color"
	"math"
	"slices"
)

// Foot writes a line into the lower margin of the last page, its middle so far above the edge, in the smallest type that
// stands on the page, and says whether there was room: between the side margins of 10 mm, and a line's height away from
// everything but what lies across the page. The pages that d has stay as they are.
func (d Document) Foot(above float64, face Face, ink color.RGBA, text string) (Document, bool) {
	if len(d.Pages) == 0 {
		return d, false
	}
	var desk Page
	last := d.Pages[len(d.Pages)-1]
	p, s := last.drawn(&desk), Style{Face: face, Size: math.Inf(1), Ink: ink}
	for _, m := range p.marks[over] {
		if m.text != "" {
			s.Size = min(s.Size, m.style.Size)
		}
	}
	if math.IsInf(s.Size, 1) {
		return d, false
	}
	w, h, y := s.Width(text), s.em(), p.H-above
	free := rect{(p.W - w) / 2, y - 1.5*h, w, 3 * h}
	taken := func(m mark) bool { return slices.ContainsFunc(m.covers(), free.meets) }
	if w > p.W-20 || slices.ContainsFunc(p.marks[over], taken) || slices.ContainsFunc(p.marks[under], taken) {
		return d, false
	}
	d.Pages = slices.Clone(d.Pages)
	d.Pages[len(d.Pages)-1] = Later(p.W, p.H, func(q *Page) {
		last.onto(q)
		q.Text(q.W/2, y, Centre, s, text)
	})
	return d, true
}

// onto draws a page on another of its size, which is empty.
func (p *Page) onto(q *Page) {
	if p.later != nil {
		p.later(q)
		return
	}
	for i, layer := range p.marks {
		q.marks[i] = append(q.marks[i], layer...)
	}
}

func (r rect) meets(o rect) bool {
	return r.x < o.x+o.w && o.x < r.x+r.w && r.y < o.y+o.h && o.y < r.y+r.h
}

// covers are the boxes in which a mark lies; of a text it is the box of its letters.
func (m mark) covers() []rect {
	if m.text != "" {
		n := float64(len([]rune(m.text)) - 1)
		return []rect{{m.x, m.base - m.style.em(), m.style.Width(m.text) + max(n*m.track, 0), 1.2 * m.style.em()}}
	}
	boxes := slices.Clone(m.rects)
	for _, a := range m.areas {
		box := rect{a[0].X, a[0].Y, 0, 0}
		for _, at := range a {
			x, y := min(box.x, at.X), min(box.y, at.Y)
			box = rect{x, y, max(box.x+box.w, at.X) - x, max(box.y+box.h, at.Y) - y}
		}
		boxes = append(boxes, box)
	}
	return boxes
}
