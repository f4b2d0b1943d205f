package batch

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/person"
	"lianluo.local/data/spelling"
)

// marks are by what people of one name are told apart, each in the form in which it is compared.
type marks struct {
	name, sex, birth, employer string
	work                       string // employer and post in one
	phones, mobiles            []string
	papers                     map[string]string // number by level and congress
	places                     []string          // districts and delegations
}

func mark(f person.Facts, p person.Private, ms []person.Mandate) marks {
	k := marks{name: spelling.Name(f.Name), sex: f.Sex, birth: p.Birth, employer: spelling.Department(f.Employer),
		work:   spelling.Letters(f.Employer + f.Post),
		papers: map[string]string{}}
	phones, _ := spelling.Phones(p.Phone)
	for _, t := range phones {
		k.phones = append(k.phones, t.Local)
		if len(t.Number) == 11 && t.Number[0] == '1' { // an office's own telephone is that of several
			k.mobiles = append(k.mobiles, t.Number)
		}
	}
	for _, m := range ms {
		if m.Number != "" {
			k.papers[m.Key()] = spelling.Code(m.Number)
		}
		if m.District != "" {
			k.places = append(k.places, m.Key()+" "+spelling.Letters(m.District))
		}
	}
	return k
}

// likeness is what two of one name are to each other.
type likeness int

const (
	unlike  likeness = iota // two people
	unclear                 // asked
	alike                   // one
)

// like compares two: one person by the number of his mandate, by name, month of birth and employer, or by name and
// mobile, never by the name alone. Where anything speaks against it, it is asked.
func (k marks) like(o marks) likeness {
	paper, other := false, false
	for key, n := range k.papers {
		if had, said := o.papers[key]; said {
			paper, other = paper || had == n, other || had != n
		}
	}
	if k.name != o.name {
		if paper {
			return unclear
		}
		return unlike
	}
	birth := k.born(o)
	apart := k.birth != "" && o.birth != "" && !strings.HasPrefix(k.birth, o.birth) && !strings.HasPrefix(o.birth, k.birth)
	employer := k.employs(o)
	mobile := slices.ContainsFunc(k.mobiles, func(m string) bool { return slices.Contains(o.mobiles, m) })
	against := other || apart || k.sex != "" && o.sex != "" && k.sex != o.sex
	places := k.stands(o)
	switch {
	case (paper || birth && employer || mobile) && !against:
		return alike
	case against && !paper && !birth && !employer && !mobile && !places:
		return unlike
	}
	return unclear
}

// born says whether both were born in one month, employs whether both work in one place, stands whether both stood in
// one district of one congress.
func (k marks) born(o marks) bool {
	const month = len("1975-03")
	return len(k.birth) >= month && len(o.birth) >= month && k.birth[:month] == o.birth[:month]
}

func (k marks) employs(o marks) bool {
	return k.employer != "" && k.employer == o.employer || k.work != "" && k.work == o.work
}

func (k marks) stands(o marks) bool {
	return slices.ContainsFunc(k.places, func(d string) bool { return slices.Contains(o.places, d) })
}

// merge makes one of the rows that tell of one person; where it is not clear it asks.
func (a asking) merge(list []*entrant) (people []*entrant) {
	byName, byCell := map[string][]*entrant{}, map[string]*entrant{}
	for _, e := range list {
		answer := a.answer(e.at)
		same := byCell[answer]
		if same == nil && answer != "new" && e.id == "" {
			var doubt []*entrant
			for _, o := range byName[e.name] {
				switch e.like(o.marks) {
				case alike:
					same = o
				case unclear:
					doubt = append(doubt, o)
				}
			}
			if same == nil && len(doubt) > 0 && answer == "" {
				a.doubt(e, e.at, fmt.Sprintf("“%s”和 %s 同名，分不清是不是一个人：是一个人的答 %s，不是的答 new", e.facts.Name, doubt[0].at,
					doubt[0].at))
			}
		} else if same == nil && e.id != "" {
			for _, o := range byName[e.name] {
				if o.id == e.id {
					same = o
				}
			}
		}
		if same == nil {
			people = append(people, e)
			byName[e.name] = append(byName[e.name], e)
			byCell[e.at] = e
			continue
		}
		byCell[e.at] = same
		same.join(a, e)
	}
	return people
}

