//go:build !linux

package app_test

import "testing"

// fast is a directory of a test; this system has none in memory.
func fast(t testing.TB) string { return t.TempDir() }
