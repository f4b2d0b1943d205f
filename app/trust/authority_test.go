package trust_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
)

var ctx = context.Background()

// publish lays a list that an office signs with its own keys, whatever stands in it, into the directory of who reads
// it.
func publish(w *apptest.World, by *apptest.Seat, to string, l keyring.List) {
	w.T.Helper()
	l.By, l.Made = by.Trust.Card(), w.Now
	if l.Version == 0 {
		l.Version = 1 << 40
	}
	content, err := json.Marshal(l)
	w.Must(err)
	signature, err := by.Trust.Sign(append([]byte("lianluo keylist 1\n"), content...))
	w.Must(err)
	paper, err := json.Marshal(map[string]any{"lianluo": "keylist 1", "content": json.RawMessage(content), "signature": signature})
	w.Must(err)
	dir := filepath.Join(w.Folder, to, by.Settings.Unit)
	w.Must(os.MkdirAll(dir, 0o700))
	w.Must(os.WriteFile(filepath.Join(dir, keyring.ListName(paper)), paper, 0o600))
}

// believes says whether an office has any key for a computer of a unit.
func believes(o *apptest.Seat, unit string, r journal.Replica) bool {
	o.World.T.Helper()
	return len(o.Picture().Signers(trust.Author{}, unit, r)) > 0
}

// A list is believed in whom its writer speaks for, and in nobody else: no computer of a sibling, of an office above,
// of its reader; nobody of them is put out of use by it, and one bad card costs nothing but itself.
func TestAListSpeaksForItsWriter(t *testing.T) {
	w, county, a := apptest.Pair(t)
	city, b := w.SetUp("city", apptest.City), w.SetUp("station", apptest.Fengshan)
	w.Enrol(county, city)
	w.Enrol(b, county)
	w.Settle(a, b, county, city)
	sibling, above, own, mine := w.Ghost(apptest.Fengshan), w.Ghost(apptest.City), w.Ghost(apptest.County), w.Ghost(apptest.Yuanjia)
	out := func(o *apptest.Seat) keyring.Revocation {
		return keyring.Revocation{Replica: o.Store.Self().Replica, Incarnation: 1}
	}
	publish(w, a, apptest.County, keyring.List{Cards: []keyring.Card{sibling.Trust.Card(), {Unit: apptest.Yuanjia}, above.Trust.Card(), own.Trust.Card(), b.Trust.Card(), mine.Trust.Card()},
		Revoked: []keyring.Revocation{out(b), out(city), out(county), {}}})
	b.Titles("乙的")
	w.Settle(a, b, county, city)
	for name, o := range map[string]*apptest.Seat{"a sibling": sibling, "the office above": above, "its reader": own} {
		for _, reader := range []*apptest.Seat{county, city, b} {
			if believes(reader, o.Settings.Unit, o.Store.Self().Replica) {
				t.Errorf("%s believes a computer of %s that a station named", reader.Settings.Unit, name)
			}
		}
	}
	if !believes(county, apptest.Yuanjia, mine.Store.Self().Replica) { // it may
		t.Error("a station's own second computer is lost by what else stands in its list")
	}
	for _, o := range []*apptest.Seat{county, city} {
		if pic := o.Picture(); pic.Revoked(trust.Author{Unit: apptest.Fengshan, Replica: b.Store.Self().Replica}) || pic.Revoked(trust.Author{Unit: apptest.County, Replica: county.Store.Self().Replica}) {
			t.Errorf("%s puts out of use whom a station names", o.Settings.Unit)
		}
	}
	if !city.Known("乙的") || !county.Known("乙的") {
		t.Error("a sibling's matter is lost")
	}
}

