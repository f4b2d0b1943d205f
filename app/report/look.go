package report

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"lianluo.local/data/session"
	"lianluo.local/data/view"
)

// State stands for all that a report depends on: as long as it is the same, so are all reports. It changes with the newest
// entry here, with whom was heard of until when, and with the day.
func (d *Desk) State(ctx context.Context) (string, error) {
	version, err := d.Store.Version(ctx)
	if err != nil {
		return "", err
	}
	heard, err := d.Heard(ctx)
	if err != nil {
		return "", err
	}
	all := fnv.New64a()
	for _, h := range heard {
		fmt.Fprintln(all, h.Unit, h.Name, h.Last.Unix())
	}
	return fmt.Sprint(version, " ", d.Now().Format("2006-01-02"), " ", all.Sum64()), nil
}

// Sitting is a session in the list behind a number.
type Sitting struct {
	session.Session
	Much int64 // of the number stands for it
}

// Sat gives the sessions of a list, the newest first, at most so many.
func (d *Desk) Sat(ctx context.Context, l List, most int) (list []Sitting, err error) {
	much, rows := map[int64]int64{}, make([]any, len(l.Sessions))
	for i, b := range l.Sessions {
		rows[i], much[b.Row] = b.Row, b.Much
	}
	for each := range slices.Chunk(rows, 500) {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(each)), ", ")
		found, err := view.Things[session.Session](ctx, d.Store, session.Name, "row IN ("+marks+")", each...)
		if err != nil {
			return nil, fmt.Errorf("sessions of a report: %w", err)
		}
		for _, f := range found {
			list = append(list, Sitting{f.Thing, much[f.Row]})
		}
	}
	slices.SortStableFunc(list, func(a, b Sitting) int { return strings.Compare(b.Day+b.From, a.Day+a.From) })
	return list[:min(most, len(list))], nil
}
