package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}

// Every text can be read on everything that it stands on (WCAG 2: 4.5 to 1), and every field has an edge (3 to 1).
func TestContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{theme.ColorNameBackground, Card, Rail, Tint}
	inks := []fyne.ThemeColorName{theme.ColorNameForeground, Ink2, Accent, Calm, Soon, theme.ColorNameError,
		theme.ColorNamePlaceHolder}
	for _, v := range Variants {
		l := New(v.Code, 0)
		check := func(ink, ground fyne.ThemeColorName, least float64) {
			a, b := luminance(l.Color(ink, 0)), luminance(l.Color(ground, 0))
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < least {
				t.Errorf("%s: %s on %s is %.2f", v.Code, ink, ground, ratio)
			}
		}
		for _, ground := range grounds {
			for _, ink := range inks {
				check(ink, ground, 4.5)
			}
		}
		check(theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 4.5)
		check(theme.ColorNameForegroundOnError, theme.ColorNameError, 4.5)
		check(theme.ColorNameInputBorder, Card, 3)
		check(Ring, Card, 3)
	}
}

func TestSizes(t *testing.T) {
	for _, size := range TextSizes {
		l := New("light", size)
		if l.Size(theme.SizeNameText) != size || l.Size(Title) <= size {
			t.Errorf("%v", size)
		}
	}
	if New("", 0).Size(theme.SizeNameText) != 18 {
		t.Error("18 is not the usual size")
	}
}
