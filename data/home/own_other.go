//go:build !windows

package home

import (
	"os"
	"path/filepath"
)

// own lets nobody but the owner into a folder.
func own(dir string) error { return os.Chmod(dir, 0o700) }

// led gives the place to which a path leads that is there.
func led(path string) (string, error) { return filepath.EvalSymlinks(path) }
