package app_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
)

// The county's computer burnt down, without a copy. A new one is set up; each station compares its digits by telephone, and
// then the county has everything again: what the stations wrote, and its own acts, which they and the city had kept.
func TestCountyReplaced(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一", "二")
	w.settle(station, county, city)
	w.must(county.Courier.Renew(ctx, rand.Reader)) // its digits are others from now on
	w.settle(station, county, city)
	county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.settle(station, county, city)
	county.do(county.list()[1].Matter, `{"do":"lead","leader":"区领导乙"}`)
	w.must(os.RemoveAll(filepath.Join(w.folder, cityUnit)))
	county.sync()
	w.must(os.RemoveAll(filepath.Join(w.folder, cityUnit))) // of its last act only the station hears
	station.sync()
	want := county.list()
	county.Close()

	fresh := w.setUp("county", countyUnit)
	fresh.sync()
	w.must(second(city.Courier.Accept(ctx, countyUnit, fresh.Courier.Print())))
	w.must(second(city.Courier.Replace(ctx, countyUnit, fresh.Courier.Print())))
	w.must(fresh.Courier.Follow(ctx, city.Courier.Print()))
	city.sync()
	fresh.sync()
	w.must(second(fresh.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	if r := station.sync(); len(r.Aside) != 1 || r.Aside[0].Why != "other-office" {
		t.Errorf("the station was not told: %+v", r)
	}
	if err := station.Courier.Follow(ctx, nobody); err == nil {
		t.Error("believed the wrong digits")
	}
	w.must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	w.settle(station, fresh, city)
	if got := fresh.list(); len(got) != len(want) {
		t.Fatalf("%d matters came back, want %d", len(got), len(want))
	}
	for _, v := range want {
		w.same(v.Matter, fresh, station, city)
	}
	for _, o := range []*office{fresh, city, station} {
		o.healthy()
	}
	station.titles("三")
	w.settle(station, fresh, city)
	if !fresh.known("三") || !city.known("三") {
		t.Errorf("it does not go on: %+v %+v", fresh.known("三"), progress(t, city, countyUnit))
	}
	w.must(station.Courier.Follow(ctx, county.Courier.Print())) // it was not the right one after all
	w.must(station.Courier.Follow(ctx, fresh.Courier.Print()))
}

// An office has nobody above it to tell who it was: its computer burnt down, and so did, before, that of a station. The new one gets
// everything back from those below, its own acts and those of all that were before.
func TestTopOfficeReplaced(t *testing.T) {
	for name, c := range map[string]struct{ two, first bool }{"one station": {}, "two": {two: true}, "whose computer was replaced before": {true, true}} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			stations := []*office{station}
			if c.two {
				stations = append(stations, w.setUp("station", fengshan))
				w.enrol(stations[1], county)
				stations[1].titles("别站的")
			}
			m := station.receive(desk.Draft{Title: "一", Words: "原话"})
			station.do(m, `{"do":"collate"}`)
			station.titles("二")
			w.settle(append(stations, county)...)
			county.do(m, `{"do":"assign","to":["区住建局"]}`)
			county.do(m, `{"do":"answer","class":1,"answer":"好了"}`)
			w.settle(append(stations, county)...)
			if c.first {
				w.must(county.Courier.Renew(ctx, rand.Reader))
				w.must(station.Courier.Renew(ctx, rand.Reader))
				stations[1].titles("后来的")
				w.must(stations[1].Courier.Renew(ctx, rand.Reader))
				w.settle(append(stations, county)...)
				w.must(station.Close())
				w.later(time.Hour)
				station = w.setUp("station", yuanjia)
				stations[0] = station
				w.enrol(station, county)
				w.must(second(county.Courier.Replace(ctx, yuanjia, station.Courier.Print())))
				w.settle(append(stations, county)...)
			}
			station.do(m, `{"do":"inform"}`)
			w.settle(append(stations, county)...)
			slip := county.Courier.Print() // lies in the drawer
			w.must(county.Close())

			w.later(time.Hour)
			fresh := w.setUp("county", countyUnit)
			asking, err := fresh.Courier.Requests(ctx)
			w.must(err)
			prints := fresh.Courier.Prints(ctx, asking)
			for i, a := range asking {
				for _, o := range stations {
					if a.Replica == o.Store.Self().Replica && a.Out == (prints[i] == o.Courier.Print()) {
						t.Errorf("%s asks with %s, out %v", a.Unit, prints[i], a.Out)
					}
				}
			}
			for _, o := range stations {
				w.must(second(fresh.Courier.Accept(ctx, o.Settings.Unit, o.Courier.Print())))
				w.must(o.Courier.Follow(ctx, fresh.Courier.Print()))
			}
			w.settle(append(stations, fresh)...)
			w.must(second(fresh.Courier.Confirm(ctx, slip)))
			w.settle(append(stations, fresh)...)
			w.agree(fresh, stations...)
			if got := station.show(m); len(got.History) != len(fresh.show(m).History) || len(fresh.list()) < 2 {
				t.Errorf("the history did not come back: %+v", fresh.show(m))
			}
			station.titles("三")
			w.settle(append(stations, fresh)...)
			w.agree(fresh, stations...)
			for _, o := range append(stations, fresh) {
				ps, err := o.Courier.Status(ctx)
				w.must(err)
				for _, p := range ps {
					if p.Silent || len(p.Aside) > 0 {
						t.Errorf("%s is shown files of those before: %+v", o.Settings.Unit, p)
					}
				}
			}

			city := w.setUp("city", cityUnit) // which joins years later
			w.enrol(fresh, city)
			w.settle(append(stations, fresh, city)...)
			if got := progress(t, city, countyUnit); len(city.list()) != len(fresh.list()) || len(got.Aside) > 0 {
				t.Errorf("the city lists %d matters: %+v", len(city.list()), got)
			}
			city.healthy()
		})
	}
}

