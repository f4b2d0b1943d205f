package slip

import (
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// guide is what the paper to the right door may show: to the citizen without address and own words, in the file all
// of it.
type guide struct {
	imprint
	Name, Phone, Address, Title string
	Reason, Door, By, At        string
	Emergency                   bool
}

// NoGuide says why a matter has no guide; nil where it has one.
func NoGuide(m matter.Matter) error {
	if err := standing(m, form.Names["guide"]); err != nil {
		return err
	}
	if m.State != matter.Guided && m.OnSpot != "out-of-scope" {
		return problem.New("a guide for an accepted matter",
			m.Number+" 已经受理，不用"+form.Names["guide"]+"。请打印"+form.Names["receipt"]+"；确实不属受理范围的，请先在梳理时写明原因。")
	}
	return nil
}

// guideOf gives the station's part and the citizen's.
func guideOf(m matter.Matter, o form.Issuer) (kept, given guide) {
	kept = guide{imprint: imprintOf(m, o.Met(m)), At: form.Moment(m.Occurred)}
	by := kept.Clerk
	for _, e := range m.History {
		if e.Do == "collate" && m.OnSpot != "out-of-scope" { // it was seen later that it does not belong here
			kept.At, by = form.Moment(e.At.In(m.Occurred.Location())), e.By
		}
	}
	if m.Confidential {
		return kept, kept
	}
	kept.Name, kept.Phone, kept.Address = form.Line(m.Name), form.Line(m.Phone), form.Line(m.Address)
	if m.Anonymous {
		kept.Name = "匿名"
	}
	kept.Title, kept.Door, kept.By = form.Line(m.Title), form.Text(m.Door), form.Line(by)
	if kept.By == "" {
		kept.By = join(m.Deputies)
	}
	if m.Reason != "" {
		kept.Reason = form.Line(words.Reasons.Name(m.Reason))
	}
	kept.Emergency = m.Reason == "emergency"
	given = kept
	given.Name, given.Phone, given.Address = citizen(m), mask.Phone(kept.Phone), ""
	return kept, given
}

// whyNot tells what a station may not do (代表法 articles 31 and 59).
const whyNot = "按照代表法，代表不直接处理问题，不干预具体执法司法案件。您的事请到下面的部门办理，联络站已登记。"

// Guide (不予受理（引导）告知单) tells a citizen kindly which door is the right one, and why it is not this one. The stub is
// filed.
func Guide(m matter.Matter, o form.Issuer) (typeset.Document, error) {
	if err := NoGuide(m); err != nil {
		return typeset.Document{}, err
	}
	kept, told := guideOf(m, o)
	s, filed := given(), given()
	filed.K = 1.1
	stub, err := kept.stub(filed, 0)
	if err != nil {
		return typeset.Document{}, err
	}
	tear := s.Page.H - stub - 8
	for lines := 8; ; lines-- {
		used, err := told.give(given(), lines, 0)
		if err != nil {
			return typeset.Document{}, err
		}
		if used > tear-5 && lines > 1 {
			continue
		}
		if _, err := told.give(s, lines, max(tear-5-used, 0)); err != nil {
			return typeset.Document{}, err
		}
		break
	}
	s.Tear(kept.Number, tear)
	filed.Page = s.Page
	if _, err := kept.stub(filed, tear+1); err != nil {
		return typeset.Document{}, err
	}
	if kept.Practice {
		s.Practice(0, tear, 30, 80)
		s.Practice(tear, s.Page.H-tear, 15, 46)
	}
	return kept.document("不予受理（引导）告知单", s.Page), nil
}

// give draws the citizen's part, the right door in so many lines, sharing out rest millimetres of white, and tells
// where it ends.
func (g guide) give(s form.Leaf, lines int, rest float64) (float64, error) {
	y, err := s.Head(form.Head{Organisation: g.Organisation, Title: "不予受理（引导）告知单", Note: "群众联 · 请您保管",
		Number: g.Number, Code: g.code()})
	if err != nil {
		return 0, err
	}
	f := table(s, y, 9.5, 10.2, 26)
	f.Pad = .35*s.K + min(rest*.05, 1.6*s.K)
	f.Row(form.Cell{Label: "反映时间", Value: g.Raised, Share: .52, Lines: 2},
		form.Cell{Label: "联络站", Value: g.Station, Share: .48, Lines: 2})
	if g.Confidential {
		f.Row(form.Cell{Label: "说明", Value: sealed + "应找的部门由联络站当面告诉您。", Lines: 3})
	} else {
		f.Row(form.Cell{Label: "反映群众", Value: form.Or(g.Name), Share: .52},
			form.Cell{Label: "联系电话", Value: form.Or(g.Phone), Share: .48})
		f.Row(form.Cell{Label: "反映事项", Value: form.Or(g.Title), Lines: min(2, 1+lines/4), Tail: atStation})
		f.Row(form.Cell{Label: "引导原因", Value: form.Or(g.Reason), Lines: 2})
		f.Row(form.Cell{Label: "说明", Value: whyNot, Lines: 4})
		g.door(s, &f, lines)
		if g.Emergency {
			fact(s, &f, "紧急电话", "110 · 119 · 120", "报警 · 火警 · 急救\n险情请立即拨打", 16)
		}
		f.Row(form.Cell{Label: "说明人", Value: form.Or(g.By), Share: .44},
			form.Cell{Label: "时间", Value: g.At, Share: .56})
	}
	f.Close()
	y = paragraph(s, f.Y+1.2*s.K+min(rest*.1, 3*s.K), s.Style(typeset.Sans, 9.6), "还有疑问，"+g.ask(), 2)
	y += 1.6*s.K + min(rest*.1, 4*s.K)
	half := s.Width()/2 - 1.5*s.K
	s.Box(s.Margin, y, half, 12*s.K, "您的签名或手印")
	s.Box(s.Right()-half, y, half, 12*s.K, "联络站（盖章）")
	return y + 12*s.K, nil
}

// door is the row that the paper is for; without words it is left to be written by hand.
func (g guide) door(s form.Leaf, f *form.Grid, lines int) {
	if g.Door == "" {
		blank(f, 16*s.K, "请您找")
		return
	}
	value := f.Value
	f.Value = s.Style(typeset.Bold, 10.6)
	top := f.Y
	f.Row(form.Cell{Label: "请您找", Value: g.Door, Lines: lines, Tail: "…（详情问联络站）"})
	f.Page.Tint(f.X+f.Column, top, f.W-f.Column, f.Y-top, form.Blush)
	f.Value = value
}

// stub draws the part that is filed, its top at y, and tells how high it is.
func (g guide) stub(s form.Leaf, y float64) (float64, error) {
	top := s.Part(y, "告知单存根", "存根联 · 联络站留存", g.Number)
	const side = 18.0
	if err := s.Page.QR(s.Right()-side, top+2*s.K, side, g.Number, form.Black); err != nil {
		return 0, err
	}
	f := table(s, top, 9, 10, 24)
	f.Ruled, f.Pad, f.W = true, .4*s.K, s.Width()-side-4*s.K
	if g.Confidential {
		f.Row(form.Cell{Label: "反映时间", Value: g.Raised})
		f.Row(form.Cell{Label: "告知时间", Value: g.At})
		f.Row(form.Cell{Label: "内容", Value: "保密件，内容另存"})
	} else {
		f.Row(form.Cell{Label: "反映时间", Value: g.Raised})
		if g.At != g.Raised {
			f.Row(form.Cell{Label: "告知时间", Value: g.At})
		}
		f.Row(form.Cell{Label: "姓名", Value: form.Or(g.Name), Share: .54, Lines: 2},
			form.Cell{Label: "电话", Value: form.Or(g.Phone), Share: .46})
		f.W = s.Width()
		f.Row(form.Cell{Label: "住址", Value: form.Or(g.Address)})
		f.Row(form.Cell{Label: "反映事项", Value: form.Or(g.Title)})
		f.Row(form.Cell{Label: "引导原因", Value: form.Or(g.Reason), Share: .6},
			form.Cell{Label: "说明人", Value: form.Or(g.By), Share: .4})
		f.Row(form.Cell{Label: "去向", Value: form.Or(form.Line(g.Door)), Lines: 2})
	}
	bottom := max(f.Y, top+side+2*s.K) + 6*s.K
	s.Sign(s.Margin+1.5*s.K, bottom, s.Right(), "反映人签名或手印", "日期")
	return bottom + 3*s.K - y, nil
}
