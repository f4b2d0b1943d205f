package entrance

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Help is how the office above opens the records of somebody who forgot his password: a request goes there on a stick,
// digits are compared by telephone, the answer comes back on the stick. What takes a context is called away from the main
// thread.
type Help struct {
	Office string                                                      // which office that is
	Asked  func() (digits string)                                      // of a request that waits for its answer; "" for none
	Ask    func(ctx context.Context, dir, name, password string) error // writes one into a folder
	Take   func(ctx context.Context, dir, password string) error       // opens the records with the answer and the same password
}

const (
	bySheet = "sheet"
	byHelp  = "help"
)

// lost is what helps where a password was forgotten. Two ways lead to the same: a person has another password.
type lost struct {
	page       *Page
	ways       *kit.Chips
	characters *kit.Entry
	name       *kit.Entry
	who        *kit.Field
	fresh      *show.Fresh
	gate       *gate // of the characters
	open       *kit.Button

	stick    *kit.Folder
	where    *kit.Field
	digits   *kit.Label
	password *kit.Entry // of the request, once more
	typed    *kit.Field
	write    *kit.Button
	take     *kit.Button
	again    *kit.Button
	anew     bool              // what waits counts no more: the stick is lost, or the password of the request
	asking   fyne.CanvasObject // what a request is made of
	waiting  fyne.CanvasObject // what is done once one was written
	sheets   fyne.CanvasObject
	helping  fyne.CanvasObject
	object   fyne.CanvasObject
	notice   *kit.Notice
	underway bool
}

func newLost(p *Page) *lost {
	l := &lost{page: p, characters: kit.NewEntry("十二个字，中间可以空格"), name: kit.NewEntry("您的姓名"), notice: kit.NewNotice(),
		digits: kit.Bold(""), password: kit.NewSecret(""), ways: kit.NewChips(false, kit.Option{Code: bySheet, Text: "用恢复单"})}
	l.open = kit.NewButton("打开", "Enter", true, l.bySheet)
	field := kit.NewField("单子上的字", false, l.characters)
	l.gate = newGate(p.host, atOnce, field, l.characters, l.open)
	l.fresh = show.NewFresh(func() string { return l.name.Text }, p.do.Judge, func() { l.enter() })
	l.stick = kit.NewFolder("插好U盘，选它的位置", p.host.Canvas)
	l.where = kit.NewField("U盘", false, l.stick.Container)
	l.stick.Entry.OnChanged = func(string) { l.where.Say("") }
	l.stick.Entry.OnEnter = func() {
		if l.asked() == "" {
			l.ask()
		} else {
			kit.Focus(l.password)
		}
	}
	l.typed = kit.NewField("新密码", false, l.password)
	l.password.OnEnter = l.answer
	l.write = kit.NewButton("写到U盘", "Enter", true, l.ask)
	l.take = kit.NewButton("取回答复", "Enter", true, l.answer)
	l.again = kit.NewButton("重新申请", "", false, func() {
		l.anew = true
		l.turn()
		l.begin()
	})
	l.sheets = kit.Rows(kit.Text("从保险柜里拿出恢复单，照着输入十二个字，再设一个新密码。"), field.Container)
	l.helping = container.NewVBox()
	if h := p.do.Help; h != nil {
		l.ways.SetOptions([]kit.Option{{Code: bySheet, Text: "用恢复单"}, {Code: byHelp, Text: "请" + h.Office + "帮忙"}})
		l.asking = kit.Text("① 设一个新密码，写一份请求到U盘上。U盘上没有密码，也没有一件记录。")
		l.waiting = kit.Rows(kit.Text("② 把U盘交给"+h.Office+"，再打电话，把下面的数字念给他们听。"), l.digits,
			kit.Text("③ 他们对上数字，会往U盘上放一份答复。U盘回来以后插好，再输一遍您设的新密码，按“取回答复”，就打开了。"))
		l.helping = kit.Rows(l.asking, l.waiting)
	}
	l.ways.OnChanged = func() {
		l.fresh.Clear()
		l.turn()
		l.begin()
	}
	l.who = kit.NewField("姓名", false, l.name)
	body := kit.Scroll(kit.Rows(l.ways, l.sheets, l.helping, l.who.Container, l.fresh.Object,
		l.where.Container, l.typed.Container))
	l.object = kit.Page("忘了密码", "记录都在，有两个办法打开。办好以后用新密码。",
		container.NewBorder(l.notice.Container, nil, nil, nil, kit.Card(body)),
		kit.NewButton("返回", "Esc", false, p.back), l.again, l.take, l.write, l.open)
	l.ways.Choose(bySheet)
	l.turn()
	return l
}

