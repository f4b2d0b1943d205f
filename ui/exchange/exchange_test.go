package exchange

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

var evening = time.Date(2026, 11, 20, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

// seat is a computer with its page open.
type seat struct {
	*app.App
	*Page
	w       fyne.Window
	world   *apptest.World
	settled []string // units of which a matter was opened
	rebuilt int
	slips   []bool // looked at, those for the office above
}

// sitting counts them: each has keys of its own.
var sitting byte

func sit(t *testing.T, role, unit, folder string) *seat {
	t.Helper()
	sitting++
	w := apptest.New(t)
	w.Now, w.Folder, w.Seed = evening, folder, sitting
	a := w.SetUp(role, unit).App
	s := &seat{App: a, world: w}
	host := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: func() fyne.Canvas { return s.w.Canvas() },
		Explain: explain.Sentence,
		Go:      func(string) {}}
	s.Page = New(host, a.Courier, Actions{
		Sync:     func(done func(courier.Round, error)) { done(a.Courier.Sync(context.Background())) },
		Conflict: func(unit string) { s.settled = append(s.settled, unit) },
		Rebuild:  func(context.Context) error { s.rebuilt++; return nil },
		Slip:     func(up bool) { s.slips = append(s.slips, up) },
		Later:    new(bool),
		Random:   rand.Reader,
	})
	s.w = test.NewTempWindow(t, s.Object())
	s.w.Resize(fyne.NewSize(1186, 700))
	s.Shown()
	return s
}

// screen gives what is on the screen.
func (s *seat) screen() (all []fyne.CanvasObject) {
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		all = append(all, o)
		var inside []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			inside = o.Objects
		case fyne.Widget:
			inside = test.WidgetRenderer(o).Objects()
		}
		for _, o := range inside {
			walk(o)
		}
	}
	for _, o := range append(s.w.Canvas().Overlays().List(), s.w.Content()) {
		walk(o)
	}
	return all
}

// button is the one of that name which a user sees.
func (s *seat) button(t *testing.T, text string) *kit.Button {
	t.Helper()
	for _, o := range s.screen() {
		if b, ok := o.(*kit.Button); ok && strings.HasPrefix(b.Text, text) {
			return b
		}
	}
	t.Fatalf("no button %s", text)
	return nil
}

// reads says whether a text is on the screen.
func (s *seat) reads(text string) bool {
	return slices.ContainsFunc(s.screen(), func(o fyne.CanvasObject) bool {
		switch l := o.(type) {
		case *kit.Label:
			return strings.Contains(l.Text, text)
		case *widget.Label:
			return strings.Contains(l.Text, text)
		}
		return false
	})
}

// visitor comes to the station and is written down.
func (s *seat) visitor(t *testing.T) {
	t.Helper()
	d := desk.Draft{Title: "七巷雨水倒灌", Words: "一下雨院子里就是污泥。", Category: "0203", Purpose: "help", Name: "成玉兰",
		Phone: "13800000000", Mode: "department", Proposal: "请踏勘。"}
	if _, err := s.Desk.Receive(context.Background(), s.Clerk(), d); err != nil {
		t.Fatal(err)
	}
}

