package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/office"
	"lianluo.local/app/sheet"
	"lianluo.local/app/sheet/grid"
	"lianluo.local/data/field"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// open asks about the row that was opened: what a column says, or what is meant in a cell.
func (p *Page) open(r row) {
	switch {
	case p.done || p.trial.Again:
	case p.tabs.One() == missing && p.actions.Open != nil:
		p.actions.Open(r.id)
	case r.whole:
		p.whole()
	case r.title.Column != "":
		p.column(r.title)
	case r.finding.Row > 0 && (p.tabs.One() == doubtful || p.tabs.One() == faulty):
		p.answer(r.finding)
	}
}

// rowName is what stands in the sheet where names are, in the row of a finding.
func (p *Page) rowName(f sheet.Finding) string {
	g := p.trial.Grid
	if g == nil || f.Row == 0 {
		return ""
	}
	for _, t := range p.trial.Titles(g) {
		if t.Key != "name" {
			continue
		}
		for _, r := range g.Rows {
			if r.N == f.Row {
				return strings.Join(strings.Fields(cell(r, t.Column)), "")
			}
		}
	}
	return ""
}

// whole asks what holds for all rows that do not say it themselves.
func (p *Page) whole() {
	begin := field.Values{}
	for code, v := range p.trial.Default {
		begin[code] = v
	}
	p.answers.Open(show.Sheet{Title: "没有写的按什么", Hint: "表里有这一栏、这一格写了的，照表里的。", Yes: "就这样", Fields: p.actions.Whole, Begin: begin,
		Do: func(_ context.Context, now, _ field.Values) error {
			p.said.Default = map[string]string{}
			for _, f := range p.actions.Whole {
				if v := strings.TrimSpace(now.Text(f.Code)); v != "" {
					p.said.Default[f.Code] = f.Words.Name(v)
				}
			}
			return nil
		}, Done: p.try})
}

// column asks what a column says.
func (p *Page) column(t sheet.Title) {
	var names []string
	for _, c := range p.actions.Columns {
		names = append(names, c.Name)
	}
	pick := kit.NewPicker("这一栏写的是什么：名称或首字母", func(typed string) (found []kit.Option) {
		for _, name := range office.Named(names, typed) {
			i := slices.Index(names, name)
			found = append(found, kit.Option{Code: p.actions.Columns[i].Key(), Text: name})
		}
		return found
	})
	var on *kit.Dialog
	set := func(key string) {
		on.Close()
		p.said.Mapping = p.trial.Mapping
		p.said.Columns = maps.Clone(p.trial.Columns)
		if p.said.Columns == nil {
			p.said.Columns = map[string]string{}
		}
		p.said.Columns[t.Column] = key
		p.try()
		p.table.Focus()
	}
	pick.OnChosen = func(o kit.Option) {
		if o.Code != "" {
			set(o.Code)
		}
	}
	on = kit.Show(p.host.Canvas(), fmt.Sprintf("%s 栏“%s”", t.Column, t.Text), container.NewVBox(kit.Hint("例如 "+t.Example), pick.Container),
		fyne.NewSize(760, 560), kit.NewButton("不改了", "Esc", false, func() { on.Close() }),
		kit.NewButton("这一栏不导入", "", false, func() { set("") }))
	kit.Focus(pick.Entry)
}

// why says what is asked; who may be meant stands on buttons and not in the sentence.
func (p *Page) why(f sheet.Finding) string {
	said, _, answers := strings.Cut(f.Why, "：是")
	if !answers || len(p.trial.Who[f.Cell]) == 0 {
		return f.Why
	}
	return said + "。"
}