// begin puts the keyboard on what is to be typed next.
func (l *lost) begin() {
	switch {
	case l.ways.One() == bySheet:
		kit.Focus(l.characters)
	case l.asked() == "":
		kit.Focus(l.name)
	default:
		kit.Focus(l.stick.Entry)
	}
}

func (l *lost) asked() string {
	if l.page.do.Help == nil || l.anew {
		return ""
	}
	return l.page.do.Help.Asked()
}

// turn shows what belongs to the way that was chosen, as far as it has come.
func (l *lost) turn() {
	help, digits := l.ways.One() == byHelp, l.asked()
	show := func(o fyne.CanvasObject, seen bool) {
		if o == nil {
			return
		}
		if o.Hide(); seen {
			o.Show()
		}
	}
	show(l.sheets, !help)
	show(l.helping, help)
	show(l.asking, help && digits == "")
	show(l.waiting, help && digits != "")
	show(l.where.Container, help)
	show(l.take, help && digits != "")
	show(l.again, help && digits != "")
	show(l.write, help && digits == "")
	show(l.open, !help)
	show(l.who.Container, !help || digits == "")
	show(l.fresh.Object, !help || digits == "")
	show(l.typed.Container, help && digits != "")
	l.digits.SetText(kit.Fours(digits))
	l.object.Refresh()
}

// enter does what the way is for, from the last field.
func (l *lost) enter() {
	if l.ways.One() == bySheet {
		l.bySheet()
	} else {
		l.ask()
	}
}

func (l *lost) bySheet() {
	if l.characters.Text == "" || l.name.Text == "" || !l.fresh.Right() {
		l.first(l.characters, l.name)
		return
	}
	characters, name, password := l.characters.Text, l.name.Text, l.fresh.Text()
	l.gate.try(func(ctx context.Context) error { return l.page.do.Sheet(ctx, characters, name, password) }, l.page.do.Done)
}

// first puts the keyboard on the first field in which nothing stands.
func (l *lost) first(list ...*kit.Entry) {
	for _, e := range list {
		if e.Text == "" {
			kit.Focus(e)
			return
		}
	}
	l.fresh.Focus()
}

// act does something on the stick, and then what follows from it.
func (l *lost) act(do func(context.Context, string) error, done func()) {
	dir := l.stick.Entry.Text
	if dir == "" {
		l.where.Say("请插好U盘，选它的位置")
		kit.Focus(l.stick.Entry)
		return
	}
	if l.underway {
		return
	}
	l.underway = true
	l.where.Say("")
	kit.Do(l.page.host.Run, l.page.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx, dir) },
		func(_ struct{}, err error) {
			l.underway = false
			if err != nil {
				l.where.Say(l.page.host.Explain(err))
				return
			}
			done()
		})
}

func (l *lost) ask() {
	if l.name.Text == "" || !l.fresh.Right() {
		l.first(l.name)
		return
	}
	name, password := l.name.Text, l.fresh.Text()
	l.act(func(ctx context.Context, dir string) error {
		return l.page.do.Help.Ask(ctx, dir, name, password)
	}, func() {
		l.fresh.Clear()
		l.anew = false
		l.turn()
		l.begin()
	})
}

func (l *lost) answer() {
	password := l.password.Text
	if password == "" {
		kit.Focus(l.password)
		return
	}
	l.act(func(ctx context.Context, dir string) error { return l.page.do.Help.Take(ctx, dir, password) }, func() {
		l.password.SetText("")
		l.page.do.Done()
	})
}