// A station asks, the county hears the digits by telephone, and from then on each sees how far the records have come.
func TestFromTheFirstCallToTheTicks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	s.visitor(t)
	s.Shown()
	if !s.tells(s.Courier.Print()) || !s.reads("① 插好U盘") || s.way.joining.later.Visible() {
		t.Error("the station does not see its digits and what to do")
	}
	s.Sync()
	if said := s.notice.Said(); !strings.Contains(said, "接入申请已放好") || !strings.Contains(said, "可以拔下U盘了") {
		t.Error(said)
	}
	c.Shown()
	if len(c.door.table.Rows()) != 1 || c.chips.One() != "asking" {
		t.Fatal("nobody asks")
	}
	if c.tells(s.Courier.Print()) || c.reads("0358-8221321") || !c.tells(c.Courier.Print()) {
		t.Error("the digits stand on the county's screen, or the telephone that the asker gave, or its own do not")
	}
	r := c.door.request
	r.digits.Entry.SetText(other(r.digits))
	wrong := r.digits.Entry.Text
	c.w.Canvas().Focus(r.digits.Entry)
	r.digits.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !strings.Contains(r.digits.Said(), "对不上") {
		t.Errorf("wrong digits: %q", r.digits.Said())
	}
	if c.Shown(); r.digits.Entry.Text != wrong || !strings.Contains(r.digits.Said(), "对不上") {
		t.Error("what was typed is lost when the page asks again")
	}
	c.accept(t, s, "")
	if len(c.door.table.Rows()) != 0 || len(c.board.table.Rows()) != 1 || !c.tells(c.Courier.Print()) {
		t.Fatal("not accepted, or what is to be read out next is gone:", c.notice.Said())
	}
	c.choose("units")
	if s.Sync(); !s.reads("还差一步：填县里的校验号") || s.seen.up != nil || s.tells(c.Courier.Print()) {
		t.Error("the station believes a county that nobody compared, or shows what is to be heard")
	}
	s.hears(t, c)
	for _, who := range []*seat{s, c, s} {
		who.Sync()
	}
	if got := s.way.line.Text; got != "送到 11月20日：县里收到 1 条，全收到了，也都进了台账。最近一次听到县里：今天 19:30。" || !s.way.advice.Hidden {
		t.Errorf("%q", got)
	}
	if !s.reads("本周") || !s.reads("✓ 已送出") || !s.reads("✓ 已收到") || !s.reads("✓ 已进台账") || s.way.joining.Visible() {
		t.Error("a tick is missing")
	}
	if got := c.board.table.Cell(0, 2); got != "1/1" || !c.reads("一切正常") {
		t.Error(got)
	}
	s.world.Now = s.world.Now.AddDate(0, 0, 7)
	s.visitor(t)
	s.Shown()
	if !s.reads("○ 还没有") || !s.reads("11月16日—22日") || !strings.Contains(s.way.line.Text, "还有 1 条等下一次拷贝") ||
		!s.reads("插好U盘按“现在报送”") {
		t.Error("a record that was not sent yet:", s.way.line.Text)
	}
	c.board.table.Choose(0)
	test.Tap(c.board.revoke)
	c.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // Ask's Enter says yes
	if !c.reads("已停用，不再收它的文件") || !c.board.revoke.Hidden {
		t.Error("not revoked:", c.notice.Said())
	}
}

