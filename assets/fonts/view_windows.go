//go:build beside

package fonts

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
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
	m, err := syscall.CreateFileMapping(syscall.Handle(f.Fd()), nil, syscall.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	at, err := syscall.MapViewOfFile(m, syscall.FILE_MAP_READ, 0, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), info.Size()), nil // vet takes at for a number, which it is not
}
