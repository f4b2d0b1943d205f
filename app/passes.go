package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"lianluo.local/data/audit"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/suite"
	"lianluo.local/data/vault"
)

// ErrUnprotected says that a home has no passwords yet.
var ErrUnprotected = problem.New("home is not protected", "这里的资料还没有上锁。请先设第一个密码。")

// Passes are those who may open this home, and how many entries of its vault nobody who had the key has written. It fails
// with right.Denied and with ErrUnprotected.
func (a *App) Passes(ctx context.Context) (list []vault.Holder, strange int, err error) {
	if err := a.guard.Sits(ctx, right.Users, right.Backup); err != nil {
		return nil, 0, err
	}
	return a.passes()
}

func (a *App) passes() (list []vault.Holder, strange int, err error) {
	v, err := vault.Load(a.Home)
	if errors.Is(err, vault.ErrNone) {
		return nil, 0, ErrUnprotected
	}
	if err != nil {
		return nil, 0, err
	}
	list, strange = v.Holders(a.key)
	return list, strange, nil
}

// SetPassword gives a person of this home a password, in place of the one that he had; user is his ID, own whether
// he chose it himself. It fails with problem.Problems where the password is weak, and with ErrUnprotected.
func (a *App) SetPassword(user, name, password string, own bool) (err error) {
	defer func() { a.note(a.Clerk(), audit.Password, user, err) }()
	if why := Judge(a.Home, name, password); why != "" {
		return problem.Problems{"password": why}
	}
	return a.change(func(v *vault.Vault) error {
		h := vault.Holder{User: user, Name: name, Made: a.Now(), Given: !own}
		err := v.AddPassword(a.key, h, password, vault.Usual)
		if errors.Is(err, vault.ErrTaken) {
			err = problem.Problems{"password": "这个密码不能用，请换一个"}
		}
		return err
	})
}

// agree sees that the vault says of those who work here what the staff says: whoever is locked has no password any more,
// and another name is the one by which he signs in.
func (a *App) agree(ctx context.Context) error {
	held, _, err := a.passes()
	if err != nil {
		return err
	}
	s, err := a.Crew.Staff(ctx, a.Settings.Unit)
	if err != nil {
		return fmt.Errorf("agree: %w", err)
	}
	for _, h := range held {
		switch u, known := s.Find(h.User); {
		case h.Kind != vault.Password || !known:
		case u.Locked:
			err = a.drop(ctx, func(o vault.Holder) bool { return o.Kind == vault.Password && o.User == u.ID })
			a.note(a.Clerk(), audit.Password, u.ID+" dropped", err)
		case !h.Signs(u.Name):
			err = a.change(func(v *vault.Vault) error { return v.Rename(a.key, u.ID, u.Name) })
		}
		if err != nil {
			return fmt.Errorf("agree: %w", err)
		}
	}
	return nil
}

// drop keeps out who could open this home, wherever the vault of today is asked. An old copy of it lets him in as before,
// until the key is renewed (Renew); that it is to be is remembered (Stale).
func (a *App) drop(ctx context.Context, whom func(vault.Holder) bool) error {
	if err := a.Store.Note(ctx, stale, "1", a.Now()); err != nil {
		return err
	}
	return a.change(func(v *vault.Vault) error { v.Remove(a.key, whom); return nil })
}

// stale is the name under which is remembered that somebody was dropped.
const stale = "stale key"

// Stale says whether somebody was kept out (a user who was locked, the account of this computer) since the key of this home
// was made, so that old copies of the vault would let him in.
func (a *App) Stale(ctx context.Context) (bool, error) {
	said, err := a.Store.Noted(ctx, stale)
	return said != "", err
}

// change changes the vault of this home.
func (a *App) change(do func(*vault.Vault) error) error {
	if !a.key.Given() {
		return ErrUnprotected
	}
	err := vault.Change(a.Home, do)
	if errors.Is(err, vault.ErrNone) {
		return ErrUnprotected
	}
	return err
}

// entrust sees that the home's sheet of today, the office above of today and those who work here today may open this home,
// and no others of them.
// It is part of each round.
func (a *App) entrust(ctx context.Context) error {
	if !a.key.Given() {
		return nil
	}
	if err := a.agree(ctx); err != nil {
		return err
	}
	held, _, err := a.passes()
	if err != nil {
		return err
	}
	has := func(kind, of string) bool {
		return slices.ContainsFunc(held, func(h vault.Holder) bool { return h.Kind == kind && h.Of == of })
	}
	sheet, err := a.Held()
	if err == nil && !has(vault.Sheet, sheet.Number()) {
		err = a.change(func(v *vault.Vault) error { return a.addSheet(v, a.key) })
	}
	if err != nil && !errors.Is(err, ErrNoSheet) {
		return fmt.Errorf("entrust: %w", err)
	}
	of, to, err := a.above(ctx)
	if err != nil || len(to) == 0 || has(vault.Above, of) {
		return err
	}
	by := vault.Holder{User: a.Settings.Parent, Of: of, Made: a.Now()}
	if err := vault.Trust(a.Home, a.key, by, to, rand.Reader); err != nil {
		return fmt.Errorf("entrust: %w", err)
	}
	return nil
}

// above are the keys of the office above whose digits a person here compared, and a name for all of them together.
func (a *App) above(ctx context.Context) (of string, to []suite.Public, err error) {
	peers, err := a.Trust.Peers(ctx)
	if err != nil {
		return "", nil, fmt.Errorf("office above: %w", err)
	}
	sum := sha256.New()
	for _, p := range peers {
		if p.Card.Unit == a.Settings.Parent && !p.Revoked && p.Compared != "" {
			to = append(to, p.Public)
			fmt.Fprintf(sum, "%x %s %x\n", []byte(p.Sign), p.Age, []byte(p.SM2))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), to, nil
}
