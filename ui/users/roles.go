package users

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/right"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// usual are the roles that there are at an office of a level; the others are offered below them.
var usual = map[journal.Level]string{
	journal.Station: "volunteer liaison head deputy township administrator auditor",
	journal.County:  "assigner reviewer leader department administrator auditor",
	journal.City:    "congress inspector leader reviewer administrator auditor",
}

// checks is the input for the roles of somebody: each to be ticked, with what it may do below. Those that he has and that
// are not usual here are offered all the same.
func (p *Page) checks(has []string) func(field.Field, func()) (kit.Input, bool) {
	return func(f field.Field, changed func()) (kit.Input, bool) {
		if f.Code != "roles" {
			return kit.Input{}, false
		}
		box, ticks := container.NewVBox(), map[string]*kit.Check{}
		var first fyne.Focusable
		for _, w := range right.Roles {
			if !slices.Contains(strings.Fields(usual[p.level]), w.Code) && !slices.Contains(has, w.Code) {
				continue
			}
			c := kit.NewCheck(w.Name, func(bool) { changed() })
			may := kit.Hint(strings.Join(names(right.Of(right.Role(w.Code))), "、"))
			may.SizeName = look.Small
			ticks[w.Code] = c
			box.Add(c)
			box.Add(container.New(layout.NewCustomPaddedLayout(-8, 4, 24, 0), may))
			if first == nil {
				first = c
			}
		}
		return kit.Input{Object: box, First: first, Get: func() any {
			list := []string{}
			for _, w := range right.Roles {
				if c := ticks[w.Code]; c != nil && c.Checked {
					list = append(list, w.Code)
				}
			}
			return list
		}, Put: func(v field.Values) {
			for code, c := range ticks {
				c.SetChecked(slices.Contains(v.List("roles"), code))
			}
		}}, true
	}
}

func names(rights []right.Right) (list []string) {
	for _, r := range rights {
		list = append(list, r.Name())
	}
	return list
}
