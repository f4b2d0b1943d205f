package roster

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // photos come as both
	"maps"
	"os"

	scale "golang.org/x/image/draw"

	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
)

// What a photo may be when it comes and is when it is kept: it hangs on every roster that travels.
const (
	mostPixels = 25_000_000
	mostFile   = 30 << 20
	photoW     = 300
	photoH     = 400
	photoBytes = 40 << 10
)

// What is wrong with a photo.
var (
	errNoPhoto  = problem.Problems{"photo": "没有照片"}
	errOtherOne = problem.Problems{"photo": "照片要是 JPG 或 PNG 文件，请换一张"}
	errHuge     = problem.Problems{"photo": "照片太大（超过 2500 万像素或 30 MB），请先缩小再用"}
	errTorn     = problem.Problems{"photo": "照片文件不完整或已经损坏，请换一张"}
)

// PhotoFile reads a photo from a file and gives it as Shrink does.
func PhotoFile(name string) ([]byte, error) {
	if i, err := os.Stat(name); err == nil && i.Size() > mostFile {
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
	case c.Width > mostPixels/c.Height || len(photo) > mostFile:
		return nil, errHuge
	}
	m, _, err := image.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil, errTorn
	}
	turned := orientation(photo)
	w, h := photoW, photoH
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
		if out.Len() <= photoBytes || quality < 16 {
			return out.Bytes(), nil
		}
	}
}

// Photo gives the photo that an entry brought, of a person or of a unit, as a JPEG. It fails with store.ErrNotFound where
// it is not here, and for what others sent that is none.
func (r *Roster) Photo(ctx context.Context, id journal.ID) ([]byte, error) {
	raw, err := r.Store.Secret(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	var i person.Image
	if err := json.Unmarshal(raw, &i); err != nil {
		return nil, fmt.Errorf("photo of %v: %w", id, err)
	}
	c, err := jpeg.DecodeConfig(bytes.NewReader(i.Photo))
	if err != nil || c.Width > mostPixels/25/max(c.Height, 1) || c.ColorModel == color.CMYKModel {
		return nil, fmt.Errorf("photo of %v: %w", id, store.ErrNotFound)
	}
	return i.Photo, nil
}

// shrunk is a photo as it is kept, or a problem; without one it is read from a file.
func shrunk(photo []byte, file string, problems problem.Problems) []byte {
	take := func() ([]byte, error) { return Shrink(photo) }
	if len(photo) == 0 && file != "" {
		take = func() ([]byte, error) { return PhotoFile(file) }
	}
	small, err := take()
	if wrong := (problem.Problems{}); errors.As(err, &wrong) {
		maps.Copy(problems, wrong)
	}
	return small
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
