package register

import (
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/category"
	"lianluo.local/data/matter"
)

// Rounds is how the households of a time stand, with what their opinions add up to beside them.
var Rounds = table.Layout{Body: 10, Head: 10.5, Least: 13.34, Aside: 78}

// AtHome says whether a matter was raised at somebody's home.
func AtHome(m matter.Matter) bool {
	return m.State != matter.Void && (m.Channel == "household" || m.Channel == "home-visit")
}

// Household is 入户意见汇总表: of the matters given those that were raised at somebody's home, and at the right 意见汇总, which
// gathers them by kind. The sheet of one round, with places to write and to sign, is calendar.Households.
func Household(rows []matter.Matter, o form.Issuer) table.Table {
	ms := ordered(rows, AtHome)
	t := table.Table{Notes: kept(o, "入户意见汇总表", "征求意见单位 "+form.Line(o.Name)), Keys: 1, Gist: table.Gist{Title: "意见汇总", Texts: gather(ms)}}
	t.Columns = []table.Column{mid("序号", 9), mid("户主姓名", 19), left("家庭住址", 34), mid("联系电话", 27), left("征求到的意见建议", 95)}
	t.Rows = each(ms, func(i int, m *matter.Matter) table.Row {
		if m.Confidential {
			return table.Row{Cells: []string{strconv.Itoa(i + 1), m.Number + "　" + day(m.Occurred) + "　" + sealed}}
		}
		return table.Row{Cells: []string{strconv.Itoa(i + 1), name(m), m.Address, m.Phone, issue(m)}}
	})
	return t
}

// gather puts the opinions of households together by kind, a text of each.
func gather(ms []*matter.Matter) (all []string) {
	titles, names := map[string][]string{}, []string{}
	for _, c := range category.All() {
		if len(names) == 0 || names[len(names)-1] != c.GroupName {
			names = append(names, c.GroupName)
		}
	}
	names = append(names, "未分类")
	counts, sums := map[string]map[string]int{}, map[string]int{}
	for _, m := range ms {
		if m.Confidential {
			continue
		}
		group := "未分类"
		if c, ok := category.ByCode(m.Category); ok {
			group = c.GroupName
		}
		if counts[group] == nil {
			counts[group] = map[string]int{}
		}
		title := typeset.Clean(m.Title)
		if counts[group][title]++; counts[group][title] == 1 {
			titles[group] = append(titles[group], title)
		}
		sums[group]++
	}
	n := 0
	for _, g := range names {
		if len(titles[g]) == 0 {
			continue
		}
		n++
		for i, t := range titles[g] {
			if homes := counts[g][t]; homes > 1 {
				titles[g][i] = t + "（" + strconv.Itoa(homes) + "户）"
			}
		}
		all = append(all, strconv.Itoa(n)+". "+g+"（"+strconv.Itoa(sums[g])+"件）："+strings.Join(titles[g], "；")+"。")
	}
	return all
}
