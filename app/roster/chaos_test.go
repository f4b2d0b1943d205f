package roster_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
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
	dir := apptest.Born(t, "station "+apptest.Yuanjia, "station "+apptest.Fengshan, "city "+apptest.City, "county "+wenshui, "station "+far)
	for i := range uint64(*seeds) {
		t.Run(fmt.Sprint("seed ", *seed+i), func(t *testing.T) {
			t.Parallel()
			chaos(t, dir, *seed+i)
		})
	}
}

func chaos(t *testing.T, dir string, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 14))
	w, all := apptest.Again(t, dir, seed)
	copies := map[*apptest.Seat]string{}
	for n := range 110 {
		o := all[dice.IntN(len(all))]
		w.Later(time.Minute)
		switch dice.IntN(12) {
		case 0, 1, 2, 3, 4, 5:
			o.ReadsCalendar()
			anything(o, dice, n)
		case 6, 7, 8, 9:
			o.Sync()
		case 10:
			w.Spoil(dice)
		default:
			if copies[o] == "" {
				copies[o] = o.KeepCopy()
				continue
			}
			w.Must(o.PutBack(copies[o]))
		}
	}
	w.Clear()
	w.Now = time.Date(2027, 3, 1, 9, 0, 0, 0, w.Now.Location())
	w.Settle(all...)
	for _, o := range all {
		o.Heeds(all)
	}
	w.Settle(all...)
	for range 3 {
		round(all...)
	}
	same(w, all, person.Name, func(p *person.Person) []string {
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
	same(w, all, site.Name, func(s *site.Site) []string { return s.Envelope(s.Unit).Audience })
	for _, o := range all {
		o.Healthy()
		for _, ended := range []bool{false, true} {
			w.Must(apptest.Err(o.Roster.Units(ctx, roster.SiteFilter{Closed: ended})))
			people, all, err := o.Roster.People(ctx, roster.Filter{Ended: ended})
			if w.Must(err); len(people) != all {
				t.Errorf("%s lists %d of %d", o.Settings.Unit, len(people), all)
			}
		}
	}
}

// anything does some act with somebody or some unit; what may not be is refused as anybody hears it.
func anything(o *apptest.Seat, dice *rand.Rand, n int) {
	o.World.T.Helper()
	stations := []string{apptest.Yuanjia, apptest.Fengshan, far}
	station := stations[dice.IntN(len(stations))]
	var id string
	if ls, err := view.Things[person.Person](ctx, o.Store, person.Name, "1 ORDER BY id"); err == nil && len(ls) > 0 {
		id = ls[dice.IntN(len(ls))].Thing.ID
	}
	_, err := order(o, "", fmt.Sprintf(`{"do":"add","name":"第%d","phone":"1380000%04d","mandates":[{"level":%q,"congress":"十四届"}],"stations":[%q]}`,
		n, n, []string{"县", "市", "省"}[dice.IntN(3)], station))
	bodies := []string{
		fmt.Sprintf(`{"do":"contact","phone":"1390000%04d"}`, n), `{"do":"post","post":"书记` + fmt.Sprint(n) + `"}`,
		`{"do":"group","station":"` + station + `"}`, `{"do":"ungroup","station":"` + station + `"}`,
		`{"do":"mandate","level":"市","congress":"五届"}`, `{"do":"suspend","reason":"custody"}`, `{"do":"resume"}`,
		`{"do":"end","reason":"辞职"}`, `{"do":"leave","from":"2026-12-01"}`, `{"do":"void","note":"错"}`, `{"do":"correct","sex":"男"}`,
	}
	if dice.IntN(4) > 0 && id != "" {
		_, err = order(o, id, bodies[dice.IntN(len(bodies))])
	} else if dice.IntN(2) == 0 {
		_, err = alter(o, station, []string{`{"do":"open","name":"站` + fmt.Sprint(n) + `"}`, `{"do":"change","phone":"8221321"}`,
			`{"do":"merge","successor":"` + stations[dice.IntN(len(stations))] + `"}`, `{"do":"close"}`, `{"do":"change","head":"站长` + fmt.Sprint(n) + `"}`}[dice.IntN(5)])
	}
	var wrong problem.Problems
	if err != nil && !errors.As(err, &wrong) && !errors.Is(err, store.ErrNotFound) {
		o.World.T.Fatalf("%s: %v", o.Settings.Unit, err)
	}
}

// same fails unless a thing is the same wherever it is listed, and is listed where it concerns somebody and nowhere else.
func same[T any, P interface {
	*T
	thing.Sum
}](w *apptest.World, all []*apptest.Seat, kind string, concerns func(P) []string) {
	w.T.Helper()
	type said struct{ at, is string }
	first := map[string]said{}
	have := map[string][]string{}
	whom := map[string][]string{}
	for _, o := range all {
		ls, err := view.Things[T, P](ctx, o.Store, kind, "1 ORDER BY id")
		w.Must(err)
		for _, l := range ls {
			p := P(&l.Thing)
			id := p.Shared().ID
			if q, is := any(p).(*person.Person); is && q.State == person.Void { // nobody lists him; who was let in meanwhile has him
				continue
			}
			b, err := json.Marshal(p)
			w.Must(err)
			if f, known := first[id]; known && f.is != string(b) {
				w.T.Errorf("%s %s is\n%s at %s, and\n%s at %s", kind, id, f.is, f.at, b, o.Settings.Unit)
			}
			first[id] = said{o.Settings.Unit, string(b)}
			have[id], whom[id] = append(have[id], o.Settings.Unit), concerns(p)
		}
	}
	for id, units := range have {
		for _, o := range all {
			code := o.Settings.Unit
			there := slices.Contains(whom[id], code)
			if listed := slices.Contains(units, code); listed != there {
				w.T.Errorf("%s %s concerns %v: %s lists it: %v; %s", kind, id, whom[id], code, listed, first[id].is)
			}
		}
	}
}
