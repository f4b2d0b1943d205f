package window

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// blank is a page with nothing but two fields.
type blank struct {
	fyne.CanvasObject
	first, second *kit.Entry
}

func (b blank) Object() fyne.CanvasObject { return b.CanvasObject }
func (b blank) Start()                    { kit.Focus(b.first) }
func (blank) Shown()                      {}

// many is a table of 14 pages in three groups that a station has, and one more that it has not.
func many(made map[string]int) (list []page) {
	for _, g := range []struct {
		name  string
		pages []string
	}{
		{"办事", []string{"今天", "登记来访", "汇总梳理", "台账", "代表建议"}},
		{"人和站", []string{"代表名册", "进站日程", "站点", "名额", "履职记录"}},
		{"本机", []string{"统计报表", "报送", "本周一张纸", "设置帮助"}},
	} {
		for _, title := range g.pages {
			list = append(list, page{code: title, title: title, group: g.name, icon: theme.ListIcon,
				make: func(*Window) content {
					made[title]++
					b := blank{first: kit.NewEntry(""), second: kit.NewEntry("")}
					b.CanvasObject = kit.Page(title, "", kit.Rows(b.first, b.second))
					return b
				}})
		}
	}
	list[13].code = "preferences"
	hidden := page{code: "tray", title: "收件", group: "办事", icon: theme.ListIcon,
		roles: func(role journal.Level) bool { return role == journal.County }}
	return append(list[:2:2], append([]page{hidden}, list[2:]...)...)
}

// A window has as many pages as there are: the first nine have a number, each is found by its name and in the rail,
// which shows its groups and scrolls where letters are large. A page is made when it is first opened, once.
func TestFourteenPagesInThreeGroups(t *testing.T) {
	w := sit(t, "station", "141102002003")
	w.shut()
	made := map[string]int{}
	w.pages = many(made)
	w.enter()
	w.fyne.Settings().SetTheme(look.New("light", 26))
	w.win.Resize(fyne.NewSize(1366, 768))
	ps := w.frame.titled()
	if len(ps) != 14 || len(made) != 1 || w.frame.here != ps[0] {
		t.Fatalf("%d pages, made %v", len(ps), made)
	}
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	sight := func(i *item) bool {
		at, rail := where(i).Y, where(w.frame.rail).Y
		return at >= rail && at+i.Size().Height <= rail+w.frame.rail.Size().Height
	}
	for i, p := range ps {
		if press(w, digits[i%10], true); i < 10 {
			if w.frame.here != p {
				t.Errorf("Ctrl+%d leads to %s", i+1, w.frame.here.title)
			}
			if p.item.key.Text != fmt.Sprintf("Ctrl+%d", (i+1)%10) {
				t.Errorf("beside %s stands %q", p.title, p.item.key.Text)
			}
		} else if p.item.key.Text != "" {
			t.Errorf("beside %s stands %q", p.title, p.item.key.Text)
		}
		press(w, fyne.KeyK, true)
		for _, r := range p.title {
			w.win.Canvas().Focused().TypedRune(r)
		}
		if w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}); w.frame.here != p ||
			!sight(p.item) {
			t.Errorf("by its name %s is not reached, here is %s", p.title, w.frame.here.title)
		}
		if w.win.Canvas().Focused() != p.content.(blank).first {
			t.Errorf("%s does not begin where writing begins", p.title)
		}
		shot(t, w, fmt.Sprintf("fourteen-%02d", i+1))
	}
	press(w, fyne.KeyK, true)
	for _, r := range "lzjl" {
		w.win.Canvas().Focused().TypedRune(r)
	}
	shot(t, w, "fourteen-find")
	if w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}); w.frame.here.title != "履职记录" {
		t.Errorf("lzjl leads to %s", w.frame.here.title)
	}
	if press(w, fyne.KeyEscape, false); w.frame.here != ps[0] || w.frame.rail.Offset.Y != 0 {
		t.Errorf("Esc leads to %s", w.frame.here.title)
	}
	for _, p := range ps { // with the mouse and its wheel
		for range 200 {
			if sight(p.item) {
				break
			}
			w.frame.rail.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
		}
		if test.TapCanvas(w.win.Canvas(), where(p.item).AddXY(20, 20)); w.frame.here != p {
			t.Errorf("a click on %s leads to %s", p.title, w.frame.here.title)
		}
	}
	for _, o := range test.LaidOutObjects(w.frame.rail.Content) { // nothing in the rail is cut off
		s, ok := o.(*canvas.Text)
		if !ok || s.Text == "" {
			continue
		}
		if s.Size().Width > 0 && s.MinSize().Width > s.Size().Width+1 {
			t.Errorf("%s needs %v and has %v", s.Text, s.MinSize().Width, s.Size().Width)
		}
		if right := where(s).X + s.MinSize().Width; right > where(w.frame.rail).X+w.frame.rail.Size().Width {
			t.Errorf("%s ends outside the rail", s.Text)
		}
	}
	for title, n := range made {
		if n != 1 {
			t.Errorf("%s was made %d times", title, n)
		}
	}
	if len(made) != 14 {
		t.Errorf("made %v", made)
	}
}

// One group needs no title.
func TestOneGroupHasNoTitle(t *testing.T) {
	w := sit(t, "county", "141102")
	w.shut()
	w.pages = slices.DeleteFunc(slices.Clone(pages), func(p page) bool { return p.group != "" && p.group != work })
	w.enter()
	if got := len(w.frame.rail.Content.(*fyne.Container).Objects); got != len(w.frame.titled()) {
		t.Errorf("%d lines for %d pages", got, len(w.frame.titled()))
	}
}
