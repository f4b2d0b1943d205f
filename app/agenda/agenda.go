// Package agenda is the calendar of one installation: which sessions there are where (data/session), by what rules they
// come (data/rota), who sits at them. What is done with them is checked here and becomes an entry.
package agenda

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Agenda is the calendar that one computer knows.
type Agenda struct {
	Guard    right.Guard
	Store    *store.Store
	Settings *settings.Settings
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time

	// People are all who hold a mandate or have a part, each once; of a station alone where one is named.
	People func(ctx context.Context, station string) ([]person.Person, error)
	// Presence says of somebody, by any ID of his, under which he is listed and what he is on a day: leave, suspended or
	// ended of words.Presences, "" where he may be called.
	Presence func(ctx context.Context) (func(id, day string) (listed, is string), error)
	Person   func(ctx context.Context, idOrName string) (person.Person, error) // the one who bears it, else a problem
	Matter   func(ctx context.Context, number string) (matter.Matter, error)   // by its number or ID, else a problem
	// Station gives the code of a station that we may write of, by its code or name; what is wrong is told of a field.
	Station func(ctx context.Context, field, typed string, wrong problem.Problems) string
	Through func(ctx context.Context) (func(station string) string, error) // what a station reports through (roster.Roster)
}

// Filter chooses sessions; what is empty chooses all.
type Filter struct {
	From, To string // days, both counted: 2027-01-01
	Station  string // whose they are; an office: also those of all below it
	Kind     string // words.Sessions
	States   []session.State
	Person   string // the ID of somebody who is called or came
	Rule     string
	Void     bool // also those that were entered by mistake
	After    int  // how many to pass over
	Limit    int  // 0: all
}

// where is the filter in SQL.
func (f Filter) where() (cond string, args []any) {
	conds := []string{"1"}
	add := func(c string, a ...any) { conds, args = append(conds, c), append(args, a...) }
	if f.From != "" {
		add("day >= ?", f.From)
	}
	if f.To != "" {
		add("day <= ?", f.To)
	}
	if f.Station != "" {
		stem := unit.Stem(f.Station)
		add("(station = ? OR station GLOB ? || '*')", f.Station, stem)
	}
	if f.Kind != "" {
		add("kind = ?", f.Kind)
	}
	if f.Person != "" {
		add("instr(people, ?) > 0", " "+f.Person+" ")
	}
	if f.Rule != "" {
		add("rule = ?", f.Rule)
	}
	switch {
	case f.States != nil:
		var marks []string
		for _, s := range f.States {
			marks, args = append(marks, "?"), append(args, int(s))
		}
		conds = append(conds, "state IN ("+strings.Join(marks, ", ")+")")
	case !f.Void:
		add("state <> ?", int(session.Void))
	}
	return strings.Join(conds, " AND "), args
}

// Sessions gives those whom a filter chooses, by day, hour and station, and how many there are in all.
func (a *Agenda) Sessions(ctx context.Context, f Filter) (list []session.Session, all int, err error) {
	if err := a.Guard.Sits(ctx, right.Look, right.Mine); err != nil {
		return nil, 0, err
	}
	if list, all, err = a.sessions(ctx, f); err == nil && !a.Guard.May(ctx, right.Contact, right.Hold) {
		for i := range list {
			list[i].Homes = nil
		}
	}
	return list, all, err
}

func (a *Agenda) sessions(ctx context.Context, f Filter) (list []session.Session, all int, err error) {
	cond, args := f.where()
	if err := a.Store.QueryRow(ctx, "SELECT count(*) FROM session WHERE "+cond, args...).Scan(&all); err != nil {
		return nil, 0, fmt.Errorf("sessions: %w", err)
	}
	cond += " ORDER BY day, start, station, id"
	if f.Limit > 0 || f.After > 0 {
		cond += fmt.Sprintf(" LIMIT %d OFFSET %d", cmp.Or(f.Limit, -1), f.After)
	}
	ls, err := view.Things[session.Session](ctx, a.Store, session.Name, cond, args...)
	if err != nil {
		return nil, 0, err
	}
	for _, l := range ls {
		list = append(list, l.Thing)
	}
	return list, all, nil
}

// Session gives one by its ID. It fails with problem.Problems where there is none.
func (a *Agenda) Session(ctx context.Context, id string) (session.Session, error) {
	if err := a.Guard.Sits(ctx, right.Look, right.Mine); err != nil {
		return session.Session{}, err
	}
	s, err := a.session(ctx, id)
	if !a.Guard.May(ctx, right.Contact, right.Hold) {
		s.Homes = nil
	}
	return s, err
}

func (a *Agenda) session(ctx context.Context, id string) (session.Session, error) {
	ls, err := view.Things[session.Session](ctx, a.Store, session.Name, "id = ?", strings.ToLower(strings.TrimSpace(id)))
	switch {
	case err != nil:
		return session.Session{}, fmt.Errorf("session %s: %w", id, err)
	case len(ls) == 0:
		return session.Session{}, problem.Problems{"session": "没有这一场，请核对编号"}
	}
	return ls[0].Thing, nil
}

// Rules gives the rules that hold for a station, "" for all here, by station.
func (a *Agenda) Rules(ctx context.Context, station string) (list []rota.Rota, err error) {
	ls, err := view.Things[rota.Rota](ctx, a.Store, rota.Name, "state = ? AND (?2 = '' OR station = ?2) ORDER BY station, id", int(rota.Kept), station)
	for _, l := range ls {
		list = append(list, l.Thing)
	}
	return list, err
}

// Tonight gives the session at which a station sits on a day: that which is going on, else the next reception that is
// still to come, else the last that was held; ok is false where there is none.
func (a *Agenda) Tonight(ctx context.Context, station, day string) (s session.Session, ok bool, err error) {
	list, _, err := a.sessions(ctx, Filter{From: day, To: day, Station: station})
	if err != nil {
		return s, false, err
	}
	rank := func(s session.Session) int {
		switch {
		case s.Kind != "reception" || s.State == session.Cancelled || s.State == session.Told:
			return 3
		case s.State == session.Open:
			return 0
		case s.Ahead():
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b session.Session) int { return rank(a) - rank(b) })
	if len(list) == 0 || rank(list[0]) == 3 {
		return s, false, nil
	}
	return list[0], true, nil
}
