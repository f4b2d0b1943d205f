package keyring

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/outside"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

func given(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

// none is what opens the keys of a home that is not protected.
var none sealed.Key

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// both runs a test in each suite.
func both(t *testing.T, test func(t *testing.T, name string)) {
	for _, name := range []string{suite.Age, suite.SM} {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}

func someone(t testing.TB, name string, seed byte, unit, role string) (Identity, Card) {
	t.Helper()
	id, card, _ := atHome(t, name, seed, unit, role)
	return id, card
}

func atHome(t testing.TB, name string, seed byte, unit, role string) (Identity, Card, string) {
	t.Helper()
	home := t.TempDir()
	id, err := Create(home, name, none, given(seed))
	if err != nil {
		t.Fatal(err)
	}
	return id, Card{Unit: unit, Name: "城关站", Role: role, Phone: "0877-1234567", Replica: journal.Replica{seed},
		Incarnation: 1, Public: id.Public(), Asked: noon}, home
}

func TestKeysAreMadeOnceAndReadBack(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		home := t.TempDir()
		if _, err := Load(home, none); !errors.Is(err, ErrNone) {
			t.Fatalf("no keys: %v", err)
		}
		made, err := Create(home, name, none, given(1))
		if err != nil {
			t.Fatal(err)
		}
		read, err := Load(home, none)
		if err != nil || !read.Public().Equal(made.Public()) || read.Public().Suite() != name || read.Current.Suite != name {
			t.Fatalf("read back: %v", err)
		}
		again, _ := Create(t.TempDir(), name, none, given(1))
		if !again.Public().Equal(made.Public()) {
			t.Error("the same randomness gave other keys")
		}
		if _, err := Create(home, name, none, given(2)); !errors.Is(err, ErrExists) {
			t.Errorf("second set-up: %v", err)
		}
		s, _ := suite.Named(name)
		for _, file := range []string{"sign.key", s.File()} {
			file = filepath.Join(home, "keys", file)
			info, err := os.Stat(file)
			if err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" { // there the home's access list says who may
				t.Errorf("%s: %v %v", file, info.Mode(), err)
			}
			kept, _ := os.ReadFile(file)
			os.WriteFile(file, []byte("#\n"), 0o600)
			if _, err := Load(home, none); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s emptied: %v", file, err)
			}
			os.Remove(file)
			if _, err := Load(home, none); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s lost: %v", file, err)
			}
			os.WriteFile(file, kept, 0o600)
		}
		if left, _ := filepath.Glob(filepath.Join(home, "*.part")); left != nil {
			t.Error("left behind:", left)
		}
		if _, err := Create(t.TempDir(), name, none, strings.NewReader("short")); err == nil {
			t.Error("keys from too little randomness")
		}
	})
	if _, err := Create(t.TempDir(), "rot13", none, given(1)); !errors.Is(err, suite.ErrUnknown) {
		t.Errorf("unknown suite: %v", err)
	}
}

// What the first program wrote: keys, a request, a certificate.
func TestWhatWasWrittenBeforeStaysReadable(t *testing.T) {
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("testdata/before", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	id, err := Load("testdata/before", none)
	now, card := someone(t, suite.Age, 1, "530402002003Z1", "station")
	if err != nil || !id.Public().Equal(now.Public()) {
		t.Errorf("keys: %v", err)
	}
	seen, err := OpenRequest(read("enrol.request"))
	if err != nil || seen.Hash() != card.Hash() {
		t.Errorf("request: %+v %v", seen, err)
	}
	if c, err := OpenCertificate(read("enrol.certificate"), card); err != nil || c.By.Unit != "530402" {
		t.Errorf("certificate: %v", err)
	}
	if b, err := id.Request(card); err != nil || !bytes.Equal(b, read("enrol.request")) {
		t.Errorf("a request is written in other bytes than before: %v\n%s", err, b)
	}
}

func TestOtherToolsReadTheKeys(t *testing.T) {
	for _, tool := range []struct{ suite, name, file, args, want string }{
		{suite.Age, "age-keygen", "age.key", "-y", "age1"},
		{suite.Age, "openssl", "sign.key", "pkey -noout -text -in", "ED25519"},
		{suite.SM, "openssl", "sign.key", "pkey -noout -text -in", "SM2"},
		{suite.SM, "openssl", "sm2.key", "pkey -noout -text -in", "SM2"},
	} {
		outside.Needs(t, tool.name)
		_, card, home := atHome(t, tool.suite, 1, "530402002003Z1", "station")
		if tool.want == "age1" {
			tool.want = card.Age
		}
		args := append(strings.Fields(tool.args), filepath.Join(home, "keys", tool.file))
		out, err := exec.Command(tool.name, args...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), tool.want) {
			t.Errorf("%s: %v %s", tool.name, err, out)
		}
	}
}

