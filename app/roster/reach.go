package roster

import (
	"context"
	"fmt"

	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// rerouted is the note of an act by which nothing changes but the way to a station.
const rerouted = "报送的路变了"

// Regroup has people and units go by the way that stations exchange with as of now, where it is another than before:
// a computer was let in, or put out of use. A county does that for its stations; elsewhere nothing happens.
func (r *Roster) Regroup(ctx context.Context, by clerk.Clerk) error {
	if unit.LevelOf(r.Settings.Unit) != journal.County {
		return nil
	}
	d, err := r.desk(ctx, by)
	if err != nil {
		return fmt.Errorf("regroup: %w", err)
	}
	people, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = ? AND stations <> ''", int(person.Here))
	if err != nil {
		return fmt.Errorf("regroup: %w", err)
	}
	var acts []store.Act
	for _, l := range people {
		var seats []person.Seat
		for _, s := range l.Thing.Seats {
			if via, other := d.elsewhere(s.Station, s.Via); other {
				s.Via = via
				seats = append(seats, s)
			}
		}
		if len(seats) > 0 {
			acts = append(acts, d.group(ctx, l.Thing, seats, rerouted, ""))
		}
	}
	for _, s := range d.sites {
		if via, other := d.elsewhere(s.Code, s.Via); other && s.State == site.Open {
			acts = append(acts, d.act(site.Name, s.ID, site.Change, site.Move{Via: &via, Note: rerouted}, nil))
		}
	}
	if len(acts) == 0 {
		return nil
	}
	if _, err := r.Store.Write(ctx, acts...); err != nil {
		return fmt.Errorf("regroup: %w", err)
	}
	return nil
}

// elsewhere says whether one of our stations exchanges with another one than before; what a city says of one that
// reports to it is the city's.
func (d *desk) elsewhere(station, before string) (via string, other bool) {
	if unit.Parent(station) != d.unit || before != "" && unit.LevelOf(before) != journal.Station {
		return before, false
	}
	via = d.through(station)
	return via, via != before
}
