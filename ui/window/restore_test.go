package window

import (
	"context"
	"errors"
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
	"lianluo.local/data/matter"
	"lianluo.local/data/settings"
	"lianluo.local/data/view"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/restore"
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
		case *kit.Label:
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

// steps shows the side 恢复.
func (w *Window) steps() { w.frame.here.content.(*restore.Page).Steps(kit.Plain, "") }

// names types where the stick is.
func (w *Window) names(t *testing.T, stick string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && strings.Contains(e.PlaceHolder, "U盘") {
			e.SetText(stick)
			return
		}
	}
	t.Fatal("nowhere to name a stick")
}

func (w *Window) registers(t *testing.T, title string) {
	t.Helper()
	if _, err := w.app.Desk.Receive(context.Background(), w.app.Clerk(),
		desk.Draft{Title: title, Name: "成玉兰"}); err != nil {
		t.Fatal(err)
	}
}

// A copy is made, the records are damaged, and five steps put the copy back; what lay there before is kept.
func TestACopyIsPutBackByHand(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	w.open("preferences")
	w.tap(t, "备份和恢复…")
	w.tap(t, "现在备份")
	if !w.reads("已备份到本机，打开核对过，是好的。") {
		t.Fatal("no copy")
	}
	w.registers(t, "路灯不亮")
	w.steps()
	if _, buttons := w.look(); !buttons["放回这一份…"].Disabled() {
		t.Error("a copy can be put back that nobody looked at")
	}
	w.tap(t, "核对")
	if !w.reads("是好的，是" + w.app.Settings.Name + "的，里面有 1 件。\n最后一件 02-002003-26-") {
		t.Error("the copy's contents are not told")
	}
	w.tap(t, "放回这一份…")
	w.tap(t, "放回")
	count := func(want int) {
		t.Helper()
		if n, err := view.Count(context.Background(), w.app.Store, ledger.Filter{}); err != nil || n != want {
			t.Errorf("%d matters: %v", n, err)
		}
	}
	count(2)
	if w.frame.here.code != "copies" || !w.reads("备份已放回") || !w.reads("④ 报送一次") {
		t.Errorf("on %s", w.frame.here.code)
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
	if w.frame != nil || !w.reads("① 选一份备份") || w.reads("每周自动备份一份") {
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

// Records of another computer, even one of the same unit, are never shown in the place of this one's: the page says so
// and offers the copies.
func TestAnotherComputersRecords(t *testing.T) {
	other := sit(t, "station", "141102002003")
	other.registers(t, "另一台的")
	other.Close()
	w := sit(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	w.open("copies")
	w.tap(t, "现在备份")
	w.Close()
	b, err := os.ReadFile(other.home.Database())
	if err == nil {
		err = os.WriteFile(w.home.Database(), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	w = window(t, w.home)
	if w.frame != nil || !w.reads("或者是别的电脑的，没有动它") || !w.reads("① 选一份备份") {
		t.Fatal("whose records are shown?")
	}
	shot(t, w, "another-computer")
	w.tap(t, "核对")
	w.tap(t, "放回这一份…")
	w.tap(t, "放回")
	if w.frame == nil {
		t.Fatal("still closed")
	}
	w.registers(t, "接着登记")
	if rep, err := w.app.Store.Check(context.Background(), w.app.Settings.Unit); err != nil || !rep.OK ||
		rep.Things[matter.Name] != 2 {
		t.Errorf("%+v %v", rep, err)
	}
}

// A home that lies where everybody reads says so on its first page, and works on.
func TestMisplacedHomeIsSaid(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.Close()
	if err := os.WriteFile(filepath.Join(filepath.Dir(string(w.home)), "lianluo.json"), []byte("{}"),
		0o600); err != nil {
		t.Fatal(err)
	}
	w = window(t, w.home)
	shot(t, w, "misplaced")
	if !w.reads("本机的资料放在报送用的共享文件夹里") {
		t.Error("it says nothing")
	}
	w.registers(t, "七巷雨水倒灌")
}

// Another unit's copy, and one that is damaged, are named and change nothing.
func TestACopyThatIsNotOurs(t *testing.T) {
	other := sit(t, "station", "141102002006")
	other.registers(t, "别处的")
	stick := t.TempDir()
	if _, err := archive.Take(context.Background(), other.app.Store, other.home, *other.app.Settings, stick,
		dusk); err != nil {
		t.Fatal(err)
	}
	w := sit(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	w.open("copies")
	w.steps()
	for _, want := range []string{"别的单位的", "备份坏了"} {
		w.names(t, "")
		w.names(t, stick)
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

// A copy never lies where others read; the second place is remembered, and what is half-typed in 设置帮助 stays.
func TestWhereCopiesMayLie(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	shared, stick := t.TempDir(), t.TempDir()
	w.app.Settings.Folder = shared
	w.open("preferences")
	preferences := w.frame.here.content
	w.open("copies")
	for place, says := range map[string]string{shared: "别人也看得到", string(w.home): "不能写到程序自己的资料文件夹里",
		filepath.Join(stick, "none"): "请核对位置"} {
		w.names(t, place)
		for _, button := range []string{"现在备份", "以后每周也往U盘放一份"} {
			w.names(t, place)
			if w.tap(t, button); !w.reads(says) {
				t.Errorf("%s: it does not say %s", button, says)
			}
		}
	}
	if files, _ := filepath.Glob(filepath.Join(shared, "*")); len(files) > 0 || w.app.Settings.Second != "" {
		t.Errorf("%v, and %q is remembered", files, w.app.Settings.Second)
	}
	w.names(t, stick)
	w.tap(t, "以后每周也往U盘放一份")
	if w.tap(t, "现在备份"); !w.reads("已备份到"+stick) || len(archive.Copies(w.home, stick)) != 1 {
		t.Error("no copy on the stick")
	}
	if w.open("preferences"); w.frame.here.content != preferences {
		t.Error("what was typed there is gone")
	}
	w.tap(t, "保存")
	if s, err := settings.Load(w.home); err != nil || s.Second != stick {
		t.Errorf("%q is remembered: %v", s.Second, err)
	}
}

// While a copy is put back no key leads to a page that is gone; where it cannot be put back the sentence is told.
func TestKeysWhileACopyIsPutBack(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.registers(t, "七巷雨水倒灌")
	w.open("copies")
	w.tap(t, "现在备份")
	w.steps()
	w.tap(t, "核对")
	var waits []func()
	w.run.Work = func(f func()) { waits = append(waits, f) }
	w.tap(t, "放回这一份…")
	w.tap(t, "放回")
	for _, name := range append([]fyne.KeyName{fyne.KeyF2, fyne.KeyF3, fyne.KeyF9, fyne.KeyEscape}, digits...) {
		press(w, name, false)
		press(w, name, true)
	}
	if !w.reads("正在放回备份") || len(waits) != 1 {
		t.Fatal("it is not told what goes on")
	}
	if err := errors.Join(os.Truncate(archive.Copies(w.home)[0].File, 5000),
		os.WriteFile(w.home.Database(), []byte("broken"), 0o600)); err != nil {
		t.Fatal(err)
	}
	w.run = kit.Inline
	if waits[0](); w.frame != nil || !w.reads("这份备份坏了") || !w.reads("① 选一份备份") {
		t.Error("it does not say why the copy was not put back")
	}
}

// Copies are not offered where the records are whole and something else is in the way.
func TestACopyDoesNotHelp(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.Close()
	if err := os.RemoveAll(w.home.Keys()); err != nil {
		t.Fatal(err)
	}
	w = window(t, w.home)
	if w.reads("① 选一份备份") || !w.reads("记录没有丢") {
		t.Error("a copy is offered where the keys are missing")
	}
}
