package roster

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/person"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Offer is somebody who may be chosen for a field of names.
type Offer struct {
	ID, Name string
	Note     string // what tells him from others: 市、县人大代表
	Here     bool   // he is grouped to the station where he is chosen
	Sign     string // why he is not to be called today, or at all: 今天请假; "" for nothing

	named
}

// Offers are those who may be chosen, the likeliest first, as of when they were asked for.
type Offers []Offer

// Offers gives all people here: of those who may be called today those first who are grouped to a station, then those of
// its township and county; then who is on leave today or whose mandate rests; last who is never offered, since his
// mandates ended or he has no part in the work but as a guest.
func (r *Roster) Offers(ctx context.Context, station string) (os Offers, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	today := r.Now().Format(time.DateOnly)
	for _, n := range known.list {
		c := Offer{ID: n.id, Name: n.name, named: n, Here: n.has(n.stations, cmp.Or(station, "-"))}
		var levels []string
		for _, l := range strings.Fields(n.levels) {
			levels = append(levels, words.Levels.Name(l))
		}
		var roles []string
		for _, l := range strings.Fields(n.roles) {
			roles = append(roles, words.Roles.Name(l))
		}
		if len(levels) > 0 {
			roles = append([]string{strings.Join(levels, "、") + "人大代表"}, roles...)
		}
		c.Note, c.Sign = strings.Join(roles, "，"), n.sign(today)
		os = append(os, c)
	}
	slices.SortStableFunc(os, func(a, b Offer) int { return cmp.Or(a.last()-b.last(), b.near(station)-a.near(station)) })
	return os, nil
}

// sign says why somebody is not to be called on a day.
func (n named) sign(day string) string {
	parts := strings.Fields(n.roles)
	switch {
	case n.ended:
		return over
	case n.levels == "" && (len(parts) == 0 || slices.Equal(parts, []string{"guest"})):
		return guest
	case slices.ContainsFunc(strings.Fields(n.leaves), func(l string) bool {
		from, to, _ := strings.Cut(l, "..")
		return person.Leave{From: from, To: to}.On(day)
	}):
		return absent
	case n.levels != "" && n.serving == "":
		return resting
	}
	return ""
}

// Offered says whether he is offered to who chooses: whoever is not may still be written.
func (c Offer) Offered() bool { return c.Sign != over && c.Sign != guest }

// last is behind whom he is offered.
func (c Offer) last() int {
	switch {
	case !c.Offered():
		return 2
	case c.Sign != "":
		return 1
	}
	return 0
}

// Deputy says whether he holds a mandate.
func (c Offer) Deputy() bool { return c.levels != "" }

// near says how near somebody is grouped to a station: 0 for not in its county.
func (c Offer) near(station string) int {
	for i, digits := range []int{len(station), 9, 6} {
		if digits > 0 && digits <= len(station) && strings.Contains(c.stations, " "+station[:digits]) {
			return 3 - i
		}
	}
	return 0
}

// Unoffered says of a name, however it is written, which nobody bears who is offered why somebody of it is not; "" where
// there is nobody.
func (os Offers) Unoffered(name string) (why string) {
	form := spelling.Name(name)
	for _, c := range os {
		switch {
		case c.form != form:
		case c.Offered():
			return ""
		case why == "":
			why = c.Sign
		}
	}
	return why
}

// Named gives the only one of those who are offered who bears a name, however it is written; among several of whom one
// alone is grouped to the station, him.
func (os Offers) Named(name string) (c Offer, ok bool) {
	form, n, here := spelling.Name(name), 0, 0
	for _, one := range os {
		if form == "" || one.form != form || !one.Offered() {
			continue
		}
		if n++; one.Here {
			here++
		}
		if n == 1 || one.Here {
			c = one
		}
	}
	return c, n == 1 || here == 1
}

// SignOf says why who is named, by his ID where that is known, is not to be called today, or at all; "" for nothing.
func (os Offers) SignOf(name, id string) string {
	i := slices.IndexFunc(os, func(o Offer) bool { return o.ID == id })
	if one, ok := os.Named(name); i < 0 && ok {
		return one.Sign
	} else if i < 0 {
		return os.Unoffered(name)
	}
	return os[i].Sign
}

// Find gives those who are offered that what is typed may stand for: a part of a name, or first letters of its sounds.
func (os Offers) Find(typed string, limit int) (found Offers) {
	form := spelling.Name(typed)
	if form == "" {
		return nil
	}
	for _, c := range os {
		if len(found) < limit && c.Offered() && c.called(form, typed) {
			found = append(found, c)
		}
	}
	return found
}
