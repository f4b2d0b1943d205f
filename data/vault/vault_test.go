package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/keyring"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// light is a stretching for tests that make many.
var light = Stretch{1, 64}

var made = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// chance is randomness that a test can draw again.
func chance(n byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{n}) }

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// office is a vault with two people, a sheet and an account, in a file.
func office(t *testing.T, name string, s Stretch) (v *Vault, key sealed.Key, sheet suite.Secret, seed []byte) {
	t.Helper()
	v, key, err := New(name, chance(1))
	if err != nil {
		t.Fatal(err)
	}
	for user, p := range map[string][2]string{"user-1": {"李慧敏", "凤山七巷下雨了"}, "user-2": {"王明", "quiet-river-9"}} {
		if err := v.AddPassword(key, Holder{User: user, Name: p[0], Made: made}, p[1], s); err != nil {
			t.Fatal(err)
		}
	}
	words := must[keyring.Sheet](t)(keyring.NewSheet(chance(2)))
	sheet = must[suite.Secret](t)(words.Keys(name))
	h := must[keyring.Holder](t)(words.Holder(name, made))
	if err := v.Add(key, Holder{Kind: Sheet, Made: made, To: h.Public}); err != nil {
		t.Fatal(err)
	}
	seed = must[[]byte](t)(v.AddSeed(key, Holder{Kind: Account, Made: made}, chance(3)))
	return must[*Vault](t)(Parse(v.Bytes())), key, sheet, seed
}

func same(k, other sealed.Key) bool { return k.Given() && bytes.Equal(k.Bytes(), other.Bytes()) }

// Each of those who may gets the one key, in any spelling; nobody else does, and nothing in the file says who they are.
func TestWhoOpens(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		v, key, sheet, seed := office(t, name, light)
		for _, try := range [][2]string{{"李慧敏", "凤山七巷下雨了"}, {" 李 慧敏", "凤山七巷下雨了"}, {"王明", "ｑｕｉｅｔ-river-9"}} {
			if k, h, err := v.ByPassword(try[0], try[1]); err != nil || !same(k, key) || h.Kind != Password || h.User == "" {
				t.Errorf("%s %q: %v %v", name, try, h, err)
			}
		}
		if k, h, err := v.Open(sheet); err != nil || !same(k, key) || h.Kind != Sheet {
			t.Errorf("%s sheet: %v %v", name, h, err)
		}
		if k, _, err := v.BySeed(Account, seed); err != nil || !same(k, key) {
			t.Errorf("%s account: %v", name, err)
		}
		for _, try := range [][2]string{{"王明", "凤山七巷下雨了"}, {"李慧敏", "凤山七巷下雨"}, {"", ""}, {"李慧", "敏凤山七巷下雨了"}} {
			if k, h, err := v.ByPassword(try[0], try[1]); !errors.Is(err, ErrWrong) || k.Given() || h.User != "" {
				t.Errorf("%s %q opens: %v", name, try, err)
			}
		}
		if _, _, err := v.ByItself(); !errors.Is(err, ErrWrong) {
			t.Errorf("%s opens by itself: %v", name, err)
		}
		b := v.Bytes()
		for _, secret := range []string{"李慧敏", "王明", "user-1", "user-2", "凤山", "river", string(key.Bytes())} {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("%s: %q stands in the file", name, secret)
			}
		}
	}
}

// A practice home opens by itself, and its file is of one suite and one home.
func TestPracticeOpensByItself(t *testing.T) {
	v, key, err := New(suite.Age, chance(4))
	if err != nil {
		t.Fatal(err)
	}
	must[[]byte](t)(v.AddSeed(key, Holder{Kind: Practice, Made: made}, chance(5)))
	v = must[*Vault](t)(Parse(v.Bytes()))
	if k, _, err := v.ByItself(); err != nil || !same(k, key) {
		t.Error(err)
	}
	o, okey, _, _ := office(t, suite.Age, light)
	o.slots = append(o.slots, v.slots...)
	if _, _, err := o.ByItself(); !errors.Is(err, ErrWrong) {
		t.Errorf("a slot of another home opens: %v", err)
	}
	if hs, strange := o.Holders(okey); len(hs) != 4 || strange != 1 {
		t.Errorf("%d holders, %d strange", len(hs), strange)
	}
}

