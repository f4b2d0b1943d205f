package app_test

import (
	"errors"
	"os"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/crew"
	"lianluo.local/data/sealed"
	"lianluo.local/data/staff"
)

const quiet = "quiet-river-9"

// two protects a home in which 李慧敏, its administrator, and 王明 work, and opens it for her.
func two(t *testing.T) (w *apptest.World, o *apptest.Seat, a *app.App) {
	t.Helper()
	apptest.Plain(t)
	w = apptest.Begin(t)
	o = w.SetUp("station", apptest.Yuanjia)
	first := hire(o, "李慧敏")
	sit(o, "李慧敏")
	hire(o, "王明", "值班员")
	o.Settings.Practice = false
	w.Must(o.Settings.Save(o.Home))
	w.Must(apptest.Err(o.Protect(ctx, app.Person{User: first.ID, Name: "李慧敏"}, phrase)))
	p, err := app.Unlock(o.Home, "李慧敏", phrase, w.Now)
	w.Must(err)
	a = real(t, w, o.Home, p)
	w.Must(apptest.Err(a.Sit(ctx, p.User)))
	w.Must(apptest.Err(a.Password(ctx, a.Clerk(), "王明", quiet)))
	return w, o, a
}

// Whoever was renamed signs in by his old name once more, with his password; from then on by the new one alone.
func TestRenamedSignsInByNewName(t *testing.T) {
	w, o, a := two(t)
	w.Must(apptest.Err(a.Staff(ctx, a.Clerk(), crew.Order{Do: staff.Rename, User: "王明", Name: "王明明"})))
	p, err := app.Unlock(o.Home, "王 明", quiet, w.Now)
	if err != nil || !p.Once || p.Name != "王明明" || !p.Lent {
		t.Fatalf("by the old name: %+v %v", p, err)
	}
	if _, err := app.Unlock(o.Home, "王明", quiet, w.Now); !errors.Is(err, app.ErrWrong) {
		t.Errorf("by the old name again: %v", err)
	}
	if p, err := app.Unlock(o.Home, "王明明", quiet, w.Now); err != nil || p.Once || p.Name != "王明明" || !p.Lent {
		t.Errorf("by the new name: %+v %v", p, err)
	}
	if p, err := app.Unlock(o.Home, "李慧敏", phrase, w.Now); err != nil || p.Once {
		t.Errorf("another: %+v %v", p, err)
	}
}

// An old copy of the vault lets in whoever was locked since, and the program says so until the key is renewed.
func TestOldVaultOpensUntilKeyIsRenewed(t *testing.T) {
	w, o, a := two(t)
	says := func(a *app.App) bool {
		t.Helper()
		rep, _, err := a.Check(ctx)
		w.Must(err)
		list, err := a.Waiting(ctx)
		w.Must(err)
		waits := false
		for _, l := range list {
			waits = waits || l.Code == "stale"
		}
		if waits != rep.Stale {
			t.Errorf("check says %v, today %v", rep.Stale, waits)
		}
		return waits
	}
	if says(a) {
		t.Error("nobody was locked")
	}
	old, err := os.ReadFile(o.Home.Vault())
	w.Must(err)
	w.Must(apptest.Err(a.Staff(ctx, a.Clerk(), crew.Order{Do: staff.Lock, User: "王明"})))
	if _, err := app.Unlock(o.Home, "王明", quiet, w.Now); !errors.Is(err, app.ErrWrong) {
		t.Errorf("he is let in: %v", err)
	}
	if !says(a) {
		t.Error("nothing is said")
	}
	key, err := a.Renew(ctx, func(app.Opener) bool { return true })
	w.Must(err)
	b := real(t, w, o.Home, app.Pass{Key: key})
	if says(b) {
		t.Error("it is said yet")
	}
	w.Must(b.Close())
	w.Must(os.WriteFile(o.Home.Vault(), old, 0o600))
	p, err := app.Unlock(o.Home, "王明", quiet, w.Now)
	w.Must(err)
	if _, err := app.Open(ctx, app.Options{Home: o.Home, Key: p.Key}); !errors.Is(err, sealed.ErrKey) {
		t.Errorf("an old vault opens: %v", err)
	}
}
