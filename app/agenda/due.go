package agenda

import (
	"context"
	"time"

	"lianluo.local/data/session"
)

// Due is the last day on which the notice of a session hangs in time, "" where none is awaited: it hangs already, or nobody
// has to be told.
func (a *Agenda) Due(s session.Session) string {
	on, err := time.Parse(time.DateOnly, s.Day)
	if err != nil || s.State != session.Planned || !s.Announces() {
		return ""
	}
	return on.AddDate(0, 0, -a.Profile.Notice).Format(time.DateOnly)
}

// Late says whether citizens should have been told of a session by now and were not, or were told something else.
func (a *Agenda) Late(s session.Session) bool {
	due := a.Due(s)
	return due != "" && due < a.Now().Format(time.DateOnly) || s.Owes()
}

// Coming is what presses in the calendar: what is on today here, and of the next two weeks how many sessions are not
// announced in time, how many are to be announced by tomorrow, who has not said whether he comes, and who is to come and
// can not.
type Coming struct {
	Tonight []session.Session // ours, the first first
	Late    int
	Due     int
	Silent  []string // names, each once
	Wanting []string // who may not come any more, or is to be elsewhere at that hour: a sentence each, with its day
}

// ahead is how many days Coming looks ahead.
const ahead = 14

// Coming gives it for this unit and all below it.
func (a *Agenda) Coming(ctx context.Context) (c Coming, err error) {
	now := a.Now()
	today, tomorrow := now.Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)
	list, _, err := a.sessions(ctx, Filter{From: today, To: now.AddDate(0, 0, ahead).Format(time.DateOnly), Station: a.Settings.Unit,
		States: []session.State{session.Planned, session.Announced, session.Altered, session.Open, session.Cancelled}})
	if err != nil {
		return c, err
	}
	w, err := a.watch(ctx, list)
	if err != nil {
		return c, err
	}
	named := map[string]bool{}
	for _, s := range list {
		switch due := a.Due(s); {
		case a.Late(s):
			c.Late++
		case due != "" && due <= tomorrow:
			c.Due++
		}
		if s.Ahead() {
			for _, why := range append(w.away(s), w.clashes(s)...) {
				c.Wanting = append(c.Wanting, s.Day+" "+why)
			}
		}
		if s.State == session.Cancelled || !s.Sits(a.Settings.Unit) {
			continue
		}
		if s.Day == today {
			c.Tonight = append(c.Tonight, s)
		}
		for _, who := range s.Awaited() {
			if who.Reply == "" && s.Ahead() && !named[who.Key] {
				named[who.Key] = true
				c.Silent = append(c.Silent, who.Name)
			}
		}
	}
	return c, w.err
}
