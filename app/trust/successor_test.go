package trust_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
)

// A dead computer is replaced by a new one: the county accepts it after a telephone call, and all of the station's
// history comes back, who the citizens are, too.
func TestDeadComputerReplaced(t *testing.T) {
	w, county, dead := apptest.Pair(t)
	m := dead.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Phone: "13812345678", Words: "一下雨就倒灌"})
	dead.Do(m, `{"do":"collate"}`)
	w.Settle(dead, county)
	county.Do(m, `{"do":"assign","to":["区住建局"]}`)
	w.Must(dead.Close())
	station := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(station, county)
	w.Settle(station, county)
	if got := station.Show(m); got.Name != "单志远" || got.Words != "一下雨就倒灌" || got.State != matter.Assigned {
		t.Errorf("came back: %+v", got)
	}
	county.Do(m, `{"do":"answer","class":1,"answer":"好了"}`)
	w.Settle(station, county)
	station.Do(m, `{"do":"inform"}`)
	station.Titles("新的")
	w.Settle(station, county)
	w.Same(m, station, county)
	w.Agree(county, station)

	w.Must(apptest.Err(county.Courier.Replace(ctx, apptest.Yuanjia, station.Courier.Print())))
	county.Sync()
	dead.Open(dead.Home) // it comes back from the repair shop
	if dead.Sync(); !apptest.Progress(t, dead, apptest.County).Out {
		t.Error("it is not told")
	}
	if station.Sync(); apptest.Progress(t, station, apptest.County).Out {
		t.Error("the wrong one is told")
	}
}

// The county's computer burnt down, without a copy. A new one is set up; each station compares its digits by telephone,
// and then the county has everything again: what the stations wrote, and its own acts, which they and the city had
// kept.
func TestCountyReplaced(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一", "二")
	w.Settle(station, county, city)
	w.Must(county.Courier.Renew(ctx, rand.Reader)) // its digits are others from now on
	w.Settle(station, county, city)
	county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	w.Settle(station, county, city)
	county.Do(county.List()[1].Matter, `{"do":"lead","leader":"区领导乙"}`)
	w.Must(os.RemoveAll(filepath.Join(w.Folder, apptest.City)))
	county.Sync()
	w.Must(os.RemoveAll(filepath.Join(w.Folder, apptest.City))) // of its last act only the station hears
	station.Sync()
	want := county.List()
	county.Close()

	fresh := w.SetUp("county", apptest.County)
	fresh.Sync()
	w.Must(apptest.Err(city.Courier.Accept(ctx, apptest.County, fresh.Courier.Print())))
	w.Must(apptest.Err(city.Courier.Replace(ctx, apptest.County, fresh.Courier.Print())))
	w.Must(fresh.Courier.Follow(ctx, city.Courier.Print()))
	city.Sync()
	fresh.Sync()
	w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	if r := station.Sync(); len(r.Aside) != 1 || r.Aside[0].Why != "other-office" {
		t.Errorf("the station was not told: %+v", r)
	}
	if err := station.Courier.Follow(ctx, nobody); err == nil {
		t.Error("believed the wrong digits")
	}
	w.Must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	w.Settle(station, fresh, city)
	if got := fresh.List(); len(got) != len(want) {
		t.Fatalf("%d matters came back, want %d", len(got), len(want))
	}
	for _, v := range want {
		w.Same(v.Matter, fresh, station, city)
	}
	for _, o := range []*apptest.Seat{fresh, city, station} {
		o.Healthy()
	}
	station.Titles("三")
	w.Settle(station, fresh, city)
	if !fresh.Known("三") || !city.Known("三") {
		t.Errorf("it does not go on: %+v %+v", fresh.Known("三"), apptest.Progress(t, city, apptest.County))
	}
	w.Must(station.Courier.Follow(ctx, county.Courier.Print())) // it was not the right one after all
	w.Must(station.Courier.Follow(ctx, fresh.Courier.Print()))
}

