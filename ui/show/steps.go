// Package show is what several pages show of our work in one way: a matter's strip of steps, how urgent it is, the
// columns of lists of matters, the matter beside its list, days and words as people say them. It stands between kit,
// which knows no word of our work, and the pages, which know nothing of each other.
package show

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// Step is one step of a strip: what it is called, a word how it stands, and whether it is done or is where things stand.
type Step struct {
	Called, Word string
	Done, Here   bool
	Tone         kit.Tone // of the one where things stand
}

// Steps is the strip of a matter's seven steps, called as the county calls them.
func Steps(v ledger.View, called [7]string) fyne.CanvasObject {
	var steps []Step
	for i, s := range v.Steps() {
		steps = append(steps, Step{called[i], s.Word, s.Done, s.Here, Light(v)})
	}
	return Strip(steps)
}

// Strip is steps beside each other, in words and not by colour alone. Where things stand is bold and on a ground of its
// own, in the colour of its tone.
func Strip(steps []Step) fyne.CanvasObject {
	row := container.New(layout.NewGridLayoutWithColumns(len(steps)))
	for i, s := range steps {
		ground, importance := look.Rail, widget.LowImportance
		switch {
		case s.Done:
			importance = widget.SuccessImportance
		case s.Here:
			if ground, importance = look.Card, s.Tone.Importance(); s.Tone == kit.Bad {
				ground = look.Tint
			}
		}
		top := kit.Text(string(rune('①'+i)) + " " + s.Word)
		top.Importance, top.SizeName, top.TextStyle.Bold = importance, look.Small, s.Here
		text := kit.Text(s.Called)
		text.SizeName, text.TextStyle.Bold = look.Small, s.Here
		row.Add(container.NewStack(kit.Ground(ground), container.New(tight{}, top, text)))
	}
	return row
}

// tight stacks two labels closer than a box would.
type tight struct{}

func (tight) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height-8)
}

func (tight) Layout(os []fyne.CanvasObject, size fyne.Size) {
	h := os[0].MinSize().Height
	os[0].Resize(fyne.NewSize(size.Width, h))
	os[1].Move(fyne.NewPos(0, h-8))
	os[1].Resize(fyne.NewSize(size.Width, size.Height-h+8))
}
