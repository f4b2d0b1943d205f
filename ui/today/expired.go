package today

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// overdue is what is known too long: matters, and rounds of visits.
type overdue struct {
	matters []ledger.View
	rounds  []session.Session
}

// rounds are those on which somebody was visited who is known too long.
func (p *Page) rounds(ctx context.Context) ([]session.Session, error) {
	if p.Rounds == nil {
		return nil, nil
	}
	return p.Rounds(ctx)
}

// expired shows the matters and rounds of whose citizens more is known than may be, to be looked at one by one or redacted
// all at once.
func (p *Page) expired(b ledger.Basket) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (o overdue, err error) {
		page, err := p.ledger.Page(ctx, ledger.Query{Filter: b.Filter, Limit: 1000})
		if o.matters = page.Matters; err == nil {
			o.rounds, err = p.rounds(ctx)
		}
		return o, err
	}, func(o overdue, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		lines := container.NewVBox()
		for _, v := range o.matters {
			lines.Add(kit.Text(v.Number + "　" + v.State.String() + "　" + v.Title))
		}
		for _, s := range o.rounds {
			lines.Add(kit.Text(s.Day + "　走访　" + s.Title()))
		}
		var sheet *kit.Dialog
		content := container.NewBorder(kit.Text(show.Redacts), nil, nil, nil, kit.Scroll(lines))
		look := kit.NewButton("逐件看…", "", false, func() { sheet.Close(); p.open(b) })
		sheet = kit.Show(p.host.Canvas(), fmt.Sprintf("%d 件过了保存期", len(lines.Objects)), content, fyne.NewSize(760, 560),
			kit.NewButton("先不隐去", "Esc", false, func() { sheet.Close() }), look,
			kit.NewButton("全部隐去", "", false, func() { sheet.Close(); p.redact() }))
		kit.Focus(look)
	})
}

func (p *Page) redact() {
	kit.Do(p.host.Run, p.host.Context, p.Redact, func(n int, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.host.Say(kit.Good, fmt.Sprintf("%d 件已隐去，报送以后各级也隐去。", n))
		p.Shown()
	})
}
