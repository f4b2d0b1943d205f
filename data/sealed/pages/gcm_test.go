package pages

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"testing"

	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

// BenchmarkPage is what one page costs that is read.
func BenchmarkPage(b *testing.B) {
	for _, name := range []string{suite.Age, suite.SM} {
		b.Run(name, func(b *testing.B) {
			key, err := sealed.Read(name, make([]byte, sealed.Size))
			if err != nil {
				b.Fatal(err)
			}
			book, plain, to := bind(key, make([]byte, 16)), make([]byte, page), make([]byte, page)
			book.seal(database, 0, plain, to)
			p := make([]byte, page)
			for b.Loop() {
				copy(p, to)
				if !book.open(database, 0, p) {
					b.Fatal("it does not open")
				}
			}
			b.SetBytes(page)
		})
	}
}

// A page is what anybody's GCM makes of it, and the other way round.
func TestPageIsGCM(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		key, err := sealed.New(name, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		id, plain, p := make([]byte, 16), make([]byte, page), make([]byte, page)
		b, usual := bind(key, id), key.For("database "+hex.EncodeToString(id)).AEAD()
		for at := range int64(20) {
			rand.Read(plain[:content])
			if !b.seal(database, at<<20, plain, p) {
				t.Fatal("not sealed")
			}
			nonce := bytes.Clone(p[content+block:][:12])
			where := binary.BigEndian.AppendUint64([]byte{0, 0, 0, 0, 0, 0, 1, 0}, uint64(at)<<20)
			want := usual.Seal(nil, nonce, plain[:content], where)
			if !bytes.Equal(p[:content+block], want) {
				t.Fatalf("%s: sealed another way", name)
			}
			if !b.open(database, at<<20, p) || !bytes.Equal(p, plain) {
				t.Fatalf("%s: opens as another page", name)
			}
			copy(p, want)
			copy(p[content+block:], nonce)
			p[at*200] ^= 1 << (at % 8)
			if b.open(database, at<<20, p) {
				t.Fatalf("%s: opens with another byte", name)
			}
		}
	}
}
