// Side draws what stands at the side of the setup program's first and last page into the file that is named: the icon of the
// program on its own red, as a BMP of twice the size in which it is shown.
package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"log"
	"os"

	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"

	"lianluo.local/assets/icons"
)

func main() {
	icon, err := png.Decode(bytes.NewReader(icons.App()))
	if err != nil {
		log.Fatal(err)
	}
	m := image.NewRGBA(image.Rect(0, 0, 328, 628))
	red := color.NRGBAModel.Convert(icon.At(256, 24))
	draw.Draw(m, m.Bounds(), image.NewUniform(red), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(m, image.Rect(44, 56, 284, 296), icon, icon.Bounds(), draw.Over, nil)
	var b bytes.Buffer
	if err := bmp.Encode(&b, m); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
