package home

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/desk"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

func TestLook(t *testing.T) {
	out := os.Getenv("LOOK")
	if out == "" {
		t.Skip()
	}
	for _, size := range []float32{18, 26} {
		for i, name := range []string{"empty", "idle", "one", "all", "office"} {
			n := 30
			if i == 0 {
				n = 0
			}
			w := newWorld(t, "station", n)
			test.NewTempApp(t).Settings().SetTheme(look.New("light", size))
			a, b, c := 0, 0, 0
			if i == 2 {
				a = 2
			}
			if i > 2 {
				a, b, c = 12, 3, 5
				w.desk.Keep(context.Background(), desk.Draft{Title: "留义新苑二百八十多户居民至今没有通天然气盼望早日接通减免费"})
			}
			p := New(w.host, w.desk, w.ledger, func(context.Context) (int, int, int, error) { return a, b, c, nil })
			if i == 4 {
				p = NewOffice(w.host, w.ledger, func(context.Context) (int, int, int, error) { return 31, 12, 4, nil })
			}
			win := test.NewTempWindow(t, container.NewStack(kit.Ground("background"), p.Object()))
			win.SetPadded(false)
			p.Shown()
			win.Resize(fyne.NewSize(1186, 700))
			for range 3 {
				win.Canvas().Content().Resize(fyne.NewSize(1185, 699))
				win.Canvas().Content().Resize(fyne.NewSize(1186, 700))
				win.Content().Refresh()
			}
			f, _ := os.Create(filepath.Join(out, fmt.Sprintf("home-%v-%s.png", size, name)))
			png.Encode(f, win.Canvas().Capture())
			f.Close()
		}
	}
}
