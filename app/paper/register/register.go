package register

import (
	"cmp"
	"slices"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/words"
)

// volume is one of the three registers: its name, its columns, and the cells of a matter in them.
type volume struct {
	code, name string
	columns    []column
	cells      func(m *matter.Matter, p profile.Profile) []string // from the third on
	blank      map[int]string                                     // what stands in an empty row to be ticked, by column
}

const mid = typeset.Centre

// volumes are the three books; their columns are those of forms F4, F5 and F6.
var volumes = []volume{
	{"reception", "接待群众登记簿", []column{
		{"序号", 7, mid}, {"编号", 18.8, mid}, {"日期时间", 18.8, mid}, {"接待代表", 13.6, 0}, {"反映人", 13, mid}, {"电话", 20.4, mid},
		{"住址", 19, 0}, {"反映问题", 40, 0}, {"现场答复\n情况", 19.5, 0}, {"处理意见", 15.5, 0}, {"转办去向\n／日期", 18.8, 0},
		{"办理结果\n／日期", 20, 0}, {"反馈日期\n／方式", 18.8, mid}, {"满意度", 12.9, mid}, {"群众\n签字", 10, mid}, {"备注", 10.6, 0}},
		func(m *matter.Matter, p profile.Profile) []string {
			return []string{moment(m.Occurred), lines(m.Deputies...), person(m), m.Phone, m.Address, issue(m), onSpot(m), lines(mode(m), m.Proposal),
				gone(m), outcome(m, p.Letter(m.Class)), told(m), rating(m), "", remark(m)}
		},
		map[int]string{8: ticks(words.OnSpots, 0, 4), 9: ticks(words.Modes, 0, 4), 13: ticks(words.Ratings, 0, 3)}},
	{"visit", "走访选民登记簿", []column{
		{"序号", 7, mid}, {"编号", 18.8, mid}, {"走访日期", 18.8, mid}, {"走访代表", 15, 0}, {"走访户主\n／地点", 24, 0}, {"户情", 15.5, 0},
		{"了解到的问题", 47, 0}, {"当场解释\n宣传内容", 25, 0}, {"处理意见", 17, 0}, {"去向", 19, 0}, {"结果", 24, 0}, {"回访日期", 18.8, mid},
		{"满意度", 13, mid}, {"备注", 14, 0}},
		func(m *matter.Matter, p profile.Profile) []string {
			return []string{moment(m.Occurred), lines(m.Deputies...), lines(name(m), m.Phone, m.Address), household(m), issue(m), onSpot(m),
				lines(mode(m), m.Proposal), gone(m), outcome(m, p.Letter(m.Class)), told(m), rating(m), remark(m)}
		},
		map[int]string{7: ticks(words.OnSpots, 0, 4), 8: ticks(words.Modes, 0, 4), 12: ticks(words.Ratings, 0, 3)}},
	{"opinion", "社情民意登记簿", []column{
		{"序号", 7, mid}, {"编号", 18.8, mid}, {"收集日期", 18.8, mid}, {"收集人\n（联络员）", 19, mid}, {"来源", 21, mid}, {"涉及范围", 27, 0},
		{"问题摘要", 62, 0}, {"普遍性", 12, mid}, {"拟提交\n形式", 21, 0}, {"去向", 23, 0}, {"结果", 29, 0}, {"备注", 18, 0}},
		func(m *matter.Matter, p profile.Profile) []string {
			return []string{moment(m.Occurred), collector(m), lines(words.Channels.Name(m.Channel), person(m), m.Phone), lines(m.Place, m.Address),
				lines(issue(m), onSpot(m)), cmp.Or(people(m), "个别"), lines(submitted(m), m.Proposal), gone(m),
				lines(outcome(m, p.Letter(m.Class)), before("反馈：", flat(told(m))), before("评议：", flat(rating(m)))), remark(m)}
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
func ordered(rows []matter.Matter, want func(*matter.Matter) bool) (ms []*matter.Matter) {
	for i := range rows {
		if want == nil || want(&rows[i]) {
			ms = append(ms, &rows[i])
		}
	}
	slices.SortStableFunc(ms, func(a, b *matter.Matter) int {
		return cmp.Or(a.Occurred.Compare(b.Occurred), cmp.Compare(a.Number, b.Number))
	})
	return ms
}

// Book prints one of the three books (code as in matter.Registers) in the order of time, with every matter of it in
// full; rows of other books are passed over. It stays at the station.
func Book(code string, rows []matter.Matter, o form.Issuer) (typeset.Document, error) {
	v := volumeOf(code)
	return bind(o, v.name, long, short, v.sides(rows, o, span(rows))), nil
}

// sides are those of the matters that belong into the book, and its total.
func (v volume) sides(rows []matter.Matter, o form.Issuer, when string) []side {
	ms := ordered(rows, func(m *matter.Matter) bool { return m.Register == v.code })
	t := register(sheetOf(o, v.name, form.Line(o.Name)+"　"+when), 2, v.columns)
	return t.sides(len(ms)+1, func(i int) row {
		if i == len(ms) {
			return row{cells: []string{tally(ms) + satisfied(ms)}, tinted: true}
		}
		m := ms[i]
		if r, ok := shortRow(m, strconv.Itoa(i+1), number(m.Number), moment(m.Occurred)); ok {
			return r
		}
		return row{cells: append([]string{strconv.Itoa(i + 1), number(m.Number)}, v.cells(m, o.Profile)...)}
	})
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
