package trust_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/trust"
	"lianluo.local/data/keyring"
)

// certify lays a certificate of an office's computer for a station, as whoever has that computer and the folder can.
func certify(w *apptest.World, office, station *apptest.Seat) {
	w.T.Helper()
	paper, err := office.Trust.Keys().Certify(office.Trust.Card(), station.Trust.Card(), w.Now)
	w.Must(err)
	dir := filepath.Join(w.Folder, station.Settings.Unit, office.Settings.Unit)
	w.Must(os.MkdirAll(dir, 0o700))
	w.Must(os.WriteFile(filepath.Join(dir, keyring.CertificateName(office.Trust.Card(), station.Trust.Card())), paper, 0o600))
}

// silent fails where a home has put a single bundle into the folder.
func silent(w *apptest.World, o *apptest.Seat) {
	w.T.Helper()
	if found := w.Bundles(o.Settings.Unit, o.Settings.Parent); len(found) > 0 {
		w.T.Errorf("%s sent %v", o.Settings.Name, found)
	}
}

// Whoever can write into the folder is no office: nothing leaves a station before a person there compared, whatever
// certificates lie there, and however often it looks. The true office is believed with one call on each side, before or
// after its certificate is here.
func TestNobodyIsBelievedAtFirstSight(t *testing.T) {
	for name, early := range map[string]bool{"the digits come first": true, "the certificate comes first": false} {
		t.Run(name, func(t *testing.T) {
			w := apptest.Begin(t)
			county, station, forged := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia), w.SetUp("county", apptest.County)
			station.Titles("一")
			station.Sync()
			certify(w, forged, station)
			for range 3 {
				if r := station.Sync(); !r.Asked || r.Sent > 0 || len(r.Aside) > 0 {
					t.Errorf("a certificate that nobody compared: %+v", r)
				}
			}
			silent(w, station)
			if early {
				if err := station.Courier.Follow(ctx, county.Courier.Print()); !errors.Is(err, trust.ErrPrint) {
					t.Errorf("what lies there does not fit: %v", err)
				}
				if r := station.Sync(); len(r.Aside) != 1 || r.Aside[0].Why != "other-digits" || r.Sent > 0 {
					t.Errorf("the forged one is not named: %+v", r)
				}
			}
			w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
			station.Sync()
			if !early {
				silent(w, station)
				w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
			}
			w.Settle(station, county)
			w.Agree(county, station)
			if above, err := station.Trust.Above(ctx); err != nil || above != (trust.Above{Believed: true, Compared: true}) {
				t.Errorf("%+v %v", above, err)
			}
			if len(forged.List()) > 0 {
				t.Error("the forged county has something")
			}
		})
	}
}

// One call is enough, and no more carrying than before: the request up, the certificate down, the records up.
func TestOneCallAndNoMoreCarrying(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	station.Titles("一")
	station.Sync()
	w.Must(station.Courier.Follow(ctx, county.Courier.Print())) // the call, before the stick is back
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	county.Sync()
	if r := station.Sync(); r.Sent != 1 || r.Asked || len(r.Aside) > 0 {
		t.Errorf("the stick is back: %+v", r)
	}
	county.Sync()
	station.Sync()
	w.Agree(county, station)
}

// Digits that a person typed and that none has yet are kept when the home is closed and the folder is away.
func TestTypedDigitsAreKept(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	station.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	station.Sync() // it lies here and was looked at
	w.Must(os.Rename(w.Folder, w.Folder+" away"))
	w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(station.Close())
	station.Open(station.Home)
	w.Must(os.Rename(w.Folder+" away", w.Folder))
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
}

// An office that is believed renews its keys: nobody is asked. It gets a new computer: nothing goes to that before a
// person compared, and what a person typed for it lets in nobody else.
func TestTheDoorStaysShut(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	w.Must(county.Courier.Renew(ctx, county.Random))
	w.Settle(county, station)
	station.Titles("二")
	w.Settle(station, county)
	w.Agree(county, station)

	fresh, forged := w.SetUp("county", apptest.County), w.SetUp("county", apptest.County)
	certify(w, forged, station)
	station.Titles("三")
	if r := station.Sync(); len(r.Aside) != 1 || r.Aside[0].Why != "other-office" {
		t.Errorf("another computer of the county: %+v", r)
	}
	if err := station.Courier.Follow(ctx, fresh.Courier.Print()); !errors.Is(err, trust.ErrPrint) {
		t.Errorf("digits that none here has: %v", err)
	}
	for range 2 {
		station.Sync()
	}
	forged.Sync()
	if len(forged.List()) > 0 {
		t.Error("digits for one computer let in another")
	}
	w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Settle(station, fresh)
	w.Agree(fresh, station)
	if p := apptest.Progress(t, station, apptest.County); !p.Revoked {
		t.Error("the county's old computer is still in use")
	}
}

// A station that a program of before joined goes on exchanging, and is asked to compare once; digits that differ from
// those of the office that it believes are told.
func TestJoinedBeforeGoesOnAndComparesOnce(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Must(station.Close())
	w.Sqlite(station.Home.Database(), "UPDATE peer SET compared=''")
	station.Open(station.Home)
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
	if above, err := station.Trust.Above(ctx); err != nil || !above.Believed || above.Compared {
		t.Errorf("%+v %v", above, err)
	}
	if err := station.Courier.Follow(ctx, nobody); !errors.Is(err, trust.ErrPrint) {
		t.Errorf("other digits: %v", err)
	}
	if err := station.Courier.Follow(ctx, station.Courier.Print()); !errors.Is(err, trust.ErrOwn) {
		t.Errorf("its own digits: %v", err)
	}
	w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
	if p := apptest.Progress(t, station, apptest.County); p.Compared == "" || p.Print != county.Courier.Print() {
		t.Errorf("%+v", p)
	}
	if above, err := station.Trust.Above(ctx); err != nil || above != (trust.Above{Believed: true, Compared: true}) {
		t.Errorf("%+v %v", above, err)
	}
}

