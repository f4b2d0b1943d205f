package app_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/peer"
	"lianluo.local/data/store/storetest"
)

// A county that is not honest writes, as another computer of its station which it names itself, that a matter is
// confidential no more, and that it holds nothing: what was said to the station in confidence stays there, until a
// person there lifts it.
func TestConfidenceIsLiftedAtTheTableAlone(t *testing.T) {
	for _, named := range []bool{false, true} {
		t.Run(fmt.Sprint("named ", named), func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			m := station.Receive(desk.Draft{Title: "家事", Name: "欧阳密", Phone: "13912345678", Words: "不愿人知道的话", Confidential: true})
			w.Settle(station, county)
			l := newLiar(w, "county", []*apptest.Seat{station, county}, mathrand.New(mathrand.NewPCG(1, 1)))
			l.live(false)
			ghost := l.card
			ghost.Unit, ghost.Role, ghost.Replica, ghost.Public, ghost.Former = apptest.Yuanjia, "station", journal.Replica{9}, l.ghost(), nil
			if named {
				said := l.signs("keylist", keyring.List{Version: uint64(w.Now.Unix()), By: l.card, Made: w.Now.UTC(), Cards: []keyring.Card{station.Courier.Card(), ghost}})
				l.lay(apptest.Yuanjia, apptest.County, keyring.ListName(said), said)
				station.Sync()
			}
			st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
			w.Must(err)
			rs := slices.DeleteFunc(st.Records, func(r journal.Record) bool { return r.Thing != m.ID })
			e := entry{own: true, sign: l.ghostly().Signature, Entry: journal.Entry{ID: journal.ID{Replica: ghost.Replica, Incarnation: 1, Seq: 1}, Thing: m.ID, Kind: matter.Name, Do: "correct",
				Schema: 1, Unit: apptest.Yuanjia, Level: journal.Station, By: "谁", At: w.Now.UTC(), Body: json.RawMessage(`{"confidential":false}`),
				Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{apptest.Yuanjia, apptest.County, apptest.City}, Privy: []string{apptest.County}}}}
			e.Seen, e.Depth = journal.Heads(rs)
			l.send(apptest.Yuanjia, l.acks(0, journal.Hash{}), l.seal(e))
			for range 3 {
				station.Sync()
				l.heads(l.acks(0, journal.Hash{}))
			}
			t.Log(station.Show(m).Confidential, apptest.Progress(t, station, apptest.County).Aside, apptest.Progress(t, station, apptest.County).Faults)
			if said := w.Reads(county.Courier.Keys().Keys()); strings.Contains(said, "欧阳密") || strings.Contains(said, "不愿人知道") {
				t.Error("the county reads what was said in confidence")
			}
		})
	}
}

// A computer that is let in says that it once had the keys of another one which still waits: that one is let in all the
// same. One that asks again under keys that it had before is passed over, as it is known.
func TestFormerKeysHideNobody(t *testing.T) {
	w, county, station := apptest.Pair(t)
	waits := w.SetUp("station", apptest.Fengshan)
	waits.Sync()
	l := newLiar(w, "folder", []*apptest.Seat{county, station, waits}, mathrand.New(mathrand.NewPCG(1, 1)))
	before := waits.Courier.Card()
	l.card.Former = []keyring.Former{{Card: before.Hash(), Sign: before.Sign, Until: journal.ID{Replica: l.card.Replica, Incarnation: 1, Seq: 1}}}
	said := l.signs("request", l.card)
	l.lay(apptest.County, thief, keyring.RequestName(l.card), said)
	county.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, thief, keyring.Fingerprint(l.card))))
	county.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Fengshan, waits.Courier.Print())))

	asked, err := os.ReadFile(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, keyring.RequestName(station.Courier.Card())))
	w.Must(err)
	old := keyring.RequestName(station.Courier.Card())
	w.Must(station.Courier.Renew(ctx, rand.Reader))
	w.Settle(station, county)
	w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, old), asked, 0o600))
	if list, err := county.Courier.Requests(ctx); err != nil || len(list) > 0 {
		t.Errorf("asks: %+v %v", list, err)
	}
}

