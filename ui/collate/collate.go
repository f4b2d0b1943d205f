// Package collate is the page 汇总梳理 of a station: the week's work at a table. Left are the matters that wait to be sorted
// or handed on, right the chosen one beside those that may be about the same thing, below what may be done.
package collate

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window around it.
type Actions struct {
	Ask   func(do string, vs []ledger.View, done func([]office.Outcome)) // the sheet of an act
	Open  func(ledger.View)                                              // shows one matter whole
	Print func(kind string, vs []ledger.View)                            // prints papers of a kind, after a preview
}

// Page is the page.
type Page struct {
	host    kit.Host
	ledger  *ledger.Ledger
	office  *office.Office
	actions Actions

	object fyne.CanvasObject
	count  *widget.Label
	table  *kit.Table[ledger.View]
	side   *fyne.Container
	bar    *fyne.Container
	asked  int
	row    int // to choose next
}

// New makes the page.
func New(h kit.Host, l *ledger.Ledger, o *office.Office, a Actions) *Page {
	p := &Page{host: h, ledger: l, office: o, actions: a, count: kit.Hint(""), side: container.NewStack(), bar: container.NewHBox(), row: -1}
	type view = ledger.View
	p.table = kit.NewTable("都梳理好了，没有等着办的。",
		kit.Column[view]{Title: "日期", Width: 5, Spare: true, Text: func(v view) string { return l.Day(v.Occurred) }},
		kit.Column[view]{Title: "事由", Text: func(v view) string { return v.Title }},
		kit.Column[view]{Title: "到哪一步", Width: 9.5, Spare: true, Text: view.Status, Tone: tone},
	)
	p.table.OnOpen = a.Open
	p.table.OnChosen = func(view) { p.chosen() }
	p.object = kit.Page("汇总梳理", "一件一件看：有没有同一件事，再定怎么办。", container.NewBorder(p.count, p.bar, nil, nil,
		container.New(halves{}, p.table.Container, p.side)))
	return p
}

func tone(v ledger.View) kit.Tone {
	return map[ledger.Light]kit.Tone{ledger.Red: kit.Bad, ledger.Yellow: kit.Soon}[v.Light]
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Start lets the arrows move in the list.
func (p *Page) Start() { p.table.Focus() }

// Print prints the table of opinions (意见汇总表) of what waits.
func (p *Page) Print() { p.actions.Print("summary", p.table.Rows()) }

// Shown asks again for what waits; the place in the list stays.
func (p *Page) Shown() {
	p.asked++
	asked := p.asked
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (vs []ledger.View, err error) {
		for _, b := range p.ledger.Baskets() {
			if b.Code == "collate" || b.Code == "new" {
				page, err := p.ledger.Page(ctx, ledger.Query{Filter: b.Filter, Limit: 1000})
				if err != nil {
					return nil, err
				}
				vs = append(vs, page.Matters...)
			}
		}
		return vs, nil
	}, func(vs []ledger.View, err error) {
		if asked != p.asked {
			return
		}
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		fresh := 0
		for _, v := range vs {
			if v.State == matter.Registered {
				fresh++
			}
		}
		p.count.SetText(fmt.Sprintf("还有 %d 件没有梳理，%d 件梳理好了等着交办或上报。", fresh, len(vs)-fresh))
		p.table.Update(vs, func(a, b ledger.View) bool { return a.ID == b.ID })
		if _, ok := p.table.Chosen(); !ok || p.row >= 0 {
			p.table.Choose(min(max(p.row, 0), len(vs)-1))
		}
		p.row = -1
		p.chosen()
	})
}

// chosen shows the chosen matter beside its like, and what may be done with it.
func (p *Page) chosen() {
	v, ok := p.table.Chosen()
	p.bar.RemoveAll()
	if !ok {
		p.side.Objects = nil
		p.side.Refresh()
		return
	}
	p.buttons(v)
	p.draw(v, nil)
	asked := p.asked
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]ledger.Match, error) { return p.ledger.Alike(ctx, v, 5) },
		func(ms []ledger.Match, err error) {
			if now, ok := p.table.Chosen(); err == nil && ok && now.ID == v.ID && asked == p.asked && len(ms) > 0 {
				p.draw(v, ms)
			}
		})
}

func (p *Page) buttons(v ledger.View) {
	if v.State == matter.Registered {
		p.add(v, "梳理好了…", "collate", true)
	}
	p.add(v, "交办…", "assign", v.State != matter.Registered)
	p.add(v, "上报…", "escalate", false)
	p.add(v, "并案…", "merge", false)
	p.bar.Add(kit.NewButton("补全更正", "Enter", false, func() { p.actions.Open(v) }))
	var ready []ledger.View
	for _, row := range p.table.Rows() {
		if row.State == matter.Collated && row.May("escalate", p.office.Settings.Unit) {
			ready = append(ready, row)
		}
	}
	if len(ready) > 1 {
		p.bar.Add(kit.NewButton(fmt.Sprintf("梳理好的 %d 件全部上报", len(ready)), "", false, func() { p.actions.Ask("escalate", ready, p.done) }))
	}
	p.bar.Add(kit.NewButton("意见汇总表", "Ctrl+P", false, p.Print))
	p.bar.Refresh()
}

// add offers an act where it may follow.
func (p *Page) add(v ledger.View, text, do string, primary bool) {
	for _, w := range p.office.Acts(v.Matter) {
		if w.Code == do {
			p.bar.Add(kit.NewButton(text, "", primary, func() {
				for i, row := range p.table.Rows() {
					if row.ID == v.ID {
						p.row = i
					}
				}
				p.actions.Ask(do, []ledger.View{v}, p.done)
			}))
		}
	}
}

func (p *Page) done([]office.Outcome) {
	p.Shown()
	p.table.Focus()
}

// draw puts a matter beside those that may be the same.
func (p *Page) draw(v ledger.View, alike []ledger.Match) {
	box := container.NewVBox(kit.Bold(v.Title))
	for _, line := range facts(v) {
		box.Add(kit.Text(line))
	}
	if len(alike) == 0 {
		box.Add(kit.Hint("没有看出和别的事项是同一件。"))
	} else {
		box.Add(kit.Bold(fmt.Sprintf("可能是同一件事的有 %d 件：", len(alike))))
		for _, m := range alike {
			lines := container.NewVBox(kit.Bold(strings.Join(m.Why, "、")), kit.Text(m.Number+"　"+m.Title))
			for _, line := range facts(m.View) {
				lines.Add(kit.Hint(line))
			}
			box.Add(kit.Card(lines))
		}
	}
	p.side.Objects = []fyne.CanvasObject{kit.Card(kit.Scroll(box))}
	p.side.Refresh()
}

// facts are what two matters are compared by.
func facts(v ledger.View) (lines []string) {
	for _, f := range [][2]string{
		{"反映人", v.Masked()}, {"地点", v.Place}, {"类别", ledger.CategoryName(v.Category)}, {"原话", v.Words}, {"拟办意见", v.Proposal},
		{"打算怎样办", matter.Modes.Name(v.Mode)},
	} {
		if f[1] != "" {
			lines = append(lines, f[0]+"："+f[1])
		}
	}
	return lines
}

// halves gives each side half of the width.
type halves struct{}

func (halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 200) }

func (halves) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := size.Width * 0.52
	os[0].Resize(fyne.NewSize(w-8, size.Height))
	os[1].Move(fyne.NewPos(w, 0))
	os[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
