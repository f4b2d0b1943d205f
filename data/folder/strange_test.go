package folder

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a system would start is named wherever it lies in the folder, and nothing else is.
func TestStrange(t *testing.T) {
	dir := t.TempDir()
	if _, err := Prepare(dir, "0192f0c1-2222-7000-8000-000000000001"); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(dir, county, station)
	if err := os.MkdirAll(at, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"autorun.inf", "照片.jpg.exe", "通知.DOCM", "打开.lnk", "go.bat", county + "/run.vbs",
		county + "/" + station + "/up.scr",
		"通知.docx", "读我.txt", county + "/" + station + "/" + bundle, "照片/x.exe"} {
		file := filepath.Join(dir, name)
		_ = os.MkdirAll(filepath.Dir(file), 0o700)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(at, "up-link.bundle")); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir, "0192f0c1-2222-7000-8000-000000000001")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := []string{county + "/run.vbs", county + "/" + station + "/up-link.bundle", county + "/" + station + "/up.scr",
		"autorun.inf", "go.bat", "打开.lnk", "照片.jpg.exe", "通知.DOCM"}
	if !linkable(t) {
		want = slices.DeleteFunc(want, func(name string) bool { return strings.Contains(name, "up-link") })
	}
	slices.Sort(want)
	if names, more := f.Strange(100); !slices.Equal(names, want) || more != 0 {
		t.Errorf("%q, %d more", names, more)
	}
	if !startable("打开.lnk ") || !startable("go.bat.") { // as Windows reads them
		t.Error("a blank or a dot behind a name hides it")
	}
	if names, more := f.Strange(2); len(names) != 2 || more != len(want)-2 {
		t.Errorf("%q, %d more", names, more)
	}
}

// A stick has one id, which it keeps; the folder is the same with it and without.
func TestLabel(t *testing.T) {
	const id = "0192f0c1-2222-7000-8000-000000000001"
	dir := t.TempDir()
	if _, err := Prepare(dir, id); err != nil {
		t.Fatal(err)
	}
	if got, err := Label(dir, id, "a"); err != nil || got != "a" {
		t.Errorf("%q %v", got, err)
	}
	if got, err := Label(dir, id, "b"); err != nil || got != "a" {
		t.Errorf("labelled again it is %q %v", got, err)
	}
	if again, err := Prepare(dir, "another"); err != nil || again != id {
		t.Errorf("%q %v", again, err)
	}
	f, err := Open(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Stick() != "a" {
		t.Errorf("%q", f.Stick())
	}
	if _, err := Label(dir, "another", "c"); err == nil {
		t.Error("another city's stick was labelled")
	}
}

// Only the file that was looked at is overwritten, and no link is followed; what was there is not to be found behind.
func TestWipe(t *testing.T) {
	const id = "0192f0c1-2222-7000-8000-000000000001"
	dir := t.TempDir()
	if _, err := Prepare(dir, id); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(dir, county, station)
	if err := os.MkdirAll(at, 0o700); err != nil {
		t.Fatal(err)
	}
	file, other := filepath.Join(at, bundle), filepath.Join(dir, "账本.xlsx")
	for name, words := range map[string]string{file: "七巷雨水倒灌", other: "别人的"} {
		if err := os.WriteFile(name, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	beside := filepath.Join(dir, "same")
	linked := os.Link(file, beside) == nil
	f, err := Open(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	good := func(b []byte) bool { return string(b) == "七巷雨水倒灌" }
	if err := f.Wipe(county, station, bundle, func([]byte) bool { return false }); err == nil {
		t.Error("wiped though it is another file")
	}
	if err := f.Wipe(county, station, bundle, good); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(file); err == nil {
		t.Error("it is still there")
	}
	if b, _ := os.ReadFile(beside); linked && slices.ContainsFunc(b, func(c byte) bool { return c != 0 }) {
		t.Errorf("it was removed and not overwritten: %q", b)
	}
	if os.Symlink(other, file) == nil {
		if err := f.Wipe(county, station, bundle, func([]byte) bool { return true }); err == nil {
			t.Error("a link was followed")
		}
		if b, _ := os.ReadFile(other); string(b) != "别人的" {
			t.Errorf("somebody else's file is %q", b)
		}
	}
	for _, name := range []string{"../" + bundle, "账本.xlsx", "lianluo.json"} {
		if err := f.Wipe(county, station, name, func([]byte) bool { return true }); err == nil {
			t.Errorf("%s was wiped", name)
		}
	}
}
