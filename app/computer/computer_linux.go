package computer

import (
	"bufio"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// System is the system as its maker calls it, and its kernel.
func System() string {
	var u unix.Utsname
	_ = unix.Uname(&u)
	kernel := "Linux " + unix.ByteSliceToString(u.Release[:])
	f, err := os.Open("/etc/os-release") // os-release(5)
	if err != nil {
		return kernel
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, ok := strings.CutPrefix(lines.Text(), "PRETTY_NAME="); ok {
			return strings.Trim(name, `"`) + ", " + kernel
		}
	}
	return kernel
}

// Memory is that of the computer.
func Memory() Room {
	var s unix.Sysinfo_t
	if unix.Sysinfo(&s) != nil {
		return Room{}
	}
	unit := uint64(s.Unit)
	return Room{(s.Freeram + s.Bufferram) * unit, s.Totalram * unit}
}

// Disk is the one on which a folder lies, as far as who asks may fill it.
func Disk(dir string) Room {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return Room{}
	}
	return Room{s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize)}
}