// The page and the top line say nothing that is not so: nothing to send is not all received, a week of which a part has
// arrived is not one of which nothing has, and a station that waits to be accepted is not told that all is well.
func TestNothingFalseIsSaid(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s, c := sit(t, "station", "141102002003", folder), sit(t, "county", "141102", folder)
	top := func(s *seat) string {
		ps, err := s.Courier.Status(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		says, _ := TopLine(ps, trust.Above{}, s.Settings.Parent, s.Settings.Role == journal.Station,
			s.Settings.Folder != "")
		return says
	}
	if top(s) != "○ 还没有接上县里" || top(c) != "○ 还没有单位接入" || c.board.text(c.seen) != "还没有单位接入" {
		t.Error(top(s), top(c), c.board.text(c.seen))
	}
	s.Sync()
	if s.Sync(); !strings.Contains(s.notice.Said(), "请照页面上的顺序打一次电话") { // each time, until it is accepted
		t.Error(s.notice.Said())
	}
	c.accept(t, s, "")
	s.hears(t, c)
	for _, who := range []*seat{s, c, s} {
		who.Sync()
	}
	if top(s) != "○ 已接上县里，还没有要送的" || s.way.text(s.seen) != "已接上县里" || strings.Contains(s.way.line.Text, "全收到") ||
		top(c) != "已接入 1 个单位" {
		t.Error(top(s), s.way.text(s.seen), s.way.line.Text, top(c))
	}
	s.visitor(t)
	for _, who := range []*seat{s, c, s} {
		who.Sync()
	}
	s.visitor(t)
	if s.Shown(); !s.reads("○ 已收到 1/2") || !s.reads("○ 已送出 1/2") || s.reads("○ 还没有") {
		t.Error("a week of which one of two has arrived")
	}
	if top(s) != "○ 县里已收到 1/2" {
		t.Error(top(s))
	}
	if err := os.Rename(folder, folder+" away"); err != nil {
		t.Fatal(err)
	}
	c.Shown()
	if c.choose("asking"); !c.reads("看不到有没有新的申请") || c.door.text(c.seen) != "等待接入" {
		t.Error("while the folder is away the county knows that nobody waits")
	}
	for want, p := range map[string]courier.Progress{
		"○ 县里的记录比本机多": {Unit: "141102000000", Sent: 3, Stored: 4}, // an old copy was put back
		"✕ 县里已停用这台电脑": {Unit: "141102000000", Sent: 3, Stored: 3, Out: true},
		"○ 还没有接上县里":   {Unit: "141102000000", Sent: 3, Revoked: true},
	} {
		if says, _ := TopLine([]courier.Progress{p}, trust.Above{}, "141102000000", true, true); says != want {
			t.Errorf("%s, not %s", says, want)
		}
	}
	if says, _ := TopLine(nil, trust.Above{}, "141102002Z1-A", true, true); says != "○ 还没有接上乡镇站" {
		t.Error(says)
	}
}

// A file that cannot be believed is named, with its sentence.
func TestAside(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	folder := t.TempDir()
	s := sit(t, "station", "141102002003", folder)
	dir := filepath.Join(folder, s.Settings.Unit, "141102000000")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	name := "down-1-1-0123456789abcdef.certificate"
	if err := os.WriteFile(filepath.Join(dir, name), []byte("broken"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Sync()
	if !s.reads("文件 "+name) || !s.reads("请让对方重新拷一份") || s.way.bad.Hidden {
		t.Error(s.notice.Said())
	}
}

// Without a folder the page says so, and that nothing is lost.
func TestNoFolder(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	s := sit(t, "station", "141102002003", "")
	if s.settle.Hidden || !strings.Contains(s.folder.Said(), "没有丢") {
		t.Error(s.folder.Said())
	}
	stick := t.TempDir()
	s.Settings.Folder = stick
	if err := os.Remove(stick); err != nil {
		t.Fatal(err)
	}
	s.Sync()
	if s.notice.Said() != "" || !strings.Contains(s.folder.Said(), "插好U盘") { // said once
		t.Error(s.notice.Said(), s.folder.Said())
	}
}

// Every line that is not well says one sentence, has at most one button, and the button does its thing.
func TestTroubles(t *testing.T) {
	disputed := courier.Progress{LastHeard: "2026-11-21", Program: courier.Program, Conflicts: 4,
		Disputed: []string{"1月11日 19:30 进站接待 · 141102002003D1-A", "王明", "A0042-7", "轮值规则 · 141102002003D1-A"}}
	if list := troubles(disputed, "它", evening); len(list) != 1 ||
		!strings.HasSuffix(list[0].long, "对不对：1月11日 19:30 进站接待 · 凤山街道袁家庄社区、王明、A0042-7等。") {
		t.Errorf("what two changed is named %+v", list)
	}
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	s := sit(t, "county", "141102", t.TempDir())
	s.choose("units")
	heard := evening.Format(time.RFC3339)
	well := courier.Progress{Unit: "141102002003D1-A", Name: "袁家庄", LastHeard: heard, Program: courier.Program}
	with := func(change func(*courier.Progress)) courier.Progress { p := well; change(&p); return p }
	for _, c := range []struct {
		p            courier.Progress
		want, button string
		mild         bool
	}{
		{well, "", "", false},
		{with(func(p *courier.Progress) { p.LastHeard = "" }), "还没送来过", "打电话", true},
		{with(func(p *courier.Progress) {
			p.LastHeard, p.Silent = evening.AddDate(0, 0, -20).Format(time.RFC3339), true
		}), "20 天没消息", "打电话", false},
		{with(func(p *courier.Progress) { p.Gaps = []courier.Gap{{First: 3, Last: 5}} }), "缺 3 条", "再要一次", false},
		{with(func(p *courier.Progress) { p.Conflicts = 2 }), "2 件两边都改过", "去看看", false},
		{with(func(p *courier.Progress) { p.Forks = 1 }), "两台电脑一份资料", "打电话", false},
		{with(func(p *courier.Progress) { p.Diverged = heard }), "台账对不上", "核对台账", false},
		{with(func(p *courier.Progress) { p.Clock = 7200 }), "钟快 2 小时", "打电话", false},
		{with(func(p *courier.Progress) { p.Clock = -300 }), "钟慢 5 分钟", "打电话", true},
		{with(func(p *courier.Progress) { p.Program = "lianluo 0.1" }), "程序不一样", "打电话", true},
		{with(func(p *courier.Progress) { p.Waiting = 4 }), "4 条在等", "", true},
		{with(func(p *courier.Progress) { p.Aside = []courier.Aside{{File: "a/b", Why: "damaged"}} }), "1 个文件没采用",
			"再要一次", false},
		{with(func(p *courier.Progress) { p.Aside = []courier.Aside{{File: "a/b", Why: "newer"}} }), "1 个文件没采用",
			"看程序版本", false},
		{with(func(p *courier.Progress) { p.Aside = []courier.Aside{{File: "a/b", Why: "forged"}} }), "1 个文件没采用", "打电话",
			false},
		{with(func(p *courier.Progress) { p.Revoked, p.Conflicts = true, 2 }), "已停用", "", true},
	} {
		list := troubles(c.p, "它", evening)
		if c.want == "" && len(list) == 0 {
			continue
		}
		if len(list) != 1 || list[0].short != c.want || list[0].mild != c.mild ||
			!strings.HasSuffix(strings.TrimRight(list[0].long, "）b（文件 "), "。") {
			t.Errorf("%s: %+v", c.want, list)
			continue
		}
		s.show(seen{below: []courier.Progress{c.p}, phones: map[string]string{c.p.Unit: "0358-1234567"}})
		if c.button == "" {
			if len(s.board.lines.Objects) != 1 || s.Page.button(list[0], c.p.Unit, c.p.Name) != nil {
				t.Errorf("%s has a button", c.want)
			}
			continue
		}
		test.Tap(s.button(t, c.button))
		switch c.button {
		case "打电话":
			if !s.reads("0358-1234567") {
				t.Errorf("%s: no number", c.want)
			}
			test.Tap(s.button(t, "关闭"))
		case "去看看":
			if len(s.settled) != 1 || s.settled[0] != c.p.Unit {
				t.Errorf("opened %v", s.settled)
			}
		case "核对台账":
			if s.rebuilt != 1 {
				t.Error("nothing was made again")
			}
		}
	}
}

// The city hears of the stations through their county, and of whom it does not hear.
func TestAfar(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	s := sit(t, "city", "1411", t.TempDir())
	county := courier.Progress{Unit: "141102000000", Name: "离石区人大常委会", LastHeard: evening.Format(time.RFC3339),
		Program: courier.Program}
	s.show(seen{below: []courier.Progress{county}, phones: map[string]string{county.Unit: "0358-7654321"},
		far: []courier.Far{
			{Unit: "141102002003D1-A", Name: "袁家庄", Via: county.Unit, Last: evening.Format(time.RFC3339)},
			{Unit: "141102002006D1-A", Name: "龙凤", Via: county.Unit,
				Last:   evening.AddDate(0, 0, -20).Format(time.RFC3339),
				Silent: true},
		}})
	s.choose("far")
	if got := s.afar.table.Cell(0, 0); got != "龙凤" || !s.reads("请问一问离石区人大常委会") {
		t.Errorf("%s stands first", got)
	}
	test.Tap(s.button(t, "打电话"))
	if !s.reads("0358-7654321") {
		t.Error("no number")
	}
}
