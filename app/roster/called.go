package roster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/roster/fit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Who people are whom matters name: a matter keeps the name as it was printed, and the ID where somebody chose the
// person or said who it is. Of the others the roster tells where name and station leave no doubt; else it asks.

// who gives the ID of the one whom a name in a matter of a station means: the only one of that name who is grouped
// there, else the only one of the county's. It is pure; "" where there is nobody, or where there is doubt.
func who(station string, bearers []named) string {
	one := func(is func(named) bool) (id string, n int) {
		for _, b := range bearers {
			if is(b) {
				id, n = b.id, n+1
			}
		}
		return id, n
	}
	if id, n := one(func(b named) bool { return b.has(b.stations, station) }); n > 0 {
		return map[bool]string{true: id}[n == 1]
	}
	county := station[:min(len(station), 6)]
	id, n := one(func(b named) bool {
		return strings.HasPrefix(b.unit, county) || strings.Contains(b.stations, " "+county)
	})
	return map[bool]string{true: id}[n == 1 && len(county) == 6]
}

// Who gives the IDs of the people whom a matter names, by name as printed: those that it knows, and those of whom there
// is no doubt.
func (r *Roster) Who(ctx context.Context, m matter.Matter) (matter.Persons, error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	all := m.Persons
	for _, name := range m.Called() {
		if all[name] == "" {
			all = all.With(matter.Persons{name: who(m.Station, known.forms[spelling.Name(name)])})
		}
	}
	return all, nil
}

// Absent says who of those whom a matter names was not to be called on a day (2026-11-29): who is on leave, and whose
// mandates rest or had ended by then. It was written all the same.
func (r *Roster) Absent(ctx context.Context, m matter.Matter, day string, names ...string) (odd []string, err error) {
	who, err := r.Who(ctx, m)
	for _, name := range names {
		if err != nil || who[name] == "" {
			continue
		}
		p, failed := r.Person(ctx, who[name])
		if errors.Is(failed, store.ErrNotFound) {
			continue
		}
		err = failed
		ended := "" // the last of his mandates
		for _, m := range p.Mandates {
			ended = max(ended, m.Until)
		}
		switch {
		case p.Away(day):
			odd = append(odd, name+"在 "+day+" 请假，请核对接待代表")
		case p.Ended() && ended <= day:
			odd = append(odd, strings.Join(strings.Fields(name+"的代表职务 "+ended+" 已终止，请核对接待代表"), " "))
		case len(p.Held()) > 0 && len(p.Serving()) == 0:
			odd = append(odd, name+"暂停执行代表职务，请核对接待代表")
		}
	}
	return odd, err
}

// Matters gives the newest matters that name a person, at most limit, older than row before (0: from the newest).
func (r *Roster) Matters(ctx context.Context, id string, before int64, limit int) (fs []view.Found, err error) {
	if err := r.Guard.Sits(ctx, right.Look, right.Mine); err != nil {
		return nil, err
	}
	parts, err := r.parts(ctx, id)
	if err != nil {
		return nil, err
	}
	var labels []thing.Label
	ids := map[string]bool{}
	for _, p := range parts {
		ids[p.ID] = true
		labels = append(labels, thing.Label{Kind: matter.ByPerson, Value: p.ID})
		labels = append(labels, thing.Label{Kind: matter.ByDeputy, Value: spelling.Name(p.Name)})
	}
	for len(fs) < limit {
		page, err := view.Page(ctx, r.Store, view.Filter{Labels: labels}, before, limit)
		if err != nil || len(page) == 0 {
			return fs, err
		}
		for _, f := range page {
			before = f.Row
			persons, err := r.Who(ctx, f.Matter)
			if err != nil {
				return nil, err
			}
			named := slices.ContainsFunc(f.Called(), func(name string) bool { return ids[persons[name]] })
			if named && f.State != matter.Void && len(fs) < limit {
				fs = append(fs, f)
			}
		}
	}
	return fs, nil
}

// Asked is a name in matters of a station that may mean several people, or nobody on the roster.
type Asked struct {
	Name    string // as the newest of them has it
	Station string
	Number  string // of the newest
	Matters int    // how many there are
	People  []person.Person
}

