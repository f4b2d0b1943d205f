package app_test

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/keyring"
	"lianluo.local/data/suite"
)

// Where nobody made a sheet the words are gone: the matter and check say so, until a person says that he knows; then check is at peace,
// and still tells. A home that was put back from a copy remembers that.
func TestWordsGoneForGood(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(secret("甲乙"))
	ordinary := station.Receive(desk.Draft{Title: "路灯", Name: "郝来福"})
	w.Settle(station, county)
	fresh := burn(w, station, county)
	says := func() string {
		t.Helper()
		v, err := fresh.Ledger.Show(ctx, m.Number)
		w.Must(err)
		return v.Lacking()
	}
	if s := says(); !strings.Contains(s, "不在了") || strings.Contains(s, "已知") {
		t.Error(s)
	}
	if _, err := fresh.OpenSheet(ctx, fresh.Clerk(), "的的的的的的的的的的的在"); !errors.Is(err, app.ErrNothingLocked) {
		t.Error(err)
	}
	rep, err := fresh.Store.Check(ctx, apptest.Yuanjia)
	w.Must(err)
	if rep.OK || len(rep.Problems) != 1 || rep.Problems[0].Absent.Number != m.Number {
		t.Errorf("%+v", rep)
	}
	if _, err := fresh.KnownGone(ctx, []string{ordinary.Number}); err == nil {
		t.Error("a matter that lacks nothing is taken for one that does")
	}
	if list, err := fresh.KnownGone(ctx, nil); err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	told := func() {
		t.Helper()
		rep, err := fresh.Store.Check(ctx, apptest.Yuanjia)
		w.Must(err)
		if !rep.OK || len(rep.Gone) != 1 || !strings.Contains(says(), "已知") {
			t.Errorf("%+v %s", rep, says())
		}
	}
	told()
	copied := fresh.KeepCopy()
	w.Must(fresh.PutBack(copied))
	w.Settle(fresh, county)
	told()
	county.Healthy()
}

// A program that ends at any point of it loses nothing: the sheet is kept and nothing is locked yet; the words are back and nobody
// finds them yet.
func TestSheetCutShort(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(secret("甲乙"))
	s, err := station.NewSheet(ctx, rand.Reader, false)
	w.Must(err)
	w.Must(keyring.SaveSheet(string(station.Home), apptest.Sealing(), s.Holder))
	w.Must(station.Close())
	station.Open(station.Home)
	w.Settle(station, county)
	fresh := burn(w, station, county)
	own, err := s.Keys(s.Suite())
	w.Must(err)
	kind, err := suite.Named(s.Suite())
	w.Must(err)
	u, err := fresh.Store.Unlock(ctx, s.Number(), func(sealed []byte) ([]byte, error) { return kind.Decrypt(sealed, []suite.Secret{own}) }, w.Now)
	if err != nil || u.Opened != 1 {
		t.Fatal(u, err)
	}
	w.Must(fresh.Close())
	fresh.Open(fresh.Home)
	page, err := fresh.Ledger.Page(ctx, ledger.Query{Text: "甲乙的原话"})
	if err != nil || len(page.Matters) != 1 || page.Matters[0].ID != m.ID {
		t.Errorf("not found after the words came back: %d %v", len(page.Matters), err)
	}
	fresh.Healthy()
}

// A copy from before a confidential matter is put back on a new computer: the gap is filled from the county with the sheet.
func TestSheetFillsAnOldCopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	words := sheet(station)
	station.Receive(secret("甲乙"))
	w.Settle(station, county)
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.Copy(station.KeepCopy(), copied)
	m := station.Receive(secret("丙丁"))
	w.Settle(station, county)
	want := station.Show(m)
	w.Must(station.Close())
	fresh := w.SetUp("station", apptest.Yuanjia)
	w.Must(fresh.Close())
	w.Must(apptest.Err(fresh.Records().Restore(ctx, copied, w.Now)))
	fresh.Open(fresh.Home)
	fresh.Sync()
	w.Must(fresh.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(apptest.Err(county.Courier.Replace(ctx, apptest.Yuanjia, fresh.Courier.Print())))
	w.Settle(fresh, county)
	if n := absent(fresh); n["sheet"] != 1 || len(n) != 1 {
		t.Errorf("%v", n)
	}
	if u := opens(fresh, words); u.Opened != 1 || !reflect.DeepEqual(fresh.Show(m), want) {
		t.Errorf("%+v\n%+v", u, fresh.Show(m))
	}
	fresh.Healthy()
}

// A disk is put back as it was: what was said in confidence since comes back with the sheet that the home has already.
func TestSheetAfterAnImage(t *testing.T) {
	w, county, station := apptest.Pair(t)
	words := sheet(station)
	station.Receive(secret("甲乙"))
	w.Settle(station, county)
	back := station.Imaged()
	m := station.Receive(secret("丙丁"))
	w.Settle(station, county)
	want := station.Show(m)
	back()
	w.Settle(station, county)
	if n := absent(station); n["sheet"] != 1 || len(n) != 1 {
		t.Errorf("%v", n)
	}
	if u := opens(station, words); u.Opened != 1 || !reflect.DeepEqual(station.Show(m), want) {
		t.Errorf("%+v\n%+v", u, station.Show(m))
	}
	station.Healthy()
	county.Healthy()
}

// What a county answers under the seal has a second holder of itself, the station: its successor lacks nothing, and needs no sheet.
func TestSealedAnswerOfABurntCounty(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	m := station.Receive(secret("甲乙"))
	station.Do(m, `{"do":"collate","mode":"部门联动","proposal":"请办"}`)
	station.Do(m, `{"do":"escalate","note":"站里办不了"}`)
	w.Settle(station, county, city)
	county.Do(m, `{"do":"answer","class":"已解决","answer":"锁里的答复"}`)
	w.Settle(station, county, city)
	want := county.Show(m)
	w.Must(county.Close())
	fresh := w.SetUp("county", apptest.County)
	fresh.Sync()
	w.Must(apptest.Err(city.Courier.Replace(ctx, apptest.County, fresh.Courier.Print())))
	w.Must(fresh.Courier.Follow(ctx, city.Courier.Print()))
	w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	station.Sync()
	w.Must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	w.Settle(station, fresh, city)
	if got := fresh.Show(m); !reflect.DeepEqual(got, want) {
		t.Errorf("came back as\n%+v\nwas\n%+v", got, want)
	}
	if n := absent(fresh); len(n) > 0 {
		t.Errorf("it lacks %v", n)
	}
	fresh.Healthy()
}

// A point reports to its township's station: what it locked comes back through that one.
func TestSheetThroughATownship(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	words := sheet(point)
	m := point.Receive(secret("甲乙"))
	w.Settle(point, town, county, city)
	want := point.Show(m)
	for _, o := range []*apptest.Seat{town, county, city} {
		o.Healthy()
		if n := absent(o); len(n) > 0 {
			t.Errorf("%s misses %v", o.Settings.Unit, n)
		}
	}
	w.Must(point.Close())
	fresh := w.Under("station", apptest.Yuanjia, apptest.Fengshan)
	fresh.Sync()
	w.Must(fresh.Courier.Follow(ctx, town.Courier.Print()))
	w.Must(apptest.Err(town.Courier.Replace(ctx, apptest.Yuanjia, fresh.Courier.Print())))
	w.Settle(fresh, town, county, city)
	if u := opens(fresh, words); u.Opened != 1 || !reflect.DeepEqual(fresh.Show(m), want) {
		t.Errorf("%+v\n%+v", u, fresh.Show(m))
	}
	fresh.Healthy()
}
