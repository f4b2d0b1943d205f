// Package kittest reads and works a page as somebody before it does: what can be read, keys, buttons, pictures. Tests
// alone import it.
package kittest

import (
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// Parts are what an object is made of; of what is hidden nothing.
func Parts(o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// Find gives the first object of which something is true, o or within it, nil for none that can be seen.
func Find(o fyne.CanvasObject, is func(fyne.CanvasObject) bool) fyne.CanvasObject {
	switch {
	case o == nil || !o.Visible():
		return nil
	case is(o):
		return o
	}
	for _, part := range Parts(o) {
		if found := Find(part, is); found != nil {
			return found
		}
	}
	return nil
}

// Seen are all the words that can be read in an object, each text on a line; nil: none.
func Seen(o fyne.CanvasObject) string {
	if t, ok := o.(*canvas.Text); ok && t.Visible() {
		return t.Text + "\n"
	}
	var b strings.Builder
	for _, part := range Parts(o) {
		b.WriteString(Seen(part))
	}
	return b.String()
}

// Window is a window that a test works in.
type Window struct {
	fyne.Window
	testing.TB
}

// Begin is a program whose text is of a size and in which no key means anything yet: the window that its page is to be opened
// in, and the host of that page. explain says what a person reads of an error.
func Begin(t testing.TB, size float32, explain func(error) string) (*Window, kit.Host) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", size))
	kit.Keys = map[kit.Key]func(){}
	w := &Window{}
	return w, kit.Host{Context: t.Context(), Run: kit.Inline, Canvas: func() fyne.Canvas { return w.Canvas() },
		Explain: explain, Say: func(kit.Tone, string) {}}
}

// Open opens a window of a size with an object in it.
func Open(t testing.TB, o fyne.CanvasObject, size fyne.Size) Window {
	w := Window{test.NewTempWindow(t, o), t}
	w.Resize(size)
	return w
}

// Words are all that can be read in the window, the dialogs over it, too, in one line.
func (w Window) Words() string {
	c := w.Canvas()
	said := Seen(c.Content())
	for _, o := range c.Overlays().List() {
		said += Seen(o)
	}
	return strings.ReplaceAll(said, "\n", "")
}

// Sheet is what can be read on the uppermost dialog, each text on a line; "" where none is open.
func (w Window) Sheet() string { return Seen(w.Canvas().Overlays().Top()) }

// Press presses keys: whoever has the focus gets them, else the page.
func (w Window) Press(keys ...fyne.KeyName) {
	for _, k := range keys {
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		} else if do, ok := kit.Keys[kit.Key{Name: k}]; ok {
			do()
		}
	}
}

// Type types into what has the focus.
func (w Window) Type(s string) { test.Type(w.Canvas().Focused(), s) }

// Top is the uppermost dialog, else the page.
func (w Window) Top() fyne.CanvasObject {
	if top := w.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return w.Content()
}

// Tap presses the button whose words begin so, of those on top.
func (w Window) Tap(called string) {
	w.Helper()
	b, _ := Find(w.Top(), func(o fyne.CanvasObject) bool {
		b, ok := o.(*kit.Button)
		return ok && strings.HasPrefix(b.Text, called)
	}).(*kit.Button)
	if b == nil {
		w.Fatalf("there is no button %s: %s", called, w.Words())
	}
	b.OnTapped()
}

// Inside fails where a text or a button of the page ends outside the window. What can be scrolled to may lie below it.
func (w Window) Inside(where string) {
	w.Helper()
	w.inside(w.Content(), where, w.Canvas().Size())
}

func (w Window) inside(o fyne.CanvasObject, where string, size fyne.Size) {
	w.Helper()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	switch o := o.(type) {
	case *container.Scroll:
		size.Height = math.MaxFloat32
	case *canvas.Text:
		if x := at(o).X + o.MinSize().Width; o.Text != "" && o.Visible() && x > size.Width+1 {
			w.Errorf("%s: %s ends at %.0f of %.0f", where, o.Text, x, size.Width)
		}
	case *kit.Button:
		if end := at(o).AddXY(o.Size().Width, o.Size().Height); o.Visible() && (end.X > size.Width+1 || end.Y > size.Height+1) {
			w.Errorf("%s: the button %s ends at %v of %v", where, o.Text, end, size)
		}
	}
	for _, part := range Parts(o) {
		w.inside(part, where, size)
	}
}

// Shot keeps a picture of the window where SHOTS says, laid out anew.
func (w Window) Shot(name string) {
	w.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		w.Fatal(err)
	}
	defer f.Close()
	size := w.Canvas().Size()
	w.Resize(size.AddWidthHeight(0, 1))
	w.Resize(size)
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		w.Fatal(err)
	}
}
