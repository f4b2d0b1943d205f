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

var all = sync.OnceValues(func() (map[string]func() []byte, error) {
	program, err := os.Executable() // which Linux gives without links, and Windows cannot rid of them on every drive
	if err != nil {
		return nil, lost{err}
	}
	dir := filepath.Dir(program)
	return search(filepath.Join(dir, file), filepath.Join(dir, "..", "share", "lianluo", file))
})

// Lost says that the fonts are not there, as a sentence for people. Then every font is nil, and nothing can be shown.
func Lost() error {
	_, err := all()
	return err
}

func font(name string) []byte {
	fonts, err := all()
	if err != nil {
		return nil
	}
	return fonts[name]()
}

// search opens the first of some files that is there.
func search(files ...string) (map[string]func() []byte, error) {
	for _, name := range files {
		fonts, err := open(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, lost{fmt.Errorf("fonts in %s: %w", name, err)}
		}
		return fonts, nil
	}
	return nil, lost{os.ErrNotExist}
}

// open maps a file and finds the fonts in it, once all of it was read and is as it was packed: what is spoilt, or lies where
// the disk is, is told now and not in the middle of a paper. It is read beside the map, so that the memory that counts as ours
// is what was looked at.
func open(name string) (map[string]func() []byte, error) {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() { // a pipe would wait for who writes
		return nil, cmp.Or(err, errNoFile)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, err
	}
	b, err := view(f, info.Size())
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	fonts := map[string]func() []byte{}
	for _, f := range r.File {
		at, err := f.DataOffset()
		if err == nil {
			err = whole(f)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
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
			return nil, fmt.Errorf("no %s", name)
		}
	}
	return fonts, nil
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

// whole reads a file of a zip to its end, where its sum is compared.
func whole(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return err
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
