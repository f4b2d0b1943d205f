package apptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/numbers"
	"lianluo.local/data/peer"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

// Crowd is many stations of a county, made from what one station wrote: each has its own computer, keys and matters.
type Crowd struct {
	*World
	County  *Seat
	Model   []journal.Record
	Members []Member
}

// Member is one of its stations, and what that wrote.
type Member struct {
	Card    keyring.Card
	Keys    suite.Secret
	Records []journal.Record
}

// Gather lets one station write so many entries, three a matter, and makes n of it.
func Gather(w *World, n, entries int) *Crowd {
	county, station := w.SetUp("county", County), w.SetUp("station", Yuanjia)
	w.Enrol(station, county)
	for i := range (entries + 2) / 3 {
		m := station.Receive(desk.Draft{Title: fmt.Sprintf("七巷第%d号门前雨水倒灌，路灯不亮", i),
			Words: strings.Repeat("一下雨院子里就是污泥，老人出不了门。", 3),
			Name:  "成玉兰", Phone: "13812345678", Address: "凤山街道袁家庄社区七巷3号", Category: "0203", Proposal: "请区住建局踏勘后答复。"})
		station.Do(m, `{"do":"collate","note":"已看过现场"}`)
		station.Do(m, `{"do":"escalate","note":"需要区里协调住建局和街道"}`)
	}
	st, err := station.Store.Since(ctx, County, 0, 1<<30)
	w.Must(err)
	c := &Crowd{World: w, County: county, Model: st.Records[:entries]}
	s, err := suite.Named(suite.Age)
	w.Must(err)
	for i := range n {
		random := rand.NewChaCha8([32]byte{byte(i), byte(i >> 8), 9})
		m := Member{}
		m.Keys, err = s.Make(random)
		w.Must(err)
		public, err := s.Public(m.Keys)
		w.Must(err)
		unit, _ := unit.Station(fmt.Sprintf("141102%06dD1", i))
		m.Card = keyring.Card{Unit: unit, Name: fmt.Sprintf("第%d联络站", i), Role: "station", Incarnation: 1,
			Public: public, Asked: w.Now}
		_, _ = random.Read(m.Card.Replica[:])
		m.Records = c.write(s, m, i)
		c.Members = append(c.Members, m)
		b, err := json.Marshal(m.Card)
		w.Must(err)
		w.Must(peer.Know(ctx, county.Store, peer.Peer{Replica: m.Card.Replica, Unit: m.Card.Unit,
			Name: m.Card.Name, Card: string(b)}))
	}
	return c
}

var numbered = regexp.MustCompile(`"number":"[^"]*"`)

// write gives the model's entries another author and other things.
func (c *Crowd) write(s suite.Suite, m Member, i int) (rs []journal.Record) {
	old := c.Model[0].Entry
	swap := strings.NewReplacer(old.Unit, m.Card.Unit, fmt.Sprintf("%x", old.ID.Replica[:]),
		fmt.Sprintf("%x", m.Card.Replica[:]))
	var prev journal.Hash
	things := map[string]string{}
	for _, r := range c.Model {
		var e journal.Entry
		c.Must(json.Unmarshal([]byte(swap.Replace(string(r.Core))), &e))
		if part := strings.Split(string(numbered.Find(e.Body)), "-"); len(part) > 3 {
			serial, err := strconv.Atoi(part[3][1:])
			c.Must(err)
			e.Body = numbered.ReplaceAll(e.Body, []byte(`"number":"`+numbers.Make(m.Card.Unit, 2026,
				part[3][0], serial)+`"`))
		}
		if e.First() {
			things[r.Thing] = journal.Name(e.Unit, e.ID.Replica, e.Envelope.Born, e.At)
		}
		e.Thing = things[r.Thing]
		e.Prev = prev
		core, err := json.Marshal(e)
		c.Must(err)
		fresh, err := journal.Open(core, r.Secret)
		c.Must(err)
		fresh.Signature, err = s.Sign(m.Keys, fresh.Signed())
		c.Must(err)
		prev = fresh.Hash
		rs = append(rs, fresh)
	}
	return rs
}

// Send puts one bundle of every station into the folder.
func (c *Crowd) Send() {
	for _, m := range c.Members {
		var file bytes.Buffer
		h, err := bundle.Seal(&file, bundle.Header{Program: courier.Program, From: m.Card.Unit, To: County,
			Replica: m.Card.Replica, Incarnation: 1,
			Stream: "up", First: 1, End: uint64(len(m.Records)), Made: c.Now}, m.Records,
			[]suite.Public{c.County.Courier.Keys().Public()}, m.Keys)
		c.Must(err)
		dir := filepath.Join(c.Folder, County, m.Card.Unit)
		c.Must(os.MkdirAll(dir, 0o700))
		c.Must(os.WriteFile(filepath.Join(dir, bundle.Name(h)), file.Bytes(), 0o600))
	}
}
