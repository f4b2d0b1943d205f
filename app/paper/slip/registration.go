package slip

import (
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/category"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

const registrationMargin = 16.0

// The sizes of print of a registration: the one for reading, and the smallest that it takes rather than another page.
const (
	registrationK    = 1.13
	registrationLast = .95
)

// titles of the registration, by register.
var titles = map[string]string{"reception": "接待选民登记表", "visit": "走访选民登记表", "opinion": "社情民意登记表"}

// NoRegistration says why a matter has no registration; nil where it has one, as every matter that stands does.
func NoRegistration(m matter.Matter) error { return standing(m, form.Names["registration"]) }

// Registration (接待选民登记表, 走访选民登记表 or 社情民意登记表, by the book that a matter stands in) is the whole record for the
// file: every closed list with its boxes, the citizen's own words in full, over as many pages as they need. What is not
// known is left white, for the pen.
func Registration(m matter.Matter, o form.Issuer) (typeset.Document, error) {
	if err := NoRegistration(m); err != nil {
		return typeset.Document{}, err
	}
	k := imprintOf(m, o)
	title := titles[m.Register]
	if title == "" {
		title = "群众意见登记表"
	}
	note := "登记联 · 联络站存档"
	if m.PaperNumber != "" && !k.Confidential {
		note = "纸质编号 " + form.Line(m.PaperNumber)
	}
	head := form.Head{Organisation: k.Organisation, Title: title, Note: note, Number: k.Number, Code: k.Number}
	size := registrationLast
	f := record(m, o, head, size, 3)
	least := len(f.sheets)
	for by := registrationK; by > size; by -= .03 {
		if f = record(m, o, head, by, 3); len(f.sheets) == least {
			size = by
		}
	}
	words := 3
	// what is left of the page is for the citizen's words
	if white := f.bottom - f.Y; len(f.sheets) == 1 && !k.Confidential {
		words += int(white / f.Step(f.Value))
	}
	f = record(m, o, head, size, words)
	if f.err != nil {
		return typeset.Document{}, f.err
	}
	pages := f.pages(form.Day(k.Today) + "打印 · " + k.Station)
	if k.Practice {
		for _, p := range pages {
			form.Leaf{Page: p, K: 1}.Practice(0, p.H, 40, 110)
		}
	}
	return k.document(title, pages...), nil
}

// record lays out the whole record in a size of print, the citizen's words so many lines high at least.
func record(m matter.Matter, o form.Issuer, head form.Head, k float64, words int) *longForm {
	f := &longForm{head: head, k: k, bottom: 297 - 14.5, open: func(s form.Leaf, y float64) form.Grid {
		t := table(s, y, 8.4, 9.3, 20.5)
		t.Pad = .42
		return t
	}}
	f.turn()
	if m.Confidential {
		f.dates(m)
	} else {
		f.report(m, o, words)
		f.table(m)
		f.handling(m, o)
		f.feedback(m)
	}
	f.put(func(t *form.Grid) { // nobody signs a page on which nothing else stands
		if !m.Confidential {
			t.Row(form.Cell{Label: "得分", Value: count(m.Score, "分")},
				form.Cell{Label: "评议日期", Value: form.Date(m.RatedOn)},
				form.Cell{Label: "重办", Value: count(m.Redone, "次")})
		}
		blank(t, 12, "反映人", "接待代表", "记录人")
	})
	f.Close()
	return f
}

// dates is all of a confidential matter that stands on paper.
func (f *longForm) dates(m matter.Matter) {
	f.Pad = 1.6
	f.row(form.Cell{Label: "说明", Value: sealed})
	f.row(form.Cell{Label: "反映时间", Value: form.Moment(m.Occurred)},
		form.Cell{Label: "承诺答复", Value: promised(m), Lines: 2})
	f.row(form.Cell{Label: "交办日期", Value: form.Date(m.Assigned)}, form.Cell{Label: "办理期限", Value: form.Date(m.Term)})
	f.row(form.Cell{Label: "签收日期", Value: form.Date(m.Signed)},
		form.Cell{Label: "答复日期", Value: form.Date(m.AnsweredOn)})
	f.row(form.Cell{Label: "反馈代表", Value: form.Date(m.DeputyTold)}, form.Cell{Label: "反馈群众", Value: form.Date(m.Told)})
	f.row(form.Cell{Label: "评议日期", Value: form.Date(m.RatedOn)},
		form.Cell{Label: "承诺完成", Value: form.Date(m.PromiseBy)})
}

// report is who came and what he said.
func (f *longForm) report(m matter.Matter, o form.Issuer, list int) {
	name := form.Line(m.Name)
	if m.Anonymous {
		name = "匿名"
	}
	groups, kind := groups(m.Category), form.Line(m.Category)
	if c, known := category.ByCode(m.Category); known {
		kind = c.Code + "  " + c.GroupName + " · " + c.Name
	}
	f.section("一、群众反映")
	f.row(form.Cell{Label: "反映时间", Value: form.Moment(m.Occurred)}, form.Cell{Label: "联络站", Value: o.Named(m.Station),
		Lines: 2})
	f.choose(form.Choice{Label: "登记簿", Share: .6, Ticks: form.Ticks(words.Registers, m.Register)},
		form.Choice{Label: "要求", Share: .4, Ticks: []form.Tick{{Code: "1", Name: "匿名", On: m.Anonymous},
			{Code: "2", Name: "保密"}}})
	f.choose(form.Choice{Label: "来源渠道", Ticks: form.Ticks(words.Channels, m.Channel)})
	f.row(form.Cell{Label: "姓名", Value: name, Lines: 3}, form.Cell{Label: "联系电话", Value: form.Line(m.Phone), Lines: 3})
	f.choose(form.Choice{Label: "性别", Share: .27, Ticks: form.Ticks(words.Sexes, m.Sex)},
		form.Choice{Label: "年龄段", Share: .73, Ticks: form.Ticks(words.AgeBands, m.AgeBand)})
	f.row(form.Cell{Label: "住址", Share: .73, Value: form.Line(m.Address), Lines: 5},
		form.Cell{Label: "人数", Share: .27, Value: count(m.People, "人")})
	f.choose(form.Choice{Label: "诉求目的", Ticks: form.Ticks(words.Purposes, m.Purpose)})
	f.choose(form.Choice{Label: "类别", Ticks: groups})
	f.choose(form.Choice{Label: "小类", Share: .6, Value: kind},
		form.Choice{Label: "紧急程度", Share: .4, Ticks: form.Ticks(words.Urgencies, m.Urgency)})
	f.row(form.Cell{Label: "发生地点", Value: form.Line(m.Place), Lines: 5})
	f.text("标题", form.Line(m.Title), 1)
	f.text("群众原话", form.Text(m.Words), list)
}

// groups are the boxes of the first level of categories, by their own codes.
func groups(chosen string) (ts []form.Tick) {
	for _, c := range category.All() {
		if !slices.ContainsFunc(ts, func(t form.Tick) bool { return t.Code == c.Group }) {
			ts = append(ts, form.Tick{Code: c.Group, Name: c.GroupName, On: strings.HasPrefix(chosen, c.Group)})
		}
	}
	return ts
}

// count writes a number that is known.
func count(n int, what string) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + what
}

