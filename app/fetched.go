package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/assets/version"
	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/release"
)

// FetchFile is Fetch of a release in a file that lies anywhere on this computer, whatever whoever sent it called it. It fails
// with ErrUpToDate where this program is as new.
func (a *App) FetchFile(ctx context.Context, file string) (u Update, err error) {
	if err := a.updates(ctx); err != nil {
		return u, err
	}
	defer func() { a.note(a.Clerk(), audit.Update, strings.TrimSpace("take "+u.Version), err) }()
	in, size, err := measured(home.OpenFile(file))
	o, err := a.opened(in, size, err)
	if err != nil {
		return u, err
	}
	defer o.file.Close()
	if !release.Newer(o.Version, version.Number) {
		return u, ErrUpToDate
	}
	if o.ours, err = a.fits(o, release.Name(o.Version)); err != nil {
		return u, err
	}
	u = Update{Manifest: o.Manifest, Package: o.ours}
	return u, a.bring(&u, o)
}

// bring copies what this home needs of a release, as Fetch says.
func (a *App) bring(u *Update, o offer) error {
	done, err := a.Home.Renew()
	if err != nil {
		return err
	}
	defer done()
	if kept, _, err := a.newest(cupboard(a.Home)); err == nil && kept.file != nil {
		if kept.file.Close(); release.Newer(kept.Version, o.Version) {
			return ErrTaken
		}
	}
	of := []release.Package{o.ours}
	if a.Settings.Role != journal.Station {
		of = slices.DeleteFunc(slices.Clone(o.Packages), func(p release.Package) bool { return !o.Holds(p) })
	}
	dir, name := a.Home.Release(), release.Name(o.Version)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("take release: %w", err)
	}
	copied := func(w io.Writer) error { return o.Copy(w, of...) }
	if err := home.WriteFrom(filepath.Join(dir, name), 0o600, copied); err != nil {
		return fmt.Errorf("take release: %w", err)
	}
	u.Kept = true
	return a.clear(name)
}
