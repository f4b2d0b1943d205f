package store

import (
	"cmp"
	"database/sql"
	"maps"
	"math"
	"math/big"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// A circle is whom a thing concerns: those for whom its first entry is, and whom the envelopes of later ones let in or
// send away. What an envelope changes is the difference to what its author had seen: so two who do not know of each
// other both change what they meant to change, and nobody takes back what he never heard of. A change counts where its
// author may make it (unit.May) and is still there; else the entry counts without it. All this follows from the entries
// alone, in fold order.
//
// Who comes in gets the thing from its first entry; who goes gets what stands before the entry that sent him away, and
// that. He keeps it in his journal, and not in his list.
type circle struct {
	whose journal.Record // the first entry, by whose author's computer it is; the zero one where there is none yet
	units []string       // who are in it, the lowest first; nil where there is no first entry
	fixed bool           // it stays as it was opened
	below bool           // an office says it to all below it, and nobody else says anything

	ever map[string]place   // all who are or were in it; nil where it stayed as it was opened
	at   map[journal.ID]int // then, where entries stand in fold order
}

// place is where a unit stands, or stood, in a circle.
type place struct {
	over  string // to whom it reports
	until int    // where the last entry stands that is for it
}

// here is that of whoever has not gone.
const here = math.MaxInt

// was says whether a unit is or was in a circle.
func (c circle) was(code string) bool {
	if c.ever == nil {
		return slices.Contains(c.units, code)
	}
	_, known := c.ever[code]
	return known
}

// has says whether an entry is for one who is or was in a circle.
func (c circle) has(code string, id journal.ID) bool {
	if c.ever == nil {
		return slices.Contains(c.units, code)
	}
	p, known := c.ever[code]
	return known && c.at[id] <= p.until
}

// beneath says whether one of all who are or were in a circle stands below another.
func (c circle) beneath(code, other string) bool {
	if c.ever == nil {
		return unit.Beneath(c.units, code, other)
	}
	for range c.ever {
		if code = c.ever[code].over; code == other || code == "" {
			break
		}
	}
	return code != "" && code == other
}

// beside gives those of all who are or were in a circle that stand next to one.
func (c circle) beside(code string) (above string, below []string) {
	if c.ever == nil {
		return unit.Over(c.units, code), unit.Under(c.units, code)
	}
	for _, u := range slices.Sorted(maps.Keys(c.ever)) {
		if c.ever[u].over == code {
			below = append(below, u)
		}
	}
	return c.ever[code].over, below
}

// lists says whether a thing stands in the list of our unit.
func (s *Store) lists(c circle, k *kind, sum thing.Sum) bool {
	return s.Unit == "" || (c.fixed && !c.below || slices.Contains(c.units, s.Unit) ||
		c.below && unit.Above(c.whose.Unit, s.Unit)) && !k.left(sum, s.Unit)
}

// settles says whether the kind of a first entry itself says whom the thing concerns.
func (ks kinds) settles(r journal.Record) bool {
	k := ks[r.Kind]
	return k != nil && k.Opens != nil && !k.Newer(r)
}

// ordered are entries in fold order.
func ordered(list []kept) []kept {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b kept) int {
		return cmp.Or(cmp.Compare(a.Depth, b.Depth), journal.Compare(a.ID, b.ID))
	})
	return list
}

// changes walks along the entries of a thing and changes its circle.
type changes struct {
	*circle
	list []change
	seen map[journal.ID]*big.Int // which changes an entry and those before it made; missing where it waits
}

// change is what an entry changed: from what its author had seen, to what he said.
type change struct {
	from, to []string
	by       string
}

// changing begins to walk; nil where nothing changes, as with most things.
func (c *circle) changing(list []kept) *changes {
	if c.fixed || c.units == nil || !slices.ContainsFunc(list, func(k kept) bool {
		return k.Envelope != nil && !slices.Equal(k.Envelope.Audience, c.whose.Envelope.Audience)
	}) {
		return nil
	}
	c.ever, c.at = map[string]place{}, make(map[journal.ID]int, len(list))
	for _, u := range c.units {
		c.ever[u] = place{unit.Over(c.units, u), here}
	}
	return &changes{c, nil, make(map[journal.ID]*big.Int, len(list))}
}

