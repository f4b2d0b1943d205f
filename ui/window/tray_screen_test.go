//go:build linux

package window

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/office"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
)

// sentUp is a county's home with one matter that a point sent up.
func sentUp(t *testing.T) home.Home {
	t.Helper()
	const point = "141102002003D1-A"
	ctx, h, now := context.Background(), home.Home(filepath.Join(t.TempDir(), "home")), func() time.Time { return evening }
	if _, err := setup.Home(ctx, h, setup.Answers{Role: "county", Unit: "141102", Practice: true}, rand.Reader); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(ctx, app.Options{Home: h, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	m, err := a.Store.Record(ctx, store.Act{Do: "receive", Unit: point, Level: matter.LevelOf(point), At: evening, Body: &matter.Opening{Report: matter.Report{
		Register: "reception", Channel: "walk-in", Occurred: evening, Station: point, Title: "七巷雨水倒灌", Urgency: "normal", OnSpot: "register", Deputies: []string{}}}})
	if err != nil {
		t.Fatal(err)
	}
	at, set := *a.Office, *a.Settings
	set.Unit, set.Role, at.Settings = point, matter.LevelOf(point), &set
	for _, do := range []string{"collate", "escalate"} {
		if _, err := at.Do(ctx, m.ID, office.Order{Do: do}); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// No key that opens a sheet in the county's tray is typed into it, as the keyboard of a real display sends it.
func TestTrayKeysOnADisplay(t *testing.T) {
	s := display(t, "1366x768")
	s.open(sentUp(t))
	s.x("key", "ctrl+2")
	s.until("matter", func() bool { return slices.Contains(s.look().Row, "七巷雨水倒灌") })
	date := evening.Format(time.DateOnly)
	for _, c := range []struct {
		key  string
		want []string
	}{
		{"1", []string{"guide", "", "usual", ""}}, {"2", []string{"consult", "", "usual", ""}}, {"3", []string{"department", "", "", "usual", ""}},
		{"4", []string{"关于七巷雨水倒灌的建议", "", "county", "usual"}}, {"5", []string{""}}, {"r", []string{""}}, {"R", []string{""}}, {"m", []string{""}},
		{"n", []string{"", ""}}, {"u", []string{"usual", ""}}, {"v", []string{"usual", ""}}, {"a", []string{"", "", "", date, date}}, {"f", []string{""}},
	} {
		s.x("key", c.key)
		s.until("sheet of "+c.key, func() bool { return s.look().Overlay })
		if got := s.look().Sheet; !slices.Equal(got, c.want) {
			t.Errorf("%s opens %q, not %q", c.key, got, c.want)
		}
		s.x("key", "Escape")
		s.until("end of "+c.key, func() bool { return !s.look().Overlay })
	}
}
