package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// Another program that has a file for a moment spoils nothing: whoever renames over it, renames the folder around it or removes
// it waits until it is let go; where it stays open what is to be done fails, and says that it is held.
func TestPatience(t *testing.T) {
	for what, do := range map[string]func(dir string) error{
		"replace":       func(dir string) error { return rename(filepath.Join(dir, "new"), filepath.Join(dir, "in", "a")) },
		"rename":        func(dir string) error { return rename(filepath.Join(dir, "in", "a"), filepath.Join(dir, "b")) },
		"rename folder": func(dir string) error { return rename(filepath.Join(dir, "in"), filepath.Join(dir, "out")) },
		"remove":        func(dir string) error { return os.Remove(filepath.Join(dir, "in", "a")) },
		"remove folder": func(dir string) error { return os.RemoveAll(filepath.Join(dir, "in")) },
	} {
		for _, stays := range []bool{false, true} {
			dir := t.TempDir()
			for _, name := range []string{"new", "in/a"} {
				name = filepath.Join(dir, name)
				if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(name), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			held, err := os.Open(filepath.Join(dir, "in", "a"))
			if err != nil {
				t.Fatal(err)
			}
			waited := time.Duration(0)
			err = patiently(func() error { return do(dir) }, func(d time.Duration) {
				if waited += d; !stays && waited > 100*time.Millisecond {
					held.Close()
				}
			})
			held.Close()
			windows := runtime.GOOS == "windows"
			if err != nil && (!stays || !windows) || waited > 3*time.Second {
				t.Errorf("%s, it stays %v: after %v %v", what, stays, waited, err)
			}
			if windows && what != "rename folder" && (waited == 0 || stays && !errors.Is(Fault(err), ErrHeld)) { // which wine does
				t.Errorf("%s, it stays %v: not held, after %v %v", what, stays, waited, err)
			}
		}
	}
	if err := patiently(func() error { return fs.ErrNotExist }, func(time.Duration) { t.Error("it waits for what is not there") }); err == nil {
		t.Error("the error is gone")
	}
}
