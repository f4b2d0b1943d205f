package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/unit"
)

// The units of these tests: two stations of one township, a village of it, another county and its station, and the offices.
const (
	town    = "141102002000Z1-G"
	twin    = "141102002000Z2-E"
	village = "141102002003D1-A"
	city    = "141100000000"
	wenshui = "141121000000"
	nanan   = "141121103000Z1-A"
)

var everybody = []string{town, twin, village, nanan, county, wenshui, city}

// tale is what some computers say about one thing, of a kind that nobody knows, each knowing a part of what the others said.
type tale struct {
	dice *rand.Rand
	rs   []journal.Record
	last map[journal.Replica]journal.Record
	name string
}

func replica(code string, n byte) (r journal.Replica) {
	copy(r[:], fmt.Sprint(n, code))
	return r
}

// say adds an entry that has seen some of what was said.
func (a *tale) say(t *testing.T, by string, computer byte, audience []string, seen []journal.Record) journal.Record {
	t.Helper()
	id := journal.ID{Replica: replica(by, computer), Incarnation: 1}
	before := a.last[id.Replica]
	id.Seq = before.ID.Seq + 1
	e := journal.Entry{ID: id, Prev: before.Hash, Thing: a.name, Kind: "unheard-of", Do: "something", Unit: by, Level: unit.LevelOf(by), At: noon,
		Body: []byte(`{}`), Envelope: &journal.Envelope{Way: journal.Along, Audience: audience}}
	if len(a.rs) == 0 {
		e.Envelope.Born = journal.Salt{1}
		a.name = journal.Name(by, id.Replica, e.Envelope.Born, noon)
		e.Thing = a.name
	}
	e.Seen, e.Depth = journal.Heads(seen)
	r, err := journal.Seal(e, nil, [16]byte{})
	if err != nil {
		t.Fatal(err)
	}
	a.rs, a.last[id.Replica] = append(a.rs, r), r
	return r
}

// part gives some of what was said, with all that it builds on.
func (a *tale) part() (rs []journal.Record) {
	have := map[journal.ID]bool{a.rs[0].ID: true}
	for i, r := range slices.Backward(a.rs) {
		if have[r.ID] || a.dice.IntN(2) == 0 || i == len(a.rs)-1 && a.dice.IntN(3) > 0 {
			have[r.ID] = true
			for _, id := range r.Seen {
				have[id] = true
			}
		}
	}
	for _, r := range a.rs {
		if have[r.ID] {
			rs = append(rs, r)
		}
	}
	return rs
}

func keptAll(rs []journal.Record) (list []kept) {
	for i, r := range rs {
		list = append(list, kept{Record: r, row: int64(i + 1)})
	}
	return list
}

// told makes a tale. Some are honest: they change the circle that they know by what they may. Others write any audience that comes to
// their mind, whoever they are.
func told(t *testing.T, seed uint64) *tale {
	a := &tale{dice: rand.New(rand.NewPCG(seed, 14)), last: map[journal.Replica]journal.Record{}}
	first := []string{town, county, city}
	a.say(t, town, 1, first, nil)
	for range 3 + a.dice.IntN(25) {
		by, seen := everybody[a.dice.IntN(len(everybody))], a.part()
		c, _ := kinds{}.door(keptAll(seen))
		audience := c.units
		switch other := everybody[a.dice.IntN(len(everybody))]; a.dice.IntN(5) {
		case 0: // lets somebody in
			for _, u := range slices.Backward(unit.Path(other, "")) {
				audience, _ = unit.Join(audience, u, unit.Parent(u))
			}
		case 1:
			audience = unit.Part(audience, other)
		case 2: // puts somebody under a township
			if moved, ok := unit.Join(unit.Part(audience, other), other, by); ok {
				audience = moved
			}
		case 3: // anything
			audience = slices.Clone(everybody)
			a.dice.Shuffle(len(audience), func(i, j int) { audience[i], audience[j] = audience[j], audience[i] })
			audience = audience[:a.dice.IntN(len(audience))]
		}
		a.say(t, by, 1+byte(a.dice.IntN(2)), audience, seen)
	}
	return a
}

