package disk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	system "golang.org/x/sys/windows"
)

// While a file is replaced nobody reads it; whoever waits does.
func TestReadWhileReplaced(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(name, []byte("words"), 0o600); err != nil {
		t.Fatal(err)
	}
	at, err := system.UTF16PtrFromString(name)
	if err != nil {
		t.Fatal(err)
	}
	const all = system.FILE_SHARE_READ | system.FILE_SHARE_WRITE | system.FILE_SHARE_DELETE
	renamed, err := system.CreateFile(at, system.DELETE, all, nil, system.OPEN_EXISTING, 0, 0) // as who renames it
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	waited := 0
	err = patiently(func() error { b, err = os.ReadFile(name); return err }, func(time.Duration) {
		if waited++; waited == 1 {
			_ = system.CloseHandle(renamed)
		}
	})
	if err != nil || string(b) != "words" || waited == 0 {
		t.Errorf("%q after %d waits: %v", b, waited, err)
	}
}
