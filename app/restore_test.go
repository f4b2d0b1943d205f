package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/desk"
)

// keepCopy is a backup of an office's book.
func (o *office) keepCopy() string {
	o.w.t.Helper()
	file := filepath.Join(o.w.t.TempDir(), "copy.db")
	o.w.must(o.Store.Backup(ctx, file))
	return file
}

// A station's database is set back by a month by hand, and the station goes on registering before it meets the county
// again: nothing is lost, nothing stands twice, no number is given twice, and it heals by itself.
func TestStationSetBackAndWorking(t *testing.T) {
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
func TestCopiedAndBothUsed(t *testing.T) {
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
		if err != nil || len(rep.Problems) != 1 || !strings.Contains(rep.Problems[0], "given twice") {
			t.Errorf("check of %s: %v %v", o.Settings.Unit, rep.Problems, err)
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
	if _, err := b.Desk.Receive(ctx, desk.Draft{Title: "又一件", PaperNumber: "簿1-1"}); err == nil {
		t.Error("a paper number was used twice")
	}
	b.do(m, `{"do":"collate"}`)
	w.settle(a, b, county)
	w.same(m, a, b, county)
}
