package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Undo takes back what a sheet brought, all of it or nothing: who was new becomes void, everybody else is as he was. It
// fails with problem.Problems that name those of whom somebody said something since. It says how many it took back.
func Undo(ctx context.Context, r *roster.Roster, by clerk.Clerk, batch string) (n int, err error) {
	if err := r.Guard.Ask(ctx, by, right.Import); err != nil {
		return 0, err
	}
	batch = strings.TrimSpace(batch)
	people, err := view.Things[person.Person](ctx, r.Store, person.Name, "instr(batches, ?) > 0 AND state = 1",
		" "+batch+" ")
	if err != nil {
		return 0, err
	}
	sites, err := view.Things[site.Site](ctx, r.Store, site.Name, "instr(batches, ?) > 0 AND state IN (1, 2)",
		" "+batch+" ")
	if err != nil {
		return 0, err
	}
	var acts []store.Act
	var since []string
	for _, l := range people {
		p := l.Thing
		said, before, err := without(ctx, r, person.Kind, p.Base, batch)
		if errors.Is(err, errSince) {
			since = append(since, p.Name)
			continue
		} else if err != nil {
			return 0, err
		}
		if before == nil {
			named, err := named(ctx, r, p.ID)
			if err != nil {
				return 0, err
			}
			if named {
				since = append(since, p.Name+"（有事项写着）")
				continue
			}
		}
		acts = append(acts, back(p, before, said, batch)...)
	}
	for _, l := range sites {
		s := l.Thing
		said, before, err := without(ctx, r, site.Kind, s.Base, batch)
		if errors.Is(err, errSince) {
			since = append(since, s.Called())
			continue
		} else if err != nil {
			return 0, err
		}
		acts = append(acts, returned(s, before, said, batch))
	}
	switch {
	case len(since) > 0:
		return 0, problem.Problems{"batch": fmt.Sprintf("导入以后又有人办过 %d 条，没有撤回：%s。请先看这几条，要改的在名册里改",
			len(since), strings.Join(since[:min(len(since), 20)], "、"))}
	case len(acts) == 0:
		return 0, problem.Problems{"batch": "没有这个批次，或已经撤回了"}
	}
	if err := write(ctx, r, by, acts); err != nil {
		return 0, fmt.Errorf("undo sheet %s: %w", batch, err)
	}
	return len(people) + len(sites), nil
}

// named says whether a matter knows somebody.
func named(ctx context.Context, r *roster.Roster, id string) (is bool, err error) {
	err = r.Store.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM label WHERE kind = ? AND value = ?)", matter.ByPerson,
		id).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("matters of %s: %w", id, err)
	}
	return is, nil
}

// errSince says that somebody went on from what a sheet said.
var errSince = errors.New("others have acted on it")

// without gives the fields that a batch wrote of a thing and what the thing was without it, nil where the batch opened
// it. It fails with errSince.
func without(ctx context.Context, r *roster.Roster, kind thing.Kind, b thing.Base, batch string) (said []string, before thing.Sum,
	err error) {
	rs, err := r.Store.Entries(ctx, b.ID) // in fold order
	if err != nil {
		return nil, nil, err
	}
	fields := map[journal.ID][]string{}
	for _, m := range b.Trail {
		fields[m.ID] = m.Fields
	}
	var mine, rest []journal.Record
	opened := false
	for _, e := range rs {
		var body struct {
			Batch string `json:"batch"`
			Note  string `json:"note"`
			Tells bool   `json:"tells"`
		}
		_ = json.Unmarshal(e.Body, &body) // what cannot be read named no batch
		switch body.Batch {
		case batch:
			opened = opened || e.First()
			said, mine = append(said, fields[e.ID]...), append(mine, e)
			continue
		case "-" + batch: // it was taken before, and taken back
			rest = append(append(rest, mine...), e)
			said, mine, opened = nil, nil, false
			continue
		}
		if (body.Note == roster.OtherWay || body.Tells) && (opened || len(said) > 0) {
			continue // nobody did that
		}
		rest = append(rest, e)
		if opened || slices.ContainsFunc(fields[e.ID], func(f string) bool { return slices.Contains(said, f) }) {
			return nil, nil, errSince
		}
	}
	if !opened {
		before, _ = kind.Fold(rest)
	}
	return said, before, nil
}

// back gives the acts by which a person is again who he was, as far as a batch wrote of him.
func back(p person.Person, before thing.Sum, said []string, batch string) (acts []store.Act) {
	act := func(do string, body, private any) {
		acts = append(acts, store.Act{Kind: person.Name, Thing: p.ID, Do: do, Body: body, Private: private})
	}
	batch = "-" + batch
	if before == nil {
		act(person.Cancel, person.Move{Batch: batch}, nil)
		return acts
	}
	was := before.(*person.Person)
	body, private := members(was.Facts, said), members(was.Private, said)
	if len(body)+len(private) > 0 {
		body["batch"], body["hides"] = batch, slices.Sorted(maps.Keys(private))
		act(person.Correct, body, hidden(private))
	}
	for _, f := range slices.Compact(slices.Sorted(slices.Values(said))) {
		station, seat := strings.CutPrefix(f, "seat ")
		level, congress, mandate := strings.Cut(f, " ")
		switch {
		case seat:
			if i := slices.IndexFunc(was.Seats, func(s person.Seat) bool { return s.Station == station }); i >= 0 {
				act(person.Group, person.Move{Seats: was.Seats[i : i+1], Batch: batch}, nil)
			} else {
				act(person.Ungroup, person.Move{Station: station, Batch: batch}, nil)
			}
		case mandate:
			m, had := was.Mandate(f)
			if !had {
				m = person.Mandate{Level: level, Congress: congress, Standing: person.Mistaken}
			}
			act(person.Named, person.Move{Mandate: &m, Batch: batch}, nil)
		}
	}
	return acts
}

// returned is the act by which a unit is again what it was.
func returned(s site.Site, before thing.Sum, said []string, batch string) store.Act {
	a := store.Act{Kind: site.Name, Thing: s.ID, Do: site.Cancel, Body: site.Move{Batch: "-" + batch}}
	if before == nil {
		return a
	}
	was := before.(*site.Site)
	body := members(was.Facts, said)
	if slices.Contains(said, "opened") {
		body["opened"] = was.Opened
	}
	if slices.Contains(said, "via") {
		body["via"] = was.Via
	}
	body["batch"] = "-" + batch
	a.Do, a.Body = site.Change, body
	return a
}
