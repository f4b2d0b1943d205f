package app_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/keyring"
	"lianluo.local/data/problem"
	"lianluo.local/data/sealed"
	"lianluo.local/data/vault"
)

// Who forgot his password is let in again by the office above over a stick, once the digits were compared by telephone; a
// stick that puts its own key in is found, and what comes back opens nothing for whoever has not the new password.
func TestForgotten(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	w.Enrol(station, county)
	station.Titles("一")
	h := station.Home
	w.Must(apptest.Err(station.Protect(ctx, app.Person{User: "user-1", Name: "李慧敏"}, phrase)))
	station.Open(h) // it opens by itself, as practice does
	if r, err := station.Round(ctx, station.Clerk()); errors.Join(err, r.Pass) != nil {
		t.Fatal(err, r.Pass)
	}
	held, strange, err := station.Passes(ctx)
	kinds := map[string]int{}
	for _, h := range held {
		kinds[h.Kind]++
	}
	if err != nil || strange != 0 || kinds[vault.Above] != 1 || kinds[vault.Password] != 1 {
		t.Fatalf("%v, %d strange: %v", kinds, strange, err)
	}
	w.Must(station.Close())
	stick := t.TempDir()
	ask, answer := filepath.Join(stick, "申请.json"), filepath.Join(stick, "答复.json")
	if _, err := app.AskHelp(h, "李慧敏", "12345678", ask, w.Now); !errors.As(err, new(problem.Problems)) {
		t.Errorf("a weak one: %v", err)
	}
	asked, err := app.AskHelp(h, "李慧敏", "willow-by-the-pond", ask, w.Now)
	w.Must(err)
	r, err := county.ReadHelp(ask)
	w.Must(err)
	if err := county.AnswerHelp(ctx, r, "1234567890123452", answer); err == nil {
		t.Error("answered without the digits")
	}
	// the stick puts in a key of its own
	thief, err := keyring.Create(t.TempDir(), station.Trust.Keys().Current.Suite, sealed.Key{}, rand.Reader)
	w.Must(err)
	swapped := r
	swapped.To = thief.Public()
	if err := county.AnswerHelp(ctx, swapped, asked.Digits, answer); !errors.Is(err, app.ErrDigits) {
		t.Errorf("another key was put in: %v", err)
	}
	w.Must(county.AnswerHelp(ctx, r, asked.Digits, answer))
	if _, err := app.TakeHelp(h, "willow-by-the-lake", answer, w.Now); !errors.Is(err, app.ErrOtherHelp) {
		t.Errorf("another password: %v", err)
	}
	b, err := json.Marshal(vault.Answer{Lianluo: "help answer 1", Unit: r.Unit, To: r.To, Half: []byte("x")})
	w.Must(err)
	forged := filepath.Join(stick, "假.json")
	w.Must(os.WriteFile(forged, b, 0o600))
	if _, err := app.TakeHelp(h, "willow-by-the-pond", forged, w.Now); !errors.Is(err, app.ErrOtherHelp) {
		t.Errorf("a forged answer: %v", err)
	}
	p, err := app.TakeHelp(h, "willow-by-the-pond", answer, w.Now)
	if err != nil || p.User != "user-1" {
		t.Fatalf("%+v %v", p, err)
	}
	if _, err := app.Unlock(h, "李慧敏", phrase, w.Now); !errors.Is(err, app.ErrWrong) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := app.Unlock(h, "李慧敏", "willow-by-the-pond", w.Now); err != nil {
		t.Error(err)
	}
	if _, err := app.TakeHelp(h, "willow-by-the-pond", answer, w.Now); !errors.Is(err, app.ErrUnasked) {
		t.Errorf("twice: %v", err)
	}
}
