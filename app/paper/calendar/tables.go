package calendar

import (
	"cmp"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
)

// SignIn is 签到表 of a session: those who are awaited and who came besides, what is known of when, and lines for others.
func (c Calendar) SignIn(s session.Session, o form.Issuer) []table.Side {
	t := table.Table{Keys: 2, Notes: notes(s, o, does(s)+"签到表"), Columns: []table.Column{
		mid("序号", 12), mid("姓名", 34), left("代表职务、单位", 74), mid("到场时间", 28), mid("离开时间", 28), mid("签名", 48), left("备注", 44)}}
	for _, p := range s.Called {
		if p.Instead != "" && !p.Came {
			continue
		}
		var more []string
		if p.For != "" {
			more = append(more, "代"+form.Line(p.For))
		}
		switch {
		case p.Absent && p.Excuse != "":
			more = append(more, "缺席："+form.Line(p.Excuse))
		case p.Absent:
			more = append(more, "缺席")
		case p.Reply == "leave":
			more = append(more, strings.TrimSuffix("请假："+form.Line(p.Excuse), "："))
		case p.Extra:
			more = append(more, "临时到场")
		}
		t.Rows = append(t.Rows, table.Row{Cells: []string{strconv.Itoa(len(t.Rows) + 1), form.Line(p.Name), c.title(p), p.Arrived, p.Left, "", strings.Join(more, "\n")}})
	}
	return table.Layout{Body: 12, Head: 11, Note: 11, Least: 13, Written: true, Fill: make([]string, 7)}.Sides(t)
}

// notes are what stands around a table about a session.
func notes(s session.Session, o form.Issuer, title string) table.Notes {
	if s.ID == "" { // to be filled in
		return table.Notes{Organisation: form.Line(o.Organisation), Title: title, Practice: o.Practice,
			Part: form.Line(o.Name) + "　走访代表：　　　　　　　　　村（社区）：　　　　　　", Day: "　　　年　　月　　日"}
	}
	about := topic(s)
	if short := form.Cut(about, 20); short != about {
		about = short + "…"
	}
	day := strings.TrimSpace(form.Date(s.Day) + " " + weekday(s.Day) + " " + hours(s.From, s.To))
	return table.Notes{Organisation: form.Line(o.Organisation), Title: title, Part: o.Named(s.Station) + "　" + about, Day: day, Practice: o.Practice}
}

// Households is 入户征求意见表 (form F14) of a round of visits, from a session that is not there a blank one: first 意见汇总, what
// the households said and where it went, without a name; then the households, which only the station and its county know.
func (c Calendar) Households(s session.Session, o form.Issuer) []table.Side {
	sum := table.Table{Notes: notes(s, o, "入户征求意见表 · 意见汇总"), Keys: 1, Columns: []table.Column{
		mid("序号", 12), left("征求到的意见建议", 132), left("怎样办理", 78), mid("回访日期", 34)}}
	homes := table.Table{Notes: notes(s, o, "入户征求意见表"), Keys: 2, Columns: []table.Column{mid("序号", 12), mid("户主姓名", 26), left("家庭住址", 46),
		mid("联系电话", 32), left("群众说了什么", 78), left("当场宣传解释", 52), mid("户主签字", 24)}}
	homes.Treatment = "内部资料 · 含个人信息 · 请妥善保管"
	if who := cmp.Or(named(s.Present()), strings.ReplaceAll(people(s), "\n", "　")); who != "" {
		homes.Maker = "走访代表 " + who
	}
	for i, stop := range s.Stops {
		h, n := s.Homes[stop.Key], strconv.Itoa(i+1)
		said, goes := unnamed(h), ""
		for _, m := range c.Raised {
			if m.ID == stop.Matter {
				goes = "登记为事项 " + m.Number + "，" + m.State.String()
				if m.Title != "" && !m.Confidential {
					said = m.Title
				}
			}
		}
		if stop.Matter != "" && goes == "" {
			goes = "已登记为事项"
		}
		sum.Rows = append(sum.Rows, table.Row{Cells: []string{n, said, goes, form.Date(stop.Again)}})
		homes.Rows = append(homes.Rows, table.Row{Cells: []string{n, h.Name, h.Address, h.Phone, h.Words, h.Said, ""}})
	}
	l := table.Layout{Body: 12, Head: 11, Note: 11, Least: 13, Written: true, Fill: make([]string, 4)}
	sides := l.Sides(sum)
	l.Fill = make([]string, 7)
	return append(sides, l.Sides(homes)...)
}

// unnamed is what a household said without who it is.
func unnamed(h session.Home) string {
	text := h.Words
	if h.Name != "" {
		text = strings.ReplaceAll(text, h.Name, mask.Name(h.Name))
	}
	if h.Phone != "" {
		text = strings.ReplaceAll(text, h.Phone, mask.Phone(h.Phone))
	}
	if h.Address != "" {
		text = strings.ReplaceAll(text, h.Address, "…")
	}
	return text
}

// raised are the matters of a session, in the order in which they came.
func (c Calendar) raised(s session.Session) (list []matter.Matter) {
	for _, m := range c.Raised {
		if m.Session == s.ID && m.State != matter.Void {
			list = append(list, m)
		}
	}
	return list
}
