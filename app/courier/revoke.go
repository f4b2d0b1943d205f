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
	unread := c.gather(ctx)
	return errors.Join(c.Trust.Revoke(ctx, unit, print), unread)
}

// Out puts one computer out of use as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Out(ctx context.Context, r journal.Replica) error {
	unread := c.gather(ctx)
	return errors.Join(c.Trust.Out(ctx, r), unread)
}

// Replace lets a computer in as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Replace(ctx context.Context, unit, print string) (keyring.Card, error) {
	unread := c.gather(ctx)
	card, err := c.Trust.Replace(ctx, unit, print)
	return card, errors.Join(err, unread)
}

// Follow takes the digits of the office above as trust does, once what lies in the folder by then is taken in.
func (c *Courier) Follow(ctx context.Context, print string) error {
	unread := c.gather(ctx)
	return errors.Join(c.Trust.Follow(ctx, print), unread)
}

// Renew gives this computer new keys as trust does, once what lies in the folder by then is taken in: the keys of today show whether this
// computer was set back, those from which it turned do not.
func (c *Courier) Renew(ctx context.Context, random io.Reader) error {
	unread := c.gather(ctx)
	return errors.Join(c.Trust.Renew(ctx, random), unread)
}

// gather collects outside a round. A stolen computer does not wait for a folder.
func (c *Courier) gather(ctx context.Context) error {
	f, err := c.Connect()
	if err != nil {
		return nil
	}
	defer f.Close()
	return c.collect(ctx, f, &Round{})
}
