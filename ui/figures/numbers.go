package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
)

// matters are the four numbers that matter, and the rate that is said with one.
var matters = []struct{ code, name, rate string }{
	{"collected", "新收", ""}, {"closed", "办结", "closedRate"}, {"satisfied", "满意", "satisfiedRate"}, {"overdue", "超期", ""},
}

// four shows them.
func (p *Page) four() {
	r := p.got.Report
	for n, m := range matters {
		i, _ := figure.ByCode(m.code)
		title := string(rune('①'+n)) + m.name
		if rate, ok := figure.ByCode(m.rate); ok {
			if cell := r.Cell(r.Total, rate); cell != "—" {
				title += " " + strings.Replace(cell, ".0%", "%", 1) // short, for large letters
			}
		}
		tone := kit.Plain
		if v, _ := r.Total.Says(i); v > 0 && m.code == "overdue" {
			tone = kit.Bad
		}
		p.numbers[n].Say(tone, title, r.Cell(r.Total, i), i.Unit, p.change(i))
	}
}

// change says in words how a number differs from what it is held against; its unit stands beside the number.
func (p *Page) change(i figure.Indicator) string {
	held := p.got.against
	if len(held) == 0 {
		return ""
	}
	now, told := p.got.Total.Says(i)
	was, counted := held[0].Total.Says(i)
	if !told || !counted {
		return ""
	}
	by := math.Round(now - was)
	switch before := p.before(); {
	case by > 0:
		return fmt.Sprintf("比%s多 %.0f", before, by)
	case by < 0:
		return fmt.Sprintf("比%s少 %.0f", before, -by)
	default:
		return "和" + before + "一样多"
	}
}

// before is what the period is called that numbers are held against.
func (p *Page) before() string {
	if p.got.compare == report.Year {
		return "上年同期"
	}
	return map[figure.Period]string{figure.Week: "上周", figure.Month: "上月", figure.Quarter: "上季度", figure.Half: "上一个半年", figure.Year: "上年",
		figure.Term: "上届", figure.Any: "前一段"}[p.got.period]
}

// number opens one of the four.
func (p *Page) number(n int) {
	i, ok := figure.ByCode(matters[n].code)
	switch {
	case !ok || p.got.Title == "":
	case p.got.Issued != nil:
		p.host.Say(kit.Plain, asIssued)
	default:
		p.reveal(p.got.filled(cell{of: i, part: p.got.Part, name: p.got.Name}, p.got.Total, true))
	}
}

// standing says as of when the numbers are, what was received and whether their time is over.
func (p *Page) standing() string {
	r, today := p.got.Report, p.today()
	said := p.called() + "；"
	if i := r.Issued; i != nil {
		said += p.bears(*i) + "；"
		today = thing.DaysAt(r.AsOf)
	}
	said += "截至 " + r.AsOf.Format("1月2日 15:04") + "，"
	switch n := len(r.Heard); {
	case n == 0:
		said += "都是本单位自己登记的。"
	case len(r.Missing) == 0:
		said += fmt.Sprintf("%d 个单位都已报送。", n)
	default:
		said += fmt.Sprintf("%d 个单位中 %d 个已报送。", n, n-len(r.Missing))
	}
	if r.Span.To > today {
		said += "这一期还没有过完。"
	}
	if !r.Total.Balanced() || slices.ContainsFunc(r.Rows, func(row figure.Row) bool { return !row.Balanced() }) {
		said += "有的行加起来对不上，按 E 看是哪几行。"
	}
	if e := p.got.given; e != nil {
		said += "已印发" + e.Heading() + "。"
	}
	return said
}

// said is an indicator with what it means, in one paragraph.
func said(i figure.Indicator) string {
	when := ""
	if i.Day != "" {
		when = "看" + i.Day + "，"
	}
	return fmt.Sprintf("%s（%s%s）：%s来源：%s。", i.Name, when, i.Unit, i.Definition, i.Source)
}

// define shows the definition of a column.
func (p *Page) define(i figure.Indicator) {
	lines := container.NewVBox(kit.Text(i.Definition))
	add := func(label, text string) {
		if text != "" {
			lines.Add(kit.Text(label + "：" + text))
		}
	}
	for _, of := range []struct{ label, code string }{{"分子", i.Over}, {"分母", i.Under}} {
		if i, ok := figure.ByCode(of.code); ok {
			add(of.label, i.Name+"："+i.Definition)
		}
	}
	add("看哪一天", i.Day)
	add("单位", i.Unit)
	add("来源", i.Source)
	var s *kit.Dialog
	s = kit.Show(p.host.Canvas(), i.Name, kit.Scroll(lines), fyne.NewSize(760, 480), kit.NewButton("知道了", "Esc", true, func() { s.Close() }))
}

// explain shows what has to be known to add the table up, and what each of its columns means.
func (p *Page) explain() {
	lines := container.NewVBox()
	for _, n := range p.got.Notes {
		lines.Add(kit.Bold(n))
	}
	lines.Add(kit.Text("上期结转 + 新收 = 办结 + 在办 + 移出，每一行都是。"))
	for _, i := range p.got.Indicators {
		lines.Add(kit.Text(said(i)))
	}
	var s *kit.Dialog
	s = kit.Show(p.host.Canvas(), "这些数怎样算", kit.Scroll(lines), fyne.NewSize(900, 900), kit.NewButton("知道了", "Esc", true, func() { s.Close() }))
}

// lacking names those who have not reported.
func (p *Page) lacking() {
	r := p.got.Report
	if len(r.Missing) == 0 {
		p.host.Say(kit.Plain, "没有缺的。")
		return
	}
	t := kit.NewTable("", kit.Column[report.Heard]{Title: "单位", Least: 8, Text: func(h report.Heard) string { return h.Name }},
		kit.Column[report.Heard]{Title: "报到哪天", Width: 9, Text: func(h report.Heard) string {
			if h.Last.IsZero() {
				return "还没有报送过"
			}
			return h.Last.In(r.AsOf.Location()).Format("2006年1月2日")
		}, Less: func(a, b report.Heard) bool { return a.Last.Before(b.Last) }})
	t.ClickOpens = true
	var s *kit.Dialog
	t.OnOpen = func(h report.Heard) {
		if p.actions.Unit != nil {
			s.Close()
			p.actions.Unit(h.Unit)
		}
	}
	s = kit.Show(p.host.Canvas(), fmt.Sprintf("%s还没有报送的 %d 个单位", strings.TrimSpace(r.Name), len(r.Missing)), t.Container,
		fyne.NewSize(760, 900), kit.NewButton("知道了", "Esc", true, func() { s.Close() }))
	t.Set(r.Missing)
	t.Choose(0)
	t.Focus()
}
