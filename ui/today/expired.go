package today

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
)

// expired shows the matters of whose citizens more is known than may be, to be looked at one by one or redacted all at
// once.
func (p *Page) expired(b ledger.Basket) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (ledger.Page, error) {
		return p.ledger.Page(ctx, ledger.Query{Filter: b.Filter, Limit: 1000})
	}, func(page ledger.Page, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		var ids []string
		lines := container.NewVBox()
		for _, v := range page.Matters {
			ids = append(ids, v.ID)
			lines.Add(kit.Text(v.Number + "　" + v.State.String() + "　" + v.Title))
		}
		var sheet *kit.Dialog
		content := container.NewBorder(kit.Text("姓名、电话、住址、原话和保密内容从本机和备份里去掉，报送以后，收到过的各级也去掉；"+
			"编号、类别、标题和统计不变。隐去以后谁也找不回来，不能撤销。"), nil, nil, nil, kit.Scroll(lines))
		look := kit.NewButton("逐件看…", "", false, func() { sheet.Close(); p.open(b) })
		sheet = kit.Show(p.host.Canvas(), fmt.Sprintf("%d 件过了保存期", len(ids)), content, fyne.NewSize(760, 560),
			kit.NewButton("先不隐去", "Esc", false, func() { sheet.Close() }), look,
			kit.NewButton("全部隐去", "", false, func() { sheet.Close(); p.redact(ids) }))
		kit.Focus(look)
	})
}

func (p *Page) redact(ids []string) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (int, error) { return len(ids), p.Redact(ctx, ids) },
		func(n int, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.host.Say(kit.Good, fmt.Sprintf("%d 件已隐去，报送以后各级也隐去。", n))
			p.Shown()
		})
}
