package schedule

import (
	"fyne.io/fyne/v2"

	"lianluo.local/ui/look"
	"lianluo.local/ui/schedule/almanac"
)

// layout puts the month to the left of what is told of the chosen day: as seven columns, as a list where there is no room
// for them, or across all stations. These stand alone, with the chosen day in words below, where their letters need the room.
type layout struct {
	across func() bool
	board  *almanac.Board
	listed bool
}

// narrowest is how wide a column must be, in letters, for an hour and a name to stand in it.
const narrowest = 6.5

func (*layout) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300+os[3].MinSize().Width, 170)
}

func (l *layout) Layout(os []fyne.CanvasObject, size fyne.Size) {
	th := fyne.CurrentApp().Settings().Theme()
	side := min(max(size.Width*0.3, 330), 30*th.Size("text"))
	left, high := size.Width-side-12, size.Height
	across := l.across()
	l.listed = !across && left/7 < narrowest*th.Size(look.Small)
	below := across && !l.board.Room(left)
	if below {
		left = size.Width
	}
	for _, o := range os[4:] {
		o.Resize(fyne.NewSize(left, o.Size().Height)) // it wraps
	}
	foot := func(o fyne.CanvasObject) {
		h := o.MinSize().Height
		high -= h
		o.Move(fyne.NewPos(0, high))
		o.Resize(fyne.NewSize(left, h))
	}
	told := across && size.Height > 17*th.Size("text")
	for i, shown := range []bool{!across && !l.listed, l.listed, across, !below, below, told} {
		if os[i].Hide(); shown {
			os[i].Show()
		}
	}
	if told {
		foot(os[5])
	}
	if below {
		foot(os[4])
	}
	for _, month := range os[:3] {
		month.Resize(fyne.NewSize(left, high))
	}
	os[3].Move(fyne.NewPos(left+12, 0))
	os[3].Resize(fyne.NewSize(side, size.Height))
}
