package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/view"
)

// around is how long before its start and after its end a session gathers what citizens raise.
const around = time.Hour

// small is how long after its end one that nobody closed still does: into the small hours, not until the next morning.
const small = 6 * time.Hour

// seat gives a matter the session of the calendar at which it was raised: the one that its draft names, which must be the
// station's, else one of its kind that was held then. Who received the citizen is who was there at that hour, where the
// draft says nothing of it.
func (d *Desk) seat(ctx context.Context, draft Draft, r *matter.Report) error {
	s, err := d.session(ctx, r)
	if err != nil || draft.Deputies != nil || s.Kind != "reception" {
		return err
	}
	for _, c := range s.Here(r.Occurred.In(day.Beijing)) {
		if slices.Contains(r.Deputies, c.Name) { // which of two of one name is for somebody to say
			r.Persons = r.Persons.With(matter.Persons{c.Name: ""})
			continue
		}
		r.Deputies, r.Persons = append(r.Deputies, c.Name), r.Persons.With(matter.Persons{c.Name: c.Person()})
	}
	return nil
}

// session finds the session of a matter and writes its ID into the report.
func (d *Desk) session(ctx context.Context, r *matter.Report) (s session.Session, err error) {
	at := r.Occurred.In(day.Beijing)
	on, args := "(day = ? AND state NOT IN (?, ?, ?) OR day = ? AND state = ?) ORDER BY start, id", []any{at.Format(time.DateOnly),
		int(session.Cancelled), int(session.Void), int(session.Told), at.AddDate(0, 0, -1).Format(time.DateOnly), int(session.Open)}
	if r.Session = strings.ToLower(strings.TrimSpace(r.Session)); r.Session != "" {
		on, args = "id = ?", []any{r.Session}
	}
	ls, err := view.Things[session.Session](ctx, d.Store, session.Name, on, args...)
	if err != nil {
		return s, err
	}
	if r.Session != "" {
		if len(ls) == 0 || ls[0].Thing.State == session.Void || ls[0].Thing.Station != r.Station && !ls[0].Thing.Sits(d.Settings.Unit) {
			return s, problem.Problems{"session": "本站点没有这一场，请核对编号"}
		}
		return ls[0].Thing, nil
	}
	ls = slices.DeleteFunc(ls, func(l view.Line[session.Session]) bool { return l.Thing.Station != r.Station || !gathers(l.Thing, *r) })
	slices.SortStableFunc(ls, func(a, b view.Line[session.Session]) int { return going(b.Thing) - going(a.Thing) })
	if len(ls) > 0 {
		s = ls[0].Thing
	}
	r.Session = s.ID
	return s, nil
}

func going(s session.Session) int {
	if s.State == session.Open {
		return 1
	}
	return 0
}

// gathers says whether a matter of a way and hour was raised at a session: at a visit what was said at a door, at an
// opened box what lay in it, at the table all else that somebody said there.
func gathers(s session.Session, r matter.Report) bool {
	switch r.Channel {
	case "home-visit", "household":
		if s.Kind != "visit" {
			return false
		}
	case "box":
		if s.Type != "box" {
			return false
		}
	case "walk-in", "leader", "order", "other":
		if s.Kind != "reception" {
			return false
		}
	default: // a telephone and a group are no session
		return false
	}
	at := r.Occurred.In(day.Beijing)
	hour := func(clock string, otherwise time.Time) time.Time {
		t, err := time.ParseInLocation("2006-01-02 15:04", s.Day+" "+clock, day.Beijing)
		if err != nil {
			return otherwise
		}
		return t
	}
	from, to := hour(s.From, at), hour(s.To, at)
	if began := hour(s.Began, from); began.Before(from) {
		from = began
	}
	switch ended := hour(s.Ended, to); {
	case s.State == session.Open: // as long as somebody sits there, also past midnight
		to = to.Add(small - around)
	case ended.After(to):
		to = ended
	}
	return !at.Before(from.Add(-around)) && !at.After(to.Add(around))
}
