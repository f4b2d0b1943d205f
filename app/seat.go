package app

import (
	"context"
	"errors"

	"lianluo.local/data/audit"
	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

// Clerk is who sits at this computer: the user who said who he is (Sit), until he leaves. Where nobody did it is whom the
// settings name, who may do everything in a home without users and nothing in one that has some.
func (a *App) Clerk() clerk.Clerk {
	if by := a.sits.Load(); by != nil {
		return *by
	}
	return clerk.Clerk{Name: a.Settings.Clerk}
}

// Sit has a user sit down at this computer, by his name or ID; that he is the one is for the caller to know (SignIn). It
// fails with problem.Problems.
func (a *App) Sit(ctx context.Context, name string) (clerk.Clerk, error) {
	by, err := a.sit(ctx, name)
	if err == nil {
		a.signed(by)
	}
	return by, err
}

func (a *App) sit(ctx context.Context, name string) (clerk.Clerk, error) {
	by, err := a.Crew.Who(ctx, name)
	if err == nil {
		a.sits.Store(&by)
	}
	a.note(by, audit.SignIn, "", err)
	return by, err
}

// Rise has him leave.
func (a *App) Rise() {
	if by := a.sits.Swap(nil); by != nil {
		a.note(*by, audit.SignOut, "", nil)
	}
}

// self gives the IDs under which a user stands on the roster, by his name (right.Guard).
func (a *App) self(ctx context.Context, by clerk.Clerk) (ids []string, err error) {
	s, err := a.Crew.Staff(ctx, a.Settings.Unit)
	if err != nil {
		return nil, err
	}
	several := right.Denied{Right: right.Mine, Why: "叫“" + by.Name + "”的不止一位，分不清哪些是您的。" +
		"请系统管理员把用户的姓名、县里把名册上的姓名写得不同，如 " + by.Name + "（二），两处写成一样"}
	if len(s.Named(by.Name)) > 1 {
		return nil, several
	}
	p, err := a.Roster.Find(ctx, by.Name)
	switch {
	case errors.Is(err, person.ErrNobody):
		return nil, nil
	case errors.As(err, new(problem.Problems)):
		return nil, several
	case err != nil:
		return nil, err
	}
	ids = []string{p.ID}
	joined, err := a.Roster.Joined(ctx, p.ID)
	for _, o := range joined {
		ids = append(ids, o.ID)
	}
	return ids, err
}

// May says whether who sits here has a right: what a page or a command shows follows from it. What is done is asked again
// where it is done.
func (a *App) May(ctx context.Context, r right.Right) bool { return a.guard.May(ctx, r) }

// Ask fails with right.Denied where who sits here has none of some rights: for what is done beside the parts of app.
func (a *App) Ask(ctx context.Context, r right.Right, or ...right.Right) error {
	return a.guard.Sits(ctx, r, or...)
}

// Machine is who does what the day brings, in the background: this computer itself, and whom the settings name where nobody
// was made a user yet.
func (a *App) Machine(ctx context.Context) clerk.Clerk {
	if s, err := a.Crew.Staff(ctx, a.Settings.Unit); err == nil && len(s.Users) == 0 {
		return clerk.Clerk{Name: a.Settings.Clerk}
	}
	return clerk.Computer
}
