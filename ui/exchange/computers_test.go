package exchange

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/ui/look"
)

// A burnt county's successor hears from its stations of the computer before it, believes it by its slip alone, and can
// take that back.
func TestAnEarlierComputerOfOurs(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, old := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	s.Sync()
	s.hears(t, old)
	old.accept(t, s, "")
	for _, who := range []*seat{s, old, s} {
		who.Sync()
	}
	c := sit(t, "county", "141102", folder)
	c.Sync()
	c.accept(t, s, "")
	s.Sync()
	s.hears(t, c)
	for _, who := range []*seat{s, c, s, c} {
		who.Sync()
	}
	if c.was.text(c.seen) != "以前的电脑 1 台没认" {
		t.Fatal("it is not told of:", c.was.text(c.seen))
	}
	if c.choose("earlier"); !c.reads("凤山街道袁家庄社区代表联络点说，本单位以前有过 1 台") || c.tells(old.Courier.Print()) {
		t.Error("not said who tells of it, or its digits stand on the screen")
	}
	c.was.digits.Entry.SetText(other(c.was.digits))
	test.Tap(c.button(t, "认这一台"))
	if !strings.Contains(c.was.digits.Said(), "对不上") || c.reads("已认：") {
		t.Error("digits of nobody:", c.was.digits.Said())
	}
	c.was.digits.Entry.SetText(old.Courier.Print())
	test.Tap(c.button(t, "认这一台"))
	if !c.reads("已认：") || c.was.text(c.seen) != "以前的电脑" {
		t.Error("not believed:", c.was.digits.Said(), c.notice.Said())
	}
	test.Tap(c.button(t, "收回"))
	c.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if c.reads("已认：") || c.notice.Said() != "已收回。" {
		t.Error("not taken back:", c.notice.Said())
	}
}

// A unit's second computer: the county says whether both are used, and the old one is put out of use where it is
// replaced.
func TestSecondComputer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	for _, fate := range []string{both, instead} {
		folder := t.TempDir()
		c, old := sit(t, "county", "141102", folder), sit(t, "station", "141102002003", folder)
		old.Sync()
		c.accept(t, old, "")
		fresh := sit(t, "station", "141102002003", folder)
		fresh.Sync()
		c.accept(t, fresh, "")
		if !c.reads("请先选：两台都用，还是换掉旧的。") {
			t.Error("accepted without the question")
		}
		c.accept(t, old, fate) // the digits of the computer that is in use are not those of the new one
		if !c.reads("已经在用的那台电脑的校验号") || strings.Contains(c.notice.Said(), "已接入") && strings.Contains(c.notice.Said(),
			"新电脑") {
			t.Errorf("%s: %s", fate, c.notice.Said())
		}
		c.accept(t, fresh, fate)
		out := 0
		for _, g := range c.board.table.Rows() {
			if g.Revoked {
				out++
			}
		}
		if len(c.board.table.Rows()) != 2 || out != map[string]int{both: 0, instead: 1}[fate] {
			t.Errorf("%s: %d of %d are out of use; %s", fate, out, len(c.board.table.Rows()), c.notice.Said())
		}
	}
}

// The county's computer is replaced: the station works on, asks by telephone, and follows the digits it hears.
func TestOfficeReplaced(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	s.Sync()
	c.accept(t, s, "")
	s.hears(t, c)
	s.Sync()
	fresh := sit(t, "county", "141102", folder)
	s.visitor(t)
	s.Sync()
	fresh.accept(t, s, "")
	s.Sync()
	if !s.reads("又有一台电脑自称是县里") || !s.reads("以前核对过的是 0358-8221321") || s.tells(fresh.Courier.Print()) ||
		s.way.joining.later.Visible() {
		t.Fatal("the station does not hear of it, or reads the digits from its own screen")
	}
	s.hears(t, c) // the old one: nobody changed anything
	if !s.reads("又有一台电脑自称是县里") {
		t.Error("the digits of the one before hide that another one asks")
	}
	s.hears(t, fresh)
	for _, who := range []*seat{s, fresh, s} {
		who.Sync()
	}
	if s.reads("自称是县里") || !strings.Contains(s.way.line.Text, "县里收到 1 条") {
		t.Error(s.way.line.Text)
	}
}
