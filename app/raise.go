package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lianluo.local/app/agenda"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
)

// matter gives one by its number or ID. It fails with problem.Problems where none is here.
func (a *App) matter(ctx context.Context, number string) (matter.Matter, error) {
	v, err := a.Ledger.Show(ctx, number)
	if errors.Is(err, store.ErrNotFound) {
		err = problem.Problems{"matter": "没有 " + number + " 这一件，请核对编号"}
	}
	return v.Matter, err
}

// Raise makes a matter of the visit book of what a household said on a round of visits: the stop and the matter name each
// other, and its deputies are those who came. It fails with problem.Problems; asked again after it was cut short, it takes
// the matter that is there.
func (a *App) Raise(ctx context.Context, by clerk.Clerk, id, key string) (m matter.Matter, err error) {
	if err := a.guard.Ask(ctx, by, right.Register); err != nil {
		return m, err
	}
	s, err := a.Agenda.Session(ctx, id)
	if err != nil {
		return m, err
	}
	i := s.Visited(key)
	if i < 0 {
		return m, problem.Problems{"stop": "没有记过这一户，请核对"}.Of(session.Name)
	}
	key = s.Stops[i].Key
	home := s.Homes[key]
	switch {
	case s.Stops[i].Matter != "" && s.Stops[i].Matter != s.Followed:
		return m, problem.Problems{"stop": "这一户说的已经登记成事项了，没有再登记"}.Of(session.Name)
	case home.Words == "":
		return m, problem.Problems{"words": "请先写这一户说了什么"}.Of(session.Name)
	}
	said, err := a.Ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Session: s.ID}})
	if err != nil {
		return m, err
	}
	for _, v := range said {
		if v.Words == home.Words && v.Name == home.Name && v.Address == home.Address &&
			!slices.ContainsFunc(s.Stops, func(stop session.Stop) bool { return stop.Matter == v.ID }) {
			m = v
		}
	}
	if m.ID == "" {
		if m, err = a.Desk.Receive(ctx, by, doorstep(s, home)); err != nil {
			return m, err
		}
	}
	_, err = a.Agenda.Act(ctx, by, s.ID, agenda.Order{Do: session.Visit, Stop: key, Matter: m.ID})
	return m, err
}

// doorstep is what was said at a household, as a draft.
func doorstep(s session.Session, home session.Home) desk.Draft {
	d := desk.Draft{Register: "visit", Channel: "household", Station: s.Station, Session: s.ID, Name: home.Name, Phone: home.Phone,
		Address: home.Address, Words: home.Words, Occurred: strings.TrimSpace(s.Day + " " + s.From), Anonymous: home.Name == ""}
	there := s.Present()
	if len(there) == 0 {
		there = s.Awaited()
	}
	for _, c := range there {
		d.Deputies, d.Persons = append(d.Deputies, c.Name), d.Persons.With(matter.Persons{c.Name: c.Person()})
	}
	return d
}
