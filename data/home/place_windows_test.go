package home

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/data/disk"
)

// A place is known by any capitals, separators and beginnings that Windows takes, also where nothing lies yet.
func TestWithinAsWindowsSpells(t *testing.T) {
	dir := t.TempDir()
	h := Home(filepath.Join(dir, "Home"))
	if err := os.MkdirAll(h.Keys(), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	rooted := strings.TrimPrefix(dir, filepath.VolumeName(dir))
	for place, want := range map[string]bool{
		string(h): true, strings.ToUpper(h.Database()): true, strings.ToLower(filepath.Join(h.Keys(), "new", "x.key")): true,
		filepath.ToSlash(h.Database()): true, `\\?\` + h.Database(): true,
		rooted + `\home\x`: true, `HOME\x`: true, `.\other\..\home\x`: true,
		dir: false, rooted + `\homes\x`: false, `x`: false,
	} {
		if got := Within(place, string(h)); got != want {
			t.Errorf("%s: %v", place, got)
		}
	}
	if gone := filepath.Join(dir, "Stick"); !Within(filepath.Join(dir, "STICK", "x"), gone) {
		t.Error("a folder that is not there now is known by its capitals alone")
	}
	for name, want := range map[string]error{strings.ToUpper(h.Database()): ErrInside, filepath.Join(dir, "a:b.pdf"): disk.ErrName,
		filepath.Join(dir, "con.pdf"): disk.ErrName, filepath.Join(dir, "a<b>.pdf"): disk.ErrName, filepath.Join(dir, "回执.pdf"): nil} {
		if err := h.Outside(name, ""); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		if err := WriteWhole(name, nil, 0o600); errors.Is(want, disk.ErrName) && !errors.Is(err, want) {
			t.Errorf("%s is written: %v", name, err)
		}
	}
}

// A junction leads into the home, whichever part of it it names.
func TestWithinAJunction(t *testing.T) {
	dir := t.TempDir()
	h, link := Home(filepath.Join(dir, "home")), filepath.Join(dir, "link")
	if err := os.MkdirAll(h.Keys(), 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cmd", "/c", "mklink", "/J", link, h.Keys()).CombinedOutput(); err != nil {
		t.Skipf("wine has no junctions: %s", out)
	}
	if _, err := os.Readlink(link); err != nil {
		t.Skip("wine has no junctions: ", err)
	}
	if name := filepath.Join(link, "sign.key"); !Within(name, string(h)) || !errors.Is(h.Outside(name, ""), ErrInside) {
		t.Error("a junction into the home is not seen")
	}
}

// A home may lie deeper than the 260 characters that old programs of Windows take.
func TestLongPlaces(t *testing.T) {
	h := Home(filepath.Join(t.TempDir(), strings.Repeat("很长的名字", 20), strings.Repeat("很长的名字", 20), strings.Repeat("很长的名字", 20)))
	if err := h.Make(); err != nil {
		t.Fatal(err)
	}
	release, err := h.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	written(t, string(h), before)
	stage, err := h.Stage()
	if err != nil {
		t.Fatal(err)
	}
	written(t, stage, next)
	if err := h.Turn("search.db"); err != nil {
		t.Fatal(err)
	}
	equal(t, held(t, string(h)), after)
	if !Within(filepath.Join(h.Keys(), "x"), string(h)) || !errors.Is(h.Outside(h.Database(), ""), ErrInside) {
		t.Error("it is not known")
	}
}
