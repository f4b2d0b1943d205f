package audit

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Log is the log of one home. Any number of programs may write to it at once; each gives it what it has.
type Log struct {
	Dir   string
	Suite string                       // of the home's keys: which hash it is chained with
	Sign  func([]byte) ([]byte, error) // the computer's signature, nil while the home is locked
}

// Append writes lines behind those that are there and numbers them; those that it begins or mends the log with go
// before. It gives the last. What fails is not written at all.
func (l Log) Append(lines ...Line) (head Head, err error) {
	err = l.alone(func() error { head, err = l.append(lines); return err })
	if err != nil {
		return Head{}, fmt.Errorf("audit: %w", err)
	}
	return head, nil
}

// alone keeps others from writing meanwhile. Somebody who hangs keeps nobody waiting for long.
func (l Log) alone(do func() error) error {
	if err := os.MkdirAll(l.Dir, 0o700); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	lock := flock.New(filepath.Join(l.Dir, "lock"))
	if _, err := lock.TryLockContext(ctx, time.Millisecond); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	return do()
}

func (l Log) append(lines []Line) (Head, error) {
	if len(lines) == 0 {
		return l.Head()
	}
	e, err := l.end()
	if err != nil {
		return Head{}, err
	}
	now := lines[0].At
	switch {
	case e.torn > 0:
		lines = append([]Line{{At: now, Do: torn, What: strconv.Itoa(e.torn), Result: Done}}, lines...)
	case e.n == 0:
		lines = append([]Line{{At: now, Do: begin, Result: Done}}, lines...)
	}
	name, size := e.name, e.size
	if e.at.Format("2006-01") != now.Format("2006-01") {
		name, size = fmt.Sprintf("%010d.log", e.n+1), 0
	}
	var b []byte
	for _, line := range lines {
		line.N, line.Prev, line.User, line.What = e.n+1, "", clean(line.User), clean(line.What)
		line.At = line.At.Truncate(time.Second)
		if e.last != nil {
			line.Prev = sum(l.Suite, e.last)
		}
		if e.last, err = bytesOf(line, l.Sign); err != nil {
			return Head{}, err
		}
		e.n++
		b = append(append(b, e.last...), '\n')
	}
	if err := write(filepath.Join(l.Dir, name), size, b); err != nil {
		return Head{}, err
	}
	return Head{e.n, sum(l.Suite, e.last)}, nil
}

// write puts bytes behind the first size of a file, in place of a torn rest; all of them, or none.
func write(name string, size int64, b []byte) (err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Truncate(size); err != nil {
		return err
	}
	if _, err := f.WriteAt(b, size); err != nil {
		return errors.Join(err, f.Truncate(size))
	}
	return nil
}

// Flush brings what was written to the disk.
func (l Log) Flush() error {
	names, err := l.names()
	if err != nil || len(names) == 0 {
		return err
	}
	f, err := os.OpenFile(filepath.Join(l.Dir, names[len(names)-1]), os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

var named = regexp.MustCompile(`^[0-9]{10}\.log$`)

// names are the files, the oldest first.
func (l Log) names() (names []string, err error) {
	es, err := os.ReadDir(l.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	for _, e := range es {
		if named.MatchString(e.Name()) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// end is how the log ends: its last line, and how much of the last file is whole.
type end struct {
	name string
	n    uint64
	at   time.Time
	last []byte // nil where there is no line at all
	size int64
	torn int // bytes behind the last whole line
}

// end looks for it from the back; a file that was begun and has no whole line yet is as if it were not there.
func (l Log) end() (e end, err error) {
	names, err := l.names()
	torn := 0
	for i := len(names) - 1; i >= 0 && e.last == nil && err == nil; i-- {
		e, err = l.endOf(names[i])
		torn += e.torn
	}
	e.torn = torn
	return e, err
}

// endOf reads the end of a file. Where the last line cannot be read, those before it tell its number.
func (l Log) endOf(name string) (e end, err error) {
	f, err := os.Open(filepath.Join(l.Dir, name))
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	all, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return e, err
	}
	b := make([]byte, min(all, 64*most))
	if _, err := f.ReadAt(b, all-int64(len(b))); err != nil {
		return e, err
	}
	whole := bytes.LastIndexByte(b, '\n') + 1
	e = end{name: name, torn: len(b) - whole, size: all - int64(len(b)-whole)}
	if whole == 0 {
		return e, nil
	}
	ls := bytes.Split(b[:whole-1], []byte("\n"))
	e.last, e.n = ls[len(ls)-1], first(name)-1+uint64(len(ls))
	for i := len(ls) - 1; i >= 0; i-- {
		// a number that so many bytes cannot come to is made up
		if line, err := read(ls[i]); err == nil && line.N < first(name)+uint64(all)/32 {
			e.n, e.at = line.N+uint64(len(ls)-1-i), line.At
			break
		}
	}
	return e, nil
}

// first is the number of the first line of a file, as its name says it.
func first(name string) uint64 {
	n, _ := strconv.ParseUint(strings.TrimSuffix(name, ".log"), 10, 64)
	return max(n, 1)
}

// Head is the last line; zero where there is none.
func (l Log) Head() (Head, error) {
	e, err := l.end()
	if err != nil || e.last == nil {
		return Head{}, err
	}
	return Head{e.n, sum(l.Suite, e.last)}, nil
}

// errSeen ends a walk.
var errSeen = errors.New("seen")

// Has says whether a line that was remembered is still there as it was; one that was pruned since may be missing.
func (l Log) Has(h Head) (yes bool, err error) {
	names, err := l.names()
	if err != nil {
		return false, err
	}
	i := len(names) - 1
	for i >= 0 && first(names[i]) > h.N {
		i--
	}
	if h.N == 0 || i < 0 {
		return h.N == 0 || len(names) > 0, nil
	}
	err = l.walk(names[i:i+1], func(b []byte) error {
		if line, err := read(b); err == nil && line.N == h.N {
			yes = sum(suiteOf(h.Hash), b) == h.Hash
			return errSeen
		}
		return nil
	})
	if errors.Is(err, errSeen) {
		err = nil
	}
	return yes, err
}

// walk gives the lines of files, each without its end; one that is longer than any of ours is cut. A rest that was torn
// is not given.
func (l Log) walk(names []string, each func([]byte) error) error {
	for _, name := range names {
		if err := l.walkOne(name, each); err != nil {
			return err
		}
	}
	return nil
}

func (l Log) walkOne(name string, each func([]byte) error) error {
	f, err := os.Open(filepath.Join(l.Dir, name))
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	defer func() { _ = f.Close() }()
	for r := bufio.NewReaderSize(f, 2*most); ; {
		b, err := r.ReadSlice('\n')
		line := bytes.Clone(bytes.TrimSuffix(b, []byte("\n")))
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = r.ReadSlice('\n')
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		if err := each(line); err != nil {
			return err
		}
	}
}
