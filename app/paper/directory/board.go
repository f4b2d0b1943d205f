package directory

import (
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
)

// Sheet is the paper of a board: its size across in millimetres, how much larger than small print its head is, and how
// many deputies stand beside and below each other.
type Sheet struct {
	w, h, k    float64
	cols, rows int
}

// The sheets that a board comes on; the deputies are as large on both.
var (
	A3 = Sheet{420, 297, 1.5, 4, 3}
	A4 = Sheet{297, 210, 1.2, 3, 2}
)

// Boards are 代表公示栏 of stations, for the wall: who the deputies of this station are, with photo, levels, post, district and
// fields, and where somebody answers. What hangs there everybody reads: neither birthday, nor address, nor an own
// telephone that nobody agreed to have shown. It fails with a sentence about a station without deputies.
func Boards(d Directory, o form.Issuer, sheet Sheet) (doc typeset.Document, err error) {
	doc = typeset.Document{Title: form.Names["deputy-board"], Made: o.Today}
	for _, s := range d.Sites {
		var ps []person.Person
		for _, p := range d.at(s.Code) {
			if len(acting(p)) > 0 {
				ps = append(ps, p)
			}
		}
		if len(ps) == 0 {
			return doc, problem.New("a board without deputies", named(s, o)+"还没有编入在任代表，没有公示栏可以打印。请先在代表名册里编入代表。")
		}
		each := sheet.cols * sheet.rows
		for n := 0; n*each < len(ps); n++ {
			part := ""
			if len(ps) > each {
				part = "第 " + strconv.Itoa(n+1) + " 张 · 共 " + strconv.Itoa((len(ps)+each-1)/each) + " 张"
			}
			page, err := d.board(sheet, s, ps[n*each:min((n+1)*each, len(ps))], part, o)
			if err != nil {
				return doc, err
			}
			doc.Pages = append(doc.Pages, page)
		}
	}
	return doc, nil
}

// board draws one sheet.
func (d Directory) board(sheet Sheet, at site.Site, ps []person.Person, part string, o form.Issuer) (*typeset.Page, error) {
	s := form.Leaf{Page: typeset.NewPage(sheet.w, sheet.h), K: sheet.k, Margin: 13, Least: form.Given}
	top, err := s.Head(form.Head{Organisation: named(at, o), Title: "人大代表公示栏", Note: part})
	if err != nil {
		return nil, err
	}
	if part == "" {
		top = 29.5 * sheet.k
	}
	foot := sheet.h - s.Margin - 15*sheet.k
	const gap = 4.0
	w := (s.Width() + gap) / float64(sheet.cols)
	h := (foot - top) / float64(sheet.rows)
	for i, p := range ps {
		x, y := s.Margin+float64(i%sheet.cols)*w, top+float64(i/sheet.cols)*h
		if err := d.portrait(s, x, y, w-gap, h-gap, p); err != nil {
			return nil, err
		}
	}
	d.foot(s, at, o, foot)
	if o.Practice {
		s.Practice(0, sheet.h, 30, 96)
	}
	return s.Page, nil
}

// portrait is one deputy in a box.
func (d Directory) portrait(s form.Leaf, x, y, w, h float64, p person.Person) error {
	const pw, ph, pad = 30.0, 40.0, 3.5
	s.Page.Frame(x, y, w, h, .25, form.Hair)
	if photo := d.Photos[p.Photo]; p.Shown && photo != nil {
		if err := s.Page.Photo(x+pad, y+pad, pw, ph, photo); err != nil {
			return err
		}
	} else {
		s.Page.Tint(x+pad, y+pad, pw, ph, form.Cream)
		first := typeset.Style{Face: typeset.Song, Size: 44, Ink: form.Hair}
		s.Page.Text(x+pad+pw/2, y+pad+ph/2, typeset.Centre, first, form.Cut(form.Line(p.Name), 1))
	}
	s.Page.Frame(x+pad, y+pad, pw, ph, .15, form.Hair)
	ms, left := acting(p), x+pad+pw+4
	flat := s
	flat.K = 1
	room := x + w - pad - left
	next := heading(flat, 23, left, y+pad+4.5, room, p, ms)
	entry{flat.Note(14), flat.Style(typeset.Kai, 14), left, room, 6.2}.fill(s.Page, next+.8, y+h-pad-2.5, []line{
		{"", titles(p, ms), 4},
		{"", form.Line(p.Employer + p.Post), 2},
		{"选区", chosen(ms), 2},
		{"领域", list(p.Fields), 2},
		{"手机", mobile(p), 2},
	})
	return nil
}

// foot says under a board where and by which telephone the station is reached.
func (d Directory) foot(s form.Leaf, at site.Site, o form.Issuer, y float64) {
	p, k := s.Page, s.K
	phone, opening := reached(at, o)
	h := p.H - s.Margin - y
	p.Tint(s.Margin, y, s.Width(), h, form.Blush)
	p.Rule(s.Margin, y, s.Width(), .5, form.Red)
	label, dial := s.Style(typeset.Bold, 11), s.Style(typeset.Bold, 19)
	dial.Ink = form.Red
	left, middle := s.Margin+4*k, y+h/2
	left += p.Text(left, middle, typeset.Left, label, "站点电话") + 3*k
	dial, phone = dialled(dial, form.Or(phone), s.Width()*.3)
	left += p.Text(left, middle, typeset.Left, dial, phone) + 8*k
	small := s.Style(typeset.Sans, 9.6)
	var said []string
	for _, x := range [][2]string{{"地址", at.Address}, {"接听时间", opening}, {"站长", at.Head}, {"联络员", list(at.Liaisons)}} {
		if text := form.Line(x[1]); text != "" {
			said = append(said, x[0]+"　"+text)
		}
	}
	step := small.Size * form.Pt * form.Leading
	rows := (len(said) + 1) / 2
	free, second := s.Right()-3*k-left, 0.0 // where and when stand first, who behind, who needs less room
	for _, text := range said[min(rows, len(said)):] {
		second = min(max(second, small.Width(text)+3*k), free/2)
	}
	for i, text := range said {
		at, room := left, free-second
		if i >= rows {
			at, room = left+free-second, second
		}
		style, text := small.Fit(text, room-3*k)
		p.Text(at, middle+(float64(i%rows)-float64(rows-1)/2)*step, typeset.Left, style, text)
	}
}
