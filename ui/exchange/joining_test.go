package exchange

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/assets/places"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// call turns to a unit that asks at a seat.
func (s *seat) call(t *testing.T, unit string) *request {
	t.Helper()
	s.Shown()
	s.choose("asking")
	at := slices.IndexFunc(s.door.table.Rows(), func(a asker) bool { return a.unit == unit })
	if at < 0 {
		t.Fatal("not asked by", unit)
	}
	s.door.table.Choose(at)
	return s.door.request
}

// accept answers a unit that asks at a seat, with the digits heard.
func (s *seat) accept(t *testing.T, who *seat, fate string) {
	t.Helper()
	r := s.call(t, who.Settings.Unit)
	if fate != "" {
		r.fate.Choose(fate)
	}
	r.digits.Entry.SetText(kit.Fours(who.Courier.Print()))
	test.Tap(s.button(t, "确认接入"))
}

// hears types the digits of the office above at a seat.
func (s *seat) hears(t *testing.T, office *seat) {
	t.Helper()
	s.Shown()
	s.choose("up")
	s.way.joining.digits.Entry.SetText(kit.Fours(office.Courier.Print()))
	test.Tap(s.way.joining.confirm)
}

// other gives digits of nobody, with a check digit that holds.
func other(d *kit.Digits) string {
	for n := range 10 {
		if d.Entry.SetText("123456789012345" + fmt.Sprint(n)); d.Right() {
			break
		}
	}
	return d.Entry.Text
}

// tells says whether the digits of somebody are on the screen, however they are written.
func (s *seat) tells(print string) bool {
	return s.reads(print) || s.reads(kit.Fours(print)) || s.reads(print[:8]) || s.reads(print[8:]) ||
		s.reads(kit.Fours(print[:8])) || s.reads(kit.Fours(print[8:]))
}

// A slip of the finger is told while somebody types, and nothing is asked or kept of it; so are our own digits, which
// stand beside.
func TestASlipOfTheFingerIsToldAtOnce(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	field, right := s.way.joining.digits, c.Courier.Print()
	swap := []byte(right)
	at := slices.IndexFunc(swap[1:], func(b byte) bool { return b != swap[0] }) + 1
	swap[at-1], swap[at] = swap[at], swap[at-1]
	for typed, want := range map[string]string{
		string(swap):                                   "有一位填错了",
		kit.Fours(s.Courier.Print()):                   "本机自己的校验号",
		kit.Fours(right)[:18]:                          "还差 1 位",
		strings.Replace(kit.Fours(right), " ", "x", 1): "只填数字",
		right[:4] + " " + right[5:8] + " " + right[8:12] + " " + right[12:]: "第 2 组是 3 位",
	} {
		field.Entry.SetText(typed)
		if !strings.Contains(field.Said(), want) {
			t.Errorf("%q: %q", typed, field.Said())
		}
		s.w.Canvas().Focus(field.Entry)
		field.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if a, err := s.Courier.Above(context.Background()); err != nil || a.Awaited || field.Entry.Text != typed {
			t.Errorf("%q is kept, or what was typed is gone", typed)
		}
	}
	field.Entry.SetText(right)
	if !strings.HasPrefix(field.Said(), "✓ "+kit.Fours(right)) {
		t.Error(field.Said())
	}
}

// One call is enough: what was typed before the county answers is kept, can be typed anew, is nowhere to be copied
// from, and counts when the county's certificate comes.
func TestDigitsTypedBeforeTheCountyAnswers(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	s.visitor(t)
	s.Sync()
	s.way.joining.digits.Entry.SetText(other(s.way.joining.digits))
	test.Tap(s.way.joining.confirm)
	s.hears(t, c)
	if !s.reads("已记下县里的校验号") || !s.reads("填错了，在这里重新填") || s.tells(c.Courier.Print()) || !s.tells(s.Courier.Print()) {
		t.Error("what was typed is not kept, or stands on the screen:", s.notice.Said())
	}
	c.accept(t, s, "")
	if s.Sync(); !strings.HasPrefix(s.notice.Said(), "已接上县里。") || !strings.Contains(s.notice.Said(), "可以拔下U盘了") {
		t.Error("it is not said that it is joined:", s.notice.Said())
	}
	for _, who := range []*seat{c, s} {
		who.Sync()
	}
	if s.way.joining.Visible() || !strings.Contains(s.way.line.Text, "县里收到 1 条") {
		t.Error("the county that fits is not believed by itself:", s.way.line.Text)
	}
}

// Somebody who can write into the folder sets himself up as the county and accepts the station. It tells so in grave
// words, sends nothing, never shows his digits, and believes the true county when it comes.
func TestSomebodyPassesForTheCounty(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, thief, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder), sit(t, "county",
		"141102", folder)
	s.visitor(t)
	s.Sync()
	thief.accept(t, s, "")
	if s.Sync(); !s.reads("是不是真的县里，只有校验号说得清") || s.tells(thief.Courier.Print()) || s.reads("0358-8221321") {
		t.Error("it is not said that this may be anybody, or what he says of himself is shown")
	}
	s.hears(t, c)
	top := func() string {
		a, err := s.Courier.Above(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		says, _ := TopLine(nil, a, s.Settings.Parent, true, true)
		return says
	}
	if !s.reads("校验号对不上，没有接上") || !s.reads("可能有人冒充县里") || top() != "✕ 县里的校验号对不上" || s.tells(thief.Courier.Print()) ||
		s.tells(c.Courier.Print()) {
		t.Error("not grave:", s.way.joining.head.Text, top())
	}
	s.Sync()
	thief.Sync()
	if n := len(thief.board.table.Rows()); n != 1 || thief.board.table.Cell(0, 2) != "0/0" {
		t.Error("the thief got something")
	}
	c.accept(t, s, "")
	for _, who := range []*seat{s, c, s} {
		who.Sync()
	}
	if s.way.joining.Visible() || !strings.Contains(s.way.line.Text, "县里收到 1 条") {
		t.Error("the true county is not believed:", s.way.joining.head.Text, s.way.line.Text)
	}
}

