package app_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/peer"
	"lianluo.local/data/sealed"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

// liar is the traitor's own program: it has the true keys of his home (or some of its own), reads the store there, and
// writes what it likes into the folder.
type liar struct {
	w    *apptest.World
	who  string
	dice *rand.Rand
	all  []*apptest.Seat // every home, his own with the program that honest people use
	home *apptest.Seat   // nil where he has the folder only
	unit string
	keys keyring.Identity
	card keyring.Card
	self journal.ID // his newest entry
	prev journal.Hash
	to   map[string]*store.Stretch // what he says to each unit, from where they last agreed
	n    int

	named  map[journal.Replica]bool // computers that his lists name
	spoilt map[string]bool          // files of others that he changed, by sender and name
}

func newLiar(w *apptest.World, who string, all []*apptest.Seat, dice *rand.Rand) *liar {
	l := &liar{w: w, who: who, spoilt: map[string]bool{}, named: map[journal.Replica]bool{}, dice: dice, all: all}
	if who == "folder" {
		l.unit = thief
		dir := apptest.Dir(w.T)
		keys, err := keyring.Create(dir, suite.Age, sealed.Key{}, rand.NewChaCha8([32]byte{9}))
		w.Must(err)
		l.keys, l.card = keys, keyring.Card{Unit: l.unit, Name: "谁", Role: "station", Replica: journal.Replica{15: 9}, Incarnation: 1, Public: keys.Public(), Asked: w.Now, Practice: true}
		l.self = journal.ID{Replica: l.card.Replica, Incarnation: 1}
		l.to = map[string]*store.Stretch{}
		return l
	}
	l.home = all[len(all)-1]
	keys, err := keyring.Load(l.home.Courier.Home, apptest.Sealing())
	w.Must(err)
	l.unit, l.keys, l.card = l.home.Settings.Unit, keys, l.home.Courier.Card()
	l.live(dice.IntN(2) == 0)
	return l
}

// live goes on where the honest program of his home is, or begins another life.
func (l *liar) live(again bool) {
	l.to = map[string]*store.Stretch{}
	if l.home == nil {
		return
	}
	l.self, l.prev = l.home.Store.Self(), journal.Hash{}
	if l.self.Seq = 0; again {
		l.n++
		l.self.Incarnation += uint32(l.n) << 16
		return
	}
	for _, reader := range l.readers() {
		st, err := l.home.Store.Since(ctx, reader, 0, 1<<30)
		l.w.Must(err)
		for _, r := range st.Records {
			if r.ID.Replica == l.self.Replica && r.ID.Incarnation == l.self.Incarnation && r.ID.Seq > l.self.Seq {
				l.self, l.prev = r.ID, r.Hash
			}
		}
		l.to[reader] = &store.Stretch{First: st.End + 1, Last: st.End, End: st.End, Prev: st.Head, Head: st.Head}
	}
}

// readers are the units that exchange with his home.
func (l *liar) readers() (units []string) {
	if l.home == nil {
		return []string{apptest.County}
	}
	ps, err := peer.Peers(ctx, l.home.Store)
	l.w.Must(err)
	for _, p := range ps {
		units = append(units, p.Unit)
	}
	return units
}

func (l *liar) office(unit string) *apptest.Seat {
	if at := slices.IndexFunc(l.all, func(o *apptest.Seat) bool { return o.Settings.Unit == unit }); at >= 0 {
		return l.all[at]
	}
	return nil
}

// pick chooses one of a list.
func pick[T any](l *liar, list ...T) T { return list[l.dice.IntN(len(list))] }

// entry is one of his next entry, as he wants it to be.
type entry struct {
	journal.Entry
	private any
	own     bool // name and place in the chain are given
	sign    func([]byte) ([]byte, error)
	extra   string // a member more of the core, as JSON
}