// A county that names a computer under the city's code, and one of another county's, is believed in neither; in its own
// stations it is.
func TestACountysListSpeaksForItsOwn(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city, other := w.SetUp("city", apptest.City), w.SetUp("county", "141121000000")
	w.Enrol(county, city)
	w.Enrol(other, city)
	below := w.SetUp("station", "141121100016")
	w.Enrol(below, other)
	below.Titles("别县的")
	w.Settle(station, county, below, other, city)
	ghost, strange := w.Ghost(apptest.City), w.Ghost(apptest.Yuanjia)
	taken := strange.Trust.Card() // their computer's number, under a unit of its own
	taken.Replica = below.Store.Self().Replica
	publish(w, county, apptest.City, keyring.List{Cards: []keyring.Card{ghost.Trust.Card(), taken, station.Trust.Card()},
		Revoked: []keyring.Revocation{{Replica: taken.Replica, Incarnation: 1}}})
	below.Titles("又一件")
	station.Titles("本县的")
	w.Settle(station, county, below, other, city)
	if believes(city, apptest.City, ghost.Store.Self().Replica) || believes(city, apptest.Yuanjia, taken.Replica) {
		t.Error("the city believes a county in what is not below it")
	}
	if !believes(city, below.Settings.Unit, taken.Replica) || city.Picture().Revoked(trust.Author{Unit: below.Settings.Unit, Replica: taken.Replica}) || !city.Known("又一件") || !city.Known("本县的") {
		t.Error("another county's station is lost")
	}
	w.Agree(other, below)
}

// One number is one computer: nobody is let in under that of another unit's, ours or an office's.
func TestANumberIsOneComputer(t *testing.T) {
	w, county, a := apptest.Pair(t)
	b := w.SetUp("station", apptest.Fengshan)
	thief := w.Ghost(apptest.Fengshan)
	w.Must(os.MkdirAll(filepath.Join(w.Folder, apptest.County, apptest.Fengshan), 0o700))
	for i, r := range []journal.Replica{a.Store.Self().Replica, county.Store.Self().Replica} {
		card := thief.Trust.Card()
		card.Replica = r
		request, err := thief.Trust.Keys().Request(card)
		w.Must(err)
		w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.County, apptest.Fengshan, string('a'+rune(i))+".request"), request, 0o600))
		if _, err := county.Courier.Accept(ctx, apptest.Fengshan, keyring.Fingerprint(card)); err == nil {
			t.Error("let in under another's number")
		}
		office := w.Ghost(apptest.County).Trust.Card()
		office.Replica = r
	}
	if r := county.Sync(); len(r.Aside) != 2 || r.Aside[0].Why != "paper-forged" {
		t.Errorf("%+v", r.Aside)
	}
	w.Enrol(b, county)
	a.Titles("甲的")
	b.Titles("乙的")
	w.Settle(a, b, county)
	w.Agree(county, a, b)
}

// Words that come from below under the name of an earlier computer of ours wait for a person here: with its digits
// those from before our own first are believed, and no later ones; what was said is taken back as simply, out of our
// own list, too.
func TestEarlierComputersWaitForAPerson(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一")
	w.Settle(station, county, city)
	w.Later(time.Hour)
	ghost := w.Ghost(apptest.County)
	r := ghost.Store.Self().Replica
	publish(w, station, apptest.County, keyring.List{Cards: []keyring.Card{ghost.Trust.Card()}})
	w.Settle(station, county, city)
	if believes(county, apptest.County, r) || believes(city, apptest.County, r) {
		t.Error("believed because the only station says so")
	}
	list, err := county.Trust.Earlier(ctx)
	w.Must(err)
	if len(list) != 1 || list[0].Believed || list[0].Phone != "" || len(list[0].By) != 1 || list[0].By[0] != apptest.Yuanjia {
		t.Errorf("%+v", list)
	}
	if _, err := county.Courier.Confirm(ctx, nobody); err == nil {
		t.Error("confirmed what nobody named")
	}
	w.Must(apptest.Err(county.Courier.Confirm(ctx, ghost.Courier.Print())))
	if !believes(county, apptest.County, r) {
		t.Error("a person's word counts for nothing")
	}
	begun := w.Now
	w.Settle(station, county, city)
	w.Later(8 * 24 * time.Hour) // the county has written nothing yet; now its heartbeat
	w.Settle(station, county, city)
	for at, good := range map[time.Time]bool{apptest.Evening.Add(-time.Hour): true, begun.Add(-time.Second): true, w.Now: false, w.Now.Add(24 * time.Hour): false} {
		record := sealed(ghost, t, at)
		if err := county.Picture().Prove(trust.Author{Unit: apptest.Yuanjia, Replica: station.Store.Self().Replica}, record); (err == nil) != good {
			t.Errorf("of %v: %v", at, err)
		}
	}
	w.Settle(station, county, city)
	if !believes(city, apptest.County, r) {
		t.Error("the county's list does not name what a person there confirmed")
	}
	w.Must(county.Courier.Disown(ctx, ghost.Courier.Print()))
	w.Settle(station, county, city)
	if believes(county, apptest.County, r) || believes(city, apptest.County, r) {
		t.Error("it was taken back, and is named on")
	}
	list, err = county.Trust.Earlier(ctx)
	w.Must(err)
	for _, was := range list { // the station may name it on; nobody is asked again
		if was.Believed || !was.Refused {
			t.Errorf("%+v", was)
		}
	}
}

