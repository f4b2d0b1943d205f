package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/report"
	"lianluo.local/app/report/account"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
)

// Reported is a report laid out in tables.
type Reported struct {
	Numbers tables.Table   // rows, their total, and the totals that it is held against
	List    *tables.Table  // of a kind that lists: the matters behind its number
	Rates   *tables.Table  // what the rates are of, that has no column of its own among the numbers
	Held    []tables.Table // the numbers of the spans that it is held against
	Defined tables.Table   // what each indicator is
	Missing tables.Table   // who has not reported
	Since   []tables.Table // of one that was issued again: what is otherwise than in the edition before, and what came late
}

// All are its tables, in the order in which they are read.
func (r Reported) All() (all []tables.Table) {
	all = append(all, r.Numbers)
	if r.List != nil {
		all = append(all, *r.List)
	}
	if r.Rates != nil {
		all = append(all, *r.Rates)
	}
	return append(append(append(all, r.Held...), r.Since...), r.Defined.Filled(), r.Missing)
}

// Lay lays a report out in tables: the one way in which its numbers come to paper, into files and onto the page. Two axes
// crossed for one indicator become a matrix, else a row for each cell.
func (a *App) Lay(ctx context.Context, r report.Report) (laid Reported, err error) {
	o, err := a.Issuer(ctx)
	if err != nil {
		return laid, err
	}
	if r.Unit != a.Settings.Unit { // issued by somebody else
		o.Organisation, o.Name = a.Report.Named(r.Unit), a.Report.Named(r.Unit)
	}
	l := layout{r, tables.Notes{Organisation: form.Line(o.Organisation), Part: form.Line(o.Name) + "　" + r.Name,
		Day: "截至 " + r.AsOf.Format("2006年1月2日 15:04"), Practice: o.Practice}}
	l.notes.Maker = form.Line(o.Name) + "　" + l.notes.Day
	laid.Numbers = l.numbers(r.Part, r.Title)
	laid.Numbers.Remarks = append([]string{l.received()}, r.Notes...)
	for _, h := range []struct {
		what string
		part *report.Part
	}{{"上期", r.Before}, {"上年同期", r.Year}} {
		if h.part == nil {
			continue
		}
		if !l.crossed(r.Part) {
			laid.Numbers.Held = append(laid.Numbers.Held, tables.Row{Cells: l.row(h.part.Total, *h.part, h.what+" "+h.part.Name)})
		}
		held := l.numbers(*h.part, h.what+" "+h.part.Name)
		held.Part = form.Line(o.Name) + "　" + r.Kind.Name + "　" + h.what
		laid.Held = append(laid.Held, held)
	}
	if r.Kind.List != "" {
		laid.List = l.list()
	}
	if i := r.Issued; i != nil {
		laid.Numbers.Part += "　" + i.Heading()
		laid.Numbers.Remarks = append([]string{i.Heading() + "，数字的校验值 " + i.Mark()}, laid.Numbers.Remarks...)
		laid.Since = l.since(*i)
	}
	laid.Rates, laid.Defined, laid.Missing = l.rates(), l.defined(), l.missing()
	return laid, nil
}

// layout is a report with what stands around its tables.
type layout struct {
	report.Report
	notes tables.Notes
}

func (l layout) table(title string, columns ...tables.Column) tables.Table {
	t := tables.Table{Notes: l.notes, Columns: columns, Keys: 1}
	t.Title = title
	return t
}

// numbering is a column of an indicator.
func numbering(i figure.Indicator) tables.Column {
	c := tables.Column{Code: i.Code, Title: i.Name, Width: 14, Align: typeset.Right, Over: i.Over, Under: i.Under}
	switch {
	case i.Unit == "%":
		c.Holds = tables.Share
	case i.Rate():
		c.Holds = tables.Decimal
	default:
		c.Holds = tables.Count
	}
	return c
}

// worded is a column of words.
func worded(title string, width float64) tables.Column {
	return tables.Column{Title: title, Width: width}
}

// cell is what a row says of an indicator, exactly; "—" where nothing is counted.
func (l layout) cell(row figure.Row, i figure.Indicator, p report.Part) string {
	if v, ok := row.Says(i); ok && (row.Keys == nil || p.Sits() || !i.OfSessions()) {
		return tables.Exact(v)
	}
	return "—"
}

