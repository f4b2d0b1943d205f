package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
)

// One round closes what nobody rated in time, in the name of whoever does it, takes the week's copy, and sends what
// it wrote; where the folder is away the first two are done all the same.
func TestARoundBringsWhatBelongsToIt(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "没有评", Name: "单志远"})
	for _, order := range []string{`{"do":"collate"}`, `{"do":"answer","class":1,"answer":"办好了。"}`, `{"do":"inform"}`} {
		station.Do(m, order)
	}
	w.Later(25 * 24 * time.Hour)
	for _, away := range []bool{true, false} {
		if station.Settings.Folder = w.Folder; away {
			station.Settings.Folder = filepath.Join(w.Folder, "away")
		}
		r, err := station.Round(ctx, clerk.Clerk{Name: "温雅琴"})
		if (err != nil) != away || r.Doubt != nil || r.Lapse != nil || r.Copy != nil {
			t.Errorf("away %v: %v, beside it %v %v %v", away, err, r.Doubt, r.Lapse, r.Copy)
		}
		got := station.Show(m)
		if last := got.History[len(got.History)-1]; got.State != matter.Unrated || last.By != "温雅琴" {
			t.Errorf("away %v: %v by %s", away, got.State, last.By)
		}
		if copies, _ := filepath.Glob(filepath.Join(station.Home.Backups(), "weekly-*.db")); len(copies) != 1 {
			t.Errorf("away %v: copies %v", away, copies)
		}
	}
	w.Must(apptest.Err(county.Round(ctx, county.Clerk())))
	w.Same(m, station, county)
}

// By a clock that is doubted nothing lapses, and what is written travels.
func TestNothingLapsesByADoubtedClock(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "没有评", Name: "单志远"})
	for _, order := range []string{`{"do":"collate"}`, `{"do":"answer","class":1,"answer":"办好了。"}`, `{"do":"inform"}`} {
		station.Do(m, order)
	}
	w.Later(15 * 365 * 24 * time.Hour)
	r, err := station.Round(ctx, station.Clerk())
	if err != nil || r.Doubt == nil || r.Sent == 0 || station.Show(m).State != matter.Told {
		t.Errorf("%+v %v %v", r, err, station.Show(m).State)
	}
	w.Must(apptest.Err(county.Courier.Sync(ctx)))
	w.Same(m, station, county)
}
