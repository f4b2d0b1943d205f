package reception

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/ledger"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

var evening = time.Date(2026, 11, 23, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

// table is a station's table with its page in a window.
type table struct {
	*Page
	*apptest.Seat
	printed []matter.Matter
	said    func(kit.Tone, string) // how far the paper of the last one has come
	window  fyne.Window
}

func sit(t *testing.T, dir string) *table {
	t.Helper()
	a := test.NewApp()
	t.Cleanup(a.Quit)
	a.Settings().SetTheme(look.New("light", 18))
	tb := &table{}
	w0 := apptest.New(t)
	w0.Now = evening
	if h := home.Home(filepath.Join(dir, "home")); h.Exists() {
		tb.Seat = &apptest.Seat{World: w0}
		tb.Open(h)
		t.Cleanup(func() { tb.Close() })
	} else {
		tb.Seat = w0.Settled("station", apptest.Yuanjia, "", h)
	}
	tb.Settings.Practice = false
	w := test.NewWindow(nil)
	t.Cleanup(w.Close)
	tb.window = w
	h := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: w.Canvas, Go: func(string) {},
		Explain: func(err error) string {
			t.Helper()
			t.Errorf("explained: %v",
				err)
			return err.Error()
		}, Say: func(kit.Tone, string) {}}
	tb.Page = New(h, tb.Desk, tb.Ledger, tb.Roster, someone, func(m matter.Matter, said func(kit.Tone, string)) {
		tb.printed = append(tb.printed, m)
		tb.said = said
	})
	w.SetContent(tb.Object())
	w.Resize(fyne.NewSize(1186, 700))
	tb.Shown()
	tb.Start()
	return tb
}

func (tb *table) shot(t *testing.T, name string) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, tb.window.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

