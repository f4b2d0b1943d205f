package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/view"
)

// Copy is a file that may be put back.
type Copy struct {
	File  string
	Taken time.Time // when the file was written
	Size  int64     // bytes
}

// Replaced says whether it is what lay in the home before another copy was put back.
func (c Copy) Replaced() bool {
	return strings.HasPrefix(filepath.Base(filepath.Dir(c.File)), "replaced-")
}

// Copies are those that lie in a home and in further folders, the newest first and what was replaced last. A folder
// that is not there, or has no name, has none.
func Copies(h home.Home, further ...string) (list []Copy) {
	for _, pattern := range append([]string{filepath.Join(h.Backups(), "*"), h.Backups()}, further...) {
		if pattern == "" {
			continue
		}
		files, _ := filepath.Glob(filepath.Join(pattern, "*.db")) // fails for patterns only, and then finds nothing
		for _, file := range files {
			known := slices.ContainsFunc(list, func(c Copy) bool { return c.File == file })
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && !known {
				list = append(list, Copy{file, info.ModTime(), info.Size()})
			}
		}
	}
	rank := func(c Copy) int { return map[bool]int{true: 1}[c.Replaced()] }
	slices.SortStableFunc(list, func(a, b Copy) int { return cmp.Or(rank(a)-rank(b), b.Taken.Compare(a.Taken)) })
	return list
}

// Take writes a verified copy into a folder, a stick for example, and gives its name.
func Take(
	ctx context.Context, db *store.Store, h home.Home, s settings.Settings, dir string, now time.Time) (string, error) {
	name := filepath.Join(dir, fmt.Sprintf("联络站备份-%s-%s.db", s.Unit, now.Format("20060102-150405")))
	if dir == "" {
		name = filepath.Join(h.Backups(), now.Format("taken-20060102-150405.db"))
	} else if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", fmt.Errorf("copy to %s: %w", dir, errors.Join(err, os.ErrNotExist))
	} else if err := h.Outside(name, s.Folder); err != nil {
		return "", err
	}
	return name, db.Backup(ctx, name)
}

// Contents is what a copy holds.
type Contents struct {
	Matters int
	Newest  string    // the number given last
	Last    time.Time // when that matter was written down
}

// Look verifies a copy by opening it and says what it holds; the file stays as it is. It fails with ErrOther, ErrBad
// or ErrLocked.
func (rs Records) Look(ctx context.Context, file string) (c Contents, err error) {
	h := rs.Home
	s, err := settings.Load(h)
	if err != nil {
		return c, err
	}
	part := h.Database() + ".looked-at"
	defer clear(part) //nolint:errcheck // it is tried again with the next look
	if err := rs.bring(ctx, file, part, s.Folder); err != nil {
		return c, err
	}
	db, err := store.Open(ctx, store.Options{Path: part, Backups: before(part), Kinds: rs.Kinds, Unit: s.Unit, Key: rs.Key})
	if err != nil {
		return c, errors.Join(ErrBad, err)
	}
	defer db.Close()
	if err := sound(ctx, db, s); err != nil {
		return c, err
	}
	if c.Matters, err = view.Count(ctx, db, view.Filter{}); err != nil {
		return c, err
	}
	newest, err := view.Page(ctx, db, view.Filter{}, 0, 1)
	for _, f := range newest {
		c.Newest, c.Last = f.Number, f.Occurred
	}
	return c, err
}
