package exchange

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/trust"
	"lianluo.local/assets/places"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// own are our own digits, to be read out or handed over.
type own struct {
	*fyne.Container
	print *widget.Label
}

// newOwn shows them with the slip for the office above, or for those below.
func newOwn(p *Page, up bool) *own {
	o := &own{print: digits()}
	slip := map[bool]string{true: "打印接入申请单…", false: "打印接入单…"}[up]
	o.Container = container.NewBorder(nil, nil, nil,
		container.NewCenter(kit.NewButton(slip, "", false, func() { p.do.Slip(up) })), o.print)
	return o
}

func (o *own) show(s seen) { o.print.SetText(kit.Fours(s.print)) }

// keys is the sheet about this computer's keys: rarely needed, so behind a quiet button.
type keys struct {
	p      *Page
	sheet  *kit.Dialog
	print  *widget.Label
	stick  *kit.Folder
	field  *kit.Field
	notice *kit.Notice
}

func (k *keys) open() {
	p := k.p
	own := newOwn(p, p.courier.Settings.Role == journal.Station)
	k.print, k.notice = own.print, kit.NewNotice()
	k.print.SetText(kit.Fours(p.seen.print))
	whose := "打电话核对时，请念这十六位；也可以印成单子交给对方。"
	if up := p.seen.up; up != nil && up.Compared != "" && up.Print != "" {
		whose += p.up + "的校验号是 " + kit.Fours(up.Print) + "，是在这里核对过的。"
	}
	parts := []fyne.CanvasObject{k.notice.Container, kit.Bold("本机的校验号"), own.Container, kit.Hint(whose),
		kit.Bold("更换密钥"), action("怀疑电脑或密钥被人拷过时才换。换了以后旧密钥签的新记录没有人信；对方下次收到就自动知道，不用重新接入。",
			kit.NewButton("更换密钥…", "", false, k.renew))}
	if p.courier.Settings.Role == journal.County {
		k.stick = kit.NewFolder("空U盘的位置", p.host.Canvas)
		k.field = kit.NewField("写到", false, k.stick.Container)
		about := "县里的电脑都坏了时，凭它能打开各站报送来的文件。写到一个空U盘上，锁进保险柜，不要留在任何电脑上。"
		if p.courier.Keys().Recovery != nil {
			about += "以前已经做过一把；再做一把，新的文件只有新的能打开，旧U盘请继续留着。"
		}
		parts = append(parts, kit.Bold("恢复密钥"), kit.Text(about), k.field.Container,
			container.NewHBox(kit.NewButton("做恢复密钥", "", false, k.recovery)))
	}
	k.sheet = kit.Show(p.host.Canvas(), "密钥", kit.Scroll(container.NewVBox(parts...)), fyne.NewSize(860, 700),
		kit.NewButton("关闭", "Esc", false, func() { k.sheet.Close() }))
}

// action is a sentence with the button that does it.
func action(says string, b *kit.Button) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewCenter(b), kit.Text(says))
}

func (k *keys) renew() {
	kit.Ask(k.p.host.Canvas(), "更换密钥", "换好以后本机的校验号就变了，以前印的接入单作废。请把新的十六位抄下来。下次报送时对方自动知道。", "更换", func() {
		print := ""
		k.p.act(func(ctx context.Context) error {
			err := k.p.courier.Renew(ctx, k.p.do.Random)
			print = k.p.courier.Print()
			return err
		}, func() string {
			k.print.SetText(kit.Fours(print))
			k.notice.Say(kit.Good, "已换新密钥。下次报送时对方自动知道，不用重新接入。")
			return "已换新密钥，请报送一次，让对方知道。"
		}, func(s string) { k.notice.Say(kit.Bad, s) })
	})
}

func (k *keys) recovery() {
	c, dir := k.p.courier, strings.TrimSpace(k.stick.Entry.Text)
	k.field.Say("")
	if dir == "" {
		k.field.Say("请先插好空U盘，选好它的位置")
		kit.Focus(k.stick.Entry)
		return
	}
	k.p.act(func(context.Context) error {
		if err := home.Home(c.Home).Outside(filepath.Join(dir, "keys"), c.Settings.Folder); err != nil {
			return err
		}
		return c.Recovery(dir, k.p.do.Random)
	}, func() string {
		k.notice.Say(kit.Good, "恢复密钥已写好。请把这个U盘锁进保险柜，不要留在任何电脑上。各站下次报送以后也会用上它。")
		return "恢复密钥已写好，请把U盘锁进保险柜。"
	}, k.field.Say)
}