// sealed is a word that a computer signs under a date.
func sealed(o *apptest.Seat, t *testing.T, at time.Time) journal.Record {
	t.Helper()
	r, err := journal.Seal(journal.Entry{ID: journal.ID{Replica: o.Store.Self().Replica, Incarnation: 1, Seq: 1}, Thing: "rules " + o.Settings.Unit, Kind: "rules",
		Do: "publish", Schema: 1, Unit: o.Settings.Unit, Level: journal.County, At: at, Depth: 1, Body: []byte("{}")}, nil, [16]byte{1})
	if err == nil {
		r.Signature, err = o.Trust.Sign(r.Signed())
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Of the former keys of an earlier computer only itself is believed, by what it signed: not the station that names it.
func TestFormerKeysOfAnEarlierComputer(t *testing.T) {
	w, county, station := apptest.Pair(t)
	old := county.Trust.Keys()
	w.Must(county.Courier.Renew(ctx, county.Random))
	w.Settle(county, station)
	slip, r := county.Courier.Print(), county.Store.Self().Replica
	card := county.Trust.Card()
	w.Must(county.Close())
	w.Later(time.Hour)
	fresh := w.SetUp("county", apptest.County)
	fresh.Sync()
	w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	w.Settle(station, fresh)
	ghost := w.Ghost(apptest.County)
	card.Former = append(card.Former, keyring.Former{Card: journal.Hash{1}, Sign: ghost.Trust.Card().Sign, Until: journal.ID{Replica: r, Incarnation: 9, Seq: 9}})
	publish(w, station, apptest.County, keyring.List{Cards: []keyring.Card{card}})
	fresh.Sync()
	w.Must(apptest.Err(fresh.Courier.Confirm(ctx, slip)))
	var theirs, its bool
	for _, k := range fresh.Picture().Signers(trust.Author{}, apptest.County, r) {
		theirs = theirs || string(k.Key) == string(ghost.Trust.Card().Sign)
		its = its || string(k.Key) == string(old.Public().Sign)
	}
	if theirs || !its {
		t.Errorf("the ghost's key %v, its own earlier one %v", theirs, its)
	}
}

// A computer that was put out of use announces new keys from an entry on that we have already: it takes nothing of that
// back. One that announced them before it was lost is followed, also where our book was set back.
func TestKeyChangeByARevokedKey(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二", "三")
	w.Settle(station, county)
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	self := station.Store.Self()
	self.Seq = 2
	id, err := keyring.Rotate(string(station.Home), apptest.Sealing(), station.Trust.Card(), self, station.Random)
	w.Must(err)
	said := id.Statements[len(id.Statements)-1]
	w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, keyring.KeyChangeName(said)), said, 0o600))
	county.Sync()
	county.Healthy()
	for _, p := range county.Picture().Peers() {
		if p.Next != nil {
			t.Error("a thief's new keys are believed")
		}
	}
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
}

