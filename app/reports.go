package app

import (
	"cmp"
	"context"
	"time"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
	"lianluo.local/data/site"
)

// reports is the desk that makes reports, with what it has to know of people, units and who was heard of.
func (a *App) reports() *report.Desk {
	return &report.Desk{Guard: a.guard, Store: a.Store, Unit: a.Settings.Unit, Now: a.Now,
		Calendar: figure.Calendar{Week: time.Weekday(a.Profile.Week % 7), Since: a.Profile.Congress},
		Sites:    func(ctx context.Context) ([]site.Site, error) { return a.Roster.Sites(ctx, false) },
		Named: func(unit string) string { // a county or township, or a station
			place, _ := places.ByCode(unit)
			return cmp.Or(place.Name, places.Of(unit).Where, unit)
		}, Heard: a.heard, Through: a.through,
		People: func(ctx context.Context) (map[string]figure.Person, func(station, name string) string, error) {
			counted, means, err := a.Roster.Counted(ctx)
			people := make(map[string]figure.Person, len(counted))
			for id, c := range counted {
				people[id] = figure.Person(c)
			}
			return people, means, err
		}}
}

// heard gives the units below with until when each was heard of: those that we exchange with, and those that we hear of
// through them.
func (a *App) heard(ctx context.Context) (list []report.Heard, err error) {
	last := map[string]int{}
	put := func(unit, name string, at time.Time) {
		i, known := last[unit]
		if !known {
			last[unit], list = len(list), append(list, report.Heard{Unit: unit, Name: name, Last: at})
		} else if at.After(list[i].Last) {
			list[i].Last = at
		}
	}
	peers, err := a.Courier.Peers(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range peers {
		if p.Card.Unit != a.Settings.Parent && p.Card.Unit != a.Settings.Unit && !p.Revoked {
			at, _ := time.Parse(time.RFC3339, p.Heard) // "": never
			put(p.Card.Unit, p.Card.Name, at)
		}
	}
	far, err := a.Courier.Afar(ctx)
	for _, f := range far {
		at, err := time.Parse(time.RFC3339, f.Last)
		if err != nil { // it had nothing to say yet
			at = f.Asked
		}
		put(f.Unit, f.Name, at)
	}
	return list, err
}
