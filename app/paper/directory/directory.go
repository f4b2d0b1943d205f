// Package directory makes the papers about people and places: the card of a deputy, the board of a station's deputies, the
// roster, what there is to know of a station, and the list of stations.
//
//	d, err := directory.Cards(directory.Directory{People: ps, Known: sites}, form.Issuer{Settings: s, Today: now}, false)
//	pdf, err := d.PDF()
//
// Cards and the board are given away and hang where everybody reads (people's own telephone only where they let it be
// given, a photo only where they let it be shown); of the papers for officials, too, none has anybody's address, and
// none an own telephone or a birthday unless it was asked for.
package directory

import (
	"cmp"
	"slices"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/words"
)

// Directory is the people and places that a paper is about.
type Directory struct {
	People []person.Person       // in the order in which they are printed
	Sites  []site.Site           // whose people they are, or which it lists
	Photos map[journal.ID][]byte // of the people, where there is one: JPEG
}

// at are the people who are grouped at a station.
func (d Directory) at(code string) (ps []person.Person) {
	for _, p := range d.People {
		if p.Seated(code) {
			ps = append(ps, p)
		}
	}
	return ps
}

// met are the stations where a person is met: those of his that were chosen, else this office's own, else all, the main
// one first; the office itself is asked for somebody who has none.
func (d Directory) met(p person.Person, o form.Issuer) (list []site.Site) {
	seats := slices.Clone(p.Seats)
	slices.SortStableFunc(seats, func(a, b person.Seat) int { return cmp.Compare(a.Part, b.Part) }) // main, part
	for _, asked := range []func(code string) bool{
		func(code string) bool {
			return slices.ContainsFunc(d.Sites, func(s site.Site) bool { return s.Code == code })
		},
		func(code string) bool { return code == o.Unit },
		func(string) bool { return true },
	} {
		for _, seat := range seats {
			if asked(seat.Station) {
				s := o.Sites[seat.Station]
				s.Code = seat.Station
				list = append(list, s)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return []site.Site{{Code: o.Unit, Facts: site.Facts{Name: o.Name}}}
}

// reached are the telephone of a unit and when it is answered; those of this office are in its settings, too.
func reached(s site.Site, o form.Issuer) (phone, opening string) {
	if s.Code == o.Unit {
		return form.Line(o.Phone), form.Line(o.Hours)
	}
	return form.Line(s.Phone), form.Line(s.Opening)
}

// named is what a unit is called.
func named(s site.Site, o form.Issuer) string {
	return cmp.Or(form.Line(s.Name), o.Named(s.Code))
}

// acting are the mandates that somebody exercises now, the highest level first: one that rests is none of them.
func acting(p person.Person) []person.Mandate {
	return slices.DeleteFunc(p.Held(), func(m person.Mandate) bool { return m.Standing != "office" })
}

// place is the place whose congress a mandate is of: as it was said, else the one of that level over the first station.
func place(p person.Person, m person.Mandate) (name string) {
	code, digits := m.Place, map[string]int{"city": 4, "county": 6, "township": 9}[m.Level]
	if code == "" && len(p.Seats) > 0 {
		code = p.Seats[0].Station
	}
	at, ok := places.ByCode(code[:min(digits, len(code))])
	if digits == 0 || !ok || at.Level != m.Level {
		return ""
	}
	return at.Name
}

// seal is the level of a mandate in one word, as people of the place say it: 省, 市, 区, 镇.
func seal(p person.Person, m person.Mandate) string {
	for _, end := range []string{"省", "市", "区", "县", "镇"} {
		if strings.HasSuffix(place(p, m), end) {
			return end
		}
	}
	return words.Levels.Name(m.Level)
}

// seals are the levels of some mandates, each once.
func seals(p person.Person, ms []person.Mandate) (list []string) {
	for _, m := range ms {
		if s := seal(p, m); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// titles are mandates in full: 省十四届、吕梁市五届、离石区六届人大代表.
func titles(p person.Person, ms []person.Mandate) string {
	if len(ms) == 0 {
		return ""
	}
	return each(ms, func(m person.Mandate) string {
		return cmp.Or(place(p, m), words.Levels.Name(m.Level)) + m.Congress
	}) + "人大代表"
}

// each gives what a function says of mandates, each once, what it says nothing of left out.
func each(ms []person.Mandate, of func(person.Mandate) string) string {
	var list []string
	for _, m := range ms {
		if s := form.Line(of(m)); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return strings.Join(list, "、")
}

// chosen is who elected somebody, districts or other bodies: the lowest first, whom he lives among.
func chosen(ms []person.Mandate) string {
	ms = slices.Clone(ms)
	slices.Reverse(ms)
	return each(ms, func(m person.Mandate) string { return cmp.Or(m.District, m.Delegation) })
}

// list is a list of words on one line.
func list(ws []string) string { return form.Line(strings.Join(ws, "、")) }

// mobile is the telephone that a person lets be given to everybody, "" for none.
func mobile(p person.Person) string {
	if !p.Open {
		return ""
	}
	return form.Line(p.Phone)
}

// Titles are the mandates that a person exercises, in full; "" for none.
func Titles(p person.Person) string { return titles(p, acting(p)) }
