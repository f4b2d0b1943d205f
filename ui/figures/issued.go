package figures

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
	"lianluo.local/data/issued"
	"lianluo.local/ui/kit"
)

// asIssued is said of a number of an issued report, behind which no list was kept.
const asIssued = "这是印发时的数，不再变；按 V 和现在比，按 Esc 回到现在的数。"

// keeping are what can be done with an issued report.
func (p *Page) keeping() (list []act) {
	list = []act{{"和现在比…", fyne.KeyV, true, p.since}, {"印发过的…", fyne.KeyG, true, p.editions}, {"怎样算…", fyne.KeyE, false, p.explain},
		{"图放大／还原", fyne.KeyT, false, p.enlarge}}
	if p.got.Issued == nil || p.got.Issued.Edition.Edition > 1 {
		list = append(list, act{"这一版改了什么…", fyne.KeyN, true, p.edited})
	}
	if p.actions.Save != nil {
		list = append(list, act{"报表另存为…", fyne.KeyS, false, p.save})
	}
	return list
}

// issued is the issued report that is shown, nil for numbers of today.
func (p *Page) issued() *report.Report {
	if p.got.Issued == nil {
		return nil
	}
	return &p.got.Report
}

// bears is what an issued report bears: its number and edition, when and by whom it was issued, the hash of its numbers.
func (p *Page) bears(i report.Issue) string {
	said := i.Heading() + "，" + i.Made.In(p.desk.Now().Location()).Format("1月2日 15:04") + "由"
	if i.Unit != p.desk.Unit {
		said += p.desk.Named(i.Unit)
	}
	if said += i.Maker + "印发，校验值 " + i.Mark(); i.Odd() != "" {
		said += "；" + strings.TrimSuffix(i.Odd(), "。")
	}
	return said
}

// later does something and shows what came of it, unless somebody went elsewhere meanwhile. What came in from others meanwhile is
// no reason to show nothing.
func later[T any](p *Page, work func(context.Context) (T, error), show func(T)) {
	want, left := p.want, p.left
	kit.Do(p.host.Run, p.host.Context, work, func(v T, err error) {
		switch {
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
		case want == p.want && left == p.left && p.over == nil && p.host.Canvas().Overlays().Top() == nil:
			p.host.Say(kit.Plain, "")
			show(v)
		}
	})
}

// changed is what an issued report says otherwise than it would today, or than the edition before.
type changed struct {
	report.Report // the issued one
	cells         []report.Change
	late          []issued.Item
	more          int
}

func (p *Page) changes(ctx context.Context, r report.Report) (c changed, err error) {
	c.Report = r
	c.cells, c.late, c.more, err = p.desk.Changed(ctx, r)
	return c, err
}

// issue issues what is shown: asked before, and where there is an edition already after a look at what has changed since.
func (p *Page) issue() {
	if p.got.Title == "" || p.counting() {
		return
	}
	type ahead struct {
		next report.Edition
		last *report.Edition
		changed
	}
	a, title := p.want.ask(), p.got.Title
	p.host.Say(kit.Plain, "正在看以前印发过没有…")
	later(p, func(ctx context.Context) (x ahead, err error) {
		if x.next, x.last, err = p.desk.Next(ctx, a); err != nil || x.last == nil {
			return x, err
		}
		r, err := p.desk.Kept(ctx, *x.last)
		if err == nil {
			x.changed, err = p.changes(ctx, r)
		}
		return x, err
	}, func(x ahead) {
		give := func() {
			p.host.Say(kit.Plain, "正在印发…")
			later(p, func(ctx context.Context) (report.Report, error) { return p.actions.Issue(ctx, a) }, func(r report.Report) {
				p.see(r)
				p.host.Say(kit.Good, "已印发 "+r.Title+"："+r.Issued.Heading()+"。按 P 打印，按 S 另存。")
			})
		}
		if x.last == nil {
			says := "这一份是" + x.next.Heading() + "。印发以后，它的数就不再变；以后补报来的，再印发时是第2版，写明改了什么。"
			if n := len(p.got.Missing); n > 0 {
				says += fmt.Sprintf("还有 %d 个单位没有报送。", n)
			}
			if p.got.Span.To > p.today() {
				says += "这一期还没有过完。"
			}
			kit.Ask(p.host.Canvas(), "印发 "+title, says, "印发", give)
			return
		}
		says := fmt.Sprintf("%s 已是%s，再印发是%s。", title, x.last.Heading(), x.next.Heading())
		p.differs(says, x.changed, "印发时", "现在", &act{name: "印发" + x.next.Heading(), key: fyne.KeyF, do: give})
	})
}

// since compares the issued report that is shown with what it would say today.
func (p *Page) since() {
	r := p.got.Report
	p.host.Say(kit.Plain, "正在和现在的数比…")
	later(p, func(ctx context.Context) (changed, error) { return p.changes(ctx, r) }, func(c changed) {
		p.differs(r.Title+" "+r.Issued.Heading()+"，和现在比。", c, "印发时", "现在", nil)
	})
}

// edited shows what the edition that is shown says otherwise than the one before.
func (p *Page) edited() {
	i := p.got.Issued
	if i == nil {
		return
	}
	p.differs(p.got.Title+" "+i.Heading()+"，和上一版比。", changed{p.got.Report, i.Since, i.Late, i.More}, "上一版", "这一版", nil)
}

// difference is a line of what has changed: what came late, or a cell.
type difference struct{ where, what, was, is, matter string }

