// Package schedule is the page 进站日程: a month of receptions, visits and activities, what is still to be done for each, and
// how they are planned. A station sees its own, an office those of all below it.
//
// Where there is no room for seven columns the month is a list.
package schedule

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
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Evening func()                           // goes to the page of an evening
	Print   func(kind string, ids ...string) // a paper about sessions, after a preview
	Raise   func(s session.Session, stop string, done func())
	Matter  func(id string) // shows one whole
}

// Page is the page.
type Page struct {
	host    kit.Host
	agenda  *agenda.Agenda
	roster  *roster.Roster
	by      clerk.Clerk
	role    journal.Level
	actions Actions

	stage   *show.Stage
	sheets  *show.Sheets
	form    *kit.Form // on the sheet that was opened last
	month   month
	at      time.Time // the chosen day
	grid    *grid
	list    *kit.Table[session.Session]
	body    *layout
	title   *widget.Label // in one line beside its buttons
	count   *kit.Label
	idle    *kit.Button
	side    *fyne.Container
	open    *session.Session // that is shown whole; nil for none
	strange []string         // what is odd about it, nil until it was asked for
	offers  roster.Offers
	asked   int // how often the month was asked for: only the last answer is shown
}

// New makes the page; by is who sits there.
func New(h kit.Host, a *agenda.Agenda, r *roster.Roster, by clerk.Clerk, actions Actions) *Page {
	p := &Page{host: h, agenda: a, roster: r, by: by, role: a.Settings.Role, actions: actions, at: a.Now(),
		title: widget.NewLabel(""), count: kit.Text(""), side: container.NewStack()}
	p.title.TextStyle.Bold = true
	p.grid = newGrid(p.lines)
	p.grid.onChosen, p.grid.onOpen = func(i int) { p.choose(p.month.days[i].on) }, p.enter
	p.list = kit.NewTable("这个月还没有安排。按 N 安排一场，或者按 P 照规则安排。", p.columns()...)
	p.list.OnChosen = func(s session.Session) {
		if on, err := time.ParseInLocation(time.DateOnly, s.Day, p.at.Location()); err == nil {
			p.at = on.Add(12 * time.Hour)
			p.grid.chosen = p.month.at(s.Day)
			p.beside(&s)
		}
	}
	p.list.OnOpen = p.Open
	p.body = &layout{}
	month := container.New(p.body, p.grid, p.list.Container, kit.Card(p.side))
	turn := container.NewHBox(p.title)
	p.idle = kit.NewButton("", "", false, p.idlers)
	p.idle.Hide()
	for _, b := range []*kit.Button{kit.NewButton("上个月", "PgUp", false, func() { p.turn(-1) }), kit.NewButton("今天", "T", false, p.now),
		kit.NewButton("下个月", "PgDn", false, func() { p.turn(1) })} {
		turn.Add(b)
	}
	acts := kit.NewFlow()
	acts.Add(p.idle)
	for _, b := range []*kit.Button{kit.NewButton("打开", "回车", false, p.enter), kit.NewButton("公告…", "G", false, p.notice),
		kit.NewButton("按规则安排…", "P", false, p.plan), kit.NewButton("轮值规则…", "U", false, p.rules),
		kit.NewButton("打印本月计划", "Ctrl+P", false, p.Print)} {
		acts.Add(b)
	}
	whole := kit.Page("进站日程", "方向键选日子，回车打开。红字是没有按时公告的。",
		container.NewBorder(container.NewBorder(nil, nil, container.NewVBox(turn), nil, p.count),
			container.NewBorder(nil, nil, nil, container.NewVBox(kit.NewButton("新安排一场…", "N", true, p.add)), acts), nil, nil, month))
	p.stage, p.sheets = show.NewStage(h, container.NewStack(whole)), show.NewSheets(h)
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.stage.Container }

