package form

import (
	"errors"

	"lianluo.local/app/paper/typeset"
)

// Folio is a form that goes on over as many pages as it needs.
type Folio struct {
	Leaf
	Grid
	Pages []*typeset.Page
	Foot  float64                                  // millimetres that rows leave free at the foot
	Begin func(part int) (s Leaf, g Grid, e error) // a page: its leaf, and the form, empty, where it begins
	Err   error
}

// Turn begins a page.
func (f *Folio) Turn() {
	if len(f.Pages) > 0 {
		f.Close()
	}
	var err error
	f.Leaf, f.Grid, err = f.Begin(len(f.Pages) + 1)
	f.Err = errors.Join(f.Err, err)
	f.Pages = append(f.Pages, f.Leaf.Page)
}

// Need turns where less than so many millimetres are left on a page.
func (f *Folio) Need(height float64) {
	if len(f.Pages) == 0 || f.Y+height > f.Leaf.Page.H-f.Foot {
		f.Turn()
	}
}

// Row adds cells side by side as Grid does, on the next page where they do not fit.
func (f *Folio) Row(cells ...Cell) {
	if len(f.Pages) == 0 {
		f.Turn()
	}
	f.Need(f.high(cells))
	f.Grid.Row(cells...)
}
