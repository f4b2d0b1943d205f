package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// A station changes its keys twice while the county is away, and the county once: nobody is asked to call, nothing is put
// aside, and what is sealed for old keys still opens.
func TestKeysAreRenewed(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一")
	w.settle(station, county, city)
	before := station.Courier.Print()
	for _, title := range []string{"二", "三"} {
		station.titles(title)
		station.sync()
		w.must(station.Courier.Renew(ctx, rand.Reader))
		station.titles(title + "后")
		station.sync()
	}
	w.must(county.Courier.Renew(ctx, rand.Reader))
	county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
	for range 3 {
		if r := county.sync(); len(r.Aside) > 0 {
			t.Errorf("the county complains of %v", r.Aside)
		}
		station.sync()
	}
	w.settle(station, county, city)
	w.agree(county, station)
	if !city.known("三后") {
		t.Error("the city does not know all")
	}
	if station.Courier.Print() == before {
		t.Error("its digits are the old ones")
	}
	for _, o := range []*office{station, county, city} {
		ps, err := o.Courier.Status(ctx)
		w.must(err)
		for _, p := range ps {
			if len(p.Aside) > 0 || p.Unacked > 0 {
				t.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
			}
		}
	}
	// What the old key signs from now on is believed by nobody: it was stolen with the old computer.
	station.titles("四")
	thief := station.Courier.Keys
	thief.Current = thief.Former[0]
	self := station.Store.Self()
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	h := bundle.Header{Program: courier.Program, From: yuanjia, To: countyUnit, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: st.First, Prev: st.Prev, End: st.End, Made: w.now}
	if got := w.smuggle(county, h, st.Records, thief.Current); !slices.Equal(got, []string{"revoked"}) {
		t.Errorf("signed with an old key: %v", got)
	}
}

// smuggle puts a bundle into the folder and tells how the receiver took it.
func (w *world) smuggle(to *office, h bundle.Header, records []journal.Record, own suite.Secret) (why []string) {
	w.t.Helper()
	var file bytes.Buffer
	h, err := bundle.Seal(&file, h, records, []suite.Public{to.Courier.Keys.Public()}, own)
	w.must(err)
	w.must(os.WriteFile(filepath.Join(w.folder, to.Settings.Unit, h.From, bundle.Name(h)), file.Bytes(), 0o600))
	for _, a := range to.sync().Aside {
		if filepath.Base(a.File) == bundle.Name(h) {
			why = append(why, a.Why)
		}
	}
	return why
}

