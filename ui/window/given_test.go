package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// sent is a bundle of a station that the county of the window may read, as it came by mail; nothing of it lies in the folder.
func sent(t *testing.T) (w *Window, file string) {
	t.Helper()
	world := apptest.New(t)
	county, station := world.Pair()
	station.Titles("七巷雨水倒灌")
	county.Sync()
	station.Sync()
	lie, err := filepath.Glob(filepath.Join(world.Folder, apptest.County, "*", "*.bundle"))
	must(t, err)
	if len(lie) == 0 {
		t.Fatal("nothing was sent")
	}
	file = filepath.Join(t.TempDir(), "微信 收到的(1).bundle")
	b, err := os.ReadFile(lie[len(lie)-1])
	must(t, err)
	must(t, os.WriteFile(file, b, 0o600))
	must(t, os.RemoveAll(world.Folder))
	return window(t, shut(county)), file
}

// Who opens a bundle with the program sees that it is taken in, on the page that shows what came, but behind a veil only once
// somebody says who he is; what is none is said.
func TestOpenedBundle(t *testing.T) {
	w, file := sent(t)
	kit.Cover(w.win.Canvas(), false, kit.Text("谁在这里？"), nil)
	if w.given(file); w.frame.here.code == "exchange" || w.brought == nil {
		t.Error("it is taken in, and nobody sits here")
	}
	kit.Uncover()
	w.given() // which is what the veil does that is lifted
	if w.frame.here.code != "exchange" || !reads(w, "收下了 1 条新记录") {
		t.Error("the bundle was not taken in")
	}
	w.open("book")
	shot(t, w, "opened-book")
	if !strings.Contains(kittest.Seen(w.win.Content()), "七巷雨水倒灌") {
		t.Error("what it brought is not in the book")
	}
	w.given(file)
	if !reads(w, "以前都收过了") {
		t.Error("the second time is not told")
	}
	must(t, os.WriteFile(file, []byte("不是报送包"), 0o600))
	w.given(file)
	if !reads(w, "文件不完整") {
		t.Error("it is not told that the file is none")
	}
	w.given(strings.TrimSuffix(file, ".bundle") + ".release")
	if !reads(w, "找不到这个文件") {
		t.Error("it is not told that the release is gone")
	}
}
