package restore

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/archive"
	"lianluo.local/app/explain"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// elsewhere was sealed with another key than this home's; bare is how many copies anybody can read.
const elsewhere = "/stick/sealed.db"

var bare int

// open gives the page over a list of copies; what it asks for waits until it is let go.
func open(t *testing.T, list func(dir string) []archive.Copy, waits *[]func()) *Page {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	var w fyne.Window
	run := kit.Runner{Work: func(f func()) { *waits = append(*waits, f) }, Show: func(f func()) { f() },
		Rest: func(<-chan time.Time) {}}
	host := kit.Host{Context: context.Background(), Run: run, Canvas: func() fyne.Canvas { return w.Canvas() },
		Explain: explain.Sentence, Go: func(string) {}}
	p := New(host, Actions{
		Copies: list, Unit: "袁家庄",
		Look: func(_ context.Context, file string, by Then) (archive.Contents, error) {
			if file == elsewhere && by != (Then{Name: "王明", Password: "quiet-river-9"}) {
				return archive.Contents{}, archive.ErrLocked
			}
			return archive.Contents{Matters: 3}, nil
		},
		Readable: func() int { return bare },
		Seal:     func(context.Context) (int, []string, error) { bare = 0; return 2, []string{"/home/backup/bad.db"}, nil },
		Take:     func(context.Context, string) error { return nil },
		Keep:     func(string) error { return nil },
	})
	w = test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(1186, 700))
	p.Shown()
	return p
}

var taken = time.Date(2026, 11, 20, 19, 30, 0, 0, time.UTC)

// Each copy says in words what it is, how large, and whether anybody looked into it.
func TestCopiesInWords(t *testing.T) {
	var waits []func()
	p := open(t, func(string) []archive.Copy {
		return []archive.Copy{
			{File: "/home/backup/weekly-2026-11-20.db", Taken: taken, Size: 3 << 20},
			{File: "/stick/联络站备份-141102002003D1-A-20261120-193000.db", Taken: taken, Size: 2000},
			{File: "/stick/old.db", Taken: taken},
			{File: "/home/backup/replaced-20261120-193000/lianluo.db", Taken: taken},
		}
	}, &waits)
	waits[0]()
	for row, want := range [][4]string{
		{"2026年11月20日 19:30", "3.0 MB", "每周自动做的", "✓ 备份时核对过"},
		{"2026年11月20日 19:30", "2 KB", "放在U盘上的", "✓ 备份时核对过"},
		{"2026年11月20日 19:30", "0 KB", "old.db", "还没有"},
		{"2026年11月20日 19:30", "0 KB", "放回别的备份时换下来的", "还没有"},
	} {
		for column, text := range want {
			if got := p.table.Cell(row, column); got != text {
				t.Errorf("row %d: %s, not %s", row, got, text)
			}
		}
	}
}

// Only the copy that was verified can be put back: not another that was chosen meanwhile, nor one on a stick that is
// gone.
func TestOnlyWhatWasVerified(t *testing.T) {
	list := []archive.Copy{{File: "/home/backup/taken-1.db"}, {File: "/home/backup/taken-2.db"}}
	var waits []func()
	p := open(t, func(string) []archive.Copy { return list }, &waits)
	waits[0]()
	p.look()
	p.table.Choose(1)
	waits[1]()
	if !p.put.Disabled() || p.holds.Visible() {
		t.Error("a copy can be put back that nobody looked into")
	}
	p.look()
	waits[2]()
	if p.put.Disabled() || p.table.Cell(1, 3) != "✓ 刚核对过" {
		t.Error("what was verified cannot be put back")
	}
	list = list[:1]
	p.Shown()
	if waits[3](); !p.put.Disabled() {
		t.Error("a copy can be put back that is gone")
	}
}

// A slow answer about a folder that was typed before does not take the place of the present one.
func TestSlowFolder(t *testing.T) {
	var waits []func()
	p := open(t, func(dir string) []archive.Copy { return []archive.Copy{{File: dir + "/a.db"}} }, &waits)
	p.stick.Entry.SetText("/stick")
	waits[1]()
	if waits[0](); p.table.Rows()[0].File != "/stick/a.db" {
		t.Error("it shows", p.table.Rows()[0].File)
	}
}

// A chip that is pressed twice leaves its side where it is.
func TestSides(t *testing.T) {
	var waits []func()
	p := open(t, func(string) []archive.Copy { return nil }, &waits)
	for range 2 {
		p.chips.TypedRune('2')
	}
	if p.chips.One() != putting || !p.sides[putting].Visible() || p.sides[copying].Visible() {
		t.Error("the side is gone")
	}
	waits[0]()
	if p.look(); p.notice.Said() == "" || !p.put.Disabled() {
		t.Error("nobody says that there is no copy")
	}
}

// A copy that was sealed with another key asks for the name and password of then, and goes back with them.
func TestAskedForThePasswordOfThen(t *testing.T) {
	var waits []func()
	p := open(t, func(string) []archive.Copy { return []archive.Copy{{File: elsewhere}} }, &waits)
	waits[0]()
	var put Then
	p.do.Put = func(_ string, by Then) { put = by }
	if p.then.object.Visible() {
		t.Error("asked before anybody looked")
	}
	p.look()
	waits[1]()
	if !p.then.object.Visible() || !p.put.Disabled() || p.notice.Said() != "" {
		t.Fatal("nobody asks", p.notice.Said())
	}
	p.then.name.SetText("王明")
	p.then.password.SetText("other-river-9")
	p.look()
	if waits[2](); p.notice.Said() == "" || !p.put.Disabled() {
		t.Error("a wrong password opens it, or nobody says that it is wrong")
	}
	p.then.password.SetText("quiet-river-9")
	p.look()
	if waits[3](); p.put.Disabled() {
		t.Fatal("the right password does not open it")
	}
	p.do.Put(p.looked, p.then.typed())
	if put.Password != "quiet-river-9" {
		t.Error("put back with", put)
	}
}

// Copies that anybody can read are counted where copies are made, and sealed by a button.
func TestReadableCopiesAreSealed(t *testing.T) {
	var waits []func()
	bare = 2
	p := open(t, func(string) []archive.Copy { return nil }, &waits)
	if waits[0](); !p.seal.Visible() || !strings.Contains(p.bare.Text, "2 份") {
		t.Fatal("nobody offers to seal them")
	}
	p.cover()
	if waits[1](); !strings.Contains(p.notice.Said(), "2 份旧备份封存好了") || !strings.Contains(p.notice.Said(), "bad.db") {
		t.Error(p.notice.Said())
	}
	if waits[2](); p.seal.Visible() {
		t.Error("it offers what is done")
	}
}
