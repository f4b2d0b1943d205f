package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/ledger"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// Rules that are too large to be told, as a file or once they are written as an entry, are named and keep nobody from sending; what
// held before goes on.
func TestRulesThatAreTooLarge(t *testing.T) {
	w, county, station := pair(t)
	profile := filepath.Join(string(county.Home), "profile.json")
	write := func(text string) { w.must(os.WriteFile(profile, []byte(text), 0o600)) }
	write(`{"collate":7}`)
	w.settle(county, station)
	for at, text := range []string{
		`{"collate":3,"departments":["` + strings.Repeat("部", 600_000) + `"]}`,
		`{"collate":3,"departments":["` + strings.Repeat("<", 300_000) + `"]}`,
	} {
		write(text)
		title := fmt.Sprint("第", at, "件")
		station.titles(title)
		w.settle(county, station)
		if !county.known(title) {
			t.Error("nothing comes in")
		}
		county.do(county.list()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
		w.settle(county, station)
		if v := station.list()[0]; len(v.History) < 2 {
			t.Error("nothing comes down")
		}
		w.must(county.Close())
		county.open(county.Home)
		if county.Profile.Collate != 7 || len(county.Amiss) != 1 || !strings.Contains(explain.Sentence(county.Amiss[0]), "profile.json 太大") {
			t.Errorf("the county sorts within %d days and says %v", county.Profile.Collate, county.Amiss)
		}
	}
	w.must(station.Close())
	station.open(station.Home)
	if station.Profile.Collate != 7 {
		t.Errorf("the station sorts within %d days", station.Profile.Collate)
	}
}

// heartbeat is a header of an office for one that it knows, with nothing in it, which says what alter makes it say.
func (o *office) heartbeat(to *office, alter func(*bundle.Header)) bundle.Header {
	self := o.Store.Self()
	h := bundle.Header{Program: courier.Program, From: o.Settings.Unit, To: to.Settings.Unit, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, Made: o.w.now}
	if o.Settings.Parent != to.Settings.Unit {
		h.Stream = "down"
	}
	alter(&h)
	return h
}

// forge lays it into the folder, signed with the office's own true key.
func (o *office) forge(to *office, alter func(*bundle.Header)) {
	o.w.t.Helper()
	o.w.later(time.Second)
	var file bytes.Buffer
	h, err := bundle.Seal(&file, o.heartbeat(to, alter), nil, []suite.Public{to.Courier.Keys.Public()}, o.Courier.Keys.Current)
	o.w.must(err)
	o.w.put(to.Settings.Unit, o.Settings.Unit, bundle.Name(h), file.Bytes())
}

// claims says that the office holds more of another's stream than there is, with whatever it shows for it.
func (o *office) claims(of *office, proof []byte) {
	self := of.Store.Self()
	o.forge(of, func(h *bundle.Header) {
		h.Acks = []bundle.Ack{{Replica: self.Replica, Incarnation: self.Incarnation, Stream: map[string]string{"up": "down", "down": "up"}[h.Stream],
			Stored: 77, Hash: journal.Hash{1}, Processed: 77, Proof: proof}}
	})
}

// position is what an office signed of its stream last, for another, as that one reads it.
func (o *office) position(of *office) (h bundle.Header) {
	o.w.t.Helper()
	for _, file := range o.w.bundles(o.Settings.Unit, of.Settings.Unit) {
		b, err := os.ReadFile(file)
		o.w.must(err)
		if g, err := bundle.Peek(bytes.NewReader(b)); err == nil && (g.Last > h.Last || g.Last == h.Last && !g.Made.Before(h.Made)) {
			h = g
		}
	}
	return h
}

// Whoever acknowledges what was never written, round after round, is named, and nobody else notices: the office lives the same life,
// its words arrive, and what the others say counts. When it says the truth again nothing is said of it any more.
func TestForgedAcknowledgement(t *testing.T) {
	w, county, liar := pair(t)
	station := w.setUp("station", fengshan)
	w.enrol(station, county)
	station.titles("一")
	liar.titles("二")
	w.settle(station, liar, county)
	life := county.Store.Self()
	for round := range 4 {
		county.do(county.list()[slices.IndexFunc(county.list(), func(v ledger.View) bool { return v.Title == "一" })].Matter, fmt.Sprintf(`{"do":"urge","note":"第 %d 次"}`, round))
		liar.claims(county, nil)
		liar.claims(county, bytes.Repeat([]byte{7}, 64))
		county.sync()
		station.sync()
		if n := len(station.list()[0].History); n != round+2 {
			t.Fatalf("after round %d the station knows of %d acts", round, n)
		}
	}
	if county.Store.Self() != life {
		t.Error("it began a new life")
	}
	if got := progress(t, county, yuanjia).Faults; !slices.Equal(got, []string{"claim"}) || len(progress(t, county, fengshan).Faults) > 0 {
		t.Errorf("named are %v and %v", got, progress(t, county, fengshan).Faults)
	}
	if said := explain.Sentence(courier.Reason("claim")); !strings.Contains(said, "没有采信") {
		t.Error(said)
	}
	liar.titles("三")
	w.settle(liar, county, station)
	if got := progress(t, county, yuanjia); len(got.Faults) > 0 || got.Unacked > 0 || !county.known("三") {
		t.Errorf("after the truth: %+v", got)
	}
	w.agree(county, station, liar)
}

// Neither is believed what the office did sign: for another reader, in a life that is over, of a position that it holds otherwise, or
// with a key that it turned from, which may be a thief's.
func TestBorrowedProofs(t *testing.T) {
	w, county, liar := pair(t)
	station := w.setUp("station", fengshan)
	w.enrol(station, county)
	for i := range 5 {
		station.titles(fmt.Sprint(i))
	}
	w.settle(station, liar, county)
	for _, v := range county.list() {
		county.do(v.Matter, `{"do":"urge","note":"快"}`)
	}
	w.settle(station, liar, county)
	others := station.position(county)
	if others.Last < 5 || len(others.Position) == 0 {
		t.Fatalf("the county signed %+v", others)
	}
	before, thief := county.Store.Self(), county.Courier.Keys.Current
	w.must(county.putBack(county.keepCopy()))
	w.settle(station, liar, county)
	w.must(county.Courier.Renew(ctx, rand.NewChaCha8([32]byte{99})))
	w.settle(station, liar, county)
	life := county.Store.Self()
	if life == before {
		t.Fatal("it lives the same life")
	}
	dead := others
	dead.To = yuanjia
	lie := func(what string, a bundle.Ack) {
		liar.forge(county, func(h *bundle.Header) { h.Acks = []bundle.Ack{a} })
		county.sync()
		if county.Store.Self() != life {
			t.Fatal("it began a new life because of", what)
		}
	}
	ack := func(h bundle.Header, incarnation uint32) bundle.Ack {
		return bundle.Ack{Replica: h.Replica, Incarnation: incarnation, Stream: "down", Stored: h.Last, Hash: h.Head, Processed: h.Last, Proof: h.Position}
	}
	lie("what is another's", ack(station.position(county), life.Incarnation))
	lie("what is another's, in a dead life", ack(others, before.Incarnation))
	lie("a dead life, said to be this one", ack(dead, life.Incarnation))
	stolen := bundle.Ack{Replica: life.Replica, Incarnation: life.Incarnation, Stream: "down", Stored: 77, Hash: journal.Hash{1}, Processed: 77}
	s, err := suite.Named(thief.Suite)
	w.must(err)
	stolen.Proof, err = s.Sign(thief, stolen.Signed(countyUnit, yuanjia))
	w.must(err)
	lie("a stolen key", stolen)
	if got := progress(t, county, yuanjia).Faults; !slices.Equal(got, []string{"claim"}) {
		t.Errorf("named is %v", got)
	}
	w.settle(station, liar, county)
	w.agree(county, station, liar)
}

// image is the disk of an office as it is now; what it gives puts it back, with all that lies beside the records.
func (o *office) image() (back func()) {
	o.w.t.Helper()
	copied := o.keepCopy()
	note, err := os.ReadFile(o.Home.Note())
	o.w.must(err)
	return func() {
		o.w.t.Helper()
		w, h := o.w, o.Home
		w.must(o.Close())
		for _, suffix := range []string{"", "-wal", "-shm"} {
			w.must(os.RemoveAll(h.Database() + suffix))
		}
		w.copy(copied, h.Database())
		w.must(os.WriteFile(h.Note(), note, 0o600))
		o.open(h)
	}
}

// A computer whose disk was put back finds out by what it signed itself: from whoever holds it, where the folder was cleaned, and from
// the folder, where the others have an older program that gives no proof; so do two at once. All that it lost comes back.
func TestDiskPutBackIsProven(t *testing.T) {
	for name, back := range map[string]func(county, station *office) []*office{
		"a station": func(_, station *office) []*office { return []*office{station} },
		"a county":  func(county, _ *office) []*office { return []*office{county} },
		"both":      func(county, station *office) []*office { return []*office{county, station} },
	} {
		for _, older := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " older ", older), func(t *testing.T) {
				w, county, station := pair(t)
				third := w.setUp("station", fengshan)
				w.enrol(third, county)
				station.titles("一")
				third.titles("甲")
				w.settle(station, third, county)
				var puts []func()
				set := back(county, station)
				for _, o := range set {
					puts = append(puts, o.image())
				}
				station.titles("二")
				third.titles("乙")
				w.settle(station, third, county)
				county.do(county.list()[0].Matter, `{"do":"urge","note":"快"}`)
				w.settle(station, third, county)
				for _, put := range puts {
					put()
				}
				lives := map[*office]journal.ID{}
				for _, o := range set {
					lives[o] = o.Store.Self()
				}
				if older {
					by := map[*office]*office{county: third, station: county}
					for _, o := range set {
						h := by[o].position(o)
						by[o].forge(o, func(mine *bundle.Header) {
							mine.Acks = []bundle.Ack{{Replica: h.Replica, Incarnation: h.Incarnation, Stream: h.Stream, Stored: h.Last, Hash: h.Head, Processed: h.Last}}
						})
						if o.sync(); o.Store.Self() == lives[o] {
							t.Errorf("%s does not see what it wrote in the folder", o.Settings.Unit)
						}
					}
				} else {
					w.clear()
				}
				w.later(8 * 24 * time.Hour)
				w.settle(third, station, county)
				for _, o := range set {
					if o.Store.Self() == lives[o] && (len(set) != 2 || o != station) { // whom the county no longer knows to be further
						t.Errorf("%s goes on in its old life", o.Settings.Unit)
					}
				}
				station.titles("三")
				w.settle(third, station, county)
				for _, title := range []string{"一", "甲", "乙", "三"} {
					if !county.known(title) {
						t.Errorf("%s is lost", title)
					}
				}
				if len(set) == 1 && !county.known("二") {
					t.Error("二 is lost")
				}
				w.agree(county, station, third)
			})
		}
	}
}

