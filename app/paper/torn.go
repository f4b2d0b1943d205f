package paper

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// atStation says where the rest of a text is to be read.
const atStation = "…（全文到站查看）"

// The texts of a receipt that may take several lines; of two as long the later one gives way.
const (
	ofTitle = iota
	ofAnswer
	ofHow
	ofDeputies
	ofStation
	ofVillage
	ofAddress
	ofWords
	ofHours
	texts
)

// limits are the most lines of each of them.
type limits [texts]int

// tighter takes a line from the longest; false where none has two.
func (l *limits) tighter() bool {
	most := 0
	for i, n := range l {
		if n >= l[most] {
			most = i
		}
	}
	if l[most] == 1 {
		return false
	}
	l[most]--
	return true
}

// torn draws the two parts of a receipt, nothing on it smaller than form.Given.
type torn struct {
	form.Leaf
	most limits
	full bool // the stub has everything, not only what finds the matter again
}

// torn is a receipt in two parts: the citizen's above, the stub under a tear line. k is the size of print, 1 on A5;
// where there is more to say than there is room for, print gets smaller as far as it may, then the longest texts
// shorter.
func (r Receipt) torn(w, h, k float64, full bool, most limits) (*typeset.Page, error) {
	for {
		s := torn{form.Leaf{Page: typeset.NewPage(w, h), K: k, Margin: 9.5 * k, Least: form.Given}, most, full}
		stub, err := s.stub(r.kept(), 0)
		if err != nil {
			return nil, err
		}
		used, err := s.given(r.given(), 0)
		if err != nil {
			return nil, err
		}
		tear := h - stub - 3*k
		rest := tear - 3.4*k - used
		switch {
		case rest < 0 && k > 1:
			k = max(1, k*.97)
			continue
		case rest < 0 && most.tighter():
			continue
		}
		s.Page = typeset.NewPage(w, h)
		if _, err := s.given(r.given(), max(rest, 0)); err != nil {
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

// form is a table of the sheet from the height y.
func (s torn) form(y float64) form.Grid {
	return form.Grid{Page: s.Page, X: s.Margin, Y: y, W: s.Width(), Label: s.Note(12.5),
		Value: s.Style(typeset.Kai, 14), Column: 24 * s.K, Leading: 1.26}
}

// given draws the citizen's part from the top, sharing out rest millimetres of white, and tells where it ends.
func (s torn) given(r Receipt, rest float64) (float64, error) {
	k := s.K
	top, err := s.Head(form.Head{Organisation: r.Organisation, Title: r.wording().title, Note: r.note(),
		Heavy: !r.Again.IsZero(), Number: r.Number})
	if err != nil {
		return 0, err
	}
	f := s.form(top)
	f.Pad = .3*k + min(rest*.04, 1.2*k)
	if r.Changes != "" {
		f.Row(form.Cell{Label: "变更说明", Value: r.Changes, Lines: 4})
	}
	f.Row(form.Cell{Label: r.wording().time, Value: form.Moment(r.Occurred)})
	f.Row(form.Cell{Label: "联络站", Value: form.Or(r.Station), Lines: s.most[ofStation]})
	if r.Confidential {
		f.Row(form.Cell{Label: "说明", Value: "本件按保密件办理，内容另存，本联不写姓名和事项。", Lines: 2})
	} else {
		f.Row(form.Cell{Label: r.wording().citizen, Value: form.Or(r.Name), Share: .46},
			form.Cell{Label: "联系电话", Value: form.Or(r.Phone), Share: .54})
		if r.Village != "" {
			f.Row(form.Cell{Label: "所在村居", Value: r.Village, Lines: s.most[ofVillage]})
		}
		f.Row(form.Cell{Label: r.wording().deputies, Value: form.Or(strings.Join(r.Deputies, "、")), Lines: s.most[ofDeputies]})
		f.Row(form.Cell{Label: "反映事项", Value: form.Or(r.Title), Lines: s.most[ofTitle], Tail: atStation})
		if r.How != "" {
			f.Row(form.Cell{Label: "办理方式", Value: r.How, Lines: s.most[ofHow], Tail: atStation})
		}
	}
	s.promise(&f, r)
	f.Close()
	return s.help(r, f.Y+2.2*k+min(rest*.2, 5*k), min(rest*.2, 6*k))
}

// promise is the row that everybody looks for: the date, or that it was answered there and then, and how.
func (s torn) promise(f *form.Grid, r Receipt) {
	big := s.Style(typeset.Song, 19.5)
	big.Ink = form.Red
	label, fact, text := "承诺答复", form.Day(r.Due)+"前", "当面或电话\n告诉您结果。"
	x, first := f.X+f.Column+2.4*s.K, 13*s.K
	at := x + big.Width(fact) + 3*s.K
	if r.Due.IsZero() { // what was said stands under it, over the whole width
		label, fact, text, at = "当场答复", r.fate(), r.Answer, x
		if r.Ended != "" {
			label = "办理情况"
		}
	}
	small, lines := f.Value.Block(text, f.X+f.W-at-1.5*s.K, max(s.most[ofAnswer], 2), atStation)
	step := f.Step(small)
	height, middle := first, first/2
	switch {
	case at > x:
		middle -= float64(len(lines)-1) / 2 * step
	case text != "":
		first = 10 * s.K
		height, middle = first+float64(len(lines))*step+s.K, first+step/2
	}
	height += 2 * f.Pad
	f.Begin()
	f.Page.Tint(f.X+f.Column, f.Y, f.W-f.Column, height, form.Blush)
	f.Title(f.X, height, label, false)
	f.Page.Text(x, f.Y+f.Pad+first/2, typeset.Left, big, fact)
	for i, l := range lines {
		f.Page.Line(at, f.Y+f.Pad+middle+float64(i)*step, small, l)
	}
	f.End(height)
}

// help tells how to ask, beside the QR code, and leaves room to sign and seal, air millimetres lower; it starts at y
// and tells where it ends.
func (s torn) help(r Receipt, y, air float64) (float64, error) {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	side := 26 * k // telephones want modules of .4 mm
	if err := p.QR(right-side, y, side, r.code(), form.Black); err != nil {
		return 0, err
	}
	p.Text(right-side/2, y+side+4.2*k, typeset.Centre, s.Note(12.5), "扫码存电话")
	heading := "怎样了解办理进度"
	if r.Due.IsZero() {
		heading = "如果还有疑问"
	}
	p.Text(left, y+2.4*k, typeset.Left, s.Style(typeset.Bold, 14), heading)
	steps := []string{"持本回执到站询问" + in(r.Hours) + "。"}
	if r.StationPhone != "" {
		steps = append([]string{"打电话 " + r.StationPhone + "，报编号即可；"}, steps...)
	}
	at := y + 9*k
	for i, text := range steps {
		dot := s.Style(typeset.Sans, 14)
		dot.Ink = form.Red
		p.Text(left, at, typeset.Left, dot, string(rune('❶'+i)))
		style, lines := s.Style(typeset.Sans, 14).Block(text, right-side-4*k-left-6.4*k, s.most[ofHours], "…")
		for _, l := range lines {
			p.Line(left+6.4*k, at, style, l)
			at += 6.2 * k
		}
	}
	at = max(at+2.6*k, y+side+.6*k) + air
	s.Sign(left, at, right-side-5*k, strings.TrimSpace("经办人 "+r.Clerk), "联络站（盖章）")
	return max(at+3.6*k, y+side+7.7*k), nil
}

func in(hours string) string {
	if hours == "" {
		return ""
	}
	return "（" + hours + "）"
}

// stub draws the station's part under y and tells how high it is.
func (s torn) stub(r Receipt, y float64) (float64, error) {
	p, k, left, right := s.Page, s.K, s.Margin, s.Right()
	due := strings.TrimPrefix(r.fate(), "已")
	if !r.Due.IsZero() {
		due = form.Day(r.Due) + "前答复"
	}
	top := s.Part(y+1.6*k, "存根", due, r.Number)
	side := 17 * k
	if err := p.QR(right-side, top+2*k, side, r.Number, form.Black); err != nil {
		return 0, err
	}
	f := s.form(top)
	f.W, f.Column, f.Pad, f.Ruled = right-side-4*k-left, 23*k, .25*k, true
	row := func(label, value string, lines int) {
		if f.Y > top+side+2*k { // past the code the rows are wider
			f.W = right - left
		}
		f.Row(form.Cell{Label: label, Value: form.Or(value), Lines: lines})
	}
	if r.Confidential {
		row("内容", "保密件，内容另存", 1)
	} else {
		row(r.wording().citizen, strings.TrimSpace(r.Name+"　"+r.Phone), 2)
		row("家庭住址", r.Address, s.most[ofAddress])
		if s.full {
			row(r.wording().deputies, strings.Join(r.Deputies, "、"), s.most[ofDeputies])
		}
		row("反映事项", r.Title, 1+s.most[ofTitle]/4)
		if s.full {
			row("内容摘要", r.Words, s.most[ofWords])
			if r.How != "" {
				row("办理方式", r.How, s.most[ofHow])
			}
		}
		if s.full && r.Answer != "" {
			row("当场答复", r.Answer, s.most[ofAnswer])
		}
	}
	bottom := max(f.Y, top+side+2*k) + 6*k
	s.Sign(left, bottom, right, r.wording().sign, "日期")
	return bottom + 3.6*k - y, nil
}
