package exchange

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// keys is the sheet about this computer's keys: rarely needed, so behind a quiet button.
type keys struct {
	p      *Page
	sheet  *kit.Sheet
	print  *widget.Label
	stick  *kit.Folder
	field  *kit.Field
	notice *kit.Notice
}

func (k *keys) open() {
	p := k.p
	own := newOwn(p)
	k.print, k.notice = own.print, kit.NewNotice()
	k.print.SetText(kit.Fours(p.seen.print))
	whose := "打电话核对时，请念这十六位；也可以印成单子交给对方。"
	if up := p.seen.up; up != nil && up.Compared != "" && up.Print != "" {
		whose += p.up + "的校验号是 " + kit.Fours(up.Print) + "，是在这里核对过的。"
	}
	parts := []fyne.CanvasObject{k.notice.Container, kit.Bold("本机的校验号"), own.Container, kit.Hint(whose),
		kit.Bold("更换密钥"), action("怀疑电脑或密钥被人拷过时才换。换了以后旧密钥签的新记录没有人信；对方下次收到就自动知道，不用重新接入。", kit.NewButton("更换密钥…", "", false, k.renew))}
	if p.courier.Settings.Role == journal.County {
		k.stick = kit.NewFolder("空U盘的位置", p.host.Canvas)
		k.field = kit.NewField("写到", false, k.stick.Container)
		about := "县里的电脑都坏了时，凭它能打开各站报送来的文件。写到一个空U盘上，锁进保险柜，不要留在任何电脑上。"
		if p.courier.Keys.Recovery != nil {
			about += "以前已经做过一把；再做一把，新的文件只有新的能打开，旧U盘请继续留着。"
		}
		parts = append(parts, kit.Bold("恢复密钥"), kit.Text(about), k.field.Container, container.NewHBox(kit.NewButton("做恢复密钥", "", false, k.recovery)))
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