// A peer to whom nothing can be sent, whatever the reason, is named, and the others get theirs; when it can be again it gets all.
func TestOnePeerCannotBeSentTo(t *testing.T) {
	rekey := func(alter func(*suite.Public)) func(*world, *office, *office) func() {
		return func(w *world, county, station *office) func() {
			card := station.Courier.Card()
			true, err := json.Marshal(card)
			w.must(err)
			alter(&card.Public)
			b, err := json.Marshal(card)
			w.must(err)
			w.must(county.Store.Rekey(ctx, card.Replica, string(b)))
			return func() { w.must(county.Store.Rekey(ctx, card.Replica, string(true))) }
		}
	}
	for name, spoil := range map[string]func(w *world, county, station *office) (mend func()){
		"its directory is a file": func(w *world, county, station *office) func() {
			dir := filepath.Join(w.folder, yuanjia, countyUnit)
			w.must(os.Rename(dir, dir+".away"))
			w.must(os.WriteFile(dir, nil, 0o600))
			return func() { w.must(errors.Join(os.Remove(dir), os.Rename(dir+".away", dir))) }
		},
		"all of its own is a link to nowhere": func(w *world, county, station *office) func() {
			dir := filepath.Join(w.folder, yuanjia)
			w.must(os.Rename(dir, dir+".away"))
			w.must(os.Symlink("/nowhere", dir))
			return func() { w.must(errors.Join(os.Remove(dir), os.Rename(dir+".away", dir))) }
		},
		"nothing is sealed to its key": rekey(func(p *suite.Public) { // it is a point of low order, and well written
			p.Age = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"
		}),
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			others := []*office{w.setUp("station", "141102002004"), w.setUp("station", fengshan)}
			for _, o := range others {
				w.enrol(o, county)
				o.titles("别的")
			}
			station.titles("它的")
			w.settle(append(others, station, county)...)
			mend := spoil(w, county, station)
			for _, v := range county.list() {
				county.do(v.Matter, `{"do":"urge","note":"快"}`)
			}
			county.sync()
			for _, o := range others {
				if o.sync(); len(o.list()[0].History) != 2 {
					t.Errorf("%s gets nothing", o.Settings.Unit)
				}
				if p := progress(t, county, o.Settings.Unit); len(p.Faults) > 0 {
					t.Errorf("%s is named: %v", o.Settings.Unit, p.Faults)
				}
			}
			if p := progress(t, county, yuanjia); !slices.Equal(p.Faults, []string{"unsent"}) || p.Unacked == 0 {
				t.Errorf("of it is said %+v", p)
			}
			mend()
			w.settle(append(others, station, county)...)
			if p := progress(t, county, yuanjia); len(p.Faults) > 0 || p.Unacked > 0 || len(station.list()[0].History) != 2 {
				t.Errorf("afterwards: %+v", p)
			}
		})
	}
}
