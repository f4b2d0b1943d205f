// Package schedule is the page 进站日程: a month of receptions, visits and activities, what is still to be done for each, and
// how they are planned. A station sees its own, an office those of all below it.
//
// Where there is no room for seven columns the month is a list.
package schedule

import (
	"cmp"
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
	"lianluo.local/ui/look"
	"lianluo.local/ui/schedule/almanac"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Evening func()                           // goes to the page of an evening
	Print   func(kind string, ids ...string) // a paper about sessions, after a preview
	Raise   func(s session.Session, stop string, done func())
	Matter  func(id string)                                        // shows one whole
	Text    func(context.Context, session.Session) (string, error) // the notice of one as a line for a chat group
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
	view    view
	month   month
	at      time.Time // the chosen day
	grid    *almanac.Month
	list    *kit.Table[session.Session]
	body    *layout
	title   *widget.Label // in one line beside its buttons
	count   *kit.Label
	side    *fyne.Container
	open    *session.Session // that is shown whole; nil for none
	strange []string         // what is odd about it, nil until it was asked for
	offers  roster.Offers
	asked   int // how often the month was asked for: only the last answer is shown

	board    *almanac.Board
	brief    *kit.Label      // the chosen cell of the board
	finder   *kit.Picker     // of one station; nil at a station
	station  string          // the code of the chosen one
	crossing []*kit.Button   // what is done across all stations
	ticked   map[string]bool // those to be planned together
}

// New makes the page; by is who sits there.
func New(h kit.Host, a *agenda.Agenda, r *roster.Roster, by clerk.Clerk, actions Actions) *Page {
	p := &Page{host: h, agenda: a, roster: r, by: by, role: a.Settings.Role, actions: actions, at: a.Now(),
		title: widget.NewLabel(""), count: kit.Text(""), side: container.NewStack()}
	p.title.TextStyle.Bold = true
	p.view.across, p.brief, p.ticked = p.role != journal.Station, kit.Text(""), map[string]bool{}
	p.grid = almanac.NewMonth(func(i, room int) []almanac.Line { return p.lines(p.month.days[i], room) })
	p.grid.OnChosen, p.grid.OnOpen = func(i int) { p.choose(p.month.days[i].on) }, p.enter
	p.board = almanac.NewBoard(func(row, day int) almanac.Line { return letter(p.month.rows[row].days[day]) })
	p.board.OnChosen = func(row, day int) {
		p.station = p.month.rows[row].code
		p.choose(p.month.days[day].on)
	}
	p.board.OnOpen, p.board.OnTicked = p.enter, p.tick
	p.list = kit.NewTable("这个月还没有安排。按 N 安排一场，或者按 P 照规则安排。", p.columns()...)
	p.list.OnChosen = func(s session.Session) {
		if on, err := time.ParseInLocation(time.DateOnly, s.Day, p.at.Location()); err == nil {
			p.at = on.Add(12 * time.Hour)
			p.grid.Chosen = p.month.at(s.Day)
			p.beside(&s)
		}
	}
	p.list.OnOpen = p.Open
	p.body = &layout{across: func() bool { return p.view.across }, board: p.board}
	letters := kit.Hint(legend)
	letters.SizeName = look.Small
	month := container.New(p.body, p.grid, p.list.Container, p.board, kit.Card(p.side), p.brief, letters)
	turn := container.NewHBox(p.title)
	for _, b := range []*kit.Button{kit.NewButton("上个月", "PgUp", false, func() { p.turn(-1) }), kit.NewButton("今天", "T", false, p.now),
		kit.NewButton("下个月", "PgDn", false, func() { p.turn(1) })} {
		turn.Add(b)
	}
	acts, open := kit.NewFlow(), kit.NewButton("打开", "回车", false, p.enter)
	for _, b := range []*kit.Button{open, kit.NewButton("公告…", "G", false, p.notice),
		kit.NewButton("按规则安排…", "P", false, p.plan), kit.NewButton("轮值规则…", "U", false, p.rules),
		kit.NewButton("打印计划", "Ctrl+P", false, p.Print)} {
		acts.Add(b)
	}
	head, hint := container.NewBorder(nil, nil, container.NewVBox(turn), nil, p.count), "方向键选日子，回车打开。红字是没有按时公告的。"
	if p.role != journal.Station {
		hint = "方向键选站和日子，回车打开，空格勾几个站一起安排。红的是空缺。"
		open.Hide()
		p.finder = kit.NewPicker("只看一个站：按 F，打首字母", p.stations)
		p.finder.Stay = true // the keys are the month's again
		p.finder.OnChosen = func(o kit.Option) {
			if o.Code != p.view.only {
				p.look(view{across: o.Code == "", only: o.Code})
			}
		}
		p.crossing = []*kit.Button{kit.NewButton("下一处空缺", "J", false, p.gap), kit.NewButton("只看这个站", "S", false, p.alone)}
		for _, b := range append(p.crossing, kit.NewButton("各站／日历", "C", false, p.other)) {
			acts.Add(b)
		}
		head = container.NewVBox(container.NewBorder(nil, nil, container.NewVBox(turn), nil, p.finder.Container), p.count)
	}
	whole := kit.Page("进站日程", hint,
		container.NewBorder(head,
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
	if p.finder != nil {
		for key, do := range map[fyne.KeyName]func(){fyne.KeyC: p.other, fyne.KeyS: p.alone, fyne.KeyF: p.seek, fyne.KeyJ: p.gap,
			fyne.KeySpace: func() { p.tick(p.row()) }} {
			keys[kit.Key{Name: key}] = p.listed(do)
		}
	}
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
		if i := p.row() + days/7; p.view.across && days%7 == 0 && i >= 0 && i < len(p.month.rows) {
			p.station = p.month.rows[i].code
			p.choose(p.at)
			return
		}
		if p.view.across && days%7 == 0 {
			return
		}
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
	i := p.month.at(on.Format(time.DateOnly))
	if p.view.across {
		p.board.Choose(p.row(), i)
		p.tell()
		return
	}
	p.grid.Chosen = i
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
	n, on, v := p.asked, p.at, p.view
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (month, error) { return read(ctx, p.agenda, p.roster, on, v) },
		func(m month, err error) {
			switch {
			case n != p.asked:
			case err != nil:
				p.host.Say(kit.Bad, p.host.Explain(err))
			default:
				other := !m.first.Equal(p.month.first)
				p.month = m
				p.draw(other)
			}
		})
	p.callable(func() {})
}

// callable asks who may be called.
func (p *Page) callable(then func()) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (roster.Offers, error) {
		return p.roster.Offers(ctx, p.agenda.Settings.Unit)
	}, func(o roster.Offers, err error) {
		if err == nil {
			p.offers = o
		}
		then()
	})
}

