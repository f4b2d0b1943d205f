package app

import (
	"context"
	"errors"

	"lianluo.local/app/docket/rates"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/dossier"
	"lianluo.local/data/person"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/view"
)

// dossier gathers what a paper about suggestions needs: those of the days that wish chooses where none are named, who signs
// them, and of a list what it adds up to.
func (a *App) dossier(ctx context.Context, k paper.Kind, t paper.Things, wish paper.Wish) (paper.Things, error) {
	d := &t.Dossier
	if k.About == paper.Many && !wish.Named {
		d.From, d.To = a.span(wish)
		ls, err := view.Things[suggestion.Suggestion](ctx, a.Store, suggestion.Name,
			"submitted BETWEEN ? AND ? AND state NOT IN (?, ?) ORDER BY congress, length(serial), serial, row", d.From, d.To, suggestion.Withdrawn, suggestion.Void)
		if err != nil {
			return t, err
		}
		for _, l := range ls {
			t.Suggestions = append(t.Suggestions, l.Thing)
		}
	}
	if k.Code == "suggestion-table" {
		f := rates.Of(t.Suggestions, a.Now().In(beijing).Format("2006-01-02"), a.Profile.Letters)
		for _, r := range f.Rates {
			d.Rates = append(d.Rates, dossier.Rate(r))
		}
		for _, u := range f.Units {
			d.Units = append(d.Units, dossier.Unit(u))
		}
	}
	if k.About == paper.Many {
		return t, nil
	}
	d.People = map[string]person.Person{}
	for _, s := range t.Suggestions {
		for _, who := range s.Who {
			if who.Person == "" {
				continue
			}
			p, err := a.Roster.Person(ctx, who.Person)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return t, err
			}
			d.People[who.Person] = p // nobody where he is not known here
		}
	}
	return t, nil
}
