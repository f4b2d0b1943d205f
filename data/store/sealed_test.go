package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/suite"
)

func dataKey(t *testing.T, suite string, n byte) sealed.Key {
	t.Helper()
	k, err := sealed.Read(suite, bytes.Repeat([]byte{n}, sealed.Size))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// silent fails where a title stands in any file of a folder.
func silent(t *testing.T, dir, title string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, file := range files {
		if b, err := os.ReadFile(file); err != nil || bytes.Contains(b, []byte(title)) {
			t.Errorf("%s tells %s: %v", filepath.Base(file), title, err)
		}
	}
}

// Records that anybody could read become a protected home's, get another key, and stay whole; the copies of a protected
// home open with what they bring.
func TestReseal(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		dir := t.TempDir()
		at := func(name string) string { return filepath.Join(dir, name) }
		first, second := dataKey(t, name, 1), dataKey(t, name, 2)
		plain := t.TempDir()
		s, err := Create(ctx, Options{Path: filepath.Join(plain, "a.db"), Backups: plain, Kinds: all})
		if err != nil {
			t.Fatal(err)
		}
		const title = "路灯不亮，李家沟老人夜里摔倒"
		receive(t, s, title)
		if err := Reseal(ctx, s.Path, sealed.Key{}, at("b.db"), first, []byte("opens")); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if err := Reseal(ctx, at("b.db"), first, at("c.db"), second, nil); err != nil {
			t.Fatal(err)
		}
		if b, err := pages.Wraps(at("b.db")); string(b) != "opens" || err != nil {
			t.Errorf("%q %v", b, err)
		}
		o := Options{Path: at("c.db"), Backups: dir, Kinds: all, Key: second,
			Wraps: func() ([]byte, error) { return []byte("by password"), nil }}
		if s, err = Open(ctx, o); err != nil {
			t.Fatal(err)
		}
		receive(t, s, title+"，又一件")
		if r := healthy(t, s); r.Entries != 2 {
			t.Errorf("%d entries", r.Entries)
		}
		silent(t, dir, title)
		if err := s.Backup(ctx, at("copy.db")); err != nil {
			t.Fatal(err)
		}
		s.Close()
		silent(t, dir, title)
		if b, err := pages.Wraps(at("copy.db")); string(b) != "by password" || err != nil {
			t.Errorf("%q %v", b, err)
		}
		if err := Transcribe(ctx, at("copy.db"), second, at("d.db"), first); err != nil {
			t.Fatal(err)
		}
		o.Path, o.Key = at("d.db"), first
		if s, err = Open(ctx, o); err != nil {
			t.Fatal(err)
		}
		if got := healthy(t, s); got.Entries != 2 {
			t.Errorf("%d entries", got.Entries)
		}
		s.Close()
		silent(t, dir, title)
		for key, want := range map[sealed.Key]error{{}: sealed.ErrKey, second: sealed.ErrKey, first: nil} {
			if _, _, err := Whose(ctx, o.Path, key); !errors.Is(err, want) {
				t.Errorf("with another key: %v", err)
			}
		}
		if _, err := Open(ctx, Options{Path: filepath.Join(plain, "a.db"), Kinds: all, Key: first}); !errors.Is(err, ErrPlain) {
			t.Errorf("what is not sealed is taken for a protected home's: %v", err)
		}
	}
}
