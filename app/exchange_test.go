package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

var recordsFile = flag.String("records", "", "where the benchmark leaves the records it exchanges, a JSON object a line")

// crowd is many stations of a county, made from what one station wrote: each has its own computer, keys and matters.
type crowd struct {
	*world
	county  *office
	model   []journal.Record
	members []member
}

type member struct {
	card keyring.Card
	keys suite.Secret
	rs   []journal.Record
}

// gather lets one station write so many entries, three a matter, and makes n of it.
func gather(w *world, n, entries int) *crowd {
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	w.enrol(station, county)
	for i := range (entries + 2) / 3 {
		m := station.receive(desk.Draft{Title: fmt.Sprintf("七巷第%d号门前雨水倒灌，路灯不亮", i), Words: strings.Repeat("一下雨院子里就是污泥，老人出不了门。", 3),
			Name: "成玉兰", Phone: "13812345678", Address: "凤山街道袁家庄社区七巷3号", Category: "0203", Proposal: "请区住建局踏勘后答复。"})
		station.do(m, `{"do":"collate","note":"已看过现场"}`)
		station.do(m, `{"do":"escalate","note":"需要区里协调住建局和街道"}`)
	}
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<30)
	w.must(err)
	c := &crowd{world: w, county: county, model: st.Records[:entries]}
	s, err := suite.Named(suite.Age)
	w.must(err)
	for i := range n {
		random := rand.NewChaCha8([32]byte{byte(i), byte(i >> 8), 9})
		m := member{}
		m.keys, err = s.Make(random)
		w.must(err)
		public, err := s.Public(m.keys)
		w.must(err)
		unit, _ := unit.Station(fmt.Sprintf("141102%06dD1", i))
		m.card = keyring.Card{Unit: unit, Name: fmt.Sprintf("第%d联络站", i), Role: "station", Incarnation: 1, Public: public, Asked: w.now}
		_, _ = random.Read(m.card.Replica[:])
		m.rs = c.write(s, m, i)
		c.members = append(c.members, m)
		b, err := json.Marshal(m.card)
		w.must(err)
		w.must(county.Store.Know(ctx, store.Peer{Replica: m.card.Replica, Unit: m.card.Unit, Name: m.card.Name, Card: string(b)}))
	}
	return c
}

var numbered = regexp.MustCompile(`"number":"[^"]*"`)

// write gives the model's entries another author and other things.
func (c *crowd) write(s suite.Suite, m member, i int) (rs []journal.Record) {
	old := c.model[0].Entry
	swap := strings.NewReplacer(old.Unit, m.card.Unit, fmt.Sprintf("%x", old.ID.Replica[:]), fmt.Sprintf("%x", m.card.Replica[:]))
	var prev journal.Hash
	things := map[string]string{}
	for _, r := range c.model {
		var e journal.Entry
		c.must(json.Unmarshal([]byte(swap.Replace(string(r.Core))), &e))
		if part := strings.Split(string(numbered.Find(e.Body)), "-"); len(part) > 3 {
			serial, err := strconv.Atoi(part[3][1:])
			c.must(err)
			e.Body = numbered.ReplaceAll(e.Body, []byte(`"number":"`+matter.Number(m.card.Unit, 2026, part[3][0], serial)+`"`))
		}
		if e.First() {
			things[r.Thing] = journal.Name(e.Unit, e.ID.Replica, e.Envelope.Born, e.At)
		}
		e.Thing = things[r.Thing]
		e.Prev = prev
		core, err := json.Marshal(e)
		c.must(err)
		fresh, err := journal.Open(core, r.Secret)
		c.must(err)
		fresh.Signature, err = s.Sign(m.keys, fresh.Signed())
		c.must(err)
		prev = fresh.Hash
		rs = append(rs, fresh)
	}
	return rs
}

// send puts one bundle of every station into the folder.
func (c *crowd) send() {
	for _, m := range c.members {
		var file bytes.Buffer
		h, err := bundle.Seal(&file, bundle.Header{Program: courier.Program, From: m.card.Unit, To: countyUnit, Replica: m.card.Replica, Incarnation: 1,
			Stream: "up", First: 1, End: uint64(len(m.rs)), Made: c.now}, m.rs, []suite.Public{c.county.Courier.Keys.Public()}, m.keys)
		c.must(err)
		dir := filepath.Join(c.folder, countyUnit, m.card.Unit)
		c.must(os.MkdirAll(dir, 0o700))
		c.must(os.WriteFile(filepath.Join(dir, bundle.Name(h)), file.Bytes(), 0o600))
	}
}

// leave writes the records of all, for another program to exchange.
func (c *crowd) leave(file string) {
	if file == "" {
		return
	}
	out, err := os.Create(file)
	c.must(err)
	b := bufio.NewWriter(out)
	for _, m := range c.members {
		for _, r := range m.rs {
			line, err := r.MarshalJSON()
			c.must(err)
			_, _ = b.Write(append(line, '\n')) // an error stays until Flush
		}
	}
	c.must(errors.Join(b.Flush(), out.Close()))
}

// BenchmarkExchange is a county's week: bundles of so many stations, a hundred entries each, are verified, decrypted, stored and
// worked into the list, and then the same again under other names. Answering 708 stations is part of the first.
func BenchmarkExchange(b *testing.B) {
	for _, n := range []int{177, 354, 708} {
		b.Run(fmt.Sprint(n, " stations"), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				w := &world{t: b, now: evening, folder: filepath.Join(b.TempDir(), "folder")}
				w.must(os.Mkdir(w.folder, 0o700))
				c := gather(w, n, 100)
				c.send()
				c.leave(*recordsFile)
				runtime.GC()
				b.StartTimer()
				begun, rules := time.Now(), c.county.Courier.Rules
				c.county.Courier.Rules = func(ctx context.Context) (map[string]string, error) { // asked for once all is collected
					b.ReportMetric(time.Since(begun).Seconds(), "s/collected")
					return rules(ctx)
				}
				r := c.county.sync()
				b.ReportMetric(time.Since(begun).Seconds(), "s/fresh")
				c.county.Courier.Rules = rules
				matters, err := c.county.Store.Count(ctx, store.Filter{})
				w.must(err)
				if r.Processed != n*100 || matters != n*34 {
					b.Fatalf("%d entries and %d matters of %d stations, aside %v", r.Processed, matters, n, r.Aside[:min(3, len(r.Aside))])
				}
				b.StopTimer()
				c.send()
				b.StartTimer()
				begun = time.Now()
				if r := c.county.sync(); r.Collected != 0 || len(r.Aside) > 0 {
					b.Fatalf("again: %d collected, %d aside", r.Collected, len(r.Aside))
				}
				b.ReportMetric(time.Since(begun).Seconds(), "s/again")
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
				b.StopTimer()
				w.must(c.county.Close())
				b.StartTimer()
			}
		})
	}
}
