package app_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/keyring"
)

// certify lays a certificate of an office's computer for a station, as whoever has that computer and the folder can.
func (w *world) certify(office, station *office) {
	w.t.Helper()
	paper, err := office.Trust.Keys.Certify(office.Trust.Card(), station.Trust.Card(), w.now)
	w.must(err)
	dir := filepath.Join(w.folder, station.Settings.Unit, office.Settings.Unit)
	w.must(os.MkdirAll(dir, 0o700))
	w.must(os.WriteFile(filepath.Join(dir, keyring.CertificateName(office.Trust.Card(), station.Trust.Card())), paper, 0o600))
}

// silent fails where a home has put a single bundle into the folder.
func (w *world) silent(o *office) {
	w.t.Helper()
	if found := w.bundles(o.Settings.Unit, o.Settings.Parent); len(found) > 0 {
		w.t.Errorf("%s sent %v", o.Settings.Name, found)
	}
}

// Whoever can write into the folder is no office: nothing leaves a station before a person there compared, whatever certificates lie
// there, and however often it looks. The true office is believed with one call on each side, before or after its certificate is here.
func TestNobodyIsBelievedAtFirstSight(t *testing.T) {
	for name, early := range map[string]bool{"the digits come first": true, "the certificate comes first": false} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			county, station, forged := w.setUp("county", countyUnit), w.setUp("station", yuanjia), w.setUp("county", countyUnit)
			station.titles("一")
			station.sync()
			w.certify(forged, station)
			for range 3 {
				if r := station.sync(); !r.Asked || r.Sent > 0 || len(r.Aside) > 0 {
					t.Errorf("a certificate that nobody compared: %+v", r)
				}
			}
			w.silent(station)
			if early {
				if err := station.Courier.Follow(ctx, county.Courier.Print()); !errors.Is(err, trust.ErrPrint) {
					t.Errorf("what lies there does not fit: %v", err)
				}
				if r := station.sync(); len(r.Aside) != 1 || r.Aside[0].Why != "other-digits" || r.Sent > 0 {
					t.Errorf("the forged one is not named: %+v", r)
				}
			}
			w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
			station.sync()
			if !early {
				w.silent(station)
				w.must(station.Courier.Follow(ctx, county.Courier.Print()))
			}
			w.settle(station, county)
			w.agree(county, station)
			if above, err := station.Trust.Above(ctx); err != nil || above != (trust.Above{Believed: true, Compared: true}) {
				t.Errorf("%+v %v", above, err)
			}
			if len(forged.list()) > 0 {
				t.Error("the forged county has something")
			}
		})
	}
}

// One call is enough, and no more carrying than before: the request up, the certificate down, the records up.
func TestOneCallAndNoMoreCarrying(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	station.titles("一")
	station.sync()
	w.must(station.Courier.Follow(ctx, county.Courier.Print())) // the call, before the stick is back
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	county.sync()
	if r := station.sync(); r.Sent != 1 || r.Asked || len(r.Aside) > 0 {
		t.Errorf("the stick is back: %+v", r)
	}
	county.sync()
	station.sync()
	w.agree(county, station)
}

// Digits that a person typed and that none has yet are kept when the home is closed and the folder is away.
func TestTypedDigitsAreKept(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	station.sync()
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	station.sync() // it lies here and was looked at
	w.must(os.Rename(w.folder, w.folder+" away"))
	w.must(station.Courier.Follow(ctx, county.Courier.Print()))
	w.must(station.Close())
	station.open(station.Home)
	w.must(os.Rename(w.folder+" away", w.folder))
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
}

