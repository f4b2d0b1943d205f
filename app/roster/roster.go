// Package roster is the people and places of one installation: who is a deputy where, which stations, offices and
// departments there are, and who fits what. Both are things of their own (data/person, data/site): what is done with
// them is checked here, at its Desk, and becomes an entry. Whole sheets of both are app/roster/batch.
package roster

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/roster/photo"
	"lianluo.local/assets/places"
	"lianluo.local/assets/workday"
	"lianluo.local/data/journal"
	"lianluo.local/data/mask"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/settings"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Roster is the people and places that one computer knows.
type Roster struct {
	Guard    right.Guard
	Store    *store.Store
	Settings *settings.Settings
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time

	// Through gives what a station reports through as of now, "" where that is its county or nobody knows.
	Through func(ctx context.Context) (func(station string) string, error)

	names kept
}

// Filter chooses people; what is empty chooses all.
type Filter struct {
	Query   string // a part of the name, or first letters of its sounds
	Level   string // that of a mandate he holds
	Station string // where he is grouped
	Field   string
	Tier    string
	Role    string
	State   string // words.Presences: as of today; ended and waiting stand apart from mandates
	Ended   bool   // those of whom no mandate is left, instead of the others
	After   int    // how many to pass over
	Limit   int    // 0: all
}

// People gives those whom a filter chooses, as this home lists them: by the highest level they hold, then by name; one
// who has two IDs here is one of them, with the mandates of both (Whole). It also says how many there are in all.
func (r *Roster) People(ctx context.Context, f Filter) (ps []person.Person, all int, err error) {
	if err := r.Guard.Sits(ctx, right.Roster); err != nil {
		return nil, 0, err
	}
	r.Guard.Seeks(f.Query)
	ids, err := r.find(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	defer func() { r.cover(ctx, ps) }()
	all = len(ids)
	ids = ids[min(f.After, all):]
	if f.Limit > 0 {
		ids = ids[:min(f.Limit, len(ids))]
	}
	if len(ids) > many {
		ps, err = r.wholes(ctx, ids)
		return ps, all, err
	}
	for _, id := range ids { // each is the one to whom others were joined
		parts, err := r.parts(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		ps = append(ps, whole(parts))
	}
	return ps, all, nil
}

// many is how many people are read one by one at most; more are read at once.
const many = 100

// wholes gives those who are listed under some IDs, in their order, from one reading of all people.
func (r *Roster) wholes(ctx context.Context, ids []string) (ps []person.Person, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, "1 ORDER BY row")
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	parts := map[string][]person.Person{}
	for _, l := range ls {
		if root, joined := known.roots[l.Thing.ID]; joined {
			parts[root] = append(parts[root], l.Thing)
		} else { // he comes first
			parts[l.Thing.ID] = append([]person.Person{l.Thing}, parts[l.Thing.ID]...)
		}
	}
	for _, id := range ids {
		if len(parts[id]) > 0 {
			ps = append(ps, whole(parts[id]))
		}
	}
	return ps, nil
}

// Person gives one by an ID, also by one that was joined to another: then that other. It fails with store.ErrNotFound.
func (r *Roster) Person(ctx context.Context, id string) (p person.Person, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return p, err
	}
	parts, err := r.parts(ctx, cmp.Or(known.roots[id], id))
	if err != nil {
		return p, err
	}
	ps := []person.Person{whole(parts)}
	r.cover(ctx, ps)
	r.told(ctx, &ps[0].Base)
	return ps[0], nil
}

// cover hides how people are reached from who may not know: a phone that is not public is masked, the rest is gone.
func (r *Roster) cover(ctx context.Context, ps []person.Person) {
	if r.Guard.May(ctx, right.Contact) {
		return
	}
	for i, p := range ps {
		ps[i].Private = person.Private{Phone: mask.Phone(p.Phone)}
		if p.Open {
			ps[i].Phone = p.Phone
		}
	}
}

