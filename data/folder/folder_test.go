package folder

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/syncthing/notify"
)

const (
	id              = "019ab0c0-0000-7000-8000-000000000001"
	station, county = "530402002003Z1", "530402"
	bundle          = "up-1-1-100-0123456789abcdef.bundle"
)

func shared(t testing.TB) (*Folder, string) {
	t.Helper()
	dir := t.TempDir()
	if got, err := Prepare(dir, id); err != nil || got != id {
		t.Fatal(got, err)
	}
	f, err := Open(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, dir
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// tree lists every file and link below dir, hidden ones too.
func tree(t testing.TB, dir string) []string {
	var all []string
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			all = append(all, filepath.ToSlash(rel))
		}
		return err
	})
	return all
}

func TestConnected(t *testing.T) {
	_, dir := shared(t)
	if got, err := Prepare(dir, "another"); got != id || err != nil {
		t.Errorf("a second office keeps the folder's id: %q %v", got, err)
	}
	plain, file := t.TempDir(), filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o600)
	marked := func(s string) string {
		d := t.TempDir()
		os.WriteFile(filepath.Join(d, marker), []byte(s), 0o600)
		return d
	}
	linked := t.TempDir()
	os.Symlink(filepath.Join(dir, marker), filepath.Join(linked, marker))
	for _, c := range []struct {
		what, dir string
		want      error
	}{
		{"as it should be", dir, nil},
		{"no such directory", filepath.Join(dir, "gone"), ErrNotConnected},
		{"a file", file, ErrNotConnected},
		{"no marker", plain, ErrNotConnected},
		{"half a marker", marked(`{"folder":"019a`), ErrCut},
		{"empty marker", marked(``), ErrCut},
		{"endless marker", marked(strings.Repeat(" ", 5000)), ErrCut},
		{"a link as marker", linked, map[bool]error{true: ErrNotRegular, false: ErrUnmarked}[linkable(t)]},
		{"another stick", marked(`{"folder":"x","version":1}`), ErrOther},
		{"newer", marked(`{"folder":"` + id + `","version":2}`), ErrNewer},
	} {
		f, err := Open(c.dir, id)
		if !errors.Is(err, c.want) || (err == nil) != (f != nil) {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
		if f != nil {
			f.Close()
		}
	}
	if left := tree(t, plain); left != nil {
		t.Error("opening left", left)
	}
	if _, err := Prepare(filepath.Join(dir, "gone"), id); !errors.Is(err, ErrNotConnected) {
		t.Errorf("preparing what is not there: %v", err)
	}
}

