//go:build beside

package fonts

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

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

// open maps a file and finds the fonts in it. They are not read to the end: that would take as long as all else at the start.
func open(name string) (map[string]func() []byte, error) {
	b, err := view(name)
	if err != nil {
		return nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	r.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderConcurrency(1)))
	fonts := map[string]func() []byte{}
	for _, f := range r.File {
		at, err := f.DataOffset()
		end := at + int64(f.CompressedSize64)
		if err != nil || end < at || end > int64(len(b)) {
			return nil, fmt.Errorf("%s lies beyond the end", f.Name)
		}
		fonts[f.Name] = func() []byte { return b[at:end:end] }
		if f.Method != zip.Store {
			fonts[f.Name] = sync.OnceValue(func() []byte { return unpacked(f) })
		}
	}
	for _, name := range []string{sansRegular, sansBold, songBlack, kai, rare} {
		if fonts[name] == nil {
			return nil, fmt.Errorf("no %s", name)
		}
	}
	return fonts, nil
}

// unpacked is a file of a zip, nil where it is spoilt.
func unpacked(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	b := make([]byte, f.UncompressedSize64)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil
	}
	return b
}
