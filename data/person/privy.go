package person

import (
	"encoding/json"
	"maps"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Privy are those whom he concerns who may have what is private: who named him, the stations where he is grouped, and
// the offices by which they are told. A city has what is private of those whom it named or who have a mandate that is a
// city's to keep, and of those whom it alone can tell to another county's stations. Whoever named him as a station has
// nothing new when he was grouped elsewhere.
func (p *Person) Privy() []string {
	all := p.Audience()
	return slices.DeleteFunc(slices.Clone(all), func(u string) bool {
		switch unit.LevelOf(u) {
		case journal.City:
			return u != p.Unit && len(unit.Under(all, u)) < 2 &&
				!slices.ContainsFunc(p.Mandates, func(m Mandate) bool { return Keeper(u, m.Level) })
		case journal.Station:
			return p.left(u)
		}
		return false
	})
}

// left says whether a station has nothing to do with him any more: he was grouped there before, and no station that is
// told by it is his.
func (p *Person) left(station string) bool {
	return slices.Contains(p.Gone, station) && len(unit.Under(p.Audience(), station)) == 0
}

// tellers are the units that have something private to say again, since somebody who may have it came later than it was
// said: who said it, or the office above where that says nothing more. Whoever says again all that he knows says what
// others told him, too.
func (p *Person) tellers(rs []journal.Record, refused []thing.Refusal) (owe []string) {
	if p.State != Here {
		return nil
	}
	all, may := p.Audience(), p.Privy()
	rs = slices.Clone(rs)
	journal.Order(rs)
	said := map[journal.ID]bool{}
	lacks := map[string]map[string]bool{} // of a unit: whose words; true where it has their entries without them
	for _, r := range rs {
		if r.Private == nil || slices.ContainsFunc(refused, func(no thing.Refusal) bool { return no.ID == r.ID }) {
			continue
		}
		var b Move
		whole := json.Unmarshal(r.Body, &b) == nil && (b.Tells || r.Do == Group)
		known := func(author string) bool { // all that he said was known to whoever says it again
			_, lacking := lacks[r.Unit][author]
			return author == r.Unit || !lacking && !slices.ContainsFunc(p.Unseen(r), func(k thing.Mark) bool { return said[k.ID] && p.author(k.ID) == author })
		}
		for _, u := range all {
			// one that has no envelope yet is being written, by who says it to all who may have it
			told := u == r.Unit || r.Envelope == nil || len(r.Envelope.Audience) == 0 || slices.Contains(r.Envelope.Privy, u)
			switch {
			case !told && lacks[u] == nil:
				lacks[u] = map[string]bool{}
				fallthrough
			case !told:
				lacks[u][r.Unit] = lacks[u][r.Unit] || slices.Contains(r.Envelope.Audience, u)
			case whole: // what was known before only Tells puts right
				maps.DeleteFunc(lacks[u], func(author string, bare bool) bool { return (b.Tells || !bare) && known(author) })
			}
		}
		said[r.ID] = true
	}
	for _, u := range may {
		for author := range lacks[u] {
			by := author
			for by != "" {
				if _, lacking := lacks[by][author]; p.May(Correct, by) && (by == author || !lacking) {
					break
				}
				by = unit.Over(all, by)
			}
			if slices.Contains(may, by) && by != u && !slices.Contains(owe, by) {
				owe = append(owe, by)
			}
		}
	}
	slices.Sort(owe)
	return owe
}

// author gives the unit that wrote an entry.
func (p *Person) author(id journal.ID) string {
	i := slices.IndexFunc(p.History, func(e thing.Event) bool { return e.ID == id })
	if i < 0 {
		return ""
	}
	return p.History[i].Unit
}
