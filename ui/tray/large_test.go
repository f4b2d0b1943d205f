package tray

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/ui/look"
)

// With the largest letters on the smallest screen all buttons are in sight under whatever is said above the list, and
// the hint is one line where there is room beside it.
func TestLargeLetters(t *testing.T) {
	w := open(t, 12)
	fyne.CurrentApp().Settings().SetTheme(look.New("light", 26))
	const height = 640 // of 768 under the window's title and the top line
	for range 2 {      // a text knows how high it is once it was as wide as it will be
		w.Object().Resize(fyne.NewSize(1100, height))
		w.Shown()
	}
	if need := w.Object().MinSize().Height; need > height {
		t.Errorf("the page wants %v of %v", need, height)
	}
	if len(w.bar.Objects) < 8 {
		t.Fatalf("only %d buttons", len(w.bar.Objects))
	}
	for _, o := range w.bar.Objects {
		if end := o.Position().Y + o.Size().Height; end > w.bar.Size().Height {
			t.Errorf("a button ends at %v of the row's %v", end, w.bar.Size().Height)
		}
	}
	if strings.Contains(w.hint.Label.Text, "\n") || w.silent.Said() == "" {
		t.Errorf("the hint is %q under %q", w.hint.Label.Text, w.silent.Said())
	}
}
