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

	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/store/storetest"
	"lianluo.local/data/suite"
)

// reads is all that a holder of keys can read in the folder.
func (w *world) reads(keys []suite.Secret) string {
	w.t.Helper()
	var said strings.Builder
	files, err := filepath.Glob(filepath.Join(w.folder, "*", "*", "*.bundle"))
	w.must(err)
	for _, file := range files {
		f, err := os.Open(file)
		w.must(err)
		info, err := f.Stat()
		w.must(err)
		to := filepath.Base(filepath.Dir(filepath.Dir(file)))
		_, rs, err := bundle.Open(f, info.Size(), to, func(h bundle.Header) ([]suite.Signer, error) {
			return []suite.Signer{{Suite: h.Suite, Key: h.Key}}, nil
		}, keys...)
		f.Close()
		if err != nil {
			continue // not sealed for him
		}
		for _, r := range rs {
			line, err := json.Marshal(r)
			w.must(err)
			said.Write(append(line, '\n'))
		}
	}
	return said.String()
}

// A city that makes a recovery key opens what is sealed for it, and never what stations and counties seal for each other; the county's own
// goes on.
func TestRecoveryKeyOfACityOpensNothingOfStations(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	safes := map[*office]string{}
	for _, o := range []*office{city, county} {
		safes[o] = filepath.Join(t.TempDir(), "safe")
		w.must(os.Mkdir(safes[o], 0o700))
	}
	w.must(city.Courier.Recovery(safes[city], rand.Reader))
	w.settle(city, county, station)
	station.receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	w.settle(station, county, city)
	reads := func(o *office) string {
		keys, err := keyring.Load(safes[o])
		w.must(err)
		return w.reads(keys.Keys())
	}
	if said := reads(city); strings.Contains(said, "郝来福") {
		t.Error("the city's recovery key opens what a station said to its county")
	}
	w.must(county.Courier.Recovery(safes[county], rand.Reader))
	w.settle(county, station, city)
	w.must(city.Courier.Recovery(t.TempDir(), rand.Reader))
	w.settle(city, county, station)
	station.receive(desk.Draft{Title: "水管", Name: "郝来顺", Words: "漏水"})
	w.settle(station, county, city)
	if !strings.Contains(reads(county), "郝来顺") {
		t.Error("the county's recovery key opens nothing any more")
	}
}

// A county that took its city's recovery key for its own, by a program of before, gives it up.
func TestRecoveryKeyOfACityIsGivenUp(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	safe := filepath.Join(t.TempDir(), "safe")
	w.must(os.Mkdir(safe, 0o700))
	w.must(city.Courier.Recovery(safe, rand.Reader))
	w.settle(city, county, station)
	keys, err := keyring.Load(safe)
	w.must(err)
	w.must(keyring.SetRecovery(county.Courier.Home, keys.Public()))
	w.must(county.Close())
	county.open(county.Home)
	w.must(keyring.SetRecovery(station.Courier.Home, keys.Public()))
	w.must(station.Close())
	station.open(station.Home)
	safe = filepath.Join(t.TempDir(), "another")
	w.must(os.Mkdir(safe, 0o700))
	county.sync()
	w.must(county.Courier.Recovery(safe, rand.Reader))
	w.settle(county, station, city)
	station.receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	w.settle(station, county, city)
	if strings.Contains(w.reads(keys.Keys()), "郝来福") {
		t.Error("the city's recovery key opens what a station said to its county")
	}
}

