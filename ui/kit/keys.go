package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Key is a key by itself or with Ctrl.
type Key struct {
	Name fyne.KeyName
	Ctrl bool
}

// Keys is what a key does wherever the focus is; the window fills it. A focused widget keeps every key to itself in
// Fyne, so each widget of the kit asks here first.
var Keys = map[Key]func(){}

// Always is what a key does that has no other meaning, over a dialog, too; the window fills it.
var Always = map[Key]func(){}

// keyboard is the key that is held down, and the key that has already done something. One press does one thing: neither
// the character that follows such a key nor its repeats while it is held arrive in what it opened. A driver that tells
// nothing of keys going down and up (that of tests) is asked for the one character only.
var keyboard struct {
	down, spent fyne.KeyName
	typed       bool // the one that is down was typed already: again is a repeat
}

// held is what makes a widget tell of keys going down and up. Without it Fyne tells nobody while the widget has the
// focus.
type held struct{}

// KeyDown implements desktop.Keyable.
func (held) KeyDown(k *fyne.KeyEvent) { down(k.Name) }

// KeyUp implements desktop.Keyable.
func (held) KeyUp(k *fyne.KeyEvent) { up(k.Name) }

func down(name fyne.KeyName) {
	touch()
	keyboard.down, keyboard.spent, keyboard.typed = name, "", false
}

func up(name fyne.KeyName) {
	if keyboard.down == name {
		keyboard.down, keyboard.spent = "", ""
	}
}

// Listen gives the keys their meaning where nothing on a canvas has the focus, and those with Ctrl everywhere.
func Listen(on fyne.Canvas) {
	on.SetOnTypedKey(func(k *fyne.KeyEvent) { pressed(k.Name) })
	if c, ok := on.(desktop.Canvas); ok {
		c.SetOnKeyDown(func(k *fyne.KeyEvent) { down(k.Name) })
		c.SetOnKeyUp(func(k *fyne.KeyEvent) { up(k.Name) })
	}
	add := func(s fyne.Shortcut, name fyne.KeyName) {
		on.AddShortcut(s, func(fyne.Shortcut) { withCtrl(name) })
	}
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		add(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl}, name)
	}
	for _, r := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		name := fyne.KeyName(r)
		add(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl}, name)
	}
	add(&fyne.ShortcutSelectAll{}, fyne.KeyA) // what Fyne calls some of them
	add(&fyne.ShortcutCopy{}, fyne.KeyC)
	add(&fyne.ShortcutUndo{}, fyne.KeyZ)
}

// pressed says whether a key was the window's, and does what it means there; repeated says so of one that is held and
// acts once.
func pressed(name fyne.KeyName) bool { return repeated(name) || does(Key{name, false}) }

// withCtrl does what a key means with Ctrl.
func withCtrl(name fyne.KeyName) bool { return repeated(name) || does(Key{name, true}) }

func does(k Key) bool {
	do := Meaning(k)
	if do != nil {
		keyboard.spent = k.Name
		do()
	}
	return do != nil
}

// Meaning is what a key does now; nil for nothing.
func Meaning(k Key) func() {
	if veil != nil {
		return veil.Keys[k]
	}
	if do := Keys[k]; do != nil {
		return do
	}
	return Always[k]
}

func repeated(name fyne.KeyName) bool {
	touch()
	if keyboard.spent != name {
		keyboard.spent = ""
	}
	again := keyboard.down == name && keyboard.typed
	keyboard.typed = true
	switch name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown,
		fyne.KeyBackspace, fyne.KeyDelete:
		return false
	}
	return again
}

// spend says that the key that is held has done what it was pressed for.
func spend() { keyboard.spent = keyboard.down }

// swallowed says whether a character belongs to a key that has already done something.
func swallowed(r rune) bool {
	touch()
	spent := keyboard.spent
	switch {
	case spent == "":
		return false
	case spent == keyboard.down:
		return true
	case strings.EqualFold(string(r), string(spent)), r == ' ' && spent == fyne.KeySpace:
		keyboard.spent = ""
		return true
	}
	return false
}

// writes says whether a key belongs to whoever writes: it gives a character, or moves among those written.
func writes(name fyne.KeyName) bool {
	switch name {
	case fyne.KeySpace, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return len(name) == 1
}

// Digital is what the keys of so many pages are called: Ctrl+1…8, and of ten, whose last is 0, Ctrl+1…9、0.
func Digital(pages int) string {
	if pages > 9 {
		return "Ctrl+1…9、0"
	}
	return fmt.Sprintf("Ctrl+1…%d", pages)
}
