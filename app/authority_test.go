package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
)

// publish lays a list that an office signs with its own keys, whatever stands in it, into the directory of who reads it.
func (w *world) publish(by *office, to string, l keyring.List) {
	w.t.Helper()
	l.By, l.Made = by.Trust.Card(), w.now
	if l.Version == 0 {
		l.Version = 1 << 40
	}
	content, err := json.Marshal(l)
	w.must(err)
	signature, err := by.Trust.Sign(append([]byte("lianluo keylist 1\n"), content...))
	w.must(err)
	paper, err := json.Marshal(map[string]any{"lianluo": "keylist 1", "content": json.RawMessage(content), "signature": signature})
	w.must(err)
	dir := filepath.Join(w.folder, to, by.Settings.Unit)
	w.must(os.MkdirAll(dir, 0o700))
	w.must(os.WriteFile(filepath.Join(dir, keyring.ListName(paper)), paper, 0o600))
}

func (o *office) picture() trust.Picture {
	o.w.t.Helper()
	pic, err := o.Trust.Picture(ctx)
	o.w.must(err)
	return pic
}

// believes says whether an office has any key for a computer of a unit.
func (o *office) believes(unit string, r journal.Replica) bool {
	o.w.t.Helper()
	return len(o.picture().Signers(trust.Author{}, unit, r)) > 0
}

// ghost is a computer that somebody invents: its keys are true, and it signs what it likes.
func (w *world) ghost(unit string) *office {
	w.t.Helper()
	w.seed++
	elsewhere := &world{t: w.t, now: w.now, folder: fast(w.t), seed: w.seed + 100}
	role := "station"
	switch unit {
	case countyUnit:
		role = "county"
	case cityUnit:
		role = "city"
	}
	return elsewhere.setUp(role, unit)
}

// A list is believed in whom its writer speaks for, and in nobody else: no computer of a sibling, of an office above, of its reader;
// nobody of them is put out of use by it, and one bad card costs nothing but itself.
func TestAListSpeaksForItsWriter(t *testing.T) {
	w, county, a := pair(t)
	city, b := w.setUp("city", cityUnit), w.setUp("station", fengshan)
	w.enrol(county, city)
	w.enrol(b, county)
	w.settle(a, b, county, city)
	sibling, above, own, mine := w.ghost(fengshan), w.ghost(cityUnit), w.ghost(countyUnit), w.ghost(yuanjia)
	out := func(o *office) keyring.Revocation {
		return keyring.Revocation{Replica: o.Store.Self().Replica, Incarnation: 1}
	}
	w.publish(a, countyUnit, keyring.List{Cards: []keyring.Card{sibling.Trust.Card(), {Unit: yuanjia}, above.Trust.Card(), own.Trust.Card(), b.Trust.Card(), mine.Trust.Card()},
		Revoked: []keyring.Revocation{out(b), out(city), out(county), {}}})
	b.titles("乙的")
	w.settle(a, b, county, city)
	for name, o := range map[string]*office{"a sibling": sibling, "the office above": above, "its reader": own} {
		for _, reader := range []*office{county, city, b} {
			if reader.believes(o.Settings.Unit, o.Store.Self().Replica) {
				t.Errorf("%s believes a computer of %s that a station named", reader.Settings.Unit, name)
			}
		}
	}
	if !county.believes(yuanjia, mine.Store.Self().Replica) { // it may
		t.Error("a station's own second computer is lost by what else stands in its list")
	}
	for _, o := range []*office{county, city} {
		if pic := o.picture(); pic.Revoked(trust.Author{Unit: fengshan, Replica: b.Store.Self().Replica}) || pic.Revoked(trust.Author{Unit: countyUnit, Replica: county.Store.Self().Replica}) {
			t.Errorf("%s puts out of use whom a station names", o.Settings.Unit)
		}
	}
	if !city.known("乙的") || !county.known("乙的") {
		t.Error("a sibling's matter is lost")
	}
}

// A county that names a computer under the city's code, and one of another county's, is believed in neither; in its own stations it is.
func TestACountysListSpeaksForItsOwn(t *testing.T) {
	w, county, station := pair(t)
	city, other := w.setUp("city", cityUnit), w.setUp("county", "141121000000")
	w.enrol(county, city)
	w.enrol(other, city)
	below := w.setUp("station", "141121100016")
	w.enrol(below, other)
	below.titles("别县的")
	w.settle(station, county, below, other, city)
	ghost, strange := w.ghost(cityUnit), w.ghost(yuanjia)
	taken := strange.Trust.Card() // their computer's number, under a unit of its own
	taken.Replica = below.Store.Self().Replica
	w.publish(county, cityUnit, keyring.List{Cards: []keyring.Card{ghost.Trust.Card(), taken, station.Trust.Card()},
		Revoked: []keyring.Revocation{{Replica: taken.Replica, Incarnation: 1}}})
	below.titles("又一件")
	station.titles("本县的")
	w.settle(station, county, below, other, city)
	if city.believes(cityUnit, ghost.Store.Self().Replica) || city.believes(yuanjia, taken.Replica) {
		t.Error("the city believes a county in what is not below it")
	}
	if !city.believes(below.Settings.Unit, taken.Replica) || city.picture().Revoked(trust.Author{Unit: below.Settings.Unit, Replica: taken.Replica}) || !city.known("又一件") || !city.known("本县的") {
		t.Error("another county's station is lost")
	}
	w.agree(other, below)
}

