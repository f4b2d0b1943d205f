package desk

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestDraftIsKeptAndForgotten(t *testing.T) {
	s := sit(t)
	if d, ok, err := s.Kept(ctx); ok || err != nil {
		t.Errorf("before: %+v %v", d, err)
	}
	for _, d := range []Draft{{Name: "王𠅤亮", Words: "写了一半…", People: -3, Occurred: "昨天"}, {Title: "又改", Deputies: []string{"单桂花"}}} {
		if err := s.Keep(ctx, d); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := s.Kept(ctx); !ok || err != nil || !reflect.DeepEqual(got, d) {
			t.Errorf("kept %+v %v", got, err)
		}
	}
	s.receive(t, Draft{Title: "别的事"})
	if _, ok, _ := s.Kept(ctx); !ok {
		t.Error("another matter took the draft away")
	}
	if err := s.Forget(ctx); err != nil {
		t.Fatal(err)
	}
	if d, ok, err := s.Kept(ctx); ok || err != nil {
		t.Errorf("after: %+v %v", d, err)
	}
}

func TestWhoSitsHereToday(t *testing.T) {
	s := sit(t)
	sitting := func() (names []string, err error) {
		list, err := s.Present(ctx)
		for _, c := range list {
			names = append(names, c.Name)
		}
		return names, err
	}
	if who, err := sitting(); who != nil || err != nil {
		t.Errorf("before: %v %v", who, err)
	}
	want := []string{"单桂花", "解玉兰"}
	if err := s.SetPresent(ctx, want); err != nil {
		t.Fatal(err)
	}
	for when, here := range map[string]bool{"2026-11-21 23:59": true, "2026-11-21 00:00": true, "2026-11-22 00:00": false, "2027-11-21 19:42": false} {
		s.clock, _ = time.ParseInLocation("2006-01-02 15:04", when, china)
		if who, err := sitting(); err != nil || slices.Equal(who, want) != here || len(who) > 0 != here {
			t.Errorf("%s: %v %v", when, who, err)
		}
	}
	if err := s.SetPresent(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if who, err := sitting(); len(who) > 0 || err != nil {
		t.Errorf("nobody: %v %v", who, err)
	}
}

func TestUsual(t *testing.T) {
	s := sit(t)
	for i, c := range []string{"0203", "0205", "0203", ""} {
		s.receive(t, Draft{Title: fmt.Sprint("第", i, "件"), Category: c, Deputies: []string{"单桂花", "解玉兰"}[:1+i%2]})
	}
	for column, want := range map[string][]string{"category": {"0203", "0205"}, "deputy": {"单桂花", "解玉兰"}, "station": {table}} {
		if got, err := s.Usual(ctx, column, 5); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v %v", column, got, err)
		}
	}
	if got, err := s.Usual(ctx, "category", 1); err != nil || len(got) != 1 {
		t.Errorf("one: %v %v", got, err)
	}
	for range 3 {
		s.receive(t, Draft{Title: "又一件", Category: "0205"})
	}
	if got, err := s.Usual(ctx, "category", 5); err != nil || !slices.Equal(got, []string{"0203", "0205"}) {
		t.Errorf("later that day: %v %v", got, err)
	}
	s.clock = s.clock.AddDate(0, 0, 1)
	if got, err := s.Usual(ctx, "category", 5); err != nil || !slices.Equal(got, []string{"0205", "0203"}) {
		t.Errorf("the day after: %v %v", got, err)
	}
}
