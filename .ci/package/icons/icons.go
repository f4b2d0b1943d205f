// Icons draws the icon of the program in the sizes of a desktop into the folder that is named, as SIDE.png.
package main

import (
	"bytes"
	"image"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/image/draw"

	"lianluo.local/assets/icons"
)

func main() {
	icon, err := png.Decode(bytes.NewReader(icons.App()))
	if err != nil {
		log.Fatal(err)
	}
	for _, side := range []int{16, 24, 32, 48, 64, 128, 256, 512} {
		m := image.NewNRGBA(image.Rect(0, 0, side, side))
		draw.CatmullRom.Scale(m, m.Bounds(), icon, icon.Bounds(), draw.Src, nil)
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], strconv.Itoa(side)+".png"), b.Bytes(), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
