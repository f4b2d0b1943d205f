package account

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/report"
	"lianluo.local/data/thing"
)

// who handles a matter: its department, the leader who took it on, the office that has it.
func (w *writer) who(m report.Item) string {
	over := ""
	if w.Over != nil {
		over = w.Over(m.Holder)
	}
	return cmp.Or(strings.Join(m.Units, "、"), m.Leader, over, "—")
}

// Lateness is for how many days a matter of a report is overdue at the end of its span; 0 for none.
func Lateness(r report.Report, m report.Item) int {
	if m.Limit() == "" {
		return 0
	}
	return max(min(r.Span.To, thing.DaysAt(r.AsOf))-thing.Days(m.Limit()), 0)
}

// troubled is 超期与不满意: what is late, by whom and for how long; who is not satisfied, and why.
func (w *writer) troubled() Section {
	s := Section{Head: "超期与不满意"}
	if n := w.n("overdue"); n > 0 {
		r := w.Reports[overdue]
		items := slices.Clone(r.Items)
		slices.SortStableFunc(items, func(a, b report.Item) int { return cmp.Compare(Lateness(r, b), Lateness(r, a)) })
		t := Table{Title: "超期的事项", Columns: []Column{counting("序号", 11), {Name: "编号", Width: 36}, {Name: "事项", Width: 52}, {Name: "承办", Width: 34},
			{Name: "期限", Width: 25}, counting("超期天数", 18)}}
		for i, m := range items[:min(len(items), Most)] {
			t.Rows = append(t.Rows, []string{serial(i), m.Number, m.Title, w.who(m), m.Limit(), strconv.Itoa(Lateness(r, m))})
		}
		if len(items) > Most {
			t.Title += "（超期最久的" + strconv.Itoa(Most) + "件次，全部见附表五）"
		}
		longest := ""
		if len(items) > 0 && Lateness(r, items[0]) > 0 && (len(items) == 1 || Lateness(r, items[0]) > Lateness(r, items[1])) {
			longest = "超期最久的" + strconv.Itoa(Lateness(r, items[0])) + "天"
			if by := w.who(items[0]); by != "—" {
				longest += "，由" + by + "办理"
			}
		}
		s.Paragraphs = append(s.Paragraphs, sentence(w.counted("期末超期", "overdue"), w.against("overdue"), longest))
		if late := rank(w.Reports[departments].Rows, "overdue"); len(late) > 1 {
			s.Paragraphs = append(s.Paragraphs, sentence(firsts(late, "overdue", 0, "超期前三位的单位是", "超期较多的单位是")))
			units := Table{Title: "超期的单位", Columns: []Column{{Name: "单位", Width: 80}, counting(by("overdue").Name, 30)}}
			for _, row := range late[:min(len(late), Most)] {
				units.Rows = append(units.Rows, []string{label(row), strconv.Itoa(number(row, "overdue"))})
			}
			s.Tables = append(s.Tables, units)
		}
		s.Tables = append(s.Tables, t)
	}
	if w.n("dissatisfied") > 0 {
		s.Paragraphs = append(s.Paragraphs, sentence(w.counted("群众评议不满意", "dissatisfied"), w.against("dissatisfied"), w.counted("重新办理", "redone")))
		items := w.Reports[dissatisfied].Items
		t := Table{Title: "群众不满意的事项", Columns: []Column{counting("序号", 11), {Name: "编号", Width: 36}, {Name: "事项", Width: 46}, {Name: "承办", Width: 32},
			{Name: "群众的意见", Width: 46}}}
		for i, m := range items[:min(len(items), Most)] {
			t.Rows = append(t.Rows, []string{serial(i), m.Number, m.Title, w.who(m), cmp.Or(m.Hidden(m.Complaint), "—")})
		}
		if len(items) > Most {
			t.Title += "（前" + strconv.Itoa(Most) + "件次，全部见附表六）"
		}
		if len(items) > 0 {
			s.Tables = append(s.Tables, t)
		}
	}
	return s
}

// duty is 代表履职: how many deputies came, and who did most.
func (w *writer) duty() Section {
	s := Section{Head: "代表履职"}
	list := rank(w.Reports[people].Rows, "deputies")
	if len(list) == 0 {
		return s
	}
	s.Paragraphs = append(s.Paragraphs, sentence(w.counted("参加接待、走访和活动的代表有", "persons"), w.counted("进站接待", "deputies"), w.counted("走访和活动", "attended")))
	if len(list) > 1 {
		s.Paragraphs = append(s.Paragraphs, sentence(firsts(list, "deputies", 0, "进站次数前三位的是", "进站较多的是")))
	}
	t := Table{Title: "代表履职情况", Columns: []Column{{Name: "代表", Width: 34}}}
	codes := []string{"deputies", "attended", "collected", "onSpot", "closed", "suggested"}
	for _, code := range codes {
		t.Columns = append(t.Columns, counting(by(code).Name, 20))
	}
	for _, r := range list[:min(len(list), Most)] {
		cells := []string{label(r)}
		for _, code := range codes {
			cells = append(cells, strconv.Itoa(number(r, code)))
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(list) > Most {
		t.Title += "（前" + strconv.Itoa(Most) + "位，全部见附表九）"
	}
	s.Tables = append(s.Tables, t)
	return s
}

// suggested is 代表建议转化: what became a suggestion, and what it was about.
func (w *writer) suggested() Section {
	s := Section{Head: "代表建议转化"}
	if w.n("suggested") == 0 {
		return s
	}
	list := rank(w.Reports[groups].Rows, "suggested")
	s.Paragraphs = append(s.Paragraphs, sentence(w.counted("转为代表建议", "suggested"), w.against("suggested"), firsts(list, "suggested", 0, "前三位是", "较多的是")))
	t := Table{Title: "转为代表建议的事", Columns: []Column{{Name: "大类", Width: 80}, counting(by("suggested").Name, 30)}, Sum: []string{"合计", strconv.Itoa(w.n("suggested"))}}
	for _, row := range whatever(w.Reports[groups].Rows, "suggested") {
		t.Rows = append(t.Rows, []string{label(row), strconv.Itoa(number(row, "suggested"))})
	}
	s.Tables = append(s.Tables, t)
	return s
}

// next is 下周安排: the sessions that are planned.
func (w *writer) next() Section {
	name := strings.TrimSuffix(w.after, "安排")
	s := Section{Head: name + "安排"}
	if w.after == "下一步" {
		s.Head = "下一步安排"
	}
	if len(w.Next) == 0 {
		return s
	}
	stations := map[string]bool{}
	for _, x := range w.Next {
		stations[x.Station] = true
	}
	n, at := strconv.Itoa(len(w.Next)), strconv.Itoa(len(stations))
	text := name + "安排进站接待" + n + "场"
	if len(stations) > 1 {
		text += "，在" + at + "个站点"
	}
	s.Paragraphs = append(s.Paragraphs, text+"。")
	t := Table{Title: name + "进站安排", Columns: []Column{{Name: "日期", Width: 26}, {Name: "时间", Width: 14}, {Name: "站点", Width: 46}, {Name: "议题", Width: 40},
		{Name: "代表", Width: 40}}, Sum: []string{"合计 " + n + " 场，" + at + " 个站点"}}
	const shown = 30
	for _, x := range w.Next[:min(len(w.Next), shown)] {
		t.Rows = append(t.Rows, []string{x.Day, x.Begins, x.Station, x.Topic, strings.Join(x.Deputies, "、")})
	}
	if len(w.Next) > shown {
		t.Title += "（最早的" + strconv.Itoa(shown) + "场）"
	}
	s.Tables = append(s.Tables, t)
	return s
}