func (tb *table) press(names ...fyne.KeyName) {
	for _, n := range names {
		tb.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (tb *table) typed(s string) {
	for _, r := range s {
		tb.window.Canvas().Focused().TypedRune(r)
	}
}

// A visitor is registered with the keyboard alone: Enter walks the fields, initials find the village and the category.
func TestRegisteringByKeyboard(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.shot(t, "empty")
	tb.typed("王𠅤明")
	tb.press(fyne.KeyReturn) // on to the phone
	tb.typed("13812345678")
	tb.press(fyne.KeyReturn)
	tb.typed("yjz")
	if len(tb.address.Offered()) == 0 || !strings.Contains(tb.address.Offered()[0].Text, "袁家庄") {
		t.Fatalf("initials find %v", tb.address.Offered())
	}
	tb.shot(t, "picking")
	tb.press(fyne.KeyReturn) // takes it and goes on to the category
	tb.press(fyne.KeyReturn)
	tb.typed("pspw")
	tb.press(fyne.KeyReturn)
	tb.typed("七巷一下雨就倒灌，院子里都是污泥。")
	tb.press(fyne.KeyReturn)
	tb.press(fyne.KeyReturn)
	tb.typed("袁家庄七巷")
	tb.shot(t, "filled")
	tb.Save()
	if len(tb.printed) != 1 {
		t.Fatalf("printed %v, said %q", tb.printed, tb.Said())
	}
	m := tb.printed[0]
	if m.Name != "王𠅤明" || m.Phone != "13812345678" || m.Address != "凤山街道袁家庄社区" || m.Category != "0203" ||
		m.Title != "七巷一下雨就倒灌，院子里都是污泥" || m.Place != "袁家庄七巷" || m.Due != "2026-12-14" {
		t.Errorf("registered %+v %+v", m.Report, m.Private)
	}
	if !strings.Contains(tb.Said(), m.Number) || tb.form.Entry("name").Text != "" || tb.form.Entry("words").Text != "" {
		t.Errorf("after saving: %q, name %q", tb.Said(), tb.form.Entry("name").Text)
	}
	tb.shot(t, "saved")
}

// A category that is none is answered with what can be done where she sits: there is no table of them in sight.
func TestUnknownCategorySaysHowToFindOne(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.form.Entry("words").SetText("甲")
	tb.category.Entry.SetText("2")
	tb.Save()
	if why := tb.form.Field("category").Problem(); !strings.Contains(why, "“2”") || !strings.Contains(why, "首字母") ||
		strings.Contains(why, "类别表") {
		t.Errorf("said %q", why)
	}
}

func TestProblemsStandAtTheirFields(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.form.Entry("phone").SetText("12")
	tb.form.Entry("occurred").SetText("明天")
	tb.Save()
	if len(tb.printed) != 0 || tb.form.Field("words").Problem() == "" || tb.form.Field("phone").Problem() == "" ||
		tb.form.Field("occurred").Problem() == "" {
		t.Errorf("said %q, words %q", tb.Said(), tb.form.Field("words").Problem())
	}
	if !tb.form.Unfolded() {
		t.Error("a problem is folded away")
	}
	tb.shot(t, "problems")
	if n, _ := tb.Ledger.Page(context.Background(), ledger.Query{}); len(n.Matters) != 0 {
		t.Error("something was kept")
	}
}

// Beside the form stands the paper that the citizen will take home: of what is out of scope it is the way to the right
// door.
func TestPaperBesideTheForm(t *testing.T) {
	tb := sit(t, t.TempDir())
	if tb.know.paper.Text != "受理回执会这样打印" {
		t.Error(tb.know.paper.Text)
	}
	tb.form.Entry("words").SetText("判决没有执行")
	tb.form.Chips("onSpot").Choose("out-of-scope")
	tb.form.Chips("onSpot").OnChanged()
	tb.form.Chips("reason").Choose("court")
	tb.form.Chips("reason").OnChanged()
	if tb.know.paper.Text != "不予受理引导告知单会这样打印" || tb.know.receipt.Image == nil {
		t.Error(tb.know.paper.Text)
	}
	tb.shot(t, "guide")
}

// What was typed is there again after the program died.
// Wherever the first wrong field stands, the cursor stands in it, and what is cleared takes its paper with it.
func TestCursorStandsInTheFirstWrongField(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.form.Entry("words").SetText("判决没有执行")
	tb.form.Entry("occurred").SetText("明天")
	tb.form.Entry("people").SetText("十二人")
	if tb.Save(); tb.window.Canvas().Focused() != tb.form.Entry("people") || tb.form.Field("people").Problem() != "人数请写 1 到 99999" {
		t.Errorf("the cursor is in %T, said %q", tb.window.Canvas().Focused(), tb.form.Field("people").Problem())
	}
	tb.form.Chips("onSpot").Choose("out-of-scope")
	tb.form.Chips("onSpot").OnChanged()
	tb.form.Entry("door").SetText("区法院")
	tb.form.Chips("onSpot").Choose("register")
	if d := tb.draft(); d.Door != "" || d.Words == "" {
		t.Errorf("what is no longer asked for is said: %+v", d)
	}
	tb.form.Chips("onSpot").Choose("out-of-scope")
	tb.form.Chips("onSpot").OnChanged()
	if tb.clear(); tb.know.paper.Text != "受理回执会这样打印" || tb.form.Entry("words").Text != "" || tb.form.Field("people").Problem() != "" {
		t.Errorf("cleared: %q, %q", tb.know.paper.Text, tb.form.Entry("words").Text)
	}
}

func TestTypedIsFoundAgain(t *testing.T) {
	dir := t.TempDir()
	tb := sit(t, dir)
	tb.form.Entry("name").SetText("解福生")
	tb.form.Entry("words").SetText("路灯不亮")
	tb.form.Chips("onSpot").Choose("answered")
	tb.form.Chips("onSpot").OnChanged()
	tb.form.Entry("onSpotAnswer").SetText("已报修")
	again := sit(t, dir)
	if again.form.Entry("name").Text != "解福生" || again.form.Entry("words").Text != "路灯不亮" ||
		again.form.Entry("onSpotAnswer").Text != "已报修" || again.form.Chips("onSpot").One() != "answered" {
		t.Errorf("found %+v", again.draft())
	}
	again.Save()
	if len(again.printed) != 1 || again.printed[0].State != matter.Answered {
		t.Fatalf("printed %v", again.printed)
	}
	if third := sit(t, dir); third.form.Entry("name").Text != "" {
		t.Error("a registered draft comes back")
	}
}

func TestSameCitizenAndSimilarMattersAreShown(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.form.Entry("name").SetText("王建")
	tb.form.Entry("phone").SetText("13900001111")
	tb.form.Entry("words").SetText("七巷雨水倒灌")
	tb.Save()
	if _, err := tb.Ledger.Fill(context.Background()); err != nil {
		t.Fatal(err)
	}
	tb.form.Entry("phone").SetText("13900001111")
	tb.form.Entry("phone").OnLeave()
	tb.form.Entry("words").SetText("我们七巷雨水又倒灌了")
	tb.form.Entry("words").OnLeave()
	if len(tb.know.citizen.Objects) == 0 || len(tb.know.similar.Objects) == 0 {
		t.Errorf("citizen %d, similar %d", len(tb.know.citizen.Objects), len(tb.know.similar.Objects))
	}
	if tb.know.receipt.Image == nil {
		t.Error("the receipt is not shown")
	}
	tb.shot(t, "knows")
}

// The second click of a double click finds a button that rests: the number stays on the screen until she goes on.
func TestSecondPressRegistersNothing(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.form.Entry("words").SetText("甲")
	tb.saving = true
	tb.Save()
	tb.saving = false
	tb.Save()
	tb.save.OnTapped()
	tb.Save() // Ctrl+Enter, too
	if len(tb.printed) != 1 || !strings.Contains(tb.Said(), tb.printed[0].Number) || !tb.save.Disabled() ||
		tb.form.Field("words").Problem() != "" {
		t.Fatalf("%d registered, said %q", len(tb.printed), tb.Said())
	}
	tb.Shown() // a round of exchange
	tb.said(kit.Bad, "受理回执没有打印出来。")
	if said := tb.Said(); !strings.Contains(said, tb.printed[0].Number) || !strings.Contains(said, "没有打印出来") ||
		tb.again.Text != "再打一次　Ctrl+P" || !tb.again.Visible() {
		t.Errorf("said %q", said)
	}
	tb.shot(t, "not-printed")
	if tb.again.OnTapped(); len(tb.printed) != 2 || tb.printed[1].Number != tb.printed[0].Number {
		t.Error("the paper is not printed once more")
	}
	tb.form.Entry("words").SetText("乙")
	if tb.again.Visible() || tb.Said() != "" || tb.save.Disabled() {
		t.Errorf("while she writes the next one: %q", tb.Said())
	}
	if tb.said(kit.Good, "受理回执已送到打印机。"); tb.Said() != "" {
		t.Error("the paper of the one before is told beside the next one")
	}
	if tb.Save(); len(tb.printed) != 3 {
		t.Error("the next one is not registered")
	}
}

// What comes from outside while somebody fills in the form leaves it as it is: focus, cursor, what is chosen, where it
// is scrolled to, and its size. A digit goes on choosing what it chose in the morning.
func TestRoundsLeaveTheFormAlone(t *testing.T) {
	dir := t.TempDir()
	tb := sit(t, dir)
	for i, code := range []string{"0601", "0601", "0501"} {
		tb.form.Entry("words").SetText(fmt.Sprint("事", i))
		tb.category.Choose(kit.Option{Code: code})
		tb.Save()
	}
	before := tb.usual.Options()
	tb.form.Entry("words").SetText("七巷没有水")
	c := tb.window.Canvas()
	c.Focus(tb.usual)
	tb.press(fyne.KeyRight, fyne.KeyRight)
	tb.scroll.ScrollToOffset(fyne.NewPos(0, 120))
	size, at := tb.form.Size(), tb.scroll.Offset
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject(tb.form.Entry("words"))
	tb.tell(kit.Bad, strings.Repeat("还有几处要改，红字写明了怎么改。", 9))
	for range 3 {
		tb.Shown()
	}
	if c.Focused() != tb.usual || tb.scroll.Offset != at || tb.form.Size() != size ||
		tb.form.Entry("words").Text != "七巷没有水" ||
		fyne.CurrentApp().Driver().AbsolutePositionForObject(tb.form.Entry("words")) != where {
		t.Errorf("focus %T, scrolled to %v, form %v", c.Focused(), tb.scroll.Offset, tb.form.Size())
	}
	if tb.typed(" "); tb.usual.One() != before[2].Code || !slices.Equal(tb.usual.Options(), before) {
		t.Errorf("Space chooses %s of %v", tb.usual.One(), tb.usual.Options())
	}
	again := sit(t, dir) // the program is started anew the same evening
	if !slices.Equal(again.usual.Options(), before) {
		t.Errorf("the chips are now %v", again.usual.Options())
	}
}

const mandated = `,"mandates":[{"level":"县","congress":"十四届"}]`