// take takes the next entry; counts says whether it does.
func (cs *changes) take(n int, k kept, counts bool) {
	cs.at[k.ID] = n
	seen, whole := new(big.Int), true
	for _, id := range k.Seen {
		had := cs.seen[id]
		if had == nil {
			whole = false
			continue
		}
		seen.Or(seen, had)
	}
	switch {
	case !whole && counts: // it waits
		return
	case counts && k.Envelope != nil && k.Envelope.Way != journal.Below:
		had := cs.after(seen)
		if ch := (change{had, k.Envelope.Audience, k.Unit}); !unit.Alike(had, ch.to) &&
			unit.May(had, ch.to, ch.by, cs.whose.Unit) {
			cs.make(n, ch)
			seen.SetBit(seen, len(cs.list)-1, 1)
		}
	}
	cs.seen[k.ID] = seen
}

// make changes the circle.
func (cs *changes) make(n int, ch change) {
	cs.list = append(cs.list, ch)
	was := cs.units
	cs.units = ch.of(was, cs.whose.Unit)
	for _, u := range slices.Concat(was, ch.to) { // whoever was told that he is in it is told that he is not
		p := place{unit.Over(ch.to, u), n}
		if in := slices.Contains(cs.units, u); in {
			p = place{unit.Over(cs.units, u), here}
		} else if slices.Contains(was, u) {
			p.over = unit.Over(was, u)
		}
		cs.ever[u] = p
	}
}

// after gives the circle after some of the changes.
func (cs *changes) after(some *big.Int) []string {
	units, all := cs.whose.Envelope.Audience, true
	for i := range cs.list {
		all = all && some.Bit(i) == 1
	}
	if all {
		return cs.units
	}
	for i, ch := range cs.list {
		if some.Bit(i) == 1 {
			units = ch.of(units, cs.whose.Unit)
		}
	}
	return units
}

// of gives what a change makes of a circle, which may be another one than its author had seen.
func (ch change) of(units []string, owner string) []string {
	switch {
	case !slices.Contains(units, ch.by):
		return units
	case unit.Alike(units, ch.from):
		return ch.to
	}
	for _, u := range ch.from {
		if slices.Contains(units, u) && !slices.Contains(ch.to, u) {
			if left := unit.Part(units, u); slices.Contains(left, owner) {
				units = left
			}
		}
	}
	for _, u := range slices.Backward(ch.to) { // first those to whom others report
		if !slices.Contains(ch.from, u) {
			units, _ = unit.Join(units, u, unit.Over(ch.to, u))
		}
	}
	return units
}

// strays says whether a first entry did not come the way that it says itself, from one of those whom the thing concerns
// to the next. Who came in later has it, and gives it back, as one who is next to him.
func (ks kinds) strays(r journal.Record, from, to string) bool {
	units, fixed := ks.opens(r)
	switch {
	case units == nil, next(units, from, to):
		return false
	case below(r):
		return r.Unit != to && (!unit.Above(r.Unit, to) || from != r.Unit && !unit.Above(r.Unit, from) ||
			!reports(to, from))
	case fixed, slices.Contains(units, from) && slices.Contains(units, to):
		return true
	case reports(to, from):
		return false
	case !slices.Contains(units, from):
		return !reports(from, to)
	}
	return !next(append(slices.Clip(units), to), from, to)
}

// lies says whether a first entry puts somebody between its author and us who exchanges with us himself. Others bring
// it, so that the way tells nothing.
func (ks kinds) lies(tx *sql.Tx, r journal.Record, from, to string) (lie bool, err error) {
	units, fixed := ks.opens(r)
	if fixed || units == nil || slices.Contains(units, from) || !reports(r.Unit, to) {
		return false, nil
	}
	if !slices.Contains(units, to) {
		units = append(slices.Clip(units), to)
	}
	if next(units, r.Unit, to) {
		return false, nil
	}
	err = tx.QueryRow("SELECT EXISTS (SELECT 1 FROM peer WHERE unit=?)", r.Unit).Scan(&lie)
	return lie, err
}

// reports says whether one unit may be the office of another.
func reports(code, office string) bool {
	return unit.Parent(code) == office || unit.Above(office, code)
}

// below says whether an office opens a thing with an entry for all below it.
func below(r journal.Record) bool {
	return r.Envelope != nil && r.Envelope.Way == journal.Below && slices.Equal(r.Envelope.Audience, []string{r.Unit})
}
