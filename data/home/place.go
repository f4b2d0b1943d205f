package home

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"lianluo.local/data/disk"
)

// Everybody who exchanges reads the shared folder. A home, its copies and whatever else the program writes at
// somebody's word hold names, or keys, and never lie there; nor does the folder lie in a home.

// Where something must not lie. Test with errors.Is.
var (
	ErrInside  = errors.New("file lies inside the home")
	ErrShared  = errors.New("place lies in the shared folder")
	ErrExposed = errors.New("home lies in the shared folder")
	ErrHolds   = errors.New("shared folder lies in the home")
)

// Apart fails with ErrExposed where the home, or a part of it, lies in its shared folder ("" for none) or in another,
// and with ErrHolds where its shared folder lies in it.
func (h Home) Apart(shared string) error {
	if Shared(string(h), shared) {
		return ErrExposed
	}
	real := resolved(string(h))
	for _, part := range []string{h.Database(), h.Search(), h.Settings(), h.Keys(), h.Aside(),
		h.Backups(), h.Papers()} {
		if filepath.Dir(resolved(part)) != real && Shared(part, shared) { // a link
			return ErrExposed
		}
	}
	if shared != "" && Within(shared, string(h)) {
		return ErrHolds
	}
	return nil
}

// marker is the name of the file that makes a directory a shared folder.
const marker = "lianluo.json"

// Shared says whether a place lies in a shared folder: in this one ("" for none), or in any that is marked as one.
func Shared(place, folder string) bool {
	if folder != "" && Within(place, folder) {
		return true
	}
	return above(place, func(dir string) bool {
		info, err := os.Lstat(filepath.Join(dir, marker))
		return err == nil && info.Mode().IsRegular()
	})
}

// Outside fails where a file that somebody named must not be written: with disk.ErrName where this system has no such name,
// with ErrInside among the home's own (its papers and backups are nobody's own), with ErrShared in a shared folder (its own,
// "" for none), and with fs.ErrExist where something stands there that is not an ordinary file.
func (h Home) Outside(name, shared string) error {
	if err := disk.Named(name); err != nil {
		return err
	}
	if Shared(name, shared) {
		return ErrShared
	}
	if dir := resolved(filepath.Dir(name)); Within(name, string(h)) && !alike(dir, resolved(h.Papers())) &&
		!alike(dir, resolved(h.Backups())) {
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

// Within says whether a place, which need not be there yet, is a directory or lies in it, however the two are written:
// links, "..", another spelling on a disk that knows no capitals, a share by its letter or by its name, a directory
// that is mounted a second time. What the disk says is one is one; a directory that is not there now is compared by
// name.
func Within(place, dir string) bool {
	real := resolved(dir)
	is, err := os.Stat(dir)
	return above(place, func(p string) bool {
		info, no := os.Stat(p)
		return alike(p, real) || err == nil && no == nil && os.SameFile(info, is)
	})
}

// above says whether something holds of a place or of a directory above it.
func above(place string, holds func(dir string) bool) bool {
	// the disk goes through links before "..", others after
	for _, p := range []string{resolved(place), resolved(filepath.Clean(place))} {
		for last := ""; p != last; p = filepath.Dir(p) {
			if holds(p) {
				return true
			}
			last = p
		}
	}
	return false
}

// alike says whether two resolved places are one by name.
func alike(a, b string) bool { return a == b || runtime.GOOS == "windows" && strings.EqualFold(a, b) }

// resolved gives the place that a path leads to: absolute, without links, also where its last parts are not there yet.
func resolved(path string) string {
	if runtime.GOOS == "windows" { // it tidies a path before it looks at the disk
		if abs, err := filepath.Abs(path); err == nil {
			path = abs
		}
	}
	if !filepath.IsAbs(path) {
		if here, err := os.Getwd(); err == nil {
			path = here + string(filepath.Separator) + path // not joined, which would take away ".."
		}
	}
	rest := ""
	for links := 0; links < 40; {
		if real, err := led(path); err == nil {
			return filepath.Join(real, rest)
		}
		trimmed := strings.TrimRightFunc(path, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) })
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
