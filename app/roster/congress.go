package roster

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// Balance is the seats of a congress as announcements count them: 名额 = 实有 + 缺额 (+ 机动). Who is found to be one person
// counts once; a mandate that rests is a seat that is taken.
type Balance struct {
	profile.Quota
	Held   int
	Vacant int  // less than 0 where more hold a mandate than there are seats
	Wrong  bool // the two sides cannot be equal
}

// Quota gives the balance of each congress of which the county's profile tells the seats, in its order.
func (r *Roster) Quota(ctx context.Context) (bs []Balance, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	for _, q := range r.Profile.Quotas {
		congress, _ := person.Congress(q.Congress)
		ids, err := r.holders(ctx, q.Level, congress, q.Place)
		if err != nil {
			return nil, err
		}
		people := map[string]bool{}
		for _, id := range ids {
			people[cmp.Or(known.roots[id], id)] = true
		}
		bs = append(bs, balance(q, len(people)))
	}
	return bs, nil
}

func balance(q profile.Quota, held int) Balance {
	vacant := q.Seats - q.Reserve - held
	return Balance{Quota: q, Held: held, Vacant: vacant, Wrong: vacant < 0}
}

// Deputies gives those who hold a mandate of a congress (十四届) of a level that has not ended, each once; place is whose
// congress it is, "" for any.
func (r *Roster) Deputies(ctx context.Context, level, congress, place string) (ps []person.Person, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	several := map[string]bool{}
	for id, root := range known.roots {
		several[id], several[root] = true, true
	}
	held, err := r.held(ctx, level, congress, place)
	seen := map[string]bool{}
	for _, p := range held {
		if several[p.ID] && err == nil {
			p, err = r.Person(ctx, p.ID)
		}
		if !seen[p.ID] {
			seen[p.ID] = true
			ps = append(ps, p)
		}
	}
	return ps, err
}

// holding is true of whoever has a mandate of a level and congress that has not ended, of a place or any.
const holding = `state = 1 AND instr(levels, ' ' || ?1 || ' ') > 0 AND EXISTS (SELECT 1 FROM json_each(open, '$.mandates') m
	WHERE m.value ->> 'level' = ?1 AND m.value ->> 'congress' = ?2 AND m.value ->> 'state' <> 'ended'
	AND (?3 = '' OR m.value ->> 'place' = ?3)) ORDER BY name, row`

// held gives what is kept of each of them under the ID that has the mandate, holders the IDs alone.
func (r *Roster) held(ctx context.Context, level, congress, place string) (ps []person.Person, err error) {
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, holding, level, congress, place)
	for _, l := range ls {
		ps = append(ps, l.Thing)
	}
	return ps, err
}

