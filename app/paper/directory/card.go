package directory

import (
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
)

// A card fits into a wallet; ten are cut from an A4 sheet. Millimetres.
const (
	cardW, cardH = 90.0, 54.0
	across, down = 2, 5
	inset        = 4.0
	portraitW    = 18.0
	portraitH    = 24.0
	codeSide     = 14.5
)

// Cards are 代表联系卡 (form F2), ten to an A4 sheet with marks to cut along: who he is, whose deputy, where and when he is met
// and by which telephone; somebody of several stations, of whom none was chosen, has one for each. coded adds the station's telephone as a QR code. It fails with a sentence about somebody who
// is no deputy now.
func Cards(d Directory, o form.Issuer, coded bool) (doc typeset.Document, err error) {
	doc = typeset.Document{Title: form.Names["contact-card"], Made: o.Today}
	var s form.Leaf
	var i int
	for _, p := range d.People {
		if len(acting(p)) == 0 {
			return doc, problem.New("a card of nobody's deputy", form.Line(p.Name)+"现在不是在任代表，没有联系卡可以打印。")
		}
		for _, at := range d.met(p, o) {
			n := i % (across * down)
			if i++; n == 0 {
				s = form.A4(1, 0)
				s.Least = form.Official
				doc.Pages = append(doc.Pages, s.Page)
				marks(s.Page)
				if o.Practice {
					s.Practice(0, s.Page.H, 50, 90)
				}
			}
			x := (s.Page.W-across*cardW)/2 + float64(n%across)*cardW
			y := (s.Page.H-down*cardH)/2 + float64(n/across)*cardH
			if err := d.card(s, x, y, p, at, o, coded); err != nil {
				return doc, err
			}
		}
	}
	if len(doc.Pages) == 0 {
		return doc, problem.New("cards of nobody", "这里还没有在任代表，没有联系卡可以打印。请先在代表名册里编入代表。")
	}
	return doc, nil
}

// marks are the lines to cut along, at the edges of the sheet and as crosses where four cards meet.
func marks(p *typeset.Page) {
	const thick, length, cross = .12, 7.0, 1.5
	left, top := (p.W-across*cardW)/2, (p.H-down*cardH)/2
	for i := range across + 1 {
		x := left + float64(i)*cardW
		p.Pillar(x, top-length-1.5, length, thick, form.Grey)
		p.Pillar(x, p.H-top+1.5, length, thick, form.Grey)
		for j := range down + 1 {
			y := top + float64(j)*cardH
			p.Pillar(x, y-cross, 2*cross, thick, form.Grey)
			p.Rule(x-cross, y, 2*cross, thick, form.Grey)
		}
	}
	for j := range down + 1 {
		y := top + float64(j)*cardH
		p.Rule(left-length-1.5, y, length, thick, form.Grey)
		p.Rule(p.W-left+1.5, y, length, thick, form.Grey)
	}
}

// card draws one of a station from its upper left corner.
func (d Directory) card(s form.Leaf, x, y float64, p person.Person, at site.Site, o form.Issuer, coded bool) error {
	phone, opening := reached(at, o)
	left, right := x+inset, x+cardW-inset
	head, kind := s.Style(typeset.Bold, form.Official), s.Note(form.Official)
	head, text := head.Fit(named(at, o), right-left)
	if used := s.Page.Text(left, y+5.2, typeset.Left, head, text) + kind.Width("代表联系卡") + 3; used < right-left {
		s.Page.Text(right, y+5.2, typeset.Right, kind, "代表联系卡")
	}
	s.Page.Rule(left, y+8.3, right-left, .5, form.Red)
	room := right - left
	photo := d.Photos[p.Photo]
	if !p.Shown {
		photo = nil
	}
	if photo != nil || coded && phone != "" {
		room -= portraitW + 2.5
	}
	if photo != nil {
		if err := s.Page.Photo(right-portraitW, y+10.3, portraitW, portraitH, photo); err != nil {
			return err
		}
		s.Page.Frame(right-portraitW, y+10.3, portraitW, portraitH, .15, form.Hair)
	}
	if coded && phone != "" {
		says := form.Line(p.Name) + "代表\n" + named(at, o) + "\n电话 " + phone
		if err := s.Page.QR(right-portraitW/2-codeSide/2, y+cardH-inset-codeSide+1, codeSide, says, form.Black); err != nil {
			return err
		}
	}
	ms := acting(p)
	next := heading(s, 16, left, y+12.6, room, p, ms)
	entry{s.Note(form.Official), s.Style(typeset.Kai, form.Official), left, room, 4.25}.fill(s.Page, next, y+cardH-10.1, []line{
		{"", titles(p, ms), 3},
		{"选区", chosen(ms), 2},
		{"领域", list(p.Fields), 2},
		{"联络员", list(at.Liaisons), 1},
		{"接听", opening, 2},
		{"手机", mobile(p), 2},
	})
	label := s.Note(form.Official)
	from := left + s.Page.Text(left, y+cardH-5, typeset.Left, label, "电话") + 2
	dial := s.Style(typeset.Bold, 14)
	dial.Ink, dial.Least = form.Red, 14
	dial, phone = dialled(dial, form.Or(phone), room-(from-left))
	s.Page.Text(from, y+cardH-5, typeset.Left, dial, phone)
	return nil
}
