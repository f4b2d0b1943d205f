package ledger

import (
	"context"
	"fmt"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/pinyin"
)

// Status says in a few words where a matter stands and how long there still is: 已登记，剩 3 天.
func (v View) Status() string {
	switch {
	case !v.State.Open() || v.Due == "":
		return v.State.String()
	case v.Overdue:
		return fmt.Sprintf("已超期 %d 天", -v.DaysLeft)
	case v.DaysLeft == 0:
		return "今天到期"
	}
	return fmt.Sprintf("%s，剩 %d 天", v.State, v.DaysLeft)
}

// soon is how many days before the promised date people are reminded.
const soon = 3

// Soon says that a matter that goes on is promised for today or one of the next three days.
func (v View) Soon() bool { return v.State.Open() && v.Due != "" && !v.Overdue && v.DaysLeft <= soon }

// Masked is the citizen as a list shows him: 王**, 匿名, or — where this computer was not told.
func (v View) Masked() string {
	switch {
	case v.Name != "":
		return matter.MaskName(v.Name)
	case v.Anonymous:
		return "匿名"
	}
	return "—"
}

// Day is the day of a time for a list: 11月22日, or 2025-11-22 where it is not of this year.
func (l *Ledger) Day(t time.Time) string {
	if t.Year() != l.Now().Year() {
		return t.Format(time.DateOnly)
	}
	return t.Format("1月2日")
}

// Station is a station that matters came from.
type Station struct {
	Code, Name, Initials string
	Matters              int
}

// Stations gives the stations that matters came from, by code.
func (l *Ledger) Stations(ctx context.Context) (ss []Station, err error) {
	ts, err := l.Store.Stations(ctx)
	for _, t := range ts {
		name := PlaceName(t.Value)
		ss = append(ss, Station{t.Value, name, pinyin.Initials(name), t.N})
	}
	return ss, err
}

// Pending chooses what goes on, whenever it is promised for.
func (l *Ledger) Pending() Filter { return Filter{Overdue: "9999"} }

// Pressing chooses what is overdue or soon will be.
func (l *Ledger) Pressing() Filter {
	return Filter{Overdue: l.Now().AddDate(0, 0, soon+1).Format(time.DateOnly)}
}
