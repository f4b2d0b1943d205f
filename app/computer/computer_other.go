//go:build !linux && !windows

package computer

import "runtime"

// System is the system as Go calls it.
func System() string { return runtime.GOOS }

// Memory is not known here.
func Memory() Room { return Room{} }

// Disk is not known here.
func Disk(string) Room { return Room{} }
