package app

import (
	"context"
	"errors"

	"lianluo.local/app/archive"
	"lianluo.local/app/courier"
	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/right"
	"lianluo.local/data/settings"
)

// Round is what came of a round of exchange and of what belongs to it. What goes wrong beside the exchange keeps
// nothing from travelling.
type Round struct {
	courier.Round
	Doubt error // of the clock: nothing lapses by it, what is written travels
	Lapse error // why what nobody rated in time was not closed
	Group error // why stations were not told of people, or of suggestions that concern them
	Scrub error // why what was redacted may still lie in the files of this home
	Copy  error // why this week's copy was not taken; a full disk keeps nobody from sending
	Trip  error // why it was not noted what the stick brought and took
	Pass  error // why the recovery sheet or the office above of today cannot open this home
}

// Round closes what nobody rated in time, takes this week's copy where it is due, and exchanges with the others; by
// is who does it, or who sits at the computer that does it by itself. It fails where the exchange does.
func (a *App) Round(ctx context.Context, by clerk.Clerk) (r Round, err error) {
	if err := a.guard.Ask(ctx, by, right.Exchange); err != nil {
		return r, err
	}
	if r.Doubt = a.Store.Doubts(ctx, a.Now()); r.Doubt == nil {
		_, r.Lapse = a.Office.Lapse(ctx, by)
		_ = errors.Join(a.forget(), a.outworn()) // what is too old goes with the next round
		r.Group = errors.Join(a.Roster.Regroup(ctx, by), a.Docket.Upkeep(ctx, by))
	}
	s := *a.Settings
	s.Second = a.Second()
	copied, err := archive.Weekly(ctx, a.Store, a.Home, s, a.Now())
	if r.Copy = err; copied != "" || err != nil {
		a.note(by, audit.Backup, "weekly", err)
	}
	if copied != "" && s.Second != "" { // it may have been away when something was redacted
		_, r.Scrub = archive.Scrub(ctx, a.Store, a.Home, s.Second)
	}
	r.Round, err = a.Courier.Sync(ctx)
	_, _ = a.look() // what is amiss with a release is told to who asks for one
	r.Trip = a.tripped(r.Round)
	r.Pass = a.entrust(ctx)
	r.Scrub = errors.Join(r.Scrub, a.Scrub(ctx))
	return r, err
}

// TakeIn takes in one bundle that lies anywhere on this computer, as courier.Courier.Take does; by as for Round.
func (a *App) TakeIn(ctx context.Context, by clerk.Clerk, file string) (r courier.Round, err error) {
	if err := a.guard.Ask(ctx, by, right.Exchange); err != nil {
		return r, err
	}
	return a.Courier.Take(ctx, file)
}

// through is what stations report through as of now, as roster asks for it.
func (a *App) through(ctx context.Context) (func(station string) string, error) {
	pic, err := a.Trust.Picture(ctx)
	return pic.Through, err
}

// Watch does a round now and then again, when courier.Watch says, until the context ends.
func (a *App) Watch(ctx context.Context, by clerk.Clerk, poke <-chan struct{}, each func(Round, error)) {
	a.Courier.Watch(ctx, poke, func() { each(a.Round(ctx, by)) })
}

// Second is where the weekly copy goes, too; "" for nowhere.
func (a *App) Second() string {
	if dir := a.second.Load(); dir != nil {
		return *dir
	}
	return a.Settings.Second
}

// SetSecond takes another second place. Of all settings it alone holds without the home being opened again: those
// that the parts at work were given never change under them.
func (a *App) SetSecond(dir string) error {
	if err := a.guard.Sits(context.Background(), right.Backup, right.Rules); err != nil {
		return err
	}
	next, err := settings.Load(a.Home) // the look may have changed since
	if err != nil {
		return err
	}
	next.Second = dir
	if err := next.Save(a.Home); err != nil {
		return err
	}
	a.second.Store(&dir)
	return nil
}
