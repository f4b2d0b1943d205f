package typeset_test

import (
	"bytes"
	"compress/zlib"
	"image/color"
	"io"
	"testing"

	"lianluo.local/app/paper/typeset"
)

// Polygons that lie over each other are filled once, whichever way around each runs, on screen as on paper.
func TestArea(t *testing.T) {
	ink := color.RGBA{A: 0xFF}
	p := typeset.NewPage(20, 20)
	p.Area(ink, []typeset.Point{{X: 2, Y: 2}, {X: 12, Y: 2}, {X: 12, Y: 12}, {X: 2, Y: 12}}, []typeset.Point{{X: 8, Y: 8}, {X: 8, Y: 18}, {X: 18, Y: 8}}, nil)
	img := p.Image(254)
	for _, at := range [][3]int{{50, 50, 0}, {100, 100, 0}, {110, 130, 0}, {170, 170, 255}, {15, 15, 255}, {150, 50, 255}} {
		if got := img.RGBAAt(at[0], at[1]).R; int(got) != at[2] {
			t.Errorf("at %d, %d there is %d, want %d", at[0], at[1], got, at[2])
		}
	}
	pdf, err := typeset.Document{Pages: []*typeset.Page{p}}.PDF()
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range bytes.Split(pdf, []byte("stream\n")) {
		if z, err := zlib.NewReader(bytes.NewReader(part)); err == nil {
			part, _ = io.ReadAll(z)
		}
		if bytes.Contains(part, []byte("h 51.024 34.016 m 22.677 5.669 l 22.677 34.016 l h f")) {
			return
		}
	}
	t.Error("the PDF has no such path")
}
