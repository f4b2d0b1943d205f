package home

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// linkable skips a test where no links are to be had.
func linkable(t *testing.T) {
	t.Helper()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(os.DevNull, link); err == nil {
		if _, err := os.Readlink(link); err == nil { // wine says that it made one
			return
		}
	}
	t.Skip("links need a privilege on Windows")
}

// A place is known however it is written, and one beside it is another.
func TestWithin(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	share, out := filepath.Join(dir, "share"), filepath.Join(dir, "out")
	in := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	linkable(t)
	if err := errors.Join(os.MkdirAll(in("share", "a", "b"), 0o700), os.MkdirAll(in("out", "c"), 0o700), os.Mkdir(in("shared"), 0o700),
		os.Symlink(share, in("link")), os.Symlink(in("share", "a", "b"), in("out", "deep")), os.Symlink(out, in("share", "away")),
		os.Symlink(in("share", "later.db"), in("dangling")), os.Symlink(filepath.Join("..", "share"), in("out", "relative"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(out)
	const up = "/../"
	for place, want := range map[string]bool{
		share: true, share + "/": true, in("share", "x.db"): true, in("share", "not", "yet", "x.db"): true, in("share", "a"): true,
		in("link"): true, in("link", "a", "x"): true, in("link", "new", "x"): true, in("out", "deep", "x"): true, in("dangling"): true,
		in("out") + up + "share/x": true, in("out", "relative", "x"): true, "../share/x": true, "relative/x": true,
		"deep" + up + "x":                    runtime.GOOS != "windows", // which tidies first
		in("share", "away") + up + "share/x": true, share + up + "share/./a//x": true,
		in("share", "away") + up + "x": true, // the disk goes to dir, but a path that is tidied stays
		dir:                            false, out: false, in("x.db"): false, in("shared"): false, in("shared", "x"): false, in("sharex"): false, "x.db": false, "../x": false,
		in("share", "away", "c", "x"): false, // a link leads out of it
		in("nowhere", "share", "x"):   false,
	} {
		if got := Within(place, share); got != want {
			t.Errorf("%s: %v", place, got)
		}
		if got := Within(place, in("link")); got != want {
			t.Errorf("%s through a link to the folder: %v", place, got)
		}
	}
	if gone := in("stick", "share"); !Within(filepath.Join(gone, "x"), gone) || Within(out, gone) {
		t.Error("a folder that is not there now")
	}
}

// Home and folder never lie one in the other; side by side they may.
func TestApart(t *testing.T) {
	linkable(t)
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	if err := errors.Join(os.Mkdir(share, 0o700), os.Symlink(share, filepath.Join(dir, "link"))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		home, share string
		want        error
	}{
		{"home", "", nil}, {"home", share, nil}, {"share-home", share, nil}, {"share/home", share, ErrExposed}, {"link/home", share, ErrExposed},
		{"share", share, ErrExposed}, {"share/home", filepath.Join(dir, "link"), ErrExposed}, {".", share, ErrHolds}, {"home", filepath.Join(dir, "home", "share"), ErrHolds},
	} {
		if err := Home(filepath.Join(dir, c.home)).Apart(c.share); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s and %s: %v, want %v", c.home, c.share, err, c.want)
		}
	}
	h := Home(filepath.Join(dir, "home"))
	if err := errors.Join(os.MkdirAll(string(h), 0o700), os.Symlink(filepath.Join(share, "copies"), h.Backups())); err != nil {
		t.Fatal(err)
	}
	if err := h.Apart(share); !errors.Is(err, ErrExposed) {
		t.Errorf("its copies lie in the folder: %v", err)
	}
	if err := errors.Join(os.Remove(h.Backups()), os.Symlink(filepath.Join(dir, "large disk"), h.Backups()), h.Apart(share)); err != nil {
		t.Errorf("its copies lie on another disk: %v", err)
	}
	if err := h.Outside(filepath.Join(dir, "link", "receipt.pdf"), share); !errors.Is(err, ErrShared) {
		t.Errorf("a paper with names in the folder: %v", err)
	}
	if err := h.Outside(filepath.Join(dir, "receipt.pdf"), share); err != nil {
		t.Errorf("beside it: %v", err)
	}
	other := filepath.Join(dir, "stick", "exchange") // others exchange in it, and say so
	if err := errors.Join(os.MkdirAll(filepath.Join(other, "a"), 0o700), os.WriteFile(filepath.Join(other, "lianluo.json"), []byte("{}"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for place, want := range map[string]error{filepath.Join(other, "a", "home"): ErrExposed, filepath.Join(dir, "stick", "home"): nil} {
		if err := Home(place).Apart(""); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("%s: %v", place, err)
		}
	}
	if err := h.Outside(filepath.Join(other, "receipt.pdf"), share); !errors.Is(err, ErrShared) {
		t.Errorf("a paper with names in another folder: %v", err)
	}
}
