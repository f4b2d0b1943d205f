package people

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/ui/kit"
)

// doubts lists the names in matters of which nobody can tell who on the roster they are; Enter says it of one, for all
// its matters. Who is on no roster stays a name.
func (p *Page) doubts() {
	if p.open != nil || len(p.strange) == 0 {
		return
	}
	table := kit.NewTable("都对上了。",
		kit.Column[roster.Asked]{Title: "姓名", Width: 6, Text: func(a roster.Asked) string { return a.Name }},
		kit.Column[roster.Asked]{Title: "站点", Least: 6, Text: func(a roster.Asked) string { return p.place(a.Station) }},
		kit.Column[roster.Asked]{Title: "件数", Width: 3, Text: func(a roster.Asked) string { return fmt.Sprint(a.Matters) }},
		kit.Column[roster.Asked]{Title: "名册里", Width: 8, Text: func(a roster.Asked) string {
			if len(a.People) == 0 {
				return "没有这个名字"
			}
			return fmt.Sprintf("有 %d 位同名", len(a.People))
		}})
	table.ClickOpens = true
	table.Set(p.strange)
	var on *kit.Dialog
	table.OnOpen = func(a roster.Asked) {
		on.Close()
		p.who(a)
	}
	on = kit.Show(p.host.Canvas(), "台账里认不出是谁的姓名", container.NewBorder(kit.Hint("名册里没有的，登记以后自己就对上；有同名的，按回车说是哪一位。"),
		nil, nil, nil, table.Container), fyne.NewSize(900, 2000), kit.NewButton("以后再说", "Esc", false, func() { on.Close() }))
	table.Choose(0)
	table.Focus()
}

// who asks who a name in the matters of a station is.
func (p *Page) who(a roster.Asked) {
	var options []kit.Option
	for _, v := range a.People {
		options = append(options, kit.Option{Code: v.ID, Text: v.Name, Note: strings.Trim(levels(v)+"　"+p.seats(v)+"　"+v.Employer+v.Post, "　")})
	}
	const add = "add"
	options = append(options, kit.Option{Code: add, Text: "登记一位新的…"}, kit.Option{Text: "都不是，先放着"})
	p.choose(fmt.Sprintf("%s　%s　%s 等 %d 件", a.Name, p.place(a.Station), a.Number, a.Matters), options, func(o kit.Option) {
		switch o.Code {
		case "":
		case add:
			begin := map[string]any{"name": a.Name, "stations": a.Station}
			p.ask(addition, person.Person{}, "", begin)
		default:
			kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (int, error) {
				return p.roster.Know(ctx, p.by, a.Name, a.Station, o.Code)
			}, func(n int, err error) {
				if err != nil {
					p.host.Say(kit.Bad, p.host.Explain(err))
					return
				}
				p.done(fmt.Sprintf("已对上，%d 件事项里的%s就是这一位。", n, a.Name))
			})
		}
	})
}
