package roster

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
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

// Matters gives the newest matters that name a person, at most limit, older than row before (0: from the newest).
func (r *Roster) Matters(ctx context.Context, id string, before int64, limit int) (fs []view.Found, err error) {
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
					Unit: r.Settings.Unit, By: by.Name, At: r.Now()})
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
