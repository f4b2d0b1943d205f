package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/assets/version"
	"lianluo.local/data/audit"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/release"
	"lianluo.local/data/right"
)

// Update is a newer program that can be had here; without a Version there is none.
type Update struct {
	release.Manifest
	Package release.Package // for this computer
	Lies    bool            // it lies in the shared folder
	Kept    bool            // it is in this home and can be installed
	Strange []Strange       // what lies there as a newer release and is none for us, the newest first
	Away    error           // why nobody can look into the shared folder
}

// Strange is a file and why it is not taken.
type Strange struct {
	File string
	Why  error
}

// What can be amiss with an update, beside what package release says.
var (
	ErrUpToDate = problem.New("no newer release", "没有找到比 "+version.Number+" 新的版本，不用更新。")
	ErrUntaken  = problem.New("no newer release is kept here", "新版本还没有拷到本机，请先拷（要插上U盘或接上共享文件夹），再装。")
	ErrTaken    = problem.New("a newer release is kept here", "本机已经拷好了更新的版本，没有换成共享文件夹里旧的那一份。可以直接装。")
	errNamed    = problem.New("release is named as another version", "发布文件的名字和里面的版本对不上，没有采用。请查一查是谁改了名字。")
)

// mostReleases is how many newer releases are looked at in one place; whoever laid more there wants to be in the way.
const mostReleases = 50

// offer is a release that is open, believed and newer than this program, with the package for this computer.
type offer struct {
	*release.Release
	ours release.Package
	file *os.File
}

// stand is a place where releases lie.
type stand interface {
	Releases() ([]string, error) // the newest first
	OpenRelease(name string) (*os.File, int64, error)
}

// cupboard is that of a home.
type cupboard home.Home

func (c cupboard) Releases() ([]string, error) {
	files, err := os.ReadDir(home.Home(c).Release())
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, f := range files {
		if release.Version(f.Name()) != "" {
			names = append(names, f.Name())
		}
	}
	slices.SortFunc(names, release.Later)
	return names, err
}

func (c cupboard) OpenRelease(name string) (*os.File, int64, error) {
	return measured(os.Open(filepath.Join(home.Home(c).Release(), name)))
}

