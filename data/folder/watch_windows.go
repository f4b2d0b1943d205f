package folder

import (
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// queryProperty is IOCTL_STORAGE_QUERY_PROPERTY of winioctl.h; usb, sd and mmc are buses of its STORAGE_BUS_TYPE.
const (
	queryProperty = 0x2d1400
	usb, sd, mmc  = 7, 12, 13
)

// pluggable says whether a place lies on a stick, or on a disk on a plug, which Windows lets nobody take out safely while any
// program has a directory of it open.
func pluggable(dir string) bool {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return false
	}
	b := make([]uint16, windows.MAX_PATH)
	if windows.GetVolumePathName(name, &b[0], uint32(len(b))) != nil {
		return false
	}
	switch windows.GetDriveType(&b[0]) {
	case windows.DRIVE_REMOVABLE:
		return true
	case windows.DRIVE_FIXED:
		return plugged(strings.TrimSuffix(windows.UTF16ToString(b), `\`))
	}
	return false
}

// plugged asks the disk of a drive ("E:") on which bus it is; no right is needed for that.
func plugged(drive string) bool {
	name, err := windows.UTF16PtrFromString(`\\.\` + drive)
	if err != nil {
		return false
	}
	disk, err := windows.CreateFile(name, 0, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		return false
	}
	defer windows.CloseHandle(disk) //nolint:errcheck // it was only asked
	var query [12]byte              // STORAGE_PROPERTY_QUERY: the device's, as it is
	var is struct {                 // STORAGE_DEVICE_DESCRIPTOR
		version, size uint32
		_             [4]byte
		_             [4]uint32
		bus           uint32
		_             [64]byte
	}
	var n uint32
	err = windows.DeviceIoControl(disk, queryProperty, &query[0], uint32(len(query)), (*byte)(unsafe.Pointer(&is)),
		uint32(unsafe.Sizeof(is)), &n, nil)
	return err == nil && (is.bus == usb || is.bus == sd || is.bus == mmc)
}
