// Package person is what a person is to the people's congresses: a name with what may be known of it, and the mandates,
// stations and fields that he or she has. A person is not a mandate: one may hold several at a time, of which each
// belongs to the office of its level, and one after the other (代表法 2025, 选举法 2020).
//
// Whoever names a person first has him; the offices that he concerns and the stations where he is grouped have the same
// thing. Two things that are found to be one person are joined by an office over both (Same), and both go on working.
package person

import (
	"errors"
	"slices"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Name is the journal's word for entries about people, Schema the version of their bodies that this program writes.
const (
	Name   = "person"
	Schema = 1
)

// State is whether a person counts.
type State int

// The states.
const (
	None State = 0
	Here State = 1
	Void State = 2 // entered by mistake
)

// ErrNobody says that nobody bears a name that somebody wrote. Test with errors.Is.
var ErrNobody = errors.New("nobody bears the name")

// Person is the sum of his entries.
type Person struct {
	thing.Base
	Facts
	Private   `json:"-"`
	State     State      `json:"state"`
	Mandates  []Mandate  `json:"mandates"`
	Seats     []Seat     `json:"seats"`
	Leaves    []Leave    `json:"leaves"`
	Via       string     `json:"via,omitempty"`  // what the station that named him reports to, where it is not its county
	Confirmed bool       `json:"confirmed"`      // an office has said something of him
	Same      string     `json:"same"`           // the ID of who he is, too; "" for nobody
	Joiner    string     `json:"joiner"`         // the office that said so: it counts where that is over both
	Photo     journal.ID `json:"photo,omitzero"` // the entry whose private part holds it
	Batches   []string   `json:"batches"`        // the sheets that said something of him
	Gone      []string   `json:"gone,omitempty"` // the stations where he was grouped before
	Owes      []string   `json:"owes,omitempty"` // the units that have something private to say again (tellers)
}

// Facts are what everybody may know whom he concerns. Codes are those of the closed lists.
type Facts struct {
	Name        string   `json:"name"`
	Sex         string   `json:"sex"`
	Nationality string   `json:"nationality"` // 汉族
	Party       string   `json:"party"`
	Education   string   `json:"education"`
	Employer    string   `json:"employer"`
	Post        string   `json:"post"`
	Tier        string   `json:"tier"`
	Structures  []string `json:"structures"`
	Roles       []string `json:"roles"`
	Fields      []string `json:"fields"` // names of the county's fields
	Open        bool     `json:"open"`   // he lets his mobile be given to citizens
	Shown       bool     `json:"shown"`  // he lets his photo be shown
}

// Private is what only his offices and the stations where he is grouped may know.
type Private struct {
	Phone   string `json:"phone"`
	Email   string `json:"email"`
	Birth   string `json:"birth"` // 1975, 1975-03 or 1975-03-07, as far as it is known
	Address string `json:"address"`
	Remark  string `json:"remark"`
}

// Image is the private part of an entry that brings a photo: a JPEG.
type Image struct {
	Photo []byte `json:"photo"`
}

// Told is the private part of an entry that says to newcomers what others know.
type Told struct {
	Private
	Photo []byte `json:"photo,omitempty"`
}

// Mandate is one of a person's: at most one for a congress of a level.
type Mandate struct {
	Level      string   `json:"level"`      // nation, province, city, county, township
	Congress   string   `json:"congress"`   // 十四届
	Place      string   `json:"place"`      // 12 digits of whose congress it is; "" where nobody said it
	District   string   `json:"district"`   // 选区, or who elected
	Delegation string   `json:"delegation"` // 代表团
	Number     string   `json:"number"`     // 代表证号
	How        string   `json:"how"`        // words.Elections
	Offices    []string `json:"offices"`    // words.Offices
	Since      string   `json:"since"`      // 2021-06-01
	Until      string   `json:"until"`      // the day on which it ended
	Standing   string   `json:"state"`      // words.Standings
	Reason     string   `json:"reason"`     // why it rests or ended
	Notice     string   `json:"notice"`     // number of the announcement
	Unit       string   `json:"unit"`       // who said it
	Owned      bool     `json:"owned"`      // that is the office of its level
}

// Key tells a person's mandates apart: level and congress.
func (m Mandate) Key() string { return m.Level + " " + m.Congress }

// Seat is a station where a person is grouped.
type Seat struct {
	Station string `json:"station"`
	Via     string `json:"via"`  // the unit that it reports through, "" for its county
	Part    string `json:"part"` // words.Parts
	Since   string `json:"since"`
}

// Leave is a time in which a person is not called.
type Leave struct {
	From string `json:"from"`
	To   string `json:"to"` // "" for no end known
	Why  string `json:"why"`
}

// Keeper says whether an office owns the mandates of a level: a county those of its county and townships, a city those
// of the city and above.
func Keeper(code, level string) bool {
	switch unit.LevelOf(code) {
	case journal.County:
		return level == "county" || level == "township"
	case journal.City:
		return level == "city" || level == "province" || level == "nation"
	}
	return false
}

// Keeps says whether an office owns a mandate: that of its level and place.
func (m Mandate) Keeps(code string) bool {
	if !Keeper(code, m.Level) {
		return false
	}
	n := map[string]int{"county": 6, "township": 6, "city": 4}[m.Level]
	return len(m.Place) < n || m.Place[:n] == code[:n]
}

// Mandate gives the mandate of a key.
func (p Person) Mandate(key string) (Mandate, bool) {
	i := slices.IndexFunc(p.Mandates, func(m Mandate) bool { return m.Key() == key })
	if i < 0 {
		return Mandate{}, false
	}
	return p.Mandates[i], true
}

// Held are the mandates that have not ended, the highest level first.
func (p Person) Held() (ms []Mandate) {
	for _, m := range p.Mandates {
		if m.Standing != "ended" {
			ms = append(ms, m)
		}
	}
	slices.SortStableFunc(ms, func(a, b Mandate) int { return rank(a.Level) - rank(b.Level) })
	return ms
}

// Serving are the mandates that he exercises: those that have not ended and do not rest, the highest level first.
func (p Person) Serving() []Mandate {
	return slices.DeleteFunc(p.Held(), func(m Mandate) bool { return m.Standing != "office" })
}

// Active says whether he may be called on a day (2026-11-29): a mandate is in office, and he is not on leave.
func (p Person) Active(day string) bool {
	return p.State == Here && !p.Away(day) && len(p.Serving()) > 0
}

// Away says whether he is on leave on a day.
func (p Person) Away(day string) bool {
	return slices.ContainsFunc(p.Leaves, func(l Leave) bool { return l.On(day) })
}

// On says whether a day (2026-11-29) is one of them.
func (l Leave) On(day string) bool { return l.From <= day && (l.To == "" || day <= l.To) }

// Ended says whether he had mandates of which none is left.
func (p Person) Ended() bool { return len(p.Mandates) > 0 && len(p.Held()) == 0 }

// Seated says whether he is grouped to a station.
func (p Person) Seated(station string) bool {
	return slices.ContainsFunc(p.Seats, func(s Seat) bool { return s.Station == station })
}

// Whole gives him with what another ID of his adds: mandates, stations, fields, what is not known of this one. Of one
// mandate that both have that counts which its office said.
func (p Person) Whole(other Person) Person {
	p.Mandates = slices.Clone(p.Mandates)
	for _, m := range other.Mandates {
		i := slices.IndexFunc(p.Mandates, func(had Mandate) bool { return had.Key() == m.Key() })
		if i < 0 {
			p.Mandates = append(p.Mandates, m)
		} else if m.Owned && !p.Mandates[i].Owned {
			p.Mandates[i] = m
		}
	}
	for _, s := range other.Seats {
		if !p.Seated(s.Station) {
			p.Seats = append(slices.Clip(p.Seats), s)
		}
	}
	p.Leaves = append(slices.Clip(p.Leaves), other.Leaves...)
	if p.Photo == (journal.ID{}) {
		p.Photo = other.Photo
	}
	v, more := field.From(p.Facts, p.Private), field.From(other.Facts, other.Private)
	for _, f := range Fields {
		switch {
		case f.Input == field.Tick: // what he agreed to is his to say again
		case f.Input == field.People:
			list := slices.Clone(v.List(f.Code))
			for _, s := range more.List(f.Code) {
				if !slices.Contains(list, s) {
					list = append(list, s)
				}
			}
			v[f.Code] = list
		case v.Text(f.Code) == "":
			v[f.Code] = more.Text(f.Code)
		}
	}
	v.Into(&p.Facts, &p.Private)
	return p
}

// Holder gives that of the parts of somebody, each kept under an ID of his, which has a mandate, that first of which its
// office said so; else the first.
func Holder(parts []Person, key string) Person {
	for _, owned := range []bool{true, false} {
		for _, p := range parts {
			if m, has := p.Mandate(key); has && m.Owned == owned {
				return p
			}
		}
	}
	return parts[0]
}

// String is the time of leave as people read it.
func (l Leave) String() string {
	until := "起"
	if l.To != "" {
		until = "至 " + l.To
	}
	return thing.Join(l.From+" "+until, l.Why)
}

// String is the mandate as people read it: 十四届县人大代表.
func (m Mandate) String() string { return m.Congress + words.Levels.Name(m.Level) + "人大代表" }
