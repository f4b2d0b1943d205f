package suite

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/outside"
	"lianluo.local/data/journal"
)

func given(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

// both are the two suites; whatever is tested is tested with each.
func both(t *testing.T, test func(t *testing.T, name string, s Suite)) {
	for _, name := range []string{Age, SM} {
		s, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { test(t, name, s) })
	}
}

func someone(t testing.TB, s Suite, seed byte) (Secret, Public) {
	t.Helper()
	own, err := s.Make(given(seed))
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Public(own)
	if err != nil || p.Check() != nil {
		t.Fatal(err, p.Check())
	}
	return own, p
}

func TestKeys(t *testing.T) {
	both(t, func(t *testing.T, name string, s Suite) {
		own, p := someone(t, s, 1)
		_, same := someone(t, s, 1)
		_, other := someone(t, s, 2)
		if !p.Equal(same) || p.Equal(other) || p.Suite() != name || own.Suite != name {
			t.Error("keys do not follow from the randomness")
		}
		if strings.Contains(own.String(), "KEY") {
			t.Error("the keys came out as text")
		}
		for i, bad := range []Secret{{name, nil, own.Open}, {name, own.Sign, nil}, {name, own.Open, own.Sign}, {name, []byte("#"), []byte("#")}} {
			if _, err := s.Public(bad); !errors.Is(err, ErrKey) && (name != SM || i != 2) { // SM's two are of one kind
				t.Errorf("%d: %v", i, err)
			}
		}
		for i, bad := range []Public{{}, {Sign: p.Sign[1:], Age: p.Age, SM2: p.SM2}, {Sign: p.Sign, Age: "age1"}, {Sign: p.Sign, SM2: Key{4}},
			{Sign: p.Sign, SM2: make(Key, 65)}, {Sign: p.Sign, Age: "age1", SM2: Key{4}}, {Sign: make(Key, 65), SM2: p.SM2}} {
			if err := bad.Check(); !errors.Is(err, ErrKey) && !errors.Is(err, ErrUnknown) {
				t.Errorf("%d: %v", i, err)
			}
		}
		if _, err := s.Make(strings.NewReader("short")); err == nil {
			t.Error("keys from too little randomness")
		}
	})
	if _, err := Named("rot13"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
}

func TestSignatures(t *testing.T) {
	both(t, func(t *testing.T, _ string, s Suite) {
		own, p := someone(t, s, 1)
		_, other := someone(t, s, 2)
		message := []byte("路灯不亮")
		for range 50 { // r or s may begin with a zero
			sig, err := s.Sign(own, message)
			if err != nil || len(sig) != 64 || !s.Verify(p.Sign, message, sig) {
				t.Fatalf("%d bytes: %v", len(sig), err)
			}
		}
		sig, _ := s.Sign(own, message)
		if s.Verify(other.Sign, message, sig) || s.Verify(p.Sign, message[1:], sig) || s.Verify(p.Sign, message, sig[1:]) ||
			s.Verify(nil, message, sig) || s.Verify(p.Sign, message, make([]byte, 64)) {
			t.Error("believed")
		}
		for i := range len(sig) * 8 {
			sig[i/8] ^= 1 << (i % 8)
			if s.Verify(p.Sign, message, sig) {
				t.Fatalf("bit %d flipped: believed", i)
			}
			sig[i/8] ^= 1 << (i % 8)
		}
	})
}

func TestEachRecipientOpensAlone(t *testing.T) {
	both(t, func(t *testing.T, name string, s Suite) {
		var own []Secret
		var to []Public
		for i := range 4 {
			o, p := someone(t, s, byte(i))
			own, to = append(own, o), append(to, p)
		}
		for _, size := range []int{0, 1, 100, 8 << 20} {
			message := make([]byte, size)
			given(9).Read(message)
			c, err := s.Encrypt(message, to[:3])
			if err != nil {
				t.Fatal(err)
			}
			for i := range 3 {
				if got, err := s.Decrypt(c, []Secret{own[3], own[i]}); err != nil || !bytes.Equal(got, message) {
					t.Errorf("%d bytes, recipient %d: %v", size, i, err)
				}
			}
			if _, err := s.Decrypt(c, own[3:]); !errors.Is(err, ErrNotOurs) {
				t.Errorf("%d bytes, no recipient: %v", size, err)
			}
			if _, err := s.Decrypt(c, nil); !errors.Is(err, ErrNotOurs) {
				t.Errorf("no key: %v", err)
			}
		}
		if _, err := s.Encrypt(nil, nil); err == nil {
			t.Error("sealed for nobody")
		}
	})
}

func TestOneSuiteNeverOpensTheOther(t *testing.T) {
	a, m := ageSuite{}, smSuite{}
	ageOwn, agePub := someone(t, a, 1)
	smOwn, smPub := someone(t, m, 1)
	if _, err := a.Encrypt([]byte("x"), []Public{agePub, smPub}); !errors.Is(err, ErrMixed) {
		t.Error(err)
	}
	if _, err := m.Encrypt([]byte("x"), []Public{smPub, agePub}); !errors.Is(err, ErrMixed) {
		t.Error(err)
	}
	byAge, _ := a.Encrypt([]byte("x"), []Public{agePub})
	bySM, _ := m.Encrypt([]byte("x"), []Public{smPub})
	for _, c := range [][]byte{byAge, bySM} {
		if _, err := a.Decrypt(c, []Secret{smOwn}); !errors.Is(err, ErrNotOurs) {
			t.Error(err)
		}
		if _, err := m.Decrypt(c, []Secret{ageOwn}); !errors.Is(err, ErrNotOurs) {
			t.Error(err)
		}
	}
	if _, err := a.Decrypt(bySM, []Secret{ageOwn}); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	if _, err := m.Decrypt(byAge, []Secret{smOwn}); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	sig, _ := m.Sign(smOwn, []byte("x"))
	if a.Verify(agePub.Sign, []byte("x"), sig) || a.Verify(smPub.Sign, []byte("x"), sig) {
		t.Error("one suite believed the other's signature")
	}
}

// No outer hash stands guard here: the ciphertext alone must show that it was touched.
func TestCiphertextsTouched(t *testing.T) {
	both(t, func(t *testing.T, _ string, s Suite) {
		own, p := someone(t, s, 1)
		_, q := someone(t, s, 2)
		c, err := s.Encrypt([]byte("路灯不亮"), []Public{q, p})
		if err != nil {
			t.Fatal(err)
		}
		for n := range c {
			if _, err := s.Decrypt(c[:n], []Secret{own}); err == nil {
				t.Fatalf("cut at %d of %d: opened", n, len(c))
			}
		}
		for i := range len(c) * 8 {
			c[i/8] ^= 1 << (i % 8)
			if _, err := s.Decrypt(c, []Secret{own}); err == nil {
				t.Fatalf("bit %d of byte %d flipped: opened", i%8, i/8)
			}
			c[i/8] ^= 1 << (i % 8)
		}
		if _, err := s.Decrypt(append(c, 0), []Secret{own}); err == nil {
			t.Error("something appended: opened")
		}
	})
}

// What GB/T says must be what openssl, written by others, understands.
func TestOpenSSLUnderstandsSM2(t *testing.T) {
	outside.Needs(t, "openssl")
	s := smSuite{}
	own, p := someone(t, s, 1)
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "sign.key"), own.Sign, 0o600)
	message := []byte("lianluo bundle 1\n")
	sig, _ := s.Sign(own, message)
	r, q := bytes.TrimLeft(sig[:32], "\x00"), bytes.TrimLeft(sig[32:], "\x00")
	number := func(b []byte) []byte {
		if b[0] > 127 {
			b = append([]byte{0}, b...)
		}
		return append([]byte{2, byte(len(b))}, b...)
	}
	body := append(number(r), number(q)...)
	os.WriteFile(filepath.Join(dir, "sig"), append([]byte{0x30, byte(len(body))}, body...), 0o600)
	os.WriteFile(filepath.Join(dir, "message"), message, 0o600)
	sh := exec.Command("sh", "-ec", `openssl pkey -in sign.key -pubout -out pub.pem
		openssl dgst -sm3 -verify pub.pem -sigopt distid:1234567812345678 -signature sig message
		openssl pkey -in sign.key -noout -text`)
	sh.Dir = dir
	out, err := sh.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Verified OK") {
		t.Errorf("%v %s", err, out)
	}
	text := strings.NewReplacer(":", "", "\n", "", " ", "").Replace(string(out))
	if hex := fmt.Sprintf("%x", []byte(p.Sign)); !strings.Contains(text, hex) {
		t.Errorf("openssl sees another public key: %s", out)
	}
}

func TestHowFarAKeyHolds(t *testing.T) {
	id := func(inc uint32, seq uint64) journal.ID {
		return journal.ID{Replica: journal.Replica{1}, Incarnation: inc, Seq: seq}
	}
	s := Signer{Until: id(2, 10)}
	for _, c := range []struct {
		id   journal.ID
		want bool
	}{{id(1, 99), true}, {id(2, 10), true}, {id(2, 11), false}, {id(3, 1), false}} {
		if s.Holds(c.id) != c.want || !(Signer{}).Holds(c.id) {
			t.Errorf("%v: %v", c.id, !c.want)
		}
	}
}

func FuzzDecrypt(f *testing.F) {
	var own []Secret
	for _, s := range []Suite{ageSuite{}, smSuite{}} {
		o, p := someone(f, s, 1)
		c, _ := s.Encrypt([]byte("x"), []Public{p})
		own = append(own, o)
		f.Add(c)
		f.Add(c[:len(c)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, s := range []Suite{ageSuite{}, smSuite{}} {
			if plain, err := s.Decrypt(b, own); err == nil && string(plain) != "x" {
				t.Errorf("opened %q", plain)
			}
		}
	})
}
