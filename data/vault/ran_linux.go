package vault

import (
	"time"

	"golang.org/x/sys/unix"
)

// ran is for how long this computer has been running, sleep included.
func ran() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
