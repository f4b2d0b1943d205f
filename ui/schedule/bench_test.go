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
				m, err := read(ctx, w.Agenda, w.Roster, w.World.Now, view{})
				if err != nil || len(m.shown) != n {
					b.Fatal(len(m.shown), err)
				}
				m.counted()
			}
		})
	}
}

// The page of a county is opened on the month of all its stations, drawn on an old screen.
func BenchmarkStationsByDays(b *testing.B) {
	for _, size := range []struct{ stations, every int }{{50, 7}, {200, 7}, {200, 1}} {
		w := newWorld(b, "county", "141102", size.stations)
		n := 0
		for station := range size.stations {
			for day := 1; day <= 31; day += size.every {
				w.sits(b, fmt.Sprintf("2027-01-%02d", day), station, nil)
				n++
			}
		}
		w.show(b, usual, 18)
		b.Run(fmt.Sprintf("%d stations, %d sessions", size.stations, n), func(b *testing.B) {
			for b.Loop() {
				w.Shown()
				if len(w.month.marks) != n || len(w.month.rows) != size.stations {
					b.Fatal(len(w.month.marks), len(w.month.rows))
				}
			}
		})
	}
}