// seal makes the record, however wrong it is: journal.Seal makes sound ones only.
func (l *liar) seal(e entry) journal.Record {
	if !e.own {
		l.self.Seq++
		e.ID, e.Prev = l.self, l.prev
	}
	r := journal.Record{}
	if e.private != nil {
		part, err := json.Marshal(e.private)
		l.w.Must(err)
		r.Secret = fmt.Appendf(nil, `{"salt":"%032x","part":%s}`, l.n, part)
		sum := journal.Hash(sha256.Sum256(r.Secret))
		e.Private = &sum
	}
	if e.Seen == nil {
		e.Seen = []journal.ID{}
	}
	if e.Body == nil {
		e.Body = json.RawMessage("{}")
	}
	if strings.Contains(e.extra, "envelope") {
		e.Envelope = nil
	}
	var err error
	if r.Core, err = json.Marshal(e.Entry); err != nil { // a year that no text holds
		e.At = l.w.Now
		r.Core, err = json.Marshal(e.Entry)
	}
	l.w.Must(err)
	if e.extra != "" {
		r.Core = append(r.Core[:len(r.Core)-1], ","+e.extra+"}"...)
	}
	r.Entry = e.Entry
	h := sha256.New()
	h.Write([]byte("lianluo entry 1\n"))
	h.Write(r.Core)
	h.Sum(r.Hash[:0])
	if e.sign == nil {
		e.sign = l.keys.Signature
	}
	r.Signature, err = e.sign(r.Signed())
	l.w.Must(err)
	if !e.own {
		l.prev = r.Hash
	}
	return r
}

// says makes an entry and sends it to all who exchange with him.
func (l *liar) says(es ...entry) {
	var rs []journal.Record
	for _, e := range es {
		rs = append(rs, l.seal(e))
	}
	l.passes(rs...)
}

// passes sends records.
func (l *liar) passes(rs ...journal.Record) {
	for _, reader := range l.readers() {
		l.send(reader, nil, rs...)
	}
}

// send writes a bundle for a unit, with all that he said to it since they last agreed, and with a header that was
// changed.
func (l *liar) send(reader string, change func(*bundle.Header), rs ...journal.Record) {
	st := l.to[reader]
	if st == nil {
		st = &store.Stretch{First: 1}
		l.to[reader] = st
	}
	for _, r := range rs {
		st.Last++
		st.End, st.Records, st.Head = st.Last, append(st.Records, r), journal.Advance(st.Head, st.Last, r.Hash)
	}
	o := l.office(reader)
	if o == nil {
		return
	}
	h := bundle.Header{Version: 1, MinReader: 1, Suite: suite.Age, Program: courier.Program, From: l.unit, To: reader, Replica: l.self.Replica, Incarnation: l.self.Incarnation,
		Stream: map[bool]string{true: "up", false: "down"}[len(l.unit) > 12 || reader == apptest.City], First: st.First, Last: st.Last, End: st.End,
		Prev: st.Prev, Head: st.Head, Entries: len(st.Records), Made: l.w.Now.UTC(), Key: l.keys.Public().Sign}
	var plain []byte
	for _, r := range st.Records {
		line, err := r.MarshalJSON()
		l.w.Must(err)
		plain = append(append(plain, line...), '\n')
	}
	l.write(h, plain, o.Courier.Card().Public, change)
}

// write seals bytes under a header and lays them into the folder.
func (l *liar) write(h bundle.Header, plain []byte, to suite.Public, change func(*bundle.Header)) {
	s := second2(suite.Named(suite.Age))
	z := second2(zstd.NewWriter(nil, zstd.WithZeroFrames(true)))
	cipher, err := s.Encrypt(z.EncodeAll(plain, nil), []suite.Public{to})
	l.w.Must(err)
	h.Size, h.SHA256 = int64(len(cipher)), sha256.Sum256(cipher)
	if change != nil {
		change(&h)
	}
	line, err := json.Marshal(h)
	l.w.Must(err)
	head := []byte("lianluo bundle 1\n" + string(line) + "\n")
	seal, err := l.keys.Signature(head)
	l.w.Must(err)
	name := bundle.Name(h)
	if l.dice.IntN(4) == 0 {
		l.n++
		name = fmt.Sprintf("x%d.bundle", l.n)
	}
	l.lay(h.To, l.unit, name, append(fmt.Appendf(head, "%s\n", base64.StdEncoding.EncodeToString(seal)), cipher...))
}

