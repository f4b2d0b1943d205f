package kit

import "fyne.io/fyne/v2"

// caret tells the input method where the text cursor is, so that its candidates stand there.
func (e *Entry) caret() {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(e)
	if c == nil || !e.writing {
		return
	}
	at, size := e.CursorPosition(), e.Size()
	line := e.Theme().Size("text") * 1.5
	at = fyne.NewPos(min(at.X, size.Width), min(at.Y+line, size.Height)) // what is scrolled away stands at the edge
	putCaret(c.PixelCoordinateForPosition(d.AbsolutePositionForObject(e).Add(at)))
}

// nobodyWrites tells the input method that keys are not for it.
func nobodyWrites() { putCaret(-1, -1) }
