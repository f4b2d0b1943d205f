package photo_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"lianluo.local/app/roster/photo"
	"lianluo.local/data/problem"
)

// corner is a white picture with a red patch in its upper left corner.
func corner(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, w/4, h/4), image.NewUniform(color.RGBA{220, 0, 0, 255}), image.Point{}, draw.Src)
	return m
}

// taken is a JPEG as a telephone takes it: with the way that it was held, and where.
func taken(t *testing.T, m image.Image, way uint16, order binary.AppendByteOrder) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3)
	tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(tiff, 1), way), 0)
	tiff = append(tiff, "GPS 37.5 N 111.1 E"...)
	part := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))...)
	return append(append(out, part...), b.Bytes()[2:]...)
}

// However a photo was held and however large it is, it is kept upright, small, and without saying where it was taken.
func TestPhotosAreSmallAndUpright(t *testing.T) {
	// where the corner has to stand that is kept at the upper left, by way: Exif 2.3, table of orientation
	for way, at := range map[uint16][2]float64{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			got, err := photo.Shrink(taken(t, corner(900, 1500), way, order))
			if err != nil {
				t.Fatal(err)
			}
			m, kind, err := image.Decode(bytes.NewReader(got))
			if err != nil || kind != "jpeg" || bytes.Contains(got, []byte("GPS")) || bytes.Contains(got, []byte("Exif")) {
				t.Fatalf("way %d: %s %v", way, kind, err)
			}
			size := m.Bounds().Size()
			if upright := size.Y > size.X; upright != (way < 5) || size.X > 300 || size.Y > 400 {
				t.Errorf("way %d: %v", way, size)
			}
			x, y := int(at[0]*float64(size.X-20))+10, int(at[1]*float64(size.Y-20))+10
			if r, g, _, _ := m.At(x, y).RGBA(); r>>8 < 180 || g>>8 > 90 {
				t.Errorf("way %d: the corner is not at %d, %d", way, x, y)
			}
		}
	}
}

func TestPhotosOfAnyKind(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 1200, 1600))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(r.Uint32())
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 80, 60))
	for name, m := range map[string]image.Image{"noise": noise, "clear": clear, "grey": image.NewGray(image.Rect(0, 0, 3000, 10)),
		"one": image.NewGray(image.Rect(0, 0, 1, 1))} {
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		got, err := photo.Shrink(b.Bytes())
		if err != nil || len(got) > 40<<10 {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		kept, err := jpeg.Decode(bytes.NewReader(got))
		if err != nil {
			t.Fatal(name, err)
		}
		if r, _, _, _ := kept.At(0, 0).RGBA(); name == "clear" && r>>8 < 250 {
			t.Error("what is clear is not white")
		}
	}
}

// claimed is a PNG that says how large it is and has nothing else.
func claimed(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	head = append(head, 8, 6, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(b, head...), crc32.ChecksumIEEE(head))
}

// What is no photo, or too large a one, is told in a sentence before it takes memory.
func TestPhotosThatAreNone(t *testing.T) {
	whole := taken(t, corner(600, 800), 1, binary.LittleEndian)
	var g bytes.Buffer
	if err := gif.Encode(&g, corner(9, 9), nil); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		photo []byte
		says  string
	}{
		"80 megapixels":  {claimed(10000, 8000), "太大"},
		"a terapixel":    {claimed(1<<20, 1<<20), "太大"},
		"cut off":        {whole[:len(whole)/2], "损坏"},
		"its head alone": {whole[:100], "损坏"},
		"a gif":          {g.Bytes(), "JPG"},
		"a text":         {[]byte("照片"), "JPG"},
		"nothing":        {nil, "没有照片"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := photo.Shrink(x.photo)
		runtime.ReadMemStats(&after)
		var said problem.Problems
		if !errors.As(err, &said) || !strings.Contains(said["photo"], x.says) {
			t.Errorf("%s: %v", name, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
			t.Errorf("%s took %d bytes", name, used)
		}
	}
	if _, err := photo.Read(t.TempDir() + "/nobody.jpg"); err == nil {
		t.Error("a file that is not there")
	}
}
