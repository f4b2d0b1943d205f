package roster

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// OtherWay is the note of an act by which nothing changes but the way to a station.
const OtherWay = "报送的路变了"

// Regroup has people and units go by the way that stations exchange with as of now, where it is another than before:
// a computer was let in, or put out of use. A county does that for its stations. Every unit says again what it said
// privately of somebody while others let in a station of which it knew nothing.
func (r *Roster) Regroup(ctx context.Context, by clerk.Clerk) error {
	acts, err := r.owing(ctx, by)
	if err == nil && unit.LevelOf(r.Settings.Unit) == journal.County {
		var more []store.Act
		more, err = r.rerouted(ctx, by)
		acts = append(acts, more...)
	}
	if err == nil && len(acts) > 0 {
		_, err = r.Store.Write(ctx, acts...)
	}
	if err != nil {
		return fmt.Errorf("regroup: %w", err)
	}
	return nil
}

// owing gives the acts by which we say again what we know.
func (r *Roster) owing(ctx context.Context, by clerk.Clerk) (acts []store.Act, err error) {
	people, err := view.Things[person.Person](ctx, r.Store, person.Name, "owes <> '' AND instr(owes, ?) > 0 AND state = ?",
		" "+r.Settings.Unit+" ", int(person.Here))
	for _, l := range people {
		known := field.From(l.Thing.Private)
		maps.DeleteFunc(known, func(code string, _ any) bool { return known.Text(code) == "" })
		if len(known) == 0 || !l.Thing.May(person.Correct, r.Settings.Unit) {
			continue
		}
		acts = append(acts, store.Act{Kind: person.Name, Thing: l.Thing.ID, Do: person.Correct, Private: known, Unit: r.Settings.Unit,
			Body: person.Move{Hides: slices.Sorted(maps.Keys(known)), Tells: true, Note: "告诉后编入的站点"}, By: by.Name, At: r.Now()})
	}
	return acts, err
}

// rerouted gives the acts by which people and units go another way.
func (r *Roster) rerouted(ctx context.Context, by clerk.Clerk) (acts []store.Act, err error) {
	d, err := r.Desk(ctx, by)
	if err != nil {
		return nil, err
	}
	people, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = ? AND stations <> ''", int(person.Here))
	if err != nil {
		return nil, err
	}
	for _, l := range people {
		var seats []person.Seat
		for _, s := range l.Thing.Seats {
			if via, other := d.elsewhere(s.Station, s.Via); other {
				s.Via = via
				seats = append(seats, s)
			}
		}
		if len(seats) > 0 {
			acts = append(acts, d.Group(ctx, l.Thing, seats, OtherWay, ""))
		}
	}
	for _, s := range d.Sites {
		if via, other := d.elsewhere(s.Code, s.Via); other && s.State == site.Open {
			acts = append(acts, d.act(site.Name, s.ID, site.Change, site.Move{Via: &via, Note: OtherWay}, nil))
		}
	}
	return acts, nil
}

// elsewhere says whether one of our stations exchanges with another one than before; what a city says of one that
// reports to it is the city's.
func (d *Desk) elsewhere(station, before string) (via string, other bool) {
	if unit.Parent(station) != d.Unit || before != "" && unit.LevelOf(before) != journal.Station {
		return before, false
	}
	via = d.Through(station)
	return via, via != before
}
