package figures

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/day"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
)

// periods are those that the tabs offer.
var periods = []kit.Option{{Code: string(figure.Week), Text: "周"}, {Code: string(figure.Month), Text: "月"},
	{Code: string(figure.Quarter), Text: "季"}, {Code: string(figure.Half), Text: "半年"}, {Code: string(figure.Year), Text: "年"},
	{Code: string(figure.Term), Text: "届"}}

// turn shows the period of a kind in which the present one ends, as far as that is over.
func (p *Page) turn(to figure.Period) {
	w := p.want
	if to != figure.Week {
		w = p.tabled()
	}
	w.period, w.span = to, p.desk.Calendar.Of(to, min(w.span.To, p.today()))
	p.look(w)
}

// next goes from weeks to months, and so on.
func (p *Page) next() {
	at := slices.IndexFunc(periods, func(o kit.Option) bool { return o.Code == string(p.want.period) })
	p.turn(figure.Period(periods[(at+1)%len(periods)].Code))
}

// step goes to the period before or after.
func (p *Page) step(by int) {
	w, c := p.want, p.desk.Calendar
	switch long := w.span.To - w.span.From + 1; {
	case by < 0:
		w.span = c.Before(w.span)
	case w.span.To >= p.today():
		p.host.Say(kit.Plain, "后面的日子还没有到。")
		return
	case w.period == figure.Any:
		w.span = figure.Span{From: w.span.To + 1, To: w.span.To + long}
	default:
		w.span = c.Of(w.period, w.span.To+1)
	}
	p.look(w)
}

// compare holds the numbers against the period before, then the year before, then nothing.
func (p *Page) compare() {
	w := p.want
	w.compare = map[string]string{report.Before: report.Year, report.Year: "", "": report.Before}[w.compare]
	p.host.Say(kit.Plain, map[string]string{report.Before: "和上一期比。", report.Year: "和上年同期比。", "": "不比了。"}[w.compare])
	p.look(w)
}

// choice is one of what is offered to choose.
type choice struct{ code, name, note string }

// choose lets somebody choose one of some: ↑↓ and Enter.
func (p *Page) choose(title string, list []choice, here string, take func(code string)) {
	var s *kit.Dialog
	t := kit.NewTable("", kit.Column[choice]{Title: "名称", Least: 8, Text: func(c choice) string { return c.name }},
		kit.Column[choice]{Title: "", Width: 16, Spare: true, Text: func(c choice) string { return c.note }})
	t.ClickOpens = true
	t.OnOpen = func(c choice) {
		s.Close()
		take(c.code)
	}
	s = kit.Show(p.host.Canvas(), title, t.Container, fyne.NewSize(720, 900), kit.NewButton("不换了", "Esc", false, func() { s.Close() }))
	t.Set(list)
	t.Choose(max(slices.IndexFunc(list, func(c choice) bool { return c.code == here }), 0))
	t.Focus()
}

// kinds lets somebody choose a report.
func (p *Page) kinds() {
	var list []choice
	for _, k := range report.Kinds {
		var by []string
		for _, a := range p.desk.Axes(report.Ask{Kind: k}) {
			by = append(by, a.Name)
		}
		list = append(list, choice{k.Code, k.Name, "按" + strings.Join(by, "、")})
	}
	p.choose("看哪一种报表", list, p.want.kind, func(code string) {
		w := p.want
		k, _ := report.KindByCode(code)
		w.kind, w.by, w.code, w.period = code, "", "", k.Period
		if old, _ := report.KindByCode(p.want.kind); old.Period != k.Period || w.period != p.want.period {
			w.span = p.desk.Calendar.Of(k.Period, min(w.span.To, p.today()))
		}
		p.look(w)
	})
}

// axis lets somebody choose by what the numbers are parted, second by what besides.
func (p *Page) axis() {
	now := p.codes()
	p.choose("按什么分", axes(""), at(now, 0), func(code string) {
		p.part(slices.Replace(now, 0, min(1, len(now)), code))
	})
}

func (p *Page) second() {
	now := p.codes()
	if len(now) == 0 {
		p.axis()
		return
	}
	list := slices.DeleteFunc(axes("不再分"), func(c choice) bool { return c.code == now[0] })
	p.choose("再按什么分", list, at(now, 1), func(code string) { p.part([]string{now[0], code}) })
}

