package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/data/field"
)

// Facts lays what is known of a thing out in two columns where there is room for two.
func Facts(known []field.Shown) fyne.CanvasObject {
	l := &pairs{}
	c := container.New(l)
	for _, f := range known {
		c.Add(Hint(f.Name))
		c.Add(Text(f.Text))
		l.wide = append(l.wide, f.Wide)
	}
	return c
}

// pairs is a layout of labels beside texts that wrap. A text's height is known only once its width is, so the height of
// the whole is that of the last time it was laid out.
type pairs struct {
	wide   []bool
	height float32
}

// label and line are how many characters a label takes and how long a line may be, so that it can be read.
const label, line = 5, 42

// em is the width of a character.
func em() float32 {
	return fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
}

const overlap = 14 // labels bring more air above and below than a list of facts needs

func (l *pairs) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, l.height) }

func (l *pairs) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := em()
	label, column := label*em+8, size.Width
	if size.Width >= 34*em {
		column = size.Width / 2
	}
	x, y, row := float32(0), float32(0), float32(0)
	for i, wide := range l.wide {
		width := column
		if wide {
			width = size.Width
		}
		if x > 0 && x+width > size.Width+1 {
			x, y, row = 0, y+row-overlap, 0
		}
		name, text := os[2*i], os[2*i+1]
		text.Resize(fyne.NewSize(width-label, text.Size().Height))
		high := max(text.MinSize().Height, name.MinSize().Height)
		name.Move(fyne.NewPos(x, y))
		name.Resize(fyne.NewSize(label, name.MinSize().Height))
		text.Move(fyne.NewPos(x+label, y))
		text.Resize(fyne.NewSize(width-label, high))
		x, row = x+width, max(row, high)
	}
	l.height = y + row
}

// Snug stacks texts closer than a box would.
func Snug(texts ...fyne.CanvasObject) *fyne.Container { return container.New(snug{}, texts...) }

type snug struct{}

func (snug) MinSize(os []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, overlap)
	for _, o := range os {
		size = fyne.NewSize(max(size.Width, o.MinSize().Width), size.Height+o.MinSize().Height-overlap)
	}
	return size
}

func (snug) Layout(os []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range os {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		y += o.MinSize().Height - overlap
	}
}

// Shares gives three fifths of the width to the first and what is left to the second, as far as lines can be read.
func Shares(first, second fyne.CanvasObject) *fyne.Container {
	return container.New(shares{}, first, second)
}

type shares struct{}

func (shares) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+8, max(a.Height, b.Height, 160))
}

func (shares) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := min((size.Width-8)*0.62, (label+line)*em()+40)
	os[0].Resize(fyne.NewSize(w, size.Height))
	os[1].Move(fyne.NewPos(w+8, 0))
	os[1].Resize(fyne.NewSize(min(size.Width-w-8, line*em()), size.Height))
}