// Doubts lists the names in matters that nobody on the roster bears or that may mean several, those of most matters
// first. Of void matters nothing is asked.
func (r *Roster) Doubts(ctx context.Context) (list []Asked, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := r.Store.Query(ctx, `SELECT value, station, count(*), max(row) FROM label JOIN matter ON id = thing
		WHERE kind = ? AND state <> ? GROUP BY value, station`, matter.ByDeputy, int(matter.Void))
	if err != nil {
		return nil, fmt.Errorf("names in matters: %w", err)
	}
	defer rows.Close()
	newest, forms := map[int64][]int{}, []string{}
	for rows.Next() {
		var a Asked
		var form string
		var row int64
		if err := rows.Scan(&form, &a.Station, &a.Matters, &row); err != nil {
			return nil, fmt.Errorf("names in matters: %w", err)
		}
		if who(a.Station, known.forms[form]) == "" {
			newest[row] = append(newest[row], len(list))
			list, forms = append(list, a), append(forms, form)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("names in matters: %w", err)
	}
	for row, at := range newest {
		fs, err := view.Page(ctx, r.Store, view.Filter{Rows: []int64{row}}, 0, 1)
		if err != nil || len(fs) == 0 {
			return nil, err
		}
		for _, i := range at {
			list[i].Number, list[i].Name = fs[0].Number, forms[i]
			for _, name := range fs[0].Called() {
				if spelling.Name(name) == forms[i] {
					list[i].Name = name
				}
			}
			if list[i].People, err = r.bearing(ctx, forms[i]); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(list, func(a, b Asked) int {
		return cmp.Or(b.Matters-a.Matters, strings.Compare(a.Name, b.Name), strings.Compare(a.Station, b.Station))
	})
	return list, nil
}

// Know says who a name in the matters of a station means, in all of them that do not know it yet. It says how many there
// were, and fails with problem.Problems.
func (r *Roster) Know(ctx context.Context, by clerk.Clerk, name, station, id string) (n int, err error) {
	if err := r.Guard.Ask(ctx, by, right.People); err != nil {
		return 0, err
	}
	form := spelling.Name(name)
	p, err := r.Find(ctx, id)
	if err != nil {
		return 0, err
	}
	label := []thing.Label{{Kind: matter.ByDeputy, Value: form}}
	for before := int64(0); ; {
		fs, err := view.Page(ctx, r.Store, view.Filter{Labels: label, Station: station}, before, 500)
		if err != nil {
			return n, err
		}
		if len(fs) == 0 {
			break
		}
		var acts []store.Act
		for _, f := range fs {
			before = f.Row
			persons := matter.Persons{}
			for _, name := range f.Called() {
				if spelling.Name(name) == form && f.Persons[name] == "" {
					persons[name] = p.ID
				}
			}
			if len(persons) > 0 && f.May("know", r.Settings.Unit) {
				acts = append(acts, store.Act{Kind: matter.Name, Thing: f.ID, Do: "know", Body: matter.Move{Persons: persons},
					Unit: r.Settings.Unit, By: by.Name, User: by.User, At: r.Now()})
			}
		}
		if len(acts) == 0 {
			continue
		}
		if _, err := store.Record[matter.Matter](ctx, r.Store, acts...); err != nil {
			return n, err
		}
		n += len(acts)
	}
	if n == 0 {
		return 0, problem.Problems{"name": "没有等着对应的“" + name + "”，请核对姓名和站点"}
	}
	return n, nil
}

// fewest is how many of those of whom something speaks for them are looked at more closely.
const fewest = 100

// Fit ranks the people here who fit a matter: at most limit of them.
func (r *Roster) Fit(ctx context.Context, m matter.Matter, limit int) ([]fit.Deputy, error) {
	county := m.Station[:min(len(m.Station), 6)]
	cond := "unit >= ?1 AND unit < ?1 || '~' OR stations LIKE '% ' || ?1 || '%'"
	args := []any{county}
	for _, f := range r.Profile.Fields {
		if points, _ := f.Match(m); points > 0 {
			args = append(args, "%、"+f.Name+"、%")
			cond += fmt.Sprintf(" OR fields LIKE ?%d", len(args))
		}
	}
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = 1 AND ("+cond+") ORDER BY row", args...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(ls, func(a, b view.Line[person.Person]) int { // first those whom others were joined to
		return len(known.roots[a.Thing.ID]) - len(known.roots[b.Thing.ID])
	})
	today, at := r.Now().Format(time.DateOnly), map[string]int{}
	var cs []fit.Candidate
	for _, l := range ls {
		if i, ok := at[known.roots[l.Thing.ID]]; ok { // one who has two IDs is asked once
			cs[i].Person = cs[i].Whole(l.Thing)
			at[l.Thing.ID] = i
			continue
		}
		at[l.Thing.ID] = len(cs)
		cs = append(cs, fit.Candidate{Person: l.Thing})
	}
	near := fit.Rank(m, cs, r.Profile.Fields, today)
	cs = nil
	for _, d := range near[:min(len(near), max(limit, fewest))] {
		cs = append(cs, fit.Candidate{Person: d.Person})
	}
	if err := r.busy(ctx, m, cs, at, today); err != nil {
		return nil, err
	}
	fits := fit.Rank(m, cs, r.Profile.Fields, today)
	return fits[:min(len(fits), limit)], nil
}

// handling are the states in which deputies have something to do with a matter that they took on.
var handling = []matter.State{matter.Guiding, matter.Consulting, matter.Suggested, matter.Redoing}

// busy fills in what candidates have to do, apart from a matter; ids says under which IDs each stands, by ordinals of
// which those of one person are equal.
func (r *Roster) busy(ctx context.Context, m matter.Matter, cs []fit.Candidate, ids map[string]int, today string) error {
	if len(cs) == 0 {
		return nil
	}
	at, place := map[string]*fit.Candidate{}, map[int]*fit.Candidate{}
	var values []string
	for i := range cs {
		place[ids[cs[i].ID]] = &cs[i]
		values = append(values, spelling.Name(cs[i].Name))
	}
	for id, i := range ids {
		if place[i] != nil {
			at[id] = place[i]
			values = append(values, id)
		}
	}
	var labels []thing.Label
	for _, v := range values {
		labels = append(labels, thing.Label{Kind: matter.ByDeputy, Value: v}, thing.Label{Kind: matter.ByPerson, Value: v})
	}
	each := func(f view.Filter, do func(matter.Matter, func(name, id string) *fit.Candidate)) error {
		for row := int64(0); ; {
			fs, err := view.Page(ctx, r.Store, f, row, 500)
			if err != nil || len(fs) == 0 {
				return err
			}
			for _, other := range fs {
				row = other.Row
				who, err := r.Who(ctx, other.Matter)
				if err != nil {
					return err
				}
				if other.ID != m.ID {
					do(other.Matter, func(name, id string) *fit.Candidate { return at[cmp.Or(id, who[name])] })
				}
			}
		}
	}
	err := each(view.Filter{Labels: labels, States: handling}, func(m matter.Matter, of func(name, id string) *fit.Candidate) {
		for _, name := range slices.Concat(m.Guides, m.Proposers) {
			if c := of(name, ""); c != nil {
				c.InHand++
			}
		}
	})
	since, _ := time.ParseInLocation(time.DateOnly, fit.Lately(today), r.Now().Location())
	err = errors.Join(err, each(view.Filter{Labels: labels, From: since}, func(m matter.Matter, of func(name, id string) *fit.Candidate) {
		for _, name := range m.Deputies {
			if c := of(name, ""); c != nil {
				c.Sat = max(c.Sat, m.Occurred.In(r.Now().Location()).Format(time.DateOnly))
			}
		}
	}))
	for i := range labels {
		labels[i].Kind = matter.ByDecline
	}
	return errors.Join(err, each(view.Filter{Labels: labels}, func(m matter.Matter, of func(name, id string) *fit.Candidate) {
		for _, d := range m.Declines {
			if c := of(d.Who, d.Person); c != nil {
				c.Declined++
			}
		}
	}))
}
