package matter

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
)

// By these labels a matter is found by its deputies: the IDs of those whose person it knows, and the names
// (spelling.Name) of the others; by those who declined it, by either; and by its departments (spelling.Department).
const (
	ByPerson     = "person"
	ByDeputy     = "deputy"
	ByDecline    = "declined"
	ByDepartment = "department"
)

// calls are these labels.
func (m *Matter) calls() (ls []thing.Label) {
	put := func(kind, value string) {
		if l := (thing.Label{Kind: kind, Value: value}); value != "" && !slices.Contains(ls, l) {
			ls = append(ls, l)
		}
	}
	for _, name := range m.Called() {
		if put(ByPerson, m.Persons[name]); m.Persons[name] == "" {
			put(ByDeputy, spelling.Name(name))
		}
	}
	for _, d := range m.Declines {
		put(ByDecline, or(d.Person, spelling.Name(d.Who)))
	}
	for _, u := range m.Units {
		put(ByDepartment, spelling.Department(u))
	}
	return ls
}

// Persons are the IDs of the people on the roster whom a matter names, by their names as they were printed: the name
// stays, whatever becomes of the person. Whoever is not among them is nobody on the roster, or was never asked about.
type Persons map[string]string

// With gives them with others; an empty ID takes a name out again.
func (p Persons) With(others Persons) Persons {
	if len(others) == 0 {
		return p
	}
	all := Persons{}
	maps.Copy(all, p)
	maps.Copy(all, others)
	maps.DeleteFunc(all, func(_, id string) bool { return id == "" })
	if len(all) == 0 {
		return nil
	}
	return all
}

// Of gives those of some names.
func (p Persons) Of(names []string) Persons {
	var of Persons
	for _, name := range names {
		of = of.With(Persons{name: p[name]})
	}
	return of
}

// Called are the deputies whom a matter names, as printed, each once: who received the citizen, who guides or consults,
// who proposes, who took a wish on.
func (m Matter) Called() (names []string) {
	for _, name := range slices.Concat(m.Deputies, m.Guides, m.Proposers, []string{m.Taker()}) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Named are the deputies and departments whom a matter names: by their IDs on the roster, and by name where none is known.
func (m Matter) Named() (who []string) {
	for _, name := range m.Called() {
		who = append(who, cmp.Or(m.Persons[name], name))
	}
	return append(who, m.Units...)
}

// Declined is one time that a deputy did not take a matter on.
type Declined struct {
	Who    string `json:"who"`
	Person string `json:"person,omitempty"`
	On     string `json:"on"` // 2026-12-04
	Why    string `json:"why,omitempty"`
}

// Declining says whether a deputy declined this matter, and why.
func (m Matter) Declining(person, name string) (why string, declined bool) {
	for _, d := range slices.Backward(m.Declines) {
		if d.Person != "" && d.Person == person || d.Person == "" && spelling.Name(d.Who) == spelling.Name(name) {
			return d.Why, true
		}
	}
	return "", false
}

func decline(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(b.Who) == "" {
		return nil, "", errors.New("the deputy is missing")
	}
	if err := need(r, b.Reason != "", "a reason"); err != nil {
		return nil, "", err
	}
	m.settle(b.Who, "declined", open.Reason)
	m.Declines = append(slices.Clip(m.Declines), Declined{b.Who, b.Persons[b.Who], day(r.At), open.Reason})
	return nil, thing.Join(b.Who, open.Reason), nil
}

// tied says in the history who a name was said to be, by his ID (thing.Event.Told), or that this was taken back.
func tied(name, had, id string) string {
	switch {
	case thing.ID(id):
		return name + "是名册上的" + id
	case id == "" && thing.ID(had):
		return name + "不再是名册上的" + had
	}
	return name
}

// know says who on the roster those are whom the matter names.
func know(m *Matter, r journal.Record) ([]string, string, error) {
	b, _, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	var said []string // of names as they stand here: what a stranger writes may be anything
	for _, name := range m.Called() {
		if id, is := b.Persons[name]; is {
			said, m.Persons = append(said, tied(name, m.Persons[name], id)), m.Persons.With(Persons{name: id})
		}
	}
	if len(said) == 0 {
		return nil, "", errors.New("nobody is named")
	}
	return nil, strings.Join(said, "、"), nil
}
