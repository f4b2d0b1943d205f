// Package aid is the page 帮下级打开: an office below forgot its password, and this one lets it in again. The request comes
// on a stick; whether it is theirs is told by its digits, which they read out over the telephone; the answer goes back on
// the same stick. Nothing of theirs can be read here.
package aid

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
)

// Request is one that lies on a stick.
type Request struct {
	File string
	Unit string // who asks, by name
	Made time.Time
	Done bool // it has its answer
	In   any  // what the window knows of it
}

// Actions are what the page asks of the window. What takes a context is called away from the main thread.
type Actions struct {
	Requests func(ctx context.Context, dir string) ([]Request, error)
	Digits   int                                                       // how many are compared
	Judge    func(digits string) string                                // what is wrong with them by themselves; "" for nothing
	Help     func(ctx context.Context, r Request, digits string) error // as they were typed
}

// Page is the page 帮下级打开.
type Page struct {
	host   kit.Host
	do     Actions
	notice *kit.Notice
	stick  *kit.Folder
	where  *kit.Field
	table  *kit.Table[Request]
	digits *kit.Digits
	object fyne.CanvasObject
}

// New makes the page.
func New(h kit.Host, do Actions) *Page {
	p := &Page{host: h, do: do, notice: kit.NewNotice(), stick: kit.NewFolder("插好他们的U盘，选它的位置", h.Canvas)}
	p.where = kit.NewField("U盘", false, p.stick.Container)
	p.stick.Entry.OnChanged = func(string) { p.Shown() }
	p.table = kit.NewTable("U盘上没有请求。请他们在“忘了密码”里写一份到U盘上。",
		kit.Column[Request]{Title: "哪个单位", Text: func(r Request) string { return r.Unit }},
		kit.Column[Request]{Title: "什么时候写的", Width: 11, Text: func(r Request) string { return r.Made.Format("2006年1月2日 15:04") }},
		kit.Column[Request]{Title: "答复", Width: 5, Text: func(r Request) string {
			if r.Done {
				return "✓ 已放好"
			}
			return "还没有"
		}})
	p.table.OnOpen = func(Request) { kit.Focus(p.digits.Entry) }
	p.digits = kit.NewDigits("他们在电话里念的数字", do.Digits, do.Judge)
	p.digits.Entry.OnEnter = p.help
	p.object = kit.Page("帮下级打开", "下级单位忘了密码，在这里帮他们。您看不到他们的记录。",
		container.NewBorder(container.NewVBox(p.notice.Container, p.where.Container), kit.Card(kit.Rows(
			kit.Text("先打电话到那个单位（照您自己留的号码打，不要用U盘上的），听出是熟人，请他念出屏幕上的数字，照着输入。数字不对的，不要帮。"),
			kit.NewField("数字", false, p.digits.Container).Container)), nil, nil, p.table.Container),
		kit.NewButton("返回", "Esc", false, func() { p.Back() }), kit.NewButton("对上了，放答复", "Ctrl+Enter", true, p.help))
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyReturn, Ctrl: true}: p.help, {Name: fyne.KeyEnter, Ctrl: true}: p.help}
}

// Start puts the keyboard on what is to be typed next.
func (p *Page) Start() { kit.Focus(p.stick.Entry) }

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go("preferences")
	return true
}

func (p *Page) say(tone kit.Tone, s string) {
	p.notice.Say(tone, s)
	p.object.Refresh() // makes room, or takes it back
}

// Shown looks for requests on the stick.
func (p *Page) Shown() {
	dir := p.stick.Entry.Text
	if dir == "" {
		return
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]Request, error) { return p.do.Requests(ctx, dir) },
		func(rs []Request, err error) {
			if dir != p.stick.Entry.Text { // typed on meanwhile
				return
			}
			p.where.Say("")
			if err != nil {
				p.where.Say(p.host.Explain(err))
			}
			p.object.Refresh() // makes room, or takes it back
			p.table.Update(rs, func(a, b Request) bool { return a.File == b.File })
			open := slices.IndexFunc(p.table.Rows(), func(r Request) bool { return !r.Done })
			if _, ok := p.table.Chosen(); !ok && open >= 0 {
				p.table.Choose(open)
			}
		})
}

// help puts the answer to the chosen request on the stick, if its digits are those that were heard.
func (p *Page) help() {
	r, ok := p.table.Chosen()
	if !ok {
		p.say(kit.Bad, "请先插好U盘，选一份请求。")
		return
	}
	digits, ok := p.digits.Take()
	if !ok {
		kit.Focus(p.digits.Entry)
		return
	}
	kit.Do(p.host.Run, p.host.Context,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, p.do.Help(ctx, r, digits) },
		func(_ struct{}, err error) {
			if err != nil {
				p.digits.Say(p.host.Explain(err))
				kit.Focus(p.digits.Entry)
				return
			}
			p.digits.Clear()
			p.say(kit.Good, fmt.Sprintf("答复放好了。请把U盘还给%s，他们插上就能用新密码打开。", r.Unit))
			p.Shown()
		})
}
