package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/assets/version"
	"lianluo.local/data/audit"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/release"
)

// Why a release is not published, beside what package release says.
var (
	ErrOlder = problem.New("release is older than this program", "这个发布文件比本机的程序（"+version.Number+"）还旧，没有放进去。")
	ErrBelow = problem.New("a station publishes nothing", "发布文件由县里、市里放进共享文件夹，站里等着看见新版本就好。")
)

// Making is what a publisher makes a release of, at no home: the version, what is new in Chinese, the day, and the files of his
// private key and of the packages.
type Making struct {
	Version, Notes string
	At             time.Time
	Key            string
	Packages       []string
}

// MakeRelease writes a release into a file that is named as its version; the same input gives the same bytes. It fails with
// problem.Problems about "out" or "package", with release.ErrSecret, and where reading or writing does.
func MakeRelease(file string, m Making) error {
	if name := release.Name(m.Version); filepath.Base(file) != name || release.Version(name) == "" {
		return problem.Problems{"out": "请写成 lianluo-版本.release，版本像 1.1.0 这样三个数"}
	}
	key, err := release.Secret(m.Key)
	if err != nil {
		return err
	}
	said := release.Manifest{Version: m.Version, Notes: m.Notes, At: m.At}
	return home.WriteFrom(file, 0o644, func(w io.Writer) error { return release.Make(w, key, said, m.Packages...) })
}

// Publish puts a release into the shared folder, for all who exchange over it: whole, or not at all; one that Fetch brought
// where file is "". Who has it lying there already is done. Older releases go. It fails with right.Denied, ErrBelow, ErrOlder,
// ErrUntaken, as trust.Trust.Connect, folder.Folder.Drop and as package release does.
func (a *App) Publish(ctx context.Context, file string) (m release.Manifest, err error) {
	if err := a.updates(ctx); err != nil {
		return m, err
	}
	defer func() { a.note(a.Clerk(), audit.Update, strings.TrimSpace("publish "+m.Version), err) }()
	if a.Settings.Role == journal.Station {
		return m, ErrBelow
	}
	if file == "" {
		kept, err := cupboard(a.Home).Releases()
		if err != nil || len(kept) == 0 {
			return m, cmp.Or(err, ErrUntaken)
		}
		file = filepath.Join(a.Home.Release(), kept[0])
	}
	in, size, err := measured(home.OpenFile(file))
	o, err := a.opened(in, size, err)
	if err != nil {
		return m, err
	}
	defer o.file.Close()
	if m = o.Manifest; release.Newer(version.Number, m.Version) {
		return m, ErrOlder
	}
	f, err := a.Trust.Connect()
	if err != nil {
		return m, err
	}
	defer f.Close()
	if err := a.put(f, o); err != nil {
		return m, fmt.Errorf("publish release: %w", err)
	}
	return m, a.succeed(f, m.Version)
}

// put drops a release, all of it.
func (a *App) put(f *folder.Folder, o offer) error {
	name := release.Name(o.Version)
	whole := func(w io.Writer) error { return o.Copy(w, o.Packages...) }
	err := f.DropRelease(name, whole)
	if !errors.Is(err, folder.ErrExists) { // of another file of that name nobody knows who put it there
		return err
	}
	if err := f.RemoveRelease(name); err != nil {
		return err
	}
	return f.DropRelease(name, whole)
}

// succeed removes the releases from a folder that were believed before another version came.
func (a *App) succeed(f *folder.Folder, by string) error {
	names, err := f.Releases()
	for _, name := range names {
		if !release.Newer(by, release.Version(name)) {
			continue
		}
		file, size, wrong := f.OpenRelease(name)
		if o, wrong := a.opened(file, size, wrong); wrong == nil {
			o.file.Close()
			err = errors.Join(err, f.RemoveRelease(name))
		}
	}
	if err != nil {
		return fmt.Errorf("older releases: %w", err)
	}
	return nil
}
