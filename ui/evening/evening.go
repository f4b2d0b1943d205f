// Package evening is the page 今晚接待: one page for the hour at which deputies receive citizens. Who came is ticked, citizens
// are counted, each matter is registered in the form 登记来访 and stands here afterwards; nobody's name is typed.
package evening

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/agenda"
	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Register func()                           // opens the form for the next citizen; it comes back here
	Print    func(kind string, ids ...string) // a paper about sessions, after a preview
	Matter   func(number string)              // shows one whole
}

// Page is the page of a station.
type Page struct {
	host    kit.Host
	agenda  *agenda.Agenda
	ledger  *ledger.Ledger
	roster  *roster.Roster
	by      clerk.Clerk
	actions Actions
	sheets  *show.Sheets
	form    *kit.Form

	now       state
	asked     int
	keep      kit.Pump
	body      *fyne.Container
	head      *kit.Label
	people    *fyne.Container
	ticks     []*kit.Check // of those, in their order
	explained *kit.Entry
	number    *widget.Label
	table     *kit.Table[matter.Matter]
	more      *kit.Picker
	begin     *kit.Button
	work      fyne.CanvasObject
	acts      []*kit.Button
	again     *kit.Button   // the sheet of one that was ended
	during    []*kit.Button // stand on the page itself as long as it goes on
}

// state is what the page shows.
type state struct {
	on      bool // there is a session tonight
	s       session.Session
	kept    agenda.Kept
	matters []matter.Matter
	offers  roster.Offers
}

// New makes the page; by is who sits there.
func New(h kit.Host, a *agenda.Agenda, l *ledger.Ledger, r *roster.Roster, by clerk.Clerk, actions Actions) *Page {
	p := &Page{host: h, agenda: a, ledger: l, roster: r, by: by, actions: actions, sheets: show.NewSheets(h),
		head: kit.Bold(""), people: container.NewVBox(), explained: kit.NewArea("今晚先宣讲了什么政策，可以不写", 2), number: widget.NewLabel("0")}
	p.number.SizeName, p.number.TextStyle.Bold = look.Title, true
	p.explained.OnChanged = func(s string) {
		p.now.kept.Explained = s
		p.save()
	}
	p.more = kit.NewPicker("又来了一位：首字母", p.deputies)
	p.more.Stay = true
	p.more.OnChosen = func(o kit.Option) {
		if o.Code != "" {
			p.more.Choose(kit.Option{})
			p.do(agenda.Order{Do: session.Attend, Present: []agenda.Person{{Who: o.Code}}})
		}
	}
	p.table = kit.NewTable("还没有登记。来了人，按 F2。",
		kit.Column[matter.Matter]{Title: "编号", Width: 12, Spare: true, Text: func(m matter.Matter) string { return m.Number }},
		kit.Column[matter.Matter]{Title: "今晚的事项", Least: 6, Text: func(m matter.Matter) string { return m.Title }},
		kit.Column[matter.Matter]{Title: "现场", Width: 5, Text: func(m matter.Matter) string { return words.OnSpots.Name(m.OnSpot) }})
	p.table.ClickOpens = true
	p.table.OnOpen = func(m matter.Matter) {
		if actions.Matter != nil {
			actions.Matter(m.Number)
		}
	}
	less := kit.NewButton("−", "", false, func() { p.count(-1) })
	plus := kit.NewButton("＋", "", false, func() { p.count(1) })
	p.during = []*kit.Button{less, plus}
	counted := kit.NewFlow()
	for _, o := range []fyne.CanvasObject{widget.NewLabel("来访群众"), less, p.number, plus} {
		counted.Add(o)
	}
	left := kit.Scroll(container.NewVBox(kit.Bold("到场（按数字打勾）"), p.people, p.more.Container, kit.Bold("政策宣讲"), p.explained,
		counted, kit.Hint("没有说事的也算，按 − 和 + 改。")))
	p.begin = kit.NewButton("现在开始一场", "回车", true, p.open)
	p.acts = []*kit.Button{kit.NewButton("无人来访", "W", false, p.nobody), kit.NewButton("登记来访", "F2", false, p.register),
		kit.NewButton("今晚结束", "Ctrl+Enter", true, p.end)}
	p.again = kit.NewButton("打印记录单", "Ctrl+P", true, p.Print)
	p.work = kit.Shares(kit.Card(p.table.Container), kit.Card(left))
	foot := []fyne.CanvasObject{p.begin, p.again}
	for _, b := range p.acts {
		foot = append(foot, b)
	}
	p.body = container.NewStack(kit.Page("今晚接待", "到了的打勾，来一位登记一位，散了按“今晚结束”。",
		container.NewBorder(p.head, nil, nil, nil, p.work), foot...))
	p.draw()
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.body }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	keys := map[kit.Key]func(){{Name: fyne.KeyW}: p.nobody, {Name: fyne.KeyReturn, Ctrl: true}: p.end, {Name: fyne.KeyEnter, Ctrl: true}: p.end,
		{Name: fyne.KeyF2}: p.register, {Name: fyne.KeyMinus}: func() { p.count(-1) }, {Name: fyne.KeyEqual}: func() { p.count(1) },
		{Name: fyne.KeyPlus}: func() { p.count(1) }, {Name: fyne.KeyReturn}: p.open, {Name: fyne.KeyEnter}: p.open}
	for i := range 9 {
		keys[kit.Key{Name: fyne.KeyName(rune('1' + i))}] = func() { p.tick(i) }
	}
	return keys
}

