package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/docket"
	"lianluo.local/app/docket/rates"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/dossier"
	"lianluo.local/data/person"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
)

// dossier gathers what a paper about suggestions needs: those of the days that wish chooses where none are named, who signs
// them, and of a table what they add up to.
func (a *App) dossier(ctx context.Context, k paper.Kind, t paper.Things, wish paper.Wish) (paper.Things, error) {
	d := &t.Dossier
	d.People = map[string]person.Person{}
	if !wish.Named {
		d.From, d.To = a.span(wish)
	}
	chosen := docket.Filter{From: d.From, To: d.To}
	switch {
	case k.Code == "suggestion-table" && wish.Named:
		var list []suggestion.Tally
		names := map[string]string{}
		for _, s := range t.Suggestions {
			list = append(list, s.Tally())
			for key, who := range s.Who {
				names[key] = who.Name
			}
		}
		d.Sum, d.Rates, d.Units = figured(rates.Of(list, a.Now().In(beijing).Format(time.DateOnly), a.Profile.Letters), names)
	case k.Code == "suggestion-table":
		f, names, err := a.Docket.Figures(ctx, chosen)
		if err != nil {
			return t, err
		}
		d.Sum, d.Rates, d.Units = figured(f, names)
	case k.About == paper.Many && !wish.Named:
		list, _, err := a.Docket.List(ctx, chosen)
		if err != nil {
			return t, err
		}
		t.Suggestions = slices.DeleteFunc(list, func(s suggestion.Suggestion) bool { return s.State == suggestion.Withdrawn })
		slices.SortStableFunc(t.Suggestions, func(a, b suggestion.Suggestion) int {
			return cmp.Or(strings.Compare(a.Congress, b.Congress), cmp.Compare(len(a.Number), len(b.Number)), strings.Compare(a.Number, b.Number))
		})
	case k.About == paper.One:
		return t, a.signers(ctx, t)
	}
	return t, nil
}

// figured are figures as papers have them.
func figured(f rates.Figures, names map[string]string) (sum dossier.Sum, rs []dossier.Rate, us []dossier.Unit) {
	for _, r := range f.Rates {
		rs = append(rs, dossier.Rate(r))
	}
	for _, u := range f.Units {
		us = append(us, dossier.Unit{Name: names[u.Key], Main: u.Main, Help: u.Help, Answered: u.Answered, Gave: u.Gave, Work: u.Work, Result: u.Result})
	}
	return dossier.Sum(f.Sum), rs, us
}

// signers gives what this home knows of those who sign.
func (a *App) signers(ctx context.Context, t paper.Things) error {
	for _, s := range t.Suggestions {
		for _, who := range s.Who {
			if who.Person == "" {
				continue
			}
			p, err := a.Roster.Person(ctx, who.Person)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			t.Dossier.People[p.ID] = p
		}
	}
	return nil
}
