package app

import (
	"context"
	"slices"

	"lianluo.local/data/store"
)

// Lacks is which private words of ours are not here.
type Lacks struct {
	// the numbers of the matters whose words a recovery sheet opens, but those of which a person knows
	Locked    []string
	Gone      int      // matters whose words nothing gives back, but those of which a person knows
	Elsewhere int      // matters whose words are on another computer of ours that is in use
	Sheets    []string // the numbers of the recovery sheets that open what is not here
}

// Absences lists the matters of which private words are not here.
func (a *App) Absences(ctx context.Context) ([]store.Absent, error) { return a.Store.Absences(ctx, "") }

// Lacks says which.
func (a *App) Lacks(ctx context.Context) (all Lacks, err error) {
	list, err := a.Absences(ctx)
	for _, l := range list {
		all.Sheets = append(all.Sheets, l.Sheets...)
		switch where := l.Where(); {
		case where == "sheet" && !l.Known:
			all.Locked = append(all.Locked, l.Number)
		case where == "computer":
			all.Elsewhere++
		case where == "nowhere" && !l.Known:
			all.Gone++
		}
	}
	slices.Sort(all.Sheets)
	all.Sheets = slices.Compact(all.Sheets)
	return all, err
}
