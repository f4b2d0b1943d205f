package roster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Candidate is a deputy who may be asked to take a matter on, with what is known of his work.
type Candidate struct {
	person.Person
	InHand   int    // matters that he guides, consults on or proposes, as long as they are open
	Sat      string // the day on which he last received other citizens, "" for never: 2026-11-21
	Declined int    // how often he declined a matter
}

// Fitting is a deputy who fits a matter: why says it in words, 农业农村组，本乡镇，手头 1 件.
type Fitting struct {
	Person person.Person
	Score  int
	Why    string
}

// What speaks for a deputy besides his field (profile.Field.Match), in points.
const (
	sameStation  = 2
	sameTownship = 2
	sameDistrict = 1
)

// lately is for how many days somebody who received citizens is spared.
const lately = 14

// Fit ranks the deputies who fit a matter, the best first (精准对接): whose field it is, who is grouped at its station, in
// its township, elected where it lies; each matter in hand takes a point away, and so does having sat at the table
// lately. Who may not be called on a day (2026-11-29), his mandate resting or ended or he on leave, is left out, and so
// is who has nothing to do with it. Whoever declined this matter stands behind all others. It only proposes: a person
// chooses.
func Fit(m matter.Matter, cs []Candidate, fields []profile.Field, today string) []Fitting {
	type ranked struct {
		Fitting
		Candidate
		declined bool
	}
	var list []ranked
	for _, c := range cs {
		score, why := suits(m, c, fields)
		if score == 0 || !c.Active(today) {
			continue
		}
		if score -= c.InHand; c.InHand > 0 {
			why = append(why, fmt.Sprintf("手头 %d 件", c.InHand))
		}
		if at, err := time.Parse(time.DateOnly, c.Sat); err == nil && c.Sat > before(today, lately) {
			score--
			why = append(why, at.Format("1月2日")+"接待过")
		}
		if c.Declined > 0 {
			why = append(why, fmt.Sprintf("推辞过 %d 件", c.Declined))
		}
		said, declined := m.Declining(c.Person.ID, c.Person.Name)
		if declined {
			why = append(why, "这一件推辞了："+said)
		}
		list = append(list, ranked{Fitting{c.Person, score, strings.Join(why, "，")}, c, declined})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		if a.declined != b.declined {
			if a.declined {
				return 1
			}
			return -1
		}
		return cmp.Or(b.Score-a.Score, a.InHand-b.InHand, strings.Compare(a.Sat, b.Sat),
			strings.Compare(a.Candidate.Name, b.Candidate.Name), strings.Compare(a.ID, b.ID))
	})
	var fits []Fitting
	for _, r := range list {
		fits = append(fits, r.Fitting)
	}
	return fits
}

// fewest is how many of those of whom something speaks for them are looked at more closely.
const fewest = 100

// Fit ranks the people here who fit a matter: at most limit of them.
func (r *Roster) Fit(ctx context.Context, m matter.Matter, limit int) ([]Fitting, error) {
	county := m.Station[:min(len(m.Station), 6)]
	cond := "unit >= ?1 AND unit < ?1 || '~' OR stations LIKE '% ' || ?1 || '%'"
	args := []any{county}
	for _, f := range r.Profile.Fields {
		if points, _ := f.Match(m); points > 0 {
			args = append(args, "%、"+f.Name+"、%")
			cond += fmt.Sprintf(" OR fields LIKE ?%d", len(args))
		}
	}
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = 1 AND ("+cond+") ORDER BY row", args...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(ls, func(a, b view.Line[person.Person]) int { // first those whom others were joined to
		return len(known.roots[a.Thing.ID]) - len(known.roots[b.Thing.ID])
	})
	today, at := r.Now().Format(time.DateOnly), map[string]int{}
	var cs []Candidate
	for _, l := range ls {
		if i, ok := at[known.roots[l.Thing.ID]]; ok { // one who has two IDs is asked once
			cs[i].Person = cs[i].Whole(l.Thing)
			at[l.Thing.ID] = i
			continue
		}
		at[l.Thing.ID] = len(cs)
		cs = append(cs, Candidate{Person: l.Thing})
	}
	near := Fit(m, cs, r.Profile.Fields, today)
	cs = nil
	for _, f := range near[:min(len(near), max(limit, fewest))] {
		cs = append(cs, Candidate{Person: f.Person})
	}
	if err := r.busy(ctx, m, cs, at, today); err != nil {
		return nil, err
	}
	fits := Fit(m, cs, r.Profile.Fields, today)
	return fits[:min(len(fits), limit)], nil
}

// handling are the states in which deputies have something to do with a matter that they took on.
var handling = []matter.State{matter.Guiding, matter.Consulting, matter.Suggested, matter.Redoing}

