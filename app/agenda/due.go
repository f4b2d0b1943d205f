package agenda

import (
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
