package courier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// open takes bundles in, in the order of their streams.
func (c *Courier) open(ctx context.Context, f *folder.Folder, letters []letter, r *Round) error {
	if len(letters) == 0 {
		return nil
	}
	pic, err := c.Picture(ctx)
	if err != nil {
		return err
	}
	keys := reading{pic, pic.Peers(), map[journal.Replica]bundle.Header{}}
	inOrder(letters)
	done := make(chan struct{})
	defer close(done)
	held := map[journal.ID]uint64{} // of each life
	for _, p := range keys.peers {
		for _, l := range p.Lives {
			held[journal.ID{Replica: p.Card.Replica, Incarnation: l.Incarnation}] = l.Stored
		}
	}
	// The next are opened while some are stored: two batches in memory at most.
	ahead := make(chan []opened)
	go func() {
		defer close(ahead)
		for len(letters) > 0 {
			var batch []opened
			for size := int64(0); len(letters) > 0 && len(batch) < 8 && size < 1<<17; letters = letters[1:] {
				size += letters[0].File.Size
				o := c.unseal(f, letters[0], keys)
				if o.err == nil && o.h.Last > held[journal.ID{Replica: o.h.Replica, Incarnation: o.h.Incarnation}] {
					o.sums = store.Sum(o.proven(), c.Settings.Unit)
				}
				batch = append(batch, o)
			}
			select {
			case ahead <- batch:
			case <-done:
				return
			}
		}
	}()
	for batch := range ahead {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.take(ctx, f, batch, keys, r); err != nil {
			return err
		}
	}
	return c.compare(ctx, keys.newest)
}

// reading is the picture by which a round's bundles are judged, and what they told of their writers so far.
type reading struct {
	trust.Picture
	peers  []trust.Peer
	newest map[journal.Replica]bundle.Header // that each of them said
}

// opened is a bundle that was opened, or why it was not.
type opened struct {
	folder.File
	h       bundle.Header
	records []journal.Record
	sums    store.Sums
	err     error

	unproven map[int]error // places of records that are set aside
}

// proven are the records that are believed.
func (o opened) proven() []journal.Record {
	if len(o.unproven) == 0 {
		return o.records
	}
	var rs []journal.Record
	for i, r := range o.records {
		if o.unproven[i] == nil {
			rs = append(rs, r)
		}
	}
	return rs
}

// unseal opens one bundle and verifies it; it changes nothing.
func (c *Courier) unseal(f *folder.Folder, l letter, keys reading) opened {
	o := opened{File: l.File}
	in, size, err := f.OpenFile(c.Settings.Unit, l.File.From, l.Name)
	if err != nil {
		o.err = fmt.Errorf("%w: %w", errUnread, err)
		return o
	}
	defer in.Close()
	o.h, o.records, o.err = bundle.Open(in, size, c.Settings.Unit, func(h bundle.Header) ([]suite.Signer, error) {
		return keys.Known(trust.Author{Unit: h.From, Replica: h.Replica}), nil
	}, keys.Opens()...)
	if o.err == nil {
		o.unproven = keys.Unproven(o.h, o.records)
		return o
	}
	if stray := errors.Is(o.err, bundle.ErrStranger) || errors.Is(o.err, bundle.ErrNotForUs); stray {
		switch by := (trust.Author{Unit: l.Header.From, Replica: l.Replica}); {
		case (keys.Known(by) != nil || by.Unit == c.Settings.Parent) && len(l.Acks) > 0 && !slices.ContainsFunc(l.Acks, func(a bundle.Ack) bool { return a.Replica == keys.Self() }):
			o.err = trust.ErrElse
		case by.Unit == c.Settings.Parent && !keys.Reports():
			o.err = trust.ErrUncompared
		case keys.Before(l.Header, c.Now()):
			o.err = trust.ErrBefore
		case keys.Known(by) == nil && keys.Revoked(by):
			o.err = bundle.ErrRevoked
		}
	}
	return o
}

// aside tells the store what is unproven, and on what that rests.
func (o opened) aside(keys reading) map[int]string {
	var places map[int]string
	for i := range o.unproven {
		if places == nil {
			places = map[int]string{}
		}
		r := o.records[i]
		places[i] = keys.Ground(trust.Author{Unit: o.h.From, Replica: o.h.Replica}, trust.Author{Unit: r.Unit, Replica: r.ID.Replica})
	}
	return places
}

