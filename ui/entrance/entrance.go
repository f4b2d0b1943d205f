// Package entrance is how a person gets to the records of a home that is protected: the page that stands there before
// they are opened, what to do where a password was forgotten, the first password of all, and the box on the veil that
// lies over a window nobody sits at.
//
// Two secrets are asked for. A password opens the records, in the morning and on every other day of a person. A code of a
// few digits (开锁码) opens the window again for whoever gave a password today: it guards nothing but what lies behind the
// veil, so it may be short. Who was wrong hears so once, and how long to wait.
package entrance

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// Actions are what the page of a locked home asks of the window. What takes a context is called away from the main thread.
type Actions struct {
	Unit  string                                                 // whose records these are
	Name  string                                                 // who signed in last; "" where nobody knows
	Enter func(ctx context.Context, name, password string) error // opens the records
	Wait  func(name string) time.Duration                        // for how long nobody may try under a name
	Done  func()                                                 // they are open

	// opens them with the characters of the recovery sheet, and gives a person another password
	Sheet func(ctx context.Context, characters, name, password string) error
	Help  *Help                              // nil where no office above can
	Judge func(name, password string) string // what is wrong with a password as a new one; "" for nothing
}

// Page is the page of a locked home.
type Page struct {
	host     kit.Host
	do       Actions
	name     *kit.Entry
	password *kit.Entry
	gate     *gate
	open     *kit.Button
	main     fyne.CanvasObject
	shown    *fyne.Container // main, or what helps where a password was forgotten
	lost     *lost           // nil until somebody forgot
}

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, name: kit.NewEntry("您的姓名"), password: kit.NewSecret("")}
	p.name.SetText(do.Name)
	p.open = kit.NewButton("打开", "Enter", true, p.enter)
	field := kit.NewField("密码", false, p.password)
	p.gate = newGate(h, func() time.Duration { return do.Wait(p.name.Text) }, field, p.password, p.open)
	p.password.OnEnter = p.enter
	unit := kit.Bold(do.Unit)
	unit.SizeName = look.Title
	forgot := kit.NewButton("忘了密码…", "", false, p.forgot)
	p.main = kit.Middle(kit.Card(kit.Rows(unit, kit.Hint("记录锁着，输入您的姓名和密码就打开。"),
		kit.NewField("姓名", false, p.name).Container, field.Container, kit.Acts(forgot, p.open))))
	p.shown = container.NewStack(p.main)
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.shown }

// Shown puts the keyboard on what is to be typed next.
func (p *Page) Shown() {
	p.gate.tick()
	kit.Focus(p.First())
}

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyEscape}: p.back}
}

// Tick counts down for how long nobody may try; the window calls it every second.
func (p *Page) Tick() { p.gate.tick() }

func (p *Page) enter() {
	name, password := p.name.Text, p.password.Text
	if name == "" {
		kit.Focus(p.name)
		return
	}
	p.gate.try(func(ctx context.Context) error { return p.do.Enter(ctx, name, password) }, p.do.Done)
}

// forgot goes to what helps where the password was forgotten, back returns from there.
func (p *Page) forgot() {
	if p.lost == nil {
		p.lost = newLost(p)
	}
	p.show(p.lost.object)
	p.lost.name.SetText(p.name.Text)
	p.lost.begin()
}

func (p *Page) back() {
	if p.lost != nil && p.shown.Objects[0] == p.lost.object {
		p.show(p.main)
		p.Shown()
	}
}

func (p *Page) show(o fyne.CanvasObject) {
	p.shown.Objects = []fyne.CanvasObject{o}
	p.shown.Refresh()
}

// First is what has the keyboard at first.
func (p *Page) First() fyne.Focusable {
	if p.name.Text == "" {
		return p.name
	}
	return p.password
}