// Called is the name of somebody by an ID, or of a unit by its code; "" where that is not known here.
func (r *Roster) Called(ctx context.Context, id string) string {
	if !thing.ID(id) {
		if s, err := r.Site(ctx, id); err == nil {
			return s.Called()
		}
		return places.Of(id).Full
	}
	_, err := r.known(ctx)
	if err != nil {
		return ""
	}
	r.names.Lock()
	defer r.names.Unlock()
	return r.names.rows[id].name
}

// told puts names into a history, where acts have codes and IDs.
func (r *Roster) told(ctx context.Context, b *thing.Base) {
	b.History = slices.Clone(b.History)
	for i, e := range b.History {
		b.History[i].Note = e.Told(func(id string) string { return r.Called(ctx, id) })
	}
}

// parts are what is kept under an ID, and under each that was joined to it.
func (r *Roster) parts(ctx context.Context, id string) (ps []person.Person, err error) {
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, `id IN (WITH RECURSIVE part(id) AS (VALUES (?1) UNION
		SELECT p.id FROM person p JOIN part ON p.joined = part.id JOIN person over ON over.id = part.id
		WHERE p.joined <> '' AND p.state = ?2 AND instr(over.unit, p.joiner) = 1) SELECT id FROM part)
		ORDER BY id <> ?1, row`, id, int(person.Here))
	if err == nil && (len(ls) == 0 || ls[0].Thing.ID != id) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("person %s: %w", id, err)
	}
	for _, l := range ls {
		ps = append(ps, l.Thing)
	}
	return ps, nil
}

// Joined are what is kept under the other IDs of somebody.
func (r *Roster) Joined(ctx context.Context, id string) ([]person.Person, error) {
	ps, err := r.parts(ctx, id)
	if err != nil {
		return nil, err
	}
	r.cover(ctx, ps)
	return ps[1:], nil
}

// Find gives the person of an ID, or of a name that one alone bears here. It fails with problem.Problems that say who
// bears it where that is not so, and with person.ErrNobody besides where nobody does.
func (r *Roster) Find(ctx context.Context, idOrName string) (person.Person, error) {
	s := strings.TrimSpace(idOrName)
	p, err := r.Person(ctx, strings.ToLower(s))
	if !errors.Is(err, store.ErrNotFound) {
		return p, err
	}
	list, err := r.bearing(ctx, s)
	switch {
	case err != nil:
		return p, err
	case len(list) == 1:
		return list[0], nil
	case len(list) == 0:
		return p, fmt.Errorf("%w: %w", person.ErrNobody, problem.Problems{"person": "名册里没有“" + s + "”，请核对姓名；还没有登记的，先登记"})
	}
	var who []string
	for _, p := range list {
		who = append(who, described(p))
	}
	return p, problem.Problems{"person": "叫这个名字的有 " + strings.Join(who, "；") + "。请用编号指明是哪一位"}
}

// described tells one person from others of his name.
func described(p person.Person) string {
	var known []string
	for _, m := range p.Held() {
		known = append(known, m.String())
	}
	known = append(known, p.Employer+p.Post, p.ID)
	return p.Name + "（" + strings.Join(slices.DeleteFunc(known, func(s string) bool { return s == "" }), "，") + "）"
}

// bearing gives those who bear a name, those with a mandate first.
func (r *Roster) bearing(ctx context.Context, name string) (ps []person.Person, err error) {
	known, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range known.forms[spelling.Name(name)] {
		p, err := r.Person(ctx, n.id)
		if err != nil {
			return nil, err
		}
		ps = append(ps, p)
	}
	return ps, nil
}

// Photo gives the photo that an entry brought, of a person or of a unit, as a JPEG. It fails with store.ErrNotFound where
// it is not here, and for what others sent that is none.
func (r *Roster) Photo(ctx context.Context, id journal.ID) ([]byte, error) {
	raw, err := r.Store.Secret(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	var i person.Image
	if err := json.Unmarshal(raw, &i); err != nil {
		return nil, fmt.Errorf("photo of %v: %w", id, err)
	}
	if !photo.Kept(i.Photo) {
		return nil, fmt.Errorf("photo of %v: %w", id, store.ErrNotFound)
	}
	return i.Photo, nil
}
