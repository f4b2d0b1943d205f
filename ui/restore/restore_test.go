package restore

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/archive"
	"lianluo.local/app/explain"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

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
		Look: func(context.Context, string) (archive.Contents, error) { return archive.Contents{Matters: 3}, nil },
		Take: func(context.Context, string) error { return nil },
		Keep: func(string) error { return nil },
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
