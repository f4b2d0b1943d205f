package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/ui/kit/kittest"
)

// From the numbers to a matter and back: F7, the list behind a number, one of its matters whole, Esc to where it stood in the
// list, Esc to the number. What is printed is seen before.
func TestFromNumbersToAMatterAndBack(t *testing.T) {
	w := sit(t, "station", "141102002003")
	for _, title := range []string{"路灯不亮", "七巷雨水倒灌"} {
		if _, err := w.app.Desk.Receive(t.Context(), w.app.Clerk(), desk.Draft{Title: title, Words: title}); err != nil {
			t.Fatal(err)
		}
	}
	k := kittest.Window{Window: w.win, TB: t}
	k.Press(fyne.KeyF7, fyne.Key1, fyne.KeyDown)
	before, _ := lit(w.win.Content())
	k.Press(fyne.KeyReturn)
	if w.frame.here.code != "book" || !strings.Contains(k.Words(), before[1]) {
		t.Fatalf("on %s: %s", w.frame.here.code, k.Words())
	}
	k.Press(fyne.KeyEscape)
	if w.frame.here.code != "figures" {
		t.Fatalf("Esc leads to %s", w.frame.here.code)
	}
	k.Press(fyne.KeyUp, fyne.KeyDown)
	if after, _ := lit(w.win.Content()); len(after) == 0 || after[0] != before[0] {
		t.Errorf("back at %v, not %v", after, before)
	}
	k.Press(fyne.KeyEscape)
	if said := k.Words(); w.frame.here.code != "figures" || !strings.Contains(said, "站点月报") {
		t.Errorf("Esc leads to %s: %s", w.frame.here.code, said)
	}
	k.Press(fyne.KeyP)
	k.Shot("figures-print")
	if s := k.Sheet(); !strings.Contains(s, "站点月报") || !strings.Contains(s, "另存为") {
		t.Errorf("P shows %s", s)
	}
	k.Press(fyne.KeyEscape, fyne.KeyEscape)
	if w.frame.here.code != "home" {
		t.Errorf("Esc leads to %s", w.frame.here.code)
	}
}
