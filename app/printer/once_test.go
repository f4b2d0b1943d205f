//go:build !windows

package printer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A paper that is to lie on no disk reaches the printer and is gone, and it is gone where there is no printer or it fails.
func TestOnceLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	printed := filepath.Join(dir, "printed")
	for name, c := range map[string]struct {
		lp  string
		why error
	}{
		"printed":    {"#!/bin/sh\ncat > " + printed + "\n", nil},
		"fails":      {"#!/bin/sh\nexit 1\n", Failed{}},
		"no printer": {"", ErrNone},
	} {
		t.Run(name, func(t *testing.T) {
			bin, temp := t.TempDir(), t.TempDir()
			if c.lp != "" {
				if err := os.WriteFile(filepath.Join(bin, "lp"), []byte(c.lp), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("TMPDIR", temp)
			t.Setenv("PATH", bin+":/bin:/usr/bin")
			if c.lp == "" {
				t.Setenv("PATH", bin)
			}
			err := Once(context.Background(), Job{Paper: "恢复单", File: "恢复单.pdf"}, []byte("%PDF"))
			if failed := (Failed{}); (c.why == nil) != (err == nil) || err != nil && !errors.As(err, &failed) || name == "no printer" && !errors.Is(err, ErrNone) {
				t.Errorf("%v", err)
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	if b, err := os.ReadFile(printed); err != nil || string(b) != "%PDF" {
		t.Errorf("printed %q, %v", b, err)
	}
}
