package window

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/ui/look"
)

// With the largest letters on the smallest screen no page wants more than the screen has: what has no room is behind a
// bar that moves it, and the bar moves all of it into sight.
func TestLargeLettersOnASmallScreen(t *testing.T) {
	for role, unit := range map[string]string{"station": "141102002003", "county": "141102"} {
		w := sit(t, role, unit)
		w.fyne.Settings().SetTheme(look.New("light", 26))
		for _, size := range []fyne.Size{{Width: 1264, Height: 680}, {Width: 1350, Height: 728}} {
			w.win.Resize(size)
			for _, p := range w.frame.pages {
				w.open(p.code)
				if need := w.frame.object.MinSize(); need.Width > size.Width || need.Height > size.Height {
					t.Errorf("%s %s wants %v of %v", role, p.code, need, size)
				}
				body := w.frame.body
				if need := p.content.Object().MinSize(); body.Size().Width < need.Width ||
					body.Size().Height < need.Height {
					t.Errorf("%s %s gets %v of the %v that it wants", role, p.code, body.Size(), need)
				}
				shot(t, w, fmt.Sprintf("26-%v-%s-%s", size.Width, role, p.code))
			}
		}
	}
}
