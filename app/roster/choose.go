package roster

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// Offer is somebody who may be chosen for a field of names.
type Offer struct {
	ID, Name string
	Note     string // what tells him from others: 市、县人大代表
	Here     bool   // he is grouped to the station where he is chosen

	named
}

// Offers are those who may be chosen, the likeliest first, as of when they were asked for.
type Offers []Offer

// Offers gives all people here who hold a mandate or have another part in the work, those first who are grouped to a
// station, then those of its township and county.
func (r *Roster) Offers(ctx context.Context, station string) (os Offers, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range known.list {
		if n.ended {
			continue
		}
		c := Offer{ID: n.id, Name: n.name, named: n, Here: n.has(n.stations, cmp.Or(station, "-"))}
		var levels []string
		for _, l := range strings.Fields(n.levels) {
			levels = append(levels, words.Levels.Name(l))
		}
		var roles []string
		for _, l := range strings.Fields(n.roles) {
			roles = append(roles, words.Roles.Name(l))
		}
		if len(levels) > 0 {
			roles = append([]string{strings.Join(levels, "、") + "人大代表"}, roles...)
		}
		c.Note = strings.Join(roles, "，")
		os = append(os, c)
	}
	slices.SortStableFunc(os, func(a, b Offer) int { return b.near(station) - a.near(station) })
	return os, nil
}

// Deputy says whether he holds a mandate.
func (c Offer) Deputy() bool { return c.levels != "" }

// near says how near somebody is grouped to a station: 0 for not in its county.
func (c Offer) near(station string) int {
	for i, digits := range []int{len(station), 9, 6} {
		if digits > 0 && digits <= len(station) && strings.Contains(c.stations, " "+station[:digits]) {
			return 3 - i
		}
	}
	return 0
}

// Find gives those that what is typed may stand for: a part of a name, or first letters of its sounds.
func (os Offers) Find(typed string, limit int) (found Offers) {
	form := spelling.Name(typed)
	if form == "" {
		return nil
	}
	for _, c := range os {
		if len(found) < limit && c.called(form, typed) {
			found = append(found, c)
		}
	}
	return found
}

// Named gives the only one who bears a name, however it is written; among several of whom one alone is grouped to the
// station, him.
func (os Offers) Named(name string) (c Offer, ok bool) {
	form, n, here := spelling.Name(name), 0, 0
	for _, one := range os {
		if form == "" || one.form != form {
			continue
		}
		if n++; one.Here {
			here++
		}
		if n == 1 || one.Here {
			c = one
		}
	}
	return c, n == 1 || here == 1
}

// Departments gives the departments that matters may be handed to, by the first letters of the sounds or a part of the
// name or short name ("" for all): those that are units, by code, then those of the county's profile that none is.
func (r *Roster) Departments(ctx context.Context, typed string) (list []site.Site, err error) {
	sites, err := r.Sites(ctx, false, "department")
	if err != nil {
		return nil, err
	}
	for _, name := range r.Profile.Departments {
		s := site.Site{Kind: "department", Facts: site.Facts{Name: name}}
		if !slices.ContainsFunc(sites, func(had site.Site) bool { return had.Bears(name) }) {
			sites = append(sites, s)
		}
	}
	form := spelling.Letters(typed)
	for _, s := range sites {
		fits := form == ""
		for _, name := range []string{s.Facts.Name, s.Short} {
			fits = fits || strings.Contains(spelling.Letters(name), form) ||
				slices.ContainsFunc(append(pinyin.Names(name), pinyin.Initials(name)),
					func(key string) bool { return pinyin.Match(key, form) })
		}
		if fits {
			list = append(list, s)
		}
	}
	return list, nil
}

// Unadopted is a department that matters were handed to and that is no unit here.
type Unadopted struct {
	Name    string
	Matters int
	Number  string // of the newest
}

// Unadopted lists them, those of most matters first: an office adopts one by opening it as a unit (Alter).
func (r *Roster) Unadopted(ctx context.Context) (list []Unadopted, err error) {
	sites, err := r.Sites(ctx, true, "department", "office")
	if err != nil {
		return nil, err
	}
	rows, err := r.Store.Query(ctx, `SELECT value, count(*), max(row) FROM label JOIN matter ON id = thing
		WHERE kind = ? AND state <> ? GROUP BY value`, matter.ByDepartment, int(matter.Void))
	if err != nil {
		return nil, fmt.Errorf("departments: %w", err)
	}
	defer rows.Close()
	var newest []int64
	for rows.Next() {
		var u Unadopted
		var row int64
		if err := rows.Scan(&u.Name, &u.Matters, &row); err != nil {
			return nil, fmt.Errorf("departments: %w", err)
		}
		if !slices.ContainsFunc(sites, func(s site.Site) bool { return s.Bears(u.Name) }) {
			list, newest = append(list, u), append(newest, row)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("departments: %w", err)
	}
	for i := range list {
		fs, err := view.Page(ctx, r.Store, view.Filter{Rows: []int64{newest[i]}}, 0, 1)
		if err != nil || len(fs) == 0 {
			return nil, err
		}
		list[i].Number = fs[0].Number
		for _, name := range fs[0].Units {
			if spelling.Department(name) == list[i].Name {
				list[i].Name = name
				break
			}
		}
	}
	slices.SortFunc(list, func(a, b Unadopted) int {
		return cmp.Or(b.Matters-a.Matters, strings.Compare(a.Name, b.Name))
	})
	return list, nil
}
