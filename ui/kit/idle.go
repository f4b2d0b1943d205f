package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// touched is when somebody last pressed a key, scrolled or moved the mouse.
var touched time.Time

func touch() {
	if Clock != nil {
		touched = Clock()
	}
}

// Idle is for how long nobody has touched keys and mouse, by the clock on the wall or by the one that nobody sets, whichever
// says more: the one may be set back, the other stands still while a computer sleeps. It is 0 without a Clock, and until
// it was asked once.
func Idle() time.Duration {
	if Clock == nil {
		return 0
	}
	now := Clock()
	if touched.IsZero() {
		touched = now
	}
	return max(now.Sub(touched), now.Round(0).Sub(touched.Round(0)))
}

// Heed lets mouse moves over something count as touched. Whatever lies under the pointer hears of it in Fyne but what lies
// around that: all that is asked as it moves is what it shall look like, so this is asked, and says what it would have been.
func Heed(content fyne.CanvasObject) *fyne.Container {
	f := &felt{}
	f.ExtendBaseWidget(f)
	return container.NewStack(f, content)
}

type felt struct{ widget.BaseWidget }

// Cursor implements desktop.Cursorable.
func (*felt) Cursor() desktop.Cursor {
	touch()
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget: there is nothing to see.
func (*felt) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