// join takes what another row tells of him.
func (e *entrant) join(a asking, o *entrant) {
	for _, m := range o.mandates {
		i := slices.IndexFunc(e.mandates, func(had person.Mandate) bool { return had.Key() == m.Key() })
		switch {
		case i < 0:
			e.mandates = append(e.mandates, m)
		case fmt.Sprint(e.mandates[i]) != fmt.Sprint(m):
			a.wrong(o.at, fmt.Sprintf("“%s”的%s在 %s 已经写过，请核对", o.facts.Name, m, e.at))
		}
	}
	for _, s := range o.seats {
		if !slices.ContainsFunc(e.seats, func(had person.Seat) bool { return had.Station == s.Station }) {
			e.seats = append(e.seats, s)
		}
	}
	for code, both := range map[string][2]*string{"nationality": {&e.facts.Nationality, &o.facts.Nationality},
		"party": {&e.facts.Party, &o.facts.Party}, "education": {&e.facts.Education, &o.facts.Education},
		"employer": {&e.facts.Employer, &o.facts.Employer}, "post": {&e.facts.Post, &o.facts.Post},
		"sex": {&e.facts.Sex, &o.facts.Sex}, "tier": {&e.facts.Tier, &o.facts.Tier}, "birth": {&e.private.Birth,
			&o.private.Birth},
		"phone": {&e.private.Phone, &o.private.Phone}, "email": {&e.private.Email, &o.private.Email},
		"address": {&e.private.Address, &o.private.Address}} {
		switch had, more := both[0], *both[1]; {
		case *had == "" || strings.HasPrefix(more, *had):
			*had = more
			if more != "" {
				e.cells[code] = o.cells[code]
			}
		case more != "" && !strings.HasPrefix(*had, more):
			a.warn(o.cells[code], fmt.Sprintf("和 %s 写的不一样，按前一处导入", e.cells[code]))
		}
	}
	if e.worked == "" {
		e.worked, e.parted = o.worked, o.parted
	}
	e.unsaid = append(e.unsaid, o.unsaid...)
	e.facts.Fields = union(e.facts.Fields, o.facts.Fields)
	e.facts.Roles = union(e.facts.Roles, o.facts.Roles)
	e.facts.Structures = union(e.facts.Structures, o.facts.Structures)
	e.marks = mark(e.facts, e.private, e.mandates)
}

func union(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(slices.Clip(list), s)
		}
	}
	return list
}

// match finds who each is here; where it is not clear it asks.
func (a asking) match(list []*entrant, here folk, nothing func(asking, *entrant) bool) {
	known := map[*person.Person]marks{}
	of := func(p *person.Person) marks {
		if _, had := known[p]; !had {
			known[p] = mark(p.Facts, p.Private, p.Mandates)
		}
		return known[p]
	}
	taken := map[*person.Person]*entrant{}
	for _, e := range list {
		answer := a.answer(e.at)
		if p := here.byID[strings.ToLower(answer)]; p != nil {
			e.who = p
		} else if answer != "new" {
			near := slices.Clone(here.byName[e.name])
			for _, key := range slices.Sorted(maps.Keys(e.papers)) {
				for _, p := range here.byPaper[key+" "+e.papers[key]] {
					if !slices.Contains(near, p) {
						near = append(near, p)
					}
				}
			}
			var one, may []*person.Person
			if p := here.byID[e.id]; p != nil && e.id != "" && spelling.Name(p.Name) == e.name {
				one = []*person.Person{p}
			} else if e.id != "" {
				a.doubt(e, e.cells["id"], "这里没有这个编号的“"+e.facts.Name+"”")
			} else {
				for _, p := range near {
					switch e.like(of(p)) {
					case alike:
						one = append(one, p)
					case unclear:
						may = append(may, p)
					}
				}
			}
			switch {
			case len(one) == 1:
				e.who = one[0]
			case len(one) == 0 && len(may) == 1 && a.silent(e, may[0], nothing):
				e.who = may[0]
			case len(one)+len(may) > 0:
				var who []Likely
				for _, p := range append(one, may...) {
					who = append(who, likely(*p))
				}
				a.doubt(e, e.at, "“"+e.facts.Name+"”分不清是名册里的哪一位：是其中一位的答他的编号，不是的答 new，不导入的答 skip", who...)
			}
		}
		if e.who == nil {
			continue
		}
		if first := taken[e.who]; first != nil {
			a.doubt(e, e.at, fmt.Sprintf("和 %s 都像是名册里的同一个“%s”，请核对", first.at, e.facts.Name), likely(*e.who))
		}
		taken[e.who] = e
	}
}
