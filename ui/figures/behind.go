package figures

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// behind is the list behind a number, in place of the page.
type behind struct {
	cell
	page  *Page
	table *kit.Table[item]
	count *kit.Label
	state string
	busy  bool
}

// item is a matter or a session of a list.
type item struct {
	view  ledger.View
	sat   *report.Sitting
	much  int64 // of the number stands for it
	above int64 // of a rate: how much of what is divided
}

// most is how many of each are listed.
const most = 500

// found is what stands behind a number.
type found struct {
	items             []item
	matters, sessions int
	much              int64
	state             string
}

// open opens a cell, or the definition of a column.
func (p *Page) open(row, column int) {
	switch {
	case len(p.got.heads) == 0:
	case row < 0:
		p.define(p.got.indicator(column))
	case p.got.Issued != nil:
		p.host.Say(kit.Plain, asIssued)
	default:
		p.reveal(p.got.cell(row, column))
	}
}

// reveal shows what stands behind a number.
func (p *Page) reveal(c cell) {
	b := &behind{cell: c, page: p, count: kit.Hint("正在找这个数后面的事项…")}
	b.table = kit.NewTable("", b.columns()...)
	b.table.ClickOpens = true
	b.table.OnOpen = func(it item) {
		switch {
		case it.sat == nil && p.actions.Matter != nil:
			p.actions.Matter(it.view)
		case it.sat != nil && p.actions.Session != nil:
			p.actions.Session(it.sat.ID)
		}
	}
	head := kit.Bold(c.name + "　" + c.of.Name + "：" + with(c.text, c.of))
	p.behind = b
	p.lay(&over{focus: b.table.Focus, again: b.again}, kit.Page("统计报表", "↑↓ 选一件，回车打开，Esc 回到刚才的数。",
		container.NewBorder(container.NewVBox(head, kit.Hint(said(c.of))),
			container.NewBorder(nil, nil, nil, container.NewVBox(kit.NewButton("返回", "Esc", false, p.close)), b.count), nil, nil,
			b.table.Container)))
	b.again()
}

// over is what stands in place of the page.
type over struct {
	object fyne.CanvasObject
	from   fyne.Focusable // what had the keyboard before
	focus  func()         // gives it the keyboard
	again  func()         // asks whether it still holds
	keys   map[kit.Key]func()
}

// lay lays something in place of the page, and gives it the keyboard.
func (p *Page) lay(o *over, object fyne.CanvasObject) {
	if c := p.host.Canvas(); c != nil {
		o.from = c.Focused()
	}
	o.object = object
	p.over = o
	p.turned()
	p.main.Hide()
	p.object.Add(object)
	p.host.Say(kit.Plain, "")
	o.focus()
}

// close goes back to where somebody was before: from the list behind a number to its cell.
func (p *Page) close() {
	o := p.over
	for k := range o.keys {
		delete(kit.Keys, k)
	}
	p.over, p.behind = nil, nil
	p.turned()
	p.object.Remove(o.object)
	p.main.Show()
	if p.unfocus(); o.from != nil {
		kit.Focus(o.from)
	}
}

// Start gives the keyboard back to a list that was left for one of its things.
func (p *Page) Start() {
	if p.over != nil {
		p.over.focus()
	}
}

// again finds what stands behind the number, unless nothing has changed since.
func (b *behind) again() {
	p := b.page
	if b.busy {
		return
	}
	b.busy = true
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (f found, err error) {
		if f.state, err = p.desk.State(ctx); err != nil || f.state == b.state {
			return f, err
		}
		l, err := p.desk.Behind(ctx, b.part, b.of, b.keys...)
		if err != nil {
			return f, err
		}
		var over report.List
		if i, ok := figure.ByCode(b.of.Over); ok {
			if over, err = p.desk.Behind(ctx, b.part, i, b.keys...); err != nil {
				return f, err
			}
		}
		return p.gather(ctx, l, over, f)
	}, func(f found, err error) {
		b.busy = false
		switch {
		case p.behind != b:
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
		case f.state != b.state:
			b.state = f.state
			b.table.Nothing("这个数后面没有事项和场次。")
			b.table.Update(f.items, sameItem)
			if _, ok := b.table.Chosen(); !ok {
				b.table.Choose(0)
			}
			b.count.SetText(b.counted(f))
		}
	})
}

func sameItem(a, b item) bool { return a.id() == b.id() }

func (it item) id() string {
	if it.sat != nil {
		return it.sat.ID
	}
	return it.view.ID
}

