package docket

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Upkeep does what nobody has to ask for: what matters say of suggestions from before there were any opens as one; stations
// whose matters or deputies a suggestion gathers hear of it; and a matter that this unit has, of a suggestion that was handed
// in elsewhere, becomes suggested.
func (d *Desk) Upkeep(ctx context.Context, by clerk.Clerk) error {
	if err := d.Guard.Ask(ctx, by, right.Exchange); err != nil {
		return err
	}
	for _, step := range []func(context.Context, clerk.Clerk) (list []store.Act, done func() error, err error){d.carried, d.shared, d.gathered} {
		list, done, err := step(ctx, by)
		if err != nil {
			return fmt.Errorf("upkeep of suggestions: %w", err)
		}
		for len(list) > 0 {
			n := min(len(list), 200)
			if _, err := d.Store.Write(ctx, list[:n]...); err != nil {
				return fmt.Errorf("upkeep of suggestions: %w", err)
			}
			list = list[n:]
		}
		if err := done(); err != nil {
			return fmt.Errorf("upkeep of suggestions: %w", err)
		}
	}
	return nil
}

// since gives the things of a kind that changed since it was last asked, under a name; done says that it was dealt with.
func (d *Desk) since(ctx context.Context, name, kind string) (from int64, done func() error, err error) {
	noted, err := d.Store.Noted(ctx, name)
	if err != nil {
		return 0, nil, err
	}
	from, _ = strconv.ParseInt(noted, 10, 64)
	var now int64
	if err := d.Store.QueryRow(ctx, "SELECT ifnull(max(version), 0) FROM "+kind).Scan(&now); err != nil {
		return 0, nil, err
	}
	if now < from { // the lists were made anew
		from = 0
	}
	return from, func() error {
		if fmt.Sprint(now) == noted {
			return nil
		}
		return d.Store.Note(ctx, name, fmt.Sprint(now), d.Now())
	}, nil
}

// born is the salt of the suggestion that was one only by name: so its ID follows from that name and from whose computer
// said it first, and no two make two of it.
func born(id string) (salt journal.Salt) {
	h := sha256.Sum256([]byte("lianluo suggestion of before 1\n" + id))
	copy(salt[:], h[:])
	return salt
}

// proposed is the act by which a matter is of the suggestion that it names: the last that took effect.
func proposed(m matter.Matter) (said thing.Event, is bool) {
	for _, e := range slices.Backward(m.History) {
		if e.Do == "suggest" && !strings.HasPrefix(e.Note, thing.NoEffect) {
			return e, true
		}
	}
	return said, false
}

// carried opens what was written as 转代表建议 at this computer before there were suggestions.
func (d *Desk) carried(ctx context.Context, by clerk.Clerk) (list []store.Act, done func() error, err error) {
	from, done, err := d.since(ctx, "suggestions carried", matter.Name)
	if err != nil {
		return nil, nil, err
	}
	ls, err := view.Things[matter.Matter](ctx, d.Store, matter.Name,
		"suggestion <> '' AND version > ? AND NOT EXISTS (SELECT 1 FROM suggestion s WHERE s.id = matter.suggestion) ORDER BY row", from)
	if err != nil {
		return nil, nil, err
	}
	self := d.Store.Self()
	type group struct {
		at time.Time // when it was said first
		ms []matter.Matter
	}
	groups := map[string]*group{}
	var order []string
	for _, l := range ls {
		m := l.Thing
		said, is := proposed(m)
		if !is || said.ID.Replica != self.Replica || said.Unit != d.Settings.Unit || m.Confidential {
			continue
		}
		if groups[m.Suggestion] == nil {
			groups[m.Suggestion], order = &group{at: said.At}, append(order, m.Suggestion)
		}
		g := groups[m.Suggestion]
		g.ms = append(g.ms, m)
	}
	for _, old := range order {
		g := groups[old]
		salt := born(old)
		id := journal.Name(d.Settings.Unit, self.Replica, salt, g.at)
		var here bool
		if err := d.Store.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM suggestion WHERE id = ? OR before = ? AND before <> '')", id, old).Scan(&here); err != nil {
			return nil, nil, err
		}
		if here {
			continue
		}
		body, err := d.opened(ctx, g.ms)
		if err != nil {
			return nil, nil, err
		}
		body.Before = old
		list = append(list, store.Act{Kind: suggestion.Name, Thing: id, Do: suggestion.Write, Body: body, Unit: d.Settings.Unit,
			By: by.Name, User: by.User, At: d.Now(), Envelope: journal.Envelope{Born: salt}})
	}
	return list, done, nil
}