func same(a, b session.Session) bool { return a.ID == b.ID }

// days are those of the month, as they are drawn.
func (p *Page) days() (list []almanac.Day) {
	today := p.agenda.Now().Format(time.DateOnly)
	for _, d := range p.month.days {
		list = append(list, almanac.Day{On: d.on, Out: d.out, Today: d.date == today, Mark: d.mark})
	}
	return list
}

// draw shows the month that was asked for.
func (p *Page) draw(other bool) {
	m := p.month
	title := m.title()
	if p.view.only != "" {
		title += "　" + m.place(p.view.only)
	}
	p.title.SetText(title)
	for _, b := range p.crossing {
		b.Hidden = !p.view.across
	}
	all, amiss := m.counted()
	if p.count.Importance = kit.Plain.Importance(); len(amiss) > 0 {
		p.count.Importance, all = kit.Bad.Importance(), all+strings.Join(amiss, "；")+"。"
	}
	p.count.SetText(all)
	if p.view.across {
		p.grid.Days = nil
		p.rows()
		p.tell()
	} else {
		p.board.Rows = nil
		p.grid.Days, p.grid.Chosen = p.days(), m.at(p.at.Format(time.DateOnly))
		p.grid.Refresh()
		if other {
			p.list.Set(m.shown)
		} else {
			p.list.Update(m.shown, same)
		}
		p.beside(nil)
	}
	p.stage.Refresh()
}

// lines are those of a day, as many as there is room for: each session, or how many there are.
func (p *Page) lines(d day, room int) (ls []almanac.Line) {
	if len(d.sessions) > room && p.role != journal.Station {
		return p.sums(d)
	}
	apart := 3*len(d.sessions) <= room // the word in a line of its own
	for i, s := range d.sessions {
		if i == room-1 && len(d.sessions) > room {
			return append(ls, almanac.Line{Text: fmt.Sprintf("还有 %d 场", len(d.sessions)-i)})
		}
		word := standing(p.agenda, s)
		text := p.month.told(s, cmp.Or(p.view.only, p.agenda.Settings.Unit))
		if word != "" && !apart {
			text = word + " " + text
		}
		l := almanac.Line{Text: text, Late: p.agenda.Late(s), Quiet: s.State == session.Held || s.State == session.Cancelled,
			Struck: s.State == session.Cancelled}
		if ls = append(ls, l); word != "" && apart {
			l.Text, l.Struck = word, false
			ls = append(ls, l)
		}
	}
	return ls
}

// sums counts the sessions of a day.
func (p *Page) sums(d day) []almanac.Line {
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
	ls := []almanac.Line{{Text: fmt.Sprintf("%d 场", len(d.sessions)-gone)}}
	for _, c := range []struct {
		n    int
		what string
		late bool
	}{{late, "缺公告 %d", true}, {empty, "缺代表 %d", true}, {gone, "取消 %d", false}} {
		if c.n > 0 {
			ls = append(ls, almanac.Line{Text: fmt.Sprintf(c.what, c.n), Late: c.late, Quiet: !c.late})
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
			return strings.TrimSpace(fmt.Sprintf("%d日 %s %s", d.on.Day(), almanac.Weekday(d.on), d.mark))
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
