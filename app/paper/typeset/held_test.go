package typeset

import (
	"bytes"
	"runtime"
	"testing"
	"weak"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A font that is open holds what was read of its file, and not the file, which may take 31 MB; what was read before is not
// asked for again.
func TestFontHoldsNoFile(t *testing.T) {
	file := merge([]glyph{{sans(), 0}, {sans(), sans().glyph('国')}, {sans(), sans().glyph('省')}})
	asked, lent := 0, weak.Pointer[byte]{}
	font, err := parse(func() []byte {
		asked++
		b := bytes.Clone(file)
		lent = weak.Make(&b[0])
		return b
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := func() (list [][]byte) {
		for g := range uint16(3) {
			list = append(list, font.outline(g))
			var b sfnt.Buffer
			if _, err := font.sfnt().LoadGlyph(&b, sfnt.GlyphIndex(g), fixed.I(12), nil); err != nil {
				t.Fatal(err)
			}
		}
		return list
	}
	first := seen()
	runtime.GC()
	if lent.Value() != nil {
		t.Error("the file is held")
	}
	before := asked
	for g, again := range seen() {
		if !bytes.Equal(again, first[g]) || len(again) == 0 {
			t.Errorf("glyph %d is %x, then %x", g, first[g], again)
		}
	}
	if asked != before {
		t.Errorf("the file was asked for %d times, then %d", before, asked)
	}
	runtime.KeepAlive(font)
}
