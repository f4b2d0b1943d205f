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
	"lianluo.local/app/desk"
	"lianluo.local/app/office"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
)

// sentUp is a county's home with one matter that a point sent up.
func sentUp(t *testing.T) home.Home {
	t.Helper()
	ctx, folder := context.Background(), t.TempDir()
	sit := func(role, unit string) (home.Home, *app.App) {
		h := home.Home(filepath.Join(t.TempDir(), "home"))
		_, err := setup.Home(ctx, h, setup.Answers{Role: role, Unit: unit, Folder: folder, Practice: true}, rand.Reader)
		must(t, err)
		a, err := app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return evening }})
		must(t, err)
		t.Cleanup(func() { a.Close() })
		return h, a
	}
	h, county := sit("county", "141102")
	_, point := sit("station", "141102002003")
	m, err := point.Desk.Receive(ctx, point.Clerk(), desk.Draft{Title: "七巷雨水倒灌"})
	must(t, err)
	for _, do := range []string{"collate", "escalate"} {
		_, err := point.Office.Do(ctx, point.Clerk(), m.ID, office.Order{Do: do})
		must(t, err)
	}
	sync := func(a *app.App) {
		_, err := a.Courier.Sync(ctx)
		must(t, err)
	}
	sync(point)
	_, err = county.Courier.Accept(ctx, point.Settings.Unit, point.Courier.Print())
	must(t, err)
	must(t, point.Courier.Follow(ctx, county.Courier.Print()))
	sync(point)
	sync(county)
	must(t, county.Close())
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
		{"1", []string{"guide", "", "usual", ""}}, {"2", []string{"consult", "", "usual", ""}},
		{"3", []string{"department", "", "", "usual", ""}},
		{"4", []string{"关于七巷雨水倒灌的建议", "", "county", "usual"}}, {"5", []string{""}}, {"r", []string{""}},
		{"R", []string{""}}, {"m", []string{""}},
		{"n", []string{"", ""}}, {"u", []string{"usual", ""}}, {"v", []string{"usual", ""}},
		{"a", []string{"", "", "", date, date}}, {"f", []string{""}},
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
