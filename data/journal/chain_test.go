package journal

import (
	"errors"
	"flag"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func init() { _ = flag.Set("rapid.nofailfile", "true") } // a failure prints its seed; nothing is left in the tree

func TestFollow(t *testing.T) {
	first := seal(t, entry(1, 1), nil)
	change := func(do func(*Entry)) Record {
		e := entry(1, 2)
		e.Prev = first.Hash
		do(&e)
		return seal(t, e, nil)
	}
	right := change(func(*Entry) {})
	for _, c := range []struct {
		name string
		last Record
		next Record
		ok   bool
	}{
		{"the first", Record{}, first, true},
		{"the second", first, right, true},
		{"the first again", first, first, false},
		{"the second at the beginning", Record{}, right, false},
		{"a gap", first, change(func(e *Entry) { e.ID.Seq = 3 }), false},
		{"another computer", first, change(func(e *Entry) { e.ID.Replica = Replica{2} }), false},
		{"another incarnation", first, change(func(e *Entry) { e.ID.Incarnation = 2 }), false},
		{"another past", first, change(func(e *Entry) { e.Prev = Hash{1} }), false},
		{"no past", first, change(func(e *Entry) { e.Prev = Hash{} }), false},
		{"a first one with a past", Record{}, change(func(e *Entry) { e.ID.Seq = 1 }), false},
		{"a new incarnation begins anew", Record{}, change(func(e *Entry) { e.ID.Seq, e.ID.Incarnation, e.Prev = 1, 2, Hash{} }), true},
	} {
		err := Follow(c.last.ID, c.last.Hash, c.next)
		if (err == nil) != c.ok || err != nil && !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestCompareIsATotalOrder(t *testing.T) {
	ids := []ID{{Replica{1}, 1, 1}, {Replica{1}, 1, 2}, {Replica{1}, 2, 1}, {Replica{1, 1}, 1, 1}, {Replica{2}, 1, 1}}
	for i, a := range ids {
		for j, b := range ids {
			if got := Compare(a, b); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("Compare(%v, %v) = %d", a, b, got)
			}
		}
	}
}

func TestHeadsOfABranching(t *testing.T) {
	id := func(n uint64) ID { return ID{Replica{1}, 1, n} }
	node := func(n uint64, depth int, seen ...uint64) Record {
		r := Record{Entry: Entry{ID: id(n), Depth: depth}}
		for _, s := range seen {
			r.Seen = append(r.Seen, id(s))
		}
		return r
	}
	for _, c := range []struct {
		name  string
		rs    []Record
		heads []ID
		depth int
	}{
		{"nothing", nil, nil, 1},
		{"one", []Record{node(1, 1)}, []ID{id(1)}, 2},
		{"a line", []Record{node(2, 2, 1), node(1, 1)}, []ID{id(2)}, 3},
		{"a fork", []Record{node(3, 2, 1), node(2, 2, 1), node(1, 1)}, []ID{id(2), id(3)}, 3},
		{"joined again", []Record{node(1, 1), node(2, 2, 1), node(3, 2, 1), node(4, 3, 2, 3)}, []ID{id(4)}, 4},
		{"a short branch", []Record{node(1, 1), node(2, 2, 1), node(3, 3, 2), node(9, 2, 1)}, []ID{id(3), id(9)}, 4},
		{"a parent that is not here", []Record{node(5, 4, 4)}, []ID{id(5)}, 5},
	} {
		if heads, depth := Heads(c.rs); !slices.Equal(heads, c.heads) || depth != c.depth {
			t.Errorf("%s: %v %d, want %v %d", c.name, heads, depth, c.heads, c.depth)
		}
	}
}

func TestAdvance(t *testing.T) {
	base := Advance(Hash{1}, 7, Hash{2})
	if base != Advance(Hash{1}, 7, Hash{2}) || base == (Hash{}) {
		t.Error("the same stretch has two hashes")
	}
	for name, other := range map[string]Hash{
		"another past": Advance(Hash{9}, 7, Hash{2}), "another position": Advance(Hash{1}, 8, Hash{2}),
		"a far position": Advance(Hash{1}, 7<<32, Hash{2}), "another entry": Advance(Hash{1}, 7, Hash{9}), "swapped": Advance(Hash{2}, 7, Hash{1}),
	} {
		if other == base {
			t.Errorf("%s has the same hash", name)
		}
	}
}

// history draws what several computers may write about one thing: each act sees the heads of what its author knew.
func history(t *rapid.T) []Record {
	var rs []Record
	knows := map[byte][]Record{}
	seqs := map[byte]uint64{}
	for range rapid.IntRange(1, 25).Draw(t, "acts") {
		who := byte(rapid.IntRange(1, 4).Draw(t, "who"))
		if len(rs) > 0 && (knows[who] == nil || rapid.Bool().Draw(t, "hears")) {
			for _, r := range rs { // all it did not know yet; a past is never heard without what lies before it
				if !slices.ContainsFunc(knows[who], func(k Record) bool { return k.ID == r.ID }) {
					knows[who] = append(knows[who], r)
				}
			}
		}
		seqs[who]++
		r := Record{Entry: Entry{ID: ID{Replica{who}, 1, seqs[who]}}}
		r.Seen, r.Depth = Heads(knows[who])
		rs, knows[who] = append(rs, r), append(knows[who], r)
	}
	return rs
}

// Whatever the order of arrival, the fold order is one, and what was seen stands before what saw it.
func TestOrderIsOneWhateverArrivesFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := history(t)
		a, b := slices.Clone(rs), rapid.Permutation(rs).Draw(t, "arrival")
		Order(a)
		Order(b)
		place := map[ID]int{}
		for i := range a {
			if a[i].ID != b[i].ID {
				t.Fatalf("position %d: %v and %v", i, a[i].ID, b[i].ID)
			}
			place[a[i].ID] = i
		}
		for _, r := range rs {
			for _, seen := range r.Seen {
				if place[seen] >= place[r.ID] {
					t.Fatalf("%v stands before %v, which it saw", r.ID, seen)
				}
			}
		}
		headsA, depthA := Heads(a)
		headsB, depthB := Heads(rapid.Permutation(rs).Draw(t, "again"))
		if !slices.Equal(headsA, headsB) || depthA != depthB {
			t.Fatalf("heads %v %d and %v %d", headsA, depthA, headsB, depthB)
		}
	})
}