// A marker of which only a part is left, or that an editor spoiled, is written anew by whoever chooses the folder again, with the id
// that he has; what lies in the folder stays.
func TestCutMarkerIsMended(t *testing.T) {
	for what, left := range map[string]string{"half": `{"fol`, "nothing": "", "zeros": strings.Repeat("\x00", 40), "a mark before it": "\ufeff" + `{"folder":"x","version":1}`,
		"too much": strings.Repeat(" ", 5000), "no id": `{"folder":"","version":1}`, "something else": `["x"]`} {
		f, dir := shared(t)
		if err := errors.Join(f.Drop(county, station, bundle, text("hello")), os.WriteFile(filepath.Join(dir, marker), []byte(left), 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, id); !errors.Is(err, ErrUnmarked) || !errors.Is(err, ErrCut) {
			t.Errorf("%s: %v", what, err)
		}
		if got, err := Prepare(dir, id); got != id || err != nil {
			t.Errorf("%s is not mended: %q %v", what, got, err)
		}
		again, err := Open(dir, id)
		if err != nil {
			t.Errorf("%s after it was mended: %v", what, err)
			continue
		}
		if files, err := again.Inbox(county); len(files) != 1 || err != nil {
			t.Errorf("%s: there lie %v %v", what, files, err)
		}
		again.Close()
	}
}

func TestDropAndCollect(t *testing.T) {
	f, dir := shared(t)
	if files, err := f.Inbox(county); err != nil || files != nil {
		t.Fatalf("before anything: %v %v", files, err)
	}
	for range 2 { // the second time the same file lies there already
		if err := f.Drop(county, station, bundle, text("hello")); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Drop(county, station, bundle, text("other")); !errors.Is(err, ErrExists) {
		t.Errorf("another file of the name: %v", err)
	}
	if err := f.Drop(county, "530402002004Z1", "enrol-0123456789.request", text("{}")); err != nil {
		t.Fatal(err)
	}
	if got, want := tree(t, dir), []string{county + "/" + station + "/" + bundle,
		county + "/530402002004Z1/enrol-0123456789.request", marker}; !slices.Equal(got, want) {
		t.Errorf("the folder holds %q", got)
	}
	info, err := os.Stat(filepath.Join(dir, county, station, bundle))
	if err != nil {
		t.Fatal(err)
	}
	files, err := f.Inbox(county)
	if err != nil || len(files) != 2 || files[0].From != station || files[0].Name != bundle || files[0].Size != 5 ||
		!files[0].Modified.Equal(info.ModTime()) {
		t.Fatalf("%+v %v", files, err)
	}
	r, size, err := f.OpenFile(county, station, bundle)
	if err != nil || size != 5 {
		t.Fatal(err)
	}
	if b, _ := io.ReadAll(r); string(b) != "hello" {
		t.Errorf("read %q", b)
	}
	r.Close()
	for range 2 {
		if err := f.Remove(county, station, bundle); err != nil {
			t.Error(err)
		}
	}
	if files, _ := f.List(county, station); files != nil {
		t.Errorf("after removal: %v", files)
	}
}

func TestAFailedDropLeavesNothing(t *testing.T) {
	f, dir := shared(t)
	torn := errors.New("torn")
	for what, c := range map[string]struct {
		write func(io.Writer) error
		want  error
	}{
		"at once":   {func(io.Writer) error { return torn }, torn},
		"half way":  {func(w io.Writer) error { w.Write(make([]byte, 1<<16)); return torn }, torn},
		"too large": {func(w io.Writer) error { return fill(w, MaxFile+1) }, ErrTooLarge},
		"unheeded":  {func(w io.Writer) error { fill(w, MaxFile+1); return nil }, ErrTooLarge},
	} {
		if err := f.Drop(county, station, bundle, c.write); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
		if left := tree(t, dir); len(left) != 1 {
			t.Errorf("%s: left %q", what, left)
		}
	}
	// While it is written nobody is shown anything, and a part left by a crash does not stand in the way.
	left := filepath.Join(dir, county, station, "."+bundle+".0123abcd.part")
	os.WriteFile(left, []byte("left by a crash"), 0o600)
	info, err := os.Stat(left)
	if err != nil {
		t.Fatal(err)
	}
	old := info.ModTime().AddDate(0, 0, -2)
	os.Chtimes(left, old, old)
	err = f.Drop(county, station, bundle, func(w io.Writer) error {
		io.WriteString(w, "half")
		if files, err := f.Inbox(county); err != nil || files != nil {
			t.Errorf("half a file is shown: %v %v", files, err)
		}
		return nil
	})
	if err != nil || len(tree(t, dir)) != 2 {
		t.Error(err, tree(t, dir))
	}
}

func fill(w io.Writer, n int) error {
	b := make([]byte, 1<<20)
	for ; n > 0; n -= len(b) {
		if _, err := w.Write(b[:min(n, len(b))]); err != nil {
			return err
		}
	}
	return nil
}

func TestWhatDoesNotReadBack(t *testing.T) {
	f, dir := shared(t)
	err := f.Drop(county, station, bundle, func(w io.Writer) error {
		io.WriteString(w, "hello")
		parts, _ := filepath.Glob(filepath.Join(dir, county, station, "."+bundle+".*.part"))
		return os.Truncate(parts[0], 2)
	})
	if left := tree(t, dir); !errors.Is(err, ErrUnread) || len(left) != 1 {
		t.Errorf("a worn stick: %v, left %q", err, left)
	}
}

func TestNames(t *testing.T) {
	f, dir := shared(t)
	at := filepath.Join(dir, county, station)
	os.MkdirAll(filepath.Join(at, "directory.bundle"), 0o700)
	shown := []string{bundle, "x.sync-conflict-20261122-182406-KUQFXLV.bundle", "x (1).bundle", "x - 副本.bundle", "副本 x.bundle",
		"X.BUNDLE", "empty.bundle", "enrol-0123456789.certificate", "e\u0301.bundle", "é.bundle", strings.Repeat("x", 248) + ".bundle"}
	hidden := []string{".syncthing.x.bundle.tmp", "~syncthing~x.bundle.tmp", ".x.bundle", "x.tmp", "x.part", "." + bundle + ".part",
		"x.bundle.!sync", "~$x.bundle", "Thumbs.db", "desktop.ini", "x.bundle.exe", "x", ".bundle", "a\nb.bundle", "a\u202eb.bundle",
		"a\\b.bundle", "a:b.bundle", "bad\xff.bundle", marker, ".DS_Store"}
	for _, name := range append(slices.Clone(shown), hidden...) {
		if runtime.GOOS == "windows" && !utf8.ValidString(name) { // it would write another name
			continue
		}
		if err := os.WriteFile(filepath.Join(at, name), nil, 0o600); err != nil {
			t.Logf("%q: not on this disk", name)
			shown = slices.DeleteFunc(shown, func(s string) bool { return s == name })
		}
	}
	var got []string
	files, err := f.Inbox(county)
	for _, file := range files {
		got = append(got, file.Name)
		if r, _, err := f.OpenFile(county, station, file.Name); err != nil {
			t.Errorf("%q is shown and does not open: %v", file.Name, err)
		} else {
			r.Close()
		}
	}
	slices.Sort(shown)
	slices.Sort(got)
	if err != nil || !slices.Equal(got, shown) {
		t.Errorf("%v\ngot  %q\nwant %q", err, got, shown)
	}
	for _, name := range []string{"", ".", "..", "../x.bundle", "a/b.bundle", `a\b.bundle`, "x", "X.bundle", "x y.bundle", ".x.bundle",
		"x.bundle\x00", "CON", strings.Repeat("x", 300) + ".bundle"} {
		if err := f.Drop(county, station, name, text("x")); !errors.Is(err, ErrName) {
			t.Errorf("drop %q: %v", name, err)
		}
		if err := f.Remove(county, station, name); !errors.Is(err, ErrName) {
			t.Errorf("remove %q: %v", name, err)
		}
	}
	for _, u := range []string{"", ".", "..", "../..", "/", "a/b", `a\b`, ".stversions", strings.Repeat("1", 41)} {
		_, err1 := f.List(u, station)
		_, err2 := f.List(county, u)
		_, err3 := f.Inbox(u)
		_, _, err4 := f.OpenFile(u, station, bundle)
		for _, err := range []error{err1, err2, err3, err4, f.Drop(u, station, bundle, text("x")), f.Drop(county, u, bundle, text("x"))} {
			if !errors.Is(err, ErrName) {
				t.Errorf("unit %q: %v", u, err)
			}
		}
	}
}

// linkable says whether links are to be had.
func linkable(t *testing.T) bool {
	t.Helper()
	link := filepath.Join(t.TempDir(), "link")
	if os.Symlink(os.DevNull, link) != nil {
		return false
	}
	_, err := os.Readlink(link) // wine says that it made one
	return err == nil
}

func TestLinksDevicesAndGiants(t *testing.T) {
	if !linkable(t) {
		t.Skip("links need a privilege on Windows")
	}
	f, dir := shared(t)
	outside := t.TempDir()
	os.WriteFile(filepath.Join(outside, "secret.bundle"), []byte("secret"), 0o600)
	at := filepath.Join(dir, county, station)
	os.MkdirAll(at, 0o700)
	os.WriteFile(filepath.Join(at, "real.bundle"), nil, 0o600)
	giant, _ := os.Create(filepath.Join(at, "giant.bundle"))
	giant.Truncate(MaxFile + 1)
	giant.Close()
	os.Symlink(filepath.Join(outside, "secret.bundle"), filepath.Join(at, "out.bundle"))
	os.Symlink("real.bundle", filepath.Join(at, "in.bundle"))
	os.Symlink(outside, filepath.Join(dir, county, "OUT"))
	os.Symlink(station, filepath.Join(dir, county, "IN"))
	os.Symlink(outside, filepath.Join(dir, "530403"))

	files, err := f.Inbox(county)
	if err != nil || len(files) != 2 || files[0].Name != "giant.bundle" || files[1].Name != "real.bundle" {
		t.Errorf("listed %+v %v", files, err)
	}
	for _, c := range []struct {
		from, name string
		want       error
	}{
		{station, "out.bundle", ErrNotRegular}, {station, "in.bundle", ErrNotRegular}, {"OUT", "secret.bundle", ErrNotRegular},
		{"IN", "real.bundle", ErrNotRegular}, {station, "giant.bundle", ErrTooLarge}, {station, "none.bundle", fs.ErrNotExist},
	} {
		if r, _, err := f.OpenFile(county, c.from, c.name); !errors.Is(err, c.want) || r != nil {
			t.Errorf("%s/%s: %v", c.from, c.name, err)
		}
	}
	if err := f.Drop("530403", station, bundle, text("x")); !errors.Is(err, ErrNotRegular) {
		t.Errorf("drop through a link: %v", err)
	}
	if err := f.Drop(county, station, "giant.bundle", text("x")); !errors.Is(err, ErrExists) {
		t.Errorf("drop onto what cannot be read: %v", err)
	}
	if left := tree(t, outside); len(left) != 1 {
		t.Error("written outside:", left)
	}
}

func TestFault29WatchIsAHint(t *testing.T) {
	f, dir := shared(t)
	tried := make(chan notify.EventInfo, 1)
	able := notify.Watch(dir, tried, notify.All) // a system has so many watchers and no more
	notify.Stop(tried)
	dirty := Watch(t.Context(), dir)
	for _, name := range []string{"a.bundle", "b.bundle", "c.bundle"} {
		if err := f.Drop(county, station, name, text("x")); err != nil {
			t.Fatal(err)
		}
	}
	patience, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if able == nil {
		select {
		case <-dirty:
		case <-patience.Done():
			t.Error("nothing was heard of three files")
		}
	}
	select {
	case <-Watch(t.Context(), filepath.Join(dir, "gone")):
		t.Error("what is not there has changed")
	default:
	}
}

func FuzzOpenFile(f *testing.F) {
	dir := f.TempDir()
	Prepare(dir, id)
	folder, err := Open(dir, id)
	if err != nil {
		f.Fatal(err)
	}
	defer folder.Close()
	if err := folder.Drop(county, station, bundle, text("x")); err != nil {
		f.Fatal(err)
	}
	f.Add(county, station, bundle)
	f.Add("..", "..", "etc/passwd")
	f.Fuzz(func(t *testing.T, to, from, name string) {
		r, _, err := folder.OpenFile(to, from, name)
		if err != nil {
			return
		}
		defer r.Close()
		if b, _ := io.ReadAll(r); !bytes.Equal(b, []byte("x")) {
			t.Errorf("%q %q %q: read %q", to, from, name, b)
		}
	})
}
