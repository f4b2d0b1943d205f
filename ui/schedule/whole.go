package schedule

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Open shows a session in place of the month.
func (p *Page) Open(s session.Session) {
	p.open, p.strange = &s, nil
	p.host.Say(kit.Plain, "")
	p.whole()
	p.reopen()
}

// Back goes from a session to the month; false where that is shown.
func (p *Page) Back() bool {
	if !p.stage.Back() {
		if p.view.only == "" || p.finder == nil {
			return false
		}
		p.look(view{across: true})
		return true
	}
	p.open = nil
	p.host.Say(kit.Plain, "")
	if c := p.host.Canvas(); c != nil {
		c.Unfocus()
	}
	p.Start()
	return true
}

// reopen asks for the open session; it is drawn anew only where it has changed.
func (p *Page) reopen() {
	o := p.open
	type answer struct {
		s   session.Session
		odd []string
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (a answer, err error) {
		if a.s, err = p.agenda.Session(ctx, o.ID); err == nil {
			a.odd, err = p.agenda.Caveats(ctx, a.s)
		}
		return a, err
	}, func(a answer, err error) {
		if err == nil && p.open == o && (!reflect.DeepEqual(a.s, *o) || !slices.Equal(a.odd, p.odd(*o))) {
			p.open, p.strange = &a.s, append([]string{}, a.odd...)
			p.whole()
		}
	})
}

func (p *Page) whole() {
	s := *p.open
	var facts []field.Shown
	tell := func(name, text string) {
		if text != "" {
			facts = append(facts, field.Shown{Name: name, Text: text, Wide: true})
		}
	}
	tell("站点", p.month.place(s.Station))
	facts = append(facts, session.Fields.Without("day", "followed").Show(s.Values(), nil, nil)...)
	for _, n := range s.Notices {
		tell(map[bool]string{true: "更正公告", false: "公告"}[n.Amends], strings.Join([]string{show.Date(n.Day), strings.Join(n.Places, "、"), n.Reason}, "　"))
	}
	for _, m := range s.Moves {
		tell("原定", strings.TrimSpace(show.Date(m.Day)+" "+m.From+"　"+m.Reason))
	}
	for _, r := range s.Results {
		tell("交办", strings.Trim(r.Unit+"："+r.What+"　"+r.Reply, "　"))
	}
	for _, o := range s.Objects {
		tell("异议", strings.Trim(o.Name+"："+o.Note+"　"+o.Answer, "　"))
	}
	side := container.NewVBox()
	for _, c := range s.Called {
		side.Add(kit.Snug(called(s, c)...))
	}
	side.Add(p.checks(s))
	if s.Kind == "visit" {
		side.Add(kit.Bold("走访的户"))
		side.Add(p.homes(s))
	}
	side.Add(kit.Bold("经过"))
	side.Add(show.Talk(s.History, p.agenda.Settings.Unit, p.agenda.Now().Location(), story))
	w := show.Whole{Title: strings.TrimSpace(fmt.Sprintf("%s %s %s", show.Spoken(s.Day), s.From, s.Title())), Over: []fyne.CanvasObject{p.state(s)},
		Known: kit.Facts(facts), Beside: side, Called: "谁来"}
	for _, a := range acts {
		if p.may(a, s) {
			w.Acts = append(w.Acts, kit.NewButton(a.word+"…", string(a.key), false, func() { p.do(a) }))
		}
	}
	if p.actions.Evening != nil && s.Sits(p.agenda.Settings.Unit) && s.Kind == "reception" &&
		(s.Ahead() || s.State == session.Open) && s.Day == p.agenda.Now().Format("2006-01-02") {
		w.Acts = append([]*kit.Button{kit.NewButton("今晚接待", "", false, p.actions.Evening)}, w.Acts...)
	}
	if p.actions.Text != nil && s.Announces() && (s.Ahead() || s.Owes()) {
		w.Acts = append(w.Acts, kit.NewButton("复制公告文字", "", false, p.copied))
	}
	if p.actions.Print != nil {
		w.Acts = append(w.Acts, kit.NewButton("打印…", "Ctrl+P", false, p.Print))
	}
	p.stage.Put(w, func() { p.Back() })
}

// copied puts the notice of the open session as a line into the clipboard.
func (p *Page) copied() {
	s := *p.open
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (string, error) { return p.actions.Text(ctx, s) }, func(text string, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		fyne.CurrentApp().Clipboard().SetContent(text)
		p.host.Say(kit.Good, "已复制，到群里粘贴就可以发。发了以后按 G 记一下。")
	})
}

// story says in one line what was done with a session.
func story(e thing.Event) string {
	return strings.Trim(session.Acts.Name(e.Do)+"："+e.Note, "：")
}

// Print prints a paper about the open session, or the plan of the month.
func (p *Page) Print() {
	if p.actions.Print == nil {
		return
	}
	if p.open == nil {
		var ids []string
		for _, k := range p.month.marks {
			ids = append(ids, k.ID)
		}
		if len(ids) == 0 {
			p.host.Say(kit.Plain, "这个月还没有安排，没有可以打印的。")
			return
		}
		p.actions.Print("plan", ids...)
		return
	}
	s := *p.open
	options := []kit.Option{{Code: "sign-in", Text: "签到表"}, {Code: "session-sheet", Text: "情况登记表"}}
	if s.Announces() {
		options = append([]kit.Option{{Code: "notice", Text: "接待公告"}}, options...)
	}
	if s.Kind == "visit" {
		options = append([]kit.Option{{Code: "visit-sheet", Text: "入户征求意见表"}}, options...)
	}
	p.pick("打印什么", options, func(o kit.Option) { p.actions.Print(o.Code, s.ID) })
}

// pick asks which of a few is meant.
func (p *Page) pick(title string, options []kit.Option, then func(kit.Option)) {
	box := container.NewVBox()
	var on *kit.Dialog
	var first *kit.Button
	for _, o := range options {
		b := kit.NewButton(strings.Trim(o.Text+"　"+o.Note, "　"), "", false, func() { on.Close(); then(o) })
		if box.Add(b); first == nil {
			first = b
		}
	}
	on = kit.Show(p.host.Canvas(), title, kit.Scroll(box), fyne.NewSize(620, 480),
		kit.NewButton("不办了", "Esc", false, func() { on.Close() }))
	kit.Focus(first)
}
