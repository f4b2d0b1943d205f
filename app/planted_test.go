package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/app/archive"
)

// A copy that somebody wrote names his own computer as the office above, under its own number or under that of the true one: nothing is
// sealed to it, and the true one goes on, or comes back with one call. An honest copy goes on without any.
func TestACopyPlantsNoOffice(t *testing.T) {
	for name, c := range map[string]struct{ gone, same bool }{"beside the records": {}, "in the place of records that are gone": {gone: true},
		"under its number": {same: true}, "under its number, the records are gone": {true, true}} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			station.titles("一")
			w.settle(station, county)
			honest := station.keepCopy()
			forged := filepath.Join(t.TempDir(), "forged.db")
			w.copy(honest, forged)
			ghost := w.ghost(countyUnit)
			card := ghost.Trust.Card()
			if c.same {
				card.Replica = county.Store.Self().Replica
			}
			b, err := json.Marshal(card)
			w.must(err)
			w.sqlite(forged, "DELETE FROM peer")
			w.sqlite(forged, "INSERT INTO peer (replica, unit, name, card) VALUES (x'"+fmt.Sprintf("%x", card.Replica[:])+"', '"+countyUnit+"', '县', '"+string(b)+"')")
			w.must(station.Close())
			if c.gone {
				w.must(os.Remove(station.Home.Database()))
			}
			w.must(second(archive.Restore(ctx, station.Home, forged, w.now)))
			station.open(station.Home)
			station.titles("二")
			station.sync()
			for _, p := range station.picture().Peers() {
				if !p.Revoked && p.Equal(card.Public) {
					t.Error("the forger's computer is the office above")
				}
			}
			if c.gone {
				w.must(station.Courier.Follow(ctx, county.Courier.Print()))
			}
			w.settle(station, county)
			w.agree(county, station)

			w.must(errors.Join(station.Close(), os.Remove(station.Home.Database())))
			w.must(second(archive.Restore(ctx, station.Home, honest, w.now)))
			station.open(station.Home)
			station.titles("三")
			w.settle(station, county)
			w.agree(county, station)
		})
	}
}
