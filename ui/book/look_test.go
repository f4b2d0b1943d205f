package book

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

func TestLook(t *testing.T) {
	out := os.Getenv("LOOK")
	if out == "" {
		t.Skip()
	}
	for _, size := range []float32{18, 26} {
		for _, role := range []string{"station", "county"} {
			w := newWorld(t, role, 200)
			test.NewTempApp(t).Settings().SetTheme(look.New("light", size))
			win := test.NewTempWindow(t, container.NewStack(kit.Ground("background")))
			win.SetPadded(false)
			w.host.Canvas = win.Canvas
			p := New(w.host, w.ledger, w.set.Role, w.actions())
			win.SetContent(container.NewStack(kit.Ground("background"), p.Object()))
			win.Resize(fyne.NewSize(1186, 700))
			shot := func(name string) {
				for range 3 {
					win.Canvas().Content().Resize(fyne.NewSize(1185, 699))
					win.Canvas().Content().Resize(fyne.NewSize(1186, 700))
					win.Content().Refresh()
				}
				f, _ := os.Create(filepath.Join(out, fmt.Sprintf("%s-%v-%s.png", role, size, name)))
				defer f.Close()
				start := time.Now()
				png.Encode(f, win.Canvas().Capture())
				_ = start
			}
			p.Shown()
			shot("list")
			p.table.Choose(1)
			p.table.Focus()
			shot("chosen")
			page, _ := w.ledger.Page(context.Background(), ledger.Query{Limit: 10})
			p.Open(page.Matters[0])
			shot("matter")
			p.matter.reveal.OnTapped()
			shot("bare")
			p.correct()
			shot("correct")
			p.matter.sheet.Close()
			p.void()
			shot("void")
			p.matter.sheet.Close()
			p.Open(page.Matters[3])
			shot("matter3")
			if role == "county" {
				p.Back()
				test.Type(p.station.Entry, "f")
				shot("station")
			}
		}
	}
}
