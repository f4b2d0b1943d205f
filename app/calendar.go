package app

import (
	"cmp"
	"context"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/register"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/unit"
)

// calendar gathers what a paper about sessions needs: the sessions of the days that wish chooses where none are named and it
// is about such, what was raised at those that are, and who is called.
func (a *App) calendar(ctx context.Context, k paper.Kind, c calendar.Calendar, wish paper.Wish) (calendar.Calendar, error) {
	var err error
	if k.Takes(paper.Days) {
		c.From, c.To = a.span(wish)
		if now := a.Now(); k.Code == "wall-set" && wish.Year == 0 && wish.Which.From.IsZero() && wish.Which.To.IsZero() { // this month's
			first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, beijing)
			c.From, c.To = first.Format(time.DateOnly), first.AddDate(0, 1, -1).Format(time.DateOnly)
		}
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
	ps, err := a.Agenda.People(ctx, "")
	c.People = map[string]person.Person{}
	for _, p := range ps {
		c.People[p.ID] = p
	}
	return c, err
}

// Posting is the notice of a session as one line to copy into a chat group; "" for one of which nobody is to be told.
func (a *App) Posting(ctx context.Context, s session.Session) (string, error) {
	if !s.Ahead() && !s.Owes() {
		return "", nil
	}
	o, err := a.Issuer(ctx)
	return calendar.Posting(s, o), err
}

// Wishes are the open wishes of citizens for deputies as a text to copy into a chat group, masked as on the wall; "" for none.
func (a *App) Wishes(ctx context.Context) (string, error) {
	ms, err := a.Ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Wishes: []matter.Wish{matter.Wished, matter.Offered, matter.Refused}}})
	if err != nil {
		return "", err
	}
	o, err := a.Issuer(ctx)
	return register.Posting(ms, o), err
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

// hanging gathers what hangs at a station besides its sessions: its matters, its people, and the rules of each office over it.
func (a *App) hanging(ctx context.Context, k paper.Kind, t paper.Things, wish paper.Wish) (paper.Things, error) {
	f := ledger.Filter{From: time.Date(a.Now().Year(), 1, 1, 0, 0, 0, 0, beijing), Station: wish.Which.Station}
	ms, err := a.Ledger.Rows(ctx, ledger.Query{Filter: f})
	if err != nil {
		return t, err
	}
	t.Matters = ms
	if t.Directory, err = a.directory(ctx, k, t.Directory, wish); err != nil {
		return t, err
	}
	t.Rules, err = a.hung(ctx)
	return t, err
}

// hung are the rules that hang here: those that each office over this one told and those that this home says itself, the
// highest first; the usual ones where nobody said any.
func (a *App) hung(ctx context.Context) (list []calendar.Rule, err error) {
	o, err := a.Issuer(ctx)
	if err != nil {
		return nil, err
	}
	put := func(by, text string) {
		var more []calendar.Rule
		for _, t := range profile.Hangs([]byte(text)) {
			more = append(more, calendar.Rule{By: by, Title: t.Title, Body: t.Body})
		}
		list = append(more, list...)
	}
	own, err := a.Store.Kept(ctx, terms.file)
	if err != nil {
		return nil, err
	}
	put(o.Named(a.Settings.Unit), own)
	for code := a.Settings.Unit; code != ""; code = unit.Parent(code) {
		text, err := a.Store.Published(ctx, code, terms.file)
		if err != nil {
			return nil, err
		}
		over := ""
		if office := unit.Parent(code); office != "" {
			if over, err = a.Store.Published(ctx, office, terms.file); err != nil {
				return nil, err
			}
			if text != over { // then it is of this office
				put(o.Named(office), text)
			}
		}
	}
	if list == nil {
		for _, t := range a.Profile.Texts {
			list = append(list, calendar.Rule{By: o.Named(a.Settings.Unit), Title: t.Title, Body: t.Body})
		}
	}
	return list, nil
}
