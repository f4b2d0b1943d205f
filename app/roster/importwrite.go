package roster

import (
	"reflect"
	"slices"
	"strings"

	"lianluo.local/data/person"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// add is the act that names somebody new.
func (e *entrant) add(batch string) store.Act {
	o := person.Opening{Facts: e.facts, Mandates: e.mandates, Seats: e.seats, Batch: batch}
	o.Structures = union(o.Structures, e.ticks)
	a := store.Act{Kind: person.Name, Do: person.Add, Body: o}
	if e.private != (person.Private{}) {
		a.Private = e.private
	}
	return a
}

// alter gives the acts that bring what a sheet says to somebody who is here, none where it says nothing else. What is
// blank erases nothing; ticks and stations come to those that are known.
func (r *Roster) alter(a asking, e *entrant) (acts []store.Act) {
	p := *e.who
	act := func(do string, body, private any) {
		acts = append(acts, store.Act{Kind: person.Name, Thing: p.ID, Do: do, Body: body, Private: private})
	}
	change := func(cell, field, from, to string) {
		a.Changes = append(a.Changes, Change{cell, p.ID, p.Name, field, from, to})
	}
	may := func(do string) bool {
		if p.May(do, r.Settings.Unit) {
			return true
		}
		a.wrong(e.at, "“"+p.Name+"”由别的单位登记，这里不能改")
		return false
	}
	said := e.facts
	said.Structures = union(union(nil, said.Structures), e.ticks)
	if len(e.facts.Structures) == 0 {
		said.Structures = union(p.Structures, e.ticks)
	}
	hides := e.private
	if had := mark(p.Facts, p.Private, nil); len(e.phones) > 0 && slices.Equal(e.phones, had.phones) {
		hides.Phone = ""
	}
	for had, says := range map[*string]*string{&p.Name: &said.Name, &p.Employer: &said.Employer} {
		if spelling.Letters(*had) == spelling.Letters(*says) {
			*says = ""
		}
	}
	body, private := differs(p.Facts, said), differs(p.Private, hides)
	if len(body)+len(private) > 0 && may(person.Correct) {
		was, is := p.Values(), person.Person{Facts: said, Private: e.private}.Values()
		for _, f := range person.Fields {
			if _, open := body[f.Code]; open || private[f.Code] != nil {
				change(e.cells[f.Code], f.Name, f.Text(was, nil), f.Text(is, nil))
			}
		}
		body["batch"] = a.h.Batch
		if len(private) == 0 {
			private = nil
		}
		act(person.Correct, body, hidden(private))
	}
	for _, m := range e.mandates {
		had, has := p.Mandate(m.Key())
		whole := had
		for _, b := range [][2]*string{{&whole.Level, &m.Level}, {&whole.Congress, &m.Congress}, {&whole.Place, &m.Place},
			{&whole.District, &m.District}, {&whole.Delegation, &m.Delegation}, {&whole.Number, &m.Number}, {&whole.How, &m.How},
			{&whole.Since, &m.Since}, {&whole.Until, &m.Until}, {&whole.Standing, &m.Standing}, {&whole.Reason, &m.Reason}} {
			if *b[1] != "" {
				*b[0] = *b[1]
			}
		}
		if len(m.Offices) > 0 {
			whole.Offices = m.Offices
		}
		switch {
		case has && reflect.DeepEqual(had, whole):
		case has && had.Owned && !person.Keeper(r.Settings.Unit, m.Level):
			a.wrong(e.at, "“"+p.Name+"”的"+m.String()+"由管这一级的人大登记，这里不能改")
		case may(person.Named):
			change(e.at, "代表职务", told(had, has), told(whole, true))
			act(person.Named, person.Move{Mandate: &whole, Batch: a.h.Batch}, nil)
		}
	}
	var come []person.Seat
	for _, s := range e.seats {
		if !p.Seated(s.Station) {
			come = append(come, s)
		}
	}
	if len(come) > 0 && may(person.Group) {
		for _, s := range come {
			change(e.cells["stations"], "联络站", "", s.Station)
		}
		if len(p.Seats) > 0 {
			a.warn(e.cells["stations"], "“"+p.Name+"”原来的联络站没有动，要调出的请在名册里办")
		}
		act(person.Group, person.Move{Seats: come, Batch: a.h.Batch}, hidden(differs(person.Private{}, p.Private)))
	}
	return acts
}

// hidden is a private part, nil for none.
func hidden(private map[string]any) any {
	if len(private) == 0 {
		return nil
	}
	return private
}

// told is a mandate in a line.
func told(m person.Mandate, has bool) string {
	if !has {
		return ""
	}
	line := m.String()
	for _, s := range []string{m.Number, m.District, m.Delegation, m.Since, words.Standings.Name(m.Standing), m.Until} {
		line = thing.Join(line, s)
	}
	return line
}

// differs gives the members of a struct, by their JSON names, that another one says otherwise; what it leaves blank it
// does not say.
func differs(had, said any) map[string]any {
	set := map[string]any{}
	h, s := reflect.ValueOf(had), reflect.ValueOf(said)
	for i := range h.NumField() {
		v := s.Field(i)
		if v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 || reflect.DeepEqual(h.Field(i).Interface(), v.Interface()) {
			continue
		}
		if v.Kind() == reflect.Slice && alikeLists(h.Field(i).Interface(), v.Interface()) {
			continue
		}
		name, _, _ := strings.Cut(h.Type().Field(i).Tag.Get("json"), ",")
		set[name] = v.Interface()
	}
	return set
}

// alikeLists says whether two lists name the same, in whatever order.
func alikeLists(a, b any) bool {
	x, y := slices.Sorted(slices.Values(a.([]string))), slices.Sorted(slices.Values(b.([]string)))
	return slices.Equal(x, y)
}

// members gives those members of a struct whose JSON names are among some.
func members(of any, names []string) map[string]any {
	set := map[string]any{}
	v := reflect.ValueOf(of)
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); slices.Contains(names, name) {
			set[name] = v.Field(i).Interface()
		}
	}
	return set
}
