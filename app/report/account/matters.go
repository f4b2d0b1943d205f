package account

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/report/figure"
)

// held is the number of a label in the span before, and whether there is one to hold it against.
func (w *writer) before(n int, row figure.Row, code string) (int, bool) {
	if len(w.held) == 0 {
		return 0, false
	}
	p := w.held[0].part(w.Reports[n])
	if p == nil {
		return 0, false
	}
	for _, then := range p.Rows {
		if slices.Equal(then.Keys, row.Keys) {
			return number(then, code), true
		}
	}
	return 0, true
}

// parted is the table of a report's rows by what was collected: how many, which part, and how many before.
func (w *writer) parted(n int, title, what string, rows ranked) Table {
	all := w.n("collected")
	t := Table{Title: title, Columns: []Column{{Name: what, Width: 60}, counting(w.now+"（件次）", 26), counting("占比", 20)}}
	held := len(w.held) > 0 && w.held[0].part(w.Reports[n]) != nil
	if held {
		t.Columns = append(t.Columns, counting(w.held[0].name, 22), counting("增减", 20))
	}
	before := 0
	if held {
		before = number(w.held[0].part(w.Reports[whole]).Total, "collected")
	}
	add := func(label string, k, then int) []string {
		cells := []string{label, strconv.Itoa(k), cmp.Or(share(k, all), "—")}
		if held {
			cells = append(cells, strconv.Itoa(then), plus(k-then))
		}
		return cells
	}
	for _, row := range rows {
		then, _ := w.before(n, row, "collected")
		t.Rows = append(t.Rows, add(label(row), number(row, "collected"), then))
	}
	t.Sum = add("合计", all, before)
	return t
}

