package entrance

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Protecting is what the page of the first password asks of the window.
type Protecting struct {
	Name  string                                                 // who sits here, as far as is known
	Judge func(name, password string) string                     // what is wrong with a password; "" for nothing
	Do    func(ctx context.Context, name, password string) error // protects the records; away from the main thread
	Done  func(name string)                                      // they are
	Later func()                                                 // somebody puts it off
}

// First is the page of the first password: from then on nobody opens the records without one.
type First struct {
	host   kit.Host
	do     Protecting
	name   *kit.Entry
	who    *kit.Field
	fresh  *show.Fresh
	set    *kit.Button
	later  *kit.Button
	notice *kit.Notice
	object fyne.CanvasObject
}

// NewFirst makes the page.
func NewFirst(h kit.Host, do Protecting) *First {
	p := &First{host: h, do: do, name: kit.NewEntry("您的姓名，以后照这样输"), notice: kit.NewNotice()}
	p.name.SetText(do.Name)
	p.who = kit.NewField("姓名", true, p.name)
	p.fresh = show.NewFresh(func() string { return p.name.Text }, do.Judge, p.protect)
	p.set = kit.NewButton("设好密码", "Ctrl+Enter", true, p.protect)
	p.later = kit.NewButton("以后再设", "Esc", false, do.Later)
	form := kit.Rows(p.who.Container, p.fresh.Object)
	changes := kit.Rows(kit.Bold("设好以后"))
	for _, s := range []string{
		"群众的姓名、电话和原话都锁起来：电脑丢了、送修了，没有密码的人一个字也看不到。",
		"每天第一次打开要输密码。离开五分钟会自动锁上，输几位数字的开锁码就接着做，写到一半的都在。",
		"忘了密码，凭锁在保险柜里的恢复单打开，或者请上级帮忙，再设一个新的。还没有恢复单的，设好密码就做一张。",
		"您先兼系统管理员，能给别的同事各设一个密码，在“用户”页。",
		"原来的记录会重新写一遍，要一两分钟，中途断电也不要紧。以前的备份还能直接读，办好以后“备份和恢复”页会请您封存。",
	} {
		changes.Add(kit.Text("· " + s))
	}
	p.object = kit.Page("设一个密码", "这台电脑上的记录现在谁都能看。请设一个密码，八个字以上，自己记得住，别人猜不到。",
		container.NewBorder(p.notice.Container, nil, nil, nil, kit.Scroll(kit.Rows(kit.Card(form), kit.Card(changes)))),
		p.later, p.set)
	return p
}

// Object is what the window shows.
func (p *First) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *First) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyReturn, Ctrl: true}: p.protect, {Name: fyne.KeyEnter, Ctrl: true}: p.protect,
		{Name: fyne.KeyEscape}: func() {
			if !p.later.Disabled() {
				p.do.Later()
			}
		}}
}

// Shown puts the keyboard on what is to be typed next.
func (p *First) Shown() {
	if p.name.Text == "" {
		kit.Focus(p.name)
	} else {
		p.fresh.Focus()
	}
}

func (p *First) protect() {
	if p.set.Disabled() {
		return
	}
	p.who.Say("")
	if p.name.Text == "" {
		p.who.Say("请写您的姓名")
		kit.Focus(p.name)
		return
	}
	if !p.fresh.Right() {
		p.fresh.Focus()
		return
	}
	name, password := p.name.Text, p.fresh.Text()
	p.set.Disable()
	p.later.Disable()
	p.say(kit.Plain, "正在把记录锁起来，要一两分钟，请稍等。断电也不要紧，下次打开会接着办。")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.do.Do(ctx, name, password)
	}, func(_ struct{}, err error) {
		p.set.Enable()
		p.later.Enable()
		if err != nil {
			p.say(kit.Bad, p.host.Explain(err))
			return
		}
		p.fresh.Clear()
		p.do.Done(name)
	})
}

func (p *First) say(tone kit.Tone, s string) {
	p.notice.Say(tone, s)
	p.object.Refresh() // makes room, or takes it back
}
