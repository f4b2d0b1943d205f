package command

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	reports "lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
	"lianluo.local/data/day"
	"lianluo.local/data/problem"
)

type reportOptions struct {
	from, to, by, of, compare, out string
	sign                           string
	checked                        bool
}

func reportFlags(fs *flag.FlagSet) *reportOptions {
	o := &reportOptions{}
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.StringVar(&o.by, "by", "", "")
	fs.StringVar(&o.of, "of", "", "")
	fs.StringVar(&o.compare, "compare", "", "")
	fs.StringVar(&o.out, "out", "", "")
	fs.Var(signing{&o.sign}, "sign", "")
	fs.BoolVar(&o.checked, "checked", false, "")
	return o
}

// ask reads what a report is asked for.
func (o *reportOptions) ask(kind string, now time.Time) (a reports.Ask, err error) {
	wrong, known := problem.Problems{}, false
	if a.Kind, known = reports.KindByCode(kind); !known {
		return a, usage("没有“" + kind + "”这种报告，report --list 列出全部")
	}
	read := func(code, s string) string {
		on, why := day.Date(s, now)
		if why != "" {
			wrong[code] = why
		}
		return on
	}
	a.From, a.To = read("from", o.from), read("to", o.to)
	for _, code := range split(o.by) {
		axis, known := figure.AxisByCode(code)
		if !known {
			return a, usage("不能按“" + code + "”分，可以按 " + strings.Join(axes(), "、"))
		}
		a.By = append(a.By, axis)
	}
	if len(a.By) > 2 {
		return a, usage("最多按两样交叉分，请去掉几样")
	}
	for _, typed := range split(o.of) {
		i, known := figure.ByName(typed)
		if !known {
			return a, usage("没有“" + typed + "”这个指标，report --list 列出全部")
		}
		a.Codes = append(a.Codes, i.Code)
	}
	for _, c := range split(o.compare) {
		if c != reports.Before && c != reports.Year {
			return a, usage("--compare 请写 before（和上期比）或 year（和上年同期比）")
		}
		a.Compare = append(a.Compare, c)
	}
	return a, wrong.Or()
}

func split(list string) (words []string) {
	return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",，", r) })
}

func axes() (list []string) {
	for _, a := range figure.Axes {
		list = append(list, a.Code+" "+a.Name)
	}
	return list
}

// reportKinds lists the reports, by what each is parted and what it counts.
func reportKinds(e *env) error {
	for _, k := range reports.Kinds {
		var names []string
		for _, i := range figure.Some(k.Codes...) {
			names = append(names, i.Name)
		}
		about := map[string]any{"kind": k.Code, "name": k.Name, "period": k.Period, "by": k.By, "indicators": k.Codes}
		if err := e.say(about, "%-14s %s　%s", k.Code, k.Name, strings.Join(names, "、")); err != nil {
			return err
		}
	}
	if e.json {
		return nil
	}
	fmt.Fprintf(e.out, "\n--by 可以按：%s\n\n指标：\n", strings.Join(axes(), "、"))
	for _, i := range figure.Indicators {
		fmt.Fprintf(e.out, "%-16s %s\n", i.Code, defined(i))
	}
	return nil
}

// defined is an indicator with what it means.
func defined(i figure.Indicator) string {
	when := ""
	if i.Day != "" {
		when = "按" + i.Day + "，"
	}
	return fmt.Sprintf("%s（%s%s）：%s来源：%s。", i.Name, when, i.Unit, i.Definition, i.Source)
}

// reportOf makes a report and prints it, or writes it into a file.
func reportOf(e *env, o *reportOptions) error {
	if len(e.args) > 1 && e.args[0] != "issue" && e.args[0] != "issued" {
		return usage("多了“" + e.args[1] + "”")
	}
	e.sign(o.sign)
	switch e.args[0] {
	case "issue":
		return issue(e, o)
	case "issued":
		return issuedOnes(e, o)
	case "public":
		return publicPage(e, o)
	}
	a, err := o.ask(e.args[0], e.app.Now())
	if err != nil {
		return err
	}
	if o.out != "" {
		if err := e.app.WriteReport(e.ctx, a, o.out); err != nil {
			return err
		}
		return e.say(map[string]string{"kind": a.Kind.Code, "file": o.out}, "%s在 %s", a.Kind.Name, o.out)
	}
	if e.json {
		a.Codes = a.Told()
	}
	r, err := e.app.Report.Make(e.ctx, a)
	if err != nil {
		return err
	}
	if e.json {
		return e.print(r.Plain())
	}
	return e.table(r)
}

// table prints a report for people: nine indicators at a time, what it is held against behind each total, and below what a
// reader has to know to add it up.
func (e *env) table(r reports.Report) error {
	fmt.Fprintf(e.out, "%s\n截至 %s\n", r.Title, r.AsOf.Format("2006年1月2日 15:04"))
	fmt.Fprintln(e.out, r.Received())
	const across = 9
	for at := 0; at < len(r.Indicators); at += across {
		list := r.Indicators[at:min(at+across, len(r.Indicators))]
		rows := [][]string{{""}}
		for _, i := range list {
			rows[0] = append(rows[0], i.Name)
		}
		add := func(label string, row figure.Row) {
			cells := []string{label}
			for _, i := range list {
				cells = append(cells, r.Cell(row, i))
			}
			rows = append(rows, cells)
		}
		for _, row := range r.Rows {
			add(strings.Join(row.Labels, "　"), row)
		}
		add("合计", r.Total)
		for _, p := range []*reports.Part{r.Before, r.Year} {
			if p != nil {
				add(p.Name, p.Total)
			}
		}
		fmt.Fprintln(e.out)
		columns(e.out, rows)
	}
	for i, m := range r.Items {
		if i == 0 {
			fmt.Fprintln(e.out)
		}
		who := cmp.Or(strings.Join(m.Units, "、"), m.Leader, places.Of(m.Holder).Where)
		limit := ""
		if m.Limit() != "" {
			limit = "，限 " + m.Limit()
		}
		fmt.Fprintf(e.out, "%s  %s  %s  %s（%s%s）\n", m.Number, places.Of(m.Station).Where, m.Title, who, m.State, limit)
	}
	fmt.Fprintln(e.out)
	for _, n := range r.Notes {
		fmt.Fprintln(e.out, n)
	}
	for _, i := range r.Indicators {
		fmt.Fprintln(e.out, defined(i))
	}
	return nil
}

// columns sets cells in columns as wide as they need be, where a Chinese character takes two places; all but the first stand
// right.
func columns(out io.Writer, rows [][]string) {
	wide := func(s string) (n int) {
		for _, r := range s {
			if n++; r >= 0x2e80 {
				n++
			}
		}
		return n
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], wide(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-wide(cell))
			if i == 0 {
				b.WriteString(cell + gap)
			} else {
				b.WriteString("  " + gap + cell)
			}
		}
		fmt.Fprintln(out, strings.TrimRight(b.String(), " "))
	}
}
