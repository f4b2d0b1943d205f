package courier_test

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

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/ledger"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/peer"
	"lianluo.local/data/suite"
)

// Rules that are too large to be told, as a file or once they are written as an entry, are named and keep nobody from
// sending; what held before goes on.
func TestRulesThatAreTooLarge(t *testing.T) {
	w, county, station := apptest.Pair(t)
	profile := filepath.Join(string(county.Home), "profile.json")
	write := func(text string) { w.Must(os.WriteFile(profile, []byte(text), 0o600)) }
	write(`{"collate":7}`)
	w.Settle(county, station)
	for at, text := range []string{
		`{"collate":3,"departments":["` + strings.Repeat("部", 600_000) + `"]}`,
		`{"collate":3,"departments":["` + strings.Repeat("<", 300_000) + `"]}`,
	} {
		write(text)
		title := fmt.Sprint("第", at, "件")
		station.Titles(title)
		w.Settle(county, station)
		if !county.Known(title) {
			t.Error("nothing comes in")
		}
		county.Do(county.List()[0].Matter, `{"do":"lead","leader":"区领导甲"}`)
		w.Settle(county, station)
		if v := station.List()[0]; len(v.History) < 2 {
			t.Error("nothing comes down")
		}
		w.Must(county.Close())
		county.Open(county.Home)
		if county.Profile.Collate != 7 || len(county.Amiss) != 1 || !strings.Contains(explain.Sentence(county.Amiss[0]), "profile.json 太大") {
			t.Errorf("the county sorts within %d days and says %v", county.Profile.Collate, county.Amiss)
		}
	}
	w.Must(station.Close())
	station.Open(station.Home)
	if station.Profile.Collate != 7 {
		t.Errorf("the station sorts within %d days", station.Profile.Collate)
	}
}

// heartbeat is a header of an office for one that it knows, with nothing in it, which says what alter makes it say.
func heartbeat(o *apptest.Seat, to *apptest.Seat, alter func(*bundle.Header)) bundle.Header {
	self := o.Store.Self()
	h := bundle.Header{Program: courier.Program, From: o.Settings.Unit, To: to.Settings.Unit, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, Made: o.World.Now}
	if o.Settings.Parent != to.Settings.Unit {
		h.Stream = "down"
	}
	alter(&h)
	return h
}

// forge lays it into the folder, signed with the office's own true key.
func forge(o *apptest.Seat, to *apptest.Seat, alter func(*bundle.Header)) {
	o.World.T.Helper()
	o.World.Later(time.Second)
	var file bytes.Buffer
	h, err := bundle.Seal(&file, heartbeat(o, to, alter), nil, []suite.Public{to.Courier.Keys().Public()}, o.Courier.Keys().Current)
	o.World.Must(err)
	o.World.Put(to.Settings.Unit, o.Settings.Unit, bundle.Name(h), file.Bytes())
}

// claims says that the office holds more of another's stream than there is, with whatever it shows for it.
func claims(o *apptest.Seat, of *apptest.Seat, proof []byte) {
	self := of.Store.Self()
	forge(o, of, func(h *bundle.Header) {
		h.Acks = []bundle.Ack{{Replica: self.Replica, Incarnation: self.Incarnation, Stream: map[string]string{"up": "down", "down": "up"}[h.Stream],
			Stored: 77, Hash: journal.Hash{1}, Processed: 77, Proof: proof}}
	})
}

// position is what an office signed of its stream last, for another, as that one reads it.
func position(o *apptest.Seat, of *apptest.Seat) (h bundle.Header) {
	o.World.T.Helper()
	for _, file := range o.World.Bundles(o.Settings.Unit, of.Settings.Unit) {
		b, err := os.ReadFile(file)
		o.World.Must(err)
		if g, err := bundle.Peek(bytes.NewReader(b)); err == nil && (g.Last > h.Last || g.Last == h.Last && !g.Made.Before(h.Made)) {
			h = g
		}
	}
	return h
}

// Whoever acknowledges what was never written, round after round, is named, and nobody else notices: the office lives
// the same life, its words arrive, and what the others say counts. When it says the truth again nothing is said of it
// any more.
func TestForgedAcknowledgement(t *testing.T) {
	w, county, liar := apptest.Pair(t)
	station := w.SetUp("station", apptest.Fengshan)
	w.Enrol(station, county)
	station.Titles("一")
	liar.Titles("二")
	w.Settle(station, liar, county)
	life := county.Store.Self()
	for round := range 4 {
		county.Do(county.List()[slices.IndexFunc(county.List(), func(v ledger.View) bool { return v.Title == "一" })].Matter, fmt.Sprintf(`{"do":"urge","note":"第 %d 次"}`, round))
		claims(liar, county, nil)
		claims(liar, county, bytes.Repeat([]byte{7}, 64))
		county.Sync()
		station.Sync()
		if n := len(station.List()[0].History); n != round+2 {
			t.Fatalf("after round %d the station knows of %d acts", round, n)
		}
	}
	if county.Store.Self() != life {
		t.Error("it began a new life")
	}
	if got := apptest.Progress(t, county, apptest.Yuanjia).Faults; !slices.Equal(got, []string{"claim"}) || len(apptest.Progress(t, county, apptest.Fengshan).Faults) > 0 {
		t.Errorf("named are %v and %v", got, apptest.Progress(t, county, apptest.Fengshan).Faults)
	}
	if said := explain.Sentence(courier.Reason("claim")); !strings.Contains(said, "没有采信") {
		t.Error(said)
	}
	liar.Titles("三")
	w.Settle(liar, county, station)
	if got := apptest.Progress(t, county, apptest.Yuanjia); len(got.Faults) > 0 || got.Unacked > 0 || !county.Known("三") {
		t.Errorf("after the truth: %+v", got)
	}
	w.Agree(county, station, liar)
}

