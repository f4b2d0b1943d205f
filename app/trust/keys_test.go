package trust_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/peer"
	"lianluo.local/data/store"
)

// A station changes its keys twice while the county is away, and the county once: nobody is asked to call, nothing is
// put aside, and what is sealed for old keys still opens.
func TestKeysAreRenewed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一")
	w.Settle(station, county, city)
	before := station.Courier.Print()
	for _, title := range []string{"二", "三"} {
		station.Titles(title)
		station.Sync()
		w.Must(station.Courier.Renew(ctx, rand.Reader))
		station.Titles(title + "后")
		station.Sync()
	}
	w.Must(county.Courier.Renew(ctx, rand.Reader))
	county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	for range 3 {
		if r := county.Sync(); len(r.Aside) > 0 {
			t.Errorf("the county complains of %v", r.Aside)
		}
		station.Sync()
	}
	w.Settle(station, county, city)
	w.Agree(county, station)
	if !city.Known("三后") {
		t.Error("the city does not know all")
	}
	if station.Courier.Print() == before {
		t.Error("its digits are the old ones")
	}
	for _, o := range []*apptest.Seat{station, county, city} {
		ps, err := o.Courier.Status(ctx)
		w.Must(err)
		for _, p := range ps {
			if len(p.Aside) > 0 || p.Unacked > 0 {
				t.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
			}
		}
	}
	// What the old key signs from now on is believed by nobody: it was stolen with the old computer.
	station.Titles("四")
	thief := station.Courier.Keys()
	thief.Current = thief.Former[0]
	self := station.Store.Self()
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	h := bundle.Header{Program: courier.Program, From: apptest.Yuanjia, To: apptest.County, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: st.First, Prev: st.Prev, End: st.End, Made: w.Now}
	if got := w.Smuggle(county, h, st.Records, thief.Current); !slices.Equal(got, []string{"revoked"}) {
		t.Errorf("signed with an old key: %v", got)
	}
}

// A station's computer was stolen. What it wrote before still comes in, however late; what the thief writes does not.
func TestFault27RevokedFromANumberOn(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二")
	station.Sync()
	late := w.Bundles(apptest.County, apptest.Yuanjia)
	w.Settle(station, county)
	if err := station.Courier.Revoke(ctx, apptest.County, ""); !errors.Is(err, trust.ErrAbove) {
		t.Errorf("a station puts its county out of use: %v", err)
	}
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	station.Titles("偷走以后写的")
	station.Sync()
	for _, file := range late {
		w.Copy(file, file[:len(file)-len(".bundle")]+"-副本.bundle")
	}
	r := county.Sync()
	if len(r.Aside) == 0 || county.Known("偷走以后写的") || !county.Known("二") {
		t.Errorf("after the theft: %+v", r)
	}
	for _, a := range r.Aside {
		if a.Why != "revoked" || strings.Contains(a.File, "副本") && !strings.Contains(a.File, "-1-0-") {
			t.Errorf("%s was put aside: %s", a.File, a.Why)
		}
	}
}

// The county passes on what its stations wrote, and the city can prove it: an entry that no station signed, or one that
// was altered, is refused, and what was left out is named by check.
func TestCityProvesWhatTheCountyPassesOn(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	station.Titles("一", "二", "三")
	w.Settle(station, county, city)
	city.Healthy()

	st, err := county.Store.Since(ctx, apptest.City, 0, 1<<20)
	w.Must(err)
	self := county.Store.Self()
	self.Incarnation++ // a life of its own, so that no stream says otherwise
	header := bundle.Header{Program: courier.Program, From: apptest.County, To: apptest.City, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, Made: w.Now}
	forged := slices.Clone(st.Records)
	last := forged[len(forged)-1]
	again, err := last.Rename(journal.ID{Replica: last.ID.Replica, Incarnation: last.ID.Incarnation, Seq: last.ID.Seq + 1}, last.Hash, nil)
	w.Must(err)
	again.Signature = last.Signature
	if got := w.Smuggle(city, header, append(forged, again), county.Courier.Keys().Current); len(got) > 0 {
		t.Errorf("a file with an entry that the station did not write: %v", got)
	}
	if held, err := city.Store.Holds(ctx, again.Hash); held || err != nil || !slices.Contains(apptest.Progress(t, city, apptest.County).Faults, "unproven") {
		t.Errorf("an entry that the station did not write: held %v %v, told %v", held, err, apptest.Progress(t, city, apptest.County).Faults)
	}
	city.Healthy()

	// Another city, to which the county passes on all but the second.
	other := w.SetUp("city", apptest.City)
	w.Must(os.RemoveAll(filepath.Join(w.Folder, apptest.County, apptest.City)))
	w.Must(peer.Know(ctx, other.Store, peer.Peer{Replica: self.Replica, Unit: apptest.County, Name: "县", Card: card(t, county)}))
	left := slices.DeleteFunc(slices.Clone(st.Records), func(r journal.Record) bool { return r.Unit == apptest.Yuanjia && r.ID.Seq == 2 })
	if got := w.Smuggle(other, header, left, county.Courier.Keys().Current); len(got) > 0 {
		t.Fatalf("refused: %v", got)
	}
	rep, err := other.Store.Check(ctx, apptest.City)
	w.Must(err)
	if !slices.ContainsFunc(rep.Problems, func(f store.Finding) bool {
		return f.What == store.Missed && f.Unit == apptest.Yuanjia && f.ID.Seq == 2 && f.Last == 2
	}) {
		t.Errorf("check says %+v", rep.Problems)
	}
}

// card is what an office tells of itself, as a peer keeps it.
func card(t *testing.T, o *apptest.Seat) string {
	t.Helper()
	b, err := json.Marshal(o.Courier.Card())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A list under keys that were changed since keeps its number, though its writer was set back and its clock, too.
func TestNumbersOfListsAreGivenOnce(t *testing.T) {
	w, county, station := apptest.Pair(t)
	renew := func(later time.Duration) {
		w.Later(later)
		w.Must(county.Courier.Renew(ctx, county.Random))
		county.Sync()
		station.Sync()
		county.Sync()
		station.Sync()
	}
	renew(100 * time.Hour)
	copied := county.KeepCopy()
	renew(-90 * time.Hour)
	w.Must(county.Courier.Renew(ctx, county.Random))
	county.SetBack(copied)
	county.Sync()
	station.Sync()
	county.Sync()
	station.Sync()
	if p := apptest.Progress(t, station, apptest.County); len(p.Aside) != 0 {
		t.Errorf("%+v", p.Aside)
	}
}
