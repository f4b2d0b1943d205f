//go:build ignore

// Pack writes the fonts of this folder into the file that is named, the same bytes each time.
package main

import (
	"archive/zip"
	"cmp"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
)

func main() {
	if err := pack(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func pack(into string) error {
	files, err := filepath.Glob("assets/fonts/*.ttf")
	if err != nil {
		return err
	}
	f, err := os.Create(into)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := filepath.Base(file)
		if !strings.Contains(name, "Sans") { // what a window shows first
			name, b = name+".zst", packer.EncodeAll(b, nil)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return cmp.Or(z.Close(), f.Close())
}
