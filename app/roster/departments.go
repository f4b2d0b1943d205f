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
)

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
		for _, name := range []string{s.Name, s.Short} {
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
