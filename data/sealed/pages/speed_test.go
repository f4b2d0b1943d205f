package pages

import (
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