// opened is a suggestion as its matters tell of it.
func (d *Desk) opened(ctx context.Context, ms []matter.Matter) (b suggestion.Opening, err error) {
	m := ms[0]
	for _, o := range ms { // that which came furthest
		if o.Class > 0 && m.Class == 0 {
			m = o
		}
	}
	b.Kind, b.Level, b.Held, b.Public, b.Origin = "suggestion", m.Congress, "between", "full", "station"
	if b.Level == "" {
		b.Level = map[journal.Level]string{journal.City: "city"}[unit.LevelOf(d.Settings.Unit)]
	}
	if b.Level == "" {
		b.Level = "county"
	}
	office, ok := officeOf(b.Level, d.Settings.Unit)
	if b.Office = office; !ok {
		b.Office = d.Settings.Unit
	}
	b.Wording = &suggestion.Wording{Title: m.Suggests, Category: m.Category}
	b.Case = d.Outline(ms).Case
	b.Names = map[string]suggestion.Who{}
	for i, name := range m.Proposers {
		plain, _, _ := strings.Cut(name, "（") // as it was printed: 王建国（区人大代表）
		who := suggestion.Who{Person: m.Persons[name], Name: plain}
		if p, err := d.Person(ctx, plain); who.Person == "" && err == nil {
			who.Person = p.ID
		}
		key := suggestion.KeyOf(plain)
		if who.Person != "" {
			key = suggestion.KeyOf(who.Person)
			p, err := d.Person(ctx, who.Person)
			var none problem.Problems
			switch {
			case err == nil:
				who = described(p, b.Level)
			case !errors.As(err, &none):
				return b, err
			}
		}
		if _, twice := b.Names[key]; twice {
			continue
		}
		b.Names[key] = who
		b.Signers = append(b.Signers, suggestion.Signer{Key: key, Lead: i == 0, Signed: proper(m.Assigned)})
	}
	var numbers []string
	for _, o := range ms {
		numbers = append(numbers, o.ID)
	}
	t := &typed{Desk: d, ctx: ctx, wrong: problem.Problems{}}
	b.Matters = t.links(numbers)
	b.On, b.Becomes = proper(m.Assigned), suggestion.Submitted
	for _, name := range m.Units {
		key := suggestion.KeyOf(spelling.Department(name))
		b.Names[key] = suggestion.Who{Name: name}
		b.Units = append(b.Units, suggestion.Unit{Key: key, Help: len(b.Units) > 0})
	}
	if len(b.Units) > 0 {
		b.Becomes, b.Due = suggestion.Assigned, proper(m.Term)
		if m.Class > 0 && m.Class <= 8 {
			b.Becomes = suggestion.Answered
			b.Answer = &suggestion.Answer{Unit: b.Units[0].Key, On: proper(m.AnsweredOn), Class: m.Class}
			b.Text = m.Answer
		}
	}
	return b, t.err
}

// proper is a day, "" where what stands there is none: a program of before wrote it.
func proper(on string) string {
	if _, err := time.Parse(time.DateOnly, on); err != nil {
		return ""
	}
	return on
}

// described is a deputy as a suggestion to a congress names him.
func described(p person.Person, level string) suggestion.Who {
	who := suggestion.Who{Person: p.ID, Name: p.Name, Post: p.Employer + p.Post}
	for _, m := range p.Held() {
		if m.Level == level {
			who.Number = m.Number
		}
	}
	return who
}

