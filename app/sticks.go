package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"lianluo.local/app/courier"
	"lianluo.local/data/folder"
	"lianluo.local/data/right"
	"lianluo.local/data/stick"
)

// Sticks are the sticks that were registered here, and their trips; here is the one of them that is put in now, zero where
// none is, and away why there is no stick at all (trust.Trust.Connect). It fails with right.Denied.
func (a *App) Sticks(ctx context.Context) (l stick.List, here stick.Stick, away, err error) {
	if err := a.guard.Sits(ctx, right.Exchange, right.Rules, right.Trust); err != nil {
		return l, here, nil, err
	}
	if l, err = a.sticks(); err != nil {
		return l, here, nil, err
	}
	f, away := a.Trust.Connect()
	if away == nil {
		here, _ = l.Find(f.Stick())
		f.Close()
	}
	return l, here, away, nil
}

func (a *App) sticks() (stick.List, error) { return stick.Load(a.Home) }

// Register registers the stick at the shared folder under a name, or gives it another name and wish: whether what we wrote is
// taken off it as soon as the other side has it. An empty stick becomes the home's shared folder by that. From the first one on
// no other is used. It fails with right.Denied, with folder.ErrOther for a stick of another city, and as stick.List.Add does.
func (a *App) Register(ctx context.Context, name string, wipe bool) (s stick.Stick, err error) {
	if err := a.guard.Sits(ctx, right.Rules, right.Trust); err != nil {
		return s, err
	}
	if a.Settings.Folder == "" {
		_, err := a.Trust.Connect() // says so
		return s, err
	}
	l, err := a.sticks()
	if err != nil {
		return s, err
	}
	s = stick.Stick{ID: "-", Name: name, Wipe: wipe, Added: a.Now()}
	if _, err := l.Add(s); errors.Is(err, stick.ErrName) { // before anything is written on it
		return s, err
	}
	if err := a.Home.Apart(a.Settings.Folder); err != nil {
		return s, err
	}
	if _, err := folder.Prepare(a.Settings.Folder, a.Settings.FolderID); err != nil {
		return s, fmt.Errorf("register stick: %w", err)
	}
	if s.ID, err = folder.Label(a.Settings.Folder, a.Settings.FolderID, uuid.NewString()); err != nil {
		return s, fmt.Errorf("register stick: %w", err)
	}
	if l, err = l.Add(s); err != nil {
		return s, err
	}
	s, _ = l.Find(s.ID)
	return s, l.Save(a.Home)
}

// Unregister takes the stick of a name off the list. Where it was the last, any stick of the city is used again.
func (a *App) Unregister(ctx context.Context, name string) error {
	if err := a.guard.Sits(ctx, right.Rules, right.Trust); err != nil {
		return err
	}
	l, err := a.sticks()
	if err == nil {
		l, err = l.Drop(name)
	}
	if err != nil {
		return err
	}
	return l.Save(a.Home)
}

// admits says whether a folder is used that is the stick of an id.
func (a *App) admits(id string) error {
	l, err := a.sticks()
	if err != nil {
		return err
	}
	return l.Admits(id)
}

// wipes says whether what arrived is taken off a stick.
func (a *App) wipes(id string) bool {
	l, err := a.sticks()
	s, ok := l.Find(id)
	return err == nil && ok && s.Wipe
}

// tripped notes what a stick brought and took.
func (a *App) tripped(r courier.Round) error {
	if r.Stick == "" || r.Collected+r.Sent+r.Wiped == 0 {
		return nil
	}
	l, err := a.sticks()
	if _, ok := l.Find(r.Stick); err != nil || !ok {
		return err
	}
	l.Trips = append(slices.Clone(l.Trips), stick.Trip{At: a.Now(), Stick: r.Stick, Collected: r.Collected, Sent: r.Sent,
		Wiped: r.Wiped})
	return l.Save(a.Home)
}
