package figures

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/ui/kit"
)

func em() float32 { return fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText) }

// body has the four numbers over the chart at the left, as far as there is room for both, at the right the table over the
// chosen cell in words. Large, the chart has the room of all.
type body struct {
	large  bool
	words  bool           // the page for a leader stands in place of the table
	wanted func() float32 // how high the chart has to be to show all
}

// MinSize has the table and a line.
func (b *body) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, max(os[0].MinSize().Height, os[2].MinSize().Height+2.2*em()))
}

func (b *body) Layout(os []fyne.CanvasObject, size fyne.Size) {
	numbers, bars, grid, chosen, words := os[0], os[1], os[2], os[3], os[4]
	side := min(size.Width*0.34, 40*em())
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	high := float32(0)
	for range 2 { // a text knows how high it is once it was as wide as it will be
		high = numbers.MinSize().Height
		place(numbers, 0, 0, side-12, high)
	}
	room := size.Height - high - 8
	for o, seen := range map[fyne.CanvasObject]bool{numbers: !b.large, bars: b.large || room > 6*em(), grid: !b.large && !b.words,
		chosen: !b.large && !b.words, words: !b.large && b.words} {
		if o.Hide(); seen {
			o.Show()
		}
	}
	if b.large {
		place(bars, 0, 0, size.Width, size.Height)
		return
	}
	place(bars, 0, high+8, side-12, min(room, b.wanted()))
	rest, below := size.Width-side, float32(0)
	place(words, side, 0, rest, size.Height)
	for range 2 {
		chosen.Resize(fyne.NewSize(rest, below))
		below = max(2.2*em(), chosen.MinSize().Height)
	}
	place(grid, side, 0, rest, max(size.Height-below, 0))
	place(chosen, side, size.Height-below, rest, below)
}

// control has the name of the period as wide as it is, and the tabs beside it.
type control struct{ name *kit.Label }

func (c control) wide() float32 {
	return max(fyne.MeasureText(c.name.Text, em(), fyne.TextStyle{Bold: true}).Width+2*em(), 9*em())
}

func (c control) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.wide()+os[1].MinSize().Width, max(os[0].MinSize().Height, os[1].MinSize().Height))
}

func (c control) Layout(os []fyne.CanvasObject, size fyne.Size) {
	name := min(c.wide(), size.Width*0.45)
	os[0].Resize(fyne.NewSize(name, size.Height))
	os[1].Move(fyne.NewPos(name, 0))
	os[1].Resize(fyne.NewSize(max(size.Width-name, 0), size.Height))
}