// Neither is believed what the office did sign: for another reader, in a life that is over, of a position that it holds
// otherwise, or with a key that it turned from, which may be a thief's.
func TestBorrowedProofs(t *testing.T) {
	w, county, liar := apptest.Pair(t)
	station := w.SetUp("station", apptest.Fengshan)
	w.Enrol(station, county)
	for i := range 5 {
		station.Titles(fmt.Sprint(i))
	}
	w.Settle(station, liar, county)
	for _, v := range county.List() {
		county.Do(v.Matter, `{"do":"urge","note":"快"}`)
	}
	w.Settle(station, liar, county)
	others := position(station, county)
	if others.Last < 5 || len(others.Position) == 0 {
		t.Fatalf("the county signed %+v", others)
	}
	before, thief := county.Store.Self(), county.Courier.Keys().Current
	w.Must(county.PutBack(county.KeepCopy()))
	w.Settle(station, liar, county)
	w.Must(county.Courier.Renew(ctx, rand.NewChaCha8([32]byte{99})))
	w.Settle(station, liar, county)
	life := county.Store.Self()
	if life == before {
		t.Fatal("it lives the same life")
	}
	dead := others
	dead.To = apptest.Yuanjia
	lie := func(what string, a bundle.Ack) {
		forge(liar, county, func(h *bundle.Header) { h.Acks = []bundle.Ack{a} })
		county.Sync()
		if county.Store.Self() != life {
			t.Fatal("it began a new life because of", what)
		}
	}
	ack := func(h bundle.Header, incarnation uint32) bundle.Ack {
		return bundle.Ack{Replica: h.Replica, Incarnation: incarnation, Stream: "down", Stored: h.Last, Hash: h.Head, Processed: h.Last, Proof: h.Position}
	}
	lie("what is another's", ack(position(station, county), life.Incarnation))
	lie("what is another's, in a dead life", ack(others, before.Incarnation))
	lie("a dead life, said to be this one", ack(dead, life.Incarnation))
	stolen := bundle.Ack{Replica: life.Replica, Incarnation: life.Incarnation, Stream: "down", Stored: 77, Hash: journal.Hash{1}, Processed: 77}
	s, err := suite.Named(thief.Suite)
	w.Must(err)
	stolen.Proof, err = s.Sign(thief, stolen.Signed(apptest.County, apptest.Yuanjia))
	w.Must(err)
	lie("a stolen key", stolen)
	if got := apptest.Progress(t, county, apptest.Yuanjia).Faults; !slices.Equal(got, []string{"claim"}) {
		t.Errorf("named is %v", got)
	}
	w.Settle(station, liar, county)
	w.Agree(county, station, liar)
}

// image is the disk of an office as it is now; what it gives puts it back, with all that lies beside the records.
func image(o *apptest.Seat) (back func()) {
	o.World.T.Helper()
	copied := o.KeepCopy()
	note, err := os.ReadFile(o.Home.Note())
	o.World.Must(err)
	return func() {
		o.World.T.Helper()
		w, h := o.World, o.Home
		w.Must(o.Close())
		for _, suffix := range []string{"", "-wal", "-shm"} {
			w.Must(os.RemoveAll(h.Database() + suffix))
		}
		w.Copy(copied, h.Database())
		w.Must(os.WriteFile(h.Note(), note, 0o600))
		o.Open(h)
	}
}