// An office that is believed renews its keys: nobody is asked. It gets a new computer: nothing goes to that before a person
// compared, and what a person typed for it lets in nobody else.
func TestTheDoorStaysShut(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	w.must(county.Courier.Renew(ctx, county.random))
	w.settle(county, station)
	station.titles("二")
	w.settle(station, county)
	w.agree(county, station)

	fresh, forged := w.setUp("county", countyUnit), w.setUp("county", countyUnit)
	w.certify(forged, station)
	station.titles("三")
	if r := station.sync(); len(r.Aside) != 1 || r.Aside[0].Why != "other-office" {
		t.Errorf("another computer of the county: %+v", r)
	}
	if err := station.Courier.Follow(ctx, fresh.Courier.Print()); !errors.Is(err, trust.ErrPrint) {
		t.Errorf("digits that none here has: %v", err)
	}
	for range 2 {
		station.sync()
	}
	forged.sync()
	if len(forged.list()) > 0 {
		t.Error("digits for one computer let in another")
	}
	w.must(second(fresh.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	w.settle(station, fresh)
	w.agree(fresh, station)
	if p := progress(t, station, countyUnit); !p.Revoked {
		t.Error("the county's old computer is still in use")
	}
}

// A station that a program of before joined goes on exchanging, and is asked to compare once; digits that differ from those of the
// office that it believes are told.
func TestJoinedBeforeGoesOnAndComparesOnce(t *testing.T) {
	w, county, station := pair(t)
	w.must(station.Close())
	w.sqlite(station.Home.Database(), "UPDATE peer SET compared=''")
	station.open(station.Home)
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
	if above, err := station.Trust.Above(ctx); err != nil || !above.Believed || above.Compared {
		t.Errorf("%+v %v", above, err)
	}
	if err := station.Courier.Follow(ctx, nobody); !errors.Is(err, trust.ErrPrint) {
		t.Errorf("other digits: %v", err)
	}
	if err := station.Courier.Follow(ctx, station.Courier.Print()); !errors.Is(err, trust.ErrOwn) {
		t.Errorf("its own digits: %v", err)
	}
	w.must(station.Courier.Follow(ctx, county.Courier.Print()))
	if p := progress(t, station, countyUnit); p.Compared == "" || p.Print != county.Courier.Print() {
		t.Errorf("%+v", p)
	}
	if above, err := station.Trust.Above(ctx); err != nil || above != (trust.Above{Believed: true, Compared: true}) {
		t.Errorf("%+v %v", above, err)
	}
}

// Hundreds of certificates and requests by strangers cost no digits in a round, and one that a person compares is found among them.
func TestStrangersCostNoDigits(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	dir := filepath.Join(w.folder, countyUnit, yuanjia)
	w.must(os.MkdirAll(dir, 0o700))
	for i := range 200 {
		card := station.Trust.Card()
		card.Replica[0], card.Replica[1] = byte(i), 0xff
		request, err := station.Trust.Keys.Request(card)
		w.must(err)
		w.must(os.WriteFile(filepath.Join(dir, keyring.RequestName(card)), request, 0o600))
		office := county.Trust.Card()
		office.Replica[0], office.Replica[1] = byte(i), 0xff
		paper, err := county.Trust.Keys.Certify(office, station.Trust.Card(), w.now)
		w.must(err)
		w.must(os.MkdirAll(filepath.Join(w.folder, yuanjia, countyUnit), 0o700))
		w.must(os.WriteFile(filepath.Join(w.folder, yuanjia, countyUnit, keyring.CertificateName(office, station.Trust.Card())), paper, 0o600))
	}
	station.sync()
	county.sync()
	asking, err := county.Courier.Requests(ctx)
	w.must(err)
	if len(asking) == 0 || len(asking) > 50 { // of one unit
		t.Errorf("%d ask", len(asking))
	}
	for _, o := range []*office{county, station} {
		for _, a := range asking {
			if o.Trust.Noted(ctx, a.Card) != "" {
				t.Fatal("digits were computed though nobody compared")
			}
		}
	}
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	w.must(station.Courier.Follow(ctx, county.Courier.Print()))
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
}

// What is compared lies nowhere in the folder, and no file is named by it.
func TestDigitsLieNowhereInTheFolder(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	for _, name := range w.files() {
		if regexp.MustCompile(`enrol-\d{10}\b`).MatchString(name) || strings.Contains(name, station.Courier.Print()) {
			t.Error(name)
		}
	}
}

// Somebody lays a paper of his own where ours is to lie, under its very name: ours takes its place.
func TestAnothersPaperInThePlaceOfOurs(t *testing.T) {
	w := begin(t)
	county, station, forged := w.setUp("county", countyUnit), w.setUp("station", yuanjia), w.setUp("county", countyUnit)
	stranger := w.setUp("station", yuanjia)
	request, err := stranger.Trust.Keys.Request(stranger.Trust.Card())
	w.must(err)
	w.must(os.MkdirAll(filepath.Join(w.folder, countyUnit, yuanjia), 0o700))
	w.must(os.WriteFile(filepath.Join(w.folder, countyUnit, yuanjia, keyring.RequestName(station.Trust.Card())), request, 0o600))
	paper, err := forged.Trust.Keys.Certify(forged.Trust.Card(), station.Trust.Card(), w.now)
	w.must(err)
	w.must(os.MkdirAll(filepath.Join(w.folder, yuanjia, countyUnit), 0o700))
	w.must(os.WriteFile(filepath.Join(w.folder, yuanjia, countyUnit, keyring.CertificateName(county.Trust.Card(), station.Trust.Card())), paper, 0o600))
	station.sync()
	w.must(second(county.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	w.must(station.Courier.Follow(ctx, county.Courier.Print()))
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
}

// A request whose words would write over a screen is set aside; one that only claims to have replaced another says nothing of that.
func TestRequestsThatLie(t *testing.T) {
	w := begin(t)
	county, station, stranger := w.setUp("county", countyUnit), w.setUp("station", yuanjia), w.setUp("station", yuanjia)
	station.sync()
	dir := filepath.Join(w.folder, countyUnit, yuanjia)
	card := stranger.Trust.Card()
	for i, words := range []string{"站\n141102002003D1-A", "\x1b[8m", "\u202e"} {
		bad := card
		bad.Name = words
		w.must(os.WriteFile(filepath.Join(dir, string('a'+rune(i))+".request"), unchecked(t, stranger.Trust.Keys, bad), 0o600))
	}
	card.Former = []keyring.Former{{Card: station.Trust.Card().Hash(), Sign: card.Sign}}
	request, err := stranger.Trust.Keys.Request(card)
	w.must(err)
	w.must(os.WriteFile(filepath.Join(dir, "d.request"), request, 0o600))
	if r := county.sync(); len(r.Aside) != 3 {
		t.Errorf("set aside: %+v", r.Aside)
	}
	asking, err := county.Courier.Requests(ctx)
	w.must(err)
	if len(asking) != 2 || asking[0].Out || asking[1].Out {
		t.Errorf("%+v", asking)
	}
	w.must(station.Courier.Renew(ctx, station.random)) // an honest one does, and its statement shows it
	w.later(time.Minute)
	station.sync()
	w.must(os.WriteFile(filepath.Join(dir, keyring.KeyChangeName(station.Trust.Keys.Statements[0])), station.Trust.Keys.Statements[0], 0o600))
	asking, err = county.Courier.Requests(ctx)
	w.must(err)
	out := 0
	for _, a := range asking {
		if a.Out {
			out++
		}
	}
	if len(asking) != 3 || out != 1 {
		t.Errorf("%d of %d are of other keys", out, len(asking))
	}
	w.enrol(station, county)
	station.titles("一")
	w.settle(station, county)
	w.agree(county, station)
}

// unchecked is a request as another program writes it, whatever stands on the card.
func unchecked(t *testing.T, id keyring.Identity, card keyring.Card) []byte {
	t.Helper()
	content, err := json.Marshal(card)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := id.Signature(append([]byte("lianluo request 1\n"), content...))
	if err != nil {
		t.Fatal(err)
	}
	paper, err := json.Marshal(map[string]any{"lianluo": "request 1", "content": json.RawMessage(content), "signature": signature})
	if err != nil {
		t.Fatal(err)
	}
	return paper
}
