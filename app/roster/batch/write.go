package batch

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// add gives the act that names somebody new.
func (a asking) add(e *entrant) (act store.Act, ok bool) {
	o := person.Opening{Facts: e.facts, Seats: e.seats, Batch: a.h.Batch}
	if o.Tier == "" {
		o.Tier = roster.Tier(o.Post, o.Employer, unit.LevelOf(a.Unit))
	}
	if len(e.unsaid) > 0 {
		a.warn(e.cells["district"], mixed)
	}
	if o.Mandates, ok = a.terms(e, person.Person{}); !ok {
		return act, false
	}
	act = store.Act{Kind: person.Name, Do: person.Add, Body: o}
	if e.private != (person.Private{}) {
		act.Private = e.private
	}
	return act, true
}

// terms gives the mandates of a sheet as they are kept beside those that somebody has; not ok where something is wrong.
func (a asking) terms(e *entrant, p person.Person) (ms []person.Mandate, ok bool) {
	ok = true
	wrong := func(m person.Mandate, problems problem.Problems) {
		for _, f := range person.Terms {
			if why := problems[f.Code]; why != "" {
				ok = false
				a.wrong(cmp.Or(e.cells[m.Key()+" "+f.Code], e.at), why)
			}
		}
	}
	for _, m := range e.mandates {
		problems := problem.Problems{}
		if had, has := p.Mandate(m.Key()); has {
			if e.entitles {
				m.Place = "" // as it was derived on paper
			}
			if had.District == "" && m.District == had.Delegation {
				m.District = "" // which stands for it there
			}
			m = said(had, m)
		}
		m = a.Mandate(p, m, problems)
		wrong(m, problems)
		if had, has := p.Mandate(m.Key()); m.Standing == "office" && (!has || had.Standing == "ended") && a.Over(m) {
			a.warn(cmp.Or(e.cells[m.Key()+" congress"], e.at), roster.Ended(m))
		}
		if ok {
			a.Claim(m, cmp.Or(p.ID, e.at), e.facts.Name)
		}
		ms = append(ms, m)
	}
	if ok && len(ms) > 0 {
		all := slices.Clone(ms)
		for _, had := range p.Held() {
			if !slices.ContainsFunc(ms, func(m person.Mandate) bool { return m.Key() == had.Key() }) {
				all = append(all, had)
			}
		}
		problems := problem.Problems{}
		a.Related(slices.DeleteFunc(all, func(m person.Mandate) bool { return m.Standing == "ended" }), "place", problems)
		wrong(ms[0], problems)
	}
	return ms, ok
}

// said is a mandate with what a sheet says of it; what is blank erases nothing.
func said(had, m person.Mandate) person.Mandate {
	for _, b := range [][2]*string{{&had.Place, &m.Place}, {&had.District, &m.District}, {&had.Delegation, &m.Delegation},
		{&had.Number, &m.Number}, {&had.How, &m.How}, {&had.Since, &m.Since}, {&had.Until, &m.Until}, {&had.Standing,
			&m.Standing},
		{&had.Reason, &m.Reason}} {
		if *b[1] != "" {
			*b[0] = *b[1]
		}
	}
	if len(m.Offices) > 0 {
		had.Offices = m.Offices
	}
	return had
}

