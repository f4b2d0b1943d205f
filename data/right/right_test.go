package right_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/clerk"
	"lianluo.local/data/right"
)

// What law and complaints demand of roles, whatever else the table says.
func TestWhatNoRoleMay(t *testing.T) {
	for _, c := range []struct {
		roles []right.Role
		not   string
	}{
		{[]right.Role{right.Department}, "rate approve look contact secret route users audit export"},
		{[]right.Role{right.Administrator}, "look mine find contact secret register own correct export report audit"},
		{[]right.Role{"volunteer"}, "find contact secret correct export import users"},
		{[]right.Role{"leader"}, "contact secret register correct route answer rate users"},
		{[]right.Role{"assigner"}, "rate approve users audit"},
		{[]right.Role{"nobody", ""}, "look register users exchange"},
	} {
		for _, r := range strings.Fields(c.not) {
			if right.Has(c.roles, right.Right(r)) {
				t.Errorf("%v may %s", c.roles, r)
			}
		}
	}
	if got := right.Of(right.Auditor); !slices.Equal(got, []right.Right{right.Audit}) {
		t.Errorf("the auditor may %v", got)
	}
	if got := right.Of("deputy"); !slices.Equal(got, []right.Right{right.Mine}) {
		t.Errorf("a deputy may %v", got)
	}
	if got := right.Of(right.Computers()...); !slices.Equal(got, []right.Right{right.Exchange}) {
		t.Errorf("the computer itself may %v", got)
	}
}

// Every right has a name and somebody who has it; every role a name and rights; two roles have the rights of both.
func TestTableIsWhole(t *testing.T) {
	for _, w := range right.All {
		if len(right.Who(right.Right(w.Code))) == 0 {
			t.Errorf("nobody may %s", w.Code)
		}
	}
	for _, w := range right.Roles {
		if len(right.Of(right.Role(w.Code))) == 0 {
			t.Errorf("%s may nothing", w.Code)
		}
	}
	both := right.Of(right.Administrator, right.Auditor)
	if len(both) != len(right.Of(right.Administrator))+1 || !slices.Contains(both, right.Audit) {
		t.Errorf("both may %v", both)
	}
	if right.To("matter", "rate") != right.Rate || right.To("matter", "fly") != "" || right.To("parcel", "rate") != "" {
		t.Error("an act takes another right")
	}
}

// One right of several is enough, and what is said names the first with who may.
func TestAsk(t *testing.T) {
	ctx := context.Background()
	guard := right.Guard{Of: func(_ context.Context, by clerk.Clerk, r right.Right) error {
		if roles := []right.Role{"volunteer"}; !right.Has(roles, r) {
			return right.Denied{Right: r, Roles: roles}
		}
		return nil
	}}
	if err := guard.Ask(ctx, clerk.Clerk{}, right.Correct, right.Own); err != nil {
		t.Error(err)
	}
	var denied right.Denied
	err := guard.Ask(ctx, clerk.Clerk{}, right.Rate, right.Answer)
	if !errors.As(err, &denied) || denied.Right != right.Rate || !strings.Contains(denied.Sentence(), "“评议打分”不归值班员办") ||
		strings.Contains(denied.Sentence(), "承办单位") {
		t.Errorf("%v: %s", err, denied.Sentence())
	}
	if err := (right.Guard{}).Ask(ctx, clerk.Clerk{}, right.Rate); err != nil {
		t.Error(err)
	}
}
