// Package disk says what the system means by the number of an error: whether a disk, a stick or a share is full, cannot be
// written, is broken, is away, is held by another program, or takes no such name.
//
// Unix and Windows number the same faults differently, and what a person is to do depends on the fault alone. So code asks
// here, never for a number. What the systems agree on (no such file, no right, exists already) is found with fs.ErrNotExist and
// its like.
package disk

import (
	"errors"
	"runtime"
	"slices"
	"syscall"
)

// What a disk can do to who uses it; Fault tells which.
var (
	ErrFull     = errors.New("no room on the disk")
	ErrReadOnly = errors.New("the disk cannot be written")
	ErrBroken   = errors.New("the disk cannot be read or written where it is broken")
	ErrAway     = errors.New("the disk or the share is not there any more")
	ErrHeld     = errors.New("another program holds the file")
	ErrBlocked  = errors.New("a virus scanner lets nobody have the file")
	ErrRefused  = errors.New("the share does not know who asks")
	ErrName     = errors.New("not a name for a file")
	ErrNoFolder = errors.New("a file lies where a folder should")
)

// numbers are those of the errors of a system: of Unix as Linux has them (errno.h), of Windows as winerror.h has them.
type numbers []struct {
	fault error
	of    []syscall.Errno
}

var unix = numbers{
	{ErrFull, []syscall.Errno{28, 122}},              // ENOSPC, EDQUOT
	{ErrReadOnly, []syscall.Errno{30}},               // EROFS
	{ErrBroken, []syscall.Errno{5, 117}},             // EIO, EUCLEAN
	{ErrAway, []syscall.Errno{6, 19, 112, 116, 123}}, // ENXIO, ENODEV, EHOSTDOWN, ESTALE, ENOMEDIUM
	{ErrHeld, []syscall.Errno{16, 26}},               // EBUSY, ETXTBSY
	{ErrName, []syscall.Errno{36}},                   // ENAMETOOLONG
	{ErrNoFolder, []syscall.Errno{20}},               // ENOTDIR, which Go has for ERROR_PATH_NOT_FOUND, too
}

var windows = numbers{
	{ErrFull, []syscall.Errno{39, 112, 1295}}, // HANDLE_DISK_FULL, DISK_FULL, DISK_QUOTA_EXCEEDED
	{ErrReadOnly, []syscall.Errno{19}},        // WRITE_PROTECT
	// SEEK, CRC, SECTOR_NOT_FOUND, WRITE_FAULT, READ_FAULT, GEN_FAILURE, DEVICE_HARDWARE_ERROR, UNRECOGNIZED_VOLUME, IO_DEVICE,
	// FILE_CORRUPT, DISK_CORRUPT
	{ErrBroken, []syscall.Errno{25, 23, 27, 29, 30, 31, 483, 1005, 1117, 1392, 1393}},
	// NOT_READY, WRONG_DISK, REM_NOT_LIST, BAD_NETPATH, NETWORK_BUSY, DEV_NOT_EXIST, UNEXP_NET_ERR, NETNAME_DELETED, BAD_NET_NAME,
	// SEM_TIMEOUT, NO_SUCH_DEVICE, FILE_INVALID, MEDIA_CHANGED, NO_MEDIA_IN_DRIVE, DEVICE_NOT_CONNECTED, NO_NET_OR_BAD_PATH,
	// NO_NETWORK, NETWORK_UNREACHABLE
	{ErrAway, []syscall.Errno{21, 34, 51, 53, 54, 55, 59, 64, 67, 121, 433, 1006, 1110, 1112, 1167, 1203, 1222, 1231}},
	{ErrHeld, []syscall.Errno{32, 33, 170, 303, 1224}}, // SHARING_VIOLATION, LOCK_VIOLATION, BUSY, DELETE_PENDING, USER_MAPPED_FILE
	{ErrBlocked, []syscall.Errno{225, 226}},            // VIRUS_INFECTED, VIRUS_DELETED
	// NETWORK_ACCESS_DENIED, INVALID_PASSWORD, SESSION_CREDENTIAL_CONFLICT, LOGON_FAILURE, ACCOUNT_RESTRICTION, ACCOUNT_DISABLED
	{ErrRefused, []syscall.Errno{65, 86, 1219, 1326, 1327, 1331}},
	{ErrName, []syscall.Errno{20, 123, 161, 206}}, // BAD_UNIT, INVALID_NAME, BAD_PATHNAME, FILENAME_EXCED_RANGE
	{ErrNoFolder, []syscall.Errno{267}},           // DIRECTORY
}

// Fault gives the one of those that an error comes from, nil for none.
func Fault(err error) error {
	if runtime.GOOS == "windows" {
		return windows.fault(err)
	}
	return unix.fault(err)
}

func (n numbers) fault(err error) error {
	var is syscall.Errno
	if !errors.As(err, &is) {
		return nil
	}
	for _, row := range n {
		if slices.Contains(row.of, is) {
			return row.fault
		}
	}
	return nil
}