// alter gives the acts that bring what a sheet says to somebody who is here, none where it says nothing else. What is
// blank erases nothing; ticks and stations come to those that are known.
// It is not ok where something is wrong.
func (a asking) alter(ctx context.Context, e *entrant, parts []person.Person) (acts []store.Act, changes []Change,
	ok bool) {
	p, wrong := *e.who, len(a.Errors)
	act := func(id, do string, body, private any) {
		acts = append(acts, store.Act{Kind: person.Name, Thing: id, Do: do, Body: body, Private: private})
	}
	change := func(cell, code, name, was, is string) { changes = append(changes, Change{cell, code, name, was, is}) }
	may := func(do string) bool {
		if p.May(do, a.Unit) {
			return true
		}
		a.wrong(e.at, "“"+p.Name+"”由别的单位登记，这里不能改")
		return false
	}
	facts := e.facts
	switch {
	case e.works(p):
		facts.Employer, facts.Post = "", ""
	case e.worked != "" && !e.parted && p.Post != "":
		a.doubt(e, e.cells["employer"], "“"+e.worked+"”里的单位和职务分不开（名册里是“"+p.Employer+"”“"+p.Post+
			"”），请在中间写一个 /，如 凤山小学/校长")
		return nil, nil, false
	}
	facts.Structures = union(p.Structures, facts.Structures)
	hides := e.private
	if had := mark(p.Facts, p.Private, nil); len(e.phones) > 0 && slices.Equal(e.phones, had.phones) {
		hides.Phone = ""
	}
	if remarked(p, hides.Remark) {
		hides.Remark = ""
	}
	for had, says := range map[*string]*string{&p.Name: &facts.Name, &p.Employer: &facts.Employer} {
		if spelling.Letters(*had) == spelling.Letters(*says) {
			*says = ""
		}
	}
	body, private := differs(p.Facts, facts), differs(p.Private, hides)
	if len(body)+len(private) > 0 && may(person.Correct) {
		was, is := p.Values(), person.Person{Facts: facts, Private: hides}.Values()
		for _, f := range person.Fields {
			if _, open := body[f.Code]; open || private[f.Code] != nil {
				change(e.cells[f.Code], f.Code, f.Name, f.Text(was, nil), f.Text(is, nil))
			}
		}
		if tier := roster.Tier(facts.Post, facts.Employer, unit.LevelOf(a.Unit)); body["post"] != nil && p.Tier == "" &&
			facts.Tier == "" && tier != "" {
			body["tier"] = tier
		}
		body["batch"], body["hides"] = a.h.Batch, slices.Sorted(maps.Keys(private))
		act(p.ID, person.Correct, body, hidden(private))
	}
	ms, _ := a.terms(e, p)
	for _, m := range ms {
		had, has := p.Mandate(m.Key())
		m.Unit, m.Owned = had.Unit, had.Owned
		if has && reflect.DeepEqual(had, m) || !may(person.Named) {
			continue
		}
		if why := roster.Again(had, m); why != "" {
			a.warn(e.at, "“"+p.Name+"”的"+why)
		}
		change(cmp.Or(e.cells[m.Key()+" number"], e.at), "mandate", "代表职务", told(had, has), told(m, true))
		act(person.Holder(parts, m.Key()).ID, person.Named, person.Move{Mandate: &m, Batch: a.h.Batch}, nil)
	}
	for _, d := range e.unsaid {
		if !slices.ContainsFunc(p.Mandates, func(m person.Mandate) bool { return m.District == d || m.Delegation == d }) {
			a.warn(e.cells["district"], mixed)
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
			change(e.cells["stations"], "stations", "联络站", "", a.Called(s.Station))
		}
		if len(p.Seats) > 0 {
			a.warn(e.cells["stations"], "“"+p.Name+"”原来的联络站没有动，要调出的请在名册里办")
		}
		acts = append(acts, a.Group(ctx, p, come, "", a.h.Batch))
	}
	return acts, changes, len(a.Errors) == wrong
}

// hidden is a private part, nil for none.
func hidden(private map[string]any) any {
	if len(private) == 0 {
		return nil
	}
	return private
}

// mixed is said of districts in a row of several mandates.
const mixed = "有几级代表职务，分不清是哪一级的选区，这一格没有导入"

// remarked says whether a remark is what a roster on paper says there: what somebody does at the station, his tier, and
// which of his mandates rest.
func remarked(p person.Person, remark string) bool {
	known := []string{words.Tiers.Name(p.Tier)}
	for _, r := range p.Roles {
		known = append(known, words.Roles.Name(r))
	}
	for _, m := range p.Held() {
		known = append(known, words.Levels.Name(m.Level)+"代表职务"+words.Standings.Name(m.Standing))
	}
	for _, one := range spelling.Listed(strings.ReplaceAll(remark, " ", "、")) {
		if !slices.Contains(known, one) {
			return false
		}
	}
	return true
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
		if v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 || reflect.DeepEqual(h.Field(i).Interface(),
			v.Interface()) {
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
