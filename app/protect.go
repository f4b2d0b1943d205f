package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/vault"
)

// ErrProtected says that a home has a key already.
var ErrProtected = problem.New("home is protected already", "这里的资料已经上了锁，没有改动。要换密码的，请用“改密码”。")

// Person is somebody who is to sign in.
type Person struct {
	User string // his ID; "" where the home has no users yet
	Name string // by which he signs in
}

// Protect seals all that a home holds under a key of its own, in one go, and lets its first person in by a password; a
// practice home opens by itself. The home is closed by it, whatever becomes of it: open it again with the key. Whoever
// is killed meanwhile has changed nothing, or everything (home.Turn). Copies that were taken before stay readable for
// anybody (Readable). It fails with ErrProtected, with problem.Problems for a weak password, and with home.ErrUsed where
// another program has the home open.
func (a *App) Protect(ctx context.Context, first Person, password string) (key sealed.Key, err error) {
	if password != "" { // else nobody did it: an exercise begins so
		defer func() { Note(a.Home, a.Now(), first.User, audit.Protect, "", err) }()
	}
	if a.key.Given() {
		return sealed.Key{}, ErrProtected
	}
	if why := Judge(a.Home, first.Name, password); why != "" && (!a.Settings.Practice || password != "") {
		return sealed.Key{}, problem.Problems{"password": why}
	}
	v, key, err := vault.New(a.Trust.Keys().Current.Suite, rand.Reader)
	if err != nil {
		return sealed.Key{}, err
	}
	if a.Settings.Practice {
		_, err = v.AddSeed(key, vault.Holder{Kind: vault.Practice, Made: a.Now()}, rand.Reader)
	}
	if err == nil && password != "" {
		err = v.AddPassword(key, vault.Holder{User: first.User, Name: first.Name, Made: a.Now()}, password, vault.Usual)
	}
	if err == nil {
		err = a.addSheet(v, key)
	}
	if err != nil {
		return sealed.Key{}, fmt.Errorf("protect: %w", err)
	}
	if first.User != "" { // who sits here says so himself; anybody reads the settings
		a.Settings.Clerk = ""
	}
	return key, a.reseal(ctx, v, key)
}

// Renew gives a home another key, under which all is sealed anew: who knew the old one, or copied the files and later
// comes by a password of then, reads nothing that is written from now on, and an old copy of the vault opens nothing here
// (Stale). Passwords stay, those of whom keep says no do not. The home is closed by it, as by Protect. Copies that were taken
// before open as they did.
func (a *App) Renew(ctx context.Context, keep func(vault.Holder) bool) (key sealed.Key, err error) {
	defer func() { Note(a.Home, a.Now(), a.Clerk().User, audit.Renew, "", err) }()
	if !a.key.Given() {
		return sealed.Key{}, ErrUnprotected
	}
	v, err := vault.Load(a.Home)
	if err == nil {
		err = a.Crew.Guard(ctx, a.Clerk(), right.Users)
	}
	if err != nil {
		return sealed.Key{}, err
	}
	v.Remove(a.key, func(h vault.Holder) bool { return !keep(h) })
	next, key, err := v.Renew(a.key, rand.Reader)
	if err != nil {
		return sealed.Key{}, err
	}
	return key, a.reseal(ctx, next, key)
}

// folders are those of a home in which each file is sealed by itself; of the keys, the secret ones and those that others must
// not exchange.
var folders = []struct {
	use      string
	suffixes []string
}{{"keys", keyring.Sealed}, {"aside", []string{""}}, {"papers", []string{""}}}

// reseal closes a home and seals all that it holds with a key, which the vault gives.
func (a *App) reseal(ctx context.Context, v *vault.Vault, key sealed.Key) (err error) {
	head, err := a.Store.Head(ctx)
	if err = errors.Join(err, a.Close()); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	release, err := a.Home.Alone()
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	defer release()
	dir, err := a.Home.Stage()
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	gone, err := a.stage(ctx, dir, v, key, head)
	if err == nil {
		for _, log := range []string{"", "-wal", "-shm"} {
			gone = append(gone, filepath.Base(a.Home.Search())+log)
		}
		err = a.Home.Turn(gone...)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("seal: %w", err), a.Home.Unstage())
	}
	return nil
}

// stage writes what a home holds into a folder, sealed with a key, and sees that the records are whole there. It names what
// has another name there.
func (a *App) stage(ctx context.Context, dir string, v *vault.Vault, key sealed.Key, head uint64) (gone []string, err error) {
	next := home.Home(dir)
	if err := store.Transcribe(ctx, a.Home.Database(), a.key, next.Database(), key); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Options{Path: next.Database(), Backups: next.Backups(), Kinds: a.Store.Kinds,
		Unit: a.Settings.Unit, Key: key})
	if err != nil {
		return nil, err
	}
	is, err := db.Head(ctx)
	if err == nil && is != head {
		err = store.ErrDamaged
	}
	if err == nil {
		err = db.Note(ctx, stale, "", a.Now())
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	for _, f := range folders {
		named, err := a.restage(filepath.Join(string(a.Home), f.use), dir, f.use, f.suffixes, key)
		if err != nil {
			return nil, err
		}
		gone = append(gone, named...)
	}
	s, err := settings.Load(a.Home)
	if err != nil {
		return nil, err
	}
	s.Clerk = a.Settings.Clerk
	if err := s.Save(next); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(next.Keys(), 0o700); err != nil {
		return nil, err
	}
	return gone, home.WriteWhole(next.Vault(), v.Bytes(), 0o600)
}

// restage writes a file, or those of a folder and of the folders in it, into another home, sealed. Papers of a home that had no
// key yet bear the names of people: they get numbers instead, and what they were called is given.
func (a *App) restage(from, dir, use string, suffixes []string, key sealed.Key) (gone []string, err error) {
	n := 0
	err = filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == from {
			return nil
		}
		ours := func(suffix string) bool { return strings.HasSuffix(name, suffix) }
		if err != nil || !d.Type().IsRegular() || !slices.ContainsFunc(suffixes, ours) {
			return err
		}
		b, err := a.key.ReadFile(use, name)
		if errors.Is(err, sealed.ErrNoSeal) && use != "keys" { // what somebody put there is kept, and closed
			b, err = os.ReadFile(name)
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(string(a.Home), name)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if use == "papers" && !a.key.Given() && !strings.Contains(rel, "\n") { // Turn takes a name a line
			gone = append(gone, rel)
			for taken := error(nil); taken == nil; _, taken = os.Lstat(filepath.Join(from, filepath.Base(to))) {
				n++
				to = filepath.Join(dir, use, fmt.Sprintf("paper-%d%s", n, filepath.Ext(name)))
			}
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		return key.WriteFile(use, to, b)
	})
	return gone, err
}

// addSheet lets the home's sheet of today open it, where there is one, and no other.
func (a *App) addSheet(v *vault.Vault, key sealed.Key) error {
	sheet, err := a.Held()
	if errors.Is(err, ErrNoSheet) {
		return nil
	}
	if err != nil {
		return err
	}
	v.Remove(key, func(h vault.Holder) bool { return h.Kind == vault.Sheet })
	return v.Add(key, vault.Holder{Kind: vault.Sheet, Of: sheet.Number(), Made: a.Now(), To: sheet.Public})
}
