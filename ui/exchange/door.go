package exchange

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// door is where those stand who ask to be accepted.
type door struct {
	p       *Page
	rows    *fyne.Container
	waiting map[journal.Hash]*request // kept, so that half-typed digits stay
}

func newDoor(p *Page) *door {
	return &door{p: p, rows: kit.Rows(), waiting: map[journal.Hash]*request{}}
}

func (d *door) side() *side { return &side{"asking", kit.Scroll(d.rows), d.text, d.show} }

func (d *door) text(s seen) string {
	if len(s.asking) == 0 && d.p.courier.Settings.Role == journal.Station {
		return ""
	}
	if s.folder != nil { // nobody knows now
		return "等待接入"
	}
	return fmt.Sprintf("等待接入 %d 个", len(s.asking))
}

func (d *door) show(s seen) {
	kept := map[journal.Hash]*request{}
	hint := "请用您一直用的号码打电话给对方，请对方念出屏幕上的校验号，填好再确认。"
	switch {
	case s.folder != nil:
		hint = "共享文件夹没有连上，看不到有没有新的申请。"
	case len(s.asking) == 0:
		hint = "没有新的单位在等。"
	}
	rows := []fyne.CanvasObject{kit.Hint(hint)}
	for i, a := range append(slices.Clone(s.asking), s.former...) {
		if i == len(s.asking) {
			rows = append(rows, kit.Bold("停用过的电脑、换掉的密钥"), kit.Hint("不用管；弄错了要恢复的，才打电话核对、确认。"))
		}
		r := d.waiting[a.Hash()]
		if r == nil {
			r = newRequest(d.p, a)
		}
		kept[a.Hash()] = r
		r.who.SetText("电话 " + cmp.Or(s.phones[a.Unit], "请查自己的本子") + "　" + a.Unit + "　" + a.Asked.In(d.p.courier.Now().Location()).Format("1月2日") + "申请")
		r.further = slices.ContainsFunc(s.below, func(g courier.Progress) bool { return g.Unit == a.Unit && !g.Revoked })
		r.second.Hidden = !r.further
		rows = append(rows, r.Container)
	}
	d.waiting = kept
	d.rows.Objects = rows
	d.rows.Refresh()
}

// What becomes of the computer that a unit has in use already.
const both, instead = "both", "instead"

// request is one who asks to be accepted. Its digits are not shown: they come by telephone.
type request struct {
	*fyne.Container
	p       *Page
	asks    trust.Asking
	who     *kit.Label
	second  *fyne.Container // asks what becomes of the computer in use
	fate    *kit.Chips
	further bool
	digits  *kit.Entry
	wrong   *kit.Label
	accept  *kit.Button
}

func newRequest(p *Page, a trust.Asking) *request {
	r := &request{p: p, asks: a, who: kit.Hint(""), digits: kit.NewEntry("十六位校验号"), wrong: kit.Text(""),
		fate: kit.NewChips(false, kit.Option{Code: both, Text: "两台都用"}, kit.Option{Code: instead, Text: "换掉旧的"})}
	r.wrong.Importance = widget.DangerImportance
	r.wrong.Hide()
	r.digits.OnEnter = r.do
	r.accept = kit.NewButton("确认接入", "", false, r.do)
	r.second = container.NewGridWithColumns(2, kit.Text("这个单位已经有一台电脑在用，这一台来了以后："), r.fate)
	r.fate.OnChanged = func() { r.wrong.Hide() }
	entry := container.NewVBox(container.NewBorder(nil, nil, nil, r.accept, r.digits), r.wrong)
	r.Container = kit.Card(container.NewVBox(container.NewGridWithColumns(2, container.NewVBox(kit.Bold(a.Name), r.who), entry), r.second))
	return r
}

func (r *request) do() {
	fate, heard, replace := r.fate.One(), r.digits.Text, r.further && r.fate.One() == instead
	if r.further && fate == "" {
		r.say("请先选：两台都用，还是换掉旧的。")
		kit.Focus(r.fate)
		return
	}
	r.p.act(func(ctx context.Context) error {
		let := r.p.courier.Accept
		if replace {
			let = r.p.courier.Replace
		}
		_, err := let(ctx, r.asks.Unit, heard)
		return err
	}, func() string {
		if replace {
			return "已接入 " + r.asks.Name + " 的新电脑，旧的停用了。它下次报送时就能收到。"
		}
		return "已接入 " + r.asks.Name + "。它下次报送时就能收到。"
	}, func(s string) {
		r.say(s)
		kit.Focus(r.digits)
	})
}

func (r *request) say(s string) {
	r.wrong.SetText(s)
	r.wrong.Show()
}
