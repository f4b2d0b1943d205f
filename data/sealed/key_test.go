package sealed

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"testing"

	"lianluo.local/data/suite"
)

// What is sealed opens with its key under its name, and in no other way; nothing of it can be read.
func TestSealedFile(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		k, err := New(name, rand.Reader)
		other, err2 := New(name, rand.Reader)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		words := []byte("王小明 13800138000")
		b := k.For("papers").Seal("a.pdf", words)
		if bytes.Contains(b, words[:9]) || !Is(b) {
			t.Errorf("%s: sealed as %q", name, b)
		}
		if plain, err := k.For("papers").Open("a.pdf", b); err != nil || !bytes.Equal(plain, words) {
			t.Errorf("%s: opened %q, %v", name, plain, err)
		}
		for what, try := range map[string]func() ([]byte, error){
			"another name": func() ([]byte, error) { return k.For("papers").Open("b.pdf", b) },
			"another use":  func() ([]byte, error) { return k.For("aside").Open("a.pdf", b) },
			"another key":  func() ([]byte, error) { return other.For("papers").Open("a.pdf", b) },
			"the data key": func() ([]byte, error) { return k.Open("a.pdf", b) },
		} {
			if plain, err := try(); !errors.Is(err, ErrKey) || plain != nil {
				t.Errorf("%s, %s: %q, %v", name, what, plain, err)
			}
		}
		for i := range b {
			b[i] ^= 1
			if plain, err := k.For("papers").Open("a.pdf", b); err == nil {
				t.Errorf("%s: opened with byte %d changed: %q", name, i, plain)
			}
			b[i] ^= 1
			if plain, err := k.For("papers").Open("a.pdf", b[:i]); err == nil {
				t.Errorf("%s: opened when cut at %d: %q", name, i, plain)
			}
		}
		if s := fmt.Sprint(k) + fmt.Sprintf("%v %+v %#v", k, k, k); bytes.Contains([]byte(s), k.Bytes()[:4]) || s[:5] != "a key" {
			t.Errorf("%s: a key prints as %s", name, s)
		}
	}
	if _, err := Read("none", make([]byte, Size)); err == nil {
		t.Error("a suite that is none has keys")
	}
}