// part parts the numbers by some axes.
func (p *Page) part(codes []string) {
	if len(codes) > 1 && (codes[1] == codes[0] || codes[1] == "") {
		codes = codes[:1]
	}
	w := p.tabled()
	if w.by, w.code = strings.Join(codes, " "), ""; len(codes) > 1 {
		_, column := p.grid.Chosen()
		w.code = "collected"
		if len(p.got.heads) > 0 {
			w.code = p.got.indicator(column).Code
		}
	}
	p.look(w)
}

// indicators lets somebody choose the one that two axes cross, or that of one axis to which the table moves.
func (p *Page) indicators() {
	if len(p.got.heads) == 0 {
		return
	}
	var list []choice
	for _, i := range p.want.ask().Kind.Codes {
		list = append(list, choice{i, name(i), ""})
	}
	row, column := p.grid.Chosen()
	p.choose("看哪个数", list, p.got.indicator(column).Code, func(code string) {
		w := p.want
		if !p.got.crosses() {
			p.grid.Choose(max(row, 0), slices.IndexFunc(p.got.Indicators, func(i figure.Indicator) bool { return i.Code == code }))
			p.grid.Focus()
			return
		}
		w.code = code
		p.look(w)
	})
}

// codes are those of the axes that are wanted now.
func (p *Page) codes() (codes []string) {
	for _, a := range p.axes() {
		codes = append(codes, a.Code)
	}
	return codes
}

func at(codes []string, i int) string {
	if i < len(codes) {
		return codes[i]
	}
	return ""
}

// axes are all by which numbers can be parted; none stands for no axis, where it has a name.
func axes(none string) (list []choice) {
	if none != "" {
		list = append(list, choice{"", none, ""})
	}
	for _, a := range figure.Axes {
		list = append(list, choice{a.Code, a.Name, ""})
	}
	return list
}

// between asks for any span of days.
func (p *Page) between() {
	from, to := kit.NewEntry("从哪天，如 11月1日"), kit.NewEntry("到哪天，这天也算")
	from.SetText(p.want.span.First())
	to.SetText(thing.Date(min(p.want.span.To, p.today())))
	days := kit.NewField("起止日期", false, container.NewGridWithColumns(2, from, to))
	var s *kit.Dialog
	see := func() {
		first, why := day.Date(from.Text, p.desk.Now())
		last, other := day.Date(to.Text, p.desk.Now())
		a := p.want.ask()
		a.From, a.To = first, last
		span, err := p.desk.Span(a)
		switch {
		case why+other != "":
			days.Say(map[bool]string{true: other, false: why}[why == ""])
		case first == "" || last == "":
			days.Say("请写从哪天到哪天")
		case err != nil:
			days.Say("后一天在前一天以前，或者隔得太久，请核对")
		default:
			s.Close()
			w := p.tabled()
			w.span, w.period = span, p.desk.Calendar.Is(span)
			p.look(w)
			return
		}
		kit.Focus(from)
	}
	to.OnEnter = see
	s = kit.Show(p.host.Canvas(), "看哪一段日子", days.Container, fyne.NewSize(720, 280),
		kit.NewButton("不看了", "Esc", false, func() { s.Close() }), kit.NewButton("看这一段", "回车", true, see))
	kit.Focus(from)
}

// Print shows the report as it will print.
func (p *Page) Print() {
	if p.over == nil && p.actions.Print != nil {
		p.actions.Print(p.want.ask(), p.issued())
	}
}

// files are those that a report is kept as.
var files = []struct{ ending, name string }{
	{"pdf", "PDF，打印用"}, {"xlsx", "Excel 表，合计是公式"}, {"docx", "Word 文档，可以改字"}, {"csv", "CSV，给别的程序"},
}

// save asks as what to keep the report.
func (p *Page) save() {
	if p.actions.Save == nil {
		return
	}
	var s *kit.Dialog
	box := container.NewVBox()
	for _, f := range files {
		box.Add(kit.NewButton(f.name, "", false, func() {
			s.Close()
			p.actions.Save(p.want.ask(), p.issued(), f.ending)
		}))
	}
	s = kit.Show(p.host.Canvas(), "报表另存为", box, fyne.NewSize(560, 0), kit.NewButton("不存了", "Esc", false, func() { s.Close() }))
	if first, ok := box.Objects[0].(*kit.Button); ok {
		kit.Focus(first)
	}
}
