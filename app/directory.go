package app

import (
	"context"
	"errors"
	"slices"

	"lianluo.local/app/paper"
	"lianluo.local/app/paper/directory"
	"lianluo.local/app/roster"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/unit"
)

// Named gives the things that a paper of a kind is asked for: matters by number, sessions by ID, suggestions by ID or 案号, people by ID or name or all of a unit
// by its code, units by code or name; none where nothing is named. It fails with a sentence about what is not here.
func (a *App) Named(ctx context.Context, k paper.Kind, names []string) (t paper.Things, err error) {
	for _, name := range names {
		switch k.Of {
		case matter.Name:
			v, err := a.Ledger.Show(ctx, name)
			if err != nil {
				return t, err
			}
			t.Matters = append(t.Matters, v.Matter)
		case session.Name:
			s, err := a.Agenda.Session(ctx, name)
			if errors.Is(err, store.ErrNotFound) {
				err = problem.Problems{"session": "没有编号是“" + name + "”的场次，请核对"}
			}
			if err != nil {
				return t, err
			}
			t.Calendar.Sessions = append(t.Calendar.Sessions, s)
		case suggestion.Name:
			s, err := a.Docket.Find(ctx, name)
			if err != nil {
				return t, err
			}
			t.Suggestions = append(t.Suggestions, s)
		case site.Name:
			s, err := a.site(ctx, name)
			if err != nil {
				return t, err
			}
			t.Sites = append(t.Sites, s)
		case person.Name:
			if code, ok := unit.Parse(name); ok {
				t.Directory, err = a.of(ctx, code, t.Directory)
			} else {
				var p person.Person
				p, err = a.Roster.Find(ctx, name)
				t.People = append(t.People, p)
			}
			if err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

// site gives a unit by its code or name. Of this one and those that nothing was said of yet the code is known.
func (a *App) site(ctx context.Context, name string) (s site.Site, err error) {
	if code, ok := unit.Parse(name); ok {
		s, err = a.Roster.Site(ctx, code)
		if errors.Is(err, store.ErrNotFound) && (code == a.Settings.Unit || unit.Above(a.Settings.Unit, code)) {
			return site.Site{Code: code}, nil
		}
		if err == nil || !errors.Is(err, store.ErrNotFound) {
			return s, err
		}
	}
	all, err := a.Roster.Sites(ctx, true)
	if err != nil {
		return s, err
	}
	called := func(s site.Site) bool {
		is := spelling.Department(name)
		return spelling.Department(s.Name) == is || spelling.Department(s.Short) == is
	}
	i := slices.IndexFunc(all, called)
	if i < 0 || slices.ContainsFunc(all[i+1:], called) {
		return s, problem.Problems{"unit": "没有认出“" + name + "”是哪个站点，请写站点代码"}
	}
	return all[i], nil
}

// of adds all the people of a unit: those grouped at a station, or at any below an office.
func (a *App) of(ctx context.Context, code string, d directory.Directory) (directory.Directory, error) {
	f := roster.Filter{Station: code}
	if unit.LevelOf(code) != journal.Station {
		f = roster.Filter{}
	} else {
		s, err := a.site(ctx, code)
		if err != nil {
			return d, err
		}
		d.Sites = append(d.Sites, s)
	}
	ps, _, err := a.Roster.People(ctx, f)
	for _, p := range ps {
		here := func(s person.Seat) bool { return s.Station == code || unit.Above(code, s.Station) }
		had := func(q person.Person) bool { return q.ID == p.ID }
		if slices.ContainsFunc(p.Seats, here) && !slices.ContainsFunc(d.People, had) {
			d.People = append(d.People, p)
		}
	}
	if d.People == nil {
		d.People = []person.Person{}
	}
	return d, err
}

// directory gathers the people and units of a paper: those of the list that wish chooses where none are named, and what
// there is to know of both.
func (a *App) directory(ctx context.Context, k paper.Kind, d directory.Directory, wish paper.Wish) (directory.Directory,
	error) {
	var err error
	chosen := wish.Which.Station
	if chosen == "" && a.Settings.Role == journal.Station && k.Code != "station-list" {
		chosen = a.Settings.Unit
	}
	switch {
	case wish.Named:
	case chosen != "":
		d, err = a.of(ctx, chosen, d)
	case k.About == paper.Many:
		d.People, _, err = a.Roster.People(ctx, roster.Filter{})
		if err == nil && k.Of == site.Name {
			d.Sites, err = a.Roster.Sites(ctx, false)
		}
	}
	if err != nil {
		return d, err
	}
	if wish.Named && k.Of == site.Name {
		for _, s := range slices.Clone(d.Sites) {
			more, err := a.of(ctx, s.Code, directory.Directory{People: d.People})
			if err != nil {
				return d, err
			}
			d.People = more.People
		}
	}
	d.Photos = map[journal.ID][]byte{}
	for _, p := range d.People {
		if k.Pictured && p.Shown && p.Photo != (journal.ID{}) {
			photo, err := a.Roster.Photo(ctx, p.Photo)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return d, err
			}
			d.Photos[p.Photo] = photo // nil where it is not here
		}
	}
	return d, nil
}