// row is a row of numbers under its labels; those of the total are filled up.
func (l layout) row(row figure.Row, p report.Part, labels ...string) (cells []string) {
	if labels == nil {
		labels = row.Labels
	}
	cells = append(cells, labels...)
	for len(cells) < max(1, len(p.By())) {
		cells = append(cells, "")
	}
	for _, i := range l.Indicators {
		cells = append(cells, l.cell(row, i, p))
	}
	return cells
}

// received says who has reported; more of those who have not than one reads in a sentence are named in the table of them.
func (l layout) received() string {
	said, _, _ := strings.Cut(l.Received(), "；")
	if n := len(l.Missing); n > 40 {
		return said + "；期末一周内没有报送的 " + strconv.Itoa(n) + " 个单位，都写在“还没有报送的”一张表里。"
	}
	return l.Received()
}

// crossed says whether a part is laid out as a matrix.
func (l layout) crossed(p report.Part) bool { return p.Margins[0] != nil }

// numbers are the rows of a part, with their total.
func (l layout) numbers(p report.Part, title string) tables.Table {
	if l.crossed(p) {
		return l.matrix(p, title)
	}
	t := l.table(title)
	for _, axis := range p.By() {
		t.Columns = append(t.Columns, tables.Column{Title: axis.Name, Width: 30})
	}
	if len(t.Columns) == 0 {
		t.Columns = []tables.Column{{Title: "范围", Width: 30}}
	}
	t.Keys = len(t.Columns)
	for _, i := range l.Indicators {
		t.Columns = append(t.Columns, numbering(i))
	}
	for _, row := range p.Rows {
		t.Rows = append(t.Rows, tables.Row{Cells: l.row(row, p)})
	}
	t.Sums = []tables.Row{{Cells: l.row(p.Total, p)}}
	return t
}

// matrix is one indicator by two axes, with the totals of either.
func (l layout) matrix(p report.Part, title string) tables.Table {
	i, by := l.Indicators[0], p.By()
	t := l.table(title, tables.Column{Title: by[0].Name + "＼" + by[1].Name, Width: 30})
	t.Part += "　" + i.Name + "（" + i.Unit + "）"
	cells := map[[2]string]string{}
	for _, row := range p.Rows {
		cells[[2]string(row.Keys)] = l.cell(row, i, p)
	}
	none := "—" // no rate of nothing
	if !i.Rate() && (p.Sits() || !i.OfSessions()) {
		none = "0"
	}
	total := tables.Row{Cells: []string{"合计"}}
	for _, row := range p.Margins[1] {
		c := numbering(i)
		c.Code, c.Over, c.Under, c.Title = "", "", "", row.Labels[0]
		t.Columns, total.Cells = append(t.Columns, c), append(total.Cells, l.cell(row, i, p))
	}
	all := numbering(i)
	all.Code, all.Over, all.Under, all.Title, all.Across = "", "", "", "合计", true
	t.Columns, total.Cells = append(t.Columns, all), append(total.Cells, l.cell(p.Total, i, p))
	for _, row := range p.Margins[0] {
		line := []string{row.Labels[0]}
		for _, column := range p.Margins[1] {
			line = append(line, cmp.Or(cells[[2]string{row.Keys[0], column.Keys[0]}], none))
		}
		t.Rows = append(t.Rows, tables.Row{Cells: append(line, l.cell(row, i, p))})
	}
	t.Sums = []tables.Row{total}
	return t
}

// rates has the numbers that rates are of, so that whoever reads can divide them; nil where all stand among the others.
func (l layout) rates() *tables.Table {
	var codes []string
	for _, i := range l.Indicators {
		has := func(code string) bool {
			return slices.ContainsFunc(l.Indicators, func(i figure.Indicator) bool { return i.Code == code })
		}
		if i.Rate() && (!has(i.Over) || !has(i.Under)) {
			codes = append(codes, i.Over, i.Under, i.Code)
		}
	}
	if codes == nil || l.crossed(l.Part) {
		return nil
	}
	l.Indicators = figure.Some(codes...)
	t := l.numbers(l.Part, "各项率的分子和分母")
	return &t
}

