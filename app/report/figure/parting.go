package figure

import (
	"cmp"
	"slices"
)

// parting is an axis while it parts: its keys with their places.
type parting struct {
	Axis
	keys   []string
	places map[string]int
	spans  []Span // of time
	first  []int  // of time: the place of each day of the span
	here   []place
	found  []string
}

// place is where a thing stands on an axis: the number of the key, and the days that it is counted for there.
type place struct {
	at   int
	span Span
}

func part(w *World, span Span, a Axis) parting {
	p := parting{Axis: a, places: map[string]int{}}
	if a.Period != Any {
		p.spans = w.parts(a.Period, span)
		for i, s := range p.spans {
			p.place(w.Name(s))
			for range s.To - s.From + 1 {
				p.first = append(p.first, i)
			}
		}
	}
	if a.all != nil {
		for _, key := range a.all(w) {
			p.place(key)
		}
	}
	return p
}

func (p *parting) place(key string) int {
	at, known := p.places[key]
	if !known {
		at = len(p.keys)
		p.places[key], p.keys = at, append(p.keys, key)
	}
	return at
}

// stand notes where something stands that has some keys.
func (p *parting) stand(whole Span) {
	p.here = p.here[:0]
	for _, key := range p.found {
		p.here = append(p.here, place{p.place(key), whole})
	}
}

// last gives the place of the part of time in which a day lies, the first or the last where it lies outside.
func (p *parting) last(day int) int {
	from := p.spans[0].From
	return p.first[min(max(day-from, 0), len(p.first)-1)]
}

// matter notes where a matter stands: in time from when it was raised as long as anything of it counts.
func (p *parting) matter(t *Table, m Matter) {
	if p.Period == Any {
		p.found = p.Axis.matter(t.world, m, p.found[:0])
		p.stand(t.Span)
		return
	}
	p.here = p.here[:0]
	for i, to := p.last(m.Raised), p.last(m.until(t.Span)); i <= to; i++ {
		p.here = append(p.here, place{i, p.spans[i]})
	}
}

// session notes where a session stands, or, of who came to it, he.
func (p *parting) session(t *Table, s *Session, who string) {
	switch {
	case p.Period != Any:
		i := p.last(s.Day)
		p.here = append(p.here[:0], place{i, p.spans[i]})
		return
	case who != "" && p.person != nil:
		p.found = p.person(t.world, who, p.found[:0])
	default:
		p.found = p.Axis.session(t.world, s, p.found[:0])
	}
	p.stand(t.Span)
}

// order gives the places of the keys in the order of the rows; what has no key comes last.
func (p *parting) order(w *World) []int {
	list := make([]int, len(p.keys))
	for i := range list {
		list[i] = i
	}
	if p.Period != Any {
		return list
	}
	slices.SortFunc(list, func(a, b int) int {
		x, y := p.keys[a], p.keys[b]
		if (x == "") != (y == "") {
			return map[bool]int{true: 1, false: -1}[x == ""]
		}
		if p.rank != nil {
			return cmp.Or(p.rank(x)-p.rank(y), cmp.Compare(x, y))
		}
		return cmp.Compare(x, y)
	})
	return list
}

func (p *parting) label(w *World, at int) string {
	key := p.keys[at]
	switch {
	case key == "":
		return cmp.Or(p.Other, "没有写")
	case p.called != nil && p.Period == Any:
		return p.called(w, key)
	}
	return key
}
