//go:build beside

package fonts

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unsafe"
	"weak"

	"github.com/klauspost/compress/zstd"
)

const file = "lianluo.fonts"

// lost is the sentence of Lost.
type lost struct{ error }

func (l lost) Error() string {
	return "打不开程序的字体文件 " + file + "：它不在，不完整，或者不是这一版的。请重新安装程序；您的记录没有动。"
}

func (l lost) Unwrap() error { return l.error }

// set are the fonts of a file, by name, and whether all of it is as it was packed, which is being looked at meanwhile.
type set struct {
	fonts map[string]func() []byte
	sound func() error
}

var all = sync.OnceValues(func() (s set, err error) {
	program, err := os.Executable() // which Linux gives without links, and Windows cannot rid of them on every drive
	if err != nil {
		return s, lost{err}
	}
	dir := filepath.Dir(program)
	return search(filepath.Join(dir, file), filepath.Join(dir, "..", "share", "lianluo", file))
})

// Lost says that the fonts are not there, as a sentence for people. Then every font is nil, and nothing can be shown.
func Lost() error {
	s, err := all()
	if err != nil {
		return err
	}
	return s.sound()
}

func font(name string) []byte {
	s, err := all()
	if err != nil {
		return nil
	}
	return s.fonts[name]()
}

// search opens the first of some files that is there.
func search(files ...string) (s set, err error) {
	for _, name := range files {
		s, err = open(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			return set{}, lost{fmt.Errorf("fonts in %s: %w", name, err)}
		}
		return s, nil
	}
	return set{}, lost{os.ErrNotExist}
}

// open maps a file and finds the fonts in it, and reads all of it meanwhile, while the rest of the program begins: what is
// spoilt, or lies where the disk is, is told then and not in the middle of a paper. It is read beside the map, so that the
// memory that counts as ours is what was looked at.
func open(name string) (s set, err error) {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() { // a pipe would wait for who writes
		return s, cmp.Or(err, errNoFile)
	}
	f, err := os.Open(name)
	if err != nil {
		return s, err
	}
	r, fonts, err := opened(f)
	if err != nil {
		return s, errors.Join(err, f.Close())
	}
	sound := make(chan error, 1)
	go func() {
		defer f.Close()
		sound <- whole(r.File)
	}()
	return set{fonts, sync.OnceValue(func() error { return <-sound })}, nil
}

// opened are the fonts that a file lists.
func opened(f *os.File) (r *zip.Reader, fonts map[string]func() []byte, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if r, err = zip.NewReader(f, info.Size()); err != nil {
		return nil, nil, err
	}
	b, err := view(f, info.Size())
	if err != nil {
		return nil, nil, fmt.Errorf("map: %w", err)
	}
	fonts = map[string]func() []byte{}
	for _, f := range r.File {
		at, err := f.DataOffset()
		if err != nil || uint64(at)+f.CompressedSize64 > uint64(len(b)) {
			return nil, nil, fmt.Errorf("%s: %w", f.Name, cmp.Or(err, zip.ErrFormat))
		}
		data := b[at:][:f.CompressedSize64:f.CompressedSize64]
		name, packed := strings.CutSuffix(f.Name, ".zst")
		fonts[name] = func() []byte { return data }
		if packed {
			fonts[name] = whileUsed(func() []byte { return unpacked(data) })
		}
	}
	for _, name := range []string{sansRegular, sansBold, songBlack, kai, rare} {
		if fonts[name] == nil {
			return nil, nil, fmt.Errorf("no %s", name)
		}
	}
	return r, fonts, nil
}

// whileUsed gives the same bytes as long as somebody has them, and then makes them again: 61 MB are much for a window that
// waits for people.
func whileUsed(made func() []byte) func() []byte {
	var lock sync.Mutex
	var first weak.Pointer[byte]
	n := 0
	return func() []byte {
		lock.Lock()
		defer lock.Unlock()
		if b := first.Value(); b != nil {
			return unsafe.Slice(b, n)
		}
		b := made()
		if n = len(b); n > 0 {
			first = weak.Make(&b[0])
		}
		return b
	}
}

var errNoFile = errors.New("not an ordinary file")

// whole reads files of a zip to their ends, where their sums are compared.
func whole(files []*zip.File) error {
	for _, f := range files {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(io.Discard, r)
			err = errors.Join(err, r.Close())
		}
		if err != nil {
			return lost{fmt.Errorf("%s: %w", f.Name, err)}
		}
	}
	return nil
}

// unpacked is a font as it was before it was packed, nil of what is spoilt: somebody wrote over the file meanwhile.
func unpacked(data []byte) []byte {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil
	}
	defer z.Close()
	b, err := z.DecodeAll(data, nil)
	if err != nil {
		return nil
	}
	return b
}