func TestEnrolment(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		station, mine := someone(t, name, 1, "530402002003Z1", "station")
		county, theirs := someone(t, name, 2, "530402", "county")
		request, err := station.Request(mine)
		if err != nil {
			t.Fatal(err)
		}
		seen, err := OpenRequest(request)
		if err != nil || seen.Hash() != mine.Hash() || seen.Name != mine.Name || !seen.Asked.Equal(noon) {
			t.Fatalf("request: %+v %v", seen, err)
		}
		if fp := Fingerprint(seen); Mistyped(fp) || fp != Fingerprint(mine) || fp == Fingerprint(theirs) {
			t.Errorf("fingerprint %q", fp)
		}
		if name := RequestName(mine); !strings.HasPrefix(name, "enrol-") || strings.Contains(name, Fingerprint(mine)[:8]) {
			t.Error(name)
		}
		paper, err := county.Certify(theirs, seen, noon)
		if err != nil {
			t.Fatal(err)
		}
		c, err := OpenCertificate(paper, mine)
		if err != nil || !c.By.Equal(county.Public()) || c.Unit != mine.Unit {
			t.Fatalf("certificate: %+v %v", c, err)
		}
		moved := mine
		moved.Phone, moved.Incarnation = "none", 2
		if _, err := OpenCertificate(paper, moved); err != nil {
			t.Error("a new telephone undid the acceptance:", err)
		}
		_, other := someone(t, name, 3, mine.Unit, "station")
		if _, err := OpenCertificate(paper, other); !errors.Is(err, ErrStranger) {
			t.Errorf("another's certificate: %v", err)
		}
		if _, err := station.Certify(theirs, mine, noon); !errors.Is(err, ErrForged) {
			t.Errorf("certificate in another's name: %v", err)
		}
		if _, err := station.Request(other); !errors.Is(err, ErrForged) {
			t.Errorf("request in another's name: %v", err)
		}
	})
}

func TestWhatIsNoRequest(t *testing.T) {
	both(t, func(t *testing.T, name string) {
		station, mine := someone(t, name, 1, "530402002003Z1", "station")
		good, _ := station.Request(mine)
		certificate, _ := station.Certify(mine, mine, noon)
		swap := func(old, new string) []byte {
			b := bytes.ReplaceAll(good, []byte(old), []byte(new))
			if bytes.Equal(b, good) {
				t.Fatalf("%q is not in the request", old)
			}
			return b
		}
		for _, c := range []struct {
			what string
			file []byte
			want error
		}{
			{"re-indented", swap("\n", "\n  "), nil},
			{"empty", nil, ErrDamaged},
			{"half", good[:len(good)/2], ErrDamaged},
			{"another word", swap("城关站", "城关点"), ErrForged},
			{"another unit", swap("530402002003Z1", "530402002003Z2"), ErrForged},
			{"a path for a unit", swap("530402002003Z1", "../../etc"), ErrDamaged},
			{"a certificate", certificate, ErrDamaged},
			{"a certificate renamed", bytes.Replace(certificate, []byte("certificate 1"), []byte("request 1"), 1), ErrDamaged},
			{"newer", swap("request 1", "request 2"), ErrNewer},
			{"long", append(bytes.Clone(good), bytes.Repeat([]byte(" "), MaxPaper)...), ErrTooLarge},
			{"no key", swap(`"sign": "`+base64.StdEncoding.EncodeToString(mine.Sign), `"sign": "`), ErrDamaged},
			{"unknown suite", swap(map[string]string{suite.Age: `"age"`, suite.SM: `"sm2"`}[name], `"p256"`), ErrNewer},
		} {
			if _, err := OpenRequest(c.file); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.what, err, c.want)
			}
		}
		for i := range good { // no byte of a paper can be lost
			if _, err := OpenRequest(good[:i]); err == nil && i < len(good)-1 {
				t.Fatalf("cut at %d of %d was believed", i, len(good))
			}
		}
	})
}

