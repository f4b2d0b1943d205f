// Package held is the paper 所存个人信息告知单: what is kept about one person, for himself to read, with who knows it, until
// when it is kept and what he may ask for (个人信息保护法 articles 17, 45–50). It goes into his own hand: nothing on it is
// masked.
package held

import (
	"cmp"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
)

// Sheet is what is told to a person.
type Sheet struct {
	Who   string // his name, as it was asked for
	Parts []Part
	Apart int // things that bear his name alone or his telephone alone: they may be another's, and are not told
}

// Part is one thing in which something of him is kept: a matter, a visit, an entry of the roster.
type Part struct {
	Title string `json:"title"`
	Lines []Line `json:"lines"`
}

// Line is one thing that is kept.
type Line struct {
	What string `json:"what"`
	Says string `json:"says"`
}

// title is what the paper is called.
const title = "所存个人信息告知单"

// Document draws the sheet.
func Document(s Sheet, o form.Issuer) typeset.Document {
	unit := form.Line(cmp.Or(o.Organisation, o.Name))
	t := table.Table{Notes: table.Notes{Organisation: unit, Title: title, Part: form.Line(s.Who),
		Day: "查询日期 " + form.Day(o.Today), Treatment: "交本人 · 含个人信息", Maker: "经办人 " + form.Line(o.Clerk), Practice: o.Practice},
		Columns: []table.Column{{Title: "项目", Width: 32}, {Title: "所存的内容", Width: 190}}}
	group := func(title string, lines []Line) {
		t.Rows = append(t.Rows, table.Row{Cells: []string{form.Line(title)}, Group: true})
		for _, l := range lines {
			t.Rows = append(t.Rows, table.Row{Cells: []string{form.Line(l.What), form.Text(l.Says)}})
		}
	}
	if len(s.Parts) == 0 {
		group("没有查到", []Line{{"结果", "本单位的台账、走访记录和代表名册里，没有同时写着这个姓名和电话的记录。"}})
	}
	for _, p := range s.Parts {
		group(p.Title, p.Lines)
	}
	if s.Apart > 0 {
		group("没有列出的", []Line{{"可能是别人", "另有记录只是姓名相同，或只是电话相同，可能是别人的，没有列出。您有回执的，请报编号再查。"}})
	}
	phone := cmp.Or(o.Phone, "见联系卡")
	group("告知", []Line{
		{"谁在保存", form.Line(o.Name) + "，电话 " + phone + "。资料只存在单位自己的电脑和备份里，不上网，不出境。"},
		{"为什么保存", "听取、登记、办理和答复群众意见，属于履行法定职责所必需（个人信息保护法第十三条、第三十四条）。"},
		{"您的权利", "可以查阅、复制（第四十五条），可以要求更正、补充（第四十六条），可以要求说明怎样处理的（第四十八条）。"},
		{"要求删除", "事情办完、保存期满，或者不该收集的，可以要求删除（第四十七条）：姓名、电话、住址、原话从各级的电脑里隐去，" +
			"只留编号、类别、标题、地点、办理和答复的文字、统计，这些文字里写着您的，可以要求更正；隐去以后谁也找不回来。" +
			"还在办理的，办完或撤回以后再隐去。"},
		{"怎样提出", "带本单和本人身份证明到本站，或打上面的电话。拒绝的，本站说明理由；您可以向上级人大或网信部门投诉、举报。"},
	})
	return table.Layout{Body: 10.5, Head: 11, Least: 8.5}.Document(t, o.Today)
}
