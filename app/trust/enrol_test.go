package trust_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/trust"
	"lianluo.local/data/peer"
)

func TestEnrolmentIsRefused(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	print := station.Courier.Print()
	if _, err := county.Courier.Accept(ctx, apptest.Yuanjia, print); !errors.Is(err, trust.ErrNoRequest) {
		t.Errorf("before it asked: %v", err)
	}
	station.Titles("一")
	station.Sync()
	wrong := []byte(print)
	wrong[9] = '0' + (wrong[9]-'0'+1)%10
	for p, want := range map[string]error{nobody: trust.ErrPrint, string(wrong): trust.ErrMistyped, "": trust.ErrDigits, print[:9]: trust.ErrDigits,
		print + "0": trust.ErrDigits, print[:10]: trust.ErrOld} {
		if _, err := county.Courier.Accept(ctx, apptest.Yuanjia, p); !errors.Is(err, want) {
			t.Errorf("fingerprint %q: %v", p, err)
		}
	}
	if _, err := county.Courier.Accept(ctx, apptest.Fengshan, print); !errors.Is(err, trust.ErrNoRequest) {
		t.Errorf("another unit: %v", err)
	}
	if r := station.Sync(); !r.Asked || r.Sent != 0 {
		t.Errorf("a refused station: %+v", r)
	}
	if r := county.Sync(); r.Collected != 0 {
		t.Errorf("the county took %+v", r)
	}

	// A request that another unit's directory holds, or that somebody changed, is put aside and not offered.
	requests, _ := filepath.Glob(filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, "*.request"))
	if len(requests) != 1 {
		t.Fatalf("requests %v", requests)
	}
	strange := filepath.Join(w.Folder, apptest.County, apptest.Fengshan)
	w.Must(os.MkdirAll(strange, 0o700))
	w.Copy(requests[0], filepath.Join(strange, "enrol.request"))
	b, err := os.ReadFile(requests[0])
	w.Must(err)
	w.Must(os.WriteFile(filepath.Join(filepath.Dir(requests[0]), "x.request"), bytes.Replace(b, []byte("0358-8221321"), []byte("0358-8221322"), 1), 0o600))
	w.Must(os.WriteFile(filepath.Join(filepath.Dir(requests[0]), "y.request"), []byte("{"), 0o600))
	if asking, err := county.Courier.Requests(ctx); err != nil || len(asking) != 1 || asking[0].Unit != apptest.Yuanjia || asking[0].Phone != "" {
		t.Errorf("offered %+v %v", asking, err)
	}
	county.Sync()
	files, err := peer.Files(ctx, county.Store)
	w.Must(err)
	why := map[string]string{}
	for _, f := range files {
		if f.Why != "" {
			why[f.Name] = f.Why
		}
	}
	if want := map[string]string{"enrol.request": "paper-forged", "x.request": "paper-forged", "y.request": "paper-damaged"}; !reflect.DeepEqual(why, want) {
		t.Errorf("aside %v, want %v", why, want)
	}
	w.Enrol(station, county)
	county.Sync()
	station.Sync()
	w.Agree(county, station)
}

// What a station sends while the county does not know it (yet, or any more) waits in the folder and is taken
// afterwards.
func TestStrangersWait(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	station.Sync()
	county.Sync()
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	if p := apptest.Progress(t, county, apptest.Yuanjia); !p.Revoked {
		t.Errorf("status %+v", p)
	}
	station.Titles("二")
	station.Sync()
	sent := len(w.Bundles(apptest.Yuanjia, apptest.County))
	for range 2 {
		w.Later(8 * 24 * time.Hour) // not even that it is still there
		if r := county.Sync(); r.Collected != 0 || len(r.Aside) != 1 || r.Aside[0].Why != "revoked" {
			t.Errorf("a revoked station: %+v", r)
		}
	}
	if county.Known("二") || !county.Known("一") {
		t.Error("what came before stays, what comes after does not enter")
	}
	if now := len(w.Bundles(apptest.Yuanjia, apptest.County)); now != sent {
		t.Error("the county still writes to a revoked station")
	}
	if _, err := county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print()); err != nil {
		t.Fatal(err)
	}
	if r := county.Sync(); r.Collected != 1 || len(r.Aside) > 0 {
		t.Errorf("accepted again: %+v", r)
	}
	w.Settle(station, county)
	w.Agree(county, station)
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Revoked || len(p.Aside) > 0 {
		t.Errorf("status %+v", p)
	}

	// A county that lost its book does not know the station: the files wait until it is accepted anew.
	fresh := w.SetUp("county", apptest.County)
	if r := fresh.Sync(); r.Collected != 0 || len(r.Aside) == 0 {
		t.Errorf("a stranger's files were taken: %+v", r)
	}
	if err := fresh.Courier.Revoke(ctx, apptest.Yuanjia, ""); err == nil {
		t.Error("revoked whom nobody knows")
	}
}

// Nobody else can step into the county's place: its certificate under another key is put aside.
func TestAnotherCountyKeyIsRefused(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	station.Sync()
	county.Sync()
	station.Sync()
	theirs := filepath.Join(t.TempDir(), "stick")
	w.Must(os.CopyFS(theirs, os.DirFS(w.Folder)))
	w.Must(os.RemoveAll(filepath.Join(theirs, apptest.Yuanjia)))
	real := w.Folder
	w.Folder = theirs
	impostor := w.SetUp("county", apptest.County)
	if _, err := impostor.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print()); err != nil {
		t.Fatal(err)
	}
	impostor.Sync()
	w.Folder = real
	w.Must(filepath.WalkDir(filepath.Join(theirs, apptest.Yuanjia), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			w.Copy(path, filepath.Join(w.Folder, apptest.Yuanjia, apptest.County, "x-"+d.Name()))
		}
		return err
	}))
	r := station.Sync()
	var why []string
	for _, a := range r.Aside {
		why = append(why, filepath.Ext(a.File)+" "+a.Why)
	}
	slices.Sort(why)
	if want := []string{".bundle stranger", ".certificate other-office"}; !slices.Equal(why, want) {
		t.Errorf("put aside %v, want %v", why, want)
	}
	if p := apptest.Progress(t, station, apptest.County); p.Print != county.Courier.Print() || p.Print == impostor.Courier.Print() {
		t.Errorf("the station believes %s", p.Print)
	}
	if ps, _ := station.Courier.Status(ctx); len(ps) != 1 {
		t.Errorf("%d counties", len(ps))
	}
	station.Titles("二")
	station.Sync()
	county.Sync()
	station.Sync()
	w.Agree(county, station)

	// A certificate for another computer lets nobody in, and is no news: a unit may have two.
	other := w.SetUp("station", apptest.Fengshan)
	other.Sync()
	w.Must(os.MkdirAll(filepath.Join(w.Folder, apptest.Fengshan, apptest.County), 0o700))
	cert, _ := filepath.Glob(filepath.Join(w.Folder, apptest.Yuanjia, apptest.County, "enrol-*.certificate"))
	w.Copy(cert[0], filepath.Join(w.Folder, apptest.Fengshan, apptest.County, "enrol.certificate"))
	if r := other.Sync(); len(r.Aside) != 0 || !r.Asked {
		t.Errorf("another station's certificate: %+v", r)
	}
	if ps, _ := other.Courier.Status(ctx); len(ps) != 0 {
		t.Errorf("another station's certificate: %+v", ps)
	}
}
