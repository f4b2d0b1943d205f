package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/agenda/duty"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/calendar"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Duty derives the record of duty of a person, by ID or by a name that one alone bears, from a day to another, both
// counted; where they are empty, of this year. It fails with problem.Problems about who is not known.
func (a *App) Duty(ctx context.Context, who, from, to string) (duty.Record, error) {
	if err := a.guard.Sits(ctx, right.Roster, right.Mine); err != nil {
		return duty.Record{}, err
	}
	p, err := a.Roster.Find(ctx, who)
	if err == nil && !a.guard.May(ctx, right.Roster) { // his own
		err = a.guard.Whose(ctx, a.Clerk(), p.ID)
	}
	if err != nil {
		return duty.Record{}, err
	}
	led, err := a.led(ctx)
	if err != nil {
		return duty.Record{}, err
	}
	return a.duty(ctx, p, led, from, to)
}

// led are the matters that somebody took on himself, which no label tells.
func (a *App) led(ctx context.Context) ([]matter.Matter, error) {
	return a.Ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Led: true}})
}

func (a *App) duty(ctx context.Context, p person.Person, led []matter.Matter, from, to string) (r duty.Record, err error) {
	year := a.Now().Format("2006")
	if from == "" && to != "" {
		year = to[:min(4, len(to))]
	} else if from != "" {
		year = from[:min(4, len(from))]
	}
	from, to = cmp.Or(from, year+"-01-01"), cmp.Or(to, year+"-12-31")
	joined, err := a.Roster.Joined(ctx, p.ID)
	if err != nil {
		return r, err
	}
	ids := []string{p.ID}
	for _, j := range joined {
		ids = append(ids, j.ID)
	}
	var ss []session.Session
	for _, id := range ids {
		some, _, err := a.Agenda.Sessions(ctx, agenda.Filter{From: from, To: to, Person: id})
		if err != nil {
			return r, err
		}
		for _, s := range some {
			if !slices.ContainsFunc(ss, func(had session.Session) bool { return had.ID == s.ID }) {
				ss = append(ss, s)
			}
		}
	}
	ms, err := a.handled(ctx, p, led)
	if err != nil {
		return r, err
	}
	var proposals []suggestion.Suggestion
	for _, id := range ids {
		some, _, err := a.Docket.List(ctx, docket.Filter{Person: id})
		if err != nil {
			return r, err
		}
		proposals = append(proposals, some...)
	}
	r = duty.Of(p, ids[1:], from, to, ss, ms, proposals)
	if duty.Whole(from, to) && slices.ContainsFunc(p.Held(), func(m person.Mandate) bool { return m.Keeps(a.Settings.Unit) }) {
		r.Goals = r.Aims(p, a.Profile.Goals)
	}
	return r, nil
}

// handled are the matters that name somebody, with who he is where they do not say it, and those that he leads.
func (a *App) handled(ctx context.Context, p person.Person, led []matter.Matter) (ms []matter.Matter, err error) {
	fs, err := a.Roster.Matters(ctx, p.ID, 0, 1<<20)
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		ms = append(ms, f.Matter)
	}
	for _, m := range led {
		if m.Leader == p.Name && !slices.ContainsFunc(ms, func(had matter.Matter) bool { return had.ID == m.ID }) {
			ms = append(ms, m)
		}
	}
	for i := range ms {
		found, err := a.Roster.Who(ctx, ms[i])
		if err != nil {
			return nil, err
		}
		if leader := ms[i].Leader; leader != "" && found[leader] == "" { // nobody asked who a leader is
			if one, err := a.Roster.Find(ctx, leader); err == nil {
				found = found.With(matter.Persons{leader: one.ID})
			} else if !errors.As(err, new(problem.Problems)) {
				return nil, err
			}
		}
		ms[i].Persons = found
	}
	return ms, nil
}

// records are the records of the people of a paper: of the quarter before this one where it is to be checked and nobody
// said another time.
func (a *App) records(ctx context.Context, k paper.Kind, people []person.Person, w paper.Wish) (list []calendar.Record, err error) {
	from, to := a.span(w)
	if k.Code == "duty-check" && w.Year == 0 && w.Which.From.IsZero() && w.Which.To.IsZero() {
		now := a.Now()
		first := time.Date(now.Year(), (now.Month()-1)/3*3+1, 1, 0, 0, 0, 0, beijing)
		from, to = first.AddDate(0, -3, 0).Format(time.DateOnly), first.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	led, err := a.led(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		r, err := a.duty(ctx, p, led, from, to)
		if err != nil {
			return nil, err
		}
		rec := calendar.Record{Person: p, From: from, To: to}
		for _, it := range r.Items {
			rec.Items = append(rec.Items, calendar.Item(it))
		}
		for _, g := range r.Goals {
			rec.Goals = append(rec.Goals, calendar.Goal{Name: cmp.Or(words.Duties.Name(g.Kind), "履职天数"), Done: g.Done, Aims: g.Of})
		}
		list = append(list, rec)
	}
	return list, nil
}
