package chart

import (
	"image/color"
	"unicode/utf8"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// column measures the names at the left and gives how wide they stand, at most so much of the chart.
func (s *sheet) column(labels []string) (w float64) {
	for _, l := range labels {
		w = max(w, s.body().Width(form.Line(l)))
	}
	return min(w, s.width*.36)
}

// name writes the name of a bar right before it.
func (s *sheet) name(text string, wide, y float64) {
	style, lines := label(s.body(), text, wide)
	step := style.Size / s.Size * s.em() * 1.2
	y -= float64(len(lines)-1) / 2 * step
	for i, l := range lines {
		w := style.Width(l.Text) + l.Track*float64(utf8.RuneCountInString(l.Text)-1)
		s.page.Line(s.x+wide-w, y+float64(i)*step, style, l)
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
			text += "　" + form.Line(c.Series[k].Name)
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
				s.fill(k, left, y, w, thick, s.colour(of))
			}
			style, text := s.body().Fit(said(i, k), ends-em*.5)
			s.text(left+w+em*.4, y+thick/2, typeset.Left, style, text)
		}
		s.y += high
	}
	s.page.Pillar(left, top, s.y-top, .3, s.Ink)
}
