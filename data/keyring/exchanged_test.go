package keyring

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// Whoever can write into a protected home, and has not its key, puts no key of his own there to which what is sent, or what
// was said in confidence, is sealed from then on, and none that signs.
func TestNobodyExchangesKeys(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		key, err := sealed.New(name, rand.Reader)
		dir, theirs := t.TempDir(), t.TempDir()
		own, err2 := Create(dir, name, key, rand.Reader)
		other, err3 := Create(theirs, name, none, rand.Reader)
		s, err4 := sheetOf(t, 7).Holder(name, time.Time{})
		if err := errors.Join(err, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(SetRecovery(dir, key, own.Public()), SaveSheet(dir, key, s)); err != nil {
			t.Fatal(err)
		}
		id, err := Load(dir, key)
		if err != nil || id.Recovery == nil || !id.Recovery.Equal(own.Public()) {
			t.Fatalf("%s: %v, %v", name, id.Recovery, err)
		}
		if h, err := LoadSheet(dir, key); err != nil || !h.Equal(s.Public) {
			t.Fatalf("%s: %v", name, err)
		}
		public, err := json.Marshal(other.Public())
		if err != nil {
			t.Fatal(err)
		}
		sign, err := os.ReadFile(filepath.Join(theirs, "keys", "sign.key"))
		if err != nil {
			t.Fatal(err)
		}
		for file, b := range map[string][]byte{recoveryFile: public, sheetFile: public, "sign.key": sign} {
			file := filepath.Join(dir, "keys", file)
			was, err := os.ReadFile(file)
			if err := errors.Join(err, os.WriteFile(file, b, 0o600)); err != nil {
				t.Fatal(err)
			}
			_, err = Load(dir, key)
			_, sheet := LoadSheet(dir, key)
			if !errors.Is(errors.Join(err, sheet), sealed.ErrNoSeal) {
				t.Errorf("%s: a %s that somebody put there is believed", name, filepath.Base(file))
			}
			if err := os.WriteFile(file, was, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