// Whom a thing concerns follows from its entries, whatever way they come. Nobody comes in whom nobody above him, or below him in his
// office's line, let in; nobody goes whom nobody above him sent away; and who never came in is not heard.
func TestCircleFollowsFromEntries(t *testing.T) {
	changed := 0
	for seed := range uint64(1000) {
		a := told(t, seed)
		c, out := kinds{}.door(keptAll(a.rs))
		if c.ever != nil && !unit.Alike(c.units, a.rs[0].Envelope.Audience) {
			changed++
		}
		for range 3 {
			shuffled := slices.Clone(a.rs)
			a.dice.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			other, none := kinds{}.door(keptAll(shuffled))
			if !slices.Equal(c.units, other.units) || !reflect.DeepEqual(c.ever, other.ever) || !maps.Equal(out, none) {
				t.Fatalf("seed %d: %v %v, and in another order %v %v", seed, c.units, out, other.units, none)
			}
		}
		if !unit.Tree(c.units) || !slices.Contains(c.units, town) {
			t.Fatalf("seed %d: %v", seed, c.units)
		}
		counts := slices.DeleteFunc(slices.Clone(a.rs), func(r journal.Record) bool { return out[r.ID] != "" })
		for _, r := range counts {
			if !c.was(r.Unit) {
				t.Fatalf("seed %d: %s is heard", seed, r.Unit)
			}
		}
		some := func(may func(by string, audience []string) bool) bool {
			return slices.ContainsFunc(counts, func(r journal.Record) bool { return may(r.Unit, r.Envelope.Audience) })
		}
		above := func(by, u string) bool { return unit.Above(by, u) && !unit.Above(u, by) }
		for _, u := range everybody {
			switch in, was := slices.Contains(c.units, u), slices.Contains(a.rs[0].Envelope.Audience, u); {
			case in && !was && !some(func(by string, audience []string) bool {
				return slices.Contains(audience, u) && (above(by, u) || slices.Contains(unit.Path(by, ""), u))
			}):
				t.Fatalf("seed %d: %s came in", seed, u)
			case was && !in && !some(func(by string, audience []string) bool {
				return !slices.Contains(audience, u) && (by == u || above(by, u))
			}):
				t.Fatalf("seed %d: %s is sent away", seed, u)
			}
		}
	}
	if changed < 150 {
		t.Errorf("only %d of them changed anything", changed)
	}
}

// Of two who do not know of each other each changes what he meant to; who restates what he knew changes nothing.
func TestCircleChangedAtOnce(t *testing.T) {
	a := &tale{last: map[journal.Replica]journal.Record{}}
	first := []string{town, county, city}
	one := a.say(t, town, 1, first, nil)
	invite := a.say(t, county, 1, []string{village, town, county, city}, []journal.Record{one})
	restates := a.say(t, city, 1, first, []journal.Record{one})
	afar := a.say(t, city, 2, []string{nanan, wenshui, town, county, city}, []journal.Record{one})
	c, _ := kinds{}.door(keptAll(a.rs))
	if len(c.units) != 6 || unit.Over(c.units, village) != town || unit.Over(c.units, nanan) != wenshui {
		t.Errorf("it is for %v", c.units)
	}
	a.say(t, county, 1, []string{town, county, city}, []journal.Record{one, invite})
	a.say(t, village, 1, []string{village, town, county, city}, []journal.Record{one, invite})
	c, out := kinds{}.door(keptAll(a.rs))
	if len(c.units) != 5 || !c.was(village) || slices.Contains(c.units, village) || len(out) > 0 {
		t.Errorf("sent away, and it is for %v %v", c.units, out)
	}
	if !c.has(village, restates.ID) || !c.has(wenshui, afar.ID) || c.has(twin, one.ID) {
		t.Error("who has what of it")
	}
}

// Nobody writes his way into a thing, by whatever he says of himself.
func TestStrangerStaysOut(t *testing.T) {
	first := []string{town, county, city}
	for name, say := range map[string]func(a *tale, one journal.Record){
		"as though he were in it": func(a *tale, one journal.Record) {
			a.say(t, twin, 1, []string{twin, county, town, county, city}, []journal.Record{one})
		},
		"as another's":          func(a *tale, one journal.Record) { a.say(t, twin, 1, first, []journal.Record{one}) },
		"before he has seen it": func(a *tale, one journal.Record) { a.say(t, twin, 1, []string{twin, county, city}, nil) },
		"by a friend who is in it": func(a *tale, one journal.Record) {
			a.say(t, town, 1, []string{twin, county, town, county, city}, []journal.Record{one})
		},
		"by a friend, as one below": func(a *tale, one journal.Record) {
			a.say(t, town, 1, []string{twin, town, county, city}, []journal.Record{one})
		},
		"after one that nobody has": func(a *tale, one journal.Record) {
			a.say(t, twin, 1, first, []journal.Record{{Entry: journal.Entry{ID: journal.ID{Seq: 9, Incarnation: 1}, Depth: 4}}})
		},
		"throwing out who is in it": func(a *tale, one journal.Record) { a.say(t, twin, 1, []string{county, city}, []journal.Record{one}) },
		"by an office beside theirs": func(a *tale, one journal.Record) {
			a.say(t, wenshui, 1, []string{twin, county, town, county, city}, []journal.Record{one})
		},
	} {
		a := &tale{last: map[journal.Replica]journal.Record{}}
		one := a.say(t, town, 1, first, nil)
		say(a, one)
		a.say(t, twin, 1, []string{twin, county, town, county, city}, a.rs)
		c, out := kinds{}.door(keptAll(a.rs))
		if !slices.Equal(c.units, first) || out[a.rs[2].ID] == "" || c.was(twin) {
			t.Errorf("%s: it is for %v, barred %v", name, c.units, out)
		}
	}
}

