package courier

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// open takes bundles in, in the order of their streams.
func (c *Courier) open(ctx context.Context, f *folder.Folder, files []folder.File, s *shelf, r *Round) error {
	if len(files) == 0 {
		return nil
	}
	pic, err := c.Picture(ctx)
	if err != nil {
		return err
	}
	keys := reading{pic, pic.Peers(), map[journal.Replica]bundle.Header{}, map[journal.Hash]bool{}}
	letters, copies := c.outsides(f, files, keys, s, r)
	if err := c.openAll(ctx, f, letters, keys, s, r); err != nil {
		return err
	}
	// Of bundles that lie there more than once the others tell nothing new, but where the first was spoilt.
	size := int64(0)
	var left []letter
	for _, l := range copies {
		switch {
		case keys.read[l.SHA256]:
			s.pass(l.File, good)
		case size < mostRead:
			size += l.File.Size
			left = append(left, l)
		}
	}
	if err := c.openAll(ctx, f, left, keys, s, r); err != nil {
		return err
	}
	return c.compare(ctx, keys.newest)
}

// outsides looks at the outside of bundles: what is not signed by somebody we know is refused at once. It parts those
// with the same contents as another from the others.
func (c *Courier) outsides(f *folder.Folder, files []folder.File, keys reading, s *shelf,
	r *Round) (letters, copies []letter) {
	first, of, size := map[journal.Hash]int{}, map[string]int{}, int64(0)
	for i, file := range files {
		if i == mostOpened || size > mostRead {
			break
		}
		if of[file.From] == mostOf {
			continue
		}
		l := letter{File: file}
		in, _, err := f.OpenFile(c.Settings.Unit, file.From, file.Name)
		if err == nil {
			count := &counter{in: in}
			l.Header, err = bundle.Outside(count, keys.signers)
			size += count.n
			in.Close()
		} else if code(err) == "unread" {
			err = fmt.Errorf("%w: %w", errUnread, err)
		}
		if err != nil {
			c.setAside(f, s, l, c.stray(l, err, keys), r)
			continue
		}
		at, twice := first[l.SHA256]
		switch {
		case s.contents[fmt.Sprintf("%x", l.SHA256[:8])] && file.Name != bundle.Name(l.Header):
			s.pass(file, good)
		case !twice:
			of[file.From]++
			first[l.SHA256] = len(letters)
			letters = append(letters, l)
		case file.Name == bundle.Name(l.Header): // it is the one that was written
			letters[at], l = l, letters[at]
			fallthrough
		default:
			copies = append(copies, l)
		}
	}
	return letters, copies
}

// counter counts what is read.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.n += int64(n)
	return n, err
}

// openAll takes bundles in that somebody whom we know signed.
func (c *Courier) openAll(ctx context.Context, f *folder.Folder, letters []letter, keys reading,
	s *shelf, r *Round) error {
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
					o.sums = c.Store.Sum(o.proven(), o.h.From, c.Settings.Unit)
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
		if err := c.take(ctx, f, batch, keys, s, r); err != nil {
			return err
		}
	}
	return nil
}

// reading is the picture by which a round's bundles are judged, and what they told of their writers so far.
type reading struct {
	trust.Picture
	peers  []trust.Peer
	newest map[journal.Replica]bundle.Header // that each of them said
	read   map[journal.Hash]bool             // ciphertexts
}

func (k reading) signers(h bundle.Header) ([]suite.Signer, error) {
	return k.Known(trust.Author{Unit: h.From, Replica: h.Replica}), nil
}

// opened is a bundle that was opened, or why it was not.
type opened struct {
	letter
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
	o := opened{letter: l}
	in, size, err := f.OpenFile(c.Settings.Unit, l.File.From, l.Name)
	if err != nil {
		o.err = fmt.Errorf("%w: %w", errUnread, err)
		return o
	}
	defer in.Close()
	if o.h, o.records, o.err = bundle.Open(in, size, c.Settings.Unit, keys.signers, keys.Opens()...); o.err != nil {
		o.err = c.stray(l, o.err, keys)
	} else {
		o.unproven = keys.Unproven(o.h, o.records)
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
		places[i] = keys.Ground(trust.Author{Unit: o.h.From, Replica: o.h.Replica},
			trust.Author{Unit: r.Unit, Replica: r.ID.Replica})
	}
	return places
}

