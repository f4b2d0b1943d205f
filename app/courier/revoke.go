package courier

import (
	"context"
	"errors"
	"io"

	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
)

// Revoke puts a unit's computers out of use as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Revoke(ctx context.Context, unit, print string) error {
	return c.gathered(ctx, func() error { return c.Trust.Revoke(ctx, unit, print) })
}

// Out puts one computer out of use as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Out(ctx context.Context, r journal.Replica) error {
	return c.gathered(ctx, func() error { return c.Trust.Out(ctx, r) })
}

// Replace lets a computer in as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Replace(ctx context.Context, unit, print string) (card keyring.Card, err error) {
	err = c.gathered(ctx, func() (err error) {
		card, err = c.Trust.Replace(ctx, unit, print)
		return err
	})
	return card, err
}

// Follow takes the digits of the office above as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Follow(ctx context.Context, print string) error {
	return c.gathered(ctx, func() error { return c.Trust.Follow(ctx, print) })
}

// Renew gives this computer new keys as trust does, once what lies in the folder by then is taken in: the keys of
// today show whether this computer was set back, those from which it turned do not.
func (c *Courier) Renew(ctx context.Context, random io.Reader) error {
	return c.gathered(ctx, func() error { return c.Trust.Renew(ctx, random) })
}

// gathered collects outside a round, and then does something that a round beside it must not see half done. A stolen
// computer does not wait for a folder.
func (c *Courier) gathered(ctx context.Context, do func() error) error {
	c.alone.Lock()
	defer c.alone.Unlock()
	var unread error
	if f, err := c.Connect(); err == nil {
		unread = c.collect(ctx, f, &Round{})
		f.Close()
	}
	return errors.Join(do(), unread)
}
