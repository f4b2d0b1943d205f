package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/ui/look"
)

// Veil lies over a window, its dialogs too, until it is lifted. What is below lives on: who had the keyboard has it again
// then, with the cursor where it stood and what was chosen; what opens meanwhile opens below.
type Veil struct {
	Keys map[Key]func() // what keys do meanwhile; those of the window rest

	on     fyne.Canvas
	object fyne.CanvasObject
	first  fyne.Focusable
	below  fyne.Focusable // has the keyboard once it is lifted
}

// veil is the one that lies over the window, nil for none.
var veil *Veil

// Cover lays a veil with a box on it, in which first has the keyboard. It hides all, the box in the middle; or only dims it,
// so that what stands there can be read by whoever knows it, the box at the foot.
func Cover(on fyne.Canvas, dim bool, box fyne.CanvasObject, first fyne.Focusable) *Veil {
	Uncover()
	v := &Veil{Keys: map[Key]func(){}, on: on, first: first, below: on.Focused()}
	body := container.NewStack(Ground(look.Card), container.New(layout.NewCustomPaddedLayout(8, 12, 16, 16), box))
	name, at := look.Hiding, fyne.Layout(middle{})
	if dim {
		name, at = look.Dimming, foot{}
	}
	v.object = container.NewStack(Ground(name), container.New(at, body))
	v.lay()
	return v
}

// Covered says whether a veil lies over the window.
func Covered() bool { return veil != nil }

// Uncover lifts the veil that lies over the window.
func Uncover() {
	if veil != nil {
		veil.Lift()
	}
}

func (v *Veil) lay() {
	veil = v
	v.on.Overlays().Add(v.object)
	v.on.Focus(v.first)
}

// raise takes the veil away for as long as something is laid below it; the function lays it again.
func raise() (lay func()) {
	v := veil
	if v == nil {
		return func() {}
	}
	v.on.Overlays().Remove(v.object)
	return func() {
		v.below = v.on.Focused()
		v.lay()
	}
}

// Lift takes the veil away.
func (v *Veil) Lift() {
	if veil != v {
		return
	}
	v.on.Unfocus()
	v.on.Overlays().Remove(v.object)
	veil = nil
	if f := v.on.Focused(); f != nil {
		f.FocusGained() // nobody told it that it had lost the keyboard; the input method was told where that went
	}
}

// Pass gives a character to the field that was being filled in when the veil came: an input method may give only now what
// was being composed then.
func (v *Veil) Pass(r rune) {
	if e, ok := v.below.(*Entry); ok {
		e.TypedRune(r)
	}
}

// Middle lays a box in the middle of a page that holds nothing else.
func Middle(box fyne.CanvasObject) fyne.CanvasObject { return container.New(middle{}, box) }

// middle lays a box in the middle, as wide as the eye follows and no wider than there is room.
type middle struct{}

func (middle) MinSize(os []fyne.CanvasObject) fyne.Size { return os[0].MinSize() }

func (middle) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width-32, 28*fyne.CurrentApp().Settings().Theme().Size("text"))
	h := high(os[0], w)
	os[0].Move(fyne.NewPos((size.Width-w)/2, max(min(size.Height/5, (size.Height-h)/2), 0))) // where it grows, its head stays
}

// foot lays a box along the foot, as wide as there is room.
type foot struct{}

func (foot) MinSize(os []fyne.CanvasObject) fyne.Size { return os[0].MinSize() }

func (foot) Layout(os []fyne.CanvasObject, size fyne.Size) {
	h := high(os[0], size.Width)
	os[0].Move(fyne.NewPos(0, size.Height-h))
}

// high makes something so wide and as high as it needs to be then.
func high(o fyne.CanvasObject, width float32) (height float32) {
	for range 2 { // a text knows how high it is once it was as wide as it will be
		height = o.MinSize().Height
		o.Resize(fyne.NewSize(width, height))
	}
	return height
}