// table is what was done at the table, and what is proposed.
func (f *longForm) table(m matter.Matter) {
	f.section("二、现场处理和拟办")
	f.text("接待代表", join(m.Deputies), 1)
	f.choose(form.Choice{Label: "现场处理", Ticks: form.Ticks(words.OnSpots, m.OnSpot)})
	f.text("现场答复", form.Text(m.OnSpotAnswer), 1)
	if m.Reason != "" {
		f.choose(form.Choice{Label: "引导原因", Ticks: form.Ticks(words.Reasons, m.Reason)})
		f.text("引导去向", form.Text(m.Door), 1)
	}
	f.text("拟办意见", form.Text(m.Proposal), 1)
	f.choose(form.Choice{Label: "处理方式", Share: .69, Ticks: form.Ticks(words.Modes, m.Mode)},
		form.Choice{Label: "承诺答复", Share: .31, Value: form.Date(m.Due)})
}

// handling is who had it, until when, and what came of it. Rows that only some matters have are printed for those.
func (f *longForm) handling(m matter.Matter, o form.Issuer) {
	now := m.State.String()
	if m.Holder != "" && m.State.Open() {
		now += " · " + o.Named(m.Holder)
	}
	title := "三、办理"
	if now != "" {
		title += "（" + now + "）"
	}
	f.section(title)
	main, joint := "", ""
	if len(m.Units) > 0 {
		main, joint = form.Line(m.Units[0]), join(m.Units[1:])
	}
	term := form.Date(m.Term)
	if m.Extended {
		term += "（已延期）"
	}
	f.row(form.Cell{Label: "主办单位", Value: main, Lines: 9}, form.Cell{Label: "协办单位", Value: joint, Lines: 12})
	f.row(form.Cell{Label: "交办日期", Value: form.Date(m.Assigned)},
		form.Cell{Label: "签收日期", Value: form.Date(m.Signed)}, form.Cell{Label: "办理期限", Value: term, Lines: 2})
	for _, r := range []struct{ label, value string }{
		{"上报单位", via(m, o)}, {"办理代表", join(m.Guides)}, {"并案", form.Line(m.IntoNumber)}, {"代表建议", form.Line(m.Suggests)},
		{"建议代表", join(m.Proposers)}, {"提交", words.Congresses.Name(m.Congress)}, {"领办领导", form.Line(m.Leader)},
		{"催办督办", chased(m)}, {"改期", moves(m)},
	} {
		if r.value != "" {
			f.text(r.label, r.value, 1)
		}
	}
	f.choose(form.Choice{Label: "结果分类", Ticks: classes(o, m.Class)})
	f.text("答复内容", form.Text(m.Answer), 2)
	f.row(form.Cell{Label: "答复单位", Value: form.Line(m.AnsweredBy), Lines: 9},
		form.Cell{Label: "答复日期", Value: form.Date(m.AnsweredOn)})
	if m.Minutes != "" {
		f.text("协商纪要", form.Text(m.Minutes), 1)
	}
	if m.Promise != "" || m.PromiseBy != "" {
		text := form.Text(m.Promise)
		if m.PromiseBy != "" {
			text += "（" + form.Date(m.PromiseBy) + "前完成）"
		}
		f.text("承诺事项", text, 1)
	}
}

