// Package users is the page 用户: who works at this office, in which role, and who is given a password.
//
// A role is chosen by what it may do: beside each stand its rights, in the words in which a refusal names them. What is
// allowed is asked where it is done (app/crew); the page only shows what came of it.
package users

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/app/crew"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Line is a user as the page lists him.
type Line struct {
	staff.User
	Password string // how it stands with his password, in words; "" where he has none
}

// Actions are what the page asks of the window. What takes a context is called away from the main thread.
type Actions struct {
	List     func(context.Context) ([]Line, error)
	Act      func(context.Context, crew.Order) (staff.User, error)
	Password func(ctx context.Context, u staff.User, password string) error // gives him one
	Judge    func(name, password string) string                             // what is wrong with one; "" for nothing
	Self     func() string                                                  // the ID of who sits here
}

// Page is the page 用户.
type Page struct {
	host   kit.Host
	do     Actions
	level  journal.Level
	table  *kit.Table[Line]
	sheets *show.Sheets
	acts   map[string]*kit.Button // of the row that is chosen, by what they do
	object fyne.CanvasObject
}

// New makes the page of an office of a level.
func New(h kit.Host, level journal.Level, do Actions) *Page {
	p := &Page{host: h, do: do, level: level, sheets: show.NewSheets(h)}
	p.table = kit.NewTable("还没有用户。", p.columns()...)
	p.table.OnOpen = func(Line) { p.roles() }
	p.table.OnChosen = func(Line) { p.offer() }
	p.acts = map[string]*kit.Button{staff.Role: kit.NewButton("改角色…", "R", false, p.roles),
		staff.Rename: kit.NewButton("改姓名…", "M", false, p.rename), "password": kit.NewButton("新密码…", "P", false, p.password),
		staff.Lock: kit.NewButton("停用…", "", false, p.lock)}
	p.object = kit.Page("用户", "谁在这里办事，能办什么。自己的角色请另一位管理员改。", p.table.Container, p.acts[staff.Lock],
		p.acts[staff.Rename], p.acts["password"], p.acts[staff.Role], kit.NewButton("增加用户…", "N", true, p.add))
	p.offer()
	return p
}

func (p *Page) columns() []kit.Column[Line] {
	by := func(of func(Line) string) func(a, b Line) bool { return func(a, b Line) bool { return of(a) < of(b) } }
	state := func(l Line) string {
		if l.Locked {
			return "已停用"
		}
		return "在用"
	}
	return []kit.Column[Line]{
		{Title: "姓名", Width: 8, Text: func(l Line) string { return l.Name + p.own(l) }},
		{Title: "角色", Text: func(l Line) string {
			titles := l.Titles()
			if l.Yielded && !l.Has(right.Users) {
				titles = append(titles, "原是另一台电脑的管理员")
			}
			return strings.Join(titles, "、")
		}},
		{Title: "能不能用", Width: 4.5, Text: state, Less: by(state), Tone: func(l Line) kit.Tone {
			if l.Locked {
				return kit.Soon
			}
			return kit.Plain
		}},
		{Title: "密码", Width: 5, Text: func(l Line) string {
			if l.Password == "" {
				return "还没有"
			}
			return l.Password
		}, Tone: func(l Line) kit.Tone {
			if l.Password == "" && !l.Locked {
				return kit.Soon
			}
			return kit.Plain
		}},
		{Title: "从哪天", Width: 6, Spare: true, Text: func(l Line) string { return l.Since }, Less: by(func(l Line) string { return l.Since })},
	}
}

func (p *Page) own(l Line) string {
	if l.ID == p.do.Self() {
		return "（您）"
	}
	return ""
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyN}: p.add, {Name: fyne.KeyR}: p.roles, {Name: fyne.KeyM}: p.rename, {Name: fyne.KeyP}: p.password}
}

// Start puts the keyboard on the list.
func (p *Page) Start() { p.table.Focus() }

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go("preferences")
	return true
}

// Shown asks who there is.
func (p *Page) Shown() {
	kit.Do(p.host.Run, p.host.Context, p.do.List, func(ls []Line, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.table.Update(ls, func(a, b Line) bool { return a.ID == b.ID })
		p.offer()
		p.object.Refresh() // the buttons know now how wide they are, and leave the rest to the list
	})
}

// offer shows what can be done with the chosen one.
func (p *Page) offer() {
	l, ok := p.table.Chosen()
	for do, b := range p.acts {
		if b.Enable(); !ok || l.ID == p.do.Self() && (do == staff.Role || do == staff.Lock) {
			b.Disable()
		}
	}
	says := "停用…"
	if l.Locked {
		says = "恢复"
	}
	p.acts[staff.Lock].SetText(says)
}

