package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
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
	now, _ := p.got.Total.Says(i)
	was, _ := held[0].Total.Says(i)
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
	if i, ok := figure.ByCode(matters[n].code); ok && p.got.Title != "" {
		p.reveal(p.got.filled(cell{of: i, part: p.got.Part, name: p.got.Part.Name}, p.got.Total, true))
	}
}

// standing says as of when the numbers are, what was received and whether their time is over.
func (p *Page) standing() string {
	r := p.got.Report
	said := p.called() + "；截至 " + r.AsOf.Format("1月2日 15:04") + "，"
	switch n := len(r.Heard); {
	case n == 0:
		said += "都是本单位自己登记的。"
	case len(r.Missing) == 0:
		said += fmt.Sprintf("%d 个单位都已报送。", n)
	default:
		said += fmt.Sprintf("%d 个单位中 %d 个已报送。", n, n-len(r.Missing))
	}
	if r.Span.To > p.today() {
		said += "这一期还没有过完。"
	}
	if !r.Total.Balanced() || slices.ContainsFunc(r.Rows, func(row figure.Row) bool { return !row.Balanced() }) {
		said += "有的行加起来对不上，按 E 看是哪几行。"
	}
	return said
}