// busy fills in what candidates have to do, apart from a matter; ids says under which IDs each stands, by ordinals of
// which those of one person are equal.
func (r *Roster) busy(ctx context.Context, m matter.Matter, cs []Candidate, ids map[string]int, today string) error {
	if len(cs) == 0 {
		return nil
	}
	at, place := map[string]*Candidate{}, map[int]*Candidate{}
	var values []string
	for i := range cs {
		place[ids[cs[i].ID]] = &cs[i]
		values = append(values, spelling.Name(cs[i].Name))
	}
	for id, i := range ids {
		if place[i] != nil {
			at[id] = place[i]
			values = append(values, id)
		}
	}
	var labels []thing.Label
	for _, v := range values {
		labels = append(labels, thing.Label{Kind: matter.ByDeputy, Value: v}, thing.Label{Kind: matter.ByPerson, Value: v})
	}
	each := func(f view.Filter, do func(matter.Matter, func(name, id string) *Candidate)) error {
		for row := int64(0); ; {
			fs, err := view.Page(ctx, r.Store, f, row, 500)
			if err != nil || len(fs) == 0 {
				return err
			}
			for _, other := range fs {
				row = other.Row
				who, err := r.Who(ctx, other.Matter)
				if err != nil {
					return err
				}
				if other.ID != m.ID {
					do(other.Matter, func(name, id string) *Candidate { return at[cmp.Or(id, who[name])] })
				}
			}
		}
	}
	err := each(view.Filter{Labels: labels, States: handling}, func(m matter.Matter, of func(name, id string) *Candidate) {
		for _, name := range slices.Concat(m.Guides, m.Proposers) {
			if c := of(name, ""); c != nil {
				c.InHand++
			}
		}
	})
	since, _ := time.ParseInLocation(time.DateOnly, before(today, lately), r.Now().Location())
	err = errors.Join(err, each(view.Filter{Labels: labels, From: since}, func(m matter.Matter, of func(name, id string) *Candidate) {
		for _, name := range m.Deputies {
			if c := of(name, ""); c != nil {
				c.Sat = max(c.Sat, m.Occurred.In(r.Now().Location()).Format(time.DateOnly))
			}
		}
	}))
	for i := range labels {
		labels[i].Kind = matter.ByDecline
	}
	return errors.Join(err, each(view.Filter{Labels: labels}, func(m matter.Matter, of func(name, id string) *Candidate) {
		for _, d := range m.Declines {
			if c := of(d.Who, d.Person); c != nil {
				c.Declined++
			}
		}
	}))
}

// suits is what speaks for a deputy, 0 for nothing.
func suits(m matter.Matter, c Candidate, fields []profile.Field) (score int, why []string) {
	for _, f := range fields {
		points, word := f.Match(m)
		if !slices.Contains(c.Facts.Fields, f.Name) || points <= score {
			continue
		}
		score, why = points, []string{strings.TrimSuffix(f.Name, "组") + "组"}
		if word != "" {
			why[0] += "（说到“" + word + "”）"
		}
	}
	township := ""
	if place := m.Station[:min(len(m.Station), 12)]; len(place) == 12 && place[6:9] != "000" {
		township = place[:9]
	}
	switch {
	case c.Seated(m.Station):
		score, why = score+sameStation+sameTownship, append(why, "本站")
	case township != "" && c.belongs(township):
		score, why = score+sameTownship, append(why, "本乡镇")
	}
	if c.electedIn(m.Station) {
		score, why = score+sameDistrict, append(why, "本选区")
	}
	return score, why
}

// belongs says whether he is grouped to a station of a township, by nine digits, or sits in its congress.
func (c Candidate) belongs(township string) bool {
	return slices.ContainsFunc(c.Seats, func(s person.Seat) bool { return strings.HasPrefix(s.Station, township) }) ||
		slices.ContainsFunc(c.Held(), func(m person.Mandate) bool {
			return m.Level == "township" && strings.HasPrefix(m.Place, township)
		})
}

// electedIn says whether a station lies in an electoral district of his, as far as its name tells: one of a county's or
// township's congress that is named after the station's township or village.
func (c Candidate) electedIn(station string) bool {
	for _, p := range places.Path(station[:min(len(station), 12)]) {
		name := strings.TrimSuffix(strings.TrimSuffix(places.Short(p), "社区"), "村")
		if p.Level != "township" && p.Level != "village" || len([]rune(name)) < 2 {
			continue
		}
		for _, m := range c.Held() {
			if (m.Level == "county" || m.Level == "township") && strings.Contains(m.District, name) {
				return true
			}
		}
	}
	return false
}

// before is so many days before a day.
func before(day string, days int) string {
	at, _ := time.Parse(time.DateOnly, day) // the program's own
	return at.AddDate(0, 0, -days).Format(time.DateOnly)
}
