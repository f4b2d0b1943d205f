package paper

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// limits are the most lines that a paper has room for.
type limits struct{ title, how, answer, words int }

// Where the rest of a text is to be read.
const (
	atStation = "…（全文见存根）"
	atDesk    = "…（全文见台账）"
)

// sheet is a receipt in two parts: the citizen's above, the stub under a tear line. k is the size of print, 1 on A5; a
// receipt with much to say is printed a little smaller until all of it fits.
func (r Receipt) sheet(w, h, k float64, most limits) (*typeset.Page, error) {
	for {
		s := sheet{form.Sheet{Page: typeset.NewPage(w, h), K: k, Margin: 11 * k}, most}
		stub, err := s.stub(r.kept(), 0)
		if err != nil {
			return nil, err
		}
		used, err := s.given(r.given(), 0)
		if err != nil {
			return nil, err
		}
		tear := h - stub - 4.5*k
		rest := tear - 4.5*k - used
		if rest < 0 && k > .5 {
			k *= .97
			continue
		}
		s.Page = typeset.NewPage(w, h)
		if _, err := s.given(r.given(), rest); err != nil {
			return nil, err
		}
		s.Tear(r.Number, tear)
		if _, err := s.stub(r.kept(), tear); err != nil {
			return nil, err
		}
		if r.Practice {
			s.Practice(0, tear, 30, 92)
			s.Practice(tear, h-tear, 15, 46)
		}
		return s.Page, nil
	}
}

// sheet draws the parts of a receipt.
type sheet struct {
	form.Sheet
	most limits
}

// given draws the citizen's part from the top, sharing out rest millimetres of white, and tells where it ends.
func (s sheet) given(r Receipt, rest float64) (float64, error) {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	top, err := s.Head(form.Head{Organisation: r.Organisation, Title: "群众来访回执", Note: "回执联 · 请您妥善保管", Number: r.Number})
	if err != nil {
		return 0, err
	}
	f := form.Form{Page: p, X: left, Y: top, W: right - left, Label: s.Note(9.5), Value: s.Style(typeset.Kai, 12),
		Column: 18.6 * k, Pad: .75*k + min(rest*.06, 1.1*k)}
	f.Row(form.Cell{Label: "来访时间", Value: form.Moment(r.Occurred), Share: .54}, form.Cell{Label: "联络站", Value: r.Station, Share: .46, Lines: 2})
	if r.Confidential {
		f.Row(form.Cell{Label: "说明", Value: "本件按保密件办理，内容另存，本联不写姓名和事项。", Lines: 2})
	} else {
		f.Row(form.Cell{Label: "来访群众", Value: form.Or(r.Name), Share: .54}, form.Cell{Label: "联系电话", Value: form.Or(r.Phone), Share: .46})
		f.Row(form.Cell{Label: "所在村居", Value: form.Or(r.Village), Share: .54, Lines: 2}, form.Cell{Label: "经办人", Value: form.Or(r.Clerk), Share: .46, Lines: 2})
		f.Row(form.Cell{Label: "接待代表", Value: form.Or(strings.Join(r.Deputies, "、")), Lines: 2})
		f.Pad *= 1.5
		f.Row(form.Cell{Label: "反映事项", Value: form.Or(r.Title), Lines: s.most.title, Tail: atStation})
		if r.How != "" {
			f.Row(form.Cell{Label: "办理方式", Value: r.How, Lines: s.most.how, Tail: atStation})
		}
	}
	s.promise(&f, r)
	f.Close()
	used := f.Y + max(4*k, (rest-f.Pad*4)*.45)
	return s.help(r, used)
}

// promise is the row that everybody looks for: the date, or that it was answered there and then.
func (s sheet) promise(f *form.Form, r Receipt) {
	big, small := s.Style(typeset.Song, 18.5), s.Style(typeset.Kai, 11)
	big.Ink = form.Red
	label, fact, text := "承诺答复", form.Day(r.Due), "前，由联络站当面或电话\n向您说明办理结果。"
	if r.Due.IsZero() {
		label, fact, text = "当场答复", "已当场答复", r.Answer
	}
	x := f.X + f.Column + 2.2*s.K
	at := x + big.Width(fact) + 3.2*s.K
	small, lines := small.Block(text, f.X+f.W-at-2*s.K, max(s.most.answer, 2), atStation)
	step := small.Size * form.Pt * form.Leading
	height := max(13*s.K, float64(len(lines))*step+3*s.K)
	f.Begin()
	f.Page.Tint(f.X+f.Column, f.Y, f.W-f.Column, height, form.Blush)
	f.Title(f.X, height, label, false)
	middle := f.Y + height/2
	f.Page.Text(x, middle, typeset.Left, big, fact)
	for i, l := range lines {
		f.Page.Line(at, middle+(float64(i)-float64(len(lines)-1)/2)*step, small, l)
	}
	f.End(height)
}

