// Package tray is the page 收件 of a county or a city: what came in, sorted by one key a decision.
package tray

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window around it.
type Actions struct {
	Ask   func(do string, vs []ledger.View, done func([]office.Outcome)) // the sheet of an act
	Open  func(ledger.View)                                              // shows one matter whole
	Print func(kind string, vs []ledger.View)                            // prints papers of a kind, after a preview
}

// Page is the page.
type Page struct{ object *fyne.Container }

// New makes the page.
func New(h kit.Host, l *ledger.Ledger, o *office.Office, a Actions) *Page {
	return &Page{object: container.NewStack(kit.Page("收件", "各站报上来的，一键定办法。", container.NewStack()))}
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown asks again for what is shown.
func (p *Page) Shown() {}
