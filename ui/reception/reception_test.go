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
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
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

func TestDeputiesStayForTheEvening(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.deputy.Entry.SetText("李慧敏（市人大代表）")
	tb.deputy.Entry.OnKey(fyne.KeyReturn)
	tb.form.Entry("words").SetText("甲")
	tb.Save()
	tb.form.Entry("words").SetText("乙")
	tb.Save()
	if len(tb.printed) != 2 || len(tb.printed[1].Deputies) != 1 {
		t.Errorf("second visitor sits before %v", tb.printed)
	}
	tb.shot(t, "deputies")
}

// Who was ticked at the evening is lit for each citizen without being chosen; somebody who leaves or comes changes that, and
// else stays whom the last citizen was with.
func TestWhoWasTickedIsLit(t *testing.T) {
	tb := sit(t, t.TempDir())
	write := func(id, do string, body any) string {
		t.Helper()
		sums, err := tb.Store.Write(context.Background(), store.Act{Kind: session.Name, Thing: id, Do: do, Unit: tb.Settings.Unit, At: evening, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		return sums[0].Shared().ID
	}
	a, b := session.Called{Key: "单桂花", Name: "单桂花", Came: true, Arrived: "19:25"}, session.Called{Key: "解玉兰", Name: "解玉兰", Came: true, Arrived: "19:28"}
	id := write("", session.Plan, session.Opening{Facts: session.Facts{Kind: "reception", Day: "2026-11-23", From: "19:30", To: "21:00"},
		Station: tb.Settings.Unit, Becomes: session.Open})
	for _, c := range []struct {
		said session.Said
		only string // whom alone somebody lights then
		want string
	}{{session.Said{Called: []session.Called{a}}, "", "单桂花"}, {session.Said{Called: []session.Called{b}}, "", "单桂花 解玉兰"},
		{session.Said{Note: "宣讲完了"}, "解玉兰", "解玉兰"}, {session.Said{Off: []string{"解玉兰"}}, "", "单桂花"}} {
		write(id, session.Attend, c.said)
		tb.Shown()
		if on := strings.Join(tb.know.latest.Deputies, " "); c.only == "" && on != c.want {
			t.Errorf("%+v: on the paper beside the form stands %q", c.said, on)
		}
		if c.only != "" {
			tb.deputies.Choose(c.only)
		}
		tb.form.Entry("words").SetText("甲" + c.want)
		tb.Save()
		if m := tb.printed[len(tb.printed)-1]; strings.Join(m.Deputies, " ") != c.want || m.Session != id {
			t.Errorf("%+v: %v at %q", c.said, m.Deputies, m.Session)
		}
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

// add puts somebody on the roster who is grouped here, as the station itself may.
func (tb *table) add(t *testing.T, name, more string) string {
	t.Helper()
	o, err := roster.Parse([]byte(`{"do":"add","name":"` + name + `","stations":["` + apptest.Yuanjia + `"]` + more + `}`))
	if err != nil {
		t.Fatal(err)
	}
	p, err := tb.Roster.Act(context.Background(), someone, "", o)
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

const mandated = `,"mandates":[{"level":"县","congress":"十四届"}]`

// Deputies who are grouped here are chosen by a digit, others by the first letters of their names, who sits here today
// stands first; a name that nobody bears is taken as it is written. The matter knows whom it names.
func TestDeputiesAreChosen(t *testing.T) {
	dir := t.TempDir()
	tb := sit(t, dir)
	ids := map[string]string{}
	for _, name := range []string{"李慧敏", "王建国", "任丽萍", "宋玉峰", "阿依古丽·买买提", "解福生", "单志远", "欧阳建国", "曾庆红梅", "查文斌", "赵一鸣", "钱多多"} {
		ids[name] = tb.add(t, name, mandated)
	}
	ids["孙联络"] = tb.add(t, "孙联络", `,"roles":["联络员"]`)
	tb.Shown()
	tb.shot(t, "roster")
	if got := tb.deputies.Options(); len(got) != 12 || slices.Contains(got, kit.Option{Code: "孙联络", Text: "孙联络"}) {
		t.Errorf("offered %v", got)
	}
	second := tb.deputies.Options()[1].Text
	c := tb.window.Canvas()
	c.Focus(tb.deputies)
	tb.typed("2")
	c.Focus(tb.deputy.Entry)
	tb.typed("slm") // nobody
	if got := tb.deputy.Offered(); len(got) != 1 || got[0].Text != "slm" {
		t.Errorf("nobody's letters find %v", got)
	}
	tb.press(fyne.KeyEscape)
	tb.deputy.Entry.SetText("")
	tb.typed("szl") // 孙联络 = sll
	tb.deputy.Entry.SetText("")
	tb.typed("sll")
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	if end := where(tb.deputy.Container).Y + tb.deputy.Container.MinSize().Height; end > where(tb.scroll).Y+tb.scroll.Size().Height {
		t.Error("what is offered is out of sight")
	}
	tb.shot(t, "letters")
	tb.press(fyne.KeyReturn)
	if c.Focused() != tb.deputy.Entry || tb.deputy.Entry.Text != "" {
		t.Errorf("after one was chosen the cursor is in %T", c.Focused())
	}
	tb.typed("孙联")
	if got := tb.deputy.Offered(); len(got) != 2 || got[0].Note != "名册上没有，照写" || got[1].Text != "孙联络" {
		t.Errorf("a part of a name finds %v", got)
	}
	tb.deputy.Entry.SetText("")
	tb.typed("赵来客")
	tb.shot(t, "guest")
	tb.press(fyne.KeyReturn)
	tb.form.Entry("words").SetText("甲")
	tb.Save()
	if len(tb.printed) != 1 {
		t.Fatal(tb.Said())
	}
	m := tb.printed[0]
	if !slices.Equal(m.Deputies, []string{second, "孙联络", "赵来客"}) || len(m.Persons) != 2 || m.Persons[second] != ids[second] ||
		m.Persons["孙联络"] != ids["孙联络"] {
		t.Errorf("%v are %v", m.Deputies, m.Persons)
	}
	again := sit(t, dir) // the same evening
	if got := again.deputies.Options(); got[0].Text != second || got[1].Text != "孙联络" || got[2].Text != "赵来客" || !slices.Equal(again.draft().Deputies, m.Deputies) ||
		len(again.draft().Persons) != 2 {
		t.Errorf("today's stand %v, chosen %v", got, again.draft().Deputies)
	}
}

// Two of one name who sit at one table are told apart, and each is himself.
func TestTwoDeputiesOfOneName(t *testing.T) {
	tb := sit(t, t.TempDir())
	one, two := tb.add(t, "王明", mandated), tb.add(t, "王明", `,"mandates":[{"level":"乡","congress":"九届","place":"凤山街道"}],"sex":"女"`)
	tb.Shown()
	if got := tb.deputies.Options(); len(got) != 2 || got[0].Text != "王明（县人大代表）" || got[1].Text != "王明（乡人大代表）" {
		t.Fatalf("offered %v", got)
	}
	tb.deputy.Entry.SetText("wm")
	tb.deputy.Entry.OnKey(fyne.KeyDown)
	tb.deputy.Entry.OnKey(fyne.KeyReturn)
	if d := tb.draft(); d.Persons["王明（乡人大代表）"] != two || one == two {
		t.Errorf("%v %v", d.Deputies, d.Persons)
	}
	tb.deputies.Choose()
	tb.deputy.Entry.SetText("王明")
	if got := tb.deputy.Offered(); len(got) != 2 {
		t.Errorf("by name %v", got)
	}
}

// Who is on leave today is offered last, with a sign; who left, or was only invited, is not, and is taken where somebody
// writes him all the same: what is odd about him is said then.
func TestWhoIsAwayIsOfferedLast(t *testing.T) {
	tb := sit(t, t.TempDir())
	act := func(id, body string) {
		t.Helper()
		o, err := roster.Parse([]byte(body))
		if err == nil {
			_, err = tb.Roster.Act(context.Background(), someone, id, o)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	away := tb.add(t, "安在外", mandated)
	act(away, `{"do":"leave","from":"2026-11-20","to":"2026-11-30"}`)
	tb.add(t, "李慧敏", mandated)
	tb.add(t, "王特邀", `,"roles":["特邀"]`)
	tb.add(t, "王明", mandated)
	tb.add(t, "曾当过", `,"mandates":[{"level":"县","congress":"十三届","state":"已终止","until":"2026-10-01","reason":"换届"}]`)
	tb.Shown()
	tb.shot(t, "away")
	said := func(os []kit.Option) string {
		var all []string
		for _, o := range os {
			all = append(all, strings.TrimSuffix(o.Text+" "+o.Note, " "))
		}
		return strings.Join(all, "、")
	}
	if got := said(tb.deputies.Options()); got != "李慧敏、王明、安在外（今天请假）" {
		t.Errorf("offered %s", got)
	}
	for typed, want := range map[string]string{"azw": "安在外 县人大代表，今天请假", "wty": "wty 名册上没有，照写", "cdg": "cdg 名册上没有，照写",
		"曾当过": "曾当过 代表职务已终止，照写", "王特邀": "王特邀 不是在任代表，照写"} {
		tb.deputy.Entry.SetText(typed)
		if got := said(tb.deputy.Offered()); got != want {
			t.Errorf("%s finds %s", typed, got)
		}
	}
	tb.shot(t, "away found")
	tb.deputy.Entry.SetText("")
	tb.form.Entry("words").SetText("路灯不亮")
	tb.deputies.Choose("安在外", "王明")
	tb.Save()
	if !strings.Contains(tb.Said(), "安在外在 2026-11-23 请假") || strings.Contains(tb.Said(), "王明") || tb.printed[0].Persons["安在外"] != away {
		t.Errorf("said %q of %v", tb.Said(), tb.printed[0].Persons)
	}
	tb.shot(t, "away saved")
}
