package typeset

import (
	"bytes"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// old makes a font as Windows has them, of glyphs of the 楷体 that comes with the program: 256 units an em, a cmap of format
// 4, the last of runes, which are sorted, in a list of glyphs. kind is what it says of embedding.
func old(kind uint16, runes ...rune) []byte {
	small := *kai()
	small.em = 1000 * 1000 / 256 // what is enlarged comes out at 256 units
	var glyf, hmtx []byte
	loca := words(0, 0)
	ends, starts, deltas, offsets := []uint16{}, []uint16{}, []uint16{}, []uint16{}
	ids := []uint16{0}
	for i, r := range runes {
		ids = append(ids, small.glyph(r))
		ends, starts = append(ends, uint16(r)), append(starts, uint16(r))
		if i < len(runes)-1 {
			deltas, offsets = append(deltas, uint16(i+1-int(r))), append(offsets, 0)
		} else {
			deltas, offsets = append(deltas, 0), append(offsets, 4) // behind this one and that of FFFF
		}
	}
	ends, starts, deltas, offsets = append(ends, 0xFFFF), append(starts, 0xFFFF), append(deltas, 1), append(offsets, 0)
	for _, id := range ids {
		glyf = append(glyf, small.outline(id)...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		w, b := small.metric(id)
		hmtx = be.AppendUint16(be.AppendUint16(hmtx, w), b)
	}
	head, hhea, maxp := bytes.Clone(small.head), bytes.Clone(small.hhea), bytes.Clone(small.maxp)
	be.PutUint16(head[18:], 256)
	be.PutUint16(head[50:], 1)
	be.PutUint16(hhea[34:], uint16(len(ids)))
	be.PutUint16(maxp[4:], uint16(len(ids)))
	n := uint16(len(ends))
	cmap := words(0, 1, 3, 1, 0, 12, 4, 16+8*n+2, 0, 2*n, 0, 0, 0)
	for _, column := range [][]uint16{ends, {0}, starts, deltas, offsets, {uint16(len(runes))}} {
		cmap = append(cmap, words(column...)...)
	}
	post := make([]byte, 32)
	be.PutUint32(post, 0x00030000)
	return assemble([]fontTable{{"OS/2", append(words(4, 500, 400, 5, kind), make([]byte, 86)...)}, {"cmap", cmap}, {"glyf", glyf}, {"head", head}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"name", words(0, 0, 6)}, {"post", post}})
}

// A 仿宋 of the computer is taken as it is: the shapes are those of its file, at their size, on paper and on the screen;
// what it lacks comes from 楷体. One that may not be embedded, is damaged, is no file or lies on another computer is not.
func TestFangsongOfThisComputer(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := old(8, ' ', 'A', '、', '一', '国', '鹏')
	torn := bytes.Clone(good)
	copy(torn[len(torn)/3:], bytes.Repeat([]byte{0xFF}, len(torn)/2))
	usual := Fangsong("")
	for name, path := range map[string]string{"restricted": write("a.ttf", old(2, '一', '国')), "whole only": write("b.ttf", old(0x100, '一', '国')),
		"damaged": write("c.ttf", torn), "half": write("d.ttf", good[:len(good)/2]), "none": filepath.Join(dir, "e.ttf"), "elsewhere": "//server/share/f.ttf",
		"a folder": dir} {
		if f := Fangsong(path); f != usual {
			t.Errorf("%s: face %d, want %d", name, f, usual)
		}
	}
	path := write("simfang.ttf", good)
	f := Fangsong(path)
	if f == usual || f == Kai || Fangsong(path) != f {
		t.Fatalf("face %d", f)
	}
	for _, r := range "A、一国鹏" {
		own, _ := f.find(r)
		is, _ := Kai.find(r)
		a, _ := own.font.metric(own.id)
		b, _ := is.font.metric(is.id)
		if own.font == is.font || math.Abs(float64(a)-float64(b)) > 2 {
			t.Errorf("%c is %d wide, want %d, of its own %v", r, a, b, own.font != is.font)
		}
	}
	if own, _ := f.find('磘'); own.font != kai() {
		t.Error("what it lacks is not of 楷体")
	}
	page := func(f Face) *Page {
		p := NewPage(60, 20)
		p.Text(5, 10, Left, Style{Face: f, Size: 30, Ink: color.RGBA{A: 0xFF}}, "一国鹏磘A")
		return p
	}
	a, b := page(f).Image(100), page(Kai).Image(100)
	off, ink := 0, 0
	for i := range a.Pix {
		off += int(math.Abs(float64(a.Pix[i]) - float64(b.Pix[i])))
		ink += 255 - int(b.Pix[i])
	}
	if mean := float64(off) / float64(len(a.Pix)); mean > 3 || ink == 0 {
		t.Errorf("the screen shows another shape: %.1f of 255 off", mean)
	}
	if _, err := (Document{Pages: []*Page{page(f)}}).PDF(); err != nil {
		t.Error(err)
	}
}
