package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// Clock tells how far apart two clicks are, and for how long nobody did anything; the window gives it. Without one each
// click stands for itself, and nobody is idle.
var Clock func() time.Time

// double is how long after a click another one at the same place is its second half: many people click everything
// twice.
const double = 500 * time.Millisecond

// click is the one before: where it was, unless nobody told, and when what it did was done.
var click struct {
	at      fyne.Position
	nowhere bool
	since   time.Time
}

// once does what a click asks for, unless it is the second of a double click: that does nothing, neither to what was
// clicked nor to what came under the pointer by it.
func once(e *fyne.PointEvent, do func()) {
	if e == nil || Clock == nil { // nobody clicked: the program did
		do()
		return
	}
	off := e.AbsolutePosition.Subtract(click.at)
	second := soon() && (click.nowhere || max(off.X, -off.X, off.Y, -off.Y) < 8)
	click.at, click.nowhere = e.AbsolutePosition, false
	if !second {
		do()
	}
	click.since = Clock()
}

// soon says whether another click would be the second of a double click.
func soon() bool { return Clock != nil && Clock().Sub(click.since) < double }

// clicked says that somebody clicked where nobody tells.
func clicked() {
	if Clock != nil {
		click.nowhere, click.since = true, Clock()
	}
}
