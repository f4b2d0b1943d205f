package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/data/view"
	"lianluo.local/ui/help"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/reception"
)

var dusk = time.Date(2026, 11, 23, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

// sit opens a practice home of a role in a window without a screen.
func sit(t *testing.T, role, unit string) *Window {
	t.Helper()
	return window(t, alone(t, role, unit))
}

// homes counts those that were set up: each has keys of its own.
var homes byte

// seat sets up a home in a shared folder.
func seat(t testing.TB, role, unit, folder string) home.Home {
	t.Helper()
	homes++
	world := apptest.New(t)
	world.Folder, world.Seed = folder, homes
	return shut(world.SetUp(role, unit))
}

// alone sets up a home that exchanges with nobody.
func alone(t testing.TB, role, unit string) home.Home { t.Helper(); return seat(t, role, unit, "") }

// shut is the home of somebody who went home.
func shut(o *apptest.Seat) home.Home {
	o.World.Must(o.Close())
	return o.Home
}

func window(t *testing.T, h home.Home) *Window {
	a := test.NewTempApp(t)
	w := New(a, h, func() time.Time { return dusk }, kit.Inline, false)
	t.Cleanup(w.Close)
	w.win.Resize(fyne.NewSize(1366, 720))
	return w
}

func press(w *Window, name fyne.KeyName, ctrl bool) {
	if do := kit.Meaning(kit.Key{Name: name, Ctrl: ctrl}); do != nil {
		do()
	}
}

func shot(t *testing.T, w *Window, name string) { kittest.Window{Window: w.win, TB: t}.Shot(name) }

// Each role has its pages, each key leads to its page, Esc leads back to the first.
func TestPagesByRoleAndKey(t *testing.T) {
	for role, want := range map[string]struct{ unit, pages string }{
		"station": {"141102002003", "home reception collate book proposal exchange preferences roster station agenda figures"},
		"county":  {"141102", "home tray book proposal exchange preferences roster station agenda figures"},
		"city":    {"1411", "home tray book proposal exchange preferences roster station agenda figures"},
	} {
		w := sit(t, role, want.unit)
		var names []string
		for i, p := range w.frame.pages {
			if p.group == "" { // opened from another page
				w.open(p.code)
				shot(t, w, role+"-"+p.code)
				continue
			}
			names = append(names, p.code)
			if i < len(digits) {
				press(w, digits[i], true)
			} else if press(w, p.key, false); p.key == "" {
				t.Errorf("%s: %s has no key", role, p.code)
			}
			if w.frame.here.code != p.code {
				t.Errorf("%s: Ctrl+%d or %s leads to %s", role, i+1, p.key, w.frame.here.code)
			}
			shot(t, w, role+"-"+p.code)
		}
		if got := strings.Join(names, " "); got != want.pages {
			t.Errorf("%s has %s", role, got)
		}
		if last := map[bool]string{true: "Ctrl+1…9、0　换页", false: fmt.Sprintf("Ctrl+1…%d　换页", len(names))}[len(names) > 9]; !strings.Contains(help.Keys(w.app.Settings.Role, len(names)), last) {
			t.Errorf("%s is told %s", role, help.Keys(w.app.Settings.Role, len(names)))
		}
		for key, page := range map[fyne.KeyName]string{fyne.KeyF3: "book", fyne.KeyF6: "proposal", fyne.KeyF7: "figures", fyne.KeyF9: "exchange",
			fyne.KeyEscape: "home"} {
			w.open("home")
			if press(w, key, false); w.frame.here.code != page {
				t.Errorf("%s: %s leads to %s", role, key, w.frame.here.code)
			}
		}
	}
}

// What is said covers the line on top and no more: nothing moves for it, each click goes to what it is meant for, and
// the next page takes it away.
func TestSaidOverTheTopLine(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.open("book")
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	page := w.frame.here.content.Object()
	before := where(page)
	w.say(kit.Good, "已梳理 02-002003-26-W0006-L；接着可以交办，办不了的上报。再办的请照单子一件一件办。")
	if foot := where(w.frame.notice).Y + w.frame.notice.Size().Height; where(page) != before || foot > before.Y+4 {
		t.Errorf("the page begins at %v, then %v; the sentence ends at %v", before, where(page), foot)
	}
	shot(t, w, "said")
	at := where(w.frame.pages[0].item)
	if test.TapCanvas(w.win.Canvas(), at.AddXY(20, 20)); w.frame.here.code != "home" || w.frame.notice.Said() != "" {
		t.Errorf("a click leads to %s, said is %q", w.frame.here.code, w.frame.notice.Said())
	}
}

// F1 explains the page one is on, to whoever sits there; no page is without.
func TestHelpOfEachPage(t *testing.T) {
	for role, unit := range map[string]string{"station": "141102002003", "county": "141102"} {
		w := sit(t, role, unit)
		for _, p := range w.frame.pages {
			w.open(p.code)
			press(w, fyne.KeyF1, false)
			top := w.win.Canvas().Overlays().Top()
			if top == nil || w.frame.here.code != p.code || len(help.Of(p.code, w.app.Settings.Role)) < 3 {
				t.Fatalf("%s: %s is not explained", role, p.code)
			}
			shot(t, w, "help-"+role+"-"+p.code)
			if said := strings.Join(help.Of(p.code, w.app.Settings.Role), ""); role == "county" &&
				(strings.Contains(said, "F2") || strings.Contains(said, "作废的在")) {
				t.Errorf("a county is told what a station does: %s", said)
			}
			if press(w, fyne.KeyEscape, false); w.win.Canvas().Overlays().Top() != nil {
				t.Error("Esc does not close it")
			}
		}
	}
}

// A jammed printer, or none, never loses a visitor: the matter is kept, the receipt lies in its folder, a sentence says
// so.
func TestRegisteringWithoutAPrinter(t *testing.T) {
	t.Setenv("PATH", "")
	w := sit(t, "station", "141102002003")
	press(w, fyne.KeyF2, false)
	w.win.Canvas().Focused().TypedRune('王')
	for range 9 { // Enter walks to the citizen's words
		if e, ok := w.win.Canvas().Focused().(*kit.Entry); ok && e.MultiLine {
			break
		}
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	test.Type(w.win.Canvas().Focused(), "路灯不亮")
	press(w, fyne.KeyReturn, true)
	kept, err := view.Count(w.ctx, w.app.Store, ledger.Filter{})
	if err != nil || kept != 1 {
		t.Fatalf("%d kept, %v", kept, err)
	}
	said := w.frame.here.content.(*reception.Page).Said()
	if !strings.HasPrefix(said, "已登记，编号 ") || !strings.Contains(said, "受理回执没有打印出来") || !strings.Contains(said,
		"再打一次") ||
		strings.Contains(said, "交给群众") || strings.Contains(said, string(w.home)) {
		t.Errorf("said %q", said)
	}
	if files, _ := filepath.Glob(filepath.Join(w.home.Papers(), "*.pdf")); len(files) != 1 {
		t.Errorf("papers %v", files)
	}
	shot(t, w, "no-printer")
	w.open("home")
	if press(w, fyne.KeyF2, false); w.frame.here.content.(*reception.Page).Said() != "" {
		t.Error("the one before still stands beside the next one")
	}
}

// The top line speaks of the office above, and counts the computers below that are in use.
func TestTopLineOfTheExchange(t *testing.T) {
	above := courier.Progress{Unit: "141102000000", Sent: 3, Stored: 3}
	burnt, below := courier.Progress{Unit: "141102000000", Sent: 9,
		Revoked: true}, courier.Progress{Unit: "141102002003D1-A", Sent: 7}
	station := sit(t, "station", "141102002")
	county := sit(t, "county", "141102")
	for _, c := range []struct {
		w    *Window
		ps   []courier.Progress
		want string
	}{
		{station, []courier.Progress{above, burnt, below}, "● 县里已收到 3/3"},
		{station, []courier.Progress{burnt}, "○ 还没有接上县里"},
		{county, []courier.Progress{below, {Unit: "141102002003D1-A", Revoked: true}}, "已接入 1 个单位"},
	} {
		c.w.app.Settings.Folder = t.TempDir()
		if c.w.frame.exchange(c.ps, trust.Above{}); c.w.frame.parcel.Text != c.want {
			t.Errorf("%s, not %s", c.w.frame.parcel.Text, c.want)
		}
	}
}

// A station that was not accepted yet is told so on its first page, in the words of the top line.
func TestWaitingToBeAccepted(t *testing.T) {
	w := sit(t, "station", "141102002003")
	if _, err := w.app.Desk.Receive(w.ctx, w.app.Clerk(), desk.Draft{Title: "路灯不亮"}); err != nil {
		t.Fatal(err)
	}
	if n, err := w.counts(w.ctx); err != nil || n.Unsent == 0 || n.Apart != "还没有接上乡镇站" && n.Apart != "还没有接上县里" {
		t.Errorf("%+v, %v", n, err)
	}
	w.open("home")
	shot(t, w, "not-accepted")
}

func TestFirstStartLeadsToTheFirstPage(t *testing.T) {
	w := window(t, home.Home(filepath.Join(t.TempDir(), "none")))
	if w.frame != nil || w.win.Canvas().Focused() == nil {
		t.Error("a first start does not ask who we are")
	}
	shot(t, w, "welcome")
}

// Whoever has practised begins in earnest without a command: what was practised is laid aside, and the first page asks
// again. With a new computer in the place of an old one it goes on to the copy.
func TestFromPracticeToWork(t *testing.T) {
	w := sit(t, "station", "141102002003")
	if err := os.WriteFile(filepath.Join(string(w.home), "window.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	find := func(text string) *kit.Button {
		t.Helper()
		for _, o := range test.LaidOutObjects(w.win.Content()) {
			if b, ok := o.(*kit.Button); ok && b.Visible() && strings.HasPrefix(b.Text, text) {
				return b
			}
		}
		t.Fatal("no button " + text)
		return nil
	}
	test.Tap(find("练习完了"))
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.frame != nil || w.home.Exists() {
		t.Fatal("practice goes on")
	}
	if kept, _ := filepath.Glob(filepath.Join(string(w.home), "practice-*", "lianluo.db")); len(kept) != 1 {
		t.Error("what was practised is not kept")
	}
	write := func(text string) {
		for _, r := range text {
			if r == '\n' {
				w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			} else {
				w.win.Canvas().Focused().TypedRune(r)
			}
		}
	}
	write("\n\nls\nfs\nyjz\n")
	shot(t, w, "welcome-filled")
	test.Tap(find("换电脑了"))
	if w.frame == nil || w.frame.here.code != "copies" || w.app.Settings.Practice ||
		w.app.Settings.Unit != "141102002003D1-A" {
		t.Fatal("the new computer does not go on to the copy")
	}
	shot(t, w, "restoring")
	for _, p := range w.frame.pages {
		if p.code == "home" {
			w.open("home")
		}
	}
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Visible() && strings.HasPrefix(b.Text, "练习完了") {
			t.Error("a home at work is called practice")
		}
	}
	if err := setup.EndPractice(w.home, dusk); !errors.Is(err, setup.ErrReal) {
		t.Errorf("a home at work is laid aside: %v", err)
	}
}

// A clock that is years off the newest record is asked about once, by the wall calendar, when the home is opened and
// when somebody works all the same; then work goes on.
func TestTodayByTheWallCalendar(t *testing.T) {
	w := sit(t, "station", "141102002003")
	if _, err := w.app.Desk.Receive(w.ctx, w.app.Clerk(), desk.Draft{Title: "路灯不亮"}); err != nil {
		t.Fatal(err)
	}
	w.now = func() time.Time { return dusk.AddDate(3, 0, 0) }
	w.shut()
	w.enter()
	if w.calendar == nil || !w.calendar.Open() {
		t.Fatal("nobody asks for the date")
	}
	shot(t, w, "calendar")
	date := w.win.Canvas().Focused().(*kit.Entry)
	date.SetText("2026-11-23")
	date.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !w.calendar.Open() {
		t.Fatal("the newest record's day is taken for today")
	}
	press(w, fyne.KeyEscape, false)
	w.explain(w.app.Store.Doubts(w.ctx, w.app.Now())) // somebody works all the same
	w.win.Canvas().Focused().(*kit.Entry).SetText("2029年11月23日")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.calendar.Open() {
		t.Error("today is not taken")
	}
	if _, err := w.app.Desk.Receive(w.ctx, w.app.Clerk(), desk.Draft{Title: "井盖丢了"}); err != nil {
		t.Error(err)
	}
}

// What is saved on the settings page holds at once, without a restart.
func TestChangedSettingsHoldAtOnce(t *testing.T) {
	w := sit(t, "station", "141102002003")
	s := *w.app.Settings
	s.Clerk, s.TextSize = "成玉兰", 26
	if err := s.Save(w.home); err != nil {
		t.Fatal(err)
	}
	w.changed(s)
	if w.app.Settings.Clerk != "成玉兰" || w.frame.here.code != "preferences" ||
		w.fyne.Settings().Theme().Size("text") != 26 {
		t.Errorf("clerk %q on %s", w.app.Settings.Clerk, w.frame.here.code)
	}
	if back, err := settings.Load(w.home); err != nil || back != s {
		t.Errorf("kept %+v %v", back, err)
	}
}
