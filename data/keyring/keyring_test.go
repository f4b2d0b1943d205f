package keyring

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
)

func given(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func someone(t testing.TB, seed byte, unit, role string) (Identity, Card) {
	t.Helper()
	id, err := Create(t.TempDir(), given(seed))
	if err != nil {
		t.Fatal(err)
	}
	return id, Card{Unit: unit, Name: "城关站", Role: role, Phone: "0877-1234567", Replica: journal.Replica{seed},
		Incarnation: 1, Sign: id.Public(), Age: id.Recipient(), Asked: noon}
}

func TestKeysAreMadeOnceAndReadBack(t *testing.T) {
	home := t.TempDir()
	if _, err := Load(home); !errors.Is(err, ErrNone) {
		t.Fatalf("no keys: %v", err)
	}
	made, err := Create(home, given(1))
	if err != nil {
		t.Fatal(err)
	}
	read, err := Load(home)
	if err != nil || !read.Sign.Equal(made.Sign) || read.Age.String() != made.Age.String() {
		t.Fatalf("read back: %v", err)
	}
	again, _ := Create(t.TempDir(), given(1))
	if !again.Sign.Equal(made.Sign) || again.Recipient() != made.Recipient() {
		t.Error("the same randomness gave other keys")
	}
	if _, err := Create(home, given(2)); !errors.Is(err, ErrExists) {
		t.Errorf("second set-up: %v", err)
	}
	for _, name := range []string{"sign.key", "age.key"} {
		file := filepath.Join(home, "keys", name)
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
		os.WriteFile(file, []byte("#\n"), 0o600)
		if _, err := Load(home); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s emptied: %v", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(home, "*.part")); left != nil {
		t.Error("left behind:", left)
	}
	if _, err := Create(t.TempDir(), strings.NewReader("short")); err == nil {
		t.Error("keys from too little randomness")
	}
}

func TestOtherToolsReadTheKeys(t *testing.T) {
	home := t.TempDir()
	id, err := Create(home, given(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range []struct{ name, file, args, want string }{
		{"age-keygen", "age.key", "-y", id.Recipient()},
		{"openssl", "sign.key", "pkey -noout -text -in", "ED25519"},
	} {
		if _, err := exec.LookPath(tool.name); err != nil {
			t.Logf("%s is not installed: not compared", tool.name)
			continue
		}
		args := append(strings.Fields(tool.args), filepath.Join(home, "keys", tool.file))
		out, err := exec.Command(tool.name, args...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), tool.want) {
			t.Errorf("%s: %v %s", tool.name, err, out)
		}
	}
}

func TestEnrolment(t *testing.T) {
	station, mine := someone(t, 1, "530402002003Z1", "station")
	county, theirs := someone(t, 2, "530402", "county")
	request, err := station.Request(mine)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := OpenRequest(request)
	if err != nil || seen.Hash() != mine.Hash() || seen.Name != mine.Name || !seen.Asked.Equal(noon) {
		t.Fatalf("request: %+v %v", seen, err)
	}
	if fp := Fingerprint(seen); len(fp) != 10 || fp != Fingerprint(mine) || fp == Fingerprint(theirs) {
		t.Errorf("fingerprint %q", fp)
	}
	if got := RequestName(mine); got != "enrol-"+Fingerprint(mine)+".request" {
		t.Error(got)
	}
	paper, err := county.Certify(theirs, seen, noon)
	if err != nil {
		t.Fatal(err)
	}
	c, err := OpenCertificate(paper, mine)
	if err != nil || !c.By.Sign.Equal(county.Public()) || c.By.Age != county.Recipient() || c.Unit != mine.Unit {
		t.Fatalf("certificate: %+v %v", c, err)
	}
	moved := mine
	moved.Phone, moved.Incarnation = "none", 2
	if _, err := OpenCertificate(paper, moved); err != nil {
		t.Error("a new telephone undid the acceptance:", err)
	}
	_, other := someone(t, 3, mine.Unit, "station")
	if _, err := OpenCertificate(paper, other); !errors.Is(err, ErrStranger) {
		t.Errorf("another's certificate: %v", err)
	}
	if _, err := station.Certify(theirs, mine, noon); !errors.Is(err, ErrForged) {
		t.Errorf("certificate in another's name: %v", err)
	}
	if _, err := station.Request(other); !errors.Is(err, ErrForged) {
		t.Errorf("request in another's name: %v", err)
	}
}

func TestWhatIsNoRequest(t *testing.T) {
	station, mine := someone(t, 1, "530402002003Z1", "station")
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
		{"no age key", swap(mine.Age, "age1"), ErrDamaged},
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
}

func FuzzOpenRequest(f *testing.F) {
	station, mine := someone(f, 1, "530402002003Z1", "station")
	good, _ := station.Request(mine)
	f.Add(good)
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := OpenRequest(b); err == nil && (len(c.Sign) != ed25519.PublicKeySize || c.Unit == "") {
			t.Errorf("believed %+v", c)
		}
	})
}

func BenchmarkFingerprint(b *testing.B) {
	_, c := someone(b, 1, "530402002003Z1", "station")
	for b.Loop() {
		Fingerprint(c)
	}
}
