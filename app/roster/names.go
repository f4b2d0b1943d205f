package roster

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"lianluo.local/data/pinyin"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// kept are the names of before, as long as they are those of now.
type kept struct {
	sync.Mutex
	last *names
}

// names are those of all people here, with what they are found by, as of a version of their list.
type names struct {
	version [2]int64 // of the newest change, and how many there are
	list    []named
	forms   map[string][]named // by spelling.Name
}

// named is one person, with what his other IDs add.
type named struct {
	id, name, unit, levels, stations, fields, roles, tier string
	ended                                                 bool
	form                                                  string
	keys                                                  []string // first letters of the sounds
}

func (n named) has(list, one string) bool { return one == "" || strings.Contains(list, " "+one+" ") }

// called says whether what somebody typed may stand for him: a part of his name, or first letters of its sounds.
func (n named) called(form, typed string) bool {
	return form == "" || strings.Contains(n.form, form) ||
		slices.ContainsFunc(n.keys, func(k string) bool { return pinyin.Match(k, typed) })
}

// find gives the IDs of those whom a filter chooses, in order.
func (r *Roster) find(ctx context.Context, f Filter) (ids []string, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	form := spelling.Name(f.Query)
	for _, n := range known.list {
		if n.ended == f.Ended && n.has(n.levels, f.Level) && n.has(n.stations, f.Station) && n.has(n.roles, f.Role) &&
			(f.Tier == "" || n.tier == f.Tier) && (f.Field == "" || strings.Contains(n.fields, "、"+f.Field+"、")) &&
			n.called(form, f.Query) {
			ids = append(ids, n.id)
		}
	}
	return ids, nil
}

// known are all people here: by the highest level they hold, those who hold none last, then by name.
func (r *Roster) known(ctx context.Context) (*names, error) {
	r.names.Lock()
	defer r.names.Unlock()
	now := &names{forms: map[string][]named{}}
	err := r.Store.QueryRow(ctx, "SELECT ifnull(max(version), 0), count(*) FROM person").Scan(&now.version[0], &now.version[1])
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	if last := r.names.last; last != nil && last.version == now.version {
		return last, nil
	}
	rows, err := r.Store.Query(ctx, `SELECT id, name, unit, levels, stations, fields, roles, tier, ended, joined FROM person
		WHERE state = 1 ORDER BY name, row`)
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	defer rows.Close()
	type joined struct {
		named
		to string
	}
	var all []joined
	at := map[string]int{}
	for rows.Next() {
		var n joined
		if err := rows.Scan(&n.id, &n.name, &n.unit, &n.levels, &n.stations, &n.fields, &n.roles, &n.tier, &n.ended,
			&n.to); err != nil {
			return nil, fmt.Errorf("people: %w", err)
		}
		n.form, n.keys = spelling.Name(n.name), pinyin.Names(n.name)
		at[n.id] = len(all)
		all = append(all, n)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	for _, n := range all { // one who has two IDs is one of them, with what both say
		if i, ok := at[n.to]; ok && n.to != n.id {
			to := &all[i]
			for list, more := range map[*string]string{&to.levels: n.levels, &to.stations: n.stations, &to.roles: n.roles} {
				*list = and(*list, more, " ")
			}
			to.fields = and(to.fields, n.fields, "、")
			to.ended = to.ended && n.ended
		}
	}
	for _, n := range all {
		if _, ok := at[n.to]; !ok || n.to == n.id {
			now.list = append(now.list, n.named)
		}
	}
	slices.SortStableFunc(now.list, func(a, b named) int { return a.rank() - b.rank() })
	for _, n := range now.list {
		if n.form != "" {
			now.forms[n.form] = append(now.forms[n.form], n)
		}
	}
	r.names.last = now
	return now, nil
}

// and gives a list with what another one adds, as columns keep them: a mark on either side of each.
func and(list, more, mark string) string {
	for _, one := range strings.Split(more, mark) {
		if one != "" && !strings.Contains(list, mark+one+mark) {
			list = strings.TrimSuffix(list, mark) + mark + one + mark
		}
	}
	return list
}

// rank is that of the highest level that somebody holds.
func (n named) rank() int {
	i := slices.IndexFunc(words.Levels, func(w words.Word) bool { return strings.Contains(n.levels, " "+w.Code+" ") })
	if i < 0 {
		return len(words.Levels)
	}
	return i
}
