// Package register makes the papers about many matters: the three registers (三簿) and the year's bound book, which
// stay at the station; the ledger, the summary and the wall list, which leave it and are masked; and the papers to
// write on by hand: blank books and slips with numbers for days without power, the schedule, the round of households.
//
//	d := register.Book("reception", matters, form.Issuer{Settings: s, Profile: p, Today: now})
//	pdf, err := d.PDF()
//
// A paper is a table.Table, in which it is decided what may be shown, and a Layout for it; package table draws them
// all. Only the year's book has pages that are none.
//
// Of a confidential matter no paper here has more than its number and its date. A voided one keeps its row, with the
// reason, because numbers have no holes. The same matters, office and day give the same bytes.
package register

import (
	"cmp"
	"slices"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/words"
)

// volume is one of the three registers: its name, its columns, and the cells of a matter in them.
type volume struct {
	code, name string
	columns    []table.Column
	cells      func(m *matter.Matter, p profile.Profile) []string // from the third on
	blank      map[int]string                                     // what stands in an empty row to be ticked, by column
}

// left and mid are columns whose short texts stand at their left or in their middle.
func left(title string, width float64) table.Column { return table.Column{Title: title, Width: width} }

func mid(title string, width float64) table.Column {
	return table.Column{Title: title, Width: width, Align: typeset.Centre}
}

// volumes are the three books; their columns are those of forms F4, F5 and F6.
var volumes = []volume{
	{"reception", "接待群众登记簿", []table.Column{
		mid("序号", 7), mid("编号", 18.8), mid("日期时间", 18.8), left("接待代表", 13.6), mid("反映人", 13), mid("电话", 20.4),
		left("住址", 19), left("反映问题", 40), left("现场答复\n情况", 19.5), left("处理意见", 15.5), left("转办去向\n／日期", 18.8),
		left("办理结果\n／日期", 20), mid("反馈日期\n／方式", 18.8), mid("满意度", 12.9), mid("群众\n签字", 10), left("备注", 10.6)},
		func(m *matter.Matter, p profile.Profile) []string {
			return []string{moment(m.Occurred), lines(m.Deputies...), person(m), m.Phone, m.Address, issue(m),
				onSpot(m), lines(mode(m), m.Proposal), gone(m), outcome(m, p.Letter(m.Class)), told(m), rating(m), "",
				remark(m)}
		},
		map[int]string{8: ticks(words.OnSpots, 0, 4), 9: ticks(words.Modes, 0, 4), 13: ticks(words.Ratings, 0, 3)}},
	{"visit", "走访选民登记簿", []table.Column{
		mid("序号", 7), mid("编号", 18.8), mid("走访日期", 18.8), left("走访代表", 15), left("走访户主\n／地点", 24), left("户情", 15.5),
		left("了解到的问题", 47), left("当场解释\n宣传内容", 25), left("处理意见", 17), left("去向", 19), left("结果", 24), mid("回访日期", 18.8),
		mid("满意度", 13), left("备注", 14)},
		func(m *matter.Matter, p profile.Profile) []string {
			return []string{moment(m.Occurred), lines(m.Deputies...), lines(name(m), m.Phone, m.Address),
				household(m), issue(m), onSpot(m), lines(mode(m), m.Proposal), gone(m), outcome(m, p.Letter(m.Class)),
				told(m), rating(m), remark(m)}
		},
		map[int]string{7: ticks(words.OnSpots, 0, 4), 8: ticks(words.Modes, 0, 4), 12: ticks(words.Ratings, 0, 3)}},
	{"opinion", "社情民意登记簿", []table.Column{
		mid("序号", 7), mid("编号", 18.8), mid("收集日期", 18.8), mid("收集人\n（联络员）", 19), mid("来源", 21), left("涉及范围", 27),
		left("问题摘要", 62), mid("普遍性", 12), left("拟提交\n形式", 21), left("去向", 23), left("结果", 29), left("备注", 18)},
		func(m *matter.Matter, p profile.Profile) []string {
			who := lines(words.Channels.Name(m.Channel), person(m), m.Phone)
			return []string{moment(m.Occurred), collector(m), who, lines(m.Place, m.Address),
				lines(issue(m), onSpot(m)), cmp.Or(people(m), "个别"), lines(submitted(m), m.Proposal), gone(m),
				lines(outcome(m, p.Letter(m.Class)), before("反馈：", flat(told(m))), before("评议：", flat(rating(m)))),
				remark(m)}
		},
		map[int]string{4: ticks(words.Channels, 3, 7), 7: "□1个别\n□2局部\n□3普遍", 8: "□1转办\n□2代表建议\n□3社情民意\n　 信息"}},
}

