package ledger

import (
	"time"

	"lianluo.local/assets/workday"
)

// Light is how urgent a term is: green, yellow once half of it has gone or three working days are left, red when it
// is over.
type Light int

// The lights (绿 黄 红); Off where no term runs.
const (
	Off Light = iota
	Green
	Yellow
	Red
)

// String is the light's Chinese word.
func (l Light) String() string { return [...]string{"", "绿", "黄", "红"}[l] }

// Clock reads a term that began on one day and ends on another, both 2026-12-04: how many working days are left today
// (negative when some have passed since it was over) and how that looks.
func Clock(c *workday.Calendar, since, term string, today time.Time) (left int, light Light) {
	end, err := time.Parse(time.DateOnly, term)
	if err != nil {
		return 0, Off
	}
	now, _ := time.Parse(time.DateOnly, today.Format(time.DateOnly))
	left = c.Between(now, end)
	if now.After(end) {
		return left, Red
	}
	begin, err := time.Parse(time.DateOnly, since)
	if err != nil || left <= soon || 2*left < c.Between(begin, end) {
		return left, Yellow
	}
	return left, Green
}