// chosen gives who is chosen, where a button of his can be pressed now.
func (p *Page) chosen(do string) (Line, bool) {
	l, ok := p.table.Chosen()
	return l, ok && !p.acts[do].Disabled()
}

// done says what was done, and to whom.
func (p *Page) done(says string) {
	p.Shown()
	p.host.Say(kit.Good, says)
}

func (p *Page) add() {
	var made staff.User
	p.sheets.Open(show.Sheet{Title: "增加用户", Yes: "增加", Hint: "角色可以选几个，他就都能办。",
		Fields: asked("name", "roles"), Own: p.checks(nil),
		Do: func(ctx context.Context, now, _ field.Values) (err error) {
			made, err = p.do.Act(ctx, crew.Order{Do: staff.Add, Name: now.Text("name"), Roles: now.List("roles")})
			return err
		},
		Done: func() {
			p.done(made.Name + "增加了。")
			p.give(made, "给"+made.Name+"设第一个密码")
		}})
}

func (p *Page) roles() {
	l, ok := p.chosen(staff.Role)
	if !ok {
		return
	}
	var roles []string
	for _, r := range l.Roles {
		roles = append(roles, string(r))
	}
	p.sheets.Open(show.Sheet{Title: l.Name + "的角色", Yes: "改好", Of: l.ID, Fields: asked("roles"), Own: p.checks(roles),
		Begin: field.Values{"roles": roles},
		Do: func(ctx context.Context, now, _ field.Values) error {
			_, err := p.do.Act(ctx, crew.Order{Do: staff.Role, User: l.ID, Roles: now.List("roles")})
			return err
		},
		Done: func() { p.done(l.Name + "的角色改了，从现在起就照这样。") }})
}

func (p *Page) rename() {
	l, ok := p.chosen(staff.Rename)
	if !ok {
		return
	}
	p.sheets.Open(show.Sheet{Title: "改姓名", Yes: "改好", Of: l.ID, Hint: "下次登录还照原来的姓名输一次，从那以后照新的，密码不变。", Fields: asked("name"),
		Begin: field.Values{"name": l.Name},
		Do: func(ctx context.Context, now, _ field.Values) error {
			_, err := p.do.Act(ctx, crew.Order{Do: staff.Rename, User: l.ID, Name: now.Text("name")})
			return err
		},
		Done: func() { p.done("姓名改了。") }})
}

func (p *Page) lock() {
	l, ok := p.chosen(staff.Lock)
	if !ok {
		return
	}
	do, says := staff.Lock, l.Name+"停用了，他的密码打不开这里了。要是怕他拷走过文件，请在“今天”上换一次钥匙。"
	if l.Locked {
		do, says = staff.Unlock, l.Name+"恢复了。请给他设一个新密码。"
	}
	act := func() {
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (staff.User, error) {
			return p.do.Act(ctx, crew.Order{Do: do, User: l.ID})
		}, func(_ staff.User, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.done(says)
		})
	}
	if do == staff.Unlock {
		act()
		return
	}
	kit.Ask(p.host.Canvas(), "停用"+l.Name, "停用以后他进不来了，他办过的都留着。随时可以恢复。", "停用", act)
}

func (p *Page) password() {
	if l, ok := p.chosen("password"); ok {
		p.give(l.User, "给"+l.Name+"设新密码")
	}
}

// give asks for a password of somebody; he types it himself, or changes it when he first comes in.
func (p *Page) give(u staff.User, title string) {
	var s *kit.Dialog
	said := kit.NewNotice()
	var fresh *show.Fresh
	no, yes := kit.NewButton("以后再设", "Esc", false, func() { s.Close() }), (*kit.Button)(nil)
	set := func() {
		if yes.Disabled() {
			return
		}
		if !fresh.Right() {
			fresh.Focus()
			return
		}
		yes.Disable()
		password := fresh.Text()
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, p.do.Password(ctx, u, password)
		}, func(_ struct{}, err error) {
			yes.Enable()
			if err != nil {
				said.Say(kit.Bad, p.host.Explain(err))
				return
			}
			s.Close()
			p.done(u.Name + "的密码设好了。他第一次进来时会请他自己再换一个。")
		})
	}
	if u.ID == p.do.Self() {
		title = "换自己的密码"
	}
	yes = kit.NewButton("设好", "Enter", true, set)
	fresh = show.NewFresh(func() string { return u.Name }, p.do.Judge, set)
	body := kit.Rows(said.Container, kit.Hint("最好请"+u.Name+"自己来输，别人不看。八个字以上，自己记得住，别人猜不到。"), fresh.Object)
	s = kit.Show(p.host.Canvas(), title, body, fyne.NewSize(720, 420), no, yes)
	fresh.Focus()
}

// asked are the fields that a sheet asks for.
func asked(codes ...string) field.List {
	return staff.Fields.Where(func(f field.Field) bool { return slices.Contains(codes, f.Code) })
}
