package apptest

import (
	"os"
	"syscall"
	"testing"
)

// Dir is a directory of a test, in memory where there is room: most of what worlds do is to write small files through
// to the disk.
func Dir(t testing.TB) string {
	t.Helper()
	var room syscall.Statfs_t
	// a container may have 64 MB
	if syscall.Statfs("/dev/shm", &room) != nil || room.Bavail*uint64(room.Bsize) < 1<<30 {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp("/dev/shm", "lianluo")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
