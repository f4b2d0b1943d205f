package ledger

import (
	"fmt"
	"testing"
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/matter"
)

// The lights over the working days of 2026: half gone or three left is yellow, a day past is red, weekends do not count.
func TestClock(t *testing.T) {
	for _, c := range []struct {
		since, term, today string
		left               int
		light              Light
	}{
		{"2026-11-23", "2026-12-07", "2026-11-23", 10, Green},
		{"2026-11-23", "2026-12-07", "2026-11-30", 5, Green},
		{"2026-11-23", "2026-12-07", "2026-12-01", 4, Yellow}, // more than half has gone
		{"2026-11-23", "2026-12-07", "2026-12-07", 0, Yellow},
		{"2026-11-23", "2026-12-04", "2026-12-05", 0, Red}, // a Saturday
		{"2026-11-23", "2026-12-04", "2026-12-08", -2, Red},
		{"2026-11-23", "2026-11-27", "2026-11-24", 3, Yellow}, // three days are few at any time
		{"2026-09-28", "2026-10-12", "2026-09-30", 4, Green},  // over 国庆: 8, 9, 10 (worked) and 12 October of six
		{"", "2026-12-31", "2026-11-23", 28, Yellow},          // nobody knows when it began
		{"2026-11-23", "", "2026-11-23", 0, Off},
	} {
		today, _ := time.Parse(time.DateOnly, c.today)
		if left, light := Clock(workday.Official(), c.since, c.term, today); left != c.left || light != c.light {
			t.Errorf("%s–%s on %s: %d %v, want %d %v", c.since, c.term, c.today, left, light, c.left, c.light)
		}
	}
}

// Days are called working days where they are.
func TestDaysAreWorkingDays(t *testing.T) {
	for _, c := range []struct {
		v    View
		want [2]string
	}{
		{View{Light: Green, DaysLeft: 9}, [2]string{"绿　剩 9 个工作日", "已登记，剩 9 个工作日"}},
		{View{Light: Yellow}, [2]string{"今天到期", "已登记，今天到期"}},
		{View{Light: Red, Overdue: true}, [2]string{"超期不到 1 个工作日", "已登记，超期不到 1 个工作日"}}, // a Saturday
		{View{Light: Red, Overdue: true, DaysLeft: -2}, [2]string{"超期 2 个工作日", "已登记，超期 2 个工作日"}},
		{View{}, [2]string{"", "已登记"}},
	} {
		c.v.State = matter.Registered
		if got := [2]string{c.v.Left(), c.v.Status()}; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if late := c.v.Rest(); c.v.Overdue && late != fmt.Sprintf("超期 %d", -c.v.DaysLeft) {
			t.Errorf("in a column it says %q", late)
		}
	}
}
