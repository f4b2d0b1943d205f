package home

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A directory that is mounted a second time is the same.
func TestWithinAMount(t *testing.T) {
	dir := t.TempDir()
	share, again := filepath.Join(dir, "share"), filepath.Join(dir, "again")
	for _, d := range []string{share, again} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mount(share, again, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("only root may mount a directory again: %v", err)
	}
	defer syscall.Unmount(again, syscall.MNT_DETACH) //nolint:errcheck // the test is over
	if !Within(filepath.Join(again, "new", "home"), share) || Within(dir, share) {
		t.Error("a second mount is not known")
	}
}