// One number is one computer: nobody is let in under that of another unit's, ours or an office's.
func TestANumberIsOneComputer(t *testing.T) {
	w, county, a := pair(t)
	b := w.setUp("station", fengshan)
	thief := w.ghost(fengshan)
	w.must(os.MkdirAll(filepath.Join(w.folder, countyUnit, fengshan), 0o700))
	for i, r := range []journal.Replica{a.Store.Self().Replica, county.Store.Self().Replica} {
		card := thief.Trust.Card()
		card.Replica = r
		request, err := thief.Trust.Keys.Request(card)
		w.must(err)
		w.must(os.WriteFile(filepath.Join(w.folder, countyUnit, fengshan, string('a'+rune(i))+".request"), request, 0o600))
		if _, err := county.Courier.Accept(ctx, fengshan, keyring.Fingerprint(card)); err == nil {
			t.Error("let in under another's number")
		}
		office := w.ghost(countyUnit).Trust.Card()
		office.Replica = r
	}
	if r := county.sync(); len(r.Aside) != 2 || r.Aside[0].Why != "paper-forged" {
		t.Errorf("%+v", r.Aside)
	}
	w.enrol(b, county)
	a.titles("甲的")
	b.titles("乙的")
	w.settle(a, b, county)
	w.agree(county, a, b)
}

// Words that come from below under the name of an earlier computer of ours wait for a person here: with its digits those from before our
// own first are believed, and no later ones; what was said is taken back as simply, out of our own list, too.
func TestEarlierComputersWaitForAPerson(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一")
	w.settle(station, county, city)
	w.later(time.Hour)
	ghost := w.ghost(countyUnit)
	r := ghost.Store.Self().Replica
	w.publish(station, countyUnit, keyring.List{Cards: []keyring.Card{ghost.Trust.Card()}})
	w.settle(station, county, city)
	if county.believes(countyUnit, r) || city.believes(countyUnit, r) {
		t.Error("believed because the only station says so")
	}
	list, err := county.Trust.Earlier(ctx)
	w.must(err)
	if len(list) != 1 || list[0].Believed || list[0].Phone != "" || len(list[0].By) != 1 || list[0].By[0] != yuanjia {
		t.Errorf("%+v", list)
	}
	if _, err := county.Courier.Confirm(ctx, nobody); err == nil {
		t.Error("confirmed what nobody named")
	}
	w.must(second(county.Courier.Confirm(ctx, ghost.Courier.Print())))
	if !county.believes(countyUnit, r) {
		t.Error("a person's word counts for nothing")
	}
	begun := w.now
	w.settle(station, county, city)
	w.later(8 * 24 * time.Hour) // the county has written nothing yet; now its heartbeat
	w.settle(station, county, city)
	for at, good := range map[time.Time]bool{evening.Add(-time.Hour): true, begun.Add(-time.Second): true, w.now: false, w.now.Add(24 * time.Hour): false} {
		record := ghost.sealed(t, at)
		if err := county.picture().Prove(trust.Author{Unit: yuanjia, Replica: station.Store.Self().Replica}, record); (err == nil) != good {
			t.Errorf("of %v: %v", at, err)
		}
	}
	w.settle(station, county, city)
	if !city.believes(countyUnit, r) {
		t.Error("the county's list does not name what a person there confirmed")
	}
	w.must(county.Courier.Disown(ctx, ghost.Courier.Print()))
	w.settle(station, county, city)
	if county.believes(countyUnit, r) || city.believes(countyUnit, r) {
		t.Error("it was taken back, and is named on")
	}
	list, err = county.Trust.Earlier(ctx)
	w.must(err)
	for _, was := range list { // the station may name it on; nobody is asked again
		if was.Believed || !was.Refused {
			t.Errorf("%+v", was)
		}
	}
}

