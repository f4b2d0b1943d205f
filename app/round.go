package app

import (
	"context"

	"lianluo.local/app/archive"
	"lianluo.local/app/courier"
	"lianluo.local/data/clerk"
)

// Round is what came of a round of exchange and of what belongs to it. What goes wrong beside the exchange keeps
// nothing from travelling.
type Round struct {
	courier.Round
	Doubt error // of the clock: nothing lapses by it, what is written travels
	Lapse error // why what nobody rated in time was not closed
	Copy  error // why this week's copy was not taken; a full disk keeps nobody from sending
}

// Round closes what nobody rated in time, takes this week's copy where it is due, and exchanges with the others; by
// is who does it, or who sits at the computer that does it by itself. It fails where the exchange does.
func (a *App) Round(ctx context.Context, by clerk.Clerk) (r Round, err error) {
	if r.Doubt = a.Store.Doubts(ctx, a.Now()); r.Doubt == nil {
		_, r.Lapse = a.Office.Lapse(ctx, by)
	}
	_, r.Copy = archive.Weekly(ctx, a.Store, a.Home, *a.Settings, a.Now())
	r.Round, err = a.Courier.Sync(ctx)
	return r, err
}

// Watch does a round now and then again, when courier.Watch says, until the context ends.
func (a *App) Watch(ctx context.Context, by clerk.Clerk, poke <-chan struct{}, each func(Round, error)) {
	a.Courier.Watch(ctx, poke, func() { each(a.Round(ctx, by)) })
}
