package archive_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/store"
)

// A station's database is set back by a month by hand, and the station goes on registering before it meets the county
// again: nothing is lost, nothing stands twice, no number is given twice, and it heals by itself.
func TestFault14StationSetBackAndWorking(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二")
	w.Settle(station, county)
	old := station.KeepCopy()
	station.Titles("三", "四")
	county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.Settle(station, county)
	life := station.Store.Self()
	station.SetBack(old)
	station.Titles("五")
	numbers := map[string]string{}
	for _, v := range station.List() {
		numbers[v.Number] = v.Title
	}
	w.Settle(station, county)
	if station.Store.Self().Incarnation == life.Incarnation {
		t.Error("it goes on in its old life")
	}
	for _, title := range []string{"一", "二", "三", "四", "五"} {
		if !station.Known(title) || !county.Known(title) {
			t.Errorf("%s is lost: %v %v", title, station.Known(title), county.Known(title))
		}
	}
	w.Agree(county, station)
	seen := map[string]string{}
	for _, v := range county.List() {
		if other, twice := seen[v.Number]; twice {
			t.Errorf("%s is the number of %s and %s", v.Number, other, v.Title)
		}
		seen[v.Number] = v.Title
	}
	if fs, err := county.Store.Forks(ctx); len(fs) != 0 || err != nil {
		t.Errorf("forks at the county: %v %v", fs, err)
	}
	// And it works on.
	station.Titles("六")
	station.Do(station.List()[0].Matter, `{"do":"collate"}`)
	w.Settle(station, county)
	w.Agree(county, station)
}

// A whole home is copied to a second computer and both are used, or it is set back with all that lies beside the
// database: nothing tells until the two meet at the county. Then what was written under names of others gets new ones;
// only the number that two citizens were given stays twice, and check says so.
func TestFault17CopiedAndBothUsed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	copied := station.KeepCopy()
	note, err := os.ReadFile(station.Home.Note())
	w.Must(err)
	station.Titles("二", "四")
	w.Settle(station, county)
	w.Must(os.WriteFile(station.Home.Note(), note, 0o600))
	b, err := os.ReadFile(copied)
	w.Must(err)
	w.Must(station.Close())
	w.Must(os.WriteFile(station.Home.Database(), b, 0o600))
	w.Must(os.WriteFile(station.Home.Note(), note, 0o600))
	station.Open(station.Home)
	m := station.Receive(desk.Draft{Title: "三"})
	station.Do(m, `{"do":"collate"}`)
	w.Settle(station, county)
	for _, title := range []string{"一", "二", "三", "四"} {
		if !station.Known(title) || !county.Known(title) {
			t.Errorf("%s is lost: %v %v", title, station.Known(title), county.Known(title))
		}
	}
	if self := station.Store.Self(); self.Incarnation == 1 {
		t.Errorf("life %d", self.Incarnation)
	}
	for _, o := range []*apptest.Seat{station, county} {
		rep, err := o.Store.Check(ctx, o.Settings.Unit)
		if err != nil || !rep.OK || len(rep.Doubled) != 1 || rep.Doubled[0].What != store.Numbered {
			t.Errorf("check of %s: %v %v", o.Settings.Unit, rep, err)
		}
		var both ledger.Doubled
		if _, err := o.Ledger.Show(ctx, m.Number); !errors.As(err, &both) || !strings.Contains(both.Sentence(), m.ID) {
			t.Errorf("which %s is meant? %v", m.Number, err)
		}
		if v, err := o.Ledger.Show(ctx, m.ID); err != nil || v.Title != "三" {
			t.Errorf("%s: %v", v.Title, err)
		}
	}
	station.Titles("五")
	w.Settle(station, county)
	if !county.Known("五") {
		t.Error("it does not go on")
	}
}

// A copy that is put back by the program: what was written since comes back from the county, nothing is lost or
// doubled, and the same copy put back twice is no harm either. Another unit's copy and a damaged one change nothing.
func TestRestoreACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other := w.SetUp("station", apptest.Fengshan)
	other.Titles("别的站的")
	station.Titles("一", "二")
	w.Settle(station, county)
	copied := station.KeepCopy()
	station.Titles("三")
	w.Settle(station, county)
	for range 2 {
		w.Must(station.Close())
		for file, want := range map[string]error{other.KeepCopy(): archive.ErrOther, station.Home.Settings(): archive.ErrBad} {
			if _, err := station.Records().Restore(ctx, file, w.Now); !errors.Is(err, want) {
				t.Errorf("%s was put back: %v", file, err)
			}
		}
		if _, err := station.Records().Restore(ctx, copied, w.Now); err != nil {
			t.Fatal(err)
		}
		station.Open(station.Home)
		station.Titles("新的")
		w.Settle(station, county)
		w.Agree(county, station)
		if !station.Known("三") || !county.Known("新的") {
			t.Error("something is lost")
		}
		w.Later(time.Hour)
	}
	if n := len(county.List()); n != 5 {
		t.Errorf("%d matters", n)
	}
}

// A copy is taken every week by itself, five are kept, and one goes to the second place; a year that has ended is
// archived once, and stays.
func TestWeeklyCopies(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	station.Settings.Second = t.TempDir()
	station.Titles("去年的")
	for range 60 {
		w.Later(24 * time.Hour)
		_, err := archive.Weekly(ctx, station.Store, station.Home, *station.Settings, w.Now)
		w.Must(err)
	}
	mine, _ := filepath.Glob(filepath.Join(station.Home.Backups(), "weekly-*.db"))
	second, _ := filepath.Glob(filepath.Join(station.Settings.Second, "*.db"))
	if len(mine) != 5 || len(second) != 10 { // nine weeks and the year
		t.Errorf("%d copies, %d in the second place", len(mine), len(second))
	}
	years, _ := filepath.Glob(filepath.Join(station.Home.Backups(), "year-*.db"))
	if len(years) != 1 || filepath.Base(years[0]) != "year-2026.db" {
		t.Fatalf("archives %v in %d", years, w.Now.Year())
	}
	if c, err := station.Records().Look(ctx, years[0]); err != nil || c.Matters != 1 {
		t.Errorf("the year's archive holds %+v: %v", c, err)
	}
}

// What is done at a computer between finding out that it was set back and getting its words back follows on what it
// wrote before, and goes on following when that gets other names.
func TestWorkGoesOnWhileWordsComeBack(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	back := station.Imaged()
	station.Titles("三")
	w.Settle(station, county)
	back()
	correct := func(title string) {
		w.Later(time.Minute)
		_, err := station.Desk.Correct(ctx, station.Clerk(), station.List()[len(station.List())-1].ID,
			map[string]json.RawMessage{"title": json.RawMessage(`"` + title + `"`)})
		w.Must(err)
	}
	life := station.Store.Self()
	correct("改一")
	for range 4 {
		station.Sync()
		correct(station.List()[len(station.List())-1].Title + "再")
		county.Sync()
		if station.Store.Self() == life {
			t.Fatal("it lives its old life")
		}
	}
	w.Settle(station, county)
	w.Agree(county, station)
	station.Quiet()
	county.Quiet()
}
