package welcome

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/explain"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// open shows the page of a first start over a home that is not there yet.
func open(t *testing.T) (p *Page, w fyne.Window, h home.Home, done *bool) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	h, done = home.Home(t.TempDir()+"/lianluo"), new(bool)
	host := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: func() fyne.Canvas { return w.Canvas() },
		Explain: explain.Sentence}
	p = New(host, h, rand.Reader, func(bool, string) { *done = true })
	w = test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(1366, 768))
	p.Shown()
	return p, w, h, done
}

// keys types into whatever has the focus; \n is Enter.
func keys(w fyne.Window, text string) {
	for _, r := range text {
		if r == '\n' {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		} else {
			w.Canvas().Focused().TypedRune(r)
		}
	}
}

// A volunteer who touches no mouse and writes no Han finds the village by its initials, step by step.
func TestFirstStartByKeyboard(t *testing.T) {
	p, w, h, done := open(t)
	keys(w, "\n\nls\nfs\nyjz\n\n0358-8221321\nLi\n\n\n \n\n")
	if !*done {
		t.Fatalf("not made: %q %q", p.notice.Said(), p.fields["unit"].Problem())
	}
	s, err := settings.Load(h)
	if err != nil {
		t.Fatal(err)
	}
	if s.Unit != "141102002003D1-A" || s.Name != "凤山街道袁家庄社区代表联络点" || s.Phone != "0358-8221321" || s.Clerk != "Li" ||
		!s.Practice || s.Folder != "" {
		t.Errorf("%+v", s)
	}
	p.Make()
	if p.notice.Said() == "" {
		t.Error("a second home is not refused")
	}
}

// What is taken moves no field: a click finds what stood there before.
func TestATakenPlaceMovesNothing(t *testing.T) {
	for _, size := range []float32{18, 26} {
		p, w, _, _ := open(t)
		fyne.CurrentApp().Settings().SetTheme(look.New("light", size))
		w.Resize(fyne.NewSize(1366, 768))
		high := func() float32 { return p.fields["unit"].MinSize().Height }
		before := high()
		for _, code := range []string{"141100", "141102", "141102002", "141102002003", ""} {
			if p.unit.take(code + strings.Repeat("0", 12-len(code))); high() != before {
				t.Errorf("%v: with %q the place is %v high instead of %v", size, code, high(), before)
			}
		}
	}
}

// The field for all places finds the same village at once, and shows where it lies.
func TestSearchEverywhere(t *testing.T) {
	p, w, _, _ := open(t)
	keys(w, "\n凤山 yjz")
	if list := p.unit.all.Offered(); len(list) == 0 || list[0].Note != "吕梁市 离石区 凤山街道" {
		t.Fatalf("%v", list)
	}
	keys(w, "\n")
	if p.unit.steps[0].Entry.Text != "离石区" || p.unit.steps[1].Entry.Text != "凤山街道" || p.name.Text != "凤山街道袁家庄社区代表联络点" {
		t.Errorf("%q %q %q", p.unit.steps[0].Entry.Text, p.unit.steps[1].Entry.Text, p.name.Text)
	}
	if s := p.unit.makes.Text; !strings.Contains(s, "141102002003D1-A") || !strings.Contains(s,
		"吕梁市 离石区 凤山街道 袁家庄社区居委会") {
		t.Error(s)
	}
}

// What a place makes depends on how far it was taken, and on who we are.
func TestUnits(t *testing.T) {
	p, _, _, _ := open(t)
	for _, c := range []struct{ role, place, code, name string }{
		{"station", "141102002003", "141102002003D1-A", "凤山街道袁家庄社区代表联络点"},
		{"station", "141102002000", "141102002000Z1", "凤山街道代表联络站"},
		{"station", "141102000000", "", ""},
		{"county", "141102000000", "141102000000", "离石区人大常委会"},
		{"city", "141100000000", "141100000000", "吕梁市人大常委会"},
	} {
		p.role.Choose(c.role)
		p.unit.ask(c.role)
		p.unit.take(c.place)
		if s := p.unit.makes.Text; !strings.Contains(s, c.code) || strings.HasPrefix(s, "✓") != (c.code != "") ||
			p.name.Text != c.name {
			t.Errorf("%+v: %q %q", c, s, p.name.Text)
		}
	}
	p.unit.ask("station")
	p.unit.take("141102002003")
	p.name.SetText("袁家庄之家")
	p.unit.take("141102002000")
	if p.name.Text != "袁家庄之家" {
		t.Error("a name that somebody wrote is overwritten")
	}
	p.role.Choose("county")
	p.unit.ask("county")
	if p.unit.code != "141102000000" {
		t.Error("the county of the village is not kept:", p.unit.code)
	}
}

func TestProblems(t *testing.T) {
	p, w, h, done := open(t)
	p.Make()
	if p.fields["unit"].Problem() == "" || w.Canvas().Focused() != p.unit.all.Entry {
		t.Error("no unit is not said at its field")
	}
	p.unit.take("141102002000")
	keys(w, "yjz")
	p.Make()
	if !strings.Contains(p.fields["unit"].Problem(), "yjz") {
		t.Error("a village that was written but not taken is passed over:", p.fields["unit"].Problem())
	}
	p.unit.all.Entry.SetText("")
	p.unit.take("141102002000")
	p.folder.Entry.SetText("/no/such/folder")
	p.name.SetText(strings.Repeat("长", 61))
	p.phone.SetText("138l2345678")
	p.Make()
	if p.fields["folder"].Problem() == "" || p.fields["phone"].Problem() == "" ||
		p.fields["unitName"].Problem() == "" || p.fields["unit"].Problem() != "" {
		t.Errorf("%q %q %q", p.fields["folder"].Problem(), p.fields["unitName"].Problem(), p.fields["unit"].Problem())
	}
	if *done || h.Exists() {
		t.Error("made all the same")
	}
}

// The sixteen digits of the office's slip may be filled in at once: a slip of the finger is told here, and a city has
// nobody above.
func TestTheOfficeSDigitsAtOnce(t *testing.T) {
	p, w, _, done := open(t)
	heard := ""
	p.done = func(_ bool, office string) { *done, heard = true, office }
	p.unit.take("141102002003")
	p.office.Entry.SetText("1234 5678 9012 3456")
	if p.Make(); *done || !strings.Contains(p.office.Said(), "一位") || w.Canvas().Focused() != p.office.Entry {
		t.Errorf("digits that cannot be: %q", p.office.Said())
	}
	p.role.Choose("city")
	p.role.OnChanged()
	if p.fields["office"].Visible() {
		t.Error("a city is asked for the office above it")
	}
	p.role.Choose("station")
	p.role.OnChanged()
	p.unit.take("141102002003")
	for n := range 10 {
		if p.office.Entry.SetText("123456789012345" + string(rune('0'+n))); p.office.Right() {
			break
		}
	}
	if p.Make(); !*done || heard != p.office.Entry.Text || len(heard) != 16 {
		t.Errorf("made %v, with %q", *done, heard)
	}
}
