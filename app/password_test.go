package app_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/keyring"
)

// The recovery sheet opens a home and gives its person another password; another sheet does not, and each try is noted.
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
	if _, err := app.UnlockBySheet(o.Home, words(other), w.Now); !errors.Is(err, app.ErrSheet) {
		t.Errorf("another sheet: %v", err)
	}
	p, err := app.UnlockBySheet(o.Home, words(s.Sheet), w.Now)
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
	a := real(t, w, o.Home, p)
	if len(views(t, a)) != 1 {
		t.Error("it is lost")
	}
	list, err := a.Audit(ctx, time.Time{}, time.Time{})
	w.Must(err)
	var noted []string
	for _, l := range slices.Backward(list) {
		if l.Do == "sheet" {
			noted = append(noted, l.Result)
		}
	}
	if !slices.Equal(noted, []string{"refused", "refused", "done"}) { // another sheet, another person, his
		t.Errorf("noted: %q", noted)
	}
}
