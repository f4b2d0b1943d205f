package courier

import (
	"context"
	"slices"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/store"
)

// heed obeys what the outside of a bundle says of keys and of our stream, and tells how far its writer's clock is off at least.
func (c *Courier) heed(ctx context.Context, h bundle.Header, p *trust.Peer, pic trust.Picture) (time.Duration, error) {
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
	return c.acknowledged(ctx, h, p)
}

// acknowledged obeys what a peer says it holds of our stream, and tells how far its clock is off at least.
func (c *Courier) acknowledged(ctx context.Context, h bundle.Header, p *trust.Peer) (skew time.Duration, err error) {
	self, now := c.Store.Self(), c.Now()
	skew = max(0, h.Made.Sub(now)) // nobody writes tomorrow
	for _, a := range h.Acks {
		if a.Replica != self.Replica || a.Incarnation != self.Incarnation || a.Stream != c.stream(h.From) {
			continue
		}
		// Whoever holds more of us than we have, or something else, knows a past that we lost: this computer was set back.
		wrote, ours, err := c.Store.Continues(ctx, h.From, a.Stored, a.Hash)
		if err != nil {
			return 0, err
		}
		if !ours {
			return 0, c.Store.Lost(ctx)
		}
		if wrote.After(now) { // by a clock of ours that was put right since
			wrote = now
		}
		skew += min(0, h.Made.Sub(wrote)) // nor acknowledges what is not written yet
		if p.Acked == a.Stored && p.Acted == a.Processed && !p.Mute || !c.holds(a, h, p) {
			continue
		}
		if h.Made.After(p.Said) || h.Incarnation != p.Now || p.Said.After(now) {
			p.Said = h.Made
		}
		p.Acked, p.Acted, p.Now, p.Mute = a.Stored, a.Processed, h.Incarnation, false
		if err := c.Store.Acknowledged(ctx, h.Replica, p.Acked, p.Acted, p.Now, p.Said, now); err != nil {
			return 0, err
		}
	}
	return skew, nil
}

// holds says whether an acknowledgement is still what its writer has, rather than what an old file says. One that moves back is
// obeyed, because the writer was restored, and so is whatever a life says of which we never heard; but not what was made
// before the newest that we know. Where that was made in a future that a clock believed in, nothing is known.
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

// compare tells whether peers that hold the same entries as we do make the same list of them, by the newest that each said.
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
		if !spoke || p.Revoked || h.Digest == (journal.Hash{}) || h.Incarnation != life.Incarnation || h.End != life.Stored {
			continue
		}
		st, err := c.Store.Since(ctx, h.From, 1<<62, 0, store.NoOne)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(h.Acks, func(a bundle.Ack) bool {
			return a.Replica == self.Replica && a.Incarnation == self.Incarnation && a.Stream == c.stream(h.From) && a.Stored == st.End
		}) {
			continue
		}
		ours, ok, err := c.Store.Digest(ctx, c.lower(h.From))
		if err != nil {
			return err
		}
		if same := ours == h.Digest; ok && same != (p.Diverged == "") {
			if err := c.Store.Agrees(ctx, h.Replica, same, c.Now()); err != nil {
				return err
			}
		}
	}
	return nil
}