func TestTheOtherSuiteIsRefused(t *testing.T) {
	for _, names := range [][2]string{{suite.Age, suite.SM}, {suite.SM, suite.Age}} {
		_, mine := someone(t, names[0], 1, "530402002003Z1", "station")
		county, theirs := someone(t, names[1], 2, "530402", "county")
		paper, err := county.Certify(theirs, mine, noon)
		if !errors.Is(err, ErrSuite) || paper != nil {
			t.Errorf("%s accepted by %s: %v", names[0], names[1], err)
		}
		var own interface{ Sentence() string }
		if !errors.As(err, &own) || !strings.Contains(own.Sentence(), "加密方式") {
			t.Errorf("nothing to tell a person: %v", err)
		}
		forced := Certificate{ // no honest county writes it
			By: theirs, Unit: mine.Unit, Accepts: mine.Hash(), Granted: noon}
		if paper, err = county.seal("certificate", forced); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenCertificate(paper, mine); !errors.Is(err, ErrSuite) {
			t.Errorf("certificate by %s: %v", names[1], err)
		}
		if err := SetRecovery(t.TempDir(), none, theirs.Public); !errors.Is(err, ErrNone) {
			t.Error(err)
		}
		_, _, home := atHome(t, names[0], 4, "530402002003Z1", "station")
		if err := SetRecovery(home, none, theirs.Public); !errors.Is(err, ErrSuite) {
			t.Errorf("recovery key: %v", err)
		}
	}
}

func FuzzOpenRequest(f *testing.F) {
	for _, name := range []string{suite.Age, suite.SM} {
		station, mine := someone(f, name, 1, "530402002003Z1", "station")
		good, _ := station.Request(mine)
		f.Add(good)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := OpenRequest(b); err == nil && (c.Check() != nil || c.Unit == "") {
			t.Errorf("believed %+v", c)
		}
	})
}

func BenchmarkFingerprint(b *testing.B) {
	_, c := someone(b, suite.Age, 1, "530402002003Z1", "station")
	for b.Loop() {
		Fingerprint(c)
	}
}

// The secret keys of a protected home are readable with its data key alone; what others know of them lies open.
func TestSealedKeys(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		home := t.TempDir()
		key, err1 := sealed.Read(name, bytes.Repeat([]byte{1}, sealed.Size))
		other, err2 := sealed.Read(name, bytes.Repeat([]byte{2}, sealed.Size))
		made, err3 := Create(home, name, key, rand.NewChaCha8([32]byte{9}))
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		if id, err := Load(home, key); err != nil || !id.Public().Equal(made.Public()) {
			t.Error(err)
		}
		for _, k := range []sealed.Key{none, other} {
			if _, err := Load(home, k); !errors.Is(err, sealed.ErrKey) {
				t.Error("with another data key: ", err)
			}
		}
		files, _ := filepath.Glob(filepath.Join(home, "keys", "*.key"))
		for _, file := range files {
			if b, err := os.ReadFile(file); err != nil || !sealed.Is(b) {
				t.Errorf("%s lies open %v", file, err)
			}
		}
		if len(files) != 2 {
			t.Error(files)
		}
	}
}
