package thing

import "time"

// Days is a civil day as lists count with it: how many days it lies after 1 January 1970; 0 for what is no day. It takes
// 2026-11-21.
func Days(date string) int {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return DaysAt(t)
}

// DaysAt is the civil day that a moment has in its own zone.
func DaysAt(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Date is a day as it is written, 2026-11-21; "" for 0.
func Date(days int) string {
	if days == 0 {
		return ""
	}
	return time.Unix(int64(days)*24*60*60, 0).UTC().Format(time.DateOnly)
}
