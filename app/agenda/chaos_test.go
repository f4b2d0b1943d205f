package agenda_test

import (
	"flag"
	"reflect"
	"slices"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/agenda/duty"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
)

var (
	seeds = flag.Int("seeds", 4, "how many worlds of sessions to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Two counties with their stations (one with two computers) and the city do with sessions, rules, people and units whatever
// may be done, in any order, while files are lost and spoilt and computers are restored; in two worlds of three the county,
// or a station, has a program that knows neither sessions nor rules until the end. Then all sync undisturbed: everybody
// whom a session concerns by then has it, the same everywhere, and nobody else lists it; what households said is the same
// wherever it may be known and nowhere else; none that was made is lost; a deputy's record of duty says of a session the
// same at its station and at the county.
func TestCalendarInChaos(t *testing.T) {
	apptest.InTurmoil(t, *seeds, *seed, chaos, session.Name, rota.Name)
}

func chaos(c *apptest.Turmoil) {
	w, all, t, made := c.World, c.All, c.T, map[string]bool{}
	c.Play(160, 14, func(o *apptest.Seat, n, side int) {
		switch {
		case side < 2:
			o.ReadsCalendar()
			o.AnyPerson(c.Dice, n, c.Stations()...)
		case side >= 8:
			o.Sync()
		case o != c.Old:
			o.ReadsCalendar()
			for _, id := range o.AnySession(c.Dice, n, c.Stations()...) {
				made[id] = true
			}
		}
	})
	c.Calm(func(others []*apptest.Seat) { same(w, others) })
	same(w, all)
	homes := map[string]map[string]session.Home{}
	here := map[*apptest.Seat]map[string]bool{}
	for _, o := range all {
		list, _, err := o.Agenda.Sessions(ctx, agenda.Filter{Void: true})
		w.Must(err)
		here[o] = map[string]bool{}
		for _, s := range list {
			here[o][s.ID] = true
			delete(made, s.ID)
			if !slices.Contains(s.Envelope("").Privy, o.Settings.Unit) {
				if s.Known() && !slices.ContainsFunc(s.History, func(e thing.Event) bool { return e.Unit == o.Settings.Unit }) {
					t.Errorf("%s hears what households said at %s %s: %+v", o.Settings.Unit, s.Day, s.Station, s.Homes)
				}
				continue
			}
			if was, said := homes[s.ID]; said && !reflect.DeepEqual(was, s.Homes) {
				t.Errorf("%s %s: %s heard %+v, elsewhere it is %+v", s.Day, s.Station, o.Settings.Unit, s.Homes, was)
			}
			homes[s.ID] = s.Homes
		}
		o.Healthy()
		o.Quiet()
	}
	for id := range made {
		t.Errorf("session %s is lost", id)
	}
	if len(homes) == 0 {
		t.Error("nothing was played")
	}
	for _, o := range []*apptest.Seat{all[1], all[2], all[6]} {
		people, _, err := o.Roster.People(ctx, roster.Filter{})
		w.Must(err)
		for _, p := range people {
			record := func(at *apptest.Seat) (items []duty.Item) {
				r, err := at.Duty(ctx, p.ID, "2026-01-01", "2027-12-31")
				w.Must(err)
				return slices.DeleteFunc(r.Items, func(i duty.Item) bool { return !here[o][i.ID] })
			}
			if a, b := record(o), record(c.County()); !reflect.DeepEqual(a, b) {
				t.Errorf("%s did by %s\n%+v\nby the county\n%+v", p.Name, o.Settings.Unit, a, b)
			}
		}
	}
}

// same fails unless sessions and rules are the same wherever they are listed, and are listed where they concern somebody.
func same(w *apptest.World, all []*apptest.Seat) {
	w.T.Helper()
	apptest.SameThings(w, all, session.Name, func(s *session.Session) []string {
		if s.Contested("guests") || s.Contested(thing.Handled) { // who was called at once with something else has heard of it
			return nil
		}
		return s.Envelope(s.Unit).Audience
	})
	apptest.SameThings(w, all, rota.Name, func(r *rota.Rota) []string { return r.Envelope(r.Unit).Audience })
}
