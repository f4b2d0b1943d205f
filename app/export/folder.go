package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"

	"github.com/emmansun/gmsm/sm3"
	"github.com/gofrs/flock"

	"lianluo.local/data/disk"
	"lianluo.local/data/problem"
)

// ErrThere says that something lies already where the folder is to stand.
var ErrThere = problem.New("the folder is there already", "这个文件夹已经有了，没有动它。请换一个名字，导出的东西放进新的文件夹。")

// Folder is a folder that is being written, under another name until it is whole.
type Folder struct {
	dir, part string
	lock      *flock.Flock
	Files     []*File // those that are written, in order
	swept     int     // how many were taken away that nobody finished
}

// parted is the name of a folder that is not whole yet, beside where it is to stand.
var parted = regexp.MustCompile(`^\.lianluo-export-[0-9a-f]{8}$`)

// Begin begins a folder, which must not be there yet; where it is to stand has to be. It fails with ErrThere.
func Begin(dir string) (*Folder, error) {
	if _, err := os.Lstat(dir); err == nil {
		return nil, ErrThere
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("export: %w", err)
	}
	place := filepath.Dir(dir)
	f := &Folder{dir: dir, part: filepath.Join(place, fmt.Sprintf(".lianluo-export-%08x", rand.Uint32())), swept: sweep(place)}
	f.lock = flock.New(f.part + ".lock")
	_, _ = f.lock.TryLock() // where there are no locks, nobody takes anything away
	if err := os.Mkdir(f.part, 0o700); err != nil {
		f.let()
		return nil, fmt.Errorf("export: %w", err)
	}
	return f, nil
}

// sweep takes away what programs that were killed left in a place, for citizens' names may lie there: nobody holds its lock
// any more. It says how many folders that were.
func sweep(place string) (n int) {
	there, _ := os.ReadDir(place) // who writes next says why not
	for _, e := range there {
		if !e.IsDir() || !parted.MatchString(e.Name()) {
			continue
		}
		f := Folder{part: filepath.Join(place, e.Name())}
		f.lock = flock.New(f.part + ".lock")
		if free, err := f.lock.TryLock(); err != nil || !free {
			continue
		}
		if disk.RemoveAll(f.part) == nil {
			n++
		}
		f.let()
	}
	return n
}

// Cleared says what was taken away that nobody finished, "" for nothing.
func (f *Folder) Cleared() string {
	if f.swept == 0 {
		return ""
	}
	return fmt.Sprintf("这里有 %d 个以前没有写完就断了的导出，已经清掉。", f.swept)
}

// let lets the lock go, and leaves nothing of it.
func (f *Folder) let() {
	_ = f.lock.Unlock()
	_ = disk.Remove(f.lock.Path())
}

// Abandon takes away what was written, where the folder was not finished.
func (f *Folder) Abandon() {
	for _, file := range f.Files {
		_ = file.f.Close() // a file that is open cannot be taken away everywhere
	}
	_ = disk.RemoveAll(f.part)
	f.let()
}

// Finish writes what is to be known of the folder beside the rest, and lets it stand under its name.
func (f *Folder) Finish(readme string) error {
	file, err := f.Create("README.txt")
	if err == nil {
		_, err = file.Write([]byte(readme))
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return err
	}
	if _, err := os.Lstat(f.dir); err == nil {
		return ErrThere
	}
	if err := disk.Rename(f.part, f.dir); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	f.let()
	return nil
}

// File is one file of a folder, and what came of it once it is closed.
type File struct {
	Name    string // with the folder in it that it lies in: open311/requests.json
	About   string // what it is, for people
	Records int
	Size    int64
	SHA256  string
	SM3     string

	f        *os.File
	b        *bufio.Writer
	sha, sm3 hash.Hash
}

// Create begins a file.
func (f *Folder) Create(name string) (*File, error) {
	path := filepath.Join(f.part, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("export %s: %w", name, err)
	}
	o, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("export %s: %w", name, err)
	}
	file := &File{Name: name, f: o, sha: sha256.New(), sm3: sm3.New()}
	file.b = bufio.NewWriterSize(o, 1<<18)
	f.Files = append(f.Files, file)
	return file, nil
}

// Write is of io.Writer.
func (f *File) Write(b []byte) (int, error) {
	n, err := f.b.Write(b)
	_, _ = f.sha.Write(b[:n])
	_, _ = f.sm3.Write(b[:n])
	f.Size += int64(n)
	return n, err
}

// Close ends a file, and knows its sums from then on.
func (f *File) Close() error {
	if err := errors.Join(f.b.Flush(), f.f.Sync(), f.f.Close()); err != nil {
		return fmt.Errorf("export %s: %w", f.Name, err)
	}
	f.SHA256, f.SM3 = hex.EncodeToString(f.sha.Sum(nil)), hex.EncodeToString(f.sm3.Sum(nil))
	return nil
}
