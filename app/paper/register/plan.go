package register

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/category"
	"lianluo.local/data/matter"
)

// Evening is one reception in the schedule; what is empty is left to write in.
type Evening struct {
	Date     string // 2026-04-17; the day of the week is added
	Hours    string // 19:30—21:00 where nothing else is said
	Place    string // 站 or 点
	Deputies []string
	Guests   string // departments that are asked to come
	Topic    string
	Contact  string // liaison and telephone
	Notice   string // the day it was announced
	Remark   string // whose turn, put off to when
}

// usual is when evenings begin and end where nothing else was agreed (吕梁).
const usual = "19:30—21:00"

// Evenings is how a schedule stands: with lines to write in to the end of the page.
var Evenings = table.Layout{Body: 10.5, Head: 10.5, Least: 15.6, Written: true,
	Fill: []string{"", "　　月　　日\n（星期　　）", usual, "", "", "", "", "", "　月　日", ""}}

// Schedule is 代表进站接待安排表 (the 一表, form F1) of a period such as 2026年第一季度; without evenings it is a form to fill in.
func Schedule(period string, evenings []Evening, o form.Issuer) table.Table {
	part, ahead := form.Line(o.Name)+"　"+form.Line(period), "接待公告应提前 "+strconv.Itoa(o.Profile.Notice)+" 天张贴"
	t := table.Table{Notes: noted(o, "代表进站接待安排表", part, "编制日期 "+form.Day(o.Today), ahead), Keys: 2}
	t.Columns = []table.Column{mid("序号", 10), mid("日期\n（星期）", 28), mid("时间", 27), left("地点（站、点）", 33),
		left("接待代表\n（姓名、级别、职务）", 41), left("特邀参加部门", 32), left("主题", 35), left("联络员及电话", 29),
		mid("公告日期", 26), left("备注（轮\n换、顺延）", 21)}
	for i, e := range evenings {
		t.Rows = append(t.Rows, table.Row{Cells: []string{strconv.Itoa(i + 1), weekday(e.Date),
			cmp.Or(e.Hours, usual), e.Place, lines(e.Deputies...), e.Guests, e.Topic, e.Contact, form.Date(e.Notice),
			e.Remark}})
	}
	return t
}

// weekday writes a day with its day of the week: 2026年4月17日 over （星期五）.
func weekday(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return form.Line(date)
	}
	return form.Day(t) + "\n（星期" + string([]rune("日一二三四五六")[t.Weekday()]) + "）"
}

// Rounds is how a round of households stands: with lines to write in, and beside them what the opinions add up to.
var Rounds = table.Layout{Body: 10, Head: 10.5, Least: 13.34, Written: true, Aside: 78, Fill: make([]string, 7)}

// AtHome says whether a matter was raised at somebody's home.
func AtHome(m matter.Matter) bool {
	return m.State != matter.Void && (m.Channel == "household" || m.Channel == "home-visit")
}

// Household is 入户征求意见表 (form F14): the households at the left, those of the matters given that were raised at
// somebody's home, and at the right 意见汇总, which gathers their opinions by kind. How many live in a household nobody has
// asked; the pen writes it.
func Household(rows []matter.Matter, o form.Issuer) table.Table {
	ms := ordered(rows, AtHome)
	part := "征求意见单位 " + form.Line(o.Name) + "　入户代表：　　　　　　　村（社区）：　　　　　　　日期：　　　年　　月　　日"
	t := table.Table{Notes: kept(o, "入户征求意见表", part), Keys: 1, Gist: table.Gist{Title: "意见汇总", Texts: gather(ms)}}
	t.Columns = []table.Column{mid("序号", 9), mid("户主姓名", 19), left("家庭住址", 34), mid("联系电话", 27), mid("人口", 11),
		left("征求到的意见建议", 66), mid("户主签字", 18)}
	t.Rows = each(ms, func(i int, m *matter.Matter) table.Row {
		if m.Confidential {
			return table.Row{Cells: []string{strconv.Itoa(i + 1), m.Number + "　" + day(m.Occurred) + "　" + sealed}}
		}
		return table.Row{Cells: []string{strconv.Itoa(i + 1), name(m), m.Address, m.Phone, "", issue(m), ""}}
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
