package paper

import (
	"strings"

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
		p := typeset.NewPage(w, h)
		s := sheet{page: p, w: w, k: k, margin: 11 * k, most: most}
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
		s.page = typeset.NewPage(w, h)
		if _, err := s.given(r.given(), rest); err != nil {
			return nil, err
		}
		s.tear(r.Number, tear)
		if _, err := s.stub(r.kept(), tear); err != nil {
			return nil, err
		}
		if r.Practice {
			faint := typeset.Style{Face: typeset.Song, Size: 92 * k, Ink: pale, Track: .3}
			s.page.Across(0, 0, w, tear, 30, faint, "练习")
			s.page.Across(0, tear, w, h-tear, 15, faint.Scaled(.5), "练习")
		}
		return s.page, nil
	}
}

// sheet draws the parts of a receipt at the size k.
type sheet struct {
	page         *typeset.Page
	w, k, margin float64
	most         limits
}

func (s sheet) style(f typeset.Face, size float64) typeset.Style {
	return typeset.Style{Face: f, Size: size * s.k, Ink: ink}
}

func (s sheet) note(size float64) typeset.Style {
	return typeset.Style{Face: typeset.Sans, Size: size * s.k, Ink: grey}
}

// given draws the citizen's part from the top, sharing out rest millimetres of white, and tells where it ends.
func (s sheet) given(r Receipt, rest float64) (float64, error) {
	p, k, left, right := s.page, s.k, s.margin, s.w-s.margin
	org := s.note(11)
	org.Track = .12
	org, name := org.Fit(r.Organisation, right-left)
	p.Text(s.w/2, 9.4*k, typeset.Centre, org, name)
	title := s.style(typeset.Song, 25)
	title.Track, title.Ink = .28, red
	p.Text(s.w/2, 18.6*k, typeset.Centre, title, "群众来访回执")
	p.Rule(left, 25.6*k, right-left, .9*k, red)
	p.Rule(left, 26.8*k, right-left, .25*k, red)
	p.Text(left, 30.7*k, typeset.Left, s.note(9.5), "回执联 · 请您妥善保管")
	number := s.style(typeset.Bold, 12.5)
	number.Ink = red
	number, text := number.Fit(r.Number, (right-left)*.6)
	p.Text(right-number.Width(text)-2*k, 30.7*k, typeset.Right, s.note(9.5), "编号")
	p.Text(right, 30.7*k, typeset.Right, number, text)

	f := form{page: p, x: left, y: 34.2 * k, w: right - left, label: s.note(9.5), value: s.style(typeset.Kai, 12),
		column: 18.6 * k, pad: .75*k + min(rest*.06, 1.1*k)}
	f.row(cell{label: "来访时间", value: moment(r.Occurred), share: .54}, cell{label: "联络站", value: r.Station, share: .46, lines: 2})
	if r.Confidential {
		f.row(cell{label: "说明", value: "本件按保密件办理，内容另存，本联不写姓名和事项。", lines: 2})
	} else {
		f.row(cell{label: "来访群众", value: or(r.Name), share: .54}, cell{label: "联系电话", value: or(r.Phone), share: .46})
		f.row(cell{label: "所在村居", value: or(r.Village), share: .54, lines: 2}, cell{label: "经办人", value: or(r.Clerk), share: .46, lines: 2})
		f.row(cell{label: "接待代表", value: or(strings.Join(r.Deputies, "、")), lines: 2})
		f.pad *= 1.5
		f.row(cell{label: "反映事项", value: or(r.Title), lines: s.most.title, tail: atStation})
		if r.How != "" {
			f.row(cell{label: "办理方式", value: r.How, lines: s.most.how, tail: atStation})
		}
	}
	s.promise(&f, r)
	f.close()
	used := f.y + max(4*k, (rest-f.pad*4)*.45)
	return s.help(r, used)
}

// promise is the row that everybody looks for: the date, or that it was answered there and then.
func (s sheet) promise(f *form, r Receipt) {
	big, small := s.style(typeset.Song, 18.5), s.style(typeset.Kai, 11)
	big.Ink = red
	label, fact, text := "承诺答复", day(r.Due), "前，由联络站当面或电话\n向您说明办理结果。"
	if r.Due.IsZero() {
		label, fact, text = "当场答复", "已当场答复", r.Answer
	}
	x := f.x + f.column + 2.2*s.k
	at := x + big.Width(fact) + 3.2*s.k
	small, lines := small.Block(text, f.x+f.w-at-2*s.k, max(s.most.answer, 2), atStation)
	step := small.Size * pt * leading
	height := max(13*s.k, float64(len(lines))*step+3*s.k)
	f.begin()
	f.page.Tint(f.x+f.column, f.y, f.w-f.column, height, blush)
	f.name(f.x, height, label, false)
	middle := f.y + height/2
	f.page.Text(x, middle, typeset.Left, big, fact)
	for i, l := range lines {
		f.page.Line(at, middle+(float64(i)-float64(len(lines)-1)/2)*step, small, l)
	}
	f.end(height)
}