func plus(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// whatever are all rows in which anything stands, those of what nobody wrote down too.
func whatever(rows []figure.Row, code string) (list ranked) {
	for _, row := range rows {
		if number(row, code) > 0 {
			list = append(list, row)
		}
	}
	sortBy(list, code)
	return list
}

// sorted is 分类情况: what people speak of, what they want, how it came, how it goes on.
func (w *writer) sorted() Section {
	s := Section{Head: "分类情况"}
	all := w.n("collected")
	list := rank(w.Reports[groups].Rows, "collected")
	if len(list) == 0 {
		return s
	}
	text := firsts(list, "collected", all, "群众反映前三位的是", "群众反映较多的是")
	if len(list) == 1 {
		text = "反映的都是" + label(list[0]) + "，" + strconv.Itoa(number(list[0], "collected")) + "件次"
		if number(list[0], "collected") < all {
			text = "写明类别的都是" + strings.TrimPrefix(text, "反映的都是")
		}
	}
	s.Paragraphs = append(s.Paragraphs, sentence(text))
	every := whatever(w.Reports[groups].Rows, "collected")
	s.Tables = append(s.Tables, w.parted(groups, "群众反映的事分几类", "大类", every))
	c := Chart{Title: "群众反映最多的是什么", Unit: "件次", Series: []Series{{Name: w.now}}}
	for _, row := range list[:min(8, len(list))] {
		c.Labels = append(c.Labels, label(row))
		c.Series[0].Values = append(c.Series[0].Values, float64(number(row, "collected")))
	}
	if len(w.held) > 0 {
		before := Series{Name: w.held[0].name}
		for _, row := range list[:min(8, len(list))] {
			then, _ := w.before(groups, row, "collected")
			before.Values = append(before.Values, float64(then))
		}
		c.Series = append(c.Series, before)
	}
	if len(c.Labels) >= 3 {
		s.Charts = append(s.Charts, c)
	}
	t := Table{Title: "按目的、来源、处理方式分", Columns: []Column{{Name: "分法", Width: 30}, {Name: "类别", Width: 50}, counting(w.now+"（件次）", 26), counting("占比", 20)}}
	for _, x := range []struct {
		n    int
		what string
	}{{purposes, "诉求目的"}, {channels, "来源渠道"}, {modes, "处理方式"}} {
		rows := rank(w.Reports[x.n].Rows, "collected")
		if text := firsts(rows, "collected", all, "前三位是", "较多的是"); text != "" && len(rows) > 1 {
			for _, row := range whatever(w.Reports[x.n].Rows, "collected") {
				k := number(row, "collected")
				if row.Keys[0] == "" { // no rank, and yet a part of all
					text += "，" + label(row) + "的" + strconv.Itoa(k) + "件次"
				}
				t.Rows = append(t.Rows, []string{x.what, label(row), strconv.Itoa(k), cmp.Or(share(k, all), "—")})
			}
			s.Paragraphs = append(s.Paragraphs, sentence("按"+x.what+"分，"+text))
		}
	}
	if len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
	return s
}

// hot is 热点问题: what is spoken of Most, in two levels, and how that has changed.
func (w *writer) hot() Section {
	s := Section{Head: "热点问题"}
	const least = 3 // how often a thing is spoken of before it is hot
	list := rank(w.Reports[categories].Rows, "collected")
	list = list[:min(len(list), Most)]
	n := 0
	for n < list.leading("collected") && number(list[n], "collected") >= least {
		n++
	}
	if n == 0 {
		return s
	}
	for _, row := range list[:n] {
		k := number(row, "collected")
		text := "“" + strings.ReplaceAll(label(row), " · ", "”方面的“") + "”" + strconv.Itoa(k) + "件次"
		if then, ok := w.before(categories, row, "collected"); ok {
			switch d := k - then; {
			case then == 0:
				text += "，" + w.held[0].name + "没有人反映"
			case d > 0:
				text += "，比" + w.held[0].name + "多" + strconv.Itoa(d) + "件次"
			case d < 0:
				text += "，比" + w.held[0].name + "少" + strconv.Itoa(-d) + "件次"
			default:
				text += "，和" + w.held[0].name + "一样"
			}
		}
		s.Paragraphs = append(s.Paragraphs, text+"。")
	}
	t := w.parted(categories, "反映较多的小类", "类别", list)
	if t.Sum = nil; len(rank(w.Reports[categories].Rows, "collected")) > Most {
		t.Title += "（前" + strconv.Itoa(Most) + "位）"
	}
	s.Tables = append(s.Tables, t)
	return s
}

// handled is 承办情况: what departments were given, and what came of it.
func (w *writer) handled() Section {
	s := Section{Head: "承办情况"}
	list := rank(w.Reports[departments].Rows, "assigned")
	if len(list) == 0 {
		return s
	}
	units := strconv.Itoa(len(list))
	text := w.counted("交给"+units+"个单位办理", "assigned")
	s.Paragraphs = append(s.Paragraphs, sentence(text, w.against("assigned"), w.counted("单位退回", "returned")))
	if len(list) > 1 {
		s.Paragraphs = append(s.Paragraphs, sentence(firsts(list, "assigned", 0, "承办前三位的是", "承办较多的是")))
	}
	t := Table{Title: "承办单位办理情况", Columns: []Column{{Name: "单位", Width: 46}}}
	codes := []string{"assigned", "returned", "due", "inTime", "lateClosed", "open", "overdue"}
	for _, code := range codes {
		t.Columns = append(t.Columns, counting(by(code).Name, 17))
	}
	row := func(label string, of figure.Row) []string {
		cells := []string{label}
		for _, code := range codes {
			cells = append(cells, strconv.Itoa(number(of, code)))
		}
		return cells
	}
	shown := slices.Clone(list[:min(len(list), Most)])
	if len(list) > Most {
		t.Title += "（前" + strconv.Itoa(Most) + "位，全部见附表四）"
	}
	for _, late := range rank(w.Reports[departments].Rows, "overdue") {
		has := func(r figure.Row) bool { return r.Keys[0] == late.Keys[0] }
		if !slices.ContainsFunc(shown, has) {
			shown = append(shown, late)
		}
		if !slices.ContainsFunc(list, has) {
			list = append(list, late)
		}
	}
	for _, r := range shown {
		t.Rows = append(t.Rows, row(label(r), r))
	}
	t.Sum = []string{"合计（" + strconv.Itoa(len(list)) + "个单位）"}
	for _, code := range codes {
		sum := 0
		for _, r := range list {
			sum += number(r, code)
		}
		t.Sum = append(t.Sum, strconv.Itoa(sum))
	}
	s.Tables = append(s.Tables, t)
	return s
}
