package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// The office above mends a forgotten password: what passes over the stick opens for nobody else, not for the office,
// not by the old half or another password, and a stick that puts a key of its own in has other digits.
func TestHelp(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		v, key, _, _ := office(t, name, light)
		kind := must[suite.Suite](t)(suite.Named(name))
		county := must[suite.Secret](t)(kind.Make(rand.Reader))
		thief := must[suite.Secret](t)(kind.Make(rand.Reader))
		half := must[[]byte](t)(v.AddAbove(key, Holder{User: "141102000000", Made: made},
			[]suite.Public{must[suite.Public](t)(public(county))}, rand.Reader))
		v = must[*Vault](t)(Parse(v.Bytes()))
		asked := must[Asked](t)(v.Ask("141102002003D1-A", "王明", "willow-by-the-pond", light, made, rand.Reader))
		if b := must[[]byte](t)(json.Marshal(asked)); bytes.Contains(b, []byte("王明")) {
			t.Errorf("%s: anybody reads who asked: %s", name, b)
		}
		b := must[[]byte](t)(json.Marshal(asked.Request))
		r := must[Request](t)(ReadRequest(b))
		if r.Sum() != asked.Request.Sum() {
			t.Errorf("%s: the digits differ", name)
		}
		swapped := r
		swapped.To = must[suite.Public](t)(public(thief))
		if swapped.Sum() == r.Sum() {
			t.Errorf("%s: another's key has the same digits", name)
		}
		if _, err := r.Answer([]suite.Secret{thief}); !errors.Is(err, ErrNoHelp) {
			t.Errorf("%s: another office helps: %v", name, err)
		}
		answer := must[Answer](t)(r.Answer([]suite.Secret{thief, county}))
		answer = must[Answer](t)(ReadAnswer(must[[]byte](t)(json.Marshal(answer))))
		if k, h, err := v.ByHelp(asked, "willow-by-the-pond", answer, half); err != nil || !same(k, key) || h.Kind != Above ||
			h.Name != "王明" {
			t.Errorf("%s: %v %v", name, h, err)
		}
		theirs, _ := swapped.Answer([]suite.Secret{county})
		if _, _, err := v.ByHelp(asked, "willow-by-the-pond", theirs, half); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: an answer to another: %v", name, err)
		}
		for what, try := range map[string]func() error{
			"another password": func() error { _, _, err := v.ByHelp(asked, "willow-by-the-pont", answer, half); return err },
			"no half": func() error {
				_, _, err := v.ByHelp(asked, "willow-by-the-pond", answer, make([]byte, sealed.Size))
				return err
			},
			"the office itself": func() error {
				plain, err := kind.Decrypt(r.Half, []suite.Secret{county})
				if err != nil {
					return err
				}
				for _, seed := range [][]byte{plain[len(v.mark()):], plain} {
					if own, err := pair(name, seed, Above); err == nil {
						if _, _, err = v.Open(own); err == nil {
							return nil
						}
					}
				}
				_, _, err = v.Open(county)
				return err
			},
		} {
			if err := try(); !errors.Is(err, ErrWrong) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
		if _, err := v.Ask("", "", "", light, time.Time{}, rand.Reader); err != nil {
			t.Error(err)
		}
	}
	v, _, err := New(suite.Age, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Ask("", "王明", "", light, made, rand.Reader); !errors.Is(err, ErrNoHelp) {
		t.Errorf("nobody above: %v", err)
	}
}
