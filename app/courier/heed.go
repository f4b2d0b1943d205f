package courier

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/peer"
	"lianluo.local/data/suite"
)

// heed obeys what the outside of a bundle says of keys and of our stream, and tells how far its writer's clock is off
// at least.
func (c *Courier) heed(ctx context.Context, f *folder.Folder, h bundle.Header, p *trust.Peer,
	pic trust.Picture) (time.Duration, error) {
	if p.Next != nil && h.Key.Equal(p.Next.Sign) { // its new keys are in use
		if err := c.Turned(ctx, *p); err != nil {
			return 0, err
		}
	}
	if h.KeyList > pic.Said() {
		if err := c.Outdone(ctx, h.KeyList); err != nil {
			return 0, err
		}
	}
	return c.acknowledged(ctx, f, h, p)
}

// acknowledged obeys what a peer says it holds of our stream, and tells how far its clock is off at least.
func (c *Courier) acknowledged(ctx context.Context, f *folder.Folder, h bundle.Header,
	p *trust.Peer) (skew time.Duration, err error) {
	self, now := c.Store.Self(), c.Now()
	skew = max(0, h.Made.Sub(now)) // nobody writes tomorrow
	at := slices.IndexFunc(h.Acks, func(a bundle.Ack) bool {
		return a.Replica == self.Replica && a.Incarnation == self.Incarnation && a.Stream == c.stream(h.From)
	})
	if at < 0 {
		return skew, nil
	}
	a := h.Acks[at]
	wrote, ours, err := c.Store.Continues(ctx, h.From, a.Stored, a.Hash)
	if err != nil {
		return 0, err
	}
	if !ours {
		// Whoever holds more of us than we have, or something else, may know a past that we lost; or say so.
		switch lost, err := c.lost(ctx, f, h.From, a); {
		case err != nil:
			return 0, err
		case lost:
			return 0, peer.Lost(ctx, c.Store)
		}
	}
	if err := peer.Blame(ctx, c.Store, &p.Peer, code(errClaim), !ours, now); err != nil || !ours {
		return skew, err
	}
	if wrote.After(now) { // by a clock of ours that was put right since
		wrote = now
	}
	skew += min(0, h.Made.Sub(wrote)) // nor acknowledges what is not written yet
	if p.Acked == a.Stored && p.Acted == a.Processed && !p.Mute || !c.holds(a, h, p) {
		return skew, nil
	}
	if h.Made.After(p.Said) || h.Incarnation != p.Now || p.Said.After(now) {
		p.Said = h.Made
	}
	p.Acked, p.Acted, p.Now, p.Mute = a.Stored, a.Processed, h.Incarnation, false
	return skew, peer.Acknowledged(ctx, c.Store, h.Replica, p.Acked, p.Acted, p.Now, p.Said, now)
}

// lost says whether an acknowledgement of what is not in our book shows that this computer was set back to an earlier
// state. A new life concerns everybody, so nobody's word is enough: we signed that position ourselves, or a bundle of
// ours in the folder holds words that we do not know. A key that we turned from shows nothing when we are past its
// end, for we know all that it signed, and it may be a thief's now.
func (c *Courier) lost(ctx context.Context, f *folder.Folder, reader string, a bundle.Ack) (bool, error) {
	next := c.Store.Self()
	head, err := c.Store.Head(ctx)
	if err != nil {
		return false, err
	}
	next.Seq = head + 1
	own := slices.DeleteFunc(c.Card().Signers(), func(k suite.Signer) bool { return !k.Holds(next) })
	for _, k := range own {
		if s, err := suite.Named(k.Suite); err == nil && s.Verify(k.Key, a.Signed(c.Settings.Unit, reader), a.Proof) {
			return true, nil
		}
	}
	files, err := f.List(reader, c.Settings.Unit)
	if err != nil {
		return false, nil // it shows nothing
	}
	files = slices.DeleteFunc(files, func(file folder.File) bool {
		l, ok := bundle.ParseName(file.Name)
		return !ok || l.Incarnation != next.Incarnation || l.Stream != a.Stream
	})
	slices.SortFunc(files, func(a, b folder.File) int { // what we lost lies at the end
		x, _ := bundle.ParseName(a.Name)
		y, _ := bundle.ParseName(b.Name)
		return cmp.Or(cmp.Compare(y.Last, x.Last), cmp.Compare(a.Name, b.Name))
	})
	for _, file := range files[:min(len(files), mostOwn)] {
		if h, err := c.ownWords(f, reader, file, own); err == nil && h.Stream == a.Stream {
			if _, ours, err := c.Store.Continues(ctx, reader, h.Last, h.Head); err != nil || !ours {
				return !ours, err
			}
		}
	}
	return false, nil
}

// mostOwn is how many files under names of ours are read in search of our own words: anybody may lay some there.
const mostOwn = 1000

// ownWords reads the outside of a bundle that this computer wrote for a reader in the life that it lives now.
func (c *Courier) ownWords(f *folder.Folder, reader string, file folder.File,
	own []suite.Signer) (bundle.Header, error) {
	in, _, err := f.OpenFile(reader, c.Settings.Unit, file.Name)
	if err != nil {
		return bundle.Header{}, err
	}
	defer in.Close()
	self := c.Store.Self()
	return bundle.Outside(in, func(h bundle.Header) ([]suite.Signer, error) {
		if h.Replica != self.Replica || h.Incarnation != self.Incarnation ||
			h.From != c.Settings.Unit || h.To != reader {
			return nil, nil
		}
		return own, nil
	})
}

// holds says whether an acknowledgement is still what its writer has, rather than what an old file says. One that
// moves back is obeyed, because the writer was restored, and so is whatever a life says of which we never heard; but
// not what was made before the newest that we know. Where that was made in a future that a clock believed in, nothing
// is known.
func (c *Courier) holds(a bundle.Ack, h bundle.Header, p *trust.Peer) bool {
	switch old := h.Made.Before(p.Said) && !p.Said.After(c.Now()); {
	case !p.Lived(h.Incarnation):
		return true
	case h.Incarnation == p.Now:
		return !old || a.Stored >= p.Acked
	default:
		return !old
	}
}

// compare tells whether peers that hold the same entries as we do make the same list of them, by the newest that each
// said.
func (c *Courier) compare(ctx context.Context, newest map[journal.Replica]bundle.Header) error {
	if len(newest) == 0 {
		return nil
	}
	ps, err := c.Peers(ctx)
	if err != nil {
		return err
	}
	self := c.Store.Self()
	for _, p := range ps {
		h, spoke := newest[p.Card.Replica]
		life := p.Life()
		if !spoke || p.Revoked || len(h.Said()) == 0 || h.Incarnation != life.Incarnation || h.End != life.Stored {
			continue
		}
		st, err := c.Store.Since(ctx, h.From, 1<<62, 0)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(h.Acks, func(a bundle.Ack) bool {
			return a.Replica == self.Replica && a.Incarnation == self.Incarnation && a.Stream == c.stream(h.From) &&
				a.Stored == st.End
		}) {
			continue
		}
		lower, upper := c.pair(h.From)
		ours, err := c.Store.Digests(ctx, lower, upper)
		if err != nil {
			return err
		}
		same, both := true, false // of the kinds that both know
		for kind, digest := range h.Said() {
			if known, ok := ours[kind]; ok {
				same, both = same && known == digest, true
			}
		}
		if both && same != (p.Diverged == "") {
			if err := peer.Agrees(ctx, c.Store, h.Replica, same, c.Now()); err != nil {
				return err
			}
		}
	}
	return nil
}
