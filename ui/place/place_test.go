package place

import (
	"fmt"
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"lianluo.local/data/home"
)

// A place on a screen that is gone, or too small now, is not taken.
func TestPlaceOnOtherScreens(t *testing.T) {
	one, two := image.Rect(0, 0, 1366, 768), image.Rect(1366, 0, 1366+1920, 1080)
	edge := image.Rectangle{Min: image.Pt(1, 20), Max: image.Pt(1, 5)}
	was := place{X: 1500, Y: 100, Width: 1600, Height: 900}
	for _, c := range []struct {
		name    string
		was     place
		screens []image.Rectangle
		want    place
	}{
		{"as it was", was, []image.Rectangle{one, two}, was},
		{"the second screen is gone", was, []image.Rectangle{one}, place{X: 1, Y: 20, Width: 1364, Height: 743}},
		{"half of the title in sight", place{X: -300, Y: 40, Width: 1000, Height: 600}, []image.Rectangle{one},
			place{X: 1, Y: 40, Width: 1000, Height: 600}},
		{"below the screen", place{X: 10, Y: 2000, Width: 1000, Height: 600}, []image.Rectangle{one},
			place{X: 183, Y: 91, Width: 1000, Height: 600}},
		{"an old PC", place{X: 0, Y: 0, Width: 1366, Height: 720}, []image.Rectangle{image.Rect(0, 0, 1280, 720)},
			place{X: 1, Y: 20, Width: 1278, Height: 695}},
		{"no screen is told", was, nil, was},
	} {
		if got := c.was.within(c.screens, edge); got != c.want {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
	}
}

// Files with which the program is started again, by several at once, come to the window that is open, each once and whole.
func TestFilesAreHandedOver(t *testing.T) {
	h := home.Home(t.TempDir())
	win, closed, got := test.NewTempApp(t).NewWindow("联络站"), make(chan struct{}), make(chan string, 100)
	defer close(closed)
	go Heed(win, h, closed, func(files ...string) {
		for _, file := range files {
			got <- file
		}
	})
	want := []string{}
	raised := make(chan bool)
	for i := range 5 {
		files := []string{fmt.Sprintf("/下载/第 %d 个\n.bundle", i), fmt.Sprintf("/下载/%d.release", i)}[:i%3]
		want = append(want, files...)
		go func() { raised <- Raised(h, files...) }()
	}
	for range 5 {
		if !<-raised {
			t.Error("the window did not come forward")
		}
	}
	var all []string
	for range want {
		all = append(all, <-got)
	}
	slices.Sort(want)
	slices.Sort(all)
	if !slices.Equal(all, want) || len(got) > 0 {
		t.Errorf("%q and %d more came, not %q", all, len(got), want)
	}
}
