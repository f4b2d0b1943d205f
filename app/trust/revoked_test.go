package trust_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/trust"
)

// A county that was put out of use by mistake lets a station in meanwhile: let in again, it is heard with that
// station's words.
func TestCountyIsLetInAgain(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一")
	w.Settle(station, county, city)
	w.Must(city.Courier.Revoke(ctx, apptest.County, ""))
	w.Later(time.Hour)
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, county)
	other.Titles("别站的")
	station.Titles("二")
	w.Settle(station, other, county)
	city.Sync()
	w.Must(apptest.Err(city.Courier.Accept(ctx, apptest.County, county.Courier.Print())))
	w.Settle(station, other, county, city)
	if !city.Known("二") || !city.Known("别站的") {
		t.Errorf("二 %v 别站的 %v: %+v", city.Known("二"), city.Known("别站的"), apptest.Progress(t, city, apptest.County))
	}
	city.Quiet()
}

// A station was put out of use by mistake and let in again. The city's list, which still repeats the mistake, does not
// undo that; nor does it through a second computer of the county, which was off meanwhile.
func TestRevocationIsTakenBack(t *testing.T) {
	t.Run("one computer", func(t *testing.T) {
		w, county, station := apptest.Pair(t)
		city := w.SetUp("city", apptest.City)
		w.Enrol(county, city)
		station.Titles("一")
		w.Settle(station, county, city)
		w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, "")) // by mistake
		county.Sync()
		city.Sync()
		w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
		station.Titles("二")
		w.Settle(station, county, city)
		w.Later(8 * 24 * time.Hour)
		w.Settle(station, county, city)
		if apptest.Progress(t, county, apptest.Yuanjia).Revoked || !county.Known("二") {
			t.Error("it is out of use again, nobody did that")
		}
	})
	t.Run("two", func(t *testing.T) {
		w, a, station := apptest.Pair(t)
		city := w.SetUp("city", apptest.City)
		w.Enrol(a, city)
		b := w.SetUp("county", apptest.County)
		w.Enrol(b, city)
		w.Must(apptest.Err(b.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
		station.Titles("一")
		w.Settle(station, a, b, city)
		w.Later(time.Hour)
		w.Must(a.Courier.Revoke(ctx, apptest.Yuanjia, "")) // by mistake
		w.Settle(a, city)
		w.Must(apptest.Err(a.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
		w.Settle(station, a, city)
		if apptest.Progress(t, a, apptest.Yuanjia).Revoked {
			t.Fatal("not in use again")
		}
		w.Later(24 * time.Hour)
		w.Settle(b, city, a, station)
		station.Titles("二")
		w.Settle(station, a, b, city)
		if apptest.Progress(t, a, apptest.Yuanjia).Revoked || !a.Known("二") {
			t.Error("a: it is out of use again, nobody did that")
		}
		if apptest.Progress(t, b, apptest.Yuanjia).Revoked {
			t.Error("b: it is out of use, though nobody wants that")
		}
		if !city.Known("二") {
			t.Error("the city does not know it")
		}
	})
}

// A stolen computer lived twice, and the thief puts a copy of its first life in the place of its records by hand.
func TestThiefInAnEarlierLife(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	first := station.KeepCopy()
	w.Must(station.PutBack(first))
	station.Titles("二")
	w.Settle(station, county)
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	w.Settle(county)
	w.Must(station.Close())
	for _, s := range []string{"", "-wal", "-shm"} {
		w.Must(os.RemoveAll(station.Home.Database() + s))
	}
	w.Copy(first, station.Home.Database())
	w.Must(os.Remove(station.Home.Note()))
	station.Open(station.Home)
	station.Titles("偷走以后写的")
	for range 3 {
		station.Sync()
		county.Sync()
	}
	if county.Known("偷走以后写的") {
		t.Error("the thief is believed")
	}
}

// The computer before asked with a clock that was a year ahead: that it stays in use is said.
func TestReplacedWithAWrongClock(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	real := w.Now
	w.Now = real.Add(400 * 24 * time.Hour)
	a := w.SetUp("station", apptest.Yuanjia)
	a.Sync()
	w.Now = real
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, a.Courier.Print())))
	w.Later(time.Hour)
	a.Sync()
	b := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(b, county)
	w.Settle(a, b, county)
	if _, err := county.Courier.Replace(ctx, apptest.Yuanjia, b.Courier.Print()); !errors.Is(err, trust.ErrLater) {
		t.Errorf("nobody is told: %v", err)
	}
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, a.Courier.Print()))
}

// A computer is put out of use, the county's keys are renewed, and its book is set back to before that.
func TestRevokedThenRenewedThenSetBack(t *testing.T) {
	w, county, stolen := apptest.Pair(t)
	stolen.Titles("一")
	w.Settle(stolen, county)
	old := county.KeepCopy()
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	county.Sync()
	w.Must(county.Courier.Renew(ctx, county.Random))
	county.SetBack(old)
	stolen.Titles("偷走以后写的")
	for range 3 {
		stolen.Sync()
		county.Sync()
	}
	if county.Known("偷走以后写的") {
		t.Error("the thief is back")
	}
}

// A station goes back to a computer of the county that it followed before: that gets what the other one did meanwhile.
func TestFollowedBack(t *testing.T) {
	w, one, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City) // tells each of the other
	w.Enrol(one, city)
	m := station.Receive(desk.Draft{Title: "一"})
	w.Settle(station, one)
	two := w.SetUp("county", apptest.County)
	w.Enrol(two, city)
	w.Must(apptest.Err(two.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	station.Sync()
	w.Must(station.Courier.Follow(ctx, two.Courier.Print()))
	w.Settle(station, two, city)
	two.Do(m, `{"do":"lead","leader":"区领导乙"}`)
	w.Settle(station, two, city, one)
	w.Must(station.Courier.Follow(ctx, one.Courier.Print()))
	station.Do(m, `{"do":"collate"}`)
	station.Titles("三")
	w.Settle(station, one, city)
	w.Same(m, station, one)
	if !one.Known("三") || one.Show(m).Leader != "区领导乙" {
		t.Errorf("%+v", one.List())
	}
	one.Quiet()
	station.Quiet()
}

// A station was put out of use by mistake and let in again, and then, before anybody heard of it, an old copy is put
// back.
func TestLetInAgainOutlivesACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	old := county.KeepCopy()
	w.Later(24 * time.Hour)
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	county.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Must(county.PutBack(old))
	w.Settle(county, station)
	if apptest.Progress(t, county, apptest.Yuanjia).Revoked {
		t.Error("it is out of use again, nobody did that")
	}
}
