package form

import (
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
)

// Issuer is who prints: what stands in the heads of its papers, the words of its county, and the day.
type Issuer struct {
	settings.Settings
	Profile profile.Profile
	Today   time.Time
}

// Named is a unit as papers call it: this office as it calls itself, others by kind and place, or by their code where
// nobody knows them.
func (o Issuer) Named(code string) string {
	if code == o.Unit && o.Name != "" {
		return Line(o.Name)
	}
	return Line(places.Of(code).Full)
}

// Met is the office that a citizen met about a matter, for what is given to him: the place where he sat, who received
// him, the telephone and hours of that table, and the county over it. Where another office prints, it knows no
// telephone of that table and gives none, rather than its own.
func (o Issuer) Met(m matter.Matter) Issuer {
	if m.Station != "" && m.Station != o.Unit {
		o.Name = o.Named(m.Station)
	}
	if m.Unit != "" && m.Unit != o.Unit {
		o.Phone, o.Hours, o.Clerk = "", "", ""
		if over := places.Organisation(m.Unit); over != places.Organisation(o.Unit) {
			o.Organisation = over
		}
		if len(m.History) > 0 {
			o.Clerk = m.History[0].By
		}
	}
	return o
}
