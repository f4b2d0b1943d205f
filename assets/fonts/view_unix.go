//go:build beside && unix

package fonts

import (
	"fmt"
	"os"
	"syscall"
)

// view is a file as memory that the system reads where it is looked at, for as long as the program runs.
func view(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	return b, nil
}
