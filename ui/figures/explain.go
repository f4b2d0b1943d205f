package figures

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/ui/kit"
)

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
	for label, code := range map[string]string{"分子": i.Over, "分母": i.Under} {
		if of, ok := figure.ByCode(code); ok {
			add(label, of.Name+"："+of.Definition)
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
	var s *kit.Dialog
	s = kit.Show(p.host.Canvas(), fmt.Sprintf("%s还没有报送的 %d 个单位", strings.TrimSpace(r.Part.Name), len(r.Missing)), t.Container,
		fyne.NewSize(760, 900), kit.NewButton("知道了", "Esc", true, func() { s.Close() }))
	t.Set(r.Missing)
	t.Choose(0)
	t.Focus()
}
