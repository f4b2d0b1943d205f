package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"lianluo.local/app/archive"
	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/store"
)

// Copies are those in the home and in its second place.
func (a *App) Copies() []archive.Copy {
	if dir := a.Second(); dir != "" {
		return archive.Copies(a.Home, dir)
	}
	return archive.Copies(a.Home)
}

// Readable are the copies of a protected home that anybody can read who has them, because they were taken before: in the
// home and in its second place.
func (a *App) Readable() (list []archive.Copy) {
	if !a.key.Given() {
		return nil
	}
	for _, c := range a.Copies() {
		if is, err := pages.Sealed(c.File); err == nil && !is {
			list = append(list, c)
		}
	}
	return list
}

// SealCopies seals those copies, each whole or not at all, and gives the names of those that it could not read; they
// stay as they are. What lay there before is overwritten.
func (a *App) SealCopies(ctx context.Context) (done int, left []string, err error) {
	wraps, err := disk.ReadFile(a.Home.Vault())
	if err == nil {
		err = a.Crew.Guard(ctx, a.Clerk(), right.Backup)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("seal copies: %w", err)
	}
	for _, c := range a.Readable() {
		part := c.File + ".part"
		_ = disk.Remove(part)
		switch err := store.Transcribe(ctx, c.File, sealed.Key{}, part, a.key); {
		case errors.Is(err, store.ErrForeign), errors.Is(store.Fault(err), store.ErrDamaged):
			left = append(left, c.File)
		case err != nil:
			return done, left, errors.Join(fmt.Errorf("seal copies: %w", err), disk.Remove(part))
		default:
			err := pages.Wrap(part, wraps)
			if err == nil {
				err = os.Chtimes(part, c.Taken, c.Taken)
			}
			if err == nil {
				err = home.Replace(part, c.File)
			}
			if err != nil {
				return done, left, fmt.Errorf("seal copies: %w", err)
			}
			done++
		}
		if err := disk.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return done, left, fmt.Errorf("seal copies: %w", err)
		}
	}
	return done, left, nil
}
