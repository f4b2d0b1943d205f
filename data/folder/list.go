package folder

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// File is one candidate.
type File struct {
	From     string // unit code: the directory it lies in
	Name     string
	Size     int64     // bytes; may be 0 or above MaxFile, so that it can be shown
	Modified time.Time // as the storage says; good for noticing a change, never for an order
}

// ByName orders files by sender and name.
func ByName(a, b File) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Name, b.Name)) }

var (
	unit = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z-]{0,39}$`)
	ours = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,150}\.(bundle|request|certificate|keychange|keylist)$`)
	ends = []string{".bundle", ".request", ".certificate", ".keychange", ".keylist"}
)

// candidate leaves out hidden and temporary names (.syncthing.x.tmp, ~syncthing~x, ~$x, x.part, x.!sync) and whatever
// is no name on every system or cannot be shown. It is asked of every file of every round, and there may be a hundred
// thousand.
func candidate(name string, kinds ...string) bool {
	if len(kinds) == 0 {
		kinds = ends
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 1 || len(name) > 255 || name[0] == '.' || name[0] == '~' ||
		!slices.ContainsFunc(kinds, func(end string) bool { return strings.EqualFold(end, name[dot:]) }) {
		return false
	}
	for _, r := range name {
		if r < utf8.RuneSelf && (r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r)) || r >= utf8.RuneSelf &&
			unicode.Is(unicode.C, r) {
			return false
		}
	}
	return utf8.ValidString(name)
}

// Inbox lists the candidates for the unit me, by sender, those of each in no order; only those of some kinds
// (".request") where such are named, which costs less. A directory that cannot be read is an error, and the candidates
// of all others are listed beside it.
func (f *Folder) Inbox(me string, kinds ...string) ([]File, error) {
	if !unit.MatchString(me) {
		return nil, fmt.Errorf("%w: %q", ErrName, me)
	}
	senders, err := f.Senders(me)
	var all []File
	for _, s := range senders {
		files, wrong := f.List(me, s, kinds...)
		all, err = append(all, files...), errors.Join(err, wrong)
	}
	return all, err
}

// Units are those for whom something may lie here, by code; where strangers made thousands of such names and the folder
// stood still since, some of them.
func (f *Folder) Units() ([]string, error) { return f.units(".") }

// Senders are those of whom something may lie here for the unit me, as Units are.
func (f *Folder) Senders(me string) ([]string, error) { return f.units(me) }

func (f *Folder) units(dir string) ([]string, error) {
	if found, still := f.Still(dir, "units", ""); still {
		return found, nil
	}
	names, err := f.names(dir)
	names = slices.DeleteFunc(names, func(name string) bool { return !unit.MatchString(name) })
	slices.Sort(names)
	return names, err
}

// MostStrays is how many of the files that lie in a wrong place are told.
const MostStrays = 100

// Strays are candidates that lie where nobody reads them: beside the directories, or beside those of a unit's senders.
func (f *Folder) Strays(me string) (found []string) {
	for _, dir := range []string{".", me} {
		names, still := f.Still(dir, "strays", "")
		if !still {
			names, _ = f.names(dir) // what cannot be read is told of by others
			names = slices.DeleteFunc(names, func(name string) bool { return !candidate(name) })
			slices.Sort(names)
		}
		var here []string
		for _, name := range names {
			if len(here) == MostStrays {
				break
			}
			if info, err := f.root.Lstat(path.Join(dir, name)); err == nil && info.Mode().IsRegular() {
				here = append(here, name)
				found = append(found, path.Join(dir, name))
			}
		}
		if !still {
			f.Found(dir, "strays", "", here...)
		}
	}
	return found[:min(len(found), MostStrays)]
}

// List lists the candidates that lie in one directory, of all kinds or some, in no order; none where there is no such
// directory.
func (f *Folder) List(to, from string, kinds ...string) (files []File, err error) {
	if !unit.MatchString(to) || !unit.MatchString(from) {
		return nil, fmt.Errorf("%w: %q from %q", ErrName, to, from)
	}
	dir, err := f.directory(to, from)
	if dir == nil || err != nil {
		return nil, err
	}
	defer dir.Close()
	seen, err := f.look(dir)
	if err != nil {
		return nil, err
	}
	wanted := func(name string) bool {
		seen.add(name)
		return candidate(name, kinds...)
	}
	err = each(dir, wanted, func(name string, size int64, modified time.Time) {
		files = append(files, File{from, name, size, modified})
	})
	if err == nil {
		f.saw(path.Join(to, from), seen)
	}
	return files, err
}

// Names are the candidates of one directory as List gives them, of whatever kind they are, and costs less.
func (f *Folder) Names(to, from string) ([]string, error) {
	if !unit.MatchString(to) || !unit.MatchString(from) {
		return nil, fmt.Errorf("%w: %q from %q", ErrName, to, from)
	}
	names, err := f.names(to, from)
	return slices.DeleteFunc(names, func(name string) bool { return !candidate(name) }), err
}

// Lies says whether a file lies in its place.
func (f *Folder) Lies(to, from, name string) bool {
	_, err := f.Lying(to, from, name)
	return err == nil
}

// Lying is one candidate as List gives it. It fails with ErrName, ErrNotRegular or the system's error.
func (f *Folder) Lying(to, from, name string) (File, error) {
	if !unit.MatchString(to) || !unit.MatchString(from) || !candidate(name) {
		return File{}, fmt.Errorf("%w: %q", ErrName, path.Join(to, from, name))
	}
	if err := f.real(to, from); err != nil {
		return File{}, err
	}
	info, err := f.root.Lstat(path.Join(to, from, name))
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s: %w", name, ErrNotRegular)
	}
	if err != nil {
		return File{}, err
	}
	return File{from, name, info.Size(), info.ModTime()}, nil
}

// names are all names in the directory at the parts of a path, in no order; none where it is absent.
func (f *Folder) names(parts ...string) ([]string, error) {
	dir, err := f.directory(parts...)
	if dir == nil || err != nil {
		return nil, err
	}
	defer dir.Close()
	seen, err := f.look(dir)
	if err != nil {
		return nil, err
	}
	names, err := dir.Readdirnames(-1)
	for _, name := range names {
		seen.add(name)
	}
	if err == nil {
		f.saw(path.Join(parts...), seen)
	}
	return names, err
}

// directory opens the directory at the parts of a path; nil where there is none.
func (f *Folder) directory(parts ...string) (*os.File, error) {
	if err := f.real(parts...); errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrNotRegular) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return f.root.Open(path.Join(parts...))
}

// real says whether every part of a path is a directory and not a link to one.
func (f *Folder) real(parts ...string) error {
	for i := range parts {
		dir := path.Join(parts[:i+1]...)
		if info, err := f.root.Lstat(dir); err != nil {
			return err
		} else if !info.IsDir() {
			return fmt.Errorf("%s: %w", dir, ErrNotRegular)
		}
	}
	return nil
}
