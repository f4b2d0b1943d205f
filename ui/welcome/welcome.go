// Package welcome is the first page of all: who sits here. Its answers make the home; everything but the unit itself
// can be changed later.
//
// The unit is a place. It is found step by step (county, township, village) or all at once by a few characters or first
// letters, so that it needs no input method; a township taken alone makes a 站, a village a 点.
package welcome

import (
	"context"
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/settings"
	"lianluo.local/ui/kit"
)

// Page is the page of a first start.
type Page struct {
	host   kit.Host
	home   home.Home
	random io.Reader
	done   func(restoring bool, office string)

	role     *kit.Chips
	unit     *unit
	name     *kit.Entry
	usual    string // the name that the unit gave, until somebody writes another
	phone    *kit.Entry
	clerk    *kit.Entry
	folder   *kit.Folder
	office   *kit.Digits // of the office above, from its slip
	practice *kit.Check
	fields   map[string]*kit.Field
	scroll   *container.Scroll
	notice   *kit.Notice
	make     *kit.Button
	again    *kit.Button // makes the home and goes on to a copy
	object   fyne.CanvasObject
}

// New makes the page. random gives the bytes of the keys; done is called on the main thread when the home stands;
// restoring says that this computer takes the place of another, whose copy is to be put back, office are the sixteen
// digits of the office above as they stand on its slip, "" for none.
func New(h kit.Host, home home.Home, random io.Reader, done func(restoring bool, office string)) *Page {
	p := &Page{host: h, home: home, random: random, done: done, notice: kit.NewNotice(),
		name: kit.NewEntry("选好单位会自动填上，可以改"), phone: kit.NewEntry("印在回执上，群众打这个电话"), clerk: kit.NewEntry("平时谁在这里登记"),
		folder: kit.NewFolder("可以不填，以后再选", h.Canvas), practice: kit.NewCheck("先练习：打印的东西都带“练习”二字，不会报到任何地方", nil)}
	p.office = kit.NewDigits("可以不填；上级给了接入单的，照单子填", 16, func(typed string) string {
		_, err := trust.Typed(typed)
		return explain.Sentence(err)
	})
	var roles []kit.Option
	for _, w := range setup.Roles {
		roles = append(roles, kit.Option{Code: w.Code, Text: w.Name})
	}
	p.role = kit.NewChips(false, roles...)
	p.role.Choose("station")
	p.role.OnChanged = func() {
		p.unit.ask(p.role.One())
		p.fields["office"].Hidden = p.role.One() == "city"
	}
	p.unit = newUnit(p.place)
	p.fields = map[string]*kit.Field{
		"role": kit.NewField("我们是", true, p.role), "unit": kit.NewField("单位", true, p.unit.object),
		"unitName": kit.NewField("单位名称", false, p.name), "phone": kit.NewField("电话", false, p.phone),
		"folder": kit.NewField("共享文件夹", false, p.folder.Container),
		"office": kit.NewField("上级校验号", false, p.office.Container)}
	p.make = kit.NewButton("建好，开始使用", "Ctrl+Enter", true, p.Make)
	p.again = kit.NewButton("换电脑了，从备份恢复…", "", false, func() { p.set(true) })
	form := kit.Rows(p.fields["role"].Container, p.fields["unit"].Container, p.fields["unitName"].Container,
		p.fields["phone"].Container, kit.NewField("经办人", false, p.clerk).Container, p.fields["folder"].Container,
		p.fields["office"].Container, kit.NewField("练习用", false, p.practice).Container)
	p.scroll = kit.Scroll(form)
	p.object = kit.Page("欢迎使用联络站", "请填这一页，按 Enter 到下一项，按数字选。单位定了不能改，其他的以后都能改。",
		container.NewBorder(p.notice.Container, nil, nil, nil,
			container.New(beside{}, p.scroll, kit.Scroll(help()))), p.again, p.make)
	p.unit.ask("station")
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyReturn, Ctrl: true}: p.Make, {Name: fyne.KeyEnter, Ctrl: true}: p.Make}
}

// Shown puts the keyboard on the first question.
func (p *Page) Shown() { kit.Focus(p.role) }

func (p *Page) answers() setup.Answers {
	return setup.Answers{Role: p.role.One(), Unit: p.unit.code, Name: p.name.Text, Phone: p.phone.Text,
		Clerk:  p.clerk.Text,
		Folder: p.folder.Entry.Text, Practice: p.practice.Checked}
}

// place is told when another place is taken; it gives the unit that this makes.
func (p *Page) place() (code string) {
	a := p.answers()
	a.Name, a.Folder = "", "" // the usual name; the disk is asked later, away from the main thread
	s, wrong := a.Check()
	if wrong["unit"] != "" {
		s = settings.Settings{}
	}
	if p.name.Text == p.usual {
		p.name.SetText(s.Name)
		p.usual = s.Name
	}
	p.fields["unit"].Say("")
	return s.Unit
}

// Make makes the home, or says by field what is missing.
func (p *Page) Make() { p.set(false) }

func (p *Page) set(restoring bool) {
	if p.make.Disabled() {
		return
	}
	if open := p.unit.open(); open != "" { // or a village written but not taken would make the township's station
		p.say(problem.Problems{"unit": "“" + open + "”还没有选定，请在列表里选一个，或删掉它"})
		return
	}
	office := ""
	if !p.fields["office"].Hidden {
		office = p.office.Entry.Text
	}
	if office != "" && !p.office.Right() {
		p.show(p.fields["office"])
		kit.Focus(p.office.Entry)
		return
	}
	p.make.Disable()
	p.again.Disable()
	a := p.answers()
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (settings.Settings, error) {
		return setup.Home(ctx, p.home, a, p.random)
	}, func(_ settings.Settings, err error) {
		p.make.Enable()
		p.again.Enable()
		var wrong problem.Problems
		p.say(nil)
		switch {
		case err == nil:
			p.done(restoring, office)
		case errors.As(err, &wrong):
			p.say(wrong)
		default:
			p.notice.Say(kit.Bad, p.host.Explain(err))
		}
	})
}

// say shows each problem at its field and puts the keyboard on the first.
func (p *Page) say(wrong problem.Problems) {
	p.notice.Say(kit.Plain, "")
	first := map[string]fyne.Focusable{"role": p.role, "unit": p.unit.all.Entry, "unitName": p.name, "phone": p.phone,
		"folder": p.folder.Entry}
	for _, field := range []string{"folder", "phone", "unitName", "unit", "role"} {
		p.fields[field].Say(wrong[field])
		if wrong[field] != "" {
			p.show(p.fields[field])
			kit.Focus(first[field])
		}
	}
	if wrong["parent"] != "" {
		p.notice.Say(kit.Bad, wrong["parent"])
	}
}

// show scrolls so far that a field can be seen.
func (p *Page) show(f *kit.Field) {
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(f.Position().Y-16, 0)))
}
