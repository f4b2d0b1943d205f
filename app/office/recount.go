package office

import (
	"context"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
)

// Recount moves what is due on a day that the calendar of before took for a working day, and that is off by the one of now, to the next
// working day: promises of this table, and terms of what it is this unit's turn to do. Each is an entry of its own; what was moved once
// is not moved again. It says how many matters it moved.
func (o *Office) Recount(ctx context.Context, by clerk.Clerk, before *workday.Calendar) (n int, err error) {
	moved := func(date string) string {
		at, err := time.Parse(time.DateOnly, date)
		if err != nil || !before.IsWorkday(at) || o.Calendar.IsWorkday(at) {
			return ""
		}
		return o.Calendar.Add(at, 1).Format(time.DateOnly)
	}
	met := map[string]bool{}
	for _, f := range []store.Filter{{Unit: o.Settings.Unit}, {Holder: o.Settings.Unit}} {
		f.States = matter.Choose(func(s matter.State) bool { return s.Open() && s != matter.Promised })
		for row := int64(0); ; {
			fs, err := o.Store.Page(ctx, f, row, 500)
			if err != nil || len(fs) == 0 {
				if err != nil {
					return n, err
				}
				break
			}
			row = fs[len(fs)-1].Row
			for _, f := range fs {
				move := matter.Move{Note: "放假安排公布了"}
				if f.Unit == o.Settings.Unit {
					move.Due = moved(f.Due)
				}
				if turn := map[bool]string{true: f.Unit, false: f.Holder}[f.State.Citizen()]; turn == o.Settings.Unit {
					move.Term, move.From = moved(f.Term), f.Term
				}
				if met[f.ID] || move.Due+move.Term == "" {
					continue
				}
				met[f.ID] = true
				if _, err := o.Store.Record(ctx, store.Act{Thing: f.ID, Do: "reckon", Body: move, Unit: o.Settings.Unit, Level: o.Settings.Role,
					By: by.Name, At: o.Now()}); err != nil {
					return n, err
				}
				n++
			}
		}
	}
	return n, nil
}
