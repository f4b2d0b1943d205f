package apptest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lianluo.local/data/thing"
)

// Turmoil is a world of two counties, their stations (one with two computers) and the city, in which files are lost and
// spoilt and computers restored while everybody does what may be done.
type Turmoil struct {
	*World
	All  []*Seat // both counties, the city and the stations
	Dice *rand.Rand
	Old  *Seat // has a program that does not know some kinds, until Calm; nil for nobody
}

// County is the first county.
func (c *Turmoil) County() *Seat { return c.All[0] }

// Stations are the units of the stations, the last in the other county.
func (c *Turmoil) Stations() []string { return []string{Yuanjia, Fengshan, far} }

const far = "141121103000Z1-A"

// InTurmoil plays so many worlds, each a test of its own, from a seed on. In two worlds of three the county, or a station,
// has a program that does not know some kinds; unknown: their names, none for no such program.
func InTurmoil(t *testing.T, worlds int, seed uint64, play func(*Turmoil), unknown ...string) {
	t.Helper()
	dir := Born(t, "station "+Yuanjia, "station "+Fengshan, "city "+City, "county 141121000000", "station "+far, "station "+Yuanjia)
	for s := range uint64(worlds) {
		s += seed
		t.Run(fmt.Sprint("seed ", s), func(t *testing.T) {
			t.Parallel()
			w, all := Again(t, dir, s)
			c := &Turmoil{World: w, All: all, Dice: rand.New(rand.NewPCG(s, uint64(len(unknown))))}
			if len(unknown) > 0 {
				c.Old = [...]*Seat{nil, all[0], all[2]}[s%3]
			}
			if c.Old != nil {
				c.renew(slices.DeleteFunc(slices.Clone(Kinds), func(k thing.Kind) bool { return slices.Contains(unknown, k.Name) }))
			}
			play(c)
		})
	}
}

// renew gives the older program other kinds.
func (c *Turmoil) renew(kinds []thing.Kind) {
	c.Must(c.Old.Close())
	c.Old.Kinds = kinds
	c.Old.Open(c.Old.Home)
}

// Play has somebody do something so many times, a minute after the other, as a die of so many sides falls; its last two
// sides spoil a file and put a computer back to an earlier copy.
func (c *Turmoil) Play(times, sides int, act func(o *Seat, n, side int)) {
	copies := map[*Seat]string{}
	for n := range times {
		o := c.All[c.Dice.IntN(len(c.All))]
		c.Later(time.Minute)
		switch side := c.Dice.IntN(sides); {
		case side < sides-2:
			act(o, n, side)
		case side == sides-2:
			c.Spoil(c.Dice)
			c.Later(time.Duration(c.Dice.IntN(30)) * time.Hour)
		case o == c.Old:
		case copies[o] == "":
			copies[o] = o.KeepCopy()
		default:
			c.Must(o.PutBack(copies[o]))
		}
	}
}

// Calm has all exchange undisturbed until nothing is left to do. An older program is renewed at the end, after through was
// called with the others: what it does not know has come through it.
func (c *Turmoil) Calm(through func(others []*Seat)) {
	c.Clear()
	c.Now = time.Date(2027, 3, 1, 9, 0, 0, 0, c.Now.Location())
	c.Settle(c.All...)
	for _, o := range c.All {
		o.Heeds(c.All)
	}
	c.Settle(c.All...)
	if c.Old != nil {
		through(slices.DeleteFunc(slices.Clone(c.All), func(o *Seat) bool { return o == c.Old }))
		c.renew(Kinds)
		c.Old = nil
		c.Settle(c.All...)
	}
}