// An office has nobody above it to tell who it was: its computer burnt down, and so did, before, that of a station. The
// new one gets everything back from those below, its own acts and those of all that were before.
func TestTopOfficeReplaced(t *testing.T) {
	for name, c := range map[string]struct{ two, first bool }{"one station": {}, "two": {two: true}, "whose computer was replaced before": {true, true}} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			stations := []*apptest.Seat{station}
			if c.two {
				stations = append(stations, w.SetUp("station", apptest.Fengshan))
				w.Enrol(stations[1], county)
				stations[1].Titles("别站的")
			}
			m := station.Receive(desk.Draft{Title: "一", Words: "原话"})
			station.Do(m, `{"do":"collate"}`)
			station.Titles("二")
			w.Settle(append(stations, county)...)
			county.Do(m, `{"do":"assign","to":["区住建局"]}`)
			county.Do(m, `{"do":"answer","class":1,"answer":"好了"}`)
			w.Settle(append(stations, county)...)
			if c.first {
				w.Must(county.Courier.Renew(ctx, rand.Reader))
				w.Must(station.Courier.Renew(ctx, rand.Reader))
				stations[1].Titles("后来的")
				w.Must(stations[1].Courier.Renew(ctx, rand.Reader))
				w.Settle(append(stations, county)...)
				w.Must(station.Close())
				w.Later(time.Hour)
				station = w.SetUp("station", apptest.Yuanjia)
				stations[0] = station
				w.Enrol(station, county)
				w.Must(apptest.Err(county.Courier.Replace(ctx, apptest.Yuanjia, station.Courier.Print())))
				w.Settle(append(stations, county)...)
			}
			station.Do(m, `{"do":"inform"}`)
			w.Settle(append(stations, county)...)
			slip := county.Courier.Print() // lies in the drawer
			w.Must(county.Close())

			w.Later(time.Hour)
			fresh := w.SetUp("county", apptest.County)
			asking, err := fresh.Courier.Requests(ctx)
			w.Must(err)
			prints := fresh.Courier.Prints(ctx, asking)
			for i, a := range asking {
				for _, o := range stations {
					if a.Replica == o.Store.Self().Replica && a.Out == (prints[i] == o.Courier.Print()) {
						t.Errorf("%s asks with %s, out %v", a.Unit, prints[i], a.Out)
					}
				}
			}
			for _, o := range stations {
				w.Must(apptest.Err(fresh.Courier.Accept(ctx, o.Settings.Unit, o.Courier.Print())))
				w.Must(o.Courier.Follow(ctx, fresh.Courier.Print()))
			}
			w.Settle(append(stations, fresh)...)
			w.Must(apptest.Err(fresh.Courier.Confirm(ctx, slip)))
			w.Settle(append(stations, fresh)...)
			w.Agree(fresh, stations...)
			if got := station.Show(m); len(got.History) != len(fresh.Show(m).History) || len(fresh.List()) < 2 {
				t.Errorf("the history did not come back: %+v", fresh.Show(m))
			}
			station.Titles("三")
			w.Settle(append(stations, fresh)...)
			w.Agree(fresh, stations...)
			for _, o := range append(stations, fresh) {
				ps, err := o.Courier.Status(ctx)
				w.Must(err)
				for _, p := range ps {
					if p.Silent || len(p.Aside) > 0 {
						t.Errorf("%s is shown files of those before: %+v", o.Settings.Unit, p)
					}
				}
			}

			city := w.SetUp("city", apptest.City) // which joins years later
			w.Enrol(fresh, city)
			w.Settle(append(stations, fresh, city)...)
			if got := apptest.Progress(t, city, apptest.County); len(city.List()) != len(fresh.List()) || len(got.Aside) > 0 {
				t.Errorf("the city lists %d matters: %+v", len(city.List()), got)
			}
			city.Healthy()
		})
	}
}

