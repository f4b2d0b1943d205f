package window

import (
	"context"
	"errors"

	"lianluo.local/app"
	"lianluo.local/app/crew"
	"lianluo.local/data/staff"
	"lianluo.local/ui/users"
)

// users is the page 用户.
func (w *Window) users() content {
	a := w.app
	return users.New(w.host(), a.Settings.Role, users.Actions{
		Self:  func() string { return a.Clerk().User },
		Judge: func(name, password string) string { return app.Judge(w.home, name, password) },
		List: func(ctx context.Context) (lines []users.Line, err error) {
			s, err := a.Crew.Staff(ctx, a.Settings.Unit)
			if err != nil {
				return nil, err
			}
			held, _, err := a.Passes(ctx)
			if err != nil && !errors.Is(err, app.ErrUnprotected) {
				return nil, err
			}
			said := map[string]string{}
			for _, h := range held {
				if said[h.User] = "有"; h.Given {
					said[h.User] = "等他自己换"
				}
			}
			for _, u := range s.Users {
				lines = append(lines, users.Line{User: u, Password: said[u.ID]})
			}
			return lines, nil
		},
		Act: func(ctx context.Context, o crew.Order) (staff.User, error) { return a.Staff(ctx, a.Clerk(), o) },
		Password: func(ctx context.Context, u staff.User, password string) error {
			_, err := a.Password(ctx, a.Clerk(), u.ID, password)
			return err
		},
	})
}
