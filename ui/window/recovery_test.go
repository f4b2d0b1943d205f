package window

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2/test"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/ui/kit"
)

// A first start ends with the recovery sheet: put off, the first page asks for it; printed, nothing of it is left on
// this computer; and four of its characters from the paper show that it is right.
func TestSetUpEndsWithTheSheet(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there lp prints nothing")
	}
	bin, temp := t.TempDir(), t.TempDir()
	printed := filepath.Join(bin, "printed.pdf")
	must(t, os.WriteFile(filepath.Join(bin, "lp"), []byte("#!/bin/sh\ncat > "+printed+"\n"), 0o700))
	t.Setenv("PATH", bin+":/bin:/usr/bin")
	t.Setenv("TMPDIR", temp)
	w := window(t, seat(t, "station", "141102002003", t.TempDir()))
	w.begin()
	if w.frame.here.code != "sheet" || !reads(w, "单位建好了") {
		t.Fatal("it does not lead there:", w.frame.here.code)
	}
	tap(t, w, "返回")
	if w.frame.here.code != "home" || !reads(w, "还没有恢复单") {
		t.Error("put off, it is not asked for:", w.frame.here.code)
	}
	tap(t, w, "恢复单…")
	tap(t, w, "打印")
	b, err := os.ReadFile(printed)
	must(t, err)
	ps, err := papertest.Read(b)
	must(t, err)
	words := large(ps)
	if len(words) != 12 {
		t.Fatalf("%d characters on the paper", len(words))
	}
	if _, err := os.Stat(w.home.Papers()); err == nil {
		t.Error("the sheet, or its folder, is left in the home")
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Error("left behind:", left)
	}
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.Visible() && e.PlaceHolder == "四个字连着写" {
			e.SetText(words[1] + words[6] + words[8] + words[11])
		}
	}
	tap(t, w, "对一对")
	if h, err := w.app.Held(); err != nil || h.Tried.IsZero() || !reads(w, "✓ 恢复单 "+h.Number()) {
		t.Errorf("%+v %v", h, err)
	}
	w.open("home")
	if reads(w, "恢复单") {
		t.Error("it is asked for again")
	}
}

// large are the large characters of a sheet, in the order in which they are read.
func large(ps []papertest.Piece) (words []string) {
	for _, p := range ps {
		if p.Size > 40 && len([]rune(p.Text)) == 1 {
			words = append(words, p.Text)
		}
	}
	return words
}
