package home

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// written makes the files of a home.
func written(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, s := range files {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(s), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// held are the files of a home.
func held(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) == ".lock" {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

func equal(t *testing.T, is, must map[string]string) {
	t.Helper()
	for name, s := range must {
		if is[name] != s {
			t.Errorf("%s holds %q, must %q", name, is[name], s)
		}
	}
	for name := range is {
		if _, ok := must[name]; !ok {
			t.Errorf("%s is left", name)
		}
	}
}

var (
	before = map[string]string{"lianluo.db": "old", "lianluo.db-wal": "log", "search.db": "index", "keys/sign.key": "k",
		"aside/a": "a", "settings.json": "s"}
	next  = map[string]string{"lianluo.db": "new", "keys/sign.key": "K", "keys/vault.json": "v", "aside/a": "A"}
	after = map[string]string{"lianluo.db": "new", "keys/sign.key": "K", "keys/vault.json": "v", "aside/a": "A",
		"settings.json": "s"}
)

// What is staged counts once it is turned, whole; what went is overwritten where it lay.
func TestTurn(t *testing.T) {
	h := Home(t.TempDir())
	written(t, string(h), before)
	kept := filepath.Join(t.TempDir(), "kept")
	if err := os.Link(h.Search(), kept); err != nil {
		t.Fatal(err)
	}
	dir, err := h.Stage()
	if err != nil {
		t.Fatal(err)
	}
	written(t, dir, next)
	if err := h.Turn("search.db", "search.db-wal"); err != nil {
		t.Fatal(err)
	}
	equal(t, held(t, string(h)), after)
	if b, err := os.ReadFile(kept); err != nil || string(b) != "\x00\x00\x00\x00\x00" {
		t.Errorf("what lay on the disk: %q %v", b, err)
	}
}

// Whatever a killed program leaves, the next one ends: what was only staged is forgotten, what was turned takes its
// place, however far it came.
func TestSettle(t *testing.T) {
	h := Home(t.TempDir())
	written(t, string(h), before)
	written(t, h.staged(), next)
	if err := h.Settle(); err != nil {
		t.Fatal(err)
	}
	equal(t, held(t, string(h)), before)
	for _, came := range [][]string{nil, {"aside/a"}, {"aside/a", "keys/sign.key"},
		{"aside/a", "keys/sign.key", "keys/vault.json", "lianluo.db"}} {
		h := Home(t.TempDir())
		written(t, string(h), before)
		written(t, h.turned(), next)
		written(t, h.turned(), map[string]string{gone: "search.db\n../" + filepath.Base(string(h)) + "/settings.json"})
		for _, name := range came {
			if err := os.Rename(filepath.Join(h.turned(), name), filepath.Join(string(h), name)); err != nil {
				t.Fatal(err)
			}
		}
		if len(came) == 4 { // the logs went before
			if err := os.Remove(h.Database() + "-wal"); err != nil {
				t.Fatal(err)
			}
		}
		use, err := h.Use()
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Settle(); !errors.Is(err, ErrUsed) {
			t.Errorf("settled while it is used: %v", err)
		}
		use()
		for range 2 {
			if err := h.Settle(); err != nil {
				t.Fatal(err)
			}
			equal(t, held(t, string(h)), after)
		}
	}
}

// A file takes the place of another, of which nothing is left, whatever a killed program left of an exchange before: a second
// name of the one that still holds, or what held before.
func TestReplace(t *testing.T) {
	for name, replace := range map[string]func(part, name string) error{"as this system does": Replace, "as Windows does": swap} {
		for left, before := range map[string]map[string]string{"nothing": {}, "a link": nil, "an older one": {"a.db.old": "oldest"}} {
			dir := t.TempDir()
			written(t, dir, map[string]string{"a.db": "old", "a.db.part": "new"})
			written(t, dir, before)
			file, kept := filepath.Join(dir, "a.db"), filepath.Join(t.TempDir(), "kept")
			if err := os.Link(file, kept); err != nil {
				t.Fatal(err)
			}
			if before == nil {
				if err := os.Link(file, file+".old"); err != nil {
					t.Fatal(err)
				}
			}
			if err := replace(file+".part", file); err != nil {
				t.Errorf("%s, %s left: %v", name, left, err)
			}
			if name == "as Windows does" {
				equal(t, held(t, dir), map[string]string{"a.db": "new"})
			}
			if b, err := os.ReadFile(kept); err != nil || string(b) != "\x00\x00\x00" {
				t.Errorf("%s, %s left: the disk holds %q %v", name, left, b, err)
			}
		}
	}
}
