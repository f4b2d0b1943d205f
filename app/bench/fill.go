package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/bench/stock"
	"lianluo.local/app/ledger"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/peer"
	"lianluo.local/data/pinyin"
)

// table is an earlier computer of the station: what it registered lies at the county, whose bundles give it back. A
// station gets no other matters.
type table struct {
	unit string
	last journal.Record
}

// office is the county's computer.
var office = journal.Replica{0xff}

// meet lets the store know the county.
func (b *bench) meet(ctx context.Context) error {
	for i := range tables {
		t := &table{unit: b.app.Settings.Unit}
		t.last.ID.Replica, t.last.ID.Incarnation = journal.Replica{byte(i + 1)}, 1
		b.far = append(b.far, t)
	}
	return peer.Know(ctx, b.app.Store, peer.Peer{Replica: office, Unit: county, Name: county, Card: "{}"})
}

// write makes the next of what the county gives back: entries of one table, each a citizen received at a moment.
func (b *bench) write(t *table, n int, moment func() time.Time) (d peer.Delivery, err error) {
	d = peer.Delivery{Unit: b.app.Settings.Unit, Replica: office, Incarnation: 1, First: b.head + 1, Prev: b.stream,
		At: b.now}
	for range n {
		at := moment()
		report, private, wrong := b.crowd.draft(at).Check(at, t.unit)
		if len(wrong) > 0 {
			return d, fmt.Errorf("citizen: %w", wrong)
		}
		report.Number = numbers.Make(t.unit, at.Year(), numbers.Series(t.last.ID.Replica[0], 1), int(t.last.ID.Seq)+1)
		report.Due = at.AddDate(0, 0, 21).Format(time.DateOnly)
		envelope := &journal.Envelope{Way: journal.Along, Audience: []string{t.unit, county, city},
			Privy: []string{county}}
		if _, err := io.ReadFull(b.random, envelope.Born[:]); err != nil {
			return d, err
		}
		body, err := json.Marshal(report)
		if err != nil {
			return d, err
		}
		e := journal.Entry{ID: t.last.ID, Prev: t.last.Hash, Thing: journal.Name(t.unit, t.last.ID.Replica,
			envelope.Born, at), Kind: matter.Name, Do: "receive", Schema: matter.Schema,
			Depth: 1, Unit: t.unit, Level: journal.Station, By: "成玉兰", At: at.UTC(), Body: body, Envelope: envelope}
		e.ID.Seq++
		var salt [16]byte
		if _, err := io.ReadFull(b.random, salt[:]); err != nil {
			return d, err
		}
		if t.last, err = journal.Seal(e, private, salt); err != nil {
			return d, err
		}
		b.head++
		b.stream = journal.Advance(b.stream, b.head, t.last.Hash)
		d.Records = append(d.Records, t.last)
	}
	d.Head = b.head
	return d, nil
}

// fill brings so many matters of the last three years into the store, a thousand in a delivery.
func (b *bench) fill(ctx context.Context) error {
	if err := b.meet(ctx); err != nil {
		return err
	}
	moment := b.moment(b.matters)
	var arrival, index series
	for left, i := b.matters, 0; left > 0; i++ {
		n := min(left, delivery)
		left -= n
		d, err := b.write(b.far[i%tables], n, moment)
		if err != nil {
			return err
		}
		err = arrival.time(func() error {
			got, err := peer.Receive(ctx, b.app.Store, d)
			if err == nil {
				err = got[0].Err
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	all := series{0}
	for _, ms := range arrival {
		all[0] += ms
	}
	if err := index.time(func() error { _, err := b.app.Ledger.Fill(ctx); return err }); err != nil {
		return err
	}
	b.each(all.plain("import", fmt.Sprintf("从报送包收进 %d 件（不计拆包）", b.matters)).seconds())
	b.each(index.plain("index", fmt.Sprintf("给 %d 件建全文和拼音索引", b.matters)).seconds())
	return b.copy(ctx)
}

// moment gives the moments at which so many citizens came, one after the other through the last three years.
func (b *bench) moment(n int) func() time.Time {
	at, step := b.now.AddDate(-3, 0, 0), b.now.Sub(b.now.AddDate(-3, 0, 0))/time.Duration(n)
	return func() time.Time { at = at.Add(step); return at.Truncate(time.Second) }
}

// copy brings the same matters into the stock register, in the same order.
func (b *bench) copy(ctx context.Context) error {
	for version := int64(0); ; {
		found, err := b.app.Store.Changed(ctx, version, delivery)
		if err != nil || len(found) == 0 {
			return err
		}
		rows := make([]stock.Case, len(found))
		for i, f := range found {
			if rows[i], err = row(*f.Sum.(*matter.Matter)); err != nil {
				return err
			}
		}
		if err := b.stock.Save(ctx, rows...); err != nil {
			return err
		}
		version = found[len(found)-1].Version
	}
}

// row is a matter as the stock register has it, with the same text to be found as the index has.
func row(m matter.Matter) (stock.Case, error) {
	body, err := json.Marshal(struct {
		matter.Report
		matter.Private
	}{m.Report, m.Private})
	d := ledger.Found(matter.Kind).Doc(&m, m.Unit)
	text := slices.Concat(d.People, d.Numbers, d.Initials, []string{d.Phone, d.Text})
	for _, name := range d.People {
		text = append(text, pinyin.Names(name)...)
	}
	for _, words := range d.Initials {
		text = append(text, pinyin.Initials(words))
	}
	return stock.Case{Number: m.Number, Station: m.Station, Category: m.Category, State: int(m.State),
		Occurred: m.Occurred.Format(time.RFC3339),
		Due:      m.Due, Name: m.Name, Phone: m.Phone, Body: string(body), Text: strings.Join(text, "\n")}, err
}