// help tells how to ask, beside the QR code, and leaves room to sign and seal; it starts at y and tells where it ends.
func (s sheet) help(r Receipt, y float64) (float64, error) {
	p, k, left, right := s.page, s.k, s.margin, s.w-s.margin
	side := max(26*k, 24) // telephones want modules of .4 mm
	if err := p.QR(right-side, y, side, r.code(), black); err != nil {
		return 0, err
	}
	caption := s.note(8.5)
	p.Text(right-side/2, y+side+3*k, typeset.Centre, caption, "扫码存编号和电话")
	heading := "怎样了解办理进度"
	if r.Due.IsZero() {
		heading = "如果还有疑问"
	}
	p.Text(left, y+2*k, typeset.Left, s.style(typeset.Bold, 11.5), heading)
	steps := []string{"持本回执到联络站询问" + in(r.Hours) + "；", "手机扫右侧二维码，不用上网就能看到编号和电话。"}
	if r.StationPhone != "" {
		steps = append([]string{"拨打联络站电话 " + r.StationPhone + "，报回执编号即可；"}, steps...)
	}
	at := y + 8*k
	for i, text := range steps {
		dot := s.style(typeset.Sans, 11)
		dot.Ink = red
		p.Text(left, at, typeset.Left, dot, string(rune('❶'+i)))
		style, lines := s.style(typeset.Sans, 10.5).Snug(text, right-side-5*k-left-5.4*k, 2, "…")
		for _, l := range lines {
			p.Line(left+5.4*k, at, style, l)
			at += 5.4 * k
		}
	}
	at = max(at+3.2*k, y+side+1*k)
	s.sign(left, at, right-side-8*k, "接待人签名", "联络站（盖章）")
	return at + 3*k, nil
}

func in(hours string) string {
	if hours == "" {
		return ""
	}
	return "（" + hours + "）"
}

// sign leaves lines to write on between left and right.
func (s sheet) sign(left, y, right float64, names ...string) {
	each := (right - left) / float64(len(names))
	for i, name := range names {
		x := left + float64(i)*each
		w := s.page.Text(x, y, typeset.Left, s.note(9.5), name) + 1.5*s.k
		s.page.Rule(x+w, y+1.9*s.k, each-w-3*s.k, .2, grey)
	}
}

// tear is the line between the parts, with the number across it.
func (s sheet) tear(number string, y float64) {
	style := s.note(8.5)
	style.Track = .08
	text := "✂  沿虚线撕开 · 骑缝编号 " + number
	w := s.page.Text(s.w/2, y, typeset.Centre, style, text)/2 + 3*s.k
	edge := 4 * s.k
	s.page.Dashes(edge, y, s.w/2-w-edge, 1.6*s.k, .25, grey)
	s.page.Dashes(s.w/2+w, y, s.w/2-w-edge, 1.6*s.k, .25, grey)
}

// stub draws the station's part under y and tells how high it is.
func (s sheet) stub(r Receipt, y float64) (float64, error) {
	p, k, left, right := s.page, s.k, s.margin, s.w-s.margin
	head := s.style(typeset.Song, 14.5)
	head.Track = .1
	w := p.Text(left, y+7*k, typeset.Left, head, "来访回执存根")
	p.Text(left+w+4*k, y+7.3*k, typeset.Left, s.note(9), "存根联 · 联络站留存")
	number, text := s.style(typeset.Bold, 11.5).Fit(r.Number, (right-left)*.42)
	p.Text(right, y+7.2*k, typeset.Right, number, text)
	p.Rule(left, y+11*k, right-left, .5*k, ink)
	side := 15 * k
	if err := p.QR(right-side, y+13.4*k, side, r.Number, black); err != nil {
		return 0, err
	}
	due := "当场答复"
	if !r.Due.IsZero() {
		due = day(r.Due) + "前"
	}
	f := form{page: p, x: left, y: y + 11.4*k, w: right - side - 4*k - left, label: s.note(8.8), value: s.style(typeset.Kai, 10),
		column: 17 * k, pad: .4 * k, ruled: true}
	row := func(cells ...cell) {
		if f.y > y+13*k+side { // past the code the rows are wider
			f.w = right - left
		}
		f.row(cells...)
	}
	row(cell{label: "来访时间", value: moment(r.Occurred), share: .56}, cell{label: "答复期限", value: due, share: .44})
	name, phone := cell{label: "来访群众", value: or(r.Name), lines: 2}, cell{label: "联系电话", value: or(r.Phone)}
	switch {
	case r.Confidential:
		row(cell{label: "内容", value: "保密件，内容另存"})
		f.y = max(f.y, y+14*k+side)
	case len([]rune(r.Name)) > 9:
		row(name)
		row(phone)
	default:
		name.share, phone.share = .56, .44
		row(name, phone)
	}
	if !r.Confidential {
		row(cell{label: "家庭住址", value: or(r.Address), lines: 2})
		row(cell{label: "接待代表", value: or(strings.Join(r.Deputies, "、")), lines: 2})
		row(cell{label: "反映事项", value: or(r.Title), lines: 2, tail: atDesk})
		row(cell{label: "内容摘要", value: or(r.Words), lines: s.most.words, tail: atDesk})
		if r.How != "" {
			row(cell{label: "办理方式", value: r.How, lines: s.most.how, tail: atDesk})
		}
		if r.Answer != "" {
			row(cell{label: "当场答复", value: r.Answer, lines: s.most.answer, tail: atDesk})
		}
	}
	bottom := f.y + 5.6*k
	s.sign(left+1.9*k, bottom, left+(right-left)*.74, "来访人签收", "日期")
	if r.Clerk != "" {
		label := s.note(9.5)
		at := left + (right-left)*.74 + label.Width("经办人") + 1.5*k
		p.Text(at-1.5*k, bottom, typeset.Right, label, "经办人")
		style, text := s.style(typeset.Kai, 10).Fit(r.Clerk, right-at)
		p.Text(at, bottom, typeset.Left, style, text)
	}
	return bottom + 2.5*k - y, nil
}