// A changed password closes the old one, whoever is taken out stays out, and a renewed key is sealed to those who are
// known alone; what a newer program wrote into the file stays there.
func TestVaultChanges(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		v, key, sheet, seed := office(t, name, light)
		h := Holder{User: "user-2", Name: "王明", Made: made}
		if err := v.AddPassword(key, h, "another-river-9", light); err != nil {
			t.Fatal(err)
		}
		if _, _, err := v.ByPassword("王明", "quiet-river-9"); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: the old password: %v", name, err)
		}
		if err := v.AddPassword(key, Holder{User: "user-3", Name: "王明", Made: made}, "another-river-9", light); !errors.Is(
			err, ErrTaken) {
			t.Errorf("%s: two of one name and password: %v", name, err)
		}
		thief := must[suite.Secret](t)(pair(name, make([]byte, sealed.Size), "thief"))
		to := must[suite.Public](t)(public(thief))
		made2, other, _ := New(name, chance(6))
		made2.id = v.id
		if err := made2.Add(other, Holder{Kind: Sheet, To: to}); err != nil {
			t.Fatal(err)
		}
		v.slots = append(v.slots, made2.slots...)
		file := bytes.Replace(v.Bytes(), []byte(`"suite"`), []byte(`"later": [1], "suite"`), 1)
		v = must[*Vault](t)(Parse(file))
		next, fresh, err := v.Renew(key, chance(7))
		if err != nil {
			t.Fatal(err)
		}
		next = must[*Vault](t)(Parse(next.Bytes()))
		if _, _, err := next.Open(thief); !errors.Is(err, ErrWrong) || same(fresh, key) {
			t.Errorf("%s: the renewed key is sealed to who put himself in: %v", name, err)
		}
		k1, _, err1 := next.ByPassword("王明", "another-river-9")
		k2, _, err2 := next.Open(sheet)
		k3, _, err3 := next.BySeed(Account, seed)
		if errors.Join(err1, err2, err3) != nil || !same(k1, fresh) || !same(k2, fresh) || !same(k3, fresh) {
			t.Errorf("%s: renewed: %v", name, errors.Join(err1, err2, err3))
		}
		if n := next.Remove(fresh, func(h Holder) bool { return h.User == "user-1" }); n != 1 {
			t.Errorf("%s: %d taken out", name, n)
		}
		if _, _, err := next.ByPassword("李慧敏", "凤山七巷下雨了"); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: who was taken out: %v", name, err)
		}
		if !bytes.Contains(next.Bytes(), []byte(`"later"`)) {
			t.Errorf("%s: what a newer program wrote is lost", name)
		}
	}
}

// The usual stretching takes what it says, and no more memory than that.
func BenchmarkPassword(b *testing.B) {
	v, _, err := New(suite.Age, chance(1))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.stretch("王明", "quiet-river-9", Usual); err != nil {
			b.Fatal(err)
		}
	}
}

