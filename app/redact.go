package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"lianluo.local/app/agenda"
	"lianluo.local/app/archive"
	"lianluo.local/app/ledger"
	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/view"
)

// Expired are the matters of whose citizens more is known than the profile's retention allows, the oldest last; of our
// own table at a station, and of all tables at an office, which holds what they told it.
func (a *App) Expired(ctx context.Context) ([]ledger.View, error) {
	if !a.guard.May(ctx, right.Correct) { // who may redact nobody is told of nobody
		return nil, nil
	}
	f := view.Filter{Expired: a.Ledger.Expiry()}
	if a.Settings.Role == journal.Station {
		f.Unit = a.Settings.Unit
	}
	var list []ledger.View
	for q := (ledger.Query{Filter: f, Limit: 1000}); ; {
		page, err := a.Ledger.Page(ctx, q)
		if list = append(list, page.Matters...); err != nil || !page.More {
			return list, err
		}
		q.Before = list[len(list)-1].Row
	}
}

// ExpiredRounds are the rounds of visits at our own places of which that is so, the oldest first.
func (a *App) ExpiredRounds(ctx context.Context) ([]session.Session, error) {
	if !a.guard.May(ctx, right.Correct) {
		return nil, nil
	}
	return a.Agenda.Expired(ctx, a.Ledger.Expiry())
}

// Redactable is what RedactExpired takes away: of the matters those of our own table alone.
func (a *App) Redactable(ctx context.Context) (list []ledger.View, rounds []session.Session, err error) {
	if list, err = a.Expired(ctx); err == nil {
		list = slices.DeleteFunc(list, func(v ledger.View) bool { return v.Unit != a.Settings.Unit })
		rounds, err = a.ExpiredRounds(ctx)
	}
	return list, rounds, err
}

// tooLong counts both.
func (a *App) tooLong(ctx context.Context) (int, error) {
	list, err := a.Expired(ctx)
	if err != nil {
		return 0, err
	}
	rounds, err := a.ExpiredRounds(ctx)
	return len(list) + len(rounds), err
}

// RedactExpired takes away for good whatever is known of citizens for too long at our table: of matters, and of households
// that were visited. It says of how many.
func (a *App) RedactExpired(ctx context.Context, by clerk.Clerk) (n int, err error) {
	defer func() {
		if n > 0 || err != nil {
			a.note(by, audit.Redact, fmt.Sprintf("expired x%d", n), err)
		}
	}()
	list, rounds, err := a.Redactable(ctx)
	if err != nil {
		return 0, err
	}
	for _, s := range rounds {
		if _, err := a.Agenda.Act(ctx, by, s.ID, agenda.Order{Do: session.Redact, Reason: "term"}); err != nil {
			return n, err
		}
		n++
	}
	var ids []string
	for _, v := range list {
		ids = append(ids, v.ID)
	}
	if len(ids) > 0 {
		err = a.Desk.Redact(ctx, by, "term", ids...)
	}
	if err != nil {
		return n, err
	}
	return n + len(ids), a.Scrub(ctx)
}

// Redact takes away for good what is known of the citizens of matters (desk.Redact), and out of the files and copies of
// this home. Where the latter fails it is tried again in each round; the matters are redacted all the same.
func (a *App) Redact(ctx context.Context, by clerk.Clerk, reason string, ids ...string) (err error) {
	defer func() { a.note(by, audit.Redact, fmt.Sprintf("matters x%d", len(ids)), err) }()
	if err := a.Desk.Redact(ctx, by, reason, ids...); err != nil {
		return err
	}
	return a.Scrub(ctx)
}

// Scrub writes the files of the home anew where something was redacted since, here or by whom we hear from: full text,
// the copies in it and at the second place, the records themselves. The papers that were printed here go, and the copies
// of bundles that were set aside, all of them: nobody tells whom they name; a paper can be printed again, and a bundle
// lies where it came from.
func (a *App) Scrub(ctx context.Context) error {
	mark, err := a.Store.Unscrubbed(ctx)
	if err != nil || mark == "" {
		return err
	}
	if _, err = a.Ledger.Fill(ctx); err == nil {
		err = a.Index.Scrub(ctx)
	}
	bundles, _ := filepath.Glob(filepath.Join(a.Home.Aside(), "*.bundle")) // fails for patterns only
	for _, name := range append(bundles, a.Home.Papers()) {
		err = errors.Join(err, disk.RemoveAll(name))
	}
	_, copies := archive.Scrub(ctx, a.Store, a.Home, a.Second())
	if err = errors.Join(err, copies); err != nil {
		return err
	}
	return a.Store.Scrub(ctx, mark)
}
