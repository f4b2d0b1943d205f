package roster_test

import (
	"flag"
	"slices"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/view"
)

var (
	seeds = flag.Int("seeds", 4, "how many worlds of people and units to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Two counties with their stations and the city do with people and units whatever may be done, in any order, while files are lost
// and spoilt and computers are restored. Then all sync undisturbed: everybody whom a person or a unit concerns by then has it, the
// same everywhere, and nobody else lists it.
func TestPeopleInChaos(t *testing.T) {
	apptest.InTurmoil(t, *seeds, *seed, chaos)
}

func chaos(c *apptest.Turmoil) {
	w, all, t := c.World, c.All, c.T
	c.Play(110, 12, func(o *apptest.Seat, n, side int) {
		if side >= 6 {
			o.Sync()
			return
		}
		o.ReadsCalendar()
		o.AnyPerson(c.Dice, n, c.Stations()...)
	})
	c.Calm(nil)
	for range 3 {
		round(all...)
	}
	apptest.SameThings(w, all, person.Name, func(p *person.Person) []string {
		return slices.DeleteFunc(p.Audience(), func(u string) bool { return person.Kind.Left(p, u) })
	})
	known := map[string]person.Private{}
	for _, o := range all {
		ls, err := view.Things[person.Person](ctx, o.Store, person.Name, "state = 1 AND owes = ''")
		w.Must(err)
		for _, l := range ls {
			if p := l.Thing; slices.Contains(p.Privy(), o.Settings.Unit) {
				if was, said := known[p.ID]; said && was != p.Private {
					t.Errorf("%s %s is %+v at %s, elsewhere %+v", p.Name, p.ID, p.Private, o.Settings.Unit, was)
				}
				known[p.ID] = p.Private
			}
		}
	}
	apptest.SameThings(w, all, site.Name, func(s *site.Site) []string { return s.Envelope(s.Unit).Audience })
	for _, o := range all {
		o.Healthy()
		o.Quiet()
		for _, ended := range []bool{false, true} {
			w.Must(apptest.Err(o.Roster.Units(ctx, roster.SiteFilter{Closed: ended})))
			people, all, err := o.Roster.People(ctx, roster.Filter{Ended: ended})
			if w.Must(err); len(people) != all {
				t.Errorf("%s lists %d of %d", o.Settings.Unit, len(people), all)
			}
		}
	}
}