func volumeOf(code string) volume {
	for _, v := range volumes {
		if v.code == code {
			return v
		}
	}
	return volumes[0]
}

// household is what is known of a household: who spoke, and how many live there.
func household(m *matter.Matter) string {
	return lines(words.Sexes.Name(m.Sex), words.AgeBands.Name(m.AgeBand), people(m))
}

// collector is who brought an opinion in: the deputies named, else who wrote it down.
func collector(m *matter.Matter) string {
	if len(m.Deputies) == 0 && len(m.History) > 0 {
		return m.History[0].By
	}
	return lines(m.Deputies...)
}

// submitted is in which form an opinion goes on.
func submitted(m *matter.Matter) string {
	switch m.Mode {
	case "department":
		return "转办"
	case "suggestion":
		return "代表建议"
	case "":
		return "社情民意信息"
	}
	return mode(m)
}

// ordered gives the matters that want says yes to (nil: all) in the order in which a book has them.
func ordered(rows []matter.Matter, want func(matter.Matter) bool) (ms []*matter.Matter) {
	for i := range rows {
		if want == nil || want(rows[i]) {
			ms = append(ms, &rows[i])
		}
	}
	slices.SortStableFunc(ms, func(a, b *matter.Matter) int {
		return cmp.Or(a.Occurred.Compare(b.Occurred), cmp.Compare(a.Number, b.Number))
	})
	return ms
}

// Filed is how the station's own papers and the lists of officials stand: in the smallest type that reads well.
var Filed = table.Layout{Body: 8, Head: 8, Least: 9}

// Book is one of the three books (code as in words.Registers) in the order of time, with every matter of it in full;
// rows of other books are passed over. It stays at the station.
func Book(code string, rows []matter.Matter, o form.Issuer) table.Table {
	return volumeOf(code).book(rows, o, span(rows))
}

// book is the book of the matters that belong into it, with its total.
func (v volume) book(rows []matter.Matter, o form.Issuer, when string) table.Table {
	ms := ordered(rows, func(m matter.Matter) bool { return m.Register == v.code })
	t := table.Table{Notes: kept(o, v.name, form.Line(o.Name)+"　"+when), Columns: v.columns, Keys: 2,
		Sums: sum(tally(ms) + satisfied(ms))}
	t.Rows = each(ms, func(i int, m *matter.Matter) table.Row {
		if r, ok := shortRow(m, strconv.Itoa(i+1), number(m.Number), moment(m.Occurred)); ok {
			return r
		}
		return table.Row{Cells: append([]string{strconv.Itoa(i + 1), number(m.Number)}, v.cells(m, o.Profile)...)}
	})
	return t
}

// each makes a row of each matter, the i-th from 0.
func each(ms []*matter.Matter, row func(i int, m *matter.Matter) table.Row) []table.Row {
	rows := make([]table.Row, len(ms))
	for i, m := range ms {
		rows[i] = row(i, m)
	}
	return rows
}

// sum is one total under a table.
func sum(text string) []table.Row { return []table.Row{{Cells: []string{text}}} }

// noted is what stands around every paper of an office: whose it is, and who made it.
func noted(o form.Issuer, title, part, day, treatment string) table.Notes {
	return table.Notes{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: title, Part: part, Day: day,
		Treatment: treatment, Maker: before("编制人 ", form.Line(o.Clerk)), Practice: o.Practice}
}

// kept are the notes of what stays at the station.
func kept(o form.Issuer, title, part string) table.Notes {
	return noted(o, title, part, "编制日期 "+form.Day(o.Today), "内部资料 · 含个人信息 · 请妥善保管")
}

// satisfied counts what the citizens made of the results.
func satisfied(ms []*matter.Matter) (text string) {
	sign := "；评议："
	for _, w := range words.Ratings {
		n := 0
		for _, m := range ms {
			if m.Result == w.Code && m.State != matter.Void {
				n++
			}
		}
		if n > 0 {
			text += sign + w.Name + " " + strconv.Itoa(n) + " 件"
			sign = "，"
		}
	}
	return text
}

// span says which days matters are of.
func span(rows []matter.Matter) string {
	if len(rows) == 0 {
		return ""
	}
	from, to := rows[0].Occurred, rows[0].Occurred
	for i := range rows {
		if at := rows[i].Occurred; at.Before(from) {
			from = at
		} else if at.After(to) {
			to = at
		}
	}
	if day(from) == day(to) {
		return form.Day(from)
	}
	return form.Day(from) + "—" + form.Day(to)
}
