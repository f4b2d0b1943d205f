package trust_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/bundle"
	"lianluo.local/data/keyring"
	seal "lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// A city that makes a recovery key opens what is sealed for it, and never what stations and counties seal for each
// other; the county's own goes on.
func TestRecoveryKeyOfACityOpensNothingOfStations(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	safes := map[*apptest.Seat]string{}
	for _, o := range []*apptest.Seat{city, county} {
		safes[o] = filepath.Join(t.TempDir(), "safe")
		w.Must(os.Mkdir(safes[o], 0o700))
	}
	w.Must(city.Courier.Recovery(safes[city], rand.Reader))
	w.Settle(city, county, station)
	station.Receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	w.Settle(station, county, city)
	reads := func(o *apptest.Seat) string {
		keys, err := keyring.Load(safes[o], seal.Key{})
		w.Must(err)
		return w.Reads(keys.Keys())
	}
	if said := reads(city); strings.Contains(said, "郝来福") {
		t.Error("the city's recovery key opens what a station said to its county")
	}
	w.Must(county.Courier.Recovery(safes[county], rand.Reader))
	w.Settle(county, station, city)
	w.Must(city.Courier.Recovery(t.TempDir(), rand.Reader))
	w.Settle(city, county, station)
	station.Receive(desk.Draft{Title: "水管", Name: "郝来顺", Words: "漏水"})
	w.Settle(station, county, city)
	if !strings.Contains(reads(county), "郝来顺") {
		t.Error("the county's recovery key opens nothing any more")
	}
}

// A county that took its city's recovery key for its own, by a program of before, gives it up.
func TestRecoveryKeyOfACityIsGivenUp(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	safe := filepath.Join(t.TempDir(), "safe")
	w.Must(os.Mkdir(safe, 0o700))
	w.Must(city.Courier.Recovery(safe, rand.Reader))
	w.Settle(city, county, station)
	keys, err := keyring.Load(safe, seal.Key{})
	w.Must(err)
	w.Must(keyring.SetRecovery(county.Courier.Home, apptest.Sealing(), keys.Public()))
	w.Must(county.Close())
	county.Open(county.Home)
	w.Must(keyring.SetRecovery(station.Courier.Home, apptest.Sealing(), keys.Public()))
	w.Must(station.Close())
	station.Open(station.Home)
	safe = filepath.Join(t.TempDir(), "another")
	w.Must(os.Mkdir(safe, 0o700))
	county.Sync()
	w.Must(county.Courier.Recovery(safe, rand.Reader))
	w.Settle(county, station, city)
	station.Receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	w.Settle(station, county, city)
	if strings.Contains(w.Reads(keys.Keys()), "郝来福") {
		t.Error("the city's recovery key opens what a station said to its county")
	}
}

// With the county's recovery key, made before the fire and kept in a safe, what was sealed for the burnt computer
// opens.
func TestRecoveryKeyOpens(t *testing.T) {
	w, county, station := apptest.Pair(t)
	safe := filepath.Join(t.TempDir(), "safe")
	w.Must(os.Mkdir(safe, 0o700))
	w.Must(county.Courier.Recovery(safe, rand.Reader))
	station.Titles("一")
	w.Settle(station, county)
	station.Titles("二")
	station.Sync()
	all := w.Bundles(apptest.County, apptest.Yuanjia)
	keys, err := keyring.Load(safe, seal.Key{})
	w.Must(err)
	opened := 0
	for _, file := range all {
		f, err := os.Open(file)
		w.Must(err)
		defer f.Close()
		info, err := f.Stat()
		w.Must(err)
		known := func(h bundle.Header) ([]suite.Signer, error) {
			return []suite.Signer{{Suite: h.Suite, Key: h.Key}}, nil
		}
		if _, _, err := bundle.Open(f, info.Size(), apptest.County, known, keys.Keys()...); err == nil {
			opened++
		}
	}
	if opened == 0 {
		t.Errorf("none of %d opens", len(all))
	}
}
