// Package fit says which deputies fit a matter (精准对接).
package fit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
)

// Candidate is a deputy who may be asked to take a matter on, with what is known of his work.
type Candidate struct {
	person.Person
	InHand   int    // matters that he guides, consults on or proposes, as long as they are open
	Sat      string // the day on which he last received other citizens, "" for never: 2026-11-21
	Declined int    // how often he declined a matter
}

// Deputy is one who fits a matter: why says it in words, 农业农村组，本乡镇，手头 1 件.
type Deputy struct {
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

// Rank gives the deputies who fit a matter, the best first: whose field it is, who is grouped at its station, in
// its township, elected where it lies; each matter in hand takes a point away, and so does having sat at the table
// lately. Who may not be called on a day (2026-11-29), his mandate resting or ended or he on leave, is left out, and so
// is who has nothing to do with it. Whoever declined this matter stands behind all others. It only proposes: a person
// chooses.
func Rank(m matter.Matter, cs []Candidate, fields []profile.Field, today string) []Deputy {
	type ranked struct {
		Deputy
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
		if at, err := time.Parse(time.DateOnly, c.Sat); err == nil && c.Sat > Lately(today) {
			score--
			why = append(why, at.Format("1月2日")+"接待过")
		}
		if c.Declined > 0 {
			why = append(why, fmt.Sprintf("推辞过 %d 件", c.Declined))
		}
		said, declined := m.Declining(c.ID, c.Name)
		if declined {
			why = append(why, "这一件推辞了："+said)
		}
		list = append(list, ranked{Deputy{c.Person, score, strings.Join(why, "，")}, c, declined})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		if a.declined != b.declined {
			if a.declined {
				return 1
			}
			return -1
		}
		return cmp.Or(b.Score-a.Score, a.InHand-b.InHand, strings.Compare(a.Sat, b.Sat),
			strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	var fits []Deputy
	for _, r := range list {
		fits = append(fits, r.Deputy)
	}
	return fits
}

// suits is what speaks for a deputy, 0 for nothing.
func suits(m matter.Matter, c Candidate, fields []profile.Field) (score int, why []string) {
	for _, f := range fields {
		points, word := f.Match(m)
		if !slices.Contains(c.Fields, f.Name) || points <= score {
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

// Lately is the day after which having received citizens speaks against being called, as of today (2026-11-15).
func Lately(today string) string {
	at, _ := time.Parse(time.DateOnly, today) // the program's own
	return at.AddDate(0, 0, -lately).Format(time.DateOnly)
}
