//go:build beside

package fonts

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// packed writes a file of fonts, changed by alter: packed, but the first.
func packed(t *testing.T, dir string, alter func(name string, b []byte) (string, []byte)) string {
	t.Helper()
	var out bytes.Buffer
	z, end := zip.NewWriter(&out), ""
	packer, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, font := range []string{sansRegular, sansBold, songBlack, kai, rare} {
		name, b := alter(font, []byte(font))
		if end != "" {
			b = packer.EncodeAll(b, nil)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name + end, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
		end = ".zst"
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, file)
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// sought are the fonts of the first file that is there, once all of it was looked at.
func sought(files ...string) (map[string]func() []byte, error) {
	s, err := search(files...)
	if err == nil {
		err = s.sound()
	}
	if err != nil {
		return nil, err
	}
	return s.fonts, nil
}

// The fonts lie beside the program or in the second place, and what lies first counts.
func TestBeside(t *testing.T) {
	as := func(mark string) func(string, []byte) (string, []byte) {
		return func(name string, b []byte) (string, []byte) { return name, append(b, mark...) }
	}
	beside, shared := packed(t, t.TempDir(), as("beside")), packed(t, t.TempDir(), as("shared"))
	for _, c := range []struct {
		places []string
		want   string
	}{
		{[]string{beside, shared}, "beside"},
		{[]string{filepath.Join(t.TempDir(), file), shared}, "shared"},
	} {
		fonts, err := sought(c.places...)
		if err != nil || len(fonts) != 5 {
			t.Fatalf("%v: %d fonts, %v", c.places, len(fonts), err)
		}
		for name, b := range fonts {
			if string(b()) != name+c.want {
				t.Errorf("%s is %q", name, b())
			}
		}
	}
}

// A packed font is unpacked once while somebody has it, and given back when nobody has it any more.
func TestPackedIsGivenBack(t *testing.T) {
	made := 0
	font := whileUsed(func() []byte {
		made++
		return bytes.Repeat([]byte("字"), 1<<16)
	})
	first := font()
	for range 3 {
		if runtime.GC(); &font()[0] != &first[0] || len(font()) != 3<<16 {
			t.Fatal("another font is given while somebody has it")
		}
	}
	runtime.KeepAlive(first)
	runtime.GC()
	if b := font(); made != 2 || !bytes.Equal(b[:3], []byte("字")) {
		t.Errorf("it was unpacked %d times", made)
	}
}

// A file that is not there, or not whole, or another, is told in a sentence and never shown in parts.
func TestLost(t *testing.T) {
	same := func(name string, b []byte) (string, []byte) { return name, b }
	whole, err := os.ReadFile(packed(t, t.TempDir(), same))
	if err != nil {
		t.Fatal(err)
	}
	written := func(b []byte) string {
		name := filepath.Join(t.TempDir(), file)
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	files := map[string]string{
		"none":     filepath.Join(t.TempDir(), file),
		"a folder": t.TempDir(),
		"empty":    written(nil),
		"words":    written([]byte("这不是字体")),
		"one less": packed(t, t.TempDir(), func(name string, b []byte) (string, []byte) {
			return strings.TrimPrefix(name, "Noto"), b
		}),
	}
	one := filepath.Join(t.TempDir(), file)
	for n := 0; n < len(whole); n += 5 {
		spoilt := bytes.Clone(whole)
		spoilt[n] ^= 0x40
		for _, b := range [][]byte{whole[:n], spoilt} {
			if err := os.WriteFile(one, b, 0o644); err != nil {
				t.Fatal(err)
			}
			fonts, err := sought(one)
			if err != nil {
				continue
			}
			for name, font := range fonts { // what says nothing of them, as the date of packing, may be anything
				if !strings.HasPrefix(string(font()), name) {
					t.Errorf("byte %d: %s is %q", n, name, font())
				}
			}
			if len(b) < len(whole) {
				t.Errorf("%d of %d bytes are %d fonts", n, len(whole), len(fonts))
			}
		}
	}
	for what, name := range files {
		fonts, err := sought(name)
		if err == nil || len(fonts) > 0 || !strings.Contains(err.Error(), "请重新安装程序") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %d fonts, %v", what, len(fonts), err)
		}
	}
}