// answer asks what is meant in a cell: one of those who may be meant, somebody new, nobody, or in other words. What does
// not answer it is told beneath it, and what was typed stays.
func (p *Page) answer(f sheet.Finding) {
	refused := kit.NewNotice()
	box := container.NewVBox(kit.Text(p.why(f)))
	refuse := func(why string) {
		refused.Say(kit.Bad, why)
		box.Refresh()
	}
	var on *kit.Dialog
	set := func(said string) {
		answered := p.answered(f, said)
		p.attempt(answered, func(t Trial) {
			if again := asks(t, f.Cell); again.Why == f.Why || again.Why != "" && len(t.Who[f.Cell]) == 0 {
				refuse("还不行：" + again.Why)
				return
			}
			on.Close()
			p.said = answered
			p.tell(t)
			p.table.Focus()
		})
	}
	acts := []*kit.Button{kit.NewButton("先不答", "Esc", false, func() { on.Close() }),
		kit.NewButton("这一行不导入", "", false, func() { set("skip") })}
	var first fyne.Focusable
	offer := func(text, said string) {
		b := kit.NewButton(text, "", false, func() { set(said) })
		if box.Add(b); first == nil {
			first = b
		}
	}
	for _, w := range p.trial.Who[f.Cell] {
		offer("就是 "+w.Name+"（"+w.Note+"）", w.ID)
	}
	if first != nil {
		offer("是另外一个，新登记", "new")
	} else {
		e := kit.NewEntry("写清楚是什么")
		e.SetText(p.written(f))
		sure := func() {
			if said := strings.TrimSpace(e.Text); said != "" {
				set(said)
			} else {
				refuse("还没有写；这一格不要了，请按“留空”。")
			}
		}
		e.OnEnter = sure
		box.Add(e)
		first = e
		acts = append(acts, kit.NewButton("留空", "", false, func() { set("") }), kit.NewButton("就这样", "Enter", true, sure))
	}
	box.Add(refused.Container)
	on = kit.Show(p.host.Canvas(), f.Cell+"　"+p.rowName(f), kit.Scroll(container.NewPadded(box)), fyne.NewSize(820, 560), acts...)
	kit.Focus(first)
}

// answered is what was said of the sheet with one answer more; a year alone answers for all days that have none.
func (p *Page) answered(f sheet.Finding, said string) Said {
	all := p.said
	if n, err := strconv.Atoi(said); err == nil && len(said) == 4 && len(f.Years) > 0 {
		all.Year = n
		return all
	}
	all.Answers = maps.Clone(all.Answers)
	if all.Answers == nil {
		all.Answers = map[string]string{}
	}
	all.Answers[f.Cell] = said
	return all
}

// asks gives what is asked or wrong at a cell still, nothing where nothing is.
func asks(t Trial, cell string) sheet.Finding {
	for _, f := range slices.Concat(t.Plan.Doubtful, t.Plan.Errors) {
		if f.Cell == cell {
			return f
		}
	}
	return sheet.Finding{}
}

// written is what stands in the cell of a finding, or was answered there before.
func (p *Page) written(f sheet.Finding) string {
	if said, ok := p.said.Answers[f.Cell]; ok {
		return said
	}
	letter := strings.TrimRight(f.Cell[strings.LastIndexByte(f.Cell, '!')+1:], "0123456789")
	for _, r := range p.trial.Grid.Rows {
		if r.N == f.Row {
			return strings.Join(strings.Fields(cell(r, letter)), " ")
		}
	}
	return ""
}

// pass leaves out all that is asked or wrong.
func (p *Page) pass() {
	if p.said.Answers == nil {
		p.said.Answers = map[string]string{}
	}
	p.said.Answers["*"] = "skip"
	p.try()
}

// commit takes the sheet.
func (p *Page) commit() {
	if !p.tried || p.done || p.busy || p.take.Hidden || p.take.Disabled() {
		return
	}
	p.busy = true
	t := p.trial
	p.host.Say(kit.Plain, "正在导入…")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, p.actions.Take(ctx, t) },
		func(_ struct{}, err error) {
			p.busy = false
			p.host.Say(kit.Plain, "")
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.done = true
			p.draw()
		})
}

// takeBack takes back what the sheet brought.
func (p *Page) takeBack() {
	batch := p.trial.Plan.Batch
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (int, error) { return p.actions.Undo(ctx, batch) },
		func(n int, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.try()
			p.host.Say(kit.Good, fmt.Sprintf("已撤回 %d 条，和导入以前一样。", n))
		})
}

// apart keeps the rows that are to be put right as a sheet of their own.
func (p *Page) apart() {
	t := p.trial
	kit.Browse(p.host.Canvas(), "要改的行存到哪里", "", func(dir string) {
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (string, error) { return p.actions.Wrong(ctx, t, dir) },
			func(file string, err error) {
				if err != nil {
					p.host.Say(kit.Bad, p.host.Explain(err))
					return
				}
				p.host.Say(kit.Good, "已存到 "+file+"。照“原因”一栏改好，再从这里导入。")
			})
	})
}

// cell is what stands in a row under a column's letter.
func cell(r grid.Row, letter string) string {
	if i := grid.Column(letter); i >= 0 && i < len(r.Cells) {
		return r.Cells[i].Text
	}
	return ""
}