// reconsider tries again what could not be proven, where it rests on something else by now, and says of each peer whether it
// brought anything that still cannot be.
func (c *Courier) reconsider(ctx context.Context, r *Round) error {
	groups, err := c.Store.Unproven(ctx)
	if err != nil {
		return err
	}
	brought := map[journal.Replica]bool{}
	if len(groups) > 0 {
		pic, err := c.Picture(ctx)
		if err != nil {
			return err
		}
		for _, g := range groups {
			by := trust.Author{Unit: g.Unit, Replica: g.By}
			ground := pic.Ground(by, trust.Author{Unit: g.Author, Replica: g.Replica})
			left := g.N
			if ground != g.Ground {
				got, err := c.Store.Reconsider(ctx, g, ground, c.Settings.Unit, c.Now(), func(rs []journal.Record) map[int]error {
					return pic.Unproven(bundle.Header{From: g.Unit, Replica: g.By}, rs)
				})
				if err != nil {
					return err
				}
				r.Collected += got.Fresh
				r.Processed += got.Done
				left -= got.Fresh
			}
			brought[g.By] = brought[g.By] || left > 0
		}
	}
	ps, err := c.Store.Peers(ctx)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if err := c.Store.Blame(ctx, &p, code(errUnproven), brought[p.Replica], c.Now()); err != nil {
			return err
		}
	}
	return nil
}

// take stores what bundles bring, in one transaction where nothing goes wrong, and sets aside those that cannot be believed.
func (c *Courier) take(ctx context.Context, f *folder.Folder, batch []opened, keys reading, r *Round) error {
	var ds []store.Delivery
	var of []opened // whose they are
	for _, o := range batch {
		d, err := c.delivery(ctx, f, o, keys)
		switch {
		case err == nil:
			ds, of = append(ds, d), append(of, o)
		case fatal(err):
			return err
		default:
			if err := c.setAside(ctx, f, o.File, err, r); err != nil {
				return err
			}
		}
	}
	got, err := c.Store.Receive(ctx, ds...)
	if err != nil { // one of them is at fault: the others are not to wait for it
		got = nil
		for _, d := range ds {
			one, err := c.Store.Receive(ctx, d)
			if err != nil {
				return err
			}
			got = append(got, one...)
		}
	}
	for i, one := range got {
		err := one.Err
		if err == nil {
			r.Collected += one.Fresh
			r.Processed += one.Done
			keys.newest[of[i].h.Replica] = of[i].h
		}
		if err != nil && !fatal(err) {
			err = c.setAside(ctx, f, of[i].File, err, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writer is the peer that made a bundle.
func (keys reading) writer(h bundle.Header) *trust.Peer {
	return &keys.peers[slices.IndexFunc(keys.peers, func(p trust.Peer) bool { return p.Card.Replica == h.Replica && p.Card.Unit == h.From })]
}

// delivery obeys what the outside of a bundle says, and gives what it brings.
func (c *Courier) delivery(ctx context.Context, f *folder.Folder, o opened, keys reading) (d store.Delivery, err error) {
	if o.err != nil {
		return d, o.err
	}
	h, p := o.h, keys.writer(o.h)
	for _, r := range o.records {
		if p.Revoked && r.ID.Replica == p.Card.Replica && r.ID.Incarnation < p.Until.Incarnation {
			switch held, err := c.Store.Holds(ctx, r.Hash); {
			case err != nil:
				return d, err
			case !held: // a thief put an old copy in the place of its records
				return d, fmt.Errorf("%w: entry %v", bundle.ErrRevoked, r.ID)
			}
		}
	}
	var skew time.Duration
	if !p.Revoked { // of one that is out of use old entries count, and nothing that it says of us
		if skew, err = c.heed(ctx, f, h, p, keys.Picture); err != nil {
			return d, err
		}
	}
	if !p.Lived(h.Incarnation) {
		p.Lives = append(p.Lives, store.Life{Incarnation: h.Incarnation})
	}
	return store.Delivery{Unit: c.Settings.Unit, Replica: h.Replica, Incarnation: h.Incarnation, First: h.First,
		Prev: h.Prev, Head: h.End, Position: h.Position, Records: o.records, Aside: o.aside(keys), Sums: o.sums, At: c.Now(), Program: h.Program, Skew: skew, File: trust.Ledger(o.File, "")}, nil
}
