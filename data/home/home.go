// Package home knows where one installation's files lie.
//
// A home is one folder: the database, the search index that anybody may delete, the settings, the keys, what was put
// aside, backups, and the papers as they were printed. Nothing in it is ever exchanged; only bundles travel.
package home

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"lianluo.local/data/disk"
)

// Home is the folder of one installation.
type Home string

// Default is where an installation lies unless told otherwise: $LIANLUO_HOME, or the system's application-data folder. On
// Windows that is the one of this computer, for the other (Roaming) is copied over the network while people log on and off;
// a home that lies there already stays.
func Default() (Home, error) {
	if dir := os.Getenv("LIANLUO_HOME"); dir != "" {
		dir, err := filepath.Abs(dir)
		return Home(dir), err
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("application-data folder: %w", err)
	}
	roams := Home(filepath.Join(dir, "lianluo"))
	if runtime.GOOS != "windows" {
		return roams, nil
	}
	if dir, err = os.UserCacheDir(); err != nil {
		return "", fmt.Errorf("application-data folder: %w", err)
	}
	return lying(Home(filepath.Join(dir, "lianluo")), roams), nil
}

// lying gives the first home that was set up, else the first.
func lying(places ...Home) Home {
	if i := slices.IndexFunc(places, Home.Exists); i >= 0 {
		return places[i]
	}
	return places[0]
}

// The files of a home.
func (h Home) Database() string { return filepath.Join(string(h), "lianluo.db") }
func (h Home) Search() string   { return filepath.Join(string(h), "search.db") }
func (h Home) Settings() string { return filepath.Join(string(h), "settings.json") }
func (h Home) Keys() string     { return filepath.Join(string(h), "keys") }
func (h Home) Aside() string    { return filepath.Join(string(h), "aside") }
func (h Home) Backups() string  { return filepath.Join(string(h), "backup") }
func (h Home) Papers() string   { return filepath.Join(string(h), "papers") }
func (h Home) Audit() string    { return filepath.Join(string(h), "audit") } // who looked at what
func (h Home) Log() string      { return filepath.Join(string(h), "lianluo.log") }
func (h Home) Note() string     { return filepath.Join(string(h), "lianluo.life") }
func (h Home) Sheets() string   { return filepath.Join(string(h), "sheets.json") }  // how sheets of others were read
func (h Home) Release() string  { return filepath.Join(string(h), "release") }      // the newer program, before it is installed
func (h Home) Sticks() string   { return filepath.Join(string(h), "sticks.json") }  // over which it exchanges
func (h Home) Place() string    { return filepath.Join(string(h), "window.json") }  // where the window was
func (h Home) Vault() string    { return filepath.Join(h.Keys(), "vault.json") }    // the data key, for who may open it
func (h Home) Raise() string    { return filepath.Join(string(h), "window.raise") } // by a second start, for the first

// Exists says whether the home was set up.
func (h Home) Exists() bool {
	_, err := os.Stat(h.Settings())
	return err == nil
}

// Make makes the folder of a home that was not set up yet, its owner's alone (see own). It fails with disk.ErrName or as the
// system does.
func (h Home) Make() error {
	if h.Exists() {
		return nil
	}
	err := disk.Named(string(h))
	if err == nil {
		err = os.MkdirAll(string(h), 0o700)
	}
	if err == nil {
		err = own(string(h))
	}
	if err != nil {
		return fmt.Errorf("home: %w", err)
	}
	return nil
}

// ErrOpen says that another window works on the home.
var ErrOpen = errors.New("home is open in another window")

// Lock keeps a second window from opening the same home; commands do not need it, the database serves many readers and
// one writer at a time. The returned function lets go; a killed program lets go by itself.
func (h Home) Lock() (release func(), err error) {
	if err := h.Make(); err != nil {
		return nil, err
	}
	l := flock.New(filepath.Join(string(h), "window.lock"))
	switch ok, err := l.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock home: %w", err)
	case !ok:
		return nil, ErrOpen
	}
	return func() { _ = l.Unlock() }, nil
}

// ErrFolder says that a folder stands where a file is wanted.
var ErrFolder = errors.New("is a folder")

// ErrUsed says that some program works with the records of a home, or puts a copy in their place.
var ErrUsed = errors.New("the records of the home are in use")

// ErrRenewing says that some program brings a newer one into a home, or installs it.
var ErrRenewing = errors.New("a newer program is being brought or installed")

// Use keeps the records of a home from being exchanged for a copy while a program works with them, as many as like. It
// fails with ErrUsed while they are exchanged.
func (h Home) Use() (release func(), err error) {
	return h.hold("records.lock", ErrUsed, func(l *flock.Flock) (bool, error) {
		// somebody who asked Idle lets go at once
		ctx, stop := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer stop()
		ok, err := l.TryRLockContext(ctx, 5*time.Millisecond)
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
		return ok, err
	})
}

// Alone is for who exchanges the records: nobody may work with them meanwhile. It fails with ErrUsed.
func (h Home) Alone() (release func(), err error) {
	return h.hold("records.lock", ErrUsed, (*flock.Flock).TryLock)
}

// Renew is for who changes what lies in Release, or runs it: nobody else may meanwhile. It fails with ErrRenewing.
func (h Home) Renew() (release func(), err error) {
	return h.hold("release.lock", ErrRenewing, (*flock.Flock).TryLock)
}

// Idle says whether nobody works with the records of a home at this moment.
func (h Home) Idle() bool {
	release, err := h.Alone()
	if err == nil {
		release()
	}
	return err == nil
}

func (h Home) hold(lock string, held error, try func(*flock.Flock) (bool, error)) (release func(), err error) {
	l := flock.New(filepath.Join(string(h), lock))
	switch ok, err := try(l); {
	case err != nil:
		return nil, fmt.Errorf("lock home: %w", err)
	case !ok:
		return nil, held
	}
	return func() { _ = l.Unlock() }, nil
}

// OpenFile opens a file that somebody named, to be read. It fails with ErrFolder where it is no file, or as the system does.
func OpenFile(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // a pipe would wait for who writes
		return nil, fmt.Errorf("%s: %w", filepath.Base(name), ErrFolder)
	}
	return os.Open(name)
}

// WriteWhole writes a file so that it appears whole or not at all: a temporary name, sync, rename. It fails with
// disk.ErrName where this system has no such name, or as the system does.
func WriteWhole(name string, b []byte, mode os.FileMode) error {
	return WriteFrom(name, mode, func(w io.Writer) error { _, err := w.Write(b); return err })
}

// WriteFrom is WriteWhole of what is too long to be held: write gives the contents. It fails as write does, too.
func WriteFrom(name string, mode os.FileMode, write func(io.Writer) error) (err error) {
	if err := disk.Named(name); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".part-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = disk.Remove(f.Name())
			err = fmt.Errorf("write %s: %w", filepath.Base(name), err)
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = errors.Join(f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return disk.Rename(f.Name(), name)
}
