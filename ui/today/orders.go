package today

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// Orders are the doors from what citizens ordered of deputies (点单).
type Orders struct {
	Menu func()                                // the printed menu of deputies
	List func()                                // the masked list of open wishes for the wall
	Text func(context.Context) (string, error) // the same as a text for a chat group
}

// wishes are the open ones, by how far they have come.
type wishes struct{ idle, asked, late, back int }

// ordered is the card of the open wishes; none where there are none.
func (p *Page) ordered(ctx context.Context) (cards []card, err error) {
	if p.Orders == nil {
		return nil, nil
	}
	ms, err := p.ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Holder: p.ledger.Unit, Wishes: []matter.Wish{matter.Wished, matter.Offered, matter.Refused}}})
	if err != nil || len(ms) == 0 {
		return nil, err
	}
	var n wishes
	for _, m := range ms {
		switch {
		case m.Late(p.ledger.Now()):
			n.late++
		case m.Wish() == matter.Offered:
			n.asked++
		case m.Wish() == matter.Refused:
			n.back++
		default:
			n.idle++
		}
	}
	note := ""
	for _, c := range []struct {
		n    int
		what string
	}{{n.late, "%d 件代表过了期限没答复"}, {n.back, "%d 件两位都没接，请站长定"}, {n.idle, "%d 件等着请代表接"}, {n.asked, "%d 件等代表答复"}} {
		if c.n > 0 {
			note += fmt.Sprintf("；"+c.what, c.n)
		}
	}
	return []card{{fmt.Sprintf("点单 %d 件", len(ms)), note[len("；"):], "点单…", n.late+n.back > 0, "", p.doors}}, nil
}

// doors leads to the wishes, to their papers and to the text for the group.
func (p *Page) doors() {
	box := container.NewVBox()
	var on *kit.Dialog
	var first *kit.Button
	door := func(text string, do func()) {
		b := kit.NewButton(text, "", false, func() { on.Close(); do() })
		if box.Add(b); first == nil {
			first = b
		}
	}
	for _, b := range p.ledger.Baskets() {
		if b.Code == "wished" || b.Code == "offered" {
			door("看“"+b.Name+"”", func() { p.open(b) })
		}
	}
	door("复制发到群里的文字", p.copied)
	door("打印点单公示单…", p.Orders.List)
	door("打印代表点单菜单…", p.Orders.Menu)
	on = kit.Show(p.host.Canvas(), "点单", kit.Scroll(box), fyne.NewSize(620, 520), kit.NewButton("不办了", "Esc", false, func() { on.Close() }))
	kit.Focus(first)
}

// copied puts the open wishes as a text into the clipboard.
func (p *Page) copied() {
	kit.Do(p.host.Run, p.host.Context, p.Orders.Text, func(text string, err error) {
		switch {
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
		case text == "":
			p.host.Say(kit.Plain, "没有可以公开的点单：保密的、代表已经接了的不发。")
		default:
			fyne.CurrentApp().Clipboard().SetContent(text)
			p.host.Say(kit.Good, "已复制，到群里粘贴就可以发。群众的姓名已遮住。")
		}
	})
}
