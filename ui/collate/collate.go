// Package collate is the page 汇总梳理 of a station: the week's work at a table. Left are the matters that wait to be
// sorted or handed on, right the chosen one beside those that may be about the same thing, below what may be done.
package collate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it.
type Actions struct {
	Ask   show.Ask
	Open  func(ledger.View)                   // shows one matter whole
	Print func(kind string, vs []ledger.View) // prints papers of a kind, after a preview
	Fits  show.Fits
}

// Page is the page.
type Page struct {
	host    kit.Host
	ledger  *ledger.Ledger
	office  *office.Office
	actions Actions

	object fyne.CanvasObject
	count  *kit.Label
	table  *kit.Table[ledger.View]
	side   *show.Beside
	work   *fyne.Container
	bar    *fyne.Container
	asked  int
	next   show.Onward   // of the list
	fresh  []ledger.View // what was just handed to a department, to be printed
}

// New makes the page.
func New(h kit.Host, l *ledger.Ledger, o *office.Office, a Actions) *Page {
	p := &Page{host: h, ledger: l, office: o, actions: a, count: kit.Hint(""), bar: kit.NewFlow(),
		next: show.Onward{""}}
	day, rest, urgent, state := show.Day(l, 4.8), show.Rest(pressing), show.Urgent(), show.State(5.2)
	day.Spare, urgent.Spare, state.Spare = true, true, true
	p.table = kit.NewTable("都梳理好了，没有等着办的。", day, show.Title(8), rest, urgent, state)
	p.side = show.NewBeside(h, l, p.table, 5, draw, a.Fits)
	p.table.OnOpen = a.Open
	p.table.OnChosen = func(ledger.View) { p.chosen() }
	p.work = container.NewBorder(p.count, p.bar, nil, nil, container.New(halves{}, p.table.Container, p.side.Container))
	p.object = kit.Page("汇总梳理", "一件一件看：有没有同一件事，再定怎么办。", p.work)
	return p
}

// pressing is the tone of what is late or soon will be; of what has time nothing is said.
func pressing(v ledger.View) kit.Tone {
	if v.Light == ledger.Green {
		return kit.Plain
	}
	return show.Light(v)
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
		p.table.Update(vs, show.Same)
		p.next.Choose(p.table) // after an act; otherwise the one that somebody chose stays, or none is chosen
		p.next = nil
		p.chosen()
	})
}

// chosen shows the chosen matter beside its like, and what may be done with it.
func (p *Page) chosen() {
	v, ok := p.table.Chosen()
	p.buttons(v, ok)
	p.work.Refresh()
	p.side.Follow()
}

// buttons offers what may be done with the chosen matter, where one is chosen, and with all of them. As long as they
// are the same, those that stand there stay, with the focus.
func (p *Page) buttons(v ledger.View, chosen bool) {
	var bs []*kit.Button
	if chosen {
		for _, b := range []struct {
			text, do string
			primary  bool
		}{{"梳理好了…", "collate", v.State == matter.Registered}, {"交办…", "assign", v.State != matter.Registered},
			{"上报…", "escalate", false}, {"并案…", "merge", false}} {
			if slices.ContainsFunc(p.office.Acts(v.Matter), func(w words.Word) bool { return w.Code == b.do }) &&
				(b.do != "collate" || b.primary) {
				bs = append(bs, kit.NewButton(b.text, "", b.primary, func() { p.ask(b.do, v) }))
			}
		}
		bs = append(bs, kit.NewButton("补全更正", "Enter", false, func() { p.actions.Open(v) }))
	}
	if n := len(p.fresh); n > 0 {
		bs = append(bs, kit.NewButton(fmt.Sprintf("打印刚交办的 %d 件", n), "", false,
			func() { p.actions.Print("assignment", p.fresh) }))
	}
	var ready []ledger.View
	for _, row := range p.table.Rows() {
		if row.State == matter.Collated && row.May("escalate", p.office.Settings.Unit) {
			ready = append(ready, row)
		}
	}
	if len(ready) > 1 {
		bs = append(bs, kit.NewButton(fmt.Sprintf("梳理好的 %d 件全部上报", len(ready)), "", false,
			func() { p.ask("escalate", ready...) }))
	}
	bs = append(bs, kit.NewButton("意见汇总表", "Ctrl+P", false, p.Print))
	if slices.EqualFunc(p.bar.Objects, bs, func(o fyne.CanvasObject, b *kit.Button) bool {
		old := o.(*kit.Button)
		return old.Text == b.Text && old.Importance == b.Importance
	}) {
		for i, o := range p.bar.Objects {
			o.(*kit.Button).OnTapped = bs[i].OnTapped
		}
		return
	}
	p.bar.RemoveAll()
	for _, b := range bs {
		p.bar.Add(b)
	}
	p.bar.Refresh()
}

// ask opens the sheet of an act; once it is done, the next matter is chosen, and what went to a department can be
// printed.
func (p *Page) ask(do string, vs ...ledger.View) {
	p.actions.Ask(do, vs, func(list []office.Outcome) {
		p.fresh = nil
		for i, o := range list {
			if do == "assign" && o.Err == nil && len(o.Matter.Units) > 0 {
				p.fresh = append(p.fresh, p.ledger.After(vs[i], o.Matter))
			}
		}
		p.next = show.After(p.table, vs)
		p.Shown()
		p.table.Focus()
	})
}

// draw puts a matter beside those that may be the same.
func draw(v ledger.View, alike []ledger.Match) fyne.CanvasObject {
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
	return box
}

// facts are what two matters are compared by.
func facts(v ledger.View) (lines []string) {
	for _, f := range [][2]string{
		{"反映人", v.Masked()}, {"地点", v.Place}, {"类别", ledger.CategoryName(v.Category)}, {"原话", v.Words},
		{"拟办意见", v.Proposal},
		{"打算怎样办", words.Modes.Name(v.Mode)},
	} {
		if f[1] != "" {
			lines = append(lines, f[0]+"："+f[1])
		}
	}
	return lines
}

// halves gives each side half of the width; the lines of the right one end where they can still be read.
type halves struct{}

func (halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 200) }

func (halves) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := size.Width - min(0.48*size.Width, 44*fyne.CurrentApp().Settings().Theme().Size("text"))
	os[0].Resize(fyne.NewSize(w-8, size.Height))
	os[1].Move(fyne.NewPos(w, 0))
	os[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
