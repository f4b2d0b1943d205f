// Package papertest reads papers again, for the tests of those that make them: what a reader of the PDF finds, where it
// stands, and what its codes say.
package papertest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/draw"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Piece is one line of text as a PDF prints it; lengths are points from the lower left corner of its page.
type Piece struct {
	Text              string
	X, Y, Size, Width float64
	Page              int // from 0
}

// Within says whether a piece keeps a margin of so many millimetres on a page of w × h millimetres. Closing punctuation
// may hang out of it by half its width.
func (p Piece) Within(w, h, margin float64) bool {
	const mm = 72 / 25.4
	return p.X >= margin*mm-.01 && p.X+p.Width <= (w-margin)*mm+p.Size/2+.01 && p.Y >= margin*mm &&
		p.Y+p.Size <= (h-margin)*mm
}

// Overlaps names the lines of a paper that lie over each other; what lies across a whole page for practice is none.
func Overlaps(ps []Piece) (found []string) {
	byPage := map[int][]Piece{}
	for _, a := range ps {
		if a.Text == "练习" {
			continue
		}
		for _, b := range byPage[a.Page] {
			low, high := a, b
			if a.Y > b.Y {
				low, high = b, a
			}
			// Ink reaches from .12 em under the baseline to .7 and more above; closing punctuation may hang by half
			// an em.
			if high.Y-.12*high.Size+.01 < low.Y+.7*low.Size && a.X < b.X+b.Width-b.Size/2 &&
				b.X < a.X+a.Width-a.Size/2 {
				found = append(found, fmt.Sprintf("page %d: %q lies over %q", a.Page+1, a.Text, b.Text))
			}
		}
		byPage[a.Page] = append(byPage[a.Page], a)
	}
	return found
}

var (
	streams = regexp.MustCompile(`(?s)<<([^<]*?/Length (\d+)[^>]*)>>\nstream\n`)
	texts   = regexp.MustCompile(`(?s)/F\w+ ([\d.]+) Tf|([-\d.]+) Tc|([-\d.]+) ([-\d.]+) Td \(((?:\\.|[^\\)])*)\) Tj`)
	mapping = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]+)>`)
	ranges  = regexp.MustCompile(`(?s)/W \[(.*?) \]\n/CIDToGIDMap`)
	escapes = strings.NewReplacer(`\\`, `\`, `\(`, `(`, `\)`, `)`, `\r`, "\r")
)

// Read finds the text of a PDF again as a reader does, and holds against it what no reader shows: that each character
// has a glyph of its own, not the empty box, and the width it was set with.
func Read(pdf []byte) ([]Piece, error) {
	var gids, font, meanings []byte
	var pages []string
	for _, m := range streams.FindAllSubmatchIndex(pdf, -1) {
		n, _ := strconv.Atoi(string(pdf[m[4]:m[5]]))
		body := pdf[m[1] : m[1]+n]
		if bytes.Contains(pdf[m[2]:m[3]], []byte("/Subtype /Image")) {
			continue
		}
		if strings.Contains(string(pdf[m[2]:m[3]]), "FlateDecode") {
			z, err := zlib.NewReader(bytes.NewReader(body))
			if err != nil {
				return nil, err
			}
			if body, err = io.ReadAll(z); err != nil {
				return nil, err
			}
		}
		switch {
		case len(body) == 1<<17:
			gids = body
		case bytes.HasPrefix(body, []byte{0, 1, 0, 0}):
			font = body
		case bytes.Contains(body, []byte("begincmap")):
			meanings = body
		default:
			pages = append(pages, string(body))
		}
	}
	face, err := sfnt.Parse(font)
	if err != nil {
		return nil, err
	}
	widths := cidWidths(pdf)
	var buf sfnt.Buffer
	means := map[uint16]string{}
	for _, m := range mapping.FindAllStringSubmatch(string(meanings), -1)[1:] { // the first is the range of codes
		code, _ := strconv.ParseUint(m[1], 16, 16)
		var units []uint16
		for i := 0; i < len(m[2]); i += 4 {
			u, _ := strconv.ParseUint(m[2][i:i+4], 16, 16)
			units = append(units, uint16(u))
		}
		text := string(utf16.Decode(units))
		gid := sfnt.GlyphIndex(gids[2*code])<<8 | sfnt.GlyphIndex(gids[2*code+1])
		outline, err := face.LoadGlyph(&buf, gid, fixed.I(1000), nil)
		if gid == 0 || err != nil || len(outline) == 0 && strings.TrimSpace(text) != "" {
			return nil, fmt.Errorf("%q is printed as an empty box or not at all: %v", text, err)
		}
		if w, err := face.GlyphAdvance(&buf, gid, fixed.I(1000), 0); err != nil || w.Round() != widths[uint16(code)] {
			return nil, fmt.Errorf("%q is %d wide, set as %d", text, w.Round(), widths[uint16(code)])
		}
		means[uint16(code)] = text
	}
	var out []Piece
	for page, content := range pages {
		out = append(out, written(content, page, means, widths)...)
	}
	return out, nil
}

// Print draws a paper and reads it again. Where SHOW names a folder and the paper has a name, it is left there to be looked at.
func Print(t interface {
	Helper()
	Fatal(...any)
}, paper interface{ PDF() ([]byte, error) }, name string) []Piece {
	t.Helper()
	pdf, err := paper.PDF()
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SHOW"); dir != "" && name != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ps, err := Read(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

// written reads the text of one page.
func written(content string, page int, means map[uint16]string, widths map[uint16]int) (out []Piece) {
	size, track := 0.0, 0.0
	number := func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f }
	for _, m := range texts.FindAllStringSubmatch(content, -1) {
		switch {
		case m[1] != "":
			size = number(m[1])
		case m[2] != "":
			track = number(m[2])
		default:
			p, raw := Piece{X: number(m[3]), Y: number(m[4]), Size: size, Page: page}, escapes.Replace(m[5])
			for i := 0; i+1 < len(raw); i += 2 {
				code := uint16(raw[i])<<8 | uint16(raw[i+1])
				p.Text += means[code]
				p.Width += float64(widths[code])*size/1000 + track
			}
			p.Width -= track
			out = append(out, p)
		}
	}
	return out
}

// cidWidths reads the widths that the PDF states.
func cidWidths(pdf []byte) map[uint16]int {
	m := ranges.FindSubmatch(pdf)
	words, widths := strings.Fields(string(m[1])), map[uint16]int{}
	for len(words) > 0 {
		from, _ := strconv.Atoi(words[0])
		if words[1] == "[" {
			words = words[2:]
			for ; words[0] != "]"; from, words = from+1, words[1:] {
				widths[uint16(from)], _ = strconv.Atoi(words[0])
			}
			words = words[1:]
			continue
		}
		to, _ := strconv.Atoi(words[1])
		w, _ := strconv.Atoi(words[2])
		for ; from <= to; from++ {
			widths[uint16(from)] = w
		}
		words = words[3:]
	}
	return widths
}

// All joins the text of pieces without any blank.
func All(ps []Piece) string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.Text)
	}
	return Squeeze(b.String())
}

// Squeeze takes every blank out of a text, so that it can be found in All, however its lines were broken.
func Squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// Code reads the QR code in a part of a picture; what it says, or why it cannot be read.
func Code(picture image.Image, box image.Rectangle) (string, error) {
	part := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	draw.Draw(part, part.Bounds(), picture, box.Min, draw.Src)
	bits, err := gozxing.NewBinaryBitmapFromImage(part)
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true,
		gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"}
	result, err := qrcode.NewQRCodeReader().Decode(bits, hints)
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}
