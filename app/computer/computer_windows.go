package computer

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// System is the system as its maker counts it.
func System() string {
	v := windows.RtlGetVersion()
	return fmt.Sprintf("Windows %d.%d.%d", v.MajorVersion, v.MinorVersion, v.BuildNumber)
}

// memory is MEMORYSTATUSEX.
type memory struct {
	length, load                                    uint32
	total, free, page, pageFree, own, ownFree, more uint64
}

// Memory is that of the computer.
func Memory() Room {
	m := memory{}
	m.length = uint32(unsafe.Sizeof(m))
	ask := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	if ok, _, _ := ask.Call(uintptr(unsafe.Pointer(&m))); ok == 0 {
		return Room{}
	}
	return Room{m.free, m.total}
}

// Disk is the one on which a folder lies, as far as who asks may fill it.
func Disk(dir string) (r Room) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil || windows.GetDiskFreeSpaceEx(name, &r.Free, &r.Of, nil) != nil {
		return Room{}
	}
	return r
}
