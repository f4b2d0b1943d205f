package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/matter"
)

// keepCopy is a backup of an office's book.
func (o *office) keepCopy() string {
	o.w.t.Helper()
	file := filepath.Join(fast(o.w.t), "copy.db")
	o.w.must(o.Store.Backup(ctx, file))
	return file
}

// A station's database is set back by a month by hand, and the station goes on registering before it meets the county
// again: nothing is lost, nothing stands twice, no number is given twice, and it heals by itself.
func TestFault14StationSetBackAndWorking(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二")
	w.settle(station, county)
	old := station.keepCopy()
	station.titles("三", "四")
	county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.settle(station, county)
	life := station.Store.Self()
	station.setBack(old)
	station.titles("五")
	numbers := map[string]string{}
	for _, v := range station.list() {
		numbers[v.Number] = v.Title
	}
	w.settle(station, county)
	if station.Store.Self().Incarnation == life.Incarnation {
		t.Error("it goes on in its old life")
	}
	for _, title := range []string{"一", "二", "三", "四", "五"} {
		if !station.known(title) || !county.known(title) {
			t.Errorf("%s is lost: %v %v", title, station.known(title), county.known(title))
		}
	}
	w.agree(county, station)
	seen := map[string]string{}
	for _, v := range county.list() {
		if other, twice := seen[v.Number]; twice {
			t.Errorf("%s is the number of %s and %s", v.Number, other, v.Title)
		}
		seen[v.Number] = v.Title
	}
	if fs, err := county.Store.Forks(ctx); len(fs) != 0 || err != nil {
		t.Errorf("forks at the county: %v %v", fs, err)
	}
	// And it works on.
	station.titles("六")
	station.do(station.list()[0].Matter, `{"do":"collate"}`)
	w.settle(station, county)
	w.agree(county, station)
}

