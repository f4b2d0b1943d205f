package form

import (
	"fmt"
	"strings"
	"time"

	"lianluo.local/app/paper/typeset"
)

// Line makes text from anywhere printable on one line.
func Line(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(typeset.Clean(s), "\n", " "))
}

// Text makes text from anywhere printable and keeps its line ends.
func Text(s string) string { return strings.TrimSpace(typeset.Clean(s)) }

// Or gives s, or a dash where nothing is known.
func Or(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// Cut keeps the first n runes.
func Cut(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n])
	}
	return s
}

// Day writes a day as papers do, 2026年4月17日; "" for no day.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006年1月2日")
}

// Moment writes a day and the time of it to the minute; "" for none. A midnight is a day that came without a time:
// nobody is received then.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if t.Hour()+t.Minute() == 0 {
		return Day(t)
	}
	return Day(t) + fmt.Sprintf(" %d时%02d分", t.Hour(), t.Minute())
}

// Date writes a day of a file, 2026-04-17, as papers do. What is no such day stays as it is.
func Date(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Day(t)
	}
	return Line(s)
}
