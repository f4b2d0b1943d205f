package directory

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/person"
)

// heading writes a name, on several lines where it is long, with the levels of its mandates beside it, and tells where the
// next line goes.
func heading(s form.Leaf, size, left, y, room float64, p person.Person, ms []person.Mandate) float64 {
	name := s.Style(typeset.Song, size)
	name.Least, name.Track = max(s.Least, form.Given), .06
	name, lines := name.Snug(form.Line(p.Name), room, 3, "…")
	step := name.Size * form.Pt * 1.05
	for i, l := range lines {
		s.Page.Line(left, y+float64(i)*step, name, l)
	}
	y += float64(len(lines)-1) * step
	style := s.Style(typeset.Bold, size*.6)
	style.Ink = form.Red
	em := style.Size * form.Pt
	x := left + lines[len(lines)-1].Width + .8*em
	for _, word := range seals(p, ms) {
		w := style.Width(word) + .5*em
		if x+w > left+room {
			break // the mandates themselves stand below
		}
		s.Page.Frame(x, y-.65*em, w, 1.3*em, .25, form.Red)
		s.Page.Text(x+w/2, y, typeset.Centre, style, word)
		x += w + .35*em
	}
	return y + name.Size*form.Pt*.96
}

// dialled gives of several telephones as many as have room on a line: half a number helps nobody.
func dialled(s typeset.Style, phones string, room float64) (typeset.Style, string) {
	for fit := s.Scaled(.75); fit.Width(phones) > room; {
		i := strings.LastIndexAny(phones, "、，,；;/")
		if i < 0 {
			break
		}
		phones = strings.TrimSpace(phones[:i])
	}
	return s.Fit(phones, room)
}

// line is a text with its label, "" for none, of at most so many lines.
type line struct {
	label, text string
	most        int
}

// entry is where lines about one person stand, so wide with their labels: step millimetres apart, or up to a quarter more
// where there is room.
type entry struct {
	label, value     typeset.Style
	left, room, step float64
}

// fill writes lines from a height down to another. Where there is no room for all, each has one before any has more;
// then those that stand first have what they need before the others.
func (e entry) fill(p *typeset.Page, y, bottom float64, all []line) {
	aside := 0.0
	for _, l := range all {
		if l.label != "" {
			aside = max(aside, e.label.Width(l.label)+.5*e.label.Size*form.Pt)
		}
	}
	wide := func(l line) float64 {
		if l.label == "" {
			return e.room
		}
		return e.room - aside
	}
	free := int((bottom-y)/e.step + 1.01)
	given, need := make([]int, len(all)), make([]int, len(all))
	for i, l := range all {
		if l.text != "" {
			need[i] = min(len(e.value.Wrap(l.text, wide(l))), l.most)
		}
	}
	for _, most := range []int{1, 9} {
		for i := range all {
			more := min(max(min(need[i], most)-given[i], 0), free)
			given[i], free = given[i]+more, free-more
		}
	}
	step, n := e.step, 0
	for _, lines := range given {
		n += lines
	}
	if n > 1 {
		step = min(max((bottom-y)/float64(n-1), step), step*1.25)
	}
	for i, l := range all {
		if given[i] == 0 {
			continue
		}
		x := e.left
		if l.label != "" {
			p.Text(x, y, typeset.Left, e.label, l.label)
			x += aside
		}
		style, set := e.value.Block(l.text, wide(l), given[i], "…")
		for _, t := range set {
			p.Line(x, y, style, t)
			y += step
		}
	}
}
