//go:build !linux

package apptest

import "testing"

// Dir is a directory for what a test writes to disk.
func Dir(t testing.TB) string { return t.TempDir() }
