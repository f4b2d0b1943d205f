package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Key is a key by itself or with Ctrl.
type Key struct {
	Name fyne.KeyName
	Ctrl bool
}

// Keys is what a key does wherever the focus is; the window fills it. A focused widget keeps every key to itself in Fyne,
// so each widget of the kit asks here first.
var Keys = map[Key]func(){}

func pressed(name fyne.KeyName) bool {
	do, ok := Keys[Key{name, false}]
	if ok {
		do()
	}
	return ok
}

// TypedShortcut lets the window's keys work while somebody writes.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierControl {
		if do, ok := Keys[Key{c.KeyName, true}]; ok {
			do()
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// Check is a box to tick: Space ticks, Enter goes on.
type Check struct{ widget.Check }

// NewCheck makes one.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.ExtendBaseWidget(c)
	c.Text, c.OnChanged = text, changed
	return c
}

// TypedKey implements fyne.Focusable.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	switch {
	case pressed(k.Name):
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		Next(c)
	default:
		c.Check.TypedKey(k)
	}
}
