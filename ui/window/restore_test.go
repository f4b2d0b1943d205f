package window

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
)

// look gives what is on the screen.
func (w *Window) look() (texts []string, buttons map[string]*kit.Button) {
	buttons = map[string]*kit.Button{}
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		var inside []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			inside = o.Objects
		case *kit.Button:
			buttons[strings.Fields(o.Text)[0]] = o
		case *widget.Label:
			texts = append(texts, o.Text)
		case fyne.Widget:
			inside = test.WidgetRenderer(o).Objects()
		}
		for _, o := range inside {
			walk(o)
		}
	}
	for _, o := range append(w.win.Canvas().Overlays().List(), w.win.Content()) {
		walk(o)
	}
	return texts, buttons
}

func (w *Window) tap(t *testing.T, button string) {
	t.Helper()
	_, buttons := w.look()
	if buttons[button] == nil || buttons[button].Disabled() {
		t.Fatalf("no button %s", button)
	}
	test.Tap(buttons[button])
}

func (w *Window) reads(text string) bool {
	texts, _ := w.look()
	return strings.Contains(strings.Join(texts, "\n"), text)
}

func (w *Window) registers(t *testing.T, title string) {
	t.Helper()
	if _, err := w.app.Desk.Receive(context.Background(), desk.Draft{Title: title, Name: "成玉兰"}); err != nil {
		t.Fatal(err)
	}
}

// A copy is made, the records are damaged, and five steps put the copy back; what lay there before is kept.
func TestACopyIsPutBackByHand(t *testing.T) {
	w := show(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	press(w, fyne.KeyF1, false)
	w.tap(t, "备份和恢复…")
	w.tap(t, "现在备份")
	if !w.reads("已备份，并打开核对过") {
		t.Fatal("no copy")
	}
	w.registers(t, "路灯不亮")
	if _, buttons := w.look(); !buttons["放回这一份…"].Disabled() {
		t.Error("a copy can be put back that nobody looked at")
	}
	w.tap(t, "核对")
	if !w.reads("这一份是好的：1 件，最后一件 02-002003-26-") {
		t.Error("the copy's contents are not told")
	}
	w.tap(t, "放回这一份…")
	w.tap(t, "放回")
	count := func(want int) {
		t.Helper()
		if n, err := w.app.Store.Count(context.Background(), ledger.Filter{}); err != nil || n != want {
			t.Errorf("%d matters: %v", n, err)
		}
	}
	count(1)
	if w.frame.here.name != "copies" || !w.reads("备份已放回") {
		t.Errorf("on %s", w.frame.here.name)
	}
	w.registers(t, "修公厕")
	w.Close()
	if err := os.WriteFile(w.home.Database(), []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, log := range []string{"-wal", "-shm"} {
		_ = os.Remove(w.home.Database() + log)
	}
	w = window(t, w.home)
	if w.frame != nil || !w.reads("恢复：电脑坏过") || w.reads("每周自动备份一份") {
		t.Fatal("a damaged database offers no copy")
	}
	copies := archive.Copies(w.home)
	if len(copies) != 2 { // the one taken, and what lay there before the first time
		t.Errorf("%d copies", len(copies))
	}
	shot(t, w, "damaged")
	w.tap(t, "核对")
	w.tap(t, "放回这一份…")
	w.tap(t, "放回")
	if w.frame == nil {
		t.Fatal("still closed")
	}
	if kept, _ := filepath.Glob(filepath.Join(w.home.Backups(), "replaced-*", "lianluo.db")); len(kept) != 2 {
		t.Errorf("kept aside: %v", kept)
	}
	w.registers(t, "真的新的")
	rep, err := w.app.Store.Check(context.Background(), w.app.Settings.Unit)
	if err != nil || !rep.OK {
		t.Errorf("%v %v", rep.Problems, err)
	}
}

// Another unit's copy, and one that is damaged, are named and change nothing.
func TestACopyThatIsNotOurs(t *testing.T) {
	other := show(t, "station", "141102002006")
	other.registers(t, "别处的")
	stick := t.TempDir()
	if _, err := archive.Take(context.Background(), other.app.Store, other.home, *other.app.Settings, stick, evening); err != nil {
		t.Fatal(err)
	}
	w := show(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	w.open("copies")
	for _, want := range []string{"别的单位的", "备份坏了"} {
		p := w.frame.here.page
		_, buttons := w.look()
		_ = buttons
		for _, o := range test.LaidOutObjects(p.Object()) {
			if e, ok := o.(*kit.Entry); ok {
				e.SetText("")
				e.SetText(stick)
			}
		}
		w.tap(t, "核对")
		if _, buttons := w.look(); !w.reads(want) || !buttons["放回这一份…"].Disabled() {
			t.Errorf("it does not say %s", want)
		}
		files, _ := filepath.Glob(filepath.Join(stick, "*.db"))
		if err := os.Truncate(files[0], 5000); err != nil {
			t.Fatal(err)
		}
	}
}