// The city's computer burns down: the counties give everything back, the city's own acts too.
func TestCityReplaced(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	m := station.Receive(desk.Draft{Title: "一"})
	station.Do(m, `{"do":"collate"}`)
	w.Settle(station, county, city)
	city.Do(m, `{"do":"lead","leader":"市领导甲"}`)
	w.Settle(station, county, city)
	county.Do(m, `{"do":"assign","to":["区住建局"]}`)
	w.Settle(station, county, city)
	slip := city.Courier.Print()
	w.Must(city.Close())
	w.Later(time.Hour)
	fresh := w.SetUp("city", apptest.City)
	county.Sync()
	w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.County, county.Courier.Print())))
	w.Must(county.Courier.Follow(ctx, fresh.Courier.Print()))
	w.Settle(station, county, fresh)
	if list, err := fresh.Courier.Earlier(ctx); err != nil || len(list) != 1 || list[0].Believed || !slices.Equal(list[0].By, []string{apptest.County}) {
		t.Errorf("%+v %v", list, err)
	}
	w.Must(apptest.Err(fresh.Courier.Confirm(ctx, slip)))
	w.Settle(station, county, fresh)
	w.Same(m, fresh, county, station)
	fresh.Healthy()
	station.Titles("二")
	w.Settle(station, county, fresh)
	if !fresh.Known("二") {
		t.Errorf("it does not go on: %+v", apptest.Progress(t, fresh, apptest.County))
	}
}

// One of two stations names a computer that the county never had, in whose name it wrote an act of the county: nobody
// believes it.
func TestForgedPredecessor(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, county)
	m := station.Receive(desk.Draft{Title: "一", Words: "原话"})
	station.Do(m, `{"do":"collate"}`)
	w.Settle(station, other, county)

	elsewhere := &apptest.World{T: t, Now: w.Now, Folder: t.TempDir(), Seed: 50}
	impostor, victim := elsewhere.SetUp("county", apptest.County), elsewhere.SetUp("station", apptest.Yuanjia)
	elsewhere.Enrol(victim, impostor)
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	forged, err := journal.Seal(journal.Entry{ID: journal.ID{Replica: impostor.Store.Self().Replica, Incarnation: 1, Seq: 1}, Thing: m.ID, Kind: matter.Name,
		Do: "lead", Schema: matter.Schema, Unit: apptest.County, Level: journal.County, At: w.Now, Depth: 9, Body: []byte(`{"leader":"坏人"}`)}, nil, [16]byte{1})
	w.Must(err)
	forged.Signature, err = impostor.Courier.Sign(forged.Signed())
	w.Must(err)
	list, err := keyring.List{Version: 9, By: station.Courier.Card(), Made: w.Now, Cards: []keyring.Card{impostor.Courier.Card()}}.Sign(station.Courier.Keys())
	w.Must(err)
	w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, keyring.ListName(list)), list, 0o600))
	self := station.Store.Self()
	why := w.Smuggle(county, bundle.Header{Program: courier.Program, From: apptest.Yuanjia, To: apptest.County, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, End: st.End + 1, Made: w.Now}, append(st.Records, forged), station.Courier.Keys().Current)
	if len(why) > 0 || county.Show(m).Leader != "" || !slices.Contains(apptest.Progress(t, county, apptest.Yuanjia).Faults, "unproven") {
		t.Errorf("put aside as %q, led by %q, told %q", why, county.Show(m).Leader, apptest.Progress(t, county, apptest.Yuanjia).Faults)
	}
}

// A county is set back to an old copy, and its clock too: the list of keys that it makes then is not passed over for
// ever as an older one, because the city says which it holds.
func TestKeyListOfASetBackCounty(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	w.Settle(station, county, city)
	old := county.KeepCopy()
	w.Later(24 * time.Hour)
	w.Must(station.Courier.Renew(ctx, rand.Reader))
	station.Titles("一")
	w.Settle(station, county, city)
	county.SetBack(old)
	w.Later(-72 * time.Hour)
	w.Must(station.Courier.Renew(ctx, rand.Reader))
	w.Must(station.Today(ctx, w.Now.Format(time.DateOnly)))
	station.Titles("二")
	w.Settle(station, county, city)
	w.Later(30 * 24 * time.Hour)
	w.Settle(station, county, city)
	if p := apptest.Progress(t, city, apptest.County); !city.Known("二") || len(p.Aside) > 0 {
		t.Errorf("the city hears nothing: %+v", p)
	}
	w.Agree(county, station)
}

