package paper

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

const rollWidth, rollMargin = 80.0, 4.0

// roll is the citizen's part for an 80 mm till printer, which has one colour, form.Black, and cuts the paper where the
// text ends: it is laid out once to learn how long that is.
func (r Receipt) roll() (*typeset.Page, error) {
	r = r.given()
	height, err := r.strip(typeset.NewPage(rollWidth, 0))
	if err != nil {
		return nil, err
	}
	page := typeset.NewPage(rollWidth, height)
	_, err = r.strip(page)
	return page, err
}

// strip draws the roll and tells its length.
func (r Receipt) strip(p *typeset.Page) (float64, error) {
	style := func(f typeset.Face, size float64) typeset.Style {
		return typeset.Style{Face: f, Size: size, Ink: form.Black, Least: form.Given}
	}
	left, width := rollMargin, rollWidth-2*rollMargin
	middle := left + width/2
	y := 5.0
	centred := func(s typeset.Style, text string, step float64) {
		s, lines := s.Block(text, width, 2, "…")
		for _, l := range lines {
			if l.Text != "" {
				p.Text(middle, y+step/2, typeset.Centre, s, l.Text)
				y += step
			}
		}
	}
	set := func(x, w float64, lines int, text string) {
		s, block := style(typeset.Sans, 14).Block(text, w, lines, atStation)
		for _, l := range block {
			p.Line(x, y+3.2, s, l)
			y += s.Size * form.Pt * 1.34
		}
	}
	line := func() {
		y += 1.6
		p.Dashes(left, y, width, 1, .3, form.Black)
		y += 1.6
	}
	centred(style(typeset.Sans, 14), r.Organisation, 6.4)
	title := style(typeset.Song, 22)
	title.Track = .18
	centred(title, r.wording().title, 10.5)
	if r.Practice {
		centred(style(typeset.Bold, 14), "练习  不作凭证", 6.8)
	}
	if !r.Again.IsZero() {
		centred(style(typeset.Bold, 14), r.note(), 6.8)
	}
	line()
	centred(style(typeset.Bold, 15), r.Number, 6.8)
	line()
	y += 1
	row := func(label, value string, lines int) {
		if value == "" {
			return
		}
		p.Text(left, y+3.2, typeset.Left, style(typeset.Bold, 14), label)
		set(left+12.5, width-12.5, lines, value)
		y += 1
	}
	row("变更", r.Changes, 4)
	row("时间", form.Moment(r.Occurred), 2)
	row("站点", r.Station, 2)
	if r.Confidential {
		row("说明", "本件按保密件办理，内容另存。", 2)
	} else {
		row("群众", strings.TrimSpace(r.Name+"  "+r.Phone), 2)
		row("村居", r.Village, 2)
		row("代表", strings.Join(r.Deputies, "、"), 3)
		row("经办", r.Clerk, 2)
		row("事项", r.Title, 5)
		row("办理", r.How, 4)
	}
	y += 1.5
	top := y
	y += 1.5
	if r.Due.IsZero() {
		centred(style(typeset.Song, 20), r.fate(), 10)
		if r.Answer != "" {
			set(left+3, width-6, 6, r.Answer)
		}
	} else {
		centred(style(typeset.Sans, 14), "承诺答复日期", 6.6)
		centred(style(typeset.Song, 22), form.Day(r.Due)+"前", 10.5)
	}
	y += 1.5
	p.Frame(left+.3, top, width-.6, y-top, .6, form.Black)
	y += 5
	const side = 42
	if err := p.QR(middle-side/2, y, side, r.code(), form.Black); err != nil {
		return 0, err
	}
	y += side + 3
	centred(style(typeset.Sans, 14), "扫码存编号和电话", 6.4)
	if r.StationPhone != "" {
		centred(style(typeset.Bold, 15), "电话 "+r.StationPhone, 7)
	}
	if r.Hours != "" {
		centred(style(typeset.Sans, 14), r.Hours, 6.4)
	}
	centred(style(typeset.Sans, 14), "请妥善保管", 6.4)
	return y + 5, nil
}