// A county that is not honest writes, as another computer of its station which it names itself, that a matter is confidential no more,
// and that it holds nothing: what was said to the station in confidence stays there, until a person there lifts it.
func TestConfidenceIsLiftedAtTheTableAlone(t *testing.T) {
	for _, named := range []bool{false, true} {
		t.Run(fmt.Sprint("named ", named), func(t *testing.T) {
			w, county, station := pair(t)
			m := station.receive(desk.Draft{Title: "家事", Name: "欧阳密", Phone: "13912345678", Words: "不愿人知道的话", Confidential: true})
			w.settle(station, county)
			l := newLiar(w, "county", []*office{station, county}, mathrand.New(mathrand.NewPCG(1, 1)))
			l.live(false)
			ghost := l.card
			ghost.Unit, ghost.Role, ghost.Replica, ghost.Public, ghost.Former = yuanjia, "station", journal.Replica{9}, l.ghost(), nil
			if named {
				said := l.signs("keylist", keyring.List{Version: uint64(w.now.Unix()), By: l.card, Made: w.now.UTC(), Cards: []keyring.Card{station.Courier.Card(), ghost}})
				l.lay(yuanjia, countyUnit, keyring.ListName(said), said)
				station.sync()
			}
			st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
			w.must(err)
			rs := slices.DeleteFunc(st.Records, func(r journal.Record) bool { return r.Thing != m.ID })
			e := entry{own: true, sign: l.ghostly().Signature, Entry: journal.Entry{ID: journal.ID{Replica: ghost.Replica, Incarnation: 1, Seq: 1}, Thing: m.ID, Kind: matter.Kind, Do: "correct",
				Schema: 1, Unit: yuanjia, Level: journal.Station, By: "谁", At: w.now.UTC(), Body: json.RawMessage(`{"confidential":false}`),
				Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{yuanjia, countyUnit, cityUnit}, Privy: []string{countyUnit}}}}
			e.Seen, e.Depth = journal.Heads(rs)
			l.send(yuanjia, l.acks(0, journal.Hash{}), l.seal(e))
			for range 3 {
				station.sync()
				l.heads(l.acks(0, journal.Hash{}))
			}
			t.Log(station.show(m).Confidential, progress(t, station, countyUnit).Aside, progress(t, station, countyUnit).Faults)
			if said := w.reads(county.Courier.Keys.Keys()); strings.Contains(said, "欧阳密") || strings.Contains(said, "不愿人知道") {
				t.Error("the county reads what was said in confidence")
			}
		})
	}
}

// A computer that is let in says that it once had the keys of another one which still waits: that one is let in all the same. One that asks
// again under keys that it had before is passed over, as it is known.
func TestFormerKeysHideNobody(t *testing.T) {
	w, county, station := pair(t)
	waits := w.setUp("station", fengshan)
	waits.sync()
	l := newLiar(w, "folder", []*office{county, station, waits}, mathrand.New(mathrand.NewPCG(1, 1)))
	before := waits.Courier.Card()
	l.card.Former = []keyring.Former{{Card: before.Hash(), Sign: before.Sign, Until: journal.ID{Replica: l.card.Replica, Incarnation: 1, Seq: 1}}}
	said := l.signs("request", l.card)
	l.lay(countyUnit, thief, keyring.RequestName(l.card), said)
	county.sync()
	w.must(second(county.Courier.Accept(ctx, thief, keyring.Fingerprint(l.card))))
	county.sync()
	w.must(second(county.Courier.Accept(ctx, fengshan, waits.Courier.Print())))

	asked, err := os.ReadFile(filepath.Join(w.folder, countyUnit, yuanjia, keyring.RequestName(station.Courier.Card())))
	w.must(err)
	old := keyring.RequestName(station.Courier.Card())
	w.must(station.Courier.Renew(ctx, rand.Reader))
	w.settle(station, county)
	w.must(os.WriteFile(filepath.Join(w.folder, countyUnit, yuanjia, old), asked, 0o600))
	if list, err := county.Courier.Requests(ctx); err != nil || len(list) > 0 {
		t.Errorf("asks: %+v %v", list, err)
	}
}

