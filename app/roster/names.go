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

	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/view"
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

// Offer is somebody who may be chosen for a field of names.
type Offer struct {
	ID, Name string
	Note     string // what tells him from others: 市、县人大代表
	Here     bool   // he is grouped to the station where he is chosen
	Sign     string // why he is not to be called today, or at all: 今天请假; "" for nothing

	named
}

// Offers are those who may be chosen, the likeliest first, as of when they were asked for.
type Offers []Offer

// Offers gives all people here: of those who may be called today those first who are grouped to a station, then those of
// its township and county; then who is on leave today or whose mandate rests; last who is never offered, since his
// mandates ended or he has no part in the work but as a guest.
func (r *Roster) Offers(ctx context.Context, station string) (os Offers, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	today := r.Now().Format(time.DateOnly)
	for _, n := range known.list {
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
		c.Note, c.Sign = strings.Join(roles, "，"), n.sign(today)
		os = append(os, c)
	}
	slices.SortStableFunc(os, func(a, b Offer) int { return cmp.Or(a.last()-b.last(), b.near(station)-a.near(station)) })
	return os, nil
}

// The signs of who is not called.
const (
	over    = "代表职务已终止"
	guest   = "不是在任代表"
	resting = "暂停执行代表职务"
	absent  = "今天请假"
)

// sign says why somebody is not to be called on a day.
func (n named) sign(day string) string {
	parts := strings.Fields(n.roles)
	switch {
	case n.ended:
		return over
	case n.levels == "" && (len(parts) == 0 || slices.Equal(parts, []string{"guest"})):
		return guest
	case slices.ContainsFunc(strings.Fields(n.leaves), func(l string) bool {
		from, to, _ := strings.Cut(l, "..")
		return person.Leave{From: from, To: to}.On(day)
	}):
		return absent
	case n.levels != "" && n.serving == "":
		return resting
	}
	return ""
}

// Offered says whether he is offered to who chooses: whoever is not may still be written.
func (c Offer) Offered() bool { return c.Sign != over && c.Sign != guest }

// last is behind whom he is offered.
func (c Offer) last() int {
	switch {
	case !c.Offered():
		return 2
	case c.Sign != "":
		return 1
	}
	return 0
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

// Find gives those who are offered that what is typed may stand for: a part of a name, or first letters of its sounds.
func (os Offers) Find(typed string, limit int) (found Offers) {
	form := spelling.Name(typed)
	if form == "" {
		return nil
	}
	for _, c := range os {
		if len(found) < limit && c.Offered() && c.called(form, typed) {
			found = append(found, c)
		}
	}
	return found
}

// Unoffered says of a name, however it is written, which nobody bears who is offered why somebody of it is not; "" where
// there is nobody.
func (os Offers) Unoffered(name string) (why string) {
	form := spelling.Name(name)
	for _, c := range os {
		switch {
		case c.form != form:
		case c.Offered():
			return ""
		case why == "":
			why = c.Sign
		}
	}
	return why
}

// Named gives the only one of those who are offered who bears a name, however it is written; among several of whom one
// alone is grouped to the station, him.
func (os Offers) Named(name string) (c Offer, ok bool) {
	form, n, here := spelling.Name(name), 0, 0
	for _, one := range os {
		if form == "" || one.form != form || !one.Offered() {
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

// SignOf says why who is named, by his ID where that is known, is not to be called today, or at all; "" for nothing.
func (os Offers) SignOf(name, id string) string {
	i := slices.IndexFunc(os, func(o Offer) bool { return o.ID == id })
	if one, ok := os.Named(name); i < 0 && ok {
		return one.Sign
	} else if i < 0 {
		return os.Unoffered(name)
	}
	return os[i].Sign
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