func measured(f *os.File, err error) (*os.File, int64, error) {
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// opened reads a file that was opened as a release, if the publisher signed it.
func (a *App) opened(f *os.File, size int64, err error) (o offer, _ error) {
	if err != nil {
		return o, err
	}
	o.file = f
	key, err := release.Key(a.publisher)
	if err == nil {
		o.Release, err = release.Open(f, size, key)
	}
	if err == nil {
		return o, nil
	}
	f.Close()
	return o, fmt.Errorf("release: %w", err)
}

// newest is the newest release of a place that this computer can take; without a file there is none.
func (a *App) newest(s stand) (o offer, strange []Strange, err error) {
	names, err := s.Releases()
	for _, name := range names[:min(len(names), mostReleases)] {
		if !release.Newer(release.Version(name), version.Number) {
			break
		}
		f, size, err := s.OpenRelease(name)
		if errors.Is(err, folder.ErrTooLarge) {
			err = fmt.Errorf("%w: %w", release.ErrForm, err)
		}
		o, err := a.opened(f, size, err)
		if err == nil {
			if o.ours, err = a.fits(o, name); err == nil {
				return o, strange, nil
			}
			o.file.Close()
		}
		strange = append(strange, Strange{name, err})
	}
	return offer{}, strange, err
}

// best is newest where there must be one: else it fails with what is wrong with what lies there, or with none.
func (a *App) best(s stand, none error) (o offer, strange []Strange, err error) {
	if o, strange, err = a.newest(s); err != nil || o.file != nil {
		return o, strange, err
	}
	if strange != nil {
		none = strange[0].Why
	}
	return o, strange, none
}

// fits gives the package of a release that this computer takes.
func (a *App) fits(o offer, name string) (p release.Package, err error) {
	if name != release.Name(o.Version) {
		return p, fmt.Errorf("%w: %s holds %s", errNamed, name, o.Version)
	}
	if p, err = o.For(a.system.OS, a.system.Arch, a.system.Kind); err == nil && !o.Holds(p) {
		err = fmt.Errorf("%w: %s", release.ErrLeft, p.File)
	}
	return p, err
}

// updates asks whether who sits here may change the program.
func (a *App) updates(ctx context.Context) error { return a.guard.Sits(ctx, right.Rules, right.Trust) }

// Update gives the newest program that lies in the shared folder or is kept here. Of a package nothing is read but its size.
// It fails with right.Denied.
func (a *App) Update(ctx context.Context) (u Update, err error) {
	if err := a.updates(ctx); err != nil {
		return u, err
	}
	return a.look()
}

// Newer is what Update gave to whoever asked last, which each round does: a page that everybody opens does not wait for a share
// that is away. It fails with right.Denied.
func (a *App) Newer(ctx context.Context) (u Update, err error) {
	if err := a.updates(ctx); err != nil {
		return u, err
	}
	if last := a.newer.Load(); last != nil {
		u = *last
	}
	return u, nil
}

// look is Update for whoever it is.
func (a *App) look() (u Update, err error) {
	defer func() { a.newer.Store(&u) }()
	kept, strange, err := a.newest(cupboard(a.Home))
	if err != nil {
		return u, fmt.Errorf("release that is kept: %w", err)
	}
	if u.Strange = strange; kept.file != nil {
		u.Manifest, u.Package, u.Kept = kept.Manifest, kept.ours, true
		kept.file.Close()
	}
	f, away := a.Trust.Connect()
	if u.Away = away; away != nil {
		return u, nil
	}
	defer f.Close()
	lies, strange, away := a.newest(f)
	u.Strange, u.Away = append(u.Strange, strange...), away
	if lies.file != nil {
		lies.file.Close()
		if u.Lies = !release.Newer(u.Version, lies.Version); release.Newer(lies.Version, u.Version) {
			u.Manifest, u.Package, u.Kept = lies.Manifest, lies.ours, false
		}
	}
	return u, nil
}

// Fetch copies the newest release from the shared folder into this home: an office all of it, to hand it on, a station what
// it installs itself. What was kept before goes, but not for an older one, which somebody may have laid there again. It fails
// with right.Denied, ErrUpToDate, ErrTaken, home.ErrRenewing, with what is wrong with a release where nothing better lies there,
// as trust.Trust.Connect and release.Release.Copy do; then nothing of it is kept.
func (a *App) Fetch(ctx context.Context) (u Update, err error) {
	if err := a.updates(ctx); err != nil {
		return u, err
	}
	defer func() { a.note(a.Clerk(), audit.Update, strings.TrimSpace("take "+u.Version), err) }()
	f, err := a.Trust.Connect()
	if err != nil {
		return u, err
	}
	defer f.Close()
	o, strange, err := a.best(f, ErrUpToDate)
	if err != nil {
		return u, fmt.Errorf("take release: %w", err)
	}
	defer o.file.Close()
	u = Update{Manifest: o.Manifest, Package: o.ours, Lies: true, Strange: strange}
	return u, a.bring(&u, o)
}

// clear removes what lies beside one file among what is kept of releases.
func (a *App) clear(but string) error {
	files, err := os.ReadDir(a.Home.Release())
	for _, f := range files {
		if f.Name() != but {
			err = errors.Join(err, disk.RemoveAll(filepath.Join(a.Home.Release(), f.Name())))
		}
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("clear releases: %w", err)
	}
	return nil
}

// outworn removes what is kept of releases once the program is as new.
func (a *App) outworn() error {
	if _, err := os.Lstat(a.Home.Release()); err != nil {
		return nil // nothing was ever taken
	}
	done, err := a.Home.Renew()
	if err != nil {
		return err
	}
	defer done()
	o, strange, err := a.newest(cupboard(a.Home))
	if o.file != nil {
		return o.file.Close()
	}
	if err != nil || strange != nil {
		return err
	}
	return a.clear("")
}
