package exchange

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// board is the page as a county or the city sees it: its units, or who waits to be accepted.
type board struct {
	p       *Page
	up      *fyne.Container // the way up, where there is one
	line    *widget.Label
	print   *widget.Label
	side    *kit.Chips      // which of the two is shown
	units   *fyne.Container // the table, and what is said about the chosen line
	table   *kit.Table[courier.Progress]
	detail  *widget.Label
	revoke  *kit.Button
	asking  *fyne.Container
	rows    *fyne.Container
	waiting map[journal.Hash]*request // kept, so that half-typed digits stay
}

func newBoard(p *Page) (*board, fyne.CanvasObject) {
	b := &board{p: p, line: kit.Text(""), print: digits(), side: kit.NewChips(false), rows: kit.Rows(), waiting: map[journal.Hash]*request{}, detail: kit.Text("")}
	b.up = kit.Card(container.NewBorder(nil, nil, nil, b.print, b.line))
	b.revoke = kit.NewButton("停用", "", false, b.ask)
	b.table = kit.NewTable("还没有单位接入。请让它们装好程序、选好共享文件夹，申请会出现在“等待接入”里。", b.columns()...)
	b.table.OnChosen = b.tell
	detail := kit.Scroll(b.detail)
	detail.SetMinSize(fyne.NewSize(0, 4*kit.Bold("国").MinSize().Height/2))
	about := kit.Card(container.NewBorder(nil, nil, nil, container.NewCenter(b.revoke), detail))
	b.units = container.NewBorder(nil, about, nil, nil, b.table.Container)
	b.asking = container.NewStack(kit.Scroll(b.rows))
	b.side.Choose("units")
	b.side.OnChanged = b.turn
	return b, kit.Page("报送", "看看各单位的记录收齐了没有；新来的先打电话核对校验号再接入。",
		container.NewBorder(kit.Rows(p.notice.Container, b.up, b.side), nil, nil, nil, container.NewStack(b.units, b.asking)), p.now)
}

// turn shows the side that is chosen.
func (b *board) turn() {
	if b.side.One() == "" {
		b.side.Choose("units")
	}
	b.units.Hidden, b.asking.Hidden = b.side.One() != "units", b.side.One() == "units"
	b.p.object.Refresh()
}

func (b *board) columns() []kit.Column[courier.Progress] {
	now := b.p.courier.Now
	number := func(n uint64) string {
		if n == 0 {
			return "—"
		}
		return fmt.Sprint(n)
	}
	return []kit.Column[courier.Progress]{
		{Title: "单位", Text: func(g courier.Progress) string { return g.Name }},
		{Title: "最近联系", Width: 8, Text: func(g courier.Progress) string {
			if s := spoken(g.LastHeard, now()); s != "" {
				return s
			}
			return "还没有"
		}},
		{Title: "收到/共", Width: 5, Text: func(g courier.Progress) string { return fmt.Sprintf("%d/%d", g.Stored, g.Sent) }},
		{Title: "缺", Width: 2, Text: func(g courier.Progress) string { return number(missing(g)) }, Tone: func(g courier.Progress) kit.Tone {
			return map[bool]kit.Tone{true: kit.Bad}[missing(g) > 0]
		}},
		{Title: "等待", Width: 3, Text: func(g courier.Progress) string { return number(uint64(g.Waiting)) }},
		{Title: "问题", Text: func(g courier.Progress) string {
			var words []string
			for _, t := range b.troubles(g) {
				words = append(words, t.short)
			}
			return cmp.Or(strings.Join(words, "；"), "✓ 正常")
		}, Tone: b.tone},
	}
}

// tone is red where somebody should do something, amber where it is enough to know.
func (b *board) tone(g courier.Progress) kit.Tone {
	tone := kit.Good
	for _, t := range b.troubles(g) {
		if tone = kit.Soon; !t.mild {
			return kit.Bad
		}
	}
	return tone
}

func (b *board) troubles(g courier.Progress) []trouble {
	return troubles(g, b.p.courier.Now(), b.p.host.Explain)
}

