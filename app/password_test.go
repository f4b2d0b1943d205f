package app_test

import (
	"crypto/rand"
	"errors"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/keyring"
)

// The recovery sheet opens a home and gives its person another password; another sheet does not.
func TestSheetOpens(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	s, err := o.NewSheet(ctx, rand.Reader, false)
	w.Must(err)
	w.Must(o.Hold(ctx, s))
	other, err := keyring.NewSheet(rand.Reader)
	w.Must(err)
	o.Titles("一")
	protect(t, o)
	words := func(s keyring.Sheet) (text string) {
		for _, one := range s.Words() {
			text += one
		}
		return text
	}
	if _, err := app.UnlockBySheet(o.Home, words(other)); !errors.Is(err, app.ErrSheet) {
		t.Errorf("another sheet: %v", err)
	}
	p, err := app.UnlockBySheet(o.Home, words(s.Sheet))
	w.Must(err)
	if _, err := app.Replace(o.Home, p, "王明", "willow-by-the-pond", w.Now); !errors.Is(err, app.ErrNobody) {
		t.Errorf("nobody of that name: %v", err)
	}
	if _, err = app.Replace(o.Home, p, "李慧敏", "willow-by-the-pond", w.Now); err != nil {
		t.Error(err)
	}
	if p, err = app.Unlock(o.Home, "李慧敏", "willow-by-the-pond", w.Now); err != nil {
		t.Fatal(err)
	}
	if a := real(t, w, o.Home, p); len(views(t, a)) != 1 {
		t.Error("it is lost")
	}
}
