package vault

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Five wrong ones cost nothing, then each costs twice the wait of the one before, up to an hour; a start in between, a
// clock that is set back and a file that somebody spoils do not help, and the right one ends it.
func TestWaits(t *testing.T) {
	w := Waits(filepath.Join(t.TempDir(), "waits.json"))
	now, tried := made, 0
	try := func(err error) error {
		return w.Try(now, "王明", func() error { tried++; return err })
	}
	wrong := func() (left time.Duration) {
		t.Helper()
		var wait Wait
		if err := try(ErrWrong); errors.As(err, &wait) {
			return wait.Left
		} else if !errors.Is(err, ErrWrong) {
			t.Fatal(err)
		}
		return 0
	}
	for range 5 {
		if wrong() != 0 {
			t.Fatal("one of five waits")
		}
	}
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute,
		16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour} {
		before := tried
		if left := wrong(); left != want || tried != before {
			t.Fatalf("waits %s, want %s; tried %d", left, want, tried-before)
		}
		now = now.Add(want - time.Second)
		if left := wrong(); left != time.Second {
			t.Fatalf("a second before the end %s are left", left)
		}
		now = now.Add(time.Second)
		if wrong() != 0 {
			t.Fatal("waits after the end")
		}
	}
	now = now.Add(-10 * 365 * 24 * time.Hour)
	if left := wrong(); left != time.Hour {
		t.Errorf("set back, %s are left", left)
	}
	now = now.Add(time.Hour + time.Second)
	if err := try(errors.New("disk")); err == nil || wrong() != 0 {
		t.Errorf("what is not wrong is counted: %v", err)
	}
	if err := os.WriteFile(string(w), []byte("{}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if left := wrong(); left != 30*time.Second {
		t.Errorf("a spoiled file: %s", left)
	}
	now = now.Add(time.Minute)
	if err := try(nil); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if wrong() != 0 {
			t.Fatal("the right one ended nothing")
		}
	}
}

// A program that is killed while it tries has counted the try.
func TestKilledTryCounts(t *testing.T) {
	w := Waits(filepath.Join(t.TempDir(), "waits.json"))
	for range 5 {
		func() {
			defer func() { _ = recover() }()
			_ = w.Try(made, "王明", func() error { panic("killed") })
		}()
	}
	if err := w.Try(made, "王明", func() error { return nil }); !errors.As(err, new(Wait)) {
		t.Error(err)
	}
}

// Whoever has a password of his own does not go on guessing another's by giving his in between; the other ends it himself.
func TestOwnPasswordEndsNobodyElsesWait(t *testing.T) {
	w := Waits(filepath.Join(t.TempDir(), "waits.json"))
	for range 4 {
		if err := w.Try(made, "李慧敏", func() error { return ErrWrong }); !errors.Is(err, ErrWrong) {
			t.Fatal(err)
		}
		if err := w.Try(made, "王明", func() error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Try(made, "王明", func() error { return ErrWrong })
	now := made.Add(time.Minute)
	if err := w.Try(now, "王明", func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	_ = w.Try(now, "李 慧 敏", func() error { return ErrWrong })
	if err := w.Try(now, "李慧敏", func() error { return ErrWrong }); !errors.As(err, new(Wait)) {
		t.Errorf("a sixth guess: %v", err)
	}
	now = now.Add(time.Hour)
	if err := w.Try(now, "李慧敏", func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(string(w)); err == nil {
		t.Error("his own password ended nothing")
	}
}
