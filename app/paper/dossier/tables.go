package dossier

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/words"
)

// Rate is one figure with how it was counted: so many of so many.
type Rate struct {
	Code, Name, Formula string
	Part, Whole         int
}

// Value is the rate as a paper prints it: 92.5%, a dash where nothing was counted.
func (r Rate) Value() string { return percent(r.Part, r.Whole) }

func percent(part, whole int) string {
	if whole == 0 {
		return "—"
	}
	return strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%.2f", float64(part)*100/float64(whole)), "0"), ".0") + "%"
}

// Unit is what one unit had to do: how many as the main one and as a helper, how many of either it did, and how what it
// answered was rated (words.Verdicts, in their order), for work and for result.
type Unit struct {
	Name           string // "" where only confidential ones name it
	Main, Help     int
	Answered, Gave int
	Work, Result   [4]int
}

func (u *Unit) add(v Unit) {
	u.Main, u.Help, u.Answered, u.Gave = u.Main+v.Main, u.Help+v.Help, u.Answered+v.Answered, u.Gave+v.Gave
	for i := range u.Work {
		u.Work[i], u.Result[i] = u.Work[i]+v.Work[i], u.Result[i]+v.Result[i]
	}
}

func (u Unit) cells(name string) []string {
	list := []string{name}
	for _, n := range []int{u.Main, u.Help, u.Main + u.Help, u.Answered, u.Gave, u.Answered + u.Gave} {
		list = append(list, strconv.Itoa(n))
	}
	list = append(list, percent(u.Answered+u.Gave, u.Main+u.Help))
	for _, n := range slices.Concat(u.Work[:], u.Result[:]) {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// span are the days that a list looks at, in words.
func (d Dossier) span() string {
	if from, err := time.Parse(time.DateOnly, d.From); err == nil && d.To == from.AddDate(1, 0, -1).Format(time.DateOnly) && from.YearDay() == 1 {
		return strconv.Itoa(from.Year()) + "年"
	}
	if d.From == "" {
		return ""
	}
	return form.Date(d.From) + "—" + form.Date(d.To)
}

func (d Dossier) notes(title string, o form.Issuer) table.Notes {
	return table.Notes{Organisation: form.Line(o.Organisation), Title: title, Part: strings.TrimSpace(o.Named(o.Unit) + "　" + d.span()),
		Day: "截至 " + form.Day(o.Today), Maker: "经办人 " + form.Or(form.Line(o.Clerk)), Practice: o.Practice, Black: true}
}

// Table is 办理情况汇总表: what each unit had, did, and how it was rated, then the rates, each with its formula.
func Table(d Dossier, o form.Issuer) (typeset.Document, error) {
	t := table.Table{Keys: 1, Notes: d.notes(form.Names["suggestion-table"], o), Columns: []table.Column{{Title: "承办单位", Width: 62}}}
	for _, title := range []string{"主办", "协办", "合计", "主办\n办复", "协办\n办复", "办复\n合计", "办复率"} {
		t.Columns = append(t.Columns, table.Column{Title: title, Width: 15, Align: typeset.Centre})
	}
	for _, of := range []string{"工作", "结果"} {
		for _, v := range words.Verdicts {
			t.Columns = append(t.Columns, table.Column{Title: of + "\n" + v.Name, Width: 15, Align: typeset.Centre})
		}
	}
	sum := Unit{}
	for _, u := range d.Units {
		sum.add(u)
		name := form.Line(u.Name)
		if name == "" {
			name = "保密件承办单位"
		}
		t.Rows = append(t.Rows, table.Row{Cells: u.cells(name)})
	}
	t.Sums = []table.Row{{Cells: sum.cells("合计")}, {Cells: []string{"多个单位办理的，每个单位各计一件；合计是单位的件次，不是建议的件数。" +
		"工作、结果是代表对办理工作和办理结果的评价。"}}}
	sides := table.Layout{Body: 11, Head: 10.5, Note: 11, Least: 9}.Sides(t)
	r := table.Table{Keys: 1, Notes: d.notes("代表建议办理情况指标表", o), Columns: []table.Column{{Title: "指标", Width: 46}, column("结果", 20),
		column("分子", 16), column("分母", 16), {Title: "怎样计算", Width: 150}}}
	for _, x := range d.Rates {
		r.Rows = append(r.Rows, table.Row{Cells: []string{x.Name, x.Value(), strconv.Itoa(x.Part), strconv.Itoa(x.Whole), x.Name + "＝" + x.Formula}})
	}
	r.Sums = []table.Row{{Cells: []string{d.Sum.said()}}}
	sides = append(sides, table.Layout{Body: 11, Head: 10.5, Note: 11, Least: 9}.Sides(r)...)
	return table.Bind(form.Names["suggestion-table"], o.Today, o.Practice, sides), nil
}

// Sum is how many suggestions there are, and how many of them are what.
type Sum struct {
	All              int // but those that were withdrawn or entered by mistake
	Session, Between int
	Motions          int
	Joined, Refused  int
	Key              int // 重点督办
	Handed           int // handed to units; of these the rates tell
	Deputies         int // who signed one or more
}

// said is the sum in words.
func (x Sum) said() string {
	text := fmt.Sprintf("共提出 %d 件，其中大会期间 %d 件、闭会期间 %d 件；签名的代表 %d 位；交办 %d 件", x.All, x.Session, x.Between, x.Deputies, x.Handed)
	for _, y := range []struct {
		n    int
		text string
	}{{x.Motions, "议案 %d 件"}, {x.Joined, "并案 %d 件"}, {x.Refused, "不予立案 %d 件"}, {x.Key, "重点督办 %d 件"}} {
		if y.n > 0 {
			text += "；" + fmt.Sprintf(y.text, y.n)
		}
	}
	return text + "。"
}

// Promises are 承诺事项清单: what answers promised, by when, and what was kept, the most urgent first.
func Promises(d Dossier, o form.Issuer) (typeset.Document, error) {
	t := table.Table{Keys: 2, Notes: d.notes(form.Names["promise-list"], o), Columns: []table.Column{column("序号", 11), column("案号", 18),
		plain("标题", 62), plain("承办单位", 40), plain("承诺事项", 60), column("承诺期限", 31), column("兑现日期", 31), column("情况", 24)}}
	type line struct {
		by, kept string
		cells    []string
	}
	var list []line
	today, late, kept := o.Today.Format(time.DateOnly), 0, 0
	for _, s := range d.Suggestions {
		for _, p := range s.Promises {
			title, unit, what := form.Line(s.Title), form.Line(s.Who[p.Unit].Name), form.Line(s.Texts[p.Mark])
			if s.Confidential || !s.Known() {
				title, unit, what = "保密件", "—", "—"
			}
			how := "未到期"
			switch {
			case p.Kept != "" && p.Kept <= p.By:
				how = "按期兑现"
			case p.Kept != "":
				how = "逾期兑现"
			case p.By < today:
				how = "已逾期"
				late++
			}
			if p.Kept != "" {
				kept++
			}
			list = append(list, line{p.By, p.Kept, []string{"", form.Or(number(s)), title, unit, what, form.Date(p.By), form.Date(p.Kept), how}})
		}
	}
	slices.SortStableFunc(list, func(a, b line) int {
		if open := a.kept == ""; open != (b.kept == "") {
			if open {
				return -1
			}
			return 1
		}
		return strings.Compare(a.by, b.by)
	})
	for i, l := range list {
		l.cells[0] = strconv.Itoa(i + 1)
		t.Rows = append(t.Rows, table.Row{Cells: l.cells})
	}
	t.Sums = []table.Row{{Cells: []string{fmt.Sprintf("共 %d 项，已兑现 %d 项，逾期没有兑现 %d 项", len(list), kept, late)}}}
	return table.Layout{Body: 11, Head: 10.5, Note: 11, Least: 9, Written: true}.Document(t, o.Today), nil
}