func (r *Roster) holders(ctx context.Context, level, congress, place string) (ids []string, err error) {
	rows, err := r.Store.Query(ctx, "SELECT id FROM person WHERE "+holding, level, congress, place)
	if err != nil {
		return nil, fmt.Errorf("deputies: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("deputies: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Work gives the open matters that name some people as deputies: what is handed over when their mandates end.
func (r *Roster) Work(ctx context.Context, people ...person.Person) (ms []matter.Matter, err error) {
	seen := map[string]bool{}
	find := func(kind, value string) {
		ls, failed := view.Things[matter.Matter](ctx, r.Store, matter.Name,
			"id IN (SELECT thing FROM label WHERE kind = ? AND value = ?) ORDER BY row", kind, value)
		if failed != nil {
			err = failed
		}
		for _, l := range ls {
			if l.Thing.State.Open() && !seen[l.Thing.ID] {
				seen[l.Thing.ID] = true
				ms = append(ms, l.Thing)
			}
		}
	}
	for _, p := range people {
		parts, failed := r.parts(ctx, p.ID)
		if failed != nil {
			return nil, failed
		}
		for _, part := range parts {
			find(matter.ByPerson, part.ID)
		}
		find(matter.ByDeputy, spelling.Name(p.Name))
	}
	return ms, err
}

// Ending gives those whose mandates an order would end by which a whole congress does (Act without an ID), each once.
func (r *Roster) Ending(ctx context.Context, by clerk.Clerk, o Order) (ps []person.Person, err error) {
	if err := r.Guard.Ask(ctx, by, right.People); err != nil {
		return nil, err
	}
	d, err := r.Desk(ctx, by)
	if err != nil {
		return nil, err
	}
	acts, err := d.orders(ctx, "", o)
	seen := map[string]bool{}
	for _, a := range acts {
		p, err := r.Person(ctx, a.Thing)
		if err != nil {
			return nil, err
		}
		if !seen[p.ID] {
			seen[p.ID] = true
			ps = append(ps, p)
		}
	}
	return ps, err
}

// ending gives the acts by which a whole congress ends (换届): every mandate of it that has not ended.
func (d *Desk) ending(ctx context.Context, o Order) (acts []store.Act, err error) {
	problems := problem.Problems{}
	m := d.Mandate(person.Person{}, person.Mandate{Level: o.Level, Congress: o.Congress, Place: o.Place}, problems)
	if o.Reason == "" {
		o.Reason = "term"
	}
	body := person.Move{Day: d.date("day", o.Day, true, problems), Reason: d.why("ended", o.Reason, true, problems),
		Notice: problems.Line("notice", o.Notice, 40), Note: problems.Line("note", o.Note, 200),
		Mandate: &person.Mandate{Level: m.Level, Congress: m.Congress}}
	if problems["level"] == "" && !person.Keeper(d.Unit, m.Level) {
		problems["level"] = words.Levels.Name(m.Level) + "人大的换届由" + keeper(m.Level) + "办，本单位不能办"
	}
	if len(problems) > 0 {
		return nil, problems.Of(person.Name)
	}
	if o.Place == "" {
		m.Place = ""
	}
	people, err := d.r.held(ctx, m.Level, m.Congress, m.Place)
	for _, p := range people {
		had, _ := p.Mandate(m.Key())
		if had.Since != "" && day.Before(body.Day, had.Since) {
			problems["day"] = fmt.Sprintf("%s是 %s 当选的，比这个日期还晚，请核对", p.Name, had.Since)
		}
		acts = append(acts, d.act(person.Name, p.ID, person.End, body, nil))
	}
	if len(people) == 0 && err == nil {
		problems["congress"] = "没有在任的" + m.String() + "，请核对届次"
	}
	if len(problems) > 0 {
		return nil, problems.Of(person.Name)
	}
	return acts, err
}

// Over says whether a whole congress of a level ended (换届), as far as others than somebody, by his ID, tell: some left
// with it, and nobody sits in it any more.
func (r *Roster) Over(ctx context.Context, m person.Mandate, but string) (over bool, err error) {
	err = r.Store.QueryRow(ctx, `SELECT ifnull(sum(m.value ->> 'reason' = 'term'), 0) > 0 AND ifnull(sum(m.value ->> 'state' <> 'ended'), 0) = 0
		FROM person p, json_each(p.open, '$.mandates') m WHERE p.state = 1 AND p.id <> ?4 AND instr(past, ' ' || ?1 || ' ') > 0
		AND m.value ->> 'level' = ?1 AND m.value ->> 'congress' = ?2 AND (?3 = '' OR m.value ->> 'place' IN ('', ?3))`,
		m.Level, m.Congress, m.Place, but).Scan(&over)
	if err != nil {
		return false, fmt.Errorf("congress: %w", err)
	}
	return over, nil
}

// Over says whether the congress of a mandate ended as a whole; it is asked once for all of a sheet.
func (d *Desk) Over(m person.Mandate) bool {
	key := m.Key() + " " + m.Place
	over, known := d.over[key]
	if !known {
		over, _ = d.r.Over(context.Background(), m, "") // what only warns stops nothing
		d.over[key] = over
	}
	return over
}

// Again says that a mandate was named anew (mandate) which rested or had ended; "" where it was not.
func Again(had, m person.Mandate) string {
	if m.Standing != "office" || had.Standing == "" || had.Standing == "office" {
		return ""
	}
	return m.String() + "原来" + words.Standings.Name(had.Standing) + "，现在又登记为在任，请核对"
}

// Ended says that a mandate is of a congress that ended as a whole.
func Ended(m person.Mandate) string {
	return m.String() + "这一届已经换届，登记的却是在任，请核对届次"
}

// Caveats says what is odd about somebody and was written all the same; was is who he was
// before that: what is no news is not told.
func (r *Roster) Caveats(ctx context.Context, was, p person.Person) (odd []string, err error) {
	sites, err := r.Sites(ctx, true)
	if err != nil {
		return nil, err
	}
	for _, s := range p.Seats {
		known := slices.ContainsFunc(sites, func(o site.Site) bool { return o.Code == s.Station })
		if !known && !was.Seated(s.Station) && s.Station != r.Settings.Unit {
			odd = append(odd, "站点名册里还没有 "+s.Station+"，请先登记这个站点")
		}
	}
	for _, f := range p.Fields {
		if len(r.Profile.Fields) > 0 && !slices.Contains(was.Fields, f) && !slices.ContainsFunc(r.Profile.Fields, func(o profile.Field) bool { return o.Name == f }) {
			odd = append(odd, "专业领域里没有“"+f+"”，精准对接时用不上")
		}
	}
	same, err := r.bearing(ctx, p.Name)
	for _, o := range same {
		if o.ID != p.ID && was.Name != p.Name {
			odd = append(odd, "名册里还有一位同名的："+described(o)+"。是同一个人的，请并为一人")
		}
	}
	for _, m := range p.Serving() {
		had, has := was.Mandate(m.Key())
		over := false
		if err == nil && (!has || had.Standing == "ended") {
			over, err = r.Over(ctx, m, p.ID)
		}
		if over {
			odd = append(odd, Ended(m))
		} else if why := Again(had, m); why != "" {
			odd = append(odd, why)
		}
	}
	for _, m := range p.Held() {
		if _, had := was.Mandate(m.Key()); !had && !m.Owned && !m.Keeps(r.Settings.Unit) {
			odd = append(odd, m.String()+"由"+keeper(m.Level)+"登记，先照写的用，那里登记了以那里的为准")
		}
	}
	if err == nil && p.Ended() && !was.Ended() {
		var work []matter.Matter
		if work, err = r.Work(ctx, p); len(work) > 0 {
			odd = append(odd, fmt.Sprintf("手头还有 %d 件没有办结的事项，请移交给别的代表", len(work)))
		}
	}
	if !p.Confirmed {
		odd = append(odd, r.Waits())
	}
	return odd, err
}

// Waits says that a station added something, and its county did not look at it yet.
func (r *Roster) Waits() string {
	if unit.LevelOf(r.Settings.Unit) == journal.Station {
		return "站里自己登记的，现在就能用，等县里核对"
	}
	return "是站里自己登记的，请核对；没有要改的，办一次“更正”就算核对过"
}