func (c changed) lines() (list []difference) {
	for _, m := range c.late {
		list = append(list, difference{m.Number, m.Title + "（" + places.Of(m.Where).Site + "）", "还不知道", "补报", m.ID})
	}
	for _, x := range c.cells {
		list = append(list, difference{strings.Join(x.Labels, "　"), x.Indicator.Name, x.Was, x.Is, ""})
	}
	return list
}

// differs shows in place of the page what has changed: what came late opens its matter. An act stands below where there is one.
func (p *Page) differs(head string, c changed, was, is string, act *act) {
	type column = kit.Column[difference]
	t := kit.NewTable("没有变化：每个数都和"+was+"一样，也没有补报的。", column{Title: "哪一行", Least: 8, Text: func(d difference) string { return d.where }},
		column{Title: "哪个数", Least: 8, Text: func(d difference) string { return d.what }},
		column{Title: was, Width: 5.5, Text: func(d difference) string { return d.was }},
		column{Title: is, Width: 4.5, Text: func(d difference) string { return d.is }})
	t.ClickOpens = true
	t.OnOpen = func(d difference) {
		switch {
		case d.matter == "":
			p.host.Say(kit.Plain, "这是变了的数；补报的事项可以打开。")
		case p.actions.Named != nil:
			p.actions.Named(d.matter)
		}
	}
	said := fmt.Sprintf("补报 %d 件，变了的数 %d 个。", len(c.late)+c.more, len(c.cells))
	if c.more > 0 {
		said += fmt.Sprintf("补报的这里列出 %d 件。", len(c.late))
	}
	buttons := container.NewHBox(kit.NewButton("返回", "Esc", false, p.close))
	o := &over{focus: t.Focus, again: func() {}}
	if act != nil {
		do := func() {
			p.close()
			act.do()
		}
		buttons.Add(kit.NewButton(act.name, string(act.key), true, do))
		o.keys = map[kit.Key]func(){{Name: act.key}: do}
	}
	p.lay(o, kit.Page("统计报表", "↑↓ 选一行，补报的按回车打开，Esc 返回。", container.NewBorder(kit.Bold(head),
		container.NewBorder(nil, nil, nil, container.NewVBox(buttons), kit.Hint(said)), nil, nil, t.Container)))
	t.Set(c.lines())
	t.Choose(0)
}

// editions lists the reports that were issued, ours and those of others that came here, and opens one.
func (p *Page) editions() {
	later(p, p.desk.Issued, func(list []report.Edition) {
		if len(list) == 0 {
			p.host.Say(kit.Plain, "还没有印发过报告。看好一期，按 F 印发。")
			return
		}
		type column = kit.Column[report.Edition]
		by := func(text func(report.Edition) string) func(a, b report.Edition) bool {
			return func(a, b report.Edition) bool { return text(a) < text(b) }
		}
		unit := func(e report.Edition) string {
			if e.Unit == p.desk.Unit {
				return "本单位"
			}
			return p.desk.Named(e.Unit)
		}
		made := func(e report.Edition) string { return e.Made.In(p.desk.Now().Location()).Format("2006-01-02 15:04") }
		title := func(e report.Edition) string { return e.Title }
		t := kit.NewTable("", column{Title: "报告", Least: 12, Text: title, Less: by(title)},
			column{Title: "编号", Width: 7.5, Text: report.Edition.Heading},
			column{Title: "单位", Width: 8.5, Text: unit, Less: by(unit)},
			column{Title: "印发", Width: 8.5, Spare: true, Text: made, Less: by(made)},
			column{Title: "印发人", Width: 6, Spare: true, Text: func(e report.Edition) string { return e.Maker }})
		t.ClickOpens = true
		var s *kit.Dialog
		t.OnOpen = func(e report.Edition) {
			kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (report.Report, error) { return p.desk.Kept(ctx, e) },
				func(r report.Report, err error) {
					if !s.Open() {
						return
					}
					if s.Close(); err != nil {
						p.host.Say(kit.Bad, p.host.Explain(err))
						return
					}
					p.see(r)
				})
		}
		s = kit.Show(p.host.Canvas(), fmt.Sprintf("印发过的报告 %d 份", len(list)), t.Container, fyne.NewSize(1280, 900),
			kit.NewButton("不看了", "Esc", false, func() { s.Close() }))
		t.Set(list)
		t.Choose(max(0, slices.IndexFunc(list, func(e report.Edition) bool { return e.ID == p.want.edition })))
		t.Focus()
	})
}

// see shows an issued report as it was; Esc leads to the same report as it is today.
func (p *Page) see(r report.Report) {
	i := r.Issued
	w := asked{kind: i.Kind, period: p.desk.Calendar.Is(r.Span), span: r.Span, edition: i.ID}
	k, known := report.KindByCode(i.Kind)
	if !known {
		w.kind = p.report().kind
	}
	var own []string
	for _, axis := range p.desk.Axes(report.Ask{Kind: k}) {
		own = append(own, axis.Code)
	}
	by := slices.DeleteFunc(slices.Clone(i.By), func(code string) bool { _, known := figure.AxisByCode(code); return !known })
	if !slices.Equal(by, own) {
		w.by = strings.Join(by, " ")
	}
	switch {
	case r.Before != nil:
		w.compare = report.Before
	case r.Year != nil:
		w.compare = report.Year
	}
	if r.Margins[0] != nil {
		w.code = r.Indicators[0].Code
	}
	if p.want.kind != onePage {
		p.last = p.want
	}
	p.stop()
	p.count++
	p.busy, p.want, p.got = false, w, tableOf(answer{asked: w, Report: r})
	p.draw()
}