// The table of a township lies above the villages by its number. It speaks for those that report to it, and not for one
// that the county let in itself: a computer of that one which it names is nobody's.
func TestTownshipSpeaksForNobodyElse(t *testing.T) {
	w, county, village := apptest.Pair(t)
	city, township := w.SetUp("city", apptest.City), w.SetUp("station", apptest.Fengshan)
	w.Enrol(county, city)
	w.Enrol(township, county)
	m := village.Receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	under := w.Under("station", thief, apptest.Fengshan)
	w.Enrol(under, township)
	under.Titles("水管")
	all := []*apptest.Seat{under, township, village, county, city}
	w.Settle(all...)
	w.Settle(all...)

	l := newLiar(w, "station", []*apptest.Seat{county, village, city, township}, mathrand.New(mathrand.NewPCG(1, 1)))
	l.live(false)
	ghost := l.card
	ghost.Unit, ghost.Replica, ghost.Public = apptest.Yuanjia, journal.Replica{9}, l.ghost()
	said := l.signs("keylist", keyring.List{Version: uint64(w.Now.Unix()), By: l.card, Made: w.Now.UTC(), Cards: []keyring.Card{ghost, under.Courier.Card()}})
	l.lay(apptest.County, apptest.Fengshan, keyring.ListName(said), said)
	county.Sync()
	e := entry{own: true, sign: l.ghostly().Signature, Entry: journal.Entry{ID: journal.ID{Replica: ghost.Replica, Incarnation: 1, Seq: 1}, Thing: m.ID, Kind: matter.Name, Do: "void", Schema: 1,
		Unit: apptest.Yuanjia, Level: journal.Station, By: "谁", At: w.Now.UTC(), Body: json.RawMessage(`{"note":"不要了"}`),
		Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{apptest.Yuanjia, apptest.County, apptest.City}}}}
	e.Seen, e.Depth = journal.Heads(l.words(village))
	l.passes(l.seal(e))
	w.Settle(county, city, village)
	for _, o := range []*apptest.Seat{county, city, village} {
		if now := o.Show(m); now.State != m.State {
			t.Errorf("%s: %v", o.Settings.Unit, now.State)
		}
	}
	under.Titles("井盖")
	w.Settle(under, township, county, city)
	if !county.Known("水管") || !city.Known("井盖") {
		t.Error("words of a table that reports to the township do not arrive")
	}
}

// What a bundle calls its program stands in the status of whoever reads it as it is.
func TestProgramOfAPeerIsLegible(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Settle(station, county)
	l := newLiar(w, "station", []*apptest.Seat{county, station}, mathrand.New(mathrand.NewPCG(1, 1)))
	l.live(false)
	l.heads(func(h *bundle.Header) { h.Program = "lianluo 9\x1b[2J\n\u202e141102002004 x" })
	county.Sync()
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Program != "lianluo 9[2J141102002004 x" {
		t.Errorf("%q", p.Program)
	}
}

// Somebody wrote into a copy, which is then put back on an empty disk, that digits were typed which his own certificate
// has, that the true office's digits are those of his card, and that a computer of his is an earlier one of this unit:
// nothing of that is believed.
func TestCopySaysNotWhomToBelieve(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Settle(station, county)
	l := newLiar(w, "folder", []*apptest.Seat{county, station}, mathrand.New(mathrand.NewPCG(1, 1)))
	l.unit, l.card.Unit, l.card.Role = apptest.County, apptest.County, "county"
	copied := station.KeepCopy()
	hash := l.card.Hash()
	storetest.Exec(t, copied, apptest.Sealing(), "INSERT INTO awaited VALUES (?,?,?)", apptest.County, keyring.Fingerprint(l.card),
		"2026-11-21T00:00:00Z")
	storetest.Exec(t, copied, apptest.Sealing(), "INSERT OR REPLACE INTO memo VALUES (?,?,?)", fmt.Sprintf("digits %x", hash[:]),
		"2026-11-21T00:00:00Z", county.Courier.Print())
	card, err := json.Marshal(l.card)
	w.Must(err)
	storetest.Exec(t, copied, apptest.Sealing(), "INSERT INTO predecessor VALUES (?,?,1,?)", l.card.Replica[:], string(card),
		"2026-11-21T00:00:00Z")
	said := l.signs("certificate", keyring.Certificate{By: l.card, Unit: apptest.Yuanjia, Accepts: station.Courier.Card().Hash(), Granted: w.Now})
	l.lay(apptest.Yuanjia, apptest.County, "x.certificate", said)

	w.Must(station.Close())
	for _, name := range []string{"lianluo.db", "lianluo.db-wal", "lianluo.db-shm"} {
		_ = os.Remove(filepath.Join(string(station.Home), name))
	}
	w.Must(apptest.Err(station.Records().Restore(ctx, copied, w.Now)))
	station.Open(station.Home)
	believed := func() bool {
		return slices.ContainsFunc(second2(station.Courier.Peers(ctx)), func(p trust.Peer) bool { return p.Card.Replica == l.card.Replica && !p.Revoked })
	}
	w.Settle(station, county)
	if said, err := peer.Predecessors(ctx, station.Store); err != nil || len(said) > 0 || believed() {
		t.Errorf("believed %v, %v %v", believed(), said, err)
	}
	if err := station.Courier.Follow(ctx, county.Courier.Print()); err != nil || believed() {
		t.Errorf("the true office's digits: %v, the forger is believed: %v", err, believed())
	}
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
}
