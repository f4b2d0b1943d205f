package roster

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"lianluo.local/data/pinyin"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// kept are the names as they were read last, so that only what changed is read anew.
type kept struct {
	sync.Mutex
	last *names
	rows map[string]row // by ID
}

// row is what the list says of an ID.
type row struct {
	named
	to    string // whoever it was joined to
	by    string // what the codes of those begin with to whom it may be
	state int
}

// names are those of all people here, with what they are found by, as of a version of their list.
type names struct {
	version [2]int64 // of the newest change, and how many there are
	list    []named
	forms   map[string][]named // by spelling.Name
	roots   map[string]string  // of the other IDs of somebody, under which he is listed
	people  map[string]named   // by the ID under which they are listed
}

// named is one person, with what his other IDs add.
type named struct {
	id, name, unit, levels, serving, past, stations, leaves, fields, roles, tier string
	ended, waits                                                                 bool // waits: for his county's word
	form                                                                         string
	keys                                                                         []string // first letters of the sounds
}

func (n named) has(list, one string) bool { return one == "" || strings.Contains(list, " "+one+" ") }

// is says whether somebody is in a state of words.Presences on a day, "" for any.
func (n named) is(state, day string) bool {
	sign := n.sign(day)
	switch state {
	case "office":
		return n.serving != "" && sign == ""
	case "leave":
		return sign == absent
	case "suspended":
		return n.levels != "" && n.serving == ""
	case "waiting":
		return n.waits
	}
	return true
}

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
	form, today := spelling.Name(f.Query), r.Now().Format(time.DateOnly)
	f.Ended = f.Ended || f.State == "ended"
	for _, n := range known.list {
		levels := n.levels
		if f.Ended { // he holds none any more
			levels = n.past
		}
		if (n.ended == f.Ended || f.State == "waiting") && n.is(f.State, today) && n.has(levels, f.Level) && n.has(n.stations, f.Station) && n.has(n.roles, f.Role) &&
			(f.Tier == "" || n.tier == f.Tier) && (f.Field == "" || strings.Contains(n.fields, "、"+f.Field+"、")) &&
			n.called(form, f.Query) {
			ids = append(ids, n.id)
		}
	}
	return ids, nil
}

// Roots gives, of each other ID of somebody who has several, the one under which he is listed. It is for reading.
func (r *Roster) Roots(ctx context.Context) (map[string]string, error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	return known.roots, nil
}

// Presence says of somebody, by any ID of his, under which he is listed and what he is on a day (2027-01-11): leave,
// suspended or ended of words.Presences, "" where he may be called or nobody knows him.
func (r *Roster) Presence(ctx context.Context) (func(id, day string) (listed, is string), error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	return func(id, day string) (listed, is string) {
		listed = cmp.Or(known.roots[id], id)
		n, here := known.people[listed]
		switch {
		case !here:
		case n.ended:
			is = "ended"
		case n.is("leave", day):
			is = "leave"
		case n.is("suspended", day):
			is = "suspended"
		}
		return listed, is
	}, nil
}

// known are all people here: by the highest level they hold, those who hold none last, then by name.
func (r *Roster) known(ctx context.Context) (*names, error) {
	k := &r.names
	k.Lock()
	defer k.Unlock()
	var now [2]int64
	err := r.Store.QueryRow(ctx, "SELECT ifnull(max(version), 0), count(*) FROM person").Scan(&now[0], &now[1])
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	if k.last != nil && k.last.version == now {
		return k.last, nil
	}
	if k.last == nil {
		k.last = &names{}
	}
	if err = r.reread(ctx, k, k.last.version[0]); err == nil && int64(len(k.rows)) != now[1] { // somebody is not in it any more
		k.rows = nil
		err = r.reread(ctx, k, 0)
	}
	if err != nil {
		k.last, k.rows = nil, nil
		return nil, fmt.Errorf("people: %w", err)
	}
	k.last = joined(k.rows)
	k.last.version = now
	return k.last, nil
}

// reread reads what changed since a version.
func (r *Roster) reread(ctx context.Context, k *kept, since int64) error {
	if k.rows == nil {
		k.rows = map[string]row{}
	}
	rows, err := r.Store.Query(ctx, `SELECT id, state, name, unit, levels, serving, past, stations, leaves, fields, roles, tier, ended,
		NOT confirmed, joined, joiner FROM person WHERE version > ?`, since)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n row
		if err := rows.Scan(&n.id, &n.state, &n.name, &n.unit, &n.levels, &n.serving, &n.past, &n.stations, &n.leaves, &n.fields, &n.roles,
			&n.tier, &n.ended, &n.waits, &n.to, &n.by); err != nil {
			return err
		}
		n.form, n.keys = spelling.Name(n.name), pinyin.Names(n.name)
		k.rows[n.id] = n
	}
	return rows.Err()
}

// joined makes the list, in which one who has several IDs stands once, under the one that the others were joined to.
func joined(rows map[string]row) *names {
	now := &names{forms: map[string][]named{}, roots: map[string]string{}}
	people := map[string]named{}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		n, root := rows[id], end(rows, id)
		if n.state != 1 {
			continue
		}
		one, has := people[root]
		if !has {
			one = rows[root].named
		}
		if root != id {
			now.roots[id] = root
			for list, more := range map[*string]string{&one.levels: n.levels, &one.serving: n.serving, &one.past: n.past,
				&one.stations: n.stations, &one.leaves: n.leaves, &one.roles: n.roles} {
				*list = and(*list, more, " ")
			}
			one.fields, one.tier = and(one.fields, n.fields, "、"), cmp.Or(one.tier, n.tier)
			one.ended = (one.ended || n.ended) && one.levels == ""
			one.keys = append(slices.Clip(one.keys), n.keys...)
		}
		people[root] = one
	}
	now.list = slices.SortedFunc(maps.Values(people), func(a, b named) int {
		return cmp.Or(a.rank()-b.rank(), cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
	})
	now.people = people
	for _, n := range now.list {
		if n.form != "" {
			now.forms[n.form] = append(now.forms[n.form], n)
		}
	}
	return now
}

// end follows who somebody was found to be, as far as he is here; of those who were joined in a ring the first ID counts.
func end(rows map[string]row, id string) string {
	seen := map[string]bool{}
	for !seen[id] {
		seen[id] = true
		next, here := rows[rows[id].to]
		if !here || next.state != 1 || !strings.HasPrefix(next.unit, rows[id].by) {
			return id
		}
		id = next.id
	}
	least := id
	for at := rows[id].to; at != id; at = rows[at].to {
		least = min(least, at)
	}
	return least
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

// The signs of who is not called.
const (
	over    = "代表职务已终止"
	guest   = "不是在任代表"
	resting = "暂停执行代表职务"
	absent  = "今天请假"
)
