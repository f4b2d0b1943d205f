package setup_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/setup"
	"lianluo.local/data/keyring"
)

var ctx = context.Background()

// A home is made once, whole, and keeps its keys; its clock is its own unless it is for practice.
func TestHome(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	h := station.Home
	if _, err := setup.Home(ctx, h, setup.Answers{Role: "station", Unit: apptest.Fengshan}, station.Random); !errors.Is(err, setup.ErrExists) {
		t.Errorf("set up twice: %v", err)
	}
	if again, err := keyring.Load(string(h), apptest.Sealing()); err != nil ||
		!again.Public().Equal(station.Courier.Keys().Public()) {
		t.Errorf("keys changed: %v", err)
	}
	station.Settings.Practice = false
	w.Must(station.Settings.Save(h))
	if a, err := app.Open(ctx, app.Options{Key: apptest.Sealing(), Home: h, Now: func() time.Time { return w.Now }}); !errors.Is(
		err, app.ErrRealClock) {
		t.Errorf("a real home took another time: %v %v", a, err)
	}
	a, err := app.Open(ctx, app.Options{Key: apptest.Sealing(), Home: h})
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
}

// Settings that were lost are made anew over the records that are there, and over nobody else's.
func TestSetUpOverRecords(t *testing.T) {
	w := apptest.Begin(t)
	station, other := w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Fengshan)
	station.Titles("一")
	other.Titles("别的站的")
	w.Must(errors.Join(station.Close(), other.Close(), os.Remove(station.Home.Settings())))
	again := func() error {
		return apptest.Err(setup.Home(ctx, station.Home, setup.Answers{Role: "station", Unit: apptest.Yuanjia, Practice: true,
			Key: apptest.Sealing()}, station.Random))
	}
	own, err := os.ReadFile(station.Home.Database())
	w.Must(err)
	w.Copy(other.Home.Database(), station.Home.Database())
	before := w.Lies(string(station.Home))
	if err := again(); !errors.Is(err, setup.ErrTaken) || !maps.Equal(before, w.Lies(string(station.Home))) {
		t.Errorf("set up over another's: %v", err)
	}
	w.Must(os.WriteFile(station.Home.Database(), own, 0o600))
	w.Must(again())
	station.Open(station.Home)
	if !station.Known("一") {
		t.Error("an empty book took the place of the records")
	}
	w.Must(errors.Join(station.Close(), os.Remove(station.Home.Settings()), os.Remove(station.Home.Database())))
	w.Must(again()) // the note of the book that is gone is of no use
	station.Open(station.Home)
	if len(station.List()) != 0 {
		t.Error("whose records are these?")
	}
}
