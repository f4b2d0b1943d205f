package app_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"lianluo.local/app/desk"
	"lianluo.local/app/trust"
)

// A county that was put out of use by mistake lets a station in meanwhile: let in again, it is heard with that station's words.
func TestCountyIsLetInAgain(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一")
	w.settle(station, county, city)
	w.must(city.Courier.Revoke(ctx, countyUnit, ""))
	w.later(time.Hour)
	other := w.setUp("station", fengshan)
	w.enrol(other, county)
	other.titles("别站的")
	station.titles("二")
	w.settle(station, other, county)
	city.sync()
	w.must(second(city.Courier.Accept(ctx, countyUnit, county.Courier.Print())))
	w.settle(station, other, county, city)
	if !city.known("二") || !city.known("别站的") {
		t.Errorf("二 %v 别站的 %v: %+v", city.known("二"), city.known("别站的"), progress(t, city, countyUnit))
	}
	city.quiet()
}

// A station was put out of use by mistake and let in again. The city's list, which still repeats the mistake, does not undo that; nor
// does it through a second computer of the county, which was off meanwhile.
func TestRevocationIsTakenBack(t *testing.T) {
	t.Run("one computer", func(t *testing.T) {
		w, county, station := pair(t)
		city := w.setUp("city", cityUnit)
		w.enrol(county, city)
		station.titles("一")
		w.settle(station, county, city)
		w.must(county.Courier.Revoke(ctx, yuanjia, "")) // by mistake
		county.sync()
		city.sync()
		w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
		station.titles("二")
		w.settle(station, county, city)
		w.later(8 * 24 * time.Hour)
		w.settle(station, county, city)
		if progress(t, county, yuanjia).Revoked || !county.known("二") {
			t.Error("it is out of use again, nobody did that")
		}
	})
	t.Run("two", func(t *testing.T) {
		w, a, station := pair(t)
		city := w.setUp("city", cityUnit)
		w.enrol(a, city)
		b := w.setUp("county", countyUnit)
		w.enrol(b, city)
		w.must(second(b.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
		station.titles("一")
		w.settle(station, a, b, city)
		w.later(time.Hour)
		w.must(a.Courier.Revoke(ctx, yuanjia, "")) // by mistake
		w.settle(a, city)
		w.must(second(a.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
		w.settle(station, a, city)
		if progress(t, a, yuanjia).Revoked {
			t.Fatal("not in use again")
		}
		w.later(24 * time.Hour)
		w.settle(b, city, a, station)
		station.titles("二")
		w.settle(station, a, b, city)
		if progress(t, a, yuanjia).Revoked || !a.known("二") {
			t.Error("a: it is out of use again, nobody did that")
		}
		if progress(t, b, yuanjia).Revoked {
			t.Error("b: it is out of use, though nobody wants that")
		}
		if !city.known("二") {
			t.Error("the city does not know it")
		}
	})
}

// A stolen computer lived twice, and the thief puts a copy of its first life in the place of its records by hand.
func TestThiefInAnEarlierLife(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	first := station.keepCopy()
	w.must(station.putBack(first))
	station.titles("二")
	w.settle(station, county)
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	w.settle(county)
	w.must(station.Close())
	for _, s := range []string{"", "-wal", "-shm"} {
		w.must(os.RemoveAll(station.Home.Database() + s))
	}
	w.copy(first, station.Home.Database())
	w.must(os.Remove(station.Home.Note()))
	station.open(station.Home)
	station.titles("偷走以后写的")
	for range 3 {
		station.sync()
		county.sync()
	}
	if county.known("偷走以后写的") {
		t.Error("the thief is believed")
	}
}

// The computer before asked with a clock that was a year ahead: that it stays in use is said.
func TestReplacedWithAWrongClock(t *testing.T) {
	w := begin(t)
	county := w.setUp("county", countyUnit)
	real := w.now
	w.now = real.Add(400 * 24 * time.Hour)
	a := w.setUp("station", yuanjia)
	a.sync()
	w.now = real
	w.must(second(county.Courier.Accept(ctx, yuanjia, a.Courier.Print())))
	w.later(time.Hour)
	a.sync()
	b := w.setUp("station", yuanjia)
	w.enrol(b, county)
	w.settle(a, b, county)
	if _, err := county.Courier.Replace(ctx, yuanjia, b.Courier.Print()); !errors.Is(err, trust.ErrLater) {
		t.Errorf("nobody is told: %v", err)
	}
	w.must(county.Courier.Revoke(ctx, yuanjia, a.Courier.Print()))
}

// A computer is put out of use, the county's keys are renewed, and its book is set back to before that.
func TestRevokedThenRenewedThenSetBack(t *testing.T) {
	w, county, stolen := pair(t)
	stolen.titles("一")
	w.settle(stolen, county)
	old := county.keepCopy()
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	county.sync()
	w.must(county.Courier.Renew(ctx, county.random))
	county.setBack(old)
	stolen.titles("偷走以后写的")
	for range 3 {
		stolen.sync()
		county.sync()
	}
	if county.known("偷走以后写的") {
		t.Error("the thief is back")
	}
}

// A station goes back to a computer of the county that it followed before: that gets what the other one did meanwhile.
func TestFollowedBack(t *testing.T) {
	w, one, station := pair(t)
	city := w.setUp("city", cityUnit) // tells each of the other
	w.enrol(one, city)
	m := station.receive(desk.Draft{Title: "一"})
	w.settle(station, one)
	two := w.setUp("county", countyUnit)
	w.enrol(two, city)
	w.must(second(two.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	station.sync()
	w.must(station.Courier.Follow(ctx, two.Courier.Print()))
	w.settle(station, two, city)
	two.do(m, `{"do":"lead","leader":"区领导乙"}`)
	w.settle(station, two, city, one)
	w.must(station.Courier.Follow(ctx, one.Courier.Print()))
	station.do(m, `{"do":"collate"}`)
	station.titles("三")
	w.settle(station, one, city)
	w.same(m, station, one)
	if !one.known("三") || one.show(m).Leader != "区领导乙" {
		t.Errorf("%+v", one.list())
	}
	one.quiet()
	station.quiet()
}

// A station was put out of use by mistake and let in again, and then, before anybody heard of it, an old copy is put back.
func TestLetInAgainOutlivesACopy(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	old := county.keepCopy()
	w.later(24 * time.Hour)
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	county.sync()
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	w.must(county.putBack(old))
	w.settle(county, station)
	if progress(t, county, yuanjia).Revoked {
		t.Error("it is out of use again, nobody did that")
	}
}
