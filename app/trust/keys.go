package trust

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

// Prove says whether an entry of our journal is by who it says: of ourselves and those below us.
func (t *Trust) Prove(r journal.Record) error {
	if r.ID.Replica == t.Store.Self().Replica || !unit.Above(t.Settings.Unit, r.Unit) {
		return nil
	}
	pic, err := t.Picture(context.Background())
	if err != nil {
		return err
	}
	return pic.Prove(Author{}, r)
}

// Learn takes a paper about keys: a certificate, a change of keys, an office's list. A request is only judged.
func (t *Trust) Learn(ctx context.Context, f *folder.Folder, file folder.File, pic Picture) error {
	switch filepath.Ext(file.Name) {
	case ".request":
		_, err := t.request(f, file, pic)
		return err
	case ".certificate":
		return t.judge(ctx, f, file, pic)
	case ".keychange":
		return pic.awaits(file, t.follow(ctx, f, file, pic))
	}
	return pic.awaits(file, t.list(ctx, f, file, pic))
}

// awaits tells a paper that nobody can believe from one that the office above wrote for others before it accepted us.
func (pic Picture) awaits(file folder.File, why error) error {
	if file.From == pic.parent && errors.Is(why, keyring.ErrStranger) && !pic.Reports() {
		return ErrElse
	}
	return why
}

// follow believes that a peer has new keys, because its old ones say so; of one that is out of use, as far as its
// words are believed.
func (t *Trust) follow(ctx context.Context, f *folder.Folder, file folder.File, pic Picture) error {
	said, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper)
	if err != nil {
		return err
	}
	err = fmt.Errorf("%w: we do not know %s", keyring.ErrStranger, file.From)
	for _, p := range pic.peers {
		if p.Card.Unit != file.From {
			continue
		}
		var card keyring.Card
		if card, err = p.Follow(said); err != nil {
			continue
		}
		if p.Revoked && card.Next != nil { // what it says now takes nothing back of what we have
			held, err := t.Store.Newest(ctx, p.Card.Replica)
			if err != nil {
				return err
			}
			known := p.Next != nil && p.Next.From == card.Next.From
			if !known && (!(suite.Signer{Until: p.Until}).Holds(card.Next.From) ||
				!(suite.Signer{Until: card.Next.From}).Beyond(held)) {
				return ErrElse
			}
		}
		b, err := json.Marshal(card)
		if err != nil {
			return fmt.Errorf("card: %w", err)
		}
		return peer.Rekey(ctx, t.Store, p.Card.Replica, string(b))
	}
	return err
}

// recover seals to the county's recovery key from now on.
func (t *Trust) recover(p suite.Public) error {
	return t.turn(func() (keyring.Identity, error) {
		if err := keyring.SetRecovery(t.Home, t.key, p); err != nil {
			return keyring.Identity{}, err
		}
		return keyring.Load(t.Home, t.key)
	})
}

// Recovery makes the county's recovery key in a folder that is to be kept away from every computer, a stick in a
// safe. From now on everything sealed by us and, when they have heard of it, by those below us can be opened with it.
func (t *Trust) Recovery(dir string, random io.Reader) error {
	id, err := keyring.Create(dir, t.Keys().Current.Suite, sealed.Key{}, random)
	if err != nil {
		return err
	}
	return t.recover(id.Public())
}

// Renew gives this computer new keys. They sign from the next entry on; whoever knows the old ones believes the
// statement that they signed, which goes into the folder with the next round.
func (t *Trust) Renew(ctx context.Context, random io.Reader) error {
	if err := t.Guard.Sits(ctx, right.Trust); err != nil {
		return err
	}
	err := t.Store.Next(ctx, func(next journal.ID) error {
		card := t.Card()
		return t.turn(func() (keyring.Identity, error) {
			if _, err := keyring.Rotate(t.Home, t.key, card, next, random); err != nil && !errors.Is(err, keyring.ErrExists) {
				return keyring.Identity{}, err
			}
			return keyring.Turn(t.Home, t.key)
		})
	})
	if err != nil {
		return fmt.Errorf("new keys: %w", err)
	}
	return nil
}