// list are the matters behind the number of a kind that lists, with what that is about: how late, led by whom, why not content.
func (l layout) list() *tables.Table {
	t := l.table(strings.TrimSuffix(l.Title, "）")+"，逐件）", tables.Column{Title: "序号", Width: 10, Holds: tables.Count},
		worded("编号", 30), worded("站点", 40), worded("事项", 60),
		worded("承办", 40), worded("状态", 18), tables.Column{Title: "期限", Width: 20, Holds: tables.Days})
	t.Keys = 2
	about := map[string]struct {
		column tables.Column
		says   func(report.Item) string
	}{
		"overdue": {tables.Column{Title: "超期天数", Width: 16, Holds: tables.Count},
			func(m report.Item) string { return strconv.Itoa(account.Lateness(l.Report, m)) }},
		"led":          {worded("领办领导", 26), func(m report.Item) string { return m.Leader }},
		"dissatisfied": {worded("不满意的原因", 50), func(m report.Item) string { return m.Hidden(m.Complaint) }},
	}[l.Kind.List]
	if about.says != nil {
		t.Columns = append(t.Columns, about.column)
	}
	for n, m := range l.Items {
		who := cmp.Or(strings.Join(m.Units, "、"), places.Of(m.Holder).Where)
		cells := []string{strconv.Itoa(n + 1), m.Number, places.Of(m.Station).Where, m.Title, who, m.State.String(), m.Limit()}
		if about.says != nil {
			cells = append(cells, cmp.Or(about.says(m), "—"))
		}
		t.Rows = append(t.Rows, tables.Row{Cells: cells})
	}
	return &t
}

// defined says what each indicator is, so that a reader need not ask.
func (l layout) defined() tables.Table {
	t := l.table("指标说明", worded("指标", 26), worded("怎么算", 90), worded("分子", 26),
		worded("分母", 26), worded("按哪一天", 22), worded("单位", 10),
		worded("来源", 34))
	called := func(code string) string {
		i, _ := figure.ByCode(code)
		return i.Name
	}
	for _, i := range l.Indicators {
		t.Rows = append(t.Rows, tables.Row{Cells: []string{i.Name, i.Definition, called(i.Over), called(i.Under), i.Day,
			i.Unit, i.Source}})
	}
	if has := func(i figure.Indicator) bool { return i.Code == "carried" }; slices.ContainsFunc(l.Indicators, has) {
		t.Remarks = []string{"上期结转 + 收集意见件次 = 办结数 + 在办 + 移出，每一行都是这样；不是的，写在表下面。"}
	}
	return t
}

// missing names who has not reported.
func (l layout) missing() tables.Table {
	t := l.table("还没有报送的", worded("单位", 60), worded("最近一次报到", 40), worded("代码", 40))
	for _, h := range l.Missing {
		last := "还没有报送过"
		if !h.Last.IsZero() {
			last = h.Last.In(l.AsOf.Location()).Format("2006年1月2日 15:04")
		}
		t.Rows = append(t.Rows, tables.Row{Cells: []string{h.Name, last, h.Unit}})
	}
	if t.Remarks = []string{l.Received()}; len(l.Missing) > 0 {
		said, _, _ := strings.Cut(l.Received(), "；")
		t.Remarks = []string{said + "。上面的单位期末一周内没有报送，表里没有它们在那以后的数。"}
	}
	return t
}

// since is what an edition says otherwise than the one before it, and what came late.
func (l layout) since(i report.Issue) (all []tables.Table) {
	if len(i.Since) > 0 {
		t := l.table("和上一版不同的数", worded("行", 60), worded("指标", 34),
			tables.Column{Title: "上一版", Width: 20, Align: typeset.Right}, tables.Column{Title: "这一版", Width: 20, Align: typeset.Right})
		for _, c := range i.Since {
			t.Rows = append(t.Rows, tables.Row{Cells: []string{strings.Join(c.Labels, "　"), c.Indicator.Name, c.Was, c.Is}})
		}
		all = append(all, t)
	}
	if len(i.Late) > 0 {
		t := l.table("上一版以后补报补录的", worded("编号", 34), worded("站点", 50), worded("事项", 70))
		for _, m := range i.Late {
			t.Rows = append(t.Rows, tables.Row{Cells: []string{m.Number, places.Of(m.Where).Where, m.Title}})
		}
		if i.More > 0 {
			t.Remarks = []string{"还有 " + strconv.Itoa(i.More) + " 件没有列出。"}
		}
		all = append(all, t)
	}
	return all
}
