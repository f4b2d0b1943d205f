package register

import (
	"cmp"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
)

// Open says whether a matter stands on the list of open wishes: nobody has taken it on, and it may hang on a wall.
func Open(m matter.Matter) bool {
	w := m.Wish()
	return Public(m) && w != matter.Unwished && w != matter.Taken
}

// Wishes is 点单公示单 for the notice board: what a deputy is wished for, by whom (王**), and how far it is. Ask WallCheck first.
func Wishes(rows []matter.Matter, o form.Issuer) table.Table {
	ms := ordered(rows, Open)
	t := table.Table{Notes: noted(o, form.Names["order-list"], form.Line(o.Name), "公布日期 "+form.Day(o.Today),
		"愿意接单的代表，请告诉联络员，或致电 "+cmp.Or(form.Line(o.Phone), "联络站")),
		Sums: sum("合计 " + strconv.Itoa(len(ms)) + " 单"), Columns: []table.Column{
			mid("序号", 13), mid("日期", 30), mid("群众", 22), left("想请代表办的事", 92), left("想找的代表", 56), left("进展", 64)}}
	t.Rows = each(ms, func(i int, m *matter.Matter) table.Row {
		who := "匿名"
		if !m.Anonymous {
			who = cmp.Or(mask.Name(m.Name), "群众")
		}
		return table.Row{Cells: []string{strconv.Itoa(i + 1), m.Occurred.In(o.Today.Location()).Format("1月2日"), who, cmp.Or(m.Title, "（未写标题）"),
			wished(m), progress(m)}}
	})
	return t
}

// wished is whom a citizen wishes for.
func wished(m *matter.Matter) string {
	if m.Asked != "" {
		return m.Asked + "代表"
	}
	if m.Wanted != "" {
		return strings.TrimSuffix(m.Wanted, "代表") + "代表"
	}
	return "哪位都行"
}

func progress(m *matter.Matter) string {
	switch asked, _ := m.Asking(); m.Wish() {
	case matter.Offered:
		return "已请" + asked.Who + "，等答复"
	case matter.Refused:
		return "由站长安排"
	}
	return "等代表接单"
}

// Posting is the open wishes as a text to copy into a chat group: masked as on the wall.
func Posting(rows []matter.Matter, o form.Issuer) string {
	ms := ordered(rows, Open)
	if len(ms) == 0 {
		return ""
	}
	lines := []string{"【" + form.Line(o.Name) + "】群众点单，请代表接单："}
	for i, m := range ms {
		lines = append(lines, strconv.Itoa(i+1)+". "+cmp.Or(m.Title, "（未写标题）")+"（"+wished(m)+"，"+progress(m)+"）")
	}
	return strings.Join(append(lines, "愿意接单的请回复序号，或致电 "+cmp.Or(form.Line(o.Phone), "联络站")+"。"), "\n")
}
