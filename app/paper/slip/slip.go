// Package slip makes the papers about one matter: the registration for the file, the card that brings an answer to the
// citizen and his rating back, the guide to the right door, the slips that hand a matter to departments and urge them.
//
//	d, err := slip.AnswerCard(m, form.Issuer{Settings: s, Profile: p, Today: now})
//	pdf, err := d.PDF()
//
// Each paper has a function X(matter, office) and beside it a NoX(matter), which says in a sentence why the matter
// has no such paper now, and what to do next. The same matter, office and day give the same bytes.
//
// What a paper may show is decided in one place before anything is drawn: the function that turns the matter into the
// plain facts of that paper (answerOf, guideOf, …); drawing knows nothing else. Of a confidential matter every paper
// has number and dates only, and, where it goes to somebody, his name as on an envelope. A citizen is masked on
// everything that leaves the station.
package slip

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// imprint is what stands on every paper, on one about a confidential matter, too.
type imprint struct {
	Organisation, Station, Phone, Hours, Clerk string
	Number, Raised                             string // Raised is when the citizen said it
	Confidential, Practice                     bool
	Today                                      time.Time
}

func imprintOf(m matter.Matter, o form.Issuer) imprint {
	return imprint{
		Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Station: form.Line(o.Name), Phone: form.Line(o.Phone),
		Hours: form.Line(o.Hours), Clerk: form.Line(o.Clerk), Number: form.Line(m.Number),
		Raised: form.Moment(m.Occurred), Confidential: m.Confidential, Practice: o.Practice, Today: o.Today,
	}
}

// document is the finished paper.
func (k imprint) document(title string, pages ...*typeset.Page) typeset.Document {
	return typeset.Document{Title: title + " " + k.Number, Made: k.Today, Pages: pages}
}

// code is what a citizen's QR code says: plain text that any telephone shows without a network.
func (k imprint) code() string {
	return "编号 " + k.Number + "\n" + form.Cut(strings.TrimSpace(form.Cut(k.Station, 30)+" "+k.Phone), 80) +
		"\n询问请打电话报编号，或持卡到站。"
}

// ask tells a citizen where to ask.
func (k imprint) ask() string {
	text := "请持本联到联络站询问"
	if k.Phone != "" {
		text = "请拨打联络站电话 " + k.Phone + "，报编号即可；也可持本联到站"
	}
	if k.Hours != "" {
		text += "（" + k.Hours + "）"
	}
	return text + "。"
}

// sealed is the sentence in place of what is confidential.
const sealed = "本件按保密件办理，内容另存，本页只写编号和日期。"

// standing says why there is no paper at all about a matter.
func standing(m matter.Matter, paper string) error {
	if m.State == matter.Void {
		return problem.New(paper+" of a void matter", m.Number+" 已作废，不能打印"+paper+"。请查看作废原因；要办的事请重新登记。")
	}
	return nil
}

// citizen is how a paper that leaves the station calls a citizen; "" where this computer was not told.
func citizen(m matter.Matter) string {
	if m.Anonymous {
		return "匿名"
	}
	return form.Line(mask.Name(m.Name))
}

// join makes one line of several.
func join(words []string) string {
	clean := make([]string, len(words))
	for i, w := range words {
		clean[i] = form.Line(w)
	}
	return strings.Join(clean, "、")
}

// promised writes the day by which a citizen was to be told, and which day stands on his receipt where it was moved.
func promised(m matter.Matter) string {
	if len(m.Moves) == 0 || m.Moves[0].From == m.Due {
		return form.Date(m.Due)
	}
	return form.Date(m.Due) + "（原定" + form.Date(m.Moves[0].From) + "）"
}

// times writes a count, 第 2 次.
func times(n int) string { return "第 " + strconv.Itoa(n) + " 次" }

// classes are the boxes of the results 1–9 with the letters of the county.
func classes(o form.Issuer, chosen int) (ts []form.Tick) {
	for i, name := range words.Classes {
		if letter := o.Profile.Letter(i + 1); letter != "" {
			name += "（" + form.Line(letter) + "）"
		}
		ts = append(ts, form.Tick{Code: strconv.Itoa(i + 1), Name: name, On: i+1 == chosen})
	}
	return ts
}

// table is a form in the manner of a sheet: labels so many points, values so many.
func table(s form.Leaf, y, label, value, column float64) form.Grid {
	return form.Grid{Page: s.Page, X: s.Margin, Y: y, W: s.Width(), Label: s.Note(label),
		Value: s.Style(typeset.Kai, value), Column: column, Pad: .8 * s.K}
}

// fact adds the row that everybody looks for: big, in red on a tint, and beside it what it means.
func fact(s form.Leaf, f *form.Grid, label, big, text string, size float64) {
	style, small := s.Style(typeset.Song, size), f.Value
	style.Ink = form.Red
	inset := f.Value.Size * form.Pt * .5
	room := f.W - f.Column - 2*inset
	style, big = style.Fit(big, room*.62)
	at := f.X + f.Column + inset
	x := at
	if big != "" {
		x += style.Width(big) + 3*s.K
	}
	small, lines := small.Block(text, f.X+f.W-inset-x, 3, "…")
	step := f.Step(small)
	height := max(style.Size*form.Pt*1.5, float64(len(lines))*step+2.4*s.K) + f.Pad
	f.Begin()
	f.Page.Tint(f.X+f.Column, f.Y, f.W-f.Column, height, form.Blush)
	f.Title(f.X, height, label, false)
	middle := f.Y + height/2
	f.Page.Text(at, middle, typeset.Left, style, big)
	for i, l := range lines {
		f.Page.Line(x, middle+(float64(i)-float64(len(lines)-1)/2)*step, small, l)
	}
	f.End(height)
}

// blank adds a row to be filled in by hand, so many millimetres high.
func blank(f *form.Grid, height float64, labels ...string) {
	f.Begin()
	each := f.W / float64(len(labels))
	for i, label := range labels {
		f.Title(f.X+float64(i)*each, height, label, i > 0)
	}
	f.End(height)
}

// paragraph sets a text over so many lines at most and tells where it ends.
func paragraph(s form.Leaf, y float64, style typeset.Style, text string, most int) float64 {
	style, lines := style.Block(text, s.Width(), most, "…")
	step := style.Size * form.Pt * form.Leading
	for i, l := range lines {
		s.Page.Line(s.Margin, y+(float64(i)+.5)*step, style, l)
	}
	return y + float64(len(lines))*step
}
