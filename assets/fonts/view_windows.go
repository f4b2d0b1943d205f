//go:build beside

package fonts

import (
	"os"
	"syscall"
	"unsafe"
)

// view is a file as memory that the system reads where it is looked at, for as long as the program runs.
func view(f *os.File, size int64) ([]byte, error) {
	m, err := syscall.CreateFileMapping(syscall.Handle(f.Fd()), nil, syscall.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, err
	}
	at, err := syscall.MapViewOfFile(m, syscall.FILE_MAP_READ, 0, 0, 0)
	if err != nil {
		return nil, err
	}
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), size), nil // vet takes at for a number, which it is not
}
