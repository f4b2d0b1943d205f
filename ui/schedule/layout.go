package schedule

import (
	"fyne.io/fyne/v2"

	"lianluo.local/ui/look"
)

// layout puts the month, as seven columns or as a list where there is no room for them, to the left of the chosen day.
type layout struct{ listed bool }

// narrowest is how wide a column must be, in letters, for an hour and a name to stand in it.
const narrowest = 6.5

func (*layout) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300+os[2].MinSize().Width, 260)
}

func (l *layout) Layout(os []fyne.CanvasObject, size fyne.Size) {
	th := fyne.CurrentApp().Settings().Theme()
	em := th.Size("text")
	side := min(max(size.Width*0.3, 330), 30*em)
	left := size.Width - side - 12
	l.listed = left/7 < narrowest*th.Size(look.Small)
	month, other := os[0], os[1]
	if l.listed {
		month, other = other, month
	}
	other.Hide()
	month.Show()
	month.Resize(fyne.NewSize(left, size.Height))
	os[2].Move(fyne.NewPos(left+12, 0))
	os[2].Resize(fyne.NewSize(side, size.Height))
}
