package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/sealed"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
)

// enter takes the records of a home into use once they are known to be its own: an empty book, another's, or one into
// which the log of another would be written, never takes their place. It fails with ErrNoDatabase; then nothing was
// written.
func enter(ctx context.Context, h home.Home, unit string, keys keyring.Identity, key sealed.Key) (release func(), err error) {
	idle := h.Idle()
	for {
		if release, err = h.Use(); err != nil {
			return nil, err
		}
		err := store.Own(ctx, h.Database(), h.Note(), key, func(r journal.Record) bool { return keys.Wrote(unit, r) })
		if err == nil && (!idle || !store.Mixed(ctx, h.Database(), key)) {
			return release, nil
		}
		release()
		if errors.Is(err, store.ErrForeign) {
			err = fmt.Errorf("%w: %w: %w", errOther, ErrNoDatabase, err)
		} else if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: %w", ErrNoDatabase, err)
		}
		if err != nil {
			return nil, err
		}
		alone, err := h.Alone()
		if err != nil {
			return nil, err
		}
		err = store.Unmix(h.Database(), h.Backups())
		alone()
		if idle = false; err != nil {
			return nil, err
		}
	}
}

// placed fails where the home, or its second place, lies where everybody reads. Sync asks again: a share that does
// not answer keeps nobody from opening the home.
func placed(h home.Home, s settings.Settings) error {
	found := make(chan error, 1)
	go func() { found <- errors.Join(h.Apart(s.Folder), s.Placed()) }()
	select {
	case err := <-found:
		return err
	case <-time.After(time.Second):
		return nil
	}
}
