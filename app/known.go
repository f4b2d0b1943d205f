package app

import (
	"context"
	"encoding/json"
	"errors"
	"maps"

	"lianluo.local/data/matter"
	"lianluo.local/data/store"
)

// Known says who on the roster those are whom somebody names: an ID of a person stands for his name, and a name for the
// only one of it who is grouped to a station. Whoever is neither stays as he was written.
func (a *App) Known(ctx context.Context, station string, said []string) (names []string, persons matter.Persons, err error) {
	if len(said) == 0 {
		return said, nil, nil
	}
	offers, err := a.Roster.Offers(ctx, station)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range said {
		id := ""
		if len(name) == len("0199a0e4-0000-7000-8000-000000000000") {
			p, err := a.Roster.Person(ctx, name)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return nil, nil, err
			}
			if err == nil {
				id, name = p.ID, p.Name
			}
		} else if o, ok := offers.Named(name); ok && o.Here {
			id = o.ID
		}
		names, persons = append(names, name), persons.With(matter.Persons{name: id})
	}
	return names, persons, nil
}

// Correct puts fields of a matter right (desk.Correct); its deputies are known then, too.
func (a *App) Correct(ctx context.Context, m matter.Matter, changes map[string]json.RawMessage) (matter.Matter, error) {
	var said []string
	if json.Unmarshal(changes["deputies"], &said) == nil && changes["persons"] == nil {
		names, persons, err := a.Known(ctx, m.Station, said)
		if err != nil {
			return m, err
		}
		for _, name := range names {
			if m.Persons[name] != "" { // somebody said who he is
				delete(persons, name)
			}
		}
		changes = maps.Clone(changes)
		for field, value := range map[string]any{"deputies": names, "persons": persons} {
			if changes[field], err = json.Marshal(value); err != nil {
				return m, err
			}
		}
	}
	return a.Desk.Correct(ctx, a.Clerk(), m.ID, changes)
}