// The table of a township lies above the villages by its number. It speaks for those that report to it, and not for one that the county let
// in itself: a computer of that one which it names is nobody's.
func TestTownshipSpeaksForNobodyElse(t *testing.T) {
	w, county, village := pair(t)
	city, township := w.setUp("city", cityUnit), w.setUp("station", fengshan)
	w.enrol(county, city)
	w.enrol(township, county)
	m := village.receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	under := w.under("station", thief, fengshan)
	w.enrol(under, township)
	under.titles("水管")
	all := []*office{under, township, village, county, city}
	w.settle(all...)
	w.settle(all...)

	l := newLiar(w, "station", []*office{county, village, city, township}, mathrand.New(mathrand.NewPCG(1, 1)))
	l.live(false)
	ghost := l.card
	ghost.Unit, ghost.Replica, ghost.Public = yuanjia, journal.Replica{9}, l.ghost()
	said := l.signs("keylist", keyring.List{Version: uint64(w.now.Unix()), By: l.card, Made: w.now.UTC(), Cards: []keyring.Card{ghost, under.Courier.Card()}})
	l.lay(countyUnit, fengshan, keyring.ListName(said), said)
	county.sync()
	e := entry{own: true, sign: l.ghostly().Signature, Entry: journal.Entry{ID: journal.ID{Replica: ghost.Replica, Incarnation: 1, Seq: 1}, Thing: m.ID, Kind: matter.Kind, Do: "void", Schema: 1,
		Unit: yuanjia, Level: journal.Station, By: "谁", At: w.now.UTC(), Body: json.RawMessage(`{"note":"不要了"}`),
		Envelope: &journal.Envelope{Way: journal.Along, Audience: []string{yuanjia, countyUnit, cityUnit}}}}
	e.Seen, e.Depth = journal.Heads(l.words(village))
	l.passes(l.seal(e))
	w.settle(county, city, village)
	for _, o := range []*office{county, city, village} {
		if now := o.show(m); now.State != m.State {
			t.Errorf("%s: %v", o.Settings.Unit, now.State)
		}
	}
	under.titles("井盖")
	w.settle(under, township, county, city)
	if !county.known("水管") || !city.known("井盖") {
		t.Error("words of a table that reports to the township do not arrive")
	}
}

// What a bundle calls its program stands in the status of whoever reads it as it is.
func TestProgramOfAPeerIsLegible(t *testing.T) {
	w, county, station := pair(t)
	w.settle(station, county)
	l := newLiar(w, "station", []*office{county, station}, mathrand.New(mathrand.NewPCG(1, 1)))
	l.live(false)
	l.heads(func(h *bundle.Header) { h.Program = "lianluo 9\x1b[2J\n\u202e141102002004 x" })
	county.sync()
	if p := progress(t, county, yuanjia); p.Program != "lianluo 9[2J141102002004 x" {
		t.Errorf("%q", p.Program)
	}
}

// Somebody wrote into a copy, which is then put back on an empty disk, that digits were typed which his own certificate has, that
// the true office's digits are those of his card, and that a computer of his is an earlier one of this unit: nothing of that is believed.
func TestCopySaysNotWhomToBelieve(t *testing.T) {
	w, county, station := pair(t)
	w.settle(station, county)
	l := newLiar(w, "folder", []*office{county, station}, mathrand.New(mathrand.NewPCG(1, 1)))
	l.unit, l.card.Unit, l.card.Role = countyUnit, countyUnit, "county"
	copied := station.keepCopy()
	hash := l.card.Hash()
	storetest.Exec(t, copied, "INSERT INTO awaited VALUES (?,?,?)", countyUnit, keyring.Fingerprint(l.card), "2026-11-21T00:00:00Z")
	storetest.Exec(t, copied, "INSERT OR REPLACE INTO memo VALUES (?,?,?)", fmt.Sprintf("digits %x", hash[:]), "2026-11-21T00:00:00Z", county.Courier.Print())
	card, err := json.Marshal(l.card)
	w.must(err)
	storetest.Exec(t, copied, "INSERT INTO predecessor VALUES (?,?,1,?)", l.card.Replica[:], string(card), "2026-11-21T00:00:00Z")
	said := l.signs("certificate", keyring.Certificate{By: l.card, Unit: yuanjia, Accepts: station.Courier.Card().Hash(), Granted: w.now})
	l.lay(yuanjia, countyUnit, "x.certificate", said)

	w.must(station.Close())
	for _, name := range []string{"lianluo.db", "lianluo.db-wal", "lianluo.db-shm"} {
		_ = os.Remove(filepath.Join(string(station.Home), name))
	}
	w.must(second(archive.Restore(ctx, station.Home, copied, w.now)))
	station.open(station.Home)
	believed := func() bool {
		return slices.ContainsFunc(second2(station.Courier.Peers(ctx)), func(p trust.Peer) bool { return p.Card.Replica == l.card.Replica && !p.Revoked })
	}
	w.settle(station, county)
	if said, err := station.Store.Predecessors(ctx); err != nil || len(said) > 0 || believed() {
		t.Errorf("believed %v, %v %v", believed(), said, err)
	}
	if err := station.Courier.Follow(ctx, county.Courier.Print()); err != nil || believed() {
		t.Errorf("the true office's digits: %v, the forger is believed: %v", err, believed())
	}
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
}