// sealed is a word that a computer signs under a date.
func (o *office) sealed(t *testing.T, at time.Time) journal.Record {
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
	w, county, station := pair(t)
	old := county.Trust.Keys
	w.must(county.Courier.Renew(ctx, county.random))
	w.settle(county, station)
	slip, r := county.Courier.Print(), county.Store.Self().Replica
	card := county.Trust.Card()
	w.must(county.Close())
	w.later(time.Hour)
	fresh := w.setUp("county", countyUnit)
	fresh.sync()
	w.must(second(fresh.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	w.must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	w.settle(station, fresh)
	ghost := w.ghost(countyUnit)
	card.Former = append(card.Former, keyring.Former{Card: journal.Hash{1}, Sign: ghost.Trust.Card().Sign, Until: journal.ID{Replica: r, Incarnation: 9, Seq: 9}})
	w.publish(station, countyUnit, keyring.List{Cards: []keyring.Card{card}})
	fresh.sync()
	w.must(second(fresh.Courier.Confirm(ctx, slip)))
	var theirs, its bool
	for _, k := range fresh.picture().Signers(trust.Author{}, countyUnit, r) {
		theirs = theirs || string(k.Key) == string(ghost.Trust.Card().Sign)
		its = its || string(k.Key) == string(old.Public().Sign)
	}
	if theirs || !its {
		t.Errorf("the ghost's key %v, its own earlier one %v", theirs, its)
	}
}

// A computer that was put out of use announces new keys from an entry on that we have already: it takes nothing of that back. One that
// announced them before it was lost is followed, also where our book was set back.
func TestKeyChangeByARevokedKey(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二", "三")
	w.settle(station, county)
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	self := station.Store.Self()
	self.Seq = 2
	id, err := keyring.Rotate(string(station.Home), station.Trust.Card(), self, station.random)
	w.must(err)
	said := id.Statements[len(id.Statements)-1]
	w.must(os.WriteFile(filepath.Join(w.folder, countyUnit, yuanjia, keyring.KeyChangeName(said)), said, 0o600))
	county.sync()
	county.healthy()
	for _, p := range county.picture().Peers() {
		if p.Next != nil {
			t.Error("a thief's new keys are believed")
		}
	}
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
}

// A certificate that a station once answered lies there again after that office's computer was put out of use: it opens no door.
func TestStaleCertificate(t *testing.T) {
	w, one, station := pair(t)
	station.titles("一")
	w.settle(station, one)
	two := w.setUp("county", countyUnit)
	w.enrol(station, two)
	w.settle(station, two)
	w.certify(one, station)
	w.later(time.Minute)
	for _, file := range must(filepath.Glob(filepath.Join(w.folder, yuanjia, countyUnit, "*.certificate"))) {
		b, err := os.ReadFile(file)
		w.must(err)
		w.must(os.WriteFile(filepath.Join(filepath.Dir(file), "again-"+filepath.Base(file)), b, 0o600))
	}
	station.titles("二")
	w.settle(station, two)
	one.sync()
	if one.known("二") || !two.known("二") {
		t.Error("the computer before is back")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A station names thousands of computers of its own, with thousands of keys: what its office tells of the others stays as short as it
// was, and a sibling that comes later is heard of. Digits are those of a home's own kind, whatever the card says that it is.
func TestAListThatFloods(t *testing.T) {
	w, county, a := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	ghost := w.ghost(yuanjia)
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
	w.publish(a, countyUnit, keyring.List{Cards: append(cards, fat)})
	county.sync()
	b := w.setUp("station", fengshan)
	w.enrol(b, county)
	b.titles("乙的")
	w.settle(a, b, county, city)
	files, err := county.Store.KeyLists(ctx)
	w.must(err)
	if n := len(files[countyUnit].File); n > 200_000 {
		t.Errorf("the county's list has %d bytes", n)
	}
	if !city.known("乙的") || !city.believes(fengshan, b.Store.Self().Replica) {
		t.Error("a sibling is not heard of")
	}
	list, err := county.Trust.Earlier(ctx)
	if err != nil || len(list) > 0 {
		t.Errorf("%d %v", len(list), err)
	}
	posing := w.ghost(countyUnit).Trust.Card()
	posing.Practice = false
	w.publish(a, countyUnit, keyring.List{Cards: []keyring.Card{posing}, Version: 1 << 41})
	county.sync()
	list, err = county.Trust.Earlier(ctx)
	w.must(err)
	posing.Practice = true
	if got := county.Trust.Prints(ctx, []trust.Asking{{Card: list[0].Card}}); len(list) != 1 || got[0] != keyring.Fingerprint(posing) {
		t.Errorf("%d, %s", len(list), got)
	}
}

// The county's computer burned, and then that of the only table that knew it: its slip is in the drawer still, and what it wrote comes back.
func TestEarlierComputerThatOnlyTheDeadNamed(t *testing.T) {
	w, old, station := pair(t)
	station.titles("一")
	w.settle(station, old)
	old.do(old.list()[0].Matter, `{"do":"urge","note":"快"}`)
	w.settle(station, old)
	slip := old.Courier.Print()
	county := old.burns([]*office{old, station})
	w.settle(station, county)
	fresh := station.burns([]*office{county, station})
	w.settle(fresh, county)
	w.must(second(county.Courier.Confirm(ctx, slip)))
	w.settle(fresh, county)
	if h := county.list()[0].History; len(h) < 2 || h[1].Do != "urge" {
		t.Errorf("the county's own word is not back: %+v", h)
	}
	w.agree(county, fresh)
}
