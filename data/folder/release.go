package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"

	"lianluo.local/data/disk"
	"lianluo.local/data/release"
)

// releases is the directory of newer programs. It has the form of a unit's code, is that of none, and holds no senders.
const releases = "release"

// Releases are the names of files that lie here as releases, the newest by its name first; none is believed by that.
func (f *Folder) Releases() ([]string, error) {
	names, err := f.names(releases)
	names = slices.DeleteFunc(names, func(name string) bool { return release.Version(name) == "" })
	slices.SortFunc(names, release.Later)
	return names, err
}

// OpenRelease opens one of them for reading, and fails as OpenFile does; one may be as large as release.Most says.
func (f *Folder) OpenRelease(name string) (*os.File, int64, error) {
	if release.Version(name) == "" {
		return nil, 0, fmt.Errorf("%w: %q", ErrName, name)
	}
	if err := f.real(releases); err != nil {
		return nil, 0, err
	}
	return f.open(path.Join(releases, name), release.Most)
}

// DropRelease puts a release here as Drop puts a file.
func (f *Folder) DropRelease(name string, write func(io.Writer) error) error {
	if release.Version(name) == "" {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	if err := f.root.Mkdir(releases, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := f.real(releases); err != nil {
		return err
	}
	if err := f.drop(releases, name, release.Most, write); err != nil {
		return err
	}
	f.sync(".")
	return nil
}

// RemoveRelease deletes what lies here as a release, a folder, too. That there is none is success.
func (f *Folder) RemoveRelease(name string) error {
	if release.Version(name) == "" {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	if err := f.real(releases); err != nil {
		return err
	}
	return disk.Patiently(func() error { return f.root.RemoveAll(path.Join(releases, name)) })
}