// In whatever order words come to an office, in the end it has passed on to everybody next to it what he is to have, and to nobody who
// never came in anything.
func TestPassedOnInAnyOrder(t *testing.T) {
	for seed := range uint64(40) {
		a := told(t, seed)
		s := open(t)
		s.Unit = county
		order := slices.Clone(a.rs)
		a.dice.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, r := range order {
			if err := s.Transact(ctx, func(tx *sql.Tx) error {
				in, err := s.Arrivals(tx, s.Sum([]journal.Record{r}, town, county), town, county, noon)
				if err == nil {
					_, err = in.Enter(&r)
				}
				if err == nil {
					_, err = in.Settle()
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		c, out := kinds{}.door(keptAll(a.rs))
		above, below := c.beside(county)
		for _, reader := range everybody {
			st, err := s.Since(ctx, reader, 0, 1<<30)
			if err != nil {
				t.Fatal(err)
			}
			has := map[journal.ID]bool{}
			for _, r := range st.Records {
				has[r.ID] = true
			}
			for _, r := range a.rs {
				to := out[r.ID] == "" && c.has(reader, r.ID)
				up := r.Unit == county || c.beneath(r.Unit, county)
				due := to && (reader == above && up || slices.Contains(below, reader) && reader != r.Unit && !c.beneath(r.Unit, reader))
				if has[r.ID] && !c.was(reader) || due && !has[r.ID] {
					t.Errorf("seed %d: %s has %v of %s (%s), should %v of %v", seed, reader, has[r.ID], r.Unit, out[r.ID], due, c.units)
				}
			}
		}
		if rep, err := s.Check(ctx, county); err != nil ||
			slices.ContainsFunc(rep.Problems, func(f Finding) bool { return f.What == Misjudged }) {
			t.Errorf("seed %d: %v %v", seed, rep.Problems, err)
		}
	}
}

// What one is let into comes in one piece, though there is more than goes into a bundle.
func TestThingIsNotCut(t *testing.T) {
	s := open(t)
	s.Unit = county
	m := receive(t, s, "甲")
	for range 4 {
		if _, err := RecordOne[matter.Matter](ctx, s, Act{Kind: matter.Name, Thing: m.ID, Do: "correct", Body: map[string]any{"title": "乙"},
			Private: map[string]any{"words": "又说"}, Unit: station, By: "赵", At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	receive(t, s, "丙")
	all, err := s.Since(ctx, county, 0, 1<<20)
	if err != nil || len(all.Records) != 6 {
		t.Fatal(len(all.Records), err)
	}
	size := 0
	for _, r := range all.Records[:5] {
		size += len(r.Core) + len(r.Secret)
	}
	cut, err := s.Since(ctx, county, 0, size*19/20)
	if err != nil || len(cut.Records) != 5 || cut.Last != 5 || cut.End != 6 {
		t.Errorf("%d records up to %d of %d: %v", len(cut.Records), cut.Last, cut.End, err)
	}
	rest, err := s.Since(ctx, county, cut.Last, 1<<20)
	if err != nil || len(rest.Records) != 1 || rest.Prev != cut.Head || rest.Head != all.Head {
		t.Errorf("the rest: %d, %v", len(rest.Records), err)
	}
}

// The entries of a thing are told in fold order, and the private part of one by its name.
func TestEntriesAndTheirPrivateParts(t *testing.T) {
	s := open(t)
	m := receive(t, s, "甲")
	if _, err := RecordOne[matter.Matter](ctx, s, Act{Kind: matter.Name, Thing: m.ID, Do: "correct", Body: map[string]any{"title": "乙"},
		Unit: station, By: "赵", At: noon}); err != nil {
		t.Fatal(err)
	}
	rs, err := s.Entries(ctx, m.ID)
	if err != nil || len(rs) != 2 || rs[0].Do != "receive" || rs[1].Do != "correct" {
		t.Fatalf("%v %v", rs, err)
	}
	part, err := s.Secret(ctx, rs[0].ID)
	var told matter.Private
	if err = errors.Join(err, json.Unmarshal(part, &told)); err != nil || told.Words != "原话" {
		t.Errorf("%+v %v", told, err)
	}
	if _, err := s.Secret(ctx, rs[1].ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("of one that has none: %v", err)
	}
	if rs, err := s.Entries(ctx, "x"); err != nil || len(rs) != 0 {
		t.Errorf("of nothing: %v %v", rs, err)
	}
}
