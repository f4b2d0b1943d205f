// Package folder is a shared folder, the only road between two offices: a USB stick, a network drive, a directory that
// Syncthing keeps in step. It is treated as a stranger's: names and contents may be anything, anybody may write to it,
// and it may be gone, half copied or another one than yesterday.
//
//	lianluo.json                     the marker: which folder this is, and which stick, where sticks are registered
//	<to>/<from>/<file>               what the unit from wrote for the unit to
//	530402/530402002003Z1/up-1-1-100-0123456789abcdef.bundle
//	530402/530402002003Z1/enrol-0123456789.request
//	release/lianluo-1.1.0.release    a newer program, for whoever finds it; any office may have put it there
//
// Rules that make loss impossible rather than unlikely:
//
//   - One writer a directory. Nobody changes a file of another unit, so no synchroniser ever has two versions to merge.
//   - A file appears whole (temporary name, sync, read back, rename) and under a new name; nothing is ever replaced.
//   - A folder without its marker is not connected, never empty: a drive that is not mounted says nothing. With another
//     folder's marker it is the wrong stick, and nothing is read from or written to it.
//   - Absence means nothing. No file is deleted elsewhere because it is missing here.
//   - What lies here is a candidate. A synchroniser's conflict copy, "x (1).bundle" or "x - 副本.bundle" is listed like any
//     other; whether it is to be believed only the contents tell. Temporary files, links, devices and directories are
//     not listed, and everything is opened through os.Root, which does not leave the folder.
//
// A Folder is opened for one round of reading and writing, and closed: a stick pulled out and another put in between
// two rounds is noticed by the marker.
package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
)

// Errors of this package. Test with errors.Is; a full disk or a refused permission comes through as the system's own.
var (
	ErrNotConnected = errors.New("shared folder is not connected")
	ErrUnmarked     = fmt.Errorf("%w: the directory has no marker", ErrNotConnected)
	ErrCut          = fmt.Errorf("%w that can be read", ErrUnmarked)
	ErrOther        = errors.New("this is another shared folder")
	ErrNewer        = errors.New("shared folder was prepared by a newer program")
	ErrName         = errors.New("not a name for the shared folder")
	ErrExists       = errors.New("another file of this name lies in the shared folder")
	ErrUnread       = errors.New("what was written to the shared folder does not read back")
	ErrTooLarge     = errors.New("file is too large")
	ErrNotRegular   = errors.New("not an ordinary file")
)

// MaxFile is the greatest size in bytes of a file that is opened or dropped.
const MaxFile = 64 << 20

const marker = "lianluo.json"

type mark struct {
	Folder  string `json:"folder"`
	Version int    `json:"version"`
	Stick   string `json:"stick,omitempty"` // which stick of this folder it is
	cut     bool   // something lies there that says neither
}

// Folder is one shared folder, open for one round.
type Folder struct {
	root  *os.Root
	stick string
	round *round // nil where everything is looked at
}

// Prepare makes the directory dir the shared folder of the given id (a UUID), or finds that it is one already, and
// gives the id that it now carries, to be kept and handed to Open. A marker that cannot be read, because a stick was
// pulled out or somebody's editor had it, is written anew. It fails with ErrNotConnected where there is no directory.
func Prepare(dir, id string) (string, error) {
	f, m, err := connect(dir)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if m.Folder != "" {
		return m.Folder, nil
	}
	if err := f.remove(marker); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	b, _ := json.Marshal(mark{Folder: id, Version: 1})
	if err := f.drop(".", marker, MaxFile,
		func(w io.Writer) error { _, err := w.Write(append(b, '\n')); return err }); err != nil {
		return "", err
	}
	return id, nil
}

