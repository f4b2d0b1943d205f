package app

import (
	"context"
	"errors"
	"fmt"

	"lianluo.local/app/archive"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/vault"
)

// Records are those of a home, of which copies are looked at and into which they are put back; key as in Options. It
// fails with ErrLocked.
func Records(h home.Home, key sealed.Key) (archive.Records, error) {
	key, err := opened(h, key)
	return archive.Records{Home: h, Kinds: Kinds, Key: key}, err
}

// Records are those of this home, which has to be closed before a copy is put back.
func (a *App) Records() archive.Records {
	return archive.Records{Home: a.Home, Kinds: a.Store.Kinds, Key: a.key}
}

// CatchUp opens a home into which a copy was put, before anybody looks, takes what lies for it in the shared folder, and closes
// it: what was redacted since goes again, here and in its files. Where the folder is away there is nothing to take; what lies
// nowhere yet comes with the next exchange, and until then Troubles tell of it.
func CatchUp(ctx context.Context, o Options) error {
	a, err := Open(ctx, o)
	if err != nil {
		return err
	}
	_, _ = a.Courier.Sync(ctx)
	return errors.Join(a.Scrub(ctx), a.Close())
}

// Why a copy stays sealed.
var (
	ErrThen = problem.New("not a name and password of the copy",
		"姓名或密码和做这份备份时的对不上。请填那时候的（不一定是现在的），看清大小写；想不起来的，用那时候的恢复单。")
	ErrThenSheet = problem.New("not the sheet of the copy", "这张恢复单打不开这份备份。请找做备份的那时候用的那一张，核对单号。")
)

// ByPassword opens a copy that was sealed with another key than this home's (archive.Records.Opens), for whoever had a
// password where and when it was made. It fails with ErrThen.
func ByPassword(user, password string) func(context.Context, []byte) (sealed.Key, error) {
	return func(_ context.Context, wraps []byte) (sealed.Key, error) {
		v, err := vault.Parse(wraps)
		if err != nil {
			return sealed.Key{}, err
		}
		key, _, err := v.ByPassword(user, password)
		return key, meant(err, ErrThen)
	}
}

// BySheet opens one for who has the words of the recovery sheet of then. It fails with ErrThenSheet and the errors
// of keyring.ReadSheet.
func BySheet(words string) func(context.Context, []byte) (sealed.Key, error) {
	return func(_ context.Context, wraps []byte) (sealed.Key, error) {
		v, err := vault.Parse(wraps)
		if err != nil {
			return sealed.Key{}, err
		}
		s, err := keyring.ReadSheet(words)
		if err != nil {
			return sealed.Key{}, err
		}
		own, err := s.Keys(v.Suite())
		if err != nil {
			return sealed.Key{}, err
		}
		key, _, err := v.Open(own)
		return key, meant(err, ErrThenSheet)
	}
}

// meant gives the error that a person hears where a vault did not open.
func meant(err, said error) error {
	if errors.Is(err, vault.ErrWrong) {
		return fmt.Errorf("%w: %w", said, err)
	}
	return err
}
