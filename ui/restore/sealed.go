package restore

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/kit"
)

// then asks for what opened a copy when it was made. It is seen once a copy turned out to be sealed with another key.
type then struct {
	name, password, sheet *kit.Entry
	object                *fyne.Container
}

func newThen(look func()) *then {
	t := &then{name: kit.NewEntry("当时登录用的姓名"), password: kit.NewSecret(""), sheet: kit.NewEntry("没有密码的，填当时恢复单上的十二个字")}
	t.password.OnEnter, t.sheet.OnEnter = look, look
	t.object = kit.Rows(kit.Text("这份备份是用另一把钥匙锁的（换过钥匙，或者是别的电脑做的）。请填做它的那时候的姓名和密码，或者恢复单，再按一次“核对”。"),
		kit.NewField("姓名", false, t.name).Container, kit.NewField("密码", false, t.password).Container,
		kit.NewField("恢复单", false, t.sheet).Container)
	t.object.Hide()
	return t
}

func (t *then) ask() {
	t.object.Show()
	kit.Focus(t.name)
}

// typed is what was typed for the copy that is chosen.
func (t *then) typed() Then {
	if !t.object.Visible() {
		return Then{}
	}
	return Then{strings.TrimSpace(t.name.Text), t.password.Text, strings.TrimSpace(t.sheet.Text)}
}

// sealing offers to seal the copies that anybody can read; it is seen where there are some.
func (p *Page) sealing() fyne.CanvasObject {
	p.bare = kit.Text("")
	p.bare.Importance = widget.WarningImportance
	p.seal = container.NewVBox(p.bare, container.NewHBox(kit.NewButton("封存可读的旧备份", "", true, p.cover)))
	p.seal.Hide()
	return p.seal
}

func (p *Page) uncovered(n int) {
	if p.seal == nil {
		return
	}
	if p.seal.Hide(); n > 0 {
		p.bare.SetText(fmt.Sprintf("设密码以前做的 %d 份备份没有上锁，拿到的人都能看。封存以后，要用现在的密码或恢复单才打得开。", n))
		p.seal.Show()
	}
	p.object.Refresh()
}

// cover seals them.
func (p *Page) cover() {
	type sealed struct {
		done int
		left []string
	}
	p.say(kit.Plain, "正在封存，请稍等，先不要拔U盘。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (s sealed, err error) {
		s.done, s.left, err = p.do.Seal(ctx)
		return s, err
	}, func(s sealed, err error) {
		says, tone := fmt.Sprintf("%d 份旧备份封存好了。", s.done), kit.Good
		for i, file := range s.left {
			s.left[i], tone = filepath.Base(file), kit.Bad
		}
		if len(s.left) > 0 {
			says += "读不出来、没有封存的，请自己收好或删掉：" + strings.Join(s.left, "、") + "。"
		}
		if err != nil {
			says, tone = p.host.Explain(err), kit.Bad
		}
		p.say(tone, says)
		p.Shown()
	})
}