// via names the office that a table reports to, where it is not its county.
func via(m matter.Matter, o form.Issuer) string {
	if m.Via == "" {
		return ""
	}
	return o.Named(m.Via)
}

// moves tells when and why the day promised to the citizen was moved, and whether he knows.
func moves(m matter.Matter) string {
	var all []string
	for _, v := range m.Moves {
		told := "还没有告诉群众"
		if v.Told != "" {
			told = form.Date(v.Told) + "告诉群众"
		}
		all = append(all, form.Date(v.From)+"改到"+form.Date(v.To)+"（"+form.Line(v.Why)+"，"+told+"）")
	}
	return strings.Join(all, "；")
}

// chased tells how often it was urged and supervised.
func chased(m matter.Matter) string {
	if m.Urged+m.Supervised == 0 {
		return ""
	}
	text := "催办 " + strconv.Itoa(m.Urged) + " 次，督办 " + strconv.Itoa(m.Supervised) + " 次"
	if m.UrgedFor != "" {
		text += "，最近要求 " + form.Date(m.UrgedFor) + "前答复"
	}
	return text
}

// feedback is who was told, and what the citizen made of it.
func (f *longForm) feedback(m matter.Matter) {
	f.section("四、反馈和评议")
	f.choose(form.Choice{Label: "反馈代表", Value: form.Date(m.DeputyTold), Ticks: form.Ticks(words.Ways, m.DeputyWay)},
		form.Choice{Label: "反馈群众", Value: form.Date(m.Told), Ticks: form.Ticks(words.Ways, m.TellWay)})
	f.choose(form.Choice{Label: "办理态度", Ticks: form.Ticks(words.Ratings, m.Attitude)},
		form.Choice{Label: "办理结果", Ticks: form.Ticks(words.Ratings, m.Result)})
	if m.Complaint != "" {
		f.text("不满原因", form.Text(m.Complaint), 1)
	}
}
