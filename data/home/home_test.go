package home

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// No file that somebody names may take the place of the home's own, or of what is no ordinary file.
func TestOutside(t *testing.T) {
	linkable(t)
	dir := t.TempDir()
	h := Home(filepath.Join(dir, "home"))
	link := filepath.Join(dir, "link")
	if err := errors.Join(os.MkdirAll(filepath.Join(string(h), "keys"), 0o700), os.Symlink(string(h), filepath.Join(dir, "other")), os.Symlink(os.DevNull, link)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{
		h.Database(): ErrInside, filepath.Join(h.Keys(), "age.key"): ErrInside, filepath.Join(dir, "other", "lianluo.db"): ErrInside,
		link: fs.ErrExist, dir: ErrFolder, filepath.Join(dir, "receipt.pdf"): nil, filepath.Join(h.Backups(), "a.db"): nil,
	} {
		if err := h.Outside(name, ""); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}

// A home that lies in the one place stays there, whichever place is offered to new ones; who has both has moved.
func TestOldHomesStay(t *testing.T) {
	local, roams := Home(filepath.Join(t.TempDir(), "lianluo")), Home(filepath.Join(t.TempDir(), "lianluo"))
	if is := lying(local, roams); is != local {
		t.Errorf("a new one lies in %s", is)
	}
	for _, h := range []Home{roams, local} {
		if err := errors.Join(os.MkdirAll(string(h), 0o700), os.WriteFile(h.Settings(), []byte("{}"), 0o600)); err != nil {
			t.Fatal(err)
		}
		if is := lying(local, roams); is != h {
			t.Errorf("%s is passed over for %s", h, is)
		}
	}
}

func TestOneWindowAHome(t *testing.T) {
	h := Home(t.TempDir())
	release, err := h.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Lock(); !errors.Is(err, ErrOpen) {
		t.Errorf("a second window: %v", err)
	}
	release()
	if again, err := h.Lock(); err != nil {
		t.Errorf("after the first was closed: %v", err)
	} else {
		again()
	}
}

// The records may be worked with by many, but are exchanged by one alone.
func TestRecordsInUse(t *testing.T) {
	h := Home(t.TempDir())
	window, err1 := h.Use()
	watch, err2 := h.Use()
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for _, release := range []func(){window, watch} {
		if _, err := h.Alone(); !errors.Is(err, ErrUsed) {
			t.Errorf("exchanged while they are used: %v", err)
		}
		release()
	}
	alone, err := h.Alone()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Use(); !errors.Is(err, ErrUsed) {
		t.Errorf("used while they are exchanged: %v", err)
	}
	alone()
}

// Where a home lies does not change with the folder in which a program works, and where the system names none there is none.
func TestDefaultIsOnePlace(t *testing.T) {
	t.Setenv("LIANLUO_HOME", "资料")
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if h, err := Default(); err != nil || string(h) != filepath.Join(here, "资料") {
		t.Errorf("%s, %v", h, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, name := range []string{"LIANLUO_HOME", "HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(name, "")
	}
	if h, err := Default(); err == nil {
		t.Errorf("without a folder of his somebody's home is %s", h)
	}
}