// A computer whose disk was put back finds out by what it signed itself: from whoever holds it, where the folder was
// cleaned, and from the folder, where the others have an older program that gives no proof; so do two at once. All that
// it lost comes back.
func TestDiskPutBackIsProven(t *testing.T) {
	for name, back := range map[string]func(county, station *apptest.Seat) []*apptest.Seat{
		"a station": func(_, station *apptest.Seat) []*apptest.Seat { return []*apptest.Seat{station} },
		"a county":  func(county, _ *apptest.Seat) []*apptest.Seat { return []*apptest.Seat{county} },
		"both":      func(county, station *apptest.Seat) []*apptest.Seat { return []*apptest.Seat{county, station} },
	} {
		for _, older := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " older ", older), func(t *testing.T) {
				w, county, station := apptest.Pair(t)
				third := w.SetUp("station", apptest.Fengshan)
				w.Enrol(third, county)
				station.Titles("一")
				third.Titles("甲")
				w.Settle(station, third, county)
				var puts []func()
				set := back(county, station)
				for _, o := range set {
					puts = append(puts, image(o))
				}
				station.Titles("二")
				third.Titles("乙")
				w.Settle(station, third, county)
				county.Do(county.List()[0].Matter, `{"do":"urge","note":"快"}`)
				w.Settle(station, third, county)
				for _, put := range puts {
					put()
				}
				lives := map[*apptest.Seat]journal.ID{}
				for _, o := range set {
					lives[o] = o.Store.Self()
				}
				if older {
					by := map[*apptest.Seat]*apptest.Seat{county: third, station: county}
					for _, o := range set {
						h := position(by[o], o)
						forge(by[o], o, func(mine *bundle.Header) {
							mine.Acks = []bundle.Ack{{Replica: h.Replica, Incarnation: h.Incarnation, Stream: h.Stream, Stored: h.Last, Hash: h.Head, Processed: h.Last}}
						})
						if o.Sync(); o.Store.Self() == lives[o] {
							t.Errorf("%s does not see what it wrote in the folder", o.Settings.Unit)
						}
					}
				} else {
					w.Clear()
				}
				w.Later(8 * 24 * time.Hour)
				w.Settle(third, station, county)
				for _, o := range set {
					if o.Store.Self() == lives[o] && (len(set) != 2 || o != station) { // whom the county no longer knows to be further
						t.Errorf("%s goes on in its old life", o.Settings.Unit)
					}
				}
				station.Titles("三")
				w.Settle(third, station, county)
				for _, title := range []string{"一", "甲", "乙", "三"} {
					if !county.Known(title) {
						t.Errorf("%s is lost", title)
					}
				}
				if len(set) == 1 && !county.Known("二") {
					t.Error("二 is lost")
				}
				w.Agree(county, station, third)
			})
		}
	}
}

// A peer to whom nothing can be sent, whatever the reason, is named, and the others get theirs; when it can be again it
// gets all.
func TestOnePeerCannotBeSentTo(t *testing.T) {
	rekey := func(alter func(*suite.Public)) func(*apptest.World, *apptest.Seat, *apptest.Seat) func() {
		return func(w *apptest.World, county, station *apptest.Seat) func() {
			card := station.Courier.Card()
			true, err := json.Marshal(card)
			w.Must(err)
			alter(&card.Public)
			b, err := json.Marshal(card)
			w.Must(err)
			w.Must(peer.Rekey(ctx, county.Store, card.Replica, string(b)))
			return func() { w.Must(peer.Rekey(ctx, county.Store, card.Replica, string(true))) }
		}
	}
	for name, spoil := range map[string]func(w *apptest.World, county, station *apptest.Seat) (mend func()){
		"its directory is a file": func(w *apptest.World, county, station *apptest.Seat) func() {
			dir := filepath.Join(w.Folder, apptest.Yuanjia, apptest.County)
			w.Must(os.Rename(dir, dir+".away"))
			w.Must(os.WriteFile(dir, nil, 0o600))
			return func() { w.Must(errors.Join(os.Remove(dir), os.Rename(dir+".away", dir))) }
		},
		"all of its own is a link to nowhere": func(w *apptest.World, county, station *apptest.Seat) func() {
			dir := filepath.Join(w.Folder, apptest.Yuanjia)
			w.Must(os.Rename(dir, dir+".away"))
			w.Must(os.Symlink("/nowhere", dir))
			return func() { w.Must(errors.Join(os.Remove(dir), os.Rename(dir+".away", dir))) }
		},
		"nothing is sealed to its key": rekey(func(p *suite.Public) { // it is a point of low order, and well written
			p.Age = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"
		}),
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			others := []*apptest.Seat{w.SetUp("station", "141102002004"), w.SetUp("station", apptest.Fengshan)}
			for _, o := range others {
				w.Enrol(o, county)
				o.Titles("别的")
			}
			station.Titles("它的")
			w.Settle(append(others, station, county)...)
			mend := spoil(w, county, station)
			for _, v := range county.List() {
				county.Do(v.Matter, `{"do":"urge","note":"快"}`)
			}
			county.Sync()
			for _, o := range others {
				if o.Sync(); len(o.List()[0].History) != 2 {
					t.Errorf("%s gets nothing", o.Settings.Unit)
				}
				if p := apptest.Progress(t, county, o.Settings.Unit); len(p.Faults) > 0 {
					t.Errorf("%s is named: %v", o.Settings.Unit, p.Faults)
				}
			}
			if p := apptest.Progress(t, county, apptest.Yuanjia); !slices.Equal(p.Faults, []string{"unsent"}) || p.Unacked == 0 {
				t.Errorf("of it is said %+v", p)
			}
			mend()
			w.Settle(append(others, station, county)...)
			if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Faults) > 0 || p.Unacked > 0 || len(station.List()[0].History) != 2 {
				t.Errorf("afterwards: %+v", p)
			}
		})
	}
}