// reconsider tries again what could not be proven, where it rests on something else by now, and says of each peer
// whether it brought anything that still cannot be, or wrote what is not its to write.
func (c *Courier) reconsider(ctx context.Context, r *Round) error {
	groups, err := peer.Apart(ctx, c.Store)
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
				got, err := peer.Reconsider(ctx, c.Store, g, ground, c.Settings.Unit, c.Now(),
					func(rs []journal.Record) map[int]error {
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
	ps, err := peer.Peers(ctx, c.Store)
	if err != nil {
		return err
	}
	wrote, err := c.Store.Barred(ctx)
	if err != nil {
		return err
	}
	for _, p := range ps {
		err := errors.Join(peer.Blame(ctx, c.Store, &p, code(errUnproven), brought[p.Replica], c.Now()),
			peer.Blame(ctx, c.Store, &p, code(errBarred), wrote[p.Replica], c.Now()))
		if err != nil {
			return err
		}
	}
	return nil
}

// stray tells of a bundle that is nobody's whom we know, or not for us, whether that is as it should be.
func (c *Courier) stray(l letter, err error, keys reading) error {
	if !errors.Is(err, bundle.ErrStranger) && !errors.Is(err, bundle.ErrNotForUs) {
		return err
	}
	switch by := (trust.Author{Unit: l.Header.From, Replica: l.Replica}); {
	case (keys.Known(by) != nil || by.Unit == c.Settings.Parent) && len(l.Acks) > 0 && !slices.ContainsFunc(l.Acks,
		func(a bundle.Ack) bool { return a.Replica == keys.Self() }):
		return trust.ErrElse
	case by.Unit == c.Settings.Parent && !keys.Reports():
		return trust.ErrUncompared
	case keys.Before(l.Header, c.Now()):
		return trust.ErrBefore
	case keys.Known(by) == nil && keys.Revoked(by):
		return bundle.ErrRevoked
	}
	return err
}

// take stores what bundles bring, in one transaction where nothing goes wrong, and sets aside those that cannot be
// believed.
func (c *Courier) take(ctx context.Context, f *folder.Folder, batch []opened, keys reading, s *shelf, r *Round) error {
	var ds []peer.Delivery
	var of []opened // whose they are
	for _, o := range batch {
		d, err := c.delivery(ctx, f, o, keys)
		switch {
		case err == nil:
			ds, of = append(ds, d), append(of, o)
		case ours(ctx, err):
			return err
		default:
			c.setAside(f, s, o.letter, err, r)
		}
	}
	got, err := peer.Receive(ctx, c.Store, ds...)
	if err != nil { // one of them is at fault: the others are not to wait for it
		got = nil
		for _, d := range ds {
			one, err := peer.Receive(ctx, c.Store, d)
			switch {
			case err == nil:
			case ours(ctx, err):
				return err
			default:
				one = []peer.Received{{Err: err}}
			}
			got = append(got, one...)
		}
	}
	for i, one := range got {
		if one.Err != nil {
			c.setAside(f, s, of[i].letter, one.Err, r)
			continue
		}
		r.Collected += one.Fresh
		r.Processed += one.Done
		keys.newest[of[i].h.Replica], keys.read[of[i].h.SHA256] = of[i].h, true
	}
	return nil
}

// ours says whether an error is this computer's rather than a file's: then the round ends, and the next begins again.
func ours(ctx context.Context, err error) bool { return ctx.Err() != nil || store.Fault(err) != nil }

// writer is the peer that made a bundle.
func (keys reading) writer(h bundle.Header) *trust.Peer {
	return &keys.peers[slices.IndexFunc(keys.peers,
		func(p trust.Peer) bool { return p.Card.Replica == h.Replica && p.Card.Unit == h.From })]
}

// delivery obeys what the outside of a bundle says, and gives what it brings.
func (c *Courier) delivery(ctx context.Context, f *folder.Folder, o opened, keys reading) (d peer.Delivery, err error) {
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
		p.Lives = append(p.Lives, peer.Life{Incarnation: h.Incarnation})
	}
	return peer.Delivery{Unit: c.Settings.Unit, Replica: h.Replica, Incarnation: h.Incarnation, First: h.First,
		Prev: h.Prev, Head: h.End, Position: h.Position, Records: o.records, Aside: o.aside(keys), Sums: o.sums,
		At: c.Now(), Program: keyring.Words(h.Program), Skew: skew, File: trust.Ledger(o.File, "")}, nil
}