// A county is set back to a copy from before a theft and a new station: it reads in its own signed list, which lies in
// the folder, who is out of use and who is let in.
func TestSetBackCountyRemembersKeys(t *testing.T) {
	w, county, stolen := apptest.Pair(t)
	w.Settle(stolen, county)
	old := county.KeepCopy()
	w.Later(24 * time.Hour)
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, county)
	other.Titles("一")
	w.Settle(county, other)
	county.SetBack(old)
	stolen.Titles("偷走以后写的")
	other.Titles("二")
	for range 3 {
		stolen.Sync()
		county.Sync()
		other.Sync()
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); !p.Revoked || county.Known("偷走以后写的") {
		t.Errorf("the thief is back: %+v", p)
	}
	if !county.Known("一") || !county.Known("二") || apptest.Progress(t, other, apptest.County).Unacked > 0 {
		t.Error("the new station is a stranger again")
	}
	w.Agree(county, other)
}

// Two computers of one station name each other in their lists, and do not outdo each other for ever.
func TestListsOfTwoComputers(t *testing.T) {
	w, county, station := apptest.Pair(t)
	second := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(second, county)
	for _, title := range []string{"一", "二", "三", "四", "五"} {
		w.Later(8 * 24 * time.Hour)
		station.Titles(title)
		second.Titles(title + "二")
		w.Settle(station, second, county)
	}
	lists, err := filepath.Glob(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, "*.keylist"))
	w.Must(err)
	if len(lists) > 2 || len(county.List()) != 10 {
		t.Errorf("%d lists, %d matters", len(lists), len(county.List()))
	}
}

// Two computers of one county, each with stations of its own: the city believes both.
func TestTwoComputersOfOneCounty(t *testing.T) {
	w, county, station := apptest.Pair(t)
	second, other, city := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Fengshan), w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	w.Enrol(second, city)
	w.Enrol(other, second)
	for _, title := range []string{"一", "二", "三"} {
		station.Titles(title)
		other.Titles("别站的" + title)
		w.Settle(station, other, county, second, city)
		if !city.Known(title) || !city.Known("别站的"+title) {
			t.Errorf("the city does not know %s: %+v", title, apptest.Progress(t, city, apptest.County))
		}
		w.Later(8 * 24 * time.Hour)
	}
	city.Healthy()
}

// A station says that it holds lists of keys that the county never made; the city goes on believing those that it
// makes.
func TestLiesAboutKeyLists(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	w.Settle(station, county, city)
	self := station.Store.Self()
	for i, lie := range []uint64{1<<63 - 1, 1<<62 + 1, 1 << 62} {
		st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
		w.Must(err)
		w.Smuggle(county, bundle.Header{Program: courier.Program, From: apptest.Yuanjia, To: apptest.County, Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: "up", First: st.First, Prev: st.Prev, End: st.End, Made: w.Now, KeyList: lie}, st.Records, station.Courier.Keys().Current)
		w.Must(station.Courier.Renew(ctx, rand.Reader))
		station.Titles(fmt.Sprint(i))
		w.Settle(station, county, city)
		if !city.Known(fmt.Sprint(i)) {
			t.Errorf("after %d the city hears nothing: %+v", lie, apptest.Progress(t, city, apptest.County))
		}
	}
}

// Of two computers of one table the later one takes another letter for its numbers, before it has heard of what the
// first one gave.
func TestSuccessorTakesAnotherLetter(t *testing.T) {
	w, county, a := apptest.Pair(t)
	a.Titles("一")
	a.Sync()
	b := w.SetUp("station", apptest.Yuanjia)
	for b.Store.Series() != a.Store.Series() {
		w.Must(b.Close())
		b = w.SetUp("station", apptest.Yuanjia)
	}
	b.Sync()
	b.Titles("二")
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, b.Courier.Print())))
	w.Must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.Settle(a, b, county)
	if list := county.List(); len(list) != 2 || list[0].Number == list[1].Number {
		t.Errorf("%+v", list)
	}
	b.Healthy()
}
