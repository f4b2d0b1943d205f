package app

import (
	"context"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/right"
	"lianluo.local/data/view"
)

// Lately is what an office asks of the last seven days: how many matters came in, how many units were heard of, and
// how many were not for too long; and how many people its stations added whom it, as a county, has not confirmed.
type Lately struct{ Matters, Heard, Silent, Waiting int }

// Lately counts them.
func (a *App) Lately(ctx context.Context) (n Lately, err error) {
	if !a.guard.May(ctx, right.Look) { // who looks at nothing is told of nothing new
		return n, nil
	}
	since := a.Now().AddDate(0, 0, -7)
	standing := matter.Choose(func(s matter.State) bool { return s != matter.Void })
	if n.Matters, err = view.Count(ctx, a.Store, ledger.Filter{From: since, States: standing}); err != nil {
		return n, err
	}
	if a.Settings.Role == journal.County {
		if _, n.Waiting, err = a.Roster.People(ctx, roster.Filter{State: "waiting", Limit: 1}); err != nil {
			return n, err
		}
	}
	ps, err := a.Courier.Status(ctx)
	units := map[string]bool{}
	for _, p := range ps {
		at, err := time.Parse(time.RFC3339, p.LastHeard)
		if p.Unit != a.Settings.Parent && !p.Revoked && err == nil && at.After(since) {
			units[p.Unit] = true
		}
	}
	n.Heard, n.Silent = len(units), len(a.Courier.Silences(ps))
	return n, err
}
