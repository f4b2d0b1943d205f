package app

import (
	"context"
	"time"

	"lianluo.local/app/crew"
	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/staff"
	"lianluo.local/data/vault"
)

// Opener is one to whom the vault of a home gives its key.
type Opener = vault.Holder

// Key is what a protected home is sealed with.
type Key = sealed.Key

// Password gives a person another password: himself, or somebody else whose right it is to say who works here. It fails
// with right.Denied, and as SetPassword does.
func (a *App) Password(ctx context.Context, by clerk.Clerk, name, password string) (clerk.Clerk, error) {
	who, err := a.Crew.Who(ctx, name)
	if err == nil && who.User != by.User {
		err = a.Crew.Guard(ctx, by, right.Users)
	}
	if err == nil {
		err = a.SetPassword(who.User, who.Name, password, who.User == by.User)
	}
	return who, err
}

// First gives the ID of who is to set the first password of a home: he becomes its first user, where it has none, and is
// else one who may say who works here.
func (a *App) First(ctx context.Context, name string) (user string, err error) {
	s, err := a.Crew.Staff(ctx, a.Settings.Unit)
	if err != nil {
		return "", err
	}
	if len(s.Users) == 0 {
		u, err := a.Crew.Act(ctx, a.Clerk(), crew.Order{Do: staff.Add, Name: name})
		return u.ID, err
	}
	who, err := a.Crew.Who(ctx, name)
	if err == nil {
		err = a.Crew.Guard(ctx, who, right.Users)
	}
	return who.User, err
}

// Staff does an act on a person who works here; whoever is locked has no password any more, and whoever was renamed signs in
// by his old name once more.
func (a *App) Staff(ctx context.Context, by clerk.Clerk, o crew.Order) (staff.User, error) {
	u, err := a.Crew.Act(ctx, by, o)
	if err == nil && a.key.Given() {
		err = a.agree(ctx)
	}
	return u, err
}

// Replace gives a person another password, on a home that somebody opened who has the sheet or the help of the office
// above: name is by whom he signs in. It fails with ErrNobody where nobody signs in so, and with problem.Problems.
func Replace(h home.Home, by Pass, name, password string, now time.Time) (p Pass, err error) {
	if by.Kind == vault.Sheet {
		defer func() { Note(h, now, p.User, audit.Sheet, "", err) }()
	}
	if why := Judge(h, name, password); why != "" {
		return p, problem.Problems{"password": why}
	}
	err = vault.Change(h, func(v *vault.Vault) error {
		held, _ := v.Holders(by.Key)
		for _, o := range held {
			if o.Kind == vault.Password && o.Signs(name) {
				p = Pass{Key: by.Key, Kind: vault.Password, User: o.User, Name: o.Name}
				return v.AddPassword(by.Key, vault.Holder{User: o.User, Name: o.Name, Made: now}, password, vault.Usual)
			}
		}
		return ErrNobody
	})
	return p, err
}

// ErrNobody says that nobody signs in by a name.
var ErrNobody = problem.New("nobody signs in by that name", "这里没有用这个姓名登录的人。请照当初设密码时的姓名写。")
