package courier

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
)

// silent says whether whoever was heard last at a moment is silent for longer than anybody should be, who has
// something to say each week. This is what silent means wherever it is said: of a computer that we exchange with, of
// a unit (where each of its computers is), of one that is heard of through others.
func (c *Courier) silent(last time.Time) bool { return c.Now().Sub(last) > c.Quiet }

// Silence is a unit below of which nothing was heard for longer than Quiet, and for how many days.
type Silence struct {
	Unit, Name string
	Days       int
}

// Silences gives them, the longest first. A unit is silent where each of its computers is.
func (c *Courier) Silences(ps []Progress) (list []Silence) {
	last := map[string]Progress{}
	for _, p := range ps {
		if p.Unit != c.Settings.Parent && !p.Revoked && !p.LastWord.Before(last[p.Unit].LastWord) {
			last[p.Unit] = p
		}
	}
	for _, p := range last {
		if p.Silent {
			list = append(list, Silence{p.Unit, p.Name, Days(p.LastWord, c.Now())})
		}
	}
	slices.SortFunc(list, func(a, b Silence) int { return cmp.Or(b.Days-a.Days, strings.Compare(a.Name, b.Name)) })
	return list
}

// Days counts the midnights between two moments, by the clock of the second.
func Days(from, to time.Time) int {
	date := func(t time.Time) time.Time {
		y, m, d := t.In(to.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(date(to).Sub(date(from)).Hours() / 24)
}

// Far is a computer two floors below or more, which we hear of through others.
type Far struct {
	Unit   string `json:"unit"`
	Name   string `json:"name"`
	Via    string `json:"via"`  // the office that vouches for it
	Last   string `json:"last"` // the date on its newest word here; "" for none
	Silent bool   `json:"silent"`

	Asked time.Time `json:"-"` // when it asked to be let in
}

// Afar lists them: whoever is named in the lists of the offices below us. One that is silent for long, while its
// office is not, has stopped, or is withheld from us.
func (c *Courier) Afar(ctx context.Context) ([]Far, error) {
	pic, err := c.Picture(ctx)
	if err != nil {
		return nil, err
	}
	words, err := c.Store.Words(ctx, c.Now())
	if err != nil {
		return nil, err
	}
	list := []Far{}
	seen := map[journal.Replica]bool{}
	for _, n := range pic.Afar() {
		if seen[n.Replica] {
			continue
		}
		seen[n.Replica] = true
		far := Far{Unit: n.Unit, Name: n.Name, Via: n.By, Silent: c.silent(n.Asked), Asked: n.Asked}
		for _, w := range words {
			if w.ID.Replica == n.Replica {
				far.Last, far.Silent = w.At.UTC().Format(time.RFC3339), c.silent(w.At)
			}
		}
		list = append(list, far)
	}
	slices.SortFunc(list, func(a, b Far) int { return strings.Compare(a.Unit, b.Unit) })
	return list, nil
}
