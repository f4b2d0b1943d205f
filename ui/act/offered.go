package act

import (
	"context"
	"errors"
	"slices"

	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/fit"
	"lianluo.local/data/matter"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// offered is what the roster offers a sheet: who fits the matter, everybody else who may be named, the departments.
type offered struct {
	known       bool
	fits        []fit.Deputy
	offers      roster.Offers
	departments []site.Site
}

// ranked is how many of those who fit are offered.
const ranked = 5

// load asks the roster once the sheet stands; whoever chooses among many hears of it.
func (s *attempt) load(hears []func()) {
	if len(hears) == 0 {
		return
	}
	m, one := s.vs[0].Matter, len(s.vs) == 1
	kit.Do(s.host.Run, s.host.Context, func(ctx context.Context) (o offered, err error) {
		var err1, err2, err3 error
		if one { // of many, each has others
			o.fits, err1 = s.roster.Fit(ctx, m, ranked)
		}
		o.offers, err2 = s.roster.Offers(ctx, m.Station)
		o.departments, err3 = s.roster.Departments(ctx, "")
		return o, errors.Join(err1, err2, err3)
	}, func(o offered, err error) {
		if err != nil {
			s.said.Say(kit.Bad, s.host.Explain(err))
		}
		s.offered, s.filling = o, true
		s.offered.known = true
		for _, hear := range hears {
			hear()
		}
		s.filling = false
		s.look()
		s.settle()
	})
}

// departments asks for the units that are to handle a matter; one that no list has is taken only when somebody says so.
func departments(s *attempt) input {
	n := newSeveral(s, "单位名中的几个字或首字母，按 Enter 选上；先选的主办", mainFirst)
	n.form = spelling.Department
	n.doubts = "没有“%s”这个单位，就这样写？"
	n.offers = func() (names []string) {
		for _, d := range s.offered.departments {
			names = append(names, d.Name)
		}
		return names
	}
	n.find = func(typed string) (names []string) {
		var all []string
		for _, d := range s.offered.departments {
			all = append(all, d.Name)
			if d.Short != "" {
				all = append(all, d.Short)
			}
		}
		for _, found := range office.Named(all, typed) {
			i := slices.IndexFunc(s.offered.departments, func(d site.Site) bool { return d.Bears(found) })
			if name := s.offered.departments[i].Name; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return names
	}
	n.strange = func(name string) bool {
		return len(s.offered.departments) > 0 &&
			!slices.ContainsFunc(s.offered.departments, func(d site.Site) bool { return d.Bears(name) })
	}
	return n.input(func(o *office.Order) *[]string { return &o.To }, nil)
}

// people asks for deputies: those who fit best stand first, with the reason; then whoever received the citizens. Others
// are found by first letters, and a name that nobody bears is taken where somebody says that it is meant so.
func people(of func(*office.Order) *[]string) func(*attempt) input {
	return func(s *attempt) input {
		n := newSeveral(s, "姓名或首字母，按 Enter 加上", together)
		n.form = spelling.Name
		n.doubts = "名册上没有“%s”，就这样写？"
		n.offers = func() (names []string) {
			if n.why = map[string]string{}; !s.offered.known { // who fits best stands first
				return nil
			}
			for _, f := range s.offered.fits {
				name := f.Person.Name
				if n.ids[name] != "" && n.ids[name] != f.Person.ID { // two of one name
					name += "（" + f.Person.Held()[0].String() + "）"
				}
				names, n.why[name] = append(names, name), f.Why
				n.ids = n.ids.With(office.Persons{name: f.Person.ID})
			}
			for _, name := range deputies(s) {
				if !slices.ContainsFunc(names, func(had string) bool { return n.form(had) == n.form(name) }) {
					names = append(names, name)
				}
			}
			return names
		}
		n.find = func(typed string) (names []string) {
			names = office.Named(n.list, typed)
			for _, o := range s.offered.offers.Find(typed, 20) {
				if slices.ContainsFunc(names, func(had string) bool { return n.form(had) == n.form(o.Name) }) {
					continue
				}
				names = append(names, o.Name)
				if one, ok := s.offered.offers.Named(o.Name); ok { // of several, nobody knows which is meant
					n.ids = office.Persons{o.Name: one.ID}.With(n.ids)
				}
			}
			if i := slices.IndexFunc(names, func(name string) bool { return n.form(name) == n.form(typed) }); i >= 0 {
				return names[i : i+1]
			}
			return names
		}
		n.sign = func(name string) string { return s.offered.offers.SignOf(name, n.known([]string{name})[name]) }
		n.strange = func(name string) bool {
			is := func(had string) bool { return n.form(had) == n.form(name) }
			return len(s.offered.offers) > 0 && !slices.ContainsFunc(n.list, is) &&
				!slices.ContainsFunc(s.offered.offers, func(o roster.Offer) bool { return is(o.Name) })
		}
		return n.input(of, func(names []string) office.Persons { return n.known(names) })
	}
}

// known says who on the roster those are who are named: whom somebody chose, whom the matter knows, and who alone bears
// a name at its station.
func (n *several) known(names []string) office.Persons {
	var known office.Persons
	for _, name := range names {
		id := n.ids[name]
		for _, v := range n.attempt.vs {
			if id == "" {
				id = v.Persons[name]
			}
		}
		if o, ok := n.attempt.offered.offers.Named(name); ok && o.Here && id == "" {
			id = o.ID
		}
		known = known.With(matter.Persons{name: id})
	}
	return known
}

// who asks for one deputy.
func who(s *attempt) input {
	var one []string
	in := people(func(*office.Order) *[]string { return &one })(s)
	put, take := in.put, in.take
	in.put = func(o office.Order) {
		if one = nil; o.Who != "" {
			one = []string{o.Who}
		}
		put(o)
	}
	in.take = func(o *office.Order) {
		take(o)
		if o.Who = ""; len(one) > 0 {
			o.Who = one[0]
		}
	}
	return in
}