// Open opens the shared folder at dir, which must carry the marker with this id. It fails with ErrNotConnected where
// there is no directory or no marker that can be read (with ErrUnmarked, which is one, where there is none, and with
// ErrCut, which is one again, where there is half of one), with ErrNotRegular, ErrOther or ErrNewer.
func Open(dir, id string) (*Folder, error) {
	f, m, err := connect(dir)
	switch {
	case err != nil:
		return nil, err
	case m.cut:
		err = fmt.Errorf("%w: %s in %s", ErrCut, marker, dir)
	case m.Folder == "":
		err = fmt.Errorf("%w: %s in %s", ErrUnmarked, marker, dir)
	case m.Folder != id:
		err = fmt.Errorf("%w: %s is %q", ErrOther, dir, m.Folder)
	default:
		return f, nil
	}
	f.Close()
	return nil, err
}

// Stick is the id that the stick was given by Label, "" for none: a folder that was never registered, or a copy of one.
func (f *Folder) Stick() string { return f.stick }

// Label gives the stick at dir an id of its own (a UUID), and gives the one that it carries: that it was given before,
// where it was. It fails as Open does.
func Label(dir, id, stick string) (string, error) {
	f, err := Open(dir, id)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if f.stick != "" {
		return f.stick, nil
	}
	b, _ := json.Marshal(mark{Folder: id, Version: 1, Stick: stick})
	part := fmt.Sprintf(".%s.%08x.part", marker, rand.Uint32())
	defer f.root.Remove(part)
	if _, err := f.fill(part, MaxFile, func(w io.Writer) error { _, err := w.Write(append(b, '\n')); return err }); err != nil {
		return "", err
	}
	if err := f.rename(part, marker); err != nil {
		return "", err
	}
	f.sync(".")
	return stick, nil
}

// connect opens dir and reads its marker, which is zero but for cut where none can be read.
func connect(dir string) (*Folder, mark, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, mark{}, fmt.Errorf("%w: %w", ErrNotConnected, err)
	}
	f := &Folder{root: root}
	m, err := f.mark()
	if err != nil {
		f.Close()
		return nil, mark{}, fmt.Errorf("%s in %s: %w", marker, dir, err)
	}
	f.stick = m.Stick
	return f, m, nil
}

func (f *Folder) mark() (m mark, err error) {
	file, _, err := f.open(marker, 4<<10)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return m, nil
	case errors.Is(err, ErrTooLarge):
		return mark{cut: true}, nil
	case errors.Is(err, ErrNotRegular):
		return m, err
	case err != nil:
		return m, fmt.Errorf("%w: %w", ErrNotConnected, err)
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if err != nil {
		return m, fmt.Errorf("%w: %w", ErrNotConnected, err)
	}
	switch err := json.NewDecoder(bytes.NewReader(b)).Decode(&m); {
	case err != nil || m.Folder == "" || m.Version < 1:
		return mark{cut: true}, nil
	case m.Version > 1:
		return m, fmt.Errorf("%w: version %d", ErrNewer, m.Version)
	}
	return m, nil
}

// Close ends the round.
func (f *Folder) Close() error { return f.root.Close() }

// OpenFile opens one candidate for reading and gives its size in bytes. It fails with ErrNotRegular, ErrTooLarge,
// ErrName or the system's error.
func (f *Folder) OpenFile(to, from, name string) (*os.File, int64, error) {
	if !unit.MatchString(to) || !unit.MatchString(from) || !candidate(name) {
		return nil, 0, fmt.Errorf("%w: %q", ErrName, path.Join(to, from, name))
	}
	if err := f.real(to, from); err != nil {
		return nil, 0, err
	}
	return f.open(path.Join(to, from, name), MaxFile)
}

// open looks before it opens (a pipe would wait for ever) and again after (a link may have come in between).
func (f *Folder) open(name string, most int64) (*os.File, int64, error) {
	before, err := f.root.Lstat(name)
	if err != nil {
		return nil, 0, err
	}
	if !before.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%s: %w", name, ErrNotRegular)
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	switch {
	case err != nil:
	case !os.SameFile(before, info):
		err = fmt.Errorf("%s: %w", name, ErrNotRegular)
	case info.Size() > most:
		err = fmt.Errorf("%s: %w: %d bytes", name, ErrTooLarge, info.Size())
	default:
		return file, info.Size(), nil
	}
	file.Close()
	return nil, 0, err
}
