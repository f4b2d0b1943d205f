package kit

import (
	"context"

	"fyne.io/fyne/v2"
)

// Host is what a page is given by the window it stands in.
type Host struct {
	Context context.Context
	Run     Runner
	Canvas  func() fyne.Canvas        // where sheets are laid
	Go      func(page string)         // goes to another page
	Explain func(error) string        // one sentence for people; it also logs the error
	Say     func(tone Tone, s string) // one sentence at the foot of the window
}
