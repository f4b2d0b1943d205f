package app_test

import (
	"errors"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/problem"
)

// Who signed in today comes back by his code until the day ends or it was wrong five times; nobody else's opens his seat.
func TestCode(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	wang := hire(o, "王明")
	sit(o, wang.ID)
	li := hire(o, "李慧敏", "liaison")
	if err := o.SetCode("4821"); err != nil {
		t.Fatal(err)
	}
	sit(o, li.ID)
	if got := o.Seats(); len(got) != 2 || got[0].User != li.ID || got[0].Coded || !got[1].Coded {
		t.Errorf("%v", got)
	}
	for _, weak := range []string{"", "482", "1234", "9876", "5555", "48a1", "123456789"} {
		if err := o.SetCode(weak); !errors.As(err, new(problem.Problems)) {
			t.Errorf("%q: %v", weak, err)
		}
	}
	w.Must(o.SetCode("7305"))
	if _, err := o.SitByCode(ctx, wang.ID, "7305"); !errors.Is(err, app.ErrCode) || o.Clerk().User != li.ID {
		t.Errorf("by another's code: %v", err)
	}
	if by, err := o.SitByCode(ctx, wang.ID, "4821"); err != nil || o.Clerk() != by || by.Name != "王明" {
		t.Errorf("%v %v", by, err)
	}
	for i := range 5 {
		if _, err := o.SitByCode(ctx, li.ID, "0000"); errors.Is(err, app.ErrCodeGone) != (i == 4) {
			t.Errorf("try %d: %v", i+1, err)
		}
	}
	if _, err := o.SitByCode(ctx, li.ID, "7305"); !errors.Is(err, app.ErrNoCode) {
		t.Error(err)
	}
	w.Now = w.Now.Add(24 * time.Hour)
	if _, err := o.SitByCode(ctx, wang.ID, "4821"); !errors.Is(err, app.ErrNoCode) || len(o.Seats()) > 0 {
		t.Errorf("the day after: %v, %v", err, o.Seats())
	}
}
