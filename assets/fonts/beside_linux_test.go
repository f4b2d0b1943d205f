//go:build beside

package fonts

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// What is no file is told as one that is not there is, and nobody waits for it.
func TestLostBehindALink(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{pipe, os.DevNull, "/dev/zero", filepath.Join(dir, "nothing"), file} {
		link := filepath.Join(dir, file)
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
		if fonts, err := sought(link); err == nil {
			t.Errorf("%s is %d fonts", to, len(fonts))
		}
		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
	}
}

// A program that runs keeps its fonts while another one is put in their place, as packages do.
func TestReplacedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	name := packed(t, dir, func(name string, b []byte) (string, []byte) { return name, b })
	fonts, err := sought(name)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "new")
	if err := os.WriteFile(other, bytes.Repeat([]byte("x"), 10), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, name); err != nil {
		t.Fatal(err)
	}
	for name, font := range fonts {
		if string(font()) != name {
			t.Errorf("%s is %q", name, font())
		}
	}
}
