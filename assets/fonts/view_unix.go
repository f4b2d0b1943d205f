//go:build beside && unix

package fonts

import (
	"os"
	"syscall"
)

// view is a file as memory that the system reads where it is looked at, for as long as the program runs.
func view(f *os.File, size int64) ([]byte, error) {
	return syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
}
