package vault

import (
	"time"

	"golang.org/x/sys/windows"
)

// ran is for how long this computer has been running, sleep included.
func ran() time.Duration { return windows.DurationSinceBoot() }
