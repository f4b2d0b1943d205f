package app_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
	"lianluo.local/data/vault"
)

// A computer that was stolen is followed by another one, with a key of its own: the copy on the stick opens there with
// the password of then, and is sealed with the key of now. Nobody else reads it.
func TestSealedCopyElsewhere(t *testing.T) {
	t.Run("age", func(t *testing.T) { copiedElsewhere(t, "age", suite.Age) })
	t.Run("sm", func(t *testing.T) { copiedElsewhere(t, "sm", suite.SM) })
}

func copiedElsewhere(t *testing.T, name, full string) {
	w := apptest.Begin(t)
	random := rand.NewChaCha8([32]byte{5})
	protected := func(password string) (h home.Home, key sealed.Key) {
		h = home.Home(filepath.Join(t.TempDir(), "home"))
		v, key, err := vault.New(full, random)
		w.Must(err)
		w.Must(v.AddPassword(key, vault.Holder{User: "1", Name: "王明"}, password, vault.Stretch{Time: 1, Memory: 8 << 10}))
		w.Must(apptest.Err(setup.Home(ctx, h, setup.Answers{Role: "station", Unit: apptest.Yuanjia, Suite: name,
			Key: key}, random)))
		w.Must(os.WriteFile(h.Vault(), v.Bytes(), 0o600))
		return h, key
	}
	stolen, key := protected("quiet-river-9")
	a, err := app.Open(ctx, app.Options{Home: stolen, Key: key})
	w.Must(err)
	before := &apptest.Seat{App: a, World: w}
	before.Titles("路灯不亮")
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.Must(a.Store.Backup(ctx, copied))
	w.Must(a.Close())

	h, own := protected("sunny-hill-12")
	records, err := app.Records(h, own)
	w.Must(err)
	if _, err := records.Look(ctx, copied); !errors.Is(err, archive.ErrLocked) {
		t.Errorf("opened with another key: %v", err)
	}
	records.Opens = app.ByPassword("王明", "sunny-hill-12")
	if _, err := records.Look(ctx, copied); !errors.Is(err, app.ErrThen) {
		t.Errorf("opened with another password: %v", err)
	}
	records.Opens = app.ByPassword("王明", "quiet-river-9")
	if c, err := records.Look(ctx, copied); err != nil || c.Matters != 1 {
		t.Errorf("%+v %v", c, err)
	}
	w.Must(apptest.Err(records.Restore(ctx, copied, w.Now)))
	if _, err := app.Open(ctx, app.Options{Home: h, Key: key}); !errors.Is(err, sealed.ErrKey) {
		t.Errorf("the key of then opens what lies here now: %v", err)
	}
	a, err = app.Open(ctx, app.Options{Home: h, Key: own})
	w.Must(err)
	if after := (&apptest.Seat{App: a, World: w}); !after.Known("路灯不亮") {
		t.Error("nothing was put back")
	}
	w.Must(a.Close())
}
