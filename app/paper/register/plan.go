package register

import (
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
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

// Schedule prints 代表进站接待安排表 (the 一表, form F1) of a period such as 2026年第一季度, with empty lines to the end of the page;
// without evenings it is a form to fill in.
func Schedule(period string, evenings []Evening, o form.Issuer) (typeset.Document, error) {
	c := cover{o: o, title: "代表进站接待安排表", left: form.Line(o.Name) + "　" + form.Line(period), right: "编制日期 " + form.Day(o.Today),
		foot: "接待公告应提前 " + strconv.Itoa(o.Profile.Notice) + " 天张贴"}
	t := register(c, 2, []column{
		{"序号", 10, mid}, {"日期\n（星期）", 28, mid}, {"时间", 27, mid}, {"地点（站、点）", 33, 0}, {"接待代表\n（姓名、级别、职务）", 41, 0},
		{"特邀参加部门", 32, 0}, {"主题", 35, 0}, {"联络员及电话", 29, 0}, {"公告日期", 26, mid}, {"备注（轮\n换、顺延）", 21, 0}})
	t.body, t.head, t.least, t.written = ink(typeset.Kai, 10.5), grey(10.5), 15.6, true
	t.fill = func(i int) row {
		return row{cells: []string{strconv.Itoa(i + 1), "　　月　　日\n（星期　　）", usual, "", "", "", "", "", "　月　日", ""}}
	}
	sides := t.sides(len(evenings), func(i int) row {
		e := evenings[i]
		hours := e.Hours
		if hours == "" {
			hours = usual
		}
		return row{cells: []string{strconv.Itoa(i + 1), weekday(e.Date), hours, e.Place, lines(e.Deputies...), e.Guests, e.Topic, e.Contact, form.Date(e.Notice), e.Remark}}
	})
	return bind(o, c.title, long, short, sides), nil
}

// weekday writes a day with its day of the week: 2026年4月17日 over （星期五）.
func weekday(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return form.Line(date)
	}
	return form.Day(t) + "\n（星期" + string([]rune("日一二三四五六")[t.Weekday()]) + "）"
}

// Household prints 入户征求意见表 (form F14): the households at the left, those of the matters given that were raised at somebody's
// home, with empty lines to the end of the page, and at the right the column 意见汇总, which gathers their opinions by kind.
// How many live in a household nobody has asked; the pen writes it.
func Household(rows []matter.Matter, o form.Issuer) (typeset.Document, error) {
	ms := ordered(rows, func(m *matter.Matter) bool {
		return m.State != matter.Void && (m.Channel == "household" || m.Channel == "home-visit")
	})
	style := ink(typeset.Kai, 10)
	const width, item = 78.0, 7.1 // of the column, and of one line in it
	gathered := gather(ms, style, width-9)
	c := sheetOf(o, "入户征求意见表", "征求意见单位 "+form.Line(o.Name)+"　入户代表：　　　　　　　村（社区）：　　　　　　　日期：　　　年　　月　　日")
	t := register(c, 1, []column{{"序号", 9, mid}, {"户主姓名", 19, mid}, {"家庭住址", 34, 0}, {"联系电话", 27, mid}, {"人口", 11, mid},
		{"征求到的意见建议", 66, 0}, {"户主签字", 18, mid}})
	t.body, t.head, t.least, t.side, t.written = style, grey(10.5), 13.34, width+4, true
	t.fill = func(i int) row { return row{cells: []string{strconv.Itoa(i + 1), "", "", "", "", "", ""}} }
	const room = 21 // lines of a page
	t.beside = func(p *typeset.Page, n, of int) {
		x, bottom := p.W-margin-width, p.H-floor
		p.Tint(x, top, width, 10, form.Cream)
		p.Text(x+width/2, top+5, typeset.Centre, ink(typeset.Bold, 10.5), "意见汇总")
		from := min((n)*room, len(gathered))
		here := gathered[from:min(from+room, len(gathered))]
		for i := range room + 1 {
			y := top + 10 + float64(i)*item
			switch {
			case i < len(here):
				p.Line(x+2, y+item/2, style, here[i])
			case len(gathered) == 0 && i%2 == 0 && i/2 < 9:
				p.Text(x+2, y+item/2, typeset.Left, style, strconv.Itoa(i/2+1)+".")
			}
			if i > 0 {
				p.Rule(x+2, y, width-4, .12, form.Hair)
			}
		}
		p.Frame(x, top, width, bottom-top, .35, form.Grey)
	}
	t.pages = (len(gathered) + room - 1) / room
	sides := t.sides(len(ms), func(i int) row {
		m := ms[i]
		if m.Confidential {
			return row{cells: []string{strconv.Itoa(i + 1), m.Number + "　" + day(m.Occurred) + "　" + sealed}}
		}
		return row{cells: []string{strconv.Itoa(i + 1), name(m), m.Address, m.Phone, "", issue(m), ""}}
	})
	return bind(o, c.title, long, short, sides), nil
}

// gather puts the opinions of households together by kind, as lines.
func gather(ms []*matter.Matter, s typeset.Style, width float64) (all []typeset.Line) {
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
		text := strconv.Itoa(n) + ". " + g + "（" + strconv.Itoa(sums[g]) + "件）：" + strings.Join(titles[g], "；") + "。"
		all = append(all, s.Wrap(text, width)...)
	}
	return all
}
