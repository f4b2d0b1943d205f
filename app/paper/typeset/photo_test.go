package typeset

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"regexp"
	"strings"
	"testing"
)

// plate is a JPEG of one colour.
func plate(t *testing.T, w, h int, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Photos of one size stand where they were put, in the file as on the screen, whole and each once, and the same pages
// give the same bytes.
func TestPhotos(t *testing.T) {
	red, blue := plate(t, 30, 40, color.RGBA{200, 0, 0, 255}), plate(t, 30, 40, color.RGBA{0, 0, 200, 255})
	p, again := NewPage(100, 60), NewPage(100, 60)
	p.Text(50, 55, Centre, Style{Face: Sans, Size: 12}, "照片")
	for i, photo := range [][]byte{red, blue, red} {
		if err := p.Photo(float64(i)*30, 5, 30, 40, photo); err != nil {
			t.Fatal(err)
		}
	}
	if err := again.Photo(0, 0, 30, 40, blue); err != nil {
		t.Fatal(err)
	}
	var first []byte
	for range 5 {
		pdf, err := Document{Pages: []*Page{p, again}}.PDF()
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = pdf
		}
		if !bytes.Equal(first, pdf) {
			t.Fatal("other bytes")
		}
	}
	for name, photo := range map[string][]byte{"red": red, "blue": blue} {
		if n := bytes.Count(first, photo); n != 1 {
			t.Errorf("%s is in the file %d times", name, n)
		}
	}
	objects := map[string]string{} // what each name stands for
	for _, m := range regexp.MustCompile(`/(I[0-9a-f]{40}) (\d+) 0 R`).FindAllSubmatch(first, -1) {
		_, body, _ := bytes.Cut(first, fmt.Appendf(nil, "\n%s 0 obj\n", m[2]))
		objects[string(m[1])] = "red"
		if body, _, _ = bytes.Cut(body, []byte("endobj")); bytes.Contains(body, blue) {
			objects[string(m[1])] = "blue"
		}
	}
	var shown []string
	for part := range bytes.SplitSeq(first, []byte("/Filter /FlateDecode>>\nstream\n")) {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		content, _ := io.ReadAll(z)
		for _, m := range drawn.FindAllSubmatch(content, -1) {
			shown = append(shown, objects[string(m[1])])
		}
	}
	if got := strings.Join(shown, " "); got != "red blue red blue" {
		t.Errorf("the pages show %s", got)
	}
	m := p.Image(25.4)
	for at, want := range map[image.Point]color.RGBA{{15, 25}: {200, 0, 0, 255}, {45, 25}: {0, 0, 200, 255}, {75, 25}: {200, 0, 0, 255}} {
		if got := m.RGBAAt(at.X, at.Y); int(got.R)-int(want.R) > 9 || int(want.R)-int(got.R) > 9 || int(want.B)-int(got.B) > 9 {
			t.Errorf("%v is %v", at, got)
		}
	}
	if err := p.Photo(0, 0, 9, 9, []byte("GIF89a")); err == nil {
		t.Error("a photo of another kind")
	}
}
