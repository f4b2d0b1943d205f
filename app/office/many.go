package office

import (
	"context"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/right"
	"lianluo.local/data/store"
	"lianluo.local/data/view"
)

// Outcome is what came of an order for one of many matters.
type Outcome struct {
	Matter matter.Matter // after the act, or as before where it was refused
	Err    error
}

// Each does one order with many matters, one after the other; what is refused stops nobody. progress (nil for none)
// hears how many are done.
func (o *Office) Each(
	ctx context.Context, by clerk.Clerk, ids []string, order Order, progress func(done int)) (list []Outcome) {
	if err := o.asked(ctx, by, order.Do); err != nil {
		return []Outcome{{Err: err}}
	}
	if order.Do == "suggest" && len(ids) > 0 { // many become one
		for _, id := range ids[1:] {
			f, err := view.ByID(ctx, o.Store, id)
			if err != nil {
				return []Outcome{{f.Matter, err}} // none is left out without a word
			}
			order.With = append(order.With, f.Number)
		}
		m, err := o.Do(ctx, by, ids[0], order)
		return []Outcome{{m, err}}
	}
	for i, id := range ids {
		if ctx.Err() != nil {
			return append(list, Outcome{Err: ctx.Err()})
		}
		m, err := o.Do(ctx, by, id, order)
		if err != nil {
			if f, e := view.ByID(ctx, o.Store, id); e == nil {
				m = f.Matter
			}
		}
		list = append(list, Outcome{m, err})
		if progress != nil {
			progress(i + 1)
		}
	}
	return list
}

// Lapse closes what this table told its citizens and what nobody rated within the time for it; it says how many there
// were.
func (o *Office) Lapse(ctx context.Context, by clerk.Clerk) (n int, err error) {
	if err := o.Guard.Ask(ctx, by, right.Exchange); err != nil {
		return 0, err
	}
	over := view.Filter{Unit: o.Settings.Unit, States: []matter.State{matter.Told},
		Overdue: o.Now().Format(time.DateOnly)}
	fs, err := view.Page(ctx, o.Store, over, 0, 1000)
	if err != nil {
		return 0, err
	}
	for _, f := range fs {
		if _, err := o.do(ctx, by, f.Matter, Order{Do: "rate", Result: "unrated"}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Recount moves what is due on a day that the calendar of before took for a working day, and that is off by the one
// of now, to the next working day: promises of this table, and terms of what it is this unit's turn to do. Each is an
// entry of its own; what was moved once is not moved again. It says how many matters it moved.
func (o *Office) Recount(ctx context.Context, by clerk.Clerk, before *workday.Calendar) (n int, err error) {
	if err := o.Guard.Ask(ctx, by, right.Exchange); err != nil {
		return 0, err
	}
	moved := func(date string) string {
		at, err := time.Parse(time.DateOnly, date)
		if err != nil || !before.IsWorkday(at) || o.Calendar.IsWorkday(at) {
			return ""
		}
		return o.Calendar.Add(at, 1).Format(time.DateOnly)
	}
	met := map[string]bool{}
	for _, f := range []view.Filter{{Unit: o.Settings.Unit}, {Holder: o.Settings.Unit}} {
		f.States = matter.Choose(func(s matter.State) bool { return s.Open() && s != matter.Promised })
		for row := int64(0); ; {
			fs, err := view.Page(ctx, o.Store, f, row, 500)
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
				act := store.Act{Kind: matter.Name, Thing: f.ID, Do: "reckon", Body: move, Unit: o.Settings.Unit,
					By: by.Name, User: by.User, At: o.Now()}
				if _, err := store.RecordOne[matter.Matter](ctx, o.Store, act); err != nil {
					return n, err
				}
				n++
			}
		}
	}
	return n, nil
}
