package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// On the page 设置帮助 somebody sees what he hands to a technician, and keeps it as a file.
func TestDiagnosis(t *testing.T) {
	w := sit(t, "station", "141102002003")
	on := kittest.Window{Window: w.win, TB: t}
	w.open("preferences")
	on.Shot("diagnosis-door")
	on.Tap("诊断…")
	seen := ""
	for _, o := range test.LaidOutObjects(on.Top()) {
		if l, ok := o.(*kit.Label); ok && strings.Contains(l.Text, "【记录】") {
			seen = l.Text
		}
	}
	on.Shot("diagnosis")
	if !strings.Contains(seen, "0 处问题") || strings.Contains(seen, w.app.Settings.Name) {
		t.Error(seen)
	}
	on.Tap("存成文件…")
	if on.Sheet() == "" {
		t.Error("nobody is asked where to")
	}
	on.Tap("不选了")
	file := filepath.Join(t.TempDir(), "d.txt")
	w.kept(app.Diagnosis("联络站诊断"), file)
	if b, err := os.ReadFile(file); err != nil || string(b) != "联络站诊断" {
		t.Error(string(b), err)
	}
	on.Tap("知道了")
	w.fail(app.ErrNewer)
	on.Shot("diagnosis-unwell")
	on.Tap("诊断…")
	on.Tap("关闭")
}
