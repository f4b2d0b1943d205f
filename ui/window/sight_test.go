//go:build linux

package window

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/go-gl/glfw/v3.4/glfw"

	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/place"
)

// sight is what stands in a window.
type sight struct {
	Title   string
	Focus   int      // among the fields, -1 for none of them
	Button  string   // the button with the focus
	On      [4]int   // where it is in the window, as the fields are
	Fields  []string // what is written in the fields for text
	At      [][4]int // where they are in the window, in pixels: left, top, width, height
	Ticked  int      // the boxes that are ticked
	Row     []string // the row of a table that is lit
	Overlay bool     // a sheet lies over the page
	Over    string   // what can be read there
	Sheet   []string // what is written and chosen there, field by field
	Place   [4]int   // the window on the screen
}

func stands() (s sight) {
	ws := fyne.CurrentApp().Driver().AllWindows()
	if len(ws) == 0 {
		return s
	}
	c := ws[0].Canvas()
	s.Title, s.Focus, s.Overlay = ws[0].Title(), -1, c.Overlays().Top() != nil
	place.Native(ws[0], func(g *glfw.Window) {
		s.Place[0], s.Place[1] = g.GetPos()
		s.Place[2], s.Place[3] = g.GetSize()
	})
	at := func(o fyne.CanvasObject) [4]int {
		x, y := c.PixelCoordinateForPosition(fyne.CurrentApp().Driver().AbsolutePositionForObject(o))
		width, height := c.PixelCoordinateForPosition(fyne.NewPos(o.Size().Width, o.Size().Height))
		return [4]int{x, y, width, height}
	}
	if b, ok := c.Focused().(*kit.Button); ok {
		s.Button, s.On = b.Text, at(b)
	}
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *kit.Entry:
			if c.Focused() == fyne.Focusable(o) {
				s.Focus = len(s.Fields)
			}
			s.Fields = append(s.Fields, o.Text)
			s.At = append(s.At, at(o))
		case *kit.Check:
			if o.Checked {
				s.Ticked++
			}
		case *container.Scroll:
			walk(o.Content)
		case *fyne.Container:
			for _, below := range o.Objects {
				walk(below)
			}
		}
	}
	walk(c.Content())
	s.Row, _ = lit(c.Content())
	if s.Overlay {
		s.Over, s.Sheet = kittest.Seen(c.Overlays().Top()), filled(c.Overlays().Top())
	}
	return s
}

// pressed presses the button on top whose words begin so; none where there is no such button.
func pressed(called string) {
	w := kittest.Window{Window: fyne.CurrentApp().Driver().AllWindows()[0]}
	if b, ok := kittest.Find(w.Top(), func(o fyne.CanvasObject) bool {
		b, ok := o.(*kit.Button)
		return ok && strings.HasPrefix(b.Text, called)
	}).(*kit.Button); ok {
		b.OnTapped()
	}
}

// filled is what is written in the fields of an object and chosen from its chips.
func filled(o fyne.CanvasObject) (list []string) {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *kit.Entry:
		return []string{o.Text}
	case *kit.Chips:
		return []string{strings.Join(o.Chosen(), " ")}
	}
	for _, part := range kittest.Parts(o) {
		list = append(list, filled(part)...)
	}
	return list
}
