package app

import (
	"cmp"
	"context"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/calendar"
	"lianluo.local/data/person"
)

// calendar gathers what a paper about sessions needs: the sessions of the days that wish chooses where none are named and it
// is about such, what was raised at those that are, and who is called.
func (a *App) calendar(ctx context.Context, k paper.Kind, c calendar.Calendar, wish paper.Wish) (calendar.Calendar, error) {
	var err error
	if k.Takes(paper.Days) {
		c.From, c.To = a.span(wish)
		if !wish.Named {
			c.Sessions, _, err = a.Agenda.Sessions(ctx, agenda.Filter{From: c.From, To: c.To, Station: cmp.Or(wish.Which.Station, a.Settings.Unit)})
		} else if len(c.Sessions) > 0 {
			c.From, c.To = c.Sessions[0].Day, c.Sessions[0].Day
			for _, s := range c.Sessions {
				c.From, c.To = min(c.From, s.Day), max(c.To, s.Day)
			}
		}
	} else {
		for _, s := range c.Sessions {
			ms, e := a.Ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Session: s.ID}})
			if err = e; err != nil {
				return c, err
			}
			c.Raised = append(c.Raised, ms...)
		}
	}
	if err != nil {
		return c, err
	}
	ps, err := a.Agenda.People(ctx)
	c.People = map[string]person.Person{}
	for _, p := range ps {
		c.People[p.ID] = p
	}
	return c, err
}

// span are the days from which to which a wish looks, both counted: those that it says, else its year, else this one.
func (a *App) span(w paper.Wish) (from, to string) {
	f, year := w.Which, cmp.Or(w.Year, a.Now().Year())
	if f.From.IsZero() {
		if f.From = time.Date(year, 1, 1, 0, 0, 0, 0, beijing); !f.To.IsZero() {
			f.From = time.Date(f.To.AddDate(0, 0, -1).Year(), 1, 1, 0, 0, 0, 0, beijing)
		}
	}
	if f.To.IsZero() {
		f.To = time.Date(f.From.Year()+1, 1, 1, 0, 0, 0, 0, beijing)
	}
	return f.From.In(beijing).Format(time.DateOnly), f.To.In(beijing).AddDate(0, 0, -1).Format(time.DateOnly)
}
