package docket_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/docket"
	"lianluo.local/app/roster"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

var (
	seeds = flag.Int("seeds", 3, "how many worlds of suggestions to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Two counties with their stations (one with two computers) and the city do with suggestions, matters and people whatever
// may be done, in any order, while files are lost and spoilt and computers are restored; in two worlds of three the county,
// or a station, has a program that does not know suggestions until the end. Then all sync undisturbed: everybody whom one
// concerns has it, the same everywhere, and nobody else lists it; its words are the same wherever they may be, and nowhere
// else; none that was drafted is lost, what matters were suggested before opens once, and numbers that two gave are told.
func TestSuggestionsInChaos(t *testing.T) {
	apptest.InTurmoil(t, *seeds, *seed, chaos, suggestion.Name)
}

func chaos(c *apptest.Turmoil) {
	w, all, t := c.World, c.All, c.T
	keeps := func(o *apptest.Seat) {
		if o != c.Old {
			o.ReadsCalendar()
			w.Must(o.Roster.Regroup(ctx, o.Clerk()))
			w.Must(o.Docket.Upkeep(ctx, o.Clerk()))
		}
	}
	for i, o := range []*apptest.Seat{all[0], all[0], all[4], all[3]} {
		for n, level := range []string{"县", "县", "市"} {
			order, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":"代表%d%d","mandates":[{"level":%q,"congress":"十四届"}],"stations":[%q]}`, i, n, level, c.Stations()[min(i, 2)]))
			w.Must(err)
			w.Must(apptest.Err(o.Roster.Act(ctx, o.Clerk(), "", order)))
		}
	}
	for range 2 {
		for _, o := range all {
			keeps(o)
			o.Sync()
		}
	}
	made := map[string]bool{}
	c.Play(240, 15, func(o *apptest.Seat, n, side int) {
		switch {
		case side == 0:
			o.ReadsCalendar()
			o.AnyPerson(c.Dice, n, c.Stations()...)
		case side == 1:
			o.ReadsCalendar()
			if slices.Contains(c.Stations(), o.Settings.Unit) {
				o.Titles(fmt.Sprintf("第%d件", n))
			}
			o.Anything(c.Dice)
		case side >= 10:
			keeps(o)
			o.Sync()
		case o != c.Old:
			for range 8 {
				o.ReadsCalendar()
				if id := o.AnySuggestion(c.Dice, n); id != "" {
					made[id] = true
				}
			}
		}
	})
	c.Calm(func([]*apptest.Seat) {})
	for range 3 {
		for _, o := range all {
			keeps(o)
		}
		w.Settle(all...)
	}
	same(w, all)
	states := map[suggestion.State]bool{}
	before, played := map[string]string{}, 0
	for _, o := range all {
		numbers := map[string]int{}
		list := suggestions(w, o)
		for _, s := range list {
			states[s.State] = true
			played++
			delete(made, s.ID)
			if first, twice := before[s.Before]; twice && s.Before != "" && first != s.ID {
				t.Errorf("%s was suggested once, and is %s and %s", s.Before, first, s.ID)
			}
			before[s.Before] = s.ID
			if s.Office == o.Settings.Unit && s.Number != "" && s.State != suggestion.Void {
				numbers[strings.Join([]string{s.Kind, s.Level, s.Congress, s.Number}, " ")]++
			}
			suggestion.Kind.Contests(&s)
		}
		for which, n := range numbers {
			if n > 1 && !told(w, o, which) {
				t.Errorf("%s has %d of %s, and tells nobody", o.Settings.Unit, n, which)
			}
		}
		for _, v := range o.List() { // what a matter says of its suggestion the suggestion says of it
			at := slices.IndexFunc(list, func(s suggestion.Suggestion) bool {
				return s.ID == v.Suggestion || s.Before == v.Suggestion && s.Before != ""
			})
			if at >= 0 && !slices.ContainsFunc(list[at].Matters, func(l suggestion.Link) bool { return l.ID == v.ID }) && !wrote(list[at], "matters") {
				t.Errorf("%s: %s is suggested by %s, which does not gather it", o.Settings.Unit, v.Number, list[at].ID)
			}
		}
		o.Healthy()
		o.Quiet()
	}
	for id := range made {
		t.Errorf("suggestion %s is lost", id)
	}
	if len(states) < 3 { // fewer where the county does not know them
		t.Errorf("only %v was played", states)
	}
	t.Logf("%d suggestions in the states %v", played, states)
}

func suggestions(w *apptest.World, o *apptest.Seat) (list []suggestion.Suggestion) {
	w.T.Helper()
	ls, err := view.Things[suggestion.Suggestion](ctx, o.Store, suggestion.Name, "1 ORDER BY id")
	w.Must(err)
	for _, l := range ls {
		list = append(list, l.Thing)
	}
	return list
}

// wrote says whether some act changed a field.
func wrote(s suggestion.Suggestion, field string) bool {
	return slices.ContainsFunc(s.Trail, func(m thing.Mark) bool { return slices.Contains(m.Fields, field) })
}

// told says whether an office's docket shows that two suggestions bear one number.
func told(w *apptest.World, o *apptest.Seat, which string) bool {
	list, _, err := o.Docket.List(ctx, docket.Filter{Basket: "double"})
	w.Must(err)
	return slices.ContainsFunc(list, func(s suggestion.Suggestion) bool {
		return strings.Join([]string{s.Kind, s.Level, s.Congress, s.Number}, " ") == which
	})
}

// same fails unless suggestions are the same wherever they are listed, are listed where they concern somebody and nowhere
// else, and say what they say where that may be known.
func same(w *apptest.World, all []*apptest.Seat) {
	w.T.Helper()
	first, words := map[string]string{}, map[string]suggestion.Suggestion{}
	var known []suggestion.Suggestion
	here := map[*apptest.Seat]map[string]bool{}
	for _, o := range all {
		here[o] = map[string]bool{}
		for _, s := range suggestions(w, o) {
			here[o][s.ID] = true
			open := s
			open.History = slices.Clone(s.History)
			for i := range open.History {
				open.History[i].Note = "" // it tells in words
			}
			b, err := json.Marshal(open)
			w.Must(err)
			if was, twice := first[s.ID]; twice && was != string(b) {
				w.T.Errorf("%s is\n%s\nand at %s\n%s", s.ID, was, o.Settings.Unit, b)
			} else if !twice {
				known = append(known, s)
			}
			first[s.ID] = string(b)
			privy := !s.Confidential || o.Settings.Unit == s.Unit || slices.Contains(s.Envelope("").Privy, o.Settings.Unit)
			switch was, said := words[s.ID]; {
			case !privy && !wrote(s, "confidential") && s.Known():
				w.T.Errorf("%s hears %q of %s, which is confidential", o.Settings.Unit, s.Title, s.ID)
			case !privy:
			case !s.Known():
				w.T.Errorf("%s does not know what %s of %s says", o.Settings.Unit, s.ID, s.Unit)
			case said && !reflect.DeepEqual(was.Words, s.Words):
				w.T.Errorf("%s has the words %+v, elsewhere they are %+v", o.Settings.Unit, s.Words, was.Words)
			default:
				words[s.ID] = s
			}
		}
	}
	for _, s := range known {
		if s.Contested(thing.Handled) { // who was called at once with something else has heard of it
			continue
		}
		for _, o := range all {
			if there := slices.Contains(s.Envelope(s.Unit).Audience, o.Settings.Unit); there != here[o][s.ID] && (s.Up || o.Settings.Unit != s.Unit) { // a draft is at one computer
				w.T.Errorf("%s of %s concerns %v; %s lists it: %v", s.ID, s.Unit, s.Envelope(s.Unit).Audience, o.Settings.Unit, here[o][s.ID])
			}
		}
	}
}
