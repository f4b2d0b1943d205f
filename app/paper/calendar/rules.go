package calendar

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// Rule is one of the rules of stations (制度) that hang on a wall, by whom it was said.
type Rule struct{ By, Title, Body string }

// Pages sets a rule for the wall, each paragraph a line of its body: in type as large as one page holds, at least that of
// what citizens are given; a longer one goes on over pages.
func (r Rule) Pages(o form.Issuer) (pages []*typeset.Page) {
	const margin, top, low = 22.0, 52.0, 28.0
	l := form.A4(1, margin)
	var body typeset.Style
	var lines []typeset.Line
	step := 0.0
	for _, size := range []float64{22, 20, 18, 16, 14} {
		body, lines = l.Style(typeset.Kai, size), nil
		step = size * form.Pt * 1.6
		for para := range strings.SplitSeq(form.Text(r.Body), "\n") {
			if para = strings.TrimSpace(para); para != "" {
				lines = append(lines, body.Wrap("　　"+strings.TrimLeft(para, "　"), l.Width())...)
			}
		}
		if float64(len(lines))*step <= l.Page.H-top-low {
			break
		}
	}
	each := int((l.Page.H - top - low) / step)
	for n := 0; n == 0 || n*each < len(lines); n++ {
		l := form.A4(1, margin)
		title := l.Style(typeset.Song, 32)
		title.Ink, title.Track, title.Least = form.Red, .08, form.Given
		text := form.Line(r.Title)
		if n > 0 {
			text += "（续）"
		}
		title, text = title.Fit(text, l.Width())
		l.Page.Text(l.Page.W/2, 28, typeset.Centre, title, text)
		l.Page.Rule(margin, 40, l.Width(), .9, form.Red)
		l.Page.Rule(margin, 41.4, l.Width(), .25, form.Red)
		for i, line := range lines[n*each : min((n+1)*each, len(lines))] {
			l.Page.Line(margin, top+step/2+float64(i)*step, body, line)
		}
		by, name := l.Note(14).Fit(r.By, l.Width())
		l.Page.Text(l.Right(), l.Page.H-20, typeset.Right, by, name)
		if o.Practice {
			l.Practice(0, l.Page.H, 50, 90)
		}
		pages = append(pages, l.Page)
	}
	return pages
}

// Contents is the first page of a set: whose it is, of when, and on which page each part begins.
func Contents(o form.Issuer, period string, parts []Part, of int) *typeset.Page {
	l := form.A4(1, 22)
	p := l.Page
	org, text := l.Note(17).Fit(form.Line(o.Name), l.Width())
	p.Text(p.W/2, 34, typeset.Centre, org, text)
	title := l.Style(typeset.Song, 46)
	title.Ink, title.Track = form.Red, .15
	p.Text(p.W/2, 56, typeset.Centre, title, form.Names["wall-set"])
	p.Rule(l.Margin, 72, l.Width(), 1, form.Red)
	p.Rule(l.Margin, 73.6, l.Width(), .3, form.Red)
	p.Text(p.W/2, 86, typeset.Centre, l.Style(typeset.Kai, 20), period)
	step := min(14, (p.H-150)/float64(max(len(parts), 1)))
	for i, part := range parts {
		entry(p, 108+float64(i)*step, part.Name, part.Count, part.At)
	}
	p.Text(p.W/2, p.H-26, typeset.Centre, l.Note(14), "编制日期 "+form.Day(o.Today))
	if o.Practice {
		l.Practice(0, p.H, 50, 90)
	}
	return p
}

// Part is one of a set: what, how much, and the page on which it begins.
type Part struct {
	Name, Count string
	At          int
}
