package typeset

import (
	"encoding/binary"
	"slices"
)

// glyph is one glyph of one font.
type glyph struct {
	font *Font
	id   uint16
}

const (
	wordArgs    = 1 << 0
	scaled      = 1 << 3
	more        = 1 << 5
	scaledXY    = 1 << 6
	matrix      = 1 << 7
	hasHints    = 1 << 8
	composeHead = 10
)

// apart is the distance of codes. gofpdf needs time by the square for neighbours of one width, so codes have none.
const apart = 2

// merge makes one TrueType font of glyphs out of several: glyph i of the result is list[i], and its code is i·apart.
// Parts of composed glyphs follow at the end. Hints are left out: they belong to tables of the fonts they came from.
//
// One small font for a whole document costs a quarter of what a font for each face would, and since every rune gets
// the next free code, a rune outside the basic plane is nothing special.
func merge(list []glyph) []byte {
	codes := len(list)
	index := make(map[glyph]uint16, codes)
	for i, g := range list {
		if _, known := index[g]; !known {
			index[g] = uint16(i)
		}
	}
	head, hhea, maxp := slices.Clone(list[0].font.head), slices.Clone(list[0].font.hhea),
		slices.Clone(list[0].font.maxp)
	glyf, loca, hmtx := make([]byte, 0, 300*codes), make([]byte, 0, 4*codes+4), make([]byte, 0, 4*codes)
	box := [4]int16{}
	for i := 0; i < len(list); i++ {
		g := list[i]
		advance, bearing := g.font.metric(g.id)
		hmtx = be.AppendUint16(be.AppendUint16(hmtx, advance), bearing)
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		out := bare(g.font.outline(g.id))
		if len(out) == 0 {
			continue
		}
		for k := range 2 {
			box[k] = min(box[k], int16(be.Uint16(out[2+2*k:])))
			box[2+k] = max(box[2+k], int16(be.Uint16(out[6+2*k:])))
		}
		for part := range parts(out) {
			p := glyph{g.font, be.Uint16(part)}
			if _, known := index[p]; !known {
				index[p] = uint16(len(list))
				list = append(list, p)
			}
			be.PutUint16(part, index[p])
		}
		glyf = append(glyf, out...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		for k := 6; k < 32; k += 2 { // maxp: the largest of all that take part
			be.PutUint16(maxp[k:], max(be.Uint16(maxp[k:]), be.Uint16(g.font.maxp[k:])))
		}
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	for k, v := range box {
		be.PutUint16(head[36+2*k:], uint16(v))
	}
	be.PutUint16(head[50:], 1)
	be.PutUint16(hhea[34:], uint16(len(list)))
	be.PutUint16(hhea[4:], 880) // readers mark a line as high as its characters, whatever the fonts say
	be.PutUint16(hhea[6:], 0x10000-120)
	be.PutUint16(maxp[4:], uint16(len(list)))
	cmap := words(0, 1, 3, 1, 0, 12, // one table: Windows, Unicode; format 4 with a range for every code and for FFFF
		4, uint16(16+8*codes), 0, uint16(2*codes), 0, 0, 0)
	var first, delta []uint16
	for i := 1; i < codes; i++ {
		first, delta = append(first, uint16(i*apart)), append(delta, uint16(i-i*apart))
	}
	first, delta = append(first, 0xFFFF), append(delta, 1)
	for _, column := range [][]uint16{first, {0}, first, delta, make([]uint16, codes)} {
		cmap = append(cmap, words(column...)...)
	}
	name := words(0, 0, 6)
	post := make([]byte, 32)
	be.PutUint32(post, 0x00030000)
	return assemble([]fontTable{{"cmap", cmap}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx},
		{"loca", loca}, {"maxp", maxp}, {"name", name}, {"post", post}})
}

// bare copies a glyf entry without its hints.
func bare(g []byte) []byte {
	if len(g) < composeHead {
		return nil
	}
	if n := int(int16(be.Uint16(g))); n >= 0 {
		at := composeHead + 2*n
		hints := int(be.Uint16(g[at:]))
		out := append(slices.Clone(g[:at]), 0, 0)
		return append(out, g[at+2+hints:]...)
	}
	out := slices.Clone(g)
	end := composeHead
	for part := range parts(out) {
		out[end] &^= hasHints >> 8
		end += step(be.Uint16(out[end:]))
		_ = part
	}
	return out[:end]
}

// parts walks over the glyph numbers, two bytes each, inside a composed glyph.
func parts(g []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		if int16(be.Uint16(g)) >= 0 {
			return
		}
		for at := composeHead; ; {
			flags := be.Uint16(g[at:])
			if !yield(g[at+2:at+4]) || flags&more == 0 {
				return
			}
			at += step(flags)
		}
	}
}

// step is the length of one part of a composed glyph.
func step(flags uint16) int {
	n := 6
	if flags&wordArgs != 0 {
		n += 2
	}
	switch {
	case flags&scaled != 0:
		n += 2
	case flags&scaledXY != 0:
		n += 4
	case flags&matrix != 0:
		n += 8
	}
	return n
}

func words(v ...uint16) []byte {
	b := make([]byte, 0, 2*len(v))
	for _, w := range v {
		b = binary.BigEndian.AppendUint16(b, w)
	}
	return b
}

type fontTable struct {
	name string
	data []byte
}

// assemble writes a font file of tables in order of name. Checksums stay zero: the page writer cuts the font once more
// and writes its own.
func assemble(tables []fontTable) []byte {
	out := words(1, 0, uint16(len(tables)), 128, 3, uint16(16*len(tables)-128))
	at := len(out) + 16*len(tables)
	for _, t := range tables {
		out = append(append(out, t.name...), 0, 0, 0, 0)
		out = be.AppendUint32(be.AppendUint32(out, uint32(at)), uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}
