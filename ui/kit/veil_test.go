package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Whoever comes back writes on where she stopped: the same field, the same place in it; keys of the window rest meanwhile,
// and what opens meanwhile opens below.
func TestVeilGivesTheCaretBack(t *testing.T) {
	for _, dim := range []bool{true, false} {
		a, b := NewEntry(""), NewEntry("")
		w := stand(t, a, b)
		Focus(b)
		test.Type(b, "李海")
		key(w, fyne.KeyLeft)
		pressed := 0
		Keys[Key{Name: fyne.KeyF2}] = func() { pressed++ }
		pin := NewSecret("")
		v := Cover(w.Canvas(), dim, pin, pin)
		v.Keys[Key{Name: fyne.KeyF4}] = func() { pressed += 10 }
		if w.Canvas().Focused() != pin || !Covered() {
			t.Fatal("the veil has not the keyboard")
		}
		test.Type(pin, "48")
		key(w, fyne.KeyF2, fyne.KeyF4)
		Show(w.Canvas(), "打印好了", Text(""), fyne.NewSize(300, 200), NewButton("好", "", true, func() {}))
		test.Type(w.Canvas().Focused(), "21")
		if pin.Text != "4821" || pressed != 10 || w.Canvas().Overlays().Top() != v.object {
			t.Errorf("typed %q, pressed %d, a dialog stands over it: %v", pin.Text, pressed, w.Canvas().Overlays().Top() != v.object)
		}
		dialogs[0].Close()
		if w.Canvas().Overlays().Top() != v.object {
			t.Error("a dialog that closes takes the veil with it")
		}
		Uncover()
		if w.Canvas().Focused() != b {
			t.Fatal("somebody else has the keyboard")
		}
		test.Type(w.Canvas().Focused(), "福")
		if key(w, fyne.KeyF2); b.Text != "李福海" || pressed != 11 || Covered() {
			t.Errorf("written %q, pressed %d", b.Text, pressed)
		}
	}
}

// What an input method gives only now goes to where it was composed; the number is none of it.
func TestVeilLosesNothingThatIsComposed(t *testing.T) {
	e, pin := NewEntry(""), NewSecret("")
	w := stand(t, e)
	Focus(e)
	test.Type(e, "李")
	v := Cover(w.Canvas(), false, pin, pin)
	pin.Only = func(r rune) bool {
		if r < '0' || r > '9' {
			v.Pass(r)
			return false
		}
		return true
	}
	test.Type(w.Canvas().Focused(), "福海12")
	if Uncover(); e.Text != "李福海" || pin.Text != "12" {
		t.Errorf("%q and %q", e.Text, pin.Text)
	}
}

// A hidden page cannot be read, a dimmed one can; either box stands inside the window, in large letters, too.
func TestVeilHidesOrDims(t *testing.T) {
	for _, size := range []float32{18, 26} {
		for dim, name := range map[bool]fyne.ThemeColorName{true: look.Dimming, false: look.Hiding} {
			w := stand(t, NewEntry(""))
			fyne.CurrentApp().Settings().SetTheme(look.New("dark", size))
			pin := NewSecret("")
			v := Cover(w.Canvas(), dim, Rows(Text("这里已经锁上。输入您的口令号接着做，写到一半的都在。"), pin), pin)
			w.Resize(fyne.NewSize(900, 500))
			_, _, _, a := look.Color(name).RGBA()
			if hides := a == 0xffff; hides == dim {
				t.Errorf("%s lets through as if it were %v", name, hides)
			}
			box := v.object.(*fyne.Container).Objects[1].(*fyne.Container).Objects[0]
			if end := box.Position().Add(box.Size()); end.X > 900 || end.Y > 501 || box.Size().Height < box.MinSize().Height {
				t.Errorf("the box ends at %v and is %v of %v", end, box.Size(), box.MinSize())
			}
			Uncover()
		}
	}
}

// Keys, clicks and the mouse count, wherever they go; the clock may be set back or the computer sleep.
func TestIdle(t *testing.T) {
	now := time.Date(2026, 11, 23, 19, 30, 0, 0, time.UTC)
	touched, Clock = time.Time{}, func() time.Time { return now }
	t.Cleanup(func() { touched, Clock = time.Time{}, nil })
	e, b, box := NewEntry(""), NewButton("好", "", false, func() {}), NewCheck("要", nil)
	long := Scroll(widget.NewLabel("一\n二\n三\n四\n五\n六\n七\n八\n九\n十\n一\n二\n三\n四\n五\n六\n七\n八\n九\n十\n一\n二"))
	around := Heed(e)
	w := stand(t, around, b, box, long)
	long.Resize(fyne.NewSize(300, 60))
	Idle()
	for what, do := range map[string]func(){
		"a character": func() { test.Type(e, "李") },
		"a key":       func() { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) },
		"Shift":       func() { e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft}) },
		"Tab":         func() { b.KeyDown(&fyne.KeyEvent{Name: fyne.KeyTab}) },
		"Space":       func() { box.TypedRune(' ') },
		"the wheel":   func() { long.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -30)}) },
		"the mouse":   func() { around.Objects[0].(desktop.Cursorable).Cursor() },
		"no focus": func() {
			w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF12})
		},
	} {
		Listen(w.Canvas())
		now = now.Add(5 * time.Minute)
		if idle := Idle(); idle < 5*time.Minute {
			t.Fatalf("before %s: idle for %s", what, idle)
		}
		if do(); Idle() != 0 {
			t.Errorf("%s does not count: idle for %s", what, Idle())
		}
	}
}
