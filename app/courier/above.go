package courier

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
)

// believe takes the upper unit's certificate: the first one is believed, from then on only the same key.
func (c *Courier) believe(ctx context.Context, f *folder.Folder, file folder.File) error {
	said, err := c.read(f, file, keyring.MaxPaper)
	if err != nil {
		return err
	}
	by, err := c.certified(said, file)
	if errors.Is(err, keyring.ErrStranger) {
		return nil // for another computer of this unit
	}
	if err != nil {
		return err
	}
	b, err := c.book(ctx)
	if err != nil {
		return err
	}
	known := false
	for _, p := range b.peers {
		if p.Card.Unit != by.Unit {
			continue
		}
		if p.Card.Replica == by.Replica { // the same certificate again, perhaps from before its keys changed
			return nil
		}
		known = true
	}
	switch {
	case b.superseded(by):
		return nil
	case known:
		return ErrOtherOffice
	}
	return c.know(ctx, by)
}

// superseded says whether a computer of the office above was there before those which we believe: they name it in their lists. Clocks
// do not tell: that of a new computer may be years behind.
func (b book) superseded(card keyring.Card) bool {
	for by, l := range b.lists {
		if by.unit == b.parent && slices.ContainsFunc(l.Cards, func(c keyring.Card) bool { return c.Replica == card.Replica && c.Unit == b.parent }) {
			return true
		}
	}
	return false
}

// certified reads a certificate for this computer by the office above.
func (c *Courier) certified(b []byte, file folder.File) (keyring.Card, error) {
	mine := c.Card()
	cert, err := keyring.OpenCertificate(b, mine)
	for _, former := range c.Keys.Publics()[1:] { // given when we had other keys
		if errors.Is(err, keyring.ErrStranger) {
			mine.Public = former
			cert, err = keyring.OpenCertificate(b, mine)
		}
	}
	if err != nil {
		return keyring.Card{}, err
	}
	if cert.By.Unit != c.Settings.Parent || file.From != c.Settings.Parent {
		return keyring.Card{}, fmt.Errorf("%w: from unit %s", keyring.ErrForged, cert.By.Unit)
	}
	if cert.By.Practice != c.Settings.Practice {
		return keyring.Card{}, errPractice
	}
	return cert.By, nil
}

// Offices lists the computers of the office above that accepted this one and are not believed, because we knew another
// one before: somebody replaced a computer there, or somebody steps into its place. Only a telephone call tells.
func (c *Courier) Offices(ctx context.Context) ([]Asking, error) {
	list, err := c.offices(ctx, func(peer) bool { return true })
	if err != nil || len(list) == 0 {
		return nil, err
	}
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	files, err := c.Store.Files(ctx)
	answered := map[string]bool{}
	for _, f := range files {
		answered[f.Name] = f.Sender == c.Settings.Parent && f.Why == ""
	}
	return slices.DeleteFunc(list, func(a Asking) bool { return answered[a.file.Name] || b.superseded(a.Card) }), err
}

// offices are those that accepted us, but for those of the known that are left out.
func (c *Courier) offices(ctx context.Context, out func(peer) bool) ([]Asking, error) {
	if c.Settings.Parent == "" {
		return nil, nil
	}
	f, err := c.connect()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files, err := f.List(c.Settings.Unit, c.Settings.Parent)
	if err != nil {
		return nil, err
	}
	ps, err := c.peers(ctx)
	if err != nil || !slices.ContainsFunc(ps, func(p peer) bool { return p.Card.Unit == c.Settings.Parent }) {
		return nil, err // the first is believed
	}
	var list []Asking
	for _, file := range files {
		if filepath.Ext(file.Name) != ".certificate" {
			continue
		}
		b, err := c.read(f, file, keyring.MaxPaper)
		if err != nil {
			continue // one bad file hides no other
		}
		by, err := c.certified(b, file)
		at := slices.IndexFunc(ps, func(p peer) bool { return p.Card.Replica == by.Replica })
		if at >= 0 {
			by = ps[at].Card
		}
		by = c.since(f, files, by)
		if err == nil && (at < 0 || !out(ps[at])) {
			list = append(list, Asking{Card: by, Print: keyring.Fingerprint(by), Out: at >= 0, file: file})
		}
	}
	return list, nil
}

// since is a card with the keys that its computer has now, as the statements among those files tell one after the other.
func (c *Courier) since(f *folder.Folder, files []folder.File, card keyring.Card) keyring.Card {
	for at := 0; at < len(files); at++ {
		if filepath.Ext(files[at].Name) != ".keychange" {
			continue
		}
		said, err := c.read(f, files[at], keyring.MaxPaper)
		if err != nil {
			continue
		}
		if next, err := card.Follow(said); err == nil && next.Turned().Hash() != card.Turned().Hash() {
			card, at = next, -1
		}
	}
	return card.Turned()
}

// Follow believes another computer of the office above, whose digits were compared by telephone, in place of the one before; it may
// be one that was believed earlier. It fails with ErrNoOffice, ErrDigits or ErrPrint.
func (c *Courier) Follow(ctx context.Context, print string) error {
	if len(digits(print)) != 10 {
		return ErrDigits
	}
	offices, err := c.offices(ctx, func(p peer) bool { return !p.Revoked })
	if err != nil {
		return err
	}
	for _, o := range offices {
		if o.Print == digits(print) {
			for _, other := range offices { // those are answered, too
				if err := c.met(ctx, other.file, ""); err != nil {
					return err
				}
			}
			if err := c.know(ctx, o.Card); err != nil {
				return err
			}
			return c.revoke(ctx, o.Unit, func(p peer) bool { return p.Card.Replica != o.Replica })
		}
	}
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(ps, func(p peer) bool {
		return p.Card.Unit == c.Settings.Parent && !p.Revoked && keyring.Fingerprint(p.Turned()) == digits(print)
	}):
		return nil // it is believed already
	case len(offices) == 0:
		return ErrNoOffice
	}
	return ErrPrint
}
