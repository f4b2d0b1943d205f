package kit

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Dialog is something shown over the page until it is closed. Esc closes it, its last button has the focus at first.
// The other keys of the window rest meanwhile: they are meant for the page below.
type Dialog struct {
	pop     *widget.PopUp
	content fyne.CanvasObject
	acts    []*Button
	keys    map[Key]func() // those that rest
}

// dialogs are those that are open, the uppermost last.
var dialogs []*Dialog

// past goes on from the buttons of a dialog that leave it to the one that does what it is for: whoever walks through
// the fields with Enter comes to that one.
func past(on fyne.Canvas) {
	if len(dialogs) == 0 {
		return
	}
	acts := dialogs[len(dialogs)-1].acts
	if b, ok := on.Focused().(*Button); ok && slices.Contains(acts, b) {
		on.Focus(acts[len(acts)-1])
	}
}

// Show lays content over a canvas, as large as asked (zero: as large as it needs), with buttons below.
func Show(on fyne.Canvas, title string, content fyne.CanvasObject, size fyne.Size, acts ...*Button) *Dialog {
	defer raise()()
	head := widget.NewLabel(title)
	head.SizeName, head.TextStyle.Bold = "subHeadingText", true
	row := buttons()
	if size.Height == 0 && content.MinSize().Height > on.Size().Height*0.7 {
		size = fyne.NewSize(content.MinSize().Width+48, on.Size().Height)
	}
	if size.Height > 0 && content.MinSize().Height > min(size.Height, on.Size().Height)*0.7 {
		content = Scroll(content)
	}
	s := &Dialog{keys: Keys, acts: acts, content: content}
	dialogs = append(dialogs, s)
	Keys = map[Key]func(){{Name: fyne.KeyEscape}: s.Close}
	for _, b := range acts {
		row.Add(b)
	}
	s.pop = widget.NewModalPopUp(Heed(container.NewStack(Ground(look.Card),
		container.New(layout.NewCustomPaddedLayout(8, 12, 16, 16),
			container.NewBorder(head, row, nil, nil, content)))), on)
	if size.Width > 0 {
		size = size.Min(on.Size().SubtractWidthHeight(16, 16))
		row.Resize(fyne.NewSize(size.Width-32, 0)) // it knows how high it is once it was as wide as it will be
		s.pop.Resize(size)
	}
	s.pop.Show()
	if n := len(acts); n > 0 {
		on.Focus(acts[n-1])
	}
	return s
}

// Open says whether it is still shown.
func (s *Dialog) Open() bool { return !s.pop.Hidden }

// Close takes it away.
func (s *Dialog) Close() {
	if s.pop.Hidden {
		return
	}
	defer raise()()
	s.pop.Hide()
	dialogs = slices.DeleteFunc(dialogs, func(other *Dialog) bool { return other == s })
	Keys = s.keys
	letGo(s.content)
}

// letGo takes the pictures out of what is shown no more: Fyne remembers it for a minute, and a page of paper is megabytes.
func letGo(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *container.Scroll:
		letGo(o.Content)
	case *fyne.Container:
		for _, below := range o.Objects {
			letGo(below)
		}
	case *canvas.Image:
		o.Image = nil
		canvas.Refresh(o)
	}
}

// Aside takes the dialogs that are open off a canvas, as they are; back lays them on it again, with the keys that they had.
func Aside(on fyne.Canvas) (back func()) {
	if len(dialogs) == 0 {
		return func() {}
	}
	open, had, focused := dialogs, Keys, on.Focused()
	dialogs, Keys = nil, open[0].keys
	for _, d := range slices.Backward(open) {
		d.pop.Hide()
	}
	return func() {
		open[0].keys = Keys
		dialogs, Keys = append(dialogs, open...), had
		for _, d := range open {
			d.pop.Show()
		}
		on.Focus(focused)
	}
}

// Ask asks before something that cannot be undone; Enter says yes, Esc no.
func Ask(on fyne.Canvas, title, text, yes string, do func()) {
	var s *Dialog
	no := NewButton("不了", "", false, func() { s.Close() })
	ok := NewButton(yes, "", true, func() { s.Close(); do() })
	s = Show(on, title, Text(text), fyne.NewSize(560, 240), no, ok)
}

// Pictures shows the pages of a paper, each as wide as there is room.
func Pictures(pages []image.Image, width float32) fyne.CanvasObject {
	box := container.NewVBox()
	for _, p := range pages {
		img := canvas.NewImageFromImage(p)
		img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		b := p.Bounds()
		img.SetMinSize(fyne.NewSize(width, width*float32(b.Dy())/float32(b.Dx())))
		box.Add(container.NewCenter(img))
	}
	return Scroll(box)
}