func (b *board) show(v seen) {
	up, now, parent := above(b.p.role), b.p.courier.Now(), b.p.courier.Settings.Parent != ""
	switch b.up.Hidden = false; {
	case v.folder != nil:
		b.line.SetText(b.p.host.Explain(v.folder))
	case !parent:
		b.up.Hide()
	case v.up == nil:
		b.line.SetText("还没有和" + up + "接上：请打电话给" + up + "，逐位核对本单位的校验号。")
	default:
		b.line.SetText(summary(v, up, now) + advice(v, up, b.p.host.Explain))
	}
	b.print.SetText(groups(v.print))
	b.print.Hidden = v.folder != nil || v.up != nil || !parent || v.print == ""
	b.list(v.asking)
	bad := 0
	for _, g := range v.below {
		if b.tone(g) == kit.Bad {
			bad++
		}
	}
	known := fmt.Sprintf("已接入 %d 个", len(v.below))
	if bad > 0 {
		known += fmt.Sprintf("，%d 个要看一看", bad)
	}
	b.side.SetOptions([]kit.Option{{Code: "units", Text: known}, {Code: "asking", Text: fmt.Sprintf("等待接入 %d 个", len(v.asking))}})
	b.table.Update(v.below, func(x, y courier.Progress) bool { return x.Unit == y.Unit })
	if g, ok := b.table.Chosen(); ok {
		b.tell(g)
	} else {
		b.detail.Importance = widget.LowImportance
		b.detail.SetText("选中一行，这里说明它的情况和该怎么办。")
		b.revoke.Hide()
	}
	b.turn()
}

// tell says about the chosen unit what its line cannot.
func (b *board) tell(g courier.Progress) {
	b.detail.Importance = widget.MediumImportance
	b.detail.SetText(standing(g, b.p.courier.Now(), b.p.host.Explain))
	b.revoke.Hidden = g.Revoked
	b.units.Refresh()
}

func (b *board) ask() {
	g, ok := b.table.Chosen()
	if !ok {
		return
	}
	kit.Ask(b.p.host.Canvas(), "停用 "+g.Name, "停用以后不再收它送来的文件，以前收到的都还在。以后可以重新核对校验号再接入。", "停用", func() {
		b.p.act(func(ctx context.Context) error { return b.p.courier.Revoke(ctx, g.Unit) }, "已停用 "+g.Name+"，以前收到的都还在。",
			func(s string) { b.p.notice.Say(kit.Bad, s) })
	})
}

// list shows who asks to be accepted, and turns to them when the first comes and away after the last.
func (b *board) list(asking []courier.Asking) {
	kept := map[journal.Hash]*request{}
	var rows []fyne.CanvasObject
	for _, a := range asking {
		r := b.waiting[a.Hash()]
		if r == nil {
			r = newRequest(b.p, a)
		}
		kept[a.Hash()] = r
		rows = append(rows, r.Container)
	}
	switch {
	case len(b.waiting) == 0 && len(kept) > 0 && b.table.Rows() == nil:
		b.side.Choose("asking")
	case len(kept) == 0:
		b.side.Choose("units")
	}
	b.waiting = kept
	hint := "请打电话给对方，让对方念出屏幕上的校验号，填好再确认。"
	if len(rows) == 0 {
		hint = "没有单位在等。"
	}
	b.rows.Objects = append([]fyne.CanvasObject{kit.Hint(hint)}, rows...)
}

// request is one who asks to be accepted. Its digits are not shown: they come by telephone.
type request struct {
	*fyne.Container
	digits *kit.Entry
	wrong  *widget.Label
	hash   journal.Hash
	accept *kit.Button
}

func newRequest(p *Page, a courier.Asking) *request {
	r := &request{digits: kit.NewEntry("十位校验号"), wrong: kit.Text(""), hash: a.Hash()}
	r.wrong.Importance = widget.DangerImportance
	r.wrong.Hide()
	do := func() {
		p.act(func(ctx context.Context) error {
			_, err := p.courier.Accept(ctx, a.Unit, r.digits.Text)
			return err
		}, "已接入 "+a.Name+"。它下次报送时就能收到。", func(s string) {
			r.wrong.SetText(s)
			r.wrong.Show()
			kit.Focus(r.digits)
		})
	}
	r.digits.OnEnter = do
	r.accept = kit.NewButton("确认接入", "", false, do)
	who := container.NewVBox(kit.Bold(a.Name), kit.Hint(a.Unit+"　电话 "+cmp.Or(a.Phone, "没有留")))
	entry := container.NewBorder(nil, nil, nil, r.accept, r.digits)
	r.Container = kit.Card(container.NewVBox(container.NewGridWithColumns(2, who, container.NewVBox(entry)), r.wrong))
	return r
}
