package roster

import (
	"context"
	"slices"
	"strings"

	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Counted is somebody as reports have to know him.
type Counted struct {
	ID, Name, Tier string
	Levels         []string // of the mandates that he holds, of those he held where none is left; the highest first
	Stations       []string // where he is grouped, while he holds one
}

// Counted gives all people here by each of their IDs, and who a name in a matter of a station means (Who).
func (r *Roster) Counted(ctx context.Context) (people map[string]Counted, means func(station, name string) string, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, nil, err
	}
	people = make(map[string]Counted, len(known.list)+len(known.roots))
	for _, n := range known.list {
		c := Counted{ID: n.id, Name: n.name, Tier: n.tier, Levels: strings.Fields(n.levels), Stations: strings.Fields(n.stations)}
		if len(c.Levels) == 0 {
			c.Levels, c.Stations = strings.Fields(n.past), nil
		}
		rank := func(level string) int {
			return slices.IndexFunc(words.Levels, func(w words.Word) bool { return w.Code == level })
		}
		slices.SortFunc(c.Levels, func(a, b string) int { return rank(a) - rank(b) })
		people[n.id] = c
	}
	for id, root := range known.roots {
		people[id] = people[root]
	}
	return people, func(station, name string) string { return who(station, known.forms[spelling.Name(name)]) }, nil
}
