// Package lunar is the months of the lunar calendar (农历), by which markets are held. They come from
// github.com/6tail/lunar-go (MIT), which works out new moons for any year.
package lunar

import (
	"sync"
	"time"

	"github.com/6tail/lunar-go/calendar"
)

// Month is one month; a leap month is a month like any other, and has its own market days.
type Month struct {
	First time.Time // its 初一, at midnight UTC
	Days  int       // 29 or 30
}

// Months gives those that have a day between two, both counted, by time.
func Months(from, to time.Time) (list []Month) {
	from, to = midnight(from), midnight(to)
	for year := from.Year() - 1; year <= to.Year(); year++ {
		for _, m := range of(year) {
			if !m.First.After(to) && m.First.AddDate(0, 0, m.Days).After(from) {
				list = append(list, m)
			}
		}
	}
	return list
}

var years sync.Map // of []Month by the year: new moons take a while to work out

func of(year int) []Month {
	if known, ok := years.Load(year); ok {
		return known.([]Month)
	}
	var list []Month
	months := calendar.NewLunarYear(year).GetMonthsInYear()
	for e := months.Front(); e != nil; e = e.Next() {
		m := e.Value.(*calendar.LunarMonth)
		s := calendar.NewSolarFromJulianDay(m.GetFirstJulianDay())
		list = append(list, Month{time.Date(s.GetYear(), time.Month(s.GetMonth()), s.GetDay(), 0, 0, 0, 0, time.UTC), m.GetDayCount()})
	}
	years.Store(year, list)
	return list
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
