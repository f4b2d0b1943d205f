package lunar

import (
	"testing"
	"time"
)

func day(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

// The new years that everybody knows, a leap month, and that months follow each other without a gap.
func TestMonths(t *testing.T) {
	firsts := map[string]int{}
	list := Months(day("2023-01-01"), day("2027-12-31"))
	for i, m := range list {
		firsts[m.First.Format(time.DateOnly)] = m.Days
		if i > 0 && !list[i-1].First.AddDate(0, 0, list[i-1].Days).Equal(m.First) {
			t.Errorf("after %v of %d days comes %v", list[i-1].First, list[i-1].Days, m.First)
		}
	}
	for _, first := range []string{"2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", // 春节
		"2023-03-22", "2025-07-25"} { // 闰二月, 闰六月
		if firsts[first] == 0 {
			t.Errorf("no month begins on %s", first)
		}
	}
	if got := Months(day("2027-02-05"), day("2027-02-06")); len(got) != 2 || got[1].Days != 30 {
		t.Errorf("around a new year: %v", got)
	}
}