// A station's computer was stolen. What it wrote before still comes in, however late; what the thief writes does not.
func TestFault27RevokedFromANumberOn(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二")
	station.sync()
	late := w.bundles(countyUnit, yuanjia)
	w.settle(station, county)
	if err := station.Courier.Revoke(ctx, countyUnit, ""); !errors.Is(err, trust.ErrAbove) {
		t.Errorf("a station puts its county out of use: %v", err)
	}
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	station.titles("偷走以后写的")
	station.sync()
	for _, file := range late {
		w.copy(file, file[:len(file)-len(".bundle")]+"-副本.bundle")
	}
	r := county.sync()
	if len(r.Aside) == 0 || county.known("偷走以后写的") || !county.known("二") {
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
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	station.titles("一", "二", "三")
	w.settle(station, county, city)
	city.healthy()

	st, err := county.Store.Since(ctx, cityUnit, 0, 1<<20)
	w.must(err)
	self := county.Store.Self()
	self.Incarnation++ // a life of its own, so that no stream says otherwise
	header := bundle.Header{Program: courier.Program, From: countyUnit, To: cityUnit, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, Made: w.now}
	forged := slices.Clone(st.Records)
	last := forged[len(forged)-1]
	again, err := last.Rename(journal.ID{Replica: last.ID.Replica, Incarnation: last.ID.Incarnation, Seq: last.ID.Seq + 1}, last.Hash, nil)
	w.must(err)
	again.Signature = last.Signature
	if got := w.smuggle(city, header, append(forged, again), county.Courier.Keys.Current); len(got) > 0 {
		t.Errorf("a file with an entry that the station did not write: %v", got)
	}
	if held, err := city.Store.Holds(ctx, again.Hash); held || err != nil || !slices.Contains(progress(t, city, countyUnit).Faults, "unproven") {
		t.Errorf("an entry that the station did not write: held %v %v, told %v", held, err, progress(t, city, countyUnit).Faults)
	}
	city.healthy()

	// Another city, to which the county passes on all but the second.
	other := w.setUp("city", cityUnit)
	w.must(os.RemoveAll(filepath.Join(w.folder, countyUnit, cityUnit)))
	w.must(other.Store.Know(ctx, store.Peer{Replica: self.Replica, Unit: countyUnit, Name: "县", Card: card(t, county)}))
	left := slices.DeleteFunc(slices.Clone(st.Records), func(r journal.Record) bool { return r.Unit == yuanjia && r.ID.Seq == 2 })
	if got := w.smuggle(other, header, left, county.Courier.Keys.Current); len(got) > 0 {
		t.Fatalf("refused: %v", got)
	}
	rep, err := other.Store.Check(ctx, cityUnit)
	w.must(err)
	if want := yuanjia + " 的第 2 到 2 条记录没有收到"; rep.OK || !strings.Contains(strings.Join(rep.Problems, "\n"), want) {
		t.Errorf("check says %q, want %s", rep.Problems, want)
	}
}

// With the county's recovery key, made before the fire and kept in a safe, what was sealed for the burnt computer opens.
func TestRecoveryKeyOpens(t *testing.T) {
	w, county, station := pair(t)
	safe := filepath.Join(t.TempDir(), "safe")
	w.must(os.Mkdir(safe, 0o700))
	w.must(county.Courier.Recovery(safe, rand.Reader))
	station.titles("一")
	w.settle(station, county)
	station.titles("二")
	station.sync()
	all := w.bundles(countyUnit, yuanjia)
	keys, err := keyring.Load(safe)
	w.must(err)
	opened := 0
	for _, file := range all {
		f, err := os.Open(file)
		w.must(err)
		defer f.Close()
		info, err := f.Stat()
		w.must(err)
		known := func(h bundle.Header) ([]suite.Signer, error) {
			return []suite.Signer{{Suite: h.Suite, Key: h.Key}}, nil
		}
		if _, _, err := bundle.Open(f, info.Size(), countyUnit, known, keys.Keys()...); err == nil {
			opened++
		}
	}
	if opened == 0 {
		t.Errorf("none of %d opens", len(all))
	}
}

// A station two floors down that falls silent is named at the city, and one that only has nothing to say is not.
func TestSilenceIsSeenFromAbove(t *testing.T) {
	w, county, station := pair(t)
	quiet, city := w.setUp("station", fengshan), w.setUp("city", cityUnit)
	w.enrol(quiet, county)
	w.enrol(county, city)
	station.titles("一")
	w.settle(station, quiet, county, city)
	silent := func(unit string) bool {
		t.Helper()
		afar, err := city.Courier.Afar(ctx)
		w.must(err)
		i := slices.IndexFunc(afar, func(f courier.Far) bool { return f.Unit == unit })
		if i < 0 {
			t.Fatalf("the city does not know of %s: %+v", unit, afar)
		}
		return afar[i].Silent
	}
	if silent(yuanjia) || silent(fengshan) { // it had nothing to say yet
		t.Error("they have just come")
	}
	for range 4 {
		w.later(7 * 24 * time.Hour)
		w.settle(quiet, county, city)
	}
	if !silent(yuanjia) || silent(fengshan) {
		t.Error("the wrong one is silent")
	}
	w.must(second(city.Courier.Offices(ctx)))
	if p := progress(t, county, yuanjia); !p.Silent {
		t.Errorf("the county about its silent station: %+v", p)
	}
}

// A clock that is three days ahead, or behind, is told at the other end.
func TestWrongClockIsTold(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	real := w.now
	for _, off := range []time.Duration{72 * time.Hour, -72 * time.Hour} {
		county.do(county.list()[0].Matter, `{"do":"urge","note":"请抓紧"}`)
		county.sync()
		w.now = real.Add(off)
		w.must(station.Today(ctx, w.now.Format(time.DateOnly)))
		station.titles("错时写的")
		station.sync()
		w.now = real
		county.sync()
		if got := progress(t, county, yuanjia).Clock; (got > 0) != (off > 0) || got == 0 {
			t.Errorf("a clock off by %v is told as %d seconds", off, got)
		}
		w.settle(station, county)
	}
}

// What was acknowledged long ago is cleared away by its writer; what was not stays for ever.
func TestOldBundlesAreCleared(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	county.Close()
	station.titles("二")
	station.sync()
	held := w.bundles(countyUnit, yuanjia)
	for _, file := range held {
		w.aged(file, 61*24*time.Hour)
	}
	w.later(8 * 24 * time.Hour)
	station.sync()
	for _, file := range held {
		l, _ := bundle.ParseName(filepath.Base(file))
		if _, err := os.Stat(file); (err == nil) != (l.Last > 1) {
			t.Errorf("%s: %v; one entry was acknowledged", filepath.Base(file), err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// card is what an office tells of itself, as a peer keeps it.
func card(t *testing.T, o *office) string {
	t.Helper()
	b, err := json.Marshal(o.Courier.Card())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A list under keys that were changed since keeps its number, though its writer was set back and its clock, too.
func TestNumbersOfListsAreGivenOnce(t *testing.T) {
	w, county, station := pair(t)
	renew := func(later time.Duration) {
		w.later(later)
		w.must(county.Courier.Renew(ctx, county.random))
		county.sync()
		station.sync()
		county.sync()
		station.sync()
	}
	renew(100 * time.Hour)
	copied := county.keepCopy()
	renew(-90 * time.Hour)
	w.must(county.Courier.Renew(ctx, county.random))
	county.setBack(copied)
	county.sync()
	station.sync()
	county.sync()
	station.sync()
	if p := progress(t, station, countyUnit); len(p.Aside) != 0 {
		t.Errorf("%+v", p.Aside)
	}
}
