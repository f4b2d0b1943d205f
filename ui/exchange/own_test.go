package exchange

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// New keys are told; the recovery key never goes where everybody reads.
func TestKeys(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	c := sit(t, "county", "141102", folder)
	before := c.Courier.Print()
	test.Tap(c.button(t, "密钥"))
	if !c.reads(kit.Fours(before)) {
		t.Error("the digits are not shown")
	}
	c.keys.stick.Entry.SetText(folder)
	test.Tap(c.button(t, "做恢复密钥"))
	if files, _ := os.ReadDir(folder); slices.ContainsFunc(files,
		func(f os.DirEntry) bool { return strings.Contains(f.Name(), "recovery") }) ||
		c.Courier.Keys().Recovery != nil {
		t.Error("the recovery key lies in the shared folder")
	}
	stick := t.TempDir()
	c.keys.stick.Entry.SetText(stick)
	test.Tap(c.button(t, "做恢复密钥"))
	if files, _ := os.ReadDir(stick); len(files) == 0 || c.Courier.Keys().Recovery == nil {
		t.Error("no recovery key")
	}
	test.Tap(c.button(t, "更换密钥"))
	c.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if c.Courier.Print() == before || !c.reads(kit.Fours(c.Courier.Print())) {
		t.Error("the keys are the old ones")
	}
}
