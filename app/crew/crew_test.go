package crew_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/crew"
	"lianluo.local/data/clerk"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// What one program changes of the staff binds the next ask in every other: the window and a watch work on one home.
func TestGuardHearsOfOthers(t *testing.T) {
	ctx, noon := context.Background(), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	const office = "141102000000"
	o := store.Options{Path: filepath.Join(t.TempDir(), "lianluo.db"), Backups: t.TempDir(), Kinds: []thing.Kind{staff.Kind}}
	var at []*crew.Crew
	for _, open := range []func(context.Context, store.Options) (*store.Store, error){store.Create, store.Open} {
		s, err := open(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		at = append(at, &crew.Crew{Store: s, Unit: office, Now: func() time.Time { return noon }})
	}
	here, there := at[0], at[1]
	may := func(by clerk.Clerk, want bool) {
		t.Helper()
		for _, c := range at {
			err := c.Guard(ctx, by, right.Users)
			if denied := errors.As(err, &right.Denied{}); denied == want || err != nil && !denied {
				t.Errorf("%s may: %v", by.Name, err)
			}
		}
	}
	act := func(c *crew.Crew, by clerk.Clerk, o crew.Order) clerk.Clerk {
		t.Helper()
		u, err := c.Act(ctx, by, o)
		if err != nil {
			t.Fatal(err)
		}
		return clerk.Clerk{User: u.ID, Name: u.Name}
	}
	first := clerk.Clerk{}
	may(first, true) // nobody is a user yet
	first = act(here, first, crew.Order{Do: staff.Add, Name: "成玉兰"})
	may(clerk.Clerk{User: "0000000000000000", Name: "生人"}, false)
	may(first, true)
	second := act(there, first, crew.Order{Do: staff.Add, Name: "赵晖", Roles: []string{string(right.Administrator)}})
	may(second, true)
	act(here, first, crew.Order{Do: staff.Role, User: second.User, Roles: []string{string(right.Liaison)}})
	may(second, false)
	act(there, first, crew.Order{Do: staff.Role, User: second.User, Roles: []string{string(right.Administrator)}})
	may(second, true)
	act(here, second, crew.Order{Do: staff.Lock, User: first.User})
	may(first, false)
}
