package app

import (
	"context"

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
