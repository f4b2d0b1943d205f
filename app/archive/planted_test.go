package archive_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/app/apptest"
)

// A copy that somebody wrote names his own computer as the office above, under its own number or under that of the true
// one: nothing is sealed to it, and the true one goes on, or comes back with one call. An honest copy goes on without
// any.
func TestACopyPlantsNoOffice(t *testing.T) {
	for name, c := range map[string]struct{ gone, same bool }{"beside the records": {}, "in the place of records that are gone": {gone: true},
		"under its number": {same: true}, "under its number, the records are gone": {true, true}} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			station.Titles("一")
			w.Settle(station, county)
			honest := station.KeepCopy()
			forged := filepath.Join(t.TempDir(), "forged.db")
			w.Copy(honest, forged)
			ghost := w.Ghost(apptest.County)
			card := ghost.Trust.Card()
			if c.same {
				card.Replica = county.Store.Self().Replica
			}
			b, err := json.Marshal(card)
			w.Must(err)
			w.Sqlite(forged, "DELETE FROM peer")
			w.Sqlite(forged, "INSERT INTO peer (replica, unit, name, card) VALUES (x'"+fmt.Sprintf("%x", card.Replica[:])+"', '"+apptest.County+"', '县', '"+string(b)+"')")
			w.Must(station.Close())
			if c.gone {
				w.Must(os.Remove(station.Home.Database()))
			}
			w.Must(apptest.Err(station.Records().Restore(ctx, forged, w.Now)))
			station.Open(station.Home)
			station.Titles("二")
			station.Sync()
			for _, p := range station.Picture().Peers() {
				if !p.Revoked && p.Equal(card.Public) {
					t.Error("the forger's computer is the office above")
				}
			}
			if c.gone {
				w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
			}
			w.Settle(station, county)
			w.Agree(county, station)

			w.Must(errors.Join(station.Close(), os.Remove(station.Home.Database())))
			w.Must(apptest.Err(station.Records().Restore(ctx, honest, w.Now)))
			station.Open(station.Home)
			station.Titles("三")
			w.Settle(station, county)
			w.Agree(county, station)
		})
	}
}
