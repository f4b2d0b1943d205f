package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"lianluo.local/data/stick"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// The stick that is put in is registered under a name; another one is told by a sentence, and registered, too, where somebody
// wants it.
func TestSticksInTheWindow(t *testing.T) {
	dir := t.TempDir()
	w := window(t, seat(t, "station", "141102002003", dir))
	on := kittest.Window{Window: w.win, TB: t}
	register := func(name string) {
		t.Helper()
		for _, o := range test.LaidOutObjects(on.Top()) {
			if e, ok := o.(*kit.Entry); ok && strings.HasPrefix(e.PlaceHolder, "给它起个名字") {
				e.SetText(name)
			}
		}
		on.Tap("登记这一个")
	}
	w.open("preferences")
	on.Tap("U盘…")
	if !strings.Contains(on.Sheet(), "还没有登记过U盘") {
		t.Error(on.Sheet())
	}
	register("蓝色的")
	on.Shot("sticks")
	if s := on.Sheet(); !strings.Contains(s, "蓝色的　2026年11月23日登记，正插着") {
		t.Error(s)
	}
	on.Tap("关闭")
	l, err := stick.Load(w.home)
	must(t, err)
	for n := range 7 {
		l.Trips = append(l.Trips, stick.Trip{At: w.app.Now(), Stick: l.Sticks[0].ID, Collected: n, Sent: 3})
	}
	must(t, l.Save(w.home))
	w.sticks()
	on.Shot("sticks-trips")
	if s := on.Sheet(); !strings.Contains(s, "2026-11-23 19:30　蓝色的　收到 6 条，送出 3 条") || strings.Contains(s, "收到 1 条") {
		t.Error(s)
	}
	on.Tap("关闭")
	marker := filepath.Join(dir, "lianluo.json")
	b, err := os.ReadFile(marker)
	must(t, err)
	before, _, _ := strings.Cut(string(b), `,"stick"`)
	must(t, os.WriteFile(marker, []byte(before+"}\n"), 0o600)) // as another one has it
	w.sticks()
	on.Shot("sticks-other")
	if s := on.Sheet(); !strings.Contains(s, "插的不是登记过的") {
		t.Error(s)
	}
	register("红色的")
	if s := on.Sheet(); !strings.Contains(s, "红色的　2026年11月23日登记，正插着") {
		t.Error(s)
	}
	on.Tap("不再用它")
	if l, _, _, err := w.app.Sticks(w.ctx); err != nil || len(l.Sticks) != 1 || l.Sticks[0].Name != "蓝色的" {
		t.Errorf("%+v %v", l, err)
	}
}
