package window

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app"
	"lianluo.local/app/desk"
	"lianluo.local/app/paper/manual"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/home"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// theirs is what systems and the setup program write, not this window, and the button of TestNewerInTheWindow.
const theirs = "安装 开始 联络站 已保护你的电脑 更多信息 仍要运行 开发者模式 看一看…"

// What the two pages that are handed over put into quotes stands so in the window, on a button or as the name of a page, and each
// key that they name does something where they name it.
func TestHandedOverNamesWhatIsThere(t *testing.T) {
	called := map[string]bool{}
	for _, s := range strings.Fields(theirs) {
		called[s] = true
	}
	for _, p := range pages {
		called[p.title] = true
	}
	look := func(w *Window) {
		for _, o := range test.LaidOutObjects(kittest.Window{Window: w.win, TB: t}.Top()) {
			if b, ok := o.(*kit.Button); ok && b.Visible() {
				name, _, _ := strings.Cut(b.Text, "　")
				called[name] = true
			}
		}
	}
	look(window(t, home.Home(filepath.Join(t.TempDir(), "none"))))
	locked := working(t, guarded(t))
	look(locked)

	w := window(t, seat(t, "station", "141102002003", t.TempDir()))
	on := kittest.Window{Window: w.win, TB: t}
	means := map[string]bool{}
	note := func(key string, name fyne.KeyName, ctrl bool) {
		means[key] = kit.Meaning(kit.Key{Name: name, Ctrl: ctrl}) != nil
	}
	for _, k := range []fyne.KeyName{fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF9, fyne.KeyEscape} {
		note(string(k), k, false)
	}
	note("Ctrl+L", fyne.KeyL, true)
	for _, code := range []string{"preferences", "exchange"} {
		w.open(code)
		look(w)
	}
	m, err := w.app.Desk.Receive(w.ctx, w.app.Clerk(), desk.Draft{Words: "路灯不亮"})
	must(t, err)
	v, err := w.app.Ledger.Show(w.ctx, m.Number)
	must(t, err)
	w.show(v)
	look(w)
	on.Tap("更多…")
	look(w)
	on.Tap("不办了")
	w.update(app.Update{})
	look(w)
	on.Tap("以后再说")
	w.open("reception")
	note("Ctrl+Enter", fyne.KeyReturn, true)
	note("Ctrl+P", fyne.KeyP, true)

	for _, draw := range []func(time.Time) (typeset.Document, error){manual.Install, manual.Use} {
		d, err := draw(dusk)
		must(t, err)
		text := papertest.All(papertest.Print(t, d, ""))
		for _, m := range regexp.MustCompile(`“([^”]*)”`).FindAllStringSubmatch(text, -1) {
			if !called[m[1]] {
				t.Errorf("%s: nothing in the window is called “%s”", d.Title, m[1])
			}
		}
		for _, key := range regexp.MustCompile(`Ctrl\+(Enter|[A-Z])|F\d+|Esc`).FindAllString(text, -1) {
			if !means[strings.Replace(key, "Esc", string(fyne.KeyEscape), 1)] {
				t.Errorf("%s: %s does nothing", d.Title, key)
			}
		}
	}
}
