package form

import (
	"time"

	"lianluo.local/data/profile"
	"lianluo.local/data/settings"
)

// Office is who prints: what stands in the heads of its papers, the words of its county, and the day.
type Office struct {
	settings.Settings
	Profile profile.Profile
	Today   time.Time
}