// help tells how to ask, beside the QR code, and leaves room to sign and seal; it starts at y and tells where it ends.
func (s sheet) help(r Receipt, y float64) (float64, error) {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	side := max(26*k, 24) // telephones want modules of .4 mm
	if err := p.QR(right-side, y, side, r.code(), form.Black); err != nil {
		return 0, err
	}
	caption := s.Note(8.5)
	p.Text(right-side/2, y+side+3*k, typeset.Centre, caption, "扫码存编号和电话")
	heading := "怎样了解办理进度"
	if r.Due.IsZero() {
		heading = "如果还有疑问"
	}
	p.Text(left, y+2*k, typeset.Left, s.Style(typeset.Bold, 11.5), heading)
	steps := []string{"持本回执到联络站询问" + in(r.Hours) + "；", "手机扫右侧二维码，不用上网就能看到编号和电话。"}
	if r.StationPhone != "" {
		steps = append([]string{"拨打联络站电话 " + r.StationPhone + "，报回执编号即可；"}, steps...)
	}
	at := y + 8*k
	for i, text := range steps {
		dot := s.Style(typeset.Sans, 11)
		dot.Ink = form.Red
		p.Text(left, at, typeset.Left, dot, string(rune('❶'+i)))
		style, lines := s.Style(typeset.Sans, 10.5).Snug(text, right-side-5*k-left-5.4*k, 2, "…")
		for _, l := range lines {
			p.Line(left+5.4*k, at, style, l)
			at += 5.4 * k
		}
	}
	at = max(at+3.2*k, y+side+1*k)
	s.Sign(left, at, right-side-8*k, "接待人签名", "联络站（盖章）")
	return at + 3*k, nil
}

func in(hours string) string {
	if hours == "" {
		return ""
	}
	return "（" + hours + "）"
}

// stub draws the station's part under y and tells how high it is.
func (s sheet) stub(r Receipt, y float64) (float64, error) {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	top := s.Part(y, "来访回执存根", "存根联 · 联络站留存", r.Number)
	side := 15 * k
	if err := p.QR(right-side, y+13.4*k, side, r.Number, form.Black); err != nil {
		return 0, err
	}
	due := "当场答复"
	if !r.Due.IsZero() {
		due = form.Day(r.Due) + "前"
	}
	f := form.Form{Page: p, X: left, Y: top, W: right - side - 4*k - left, Label: s.Note(8.8), Value: s.Style(typeset.Kai, 10),
		Column: 17 * k, Pad: .4 * k, Ruled: true}
	row := func(cells ...form.Cell) {
		if f.Y > y+13*k+side { // past the code the rows are wider
			f.W = right - left
		}
		f.Row(cells...)
	}
	row(form.Cell{Label: "来访时间", Value: form.Moment(r.Occurred), Share: .56}, form.Cell{Label: "答复期限", Value: due, Share: .44})
	name, phone := form.Cell{Label: "来访群众", Value: form.Or(r.Name), Lines: 2}, form.Cell{Label: "联系电话", Value: form.Or(r.Phone)}
	switch {
	case r.Confidential:
		row(form.Cell{Label: "内容", Value: "保密件，内容另存"})
		f.Y = max(f.Y, y+14*k+side)
	case len([]rune(r.Name)) > 9:
		row(name)
		row(phone)
	default:
		name.Share, phone.Share = .56, .44
		row(name, phone)
	}
	if !r.Confidential {
		row(form.Cell{Label: "家庭住址", Value: form.Or(r.Address), Lines: 2})
		row(form.Cell{Label: "接待代表", Value: form.Or(strings.Join(r.Deputies, "、")), Lines: 2})
		row(form.Cell{Label: "反映事项", Value: form.Or(r.Title), Lines: 2, Tail: atDesk})
		row(form.Cell{Label: "内容摘要", Value: form.Or(r.Words), Lines: s.most.words, Tail: atDesk})
		if r.How != "" {
			row(form.Cell{Label: "办理方式", Value: r.How, Lines: s.most.how, Tail: atDesk})
		}
		if r.Answer != "" {
			row(form.Cell{Label: "当场答复", Value: r.Answer, Lines: s.most.answer, Tail: atDesk})
		}
	}
	bottom := f.Y + 5.6*k
	s.Sign(left+1.9*k, bottom, left+(right-left)*.74, "来访人签收", "日期")
	if r.Clerk != "" {
		label := s.Note(9.5)
		at := left + (right-left)*.74 + label.Width("经办人") + 1.5*k
		p.Text(at-1.5*k, bottom, typeset.Right, label, "经办人")
		style, text := s.Style(typeset.Kai, 10).Fit(r.Clerk, right-at)
		p.Text(at, bottom, typeset.Left, style, text)
	}
	return bottom + 2.5*k - y, nil
}
