package trust

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
func (t *Trust) believe(ctx context.Context, f *folder.Folder, file folder.File) error {
	said, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
	if err != nil {
		return err
	}
	by, err := t.certified(said, file)
	if errors.Is(err, keyring.ErrStranger) {
		return nil // for another computer of this unit
	}
	if err != nil {
		return err
	}
	pic, err := t.Picture(ctx)
	if err != nil {
		return err
	}
	known := false
	for _, p := range pic.peers {
		if p.Card.Unit != by.Unit {
			continue
		}
		if p.Card.Replica == by.Replica { // the same certificate again, perhaps from before its keys changed
			return nil
		}
		known = true
	}
	switch {
	case pic.Superseded(by):
		return nil
	case known:
		return ErrOtherOffice
	}
	return t.know(ctx, by)
}

// certified reads a certificate for this computer by the office above.
func (t *Trust) certified(b []byte, file folder.File) (keyring.Card, error) {
	mine := t.Card()
	cert, err := keyring.OpenCertificate(b, mine)
	for _, former := range t.Keys.Publics()[1:] { // given when we had other keys
		if errors.Is(err, keyring.ErrStranger) {
			mine.Public = former
			cert, err = keyring.OpenCertificate(b, mine)
		}
	}
	if err != nil {
		return keyring.Card{}, err
	}
	if cert.By.Unit != t.Settings.Parent || file.From != t.Settings.Parent {
		return keyring.Card{}, fmt.Errorf("%w: from unit %s", keyring.ErrForged, cert.By.Unit)
	}
	if cert.By.Practice != t.Settings.Practice {
		return keyring.Card{}, ErrPractice
	}
	return cert.By, nil
}

// Offices lists the computers of the office above that accepted this one and are not believed, because we knew another
// one before: somebody replaced a computer there, or somebody steps into its place. Only a telephone call tells.
func (t *Trust) Offices(ctx context.Context) ([]Asking, error) {
	list, err := t.offices(ctx, func(Peer) bool { return true })
	if err != nil || len(list) == 0 {
		return nil, err
	}
	pic, err := t.Picture(ctx)
	if err != nil {
		return nil, err
	}
	files, err := t.Store.Files(ctx)
	answered := map[string]bool{}
	for _, f := range files {
		answered[f.Name] = f.Sender == t.Settings.Parent && f.Why == ""
	}
	return slices.DeleteFunc(list, func(a Asking) bool { return answered[a.file.Name] || pic.Superseded(a.Card) }), err
}

// offices are those that accepted us, but for those of the known that are left out.
func (t *Trust) offices(ctx context.Context, out func(Peer) bool) ([]Asking, error) {
	if t.Settings.Parent == "" {
		return nil, nil
	}
	f, err := t.Connect()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files, err := f.List(t.Settings.Unit, t.Settings.Parent)
	if err != nil {
		return nil, err
	}
	ps, err := t.Peers(ctx)
	if err != nil || !slices.ContainsFunc(ps, func(p Peer) bool { return p.Card.Unit == t.Settings.Parent }) {
		return nil, err // the first is believed
	}
	var list []Asking
	for _, file := range files {
		if filepath.Ext(file.Name) != ".certificate" {
			continue
		}
		b, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
		if err != nil {
			continue // one bad file hides no other
		}
		by, err := t.certified(b, file)
		at := slices.IndexFunc(ps, func(p Peer) bool { return p.Card.Replica == by.Replica })
		if at >= 0 {
			by = ps[at].Card
		}
		by = t.since(f, files, by)
		if err == nil && (at < 0 || !out(ps[at])) {
			list = append(list, Asking{Card: by, Print: keyring.Fingerprint(by), Out: at >= 0, file: file})
		}
	}
	return list, nil
}

// since is a card with the keys that its computer has now, as the statements among those files tell one after the other.
func (t *Trust) since(f *folder.Folder, files []folder.File, card keyring.Card) keyring.Card {
	for at := 0; at < len(files); at++ {
		if filepath.Ext(files[at].Name) != ".keychange" {
			continue
		}
		said, err := f.Read(t.Settings.Unit, files[at], keyring.MaxPaper)
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
func (t *Trust) Follow(ctx context.Context, print string) error {
	if len(digits(print)) != 10 {
		return ErrDigits
	}
	offices, err := t.offices(ctx, func(p Peer) bool { return !p.Revoked })
	if err != nil {
		return err
	}
	for _, o := range offices {
		if o.Print == digits(print) {
			for _, other := range offices { // those are answered, too
				if err := t.Store.Met(ctx, Ledger(other.file, ""), t.Now()); err != nil {
					return err
				}
			}
			if err := t.know(ctx, o.Card); err != nil {
				return err
			}
			return t.revoke(ctx, o.Unit, func(p Peer) bool { return p.Card.Replica != o.Replica })
		}
	}
	ps, err := t.Peers(ctx)
	if err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(ps, func(p Peer) bool {
		return p.Card.Unit == t.Settings.Parent && !p.Revoked && keyring.Fingerprint(p.Turned()) == digits(print)
	}):
		return nil // it is believed already
	case len(offices) == 0:
		return ErrNoOffice
	}
	return ErrPrint
}