// Start leaves the keys to the month.
func (p *Page) Start() {
	if p.open == nil && p.body.listed {
		p.list.Focus()
	}
}

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	keys := map[kit.Key]func(){
		{Name: fyne.KeyLeft}: p.step(-1), {Name: fyne.KeyRight}: p.step(1), {Name: fyne.KeyUp}: p.step(-7), {Name: fyne.KeyDown}: p.step(7),
		{Name: fyne.KeyPageUp}: p.listed(func() { p.turn(-1) }), {Name: fyne.KeyPageDown}: p.listed(func() { p.turn(1) }),
		{Name: fyne.KeyT}: p.listed(p.now), {Name: fyne.KeyN}: p.listed(p.add), {Name: fyne.KeyP}: p.listed(p.plan),
		{Name: fyne.KeyU}: p.listed(p.rules), {Name: fyne.KeyReturn}: p.enter, {Name: fyne.KeyEnter}: p.enter,
	}
	keys[kit.Key{Name: fyne.KeyV}] = p.another
	for _, a := range acts {
		if a.key != "" {
			keys[kit.Key{Name: a.key}] = func() { p.do(a) }
		}
	}
	return keys
}

// listed is what a key does while the month is shown.
func (p *Page) listed(do func()) func() {
	return func() {
		if p.open == nil {
			do()
		}
	}
}

// step goes on by some days; in the list a week is the next line.
func (p *Page) step(days int) func() {
	return p.listed(func() {
		if !p.body.listed || days%7 != 0 {
			p.choose(p.at.AddDate(0, 0, days))
			return
		}
		chosen, _ := p.list.Chosen()
		i := slices.IndexFunc(p.list.Rows(), func(s session.Session) bool { return same(s, chosen) })
		p.list.Choose(min(max(i+days/7, 0), len(p.list.Rows())-1))
	})
}

// turn goes to the month before or after, to the same date of it as far as there is one.
func (p *Page) turn(by int) {
	first := time.Date(p.at.Year(), p.at.Month(), 1, 12, 0, 0, 0, p.at.Location()).AddDate(0, by, 0)
	p.choose(first.AddDate(0, 0, min(p.at.Day(), first.AddDate(0, 1, -1).Day())-1))
}

func (p *Page) now() { p.choose(p.agenda.Now()) }

// choose chooses a day, of another month after it was asked for.
func (p *Page) choose(on time.Time) {
	p.at = on
	if !p.month.has(on.Format(time.DateOnly)) {
		p.again()
		return
	}
	p.grid.chosen = p.month.at(on.Format(time.DateOnly))
	p.grid.Refresh()
	p.beside(nil)
}

// Shown asks again for what is shown.
func (p *Page) Shown() {
	p.again()
	if p.open != nil {
		p.reopen()
	}
}