// A certificate that a station once answered lies there again after that office's computer was put out of use: it opens
// no door.
func TestStaleCertificate(t *testing.T) {
	w, one, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, one)
	two := w.SetUp("county", apptest.County)
	w.Enrol(station, two)
	w.Settle(station, two)
	certify(w, one, station)
	w.Later(time.Minute)
	for _, file := range must(filepath.Glob(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County, "*.certificate"))) {
		b, err := os.ReadFile(file)
		w.Must(err)
		w.Must(os.WriteFile(filepath.Join(filepath.Dir(file), "again-"+filepath.Base(file)), b, 0o600))
	}
	station.Titles("二")
	w.Settle(station, two)
	one.Sync()
	if one.Known("二") || !two.Known("二") {
		t.Error("the computer before is back")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A station names thousands of computers of its own, with thousands of keys: what its office tells of the others stays
// as short as it was, and a sibling that comes later is heard of. Digits are those of a home's own kind, whatever the
// card says that it is.
func TestAListThatFloods(t *testing.T) {
	w, county, a := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	ghost := w.Ghost(apptest.Yuanjia)
	var cards []keyring.Card
	for i := range 3000 {
		card := ghost.Trust.Card()
		card.Replica[0], card.Replica[1] = byte(i), byte(i>>8)
		cards = append(cards, card)
	}
	fat := ghost.Trust.Card()
	for i := range 400 {
		fat.Former = append(fat.Former, keyring.Former{Card: journal.Hash{byte(i), 1}, Sign: fat.Sign, Until: journal.ID{Replica: fat.Replica, Incarnation: 1, Seq: 1}})
	}
	publish(w, a, apptest.County, keyring.List{Cards: append(cards, fat)})
	county.Sync()
	b := w.SetUp("station", apptest.Fengshan)
	w.Enrol(b, county)
	b.Titles("乙的")
	w.Settle(a, b, county, city)
	files, err := peer.KeyLists(ctx, county.Store)
	w.Must(err)
	if n := len(files[apptest.County].File); n > 200_000 {
		t.Errorf("the county's list has %d bytes", n)
	}
	if !city.Known("乙的") || !believes(city, apptest.Fengshan, b.Store.Self().Replica) {
		t.Error("a sibling is not heard of")
	}
	list, err := county.Trust.Earlier(ctx)
	if err != nil || len(list) > 0 {
		t.Errorf("%d %v", len(list), err)
	}
	posing := w.Ghost(apptest.County).Trust.Card()
	posing.Practice = false
	publish(w, a, apptest.County, keyring.List{Cards: []keyring.Card{posing}, Version: 1 << 41})
	county.Sync()
	list, err = county.Trust.Earlier(ctx)
	w.Must(err)
	posing.Practice = true
	if got := county.Trust.Prints(ctx, []trust.Asking{{Card: list[0].Card}}); len(list) != 1 || got[0] != keyring.Fingerprint(posing) {
		t.Errorf("%d, %s", len(list), got)
	}
}

// The county's computer burned, and then that of the only table that knew it: its slip is in the drawer still, and what
// it wrote comes back.
func TestEarlierComputerThatOnlyTheDeadNamed(t *testing.T) {
	w, old, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, old)
	old.Do(old.List()[0].Matter, `{"do":"urge","note":"快"}`)
	w.Settle(station, old)
	slip := old.Courier.Print()
	county := old.Burns([]*apptest.Seat{old, station})
	w.Settle(station, county)
	fresh := station.Burns([]*apptest.Seat{county, station})
	w.Settle(fresh, county)
	w.Must(apptest.Err(county.Courier.Confirm(ctx, slip)))
	w.Settle(fresh, county)
	if h := county.List()[0].History; len(h) < 2 || h[1].Do != "urge" {
		t.Errorf("the county's own word is not back: %+v", h)
	}
	w.Agree(county, fresh)
}

// nobody has these digits.
var nobody = keyring.Fingerprint(keyring.Card{Unit: "nobody", Practice: true})
