package home

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Everybody who exchanges reads the shared folder. A home, its copies and whatever else the program writes at somebody's word hold names,
// or keys, and never lie there; nor does the folder lie in a home.

// Where something must not lie. Test with errors.Is.
var (
	ErrInside  = errors.New("file lies inside the home")
	ErrShared  = errors.New("place lies in the shared folder")
	ErrExposed = errors.New("home lies in the shared folder")
	ErrHolds   = errors.New("shared folder lies in the home")
)

// Apart fails with ErrExposed or ErrHolds where one of home and shared folder ("" for none) lies in the other.
func (h Home) Apart(shared string) error {
	switch {
	case shared == "":
		return nil
	case Within(string(h), shared):
		return ErrExposed
	case Within(shared, string(h)):
		return ErrHolds
	}
	return nil
}

// Outside fails where a file that somebody named must not be written: with ErrInside among the home's own (its papers and backups are
// nobody's own), with ErrShared in the shared folder ("" for none), and with fs.ErrExist where something stands there that is not an
// ordinary file.
func (h Home) Outside(name, shared string) error {
	if shared != "" && Within(name, shared) {
		return ErrShared
	}
	if dir := resolved(filepath.Dir(name)); Within(name, string(h)) && dir != resolved(h.Papers()) && dir != resolved(h.Backups()) {
		return ErrInside
	}
	switch info, err := os.Lstat(name); {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s: %w", filepath.Base(name), ErrFolder)
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s: %w", filepath.Base(name), os.ErrExist)
	}
	return nil
}

// Within says whether a place, which need not be there yet, is a directory or lies in it, however the two are written: links, "..",
// another spelling on a disk that knows no capitals, a share by its letter or by its name, a directory that is mounted a second time.
// What the disk says is one is one; a directory that is not there now is compared by name.
func Within(place, dir string) bool {
	for _, place := range []string{resolved(place), resolved(filepath.Clean(place))} { // the disk goes through links before "..", others after
		for p := place; ; p = filepath.Dir(p) {
			if p == resolved(dir) || same(p, dir) {
				return true
			}
			if p == filepath.Dir(p) {
				break
			}
		}
	}
	return false
}

func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// resolved gives the place that a path leads to: absolute, without links, also where its last parts are not there yet.
func resolved(path string) string {
	if !filepath.IsAbs(path) {
		if here, err := os.Getwd(); err == nil {
			path = here + string(filepath.Separator) + path // not joined, which would take away ".."
		}
	}
	rest := ""
	for links := 0; links < 40; {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Join(real, rest)
		}
		trimmed := strings.TrimRight(path, `/`+string(filepath.Separator))
		dir, last := filepath.Split(trimmed)
		if last == "" || dir == path {
			break
		}
		if to, err := os.Readlink(trimmed); err == nil { // to what is not there yet
			if links++; !filepath.IsAbs(to) {
				to = dir + to
			}
			path = to
			continue
		}
		path, rest = dir, filepath.Join(last, rest)
	}
	return filepath.Join(path, rest)
}