// The city's computer burns down: the counties give everything back, the city's own acts too.
func TestCityReplaced(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	m := station.receive(desk.Draft{Title: "一"})
	station.do(m, `{"do":"collate"}`)
	w.settle(station, county, city)
	city.do(m, `{"do":"lead","leader":"市领导甲"}`)
	w.settle(station, county, city)
	county.do(m, `{"do":"assign","to":["区住建局"]}`)
	w.settle(station, county, city)
	slip := city.Courier.Print()
	w.must(city.Close())
	w.later(time.Hour)
	fresh := w.setUp("city", cityUnit)
	county.sync()
	w.must(second(fresh.Courier.Accept(ctx, countyUnit, county.Courier.Print())))
	w.must(county.Courier.Follow(ctx, fresh.Courier.Print()))
	w.settle(station, county, fresh)
	if list, err := fresh.Courier.Earlier(ctx); err != nil || len(list) != 1 || list[0].Believed || !slices.Equal(list[0].By, []string{countyUnit}) {
		t.Errorf("%+v %v", list, err)
	}
	w.must(second(fresh.Courier.Confirm(ctx, slip)))
	w.settle(station, county, fresh)
	w.same(m, fresh, county, station)
	fresh.healthy()
	station.titles("二")
	w.settle(station, county, fresh)
	if !fresh.known("二") {
		t.Errorf("it does not go on: %+v", progress(t, fresh, countyUnit))
	}
}

// One of two stations names a computer that the county never had, in whose name it wrote an act of the county: nobody believes it.
func TestForgedPredecessor(t *testing.T) {
	w, county, station := pair(t)
	other := w.setUp("station", fengshan)
	w.enrol(other, county)
	m := station.receive(desk.Draft{Title: "一", Words: "原话"})
	station.do(m, `{"do":"collate"}`)
	w.settle(station, other, county)

	elsewhere := &world{t: t, now: w.now, folder: t.TempDir(), seed: 50}
	impostor, victim := elsewhere.setUp("county", countyUnit), elsewhere.setUp("station", yuanjia)
	elsewhere.enrol(victim, impostor)
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	forged, err := journal.Seal(journal.Entry{ID: journal.ID{Replica: impostor.Store.Self().Replica, Incarnation: 1, Seq: 1}, Thing: m.ID, Kind: matter.Kind,
		Do: "lead", Schema: matter.Schema, Unit: countyUnit, Level: journal.County, At: w.now, Depth: 9, Body: []byte(`{"leader":"坏人"}`)}, nil, [16]byte{1})
	w.must(err)
	forged.Signature, err = impostor.Courier.Sign(forged.Signed())
	w.must(err)
	list, err := keyring.List{Version: 9, By: station.Courier.Card(), Made: w.now, Cards: []keyring.Card{impostor.Courier.Card()}}.Sign(station.Courier.Keys)
	w.must(err)
	w.must(os.WriteFile(filepath.Join(w.folder, countyUnit, yuanjia, keyring.ListName(list)), list, 0o600))
	self := station.Store.Self()
	why := w.smuggle(county, bundle.Header{Program: courier.Program, From: yuanjia, To: countyUnit, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, End: st.End + 1, Made: w.now}, append(st.Records, forged), station.Courier.Keys.Current)
	if len(why) > 0 || county.show(m).Leader != "" || !slices.Contains(progress(t, county, yuanjia).Faults, "unproven") {
		t.Errorf("put aside as %q, led by %q, told %q", why, county.show(m).Leader, progress(t, county, yuanjia).Faults)
	}
}