// Shown asks again for what is shown.
func (p *Page) Shown() {
	p.asked++
	n := p.asked
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (now state, err error) {
		a := p.agenda
		if now.s, now.on, err = a.Tonight(ctx, a.Settings.Unit, a.Now().Format(time.DateOnly)); err != nil || !now.on {
			return now, err
		}
		kept, ok, err := a.Kept(ctx, now.s.ID)
		if err != nil {
			return now, err
		}
		if now.kept = kept; !ok || now.s.State == session.Held {
			now.kept = agenda.Kept{Citizens: now.s.Citizens, Explained: now.s.Explained}
		}
		if now.matters, err = p.ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Session: now.s.ID}}); err != nil {
			return now, err
		}
		now.offers, err = p.roster.Offers(ctx, a.Settings.Unit)
		return now, err
	}, func(now state, err error) {
		switch {
		case n != p.asked:
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
		default:
			p.now = now
			p.draw()
		}
	})
}

// going says whether it may still be written down here what happens.
func (p *Page) going() bool {
	return p.now.on && (p.now.s.Ahead() || p.now.s.State == session.Open)
}

// came are at least as many citizens as raised something.
func (p *Page) came() int {
	n := 0
	for _, m := range p.now.matters {
		n += max(m.People, 1)
	}
	return max(n, p.now.kept.Citizens)
}

func (p *Page) draw() {
	s := p.now.s
	switch {
	case !p.now.on:
		p.head.SetText("今晚没有安排接待。代表来了，按“现在开始一场”就可以接待。")
	default:
		p.head.SetText(strings.Join(slices.DeleteFunc([]string{s.From + "–" + s.To, s.Topic, s.State.String()},
			func(s string) bool { return s == "" || s == "–" }), "　"))
	}
	held := -1
	for i, tick := range p.ticks {
		if c := p.host.Canvas(); c != nil && c.Focused() == tick {
			held = i
		}
	}
	p.people.RemoveAll()
	p.ticks = nil
	for i, c := range p.listed() {
		p.people.Add(p.row(i, c))
	}
	if held >= 0 && held < len(p.ticks) {
		kit.Focus(p.ticks[held])
	}
	if p.explained.Text != p.now.kept.Explained {
		p.explained.SetText(p.now.kept.Explained)
	}
	p.number.SetText(fmt.Sprintf("%d 人", p.came()))
	p.table.Update(p.now.matters, func(a, b matter.Matter) bool { return a.ID == b.ID })
	p.begin.Hidden, p.again.Hidden = p.now.on, !p.now.on || p.going() || p.actions.Print == nil
	p.more.Hidden = !p.going()
	for _, b := range slices.Concat(p.acts, p.during) {
		b.Hidden = !p.going()
	}
	if p.going() {
		p.explained.Enable()
	} else { // what is written now nobody would keep
		p.explained.Disable()
	}
	p.work.(*fyne.Container).Hidden = !p.now.on
	p.body.Refresh()
}