// Hundreds of certificates and requests by strangers cost no digits in a round, and one that a person compares is found
// among them.
func TestStrangersCostNoDigits(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	dir := filepath.Join(w.Folder, apptest.County, apptest.Yuanjia)
	w.Must(os.MkdirAll(dir, 0o700))
	for i := range 200 {
		card := station.Trust.Card()
		card.Replica[0], card.Replica[1] = byte(i), 0xff
		request, err := station.Trust.Keys().Request(card)
		w.Must(err)
		w.Must(os.WriteFile(filepath.Join(dir, keyring.RequestName(card)), request, 0o600))
		office := county.Trust.Card()
		office.Replica[0], office.Replica[1] = byte(i), 0xff
		paper, err := county.Trust.Keys().Certify(office, station.Trust.Card(), w.Now)
		w.Must(err)
		w.Must(os.MkdirAll(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County), 0o700))
		w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County, keyring.CertificateName(office, station.Trust.Card())), paper, 0o600))
	}
	station.Sync()
	county.Sync()
	asking, err := county.Courier.Requests(ctx)
	w.Must(err)
	if len(asking) == 0 || len(asking) > 50 { // of one unit
		t.Errorf("%d ask", len(asking))
	}
	for _, o := range []*apptest.Seat{county, station} {
		for _, a := range asking {
			if o.Trust.Noted(ctx, a.Card) != "" {
				t.Fatal("digits were computed though nobody compared")
			}
		}
	}
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
}

// What is compared lies nowhere in the folder, and no file is named by it.
func TestDigitsLieNowhereInTheFolder(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	for _, name := range w.Files() {
		if regexp.MustCompile(`enrol-\d{10}\b`).MatchString(name) || strings.Contains(name, station.Courier.Print()) {
			t.Error(name)
		}
	}
}

// Somebody lays a paper of his own where ours is to lie, under its very name: ours takes its place.
func TestAnothersPaperInThePlaceOfOurs(t *testing.T) {
	w := apptest.Begin(t)
	county, station, forged := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia), w.SetUp("county", apptest.County)
	stranger := w.SetUp("station", apptest.Yuanjia)
	request, err := stranger.Trust.Keys().Request(stranger.Trust.Card())
	w.Must(err)
	w.Must(os.MkdirAll(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia), 0o700))
	w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, keyring.RequestName(station.Trust.Card())), request, 0o600))
	paper, err := forged.Trust.Keys().Certify(forged.Trust.Card(), station.Trust.Card(), w.Now)
	w.Must(err)
	w.Must(os.MkdirAll(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County), 0o700))
	w.Must(os.WriteFile(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County, keyring.CertificateName(county.Trust.Card(), station.Trust.Card())), paper, 0o600))
	station.Sync()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	w.Must(station.Courier.Follow(ctx, county.Courier.Print()))
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
}

// A request whose words would write over a screen is set aside; one that only claims to have replaced another says
// nothing of that.
func TestRequestsThatLie(t *testing.T) {
	w := apptest.Begin(t)
	county, station, stranger := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Yuanjia)
	station.Sync()
	dir := filepath.Join(w.Folder, apptest.County, apptest.Yuanjia)
	card := stranger.Trust.Card()
	for i, words := range []string{"站\n141102002003D1-A", "\x1b[8m", "\u202e"} {
		bad := card
		bad.Name = words
		w.Must(os.WriteFile(filepath.Join(dir, string('a'+rune(i))+".request"), unchecked(t, stranger.Trust.Keys(), bad), 0o600))
	}
	card.Former = []keyring.Former{{Card: station.Trust.Card().Hash(), Sign: card.Sign}}
	request, err := stranger.Trust.Keys().Request(card)
	w.Must(err)
	w.Must(os.WriteFile(filepath.Join(dir, "d.request"), request, 0o600))
	if r := county.Sync(); len(r.Aside) != 3 {
		t.Errorf("set aside: %+v", r.Aside)
	}
	asking, err := county.Courier.Requests(ctx)
	w.Must(err)
	if len(asking) != 2 || asking[0].Out || asking[1].Out {
		t.Errorf("%+v", asking)
	}
	w.Must(station.Courier.Renew(ctx, station.Random)) // an honest one does, and its statement shows it
	w.Later(time.Minute)
	station.Sync()
	w.Must(os.WriteFile(filepath.Join(dir, keyring.KeyChangeName(station.Trust.Keys().Statements[0])), station.Trust.Keys().Statements[0], 0o600))
	asking, err = county.Courier.Requests(ctx)
	w.Must(err)
	out := 0
	for _, a := range asking {
		if a.Out {
			out++
		}
	}
	if len(asking) != 3 || out != 1 {
		t.Errorf("%d of %d are of other keys", out, len(asking))
	}
	w.Enrol(station, county)
	station.Titles("一")
	w.Settle(station, county)
	w.Agree(county, station)
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
