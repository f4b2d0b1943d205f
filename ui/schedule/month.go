package schedule

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
)

// month is one month of a calendar: whole weeks, Monday first.
type month struct {
	first  time.Time // of the month
	days   []day
	shown  []session.Session
	odd    map[string][]string // what is odd about them, by ID
	called map[string]string   // what stations are called, by code
	idle   []string            // codes of the stations at which nobody receives in it
}

// day is one day of a month, or of the weeks around it.
type day struct {
	date     string // 2027-01-11
	on       time.Time
	out      bool   // of the month before or after
	mark     string // 休, 班
	feast    string // 春节
	sessions []session.Session
}

// weekday is what a day of the week is called, Monday 0.
func weekday(i int) string { return string([]rune("一二三四五六日")[i]) }

// read asks for the month in which a day lies: all sessions here.
func read(ctx context.Context, a *agenda.Agenda, r *roster.Roster, in time.Time) (m month, err error) {
	m.first = time.Date(in.Year(), in.Month(), 1, 12, 0, 0, 0, in.Location())
	from := m.first.AddDate(0, 0, -int(m.first.Weekday()+6)%7)
	last := m.first.AddDate(0, 1, -1)
	to := last.AddDate(0, 0, (7-int(last.Weekday()))%7)
	m.shown, _, err = a.Sessions(ctx, agenda.Filter{From: from.Format(time.DateOnly), To: to.Format(time.DateOnly)})
	if err != nil {
		return m, err
	}
	if m.odd, err = a.Odd(ctx, m.shown); err != nil {
		return m, err
	}
	sites, err := r.Sites(ctx, false)
	if err != nil {
		return m, err
	}
	i := 0
	for on := from; !on.After(to); on = on.AddDate(0, 0, 1) {
		d := day{date: on.Format(time.DateOnly), on: on, out: on.Month() != in.Month(), feast: a.Calendar.Name(on)}
		weekend := on.Weekday() == time.Saturday || on.Weekday() == time.Sunday
		switch works := a.Calendar.IsWorkday(on); {
		case works && weekend:
			d.mark = "班"
		case !works && (!weekend || d.feast != ""):
			d.mark = "休"
		}
		begin := i
		for i < len(m.shown) && m.shown[i].Day == d.date {
			i++
		}
		d.sessions = m.shown[begin:i]
		m.days = append(m.days, d)
	}
	m.shown = slices.DeleteFunc(slices.Clone(m.shown), func(s session.Session) bool { return !m.has(s.Day) })
	m.called, m.idle = names(sites), m.without(sites)
	return m, nil
}

// has says whether a day lies in the month itself.
func (m month) has(date string) bool { return strings.HasPrefix(date, m.first.Format("2006-01")) }

// at is the place of a day in the weeks.
func (m month) at(date string) int {
	return slices.IndexFunc(m.days, func(d day) bool { return d.date == date })
}

func names(sites []site.Site) map[string]string {
	called := map[string]string{}
	for _, s := range sites {
		called[s.Code] = cmp.Or(s.Called(), places.Of(s.Code).Where)
	}
	return called
}

// without are the stations of whom no reception is planned in the month.
func (m month) without(sites []site.Site) (codes []string) {
	sits := map[string]bool{}
	for _, s := range m.shown {
		if s.Kind == "reception" && s.State != session.Cancelled {
			sits[s.Station] = true
		}
	}
	for _, s := range sites {
		if unit.LevelOf(s.Code) == journal.Station && !sits[s.Code] {
			codes = append(codes, s.Code)
		}
	}
	return codes
}

// place is what the station of a session is called.
func (m month) place(code string) string { return cmp.Or(m.called[code], places.Of(code).Where) }

// standing says in a word what has to be seen of a session at once, "" for nothing.
func standing(a *agenda.Agenda, s session.Session) string {
	switch {
	case s.State == session.Cancelled:
		return "取消"
	case s.State == session.Held:
		return "毕"
	case s.State == session.Open:
		return "正在"
	case s.State == session.Told:
		return "待确认"
	case s.Owes():
		return "待更正"
	case a.Late(s):
		return "缺公告"
	}
	return ""
}

// who are the names of those who are awaited or came.
func who(s session.Session) string {
	var list []string
	for _, c := range s.Called {
		if c.Instead == "" && (!s.Counts() || c.Came) {
			list = append(list, c.Name)
		}
	}
	return strings.Join(list, " ")
}

// told is a session in one line: 19:30 凤山站 · 王明 李慧敏 · 议题.
func (m month) told(s session.Session, own string) string {
	parts := []string{s.From}
	if s.Station != own {
		parts[0] += " " + m.place(s.Station)
	}
	if names := who(s); names != "" && s.Station == own {
		parts[0] += " " + names
	} else if names != "" {
		parts = append(parts, names)
	}
	if s.Topic != "" || s.Kind != "reception" {
		parts = append(parts, s.Title())
	}
	return strings.Join(parts, " · ")
}

// title is what the month is called.
func (m month) title() string { return m.first.Format("2006年1月") }

// counted says how many sessions of the month there are, and of how many something is amiss.
func (m month) counted(a *agenda.Agenda) (all string, amiss []string) {
	var n, held, late, empty int
	for _, s := range m.shown {
		if s.State == session.Cancelled {
			continue
		}
		n++
		if s.State == session.Held {
			held++
		}
		if a.Late(s) {
			late++
		}
		if s.Ahead() && len(s.Awaited()) == 0 {
			empty++
		}
	}
	all = fmt.Sprintf("安排 %d 场，已举行 %d 场。", n, held)
	if late > 0 {
		amiss = append(amiss, fmt.Sprintf("%d 场没有按时公告", late))
	}
	if empty > 0 {
		amiss = append(amiss, fmt.Sprintf("%d 场还没有安排代表", empty))
	}
	return all, amiss
}
