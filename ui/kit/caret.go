package kit

import "fyne.io/fyne/v2"

// caret is where candidates of an input method may stand below the text cursor, in pixels of the window; at its corner
// while the field was not drawn yet.
func (e *Entry) caret() (x, y int) {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(e)
	if c == nil {
		return 0, 0
	}
	at, size := e.CursorPosition(), e.Size()
	line := e.Theme().Size("text") * 1.5
	at = fyne.NewPos(min(at.X, size.Width), min(at.Y+line, size.Height)) // what is scrolled away stands at the edge
	return c.PixelCoordinateForPosition(d.AbsolutePositionForObject(e).Add(at))
}
