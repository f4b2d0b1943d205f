package schedule

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/agenda"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// beside shows the chosen day: its sessions with who is called and why, and what is still to be done; of one that was
// chosen in the list, that one alone.
func (p *Page) beside(only *session.Session) {
	i := p.month.at(p.at.Format(time.DateOnly))
	if i < 0 {
		p.side.RemoveAll()
		return
	}
	d := p.month.days[i]
	few := d.sessions
	if only != nil {
		few = []session.Session{*only}
	}
	p.lay(strings.TrimSpace(fmt.Sprintf("%s %s %s", show.Spoken(d.date), d.feast, d.mark)), few)
}

// lay shows some sessions of a day beside the month.
func (p *Page) lay(title string, ss []session.Session) {
	box, few := container.NewVBox(kit.Bold(title)), ss
	if len(few) == 0 {
		box.Add(kit.Hint("这一天没有安排。按 N 安排一场。"))
	}
	if many := 3; len(few) > many {
		for _, l := range p.sums(day{sessions: ss}) {
			t := kit.Text(l.Text)
			if l.Late {
				t.Importance = kit.Bad.Importance()
			}
			box.Add(t)
		}
		box.Add(kit.NewButton("一场一场看…", "回车", false, p.enter))
		few = nil
		for _, s := range ss {
			if p.agenda.Late(s) && len(few) < many {
				few = append(few, s)
			}
		}
	}
	for _, s := range few {
		box.Add(p.one(s))
	}
	p.side.Objects = []fyne.CanvasObject{kit.Scroll(box)}
	p.side.Refresh()
}

// one is a session as it stands beside the month.
func (p *Page) one(s session.Session) fyne.CanvasObject {
	head := kit.Bold(p.month.told(session.Session{Facts: s.Facts, Station: s.Station}, p.agenda.Settings.Unit))
	box := container.NewVBox(head, p.state(s))
	for _, c := range s.Called {
		box.Add(kit.Snug(called(s, c)...))
	}
	box.Add(p.checks(s))
	return container.NewStack(kit.Ground("rail"), box)
}

// state says how far it has come, in red what is amiss, and what is odd about it, each in a line.
func (p *Page) state(s session.Session) fyne.CanvasObject {
	said := []string{p.stands(s)}
	if s.Cause != "" {
		said = append(said, s.Cause)
	}
	if due := p.agenda.Due(s); due != "" {
		said = append(said, fmt.Sprintf("%s前应公告", show.Date(due)))
	}
	if n := len(s.Notices); n > 0 {
		said = append(said, fmt.Sprintf("%s公告 %s", show.Date(s.Notices[n-1].Day), strings.Join(s.Notices[n-1].Places, "、")))
	}
	t := kit.Text(strings.Join(said, "；"))
	if p.agenda.Late(s) {
		t.Importance = kit.Bad.Importance()
	}
	box := container.NewVBox(t)
	for _, why := range p.odd(s) {
		t := kit.Text(why)
		t.Importance = kit.Soon.Importance()
		box.Add(t)
	}
	return box
}

// odd is what is odd about a session, as it was asked for last.
func (p *Page) odd(s session.Session) []string {
	if p.open != nil && p.open.ID == s.ID && p.strange != nil {
		return p.strange
	}
	return p.month.odd[s.ID]
}

// called tells of one who is called: as what, why he, what he answered, whether he came.
func called(s session.Session, c session.Called) []fyne.CanvasObject {
	parts := []string{c.Name, words.Callings.Name(c.Part)}
	for _, more := range []string{c.Unit, attended(s, c), c.Excuse} {
		if more != "" {
			parts = append(parts, more)
		}
	}
	if c.For != "" {
		parts = append(parts, "代"+c.For)
	}
	if c.Instead != "" {
		parts = append(parts, "由"+c.Instead+"代")
	}
	lines := []fyne.CanvasObject{kit.Text(strings.Join(parts, "　"))}
	if c.Why != "" {
		lines = append(lines, kit.Hint(c.Why))
	}
	return lines
}

// attended is what is known of his coming.
func attended(s session.Session, c session.Called) string {
	switch {
	case c.Came && c.Left != "":
		return c.Arrived + "–" + c.Left
	case c.Came:
		return strings.TrimSpace(c.Arrived + " 到")
	case c.Absent:
		return "没有来"
	case c.Reply != "":
		return words.Replies.Name(c.Reply)
	case s.Ahead() && c.Instead == "":
		return "未答"
	}
	return ""
}

// checks are what is to be done before a session and on the day, each to be ticked.
func (p *Page) checks(s session.Session) fyne.CanvasObject {
	box := container.NewVBox()
	for _, c := range s.Checks {
		tick := kit.NewCheck(c.What, nil)
		tick.Checked = c.Done
		tick.OnChanged = func(done bool) {
			p.act(s.ID, agenda.Order{Do: session.Tick, What: c.What, Done: &done}, func(session.Session) { p.Shown() })
		}
		if !s.May(session.Tick, p.agenda.Settings.Unit) {
			tick.Disable()
		}
		box.Add(tick)
	}
	return box
}

// act does one act at once and says what kept it.
func (p *Page) act(id string, o agenda.Order, then func(session.Session)) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (session.Session, error) {
		return p.agenda.Act(ctx, p.by, id, o)
	}, func(s session.Session, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			p.Shown()
			return
		}
		then(s)
	})
}

// enter opens the session of the chosen day; of several somebody chooses one.
func (p *Page) enter() {
	if p.open != nil {
		return
	}
	p.of(func(ss []session.Session) {
		switch len(ss) {
		case 0:
			p.host.Say(kit.Plain, "这一天没有安排。按 N 安排一场。")
		case 1:
			p.Open(ss[0])
		default:
			p.which(show.Spoken(ss[0].Day), ss, p.Open)
		}
	})
}

// of gives the sessions that are chosen: those of a day, of a station on a day, or the one of the list.
func (p *Page) of(then func([]session.Session)) {
	if p.view.across {
		p.cell(then)
		return
	}
	s, ok := p.list.Chosen()
	i := p.month.at(p.at.Format(time.DateOnly))
	switch {
	case ok && p.body.listed:
		then([]session.Session{s})
	case i >= 0:
		then(p.month.days[i].sessions)
	}
}

// which asks for one of several sessions.
func (p *Page) which(title string, ss []session.Session, then func(session.Session)) {
	var on *kit.Dialog
	t := kit.NewTable("", p.columns()...)
	t.ClickOpens = true
	t.OnOpen = func(s session.Session) { on.Close(); then(s) }
	t.Set(ss)
	on = kit.Show(p.host.Canvas(), title, t.Container, fyne.NewSize(960, 900), kit.NewButton("不看了", "Esc", false, func() { on.Close() }))
	t.Choose(0)
	t.Focus()
}
