package folder

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"runtime"
	"strings"
	"time"

	"lianluo.local/data/disk"
)

// Drop puts a file of the unit from before the unit to: it appears whole, under its name, or not at all, and after a
// failure nothing of it remains. write gives the contents, at most MaxFile bytes. name is lower-case letters, digits
// and hyphens, ending in .bundle, .request, .certificate, .keychange or .keylist.
//
// A file of that name with the same contents is success; with other contents it stays and Drop fails with ErrExists.
// Other errors: ErrName, ErrTooLarge, ErrUnread (a worn stick), ErrNotRegular (a link stands where a directory should),
// what write returned, the system's own (no space, read-only).
func (f *Folder) Drop(to, from, name string, write func(io.Writer) error) error {
	if !unit.MatchString(to) || !unit.MatchString(from) || !ours.MatchString(name) {
		return fmt.Errorf("%w: %q", ErrName, path.Join(to, from, name))
	}
	dir := path.Join(to, from)
	for _, parts := range [][]string{{to}, {to, from}} {
		if err := f.root.Mkdir(path.Join(parts...), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := f.real(parts...); err != nil {
			return err
		}
	}
	if err := f.drop(dir, name, MaxFile, write); err != nil {
		return err
	}
	f.sync(to)
	f.sync(".")
	return nil
}

// Remove deletes a file that the unit from wrote itself, once it is acknowledged or to be written anew. That there is
// none is success.
func (f *Folder) Remove(to, from, name string) error {
	if !unit.MatchString(to) || !unit.MatchString(from) || !ours.MatchString(name) {
		return fmt.Errorf("%w: %q", ErrName, path.Join(to, from, name))
	}
	if err := f.remove(path.Join(to, from, name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// drop writes a file of at most so many bytes into a directory.
func (f *Folder) drop(dir, name string, most int64, write func(io.Writer) error) error {
	f.sweep(dir)
	// another program may write the same
	part, name := path.Join(dir, fmt.Sprintf(".%s.%08x.part", name, rand.Uint32())), path.Join(dir, name)
	defer f.root.Remove(part)
	sum, err := f.fill(part, most, write)
	if err != nil {
		return err
	}
	if read, err := f.sum(part, most); err != nil || !bytes.Equal(read, sum) {
		return errors.Join(fmt.Errorf("%s: %w", name, ErrUnread), err)
	}
	switch there, err := f.sum(name, most); {
	case err == nil && bytes.Equal(there, sum):
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return errors.Join(fmt.Errorf("%s: %w", name, ErrExists), err)
	}
	if err := f.rename(part, name); err != nil {
		return err
	}
	f.sync(dir)
	if runtime.GOOS == "windows" {
		f.flush(name)
	}
	return nil
}

func (f *Folder) rename(from, to string) error {
	return disk.Patiently(func() error { return f.root.Rename(from, to) })
}

func (f *Folder) remove(name string) error {
	return disk.Patiently(func() error { return f.root.Remove(name) })
}

// sweep removes parts that were left by a crash.
func (f *Folder) sweep(dir string) {
	here, err := f.names(strings.Split(dir, "/")...)
	if err != nil {
		return // whoever writes next says so
	}
	for _, name := range here {
		if !strings.HasPrefix(name, ".") || !parted.MatchString(name) {
			continue
		}
		if info, err := f.root.Lstat(path.Join(dir, name)); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			f.root.Remove(path.Join(dir, name))
		}
	}
}

// parted is the name of a file that is not written to its end.
var parted = regexp.MustCompile(`^\..+\.[0-9a-f]{8}\.part$`)

// fill writes a new file to the disk itself and gives the SHA-256 of what it was told to write.
func (f *Folder) fill(part string, most int64, write func(io.Writer) error) ([]byte, error) {
	file, err := f.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	w := &meter{to: file, sum: sha256.New(), left: most}
	err = write(w)
	if err == nil {
		err = w.err
	}
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	return w.sum.Sum(nil), err
}

// meter hashes and counts what passes, and remembers the first error in case the writer forgets it.
type meter struct {
	to   io.Writer
	sum  hash.Hash
	left int64
	err  error
}

func (m *meter) Write(b []byte) (int, error) {
	if m.left -= int64(len(b)); m.left < 0 && m.err == nil {
		m.err = ErrTooLarge
	}
	if m.err != nil {
		return 0, m.err
	}
	m.sum.Write(b)
	n, err := m.to.Write(b)
	m.err = err
	return n, err
}

func (f *Folder) sum(name string, most int64) ([]byte, error) {
	file, _, err := f.open(name, most)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	h := sha256.New()
	_, err = io.Copy(h, file)
	return h.Sum(nil), err
}

// flush makes the name of a file last where a directory cannot be synced, so that a stick may be taken out: what a file's
// disk has to write for it includes its place in the directory.
func (f *Folder) flush(name string) {
	if file, err := f.root.OpenFile(name, os.O_WRONLY, 0); err == nil {
		_ = file.Sync()
		file.Close()
	}
}

// sync makes a rename last; systems that cannot sync a directory (Windows, some network drives) are not blamed.
func (f *Folder) sync(dir string) {
	if d, err := f.root.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