// A whole home is copied to a second computer and both are used, or it is set back with all that lies beside the database:
// nothing tells until the two meet at the county. Then what was written under names of others gets new ones; only the
// number that two citizens were given stays twice, and check says so.
func TestFault17CopiedAndBothUsed(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	copied := station.keepCopy()
	note, err := os.ReadFile(station.Home.Note())
	w.must(err)
	station.titles("二", "四")
	w.settle(station, county)
	w.must(os.WriteFile(station.Home.Note(), note, 0o600))
	b, err := os.ReadFile(copied)
	w.must(err)
	w.must(station.Close())
	w.must(os.WriteFile(station.Home.Database(), b, 0o600))
	w.must(os.WriteFile(station.Home.Note(), note, 0o600))
	station.open(station.Home)
	m := station.receive(desk.Draft{Title: "三"})
	station.do(m, `{"do":"collate"}`)
	w.settle(station, county)
	for _, title := range []string{"一", "二", "三", "四"} {
		if !station.known(title) || !county.known(title) {
			t.Errorf("%s is lost: %v %v", title, station.known(title), county.known(title))
		}
	}
	if self := station.Store.Self(); self.Incarnation == 1 {
		t.Errorf("life %d", self.Incarnation)
	}
	for _, o := range []*office{station, county} {
		rep, err := o.Store.Check(ctx, o.Settings.Unit)
		if err != nil || !rep.OK || len(rep.Doubled) != 1 || !strings.Contains(rep.Doubled[0], "给了不止一件事项") {
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
	station.titles("五")
	w.settle(station, county)
	if !county.known("五") {
		t.Error("it does not go on")
	}
}

// Two computers of one station see each other's matters through the county, and a paper number used at one is refused at
// the other.
func TestTwoComputersOfOneStation(t *testing.T) {
	w, county, a := pair(t)
	b := w.setUp("station", yuanjia)
	w.enrol(b, county)
	m := a.receive(desk.Draft{Title: "甲机登记", PaperNumber: "簿1-1", Name: "单志远", Phone: "13812345678"})
	b.receive(desk.Draft{Title: "乙机登记"})
	w.settle(a, b, county)
	for _, o := range []*office{a, b, county} {
		if !o.known("甲机登记") || !o.known("乙机登记") {
			t.Errorf("%s at %v", o.Settings.Unit, o.Store.Self())
		}
		o.healthy()
	}
	if got := b.show(m); got.Name != "单志远" {
		t.Errorf("the second computer knows %+v", got.Private)
	}
	if _, err := b.Desk.Receive(ctx, b.Clerk(), desk.Draft{Title: "又一件", PaperNumber: "簿1-1"}); err == nil {
		t.Error("a paper number was used twice")
	}
	b.do(m, `{"do":"collate"}`)
	w.settle(a, b, county)
	w.same(m, a, b, county)
}

// A copy that is put back by the program: what was written since comes back from the county, nothing is lost or doubled, and
// the same copy put back twice is no harm either. Another unit's copy and a damaged one change nothing.
func TestRestoreACopy(t *testing.T) {
	w, county, station := pair(t)
	other := w.setUp("station", fengshan)
	other.titles("别的站的")
	station.titles("一", "二")
	w.settle(station, county)
	copied := station.keepCopy()
	station.titles("三")
	w.settle(station, county)
	for range 2 {
		w.must(station.Close())
		for file, want := range map[string]error{other.keepCopy(): archive.ErrOther, station.Home.Settings(): archive.ErrBad} {
			if _, err := archive.Restore(ctx, station.Home, file, w.now); !errors.Is(err, want) {
				t.Errorf("%s was put back: %v", file, err)
			}
		}
		if _, err := archive.Restore(ctx, station.Home, copied, w.now); err != nil {
			t.Fatal(err)
		}
		station.open(station.Home)
		station.titles("新的")
		w.settle(station, county)
		w.agree(county, station)
		if !station.known("三") || !county.known("新的") {
			t.Error("something is lost")
		}
		w.later(time.Hour)
	}
	if n := len(county.list()); n != 5 {
		t.Errorf("%d matters", n)
	}
}

// A dead computer is replaced by a new one: the county accepts it after a telephone call, and all of the station's history
// comes back, who the citizens are, too.
func TestDeadComputerReplaced(t *testing.T) {
	w, county, dead := pair(t)
	m := dead.receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678", Words: "一下雨就倒灌"})
	dead.do(m, `{"do":"collate"}`)
	w.settle(dead, county)
	county.do(m, `{"do":"assign","to":["区住建局"]}`)
	w.must(dead.Close())
	station := w.setUp("station", yuanjia)
	w.enrol(station, county)
	w.settle(station, county)
	if got := station.show(m); got.Name != "单志远" || got.Words != "一下雨就倒灌" || got.State != matter.Assigned {
		t.Errorf("came back: %+v", got)
	}
	county.do(m, `{"do":"answer","class":1,"answer":"好了"}`)
	w.settle(station, county)
	station.do(m, `{"do":"inform"}`)
	station.titles("新的")
	w.settle(station, county)
	w.same(m, station, county)
	w.agree(county, station)

	w.must(second(county.Courier.Replace(ctx, yuanjia, station.Courier.Print())))
	county.sync()
	dead.open(dead.Home) // it comes back from the repair shop
	if dead.sync(); !progress(t, dead, countyUnit).Out {
		t.Error("it is not told")
	}
	if station.sync(); progress(t, station, countyUnit).Out {
		t.Error("the wrong one is told")
	}
}

// A copy is taken every week by itself, five are kept, and one goes to the second place; a year that has ended is archived once,
// and stays.
func TestWeeklyCopies(t *testing.T) {
	w := begin(t)
	station := w.setUp("station", yuanjia)
	station.Settings.Second = t.TempDir()
	station.titles("去年的")
	for range 60 {
		w.later(24 * time.Hour)
		_, err := archive.Weekly(ctx, station.Store, station.Home, *station.Settings, w.now)
		w.must(err)
	}
	mine, _ := filepath.Glob(filepath.Join(station.Home.Backups(), "weekly-*.db"))
	second, _ := filepath.Glob(filepath.Join(station.Settings.Second, "*.db"))
	if len(mine) != 5 || len(second) != 10 { // nine weeks and the year
		t.Errorf("%d copies, %d in the second place", len(mine), len(second))
	}
	years, _ := filepath.Glob(filepath.Join(station.Home.Backups(), "year-*.db"))
	if len(years) != 1 || filepath.Base(years[0]) != "year-2026.db" {
		t.Fatalf("archives %v in %d", years, w.now.Year())
	}
	if c, err := archive.Look(ctx, station.Home, years[0]); err != nil || c.Matters != 1 {
		t.Errorf("the year's archive holds %+v: %v", c, err)
	}
}

// A county's own terms and days off reach its stations, and the points below them, with the next bundle; the county says
// something else later, and that holds.
func TestRulesReachEverybodyBelow(t *testing.T) {
	w, point, town, county, city := chain(t)
	all := []*office{point, town, county, city}
	write := func(o *office, name, text string) {
		w.must(os.WriteFile(filepath.Join(string(o.Home), name), []byte(text), 0o600))
	}
	write(city, "holidays.csv", "2027-01-01,休,元旦\n")
	write(county, "profile.json", `{"collate":7,"steps":["一","二","三","四","五","六","七"]}`)
	w.settle(all...)
	again := func(o *office) {
		w.must(o.Close())
		o.open(o.Home)
	}
	for _, o := range all[:3] {
		again(o)
		if o.Profile.Collate != 7 || o.Profile.Steps[6] != "七" || o.Calendar.IsWorkday(time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)) {
			t.Errorf("%s sorts within %d days", o.Settings.Unit, o.Profile.Collate)
		}
		o.healthy()
	}
	if again(city); city.Profile.Collate != 5 {
		t.Error("a county's rules went up")
	}
	write(county, "profile.json", `{"collate":3}`)
	w.settle(all...)
	again(point)
	if point.Profile.Collate != 3 || point.Profile.Steps[6] == "七" {
		t.Errorf("the old rules hold: %d", point.Profile.Collate)
	}
	point.titles("一")
	w.settle(all...)
	county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.settle(all...)
	for _, o := range all {
		o.healthy()
	}
}

// A computer dies after its last file was sent and before anybody read it. Whoever puts it out of use takes that in first, and the
// successor gets it.
func TestLastFileOfADeadComputer(t *testing.T) {
	w, county, dead := pair(t)
	dead.titles("一")
	w.settle(dead, county)
	dead.titles("最后的")
	dead.sync()
	w.must(dead.Close())
	station := w.setUp("station", yuanjia)
	w.enrol(station, county)
	w.must(second(county.Courier.Replace(ctx, yuanjia, station.Courier.Print())))
	w.settle(station, county)
	for _, o := range []*office{station, county} {
		if !o.known("最后的") {
			t.Errorf("%s has lost it", o.Settings.Unit)
		}
	}
	w.agree(county, station)
}
