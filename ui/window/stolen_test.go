package window

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"golang.org/x/text/encoding/unicode"

	"lianluo.local/app/desk"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

// Whoever reads the files of a home whose window was used, locked and closed finds nothing of anybody: every page was opened
// while the home held what somebody said.
func TestWindowLeavesNothing(t *testing.T) {
	marks := []string{"钟馗骉", "13790417001", "饕餮薅", "犄角旮旯", "王明"}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	h := guarded(t)
	w := working(t, h)
	k := kittest.Window{Window: w.win, TB: t}
	fyne.CurrentApp().Settings().SetTheme(look.New("light", 18))
	kit.Clock = func() time.Time { return dusk }
	t.Cleanup(func() { kit.Clock = nil; kit.Uncover() })
	if signIn(w, k, "王明", wang); w.app == nil {
		t.Fatal(k.Words())
	}
	k.Press(fyne.KeyEscape) // no code today
	v, err := w.app.Desk.Receive(t.Context(), w.app.Clerk(), desk.Draft{Title: "饕餮薅", Name: marks[0], Phone: marks[1],
		Words: marks[2], Address: marks[3]})
	must(t, err)
	for _, p := range w.frame.pages {
		w.open(p.code)
	}
	w.number(v.Number)
	press(w, fyne.KeyL, true)
	if !kit.Covered() {
		t.Error("it is not locked")
	}
	w.Close()
	for _, dir := range []string{string(h), temp} {
		must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(name)
			for _, mark := range marks {
				for _, form := range written(t, mark) {
					if bytes.Contains(b, form) {
						t.Errorf("%s tells %s", name, mark)
					}
				}
			}
			return err
		}))
	}
}

// written are the bytes of a text: in UTF-8, in UTF-16, and in base64 at the beginning of a text.
func written(t *testing.T, text string) [][]byte {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(text))
	must(t, err)
	return [][]byte{[]byte(text), wide, []byte(base64.RawStdEncoding.EncodeToString([]byte(text)[:len(text)/3*3]))}
}
