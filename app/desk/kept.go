package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/view"
)

// What is kept while somebody types.
const draftID, presentID = "reception", "present"

// draft is under what is kept what is being typed: each user's apart, who writes on where he left off when he comes back.
func (d *Desk) draft() string { return strings.TrimSpace(draftID + " " + d.Guard.Sitting().User) }

// Keep saves what is being typed; a crash or a power cut loses at most the last moment.
func (d *Desk) Keep(ctx context.Context, draft Draft) error {
	b, err := json.Marshal(draft)
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	return d.Store.Keep(ctx, d.draft(), string(b), d.Now())
}

// Kept gives what was being typed, and whether there was anything.
func (d *Desk) Kept(ctx context.Context) (draft Draft, ok bool, err error) {
	body, err := d.Store.Kept(ctx, d.draft())
	if err != nil || body == "" {
		return draft, false, err
	}
	return draft, json.Unmarshal([]byte(body), &draft) == nil, nil
}

// Forget drops what was being typed.
func (d *Desk) Forget(ctx context.Context) error { return d.Store.Keep(ctx, d.draft(), "", d.Now()) }

// today is a list of names that holds for one day.
type today struct {
	Day   string
	Names []string
}

func (d *Desk) keepToday(ctx context.Context, id string, names []string) error {
	b, err := json.Marshal(today{d.Now().Format(time.DateOnly), names})
	if err != nil {
		return fmt.Errorf("list of today: %w", err)
	}
	return d.Store.Note(ctx, id, string(b), d.Now())
}

// keptToday gives the list of today, and whether there is one.
func (d *Desk) keptToday(ctx context.Context, id string) (names []string, ok bool, err error) {
	body, err := d.Store.Noted(ctx, id)
	if err != nil || body == "" {
		return nil, false, err
	}
	var t today
	if json.Unmarshal([]byte(body), &t) != nil || t.Day != d.Now().Format(time.DateOnly) {
		return nil, false, nil
	}
	return t.Names, true, nil
}

// SetPresent remembers who sits at the table today.
func (d *Desk) SetPresent(ctx context.Context, names []string) error {
	return d.keepToday(ctx, presentID, names)
}

// Present gives who sits at the table: who is here at a reception that is going on, else who was said to sit here today;
// nobody until it was said today.
func (d *Desk) Present(ctx context.Context) (list []session.Called, err error) {
	now := d.Now().In(day.Beijing)
	s, err := d.session(ctx, &matter.Report{Channel: "walk-in", Station: d.Settings.Unit, Occurred: now})
	if err != nil {
		return nil, err
	}
	if list = s.Here(now); s.State == session.Open && len(list) > 0 {
		return list, nil
	}
	list = nil
	names, _, err := d.keptToday(ctx, presentID)
	for _, name := range names {
		list = append(list, session.Called{Key: name, Name: name})
	}
	return list, err
}

// Usual gives what was chosen most often lately, for chips: a column of store.Usual ("category", "deputy", …). It is
// the same all day, in one order: a digit that chooses something goes on choosing it.
func (d *Desk) Usual(ctx context.Context, column string, limit int) ([]string, error) {
	id := "usual " + column
	if vs, ok, err := d.keptToday(ctx, id); err != nil || ok {
		return vs[:min(limit, len(vs))], err
	}
	ts, err := view.Usual(ctx, d.Store, column, 4*limit)
	if err != nil {
		return nil, err
	}
	vs, met := []string{}, map[string]bool{}
	for _, t := range ts { // somebody who is written in two ways is offered in the usual one
		if form := spelling.Name(t.Value); !met[form] && len(vs) < limit {
			vs, met[form] = append(vs, t.Value), true
		}
	}
	return vs, d.keepToday(ctx, id, vs)
}

// Blanks takes numbers of a register's blank books and slips for printing: count of them (0 stands for 20), from
// first (0: where the last ones ended). What was printed once is not given again unless somebody asks for it by its
// number.
func (d *Desk) Blanks(ctx context.Context, register string, first, count int) (letter byte, from, n int, err error) {
	if d.Settings.Role != journal.Station {
		return 0, 0, 0, ErrNotStation
	}
	if err := d.Store.Doubts(ctx, d.Now()); err != nil { // their year is the clock's
		return 0, 0, 0, err
	}
	letter = d.Store.Series()
	key := fmt.Sprintf("blank %s %d", register, d.Now().Year())
	last := 0
	body, err := d.Store.Kept(ctx, key)
	if err != nil {
		return 0, 0, 0, err
	}
	_, _ = fmt.Sscan(body, &last) // nothing was printed yet
	if count == 0 {
		count = 20
	}
	if first == 0 {
		first = last + 1
	}
	if first < 1 || count < 1 || count > 1000 || first+count > 100000 {
		return 0, 0, 0, problem.Problems{"count": "编号从 1 起，一次最多印 1000 个"}
	}
	if end := first + count - 1; end > last {
		err = d.Store.Keep(ctx, key, fmt.Sprint(end), d.Now())
	}
	return letter, first, count, err
}
