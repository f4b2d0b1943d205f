package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lianluo.local/app/archive"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
)

// Rebuild makes the lists again from the journal, and full text from the lists.
func (a *App) Rebuild(ctx context.Context) error {
	if err := a.Store.Rebuild(ctx); err != nil {
		return err
	}
	return a.reindex(ctx)
}

// reindex fills full text anew.
func (a *App) reindex(ctx context.Context) error {
	if err := a.Index.Put(ctx, 0, nil); err != nil {
		return err
	}
	_, err := a.Ledger.Fill(ctx)
	return err
}

// ErrAltered is what is said of Altered.
var ErrAltered = store.ErrAltered

// Verdict is what a check comes to, so that somebody can be told what to do.
type Verdict int

// The verdicts, from all is well to the worst.
const (
	Sound   Verdict = iota
	Behind          // others hold more of ours than we do: it comes back by itself
	Wanting         // besides, private words of ours are not here: a recovery sheet may open them
	Altered         // somebody else put something into the database
	Unsound         // the records do not fit together
)

// Check verifies the records from the bottom up and says what the findings come to. It changes nothing.
func (a *App) Check(ctx context.Context) (rep store.Report, v Verdict, err error) {
	rep, err = a.Store.Check(ctx, a.Settings.Unit)
	switch n := len(rep.Problems); {
	case rep.OK:
		v = Sound
	case n == rep.Behind:
		v = Behind
	case n == rep.Behind+rep.Bare:
		v = Wanting
	case rep.Altered > 0:
		v = Altered
	default:
		v = Unsound
	}
	return rep, v, err
}

// Fill brings full text up to what was saved, and then the log of the saves back into the database, so that no save
// has to wait for either. It asks the store: other programs write to it, too.
func (a *App) Fill(ctx context.Context) error {
	n, err := a.Ledger.Fill(ctx)
	if n > 0 {
		err = errors.Join(err, a.Store.Tidy(ctx))
	}
	return err
}

// Daily says whether something is to be said today (a date) that is said once a day, and remembers that it was.
func (a *App) Daily(ctx context.Context, what, today string) bool {
	last, err := a.Store.Noted(ctx, what)
	if err == nil && last != today {
		err = a.Store.Note(ctx, what, today, a.Now())
	}
	return err != nil || last != today
}

// Copy takes a verified copy of the records, with what is needed to put it back, into a folder, the home's own for "".
func (a *App) Copy(ctx context.Context, dir string) error {
	own := settings.Settings{Unit: a.Settings.Unit, Folder: a.Settings.Folder}
	_, err := archive.Take(ctx, a.Store, a.Home, own, dir, a.Now())
	return err
}

// Backup copies the records whole into a file, outside of the home and of what others read, and proves the copy.
func (a *App) Backup(ctx context.Context, file string) error {
	if err := a.Home.Outside(file, a.Settings.Folder); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil { // one that was mistyped is not made
		return fmt.Errorf("backup: %w", err)
	}
	return a.Store.Backup(ctx, file)
}
