package chart

import (
	"image/color"
	"math"
	"testing"

	"lianluo.local/app/paper/typeset"
)

// Without any colour the parts of a bar are told apart: by how dark they are, or by how their hatching runs.
func TestReadableInGrey(t *testing.T) {
	var seen [7][]float64
	for n := range seen {
		p := typeset.NewPage(12, 5)
		s := sheet{page: p, Look: Paper}
		s.fill(n, 0, 0, 12, 5, Paper.Ink)
		img := p.Image(150)
		for y := range img.Rect.Dy() {
			for x := range img.Rect.Dx() {
				seen[n] = append(seen[n], float64(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)/255)
			}
		}
		for before := range n {
			differs := 0.0
			for i, v := range seen[n] {
				differs += math.Abs(v - seen[before][i])
			}
			if differs /= float64(len(seen[n])); differs < .08 {
				t.Errorf("hatchings %d and %d look the same: %.3f", before, n, differs)
			}
		}
	}
}