// lay puts a file into the folder.
func (l *liar) lay(to, from, name string, b []byte) {
	dir := filepath.Join(l.w.Folder, to, from)
	l.w.Must(os.MkdirAll(dir, 0o777))
	l.w.Must(os.WriteFile(filepath.Join(dir, name), b, 0o666))
}

// laid says whether a file is one that he laid under another's name, or changed.
func (l *liar) laid(a courier.Aside) bool {
	return l.spoilt[a.File] || strings.HasPrefix(filepath.Base(a.File), "x") || strings.HasPrefix(a.File, l.unit+"/")
}

// another is a matter of an honest unit, with its entries: he may know of all that others told.
func (l *liar) another() (m matter.Matter, rs []journal.Record) {
	var list []matter.Matter
	for _, o := range l.all {
		if o != l.home && o.Settings.Role == journal.Station {
			for _, v := range o.List() {
				list = append(list, v.Matter)
			}
		}
	}
	if list == nil { // nobody else has any
		for _, v := range l.home.List() {
			list = append(list, v.Matter)
		}
	}
	m = pick(l, list...)
	for _, r := range l.words(l.office(m.Unit)) {
		if r.Thing == m.ID {
			rs = append(rs, r)
		}
	}
	return m, rs
}

// words are what a home said upwards.
func (l *liar) words(o *apptest.Seat) []journal.Record {
	st, err := o.Store.Since(ctx, o.Settings.Parent, 0, 1<<30)
	l.w.Must(err)
	return st.Records
}

// mine is an entry of his that is as it should be, about a thing of its own.
func (l *liar) mine() entry {
	l.n++
	station := l.unit
	if len(station) <= 12 {
		station = village
	}
	body, err := json.Marshal(matter.Opening{Report: matter.Report{Number: numbers.Make(station, 2026, 'Z', 1000+l.n), Register: "reception", Channel: "walk-in",
		Occurred: l.w.Now, Station: station, People: 1, Purpose: "help", Category: "0203", Title: "叛徒的事", Urgency: "normal"}, Term: "2026-12-01"})
	l.w.Must(err)
	e := entry{Entry: journal.Entry{Thing: fmt.Sprintf("01aaaaaa-aaaa-7aaa-8aaa-%012d", l.dice.IntN(1e9)), Kind: matter.Name, Do: "receive", Schema: 1, Depth: 1,
		Unit: l.unit, Level: unit.LevelOf(l.unit), By: "叛徒", At: l.w.Now.UTC().Truncate(1e9), Body: body}, private: matter.Private{Name: "叛徒", Words: "假话"}}
	if l.dice.IntN(3) > 0 { // as a program of today names it
		salt := journal.Salt{byte(l.n), byte(l.n >> 8), 1}
		e.Thing = journal.Name(l.unit, l.self.Replica, salt, l.w.Now)
		e.Envelope = &journal.Envelope{Way: journal.Along, Audience: unit.Path(l.unit, ""), Born: salt}
	}
	return e
}

// about is an entry of his about another's matter, after all that was said.
func (l *liar) about(do, body string) entry {
	m, rs := l.another()
	e := l.mine()
	e.Thing, e.Do, e.private = m.ID, do, nil
	if e.Envelope != nil {
		e.Envelope = &journal.Envelope{Way: journal.Along, Audience: pick(l, m.Path(), e.Envelope.Audience), Privy: pick(l, nil, []string{l.unit})}
	}
	e.Seen, e.Depth = journal.Heads(rs)
	if body != "" {
		e.Body = json.RawMessage(body)
	}
	return e
}
