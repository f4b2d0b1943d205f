package schedule

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
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

// month is one month of a calendar.
type month struct {
	first  time.Time // of the month
	days   []day     // of whole weeks, Monday first; across all stations its own alone
	shown  []session.Session
	odd    map[string][]string // what is odd about them, by ID
	marks  []agenda.Mark       // of the month itself
	rows   []row               // across all stations
	called map[string]string   // what stations are called, by code
}

// view is what of a month is shown: all stations, one line each, or a calendar of all or of one of them.
type view struct {
	across bool
	only   string // the code of a station, "" for all
}

// row is the month of one station.
type row struct {
	code  string
	days  [][]agenda.Mark // by the days of the month
	sits  int             // how many receptions stand in it
	late  int             // of how many sessions citizens were not told in time
	known bool            // it is one of ours, at which somebody has to sit
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

// read asks for the month in which a day lies.
func read(ctx context.Context, a *agenda.Agenda, r *roster.Roster, in time.Time, v view) (m month, err error) {
	m.first = time.Date(in.Year(), in.Month(), 1, 12, 0, 0, 0, in.Location())
	from, to := m.first, m.first.AddDate(0, 1, -1)
	if !v.across {
		from, to = from.AddDate(0, 0, -int(from.Weekday()+6)%7), to.AddDate(0, 0, (7-int(to.Weekday()))%7)
		m.shown, _, err = a.Sessions(ctx, agenda.Filter{From: from.Format(time.DateOnly), To: to.Format(time.DateOnly), Station: v.only})
		if err == nil {
			m.odd, err = a.Odd(ctx, m.shown)
		}
	} else {
		m.marks, err = a.Marks(ctx, from.Format(time.DateOnly), to.Format(time.DateOnly))
	}
	if err != nil {
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
	m.called = names(sites)
	m.shown = slices.DeleteFunc(slices.Clone(m.shown), func(s session.Session) bool { return !m.has(s.Day) })
	if v.across {
		m.rows = m.across(sites)
		return m, nil
	}
	for _, s := range m.shown {
		m.marks = append(m.marks, a.Mark(s))
	}
	return m, nil
}

// across are the stations with what stands in each, ours by their codes, then whatever else there is a session of.
func (m month) across(sites []site.Site) (rows []row) {
	at := map[string]int{}
	put := func(code string, known bool) int {
		i, is := at[code]
		if !is {
			i, at[code] = len(rows), len(rows)
			rows = append(rows, row{code: code, known: known, days: make([][]agenda.Mark, len(m.days))})
		}
		return i
	}
	for _, s := range sites {
		if unit.LevelOf(s.Code) == journal.Station {
			put(s.Code, s.Kind != "base") // citizens are received at stations and points
		}
	}
	for _, k := range m.marks {
		r := &rows[put(k.Station, false)]
		on, _ := strconv.Atoi(k.Day[len(k.Day)-2:])
		r.days[on-1] = append(r.days[on-1], k)
		if k.Late {
			r.late++
		}
		if k.Kind == "reception" && k.State != session.Cancelled {
			r.sits++
		}
	}
	return rows
}

// gap says whether something is missing in the month of a station.
func (r row) gap() bool { return r.late > 0 || r.known && r.sits == 0 }

// sum is what the month of a station adds up to.
func (r row) sum() string {
	switch {
	case r.late > 0:
		return fmt.Sprintf("缺 %d", r.late)
	case r.known && r.sits == 0:
		return "无接待"
	}
	return fmt.Sprintf("%d 场", r.sits)
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
		if c.Instead == "" && (!s.Counts() || s.State == session.Open || c.Came) {
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
func (m month) counted() (all string, amiss []string) {
	var n, held, late, empty, idle int
	for _, k := range m.marks {
		if k.Late {
			late++
		}
		if k.State == session.Cancelled {
			continue
		}
		if n++; k.State == session.Held {
			held++
		}
		if k.Empty {
			empty++
		}
	}
	for _, r := range m.rows {
		if r.known && r.sits == 0 {
			idle++
		}
	}
	for _, c := range []struct {
		n    int
		what string
	}{{late, "%d 场没有按时公告"}, {empty, "%d 场还没有安排代表"}, {idle, "%d 个站本月没有安排接待"}} {
		if c.n > 0 {
			amiss = append(amiss, fmt.Sprintf(c.what, c.n))
		}
	}
	return fmt.Sprintf("安排 %d 场，已举行 %d 场。", n, held), amiss
}
