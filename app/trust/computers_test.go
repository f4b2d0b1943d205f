package trust_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/keyring"
)

// A county and its station burn in one fire: from the city the new county gets the history, and from it the station,
// whether that was let in before the history came or after.
func TestCountyAndStationBurntTogether(t *testing.T) {
	for name, early := range map[string]bool{"the station is let in first": true, "the history comes first": false} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			city := w.SetUp("city", apptest.City)
			w.Enrol(county, city)
			m := station.Receive(desk.Draft{Title: "一"})
			w.Settle(station, county, city)
			w.Must(county.Close())
			w.Must(station.Close())
			w.Later(time.Hour)
			fresh, b := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
			if early {
				w.Enrol(b, fresh)
			}
			fresh.Sync()
			w.Must(apptest.Err(city.Courier.Replace(ctx, apptest.County, fresh.Courier.Print())))
			w.Must(fresh.Courier.Follow(ctx, city.Courier.Print()))
			w.Settle(city, fresh)
			if !early {
				w.Enrol(b, fresh)
			}
			w.Settle(b, fresh, city)
			fresh.Do(m, `{"do":"lead","leader":"区领导甲"}`)
			w.Settle(b, fresh, city)
			w.Same(m, b, fresh, city)
			b.Healthy()
		})
	}
}

// Two computers of a county let one station in. The one puts it out of use: the other hears of it, and the city does
// not forget it when the other says something new. One may let it in again without the other.
func TestRevocationReachesTheOtherComputer(t *testing.T) {
	w, a, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(a, city)
	b := w.SetUp("county", apptest.County)
	w.Enrol(b, city)
	w.Must(apptest.Err(b.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	station.Sync()
	w.Must(station.Courier.Follow(ctx, b.Courier.Print()))
	station.Titles("一")
	w.Settle(station, a, b, city)
	w.Must(a.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	w.Settle(a, city, b)
	station.Titles("偷走以后")
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, b)
	w.Later(8 * 24 * time.Hour)
	w.Settle(station, a, b, city, other)
	afar, err := city.Courier.Afar(ctx)
	w.Must(err)
	for _, o := range []*apptest.Seat{a, b, city} {
		if o.Known("偷走以后") {
			t.Errorf("%v believes it", o.Store.Self())
		}
	}
	if len(afar) != 1 || afar[0].Unit != apptest.Fengshan || !apptest.Progress(t, b, apptest.Yuanjia).Revoked {
		t.Errorf("below the county there are %+v", afar)
	}
	w.Must(apptest.Err(b.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Settle(station, a, b, city, other)
	if !city.Known("偷走以后") || apptest.Progress(t, b, apptest.Yuanjia).Revoked {
		t.Error("it is not let in again")
	}
}

// A county that was set back syncs with another stick first: on its own it still reads whom it put out of use.
func TestOwnListOnAnotherStick(t *testing.T) {
	w, county, stolen := apptest.Pair(t)
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, county)
	w.Settle(stolen, other, county)
	old := county.KeepCopy()
	w.Later(24 * time.Hour)
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	w.Settle(county, other)
	county.SetBack(old)
	first := w.Folder
	w.Must(setup.SetFolder(county.Home, county.Settings, t.TempDir()))
	county.Sync()
	w.Must(setup.SetFolder(county.Home, county.Settings, first))
	stolen.Titles("偷走以后写的")
	for range 3 {
		stolen.Sync()
		county.Sync()
		other.Sync()
	}
	if !apptest.Progress(t, county, apptest.Yuanjia).Revoked || county.Known("偷走以后写的") {
		t.Error("the thief is back")
	}
}

// One of two computers of a unit is put out of use by its digits. To let one in again that is in use replaces only
// those that asked before it; and to say the same digits of the office above twice is no fault.
func TestOneOfTwoComputers(t *testing.T) {
	w, county, a := apptest.Pair(t)
	w.Later(time.Hour)
	b := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(b, county)
	w.Later(time.Hour)
	c := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(c, county)
	w.Settle(a, b, c, county)
	if err := county.Courier.Revoke(ctx, apptest.Yuanjia, nobody); !errors.Is(err, trust.ErrPrint) {
		t.Errorf("digits of nobody: %v", err)
	}
	inUse := func() (prints []string) {
		ps, err := county.Courier.Status(ctx)
		w.Must(err)
		for _, p := range ps {
			if !p.Revoked {
				prints = append(prints, p.Print)
			}
		}
		return prints
	}
	if _, err := county.Courier.Replace(ctx, apptest.Yuanjia, b.Courier.Print()); !errors.Is(err, trust.ErrLater) {
		t.Errorf("one that asked later stays in use: %v", err)
	}
	if got := inUse(); len(got) != 2 {
		t.Errorf("in use: %v", got)
	}
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, c.Courier.Print()))
	if got := inUse(); len(got) != 1 || got[0] != b.Courier.Print() {
		t.Errorf("in use: %v", got)
	}
	w.Must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, b.Courier.Print()))
	county.Sync()
	if b.Sync(); !apptest.Progress(t, b, apptest.County).Out {
		t.Error("the last one is not told")
	}
}

// A certificate that was damaged on its way is laid down again when the county accepts again.
func TestDamagedCertificate(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	station.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	papers, err := filepath.Glob(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County, "*.certificate"))
	w.Must(err)
	w.Must(os.WriteFile(papers[0], []byte("{"), 0o600))
	w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
	station.Sync()
	if above, err := station.Trust.Above(ctx); err != nil || above.Believed || !above.Awaited {
		t.Errorf("a paper that nobody can read: %+v %v", above, err)
	}
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
}

// A computer leaves the key list of its unit's other computer where it lies, however old.
func TestOthersListStays(t *testing.T) {
	w, a, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(a, city)
	b, other := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Fengshan)
	w.Enrol(b, city)
	w.Enrol(other, b)
	w.Settle(station, other, a, b, city)
	lists, err := filepath.Glob(filepath.Join(w.Folder, apptest.City, apptest.County, "*.keylist"))
	w.Must(err)
	left := 0
	for _, f := range lists {
		w.Aged(f, 61*24*time.Hour)
	}
	w.Must(a.Close()) // away for long
	w.Later(8 * 24 * time.Hour)
	other.Titles("一")
	w.Settle(other, b, city)
	for _, f := range lists {
		if b, err := os.ReadFile(f); err == nil {
			l, err := keyring.ReadList(b)
			w.Must(err)
			if l.By.Replica == a.Store.Self().Replica {
				left++
			}
		}
	}
	if left == 0 {
		t.Error("it was taken away")
	}
}
