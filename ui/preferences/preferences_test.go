package preferences

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

func open(t *testing.T) (*Page, home.Home, *int) { return begin(t, false) }

func begin(t *testing.T, staffed bool) (p *Page, h home.Home, changes *int) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	h, changes = home.Home(t.TempDir()+"/lianluo"), new(int)
	s, err := setup.Home(context.Background(), h, setup.Answers{Role: "station", Unit: "141102002003",
		Clerk: map[bool]string{true: "李慧敏"}[staffed]}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var w fyne.Window
	host := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: func() fyne.Canvas { return w.Canvas() },
		Explain: explain.Sentence}
	p = New(host, h, &s, 6, staffed, func(page string) bool { return !staffed || page == "lost" },
		func(context.Context, settings.Settings) error { return nil }, func() { *changes++ }, Doors{})
	w = test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(1186, 700))
	p.Shown()
	return p, h, changes
}

func load(t *testing.T, h home.Home) settings.Settings {
	t.Helper()
	s, err := settings.Load(h)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSaved(t *testing.T) {
	p, h, changes := open(t)
	dir := t.TempDir()
	p.offer([]string{"HP"})
	p.phone.SetText(" 0358-8221321 ")
	p.hours.SetText("周一")
	p.clerk.SetText("李小燕")
	p.organisation.SetText("离石区")
	p.folder.Entry.SetText(dir)
	p.paper.TypedRune('3')
	p.printer.TypedRune('2')
	p.sign.TypedRune('2')
	p.Shown() // something changed elsewhere: what is typed stays
	p.Save()
	s := load(t, h)
	if s.Phone != "0358-8221321" || s.Hours != "周一" || s.Clerk != "李小燕" || s.Organisation != "离石区" || s.Folder != dir ||
		s.FolderID == "" ||
		s.Paper != "80mm" || s.Sign != "inside" || s.Printer != "" && s.Printer != "HP" || s.Unit != p.s.Unit || s != *p.s {
		t.Errorf("%+v", s)
	}
	if p.notice.Said() != "已保存" || *changes != 1 {
		t.Error(p.notice.Said(), *changes)
	}
}

// Where whoever sits there has said who he is, no name lies in a file that anybody reads.
func TestNoNameOfWhoSitsThere(t *testing.T) {
	p, h, _ := begin(t, true)
	if said := kittest.Open(t, p.Object(), fyne.NewSize(1186, 700)).Words(); strings.Contains(said, "经办人") ||
		!strings.Contains(said, "接听时间") ||
		strings.Contains(said, "恢复单…") || !strings.Contains(said, "丢了电脑、U盘…") {
		t.Error(said)
	}
	before := load(t, h).Clerk
	if p.Save(); before != "李慧敏" || load(t, h).Clerk != "" {
		t.Errorf("%q was kept, and is %q", before, load(t, h).Clerk)
	}
}

// A telephone that is none is not kept, since receipts bear it; what was kept before stays.
func TestMistypedTelephone(t *testing.T) {
	p, h, _ := open(t)
	p.clerk.SetText("李小燕")
	for _, phone := range []string{"1381234567", "138l2345678", "x"} {
		p.phone.SetText(phone)
		p.Save()
		if s := load(t, h); s.Phone != "" || s.Clerk != "" || p.phoneField.Problem() == "" || p.notice.Said() == "已保存" {
			t.Errorf("%q: kept %q, said %q", phone, s.Phone, p.phoneField.Problem())
		}
	}
	p.phone.SetText("13812345678")
	p.Save()
	if s := load(t, h); s.Phone != "13812345678" || p.phoneField.Problem() != "" {
		t.Errorf("%q %q", s.Phone, p.phoneField.Problem())
	}
}

// A printer that is not connected now stays chosen.
func TestPrinter(t *testing.T) {
	p, h, _ := open(t)
	p.offer([]string{"HP"})
	p.printer.TypedRune('2')
	p.Save()
	p.offer(nil)
	if s := load(t, h); s.Printer != "HP" || p.printer.One() != "HP" {
		t.Errorf("%q %q", s.Printer, p.printer.One())
	}
	p.printer.TypedRune('1')
	p.Save()
	if s := load(t, h); s.Printer != "" {
		t.Errorf("%q", s.Printer)
	}
}

// The look is seen and kept at once, without what is being typed.
func TestLook(t *testing.T) {
	p, h, changes := open(t)
	p.phone.SetText("half")
	p.textSize.TypedRune('4')
	p.theme.TypedRune('3')
	p.theme.TypedRune('3')
	if s := load(t, h); s.TextSize != 26 || s.Theme != "contrast" || s.Phone != "" || *changes != 2 {
		t.Errorf("%v %q %q %d", s.TextSize, s.Theme, s.Phone, *changes)
	}
}

func TestNoFolder(t *testing.T) {
	p, h, _ := open(t)
	p.folder.Entry.SetText("/no/such/folder")
	p.clerk.SetText("李小燕")
	p.Save()
	if p.folderField.Problem() == "" || load(t, h).Clerk != "" || p.clerk.Text != "李小燕" {
		t.Error(p.folderField.Problem(), load(t, h).Clerk)
	}
	p.folder.Entry.SetText("")
	p.Save()
	if p.folderField.Problem() != "" || load(t, h).Clerk != "李小燕" {
		t.Error(p.folderField.Problem())
	}
}

// The folder in which the marker was deleted is chosen again and gets it back; saving something else does not put one
// anywhere.
func TestMarkerIsPutBack(t *testing.T) {
	p, h, _ := open(t)
	dir := t.TempDir()
	p.folder.Choose(dir)
	p.Save()
	id := load(t, h).FolderID
	if err := os.Remove(filepath.Join(dir, "lianluo.json")); err != nil {
		t.Fatal(err)
	}
	p.clerk.SetText("李小燕")
	p.Save()
	if _, err := folder.Open(dir, id); !errors.Is(err, folder.ErrUnmarked) {
		t.Errorf("a directory is marked unasked: %v", err)
	}
	p.folder.Choose(dir)
	p.Save()
	f, err := folder.Open(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// What is changed of the unit is told to those who know it first; where they refuse it nothing is kept.
func TestUnitHearsWhatChanged(t *testing.T) {
	p, h, changes := open(t)
	var told settings.Settings
	p.present = func(_ context.Context, next settings.Settings) error { told = next; return errors.New("refused") }
	p.phone.SetText("0358-8221321")
	p.Save()
	if told.Phone != "0358-8221321" || load(t, h).Phone != "" || *changes != 0 || p.notice.Said() == "" {
		t.Errorf("told %q, kept %q, %d changes, says %q", told.Phone, load(t, h).Phone, *changes, p.notice.Said())
	}
	p.present = func(context.Context, settings.Settings) error { return nil }
	p.Save()
	if load(t, h).Phone != "0358-8221321" || *changes != 1 {
		t.Errorf("kept %q", load(t, h).Phone)
	}
}
