package person

import (
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Kind is what the store has to know of people.
var Kind = thing.Kind{Name: Name, Version: 2, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Person{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		p, refused := table.Fold(rs)
		if p.State == None {
			return nil, refused
		}
		p.Owes = p.tellers(rs, refused)
		return &p, refused
	},
	Doc: func(s thing.Sum, _ string) thing.Doc {
		p := s.(*Person)
		d := thing.Doc{People: []string{p.Name}, Phone: p.Phone, Initials: append([]string{p.Employer, p.Post}, p.Fields...)}
		text := []string{p.Nationality, p.Party, p.Education}
		for _, m := range p.Mandates {
			d.Numbers = append(d.Numbers, m.Number)
			text = append(text, m.String(), m.District, m.Delegation)
		}
		d.Text = strings.Join(text, "\n")
		return d
	},
	Left:   func(s thing.Sum, author string) bool { return s.(*Person).left(author) },
	Field:  func(s thing.Sum, code string) string { return s.(*Person).field(code) },
	Called: func(s thing.Sum) string { return s.(*Person).Name },
	Columns: []thing.Column{
		column("state", func(p *Person) any { return int(p.State) }),
		column("name", func(p *Person) any { return p.Name }),
		column("levels", func(p *Person) any { return p.levels() }),
		column("serving", func(p *Person) any { return past(p.Serving()) }),
		column("leaves", func(p *Person) any { return spaced(p.leaves()) }),
		column("past", func(p *Person) any { return past(p.Mandates) }),
		column("stations", func(p *Person) any { return spaced(p.stations()) }),
		column("fields", func(p *Person) any { return "、" + strings.Join(p.Fields, "、") + "、" }),
		column("roles", func(p *Person) any { return spaced(p.Roles) }),
		column("tier", func(p *Person) any { return p.Tier }),
		column("ended", func(p *Person) any { return p.Ended() }),
		column("confirmed", func(p *Person) any { return p.Confirmed }),
		column("joined", func(p *Person) any { return p.Same }),
		column("joiner", func(p *Person) any { return p.joiner() }),
		column("owes", func(p *Person) any { return spaced(p.Owes) }),
		column("batches", func(p *Person) any { return spaced(p.Batches) }),
	},
	Indexes: []string{"name", "joined WHERE joined <> ''", "owes WHERE owes <> ''", "batches WHERE batches <> ''"},
	Digest:  []string{"state", "levels", "stations", "joined"},
}

func column(name string, of func(*Person) any) thing.Column {
	return thing.Column{Name: name, Of: func(s thing.Sum) any { return of(s.(*Person)) }}
}

// parts are what acts write besides the fields of the form; of a seat the station is said, too.
var parts = words.Of("photo", "照片", "leave", "请假", "seat", "编入站点", "same", "并为一人", thing.State, "状态")

// field is what a field is called that an act wrote; a mandate's is its key.
func (p *Person) field(code string) string {
	what, key, _ := strings.Cut(code, " ")
	switch _, level := words.Levels.Parse(what); {
	case key != "" && level:
		return "代表职务：" + (Mandate{Level: what, Congress: key}).String()
	case key != "":
		return parts.Name(what) + "：" + key
	}
	return Fields.Beside(parts, what)
}

// spaced is a list as a column keeps it: each with a blank on either side, so that one is found in it.
func spaced(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return " " + strings.Join(list, " ") + " "
}

func rank(level string) int {
	return slices.IndexFunc(words.Levels, func(w words.Word) bool { return w.Code == level })
}

// joiner is what the codes of those begin with whom he may be joined to.
func (p Person) joiner() string {
	if p.Same == "" {
		return ""
	}
	return unit.Stem(p.Joiner)
}

// levels are those of the mandates that he holds, the highest first.
func (p Person) levels() string { return past(p.Held()) }

// past are the levels of mandates, held or ended.
func past(ms []Mandate) string {
	var ls []string
	for _, m := range ms {
		if !slices.Contains(ls, m.Level) {
			ls = append(ls, m.Level)
		}
	}
	return spaced(ls)
}

// leaves are the times of leave as a column keeps them: 2026-11-01..2026-11-30, 2026-11-01.. where no end is known.
func (p Person) leaves() (list []string) {
	for _, l := range p.Leaves {
		list = append(list, l.From+".."+l.To)
	}
	return list
}

func (p Person) stations() (codes []string) {
	for _, s := range p.Seats {
		codes = append(codes, s.Station)
	}
	return codes
}

// Parts are the person and what is kept apart.
func (p *Person) Parts() (open, private any) { return p, &p.Private }

// Label gives his name and his telephones.
func (p *Person) Label() (string, []thing.Label) {
	if p.State == Void {
		return "", nil
	}
	return "", append(thing.People(p.Name), thing.Phones(p.Phone)...)
}

// Secret says that a person never is.
func (p *Person) Secret() bool { return false }

// Known says whether this computer was told anything private.
func (p *Person) Known() bool { return p.Private != (Private{}) }

// Envelope goes to all whom he concerns.
func (p *Person) Envelope(author string) journal.Envelope {
	return journal.Envelope{Way: journal.Along, Audience: p.Audience(),
		Privy: slices.DeleteFunc(p.Privy(), func(u string) bool { return u == author })}
}

// Audience gives whom he concerns, the lowest first: the stations where he is grouped with what they report through,
// who named him, the counties and the city above.
func (p *Person) Audience() (units []string) {
	units = unit.With(units, p.Unit, p.Via)
	for _, s := range p.Seats {
		units = unit.With(units, s.Station, s.Via)
	}
	return units
}