// former are the computers of our own unit that were there before this one. Units below tell of them; what they wrote
// comes back once a person here says that they were ours.
type former struct {
	p      *Page
	says   *kit.Label
	digits *kit.Digits
	people *fyne.Container // those that a person here said are ours, each with what takes it back
	rows   *fyne.Container
	shown  []trust.Earlier
}

func newFormer(p *Page) *former {
	e := &former{p: p, says: kit.Text(""), people: kit.Rows()}
	e.digits = p.digits("以前那台电脑的十六位校验号")
	e.digits.Entry.OnEnter = e.confirm
	field := container.NewBorder(nil, nil, nil, container.NewVBox(kit.NewButton("认这一台", "", false, e.confirm)),
		e.digits.Container)
	e.rows = kit.Rows(kit.Card(closely(kit.Bold("本单位以前的电脑"), e.says,
		kit.Text("是本单位用过的，照它以前的接入单填十六位；单子没有了，打电话请接过它的单位念。不是本单位用过的，不要填，问一问是谁写的。"), field)), e.people)
	return e
}

func (e *former) side() *side {
	return &side{"earlier", kit.Scroll(container.New(readable{}, e.rows)), e.text, e.show}
}

// named are those that somebody tells of and nobody here spoke of, and the units that tell.
func named(list []trust.Earlier) (n int, by []string) {
	for _, was := range trust.Unanswered(list) {
		n++
		for _, unit := range was.By {
			if !slices.Contains(by, unit) {
				by = append(by, unit)
			}
		}
	}
	return n, by
}

func (e *former) text(s seen) string {
	switch n, _ := named(s.earlier); {
	case n > 0:
		return fmt.Sprintf("以前的电脑 %d 台没认", n)
	case len(s.earlier) > 0:
		return "以前的电脑"
	}
	return ""
}

func (e *former) show(s seen) {
	const most = 3 // of the units that are named
	n, by := named(s.earlier)
	tell := "没有别的等着认。"
	if n > 0 {
		var names []string
		for _, unit := range by[:min(most, len(by))] {
			names = append(names, places.Of(unit).Full)
		}
		tell = strings.Join(names, "、")
		if len(by) > most {
			tell += fmt.Sprintf("等 %d 个单位", len(by))
		}
		tell += fmt.Sprintf("说，本单位以前有过 %d 台别的电脑。认了，它在本机启用以前写的记录就收回来。", n)
	}
	e.says.SetText(tell)
	if slices.EqualFunc(e.shown, s.earlier, func(a,
		b trust.Earlier) bool {
		return a.Hash() == b.Hash() && a.Believed == b.Believed
	}) {
		return
	}
	e.shown = s.earlier
	e.people.RemoveAll()
	for _, was := range s.earlier {
		if was.Believed {
			since := was.Asked.In(e.p.courier.Now().Location()).Format("2006年1月2日")
			e.people.Add(kit.Card(action("✓ 已认："+since+"的电脑",
				kit.NewButton("收回…", "", false, func() { e.disown(was) }))))
		}
	}
}

func (e *former) confirm() {
	typed, ok := e.digits.Take()
	if !ok {
		kit.Focus(e.digits.Entry)
		return
	}
	e.p.act(func(ctx context.Context) error {
		_, err := e.p.courier.Confirm(ctx, typed)
		return err
	}, func() string {
		e.digits.Clear()
		return "已认。它在本机启用以前写的记录，下次报送时收回来；认错了，按“收回…”。"
	}, func(s string) {
		e.digits.Say(s)
		kit.Focus(e.digits.Entry)
	})
}

func (e *former) disown(was trust.Earlier) {
	kit.Ask(e.p.host.Canvas(), "收回", "收回以后，这台不算本单位以前的电脑，它的记录不再采信。", "收回", func() {
		e.p.act(func(ctx context.Context) error {
			c := e.p.courier
			return c.Disown(ctx, c.Prints(ctx, []trust.Asking{{Card: was.Card}})[0])
		}, func() string { return "已收回。" }, e.p.failed)
	})
}
