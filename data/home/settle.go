package home

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"lianluo.local/data/disk"
)

// A home changes all of its files at one moment by writing the new ones into a folder beside them (Staged) and renaming
// that (Turn): whoever is killed before has changed nothing, and after it the next to open the home puts what is left
// in its place (Settle). The old files are overwritten before they go. A disk that writes elsewhere than it is told
// (SSD) may keep them all the same, as may whoever copied them before.

func (h Home) staged() string { return filepath.Join(string(h), "next.part") }
func (h Home) turned() string { return filepath.Join(string(h), "next") }

// gone is the file that names, a line each, what goes without anything in its place.
const gone = "gone"

// Stage gives an empty folder for the files that are to take the place of those with the same names.
func (h Home) Stage() (dir string, err error) {
	if err = disk.RemoveAll(h.staged()); err == nil {
		err = os.Mkdir(h.staged(), 0o700)
	}
	if err != nil {
		err = fmt.Errorf("stage: %w", err)
	}
	return h.staged(), err
}

// Unstage takes back what was staged.
func (h Home) Unstage() error { return disk.RemoveAll(h.staged()) }

// Turn lets what is staged be the home's, and what is named go. Nobody may work with the records. All that follows
// after the first rename happens again when it is cut short.
func (h Home) Turn(without ...string) error {
	if err := WriteWhole(filepath.Join(h.staged(), gone), []byte(strings.Join(without, "\n")), 0o600); err != nil {
		return fmt.Errorf("turn: %w", err)
	}
	err := filepath.WalkDir(h.staged(), func(name string, d fs.DirEntry, err error) error {
		if err == nil {
			err = synced(name, d.IsDir())
		}
		return err
	})
	if err == nil {
		err = disk.Rename(h.staged(), h.turned())
	}
	if err != nil {
		return fmt.Errorf("turn: %w", err)
	}
	_ = synced(string(h), true)
	return h.settle()
}

// Settle ends what a killed program left: what was only staged goes, what was turned takes its place. It fails with
// ErrUsed where somebody works with the records meanwhile.
func (h Home) Settle() error {
	_, err1 := os.Lstat(h.staged())
	_, err2 := os.Lstat(h.turned())
	if err1 != nil && err2 != nil {
		return nil
	}
	release, err := h.Alone()
	if errors.Is(err, ErrUsed) && err2 != nil {
		return nil // somebody is staging
	}
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	defer release()
	if err := h.Unstage(); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return h.settle()
}

func (h Home) settle() error {
	from := h.turned()
	b, err := os.ReadFile(filepath.Join(from, gone))
	if err != nil {
		if _, none := os.Lstat(from); errors.Is(none, fs.ErrNotExist) {
			return nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("settle: %w", err)
		}
	}
	for name := range strings.SplitSeq(string(b), "\n") {
		if name != "" && filepath.IsLocal(name) {
			if err := Shred(filepath.Join(string(h), name)); err != nil {
				return fmt.Errorf("settle: %w", err)
			}
		}
	}
	err = filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(from, name)
		if err != nil || rel == gone {
			return err
		}
		to := filepath.Join(string(h), rel)
		if d.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		for _, log := range []string{"-wal", "-shm", "-journal"} { // of a database, which belongs to the old one
			if err := Shred(to + log); err != nil {
				return err
			}
		}
		if err := blank(to); err != nil {
			return err
		}
		return disk.Rename(name, to)
	})
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	_ = synced(string(h), true)
	return disk.RemoveAll(from)
}

// Replace lets a file take the place of another, whose bytes are overwritten once they are nobody's.
func Replace(part, name string) error {
	if err := synced(part, false); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return swap(part, name)
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := disk.Rename(part, name); err != nil {
		return errors.Join(err, f.Close())
	}
	return zero(f)
}

// swap replaces where nothing takes the place of an open file: the old bytes have a second name for the moment. A disk
// without links (FAT) has them under that name alone.
func swap(part, name string) error {
	aside := name + ".old"
	is, err := os.Lstat(name)
	if err != nil {
		return err
	}
	if was, err := os.Lstat(aside); err == nil { // a killed program left it
		if !os.SameFile(is, was) {
			err = blank(aside)
		}
		if err := errors.Join(err, disk.Remove(aside)); err != nil {
			return err
		}
	}
	if os.Link(name, aside) != nil {
		if err := disk.Rename(name, aside); err != nil {
			return err
		}
	}
	if err := disk.Rename(part, name); err != nil {
		return errors.Join(err, disk.Rename(aside, name))
	}
	return Shred(aside)
}

// Shred overwrites a file and removes it; one that is not there is no error.
func Shred(name string) error {
	if err := blank(name); err != nil {
		return err
	}
	if err := disk.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// blank overwrites an ordinary file with zeroes where it lies.
func blank(name string) error {
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return zero(f)
}

// zero overwrites an open file and closes it.
func zero(f *os.File) error {
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeroes{}, info.Size())
	}
	return errors.Join(err, f.Sync(), f.Close())
}

type zeroes struct{}

func (zeroes) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// synced lets what was written last; Windows does so for who may write, and never for a folder.
func synced(name string, dir bool) error {
	mode := os.O_RDWR
	if dir {
		mode = os.O_RDONLY
	}
	f, err := os.OpenFile(name, mode, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if dir {
		err = nil
	}
	return errors.Join(err, f.Close())
}
