package store

import (
	"database/sql"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// The door is where it is decided what of the entries under a thing's name counts. A thing belongs to the computer that
// wrote its first entry; what others write under its name before they have seen it, or without being concerned, is
// barred. So is what lies about its own place: its depth, its author's level. What is barred stays in its writer's
// journal, and nothing follows from it: it is not folded, not named by what we write, not passed on, not shown.
//
// The decision follows from the entries alone, so that it is the same wherever they lie, and is made anew whenever one
// comes.

// Of a barred entry: by what is known of its thing, or for good.
const (
	barred  = 1
	claimed = 2
)

// deepest is the greatest depth that is believed: nobody acts so often on one thing.
const deepest = 1 << 24

// most is how many entries of one unit count in one thing: more than anybody writes about a matter.
const most = 1000

// named cuts the name of a thing that an office or a table has only one of: "rules 141102000000".
func named(thing string) (kind, unit string, ok bool) { return strings.Cut(thing, " ") }

// claims says whether a first entry did not come the way that it says itself, from one of those whom the thing concerns
// to the next; is about a point that has a computer of its own, longer than the entry is old; or bears the number of
// another matter of that point. A table may write for points that have none.
func (ks kinds) claims(tx *sql.Tx, r journal.Record, from, to string) (how int, err error) {
	if _, _, single := named(r.Thing); !r.First() || single {
		return 0, nil
	}
	if lie, err := ks.lies(tx, r, from, to); err != nil || lie || ks.strays(r, from, to) {
		return claimed, err
	}
	point, number := ks.speaks(r)
	if point == "" {
		return 0, nil
	}
	var taken bool
	list := ks[r.Kind].Name
	err = tx.QueryRow(
		`SELECT EXISTS (SELECT 1 FROM peer WHERE unit=?1 AND ifnull(json_extract(card, '$.asked'), '') <= ?2)
		OR EXISTS (SELECT 1 FROM `+list+` WHERE unit=?1 AND json_extract(open, '$.history[0].at') <= ?2)
		OR EXISTS (SELECT 1 FROM `+list+` WHERE number=?3 AND id<>?4)`, point, When(r.At), number, r.Thing).Scan(&taken)
	if taken {
		how = claimed
	}
	return how, err
}

// around gives the circle of a thing as it was opened. The name itself says whose it is: of a thing that has a unit's
// name, or by how it was made. Of names of before the first that came is believed.
func (ks kinds) around(list []kept) (c circle) {
	if len(list) == 0 {
		return c
	}
	if kind, code, ok := named(list[0].Thing); ok {
		c.whose.Kind, c.whose.Unit, c.units, c.fixed = kind, code, []string{code}, true
		return c
	}
	for _, k := range list {
		if !k.First() || k.barred == claimed {
			continue
		}
		if units, fixed := ks.opens(k.Record); units != nil && (c.units == nil ||
			k.Bound() && (!c.whose.Bound() || journal.Compare(k.ID, c.whose.ID) < 0)) {
			c.whose, c.units, c.fixed, c.below = k.Record, units, fixed, fixed && !ks.settles(k.Record)
		}
	}
	return c
}

// opens gives the units that a first entry is for, the lowest first; nil where it cannot be one. New ones have an
// envelope and made the name of their thing. What an office says to all below it is for those above it, too. It is
// fixed where no later entry changes that.
func (ks kinds) opens(r journal.Record) (units []string, fixed bool) {
	if r.Level != unit.LevelOf(r.Unit) || r.Envelope != nil && (!r.Bound() || !addressed(r)) {
		return nil, false
	}
	if ks.settles(r) {
		units, err := ks[r.Kind].Opens(r)
		if err != nil || r.Envelope != nil && !slices.Equal(r.Envelope.Audience, units) {
			return nil, false
		}
		return units, true
	}
	switch {
	case r.Envelope == nil:
		return nil, false
	case below(r):
		return unit.Path(r.Unit, ""), true
	case r.Envelope.Way == journal.Below:
		return nil, false
	}
	return r.Envelope.Audience, false
}

// addressed says whether the audience of an entry is one: its author among units that stand above each other, and alone
// with those above him where it goes up.
func addressed(r journal.Record) bool {
	return r.Envelope != nil && slices.Contains(r.Envelope.Audience, r.Unit) && unit.Tree(r.Envelope.Audience) &&
		(r.Envelope.Way != journal.Upwards || !slices.ContainsFunc(r.Envelope.Audience, func(u string) bool {
			return u != r.Unit && !unit.Beneath(r.Envelope.Audience, r.Unit, u) &&
				!unit.Beneath(r.Envelope.Audience, u, r.Unit)
		}))
}

// first says whether an entry can be a first one.
func (ks kinds) first(r journal.Record) bool {
	units, _ := ks.opens(r)
	return units != nil
}

// admits says why an entry does not count as one of the thing; "" where it does.
func (ks kinds) admits(c circle, k kept) (why string) {
	kind, _, single := named(k.Thing)
	switch {
	case k.barred == claimed:
		return "it is not its author's to say"
	case k.Depth > deepest, k.Level != unit.LevelOf(k.Unit), len(k.Thing) > 100,
		single && k.Envelope != nil && !addressed(k.Record):
		return "it says what cannot be"
	case single && (k.Kind != kind || k.Unit != c.whose.Unit):
		return "it is another unit's to say"
	case single:
		return ""
	case k.First() && k.ID != c.whose.ID && (!ks.first(k.Record) || k.Unit != c.whose.Unit ||
		k.ID.Replica != c.whose.ID.Replica):
		return "the thing is another computer's"
	case c.units != nil && (k.Kind != c.whose.Kind || !c.was(k.Unit) || c.below && k.Unit != c.whose.Unit):
		return "the thing is none of its author's"
	}
	return ""
}

// door gives the circle of a thing, and says of each of its entries why it is barred, as far as it is.
func (ks kinds) door(list []kept) (c circle, out map[journal.ID]string) {
	c = ks.around(list)
	if len(list) == 0 {
		return c, nil
	}
	depth := make(map[journal.ID]int, len(list))
	for _, k := range list {
		depth[k.ID] = k.Depth
	}
	_, _, single := named(list[0].Thing)
	flooded := len(list) > most && !single // by somebody, as far as each unit says less
	changes := c.changing(list)
	if flooded || changes != nil {
		list = ordered(list)
	}
	said := map[string]int{}
	for n, k := range list {
		why := ks.admits(c, k)
		if why == "" {
			whole, least := true, 1
			for _, id := range k.Seen {
				d, here := depth[id]
				whole, least = whole && here, max(least, min(d, deepest)+1)
			}
			if k.Depth < least || whole && k.Depth > least {
				why = "its depth is wrong"
			}
		}
		if why == "" && flooded {
			if said[k.Unit]++; said[k.Unit] > most {
				why = "its unit says too much"
			}
		}
		if changes != nil {
			changes.take(n, k, why == "")
		}
		if why != "" {
			if out == nil {
				out = map[journal.ID]string{}
			}
			out[k.ID] = why
		}
	}
	return c, out
}
