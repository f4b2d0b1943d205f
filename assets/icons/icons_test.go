package icons_test

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"lianluo.local/assets/icons"
)

func TestApp(t *testing.T) {
	m, err := png.Decode(bytes.NewReader(icons.App()))
	if err != nil {
		t.Fatal(err)
	}
	if b := m.Bounds(); b.Dx() != 512 || b.Dy() != 512 {
		t.Errorf("the icon is %v, want 512×512", b)
	}
	if _, _, _, a := m.At(0, 0).RGBA(); a != 0 {
		t.Error("the corner is not transparent")
	}
	if got := color.NRGBAModel.Convert(m.At(256, 24)); got != (color.NRGBA{0xB0, 0x1B, 0x1F, 0xFF}) {
		t.Errorf("the ground is %v, want the red of the house", got)
	}
}