func (p *Page) again() {
	p.asked++
	n, on := p.asked, p.at
	type answer struct {
		month  month
		offers roster.Offers
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (a answer, err error) {
		if a.month, err = read(ctx, p.agenda, p.roster, on); err == nil {
			a.offers, err = p.roster.Offers(ctx, p.agenda.Settings.Unit)
		}
		return a, err
	}, func(a answer, err error) {
		switch {
		case n != p.asked:
			return
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		other := !a.month.first.Equal(p.month.first)
		p.month, p.offers = a.month, a.offers
		p.draw(other)
	})
}

func same(a, b session.Session) bool { return a.ID == b.ID }

// draw shows the month that was asked for.
func (p *Page) draw(other bool) {
	m := p.month
	p.grid.days, p.grid.today, p.grid.chosen = m.days, p.agenda.Now().Format(time.DateOnly), m.at(p.at.Format(time.DateOnly))
	p.grid.Refresh()
	if other {
		p.list.Set(m.shown)
	} else {
		p.list.Update(m.shown, same)
	}
	p.title.SetText(m.title())
	all, amiss := m.counted(p.agenda)
	if p.idle.Hidden = len(m.idle) == 0 || p.role == journal.Station; !p.idle.Hidden {
		p.idle.SetText(fmt.Sprintf("没有安排的站 %d…", len(m.idle)))
		amiss = append(amiss, fmt.Sprintf("%d 个站本月没有安排接待", len(m.idle)))
	}
	if p.count.Importance = kit.Plain.Importance(); len(amiss) > 0 {
		p.count.Importance, all = kit.Bad.Importance(), all+strings.Join(amiss, "；")+"。"
	}
	p.count.SetText(all)
	p.beside(nil)
	p.stage.Refresh()
}

// lines are those of a day, as many as there is room for: each session, or how many there are.
func (p *Page) lines(d day, room int) (ls []line) {
	if len(d.sessions) > room && p.role != journal.Station {
		return p.sums(d)
	}
	apart := 2*len(d.sessions) <= room // the word in a line of its own
	for i, s := range d.sessions {
		if i == room-1 && len(d.sessions) > room {
			return append(ls, line{text: fmt.Sprintf("还有 %d 场", len(d.sessions)-i)})
		}
		word := standing(p.agenda, s)
		text := p.month.told(s, p.agenda.Settings.Unit)
		if word != "" && !apart {
			text = word + " " + text
		}
		l := line{text: text, late: p.agenda.Late(s), quiet: s.State == session.Held || s.State == session.Cancelled,
			struck: s.State == session.Cancelled}
		if ls = append(ls, l); word != "" && apart {
			l.text, l.struck = word, false
			ls = append(ls, l)
		}
	}
	return ls
}

// sums counts the sessions of a day.
func (p *Page) sums(d day) []line {
	late, empty, gone := 0, 0, 0
	for _, s := range d.sessions {
		switch {
		case p.agenda.Late(s):
			late++
		case s.State == session.Cancelled:
			gone++
		case s.Ahead() && len(s.Awaited()) == 0:
			empty++
		}
	}
	ls := []line{{text: fmt.Sprintf("%d 场", len(d.sessions)-gone)}}
	for _, c := range []struct {
		n    int
		what string
		late bool
	}{{late, "缺公告 %d", true}, {empty, "缺代表 %d", true}, {gone, "取消 %d", false}} {
		if c.n > 0 {
			ls = append(ls, line{text: fmt.Sprintf(c.what, c.n), late: c.late, quiet: !c.late})
		}
	}
	return ls
}

// columns are those of the list.
func (p *Page) columns() []kit.Column[session.Session] {
	cols := []kit.Column[session.Session]{
		{Title: "日期", Width: 5.5, Text: func(s session.Session) string {
			i := p.month.at(s.Day)
			if i < 0 {
				return s.Day
			}
			d := p.month.days[i]
			return strings.TrimSpace(fmt.Sprintf("%d日 %s %s", d.on.Day(), weekday(i%7), d.mark))
		}},
		{Title: "时间", Width: 3.2, Text: func(s session.Session) string { return s.From }},
		{Title: "站点", Width: 8, Spare: true, Text: func(s session.Session) string { return p.month.place(s.Station) }},
		{Title: "代表和主题", Least: 8, Text: func(s session.Session) string {
			return strings.Join(slices.DeleteFunc([]string{who(s), s.Topic}, func(s string) bool { return s == "" }), " · ")
		}},
		{Title: "情况", Width: 4.6, Text: p.stands, Tone: func(s session.Session) kit.Tone {
			if p.agenda.Late(s) {
				return kit.Bad
			}
			return kit.Plain
		}},
	}
	if p.role == journal.Station {
		cols = slices.Delete(cols, 2, 3)
	}
	return cols
}

// stands is how far a session has come, in words.
func (p *Page) stands(s session.Session) string {
	if due := p.agenda.Due(s); due != "" {
		return map[bool]string{true: "缺公告", false: s.State.String()}[p.agenda.Late(s)]
	}
	return s.State.String()
}