// A county is set back to an old copy, and its clock too: the list of keys that it makes then is not passed over for ever as
// an older one, because the city says which it holds.
func TestKeyListOfASetBackCounty(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	w.settle(station, county, city)
	old := county.keepCopy()
	w.later(24 * time.Hour)
	w.must(station.Courier.Renew(ctx, rand.Reader))
	station.titles("一")
	w.settle(station, county, city)
	county.setBack(old)
	w.later(-72 * time.Hour)
	w.must(station.Courier.Renew(ctx, rand.Reader))
	w.must(station.Today(ctx, w.now.Format(time.DateOnly)))
	station.titles("二")
	w.settle(station, county, city)
	w.later(30 * 24 * time.Hour)
	w.settle(station, county, city)
	if p := progress(t, city, countyUnit); !city.known("二") || len(p.Aside) > 0 {
		t.Errorf("the city hears nothing: %+v", p)
	}
	w.agree(county, station)
}

// A county is set back to a copy from before a theft and a new station: it reads in its own signed list, which lies in the
// folder, who is out of use and who is let in.
func TestSetBackCountyRemembersKeys(t *testing.T) {
	w, county, stolen := pair(t)
	w.settle(stolen, county)
	old := county.keepCopy()
	w.later(24 * time.Hour)
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	other := w.setUp("station", fengshan)
	w.enrol(other, county)
	other.titles("一")
	w.settle(county, other)
	county.setBack(old)
	stolen.titles("偷走以后写的")
	other.titles("二")
	for range 3 {
		stolen.sync()
		county.sync()
		other.sync()
	}
	if p := progress(t, county, yuanjia); !p.Revoked || county.known("偷走以后写的") {
		t.Errorf("the thief is back: %+v", p)
	}
	if !county.known("一") || !county.known("二") || progress(t, other, countyUnit).Unacked > 0 {
		t.Error("the new station is a stranger again")
	}
	w.agree(county, other)
}

// Two computers of one station name each other in their lists, and do not outdo each other for ever.
func TestListsOfTwoComputers(t *testing.T) {
	w, county, station := pair(t)
	second := w.setUp("station", yuanjia)
	w.enrol(second, county)
	for _, title := range []string{"一", "二", "三", "四", "五"} {
		w.later(8 * 24 * time.Hour)
		station.titles(title)
		second.titles(title + "二")
		w.settle(station, second, county)
	}
	lists, err := filepath.Glob(filepath.Join(w.folder, countyUnit, yuanjia, "*.keylist"))
	w.must(err)
	if len(lists) > 2 || len(county.list()) != 10 {
		t.Errorf("%d lists, %d matters", len(lists), len(county.list()))
	}
}

// Two computers of one county, each with stations of its own: the city believes both.
func TestTwoComputersOfOneCounty(t *testing.T) {
	w, county, station := pair(t)
	second, other, city := w.setUp("county", countyUnit), w.setUp("station", fengshan), w.setUp("city", cityUnit)
	w.enrol(county, city)
	w.enrol(second, city)
	w.enrol(other, second)
	for _, title := range []string{"一", "二", "三"} {
		station.titles(title)
		other.titles("别站的" + title)
		w.settle(station, other, county, second, city)
		if !city.known(title) || !city.known("别站的"+title) {
			t.Errorf("the city does not know %s: %+v", title, progress(t, city, countyUnit))
		}
		w.later(8 * 24 * time.Hour)
	}
	city.healthy()
}

// A station says that it holds lists of keys that the county never made; the city goes on believing those that it makes.
func TestLiesAboutKeyLists(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	w.settle(station, county, city)
	self := station.Store.Self()
	for i, lie := range []uint64{1<<63 - 1, 1<<62 + 1, 1 << 62} {
		st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
		w.must(err)
		w.smuggle(county, bundle.Header{Program: courier.Program, From: yuanjia, To: countyUnit, Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: "up", First: st.First, Prev: st.Prev, End: st.End, Made: w.now, KeyList: lie}, st.Records, station.Courier.Keys.Current)
		w.must(station.Courier.Renew(ctx, rand.Reader))
		station.titles(fmt.Sprint(i))
		w.settle(station, county, city)
		if !city.known(fmt.Sprint(i)) {
			t.Errorf("after %d the city hears nothing: %+v", lie, progress(t, city, countyUnit))
		}
	}
}

// Of two computers of one table the later one takes another letter for its numbers, before it has heard of what the first one gave.
func TestSuccessorTakesAnotherLetter(t *testing.T) {
	w, county, a := pair(t)
	a.titles("一")
	a.sync()
	b := w.setUp("station", yuanjia)
	for b.Store.Series() != a.Store.Series() {
		w.must(b.Close())
		b = w.setUp("station", yuanjia)
	}
	b.sync()
	b.titles("二")
	w.must(second(county.Courier.Accept(ctx, yuanjia, b.Courier.Print())))
	w.must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.settle(a, b, county)
	if list := county.list(); len(list) != 2 || list[0].Number == list[1].Number {
		t.Errorf("%+v", list)
	}
	b.healthy()
}
