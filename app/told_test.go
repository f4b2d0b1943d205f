package app_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/explain"
)

// What a city's newer program tells comes to those below it byte for byte, through a county whose program is as old
// as theirs, and each goes by what it can read of it. Who cannot read something that it knows hears so; who only
// knows less does not.
func TestRulesOfANewerOffice(t *testing.T) {
	day := func(month time.Month, day int) time.Time { return time.Date(2028, month, day, 9, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		profile, holidays string
		said              []string // in sentences, when a home is opened
	}{
		{`{"collate": 7,  "quorum": {"least": 5}, "Шаг": null}`, "日期,休班,名称,依据\r\n2028-01-03,休,,国办发\r\n2028-03-08,半,妇女节\r\n学期,春\r\n", nil},
		{`{"collate": 7, "inform": {"days": 2}}`, "2028-01-03,休\n2028-13-45,休\n", []string{"放假安排", "办理规则"}},
	} {
		t.Run(cmp.Or(strings.Join(c.said, " "), "all can be read"), func(t *testing.T) {
			w, point, town, county, city := apptest.Chain(t)
			told := map[string]string{"profile.json": c.profile, "holidays.csv": c.holidays, "wordings.json": `{"of a kind":"to come"}`}
			city.Courier.Rules = func(context.Context) (map[string]string, error) { return told, nil }
			w.Settle(point, town, county, city)
			for _, o := range []*apptest.Seat{county, town, point} {
				for name, text := range told {
					if got, err := o.Store.Published(ctx, o.Settings.Unit, name); err != nil || got != text {
						t.Errorf("%s has %s as %q: %v", o.Settings.Unit, name, got, err)
					}
				}
				w.Must(o.Close())
				o.Open(o.Home)
				if o.Profile.Collate != 7 || o.Profile.Inform != 3 || o.Profile.Rate != 15 {
					t.Errorf("%s goes by %+v", o.Settings.Unit, o.Profile)
				}
				if o.Calendar.IsWorkday(day(1, 3)) || !o.Calendar.IsWorkday(day(3, 8)) || o.Calendar.IsWorkday(day(1, 1)) {
					t.Errorf("%s knows other days off", o.Settings.Unit)
				}
				var said []string
				for _, err := range o.Amiss {
					said = append(said, explain.Sentence(err))
				}
				if !slices.EqualFunc(said, c.said, strings.Contains) {
					t.Errorf("%s says %q, want of %q", o.Settings.Unit, said, c.said)
				}
				o.Healthy()
			}
		})
	}
}
