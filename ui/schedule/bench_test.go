package schedule

import (
	"fmt"
	"testing"
)

// The month of a county of fifty stations is asked for and laid out, with one session a week at each and with one a day.
func BenchmarkMonthOfACounty(b *testing.B) {
	for _, every := range []int{7, 1} {
		w := newWorld(b, "county", "141102", 50)
		n := 0
		for station := range 50 {
			for day := 1; day <= 31; day += every {
				w.sits(b, fmt.Sprintf("2027-01-%02d", day), station, nil)
				n++
			}
		}
		b.Run(fmt.Sprintf("%d sessions", n), func(b *testing.B) {
			for b.Loop() {
				m, err := read(ctx, w.Agenda, w.Roster, w.World.Now)
				if err != nil || len(m.shown) != n || len(m.idle) != 0 {
					b.Fatal(len(m.shown), len(m.idle), err)
				}
				m.counted(w.Agenda)
			}
		})
	}
}