// listed are those who are awaited, and those who came besides.
func (p *Page) listed() (list []session.Called) {
	for _, c := range p.now.s.Called {
		if c.Instead == "" || c.Came {
			list = append(list, c)
		}
	}
	return list
}

// row is one who is awaited or came, to be ticked; who came may leave.
func (p *Page) row(i int, c session.Called) fyne.CanvasObject {
	text := c.Name + "　" + words.Callings.Name(c.Part)
	if i < 9 {
		text = fmt.Sprintf("%d　%s", i+1, text)
	}
	stands := ""
	switch {
	case c.Came && c.Left != "":
		stands = c.Arrived + "–" + c.Left
	case c.Came:
		stands = c.Arrived + " 到"
	case c.Absent:
		stands = strings.TrimSpace("没有来　" + c.Excuse)
	case c.Reply == "leave":
		stands = strings.TrimSpace("请假　" + c.Excuse)
	}
	tick := kit.NewCheck(text, nil)
	tick.Checked = c.Came
	tick.OnChanged = func(bool) { p.tick(i) }
	if !p.going() {
		tick.Disable()
	}
	p.ticks = append(p.ticks, tick)
	leaves := kit.NewButton("走了", "", false, func() {
		p.do(agenda.Order{Do: session.Attend, Present: []agenda.Person{{Who: c.Key, Arrived: c.Arrived, Left: p.agenda.Now().Format("15:04")}}})
	})
	leaves.Hidden = !c.Came || c.Left != "" || !p.going()
	row := kit.NewFlow()
	row.Add(tick)
	row.Add(leaves)
	if stands == "" {
		return row
	}
	return kit.Snug(row, kit.Hint(stands))
}

// tick says that the i-th came, or did not after all.
func (p *Page) tick(i int) {
	list := p.listed()
	if i >= len(list) || !p.going() {
		return
	}
	if c := list[i]; c.Came {
		p.do(agenda.Order{Do: session.Attend, Off: []string{c.Key}})
	} else {
		p.do(agenda.Order{Do: session.Attend, Present: []agenda.Person{{Who: c.Key}}})
	}
}

// deputies are those who may have come without being called.
func (p *Page) deputies(typed string) []kit.Option {
	return show.Deputies(p.now.offers, typed, func(id string) bool {
		_, is := p.now.s.Person(id)
		return is
	})
}

// do does one act with the session and shows what came of it.
func (p *Page) do(o agenda.Order) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (session.Session, error) {
		return p.agenda.Act(ctx, p.by, p.now.s.ID, o)
	}, func(_ session.Session, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
		}
		p.Shown()
	})
}

// count counts citizens; those who raised something are counted by themselves.
func (p *Page) count(by int) {
	if !p.going() {
		return
	}
	p.now.kept.Citizens = max(p.came()+by, 0)
	p.number.SetText(fmt.Sprintf("%d 人", p.came()))
	p.save()
}

// save keeps what is written down.
func (p *Page) save() {
	if !p.going() {
		return
	}
	p.keep.Ask(func(done func()) {
		id, kept := p.now.s.ID, p.now.kept
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, p.agenda.Keep(ctx, id, kept)
		}, func(_ struct{}, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
			}
			done()
		})
	})
}

func (p *Page) register() {
	if p.actions.Register != nil {
		p.actions.Register()
	}
}

// open begins a session that nobody planned.
func (p *Page) open() {
	if p.now.on {
		return
	}
	now := p.agenda.Now()
	p.do(agenda.Order{Do: session.Plan, Becomes: "open", Set: field.Values{"kind": "reception", "day": now.Format(time.DateOnly),
		"from": now.Format("15:04"), "to": ""}})
}

// absences are why somebody who was awaited did not come.
var absences = words.Of("请假", "请假", "公务", "公务", "生病", "生病", "没有说明", "没有说明")