// gather reads the matters and sessions of a list, the newest first.
func (p *Page) gather(ctx context.Context, l, over report.List, f found) (found, error) {
	much, above := map[int64]int64{}, map[int64]int64{}
	for _, b := range l.Matters {
		much[b.Row] = b.Much
		f.much += b.Much
	}
	for _, b := range over.Matters {
		above[b.Row] = b.Much
	}
	for _, b := range l.Sessions {
		f.much += b.Much
	}
	f.matters, f.sessions = len(l.Matters), len(l.Sessions)
	rows := l.Rows()
	slices.Sort(rows)
	slices.Reverse(rows)
	if rows = rows[:min(most, len(rows))]; len(rows) > 0 {
		page, err := p.ledger.Page(ctx, ledger.Query{Filter: ledger.Filter{Rows: rows}, Limit: most})
		if err != nil {
			return f, err
		}
		for _, v := range page.Matters {
			f.items = append(f.items, item{view: v, much: much[v.Row], above: above[v.Row]})
		}
	}
	sat, err := p.desk.Sat(ctx, l, most)
	for _, s := range sat {
		f.items = append(f.items, item{sat: &s, much: s.Much})
	}
	return f, err
}

// counted says how the list and the number go together.
func (b *behind) counted(f found) string {
	of := b.of
	under, rate := figure.ByCode(of.Under)
	said := ""
	if rate {
		said = fmt.Sprintf("下面是%s的 %d %s，右边写着算进%s多少。", under.Name, f.much, under.Unit, name(of.Over))
	}
	var what []string
	if f.matters > 0 {
		what = append(what, fmt.Sprintf("%d 件事项", f.matters))
	}
	if f.sessions > 0 {
		what = append(what, fmt.Sprintf("%d 场", f.sessions))
	}
	if len(what) > 0 {
		said += "一共 " + strings.Join(what, "、") + "。"
	}
	switch {
	case of.Code == "seated":
		said = "编入代表按名册数，请到“代表名册”按站点看。"
	case of.Code == "persons" || of.Code == "coverage":
		said += "同一位代表来几场只算一个人。"
	case f.much > int64(f.matters+f.sessions) && !rate:
		said += fmt.Sprintf("有的不止算一次，加起来是 %d %s。", f.much, of.Unit)
	}
	if f.matters > most || f.sessions > most {
		said += fmt.Sprintf("这里是最新的 %d 件。", most)
	}
	return said
}

func name(code string) string {
	i, _ := figure.ByCode(code)
	return i.Name
}

// columns are those of a list: what a matter and a session have in common.
func (b *behind) columns() []kit.Column[item] {
	type column = kit.Column[item]
	of := func(matter func(ledger.View) string, sat func(*report.Sitting) string) func(item) string {
		return func(it item) string {
			if it.sat != nil {
				return sat(it.sat)
			}
			return matter(it.view)
		}
	}
	by := func(text func(item) string) func(a, b item) bool {
		return func(a, b item) bool { return text(a) < text(b) }
	}
	title, state, site := show.Title(8), show.State(6.2), show.Site()
	number := of(func(v ledger.View) string { return v.Number }, func(s *report.Sitting) string { return s.Day + " " + s.From })
	stands := of(state.Text, func(s *report.Sitting) string { return s.State.String() })
	where := of(site.Text, func(s *report.Sitting) string { return places.Of(s.Station).Site })
	day := of(func(v ledger.View) string { return b.page.ledger.Day(v.Occurred) }, func(*report.Sitting) string { return "" })
	cols := []column{
		{Title: "编号", Width: 11.2, Text: number, Less: by(number)},
		{Title: "事由", Least: 8, Text: of(title.Text, func(s *report.Sitting) string { return s.Title() })},
		{Title: "状态", Width: 6.2, Text: stands, Less: by(stands)},
		{Title: "联络站", Width: 6.4, Spare: true, Text: where, Less: by(where)},
		{Title: "反映日", Width: 4.8, Spare: true, Text: day, Less: func(a, b item) bool { return a.view.Occurred.Before(b.view.Occurred) }},
	}
	if b.of.Rate() {
		return append(cols, column{Title: name(b.of.Over), Width: 5.5, Text: func(it item) string { return fmt.Sprint(it.above) },
			Less: func(a, b item) bool { return a.above < b.above }})
	}
	return append(cols, column{Title: "算几" + b.of.Unit, Width: 4.6, Text: func(it item) string { return fmt.Sprint(it.much) },
		Less: func(a, b item) bool { return a.much < b.much }})
}
