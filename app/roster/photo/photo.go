// Package photo makes the photos that people bring into those that are kept.
package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // photos come as both
	"os"

	scale "golang.org/x/image/draw"

	"lianluo.local/data/problem"
)

// What a photo may be when it comes and is when it is kept: it hangs on every roster that travels.
const (
	mostPixels = 25_000_000
	mostRead   = 30 << 20
	width      = 300
	height     = 400
	mostKept   = 40 << 10
)

// What is wrong with a photo.
var (
	errNoPhoto  = problem.Problems{"photo": "没有照片"}
	errOtherOne = problem.Problems{"photo": "照片要是 JPG 或 PNG 文件，请换一张"}
	errHuge     = problem.Problems{"photo": "照片太大（超过 2500 万像素或 30 MB），请先缩小再用"}
	errTorn     = problem.Problems{"photo": "照片文件不完整或已经损坏，请换一张"}
)

// Read gives a photo of a file as Shrink does.
func Read(name string) ([]byte, error) {
	if i, err := os.Stat(name); err == nil && i.Size() > mostRead {
		return nil, errHuge
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, problem.Problems{"photo": "打不开这个照片文件，请再选一次"}
	}
	return Shrink(b)
}

// Shrink gives a photo as it is kept: a JPEG of 300 by 400 dots and 40 KiB at most, upright, with nothing in it of where
// and when it was taken. It takes a JPEG or a PNG; it fails with problem.Problems, and looks at how large a photo says
// it is before it is unpacked.
func Shrink(photo []byte) ([]byte, error) {
	c, kind, err := image.DecodeConfig(bytes.NewReader(photo))
	switch {
	case len(photo) == 0:
		return nil, errNoPhoto
	case errors.Is(err, image.ErrFormat) || err == nil && kind != "jpeg" && kind != "png":
		return nil, errOtherOne
	case err != nil || c.Width < 1 || c.Height < 1:
		return nil, errTorn
	case c.Width > mostPixels/c.Height || len(photo) > mostRead:
		return nil, errHuge
	}
	m, _, err := image.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil, errTorn
	}
	turned := orientation(photo)
	w, h := width, height
	if turned > 4 { // it lies on its side
		w, h = h, w
	}
	k := min(1, float64(w)/float64(c.Width), float64(h)/float64(c.Height))
	small := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(c.Width)*k)), max(1, int(float64(c.Height)*k))))
	draw.Draw(small, small.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	scale.BiLinear.Scale(small, small.Rect, m, m.Bounds(), draw.Over, nil)
	small = upright(small, turned)
	for quality := 88; ; quality -= 8 {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		if out.Len() <= mostKept || quality < 16 {
			return out.Bytes(), nil
		}
	}
}

// Kept says whether something can be a photo as Shrink gives it, of a million dots at most: what others sent may be
// anything.
func Kept(b []byte) bool {
	c, err := jpeg.DecodeConfig(bytes.NewReader(b))
	return err == nil && c.Width <= mostPixels/25/max(c.Height, 1) && c.ColorModel != color.CMYKModel
}

// upright turns a picture that was kept in one of the eight ways of Exif 2.3 (tag 0x0112).
func upright(m *image.RGBA, way int) *image.RGBA {
	if way < 2 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if way > 4 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch way {
			case 2, 3:
				tx = w - 1 - x
			case 6, 7:
				tx = h - 1 - y
			case 5, 8:
				tx = y
			}
			switch way {
			case 3, 4:
				ty = h - 1 - y
			case 5, 6:
				ty = x
			case 7, 8:
				ty = w - 1 - x
			}
			to.SetRGBA(tx, ty, m.RGBAAt(x, y))
		}
	}
	return to
}

// orientation is in which way a JPEG was kept, 1 where it does not say. It is read here because the libraries that know
// all of Exif are left alone by their makers, and one number is wanted.
func orientation(photo []byte) int {
	for at := 2; at+4 <= len(photo) && photo[at] == 0xFF && photo[at+1] != 0xDA; {
		size := int(binary.BigEndian.Uint16(photo[at+2:])) + 2
		part := photo[at+4 : max(at+4, min(at+size, len(photo)))]
		if tiff, ok := bytes.CutPrefix(part, []byte("Exif\x00\x00")); photo[at+1] == 0xE1 && ok {
			return orientated(tiff)
		}
		at += size
	}
	return 1
}

// orientated reads it from a TIFF's first directory.
func orientated(tiff []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(tiff, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 0 || at+2 > len(tiff) {
		return 1
	}
	for i := range int(order.Uint16(tiff[at:])) {
		e := at + 2 + 12*i
		if e+12 > len(tiff) {
			break
		}
		if order.Uint16(tiff[e:]) == 0x0112 {
			if way := int(order.Uint16(tiff[e+8:])); way >= 1 && way <= 8 {
				return way
			}
		}
	}
	return 1
}
