package turn

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lianluo.local/assets/workday"
	"lianluo.local/data/rota"
)

func at(s string) time.Time { t, _ := time.Parse(time.DateOnly, s); return t }

// Each kind of rule with the days that a wall calendar shows for it.
func TestDays(t *testing.T) {
	for _, c := range []struct {
		name     string
		rule     rota.Rule
		from, to string
		want     string // days, with the rule's own day where a holiday moved it: 02-15=02-11
	}{
		{"每月11日", rota.Rule{Every: "month", Day: 11, Shift: "next"}, "2027-01-01", "2027-04-30", "01-11 02-14=02-11 03-11 04-12=04-11"},
		{"每月11日提前", rota.Rule{Every: "month", Day: 11, Shift: "previous"}, "2027-02-01", "2027-02-28", "02-04=02-11"},
		{"每月11日不调整", rota.Rule{Every: "month", Day: 11, Shift: "keep"}, "2027-02-01", "2027-02-28", "02-11"},
		{"每月31日", rota.Rule{Every: "month", Day: 31, Shift: "keep"}, "2027-01-01", "2027-04-30", "01-31 02-28 03-31 04-30"},
		{"调休的星期日照常", rota.Rule{Every: "month", Day: 31, Shift: "next"}, "2027-01-31", "2027-01-31", "01-31"},
		{"第二个星期三", rota.Rule{Every: "month", Nth: 2, Weekday: []int{3}, Shift: "next"}, "2027-01-01", "2027-03-31", "01-13 02-14=02-10 03-10"},
		{"最后一个星期五", rota.Rule{Every: "month", Nth: -1, Weekday: []int{5}, Shift: "keep"}, "2027-01-01", "2027-02-28", "01-29 02-26"},
		{"第五个星期五没有就最后一个", rota.Rule{Every: "month", Nth: 5, Weekday: []int{5}, Shift: "keep"}, "2027-01-01", "2027-02-28", "01-29 02-26"},
		{"每周一、四", rota.Rule{Every: "week", Weekday: []int{1, 4}, Shift: "next"}, "2027-09-27", "2027-10-14", "09-27 09-30 10-08=10-04 10-11 10-14"},
		{"每周六不因周末顺延", rota.Rule{Every: "week", Weekday: []int{6}, Shift: "next"}, "2027-09-25", "2027-10-16", "09-25 10-08=10-02 10-09 10-16"},
		{"逢三、八", rota.Rule{Every: "cycle", Day: 3, Days: 5, Shift: "keep"}, "2027-02-20", "2027-03-10", "02-23 02-28 03-03 03-08"},
		{"农历逢五、十", rota.Rule{Every: "cycle", Day: 5, Days: 5, Lunar: true, Shift: "keep"}, "2027-01-30", "2027-02-15", "02-01 02-05 02-10 02-15"},
		{"农历每月十五", rota.Rule{Every: "month", Day: 15, Lunar: true, Shift: "keep"}, "2027-01-01", "2027-03-31", "01-22 02-20 03-22"},
		{"三天一集从一天数起", rota.Rule{Every: "cycle", Days: 3, Since: "2026-12-31", Shift: "keep"}, "2027-01-01", "2027-01-10", "01-03 01-06 01-09"},
		{"起止以内", rota.Rule{Every: "week", Weekday: []int{1}, Since: "2027-03-08", Until: "2027-03-22", Shift: "keep"}, "2027-01-01", "2027-12-31", "03-08 03-15 03-22"},
		{"手定的日子", rota.Rule{Every: "day", Dates: []string{"2027-03-05", "2027-01-08", "2027-01-08"}, Shift: "keep"}, "2027-01-01", "2027-12-31", "01-08 03-05"},
		{"不在同一月", rota.Rule{Every: "month", Day: 30, Shift: "next"}, "2027-10-01", "2027-10-31", "11-01=10-30"},
	} {
		var got []string
		for _, s := range Days(c.rule, at(c.from), at(c.to), workday.Official()) {
			if s.Day != s.Rule {
				s.Day += "=" + s.Rule[5:]
			}
			got = append(got, s.Day[5:])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

func anyRule(t *rapid.T) rota.Rule {
	return rota.Rule{Every: rapid.SampledFrom([]string{"month", "week", "cycle"}).Draw(t, "every"), Day: rapid.IntRange(0, 31).Draw(t, "day"),
		Nth: rapid.IntRange(-1, 5).Draw(t, "nth"), Weekday: rapid.SliceOfNDistinct(rapid.IntRange(1, 7), 1, 4, rapid.ID[int]).Draw(t, "weekdays"),
		Days: rapid.IntRange(1, 30).Draw(t, "days"), Lunar: rapid.Bool().Draw(t, "lunar"), Since: "2025-12-01",
		Shift: rapid.SampledFrom([]string{"next", "previous", "keep"}).Draw(t, "shift")}
}

// However a span is cut, its parts have the days of the whole; no day comes twice; what is moved lies on a working day.
func TestDaysOfParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, c := anyRule(t), workday.Official()
		cut := at("2026-01-01").AddDate(0, 0, rapid.IntRange(0, 700).Draw(t, "cut"))
		from, to := at("2026-01-01"), at("2027-12-31")
		whole := Days(r, from, to, c)
		parts := append(Days(r, from, cut, c), Days(r, cut.AddDate(0, 0, 1), to, c)...)
		slices.SortFunc(parts, func(a, b Slot) int { return strings.Compare(a.Day, b.Day) })
		if !slices.Equal(whole, parts) {
			t.Fatalf("%+v cut at %v: %v, in parts %v", r, cut, whole, parts)
		}
		had := map[string]bool{}
		for _, s := range whole {
			if had[s.Day] || s.Day != s.Rule && (r.Shift == "keep" || !c.IsWorkday(at(s.Day))) {
				t.Fatalf("%+v: %+v of %v", r, s, whole)
			}
			had[s.Day] = true
		}
	})
}
