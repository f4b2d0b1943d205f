package form

import "lianluo.local/app/paper/typeset"

// Leaf is a page between its side margins, at a size of print: what all papers of one office have alike is drawn on it,
// so that they look as if one hand had made them. Heights are millimetres from the top of the page.
type Leaf struct {
	Page   *typeset.Page
	K      float64 // size of print: 1 on A5, 1.4 for an A4 sheet that is given away; sizes of type are multiplied by it
	Margin float64
	Least  float64 // the smallest type on it in points, whatever K says
}

// The smallest type in points on what a citizen takes home, for old people read it without glasses, and on what goes
// to officials.
const (
	Given    = 14
	Official = 10.5
)

// A4 is an empty A4 sheet.
func A4(k, margin float64) Leaf {
	return Leaf{Page: typeset.NewPage(210, 297), K: k, Margin: margin}
}

// Right is where the right margin begins, as Margin is where the left one ends.
func (s Leaf) Right() float64 { return s.Page.W - s.Margin }

// Width is the room between the margins.
func (s Leaf) Width() float64 { return s.Page.W - 2*s.Margin }

// Style is a face in ink at so many points, times K.
func (s Leaf) Style(f typeset.Face, size float64) typeset.Style {
	return typeset.Style{Face: f, Size: max(size*s.K, s.Least), Ink: Ink, Least: s.Least}
}

// Note is the grey of labels and notes.
func (s Leaf) Note(size float64) typeset.Style {
	style := s.Style(typeset.Sans, size)
	style.Ink = Grey
	return style
}

// Head is what stands over a paper: whose it is, what it is, a note on which part of it this is, and its number.
type Head struct {
	Organisation, Title, Note, Number string // no Number where a paper has none
	Heavy                             bool   // the note is as heavy as the number
	Black                             bool   // what red is for else: it goes to offices, whose heads alone are red
	Code                              string // what a QR code in the corner says, "" for none
}

// Head draws the head of an official paper: the line of the organisation, the title in heavy Song over a thick and a
// thin rule, the number in red at the right. It tells where the paper goes on.
func (s Leaf) Head(h Head) (float64, error) {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	room := right - left
	if h.Code != "" {
		side := max(18*k, 16)
		if err := p.QR(right-side, 23.4*k-side, side, h.Code, Black); err != nil {
			return 0, err
		}
		room -= 2 * (side + 3*k)
	}
	red := Red
	if h.Black {
		red = Ink
	}
	org := s.Note(11)
	org.Track = .12
	org, name := org.Fit(h.Organisation, room)
	p.Text(p.W/2, 9.4*k, typeset.Centre, org, name)
	title := s.Style(typeset.Song, 25)
	title.Track, title.Ink = .28, red
	for title.Width(h.Title) > room && title.Track > .05 { // a long title is set closer and smaller
		title.Track, title.Size = title.Track-.02, title.Size*.985
	}
	title, name = title.Fit(h.Title, room)
	p.Text(p.W/2, 18.6*k, typeset.Centre, title, name)
	p.Rule(left, 25.6*k, right-left, .9*k, red)
	p.Rule(left, 26.8*k, right-left, .25*k, red)
	number := s.Style(typeset.Bold, 12.5)
	number.Ink = red
	number, text := number.Fit(h.Number, (right-left)*.6)
	at := right
	if text != "" {
		at -= number.Width(text) + 2*k
		at -= p.Text(at, 30.7*k, typeset.Right, s.Note(9.5), "编号")
		p.Text(right, 30.7*k, typeset.Right, number, text)
	}
	note := s.Note(9.5)
	if h.Heavy {
		note = s.Style(typeset.Bold, 12.5)
	}
	note, text = note.Fit(h.Note, at-4*k-left)
	p.Text(left, 30.7*k, typeset.Left, note, text)
	return 34.2 * k, nil
}

// Part draws the smaller head of a part that is torn off and filed, its top at y, and tells where it goes on.
func (s Leaf) Part(y float64, title, note, number string) float64 {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	head := s.Style(typeset.Song, 14.5)
	head.Track = .1
	at := left + p.Text(left, y+7*k, typeset.Left, head, title) + 4*k
	style, text := s.Style(typeset.Bold, 11.5).Fit(number, (right-left)*.5)
	room := right - p.Text(right, y+7.2*k, typeset.Right, style, text) - 4*k - at
	style, text = s.Note(9).Fit(note, room)
	p.Text(at, y+7.3*k, typeset.Left, style, text)
	p.Rule(left, y+11*k, right-left, .5*k, Ink)
	return y + 11.4*k
}

// Tear draws the line between two parts, with the number across it.
func (s Leaf) Tear(number string, y float64) {
	style := s.Note(8.5)
	style.Track = .08
	text := "✂  沿虚线撕开 · 骑缝编号 " + number
	if style.Width(text) > s.Page.W*.75 {
		text = "✂  沿虚线撕开 · " + number
	}
	w := s.Page.Text(s.Page.W/2, y, typeset.Centre, style, text)/2 + 3*s.K
	edge := 4 * s.K
	s.Page.Dashes(edge, y, s.Page.W/2-w-edge, 1.6*s.K, .25, Grey)
	s.Page.Dashes(s.Page.W/2+w, y, s.Page.W/2-w-edge, 1.6*s.K, .25, Grey)
}

// Sign leaves lines to write on between left and right, each after its name.
func (s Leaf) Sign(left, y, right float64, names ...string) {
	each := (right - left) / float64(len(names))
	for i, name := range names {
		x := left + float64(i)*each
		note, name := s.Note(9.5).Fit(name, each-8*s.K)
		w := s.Page.Text(x, y, typeset.Left, note, name) + 1.5*s.K
		s.Page.Rule(x+w, y+1.9*s.K, each-w-3*s.K, .2, Grey)
	}
}

// Box leaves a box to sign, seal or put a thumb's print in; its name stands small in the upper left corner.
func (s Leaf) Box(x, y, w, h float64, name string) {
	s.Page.Frame(x, y, w, h, .25, Grey)
	style, name := s.Note(9.5).Fit(name, w-3*s.K)
	s.Page.Text(x+1.5*s.K, y+3*s.K, typeset.Left, style, name)
}

// Practice lays the word that a paper is none across a part of it, from the height y, h high.
func (s Leaf) Practice(y, h, angle, size float64) {
	faint := typeset.Style{Face: typeset.Song, Size: size * s.K, Ink: Pale, Track: .3}
	s.Page.Across(0, y, s.Page.W, h, angle, faint, "练习")
}
