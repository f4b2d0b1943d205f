package typeset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
)

// Font is one TrueType font with glyf outlines. Its file, which may be packed (see package fonts), is asked for where something
// is read that was not read before, and let go of at once: of 30,000 outlines the papers of a station need a few hundred.
// Any number of documents may use one Font at a time.
//
// Every font counts as 1000 units an em. One made with 1024, as Hanazono, comes out 2.4 % larger, which its slight
// strokes can use, and glyphs of all fonts fit into one. One made with any other number, as those of Windows, is scaled.
type Font struct {
	whole            func() []byte // the file
	pieces           sync.Map      // of it that were read: place → []byte
	em               int           // units an em where it is scaled, else 0
	embeds           bool          // whoever made it lets it stand in documents
	head, hhea, maxp []byte
	hmtx, loca       []byte
	glyf             place  // where the outlines lie in the file
	groups           []byte // of the format 12 cmap: start, end, first glyph, four bytes each
	longLoca         bool
	metrics, glyphs  int
	size             int     // of the file
	centre           float64 // height in em over the baseline of the middle of 国
}

var be = binary.BigEndian

// place is a part of a file.
type place struct{ at, n int }

// piece reads a part of the file.
func (f *Font) piece(p place) []byte {
	if b, read := f.pieces.Load(p); read {
		return b.([]byte)
	}
	b := bytes.Clone(f.whole()[p.at : p.at+p.n])
	f.pieces.Store(p, b)
	return b
}

// ReadAt reads the file.
func (f *Font) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > int64(f.size) {
		return 0, io.EOF
	}
	return copy(b, f.piece(place{int(at), len(b)})), nil
}

// Parse reads a font. The caller keeps data unchanged for as long as the font lives.
func Parse(data []byte) (*Font, error) { return parse(func() []byte { return data }) }

// parse reads a font from a file that is the same whenever it is asked for.
func parse(whole func() []byte) (f *Font, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("damaged font: %v", r)
		}
	}()
	data := whole()
	file := data
	if string(data[:4]) == "ttcf" { // the first of several
		file = data[be.Uint32(data[12:]):]
	}
	if be.Uint32(file) != 0x00010000 {
		return nil, errors.New("not a TrueType font")
	}
	places := map[string]place{}
	for i := range int(be.Uint16(file[4:])) {
		e := file[12+16*i:]
		places[string(e[:4])] = place{int(be.Uint32(e[8:])), int(be.Uint32(e[12:]))}
	}
	table := func(name string) []byte { p := places[name]; return bytes.Clone(data[p.at : p.at+p.n]) }
	f = &Font{whole: whole, size: len(data), head: table("head"), hhea: table("hhea"), maxp: table("maxp"),
		hmtx: table("hmtx"), loca: table("loca"), glyf: places["glyf"]}
	f.longLoca = be.Uint16(f.head[50:]) == 1
	f.metrics, f.glyphs = int(be.Uint16(f.hhea[34:])), int(be.Uint16(f.maxp[4:]))
	switch em := be.Uint16(f.head[18:]); {
	case em < 16 || em > 16384:
		return nil, fmt.Errorf("font has %d units an em", em)
	case em != 1000 && em != 1024:
		f.em = int(em)
	}
	if os2 := table("OS/2"); len(os2) > 9 { // fsType: not restricted, not without a subset, not bitmaps alone
		kind := be.Uint16(os2[8:])
		f.embeds = kind&0xF != 2 && kind&0x300 == 0
	}
	cmap := table("cmap")
	for i := range int(be.Uint16(cmap[2:])) {
		sub := cmap[be.Uint32(cmap[4+8*i+4:]):]
		switch be.Uint16(sub) {
		case 12:
			f.groups = sub[16 : 16+12*be.Uint32(sub[12:])]
		case 4:
			if f.groups == nil && be.Uint16(cmap[4+8*i:]) != 1 {
				f.groups = grouped(sub)
			}
		}
	}
	if f.groups == nil {
		return nil, errors.New("font has no Unicode cmap")
	}
	f.centre = .36
	if g := f.outline(f.glyph('国')); len(g) > 10 {
		f.centre = float64(int16(be.Uint16(g[4:]))+int16(be.Uint16(g[8:]))) / 2000
	}
	return f, nil
}

// glyph gives the number of a rune's glyph, 0 when the font has none.
func (f *Font) glyph(r rune) uint16 {
	lo, hi := 0, len(f.groups)/12
	for lo < hi {
		mid := (lo + hi) / 2
		g := f.groups[12*mid:]
		switch start := rune(be.Uint32(g)); {
		case r < start:
			hi = mid
		case r > rune(be.Uint32(g[4:])):
			lo = mid + 1
		default:
			return uint16(be.Uint32(g[8:]) + uint32(r-start))
		}
	}
	return 0
}

