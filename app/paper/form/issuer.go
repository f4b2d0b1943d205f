package form

import (
	"cmp"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
	"lianluo.local/data/site"
)

// Issuer is who prints: what stands in the heads of its papers, the words of its county, the units that it knows, by
// their codes, and the day.
type Issuer struct {
	settings.Settings
	Profile profile.Profile
	Sites   map[string]site.Site
	Today   time.Time
}

// Own gives settings as what is known of their unit has them: its name, its telephone and when it is answered, and what
// stands over the letters of an office. What nobody said of it stays as it was set.
func Own(s settings.Settings, own site.Site) settings.Settings {
	s.Name, s.Organisation = cmp.Or(own.Name, s.Name), cmp.Or(own.Letterhead, s.Organisation)
	s.Phone, s.Hours = cmp.Or(own.Phone, s.Phone), cmp.Or(own.Opening, s.Hours)
	return s
}

// Named is a unit as papers call it: this office as it calls itself, others by the name they were given, else by kind
// and place, or by their code where nobody knows them.
func (o Issuer) Named(code string) string {
	if code == o.Unit && o.Name != "" {
		return Line(o.Name)
	}
	if s, known := o.Sites[code]; known {
		return Line(s.Name)
	}
	return Line(places.Of(code).Full)
}

// Met is the office that a citizen met about a matter, for what is given to him: the place where he sat, who received
// him, the telephone and hours of that table, and the county over it. Where another office prints and knows no
// telephone of that table, it gives none, rather than its own.
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
	for _, code := range []string{m.Unit, m.Station} {
		if at := o.Sites[code]; code != o.Unit && at.Phone != "" {
			o.Phone, o.Hours = at.Phone, at.Opening
		}
	}
	return o
}
