package window

import (
	"context"

	"lianluo.local/app/export"
	"lianluo.local/ui/takeout"
)

// takeout is the page 导出, opened from 设置帮助.
func (w *Window) takeout() *takeout.Page {
	a := w.app
	var templates []string
	for _, t := range a.Profile.Templates {
		templates = append(templates, t.Name)
	}
	return takeout.New(w.host(), takeout.Actions{Back: "preferences", Templates: templates, Now: a.Now, Public: a.PublicPage,
		Export: func(ctx context.Context, dir string, wish export.Wish) (string, error) {
			f, err := a.Everything(ctx, dir, wish, nil)
			if err != nil {
				return "", err
			}
			return f.Cleared(), nil
		}})
}