// Who was joined by a program of before is asked once to compare, and goes on meanwhile; put off, it is asked at the
// next start.
func TestJoinedByAProgramOfBefore(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	for _, c := range []struct {
		role, unit, above, place,
		up string
	}{{"station", "141102002003", "county", "141102", "县里"}, {"county", "141102", "city", "1411", "市里"}} {
		folder := t.TempDir()
		s, o := sit(t, c.role, c.unit, folder), sit(t, c.above, c.place, folder)
		card := o.Courier.Card()
		b, err := json.Marshal(card)
		if err != nil {
			t.Fatal(err)
		}
		if err := peer.Know(context.Background(), s.Store,
			peer.Peer{Replica: card.Replica, Unit: card.Unit, Name: card.Name, Card: string(b)}); err != nil {
			t.Fatal(err)
		}
		s.Sync()
		o.accept(t, s, "")
		for _, who := range []*seat{s, o, s} {
			who.Sync()
		}
		s.choose("up")
		if !s.reads("请和"+c.up+"核对一次校验号") || !s.reads("报送照常") || s.tells(o.Courier.Print()) || s.reads("0358-8221321") ||
			s.way.line.Text == "" {
			t.Error("not asked, or told what is to be heard:", s.way.joining.head.Text)
		}
		test.Tap(s.button(t, "以后再说"))
		if s.reads("核对一次校验号") || s.way.joining.Visible() {
			t.Error("asked again at once")
		}
		*s.do.Later = false // the next start
		s.Shown()
		if s.way.joining.Hidden || s.way.text(s.seen) != "请和"+c.up+"核对一次校验号" {
			t.Error("not asked at the next start")
		}
		s.way.joining.digits.Entry.SetText(other(s.way.joining.digits))
		test.Tap(s.way.joining.confirm)
		if !s.reads(c.up+"的校验号对不上") || s.way.joining.later.Visible() {
			t.Error("other digits than the office has are not grave:", s.way.joining.head.Text)
		}
		s.hears(t, o)
		if s.way.joining.Visible() || !strings.Contains(s.notice.Said(), "以后不用再核对") {
			t.Error("asked again after it was compared:", s.notice.Said())
		}
	}
}

// asks gives what lays down a request in the name of a unit, each time by another computer that nobody knows.
func asks(t *testing.T, folder string) func(unit, name string) {
	t.Helper()
	id, err := keyring.Create(t.TempDir(), suite.Age, sealed.Key{}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return func(unit, name string) {
		card := keyring.Card{Unit: unit, Name: name, Role: "station", Phone: "13999999999", Incarnation: 1,
			Public: id.Public(), Asked: evening, Practice: true}
		rand.Read(card.Replica[:])
		b, err := id.Request(card)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(folder, "141102000000", unit)
		if err := errors.Join(os.MkdirAll(dir, 0o755),
			os.WriteFile(filepath.Join(dir, keyring.RequestName(card)), b, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// However many requests lie there, a unit has one line; it is found by its letters, and whoever is on the telephone is
// let in among those that only use its name.
func TestManyAtTheDoor(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	s.Sync()
	ask := asks(t, folder)
	for range 520 {
		ask(s.Settings.Unit, "请打 13999999999 核对")
	}
	for _, p := range places.Children("141102000000") {
		for _, v := range places.Children(p.Code) {
			ask(v.Code+"D1-A", "")
			if len(c.door.list) > 40 {
				break
			}
		}
		c.Shown()
	}
	if n := len(c.door.table.Rows()); n < 40 || c.door.text(c.seen) != fmt.Sprintf("等待接入 %d 个", n) ||
		c.door.find.Hidden {
		t.Errorf("%d lines; %s", n, c.door.text(c.seen))
	}
	c.choose("asking")
	c.w.Canvas().Focus(c.door.find)
	for _, r := range "凤山 yjz" {
		c.door.find.TypedRune(r)
	}
	c.door.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(c.door.table.Rows()) != 1 || c.door.request.asks.unit != s.Settings.Unit ||
		c.w.Canvas().Focused() != c.door.request.digits.Entry {
		t.Fatalf("found %v", c.door.table.Rows())
	}
	if !c.reads("可能有人捣乱") || c.reads("13999999999") || !c.reads("凤山街道袁家庄社区代表联络点") {
		t.Error("a flood is not told, or a stranger's number is shown, or only the name that somebody gives himself")
	}
	for _, r := range s.Courier.Print() {
		c.w.Canvas().Focused().TypedRune(r)
	}
	c.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if ps, err := peer.Peers(context.Background(), c.Store); err != nil || len(ps) != 1 ||
		ps[0].Replica != s.Courier.Card().Replica {
		t.Error("not let in:", c.door.request.digits.Said(), err)
	}
}

// The slip is at hand where somebody needs it: at the door for those below, beside the way up for the office above, in
// the sheet about keys.
func TestTheSlipIsAtHand(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	test.Tap(s.button(t, "打印接入申请单"))
	c.choose("asking")
	test.Tap(c.button(t, "打印接入单"))
	c.choose("up")
	test.Tap(c.button(t, "打印接入申请单"))
	c.keys.open()
	test.Tap(c.button(t, "打印接入单"))
	if !slices.Equal(s.slips, []bool{true}) || !slices.Equal(c.slips, []bool{false, true, false}) {
		t.Errorf("%v and %v", s.slips, c.slips)
	}
}
