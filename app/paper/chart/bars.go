package chart

import (
	"image/color"
	"unicode/utf8"

	"lianluo.local/app/paper/typeset"
)

// column measures the names at the left and gives how wide they stand, at most so much of the chart.
func (s *sheet) column(labels []string) (w float64) {
	for _, l := range labels {
		w = max(w, s.body().Width(clean(l)))
	}
	return min(w, s.width*.36)
}

// name writes the name of a bar right before it.
func (s *sheet) name(text string, wide, y float64) {
	style, lines := label(s.body(), text, wide)
	step := style.Size / s.Size * s.em() * 1.2
	for i, l := range lines {
		s.page.Line(s.x+wide-style.Width(l.Text)-l.Track*float64(utf8.RuneCountInString(l.Text)-1), y+(float64(i)-float64(len(lines)-1)/2)*step, style, l)
	}
}

// tall is how high a name stands.
func (s *sheet) tall(text string, wide float64) float64 {
	style, lines := label(s.body(), text, wide)
	return float64(len(lines)) * style.Size / s.Size * s.em() * 1.2
}

// colour is that of a series.
func (s *sheet) colour(of Series) color.RGBA {
	if of.Alarm {
		return s.Alarm
	}
	return s.Ink
}

// bars draws a bar for each label and series. Of several, the first label names them.
func (s *sheet) bars(c Chart) {
	em, wide := s.em(), s.column(c.Labels)
	left, most, ends := s.x+wide+em*.6, 0.0, 0.0
	said := func(i, k int) string {
		text := c.Value(c.Series[k].at(i))
		if i == 0 && len(c.Series) > 1 {
			text += "　" + clean(c.Series[k].Name)
		}
		return text
	}
	for i := range c.Labels {
		for k, of := range c.Series {
			most, ends = max(most, long(of.at(i))), max(ends, s.body().Width(said(i, k)))
		}
	}
	ends = min(ends+em, s.width*.45)
	room := s.x + s.width - ends - left
	thick := em * 1.15
	if len(c.Series) > 1 {
		thick = em * .95
	}
	top := s.y
	for i, name := range c.Labels {
		group := thick * float64(len(c.Series)) * 1.12
		high := max(group, s.tall(name, wide)) + em*.55
		s.name(name, wide, s.y+high/2)
		for k, of := range c.Series {
			y := s.y + (high-group)/2 + float64(k)*thick*1.12
			w := 0.0
			if most > 0 {
				w = long(of.at(i)) / most * room
			}
			if len(c.Series) == 1 && !of.Alarm {
				s.page.Area(s.Second, box(left, y, w, thick))
			} else {
				s.fill([]int{0, 4, 1, 3, 2, 5, 6}[k%7], left, y, w, thick, s.colour(of))
			}
			style, text := s.body().Fit(said(i, k), ends-em*.5)
			s.text(left+w+em*.4, y+thick/2, typeset.Left, style, text)
		}
		s.y += high
	}
	s.page.Pillar(left, top, s.y-top, .3, s.Ink)
}

// stacked draws a bar for each label, of a part for each series, over them what each hatching means.
func (s *sheet) stacked(c Chart) {
	em, wide := s.em(), s.column(c.Labels)
	left, most, ends := s.x+wide+em*.6, 0.0, 0.0
	sums := make([]float64, len(c.Labels))
	for i := range c.Labels {
		for _, of := range c.Series {
			sums[i] += long(of.at(i))
		}
		most, ends = max(most, sums[i]), max(ends, s.body().Width(c.Value(sums[i])))
	}
	s.key(c)
	room, thick, top := s.x+s.width-ends-em-left, em*1.5, s.y
	for i, name := range c.Labels {
		high := max(thick, s.tall(name, wide)) + em*.6
		s.name(name, wide, s.y+high/2)
		x, y := left, s.y+(high-thick)/2
		for k, of := range c.Series {
			v := long(of.at(i))
			if v == 0 || most == 0 {
				continue
			}
			w := v / most * room
			s.fill(k, x, y, w-.25, thick, s.colour(of))
			text, style := c.Value(v), s.body()
			if tw := style.Width(text); tw+em*.6 < w {
				s.page.Area(s.Ground, box(x+w/2-tw/2-em*.2, y+thick*.14, tw+em*.4, thick*.72))
				s.text(x+w/2, y+thick/2, typeset.Centre, style, text)
			}
			x += w
		}
		s.text(x+em*.4, y+thick/2, typeset.Left, s.style(typeset.Bold, s.Ink), c.Value(sums[i]))
		s.y += high
	}
	s.page.Pillar(left, top, s.y-top, .3, s.Ink)
}

// key says what each hatching means, of those series that have anything.
func (s *sheet) key(c Chart) {
	em := s.em()
	x, y := s.x, s.line(1)
	for k, of := range c.Series {
		sum := 0.0
		for i := range c.Labels {
			sum += long(of.at(i))
		}
		if sum == 0 {
			continue
		}
		style, text := s.body().Fit(clean(of.Name), s.width-em*2.5)
		w := em*2 + style.Width(text)
		if x > s.x && x+w > s.x+s.width {
			x, y = s.x, s.line(1)
		}
		s.fill(k, x, y-em*.45, em*1.5, em*.9, s.colour(of))
		s.text(x+em*1.9, y, typeset.Left, style, text)
		x += w + em*1.2
	}
	s.y += em * .4
}
