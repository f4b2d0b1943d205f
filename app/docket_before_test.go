package app_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/docket"
	"lianluo.local/data/suggestion"
)

// A station and its county with suggestions open as an earlier program left them: one that promises something, with all that
// was said of it, a draft that nobody else sees; and what a matter alone called 转代表建议 opens by itself, once, with the
// deputies and the unit that it named, and with the other matter that went with it. Work goes on.
func TestDocketsOfBefore(t *testing.T) {
	files, err := filepath.Glob("testdata/docket-*.zip")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := homesOfBefore(t, file, time.Date(2026, 11, 22, 9, 0, 0, 0, apptest.Evening.Location()))
			station, county := w.open("station"), w.open("county")
			all := []*apptest.Seat{station, county}
			stands := func(o *apptest.Seat) (said []string) {
				list, _, err := o.Docket.List(ctx, docket.Filter{})
				w.Must(err)
				for _, s := range list {
					line := fmt.Sprintf("%s %s %v", s.Number, s.Title, s.State)
					for _, g := range s.Signed() {
						line += " " + s.Who[g.Key].Name
					}
					for _, u := range s.Units {
						line += " " + s.Who[u.Key].Name
					}
					for _, p := range s.Pending() {
						line += " " + s.Texts[p.Mark] + p.By
					}
					said = append(said, fmt.Sprintf("%s %d件 %d次评价", line, len(s.Matters), len(s.Ratings)))
				}
				slices.Sort(said)
				return said
			}
			promised := "12 关于七巷通气的建议 承诺办理中 成玉兰 车玉柱 住建局 财政局 七巷通气2027-10-31 1件 1次评价"
			draft, old := " 关于夜间排污的建议 起草 0件 0次评价", " 关于路灯的建议 待签收 成玉兰 城管局 2件 0次评价"
			if got := stands(station); !slices.Equal(got, []string{draft, promised}) {
				t.Errorf("the station holds %q", got)
			}
			for range 3 {
				for _, o := range all {
					w.Later(time.Minute)
					w.Must(apptest.Err(o.Round(ctx, o.Clerk())))
				}
			}
			if got := stands(station); !slices.Equal(got, []string{draft, old, promised}) {
				t.Errorf("later the station holds %q", got)
			}
			if got := stands(county); !slices.Equal(got, []string{old, promised}) {
				t.Errorf("later the county holds %q", got)
			}
			for _, v := range station.List() {
				if v.Suggestion != "" && len(v.Proposers) == 0 {
					t.Errorf("%s is proposed by nobody", v.Title)
				}
			}
			s, err := county.Docket.Find(ctx, "12")
			w.Must(err)
			order, err := docket.Parse([]byte(`{"do":"keep","answer":"七巷已经通气"}`))
			w.Must(err)
			if s, _, err = county.Docket.Act(ctx, county.Clerk(), s.ID, order); err != nil || s.State != suggestion.Reviewed {
				t.Errorf("%v %v", s.State, err)
			}
			w.Settle(all...)
			for _, o := range all {
				o.Healthy()
				o.Quiet()
			}
		})
	}
}