// Of 10,000 files that are noise, or a real one with bytes, numbers and lines changed, none panics, opens for a wrong
// password, costs more than the bounds say, or answers a right password otherwise than with the key or as a wrong one.
func TestTenThousandFiles(t *testing.T) {
	r := rand.New(chance(8))
	var files [][]byte
	var keys []sealed.Key
	for _, name := range []string{suite.Age, suite.SM} {
		v, key, _, _ := office(t, name, Stretch{1, 8})
		v.Remove(key, func(h Holder) bool { return h.Kind != Password })
		files, keys = append(files, v.Bytes()), append(keys, key)
	}
	var most, opened, damaged int
	for i := range 12_000 { // keys are drawn anew, and so many open in each run
		n := r.IntN(len(files))
		b := mutated(r, files[n])
		var before, after runtime.MemStats
		if i%100 == 0 {
			runtime.ReadMemStats(&before)
		}
		v, err := Parse(b)
		if i%100 == 0 {
			runtime.ReadMemStats(&after)
			most = max(most, int(after.TotalAlloc-before.TotalAlloc))
		}
		if err != nil {
			damaged++
			if k := err.Error(); strings.Contains(k, "王明") || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
				t.Fatalf("%q: %v", b, err)
			}
			continue
		}
		for _, s := range v.stretches() {
			if s.Memory > maxKiB || uint64(s.Memory)*uint64(s.Time) > maxWork {
				t.Fatalf("%q: stretches by %v", b, s)
			}
		}
		if slow(v) {
			continue // within the bounds, and not for a test
		}
		if k, _, err := v.ByPassword("王明", "quiet-river-8"); !errors.Is(err, ErrWrong) || k.Given() {
			t.Fatalf("%q: opens for a wrong password: %v", b, err)
		}
		switch k, h, err := v.ByPassword("王明", "quiet-river-9"); {
		case err == nil && same(k, keys[n]) && h.User == "user-2":
			opened++
		case !errors.Is(err, ErrWrong) || k.Given() || h.User != "":
			t.Fatalf("%q: %v, %v", b, h, err)
		}
		if h, _ := v.Holders(keys[n]); len(h) > 2 {
			t.Fatalf("%q: %d holders", b, len(h))
		}
	}
	if most > 16<<20 || opened < 500 || damaged < 2000 {
		t.Errorf("%d bytes at most, %d opened, %d damaged", most, opened, damaged)
	}
}

func slow(v *Vault) bool {
	sum := uint64(0)
	for _, s := range v.stretches() {
		sum += uint64(s.Time) * uint64(s.Memory)
	}
	return sum > 1024
}

// mutated is a file with something changed, or noise.
func mutated(r *rand.Rand, file []byte) []byte {
	b := bytes.Clone(file)
	for range 1 + r.IntN(6)/4 {
		at := r.IntN(len(b) - 1)
		switch r.IntN(9) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = byte(r.Uint32())
		case 2:
			b = b[:at+1]
		case 3:
			b = bytes.Clone(append(b[:at], b[min(len(b), at+1+r.IntN(40)):]...))
		case 4:
			b = append(b, b[at:]...)
		case 5, 8: // another number
			b = bytes.Replace(b, []byte(`"memory": 8`), []byte(`"memory": `+
				[]string{"0", "-1", "7", "9", "1e9", "4294967295", "262144", `"8"`, "1048576"}[r.IntN(9)]), 1+r.IntN(2))
		case 6: // lines exchanged
			lines := bytes.Split(b, []byte("\n"))
			i, j := r.IntN(len(lines)), r.IntN(len(lines))
			lines[i], lines[j] = lines[j], lines[i]
			b = bytes.Join(lines, []byte("\n"))
		case 7:
			noise := make([]byte, r.IntN(2000))
			for i := range noise {
				noise[i] = byte(r.Uint32())
			}
			if r.IntN(2) == 0 {
				noise, _ = json.Marshal(map[string]any{"lianluo": head, "suite": suite.Age, "id": noise[:min(len(noise), 16)],
					"slots": []any{map[string]any{"kind": Password, "time": 1, "memory": 8, "key": noise}}})
			}
			b = noise
		}
		if len(b) < 2 {
			return b
		}
	}
	return b
}

// Whose name becomes another one keeps his password and what a newer program wrote of him; the others keep theirs.
func TestRename(t *testing.T) {
	v, key, _, _ := office(t, suite.Age, light)
	later := bytes.ReplaceAll(v.Bytes(), []byte(`"kind": "password",`), []byte(`"kind": "password", "later": 1,`))
	v = must[*Vault](t)(Parse(later))
	if err := v.Rename(key, "user-2", "王明明"); err != nil {
		t.Fatal(err)
	}
	v = must[*Vault](t)(Parse(v.Bytes()))
	if n := bytes.Count(v.Bytes(), []byte(`"later"`)); n != 2 {
		t.Errorf("%d of 2 slots kept what they do not know", n)
	}
	if _, h, err := v.ByPassword("王明", "quiet-river-9"); err != nil || h.Name != "王明明" || h.User != "user-2" {
		t.Errorf("%+v %v", h, err)
	}
	if _, h, err := v.ByPassword("李慧敏", "凤山七巷下雨了"); err != nil || h.Name != "李慧敏" {
		t.Errorf("%+v %v", h, err)
	}
}
