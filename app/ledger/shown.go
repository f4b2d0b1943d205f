package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/mask"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Days says how many working days there still are: 剩 3 个工作日, 今天到期, 超期 2 个工作日; "" where no term runs. Over a weekend it
// is late by less than one.
func (v View) Days() string {
	switch {
	case v.Light == Off:
		return ""
	case v.Overdue && v.DaysLeft == 0:
		return "超期不到 1 个工作日"
	case v.Overdue:
		return fmt.Sprintf("超期 %d 个工作日", -v.DaysLeft)
	case v.DaysLeft == 0:
		return "今天到期"
	}
	return fmt.Sprintf("剩 %d 个工作日", v.DaysLeft)
}

// Status says in a few words where a matter stands and how many working days there still are: 已登记，剩 3 个工作日.
func (v View) Status() string {
	if v.Light == Off {
		return v.State.String()
	}
	return v.State.String() + "，" + v.Days()
}

// Left is how long there still is, with its light: 绿　剩 9 个工作日; "" where no term runs.
func (v View) Left() string {
	if v.Light == Off || v.Overdue || v.DaysLeft == 0 { // these say it themselves
		return v.Days()
	}
	return v.Light.String() + "　" + v.Days()
}

// soon is how many working days before a term people are reminded.
const soon = 3

// Soon says that somebody has to act today or within the next three working days.
func (v View) Soon() bool { return v.Light == Yellow && v.DaysLeft <= soon }

// Masked is the citizen as a list shows him: 王**, 匿名, or — where this computer was not told.
func (v View) Masked() string {
	switch {
	case v.Name != "":
		return mask.Name(v.Name)
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
	ts, err := view.Stations(ctx, l.Store)
	for _, t := range ts {
		name := places.Of(t.Value).Where
		ss = append(ss, Station{t.Value, name, pinyin.Initials(name), t.N})
	}
	return ss, err
}

// Pending chooses what goes on, whenever it is promised for.
func (l *Ledger) Pending() Filter { return Filter{Overdue: "9999"} }

// Pressing chooses what is overdue or soon will be.
func (l *Ledger) Pressing() Filter {
	return Filter{Overdue: l.Calendar.Add(l.Now(), soon).AddDate(0, 0, 1).Format(time.DateOnly)}
}

// Lacking says which private words of our own are not here, and what to do; "" where none are missing.
func (v View) Lacking() string {
	a := v.Absent
	if a == nil {
		return ""
	}
	words := map[string]string{
		"sheet":    "姓名、电话、原话锁着：请拿编号 " + strings.Join(a.Sheets, "、") + " 的恢复单，在“设置帮助”的“恢复单”里打开",
		"computer": "姓名、电话、原话在本单位另一台电脑上",
		"nowhere":  "姓名、电话、原话不在了。刚换了电脑的，先报送一两次再看；还没有的，就找不回来了，要用时请再问群众",
	}[a.Where()]
	if a.Known {
		words += "（已知）"
	}
	return words + "。"
}

// Timeline is the history for people, by the clock on the wall; what an act built on stands in the history itself.
func (v View) Timeline() []thing.Event {
	events := slices.Clone(v.History)
	slices.SortStableFunc(events, func(a, b thing.Event) int { return a.At.Compare(b.At) })
	return events
}

// Called is how people call the unit above them, by its code: 乡镇站, 县里, 市里; "" for none.
func Called(parent string) string {
	if parent == "" {
		return ""
	}
	return map[journal.Level]string{journal.Station: "乡镇站", journal.County: "县里",
		journal.City: "市里"}[unit.LevelOf(parent)]
}