// grouped is a cmap of format 4, as old fonts have it, as groups of format 12.
func grouped(sub []byte) (groups []byte) {
	n := int(be.Uint16(sub[6:])) / 2
	ends, starts, deltas, offsets := sub[14:], sub[16+2*n:], sub[16+4*n:], sub[16+6*n:]
	for i := range n {
		at := func(column []byte) int { return int(be.Uint16(column[2*i:])) }
		for r := at(starts); r <= at(ends) && r < 0xFFFF; r++ {
			g := r
			if off := at(offsets); off != 0 {
				if g = int(be.Uint16(offsets[2*i+off+2*(r-at(starts)):])); g == 0 {
					continue
				}
			}
			if g = (g + at(deltas)) & 0xFFFF; g != 0 {
				for range 2 {
					groups = be.AppendUint32(groups, uint32(r))
				}
				groups = be.AppendUint32(groups, uint32(g))
			}
		}
	}
	return groups
}

// sound says whether every glyph can be read, of a font that did not come with the program.
func (f *Font) sound() (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	for g := range f.glyphs {
		f.metric(uint16(g))
		out := bare(f.outline(uint16(g)))
		if len(out) == 0 { // a blank
			continue
		}
		for part := range parts(out) {
			if int(be.Uint16(part)) >= f.glyphs {
				return false
			}
		}
	}
	_ = f.sfnt()
	return f.glyph('国') != 0
}

// scaled gives units of the font in thousandths of an em.
func (f *Font) scaled(v int) int {
	if f.em == 0 {
		return v
	}
	return int(math.Round(float64(v) * 1000 / float64(f.em)))
}

// metric gives advance width and left side bearing of a glyph in thousandths of an em.
func (f *Font) metric(g uint16) (advance, bearing uint16) {
	at, last := 4*int(g), f.metrics-1
	if int(g) > last {
		at = 4 * last
	}
	advance = be.Uint16(f.hmtx[at:])
	if bearing = be.Uint16(f.hmtx[at+2:]); int(g) > last {
		bearing = be.Uint16(f.hmtx[4*f.metrics+2*(int(g)-f.metrics):])
	}
	return uint16(f.scaled(int(advance))), uint16(f.scaled(int(int16(bearing))))
}

// outline gives the glyf entry of a glyph, empty for a blank one.
func (f *Font) outline(g uint16) []byte {
	var from, to int
	if f.longLoca {
		from, to = int(be.Uint32(f.loca[4*int(g):])), int(be.Uint32(f.loca[4*int(g)+4:]))
	} else {
		from, to = 2*int(be.Uint16(f.loca[2*int(g):])), 2*int(be.Uint16(f.loca[2*int(g)+2:]))
	}
	if from > to || to > f.glyf.n {
		panic("an outline lies outside the font")
	}
	out := f.piece(place{f.glyf.at + from, to - from})
	if f.em != 0 && len(out) >= composeHead {
		return f.enlarged(out)
	}
	return out
}

// enlarged is a glyf entry in thousandths of an em.
func (f *Font) enlarged(g []byte) []byte {
	number := func(at int) int { return f.scaled(int(int16(be.Uint16(g[at:])))) }
	out := append([]byte{}, g[:2]...)
	for at := 2; at < composeHead; at += 2 {
		out = be.AppendUint16(out, uint16(number(at)))
	}
	n := int(int16(be.Uint16(g)))
	if n < 0 {
		return f.composed(out, g[composeHead:])
	}
	points := 0
	if n > 0 {
		points = int(be.Uint16(g[composeHead+2*n-2:])) + 1
	}
	hints := composeHead + 2*n
	at := hints + 2 + int(be.Uint16(g[hints:]))
	out = append(append(out, g[composeHead:hints]...), 0, 0)
	flags := make([]byte, 0, points)
	for len(flags) < points {
		flag := g[at]
		at++
		again := 0
		if flag&8 != 0 {
			again = int(g[at])
			at++
		}
		for range again + 1 {
			flags = append(flags, flag)
		}
	}
	flags = flags[:points]
	for _, flag := range flags { // each written out, in words, for both axes
		out = append(out, flag&0x41)
	}
	for _, axis := range []struct{ short, same byte }{{2, 16}, {4, 32}} {
		v, before := 0, 0
		for _, flag := range flags {
			switch {
			case flag&axis.short != 0:
				d := int(g[at])
				if at++; flag&axis.same == 0 {
					d = -d
				}
				v += d
			case flag&axis.same == 0:
				v += int(int16(be.Uint16(g[at:])))
				at += 2
			}
			out = be.AppendUint16(out, uint16(f.scaled(v)-before))
			before = f.scaled(v)
		}
	}
	return out
}

// composed adds the parts of a composed glyph, their places in words.
func (f *Font) composed(out, g []byte) []byte {
	for {
		flags := be.Uint16(g)
		out = append(be.AppendUint16(out, flags|wordArgs), g[2:4]...)
		x, y, at := int(int8(g[4])), int(int8(g[5])), 6
		if flags&wordArgs != 0 {
			x, y, at = int(int16(be.Uint16(g[4:]))), int(int16(be.Uint16(g[6:]))), 8
		}
		if flags&2 != 0 { // they are places, not numbers of points
			x, y = f.scaled(x), f.scaled(y)
		}
		out = be.AppendUint16(be.AppendUint16(out, uint16(x)), uint16(y))
		end := step(flags)
		out = append(out, g[at:end]...)
		if g = g[end:]; flags&more == 0 {
			return out
		}
	}
}
