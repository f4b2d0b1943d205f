//go:build linux

package window

import (
	"slices"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/home"
)

// sentUp is a county's home with one matter that a point sent up.
func sentUp(t *testing.T) home.Home {
	t.Helper()
	world := apptest.New(t)
	world.Now = dusk.Add(-time.Hour)
	county, point := world.SetUp("county", apptest.County), world.SetUp("station", apptest.Yuanjia)
	m := point.Receive(desk.Draft{Title: "七巷雨水倒灌"})
	point.Do(point.Do(m, `{"do":"collate"}`), `{"do":"escalate"}`)
	world.Enrol(point, county)
	county.Sync()
	return shut(county)
}

// No key that opens a sheet in the county's tray is typed into it, as the keyboard of a real display sends it.
func TestTrayKeysOnADisplay(t *testing.T) {
	s := display(t, "1366x768")
	s.open(sentUp(t))
	s.x("key", "ctrl+2")
	s.until("matter", func() bool { return slices.Contains(s.look().Row, "七巷雨水倒灌") })
	date := dusk.Format(time.DateOnly)
	for _, c := range []struct {
		key  string
		want []string
	}{
		{"1", []string{"guide", "", "usual", ""}}, {"2", []string{"consult", "", "usual", ""}},
		{"3", []string{"department", "", "", "usual", ""}},
		{"4", []string{""}}, {"5", []string{""}}, {"r", []string{""}},
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
