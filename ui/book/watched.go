package book

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"lianluo.local/app/ledger"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
)

// watch asks how many matters each of what somebody watches chooses now, and shows them as chips; red where one of them is overdue.
func (p *Page) watch() {
	kit.Do(p.host.Run, p.host.Context, p.ledger.Watch, func(list []ledger.Watched, err error) {
		if err != nil {
			return // the list says what is amiss
		}
		p.watched = list
		var options []kit.Option
		for _, w := range list {
			text := fmt.Sprintf("%s %d", w.Name, w.N)
			switch {
			case w.N < 0:
				text = w.Name + " 要改"
			case w.Late > 0:
				text += fmt.Sprintf("（超期 %d）", w.Late)
			}
			options = append(options, kit.Option{Code: w.Name, Text: text, Bad: w.Late > 0})
		}
		p.views.SetOptions(options)
		if p.views.Hidden = len(list) == 0; p.views.Hidden && p.drop.Visible() {
			p.drop.Hide()
		}
		p.list.Refresh()
	})
}

// view is what is watched under a name.
func (p *Page) view(name string) (ledger.Saved, bool) {
	at := slices.IndexFunc(p.watched, func(w ledger.Watched) bool { return w.Name == name })
	if at < 0 {
		return ledger.Saved{}, false
	}
	return p.watched[at].Saved, true
}

// choice is what is looked at now as it is kept: what was watched before, narrowed by what the fields say.
func (p *Page) choice(w asked) ledger.Choice {
	saved, _ := p.view(w.view)
	c := saved.Choice
	switch w.state {
	case "":
	case "late":
		c.State = "pressing"
	case "urgent":
		c.State, c.Urgent = "open", true
	case "spot":
		c.State = strconv.Itoa(int(matter.Answered))
	case "open":
		c.State = "open"
	default:
		c.Basket = w.state
	}
	c.Text, c.Register = cmp.Or(w.text, c.Text), cmp.Or(w.register, c.Register)
	c.Category, c.Station = cmp.Or(w.category.Code, c.Category), cmp.Or(w.station.Code, c.Station)
	return c
}

// keep asks for a name and keeps what is looked at now under it.
func (p *Page) keep() {
	c := p.choice(p.got)
	if c == (ledger.Choice{}) {
		p.host.Say(kit.Plain, "请先选好要看的（状态、登记簿、类别，或者找的字），再记下来。")
		return
	}
	name := kit.NewEntry("名称，如 城管局没办完的")
	name.SetText(p.got.view)
	field := kit.NewField("名称", false, name)
	var s *kit.Dialog
	save := func() {
		saved := ledger.Saved{Name: name.Text, Choice: c}
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, p.ledger.Save(ctx, saved) },
			func(_ struct{}, err error) {
				var wrong problem.Problems
				if errors.As(err, &wrong) {
					field.Say(wrong.Sentence())
					return
				}
				s.Close()
				if err != nil {
					p.host.Say(kit.Bad, p.host.Explain(err))
					return
				}
				p.host.Say(kit.Good, "已记下关注，点它的名称就能看。")
				p.watch()
			})
	}
	name.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyReturn || k == fyne.KeyEnter {
			save()
			return true
		}
		return false
	}
	s = kit.Show(p.host.Canvas(), "记下关注", field.Container, fyne.NewSize(560, 0), kit.NewButton("记下", "", true, save),
		kit.NewButton("不记了", "Esc", false, func() { s.Close() }))
	kit.Focus(name)
}

// forget takes what is looked at off the list of what is watched.
func (p *Page) forget() {
	name := p.got.view
	if name == "" {
		return
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, p.ledger.Drop(ctx, name) },
		func(_ struct{}, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.host.Say(kit.Plain, "已去掉关注“"+name+"”，事项没有动。")
			p.views.Choose("")
			p.ask(p.many())
			p.watch()
		})
}

// export writes what is looked at into a table.
func (p *Page) export() { p.actions.Export(cmp.Or(p.got.view, "台账"), p.query(p.got, 0)) }