// shared lets stations hear of suggestions that concern them, as far as they stand below this office.
func (d *Desk) shared(ctx context.Context, by clerk.Clerk) (list []store.Act, done func() error, err error) {
	own := d.Settings.Unit
	if unit.LevelOf(own) == journal.Station {
		return nil, nothing, nil
	}
	from, done, err := d.since(ctx, "suggestions shared", suggestion.Name)
	if err != nil {
		return nil, nil, err
	}
	ss, err := d.things(ctx, `version > ? OR id IN (SELECT joined FROM suggestion WHERE version > ? AND joined <> '') ORDER BY row`, from, from)
	if err != nil {
		return nil, nil, err
	}
	through, err := d.Through(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range ss {
		if !s.Up || s.Confidential || !s.May(suggestion.Share, own) {
			continue
		}
		var guests []suggestion.Guest
		names := map[string]suggestion.Who{}
		heard := s.Envelope(own).Audience
		add := func(station, via string) {
			county := unit.Parent(station)
			switch {
			case !unit.Above(own, station) || slices.Contains(heard, station),
				unit.LevelOf(own) == journal.City && county == unit.Parent(s.Unit), // its county tells it
				slices.ContainsFunc(guests, func(g suggestion.Guest) bool { return g.Station == station }):
				return
			}
			if via != "" && !unit.Above(via, station) {
				via = ""
			}
			if g := (suggestion.Guest{Station: station, Via: via}); !slices.Contains(s.Guests, g) { // else it cannot come in
				guests = append(guests, g)
			}
		}
		if unit.LevelOf(s.Office) == journal.Station {
			add(s.Office, through(s.Office))
		}
		for _, l := range s.Matters {
			add(l.Station, through(l.Station))
		}
		joined, err := d.things(ctx, "joined = ? AND state = ?", s.ID, int(suggestion.Joined)) // its answer is theirs
		if err != nil {
			return nil, nil, err
		}
		for _, o := range joined {
			for _, station := range append([]string{o.Unit}, stations(o)...) {
				if !o.Confidential && unit.LevelOf(station) == journal.Station {
					add(station, through(station))
				}
			}
		}
		for _, g := range s.Signers {
			who := s.Who[g.Key]
			if g.Declined != "" || who.Name == "" {
				continue
			}
			p, err := d.Person(ctx, cmp.Or(who.Person, who.Name))
			var none problem.Problems
			if errors.As(err, &none) {
				if who.Person == "" { // several bear the name: it is for the one who signs
					ps, err := view.Things[person.Person](ctx, d.Store, person.Name,
						"id IN (SELECT thing FROM label WHERE kind = ? AND value = ?) LIMIT 10", thing.ByName, spelling.Name(who.Name))
					if err != nil {
						return nil, nil, err
					}
					for _, l := range ps {
						for _, seat := range l.Thing.Seats {
							add(seat.Station, through(seat.Station))
						}
					}
				}
				continue
			}
			if err != nil {
				return nil, nil, err
			}
			if who.Person == "" { // its table knew the name alone
				names[g.Key] = described(p, s.Level)
			}
			for _, seat := range p.Seats {
				add(seat.Station, through(seat.Station))
			}
		}
		if guests = guests[:min(len(guests), unit.MostUnits-len(heard))]; len(guests)+len(names) > 0 {
			said := suggestion.Said{Guests: guests, Told: suggestion.Told{Names: names}}
			list = append(list, store.Act{Kind: suggestion.Name, Thing: s.ID, Do: suggestion.Share, Body: said, Unit: own, By: by.Name,
				User: by.User, At: d.Now()})
		}
	}
	return list, done, nil
}

// stations are those at which the matters were registered from which a suggestion grew.
func stations(s suggestion.Suggestion) (list []string) {
	for _, l := range s.Matters {
		list = append(list, l.Station)
	}
	return list
}

// gathered makes matters suggested that this unit has to handle, of suggestions that were handed in elsewhere.
func (d *Desk) gathered(ctx context.Context, by clerk.Clerk) (list []store.Act, done func() error, err error) {
	free, err := json.Marshal(matter.Choose(func(s matter.State) bool {
		return matter.Matter{State: s, Handling: matter.Handling{Holder: d.Settings.Unit}}.May("suggest", d.Settings.Unit)
	}))
	if err != nil {
		return nil, nil, err
	}
	ss, err := d.things(ctx, "state IN "+among(slices.Concat(open, []suggestion.State{suggestion.Closed}))+` AND submitted <> '' AND id IN (SELECT thing FROM label
		WHERE kind = ? AND value IN (SELECT id FROM matter WHERE suggestion = '' AND state IN (SELECT value FROM json_each(?))))`, suggestion.ByMatter, string(free))
	if err != nil {
		return nil, nil, err
	}
	taken := map[string]bool{}
	for _, s := range ss {
		more, err := d.become(ctx, s, by, d.Now())
		if err != nil {
			return nil, nil, err
		}
		for _, a := range more {
			if !taken[a.Thing] {
				taken[a.Thing], list = true, append(list, a)
			}
		}
	}
	return list, nothing, nil
}

func nothing() error { return nil }

// open are the states in which something is still to be done.
var open = func() (list []suggestion.State) {
	for s := suggestion.Draft; s.Open(); s++ {
		list = append(list, s)
	}
	return list
}()
